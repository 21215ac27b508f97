/*
 * import_test.c - registers in as many shapes as offices keep them: heads, words,
 * days, bad cells by name; all or nothing; twice is once; out and in again.
 */
#include "request/import.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/rand.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "office/fixture.h"

#include <unistd.h>

enum { CELLS_MAX = 16 };

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

/* A site with a root and one office, on 2021-03-01. */
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
	struct unit_id id;

	(void)arg;
	ctx_set_time(ctx, date_start(day("2021-03-01")) + 36000);
	if (!agency_add_unit(ctx, &root, &id, err))
		return false;
	office.parent = (struct opt_int){ true, id.n };
	return agency_add_unit(ctx, &office, &id, err);
}

/* Opens, takes all rows, sums up. NULL if that failed. */
static struct import *look(struct test *t, struct ctx *ctx, const struct import_options *options,
			   const char *sheet, struct import_summary *summary)
{
	struct import *import = NULL;
	struct err err = { 0 };

	bool ok = CHECK_OK(import_open(ctx, options, &import, &err)) &&
		  CHECK_OK(fixture_rows(t->arena, sheet, import_row, import, &err)) &&
		  CHECK_OK(import_done(import, summary, &err));
	if (ok)
		return import;
	import_close(import);
	return NULL;
}

#define PLAIN "登记编号|承办单位|申请方式|申请人类别|收到申请之日|申请内容|处理结果|办结日期\n"

static void find(struct test *t, struct ctx *ctx, const char *number, struct request *r)
{
	struct err err = { 0 };
	bool found = false;

	*r = (struct request){ .version = 0 };
	CHECK_OK(request_by_number(ctx, str_from_c(number), r, &found, &err));
	CHECK(found);
}

/* ---- heads */

static const struct head {
	const char *title, *sheet;
	uint32_t head_row;
	const char *columns; /* of the fields in order, '-' for none */
} heads[] = {
	{ "the export's own",
	  "登记编号|承办单位|申请方式|申请人类别|提交日期|收到申请之日|申请内容|延期天数|处理结果|办结日期\n"
	  "1|区政府|网上|公民|2020-01-02|2020-01-02|甲|0||\n",
	  1, "0123456789" },
	{ "受理编号, 渠道, 答复类型",
	  "受理编号|责任单位|接收渠道|申请人类型|申请日期|收到日期|所需信息|是否延期|答复类型|答复日期\n"
	  "1|区政府|网上|公民|2020-01-02|2020-01-02|甲|否||\n",
	  1, "0123456789" },
	{ "编号, 申请人性质, 办理结果, in another order",
	  "答复结果|办结时间|申请人性质|申请事项|编号|收到时间|渠道|单位\n"
	  "||公民|甲|1|2020-01-02|网上|区政府\n",
	  1, "4762-53-01" },
	{ "a title above",
	  "2020年度依申请公开台账\n|||制表：办公室\n申请编号|承办单位|申请方式|申请人类别|收到申请之日\n"
	  "1|区政府|网上|公民|2020-01-02\n",
	  3, "0123-4----" },
	{ "brackets, stars and spaces",
	  "登记 编号*|承办单位|申请方式（必填）|申请人类别|收到日期(年月日)\n"
	  "1|区政府|网上|公民|2020-01-02\n",
	  1, "0123-4----" },
	{ "one day only, called the application's",
	  "编号|承办单位|申请方式|申请人类别|申请日期\n1|区政府|网上|公民|2020-01-02\n", 1,
	  "012344----" },
	{ "the more exact of two words wins",
	  "编号|登记编号|承办单位|申请方式|申请人类别|收到日期\n9|1|区政府|网上|公民|2020-01-02\n",
	  1, "1234-5----" },
};

static void finds_head(struct test *t, struct testdb *site, const void *arg)
{
	const struct head *row = arg;
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct err err = { 0 };

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct import *import = look(t, &site->ctx, &options, row->sheet, &s);
	if (import == NULL)
		return;
	CHECK_INT(s.head_row, row->head_row);
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		CHECK_INT(s.mapping.column[f], row->columns[f] == '-' ? -1 : row->columns[f] - '0');
	CHECK_INT((int64_t)s.rows, 1);
	CHECK_INT((int64_t)s.bad, 0);
	CHECK_INT((int64_t)s.good, 1);
	import_close(import);
}

static void names_missing_columns(struct test *t, struct testdb *site, const void *arg)
{
	struct import_options options = { .bad_rows = IMPORT_SKIPS };
	struct import_summary s;
	struct err err = { 0 };
	size_t added;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct import *import =
		look(t, &site->ctx, &options,
		     "台账\n编号|姓名|收到日期|备注\n1|甲|2020-01-02|\n2|乙|2020-01-03|\n", &s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.rows, 2);
	CHECK_INT((int64_t)s.bad, 2);
	CHECK_INT((int64_t)s.problems_count, 3);
	CHECK_INT(s.problems[0].field, IMPORT_UNIT);
	CHECK_INT(s.problems[1].field, IMPORT_CHANNEL);
	CHECK_INT(s.problems[2].field, IMPORT_APPLICANT);
	CHECK(str_contains(s.problems[2].sentence, STR("申请人类别")));
	CHECK_FAILS(import_write(&site->ctx, import, &added, &err), "import.bad_rows");

	/* a person says where they are */
	struct import_mapping mapping = s.mapping;
	mapping.constant[IMPORT_CHANNEL] = STR("网上");
	mapping.constant[IMPORT_APPLICANT] = STR("公民");
	mapping.constant[IMPORT_UNIT] = STR("CZ");
	struct import_options said = { .mapping = &mapping, .head_row = s.head_row };
	struct import *again =
		look(t, &site->ctx, &said,
		     "台账\n编号|姓名|收到日期|备注\n1|甲|2020-01-02|\n2|乙|2020-01-03|\n", &s);
	if (again != NULL) {
		CHECK_INT((int64_t)s.good, 2);
		CHECK_OK(import_save_mapping(&site->ctx, s.head, s.head_count, &mapping, &err));
		import_close(again);
	}
	import_close(import);
	/* and next month need not say it again */
	import = look(t, &site->ctx, &options, "编号|姓名|收到日期|备注\n3|丙|2020-02-03|\n", &s);
	if (import != NULL) {
		CHECK_INT((int64_t)s.good, 1);
		CHECK_STR(s.preview[0].values[IMPORT_APPLICANT], STR("自然人"));
		import_close(import);
	}
	mapping.column[IMPORT_NUMBER] = 7;
	struct import_options wrong = { .mapping = &mapping, .head_row = 1 };
	CHECK_OK(import_open(&site->ctx, &wrong, &import, &err));
	CHECK_FAILS(fixture_rows(t->arena, "编号|姓名\n1|甲\n", import_row, import, &err), "import.no_column");
	import_close(import);
	mapping.constant[IMPORT_UNIT] = STR("a\nb");
	CHECK_FAILS(import_save_mapping(&site->ctx, s.head, 4, &mapping, &err), "import.no_column");
	mapping.column[IMPORT_NUMBER] = 0;
	CHECK_FAILS(import_save_mapping(&site->ctx, s.head, 4, &mapping, &err),
		    "import.bad_constant");
}

/* ---- rows */

static const struct good {
	const char *title, *row;
	const char *state, *channel, *applicant, *received, *decision, *closed;
	int extension;
} goods[] = {
	{ "a closed one", "1|区政府|网上申请|公民|2020年1月2日|甲|信息不存在|2020/1/20", "closed",
	  "web", "natural_person", "2020-01-02", "not_exist", "2020-01-20", 0 },
	{ "an open one, extended", "1|YX|EMS|企业|2020-01-02|甲|||延期5个工作日", "handling",
	  "registered_mail", "commercial_enterprise", "2020-01-02", "", "", 5 },
	{ "full width and spaces",
	  " １ |示例区财政局| 当 面 |律师事务所|２０２０－０１－０２|甲|（一）予以公开|2020.1.20|是",
	  "closed", "in_person", "legal_service_org", "2020-01-02", "give", "2020-01-20", 20 },
	{ "a spreadsheet's serial number", "1|YX|邮箱|其他|43832|甲|3.保护第三方合法权益|43850|否",
	  "closed", "email", "other_org", "2020-01-02", "no_third", "2020-01-20", 0 },
	{ "a kind of decision by its own name",
	  "1|YX|传真|科研机构|2020-01-02|甲|予以公开：已经主动公开|2020-01-20|10", "closed", "fax",
	  "research_institution", "2020-01-02", "public_already", "2020-01-20", 10 },
	{ "withdrawn", "1|YX|口头|社会公益组织|2020-01-02|甲|申请人撤回|2020-01-20", "closed",
	  "oral", "public_welfare_org", "2020-01-02", "withdraw", "2020-01-20", 0 },
	{ "content not recorded", "1|YX|平信|公民|2020-01-02||部分公开|2020-01-20", "closed",
	  "ordinary_mail", "natural_person", "2020-01-02", "part", "2020-01-20", 0 },
};

static void takes_row(struct test *t, struct testdb *site, const void *arg)
{
	const struct good *row = arg;
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct err err = { 0 };
	struct request r;
	size_t added = 0;

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str sheet = str_format(
		t->arena,
		"登记编号|承办单位|申请方式|申请人类别|收到申请之日|申请内容|处理结果|办结日期|是否延期\n%s\n",
		row->row);
	struct import *import = look(t, &site->ctx, &options, str_to_c(t->arena, sheet), &s);
	if (import == NULL)
		return;
	for (size_t i = 0; i < s.problems_count; i++)
		CHECK_STR(s.problems[i].sentence, STR("none"));
	CHECK_OK(import_write(&site->ctx, import, &added, &err));
	CHECK_INT((int64_t)added, 1);
	import_close(import);
	find(t, &site->ctx, row->title[0] == 'f' ? "１" : "1", &r);
	CHECK_STR(request_state_code(r.state), str_from_c(row->state));
	CHECK_STR(channel_code(r.channel), str_from_c(row->channel));
	CHECK_STR(applicant_code(r.applicant), str_from_c(row->applicant));
	CHECK_STR(date_iso(t->arena, r.received_on.v), str_from_c(row->received));
	CHECK_STR(r.decision, str_from_c(row->decision));
	CHECK_STR(r.closed_on.known ? date_iso(t->arena, r.closed_on.v) : STR_NONE,
		  str_from_c(row->closed));
	CHECK_INT(r.extension, row->extension);
	CHECK(r.has_outcome == r.closed_on.known);
	CHECK(r.due.known == (r.state == REQUEST_HANDLING));
	CHECK(r.content.len > 0);
}

static const struct bad {
	const char *title, *row;
	enum import_field field;
	const char *says; /* in the sentence, beside row and column */
} bads[] = {
	{ "no number", "|YX|网上|公民|2020-01-02|甲||", IMPORT_NUMBER, "没有登记编号" },
	{ "an unknown unit", "1|区环保局|网上|公民|2020-01-02|甲||", IMPORT_UNIT, "区环保局" },
	{ "an unknown channel", "1|YX|托梦|公民|2020-01-02|甲||", IMPORT_CHANNEL, "当面提交、" },
	{ "an unknown class", "1|YX|网上|外星人|2020-01-02|甲||", IMPORT_APPLICANT, "自然人、" },
	{ "an unknown result", "1|YX|网上|公民|2020-01-02|甲|同意|2020-01-20", IMPORT_DECISION,
	  "予以公开、" },
	{ "a day that is none", "1|YX|网上|公民|2020-02-30|甲||", IMPORT_RECEIVED_ON,
	  "2020-02-30" },
	{ "no day", "1|YX|网上|公民||甲||", IMPORT_RECEIVED_ON, "没有日期" },
	{ "tomorrow", "1|YX|网上|公民|2021-03-02|甲||", IMPORT_RECEIVED_ON, "在今天之后" },
	{ "closed before it came", "1|YX|网上|公民|2020-01-02|甲|予以公开|2020-01-01",
	  IMPORT_CLOSED_ON, "早于" },
	{ "a result without a day", "1|YX|网上|公民|2020-01-02|甲|予以公开|", IMPORT_CLOSED_ON,
	  "没有办结日期" },
	{ "a day without a result", "1|YX|网上|公民|2020-01-02|甲||2020-01-20", IMPORT_DECISION,
	  "没有处理结果" },
	{ "a fee before there were fees", "1|YX|网上|公民|2020-01-02|甲|逾期未缴费|2020-01-20",
	  IMPORT_DECISION, "不适用" },
	{ "twice in the file", "7|YX|网上|公民|2020-01-02|甲||", IMPORT_NUMBER, "第2行重复" },
};

static void names_cell(struct test *t, struct testdb *site, const void *arg)
{
	const struct bad *row = arg;
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct err err = { 0 };
	size_t added;

	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str before = testdb_digest(site);
	struct str sheet =
		str_format(t->arena, PLAIN "7|YX|网上|公民|2020-01-02|甲||\n%s\n", row->row);
	struct import *import = look(t, &site->ctx, &options, str_to_c(t->arena, sheet), &s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.good, 1);
	CHECK_INT((int64_t)s.bad, 1);
	if (CHECK_INT((int64_t)s.problems_count, 1)) {
		CHECK_INT(s.problems[0].field, row->field);
		CHECK_INT(s.problems[0].row, 3);
		CHECK(str_contains(s.problems[0].sentence, STR("第3行")));
		CHECK(str_contains(s.problems[0].sentence, import_field_label(row->field)));
		CHECK(str_contains(s.problems[0].sentence, str_from_c(row->says)));
	}
	CHECK(s.preview[1].bad && !s.preview[0].bad);
	CHECK_FAILS(import_write(&site->ctx, import, &added, &err), "import.bad_rows");
	CHECK_STR(testdb_digest(site), before);
	import_close(import);
}

/* ---- the same number, wherever it stands */

/* Numbers in order, then one that is not, then each of them again. */
static void repeats_are_found(struct test *t, struct testdb *site, const void *arg)
{
	enum { COUNT = 12 };
	static const int numbers[COUNT] = { 8, 9, 10, 11, 7, 12, 3, 3, 11, 8, 12, 7 };
	static const int first_row[COUNT] = { 0, 0, 0, 0, 0, 0, 0, 8, 5, 2, 7, 6 };
	struct import_options options = { .bad_rows = IMPORT_SKIPS };
	struct str sheet = str_from_c(PLAIN);
	struct import_summary s;
	struct err err = { 0 };
	size_t at = 0;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	for (int i = 0; i < COUNT; i++)
		sheet = str_format(t->arena, STR_FMT "%d|YX|网上|公民|2020-01-02|甲||\n",
				   STR_ARG(sheet), numbers[i]);
	struct import *import = look(t, &site->ctx, &options, str_to_c(t->arena, sheet), &s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.bad, 5);
	for (int i = 0; i < COUNT; i++) {
		if (first_row[i] == 0)
			continue;
		if (!CHECK(at < s.problems_count))
			break;
		CHECK_INT(s.problems[at].row, i + 2);
		CHECK(str_contains(s.problems[at].sentence,
				   str_format(t->arena, "第%d行重复", first_row[i])));
		at++;
	}
	import_close(import);
}

/* ---- skipping */

struct rejects {
	struct arena *arena;
	uint32_t rows[8];
	struct str reasons[8];
	size_t count;
};

static void reject(void *arg, const struct sheet_row *row, struct str reasons)
{
	struct rejects *r = arg;

	if (r->count == COUNT_OF(r->rows))
		return;
	r->rows[r->count] = row->number;
	r->reasons[r->count++] = str_copy(r->arena, reasons);
}

static void skips(struct test *t, struct testdb *site, const void *arg)
{
	struct rejects rejects = { .arena = t->arena };
	struct import_options options = { .bad_rows = IMPORT_SKIPS,
					  .rejected = reject,
					  .arg = &rejects };
	struct import_summary s;
	struct ledger_verdict verdict;
	struct err err = { 0 };
	struct request r;
	size_t added = 0;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct import *import = look(t, &site->ctx, &options,
				     PLAIN "1|YX|网上|公民|2020-01-02|甲||\n"
					   "2|YX|托梦|外星人|昨天|甲||\n"
					   "3|CZ|网上|公民|2020-01-02|甲|予以公开|2020-01-20\n",
				     &s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.bad, 1);
	CHECK_INT((int64_t)s.problems_all, 3);
	CHECK_INT((int64_t)rejects.count, 1);
	CHECK_INT(rejects.rows[0], 3);
	CHECK(str_contains(rejects.reasons[0], STR("托梦")) &&
	      str_contains(rejects.reasons[0], STR("昨天")));
	CHECK_OK(import_write(&site->ctx, import, &added, &err));
	CHECK_INT((int64_t)added, 2);
	CHECK_OK(
		import_write(&site->ctx, import, &added, &err)); /* again, as after a lost answer */
	CHECK_INT((int64_t)added, 0);
	import_close(import);
	find(t, &site->ctx, "3", &r);
	CHECK_OK(ledger_verify(&site->ctx, &verdict, &err));
	CHECK(verdict.intact);
}

/* ---- twice, and in between */

#define REGISTER \
	PLAIN "1|YX|网上|公民|2020-01-02|甲|予以公开|2020-01-20\n2|CZ|网上|公民|2020-01-02|乙||\n"

static bool import_register(struct ctx *ctx, const void *arg, struct err *err)
{
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import *import;
	struct import_summary s;
	struct str rest = STR(REGISTER), line;
	size_t added;
	bool ok = true;

	(void)arg;
	if (!import_open(ctx, &options, &import, err))
		return false;
	for (uint32_t n = 1; ok && str_split_next(&rest, '\n', &line) && line.len > 0; n++) {
		struct str cells[CELLS_MAX];
		struct sheet_row row = { .number = n, .cells = cells };
		while (row.count < CELLS_MAX && str_split_next(&line, '|', &cells[row.count]))
			row.count++;
		ok = import_row(import, &row, err);
	}
	ok = ok && import_done(import, &s, err) && import_write(ctx, import, &added, err);
	import_close(import);
	return ok;
}

static void twice_is_once(struct test *t, struct testdb *site, const void *arg)
{
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(import_register(&site->ctx, NULL, &err));
	struct str before = testdb_digest(site);
	struct import *import = look(t, &site->ctx, &options, REGISTER, &s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.same, 2);
	CHECK_INT((int64_t)s.good, 0);
	CHECK_INT((int64_t)s.bad, 0);
	import_close(import);
	CHECK_STR(testdb_digest(site), before);

	import = look(
		t, &site->ctx, &options,
		PLAIN
		"1|YX|网上|公民|2020-01-02|甲|部分公开|2020-01-20\n2|CZ|网上|公民|2020-01-02|乙||\n",
		&s);
	if (import == NULL)
		return;
	CHECK_INT((int64_t)s.same, 1);
	CHECK_INT((int64_t)s.bad, 1);
	CHECK(str_contains(s.problems[0].sentence, STR("“处理结果”不同，登记的是“予以公开”")));
	import_close(import);
}

static void somebody_was_faster(struct test *t, struct testdb *site, const void *arg)
{
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct err err = { 0 };
	struct unit root;
	struct request_id id;
	size_t added;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct import *import = look(t, &site->ctx, &options, REGISTER, &s);
	if (import == NULL)
		return;
	CHECK_OK(agency_root(&site->ctx, &root, &err));
	struct request_register in = { .unit = root.id,
				       .submitted_on = day("2020-01-02"),
				       .number = STR("1"),
				       .content = STR("甲") };
	CHECK_OK(request_register(&site->ctx, &in, &id, &err));
	CHECK_FAILS(import_write(&site->ctx, import, &added, &err), "import.came_between");
	import_close(import);
}

static void own_unit_only(struct test *t, struct testdb *site, const void *arg)
{
	struct import_summary s;
	struct err err = { 0 };
	struct unit office;
	bool found;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(agency_unit_by_code(&site->ctx, STR("CZ"), &office, &found, &err));
	struct import_options options = { .bad_rows = IMPORT_STOPS,
					  .only_unit = { true, office.id.n } };
	struct import *import = look(t, &site->ctx, &options, REGISTER, &s);
	if (import != NULL) {
		CHECK_INT((int64_t)s.bad, 1);
		CHECK_INT(s.problems[0].field, IMPORT_UNIT);
		import_close(import);
	}
	import = look(t, &site->ctx, &options,
		      "编号|申请方式|申请人类别|收到日期\n1|网上|公民|2020-01-02\n", &s);
	if (import != NULL) {
		CHECK_INT((int64_t)s.good, 1);
		import_close(import);
	}
}

static void refuses_files(struct test *t, struct testdb *site, const void *arg)
{
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary s;
	struct import *import;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(import_open(&site->ctx, &options, &import, &err));
	CHECK_FAILS(import_done(import, &s, &err), "import.empty");
	import_close(import);
	CHECK_OK(import_open(&site->ctx, &options, &import, &err));
	CHECK_OK(fixture_rows(t->arena, PLAIN, import_row, import, &err));
	CHECK_FAILS(import_done(import, &s, &err), "import.empty");
	import_close(import);
	import_close(NULL);
}

/* ---- out and in again */

struct sheet {
	struct arena *arena;
	struct str cells[400][IMPORT_FIELD_COUNT];
	size_t rows;
};

static bool to_sheet(void *arg, const struct str *cells, size_t count, struct err *err)
{
	struct sheet *s = arg;

	(void)err;
	if (s->rows == COUNT_OF(s->cells) || count != IMPORT_FIELD_COUNT)
		return false;
	for (size_t i = 0; i < count; i++)
		s->cells[s->rows][i] = str_copy(s->arena, cells[i]);
	s->rows++;
	return true;
}

static struct str at(struct seeded *rand, const struct str *list, size_t count)
{
	return list[seeded_below(rand, count)];
}

/* Any register: every word, every gap that is allowed. */
static void make_sheet(struct test *t, struct sheet *s)
{
	static const struct str units[] = { STR_INIT("区政府"), STR_INIT("CZ") };
	struct seeded rand = seeded_from(5);

	s->rows = 0;
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		s->cells[0][f] = import_field_label((enum import_field)f);
	for (s->rows = 1; s->rows < COUNT_OF(s->cells); s->rows++) {
		struct str *c = s->cells[s->rows];
		struct date received = date_plus(day("2019-01-01"), (int)seeded_below(&rand, 700));
		const struct decision_kind *kind =
			&request_decisions[seeded_below(&rand, request_decisions_count)];
		bool open = seeded_below(&rand, 4) == 0 || kind->from.known,
		     confirmed = !open || seeded_below(&rand, 9) > 0;

		c[IMPORT_NUMBER] = str_format(t->arena, "N%zu", s->rows);
		c[IMPORT_UNIT] = at(&rand, units, COUNT_OF(units));
		c[IMPORT_CHANNEL] =
			channel_label((enum request_channel)seeded_below(&rand, CHANNEL_COUNT));
		c[IMPORT_APPLICANT] = applicant_label(
			(enum applicant_class)seeded_below(&rand, APPLICANT_CLASS_COUNT));
		c[IMPORT_SUBMITTED_ON] =
			date_iso(t->arena, date_plus(received, -(int)seeded_below(&rand, 3)));
		c[IMPORT_RECEIVED_ON] = confirmed ? date_iso(t->arena, received) : STR_NONE;
		c[IMPORT_CONTENT] = str_format(t->arena, "=申请\"%zu\"，含逗号,和'引号'", s->rows);
		c[IMPORT_EXTENSION] = str_format(t->arena, "%d", (int)seeded_below(&rand, 21));
		c[IMPORT_DECISION] = open ? STR_NONE : kind->label;
		c[IMPORT_CLOSED_ON] =
			open ? STR_NONE
			     : date_iso(t->arena,
					date_plus(received, (int)seeded_below(&rand, 60)));
	}
}

static bool from_sheet(struct ctx *ctx, const struct sheet *s, size_t *added, struct err *err)
{
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary summary;
	struct import *import;
	bool ok;

	if (!import_open(ctx, &options, &import, err))
		return false;
	ok = true;
	for (size_t i = 0; ok && i < s->rows; i++)
		ok = import_row(
			import,
			&(struct sheet_row){ (uint32_t)i + 1, s->cells[i], IMPORT_FIELD_COUNT },
			err);
	ok = ok && import_done(import, &summary, err) && import_write(ctx, import, added, err);
	import_close(import);
	return ok;
}

static void out_and_in(struct test *t, struct testdb *site, const void *arg)
{
	struct sheet *first = ARENA_NEW(t->arena, struct sheet),
		     *out = ARENA_NEW(t->arena, struct sheet);
	struct sheet *again = ARENA_NEW(t->arena, struct sheet);
	struct testdb other;
	struct err err = { 0 };
	size_t added = 0;

	(void)arg;
	first->arena = out->arena = again->arena = t->arena;
	make_sheet(t, first);
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(from_sheet(&site->ctx, first, &added, &err));
	CHECK_INT((int64_t)added, (int64_t)first->rows - 1);
	CHECK_OK(request_export(&site->ctx, (struct opt_int){ 0 }, to_sheet, out, &err));
	CHECK_INT((int64_t)out->rows, (int64_t)first->rows);
	if (!testdb_open(t, db_engine(site->ctx.db), &other))
		return;
	CHECK_OK(make_site(&other.ctx, NULL, &err));
	CHECK_OK(from_sheet(&other.ctx, out, &added, &err));
	CHECK_INT((int64_t)added, (int64_t)first->rows - 1);
	CHECK_OK(request_export(&other.ctx, (struct opt_int){ 0 }, to_sheet, again, &err));
	CHECK_INT((int64_t)again->rows, (int64_t)out->rows);
	for (size_t i = 0; i < out->rows; i++)
		for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
			CHECK_STR(again->cells[i][f], out->cells[i][f]);
	testdb_close(&other);

	struct sheet *one = ARENA_NEW(t->arena, struct sheet);
	one->arena = t->arena;
	struct unit office;
	bool found;
	CHECK_OK(agency_unit_by_code(&site->ctx, STR("CZ"), &office, &found, &err));
	CHECK_OK(request_export(&site->ctx, (struct opt_int){ true, office.id.n }, to_sheet, one,
				&err));
	CHECK(one->rows > 1 && one->rows < out->rows);
	for (size_t i = 1; i < one->rows; i++)
		CHECK_STR(one->cells[i][IMPORT_UNIT], STR("示例区财政局"));
}

static void intact(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, done ? 4 : 2);
}

void import_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		testdb_each(t, heads[i].title, finds_head, &heads[i]);
	testdb_each(t, "missing columns are named, and can be given", names_missing_columns, NULL);
	for (size_t i = 0; i < COUNT_OF(goods); i++)
		testdb_each(t, goods[i].title, takes_row, &goods[i]);
	for (size_t i = 0; i < COUNT_OF(bads); i++)
		testdb_each(t, bads[i].title, names_cell, &bads[i]);
	testdb_each(t, "a number that comes again is found, in any order", repeats_are_found, NULL);
	testdb_each(t, "bad rows are skipped and given back with reasons", skips, NULL);
	testdb_each(t, "twice is once, and other facts are a conflict", twice_is_once, NULL);
	testdb_each(t, "a number taken between checking and writing", somebody_was_faster, NULL);
	testdb_each(t, "a clerk imports for the own unit", own_unit_only, NULL);
	testdb_each(t, "an empty sheet is refused", refuses_files, NULL);
	testdb_each(t, "out and in again", out_and_in, NULL);
	testdb_faults(t, "importing is all or nothing",
		      &(struct testdb_scenario){
			      .given = make_site, .verb = import_register, .check = intact });
}
