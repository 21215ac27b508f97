/*
 * delivery_pages.c - one letter on the way: issuing it, what became of it, and the next attempt.
 */
#include "delivery/delivery_pages.h"

#include "base/json.h"
#include "account/permission.h"
#include "delivery/delivery_view.h"
#include "delivery_html.h"
#include "identity/identity.h"
#include "request/request_pages.h"



static bool find(struct web_request *rq, struct letter *l, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "letter.none", "?");
	if (!letter_load(&rq->ctx, (struct letter_id){ id }, l, err))
		return false;
	bool ours = web_may(rq, PERM_SITE_READ) || l->unit.n == rq->ctx.actor.unit_id;
	/* Answers and letters of nothing have pages of their own. */
	return (ours && l->subject_id != 0 && !l->kind->answer) ||
	       err_set(err, ERR_NOT_FOUND, "letter.none", "%lld", (long long)id);
}

static struct str path_of(struct web_request *rq, const struct letter *l)
{
	return str_format(rq->ctx.arena, "/desk/letters/%lld/delivery", (long long)l->id.n);
}

/* What was typed, of the form that was sent; days of today in the others. */
static void fill_typed(struct web_request *rq, struct delivery_view *v)
{
	struct str today = date_iso(rq->ctx.arena, rq->ctx.today);
	bool post = rq->method == METHOD_POST;

	v->issued_on = post && web_has(rq, "issued_on") ? web_text(rq, "issued_on") : today;
	v->sent_on = post && web_has(rq, "sent_on") ? web_text(rq, "sent_on") : today;
	v->way = str_from_c(service_rules[SERVICE_POST].code);
	if (!post)
		return;
	v->to = web_text(rq, "email");
	if (web_has(rq, "way"))
		v->way = web_text(rq, "way");
	v->signed_on = web_text(rq, "signed_on");
	v->tracking = web_text(rq, "tracking");
	v->addressee = web_text(rq, "addressee");
	v->note = web_text(rq, "note");
	v->failed = web_has(rq, "failed");
	v->proving = web_int(rq, "delivery", 0);
	v->proved_on = web_text(rq, "proved_on");
}

static void fill_back(struct web_request *rq, struct delivery_view *v)
{
	bool request = str_equal_c(v->l.subject_kind, "request");

	v->back = str_format(rq->ctx.arena, "/desk/%s/%lld", request ? "requests" : "amendments",
			     (long long)v->l.subject_id);
	v->back_label = str_format(rq->ctx.arena, "%s " STR_FMT, request ? "申请" : "更正申请",
				   STR_ARG(v->reader.number));
}

static bool fill(struct web_request *rq, struct delivery_view *v, struct err *err)
{
	struct delivery *list;

	if (!find(rq, &v->l, err) || !delivery_reader_of(&rq->ctx, &v->l, &v->reader, err) ||
	    !delivery_list_of(&rq->ctx, v->l.id, &list, &v->count, err))
		return false;
	bool request = str_equal_c(v->l.subject_kind, "request");
	v->list = list;
	v->paper = letter_official(rq->ctx.arena, &v->l);
	v->email = v->reader.email.len > 0 ? identity_mask_email(rq->ctx.arena, v->reader.email) :
					     STR_NONE;
	v->may_write = web_may(rq, PERM_REQUEST_WRITE) && v->l.unit.n == rq->ctx.actor.unit_id;
	v->may_issue = v->may_write && !v->l.issued && request;
	v->here = path_of(rq, &v->l);
	(void)letter_open_fields(rq->ctx.arena, &v->l, &v->open);
	for (int w = 0; w < SERVICE_WAY_COUNT; w++)
		v->ways[w] = (struct choice){ .value = str_from_c(service_rules[w].code),
					      .label = service_rules[w].label };
	fill_typed(rq, v);
	fill_back(rq, v);
	return true;
}

static bool page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct delivery_view v = { .form = web_form_state(rq) };

	if (!fill(rq, &v, err))
		return false;
	struct crumb crumbs[] = { { STR("文书"), STR("/desk/letters") },
				  { v.l.title, str_format(rq->ctx.arena, "/desk/letters/%lld",
							  (long long)v.l.id.n) },
				  { STR("印发和送达"), STR_NONE } };
	struct page shell = { .title = str_concat(rq->ctx.arena, STR("印发和送达："), v.l.title),
			      .errors = v.form.errors_count,
			      .crumbs = crumbs,
			      .crumbs_count = COUNT_OF(crumbs),
			      .json = str_concat(rq->ctx.arena, v.here, STR(".json")) };
	web_version(rq, v.l.version);
	struct html *h = web_page_begin(rq, rp, &shell);
	delivery_html(h, &v);
	web_page_end(rq, rp, &shell);
	return true;
}

/* Without who signed and what was noted: a list for machines names nobody. */
static bool page_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct delivery_view v = { .count = 0 };
	struct arena *a = rq->ctx.arena;

	if (!fill(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++) {
		const struct delivery *d = &v.list[i];
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(d->id));
		json_object_set_new(one, "way", json_string(service_rules[d->way].code));
		json_object_set_new(one, "sent_on", json_text(date_iso(a, d->sent_on)));
		json_object_set_new(one, "signed_on", json_day(a, d->signed_on));
		json_object_set_new(one, "counts_on", json_day(a, d->counts_on));
		json_object_set_new(one, "tracking", json_text(d->tracking));
		json_object_set_new(one, "failed", json_boolean(d->failed));
		json_object_set_new(one, "mailed", json_boolean(d->notice.known));
		json_array_append_new(items, one);
	}
	web_version(rq, v.l.version);
	return web_json(rp, json_pack("{s:I, s:b, s:o, s:b, s:o}", "letter", (json_int_t)v.l.id.n,
				      "issued", (int)v.l.issued, "number", json_text(v.l.number),
				      "by_mail", (int)v.reader.by_mail, "items", items));
}

/* ---- acts */

static bool needed_day(struct web_request *rq, const char *field, struct date *out,
		       struct err *err)
{
	struct opt_date day = web_date(rq, field);

	*out = day.v;
	return day.known || err_set_field(err, field, ERR_INVALID, "delivery.no_day", " ");
}

static bool issue(struct web_request *rq, const struct letter *l, struct err *err)
{
	struct date on;

	if (!needed_day(rq, "issued_on", &on, err))
		return false;
	if (delivery_issue(&rq->ctx, l->id, on, err))
		return true;
	if (err->code == ERR_INVALID || err->code == ERR_CONFLICT)
		err->field = "issued_on";
	return false;
}

static bool note(struct web_request *rq, const struct letter *l, struct err *err)
{
	struct service_new in = { .signed_on = web_date(rq, "signed_on"),
				  .tracking = str_trim(web_text(rq, "tracking")),
				  .addressee = web_text(rq, "addressee"),
				  .note = str_trim(web_text(rq, "note")),
				  .failed = web_has(rq, "failed") };

	if (!service_way_from(web_text(rq, "way"), &in.way))
		return err_set_field(err, "way", ERR_INVALID, "delivery.no_way", " ");
	return needed_day(rq, "sent_on", &in.sent_on, err) &&
	       delivery_note(&rq->ctx, l->id, &in, err);
}

static bool prove(struct web_request *rq, const struct letter *l, struct err *err)
{
	struct date on;

	if (!needed_day(rq, "proved_on", &on, err))
		return false;
	if (delivery_prove(&rq->ctx, l->id, web_int(rq, "delivery", 0), on,
			   web_text(rq, "proved_by"), err))
		return true;
	if (err->field != NULL)
		err->field = "proved_on";
	return false;
}

static bool post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str act = web_text(rq, "act");
	const char *said;
	struct letter l;
	bool done;

	if (!find(rq, &l, err))
		return false;
	if (l.unit.n != rq->ctx.actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "letter.not_yours", STR_FMT, STR_ARG(l.title));
	if (str_equal_c(act, "issue")) {
		said = "delivery.issued_now";
		done = issue(rq, &l, err);
	} else if (str_equal_c(act, "mail")) {
		said = "delivery.mailed";
		done = delivery_mail(&rq->ctx, l.id, web_text(rq, "email"), err);
	} else if (str_equal_c(act, "note")) {
		said = "delivery.noted";
		done = note(rq, &l, err);
	} else {
		said = "delivery.proved";
		done = prove(rq, &l, err);
	}
	return done && web_redirect(rp, path_of(rq, &l), said);
}

static const char *const acts[] = { "issue", "mail", "note", "prove", NULL };
#define TEXT(n, l, m) { .name = n, .label = l, .kind = FIELD_TEXT, .max = m }
#define DAY(n, l) { .name = n, .label = l, .kind = FIELD_DATE }
static const struct field form[] = {
	{ .name = "act", .label = "办理", .kind = FIELD_CHOICE, .required = true, .choices = acts },
	DAY("issued_on", "成文日期"),
	TEXT("email", "收件邮箱", 254),
	TEXT("way", "送达方式", 40),
	DAY("sent_on", "送出日期"),
	DAY("signed_on", "签收日期"),
	TEXT("tracking", "邮件编号", 100),
	TEXT("addressee", "签收人", 300),
	{ .name = "note", .label = "说明", .kind = FIELD_LINES, .max = 6000 },
	{ .name = "failed", .label = "未能送达", .kind = FIELD_BOOL },
	{ .name = "delivery", .label = "第几次送达", .kind = FIELD_INT, .low = 1, .high = INT64_MAX },
	DAY("proved_on", "签收日期"),
	TEXT("proved_by", "签收人", 300),
	FIELD_END
};

const struct route delivery_routes[] = {
	{ METHOD_GET, "/desk/letters/:id/delivery", PERM_REQUEST_READ, page,
	  .summary = "一件文书的印发和送达" },
	{ METHOD_GET, "/desk/letters/:id/delivery.json", PERM_REQUEST_READ, page_json,
	  .flags = ROUTE_API, .summary = "一件文书的送达记录（机器可读）" },
	{ METHOD_POST, "/desk/letters/:id/delivery", PERM_REQUEST_WRITE, post, .form = form,
	  .summary = "印发一件文书，发送、登记送达、补记签收" },
	ROUTE_END
};
