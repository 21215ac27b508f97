/*
 * report_verbs.c - what people do with a report.
 */
#include "report/inside.h"
#include "report_sql.h"

#include "account/permission.h"
#include "base/digest.h"
#include "ledger/ledger.h"

#include <assert.h>

enum { FIRST_YEAR = 2019, REASON_MAX = 2000 };

/* state × verb; the tests walk it whole */
static const bool allowed[REPORT_STATE_COUNT][REPORT_VERB_COUNT] = {
	[REPORT_DRAFT] = { [REPORT_EDIT] = true, [REPORT_CHECK] = true, [REPORT_WAIVE] = true },
	[REPORT_CHECKED] = { [REPORT_EDIT] = true, [REPORT_CHECK] = true, [REPORT_WAIVE] = true,
			     [REPORT_APPROVE] = true, [REPORT_RETURN] = true },
	[REPORT_APPROVED] = { [REPORT_RETURN] = true, [REPORT_PUBLISH] = true },
	[REPORT_PUBLISHED] = { [REPORT_ERRATUM] = true },
};
static const struct str verb_labels[REPORT_VERB_COUNT] = {
	[REPORT_EDIT] = STR_INIT("修改"), [REPORT_CHECK] = STR_INIT("核查"),
	[REPORT_WAIVE] = STR_INIT("说明理由"), [REPORT_APPROVE] = STR_INIT("审定"),
	[REPORT_RETURN] = STR_INIT("退回"), [REPORT_PUBLISH] = STR_INIT("发布"),
	[REPORT_ERRATUM] = STR_INIT("更正"),
};

bool report_allows(enum report_state state, enum report_verb verb)
{
	return allowed[state][verb];
}

static bool own_unit(const struct ctx *ctx, struct unit_id unit, struct err *err)
{
	const struct actor *who = &ctx->actor;

	if (str_equal(who->role, STR("system")) || who->unit_id == unit.n ||
	    (who->permissions & PERM_BIT(PERM_SITE_READ)) != 0)
		return true;
	return err_set(err, ERR_FORBIDDEN, "report.other_unit", " ");
}

static bool begin(struct ctx *ctx, struct report_id id, int64_t version, enum report_verb verb,
		  struct report *r, struct err *err)
{
	if (!report_find(ctx, id, r, err) || !own_unit(ctx, r->unit, err))
		return false;
	struct str state = report_state_label(r->state);
	if (!allowed[r->state][verb])
		return err_set(err, ERR_CONFLICT, "report.not_allowed", STR_FMT "|" STR_FMT,
			       STR_ARG(state), STR_ARG(verb_labels[verb]));
	return r->version == version || err_set(err, ERR_CONFLICT, "report.changed", " ");
}

static bool was_current(int64_t changed, struct err *err)
{
	return changed == 1 || err_set(err, ERR_CONFLICT, "report.changed", " ");
}

static bool advance(struct ctx *ctx, const struct report *r, enum report_state state,
		    int64_t edited_by, struct err *err)
{
	int64_t changed;
	struct report_advance_in in = { .id = r->id, .old_version = r->version,
					.state = report_state_code(state), .edited_by = edited_by };

	return report_advance(ctx, &in, &changed, err) && was_current(changed, err);
}

static bool note(struct ctx *ctx, struct report_id id, const char *verb,
		 const struct ledger_change *changes, size_t count, struct str reason,
		 struct err *err)
{
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "report",
						     .subject_id = id.n,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = count,
						     .reason = reason },
			     &seq, err);
}

static bool note_state(struct ctx *ctx, const struct report *r, const char *verb,
		       enum report_state to, struct str reason, struct err *err)
{
	struct ledger_change change = { "state", report_state_code(r->state),
					report_state_code(to) };

	return note(ctx, r->id, verb, &change, 1, reason, err);
}

static bool good_reason(struct str *reason, struct err *err)
{
	*reason = str_trim(*reason);
	return (reason->len > 0 && reason->len <= REASON_MAX) ||
	       err_set_field(err, "reason", ERR_INVALID, "report.no_reason", "%d", REASON_MAX);
}

/* ---- start and edit */

static bool write_part(struct ctx *ctx, struct report_id id, int part, int64_t version,
		       struct str text, struct err *err)
{
	struct report_part_insert_in in = { .report_id = id, .part = part, .version = version,
					    .text = text, .edited_by = ctx->actor.account_id,
					    .edited_at = ctx->now };

	return report_part_insert(ctx, &in, NULL, err);
}

static bool may_start(struct ctx *ctx, const struct unit *u, int year, struct err *err)
{
	struct report there;
	bool found;

	/* Before 2019 there was another form; the year to come has nothing to report. */
	if (year < FIRST_YEAR || year > date_year(ctx->today))
		return err_set_field(err, "year", ERR_INVALID, "report.bad_year", "%d|%d|%d", year,
				     FIRST_YEAR, date_year(ctx->today));
	if (u->parent.known && !u->reports)
		return err_set_field(err, "unit", ERR_INVALID, "report.not_reporting", STR_FMT,
				     STR_ARG(u->name));
	if (!report_of(ctx, u->id, year, &there, &found, err))
		return false;
	return !found || err_set_field(err, "unit", ERR_CONFLICT, "report.exists", STR_FMT "|%d",
				       STR_ARG(u->name), year);
}

bool report_start(struct ctx *ctx, struct unit_id unit, int year, struct report_id *id,
		  struct err *err)
{
	struct unit u;
	struct str parts[REPORT_PARTS];
	struct report_insert_row row;
	bool found;
	enum form_kind form = form_of_year(year);

	if (!agency_unit(ctx, unit, &u, err) || !own_unit(ctx, unit, err) ||
	    !may_start(ctx, &u, year, err) || !load_default_words(ctx, form, parts, err))
		return false;
	struct report_insert_in in = { .unit_id = unit,
				       .year = year,
				       .form = report_form_code(form),
				       .rolls_up = !u.parent.known,
				       .edited_by = ctx->actor.account_id };
	if (!report_insert(ctx, &in, &row, &found, err))
		return false;
	for (int p = 0; p < REPORT_PARTS; p++)
		if (!write_part(ctx, row.id, p + 1, 1, parts[p], err))
			return false;
	struct ledger_change changes[] = { { "unit", STR_NONE, u.code },
					   { "year", STR_NONE, str_format(ctx->arena, "%d", year) },
					   { "form", STR_NONE, in.form } };
	if (!note(ctx, row.id, "report.start", changes, COUNT_OF(changes), STR_NONE, err))
		return false;
	*id = row.id;
	return true;
}

static struct str fingerprint(struct ctx *ctx, struct str text)
{
	return digest_hex(ctx->arena, digest_of(DIGEST_SHA256, text));
}

/* Writes the parts that differ. The ledger is bound to the words by their digests. */
static bool write_parts(struct ctx *ctx, const struct report *r, const struct str *texts,
			const bool *given, struct err *err)
{
	static const char *const fields[REPORT_PARTS] = { "part1", "part2", "part3",
							  "part4", "part5", "part6" };
	struct report_part_last_row *last;
	size_t count, n = 0;
	struct ledger_change changes[REPORT_PARTS];

	if (!report_part_last_all(ctx, &(struct report_part_last_in){ .report_id = r->id },
				  REPORT_PARTS, &last, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t p = (size_t)last[i].part - 1;
		struct narrative tree;
		if (!given[p] || str_equal(texts[p], last[i].text))
			continue;
		if (!narrative_parse(ctx->arena, texts[p], &tree, err)) {
			err->field = "text";
			return false;
		}
		if (!write_part(ctx, r->id, (int)p + 1, last[i].version + 1, texts[p], err))
			return false;
		changes[n++] = (struct ledger_change){ fields[p], fingerprint(ctx, last[i].text),
						       fingerprint(ctx, texts[p]) };
	}
	return advance(ctx, r, REPORT_DRAFT, ctx->actor.account_id, err) &&
	       note(ctx, r->id, "report.edit", changes, n, STR_NONE, err);
}

bool report_edit_part(struct ctx *ctx, struct report_id id, int64_t version, int part,
		      struct str text, struct err *err)
{
	struct report r;
	struct str texts[REPORT_PARTS] = { 0 };
	bool given[REPORT_PARTS] = { false };

	assert(part >= 1 && part <= REPORT_PARTS);
	texts[part - 1] = text;
	given[part - 1] = true;
	return begin(ctx, id, version, REPORT_EDIT, &r, err) &&
	       write_parts(ctx, &r, texts, given, err);
}

bool report_edit_whole(struct ctx *ctx, struct report_id id, int64_t version, struct str whole,
		       struct err *err)
{
	struct report r;
	struct str texts[REPORT_PARTS];
	static const bool given[REPORT_PARTS] = { true, true, true, true, true, true };

	return begin(ctx, id, version, REPORT_EDIT, &r, err) &&
	       narrative_split(ctx->arena, whole, texts, err) &&
	       write_parts(ctx, &r, texts, given, err);
}

/* ---- check and answer */

bool report_check(struct ctx *ctx, struct report_id id, int64_t version,
		  struct report_findings *out, struct err *err)
{
	struct report r;

	if (!begin(ctx, id, version, REPORT_CHECK, &r, err) || !report_look(ctx, &r, out, err))
		return false;
	enum report_state to = report_blocked(out) ? REPORT_DRAFT : REPORT_CHECKED;
	return advance(ctx, &r, to, r.edited_by, err) &&
	       note_state(ctx, &r, "report.check", to, STR_NONE, err);
}

bool report_waive(struct ctx *ctx, struct report_id id, int64_t version, struct str finding,
		  struct str reason, struct err *err)
{
	struct report r;
	struct report_findings found;
	bool there = false;

	if (!begin(ctx, id, version, REPORT_WAIVE, &r, err) || !good_reason(&reason, err) ||
	    !report_look(ctx, &r, &found, err))
		return false;
	for (size_t i = 0; i < found.count; i++)
		there = there || (found.rows[i].waivable && str_equal(found.rows[i].key, finding));
	if (!there)
		return err_set(err, ERR_NOT_FOUND, "report.no_finding", " ");
	struct report_waiver_write_in in = { .report_id = id, .finding = finding, .reason = reason,
					     .waived_by = ctx->actor.account_id,
					     .waived_at = ctx->now };
	struct ledger_change change = { "finding", STR_NONE, finding };
	/* Who answers has a hand in the report, and does not approve it. */
	return report_waiver_write(ctx, &in, NULL, err) &&
	       advance(ctx, &r, r.state, ctx->actor.account_id, err) &&
	       note(ctx, id, "report.waive", &change, 1, reason, err);
}

/* ---- approve and return */

static bool freeze_tables(struct ctx *ctx, const struct report *r, struct str kind,
			  const struct report_tables *t, struct err *err)
{
	size_t count;
	struct str *keys = tables_keys(ctx->arena, t->form, &count);

	for (size_t i = 0; i < count; i++) {
		struct report_figure_insert_in in = { .report_id = r->id,
						      .kind = kind,
						      .cell = keys[i] };
		(void)tables_get(t, keys[i], &in.hundredths); /* keys of the form itself */
		if (!report_figure_insert(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

static bool freeze_unit(struct ctx *ctx, const struct report *r, const struct unit_tables *u,
			struct err *err)
{
	size_t count;
	struct str *keys = tables_keys(ctx->arena, r->form, &count);
	struct report_source_insert_in source = { .report_id = r->id, .unit_id = u->unit.id,
						  .from_report_id = u->from_report };

	if (!report_source_insert(ctx, &source, NULL, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct opt_int v = { false, 0 };
		(void)tables_get(&u->tables, keys[i], &v);
		struct report_merged_insert_in in = { .report_id = r->id, .cell = keys[i],
						      .unit_id = u->unit.id, .hundredths = v.v };
		if (v.known && v.v != 0 && !report_merged_insert(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

/* The tables to be frozen; of the government's report with its units. */
static bool count_to_freeze(struct ctx *ctx, const struct report *r, struct report_tables *tables,
			    struct err *err)
{
	struct unit_tables *units;
	size_t count;

	if (!r->rolls_up)
		return count_unit(ctx, r->unit, r->year, 0, tables, err);
	if (!count_merged(ctx, r->year, 0, tables, &units, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!freeze_unit(ctx, r, &units[i], err))
			return false;
	return true;
}

static bool freeze_rest(struct ctx *ctx, const struct report *r, const struct report_tables *last,
			struct err *err)
{
	struct str *notes;
	size_t count;

	if (last != NULL && !freeze_tables(ctx, r, STR("last"), last, err))
		return false;
	if (!load_notes(ctx, r, &notes, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct report_note_insert_in in = { .report_id = r->id, .position = (int64_t)i,
						    .text = notes[i] };
		if (!report_note_insert(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

static bool may_approve(struct ctx *ctx, const struct report *r, struct err *err)
{
	if (r->edited_by == ctx->actor.account_id)
		return err_set(err, ERR_FORBIDDEN, "report.same_person", " ");
	if (date_year(ctx->today) <= r->year)
		return err_set(err, ERR_CONFLICT, "report.year_not_over", "%d", r->year);
	return true;
}

static bool freeze(struct ctx *ctx, const struct report *r, const struct report_tables *tables,
		   int64_t position, struct str code, struct err *err)
{
	struct report_names names;
	struct report_tables last;
	bool found;
	int64_t changed;

	if (!load_names(ctx, r, &names, err) || !report_last_year(ctx, r, &last, &found, err) ||
	    !freeze_tables(ctx, r, STR("this"), tables, err) ||
	    !freeze_rest(ctx, r, found ? &last : NULL, err))
		return false;
	struct report_freeze_in in = { .id = r->id, .old_version = r->version,
				       .approved_by = ctx->actor.account_id,
				       .approved_on = ctx->today, .frozen_seq = position,
				       .unit_name = names.unit_name,
				       .unit_short_name = names.unit_short_name,
				       .office_name = names.office_name, .contact = names.contact,
				       .check_code = code };
	return report_freeze(ctx, &in, &changed, err) && was_current(changed, err);
}

bool report_approve(struct ctx *ctx, struct report_id id, int64_t version, struct err *err)
{
	struct report r;
	struct report_tables tables;
	struct report_findings found;
	struct str words[REPORT_PARTS];
	int64_t position;

	if (!begin(ctx, id, version, REPORT_APPROVE, &r, err) || !may_approve(ctx, &r, err) ||
	    !ledger_position(ctx, &position, err) || !count_to_freeze(ctx, &r, &tables, err) ||
	    !report_words(ctx, id, words, err) || !look_at(ctx, &r, &tables, words, &found, err))
		return false;
	if (report_blocked(&found)) /* a record changed since the check */
		return err_set(err, ERR_CONFLICT, "report.blocked", " ");
	struct str code = tables_code(ctx->arena, &tables);
	if (!freeze(ctx, &r, &tables, position, code, err))
		return false;
	struct ledger_change changes[] = {
		{ "state", report_state_code(r.state), report_state_code(REPORT_APPROVED) },
		{ "check_code", STR_NONE, code },
		{ "ledger_position", STR_NONE,
		  str_format(ctx->arena, "%lld", (long long)position) },
	};
	return note(ctx, id, "report.approve", changes, COUNT_OF(changes), STR_NONE, err);
}

static bool thaw(struct ctx *ctx, const struct report *r, struct err *err)
{
	int64_t changed;

	return report_figure_delete(ctx, &(struct report_figure_delete_in){ .report_id = r->id },
				    NULL, err) &&
	       report_note_delete(ctx, &(struct report_note_delete_in){ .report_id = r->id }, NULL,
				  err) &&
	       report_source_delete(ctx, &(struct report_source_delete_in){ .report_id = r->id },
				    NULL, err) &&
	       report_merged_delete(ctx, &(struct report_merged_delete_in){ .report_id = r->id },
				    NULL, err) &&
	       report_thaw(ctx, &(struct report_thaw_in){ .id = r->id, .old_version = r->version },
			   &changed, err) &&
	       was_current(changed, err);
}

bool report_return(struct ctx *ctx, struct report_id id, int64_t version, struct str reason,
		   struct err *err)
{
	struct report r;

	return begin(ctx, id, version, REPORT_RETURN, &r, err) && good_reason(&reason, err) &&
	       thaw(ctx, &r, err) &&
	       note_state(ctx, &r, "report.return", REPORT_DRAFT, reason, err);
}

/* ---- publish and correct */

bool report_publish(struct ctx *ctx, struct report_id id, int64_t version, struct err *err)
{
	struct report r;
	struct report_tables tables;
	int64_t changed;

	if (!begin(ctx, id, version, REPORT_PUBLISH, &r, err) ||
	    !store_tables(ctx, &r, FROZEN_AS_APPROVED, &tables, err))
		return false;
	struct str code = tables_code(ctx->arena, &tables);
	if (!str_equal(code, r.check_code))
		return err_set(err, ERR_INTERNAL, "report.code_broken", STR_FMT "|" STR_FMT,
			       STR_ARG(r.check_code), STR_ARG(code));
	struct report_publish_write_in in = { .id = id, .old_version = r.version,
					      .published_on = ctx->today };
	return report_publish_write(ctx, &in, &changed, err) && was_current(changed, err) &&
	       note_state(ctx, &r, "report.publish", REPORT_PUBLISHED, STR_NONE, err);
}

static bool correct(struct ctx *ctx, struct report_tables *t, const struct report_correction *c,
		    struct err *err)
{
	struct str label = tables_label(ctx->arena, t->form, c->cell);
	bool may_fall = str_ends(c->cell, STR(".items_change"));

	if (label.len == 0 || !tables_set(t, c->cell, c->hundredths))
		return err_set_field(err, "cell", ERR_INVALID, "report.no_cell", STR_FMT,
				     STR_ARG(c->cell));
	bool amount = str_ends(c->cell, STR(".amount_wan_yuan")) ||
		      str_equal(c->cell, STR("fee.charged")) || str_equal(c->cell, STR("fee.paid"));
	if ((c->hundredths < 0 && !may_fall) || (c->hundredths % 100 != 0 && !amount))
		return err_set_field(err, "value", ERR_INVALID, "report.bad_value", STR_FMT,
				     STR_ARG(label));
	return true;
}

static bool still_sums(struct ctx *ctx, const struct report_tables *t, struct err *err)
{
	struct cross_foot *rows;
	size_t count;

	if (statistics_cross_foot(ctx->arena, &t->t3, &t->t4, &rows, &count))
		return true;
	for (size_t i = 0; i < count; i++)
		if (!rows[i].holds)
			return err_set_field(err, "value", ERR_INVALID, "report.breaks_sum",
					     STR_FMT "|" STR_FMT "|%lld|" STR_FMT "|%lld",
					     STR_ARG(rows[i].where), STR_ARG(rows[i].left_text),
					     (long long)rows[i].left, STR_ARG(rows[i].right_text),
					     (long long)rows[i].right);
	return true;
}

static bool write_erratum(struct ctx *ctx, const struct report *r, int number, struct str reason,
			  const struct table_change *changes, size_t count, struct err *err)
{
	struct report_erratum_insert_in in = { .report_id = r->id, .number = number,
					       .corrected_on = ctx->today, .reason = reason,
					       .made_by = ctx->actor.account_id };
	struct report_erratum_insert_row row;
	struct ledger_change *events = ARENA_ARRAY(ctx->arena, count, struct ledger_change);
	bool found;

	if (!report_erratum_insert(ctx, &in, &row, &found, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct report_erratum_figure_insert_in cell = { .erratum_id = row.id,
								.cell = changes[i].key,
								.value_before = changes[i].before,
								.value_after = changes[i].after };
		if (!report_erratum_figure_insert(ctx, &cell, NULL, err))
			return false;
		struct str before = STR_NONE;
		if (changes[i].before.known)
			before = figure_print(ctx->arena, changes[i].before.v);
		events[i] = (struct ledger_change){ str_to_c(ctx->arena, changes[i].key), before,
						    figure_print(ctx->arena, changes[i].after.v) };
	}
	return note(ctx, r->id, "report.erratum", events, count, reason, err);
}

bool report_erratum(struct ctx *ctx, struct report_id id, int64_t version,
		    const struct report_correction *corrections, size_t count, struct str reason,
		    int *number, struct err *err)
{
	struct report r;
	struct report_tables before, after;
	struct report_erratum *earlier;
	size_t earlier_count, changes_count;
	int64_t changed;

	if (!begin(ctx, id, version, REPORT_ERRATUM, &r, err) || !good_reason(&reason, err) ||
	    !store_tables(ctx, &r, FROZEN_CORRECTED, &before, err) ||
	    !store_errata(ctx, &r, &earlier, &earlier_count, err))
		return false;
	after = before;
	for (size_t i = 0; i < count; i++)
		if (!correct(ctx, &after, &corrections[i], err))
			return false;
	tables_recompute(&after);
	struct table_change *changes = tables_diff(ctx->arena, &before, &after, &changes_count);
	if (changes_count == 0)
		return err_set_field(err, "value", ERR_INVALID, "report.nothing_changed", " ");
	if (!still_sums(ctx, &after, err) ||
	    !write_erratum(ctx, &r, (int)earlier_count + 1, reason, changes, changes_count, err))
		return false;
	struct report_recode_in in = { .id = id, .old_version = r.version,
				       .check_code = tables_code(ctx->arena, &after) };
	*number = (int)earlier_count + 1;
	return report_recode(ctx, &in, &changed, err) && was_current(changed, err);
}
