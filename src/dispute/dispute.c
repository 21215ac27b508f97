/*
 * dispute.c - proceedings: opening and finding them, and the words decisions use.
 */
#include "dispute/dossier_work.h"

#include "dispute_sql.h"

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

static const struct word nexts[] = {
	[DISPUTE_NEXT_NONE] = { "", STR_INIT("") },
	[DISPUTE_NEXT_ANSWER] = { "answer", STR_INIT("提交答复、答辩") },
	[DISPUTE_NEXT_HEARING] = { "hearing", STR_INIT("开庭、听证") },
	[DISPUTE_NEXT_REDO] = { "redo", STR_INIT("重新答复") },
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

struct str dispute_next_code(enum dispute_next n)
{
	return str_from_c(nexts[n].code);
}

struct str dispute_next_label(enum dispute_next n)
{
	return nexts[n].label;
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

static bool case_no_ok(struct str case_no, struct err *err)
{
	return (case_no.len > 0 && case_no.len <= DISPUTE_CASE_NO_BYTES) ||
	       err_set_field(err, "case_no", ERR_INVALID, "dispute.no_case_no", " ");
}

static bool check_open(struct ctx *ctx, const struct dispute_open *in, struct err *err)
{
	struct dispute taken;
	bool found;

	if (!case_no_ok(in->case_no, err) ||
	    !dossier_day(ctx, "accepted_on", in->accepted_on, err) ||
	    !dispute_by_case_no(ctx, in->route, in->case_no, &taken, &found, err))
		return false;
	return !found || err_set_field(err, "case_no", ERR_CONFLICT, "dispute.case_taken", STR_FMT,
				       STR_ARG(in->case_no));
}

static bool note_opening(struct ctx *ctx, int64_t id, const struct dispute_open *in, int64_t *seq,
			 struct err *err)
{
	struct ledger_change changes[] = {
		{ "route", STR_NONE, dispute_route_code(in->route) },
		{ "case_no", STR_NONE, in->case_no },
		{ "accepted_on", STR_NONE, date_iso(ctx->arena, in->accepted_on) },
		{ "earlier", STR_NONE,
		  str_format(ctx->arena, "%lld", (long long)in->earlier.v) },
	};
	struct ledger_event event = { .subject_kind = "dispute",
				      .subject_id = id,
				      .verb = "dispute.open",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) -
						       (in->earlier.known ? 0 : 1) };

	return ledger_append(ctx, &event, seq, err);
}

static bool check_earlier(struct ctx *ctx, const struct dispute_open *in, struct err *err)
{
	struct dispute other;

	if (!in->earlier.known)
		return true;
	if (!dispute_find(ctx, (struct dispute_id){ in->earlier.v }, &other, err))
		return false;
	return (in->route == DISPUTE_LITIGATION_AFTER &&
		other.route == DISPUTE_RECONSIDERATION && other.unit.n == in->unit.n &&
		!other.voided) ||
	       err_set_field(err, "earlier", ERR_INVALID, "dispute.no_earlier", STR_FMT,
			     STR_ARG(other.case_no));
}

bool dispute_open(struct ctx *ctx, const struct dispute_open *in, struct dispute_id *id,
		  struct err *err)
{
	struct dispute_insert_row row;
	struct unit unit;
	bool found;
	int64_t seq;

	if (!check_open(ctx, in, err) || !check_earlier(ctx, in, err) ||
	    !agency_unit(ctx, in->unit, &unit, err))
		return false;
	struct dispute_insert_in insert = { .unit_id = in->unit,
					    .request_id = in->request,
					    .route = dispute_route_code(in->route),
					    .case_no = in->case_no,
					    .organ = in->organ,
					    .accepted_on = in->accepted_on,
					    .accepted_year = date_year(in->accepted_on),
					    .earlier_id = in->earlier };
	if (!dispute_insert(ctx, &insert, &row, &found, err) ||
	    !note_opening(ctx, row.id.n, in, &seq, err) ||
	    !dispute_set_seq(ctx, &(struct dispute_set_seq_in){ .id = row.id, .changed_seq = seq },
			     NULL, err))
		return false;
	*id = row.id;
	return true;
}

/* ---- finding */

static enum dispute_next next_from(struct opt_str code)
{
	for (size_t i = 1; code.known && i < COUNT_OF(nexts); i++)
		if (str_equal_c(code.v, nexts[i].code))
			return (enum dispute_next)i;
	return DISPUTE_NEXT_NONE;
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
				 .concluded_on = row.concluded_on,
				 .simplified = row.simplified,
				 .earlier = row.earlier_id,
				 .received_on = row.received_on,
				 .answer_due = row.answer_due_on,
				 .answered_on = row.answered_on,
				 .redo = row.redo,
				 .redo_until = row.redo_until,
				 .redo_reply = row.redo_reply_id,
				 .redo_done = row.redo_done,
				 .voided = row.voided,
				 .next = next_from(row.next_what),
				 .next_on = row.next_on,
				 .erased_at = row.erased_at,
				 .version = row.version,
				 .changed_seq = row.changed_seq };
	/* The columns' CHECKs allow these codes only. */
	(void)dispute_route_from(row.route, &out->route);
	if (row.outcome.known)
		(void)dispute_outcome_from(row.outcome.v, &out->outcome);
	if (out->next == DISPUTE_NEXT_REDO && out->redo_done)
		out->next = DISPUTE_NEXT_NONE;
	if (out->next == DISPUTE_NEXT_NONE || date_compare(out->next_on.v, dossier_no_day()) == 0)
		out->next_on.known = false;
	return true;
}

bool dispute_by_case_no(struct ctx *ctx, enum dispute_route route, struct str case_no,
			struct dispute *out, bool *found, struct err *err)
{
	struct dispute_id_by_case_in in = { .route = dispute_route_code(route),
					    .case_no = case_no };
	struct dispute_id_by_case_row row;

	return dispute_id_by_case(ctx, &in, &row, found, err) &&
	       (!*found || dispute_find(ctx, row.id, out, err));
}

bool dispute_of_request(struct ctx *ctx, struct request_id request, struct dispute **out,
			size_t *count, struct err *err)
{
	enum { OF_REQUEST_MAX = 100 };
	struct dispute_ids_of_request_in in = { .request_id = request.n };
	struct dispute_ids_of_request_row *rows;

	if (!dispute_ids_of_request_all(ctx, &in, OF_REQUEST_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct dispute);
	for (size_t i = 0; i < *count; i++)
		if (!dispute_find(ctx, rows[i].id, &(*out)[i], err))
			return false;
	return true;
}
