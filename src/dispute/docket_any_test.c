/*
 * docket_any_test.c - registers of proceedings with anything in them: what is taken is taken once,
 * what is bad is named, and what went in comes out in the same words.
 */
#include "dispute/docket.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/rand.h"
#include "db/testdb.h"
#include "ledger/ledger.h"

#include <string.h>

enum { SHEETS = 250, ROWS_MAX = 8, LONG = 2500 };

static const char *const heads[DOCKET_FIELD_COUNT] = {
	"案号", "承办单位", "申请登记编号", "类型", "受理机关", "受理日期", "结果", "结果类别", "审结日期", "复议案号",
};
/* Words that can be in a column, then some that cannot, or hardly. */
static const char *const words[DOCKET_FIELD_COUNT][8] = {
	{ "示复〔2020〕1号", "示复〔2020〕2号", "（2020）示行初3号", "=1+1", "'4", "5\n行", "-6", "7,\"" },
	{ "A", "区政府", "A", "A", "区政府", "A", "A", "B" },
	{ "", "", "", "", "", "", "", "X-1" },
	{ "行政复议", "复议", "行政诉讼（未经复议直接起诉）", "复议后起诉", "行政复议", "直接起诉", "诉讼", "）—（" },
	{ "市政府", "", "示例法院", "@机关", "市政府", "市 政 府", "示例法院", "市政府" },
	{ "2020-03-02", "2020年3月3日", "2020.3.4", "2020/3/5", "2020-03-02", "2020-03-02", "2020-03-02", "昨天" },
	{ "维持", "", "撤销并责令重作", "", "准许撤诉", "", "尚未审结", "待定" },
	{ "", "", "结果纠正", "", "其他", "", "", "?" },
	{ "2020-05-02", "", "2020年5月3日", "", "2020-05-04", "", "", "2020-01-01" },
	{ "", "", "", "示复〔2020〕1号", "", "示复〔2020〕2号", "", "无" },
};

static bool make_site(struct ctx *ctx, struct err *err)
{
	struct unit_id unit;

	return agency_add_unit(ctx,
			       &(struct unit_new){ .code = STR("A"),
						   .name = STR("区政府"),
						   .kind = UNIT_GOVERNMENT,
						   .reports = true },
			       &unit, err);
}

static struct str any_cell(struct arena *a, struct seeded *r, int field)
{
	char *longer;

	if (seeded_below(r, 200) == 0) {
		longer = arena_alloc(a, LONG);
		memset(longer, 'x', LONG);
		return (struct str){ longer, LONG };
	}
	/* The last word of a column is seldom: most sheets shall be good. */
	uint64_t last = seeded_below(r, 40) == 0;
	return str_from_c(words[field][last ? 7 : seeded_below(r, 7)]);
}

/* The head in its order, now and then without a column; below it rows of any cells. */
static struct docket *any_sheet(struct test *t, struct seeded *r, uint64_t rows)
{
	struct docket_options options = { .only_unit = { .known = false } };
	struct docket *docket;
	struct err err = { 0 };

	docket_open(&options, &docket);
	for (uint64_t n = 0; n <= rows; n++) {
		struct str cells[DOCKET_FIELD_COUNT];
		struct sheet_row row = { (uint32_t)n + 1, cells, DOCKET_FIELD_COUNT };
		for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
			cells[f] = n == 0 ? str_from_c(heads[f]) : any_cell(t->arena, r, f);
		if (n > 0 && seeded_below(r, 30) == 0)
			row.count = seeded_below(r, DOCKET_FIELD_COUNT);
		CHECK_OK(docket_row(docket, &row, &err));
	}
	return docket;
}

static void sums_hold(struct test *t, const struct docket_summary *s)
{
	uint32_t row = 0;

	CHECK_INT((int64_t)(s->good + s->same + s->bad), (int64_t)s->rows);
	CHECK((s->bad == 0) == (s->problems_all == 0));
	for (size_t i = 0; i < s->problems_count; i++) {
		CHECK(s->problems[i].row >= row && s->problems[i].sentence.len > 0);
		row = s->problems[i].row;
	}
}

/* The same cells, read by a docket of their own: all of them are there now. */
static void is_there(struct test *t, struct ctx *ctx, uint64_t seed, uint64_t rows)
{
	struct seeded again = seeded_from(seed);
	struct docket *docket = any_sheet(t, &again, rows);
	struct docket_summary s;
	struct err err = { 0 };

	if (CHECK_OK(docket_done(ctx, docket, &s, &err)))
		CHECK_INT((int64_t)s.same, (int64_t)s.rows);
	docket_close(docket);
}

struct copy { struct test *t; struct docket *docket; uint32_t row; };

static bool copy_row(void *arg, const struct str *cells, size_t count, struct err *err)
{
	struct copy *c = arg;
	struct sheet_row row = { ++c->row, cells, count };

	return docket_row(c->docket, &row, err);
}

/* What goes out is read as what is registered, to the last cell. */
static void comes_out(struct test *t, struct ctx *ctx, size_t registered)
{
	struct docket_options options = { .only_unit = { .known = false } };
	struct copy copy = { .t = t };
	struct docket_summary s;
	struct err err = { 0 };

	docket_open(&options, &copy.docket);
	CHECK_OK(docket_export(ctx, options.only_unit, 0, copy_row, &copy, &err));
	if (CHECK_OK(docket_done(ctx, copy.docket, &s, &err))) {
		CHECK_INT((int64_t)s.rows, (int64_t)registered);
		CHECK_INT((int64_t)s.same, (int64_t)registered);
	}
	docket_close(copy.docket);
}

static void takes_anything(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	size_t written = 0, refused = 0;

	(void)arg;
	CHECK_OK(make_site(ctx, &err));
	for (uint64_t seed = 1; seed <= SHEETS; seed++) {
		struct arena_mark mark = arena_mark(ctx->arena);
		struct seeded r = seeded_from(seed);
		uint64_t rows = 1 + seed % ROWS_MAX;
		struct docket *docket = any_sheet(t, &r, rows);
		struct docket_summary s;
		int64_t before, after;
		size_t added;
		if (!CHECK_OK(docket_done(ctx, docket, &s, &err)))
			break;
		sums_hold(t, &s);
		CHECK_OK(ledger_position(ctx, &before, &err));
		if (s.bad > 0) {
			CHECK_FAILS(docket_write(ctx, docket, &added, &err), "docket.bad_rows");
			CHECK_OK(ledger_position(ctx, &after, &err));
			CHECK_INT(after, before);
			refused++;
		} else if (CHECK_OK(docket_write(ctx, docket, &added, &err))) {
			CHECK_INT((int64_t)added, (int64_t)s.good);
			written += added;
			is_there(t, ctx, seed, rows);
		}
		docket_close(docket);
		arena_rewind(ctx->arena, mark);
	}
CHECK(written >= 5 && refused >= 50);
	comes_out(t, ctx, written);
}

void docket_any_test(struct test *t)
{
	testdb_each(t, "what is good is taken once, what is bad is named, and it comes out again",
		    takes_anything, NULL);
}
