/* request_code_test.c - whose request it is, how it is wanted, and the code it is followed with. */
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"
#include "request/request.h"

static bool given(struct ctx *ctx, struct request_register *in, struct err *err)
{
	struct identity person = { .name = STR("申请人甲〇一"),
				   .document = DOCUMENT_RESIDENT_ID,
				   .document_no = STR("11010519491231002X"),
				   .phone = STR("13800001234") };
	struct unit_new unit = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT, .reports = true };

	*in = (struct request_register){ .channel = CHANNEL_WEB, .submitted_on = ctx->today,
					 .confirmed_on = { true, ctx->today },
					 .content = STR("某路段改造的批复"),
					 .wanted_form = GIVE_EMAIL, .wanted_way = GIVE_BY_WEB };
	return agency_add_unit(ctx, &unit, &in->unit, err) &&
	       identity_add(ctx, &person, &in->applicant_id, err);
}

static void whose(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_register in;
	struct request r;
	struct request_id id;
	struct str name;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, &in, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_INT(r.applicant_id.n, in.applicant_id.n);
	CHECK(r.wanted_form == GIVE_EMAIL && r.wanted_way == GIVE_BY_WEB);
	CHECK_OK(identity_name(ctx, r.applicant_id, &name, &err));
	CHECK_STR(name, STR("申请人甲〇一"));
	in.applicant_id.n = 0;
	in.wanted_form = GIVE_FORM_UNSAID;
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK(r.applicant_id.n == 0 && r.wanted_form == GIVE_FORM_UNSAID);
}

static void codes(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_register in;
	struct request_id id, found = { 0 };
	struct request r, other;
	enum code_verdict v;
	struct str code, second, remote = STR("192.0.2.1");
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(given(ctx, &in, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_OK(request_code_make(ctx, id, &code, &err));
	CHECK_OK(request_code_make(ctx, id, &second, &err));
	CHECK_INT((int64_t)code.len, 19);
	CHECK(!str_equal(code, second));
	CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
	CHECK(v == CODE_RIGHT && found.n == id.n);
	/* As people type it. */
	char *small = arena_alloc(t->arena, code.len);
	for (size_t i = 0; i < code.len; i++)
		small[i] = code.ptr[i] == '-'	? ' '
			   : code.ptr[i] >= 'A' ? (char)(code.ptr[i] + 32)
						: code.ptr[i];
	CHECK_OK(request_code_check(ctx, r.number, (struct str){ small, code.len }, remote, &found,
				    &v, &err));
	CHECK_INT(v, CODE_RIGHT);
	/* The code of one request does not open another, nor does a number without its code. */
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &other, &err));
	CHECK_OK(request_code_check(ctx, other.number, code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
	CHECK_OK(request_code_check(ctx, r.number, STR(""), remote, &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
	CHECK_OK(request_code_check(ctx, STR("无此编号"), code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
	/* Guessing ends; from elsewhere, and later, the owner gets in. */
	for (int i = 3; i < LIMIT_CODE_TRIES_PER_ADDRESS; i++)
		CHECK_OK(request_code_check(ctx, r.number, STR("ABCD-EFGH-JKLM-NPQR"), remote,
					    &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
	CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_LIMITED);
	CHECK_OK(request_code_check(ctx, r.number, code, STR("192.0.2.2"), &found, &v, &err));
	CHECK_INT(v, CODE_RIGHT);
	ctx_set_time(ctx, ctx->now + 15 * 60 + 1);
	CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_RIGHT);
	CHECK_OK(request_code_revoke(ctx, r.id, &err));
	CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
}

/* The letter with the code was handed over before anybody saw that it asks for two things. */
static void parts(struct test *t, struct testdb *site, const void *arg)
{
	struct str texts[] = { STR("某路段改造的批复"), STR("某路段改造的预算") };
	struct request_step split = { .verb = VERB_SPLIT, .parts = texts, .parts_count = 2 };
	struct str code, remote = STR("192.0.2.1");
	struct ctx *ctx = &site->ctx;
	struct request_whole whole;
	struct request_register in;
	struct request_id id, other, found = { 0 };
	struct request r;
	enum code_verdict v;
	struct err err = { 0 };
	bool is_split;

	(void)arg;
	CHECK_OK(given(ctx, &in, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_register(ctx, &in, &other, &err));
	CHECK_OK(request_code_make(ctx, id, &code, &err));
	split.on = ctx->today;
	CHECK_OK(request_take_step(ctx, id, &split, &err));
	CHECK_OK(request_whole_find(ctx, id, &whole, &is_split, &err));
	CHECK(is_split);
	CHECK_INT((int64_t)whole.parts_count, 2);
	for (size_t i = 0; i < whole.parts_count; i++) {
		CHECK_OK(request_find(ctx, whole.parts[i], &r, &err));
		CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
		CHECK(v == CODE_RIGHT && found.n == whole.parts[i].n);
	}
	/* Still nothing else of the same applicant. */
	CHECK_OK(request_find(ctx, other, &r, &err));
	CHECK_OK(request_code_check(ctx, r.number, code, remote, &found, &v, &err));
	CHECK_INT(v, CODE_WRONG);
}

void request_code_test(struct test *t)
{
	testdb_each(t, "29: a request knows its applicant, form and way; or it does not", whose,
		    NULL);
	testdb_each(t, "the code of a letter that was split opens every part of it", parts, NULL);
	testdb_each(t, "a query code opens its own request, and guessing ends", codes, NULL);
}
