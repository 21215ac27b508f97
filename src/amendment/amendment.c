/*
 * amendment.c - registering, finding and following an application to correct a record.
 */
#include "amendment/amendment.h"

#include "amendment_sql.h"
#include "base/rand.h"
#include "base/vault.h"
#include "calendar/calendar.h"
#include "ledger/ledger.h"
#include "text/normalise.h"

#include <assert.h>

enum { SALT_BYTES = 16, CODE_LETTERS = 16, CODE_GROUP = 4 };

static const struct { const char *code; struct str label; } states[] = {
	[AMENDMENT_OPEN] = { "open", STR_INIT("审核中") },
	[AMENDMENT_DRAFTED] = { "drafted", STR_INIT("待签发") },
	[AMENDMENT_DECIDED] = { "decided", STR_INIT("待送达") },
	[AMENDMENT_CLOSED] = { "closed", STR_INIT("已办结") },
};
static const struct { const char *code; struct str label; } results[] = {
	[AMENDMENT_UNDECIDED] = { "", STR_INIT("") },
	[AMENDMENT_CORRECTED] = { "corrected", STR_INIT("审核属实，予以更正") },
	[AMENDMENT_REFUSED] = { "refused", STR_INIT("审核不属实，不予更正") },
	[AMENDMENT_TRANSFERRED] = { "transferred", STR_INIT("转送有权更正的机关") },
	[AMENDMENT_REFERRED] = { "referred", STR_INIT("告知向有权更正的机关提出") },
	[AMENDMENT_WITHDRAWN] = { "withdrawn", STR_INIT("申请人撤回") },
};

struct str amendment_state_label(enum amendment_state s)
{
	return states[s].label;
}

struct str amendment_state_code(enum amendment_state s)
{
	return str_from_c(states[s].code);
}

struct str amendment_result_label(enum amendment_result r)
{
	return results[r].label;
}

struct str amendment_result_code(enum amendment_result r)
{
	return str_from_c(results[r].code);
}

bool amendment_result_from(struct str code, enum amendment_result *out)
{
	for (int r = 0; r < AMENDMENT_RESULT_COUNT; r++)
		if (str_equal_c(code, results[r].code)) {
			*out = (enum amendment_result)r;
			return true;
		}
	return false;
}

static bool state_from(struct str code, enum amendment_state *out)
{
	for (int s = 0; s < AMENDMENT_STATE_COUNT; s++)
		if (str_equal_c(code, states[s].code)) {
			*out = (enum amendment_state)s;
			return true;
		}
	return false;
}

/* ---- registering */

static bool check_text(const char *field, struct str *text, struct err *err)
{
	*text = str_trim(*text);
	if (text->len == 0)
		return err_set_field(err, field, ERR_INVALID, "amendment.needed", " ");
	return text->len <= AMENDMENT_TEXT_BYTES ||
	       err_set_field(err, field, ERR_INVALID, "amendment.too_long", "%d",
			     AMENDMENT_TEXT_BYTES);
}

static bool next_number(struct ctx *ctx, struct unit_id unit, struct str *number, struct err *err)
{
	int year = date_year(ctx->today);
	struct amendment_count_in in = { .unit_id = unit, .year = year };
	struct amendment_count_row row;
	struct unit of;
	bool found;

	if (!agency_unit(ctx, unit, &of, err) || !amendment_count(ctx, &in, &row, &found, err))
		return false;
	assert(found);
	*number = str_format(ctx->arena, STR_FMT "-GZ-%d-%04lld", STR_ARG(of.code), year,
			     (long long)row.last);
	return true;
}

/* Past the published calendar nothing is counted. */
static bool due_of(struct ctx *ctx, const struct amendment_new *in, struct opt_date *due,
		   struct err *err)
{
	const struct workday_calendar *calendar;
	struct err why = { 0 };
	int days;

	*due = (struct opt_date){ 0 };
	if (!amendment_days_of(ctx, in->unit, &days, err) ||
	    !calendar_current(ctx, &calendar, err))
		return false;
	due->known = workday_due(calendar, in->received_on, days, &due->v, &why);
	if (due->known || why.code == ERR_LIMIT)
		return true;
	*err = why;
	return false;
}

static bool note_new(struct ctx *ctx, struct amendment_id id, const struct amendment_insert_in *row,
		     struct err *err)
{
	struct str words = str_format(ctx->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT,
				      STR_ARG(row->record), STR_ARG(row->wrong),
				      STR_ARG(row->evidence));
	struct ledger_change changes[] = {
		{ "number", STR_NONE, row->number },
		{ "unit", STR_NONE, str_format(ctx->arena, "%lld", (long long)row->unit_id.n) },
		{ "channel", STR_NONE, row->channel },
		{ "received_on", STR_NONE, date_iso(ctx->arena, row->received_on) },
		{ "content_commitment", STR_NONE, ledger_commit(ctx->arena, row->salt, words) },
	};
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "amendment",
						     .subject_id = id.n,
						     .verb = "amendment.register",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

static bool of_form(struct ctx *ctx, struct str form_id, struct amendment_id *id, bool *found,
		    struct err *err)
{
	struct amendment_by_form_row row;

	*found = false;
	if (form_id.len == 0)
		return true;
	if (!amendment_by_form(ctx, &(struct amendment_by_form_in){ .form_id = form_id }, &row,
			       found, err))
		return false;
	if (*found)
		*id = row.id;
	return true;
}

bool amendment_register(struct ctx *ctx, const struct amendment_new *given,
			struct amendment_id *id, struct err *err)
{
	struct amendment_new in = *given;
	struct amendment_insert_in row;
	struct amendment_insert_row made;
	struct opt_date due;
	struct str number;
	bool found;
	int64_t seq;

	assert(in.applicant.n != 0);
	if (!check_text("record", &in.record, err) || !check_text("wrong", &in.wrong, err) ||
	    !check_text("evidence", &in.evidence, err))
		return false;
	if (date_compare(in.received_on, ctx->today) > 0)
		return err_set_field(err, "received_on", ERR_INVALID, "amendment.in_future",
				     STR_FMT, STR_ARG(date_iso(ctx->arena, in.received_on)));
	/* The ledger is held first, so that two of the same form come one after the other. */
	if (!ledger_upcoming(ctx, &seq, err) || !of_form(ctx, in.form_id, id, &found, err))
		return false;
	if (found)
		return true;
	if (!due_of(ctx, &in, &due, err) || !next_number(ctx, in.unit, &number, err))
		return false;
	row = (struct amendment_insert_in){ .number = number, .unit_id = in.unit,
					    .channel = channel_code(in.channel),
					    .applicant_id = in.applicant,
					    .received_on = in.received_on, .due_on = due,
					    .record = in.record, .wrong = in.wrong,
					    .evidence = in.evidence,
					    .salt = random_hex(ctx->arena, SALT_BYTES),
					    .origin_id = in.origin,
					    .form_id = { in.form_id.len > 0, in.form_id } };
	if (!amendment_insert(ctx, &row, &made, &found, err) || !note_new(ctx, made.id, &row, err))
		return false;
	*id = made.id;
	return true;
}

/* ---- the query code */

static struct str hash_of(struct ctx *ctx, struct str number, struct str code)
{
	struct str wide = normalise_width(ctx->arena, code);
	char *out = arena_alloc(ctx->arena, wide.len);
	size_t n = 0;

	for (size_t i = 0; i < wide.len; i++) {
		char c = wide.ptr[i];
		if (c != ' ' && c != '-' && c != '\t')
			out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	return vault_index(ctx->vault, ctx->arena, STR("amendment code"),
			   str_format(ctx->arena, STR_FMT "\n" STR_FMT, STR_ARG(str_trim(number)),
				      STR_ARG(((struct str){ out, n }))));
}

bool amendment_code_make(struct ctx *ctx, struct amendment_id id, struct str *code,
			 struct err *err)
{
	struct ledger_event event = { .subject_kind = "amendment", .subject_id = id.n,
				      .verb = "amendment.code" };
	struct amendment a;
	struct str out = STR_NONE;
	int64_t seq;

	if (!vault_needed(ctx->vault, err) || !amendment_find(ctx, id, &a, err))
		return false;
	struct str letters = random_code(ctx->arena, CODE_LETTERS);
	for (size_t i = 0; i < letters.len; i += CODE_GROUP)
		out = str_format(ctx->arena, STR_FMT "%s" STR_FMT, STR_ARG(out), i > 0 ? "-" : "",
				 STR_ARG(str_slice(letters, i, i + CODE_GROUP)));
	struct amendment_set_code_in in = { .id = id, .code_hash = hash_of(ctx, a.number, out) };
	if (!amendment_set_code(ctx, &in, NULL, err) || !ledger_append(ctx, &event, &seq, err))
		return false;
	*code = out;
	return true;
}

bool amendment_by_code(struct ctx *ctx, struct str number, struct str code, struct amendment *out,
		       bool *found, struct err *err)
{
	struct amendment_of_code_row row;

	if (!vault_needed(ctx->vault, err))
		return false;
	struct amendment_of_code_in in = { .code_hash = hash_of(ctx, number, code) };
	return amendment_of_code(ctx, &in, &row, found, err) &&
	       (!*found || amendment_find(ctx, row.id, out, err));
}

/* ---- reading */

bool amendment_find(struct ctx *ctx, struct amendment_id id, struct amendment *out,
		    struct err *err)
{
	struct amendment_by_id_row row;
	bool found;

	if (!amendment_by_id(ctx, &(struct amendment_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "amendment.none", "%lld", (long long)id.n);
	*out = (struct amendment){ .id = id, .number = row.number, .unit = row.unit_id,
				   .applicant = row.applicant_id, .received_on = row.received_on,
				   .due_on = row.due_on, .record = row.record, .wrong = row.wrong,
				   .evidence = row.evidence, .finding = row.finding,
				   .target = row.target, .target_unit = row.target_unit,
				   .origin = row.origin_id, .letter = row.letter_id,
				   .decided_on = row.decided_on, .closed_on = row.closed_on,
				   .erased_at = row.erased_at, .version = row.version };
	bool known = channel_from(row.channel, &out->channel) &&
		     state_from(row.state, &out->state) &&
		     amendment_result_from(row.result, &out->result);
	assert(known); /* the table checks them */
	(void)known;
	return true;
}

bool amendment_passed_on(struct ctx *ctx, const struct amendment *a, struct amendment *out,
			 bool *found, struct err *err)
{
	struct amendment_of_origin_in in = { .applicant_id = a->applicant, .origin_id = a->id.n };
	struct amendment_of_origin_row row;

	return amendment_of_origin(ctx, &in, &row, found, err) &&
	       (!*found || amendment_find(ctx, row.id, out, err));
}

static bool load_all(struct ctx *ctx, const struct amendment_id *ids, size_t count,
		     struct amendment **out, struct err *err)
{
	*out = ARENA_ARRAY(ctx->arena, count, struct amendment);
	for (size_t i = 0; i < count; i++)
		if (!amendment_find(ctx, ids[i], &(*out)[i], err))
			return false;
	return true;
}

bool amendment_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		    struct amendment **out, size_t *count, struct err *err)
{
	struct amendment_page_all_in all = { .before = before > 0 ? before : INT64_MAX,
					     .max = (int64_t)max };
	struct amendment_page_unit_in of = { .unit_id = { unit.v }, .before = all.before,
					     .max = all.max };
	struct amendment_page_all_row *rows;
	struct amendment_page_unit_row *unit_rows;
	struct amendment_id *ids = ARENA_ARRAY(ctx->arena, max, struct amendment_id);

	if (unit.known ? !amendment_page_unit_all(ctx, &of, max, &unit_rows, count, err) :
			 !amendment_page_all_all(ctx, &all, max, &rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		ids[i] = unit.known ? unit_rows[i].id : rows[i].id;
	return load_all(ctx, ids, *count, out, err);
}

/* ---- what a unit has settled */

bool amendment_days_of(struct ctx *ctx, struct unit_id unit, int *days, struct err *err)
{
	struct amendment_practice_of_in in = { .unit_id = unit };
	struct amendment_practice_of_row row;
	bool found;

	if (!amendment_practice_of(ctx, &in, &row, &found, err))
		return false;
	*days = found ? (int)row.days : AMENDMENT_DAYS;
	return true;
}

bool amendment_set_days(struct ctx *ctx, struct unit_id unit, int days, struct err *err)
{
	struct amendment_practice_put_in in = { .unit_id = unit, .days = days };
	struct ledger_change change = { "amendment_days", STR_NONE, STR_NONE };
	struct ledger_event event = { .subject_kind = "unit", .subject_id = unit.n,
				      .verb = "amendment.practice", .changes = &change,
				      .changes_count = 1 };
	int was;
	int64_t seq;

	if (days < 1 || days > AMENDMENT_DAYS_MAX)
		return err_set_field(err, "days", ERR_INVALID, "amendment.days", "%d",
				     AMENDMENT_DAYS_MAX);
	if (!amendment_days_of(ctx, unit, &was, err))
		return false;
	if (was == days)
		return true;
	change.before = str_format(ctx->arena, "%d", was);
	change.after = str_format(ctx->arena, "%d", days);
	return amendment_practice_put(ctx, &in, NULL, err) &&
	       ledger_append(ctx, &event, &seq, err);
}
