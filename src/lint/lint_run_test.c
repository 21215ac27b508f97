/*
 * lint_run_test.c - files in, sentences and an exit status out; real reports in
 * the formats they are published in; and the sample year through our own writers.
 */
#include "lint/lint_internal.h"
#include "lint/sample_test.h"

#include "base/file.h"
#include "office/read.h"

#include <stdlib.h>

static bool keep(void *arg, struct str bytes, struct err *err)
{
	(void)err;
	buf_add(arg, bytes);
	return true;
}

/* Runs over files; the output goes to *out. */
static int run(struct test *t, struct lint_job *job, struct str *out)
{
	struct buf b = buf_open(t->arena, 65536, 4 * MIB);

	job->read = office_read_here;
	int status = lint_run(t->arena, job, keep, &b);
	*out = buf_str(&b);
	return status;
}

static struct str save(struct test *t, const char *name, struct str content)
{
	struct str path = str_format(t->arena, "%s/%s", t->data_dir, name);
	struct err err = { 0 };

	CHECK_OK(file_write(t->arena, path, content, &err));
	return path;
}

/* ---- exit status and output */

static void statuses(struct test *t)
{
	struct str out, files[2];
	struct lint_job job = { .files = files, .files_count = 1 };

	if (test_case(t, "a clean report is 0, under --strict 1")) {
		files[0] = save(t, "right.txt", sample_text(t->arena, sample_read(t), SAMPLE_TABS));
		CHECK_INT(run(t, &job, &out), 0);
		CHECK(str_contains(out, STR("错误0个，提示6个。")));
		job.strict = true;
		CHECK_INT(run(t, &job, &out), 1);
		job.strict = false;
	}
	if (test_case(t, "a wrong report is 1 and quotes both places")) {
		struct sample *s = sample_read(t);
		s->four[0][4] = STR("18");
		files[0] = save(t, "wrong.txt", sample_text(t->arena, s, SAMPLE_LAYOUT));
		CHECK_INT(run(t, &job, &out), 1);
		CHECK(str_contains(out, STR("[错误] T4-1/reconsideration  表四“行政复议”：结果维持12＋结果纠正2＋"
					    "其他结果3＋尚未审结0＝17，总计写的是18。")));
		CHECK(str_contains(out, STR("“总计：18”（18）")));
		CHECK(str_contains(out, STR("TX-1/all.total")));
	}
	if (test_case(t, "what cannot be read is 2, says why, and does not stop the others")) {
		files[0] = save(t, "no.txt", STR("今天天气很好。\n"));
		files[1] = save(t, "right.txt", sample_text(t->arena, sample_read(t), SAMPLE_TABS));
		job.files_count = 2;
		CHECK_INT(run(t, &job, &out), 2);
		CHECK(str_contains(out, STR("[无法读取]")));
		CHECK(str_contains(out, STR("没有找到政府信息公开工作年度报告")));
		CHECK(str_contains(out, STR("错误0个，提示6个。")));
		files[0] = STR("nowhere.txt");
		job.files_count = 1;
		CHECK_INT(run(t, &job, &out), 2);
		job.previous = STR("nowhere.txt");
		files[0] = files[1];
		CHECK_INT(run(t, &job, &out), 2);
		job.previous = STR_NONE;
	}
}

static void json(struct test *t)
{
	struct str out, files[2] = { STR_NONE, STR("nowhere.txt") };
	struct lint_job job = { .files = files, .files_count = 2, .json = true };

	if (!test_case(t, "the same as JSON"))
		return;
	struct sample *s = sample_read(t);
	s->three[3][1] = STR("");
	files[0] = save(t, "blank.txt", sample_text(t->arena, s, SAMPLE_TABS));
	CHECK_INT(run(t, &job, &out), 2);
	json_t *list = json_loadb(out.ptr, out.len, 0, NULL), *first = json_array_get(list, 0);
	CHECK_INT((int64_t)json_array_size(list), 2);
	CHECK_INT(json_integer_value(json_object_get(first, "year")), 2020);
	json_t *granted = json_object_get(
		json_object_get(json_object_get(first, "tables"), "table3"), "granted");
	json_t *blank = json_object_get(granted, "commercial_enterprise");
	CHECK_STR(str_from_c(json_string_value(json_object_get(blank, "state"))), STR("blank"));
	CHECK(json_object_get(blank, "value") == NULL);
	json_t *natural = json_object_get(granted, "natural_person");
	CHECK_INT(json_integer_value(json_object_get(natural, "value")), 105);
	json_t *totals = json_object_get(first, "totals");
	CHECK_INT(json_integer_value(json_object_get(totals, "errors")), 1);
	/* 商业企业: T3-2; its line: T3-3; the check of the sentence; the growth rate */
	CHECK_INT(json_integer_value(json_object_get(totals, "cannot_be_judged")), 3);
	json_t *finding = json_array_get(json_object_get(first, "findings"), 0);
	CHECK_STR(str_from_c(json_string_value(json_object_get(finding, "key"))),
		  STR("E9/table3.blank"));
	json_t *missing = json_array_get(list, 1);
	CHECK_STR(str_from_c(json_string_value(json_object_get(missing, "code"))),
		  STR("file.missing"));
	json_decref(list);
}

/* ---- our own formats */

static void check_format(struct test *t, const char *name, struct str content)
{
	struct lint_options none = { .previous = NULL };
	struct lint_result result;
	struct lint_report *r;
	struct err err = { 0 };
	struct doc *doc;

	CHECK_OK(office_read_here(t->arena, str_from_c(name), content, &doc, &err));
	CHECK_OK(lint_read(t->arena, doc, str_from_c(name), &r, &err));
	lint_check(t->arena, r, &none, &result);
	CHECK_INT((int64_t)result.errors, 0);
	for (size_t i = 0; i < result.count; i++)
		CHECK(!str_starts(result.findings[i].key, STR("E9")) &&
		      !str_starts(result.findings[i].key, STR("F")));
	for (size_t i = 0; i < result.verdicts_count; i++)
		if (str_equal_c(result.verdicts[i].rule, "D1"))
			CHECK_INT(result.verdicts[i].status, LINT_HOLDS);
	CHECK_STR(r->agency, STR("广州市越秀区人民政府"));
}

/* As a portal prints it: paragraphs, pictures, tables with rowspan and colspan. */
static bool write_html(struct arena *a, const struct doc *d, struct str *out, struct err *err)
{
	struct buf b = buf_open(a, 65536, MIB);

	(void)err;
	buf_add_c(&b, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>年报</title></head><body>"
		      "<ul><li>政府信息公开年报</li><li>政府信息公开指南</li></ul>");
	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		const struct doc_table *table = block->table;
		if (block->kind == DOC_PICTURE)
			buf_add_c(&b, "<p><img src=\"a.png\" alt=\"\"></p>");
		else if (table == NULL)
			buf_addf(&b, "<p>　　" STR_FMT "</p>\n", STR_ARG(block->text));
		else
			buf_add_c(&b, "<table border=\"1\">");
		for (size_t k = 0; table != NULL && k < table->cells_count; k++) {
			const struct doc_cell *c = &table->cells[k];
			if (k == 0 || c->row != c[-1].row)
				buf_add_c(&b, "<tr>");
			buf_addf(&b,
				 "<td rowspan=\"%d\" colspan=\"%d\"><p><span>" STR_FMT
				 "</span></p></td>\n",
				 c->rowspan, c->colspan, STR_ARG(c->text));
		}
		if (table != NULL)
			buf_add_c(&b, "</table>");
	}
	buf_add_c(&b, "</body></html>");
	*out = buf_str(&b);
	return true;
}

/* The tables alone: three sheets. */
static void spreadsheet(struct test *t)
{
	struct err err = { 0 };
	struct str content = STR_NONE;
	struct lint_report *r;
	struct doc *doc;

	if (!test_case(t, "the sample year's tables as a spreadsheet"))
		return;
	struct sample *s = sample_read(t);
	CHECK_OK(office_write_xlsx(t->arena, sample_doc(t->arena, s, SAMPLE_TABLES), &content,
				   &err));
	CHECK_OK(office_read_here(t->arena, STR("x.xlsx"), content, &doc, &err));
	CHECK_OK(lint_read(t->arena, doc, STR("x.xlsx"), &r, &err));
	CHECK(r->two.found && r->three.found && r->four.found);
	CHECK_INT(r->three.cell[line3(&r->three, "new_received")][0].value, 253 * LINT_SCALE);
	CHECK_INT(r->two.cell[7].value, -312 * LINT_SCALE);
	CHECK_INT(r->four.cell[2][4].value, LINT_SCALE);
	CHECK_INT((int64_t)r->notes_count, 0);
}

static void formats(struct test *t)
{
	static const struct {
		const char *name;
		bool (*write)(struct arena *a, const struct doc *d, struct str *out,
			      struct err *err);
	} rows[] = {
		{ "x.docx", office_write_docx }, { "x.pdf", office_write_pdf },
		{ "x.html", write_html },
	};
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "the sample year written and read again: %s", rows[i].name))
			continue;
		struct sample *s = sample_read(t);
		struct str content = STR_NONE;
		s->digest = sample_digest(t->arena, s);
		CHECK_OK(rows[i].write(t->arena, sample_doc(t->arena, s, SAMPLE_TABLES), &content,
				       &err));
		check_format(t, rows[i].name, content);
	}
	if (test_case(t, "the sample year written and read again: x.txt")) {
		struct sample *s = sample_read(t);
		s->digest = sample_digest(t->arena, s);
		check_format(t, "x.txt",
			     office_write_text(t->arena, sample_doc(t->arena, s, SAMPLE_TABLES)));
	}
}

/* ---- published reports */

static struct str samples_file(struct test *t, const char *name)
{
	const char *dir = getenv("GONGKAI_SAMPLES");

	return str_format(t->arena, "%s/%s", dir != NULL ? dir : "../shared/samples", name);
}

static const struct {
	const char *file, *previous;
	int status;
	const char *errors, *warnings; /* keys in order */
} published[] = {
	{ "洪泽区-2023.pdf", NULL, 1, "T4-1/reconsideration T4-1/litigation_after_reconsideration",
	  "F2/denied_law_forbids F3/table3 W2" },
	{ "洪泽区-2024.pdf", NULL, 0, "", "TX-1/new_received F2/denied_law_forbids F3/table3 W2 W11" },
	{ "淮安市-2024.pdf", NULL, 0, "", "W2 W11" },
	{ "洪泽区-2024.txt", "洪泽区-2023.pdf", 0, "",
	  "TX-1/new_received F2/denied_law_forbids F3/table3 W2 W11 W13/granted" },
	{ "宿迁市-2023.txt", NULL, 0, "", "W5" },
	{ "宿迁市-2024.txt", "宿迁市-2023.txt", 0, "",
	  "TX-2/reconsideration.total TX-2/litigation.total W1 W11 W5 W13/not_processed" },
	{ "年报模版.docx", NULL, 1, "E9/table2.blank E9/table3.blank E9/table4.blank", "W1/1 W1/5" },
};

static void check_published(struct test *t, size_t row)
{
	struct str path = samples_file(t, published[row].file), out;
	struct lint_job job = { .files = &path, .files_count = 1, .json = true };
	struct buf errors = buf_open(t->arena, 256, 4096), warnings = buf_open(t->arena, 256, 4096);

	if (!file_exists(t->arena, path)) {
		test_skip(t, "no folder of published reports");
		return;
	}
	if (published[row].previous != NULL)
		job.previous = samples_file(t, published[row].previous);
	CHECK_INT(run(t, &job, &out), published[row].status);
	json_t *list = json_loadb(out.ptr, out.len, 0, NULL);
	json_t *findings = json_object_get(json_array_get(list, 0), "findings");
	for (size_t i = 0; i < json_array_size(findings); i++) {
		json_t *f = json_array_get(findings, i);
		bool error = str_equal_c(STR("error"),
					 json_string_value(json_object_get(f, "severity")));
		struct buf *b = error ? &errors : &warnings;
		buf_addf(b, "%s%s", b->len > 0 ? " " : "",
			 json_string_value(json_object_get(f, "key")));
	}
	CHECK_STR(buf_str(&errors), str_from_c(published[row].errors));
	CHECK_STR(buf_str(&warnings), str_from_c(published[row].warnings));
	json_decref(list);
}

void lint_run_test(struct test *t);
void lint_run_test(struct test *t)
{
	statuses(t);
	json(t);
	formats(t);
	spreadsheet(t);
	for (size_t i = 0; i < COUNT_OF(published); i++)
		if (test_case(t, "published report %s", published[i].file))
			check_published(t, i);
}
