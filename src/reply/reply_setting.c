/* reply_setting.c - how a unit counts mixed results and how long it keeps a dossier. */
#include "reply/reply_work.h"

#include "reply_sql.h"

bool reply_setting_of(struct ctx *ctx, struct unit_id unit, struct reply_setting *out,
		      struct err *err)
{
	struct setting_of_in in = { .unit_id = unit };
	struct setting_of_row row = { .years = REPLY_YEARS_DEFAULT };
	bool found;

	if (!setting_of(ctx, &in, &row, &found, err))
		return false;
	*out = (struct reply_setting){ (int)row.years, row.given_and_missing_is_part };
	return true;
}

bool reply_set(struct ctx *ctx, struct unit_id unit, const struct reply_setting *setting,
	       struct err *err)
{
	struct reply_setting was;
	int64_t seq;

	if (!reply_setting_of(ctx, unit, &was, err))
		return false;
	if (setting->years < 0 || setting->years > 100)
		return err_set_field(err, "years", ERR_INVALID, "reply.years", "%d",
				     setting->years);
	struct ledger_change changes[] = {
		{ "years", str_format(ctx->arena, "%d", was.years),
		  str_format(ctx->arena, "%d", setting->years) },
		{ "given_and_missing_is_part",
		  was.given_and_missing_is_part ? STR("yes") : STR("no"),
		  setting->given_and_missing_is_part ? STR("yes") : STR("no") },
	};
	struct ledger_event event = { .subject_kind = "unit",
				      .subject_id = unit.n,
				      .verb = "reply.set",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) };
	struct setting_put_in in = { .unit_id = unit,
				     .years = setting->years,
				     .given_and_missing_is_part =
					     setting->given_and_missing_is_part };
	return ledger_append(ctx, &event, &seq, err) && setting_put(ctx, &in, NULL, err);
}

bool reply_result_of(struct ctx *ctx, const struct reply *reply, struct reply_result *out,
		     struct err *err)
{
	const struct decision_kind **kinds =
		ARENA_ARRAY(ctx->arena, reply->items_count, const struct decision_kind *);
	const struct decision_kind *picked = NULL;
	struct reply_setting setting;
	struct request r;

	if (!request_find(ctx, reply->request, &r, err) ||
	    !reply_setting_of(ctx, r.unit, &setting, err))
		return false;
	for (size_t i = 0; i < reply->items_count; i++) {
		kinds[i] = reply->items[i].decision;
		if (kinds[i] == reply->decision) /* one picked earlier may be an item's no more */
			picked = reply->decision;
	}
	reply_result(ctx->arena, kinds, reply->items_count, picked,
		     setting.given_and_missing_is_part, out);
	return true;
}
