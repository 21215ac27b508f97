/* reply_queue_test.c - what waits at a gate: whose, in which order, page after page. */
#include "reply/fixture.h"

enum { REQUESTS = 5 };

static bool given(struct ctx *ctx, struct request_id *ids, struct err *err)
{
	struct request_register in = { .unit = { 1 },
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .content = STR("某地块的征收批复及其附图") };
	struct reply_id reply;

	if (!reply_fixture(ctx, &ids[0], err))
		return false;
	/* Later ones came earlier, so they are due earlier. */
	for (int i = 1; i < REQUESTS; i++) {
		in.submitted_on = date_plus(reply_day("2024-03-04"), -i);
		if (!request_register(ctx, &in, &ids[i], err))
			return false;
	}
	for (int i = 0; i < REQUESTS; i++)
		if (!reply_open(ctx, ids[i], &reply, err))
			return false;
	return true;
}

static size_t listed(struct test *t, struct ctx *ctx, enum reply_stage stage,
		     struct reply_waiting **rows)
{
	struct reply_filter f = { .unit = { true, 1 }, .stage = stage };
	struct err err = { 0 };
	struct str next;
	int64_t counted = -1;
	size_t count = 0;

	CHECK_OK(reply_queue(ctx, &f, STR_NONE, 50, rows, &count, &next, &err));
	CHECK(next.len == 0);
	CHECK_OK(reply_queue_count(ctx, &f, &counted, &err));
	CHECK_INT(counted, (int64_t)count);
	return count;
}

static void urgent_first(struct test *t, struct testdb *site, const void *arg)
{
	struct reply_filter f = { .unit = { true, 1 }, .stage = REPLY_DRAFTING };
	struct ctx *ctx = &site->ctx;
	struct request_id ids[REQUESTS];
	struct reply_waiting *rows, *all;
	struct str place = STR_NONE, next;
	struct err err = { 0 };
	size_t count, seen = 0;

	(void)arg;
	CHECK_OK(given(ctx, ids, &err));
	CHECK_INT((int64_t)listed(t, ctx, REPLY_DRAFTING, &all), REQUESTS);
	for (size_t i = 1; i < REQUESTS; i++)
		CHECK(date_compare(all[i - 1].due.v, all[i].due.v) <= 0);
	CHECK_INT(all[REQUESTS - 1].request.n, ids[0].n);
	CHECK_STR(all[0].by, STR("经办人甲"));
	/* Two at a time it is the same list. */
	do {
		CHECK_OK(reply_queue(ctx, &f, place, 2, &rows, &count, &next, &err));
		for (size_t i = 0; i < count && seen < REQUESTS; i++, seen++)
			CHECK_INT(rows[i].request.n, all[seen].request.n);
		place = next;
	} while (place.len > 0 && count > 0);
	CHECK_INT((int64_t)seen, REQUESTS);
	/* Another unit has none of them; who looks at all units has them all. */
	f.unit = (struct opt_int){ true, 2 };
	CHECK_OK(reply_queue(ctx, &f, STR_NONE, 50, &rows, &count, &next, &err));
	CHECK_INT((int64_t)count, 0);
	f.unit = (struct opt_int){ 0 };
	CHECK_OK(reply_queue(ctx, &f, STR_NONE, 50, &rows, &count, &next, &err));
	CHECK_INT((int64_t)count, REQUESTS);
}

/* A request stands in the list of the gate where its reply is, and in no other. */
static void moves_on(struct test *t, struct testdb *site, const void *arg)
{
	static const enum reply_stage stages[] = { REPLY_DRAFTING, REPLY_REVIEW, REPLY_ADVICE,
						   REPLY_SIGNING, REPLY_SIGNED, REPLY_DROPPED };
	const enum reply_stage *at = arg;
	struct ctx *ctx = &site->ctx;
	struct reply_waiting *rows;
	struct request_id request;
	struct err err = { 0 };

	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, *at, &err));
	for (size_t i = 0; i < COUNT_OF(stages) && stages[i] < REPLY_SIGNED; i++)
		CHECK_INT((int64_t)listed(t, ctx, stages[i], &rows), stages[i] == *at ? 1 : 0);
}

/* Art. 32: the case already knows when the third party was asked, and what it said. */
static void third_party_known(struct test *t, struct testdb *site, const void *arg)
{
	struct request_step asked = { .verb = VERB_OPEN_INQUIRY,
				      .inquiry = INQUIRY_THIRD_PARTY,
				      .target = STR("示例公司"),
				      .contact = STR("示例路2号"),
				      .text = STR("报价明细") };
	struct request_step answered = { .verb = VERB_CLOSE_INQUIRY,
					 .answer = INQUIRY_REFUSES_WITH_REASONS,
					 .text = STR("报价明细是采取保密措施的经营信息") };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct err err = { 0 };
	struct reply_id id;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	asked.on = ctx->today;
	CHECK_OK(request_take_step(ctx, request, &asked, &err));
	reply_today(ctx, "2024-03-15");
	answered.on = ctx->today;
	CHECK_OK(request_take_step(ctx, request, &answered, &err));
	CHECK_OK(reply_open(ctx, request, &id, &err));
	struct reply_edit now = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_decide_item(ctx, now, reply.items[0].id, reply_kind("no_third"), STR("不同意公开"),
				   &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_STR(reply_fact_of(&reply.items[0], "asked_on"), STR("2024-03-11"));
	CHECK_STR(reply_fact_of(&reply.items[0], "answered_on"), STR("2024-03-15"));
	CHECK_STR(reply_fact_of(&reply.items[0], "third_reason"),
		  STR("报价明细是采取保密措施的经营信息"));
}

/* Closed by a command, without the page of closing: no draft is left waiting. */
static void closed_elsewhere(struct test *t, struct testdb *site, const void *arg)
{
	struct request_step close = { .verb = VERB_CLOSE, .kind = reply_kind("withdraw"),
				      .reason = STR("申请人来电撤回") };
	struct reply_filter f = { .stage = REPLY_DRAFTING };
	struct ctx *ctx = &site->ctx;
	struct request_id request;
	struct reply reply;
	struct err err = { 0 };
	int64_t waiting;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	CHECK_OK(reply_drop_closed(ctx, request, &err)); /* an open request keeps its draft */
	CHECK_OK(reply_queue_count(ctx, &f, &waiting, &err));
	CHECK_INT(waiting, 1);
	close.on = ctx->today;
	CHECK_OK(request_take_step(ctx, request, &close, &err));
	CHECK_OK(reply_drop_closed(ctx, request, &err));
	CHECK_OK(reply_drop_closed(ctx, request, &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_DROPPED);
	CHECK_OK(reply_queue_count(ctx, &f, &waiting, &err));
	CHECK_INT(waiting, 0);
}

void reply_queue_test(struct test *t)
{
	static const enum reply_stage stages[] = { REPLY_DRAFTING, REPLY_REVIEW, REPLY_ADVICE,
						   REPLY_SIGNING, REPLY_SIGNED, REPLY_DROPPED };

	testdb_each(t, "closed by a command, a draft does not wait", closed_elsewhere, NULL);
	testdb_each(t, "the most urgent reply comes first, page after page", urgent_first, NULL);
	for (size_t i = 0; i < COUNT_OF(stages); i++)
		testdb_each(t, str_to_c(t->arena, str_concat(t->arena, STR("listed where it is: "),
							      reply_stage_code(stages[i]))),
			    moves_on, &stages[i]);
	testdb_each(t, "32: what the third party said stands in the facts already",
		    third_party_known, NULL);
}
