/*
 * mail_place_fuzz.c - any bytes as an address, a text with numbers, a line of a calendar: no
 * address but the one that was made opens a case, and what is folded unfolds to the same.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "mailroom/ical.h"
#include "mailroom/mailroom.h"

#include <assert.h>

static void address(struct arena *a, struct str bytes)
{
	struct notice_settings s = { .from = STR("zwgk@gov.example"), .key = STR("key") };
	struct str kind;
	int64_t id;

	if (!post_case_of_address(a, &s, bytes, &kind, &id))
		return;
	/* Whoever finds one that opens has found the very local part that was given out. */
	struct str made = post_case_address(a, &s, kind, id);
	size_t made_plus = str_find(made, STR("+"), 0), plus = str_find(bytes, STR("+"), 0);
	size_t made_at = str_find(made, STR("@"), 0), at = str_find(bytes, STR("@"), plus);
	assert(str_equal_ascii_nocase(str_slice(made, made_plus, made_at),
				      str_slice(bytes, plus, at)));
}

static void numbers(struct str bytes)
{
	struct str out[5];
	size_t count = mailroom_numbers_in(bytes, out, COUNT_OF(out));

	assert(count <= COUNT_OF(out));
	for (size_t i = 0; i < count; i++) {
		assert(out[i].ptr >= bytes.ptr && out[i].ptr + out[i].len <= bytes.ptr + bytes.len);
		assert(out[i].len >= sizeof "a-2020-1" - 1);
	}
}

static void calendar(struct arena *a, struct str bytes)
{
	struct buf b = buf_open(a, 1000, 8 * MIB), whole = buf_open(a, 1000, 8 * MIB);
	struct str rest, line;

	if (!utf8_valid_text(bytes))
		return;
	ical_line(&b, "SUMMARY", bytes, true);
	rest = buf_str(&b);
	while (str_split_next(&rest, '\n', &line) && (line.len > 0 || rest.len > 0)) {
		assert(line.len > 0 && line.len - 1 <= 75 && line.ptr[line.len - 1] == '\r');
		assert(utf8_valid_text(str_slice(line, 0, line.len - 1)));
		buf_add(&whole, str_slice(line, whole.len > 0 ? 1 : 0, line.len - 1));
	}
	for (size_t i = 0; i < whole.len; i++)
		assert((unsigned char)whole.ptr[i] >= ' ');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(64 * (size_t)MIB);
	struct str bytes = { (const char *)data, size };

	if (size <= 256 * KIB) {
		address(a, bytes);
		numbers(bytes);
		calendar(a, bytes);
	}
	arena_close(a);
	return 0;
}
