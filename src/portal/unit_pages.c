/*
 * unit_pages.c - the units of the site: listed, added, changed, closed.
 *
 * What a unit is called is data with a ledger: letters and reports of earlier
 * years keep the words they were issued with.
 */
#include "portal/unit_pages.h"

#include "base/json.h"
#include "portal/unit_view.h"
#include "portal_html.h"

#define NAME_FIELDS                                                                             \
	{ .name = "name", .label = "单位全称", .kind = FIELD_TEXT, .required = true, .max = 200 },  \
	{ .name = "short_name", .label = "简称", .kind = FIELD_TEXT, .max = 100 },                \
	{ .name = "kind", .label = "类别", .kind = FIELD_CHOICE, .required = true,                \
	  .choices = kind_codes },                                                              \
	{ .name = "reports", .label = "单独编制年度报告", .kind = FIELD_BOOL }

static const char *const kind_codes[] = { "government", "department", "subdistrict", "town",
					  "vertical",	"other",      NULL };
const struct field unit_add_form[] = {
	{ .name = "code", .label = "单位代码", .kind = FIELD_CODE, .required = true, .max = 16 },
	NAME_FIELDS, FIELD_END
};
const struct field unit_change_form[] = { NAME_FIELDS, FIELD_END };
const struct field unit_close_form[] = {
	{ .name = "closed_on", .label = "停用日期", .kind = FIELD_DATE, .required = true },
	{ .name = "reason", .label = "理由", .kind = FIELD_TEXT, .required = true, .max = 600 },
	FIELD_END
};
const struct field unit_reopen_form[] = {
	{ .name = "reason", .label = "理由", .kind = FIELD_TEXT, .required = true, .max = 600 },
	FIELD_END
};

static void fill_kinds(struct choice *kinds)
{
	for (int k = 0; k < UNIT_KINDS; k++) {
		enum unit_kind kind = (enum unit_kind)(k + 1);
		kinds[k] = (struct choice){ .value = unit_kind_code(kind),
					    .label = unit_kind_label(kind) };
	}
}

static struct unit_fields typed_of(const struct web_request *rq)
{
	return (struct unit_fields){ .name = web_text(rq, "name"),
				     .short_name = web_text(rq, "short_name"),
				     .kind = web_text(rq, "kind"),
				     .reports = web_text(rq, "reports") };
}

static struct unit_new unit_of(const struct web_request *rq)
{
	struct unit_new u = { .name = web_text(rq, "name"),
			      .short_name = web_text(rq, "short_name"),
			      .reports = web_has(rq, "reports") };

	(void)unit_kind_from(web_text(rq, "kind"), &u.kind); /* the field's choices are these */
	return u;
}

/* ---- the list */

bool units_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit_list_view view = { .form = web_form_state(rq) };
	struct unit *units;

	if (!agency_units(&rq->ctx, &units, &view.count, err))
		return false;
	view.units = units;
	fill_kinds(view.kinds);
	view.typed.reports = STR("1");
	if (rq->method == METHOD_POST) {
		view.typed = typed_of(rq);
		view.typed.code = web_text(rq, "code");
	}
	struct page page = { .title = STR("单位"), .errors = view.form.errors_count,
			     .json = STR("/desk/units.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	unit_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool units_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit *units;
	size_t count;

	if (!agency_units(&rq->ctx, &units, &count, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++) {
		const struct unit *u = &units[i];
		struct str kind = unit_kind_code(u->kind);
		json_t *one = json_pack("{s:I, s:s%, s:s%, s:s%, s:s%, s:b}", "id",
					(json_int_t)u->id.n, "code", u->code.ptr, u->code.len,
					"name", u->name.ptr, u->name.len, "short_name",
					u->short_name.ptr, u->short_name.len, "kind", kind.ptr,
					kind.len, "reports", (int)u->reports);
		struct str closed = u->closed_on.known ? date_iso(rq->ctx.arena, u->closed_on.v) :
							 STR_NONE;
		json_object_set_new(one, "closed_on", closed.len > 0 ?
							      json_text(closed) :
							      json_null());
		json_array_append_new(items, one);
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

static struct str unit_href(struct web_request *rq, struct unit_id id)
{
	return str_format(rq->ctx.arena, "/desk/units/%lld", (long long)id.n);
}

bool unit_add_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit_new u = unit_of(rq);
	struct unit root;
	struct unit_id id;

	u.code = web_text(rq, "code");
	if (!agency_root(&rq->ctx, &root, err))
		return false;
	u.parent = (struct opt_int){ true, root.id.n };
	return agency_add_unit(&rq->ctx, &u, &id, err) &&
	       (rq->wants_json ? web_created(rp, unit_href(rq, id), "agency.unit_added") :
				 web_redirect(rp, STR("/desk/units"), "agency.unit_added"));
}

/* ---- one */

static bool unit_of_path(struct web_request *rq, struct unit *out, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "agency.no_unit", STR_FMT,
			       STR_ARG(web_param(rq, "id")));
	return agency_unit(&rq->ctx, (struct unit_id){ id }, out, err);
}

static bool draw_unit(struct web_request *rq, struct web_reply *rp, const struct unit *unit,
		      const struct unit_fields *typed)
{
	struct unit_view view = { .form = web_form_state(rq), .unit = *unit,
				  .root = !unit->parent.known, .typed = *typed,
				  .closed_on = date_iso(rq->ctx.arena, rq->ctx.today) };

	fill_kinds(view.kinds);
	if (rq->method == METHOD_POST && rq->route->form != unit_change_form) {
		view.reason = web_text(rq, "reason");
		if (rq->route->form == unit_close_form)
			view.closed_on = web_text(rq, "closed_on");
	}
	struct crumb crumbs[] = { { STR("单位"), STR("/desk/units") }, { unit->name, STR_NONE } };
	struct page page = { .title = unit->name, .errors = view.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	unit_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool unit_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit unit;

	if (!unit_of_path(rq, &unit, err))
		return false;
	struct unit_fields typed = { .name = unit.name, .short_name = unit.short_name,
				     .kind = unit_kind_code(unit.kind),
				     .reports = unit.reports ? STR("1") : STR_NONE };
	if (rq->method == METHOD_POST && rq->route->form == unit_change_form)
		typed = typed_of(rq);
	return draw_unit(rq, rp, &unit, &typed);
}

bool unit_change_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct unit_new u = unit_of(rq);
	struct unit unit;

	if (!unit_of_path(rq, &unit, err))
		return false;
	if (!unit.parent.known)
		u.kind = UNIT_GOVERNMENT;
	else if (u.kind == UNIT_GOVERNMENT)
		return err_set_field(err, "kind", ERR_INVALID, "agency.one_government", " ");
	return agency_change_unit(&rq->ctx, unit.id, &u, err) &&
	       web_redirect(rp, unit_href(rq, unit.id), "agency.unit_changed");
}

static bool set_closed(struct web_request *rq, struct web_reply *rp, struct opt_date day,
		       const char *flash, struct err *err)
{
	struct unit unit;

	if (!unit_of_path(rq, &unit, err))
		return false;
	return agency_close_unit(&rq->ctx, unit.id, day, web_text(rq, "reason"), err) &&
	       web_redirect(rp, unit_href(rq, unit.id), flash);
}

bool unit_close_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return set_closed(rq, rp, web_date(rq, "closed_on"), "agency.unit_closed", err);
}

bool unit_reopen_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return set_closed(rq, rp, (struct opt_date){ .known = false }, "agency.unit_reopened",
			  err);
}
