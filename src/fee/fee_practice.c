/* fee_practice.c - what a unit has settled where the 办法 leaves it open. */
#include "fee/fee.h"

#include "fee_sql.h"
#include "ledger/ledger.h"

#include <assert.h>

/* The words of every notice until the unit writes its own. */
#define PAY_HOW "凭本通知书所附缴款通知，通过非税收入收缴渠道缴入国库"

bool fee_practice_of(struct ctx *ctx, struct unit_id unit, struct fee_practice *out,
		     struct err *err)
{
	struct fee_practice_row_row row;
	bool found;

	if (!fee_practice_row(ctx, &(struct fee_practice_row_in){ .unit_id = unit }, &row, &found,
			      err))
		return false;
	*out = (struct fee_practice){ .kind = FEE_BY_PIECE,
				      .ended_count = true,
				      .quantity_counts = true,
				      .sheet_pages = 2,
				      .pay_how = STR(PAY_HOW) };
	if (!found)
		return true;
	out->ended_count = row.ended_count;
	out->quantity_counts = row.quantity_counts;
	out->sheet_pages = (int)row.sheet_pages;
	out->pay_how = row.pay_how;
	bool ok = fee_kind_from(row.tariff, &out->kind);
	assert(ok);
	(void)ok;
	return true;
}

static struct str yes_no(bool yes)
{
	return yes ? STR("yes") : STR("no");
}

static bool check(const struct fee_practice *in, struct err *err)
{
	if (in->sheet_pages < 1 || in->sheet_pages > FEE_SHEET_PAGES_MAX)
		return err_set_field(err, "sheet_pages", ERR_INVALID, "fee.sheet_pages", "%d|%d",
				     in->sheet_pages, FEE_SHEET_PAGES_MAX);
	if (str_trim(in->pay_how).len == 0)
		return err_set_field(err, "pay_how", ERR_INVALID, "fee.no_way", " ");
	return in->pay_how.len <= FEE_HOW_BYTES ||
	       err_set_field(err, "pay_how", ERR_INVALID, "request.text_too_long", "%d",
			     FEE_HOW_BYTES);
}

bool fee_set_practice(struct ctx *ctx, struct unit_id unit, const struct fee_practice *in,
		      struct err *err)
{
	struct arena *a = ctx->arena;
	struct fee_practice was;
	int64_t seq;

	if (!check(in, err) || !fee_practice_of(ctx, unit, &was, err))
		return false;
	struct fee_practice_write_in values = { .unit_id = unit,
						.tariff = fee_kind_code(in->kind),
						.ended_count = in->ended_count,
						.quantity_counts = in->quantity_counts,
						.sheet_pages = in->sheet_pages,
						.pay_how = str_trim(in->pay_how) };
	struct ledger_change changes[] = {
		{ "tariff", fee_kind_code(was.kind), fee_kind_code(in->kind) },
		{ "ended_count", yes_no(was.ended_count), yes_no(in->ended_count) },
		{ "quantity_counts", yes_no(was.quantity_counts), yes_no(in->quantity_counts) },
		{ "sheet_pages", str_format(a, "%d", was.sheet_pages),
		  str_format(a, "%d", in->sheet_pages) },
		{ "pay_how", was.pay_how, values.pay_how },
	};
	struct ledger_event event = { .subject_kind = "unit",
				      .subject_id = unit.n,
				      .verb = "fee.practice",
				      .changes = changes };
	for (size_t i = 0; i < COUNT_OF(changes); i++)
		if (!str_equal(changes[i].before, changes[i].after))
			changes[event.changes_count++] = changes[i];
	return event.changes_count == 0 || (fee_practice_write(ctx, &values, NULL, err) &&
					    ledger_append(ctx, &event, &seq, err));
}
