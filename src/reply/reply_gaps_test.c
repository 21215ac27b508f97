/*
 * reply_gaps_test.c - what the unit has not said of itself is asked for before anybody reads the
 * draft, not at the signature.
 */
#include "base/test.h"
#include "reply/fixture.h"

static void head_comes_first(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;
	struct reply_gap *gaps;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_gaps(ctx, &reply, &gaps, &count, &err));
	CHECK_INT((int64_t)count, 0);
	struct request r;
	CHECK_OK(request_find(ctx, request, &r, &err));
	struct letterhead bare = { .unit = r.unit,
				   .full_name = STR("示例市示例区人民政府"),
				   .mark = STR("示府公开"),
				   .style = OFFICIAL_LETTER };
	CHECK_OK(letterhead_set(ctx, &bare, &err));
	CHECK_OK(reply_gaps(ctx, &reply, &gaps, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK(count == 1 && str_contains(gaps[0].remedy, STR("文书抬头")));
	CHECK_FAILS(reply_submit(ctx, at, &err), "reply.gaps");
}

void reply_gaps_test(struct test *t)
{
	testdb_each(t, "what the letterhead lacks is asked for before review", head_comes_first,
		    NULL);
}
