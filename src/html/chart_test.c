/* chart_test.c - the pie tells every number, draws what is not nothing, and keeps labels apart. */
#include "html/parts.h"

#include "base/rand.h"
#include "base/test.h"

static struct str draw(struct test *t, const struct slice *slices, size_t count)
{
	struct buf out = buf_open(t->arena, 4096, 512 * 1024);
	struct html h = { &out, t->arena };

	html_pie(&h, STR("答复"), STR("件"), slices, count);
	CHECK(buf_ok(&out));
	return buf_str(&out);
}

static size_t times(struct str s, struct str what)
{
	size_t n = 0;

	for (size_t at = str_find(s, what, 0); at != SIZE_MAX;
	     at = str_find(s, what, at + what.len))
		n++;
	return n;
}

/* Reads 123.4 after `mark`, from *at on; false if there is none. In tenths. */
static bool next_number(struct str s, struct str mark, size_t *at, int64_t *tenths)
{
	uint64_t whole = 0, part = 0;

	*at = str_find(s, mark, *at);
	if (*at == SIZE_MAX)
		return false;
	*at += mark.len;
	struct str rest = str_slice(s, *at, s.len);
	bool read = str_take_u64(&rest, 100000, &whole) && str_take_char(&rest, '.') &&
		    str_take_u64(&rest, 9, &part);
	*tenths = (int64_t)(whole * 10 + part);
	return read;
}

/* On each side, the first lines of the labels are at least a pitch apart and inside the drawing. */
static void labels_apart(struct test *t, struct str s, const char *anchor)
{
	struct str mark = str_format(t->arena, "text-anchor=\"%s\"", anchor);
	int64_t seen[64];
	size_t n = 0;
	size_t at = str_find(s, mark, 0);

	while (at != SIZE_MAX && n < COUNT_OF(seen)) {
		int64_t y = 0;
		CHECK(next_number(s, STR(" y=\""), &at, &y));
		for (size_t i = 0; i < n; i++)
			CHECK(y - seen[i] >= 439 || seen[i] - y >= 439);
		CHECK(y >= 150);
		seen[n++] = y;
		at = str_find(s, mark, at);
	}
}

static void words(struct test *t)
{
	static const struct slice SLICES[] = {
		{ STR_INIT("予以公开"), 123, STR_INIT("") },
		{ STR_INIT("部分<公开>"), 17, STR_INIT("/f?x=1&y=2") },
		{ STR_INIT("其他处理"), 0, STR_INIT("") },
	};

	if (test_case(t, "every number is in the description, the empty slice too")) {
		struct str s = draw(t, SLICES, 3);
		CHECK(str_contains(
			s,
			STR("合计 140 件：予以公开 123 件，占 87.9%；部分&lt;公开&gt; 17 件，占 12.1%；"
			    "其他处理 0 件，占 0.0%。</desc>")));
		CHECK_INT((int64_t)times(s, STR("class=\"gk-pie__slice")), 2);
	}
	if (test_case(t, "a drawing with links is a group, one without an image")) {
		CHECK(str_contains(draw(t, SLICES, 3), STR("role=\"group\"")));
		CHECK(str_contains(draw(t, SLICES, 3), STR("<a href=\"/f?x=1&amp;y=2\"")));
		CHECK(str_contains(draw(t, SLICES, 1), STR("role=\"img\"")));
	}
	if (test_case(t, "one slice is a circle")) {
		CHECK(str_contains(draw(t, SLICES, 1), STR("<circle cx=\"320\"")));
	}
	if (test_case(t, "a pie of nothing is an empty state")) {
		struct str s = draw(t, SLICES + 2, 1);
		CHECK(!str_contains(s, STR("<svg")) && str_contains(s, STR("gk-empty")));
	}
	if (test_case(t, "two pies on a page share no id")) {
		struct buf out = buf_open(t->arena, 4096, 512 * 1024);
		struct html h = { &out, t->arena };
		html_pie(&h, STR("一"), STR("件"), SLICES, 2);
		size_t second = out.len;
		html_pie(&h, STR("二"), STR("件"), SLICES, 2);
		struct str id = str_format(t->arena, "pie%zu-", second);
		CHECK(str_contains(buf_str(&out), str_concat(t->arena, id, STR("title\""))));
		CHECK(str_contains(buf_str(&out), STR("\"pie0-title\"")));
	}
}

static void apart(struct test *t)
{
	struct seeded random = seeded_from(7);

	if (!test_case(t, "labels never overlap, whatever the shares"))
		return;
	for (size_t round = 0; round < 60; round++) {
		struct slice slices[16];
		size_t count = 1 + seeded_below(&random, COUNT_OF(slices));
		for (size_t i = 0; i < count; i++)
			slices[i] = (struct slice){
				STR("项"),
				(int64_t)(1 + seeded_below(&random, round % 3 == 0 ? 3 : 900)),
				STR_NONE
			};
		struct str s = draw(t, slices, count);
		labels_apart(t, s, "start");
		labels_apart(t, s, "end");
		CHECK_INT((int64_t)times(s, STR("class=\"gk-pie__leader\"")), (int64_t)count);
	}
}

void chart_test(struct test *t)
{
	words(t);
	apart(t);
}
