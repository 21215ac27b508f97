/* request_practice.c - what a unit has settled where the law leaves it open. */
#include "request/case.h"

#include "request_steps_sql.h"

enum { CORRECTION_DAYS = 10, REASONS_DAYS = 10 }; /* usual practice; the law says 合理 */

bool request_practice_of(struct ctx *ctx, struct unit_id unit, struct request_practice *out,
			 struct err *err)
{
	struct request_practice_row_row row;
	bool found;

	if (!request_practice_row(ctx, &(struct request_practice_row_in){ .unit_id = unit }, &row,
				  &found, err))
		return false;
	*out = (struct request_practice){ .correction_days = CORRECTION_DAYS,
					  .reasons_days = REASONS_DAYS };
	if (found)
		*out = (struct request_practice){ .correction_days = (int)row.correction_days,
						  .reasons_days = (int)row.reasons_days,
						  .reasons_stop = row.reasons_stop };
	return true;
}

static bool check_days(int days, const char *field, struct err *err)
{
	return (days >= 1 && days <= REQUEST_PRACTICE_DAYS_MAX) ||
	       err_set_field(err, field, ERR_INVALID, "request.practice_days", "%d|%d", days,
			     REQUEST_PRACTICE_DAYS_MAX);
}

static struct str yes_no(bool yes)
{
	return yes ? STR("yes") : STR("no");
}

bool request_set_practice(struct ctx *ctx, struct unit_id unit, const struct request_practice *in,
			  struct err *err)
{
	struct request_practice_set_in values = { .unit_id = unit,
						  .correction_days = in->correction_days,
						  .reasons_days = in->reasons_days,
						  .reasons_stop = in->reasons_stop };
	struct changes changes = { .count = 0 };
	struct request_practice was;
	int64_t seq;

	if (!check_days(in->correction_days, "correction_days", err) ||
	    !check_days(in->reasons_days, "reasons_days", err) ||
	    !request_practice_of(ctx, unit, &was, err))
		return false;
	changes_int(ctx->arena, &changes, "correction_days", was.correction_days,
		    in->correction_days);
	changes_int(ctx->arena, &changes, "reasons_days", was.reasons_days, in->reasons_days);
	changes_text(&changes, "reasons_stop", yes_no(was.reasons_stop), yes_no(in->reasons_stop));
	if (changes.count == 0)
		return true;
	struct ledger_event event = { .subject_kind = "unit",
				      .subject_id = unit.n,
				      .verb = "request.practice",
				      .changes = changes.list,
				      .changes_count = changes.count };
	return request_practice_set(ctx, &values, NULL, err) &&
	       ledger_append(ctx, &event, &seq, err);
}
