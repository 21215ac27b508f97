/*
 * request_import_pages.c - a register through the browser: upload, look at what
 * would happen, change which column is which, import.
 *
 * Reading the file is slow, so it happens on a worker, never in the writer: the
 * page to look at is a GET, and the import itself is prepared before its
 * transaction begins.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/read.h"
#include "office/write.h"
#include "request/import_upload.h"
#include "request/request_view.h"
#include "request_html.h"
#include "web/pairs.h"

#include <string.h>

enum { REJECTS_BYTES = 16 * 1024 * 1024 };

/* ---- choosing a file */

const struct field request_import_query[] = {
	{ .name = "added", .label = "已导入", .kind = FIELD_INT, .low = 0, .high = INT32_MAX },
	{ .name = "same", .label = "相同", .kind = FIELD_INT, .low = 0, .high = INT32_MAX },
	{ .name = "skipped", .label = "跳过", .kind = FIELD_INT, .low = 0, .high = INT32_MAX },
	FIELD_END
};
const struct field request_import_form[] = {
	{ .name = "file", .label = "台账文件", .kind = FIELD_FILE, .required = true, .max = LIMIT_UPLOAD },
	FIELD_END
};

static struct str all_labels(struct arena *a)
{
	struct buf b = buf_open(a, 256, KIB);

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		buf_add_c(&b, f > 0 ? "、" : "");
		buf_add(&b, import_field_label((enum import_field)f));
	}
	return buf_str(&b);
}

static struct opt_int told(const struct web_request *rq, const char *name)
{
	bool given = rq->method == METHOD_GET && web_has(rq, name);

	return (struct opt_int){ given, given ? web_int(rq, name, 0) : 0 };
}

bool request_import_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct import_start_view v = { .form = web_form_state(rq),
				       .fields = all_labels(rq->ctx.arena),
				       .added = told(rq, "added"),
				       .same = told(rq, "same"),
				       .skipped = told(rq, "skipped") };
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("导入申请台账"), STR_NONE } };
	struct page page = { .title = STR("导入申请台账"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };

	(void)err;
	struct html *h = web_page_begin(rq, rp, &page);
	import_start_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str preview_href(struct arena *a, int64_t upload)
{
	return str_format(a, "/desk/requests/import/%lld", (long long)upload);
}

/* What is no table is refused beside the field, not on a page without a way back. */
bool request_register_file(struct web_request *rq, struct upload *out)
{
	struct err why = { 0 };

	if (!web_file(rq, "file", out) || out->content.len == 0) {
		web_field_error(rq, "file", STR("请选择一个文件。"));
		return false;
	}
	enum office_type type = office_sniff(out->content, out->file_name);
	if (type == OFFICE_XLSX || type == OFFICE_CSV || type == OFFICE_TEXT)
		return true;
	err_set(&why, ERR_INVALID,
		type == OFFICE_OLD_OFFICE ? "office.old_format" : "office.not_a_sheet", "%s", "");
	web_field_error(rq, "file", err_text(rq->ctx.arena, rq->ctx.locale, &why));
	return false;
}

bool request_import_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct upload upload;
	int64_t id;

	if (!request_register_file(rq, &upload))
		return web_form_again(rq, rp, request_import_page, err);
	return import_upload_keep(&rq->ctx, upload.file_name, upload.content, &id, err) &&
	       web_redirect(rp, preview_href(rq->ctx.arena, id), NULL);
}

/* ---- which column is which */

/* Two inputs for each field: a column, and a value for all rows. */
#define FIELD_PAIR(code, text)                                                                     \
	{ .name = "col-" code, .label = text, .kind = FIELD_INT, .low = 0,                         \
	  .high = LIMIT_SHEET_COLUMNS - 1 },                                                       \
	{ .name = "all-" code, .label = text "（统一取值）", .kind = FIELD_TEXT, .max = 500 }
#define MAPPING_FIELDS                                                                             \
	{ .name = "head", .label = "表头所在行", .kind = FIELD_INT, .low = 1,                       \
	  .high = LIMIT_SHEET_ROWS },                                                              \
	FIELD_PAIR("number", "登记编号"), FIELD_PAIR("unit", "承办单位"),                          \
	FIELD_PAIR("channel", "申请方式"), FIELD_PAIR("applicant", "申请人类别"),                  \
	FIELD_PAIR("submitted_on", "提交日期"), FIELD_PAIR("received_on", "收到申请之日"),         \
	FIELD_PAIR("content", "申请内容"), FIELD_PAIR("extension", "延期天数"),                    \
	FIELD_PAIR("decision", "处理结果"), FIELD_PAIR("closed_on", "办结日期")

static const char *const bad_codes[] = { "stop", "skip", NULL };
static const char *const act_codes[] = { "look", "import", NULL };

const struct field request_preview_query[] = {
	MAPPING_FIELDS,
	{ .name = "bad", .label = "有问题的行", .kind = FIELD_CHOICE, .choices = bad_codes },
	FIELD_END
};
const struct field request_preview_form[] = {
	MAPPING_FIELDS,
	{ .name = "bad", .label = "有问题的行", .kind = FIELD_CHOICE, .choices = bad_codes },
	{ .name = "save", .label = "记住列的对应", .kind = FIELD_BOOL },
	{ .name = "act", .label = "操作", .kind = FIELD_CHOICE, .required = true, .choices = act_codes },
	FIELD_END
};

static const char *field_name(struct arena *a, const char *prefix, int f)
{
	return str_to_c(a,
			str_concat(a, str_from_c(prefix), import_field_code((enum import_field)f)));
}

/* What the form or the query says; false if it says nothing and the head shall speak. */
static bool read_mapping(const struct web_request *rq, struct import_mapping *m, uint32_t *head)
{
	struct arena *a = rq->ctx.arena;

	if (!web_has(rq, "head"))
		return false;
	*head = (uint32_t)web_int(rq, "head", 1);
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		m->column[f] = (int)web_int(rq, field_name(a, "col-", f), -1);
		m->constant[f] = web_text(rq, field_name(a, "all-", f));
	}
	return true;
}

static bool skips(const struct web_request *rq)
{
	return str_equal_c(web_text(rq, "bad"), "skip");
}

struct reading {
	struct import_upload upload;
	struct import_mapping mapping;
	struct import_options options;
	struct import *import;
	struct import_summary summary;
};

static bool find_upload(struct web_request *rq, struct import_upload *out, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "upload", &id))
		return err_set(err, ERR_NOT_FOUND, "import.no_upload", " ");
	return import_upload_find(&rq->ctx, id, out, err);
}

static bool read_upload(struct web_request *rq, struct reading *r, struct err *err)
{
	if (!find_upload(rq, &r->upload, err))
		return false;
	r->options.only_unit = request_scope(rq);
	r->options.bad_rows = skips(rq) ? IMPORT_SKIPS : IMPORT_STOPS;
	if (read_mapping(rq, &r->mapping, &r->options.head_row))
		r->options.mapping = &r->mapping;
	return import_upload_check(&rq->ctx, &r->upload, STR_NONE, &r->options, &r->import,
				   &r->summary, err);
}

/* The same mapping in another address. */
static struct str with_mapping(struct web_request *rq, struct str path,
			       const struct import_summary *s, bool skip)
{
	struct arena *a = rq->ctx.arena;
	struct buf b = buf_open(a, 512, 16 * KIB);

	buf_add(&b, path);
	buf_addf(&b, "?head=%u", s->head_row);
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		const char *code = import_field_code((enum import_field)f).ptr;
		if (s->mapping.column[f] >= 0)
			buf_addf(&b, "&col-%s=%d", code, s->mapping.column[f]);
		if (s->mapping.constant[f].len > 0)
			buf_addf(&b, "&all-%s=" STR_FMT, code,
				 STR_ARG(percent_encode(a, s->mapping.constant[f])));
	}
	if (skip)
		buf_add_c(&b, "&bad=skip");
	return buf_str(&b);
}

/* ---- looking */

static void fill_columns(struct arena *a, struct import_preview_view *v)
{
	const struct import_summary *s = v->s;

	v->columns = ARENA_ARRAY(a, s->head_count + 1, struct choice);
	v->columns[v->columns_count++] = (struct choice){ .label = STR("（没有这一列）") };
	for (size_t c = 0; c < s->head_count; c++) {
		struct str label = str_trim(s->head[c]);
		v->columns[v->columns_count++] = (struct choice){
			.value = str_format(a, "%zu", c),
			.label = label.len > 0 ? utf8_prefix(label, 40)
					       : str_format(a, "第%zu列（无表头）", c + 1),
		};
	}
}

static void fill_fields(struct arena *a, struct import_preview_view *v)
{
	const struct import_summary *s = v->s;

	v->heads[0] = (struct column){ .label = STR("行"), .number = true };
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		struct import_field_view *field = &v->fields[f];
		field->label = import_field_label((enum import_field)f);
		field->required = import_field_required((enum import_field)f);
		field->column_name = str_from_c(field_name(a, "col-", f));
		field->constant_name = str_from_c(field_name(a, "all-", f));
		field->constant = s->mapping.constant[f];
		if (s->mapping.column[f] >= 0)
			field->column = str_format(a, "%d", s->mapping.column[f]);
		v->heads[f + 1] = (struct column){ .label = field->label };
	}
}

static bool draw_preview(struct web_request *rq, struct web_reply *rp, const struct reading *r)
{
	struct arena *a = rq->ctx.arena;
	struct import_preview_view v = { .form = web_form_state(rq),
					 .upload = r->upload.id,
					 .file_name = r->upload.file_name,
					 .s = &r->summary,
					 .skips = skips(rq) };

	fill_columns(a, &v);
	fill_fields(a, &v);
	struct str rejects = str_concat(a, preview_href(a, r->upload.id), STR("/rejects.csv"));
	v.rejects_href = with_mapping(rq, rejects, &r->summary, true);
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { STR("导入申请台账"), STR("/desk/requests/import") },
				  { STR("核对"), STR_NONE } };
	struct page page = { .title = STR("核对要导入的申请"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	import_preview_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool request_preview_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reading r = { .import = NULL };
	bool ok = read_upload(rq, &r, err) && draw_preview(rq, rp, &r);

	import_close(r.import);
	return ok;
}

/* ---- importing */

static void release_import(void *prepared)
{
	import_close(((struct reading *)prepared)->import);
}

bool request_preview_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reading *r = ARENA_NEW(rq->ctx.arena, struct reading);

	(void)rp;
	rq->prepared = r;
	rq->release = release_import;
	return read_upload(rq, r, err);
}

static bool import_all(struct web_request *rq, struct web_reply *rp, const struct reading *r,
		       struct err *err)
{
	const struct import_summary *s = &r->summary;
	size_t added;

	if (!import_write(&rq->ctx, r->import, &added, err))
		return false;
	if (web_has(rq, "save") &&
	    !import_save_mapping(&rq->ctx, s->head, s->head_count, &s->mapping, err))
		return false;
	/* With rows left out the file stays for its day, so that they can still be fetched. */
	if (s->bad == 0 && !import_upload_remove(&rq->ctx, r->upload.id, err))
		return false;
	return web_redirect(rp,
			    str_format(rq->ctx.arena,
				       "/desk/requests/import?added=%zu&same=%zu&skipped=%zu",
				       added, s->same, s->bad),
			    NULL);
}

bool request_preview_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct reading *r = rq->prepared;
	bool wanted = str_equal_c(web_text(rq, "act"), "import");
	struct str look = with_mapping(rq, preview_href(rq->ctx.arena, r->upload.id), &r->summary,
				       skips(rq));

	if (wanted && r->summary.bad > 0 && !skips(rq))
		return web_redirect(rp, look, "import.stopped");
	if (wanted && r->summary.good == 0)
		return web_redirect(rp, look, "import.nothing_new");
	return wanted ? import_all(rq, rp, r, err) : web_redirect(rp, look, NULL);
}

/* ---- what was left out */

struct rejects {
	struct buf out;
	struct csv_writer csv;
	const struct reading *reading;
	struct arena *line;
	bool begun;
	struct err err;
};

static bool to_buf(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || err_set(err, ERR_LIMIT, "list.too_large", "%d",
				    REJECTS_BYTES / (int)MIB);
}

static bool reject_line(struct rejects *x, const struct str *cells, size_t count, struct str reason)
{
	struct str *all = ARENA_ARRAY(x->line, count + 1, struct str);

	for (size_t i = 0; i < count; i++)
		all[i] = cells[i];
	all[count] = reason;
	bool ok = csv_row(&x->csv, all, count + 1, &x->err);
	arena_reset(x->line);
	return ok;
}

static void rejected(void *arg, const struct sheet_row *row, struct str reasons)
{
	struct rejects *x = arg;
	const struct str *head;
	size_t count;

	if (x->err.code != ERR_NONE)
		return;
	if (!x->begun) {
		x->begun = true;
		import_head(x->reading->import, &head, &count);
		if (!csv_begin(&x->csv, true, &x->err) ||
		    !reject_line(x, head, count, STR("原因")))
			return;
	}
	(void)reject_line(x, row->cells, row->count, reasons);
}

bool request_rejects_csv(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct rejects x = { .begun = false };
	struct reading r = { .options = { .rejected = rejected, .arg = &x } };

	x.reading = &r;
	x.out = buf_open(web_reply_arena(rp), 64 * KIB, REJECTS_BYTES);
	x.csv = csv_open(rq->ctx.arena, to_buf, &x.out);
	x.line = arena_open(MIB);
	bool ok = read_upload(rq, &r, err);
	arena_close(x.line);
	import_close(r.import);
	if (ok && x.err.code != ERR_NONE) {
		*err = x.err;
		ok = false;
	}
	return ok && web_bytes(rp, "text/csv; charset=utf-8", buf_str(&x.out), DOWNLOAD,
			       STR("有问题的行.csv"));
}
