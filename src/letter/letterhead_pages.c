/*
 * letterhead_pages.c - the own unit's letterhead; the organs and courts of the site; what is
 * in doubt about reconsideration.
 */
#include "letter/letter_pages.h"

#include "base/json.h"
#include "account/permission.h"
#include "letter/letter_view.h"
#include "letter_html.h"

/* ---- letterhead */

static struct letterhead typed_head(struct web_request *rq)
{
	struct letterhead head = { .unit = { rq->ctx.actor.unit_id },
				   .full_name = web_text(rq, "full_name"),
				   .mark = web_text(rq, "mark"),
				   .contact = web_text(rq, "contact"),
				   .phone = web_text(rq, "phone"),
				   .address = web_text(rq, "address"),
				   .channel = web_text(rq, "channel"),
				   .justice = web_has(rq, "justice"),
				   .stored = true };

	head.series = str_equal(web_text(rq, "series"), STR("group")) ? SERIES_GROUP : SERIES_UNIT;
	(void)official_style_from(web_text(rq, "style"), &head.style); /* by choices of the field */
	return head;
}

static bool head_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letterhead_view v = { .form = web_form_state(rq),
				     .may_edit = web_may(rq, PERM_REQUEST_DECIDE) };
	struct unit_id id = { rq->ctx.actor.unit_id };
	struct unit unit;

	if (!agency_unit(&rq->ctx, id, &unit, err) || !letterhead_of(&rq->ctx, id, &v.head, err))
		return false;
	if (rq->method == METHOD_POST)
		v.head = typed_head(rq);
	v.unit_name = unit.name;
	v.series = v.head.series == SERIES_GROUP ? STR("group") : STR("unit");
	v.style = official_style_code(v.head.style);
	struct page page = { .title = STR("文书抬头"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	letterhead_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool head_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letterhead head;

	if (!letterhead_of(&rq->ctx, (struct unit_id){ rq->ctx.actor.unit_id }, &head, err))
		return false;
	const struct {
		const char *name;
		struct str value;
	} members[] = {
		{ "full_name", head.full_name },
		{ "mark", head.mark },
		{ "series", head.series == SERIES_GROUP ? STR("group") : STR("unit") },
		{ "style", official_style_code(head.style) },
		{ "contact", head.contact },
		{ "phone", head.phone },
		{ "address", head.address },
		{ "channel", head.channel },
	};
	json_t *out = json_object();
	for (size_t i = 0; i < COUNT_OF(members); i++)
		json_object_set_new(out, members[i].name,
				    json_text(members[i].value));
	json_object_set_new(out, "justice", json_boolean(head.justice));
	return web_json(rp, out);
}

static bool head_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct letterhead head = typed_head(rq);

	return letterhead_set(&rq->ctx, &head, err) &&
	       web_redirect(rp, STR("/desk/letterhead"), "letter.head_saved");
}

/* ---- organs and courts */

static bool load_bodies(struct web_request *rq, struct bodies_view *v, struct err *err)
{
	struct remedy_body *rows;

	if (!remedy_bodies(&rq->ctx, &rows, &v->count, err) ||
	    !remedy_switches_load(&rq->ctx, &v->switches, err))
		return false;
	struct str *names = ARENA_ARRAY(rq->ctx.arena, v->count, struct str);
	for (size_t i = 0; i < v->count; i++) {
		struct unit unit = { .name = STR_NONE };
		if (rows[i].unit.known &&
		    !agency_unit(&rq->ctx, (struct unit_id){ rows[i].unit.v }, &unit, err))
			return false;
		names[i] = unit.name;
	}
	v->rows = rows;
	v->units = names;
	return true;
}

static void refill(struct web_request *rq, struct bodies_view *v)
{
	bool bodies = str_equal_c(rq->path, "/desk/letter-bodies");

	if (rq->method != METHOD_POST)
		return;
	if (bodies) {
		v->role = web_text(rq, "role");
		v->name = web_text(rq, "name");
		v->unit = web_text(rq, "unit");
		v->from = web_text(rq, "from");
		v->until = web_text(rq, "until");
		return;
	}
	v->doubt = web_text(rq, "doubt");
	v->doubt_from = web_text(rq, "doubt_from");
	v->doubt_until = web_text(rq, "doubt_until");
}

static bool bodies_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct bodies_view v = { .form = web_form_state(rq),
				 .may_edit = web_may(rq, PERM_UNIT_WRITE) };

	if (!load_bodies(rq, &v, err))
		return false;
	refill(rq, &v);
	struct page page = { .title = STR("复议机关与法院"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	bodies_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool bodies_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct bodies_view v = { 0 };
	struct arena *a = rq->ctx.arena;

	if (!load_bodies(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++) {
		const struct remedy_body *b = &v.rows[i];
		struct str role = remedy_body_role_code(b->role), from = date_iso(a, b->from);
		json_array_append_new(
			items, json_pack("{s:s%, s:s%, s:s%, s:s%}", "role", role.ptr, role.len,
					 "name", b->name.ptr, b->name.len, "unit", v.units[i].ptr,
					 v.units[i].len, "from", from.ptr, from.len));
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

static bool body_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str code = web_text(rq, "unit");
	struct remedy_body body = { .name = web_text(rq, "name"),
				    .from = web_date(rq, "from").v,
				    .until = web_date(rq, "until") };
	struct unit unit;
	bool found = true;

	(void)remedy_body_role_from(web_text(rq, "role"), &body.role); /* by the field's choices */
	if (code.len > 0) {
		if (!agency_unit_by_code(&rq->ctx, code, &unit, &found, err))
			return false;
		if (!found)
			return err_set_field(err, "unit", ERR_INVALID, "letter.no_unit_code",
					     STR_FMT, STR_ARG(code));
		body.unit = (struct opt_int){ true, unit.id.n };
	}
	return remedy_body_add(&rq->ctx, &body, err) &&
	       web_redirect(rp, STR("/desk/letter-bodies"), "letter.body_saved");
}

static bool doubt_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct remedy_span span = { web_date(rq, "doubt_from"), web_date(rq, "doubt_until") };
	enum remedy_doubt doubt = DOUBT_INQUIRY_FIRST;

	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, bodies_page, err);
	(void)remedy_doubt_from(web_text(rq, "doubt"), &doubt); /* by the field's choices */
	if (!remedy_switch_set(&rq->ctx, doubt, span, err)) {
		if (err->code != ERR_INVALID)
			return false;
		web_field_error(rq, "doubt_until", err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
		return web_form_again(rq, rp, bodies_page, err);
	}
	return web_redirect(rp, STR("/desk/letter-bodies"), "letter.body_saved");
}

/* ---- routes */

static const char *const series_codes[] = { "unit", "group", NULL };
static const char *const style_codes[] = { "plain", "red", "letter", NULL };
static const char *const role_codes[] = { "superior_government", "superior_department", "court",
					  NULL };
static const char *const doubt_codes[] = { "inquiry_first", "not_given_first", "part_whole", NULL };

static const struct field head_form[] = {
	{ .name = "full_name", .label = "发文机关全称", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "mark", .label = "机关代字", .kind = FIELD_TEXT, .required = true, .max = 60 },
	{ .name = "series", .label = "编号", .kind = FIELD_CHOICE, .required = true,
	  .choices = series_codes },
	{ .name = "style", .label = "版式", .kind = FIELD_CHOICE, .required = true,
	  .choices = style_codes },
	{ .name = "contact", .label = "联系人或者机构", .kind = FIELD_TEXT, .max = 200 },
	{ .name = "phone", .label = "联系电话", .kind = FIELD_TEXT, .max = 100 },
	{ .name = "address", .label = "地址", .kind = FIELD_TEXT, .max = 300 },
	{ .name = "channel", .label = "互联网渠道", .kind = FIELD_TEXT, .max = 300 },
	{ .name = "justice", .label = "司法行政部门", .kind = FIELD_BOOL },
	FIELD_END
};
static const struct field body_form[] = {
	{ .name = "role", .label = "性质", .kind = FIELD_CHOICE, .required = true, .choices = role_codes },
	{ .name = "name", .label = "全称", .kind = FIELD_TEXT, .required = true, .max = 200 },
	{ .name = "unit", .label = "适用单位的代码", .kind = FIELD_TEXT, .max = 20 },
	{ .name = "from", .label = "起始日", .kind = FIELD_DATE, .required = true },
	{ .name = "until", .label = "截止日", .kind = FIELD_DATE },
	FIELD_END
};
static const struct field doubt_form[] = {
	{ .name = "doubt", .label = "情形", .kind = FIELD_CHOICE, .required = true,
	  .choices = doubt_codes },
	{ .name = "doubt_from", .label = "适用起始日", .kind = FIELD_DATE },
	{ .name = "doubt_until", .label = "适用截止日", .kind = FIELD_DATE },
	FIELD_END
};

const struct route letterhead_routes[] = {
	{ METHOD_GET, "/desk/letterhead", PERM_REQUEST_READ, head_page, .summary = "本单位的文书抬头" },
	{ METHOD_GET, "/desk/letterhead.json", PERM_REQUEST_READ, head_json, .flags = ROUTE_API,
	  .summary = "本单位的文书抬头（机器可读）" },
	{ METHOD_POST, "/desk/letterhead", PERM_REQUEST_DECIDE, head_post, .form = head_form,
	  .summary = "修改本单位的文书抬头" },
	{ METHOD_GET, "/desk/letter-bodies", PERM_SIGNED_IN, bodies_page,
	  .summary = "复议机关与法院" },
	{ METHOD_GET, "/desk/letter-bodies.json", PERM_SIGNED_IN, bodies_json, .flags = ROUTE_API,
	  .summary = "复议机关与法院（机器可读）" },
	{ METHOD_POST, "/desk/letter-bodies", PERM_UNIT_WRITE, body_post, .form = body_form,
	  .summary = "添加复议机关或者法院" },
	{ METHOD_POST, "/desk/letter-bodies/doubt", PERM_UNIT_WRITE, doubt_post,
	  .form = doubt_form, .summary = "设定有争议的复议前置" },
	ROUTE_END
};
