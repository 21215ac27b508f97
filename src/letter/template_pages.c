/*
 * template_pages.c - the words of letters on screen: the list, one template with its sample
 * and its versions, saving, previewing, and going back to the built-in words.
 */
#include "letter/letter_pages.h"

#include "base/json.h"
#include "account/permission.h"
#include "letter/letter_view.h"
#include "letter_html.h"

/* ---- the list */

static bool rows_of(struct web_request *rq, struct template_list_view *view, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct template_row *rows = ARENA_ARRAY(rq->ctx.arena, LETTER_KINDS, struct template_row);

	for (size_t i = 0; i < LETTER_KINDS; i++) {
		struct template_version version;
		if (!template_in_force(&rq->ctx, unit, &letter_kinds[i], rq->ctx.today, &version,
				       err))
			return false;
		rows[i] = (struct template_row){ &letter_kinds[i], version.built_in, version.from,
						 version.saved_by };
	}
	view->rows = rows;
	view->count = LETTER_KINDS;
	return true;
}

static bool list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct template_list_view view = { 0 };
	struct page page = { .title = STR("文书模板"), .json = STR("/desk/letter-templates.json") };

	if (!rows_of(rq, &view, err))
		return false;
	struct html *h = web_page_begin(rq, rp, &page);
	template_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct template_list_view view = { 0 };

	if (!rows_of(rq, &view, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < view.count; i++) {
		const struct template_row *r = &view.rows[i];
		json_t *item = json_object();
		json_object_set_new(item, "kind", json_string(r->kind->code));
		json_object_set_new(item, "name", json_text(r->kind->name));
		json_object_set_new(item, "basis", json_text(r->kind->basis));
		json_object_set_new(item, "built_in", json_boolean(r->built_in));
		json_array_append_new(items, item);
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

/* ---- one */

static bool kind_of(struct web_request *rq, const struct letter_kind **out, struct err *err)
{
	*out = letter_kind_find(web_param(rq, "kind"));
	return *out != NULL || err_set(err, ERR_NOT_FOUND, "letter.no_kind", STR_FMT,
				       STR_ARG(web_param(rq, "kind")));
}

/* What is wrong with the text, and, if it can be read, how it would look. */
static bool look_at(struct web_request *rq, struct template_page_view *v, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct template_findings f = { 0 };
	struct letter_template t;
	struct letter l;
	bool read = template_parse(a, v->text, &t, &f);

	if (read)
		template_check(a, &t, v->kind, &f);
	struct str *lines = ARENA_ARRAY(a, f.count, struct str);
	for (size_t i = 0; i < f.count; i++)
		lines[i] = template_finding_text(a, rq->ctx.locale, &f.at[i]);
	v->findings = lines;
	v->findings_count = f.count;
	if (!read || !letter_kind_in_force(v->kind, rq->ctx.today))
		return true;
	if (!letter_sample_of(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, v->kind, v->text,
			      rq->ctx.today, &l, err))
		return false;
	l.issued = true; /* no mark for the seal: it is a sample */
	v->sample = letter_official(a, &l);
	return true;
}

static struct str old_version(const struct template_page_view *v, int64_t id, struct str absent)
{
	for (size_t i = 0; i < v->history_count; i++)
		if (v->history[i].id == id)
			return v->history[i].text;
	return absent;
}

static bool one_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct template_page_view v = { .form = web_form_state(rq),
					.may_edit = web_may(rq, PERM_REQUEST_DECIDE) };
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct template_version version, *history;

	if (!kind_of(rq, &v.kind, err) ||
	    !template_in_force(&rq->ctx, unit, v.kind, rq->ctx.today, &version, err) ||
	    !template_history(&rq->ctx, unit, v.kind, &history, &v.history_count, err))
		return false;
	v.history = history;
	v.built_in = version.built_in;
	v.text = version.text;
	v.from = date_iso(rq->ctx.arena, rq->ctx.today);
	if (rq->method == METHOD_POST) {
		v.text = web_text(rq, "text");
		v.from = web_text(rq, "from");
	} else {
		v.text = old_version(&v, web_int(rq, "version", 0), v.text);
	}
	if (!look_at(rq, &v, err))
		return false;
	struct page page = { .title = v.kind->name, .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	template_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool one_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct letter_kind *kind;
	struct template_version version;
	struct unit_id unit = { rq->ctx.actor.unit_id };

	if (!kind_of(rq, &kind, err) ||
	    !template_in_force(&rq->ctx, unit, kind, rq->ctx.today, &version, err))
		return false;
	json_t *out = json_object();
	json_object_set_new(out, "kind", json_string(kind->code));
	json_object_set_new(out, "built_in", json_boolean(version.built_in));
	json_object_set_new(out, "text", json_text(version.text));
	return web_json(rp, out);
}

/* ---- forms */

static struct str back(struct web_request *rq, const struct letter_kind *kind)
{
	return str_format(rq->ctx.arena, "/desk/letter-templates/%s", kind->code);
}

static bool save_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	const struct letter_kind *kind;

	if (!kind_of(rq, &kind, err))
		return false;
	if (web_field_errors(rq) > 0 || str_equal(web_text(rq, "go"), STR("preview"))) {
		bool shown = web_form_again(rq, rp, one_page, err);
		if (shown && web_field_errors(rq) == 0)
			web_status(rp, 200);
		return shown;
	}
	return template_save(&rq->ctx, unit, kind, web_date(rq, "from").v, web_text(rq, "text"),
			     err) &&
	       web_redirect(rp, back(rq, kind), "letter.template_saved");
}

static bool restore_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct opt_date from = web_date(rq, "restore_from");
	const struct letter_kind *kind;

	return kind_of(rq, &kind, err) &&
	       template_restore(&rq->ctx, unit, kind, from.known ? from.v : rq->ctx.today, err) &&
	       web_redirect(rp, back(rq, kind), "letter.template_restored");
}

static const char *const buttons[] = { "save", "preview", NULL };
static const struct field version_query[] = {
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field save_form[] = {
	{ .name = "text", .label = "模板", .kind = FIELD_LINES, .required = true,
	  .max = LIMIT_TEMPLATE_BYTES },
	{ .name = "from", .label = "启用日期", .kind = FIELD_DATE, .required = true },
	{ .name = "go", .label = "按钮", .kind = FIELD_CHOICE, .choices = buttons },
	FIELD_END
};
static const struct field restore_form[] = {
	{ .name = "restore_from", .label = "启用日期", .kind = FIELD_DATE },
	{ .name = "go", .label = "按钮", .kind = FIELD_CODE },
	FIELD_END
};

const struct route letter_template_routes[] = {
	{ METHOD_GET, "/desk/letter-templates", PERM_REQUEST_READ, list_page,
	  .summary = "文书模板" },
	{ METHOD_GET, "/desk/letter-templates.json", PERM_REQUEST_READ, list_json,
	  .flags = ROUTE_API, .summary = "文书模板（机器可读）" },
	{ METHOD_GET, "/desk/letter-templates/:kind", PERM_REQUEST_READ, one_page,
	  .query = version_query, .summary = "一种文书的模板、样张和版本" },
	{ METHOD_GET, "/desk/letter-templates/:kind.json", PERM_REQUEST_READ, one_json,
	  .flags = ROUTE_API, .summary = "一种文书的模板（机器可读）" },
	{ METHOD_POST, "/desk/letter-templates/:kind", PERM_REQUEST_DECIDE, save_post,
	  .form = save_form, .summary = "保存或者预览文书模板" },
	{ METHOD_POST, "/desk/letter-templates/:kind/restore", PERM_REQUEST_DECIDE, restore_post,
	  .form = restore_form, .summary = "恢复内置的文书模板" },
	ROUTE_END
};
