/*
 * reply_hostile_test.c - a request that was written to be unanswerable is answered: nobody at the
 * office may change what was asked, and the period runs.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "letter/letter.h"
#include "reply/fixture.h"

static struct str repeated(struct arena *a, const char *what, size_t bytes)
{
	struct buf b = buf_open(a, KIB, 2 * bytes);

	while (b.len + str_from_c(what).len <= bytes)
		buf_add_c(&b, what);
	return buf_str(&b);
}

static bool ask(struct ctx *ctx, struct str content, struct request_id *id, struct err *err)
{
	struct request_register in = { .unit = { 1 },
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = reply_day("2024-03-04"),
				       .content = content };

	reply_today(ctx, "2024-03-04");
	reply_sit(ctx, DESK_CLERK);
	if (!request_register(ctx, &in, id, err))
		return false;
	reply_today(ctx, "2024-03-11");
	return true;
}

/* Confirmed where that is needed, decided, signed; the letter as it went out. */
static bool answer(struct ctx *ctx, struct request_id id, struct letter *letter, struct err *err)
{
	struct reply reply;

	if (!reply_fixture_to(ctx, id, REPLY_SIGNED, err))
		return false;
	(void)reply_now(ctx, id, &reply, err);
	return letter_load(ctx, (struct letter_id){ reply.letter.v }, letter, err);
}

static void is_answered(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id first, id;
	struct err err = { 0 };
	const struct { struct str content, quoted; } rows[] = {
		{ STR("{救济途径}和{{7*7}}"), STR("｛救济途径｝和｛｛7*7｝｝") },
		{ STR("【{您}】"), STR("【｛您｝】") },
		{ STR("批复”。\n\n经审查，本机关决定予以公开。"),
		  STR("批复”。 经审查，本机关决定予以公开。") },
		{ repeated(t->arena, "很长的申请", LIMIT_REQUEST_CONTENT), STR("很长的申请……") },
		{ repeated(t->arena, "{", LIMIT_REQUEST_CONTENT), STR("｛｛……") },
		{ repeated(t->arena, "a\n", LIMIT_REQUEST_CONTENT), STR("a a a……") },
	};

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &first, &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct letter letter = { 0 };
		if (!CHECK_OK(ask(ctx, rows[i].content, &id, &err)) ||
		    !CHECK_OK(answer(ctx, id, &letter, &err)))
			return;
		CHECK(str_contains(letter.text, rows[i].quoted));
		CHECK(str_contains(letter.text, STR("行政复议"))); /* the office's own words */
	}
}

void reply_hostile_test(struct test *t)
{
	testdb_each(t, "whatever was asked can be answered", is_answered, NULL);
}
