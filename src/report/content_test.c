#include "base/golden.h"
#include "report/fixture.h"

#include "base/utf8.h"
#include "office/read.h"

#include <string.h>

static struct report_content content_2020(struct test *t)
{
	static const struct str notes[] = {
		STR_INIT("自2019年起，广州市规划和自然资源局越秀区分局的依申请公开数据由广州市规划和自然资源局"
			 "归口统计，不计入本报告。"),
	};

	return fixture_content(t, fixture_2020(t),
			       fixture_file(t, "samples/yuexiu-2020/narrative.template"),
			       "广州市越秀区人民政府", notes, COUNT_OF(notes));
}

static struct report_content content_2025(struct test *t)
{
	return fixture_content(t, fixture_2025(), fixture_file(t, "data/report/narrative-2021.txt"),
			       "某市人民政府", NULL, 0);
}

static void check_golden(struct test *t)
{
	if (test_case(t, "the sample year as text")) {
		struct report_content c = content_2020(t);
		golden_check(t, STR("report-2020.txt"),
			       office_write_text(t->arena, content_doc(t->arena, &c)));
	}
	if (test_case(t, "a report of the later form, its words not filled in, as text")) {
		struct report_content c = content_2025(t);
		c.state = STR("draft");
		golden_check(t, STR("report-2025.txt"),
			       office_write_text(t->arena, content_doc(t->arena, &c)));
	}
	if (test_case(t, "the sample year as JSON")) {
		struct report_content c = content_2020(t);
		golden_check(t, STR("report-2020.json"), content_json_text(t->arena, &c));
	}
}

/* Every sentence of narrative.txt, numbers and all, comes out of the template again. */
static void check_sample_words(struct test *t)
{
	struct str rest, line;
	size_t found = 0;

	if (!test_case(t, "the template of the sample year says what was published"))
		return;
	rest = fixture_file(t, "samples/yuexiu-2020/narrative.txt");
	struct report_content c = content_2020(t);
	struct str text = office_write_text(t->arena, content_doc(t->arena, &c));
	while (str_split_next(&rest, '\n', &line)) {
		if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == '@')
			continue;
		found++;
		if (!str_contains(text, line))
			CHECK_STR(STR_NONE, line);
	}
	CHECK(found > 25);
}

static void check_no_findings(struct test *t)
{
	struct str parts[REPORT_PARTS];
	struct err err = { 0 };

	if (!test_case(t, "the template of the sample year holds no typed number that a table has"))
		return;
	struct report_tables tables = fixture_2020(t);
	struct figure_set set = tables_figures(t->arena, &tables, STR("/r"));
	struct narrative_facts facts = { .figures = &set, .unit_name = STR("甲") };
	CHECK_OK(narrative_split(
		t->arena, fixture_file(t, "samples/yuexiu-2020/narrative.template"), parts, &err));
	for (size_t p = 0; p < REPORT_PARTS; p++) {
		struct narrative n;
		struct narrative_finding *f;
		size_t count;
		if (!CHECK_OK(narrative_parse(t->arena, parts[p], &n, &err)))
			continue;
		narrative_check(t->arena, &n, &facts, &f, &count);
		for (size_t i = 0; i < count; i++)
			if (narrative_finding_blocks(f[i].kind))
				CHECK_STR(narrative_finding_text(t->arena, LOCALE_ZH_CN, &f[i]),
					  STR_NONE);
	}
}

/* The published words with one figure changed: each change is found. */
static void check_mutations(struct test *t)
{
	static const struct { const char *right, *wrong; } rows[] = {
		{ "277件", "278件" }, { "结转17件", "结转16件" }, { "答复276件", "答复267件" },
		{ "予以公开123件", "予以公开132件" }, { "部分公开17件", "部分公开71件" },
		{ "不予公开38件", "不予公开83件" }, { "无法提供89件", "无法提供98件" },
		{ "不予处理9件", "不予处理6件" }, { "总量21件", "总量12件" },
		{ "维持原答复15件", "维持原答复51件" }, { "纠正2件", "纠正5件" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct narrative n;
		struct narrative_finding *f;
		struct err err = { 0 };
		size_t count, wrong = 0;
		if (!test_case(t, "a changed figure is found: %s", rows[i].wrong))
			continue;
		struct report_tables tables = fixture_2020(t);
		struct figure_set set = tables_figures(t->arena, &tables, STR("/r"));
		struct narrative_facts facts = { .figures = &set };
		struct str whole = fixture_file(t, "samples/yuexiu-2020/narrative.txt");
		size_t at = str_find(whole, str_from_c(rows[i].right), 0);
		CHECK(at != SIZE_MAX);
		struct str changed = str_format(
			t->arena, STR_FMT "%s" STR_FMT, STR_ARG(str_slice(whole, 0, at)),
			rows[i].wrong,
			STR_ARG(str_slice(whole, at + strlen(rows[i].right), whole.len)));
		CHECK_OK(narrative_parse(t->arena, changed, &n, &err));
		narrative_check(t->arena, &n, &facts, &f, &count);
		for (size_t k = 0; k < count; k++)
			wrong += f[k].kind == FOUND_CONTRADICTS;
		CHECK_INT((int64_t)wrong, 1);
	}
}

static bool collect(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	(void)err;
	buf_add(b, bytes);
	return true;
}

/* Without quotes and carriage returns; the sample's cells hold neither. */
static struct str plain(struct test *t, struct str csv)
{
	struct buf b = buf_open(t->arena, csv.len, csv.len);

	(void)str_take_str(&csv, STR("\xEF\xBB\xBF"));
	for (size_t i = 0; i < csv.len; i++)
		if (csv.ptr[i] != '"' && csv.ptr[i] != '\r')
			buf_add_char(&b, csv.ptr[i]);
	return buf_str(&b);
}

static void check_csv(struct test *t)
{
	for (int table = 2; table <= 4; table++) {
		struct err err = { 0 };
		if (!test_case(t, "table %d of the sample year as CSV is the published file",
			       table))
			continue;
		struct report_content c = content_2020(t);
		struct buf b = buf_open(t->arena, 4096, 1 << 20);
		CHECK_OK(content_csv(t->arena, &c, table, CSV_FOR_PEOPLE, collect, &b, &err));
		struct str want = fixture_file(
			t,
			str_to_c(t->arena,
				 str_format(t->arena, "samples/yuexiu-2020/table%d.csv", table)));
		CHECK_STR(plain(t, buf_str(&b)), plain(t, want));
	}
}

/* The tables of a document, in order. */
static const struct doc_table *nth_table(const struct doc *d, size_t n)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->blocks[i].kind == DOC_TABLE && n-- == 0)
			return d->blocks[i].table;
	return NULL;
}

static void same_table(struct test *t, const struct doc_table *got, const struct doc_table *want)
{
	CHECK(got != NULL);
	if (got == NULL)
		return;
	CHECK_INT(got->rows, want->rows);
	CHECK_INT(got->cols, want->cols);
	for (size_t i = 0; i < want->cells_count; i++) {
		const struct doc_cell *w = &want->cells[i], *g = doc_cell_at(got, w->row, w->col);
		CHECK(g != NULL);
		if (g == NULL)
			continue;
		CHECK_INT(g->rowspan, w->rowspan);
		CHECK_INT(g->colspan, w->colspan);
		CHECK_STR(str_trim(g->text), w->text);
	}
}

/* What is written is read again with every figure and every merged cell. */
static void check_files(struct test *t)
{
	static const struct {
		const char *name;
		bool (*write)(struct arena *, const struct doc *, struct str *, struct err *);
		size_t tables
			[3]; /* 二 三 四 among the file's: the picture's stands before */
	} files[] = { { "r.docx", office_write_docx, { 1, 2, 3 } },
		      { "r.xlsx", office_write_xlsx, { 1, 2, 3 } } };

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct err err = { 0 };
		struct str bytes;
		struct doc *read;
		if (!test_case(t, "the tables come back from %s cell by cell", files[i].name))
			continue;
		struct report_content c = content_2020(t);
		const struct doc *d = content_doc(t->arena, &c);
		if (!CHECK_OK(files[i].write(t->arena, d, &bytes, &err)) ||
		    !CHECK_OK(office_read_here(t->arena, str_from_c(files[i].name), bytes, &read,
					       &err)))
			continue;
		for (size_t n = 0; n < 3; n++)
			same_table(t, nth_table(read, files[i].tables[n]), nth_table(d, n));
	}
}

static void check_errata(struct test *t)
{
	if (!test_case(t, "an erratum is told with number, day, both figures and the reason"))
		return;
	static const struct table_change changes[] = {
		{ STR_INIT("t3.granted.natural_person"), { true, 10500 }, { true, 10600 } },
		{ STR_INIT("t2.art20_1.rules.public_total"), { false, 0 }, { true, 0 } },
	};
	struct report_content c = content_2020(t);
	struct report_erratum e = { .number = 1, .on = date_make(2021, 5, 6), .reason = STR("登记时申请人类别录错。"),
				    .changes = changes, .changes_count = COUNT_OF(changes) };
	c.errata = &e;
	c.errata_count = 1;
	CHECK_STR(content_erratum_text(t->arena, &c, &e),
		  STR("第1号更正（2021年5月6日）：表三“（一）予以公开”自然人由105更正为106；表二“规章”对外公开总数量"
		      "由空更正为0。更正理由：登记时申请人类别录错。"));
	struct str text = office_write_text(t->arena, content_doc(t->arena, &c));
	CHECK(str_contains(text, STR("更正说明\n\n第1号更正")));
}

static void check_preamble(struct test *t)
{
	if (!test_case(t, "a draft says that it is one; a report names whom to ask"))
		return;
	struct report_content c = content_2020(t);
	CHECK_STR(content_title(t->arena, &c), STR("广州市越秀区人民政府2020年政府信息公开工作年度报告"));
	CHECK_STR(content_draft_note(t->arena, &c), STR_NONE);
	c.contact = STR("某办公室（电话：000）");
	CHECK(str_ends(content_preamble(t->arena, &c), STR("如对本报告有疑问，请联系某办公室（电话：000）。")));
	c.state = STR("checked");
	c.position = 0;
	CHECK(str_contains(content_draft_note(t->arena, &c), STR("草稿")));
}

void content_test(struct test *t);
void content_test(struct test *t)
{
	check_golden(t);
	check_sample_words(t);
	check_no_findings(t);
	check_mutations(t);
	check_csv(t);
	check_files(t);
	check_errata(t);
	check_preamble(t);
}
