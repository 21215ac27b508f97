/*
 * html_escape_test.c - both escapers write the same bytes, none of which can end a text or an
 * attribute, and what they wrote reads back as what went in.
 */
#include "html/escape.h"

#include "base/rand.h"
#include "base/test.h"

/* Short, long, round the vector's 16 bytes and the chunk's 512, plain, dense and mixed. */
static struct str sample(struct test *t, struct seeded *s, const char *letters, size_t len)
{
	struct buf b = buf_open(t->arena, len, len);
	struct str set = str_from_c(letters);

	while (b.len < len)
		buf_add_char(&b, set.ptr[seeded_below(s, set.len)]);
	return buf_str(&b);
}

static bool is_inert(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '<' || s.ptr[i] == '>' || s.ptr[i] == '"' || s.ptr[i] == '\'')
			return false;
	return true;
}

static struct str read_back(struct test *t, struct str s)
{
	static const struct {
		struct str reference;
		char c;
	} TABLE[] = {
		{ STR_INIT("&amp;"), '&' },  { STR_INIT("&lt;"), '<' },	  { STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' }, { STR_INIT("&#39;"), '\'' },
	};
	struct buf b = buf_open(t->arena, s.len, s.len);

	while (s.len > 0) {
		size_t i = 0;
		while (i < COUNT_OF(TABLE) && !str_take_str(&s, TABLE[i].reference))
			i++;
		buf_add_char(&b, i < COUNT_OF(TABLE) ? TABLE[i].c : s.ptr[0]);
		s = i < COUNT_OF(TABLE) ? s : str_slice(s, 1, s.len);
	}
	return buf_str(&b);
}

static void agree(struct test *t, struct str in)
{
	struct buf vector = buf_open(t->arena, 16, 64 * 1024);
	struct buf scalar = buf_open(t->arena, 16, 64 * 1024);

	buf_add_c(&vector, "x"); /* not aligned */
	buf_add_c(&scalar, "x");
	escape_vector(&vector, in);
	escape_scalar(&scalar, in);
	CHECK(buf_ok(&vector) && buf_ok(&scalar));
	CHECK_STR(buf_str(&vector), buf_str(&scalar));
	CHECK(is_inert(buf_str(&vector)));
	CHECK_STR(read_back(t, str_slice(buf_str(&vector), 1, vector.len)), in);
}

static void lengths(struct test *t)
{
	static const char *const LETTERS[] = { "abcdefgh", "<>&\"'", "abcdefghijklmnopqrstuvwxyz<",
					       "&amp;lt;" };
	struct seeded s = seeded_from(20201102);

	for (size_t k = 0; k < COUNT_OF(LETTERS); k++) {
		if (!test_case(t, "both escapers agree on text of %s", LETTERS[k]))
			continue;
		for (size_t len = 0; len < 70; len++)
			agree(t, sample(t, &s, LETTERS[k], len));
		for (size_t len = 505; len < 535; len++)
			agree(t, sample(t, &s, LETTERS[k], len));
	}
}

static void each_place(struct test *t)
{
	char text[40];

	if (!test_case(t, "a byte that needs a reference is found at every place"))
		return;
	for (size_t at = 0; at < sizeof text; at++) {
		for (size_t k = 0; k < 5; k++) {
			for (size_t i = 0; i < sizeof text; i++)
				text[i] = (char)(0xe4 + (int)(i % 3)); /* high bytes are plain */
			text[at] = "<>&\"'"[k];
			agree(t, (struct str){ text, sizeof text });
		}
	}
}

static void at_the_limit(struct test *t)
{
	struct str plain = STR("0123456789abcdef0123456789abcdef0123456789abcdef");

	if (test_case(t, "text that just fits is written whole")) {
		struct buf out = buf_open(t->arena, 8, plain.len);
		escape_vector(&out, plain);
		CHECK(buf_ok(&out));
		CHECK_STR(buf_str(&out), plain);
	}
	if (test_case(t, "text that does not fit is an overflow, not a piece")) {
		struct buf out = buf_open(t->arena, 8, plain.len + 3);
		escape_vector(&out, str_concat(t->arena, plain, STR("&")));
		CHECK(!buf_ok(&out));
		escape_vector(&out, STR("more"));
		CHECK(!buf_ok(&out));
	}
}

void html_escape_test(struct test *t)
{
	lengths(t);
	each_place(t);
	at_the_limit(t);
}
