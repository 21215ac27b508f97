/*
 * fee_pages.c - the fee of one request: which of the month it is, what either tariff comes to,
 * the notice, and what has become of it.
 *
 * Computing is a GET that writes nothing; the POST computes once more and charges.
 */
#include "base/json.h"
#include "fee/fee_view.h"
#include "fee_html.h"

enum { FEE_MONTH_SHOWN = 100 }; /* of an applicant's month; the count is of all */

static const char *const tariff_codes[] = { "piece", "quantity", NULL };

#define TARIFF { .name = "tariff", .label = "收费标准", .kind = FIELD_CHOICE, .choices = tariff_codes }
#define COUNTS                                                                                 \
	{ .name = "pages", .label = "页数", .kind = FIELD_INT, .low = 1, .high = FEE_UNITS_MAX },      \
	{ .name = "sheets", .label = "大于A4的单面", .kind = FIELD_INT, .low = 0,                      \
	  .high = FEE_UNITS_MAX },                                                                 \
	{ .name = "number", .label = "本月第几件", .kind = FIELD_INT, .low = 1, .high = FEE_UNITS_MAX }

const struct field fee_query[] = { TARIFF, COUNTS, FIELD_END };
const struct field fee_form[] = {
	{ .name = "tariff", .label = "收费标准", .kind = FIELD_CHOICE, .required = true,
	  .choices = tariff_codes },
	COUNTS,
	{ .name = "on", .label = "收费通知日期", .kind = FIELD_DATE, .required = true },
	{ .name = "delivered_on", .label = "送达日期", .kind = FIELD_DATE },
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = INT64_MAX },
	FIELD_END
};
const struct field fee_refund_form[] = {
	{ .name = "yuan", .label = "退付金额（元）", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = INT64_C(1000000000000) },
	{ .name = "on", .label = "退付日期", .kind = FIELD_DATE, .required = true },
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true, .max = 2000 },
	FIELD_END
};

static struct str case_href(struct web_request *rq, const struct request *r, const char *segment)
{
	return str_format(rq->ctx.arena, "/desk/requests/%lld%s", (long long)r->id.n, segment);
}

static struct fee_wish wish_of(struct web_request *rq, enum fee_kind kind)
{
	struct opt_date on = { true, rq->ctx.today };

	return (struct fee_wish){
		.kind = kind,
		.number = kind == FEE_BY_PIECE ? web_int(rq, "number", 0) : 0,
		.pages = web_int(rq, "pages", 0),
		.sheets = web_int(rq, "sheets", 0),
		.on = on.v,
	};
}

/* ---- before it is charged */

/* What stands against one tariff is told beside it; other troubles end the page. */
static bool fill_offer(struct web_request *rq, const struct request *r, enum fee_kind kind,
		       struct fee_offer_view *out, struct err *err)
{
	struct fee_wish wish = wish_of(rq, kind);
	struct err why = { 0 };

	*out = (struct fee_offer_view){ .kind = kind };
	out->computed = fee_compute(&rq->ctx, r, &wish, &out->sum, &why);
	if (out->computed) {
		struct str unit = out->sum.work.tariff->unit;
		out->quantity = str_format(rq->ctx.arena,
					   kind == FEE_BY_PIECE ? "第%lld" STR_FMT : "%lld" STR_FMT,
					   (long long)out->sum.quantity, STR_ARG(unit));
		return true;
	}
	if (why.code != ERR_INVALID && why.code != ERR_CONFLICT) {
		*err = why;
		return false;
	}
	out->why = err_text(rq->ctx.arena, rq->ctx.locale, &why);
	return true;
}

static void fill_typed(struct web_request *rq, struct fee_page_view *v)
{
	v->tariff = web_text(rq, "tariff");
	v->pages = web_text(rq, "pages");
	v->sheets = web_text(rq, "sheets");
	v->number = web_text(rq, "number");
	if (v->tariff.len == 0)
		v->tariff = fee_kind_code(v->practice.kind);
	v->on = date_iso(rq->ctx.arena, rq->ctx.today);
	if (rq->method != METHOD_POST)
		return;
	v->on = web_text(rq, "on");
	v->delivered_on = web_text(rq, "delivered_on");
}

static bool fill_offers(struct web_request *rq, struct fee_page_view *v, struct err *err)
{
	struct fee_counted *counted;
	struct ymd month;

	if (!fee_place_of(&rq->ctx, v->r, &v->place, err) ||
	    !fee_practice_of(&rq->ctx, v->r->unit, &v->practice, err) ||
	    !fee_month(&rq->ctx, v->r, FEE_MONTH_SHOWN, &counted, &v->counted_count, err))
		return false;
	v->counted = counted;
	if (v->place.known) {
		month = date_split(v->place.month);
		v->month = str_format(rq->ctx.arena, "%d年%d月", month.year, month.month);
	}
	fill_typed(rq, v);
	for (int k = 0; k < FEE_KINDS; k++)
		if (!fill_offer(rq, v->r, (enum fee_kind)k, &v->offers[k], err))
			return false;
	return true;
}

/* ---- charged */

static bool fill_letters(struct web_request *rq, struct fee_page_view *v, struct err *err)
{
	struct letter *all;
	size_t count;

	if (!letter_list(&rq->ctx, "request", v->r->id.n, &all, &count, err))
		return false;
	struct letter *own = ARENA_ARRAY(rq->ctx.arena, count, struct letter);
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(STR("fee"), all[i].kind->code))
			own[v->letters_count++] = all[i];
	v->letters = own;
	return true;
}

static bool fill_charged(struct web_request *rq, struct fee_page_view *v, struct err *err)
{
	bool found;

	if (!fee_notice_of(&rq->ctx, v->r, &v->notice, &found, err) || !fill_letters(rq, v, err))
		return false;
	const struct request_fee *f = &v->fee.facts;
	const struct fee_tariff *t =
		v->fee.has_kind ? fee_tariff_on(v->fee.kind, f->told_on) : NULL;
	v->has_work = t != NULL;
	if (v->has_work)
		v->work = fee_work(rq->ctx.arena, t,
				   v->fee.kind == FEE_BY_PIECE ? f->quantity : 1, f->quantity);
	bool own = request_is_own(rq, v->r), unpaid = v->r->state == REQUEST_UNPAID;
	v->may_record = own && unpaid && web_may(rq, PERM_REQUEST_WRITE);
	v->may_close = own && v->fee.state == FEE_STATE_LATE && web_may(rq, PERM_REQUEST_DECIDE);
	v->may_refund = own && v->fee.state == FEE_STATE_PAID && !f->refunded_on.known &&
			web_may(rq, PERM_REQUEST_DECIDE);
	return true;
}

static bool fill(struct web_request *rq, struct fee_page_view *v, struct request *r,
		 struct err *err)
{
	struct unit unit;

	if (!request_of_path(rq, r, err) || !agency_unit(&rq->ctx, r->unit, &unit, err) ||
	    !fee_of(&rq->ctx, r->id, &v->fee, &v->charged, err))
		return false;
	v->r = r;
	v->unit = unit.name;
	v->may_charge = !v->charged && request_is_own(rq, r) &&
			request_may(r->state, VERB_CHARGE) && web_may(rq, PERM_REQUEST_WRITE);
	return v->charged ? fill_charged(rq, v, err) : fill_offers(rq, v, err);
}

bool fee_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_page_view v = { .form = web_form_state(rq) };
	struct request r;

	if (!fill(rq, &v, &r, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, case_href(rq, &r, "") },
				  { STR("信息处理费"), STR_NONE } };
	struct page page = { .title = str_concat(rq->ctx.arena, STR("信息处理费 "), r.number),
			     .errors = v.form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = case_href(rq, &r, "/fee.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	fee_page_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *offer_json(struct arena *a, const struct fee_offer_view *offer)
{
	json_t *out = offer->computed ? fee_work_json(a, &offer->sum.work) : json_object();

	json_object_set_new(out, "tariff", json_text(fee_kind_code(offer->kind)));
	if (!offer->computed)
		json_object_set_new(out, "why_not", json_text(offer->why));
	return out;
}

bool fee_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_page_view v = { .charged = false };
	struct arena *a = rq->ctx.arena;
	json_t *offers = json_array();
	struct request r;

	if (!fill(rq, &v, &r, err)) {
		json_decref(offers);
		return false;
	}
	web_version(rq, r.version);
	json_t *out = json_object();
	json_object_set_new(out, "number", json_text(r.number));
	json_object_set_new(out, "version", json_integer(r.version));
	json_object_set_new(out, "place",
			    v.place.known ? json_integer(v.place.number) : json_null());
	json_object_set_new(out, "month_total",
			    v.place.known ? json_integer(v.place.total) : json_null());
	for (int k = 0; k < FEE_KINDS && !v.charged; k++)
		json_array_append_new(offers, offer_json(a, &v.offers[k]));
	json_object_set_new(out, "offers", offers);
	json_object_set_new(out, "fee", v.charged ? fee_as_json(a, &v.fee, v.unit) : json_null());
	return web_json(rp, out);
}

/* ---- charging */

/* Fields of the rule that this form has not, or that name none, are about the day. */
static void name_field(struct err *err)
{
	if ((err->code == ERR_INVALID || err->code == ERR_CONFLICT) && err->field == NULL)
		err->field = "on";
}

bool fee_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum fee_kind kind = FEE_BY_PIECE;
	struct letter_id notice;
	struct request r;

	if (!request_of_path(rq, &r, err))
		return false;
	if (!request_is_own(rq, &r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r.number));
	web_version(rq, r.version);
	if (web_int(rq, "version", 0) != r.version)
		return err_set(err, ERR_CONFLICT, "request.changed_meanwhile", STR_FMT,
			       STR_ARG(r.number));
	(void)fee_kind_from(web_text(rq, "tariff"), &kind); /* the choices are these codes */
	struct fee_wish wish = wish_of(rq, kind);
	wish.on = web_date(rq, "on").v;
	wish.delivered_on = web_date(rq, "delivered_on");
	if (!fee_charge(&rq->ctx, r.id, &wish, &notice, err)) {
		name_field(err);
		return false;
	}
	/* The next step of a program needs the version that this one has made. */
	if (rq->wants_json && !request_find(&rq->ctx, r.id, &r, err))
		return false;
	web_version(rq, r.version);
	return web_created(rp, str_format(rq->ctx.arena, "/desk/letters/%lld", (long long)notice.n),
			   "fee.charged");
}

/* ---- giving it back */

static bool refund_of(struct web_request *rq, struct request *r, struct fee *fee, struct err *err)
{
	bool found;

	if (!request_of_path(rq, r, err) || !fee_of(&rq->ctx, r->id, fee, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "fee.none", " ");
	return request_is_own(rq, r) ||
	       err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r->number));
}

bool fee_refund_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct fee_refund_view v = { .form = web_form_state(rq) };
	struct request r;

	if (!refund_of(rq, &r, &v.fee, err))
		return false;
	v.r = &r;
	v.yuan = fee_yuan(rq->ctx.arena, v.fee.facts.fen);
	v.on = date_iso(rq->ctx.arena, rq->ctx.today);
	if (rq->method == METHOD_POST) {
		v.yuan = web_text(rq, "yuan");
		v.on = web_text(rq, "on");
		v.reason = web_text(rq, "reason");
	}
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, case_href(rq, &r, "") },
				  { STR("信息处理费"), case_href(rq, &r, "/fee") },
				  { STR("退付"), STR_NONE } };
	struct page page = { .title = STR("退付信息处理费"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	fee_refund_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool fee_refund_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;
	struct fee fee;

	if (!refund_of(rq, &r, &fee, err))
		return false;
	if (!fee_refund(&rq->ctx, r.id, web_date(rq, "on").v, 100 * web_int(rq, "yuan", 0),
			web_text(rq, "reason"), err)) {
		name_field(err);
		return false;
	}
	return web_redirect(rp, case_href(rq, &r, "/fee"), "fee.refunded_now");
}

/* ---- on the page of the case */

bool fee_panel(struct web_request *rq, struct html *h, const struct request *r, struct err *err)
{
	struct fee_page_view v = { .r = r };

	if (!fee_of(&rq->ctx, r->id, &v.fee, &v.charged, err))
		return false;
	if (!v.charged)
		return true;
	if (!fill_charged(rq, &v, err))
		return false;
	fee_section_html(h, &v);
	return true;
}
