/* fee_read.c - what has become of fees: one, a list, sums, and what its payer is told. */
#include "fee/fee.h"

#include "fee_sql.h"
#include "text/number.h"

#include <assert.h>

static const struct {
	const char *code;
	struct str label;
} states[FEE_STATES] = {
	[FEE_STATE_SENT] = { "sent", STR_INIT("待送达") },
	[FEE_STATE_DUE] = { "due", STR_INIT("待缴费") },
	[FEE_STATE_LATE] = { "late", STR_INIT("逾期未缴") },
	[FEE_STATE_PAID] = { "paid", STR_INIT("已缴费") },
	[FEE_STATE_LAPSED] = { "lapsed", STR_INIT("视为放弃") },
	[FEE_STATE_DROPPED] = { "dropped", STR_INIT("申请已撤回") },
};

struct str fee_state_code(enum fee_state s)
{
	return str_from_c(states[s].code);
}

struct str fee_state_label(enum fee_state s)
{
	return states[s].label;
}

bool fee_state_from(struct str code, enum fee_state *out)
{
	for (int s = 0; s < FEE_STATES; s++) {
		if (!str_equal_c(code, states[s].code))
			continue;
		*out = (enum fee_state)s;
		return true;
	}
	return false;
}

static enum fee_state state_of(const struct request *r, const struct request_fee *fee,
			       struct date today)
{
	if (fee->paid_on.known)
		return FEE_STATE_PAID;
	if (r->has_outcome && r->outcome == OUTCOME_OTHER_OVERDUE_FEE)
		return FEE_STATE_LAPSED;
	if (r->closed_on.known)
		return FEE_STATE_DROPPED;
	if (!fee->served_on.known)
		return FEE_STATE_SENT;
	return date_compare(fee->pay_until.v, today) < 0 ? FEE_STATE_LATE : FEE_STATE_DUE;
}

static bool fill(struct ctx *ctx, const struct request *r, struct fee *out, bool *found,
		 struct err *err)
{
	*out = (struct fee){ .request = r->id, .number = r->number };
	if (!request_fee_find(ctx, r->id, &out->facts, found, err))
		return false;
	if (!*found)
		return true;
	out->has_kind = fee_kind_from(out->facts.tariff, &out->kind);
	out->state = state_of(r, &out->facts, ctx->today);
	return true;
}

bool fee_of(struct ctx *ctx, struct request_id id, struct fee *out, bool *found, struct err *err)
{
	struct request r;

	return request_find(ctx, id, &r, err) && fill(ctx, &r, out, found, err);
}

struct str fee_working(struct arena *a, const struct fee *fee)
{
	const struct fee_tariff *tariff =
		fee->has_kind ? fee_tariff_on(fee->kind, fee->facts.told_on) : NULL;

	if (tariff == NULL)
		return STR_NONE;
	struct fee_work work = fee_work(
		a, tariff, fee->kind == FEE_BY_PIECE ? fee->facts.quantity : 1,
		fee->facts.quantity);
	return fee_work_text(a, &work);
}

struct str fee_quantity_text(struct arena *a, const struct fee *fee)
{
	if (!fee->has_kind)
		return STR_NONE;
	return str_format(a, fee->kind == FEE_BY_PIECE ? "第%lld件" : "%lld页",
			  (long long)fee->facts.quantity);
}

/* ---- lists */

struct span { struct date first, last; };

static struct span span_of(const struct fee_filter *f)
{
	if (f->year != 0)
		return (struct span){ date_make(f->year, 1, 1), date_make(f->year, 12, 31) };
	return (struct span){ date_make(DATE_YEAR_MIN, 1, 1), date_make(DATE_YEAR_MAX, 12, 31) };
}

static struct str state_filter(const struct fee_filter *f)
{
	return f->state.known ? fee_state_code((enum fee_state)f->state.v) : STR_NONE;
}

struct place { struct date before_on; int64_t before_id; };

/* "2025-04-25 17"; what cannot be read begins at the top. */
static struct place place_from(struct str after)
{
	struct place top = { date_make(DATE_YEAR_MAX, 12, 31), INT64_MAX }, p = top;
	struct str day;

	if (after.len == 0 || !str_split_next(&after, ' ', &day) ||
	    !date_parse(day, &p.before_on) || !str_to_i64(after, &p.before_id))
		return top;
	return p;
}

static bool rows_unit(struct ctx *ctx, const struct fee_filter *f, struct place at, size_t max,
		      struct request_id **ids, size_t *count, struct err *err)
{
	struct span s = span_of(f);
	struct fee_rows_unit_in in = { .unit_id = { f->unit.v },
				       .state = state_filter(f),
				       .today = ctx->today,
				       .first = s.first,
				       .last = s.last,
				       .before_on = at.before_on,
				       .before_id = at.before_id,
				       .max = (int64_t)max };
	struct fee_rows_unit_row *rows;

	if (!fee_rows_unit_all(ctx, &in, max, &rows, count, err))
		return false;
	*ids = ARENA_ARRAY(ctx->arena, *count, struct request_id);
	for (size_t i = 0; i < *count; i++)
		(*ids)[i] = rows[i].request_id;
	return true;
}

static bool rows_all(struct ctx *ctx, const struct fee_filter *f, struct place at, size_t max,
		     struct request_id **ids, size_t *count, struct err *err)
{
	struct span s = span_of(f);
	struct fee_rows_all_in in = { .state = state_filter(f),
				      .today = ctx->today,
				      .first = s.first,
				      .last = s.last,
				      .before_on = at.before_on,
				      .before_id = at.before_id,
				      .max = (int64_t)max };
	struct fee_rows_all_row *rows;

	if (!fee_rows_all_all(ctx, &in, max, &rows, count, err))
		return false;
	*ids = ARENA_ARRAY(ctx->arena, *count, struct request_id);
	for (size_t i = 0; i < *count; i++)
		(*ids)[i] = rows[i].request_id;
	return true;
}

bool fee_list(struct ctx *ctx, const struct fee_filter *f, struct str after, size_t max,
	      struct fee **out, size_t *count, struct str *next, struct err *err)
{
	struct place at = place_from(after);
	struct request_id *ids;
	bool found;

	*next = STR_NONE;
	if (!(f->unit.known ? rows_unit(ctx, f, at, max + 1, &ids, count, err)
			    : rows_all(ctx, f, at, max + 1, &ids, count, err)))
		return false;
	bool more = *count > max;
	*count = more ? max : *count;
	*out = ARENA_ARRAY(ctx->arena, *count, struct fee);
	for (size_t i = 0; i < *count; i++)
		if (!fee_of(ctx, ids[i], &(*out)[i], &found, err))
			return false;
	if (more) {
		const struct fee *last = &(*out)[*count - 1];
		*next = str_format(ctx->arena, STR_FMT " %lld",
				   STR_ARG(date_iso(ctx->arena, last->facts.told_on)),
				   (long long)last->request.n);
	}
	return true;
}

bool fee_totals_of(struct ctx *ctx, const struct fee_filter *f, struct fee_totals *out,
		   struct err *err)
{
	struct span s = span_of(f);
	struct fee_sums_in in = { .unit_id = f->unit.known ? f->unit.v : 0,
				  .state = state_filter(f),
				  .today = ctx->today,
				  .first = s.first,
				  .last = s.last };
	struct fee_sums_row row;
	bool found;

	if (!fee_sums(ctx, &in, &row, &found, err))
		return false;
	*out = (struct fee_totals){ row.notices, row.charged, row.paid_count, row.paid,
				    row.refunded };
	return true;
}

/* ---- what its payer is told */

static struct str basis_text(struct arena *a, const struct fee *fee)
{
	if (!fee->has_kind)
		return STR_NONE;
	return str_format(a, STR_FMT "，" STR_FMT "。" STR_FMT "。",
			  STR_ARG(fee_kind_label(fee->kind)), STR_ARG(fee_quantity_text(a, fee)),
			  STR_ARG(fee_working(a, fee)));
}

static struct str says(enum fee_state state)
{
	switch (state) {
	case FEE_STATE_SENT:
	case FEE_STATE_DUE:
		return STR("请自收到收费通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请，本"
			   "机关不再处理该申请。缴费后，答复期限自缴费次日起重新计算。");
	case FEE_STATE_LATE:
		return STR("缴费期限已过，逾期未缴纳的视为放弃申请，本机关不再处理该申请。");
	case FEE_STATE_PAID:
		return STR("已经收到缴费，答复期限自缴费次日起重新计算。");
	case FEE_STATE_LAPSED:
		return STR("逾期未缴纳信息处理费，视为放弃申请，本机关不再处理该申请。");
	case FEE_STATE_DROPPED:
	case FEE_STATES:
		break;
	}
	return STR("申请已经撤回，不必缴纳。");
}

/* 国办函〔2021〕132号第三条: while the days to pay run, the charge alone is open to no remedy. */
#define REMEDY                                                                             \
	"在缴费期限内，不能单独就收费申请行政复议。期限届满后，对本机关不再处理该申请不服的，可以" \
	"向上一级行政机关或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行" \
	"政诉讼（条例第五十一条）。"

bool fee_notice_of(struct ctx *ctx, const struct request *r, struct fee_notice *out, bool *found,
		   struct err *err)
{
	struct fee_practice practice;
	struct fee fee;

	if (!fill(ctx, r, &fee, found, err))
		return false;
	if (!*found)
		return true;
	if (!fee_practice_of(ctx, fee.facts.unit, &practice, err))
		return false;
	*out = (struct fee_notice){
		.awaited = r->state == REQUEST_UNPAID,
		.state = fee.state,
		.yuan = money_plain(ctx->arena, fee.facts.fen),
		.basis = basis_text(ctx->arena, &fee),
		.how = practice.pay_how,
		.told_on = fee.facts.told_on,
		.pay_until = fee.facts.pay_until,
		.paid_on = fee.facts.paid_on,
		.refunded_on = fee.facts.refunded_on,
		.says = says(fee.state),
		.remedy = STR(REMEDY),
	};
	return true;
}
