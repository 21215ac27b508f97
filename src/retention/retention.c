/* retention.c - finding what is due, and erasing it. */
#include "retention/retention.h"

#include "apply/follow.h"
#include "attachment/attachment.h"
#include "delivery/delivery.h"
#include "dispute/dossier.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "notice/inbox.h"
#include "notice/notice.h"
#include "retention_sql.h"

#include <assert.h>

#define ERASED "（已按保存期限删除）"
#define WHY "保存期限届满"

enum { CHUNK = 500, FILES_MAX = 2000 };

static const struct {
	struct retention_rule rule;
	struct str setting;
	const char *change; /* in the ledger */
} rules[] = {
	[RETENTION_REQUEST] = { { "request", "years", STR_INIT("申请"),
				  STR_INIT("归档之日（没有归档的，办结之日）"),
				  STR_INIT("按本机关归档范围和保管期限表，一般为10年或者30年；"
					   "档案保管期限更长的，等档案期满") },
				STR_INIT("retention.years"), "retention_years" },
	[RETENTION_DISPUTE] = { { "dispute", "dispute_years", STR_INIT("复议、诉讼"),
				  STR_INIT("审结之日（要求重新答复的，重新答复签发之日）"),
				  STR_INIT("不短于申请的年限；期满以前所涉申请也不删除") },
				STR_INIT("retention.dispute_years"), "retention_dispute_years" },
	[RETENTION_AMENDMENT] = { { "amendment", "amendment_years", STR_INIT("更正申请"),
				    STR_INIT("办结之日"),
				    STR_INIT("与申请的年限一致；被更正的记录本身另有保管期限") },
				  STR_INIT("retention.amendment_years"),
				  "retention_amendment_years" },
};
static_assert(COUNT_OF(rules) == RETENTION_KIND_COUNT, "every kind has a rule");

const struct retention_rule *retention_rule(enum retention_kind kind)
{
	return &rules[kind].rule;
}

bool retention_kind_from(struct str code, enum retention_kind *out)
{
	for (int k = 0; k < RETENTION_KIND_COUNT; k++)
		if (str_equal_c(code, rules[k].rule.code)) {
			*out = (enum retention_kind)k;
			return true;
		}
	return false;
}

bool retention_years(struct ctx *ctx, struct retention_years *out, struct err *err)
{
	*out = (struct retention_years){ { 0 } };
	for (int k = 0; k < RETENTION_KIND_COUNT; k++) {
		struct retention_setting_in in = { .name = rules[k].setting };
		struct retention_setting_row row;
		int64_t value = 0;
		bool found;
		if (!retention_setting(ctx, &in, &row, &found, err))
			return false;
		if (found)
			(void)str_to_i64(row.value, &value);
		out->of[k] = (int)value;
	}
	return true;
}

bool retention_settle(struct ctx *ctx, const struct retention_years *years, struct err *err)
{
	struct ledger_change changes[RETENTION_KIND_COUNT];
	struct ledger_event event = { .subject_kind = "site", .subject_id = 1,
				      .verb = "retention.settle", .changes = changes };
	struct retention_years was;
	int64_t seq;

	for (int k = 0; k < RETENTION_KIND_COUNT; k++)
		if (years->of[k] < 0 || years->of[k] > RETENTION_YEARS_MAX)
			return err_set_field(err, rules[k].rule.field, ERR_INVALID,
					     "retention.years", "%d", RETENTION_YEARS_MAX);
	if (!retention_years(ctx, &was, err))
		return false;
	for (int k = 0; k < RETENTION_KIND_COUNT; k++) {
		struct retention_setting_write_in in = {
			.name = rules[k].setting,
			.value = str_format(ctx->arena, "%d", years->of[k]),
		};
		if (was.of[k] == years->of[k])
			continue;
		if (!retention_setting_write(ctx, &in, NULL, err))
			return false;
		changes[event.changes_count++] = (struct ledger_change){
			rules[k].change, str_format(ctx->arena, "%d", was.of[k]), in.value
		};
	}
	return event.changes_count == 0 || ledger_append(ctx, &event, &seq, err);
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

struct search {
	enum retention_kind kind;
	struct retention_years years;
	struct date before, dispute_before;
	int64_t after; /* the id the last chunk ended with */
};

/* Whichever ends later, the site's years or the archive's; false: kept for good. */
static bool due_of_request(const struct retention_requests_row *row, int years, struct date *due)
{
	if (row->years.known && row->years.v == 0)
		return false;
	int archive = row->years.known ? (int)row->years.v : 0;
	*due = years_after(row->ended_on, archive > years ? archive : years);
	return true;
}

static bool next_requests(struct ctx *ctx, struct search *s, struct retention_case *out,
			  size_t *found, size_t *read, struct err *err)
{
	struct retention_requests_in in = { .before = s->before,
					    .dispute_before = s->dispute_before,
					    .after = s->after, .max = CHUNK };
	struct retention_requests_row *rows;

	*found = 0;
	if (!retention_requests_all(ctx, &in, CHUNK, &rows, read, err))
		return false;
	for (size_t i = 0; i < *read; i++) {
		struct date due;
		s->after = rows[i].id;
		if (!due_of_request(&rows[i], s->years.of[s->kind], &due) ||
		    date_compare(due, ctx->today) > 0)
			continue;
		out[(*found)++] = (struct retention_case){ .kind = s->kind,
							   .id = rows[i].id,
							   .number = rows[i].number,
							   .unit = rows[i].unit_id,
							   .applicant = { rows[i].applicant_id.v },
							   .ended_on = rows[i].ended_on,
							   .due_on = due };
	}
	return true;
}

static bool next_disputes(struct ctx *ctx, struct search *s, struct retention_case *out,
			  size_t *found, size_t *read, struct err *err)
{
	struct retention_disputes_in in = { .before = s->before, .after = s->after, .max = CHUNK };
	struct retention_disputes_row *rows;

	if (!retention_disputes_all(ctx, &in, CHUNK, &rows, read, err))
		return false;
	for (*found = 0; *found < *read; (*found)++) {
		s->after = rows[*found].id;
		out[*found] = (struct retention_case){
			.kind = s->kind,
			.id = rows[*found].id,
			.number = rows[*found].number,
			.unit = rows[*found].unit_id,
			.ended_on = rows[*found].ended_on,
			.due_on = years_after(rows[*found].ended_on, s->years.of[s->kind]),
		};
	}
	return true;
}

static bool next_amendments(struct ctx *ctx, struct search *s, struct retention_case *out,
			    size_t *found, size_t *read, struct err *err)
{
	struct retention_amendments_in in = { .before = s->before, .after = s->after,
					      .max = CHUNK };
	struct retention_amendments_row *rows;

	if (!retention_amendments_all(ctx, &in, CHUNK, &rows, read, err))
		return false;
	for (*found = 0; *found < *read; (*found)++) {
		s->after = rows[*found].id;
		out[*found] = (struct retention_case){
			.kind = s->kind,
			.id = rows[*found].id,
			.number = rows[*found].number,
			.unit = rows[*found].unit_id,
			.applicant = { rows[*found].applicant_id.v },
			.ended_on = rows[*found].ended_on,
			.due_on = years_after(rows[*found].ended_on, s->years.of[s->kind]),
		};
	}
	return true;
}

bool retention_due(struct ctx *ctx, enum retention_kind kind, int64_t after, size_t max,
		   struct retention_case **out, size_t *count, struct err *err)
{
	static bool (*const next[])(struct ctx *, struct search *, struct retention_case *,
				    size_t *, size_t *, struct err *) = {
		[RETENTION_REQUEST] = next_requests,
		[RETENTION_DISPUTE] = next_disputes,
		[RETENTION_AMENDMENT] = next_amendments,
	};
	struct search s = { .kind = kind, .after = after };
	size_t found, read = CHUNK;

	*count = 0;
	*out = ARENA_ARRAY(ctx->arena, max + CHUNK, struct retention_case);
	if (!retention_years(ctx, &s.years, err))
		return false;
	if (s.years.of[kind] == 0)
		return true;
	s.before = years_after(ctx->today, -s.years.of[kind]);
	s.dispute_before = years_after(ctx->today, -s.years.of[RETENTION_DISPUTE]);
	while (read == CHUNK && *count < max) {
		if (!next[kind](ctx, &s, *out + *count, &found, &read, err))
			return false;
		*count += found;
	}
	*count = *count < max ? *count : max;
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
	       erase_draft(ctx, &(struct erase_draft_in){ id }, NULL, err) &&
	       erase_sessions(ctx, &(struct erase_sessions_in){ id }, NULL, err) &&
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

static bool erase_files(struct ctx *ctx, const char *kind, int64_t id, struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, kind, id, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return true;
}

/* What was enclosed, and what a round has beside it. */
static bool erase_rounds(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct reply *rounds;
	size_t count;

	if (!erase_enclosed(ctx, id, err) || !reply_rounds(ctx, id, &rounds, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!erase_files(ctx, "reply", rounds[i].id.n, err))
			return false;
	return true;
}

static bool erase_papers(struct ctx *ctx, struct request_id id, struct err *err)
{
	return erase_files(ctx, "request", id.n, err) && erase_rounds(ctx, id, err) &&
	       letter_erase(ctx, "request", id.n, STR(ERASED), err) &&
	       delivery_erase(ctx, "request", id.n, STR(ERASED), err) &&
	       notice_erase_of(ctx, "request", id.n, err) &&
	       inbox_erase_of(ctx, "request", id.n, err) &&
	       follow_erase(ctx, id, STR(ERASED), err);
}

static bool erase_case(struct ctx *ctx, struct request_id id, struct err *err)
{
	struct retention_done_in done = { .request_id = id, .erased_at = ctx->now };
	struct ledger_event event = { .subject_kind = "request", .subject_id = id.n,
				      .verb = "request.erase", .reason = STR(WHY) };
	int64_t seq;

	return erase_words(ctx, id, err) && erase_papers(ctx, id, err) &&
	       retention_done(ctx, &done, NULL, err) && ledger_append(ctx, &event, &seq, err);
}

/*
 * An applicant may be in several records: parts of one form, a correction that was passed on. The
 * last of them takes the person along.
 */
static bool erase_applicant(struct ctx *ctx, struct identity_id id, struct err *err)
{
	struct retention_applicant_in_in in = { .applicant = id.n };
	struct retention_applicant_in_row row;
	bool found;

	if (id.n == 0)
		return true;
	if (!retention_applicant_in(ctx, &in, &row, &found, err))
		return false;
	return row.records > 0 || identity_erase(ctx, id, STR(WHY), err);
}

static bool erase(struct ctx *ctx, const struct retention_case *c, struct err *err)
{
	struct dispute_id dispute = { c->id };
	struct amendment_id amendment = { c->id };
	bool ok = false;

	switch (c->kind) {
	case RETENTION_REQUEST:
		ok = erase_case(ctx, (struct request_id){ c->id }, err);
		break;
	case RETENTION_DISPUTE:
		ok = delivery_erase(ctx, "dispute", c->id, STR(ERASED), err) &&
		     dispute_erase(ctx, dispute, STR(ERASED), STR(WHY), err);
		break;
	case RETENTION_AMENDMENT:
		ok = delivery_erase(ctx, "amendment", c->id, STR(ERASED), err) &&
		     amendment_erase(ctx, amendment, STR(ERASED), STR(WHY), err);
		break;
	case RETENTION_KIND_COUNT:
		break;
	}
	return ok && erase_applicant(ctx, c->applicant, err);
}

bool retention_run(struct ctx *ctx, enum retention_kind kind, size_t max, size_t *erased,
		   struct err *err)
{
	struct retention_case *list;
	size_t count;

	*erased = 0;
	if (!retention_due(ctx, kind, 0, max, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!erase(ctx, &list[i], err))
			return false;
	*erased = count;
	return count == 0 || kind != RETENTION_REQUEST || erase_bands(ctx, NULL, err);
}

/* ---- what that would be */

bool retention_preview(struct ctx *ctx, const struct retention_case *c,
		       struct retention_preview *out, struct err *err)
{
	const char *kind = retention_rule(c->kind)->code;
	struct retention_mails_of_in mails_in = { .kind = str_from_c(kind), .id = c->id };
	struct retention_applicant_in_in applicant_in = { .applicant = c->applicant.n };
	struct retention_mails_of_row mails;
	struct retention_applicant_in_row held;
	struct attachment *files;
	struct letter *letters;
	bool found;

	*out = (struct retention_preview){ 0 };
	if (!attachment_list(ctx, kind, c->id, &files, &out->files, err) ||
	    !letter_list(ctx, kind, c->id, &letters, &out->letters, err) ||
	    !retention_mails_of(ctx, &mails_in, &mails, &found, err) ||
	    !retention_applicant_in(ctx, &applicant_in, &held, &found, err))
		return false;
	out->mails = (size_t)mails.mails;
	out->applicant = c->applicant.n != 0 && held.records <= 1;
	return true;
}
