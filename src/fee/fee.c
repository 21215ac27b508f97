/* fee.c - computing a fee by one tariff, charging it with its notice, giving it back. */
#include "fee/fee.h"

#include "fee_sql.h"
#include "ledger/ledger.h"
#include "request/request_letters.h"

#include <assert.h>

static bool days_error(struct err *err, const char *field, enum err_code code, const char *key,
		       struct date a, struct date b)
{
	struct ymd x = date_split(a), y = date_split(b);

	return err_set_field(err, field, code, key, "%04d-%02d-%02d|%04d-%02d-%02d", x.year,
			     x.month, x.day, y.year, y.month, y.day);
}

/* ---- computing */

/* 办法第四条: which of the month; by hand only where nobody knows who asks. */
static bool piece_of(const struct fee_wish *wish, const struct fee_place *place,
		     int64_t *quantity, struct err *err)
{
	*quantity = place->known ? place->number : wish->number;
	if (place->known && wish->number != 0 && wish->number != place->number)
		return err_set_field(err, "number", ERR_INVALID, "fee.number_counted", "%lld",
				     (long long)place->number);
	return (*quantity >= 1 && *quantity <= FEE_UNITS_MAX) ||
	       err_set_field(err, "number", ERR_INVALID, "fee.number_needed", "%d", FEE_UNITS_MAX);
}

/* 办法第五条: of this request alone, and only where copies are given. */
static bool pages_of(const struct request *r, const struct fee_wish *wish,
		     const struct fee_practice *practice, int64_t *quantity, struct err *err)
{
	if (r->wanted_form == GIVE_ON_THE_SPOT)
		return err_set_field(err, "tariff", ERR_CONFLICT, "fee.looked_at", STR_FMT,
				     STR_ARG(r->number));
	bool counted = wish->pages >= 0 && wish->pages <= FEE_UNITS_MAX && wish->sheets >= 0 &&
		       wish->sheets <= FEE_UNITS_MAX;
	*quantity = counted ? wish->pages + wish->sheets * practice->sheet_pages : 0;
	return (*quantity >= 1 && *quantity <= FEE_UNITS_MAX) ||
	       err_set_field(err, "pages", ERR_INVALID, "fee.no_pages", "%d", FEE_UNITS_MAX);
}

bool fee_compute(struct ctx *ctx, const struct request *r, const struct fee_wish *wish,
		 struct fee_sum *out, struct err *err)
{
	const struct fee_tariff *tariff = fee_tariff_on(wish->kind, wish->on);
	struct fee_sum sum = { .quantity = 0 };
	bool piece = wish->kind == FEE_BY_PIECE;

	if (tariff == NULL)
		return days_error(err, "on", ERR_CONFLICT, "fee.none_yet", wish->on,
				  fee_tariffs[0].from);
	if (!fee_practice_of(ctx, r->unit, &sum.practice, err) ||
	    !fee_place_of(ctx, r, &sum.place, err) ||
	    !(piece ? piece_of(wish, &sum.place, &sum.quantity, err)
		    : pages_of(r, wish, &sum.practice, &sum.quantity, err)))
		return false;
	sum.work = fee_work(ctx->arena, tariff, piece ? sum.quantity : 1, sum.quantity);
	if (sum.work.fen == 0)
		return err_set_field(err, "tariff", ERR_CONFLICT, "fee.nothing_due",
				     STR_FMT "|%s%lld" STR_FMT "|%lld" STR_FMT,
				     STR_ARG(tariff->label), piece ? "本月第" : "",
				     (long long)sum.quantity, STR_ARG(tariff->unit),
				     (long long)tariff->bands[0].last, STR_ARG(tariff->unit));
	*out = sum;
	return true;
}

/* ---- the notice */

static struct str counted(struct arena *a, const struct request *r, const struct fee_sum *sum)
{
	if (sum->work.tariff->kind == FEE_BY_QUANTITY)
		return str_format(a, "本件申请共%lld页（A4及以下幅面纸张的单面为1页）",
				  (long long)sum->quantity);
	struct ymd day = date_split(r->received_on.known ? r->received_on.v : r->submitted_on);
	return str_format(a, "%d年%d月您向本机关提出的第%lld件申请", day.year, day.month,
			  (long long)sum->quantity);
}

static bool draft_notice(struct ctx *ctx, const struct request *r, const struct fee_wish *wish,
			 const struct fee_sum *sum, struct letter_id *notice, struct err *err)
{
	struct arena *a = ctx->arena;
	struct request_fee fee;
	struct str name;
	enum letter_to to;
	bool found;

	if (!request_addressee(ctx, r, &name, &to, err) ||
	    !request_fee_find(ctx, r->id, &fee, &found, err))
		return false;
	assert(found);
	struct letter_fact facts[] = {
		{ "number", r->number },
		{ "content", r->content },
		{ "information", r->content },
		{ "received_on", r->received_on.known ? date_iso(a, r->received_on.v) : STR_NONE },
		{ "fee_standard", str_concat(a, sum->work.tariff->label,
					     str_format(a, "（" STR_FMT "）",
							STR_ARG(sum->work.tariff->basis))) },
		{ "fee_count", counted(a, r, sum) },
		{ "fee_working", fee_work_text(a, &sum->work) },
		{ "fee_amount", str_format(a, "%lld", (long long)sum->work.fen) },
		{ "pay_how", sum->practice.pay_how },
		/* Known only where it is handed over on the spot. */
		{ "pay_until", fee.pay_until.known ? date_iso(a, fee.pay_until.v) : STR_NONE },
	};
	struct letter_new in = { .unit = r->unit,
				 .kind = letter_kind_find(STR("fee")),
				 .subject_kind = "request",
				 .subject_id = r->id.n,
				 .addressee = name,
				 .to = to,
				 .dated = wish->on,
				 .facts = facts,
				 .facts_count = COUNT_OF(facts) };
	return letter_draft(ctx, &in, notice, err);
}

bool fee_charge(struct ctx *ctx, struct request_id id, const struct fee_wish *wish,
		struct letter_id *notice, struct err *err)
{
	struct fee_sum sum;
	struct request r;

	if (!request_find(ctx, id, &r, err) || !fee_compute(ctx, &r, wish, &sum, err))
		return false;
	struct request_step step = { .verb = VERB_CHARGE,
				     .on = wish->on,
				     .delivered_on = wish->delivered_on,
				     .fen = sum.work.fen,
				     .tariff = fee_kind_code(wish->kind),
				     .quantity = sum.quantity };
	return request_take_step(ctx, id, &step, err) &&
	       draft_notice(ctx, &r, wish, &sum, notice, err);
}

/* ---- giving it back */

static bool guard_refund(struct ctx *ctx, const struct request_fee *fee, struct date on,
			 int64_t fen, struct str reason, struct err *err)
{
	if (!fee->paid_on.known)
		return err_set(err, ERR_CONFLICT, "fee.not_paid", " ");
	if (fee->refunded_on.known)
		return err_set(err, ERR_CONFLICT, "fee.refunded", STR_FMT "|" STR_FMT,
			       STR_ARG(date_iso(ctx->arena, fee->refunded_on.v)),
			       STR_ARG(fee_yuan(ctx->arena, fee->refunded_fen)));
	if (date_compare(on, fee->paid_on.v) < 0)
		return days_error(err, "on", ERR_INVALID, "request.too_early", on, fee->paid_on.v);
	if (date_compare(on, ctx->today) > 0)
		return days_error(err, "on", ERR_INVALID, "request.in_future", on, ctx->today);
	if (fen <= 0 || fen > fee->fen)
		return err_set_field(err, "yuan", ERR_INVALID, "fee.refund_sum", STR_FMT,
				     STR_ARG(fee_yuan(ctx->arena, fee->fen)));
	return str_trim(reason).len > 0 ||
	       err_set_field(err, "reason", ERR_INVALID, "request.no_reason", " ");
}

bool fee_refund(struct ctx *ctx, struct request_id id, struct date on, int64_t fen,
		struct str reason, struct err *err)
{
	struct request_fee fee;
	bool found;
	int64_t seq;

	if (!request_fee_find(ctx, id, &fee, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "fee.none", " ");
	if (!guard_refund(ctx, &fee, on, fen, reason, err))
		return false;
	struct ledger_change changes[] = {
		{ "refunded_on", STR_NONE, date_iso(ctx->arena, on) },
		{ "refunded_fen", STR_NONE, str_format(ctx->arena, "%lld", (long long)fen) },
	};
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = id.n,
				      .verb = "fee.refund",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes),
				      .reason = reason };
	struct fee_refund_write_in in = { .request_id = id, .refunded_on = on, .fen = fen };
	return fee_refund_write(ctx, &in, NULL, err) && ledger_append(ctx, &event, &seq, err);
}
