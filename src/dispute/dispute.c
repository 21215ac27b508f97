/*
 * dispute.c - proceedings: opening, concluding, and the words decisions use.
 */
#include "dispute/dispute.h"

#include "dispute_sql.h"
#include "ledger/ledger.h"

struct word { const char *code; struct str label; };

static const struct word routes[DISPUTE_ROUTE_COUNT] = {
	[DISPUTE_RECONSIDERATION] = { "reconsideration", STR_INIT("行政复议") },
	[DISPUTE_LITIGATION_DIRECT] = { "litigation_direct", STR_INIT("行政诉讼—未经复议直接起诉") },
	[DISPUTE_LITIGATION_AFTER] = { "litigation_after_reconsideration", STR_INIT("行政诉讼—复议后起诉") },
};
static const struct word outcomes[DISPUTE_OUTCOME_COUNT] = {
	[DISPUTE_UPHELD] = { "upheld", STR_INIT("结果维持") },
	[DISPUTE_CORRECTED] = { "corrected", STR_INIT("结果纠正") },
	[DISPUTE_OTHER] = { "other", STR_INIT("其他结果") },
};

/*
 * What a decision says, and the column of table 四 it is counted in. Practice
 * (no text of the notice defines the columns): 维持 and 驳回 leave the reply as it
 * was; 撤销, 变更, 确认违法 and 责令 change it; the rest ends without a judgement.
 * Longer words stand first where one contains the other.
 */
static const struct { struct str word; enum dispute_outcome outcome; } results[] = {
	{ STR_INIT("不予受理"), DISPUTE_OTHER },	 { STR_INIT("驳回起诉"), DISPUTE_OTHER },
	{ STR_INIT("驳回"), DISPUTE_UPHELD },	 { STR_INIT("维持"), DISPUTE_UPHELD },
	{ STR_INIT("撤销"), DISPUTE_CORRECTED }, { STR_INIT("变更"), DISPUTE_CORRECTED },
	{ STR_INIT("确认违法"), DISPUTE_CORRECTED }, { STR_INIT("确认无效"), DISPUTE_CORRECTED },
	{ STR_INIT("责令"), DISPUTE_CORRECTED }, { STR_INIT("重作"), DISPUTE_CORRECTED },
	{ STR_INIT("终止"), DISPUTE_OTHER },	 { STR_INIT("撤诉"), DISPUTE_OTHER },
	{ STR_INIT("撤回"), DISPUTE_OTHER },	 { STR_INIT("调解"), DISPUTE_OTHER },
	{ STR_INIT("和解"), DISPUTE_OTHER },
};

struct str dispute_route_code(enum dispute_route r)
{
	return str_from_c(routes[r].code);
}

struct str dispute_route_label(enum dispute_route r)
{
	return routes[r].label;
}

struct str dispute_outcome_code(enum dispute_outcome o)
{
	return str_from_c(outcomes[o].code);
}

struct str dispute_outcome_label(enum dispute_outcome o)
{
	return outcomes[o].label;
}

bool dispute_route_from(struct str code, enum dispute_route *out)
{
	for (size_t i = 0; i < COUNT_OF(routes); i++) {
		if (str_equal_c(code, routes[i].code) || str_equal(code, routes[i].label)) {
			*out = (enum dispute_route)i;
			return true;
		}
	}
	return false;
}

bool dispute_outcome_from(struct str code, enum dispute_outcome *out)
{
	for (size_t i = 0; i < COUNT_OF(outcomes); i++) {
		if (str_equal_c(code, outcomes[i].code) || str_equal(code, outcomes[i].label)) {
			*out = (enum dispute_outcome)i;
			return true;
		}
	}
	return false;
}

bool dispute_outcome_of(struct str result, enum dispute_outcome *out)
{
	for (size_t i = 0; i < COUNT_OF(results); i++) {
		if (str_contains(result, results[i].word)) {
			*out = results[i].outcome;
			return true;
		}
	}
	return false;
}

static bool note(struct ctx *ctx, const char *verb, int64_t id, const struct ledger_change *changes,
		 size_t count, int64_t *seq, struct err *err)
{
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "dispute",
						     .subject_id = id,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = count },
			     seq, err);
}

static bool check_open(struct ctx *ctx, const struct dispute_open *in, struct err *err)
{
	struct dispute_by_case_row taken;
	bool found;

	if (in->case_no.len == 0 || in->case_no.len > 200)
		return err_set_field(err, "case_no", ERR_INVALID, "dispute.no_case_no", " ");
	if (date_compare(in->accepted_on, ctx->today) > 0) {
		struct str day = date_iso(ctx->arena, in->accepted_on);
		return err_set_field(err, "accepted_on", ERR_INVALID, "dispute.in_future", STR_FMT,
				     STR_ARG(day));
	}
	if (!dispute_by_case(ctx,
			     &(struct dispute_by_case_in){ .route = dispute_route_code(in->route),
							   .case_no = in->case_no },
			     &taken, &found, err))
		return false;
	if (found)
		return err_set_field(err, "case_no", ERR_CONFLICT, "dispute.case_taken", STR_FMT,
				     STR_ARG(in->case_no));
	return true;
}

bool dispute_open(struct ctx *ctx, const struct dispute_open *in, struct dispute_id *id,
		  struct err *err)
{
	struct dispute_insert_row row;
	struct unit unit;
	bool found;
	int64_t seq;

	if (!check_open(ctx, in, err) || !agency_unit(ctx, in->unit, &unit, err))
		return false;
	struct dispute_insert_in insert = { .unit_id = in->unit,
					    .request_id = in->request,
					    .route = dispute_route_code(in->route),
					    .case_no = in->case_no,
					    .organ = in->organ,
					    .accepted_on = in->accepted_on,
					    .accepted_year = date_year(in->accepted_on) };
	if (!dispute_insert(ctx, &insert, &row, &found, err))
		return false;
	struct ledger_change changes[] = { { "route", STR_NONE, insert.route },
					   { "case_no", STR_NONE, in->case_no },
					   { "accepted_on", STR_NONE,
					     date_iso(ctx->arena, in->accepted_on) } };
	if (!note(ctx, "dispute.open", row.id.n, changes, COUNT_OF(changes), &seq, err) ||
	    !dispute_set_seq(ctx, &(struct dispute_set_seq_in){ .id = row.id, .changed_seq = seq },
			     NULL, err))
		return false;
	*id = row.id;
	return true;
}

bool dispute_find(struct ctx *ctx, struct dispute_id id, struct dispute *out, struct err *err)
{
	struct dispute_by_id_row row;
	bool found;

	if (!dispute_by_id(ctx, &(struct dispute_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "%lld", (long long)id.n);
	*out = (struct dispute){ .id = row.id,
				 .unit = row.unit_id,
				 .request = row.request_id,
				 .case_no = row.case_no,
				 .organ = row.organ,
				 .accepted_on = row.accepted_on,
				 .concluded = row.outcome.known,
				 .result = row.result,
				 .concluded_on = row.concluded_on };
	(void)dispute_route_from(row.route,
				 &out->route); /* the column's CHECK allows these codes only */
	if (row.outcome.known)
		(void)dispute_outcome_from(row.outcome.v, &out->outcome);
	return true;
}

bool dispute_conclude(struct ctx *ctx, struct dispute_id id, enum dispute_outcome outcome,
		      struct str result, struct date concluded_on, struct err *err)
{
	struct dispute_by_id_row row;
	bool found;
	int64_t seq;

	if (!dispute_by_id(ctx, &(struct dispute_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "dispute.none", "%lld", (long long)id.n);
	if (row.outcome.known)
		return err_set(err, ERR_CONFLICT, "dispute.concluded", STR_FMT,
			       STR_ARG(row.case_no));
	struct str day = date_iso(ctx->arena, concluded_on);
	if (date_compare(concluded_on, row.accepted_on) < 0)
		return err_set_field(err, "concluded_on", ERR_INVALID, "dispute.before_start",
				     STR_FMT, STR_ARG(day));
	if (date_compare(concluded_on, ctx->today) > 0)
		return err_set_field(err, "concluded_on", ERR_INVALID, "dispute.in_future", STR_FMT,
				     STR_ARG(day));

	struct str code = dispute_outcome_code(outcome);
	struct ledger_change changes[] = { { "outcome", STR_NONE, code },
					   { "result", STR_NONE, result },
					   { "concluded_on", STR_NONE, day } };
	return note(ctx, "dispute.conclude", id.n, changes, COUNT_OF(changes), &seq, err) &&
	       dispute_history_insert(
		       ctx,
		       &(struct dispute_history_insert_in){ .dispute_id = id,
							    .seq_from = row.changed_seq,
							    .seq_to = seq,
							    .unit_id = row.unit_id,
							    .route = row.route,
							    .accepted_year = row.accepted_year,
							    .outcome = row.outcome,
							    .concluded_year = row.concluded_year },
		       NULL, err) &&
	       dispute_conclude_write(ctx,
				      &(struct dispute_conclude_write_in){
					      .id = id,
					      .outcome = code,
					      .result = result,
					      .concluded_on = concluded_on,
					      .concluded_year = date_year(concluded_on),
					      .changed_seq = seq },
				      NULL, err);
}

#define DISPUTE_FROM(row)                                                                         \
	(struct dispute)                                                                          \
	{                                                                                         \
		.id = (row).id, .unit = (row).unit_id, .request = (row).request_id,               \
		.case_no = (row).case_no, .organ = (row).organ, .accepted_on = (row).accepted_on, \
		.concluded = (row).outcome.known, .result = (row).result,                         \
		.concluded_on = (row).concluded_on                                                \
	}

bool dispute_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		  struct dispute **out, size_t *count, struct err *err)
{
	int64_t from = before > 0 ? before : INT64_MAX;

	*out = ARENA_ARRAY(ctx->arena, max, struct dispute);
	if (unit.known) {
		struct dispute_page_unit_row *rows;
		if (!dispute_page_unit_all(ctx,
					   &(struct dispute_page_unit_in){ .unit_id = { unit.v },
									   .before = from,
									   .max = (int64_t)max },
					   max, &rows, count, err))
			return false;
		for (size_t i = 0; i < *count; i++) {
			(*out)[i] = DISPUTE_FROM(rows[i]);
			(void)dispute_route_from(rows[i].route, &(*out)[i].route);
			if (rows[i].outcome.known)
				(void)dispute_outcome_from(rows[i].outcome.v, &(*out)[i].outcome);
		}
		return true;
	}
	struct dispute_page_all_row *rows;
	if (!dispute_page_all_all(
		    ctx, &(struct dispute_page_all_in){ .before = from, .max = (int64_t)max }, max,
		    &rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = DISPUTE_FROM(rows[i]);
		(void)dispute_route_from(rows[i].route, &(*out)[i].route);
		if (rows[i].outcome.known)
			(void)dispute_outcome_from(rows[i].outcome.v, &(*out)[i].outcome);
	}
	return true;
}
