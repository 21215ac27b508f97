/* retention.c - finding what is due, and erasing it. */
#include "retention/retention.h"

#include "apply/follow.h"
#include "attachment/attachment.h"
#include "delivery/delivery.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "retention_sql.h"

#define ERASED "（已按保存期限删除）"
#define WHY "保存期限届满"

enum { CHUNK = 500, FILES_MAX = 2000 };

bool retention_years(struct ctx *ctx, int *years, struct err *err)
{
	struct retention_setting_row row;
	int64_t value = 0;
	bool found;

	if (!retention_setting(ctx, &row, &found, err))
		return false;
	if (found)
		(void)str_to_i64(row.value, &value);
	*years = (int)value;
	return true;
}

bool retention_settle(struct ctx *ctx, int years, struct err *err)
{
	struct ledger_change change = { "retention_years", STR_NONE, STR_NONE };
	struct ledger_event event = { .subject_kind = "site", .subject_id = 1,
				      .verb = "retention.settle", .changes = &change,
				      .changes_count = 1 };
	int was;
	int64_t seq;

	if (years < 0 || years > RETENTION_YEARS_MAX)
		return err_set_field(err, "years", ERR_INVALID, "retention.years", "%d",
				     RETENTION_YEARS_MAX);
	if (!retention_years(ctx, &was, err))
		return false;
	if (was == years)
		return true;
	change.before = str_format(ctx->arena, "%d", was);
	change.after = str_format(ctx->arena, "%d", years);
	struct retention_setting_write_in in = { .value = change.after };
	return retention_setting_write(ctx, &in, NULL, err) &&
	       ledger_append(ctx, &event, &seq, err);
}

/* ---- what is due */

/* The day itself; 29 February ends with 1 March. */
static struct date years_after(struct date day, int years)
{
	struct ymd at = date_split(day);

	if (at.month == 2 && at.day == 29)
		return date_plus(date_make(at.year + years, 2, 28), 1);
	return date_make(at.year + years, at.month, at.day);
}

/* Whichever ends later, the site's years or the archive's; false: kept for good. */
static bool due_of(const struct retention_candidates_row *row, int years, struct date *due)
{
	struct date from = row->filed_on.known ? row->filed_on.v : row->closed_on;

	if (row->years.known && row->years.v == 0)
		return false;
	int archive = row->years.known ? (int)row->years.v : 0;
	*due = years_after(from, archive > years ? archive : years);
	return true;
}

bool retention_due(struct ctx *ctx, struct request_id after, size_t max,
		   struct retention_case **out, size_t *count, struct err *err)
{
	struct retention_candidates_in in = { .after = after, .max = CHUNK };
	struct retention_candidates_row *rows;
	size_t found = CHUNK;
	int years;

	*count = 0;
	*out = ARENA_ARRAY(ctx->arena, max, struct retention_case);
	if (!retention_years(ctx, &years, err))
		return false;
	if (years == 0)
		return true;
	in.before = years_after(ctx->today, -years);
	while (found == CHUNK && *count < max) {
		if (!retention_candidates_all(ctx, &in, CHUNK, &rows, &found, err))
			return false;
		for (size_t i = 0; i < found && *count < max; i++) {
			struct date due;
			in.after = rows[i].id;
			if (!due_of(&rows[i], years, &due) || date_compare(due, ctx->today) > 0)
				continue;
			(*out)[(*count)++] = (struct retention_case){
				.id = rows[i].id,
				.number = rows[i].number,
				.unit = rows[i].unit_id,
				.applicant = { rows[i].applicant_id.v },
				.ended_on = rows[i].filed_on.known ? rows[i].filed_on.v :
								     rows[i].closed_on,
				.due_on = due,
			};
		}
	}
	return true;
}

/* ---- erasing one */

static bool erase_words(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct erase_request_in request = { .id = id, .content = STR(ERASED) };
	struct erase_whole_in whole = { .id = id, .content = STR(ERASED) };

	return erase_request(ctx, &request, NULL, err) && erase_whole(ctx, &whole, NULL, err) &&
	       erase_correction(ctx, &(struct erase_correction_in){ id }, NULL, err) &&
	       erase_explanation(ctx, &(struct erase_explanation_in){ id }, NULL, err) &&
	       erase_inquiries(ctx, &(struct erase_inquiries_in){ id }, NULL, err) &&
	       erase_items(ctx, &(struct erase_items_in){ id }, NULL, err) &&
	       erase_facts(ctx, &(struct erase_facts_in){ id }, NULL, err) &&
	       erase_answers(ctx, &(struct erase_answers_in){ id }, NULL, err) &&
	       erase_redactions(ctx, &(struct erase_redactions_in){ id }, NULL, err) &&
	       erase_opinions(ctx, &(struct erase_opinions_in){ id }, NULL, err) &&
	       erase_services(ctx, &(struct erase_services_in){ id }, NULL, err) &&
	       erase_notes(ctx, &(struct erase_notes_in){ id }, NULL, err) &&
	       erase_tasks(ctx, &(struct erase_tasks_in){ id }, NULL, err) &&
	       erase_orders(ctx, &(struct erase_orders_in){ id, STR(ERASED) }, NULL, err) &&
	       erase_replies(ctx, &(struct erase_replies_in){ id }, NULL, err) &&
	       erase_gates(ctx, &(struct erase_gates_in){ id }, NULL, err) &&
	       erase_code(ctx, &(struct erase_code_in){ id }, NULL, err);
}

static bool erase_enclosed(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct enclosures_of_in in = { id };
	struct enclosures_of_row *rows;
	size_t count;

	if (!enclosures_of_all(ctx, &in, FILES_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, rows[i].attachment_id, err))
			return false;
	return erase_enclosures(ctx, &(struct erase_enclosures_in){ id }, NULL, err);
}

static bool erase_papers(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "request", id.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return erase_enclosed(ctx, id, err) &&
	       letter_erase(ctx, "request", id.n, STR(ERASED), err) &&
	       delivery_erase(ctx, "request", id.n, STR(ERASED), err) &&
	       follow_erase(ctx, id, STR(ERASED), err);
}

static bool erase(struct ctx *ctx, const struct retention_case *c, struct err *err)
{
	struct retention_done_in done = { .request_id = c->id, .erased_at = ctx->now };
	struct ledger_event event = { .subject_kind = "request", .subject_id = c->id.n,
				      .verb = "request.erase", .reason = STR(WHY) };
	int64_t seq;

	return (c->applicant.n == 0 || identity_erase(ctx, c->applicant, STR(WHY), err)) &&
	       erase_words(ctx, c->id, err) && erase_papers(ctx, c->id, err) &&
	       retention_done(ctx, &done, NULL, err) && ledger_append(ctx, &event, &seq, err);
}

bool retention_run(struct ctx *ctx, size_t max, size_t *erased, struct err *err)
{
	struct retention_case *list;
	size_t count;

	*erased = 0;
	if (!retention_due(ctx, (struct request_id){ 0 }, max, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!erase(ctx, &list[i], err))
			return false;
	*erased = count;
	return count == 0 || erase_bands(ctx, NULL, err);
}
