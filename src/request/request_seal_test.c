/* request_seal_test.c - what is asked for lies sealed; what was imported is sealed afterwards. */
#include "base/test.h"
#include "db/sealed.h"
#include "db/testdb.h"
#include "import_sql.h"
#include "ledger/ledger.h"
#include "request/import.h"
#include "request/request.h"
#include "request_seal_sql.h"

enum { IMPORTED = 1201 }; /* three chunks, the last not full */

static bool unit(struct ctx *ctx, struct unit_id *id, struct err *err)
{
	struct unit_new u = { .code = STR("A"), .name = STR("区政府"), .kind = UNIT_GOVERNMENT, .reports = true };

	return agency_add_unit(ctx, &u, id, err);
}

/* As an import writes it. */
static bool import_one(struct ctx *ctx, struct unit_id unit, int64_t id, struct err *err)
{
	struct import_insert_in in = {
		.id = { id },
		.number = str_format(ctx->arena, "I-%lld", (long long)id),
		.unit_id = unit,
		.channel = STR("web"),
		.applicant = STR("natural_person"),
		.submitted_on = ctx->today,
		.content = str_format(ctx->arena, "第%lld号宅基地的批复", (long long)id),
		.salt = STR("00"),
		.state = STR("confirming"),
	};

	return import_insert(ctx, &in, NULL, err);
}

static int64_t plain_rows(struct test *t, struct ctx *ctx)
{
	struct seal_next_in in = { .max = 2 * IMPORTED };
	struct seal_next_row *rows;
	struct err err = { 0 };
	size_t count = 0;
	int64_t plain = 0;

	CHECK_OK(seal_next_all(ctx, &in, 2 * IMPORTED, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		plain += sealed_marked(rows[i].content) ? 0 : 1;
	return plain;
}

static void registered(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_register in = { .channel = CHANNEL_WEB, .submitted_on = ctx->today,
				       .content = STR("申请人甲〇一宅基地的批复") };
	struct seal_next_in all = { .max = 10 };
	struct seal_next_row *rows;
	struct request_id id;
	struct request r;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(unit(ctx, &in.unit, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	CHECK_OK(request_find(ctx, id, &r, &err));
	CHECK_STR(r.content, in.content);
	CHECK_OK(seal_next_all(ctx, &all, 10, &rows, &count, &err));
	CHECK(count == 1 && sealed_marked(rows[0].content));
	CHECK(!str_contains(rows[0].content, STR("宅基地")));
}

static void afterwards(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct job job = { .id = 1 };
	struct ledger_verdict verdict;
	struct unit_id of;
	struct request r;
	struct err err = { 0 };
	size_t changed;

	(void)arg;
	CHECK_OK(unit(ctx, &of, &err));
	for (int64_t id = 1; id <= IMPORTED; id++)
		CHECK_OK(import_one(ctx, of, id, &err));
	CHECK_INT(plain_rows(t, ctx), IMPORTED);
	for (int64_t left = IMPORTED - 500; left > -500; left -= 500) {
		CHECK_OK(request_seal_on_job(ctx, &job, &err));
		CHECK_INT(plain_rows(t, ctx), left > 0 ? left : 0);
	}
	CHECK_OK(request_find(ctx, (struct request_id){ 700 }, &r, &err));
	CHECK_STR(r.content, STR("第700号宅基地的批复"));
	/* Again changes nothing; what a later import brings is sealed too. */
	CHECK_OK(request_seal_all(ctx, &changed, &err));
	CHECK_INT((int64_t)changed, 0);
	CHECK_OK(import_one(ctx, of, IMPORTED + 1, &err));
	CHECK_OK(request_seal_all(ctx, &changed, &err));
	CHECK_INT((int64_t)changed, 1);
	CHECK_INT(plain_rows(t, ctx), 0);
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

static bool two(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_id of;

	(void)arg;
	return unit(ctx, &of, err) && import_one(ctx, of, 1, err) && import_one(ctx, of, 2, err);
}

static bool seal(struct ctx *ctx, const void *arg, struct err *err)
{
	size_t changed;

	(void)arg;
	return request_seal_all(ctx, &changed, err);
}

static void both_or_none(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	(void)arg;
	CHECK_INT(plain_rows(t, ctx), done ? 0 : 2);
}

void request_seal_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = two,
							 .verb = seal,
							 .check = both_or_none };

	testdb_each(t, "what is asked for lies sealed", registered, NULL);
	testdb_each(t, "what an import brought is sealed afterwards, a chunk at a time", afterwards,
		    NULL);
	testdb_faults(t, "sealing is all or nothing", &scenario);
}
