/*
 * docket_test.c - registers of proceedings as offices keep them: heads, words, days, bad cells by
 * name; all or nothing; twice is once; out of one site and into another.
 */
#include "dispute/docket.h"

#include "base/buf.h"
#include "base/limits.h"
#include "db/testdb.h"
#include "dispute/dossier.h"
#include "ledger/ledger.h"
#include "office/fixture.h"


static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

static bool add_request(struct ctx *ctx, struct unit_id unit, const char *number, struct err *err)
{
	struct request_register in = { .unit = unit,
				  .number = str_from_c(number),
				  .channel = CHANNEL_WEB,
				  .applicant = APPLICANT_NATURAL_PERSON,
				  .submitted_on = day("2020-03-02"),
				  .content = STR("示例信息") };
	struct request_id id;

	return request_register(ctx, &in, &id, err);
}

/* On 2021-03-01: the government, an office with a request, and a reconsideration about it. */
static bool make_site(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .short_name = STR("区政府"),
				 .kind = UNIT_GOVERNMENT,
				 .reports = true };
	struct unit_new office = { .code = STR("CZ"),
				   .name = STR("示例区财政局"),
				   .short_name = STR("区财政局"),
				   .kind = UNIT_DEPARTMENT,
				   .reports = true };
	struct dispute_open first = { .route = DISPUTE_RECONSIDERATION,
				      .case_no = STR("示复1号"),
				      .organ = STR("示例市人民政府"),
				      .accepted_on = day("2020-04-01") };
	struct dispute_id id;
	struct unit_id root_id;

	(void)arg;
	ctx_set_time(ctx, date_start(day("2021-03-01")) + 36000);
	if (!agency_add_unit(ctx, &root, &root_id, err))
		return false;
	office.parent = (struct opt_int){ true, root_id.n };
	if (!agency_add_unit(ctx, &office, &first.unit, err) ||
	    !add_request(ctx, first.unit, "CZ-1", err) || !add_request(ctx, root_id, "YX-1", err))
		return false;
	first.request = (struct opt_int){ true, 1 };
	return dispute_open(ctx, &first, &id, err) &&
	       dispute_conclude(ctx, id, DISPUTE_UPHELD, STR("维持"), day("2020-05-20"), err);
}

/* Opens, takes all rows, sums up. NULL if that failed. */
static struct docket *look(struct test *t, struct ctx *ctx, struct docket_options options,
			   const char *sheet, struct docket_summary *s)
{
	struct docket *docket;
	struct err err = { 0 };

	docket_open(&options, &docket);
	if (CHECK_OK(fixture_rows(t->arena, sheet, docket_row, docket, &err)) &&
	    CHECK_OK(docket_done(ctx, docket, s, &err)))
		return docket;
	docket_close(docket);
	return NULL;
}

static const struct docket_options all_units = { .only_unit = { .known = false } };

#define HEAD "案号|承办单位|申请登记编号|类型|受理机关|受理日期|结果|结果类别|审结日期|复议案号\n"

/* ---- heads */

static const struct head {
	const char *title, *sheet;
	uint32_t head_row;
	const char *columns; /* of the fields in order, '-' for none */
} heads[] = {
	{ "the export's own", HEAD "2|CZ||行政复议|市政府|2020-06-01|||| \n", 1, "0123456789" },
	{ "the list of the desk",
	  "案号|类型|被申请人、被告|机关或法院|受理日期|收到通知日期|结果|审结日期\n"
	  "2|行政复议|区财政局|市政府|2020-06-01||尚未审结|\n",
	  1, "02-1346-7-" },
	{ "a title above, 立案日期, 结案日期, stars and brackets",
	  "2020年复议诉讼台账\n||制表：办公室\n案件类型|被告|案 号*|法院|立案日期（年月日）|裁判结果|结案日期\n"
	  "行政诉讼（未经复议直接起诉）|CZ|2|区法院|2020年6月1日|驳回诉讼请求|2020年8月1日\n",
	  3, "21-0345-6-" },
};

static void finds_head(struct test *t, struct testdb *site, const void *arg)
{
	const struct head *row = arg;
	struct docket_summary s;
	struct err err = { 0 };

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct docket *docket = look(t, &site->ctx, all_units, row->sheet, &s);
	if (docket == NULL)
		return;
	CHECK_INT(s.head_row, row->head_row);
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		CHECK_INT(s.column[f], row->columns[f] == '-' ? -1 : row->columns[f] - '0');
	CHECK_INT((int64_t)s.rows, 1);
	CHECK_INT((int64_t)s.bad, 0);
	CHECK_INT((int64_t)s.good, 1);
	docket_close(docket);
}

static void names_missing_columns(struct test *t, struct testdb *site, const void *arg)
{
	struct docket_summary s;
	struct err err = { 0 };
	size_t added;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct docket *docket =
		look(t, &site->ctx, all_units, "台账\n案号|原告|立案日期|裁决\n1|甲|2020-01-02|维持\n", &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.head_row, 2);
	CHECK_INT((int64_t)s.rows, 1);
	CHECK_INT((int64_t)s.bad, 1);
	CHECK_INT((int64_t)s.problems_count, 3);
	CHECK_STR(docket_unread(t->arena, &s), STR("原告、裁决"));
	CHECK_INT(s.problems[0].field, DOCKET_UNIT);
	CHECK_INT(s.problems[1].field, DOCKET_ROUTE);
	CHECK_INT(s.problems[2].field, DOCKET_CONCLUDED_ON);
	CHECK(str_contains(s.problems[2].sentence, STR("结案日期")));
	CHECK_FAILS(docket_write(&site->ctx, docket, &added, &err), "docket.bad_rows");
	docket_close(docket);
	docket_open(&all_units, &docket);
	CHECK_OK(fixture_rows(t->arena, "台账\n||\n", docket_row, docket, &err));
	CHECK_FAILS(docket_done(&site->ctx, docket, &s, &err), "import.empty");
	docket_close(docket);
}

/* ---- cells */

static const struct cell {
	const char *title, *row;
	enum docket_field field;
	const char *words; /* in the sentence */
} bad_cells[] = {
	{ "no number", "|CZ||行政复议|市政府|2020-06-01||||", DOCKET_CASE_NO, "没有案号" },
	{ "no unit", "2|||行政复议|市政府|2020-06-01||||", DOCKET_UNIT, "不是本站点的单位" },
	{ "another's unit", "2|区水务局||行政复议|市政府|2020-06-01||||", DOCKET_UNIT, "区水务局" },
	{ "no type", "2|CZ|||市政府|2020-06-01||||", DOCKET_ROUTE, "行政诉讼—复议后起诉" },
	{ "a suit of no known kind", "2|CZ||行政诉讼|市政府|2020-06-01||||", DOCKET_ROUTE,
	  "未经复议直接起诉" },
	{ "a word that is no type", "2|CZ||信访|市政府|2020-06-01||||", DOCKET_ROUTE, "信访" },
	{ "no day of acceptance", "2|CZ||行政复议|市政府|||||", DOCKET_ACCEPTED_ON, "没有受理日期" },
	{ "no day at all", "2|CZ||行政复议|市政府|六月||||", DOCKET_ACCEPTED_ON, "不是日期" },
	{ "a day to come", "2|CZ||行政复议|市政府|2021-03-02||||", DOCKET_ACCEPTED_ON, "在今天之后" },
	{ "an end before the beginning", "2|CZ||行政复议|市政府|2020-06-02|维持||2020-06-01|",
	  DOCKET_CONCLUDED_ON, "受理日期" },
	{ "a result without a day", "2|CZ||行政复议|市政府|2020-06-01|维持|||", DOCKET_CONCLUDED_ON,
	  "没有审结日期" },
	{ "a class without a day", "2|CZ||行政复议|市政府|2020-06-01||纠正||", DOCKET_CONCLUDED_ON,
	  "没有审结日期" },
	{ "a day without a result", "2|CZ||行政复议|市政府|2020-06-01|||2020-08-01|", DOCKET_RESULT,
	  "没有结果" },
	{ "an open case with a day of its end",
	  "2|CZ||行政复议|市政府|2020-06-01|尚未审结||2020-08-01|", DOCKET_RESULT, "没有结果" },
	{ "a result nobody knows", "2|CZ||行政复议|市政府|2020-06-01|待定||2020-08-01|",
	  DOCKET_RESULT, "结果维持、结果纠正、其他结果" },
	{ "a class nobody knows", "2|CZ||行政复议|市政府|2020-06-01|维持|好|2020-08-01|",
	  DOCKET_OUTCOME, "结果维持、结果纠正、其他结果" },
	{ "a request that is not here", "2|CZ|CZ-9|行政复议|市政府|2020-06-01||||", DOCKET_REQUEST,
	  "CZ-9" },
	{ "a reconsideration before a reconsideration",
	  "2|CZ||行政复议|市政府|2020-06-01||||示复1号", DOCKET_EARLIER, "复议后起诉" },
	{ "a reconsideration that is nowhere",
	  "2|CZ||复议后起诉|区法院|2020-06-01||||示复9号", DOCKET_EARLIER, "示复9号" },
	{ "a reconsideration of another unit",
	  "2|YX||复议后起诉|区法院|2020-06-01||||示复1号", DOCKET_EARLIER, "示复1号" },
	{ "twice in the file",
	  "2|CZ||行政复议|市政府|2020-06-01||||\n2|CZ||复议|市政府|2020-06-01||||",
	  DOCKET_CASE_NO, "与第2行重复" },
	{ "registered about another request",
	  "示复1号|CZ||行政复议|示例市人民政府|2020-04-01|维持|结果维持|2020-05-20|",
	  DOCKET_REQUEST, "CZ-1" },
	{ "registered for another unit", "示复1号|YX||行政复议|示例市人民政府|2020-04-01|维持|结果维持|2020-05-20|",
	  DOCKET_UNIT, "示例区财政局" },
	{ "registered with another organ",
	  "示复1号|CZ|CZ-1|行政复议|省政府|2020-04-01|维持|结果维持|2020-05-20|",
	  DOCKET_ORGAN, "示例市人民政府" },
	{ "registered on another day", "示复1号|CZ|CZ-1|行政复议|示例市人民政府|2020-04-02|维持|结果维持|2020-05-20|",
	  DOCKET_ACCEPTED_ON, "2020-04-01" },
	{ "registered with other words", "示复1号|CZ|CZ-1|行政复议|示例市人民政府|2020-04-01|驳回|结果维持|2020-05-20|",
	  DOCKET_RESULT, "维持" },
	{ "registered in another column",
	  "示复1号|CZ|CZ-1|行政复议|示例市人民政府|2020-04-01|维持|结果纠正|2020-05-20|",
	  DOCKET_OUTCOME, "结果维持" },
	{ "registered with another end", "示复1号|CZ|CZ-1|行政复议|示例市人民政府|2020-04-01|维持|结果维持|2020-05-21|",
	  DOCKET_CONCLUDED_ON, "2020-05-20" },
	{ "registered as concluded", "示复1号|CZ|CZ-1|行政复议|示例市人民政府|2020-04-01||||",
	  DOCKET_RESULT, "维持" },
};

/* The row, and a good one before or behind it that is not written either. */
static void names_cell(struct test *t, struct testdb *site, const void *arg)
{
	const struct cell *row = arg;
	struct docket_summary s;
	struct err err = { 0 };
	struct dispute *list;
	size_t added, count;

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str sheet = str_format(t->arena, "%s%s\n示诉7号|CZ||直接起诉|区法院|2020-07-01||||\n",
				      HEAD, row->row);
	struct docket *docket =
		look(t, &site->ctx, all_units, str_to_c(t->arena, sheet), &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.bad, 1);
	if (CHECK_INT((int64_t)s.problems_count, 1)) {
		CHECK_INT(s.problems[0].field, row->field);
		CHECK(str_contains(s.problems[0].sentence, docket_field_label(row->field)));
		CHECK(str_contains(s.problems[0].sentence, str_from_c(row->words)));
		CHECK(str_contains(s.problems[0].sentence,
				   str_format(t->arena, "第%u行", (unsigned)s.problems[0].row)));
	}
	CHECK_FAILS(docket_write(&site->ctx, docket, &added, &err), "docket.bad_rows");
	CHECK_OK(dispute_list(&site->ctx, (struct opt_int){ 0 }, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	docket_close(docket);
}

static const struct good_cell {
	const char *title, *row;
	enum dispute_route route;
	int outcome; /* -1: open */
} good_cells[] = {
	{ "open, no request", "2|区财政局||复议|市政府|2020-06-01||||", DISPUTE_RECONSIDERATION, -1 },
	{ "open in words", "2|CZ|CZ-1|行政复议||2020.6.1|审理中|尚未审结||", DISPUTE_RECONSIDERATION, -1 },
	{ "by the word of the decision",
	  "2|CZ|CZ-1|行政诉讼（未经复议直接起诉）|区法院|2020-06-01|撤销并责令重作||2020-08-01|",
	  DISPUTE_LITIGATION_DIRECT, DISPUTE_CORRECTED },
	{ "by the class alone", "2|CZ|CZ-1|行政诉讼：未经复议|区法院|2020-06-01||其他|2020-08-01|",
	  DISPUTE_LITIGATION_DIRECT, DISPUTE_OTHER },
	{ "the office's class before the word",
	  "2|CZ||直接起诉|区法院|2020-06-01|驳回起诉|结果维持|2020-08-01|",
	  DISPUTE_LITIGATION_DIRECT, DISPUTE_UPHELD },
	{ "the list's class as its result",
	  "2|CZ||行政诉讼—复议后起诉|区法院|2020-06-01|结果纠正||2020-08-01|",
	  DISPUTE_LITIGATION_AFTER, DISPUTE_CORRECTED },
	{ "about the only request of that number, which another unit has now",
	  "2|CZ|YX-1|复议|市政府|2020-06-01||||", DISPUTE_RECONSIDERATION, -1 },
	{ "a plain suit that names its reconsideration",
	  "2|CZ|CZ-1|行政诉讼|区法院|2020-06-01|||| 示复1号", DISPUTE_LITIGATION_AFTER, -1 },
};

static void takes_cells(struct test *t, struct testdb *site, const void *arg)
{
	const struct good_cell *row = arg;
	struct docket_summary s;
	struct err err = { 0 };
	struct dispute d;
	size_t added;
	bool found;

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str sheet = str_format(t->arena, "%s%s\n", HEAD, row->row);
	struct docket *docket = look(t, &site->ctx, all_units, str_to_c(t->arena, sheet), &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.good, 1);
	CHECK_OK(docket_write(&site->ctx, docket, &added, &err));
	CHECK_INT((int64_t)added, 1);
	CHECK_OK(dispute_by_case_no(&site->ctx, row->route, STR("2"), &d, &found, &err));
	if (CHECK(found)) {
		CHECK_INT(d.concluded ? (int)d.outcome : -1, row->outcome);
		CHECK(date_compare(d.accepted_on, day("2020-06-01")) == 0);
	}
	docket_close(docket);
}

/* ---- the whole of it */

static const char sheet_of_suits[] =
	HEAD "示诉1号|CZ|CZ-1|复议后起诉|区法院|2020-12-01||||示复5号\n"
	"示诉2号|CZ||直接起诉|区法院|2020-06-01|驳回诉讼请求||2020-09-01|\n"
	"示复5号|CZ|CZ-1|行政复议|市政府|2020-09-01|维持|结果维持|2020-10-10|\n"
	"示复1号|区财政局|CZ-1|行政复议|示例市人民政府|2020年4月1日|维持||2020年5月20日|\n";

static bool write_all(struct ctx *ctx, const void *arg, struct err *err)
{
	struct docket_summary s;
	struct docket *docket;
	size_t added = 0;

	docket_open(&all_units, &docket);
	bool ok = fixture_rows(ctx->arena, arg, docket_row, docket, err) &&
		  docket_done(ctx, docket, &s, err) &&
		  docket_write(ctx, docket, &added, err);
	docket_close(docket);
	return ok;
}

static int64_t events(struct test *t, struct ctx *ctx)
{
	struct err err = { 0 };
	int64_t seq = -1;

	CHECK_OK(ledger_position(ctx, &seq, &err));
	return seq;
}

static void in_once(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute suit, before;
	struct docket_summary s;
	struct err err = { 0 };
	size_t added, count;
	struct ledger_row *rows;
	bool found;

	(void)arg;
	CHECK_OK(make_site(ctx, NULL, &err));
	int64_t began = events(t, ctx);
	struct docket *docket = look(t, ctx, all_units, sheet_of_suits, &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.good, 3);
	CHECK_INT((int64_t)s.same, 1);
	CHECK_OK(docket_write(ctx, docket, &added, &err));
	CHECK_INT((int64_t)added, 3);
	CHECK_INT(events(t, ctx) - began, 5); /* three begun, two concluded */
	CHECK_OK(dispute_by_case_no(ctx, DISPUTE_LITIGATION_AFTER, STR("示诉1号"), &suit, &found, &err));
	CHECK(found && suit.earlier.known && suit.request.known && !suit.concluded);
	CHECK_OK(dispute_find(ctx, (struct dispute_id){ suit.earlier.v }, &before, &err));
	CHECK_STR(before.case_no, STR("示复5号"));
	CHECK_STR(before.result, STR("维持"));
	CHECK_OK(ledger_history(ctx, "dispute", before.id.n, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 2);

	/* again, by the same rows and by reading them anew */
	CHECK_OK(docket_write(ctx, docket, &added, &err));
	CHECK_INT((int64_t)added, 0);
	docket_close(docket);
	docket = look(t, ctx, all_units, sheet_of_suits, &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.good, 0);
	CHECK_INT((int64_t)s.same, 4);
	CHECK_INT(events(t, ctx) - began, 5);
	docket_close(docket);
}

static void came_between(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct docket_summary s;
	struct err err = { 0 };
	struct dispute_id id;
	size_t added;

	(void)arg;
	CHECK_OK(make_site(ctx, NULL, &err));
	struct docket *docket = look(t, ctx, all_units, sheet_of_suits, &s);
	if (docket == NULL)
		return;
	CHECK_OK(dispute_open(ctx,
			      &(struct dispute_open){ .unit = { 2 },
						      .route = DISPUTE_LITIGATION_DIRECT,
						      .case_no = STR("示诉2号"),
						      .organ = STR("另一法院"),
						      .accepted_on = day("2020-06-01") },
			      &id, &err));
	CHECK_FAILS(docket_write(ctx, docket, &added, &err), "docket.came_between");
	docket_close(docket);
}

static void of_one_unit(struct test *t, struct testdb *site, const void *arg)
{
	struct docket_options own = { .only_unit = { true, 2 } };
	struct ctx *ctx = &site->ctx;
	struct docket_summary s;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(make_site(ctx, NULL, &err));
	struct docket *docket = look(t, ctx, own,
				     HEAD "3||CZ-1|行政复议|市政府|2020-06-01||||\n"
					  "4|区政府||行政复议|市政府|2020-06-01||||\n"
					  "5||YX-1|行政复议|市政府|2020-06-01||||\n",
				     &s);
	if (docket == NULL)
		return;
	CHECK_INT((int64_t)s.good, 1);
	CHECK_INT((int64_t)s.bad, 2);
	CHECK_INT(s.problems[0].field, DOCKET_UNIT);
	CHECK_INT(s.problems[1].field, DOCKET_REQUEST);
	docket_close(docket);
	docket = look(t, ctx, own, "案号|类型|受理日期|审结日期\n3|复议|2020-06-01|\n", &s);
	if (docket != NULL)
		CHECK_INT((int64_t)s.good, 1);
	docket_close(docket);
}

static void too_many(struct test *t, struct testdb *site, const void *arg)
{
	struct str cells[] = { STR("案号"), STR("承办单位"), STR("类型"), STR("受理日期"), STR("审结日期") };
	struct sheet_row row = { .number = 1, .cells = cells, .count = COUNT_OF(cells) };
	struct docket_summary s;
	struct docket *docket;
	struct err err = { 0 };

	(void)arg;
	docket_open(&all_units, &docket);
	CHECK_OK(docket_row(docket, &row, &err));
	for (int i = 0; i <= LIMIT_DOCKET_ROWS; i++) {
		row.number++;
		CHECK_OK(docket_row(docket, &row, &err));
	}
	CHECK_FAILS(docket_done(&site->ctx, docket, &s, &err), "import.too_large");
	for (int i = 0; i < 8; i++)
		CHECK_OK(docket_row(docket, &row, &err));
	CHECK_FAILS(docket_row(docket, &row, &err), "import.too_large");
	docket_close(docket);
}

/* ---- out, and in again */

struct table { struct test *t; struct buf text; };

static bool add_row(void *arg, const struct str *cells, size_t count, struct err *err)
{
	struct table *x = arg;

	(void)err;
	for (size_t i = 0; i < count; i++) {
		buf_add_c(&x->text, i > 0 ? "|" : "");
		buf_add(&x->text, cells[i]);
	}
	buf_add_char(&x->text, '\n');
	return true;
}

static struct str exported(struct test *t, struct ctx *ctx, struct opt_int unit, int year)
{
	struct table x = { t, buf_open(t->arena, 4 * KIB, MIB) };
	struct err err = { 0 };

	CHECK_OK(docket_export(ctx, unit, year, add_row, &x, &err));
	return buf_str(&x.text);
}

static size_t lines_of(struct str text)
{
	struct str line;
	size_t count = 0;

	while (str_split_next(&text, '\n', &line))
		count += line.len > 0;
	return count;
}

static void goes_out(struct test *t, struct testdb *site, const void *arg)
{
	struct dispute_edit voided = { { 1 }, 0 };
	struct opt_int all = { 0 };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(make_site(ctx, NULL, &err));
	CHECK_OK(write_all(ctx, sheet_of_suits, &err));
	struct str text = exported(t, ctx, all, 0);
	CHECK_STR(text,
		  STR(HEAD "示复1号|示例区财政局|CZ-1|行政复议|示例市人民政府|2020-04-01|维持|结果维持|2020-05-20|\n"
			   "示复5号|示例区财政局|CZ-1|行政复议|市政府|2020-09-01|维持|结果维持|2020-10-10|\n"
			   "示诉1号|示例区财政局|CZ-1|行政诉讼—复议后起诉|区法院|2020-12-01||||示复5号\n"
			   "示诉2号|示例区财政局||行政诉讼—未经复议直接起诉|区法院|2020-06-01|"
			   "驳回诉讼请求|结果维持|2020-09-01|\n"));
	int64_t began = events(t, ctx);
	CHECK_OK(write_all(ctx, str_to_c(t->arena, text), &err));
	CHECK_INT(events(t, ctx), began);

	/* of a year, of a unit, without what was registered by mistake */
	CHECK_INT((int64_t)lines_of(exported(t, ctx, all, 2019)), 1);
	CHECK_INT((int64_t)lines_of(exported(t, ctx, all, 2020)), 5);
	CHECK_INT((int64_t)lines_of(exported(t, ctx, all, 2021)), 2);
	CHECK_INT((int64_t)lines_of(exported(t, ctx, (struct opt_int){ true, 1 }, 0)), 1);
	CHECK_INT((int64_t)lines_of(exported(t, ctx, (struct opt_int){ true, 2 }, 0)), 5);
	CHECK_OK(dispute_void(ctx, voided, STR("误登记"), &err));
	CHECK_INT((int64_t)lines_of(exported(t, ctx, all, 0)), 4);
}

void docket_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		testdb_each(t, heads[i].title, finds_head, &heads[i]);
	testdb_each(t, "columns that are missing are named", names_missing_columns, NULL);
	for (size_t i = 0; i < COUNT_OF(bad_cells); i++)
		testdb_each(t, bad_cells[i].title, names_cell, &bad_cells[i]);
	for (size_t i = 0; i < COUNT_OF(good_cells); i++)
		testdb_each(t, good_cells[i].title, takes_cells, &good_cells[i]);
	testdb_each(t, "in once, with its events, and then the same", in_once, NULL);
	testdb_each(t, "what came between the look and the write", came_between, NULL);
	testdb_each(t, "a clerk brings in the own unit's", of_one_unit, NULL);
	testdb_each(t, "not more rows than the limit", too_many, NULL);
	testdb_each(t, "out, by year and unit, and in again", goes_out, NULL);
	testdb_faults(t, "a register of proceedings comes in whole or not at all",
		      &(struct testdb_scenario){ .given = make_site,
						 .verb = write_all,
						 .arg = sheet_of_suits });
}
