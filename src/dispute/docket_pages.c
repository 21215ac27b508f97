/*
 * docket_pages.c - the register of proceedings in the browser: a file is uploaded, what it holds
 * and what is wrong with it is shown, and then all of it is imported; and it is given out.
 */
#include "dispute/docket_view.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "dispute_html.h"
#include "list/list.h"
#include "request/import_upload.h"
#include "request/request_pages.h"

/* ---- choosing a file */

const struct field docket_start_query[] = {
	{ .name = "added", .label = "已导入", .kind = FIELD_INT, .low = 0, .high = INT32_MAX },
	{ .name = "same", .label = "相同", .kind = FIELD_INT, .low = 0, .high = INT32_MAX },
	FIELD_END
};
const struct field docket_start_form[] = {
	{ .name = "file", .label = "台账文件", .kind = FIELD_FILE, .required = true, .max = LIMIT_UPLOAD },
	FIELD_END
};

static struct opt_int told(const struct web_request *rq, const char *name)
{
	bool given = rq->method == METHOD_GET && web_has(rq, name);

	return (struct opt_int){ given, given ? web_int(rq, name, 0) : 0 };
}

static struct str labels(struct arena *a, bool required)
{
	struct str out = STR_NONE;

	for (int f = 0; f < DOCKET_FIELD_COUNT; f++) {
		struct str label = docket_field_label((enum docket_field)f);
		if (docket_field_required((enum docket_field)f) == required)
			out = str_format(a, STR_FMT "%s" STR_FMT, STR_ARG(out),
					 out.len > 0 ? "、" : "", STR_ARG(label));
	}
	return out;
}

bool docket_start_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct docket_start_view v = { .form = web_form_state(rq),
				       .required = labels(rq->ctx.arena, true),
				       .optional = labels(rq->ctx.arena, false),
				       .added = told(rq, "added"),
				       .same = told(rq, "same") };
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { STR("导入复议诉讼台账"), STR_NONE } };
	struct page page = { .title = STR("导入复议诉讼台账"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };

	(void)err;
	struct html *h = web_page_begin(rq, rp, &page);
	docket_start_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static struct str preview_href(struct arena *a, int64_t upload)
{
	return str_format(a, "/desk/disputes/import/%lld", (long long)upload);
}

bool docket_start_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct upload upload;
	int64_t id;

	if (!request_register_file(rq, &upload))
		return web_form_again(rq, rp, docket_start_page, err);
	return import_upload_keep(&rq->ctx, upload.file_name, upload.content, &id, err) &&
	       web_redirect(rp, preview_href(rq->ctx.arena, id), NULL);
}

/* ---- looking */

const struct field docket_preview_form[] = { FIELD_END };

struct reading {
	struct import_upload upload;
	struct docket *docket;
	struct docket_summary summary;
};

static bool read_upload(struct web_request *rq, struct reading *r, struct err *err)
{
	/* As with a case that is typed in: of the own unit. */
	struct docket_options options = { .only_unit = { true, rq->ctx.actor.unit_id } };
	int64_t id;

	if (!web_param_int(rq, "upload", &id))
		return err_set(err, ERR_NOT_FOUND, "import.no_upload", " ");
	if (!import_upload_find(&rq->ctx, id, &r->upload, err))
		return false;
	docket_open(&options, &r->docket);
	return import_upload_rows(&rq->ctx, &r->upload, STR_NONE, docket_row, r->docket, err) &&
	       docket_done(&rq->ctx, r->docket, &r->summary, err);
}

bool docket_shows(const struct docket_preview_view *v, int field)
{
	return v->s->column[field] >= 0 || field == DOCKET_OUTCOME;
}

static void draw_preview(struct web_request *rq, struct web_reply *rp, const struct reading *r)
{
	const struct docket_summary *s = &r->summary;
	struct docket_preview_view v = { .form = web_form_state(rq),
					 .upload = r->upload.id,
					 .file_name = r->upload.file_name,
					 .s = s };
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { STR("导入复议诉讼台账"), STR("/desk/disputes/import") },
				  { STR("核对"), STR_NONE } };
	struct page page = { .title = STR("核对要导入的案件"), .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };

	v.unread = docket_unread(rq->ctx.arena, s);
	v.heads[v.heads_count++] = (struct column){ .label = STR("行"), .number = true };
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++) {
		if (s->column[f] >= 0)
			v.columns[f] = utf8_prefix(str_trim(s->head[s->column[f]]), 40);
		if (docket_shows(&v, f))
			v.heads[v.heads_count++].label = docket_field_label((enum docket_field)f);
	}
	struct html *h = web_page_begin(rq, rp, &page);
	docket_preview_html(h, &v);
	web_page_end(rq, rp, &page);
}

bool docket_preview_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reading r = { .docket = NULL };
	bool ok = read_upload(rq, &r, err);

	if (ok)
		draw_preview(rq, rp, &r);
	docket_close(r.docket);
	return ok;
}

/* ---- importing */

static void release_docket(void *prepared)
{
	docket_close(((struct reading *)prepared)->docket);
}

bool docket_preview_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reading *r = ARENA_NEW(rq->ctx.arena, struct reading);

	(void)rp;
	rq->prepared = r;
	rq->release = release_docket;
	return read_upload(rq, r, err);
}

bool docket_preview_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct reading *r = rq->prepared;
	struct arena *a = rq->ctx.arena;
	size_t added;

	if (r->summary.bad > 0)
		return web_redirect(rp, preview_href(a, r->upload.id), "docket.stopped");
	if (r->summary.good == 0)
		return web_redirect(rp, preview_href(a, r->upload.id), "docket.nothing_new");
	return docket_write(&rq->ctx, r->docket, &added, err) &&
	       import_upload_remove(&rq->ctx, r->upload.id, err) &&
	       web_redirect(rp,
			    str_format(a, "/desk/disputes/import?added=%zu&same=%zu", added,
				       r->summary.same),
			    NULL);
}

/* ---- out */

const struct field docket_file_query[] = {
	{ .name = "year", .label = "年度", .kind = FIELD_INT, .low = 1900, .high = 2199 },
	REQUEST_UNIT_FIELD("单位"),
	FIELD_END
};

struct give { struct opt_int unit; int year; };

static bool give_row(void *arg, const struct str *cells, size_t count, struct err *err)
{
	(void)count;
	return list_row(arg, cells, err);
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct docket_page done;

	if (!docket_export_page(ctx, g->unit, g->year, list_id(place), LIST_FILE_ROWS, give_row, w,
				&done, err))
		return false;
	*next = list_next_id(ctx->arena, done.count, LIST_FILE_ROWS, done.last);
	return true;
}

bool docket_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str heads[DOCKET_FIELD_COUNT];
	struct give g = { .year = 0 };
	const struct list_file file = { STR("复议诉讼台账"), heads, DOCKET_FIELD_COUNT, give_page, &g };

	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		heads[f] = docket_field_label((enum docket_field)f);
	if (!list_filter_good(rq, err) || !request_unit_asked(rq, &g.unit, err))
		return false;
	g.year = (int)web_int(rq, "year", 0);
	return list_send(rq, rp, &file, err);
}
