/* answer_test.c - answers told to all: who may, what may stand in them, and that they are found. */
#include "apply/found.h"
#include "base/test.h"
#include "db/testdb.h"
#include "ledger/ledger.h"

enum { CLERK = 1, REVIEWER = 2 };

static void sit(struct ctx *ctx, int who, int64_t unit)
{
	ctx->actor = (struct actor){ .account_id = who,
				     .unit_id = unit,
				     .role = who == CLERK ? STR("clerk") : STR("reviewer"),
				     .name = who == CLERK ? STR("经办人甲") : STR("审核人乙") };
}

static bool decided(struct ctx *ctx, const char *kind, struct request_id *id, struct err *err)
{
	struct identity person = { .name = STR("申请人甲〇一"),
				   .document = DOCUMENT_RESIDENT_ID,
				   .document_no = STR("11010519491231002X"),
				   .phone = STR("13800001234"),
				   .email = STR("jia01@example.cn") };
	struct request_register in = { .unit = { 1 },
				       .channel = CHANNEL_IN_PERSON,
				       .submitted_on = ctx->today,
				       .content = STR("东山路旧楼加装电梯的补贴标准") };

	return identity_add(ctx, &person, &in.applicant_id, err) &&
	       request_register(ctx, &in, id, err) &&
	       request_record_decision(ctx, *id, request_decision(str_from_c(kind)), ctx->today,
				       err);
}

static bool given(struct ctx *ctx, struct request_id *id, struct err *err)
{
	struct unit_new a = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_id unit;

	sit(ctx, CLERK, 1);
	return agency_add_unit(ctx, &a, &unit, err) && decided(ctx, "give", id, err) &&
	       request_serve(ctx, *id, ctx->today, err);
}

static const struct answer_text good = {
	STR_INIT("旧楼加装电梯补贴标准"),
	STR_INIT("既有住宅加装电梯的补贴标准为每台十万元，见区住房建设局2020年的通知。"),
	STR_INIT("https://www.example.gov.cn/dianti"),
};

/* ---- what may stand in it, and who may do what */

static void words(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { const char *title, *answer, *key; } rows[] = {
		{ " ", "有", "answer.no_title" },
		{ "补贴标准", "\n", "answer.no_answer" },
		{ "申请人甲〇一要的补贴标准", "十万元", "answer.names_applicant" },
		{ "补贴标准", "已发往jia01@example.cn", "answer.names_applicant" },
		{ "补贴标准", "可致电13912345678", "answer.number" },
		{ "补贴标准", "身份证110105194912310021的申请人", "answer.number" },
	};
	struct ctx *ctx = &site->ctx;
	struct request_id id;
	struct answer_id answer;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, &id, &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct answer_text bad = { str_from_c(rows[i].title),
					   str_from_c(rows[i].answer), STR_NONE };
		CHECK_FAILS(answer_draft(ctx, id, &bad, &answer, &err), rows[i].key);
	}
	/* Numbers of documents, years and telephones of offices are nobody's. */
	struct answer_text office = { STR("补贴标准"), STR("见府〔2020〕12号，2020年，电话020-12345678"), STR_NONE };
	CHECK_OK(answer_draft(ctx, id, &office, &answer, &err));
}

static void who(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id id, refused, unserved;
	struct answer_id answer, again;
	struct answer a;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, &id, &err));
	CHECK_OK(decided(ctx, "not_exist", &refused, &err));
	CHECK_OK(request_serve(ctx, refused, ctx->today, &err));
	CHECK_OK(decided(ctx, "give", &unserved, &err));
	CHECK_FAILS(answer_draft(ctx, refused, &good, &again, &err), "answer.not_given");
	CHECK_FAILS(answer_draft(ctx, unserved, &good, &again, &err), "answer.not_given");
	sit(ctx, CLERK, 2);
	CHECK_FAILS(answer_draft(ctx, id, &good, &again, &err), "answer.not_yours");
	sit(ctx, CLERK, 1);
	CHECK_OK(answer_draft(ctx, id, &good, &answer, &err));
	CHECK_FAILS(answer_draft(ctx, id, &good, &again, &err), "answer.there");
	CHECK_FAILS(answer_publish(ctx, answer, 1, STR("可以公开"), &err), "answer.same_person");
	sit(ctx, REVIEWER, 1);
	CHECK_FAILS(answer_publish(ctx, answer, 1, STR(" "), &err), "answer.no_reason");
	CHECK_FAILS(answer_publish(ctx, answer, 2, STR("可以公开"), &err), "answer.changed");
	CHECK_OK(answer_publish(ctx, answer, 1, STR("可以公开"), &err));
	CHECK_FAILS(answer_edit(ctx, answer, 2, &good, &err), "answer.not_now");
	CHECK_OK(answer_withdraw(ctx, answer, STR("标准已经调整"), &err));
	CHECK_FAILS(answer_withdraw(ctx, answer, STR("标准已经调整"), &err), "answer.not_now");
	CHECK_OK(answer_find(ctx, answer, &a, &err));
	CHECK(a.state == ANSWER_WITHDRAWN && a.public_on.known && a.withdrawn_on.known);
	/* What was withdrawn may be written anew. */
	sit(ctx, CLERK, 1);
	CHECK_OK(answer_draft(ctx, id, &good, &again, &err));
}

/* ---- found by those who are about to ask */

static void finding(struct test *t, struct testdb *site, const void *arg)
{
	static const struct { const char *question; int hits; } rows[] = {
		{ "我想了解旧楼加装电梯有没有补贴，补贴标准是多少", 1 },
		{ "请公开既有住宅加装电梯补贴标准的文件", 1 },
		{ "某地块的征收批复及其附图", 0 },
		{ "电梯", 0 },
		{ "", 0 },
	};
	struct ctx *ctx = &site->ctx;
	struct request_id id;
	struct answer_id answer;
	struct found *items, one;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(given(ctx, &id, &err));
	CHECK_OK(answer_draft(ctx, id, &good, &answer, &err));
	CHECK_OK(found_search(ctx, good.title, FOUND_NEAR, FOUND_FEW, &items, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_FAILS(found_item(ctx, FOUND_ANSWER, answer.n, &one, &err), "apply.not_public");
	sit(ctx, REVIEWER, 1);
	CHECK_OK(answer_publish(ctx, answer, 1, STR("可以公开"), &err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CHECK_OK(found_search(ctx, str_from_c(rows[i].question), FOUND_NEAR, FOUND_FEW,
				      &items, &count, &err));
		CHECK_INT((int64_t)count, rows[i].hits);
	}
	/* The index is a view: lost, it is made again. */
	CHECK_OK(found_forget(ctx, answer, &err));
	CHECK_OK(found_search(ctx, good.title, FOUND_NEAR, FOUND_FEW, &items, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(found_rebuild(ctx, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(found_search(ctx, good.title, FOUND_NEAR, FOUND_FEW, &items, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_OK(answer_withdraw(ctx, answer, STR("标准已经调整"), &err));
	CHECK_OK(found_search(ctx, good.title, FOUND_NEAR, FOUND_FEW, &items, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

static bool events_of(struct ctx *ctx, const char *kind, int64_t id, const char *verb, int64_t *n,
		      struct err *err)
{
	struct ledger_row *rows;
	size_t count;

	if (!ledger_history(ctx, kind, id, 200, &rows, &count, err))
		return false;
	*n = 0;
	for (size_t i = 0; i < count; i++)
		*n += str_equal_c(rows[i].verb, verb) ? 1 : 0;
	return true;
}

static void avoiding(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id id;
	struct answer_id answer;
	struct found item;
	struct err err = { 0 };
	int64_t n;

	(void)arg;
	CHECK_OK(given(ctx, &id, &err));
	CHECK_OK(answer_draft(ctx, id, &good, &answer, &err));
	sit(ctx, REVIEWER, 1);
	CHECK_OK(answer_publish(ctx, answer, 1, STR("可以公开"), &err));
	CHECK_OK(found_item(ctx, FOUND_ANSWER, answer.n, &item, &err));
	/* Clicked twice it is one; by another one it is another. */
	CHECK_OK(found_answered(ctx, STR("one"), &item, &err));
	CHECK_OK(found_answered(ctx, STR("one"), &item, &err));
	CHECK_OK(found_answered(ctx, STR("two"), &item, &err));
	CHECK_OK(events_of(ctx, "answer", answer.n, "apply.avoid", &n, &err));
	CHECK_INT(n, 2);
	/* Who asks after all has avoided nothing. */
	CHECK_OK(found_asked_after_all(ctx, STR("one"), id, &err));
	CHECK_OK(found_asked_after_all(ctx, STR("nobody"), id, &err));
	CHECK_OK(events_of(ctx, "request", id.n, "apply.not_avoided", &n, &err));
	CHECK_INT(n, 1);
	CHECK_OK(found_answered(ctx, STR("one"), &item, &err));
	CHECK_OK(events_of(ctx, "answer", answer.n, "apply.avoid", &n, &err));
	CHECK_INT(n, 3);
}

static bool scene(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id id;

	(void)arg;
	return given(ctx, &id, err);
}

static bool whole(struct ctx *ctx, const void *arg, struct err *err)
{
	struct answer_id id;
	struct found item;

	(void)arg;
	sit(ctx, CLERK, 1);
	if (!answer_draft(ctx, (struct request_id){ 1 }, &good, &id, err))
		return false;
	sit(ctx, REVIEWER, 1);
	return answer_publish(ctx, id, 1, STR("可以公开"), err) &&
	       found_item(ctx, FOUND_ANSWER, id.n, &item, err) &&
	       found_answered(ctx, STR("one"), &item, err) &&
	       answer_withdraw(ctx, id, STR("标准已经调整"), err);
}

void answer_test(struct test *t)
{
	static const struct testdb_scenario all = { .given = scene, .verb = whole };

	testdb_each(t, "44: what is told to all names nobody", words, NULL);
	testdb_each(t, "17: what was given and served may be told to all, after another's review",
		    who, NULL);
	testdb_each(t, "who is about to ask is shown what answers it already", finding, NULL);
	testdb_each(t, "a request that was not needed is counted once", avoiding, NULL);
	testdb_faults(t, "telling to all is all or nothing", &all);
}
