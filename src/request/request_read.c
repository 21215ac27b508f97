/* request_read.c - finding and listing requests. */
#include "request/case.h"

#include "base/buf.h"
#include "base/limits.h"
#include "request_sql.h"

#include <assert.h>

/* The two statements that read whole rows have the same columns. */
#define REQUEST_OF(row)                                                                          \
	(struct request)                                                                         \
	{                                                                                        \
		.id = (row).id, .number = (row).number, .unit = (row).unit_id,                   \
		.applicant_id = { (row).applicant_id.known ? (row).applicant_id.v : 0 },         \
		.submitted_on = (row).submitted_on, .received_on = (row).received_on,            \
		.clock_from = (row).clock_from, .content = (row).content,                        \
		.extension = (int)(row).extension, .decision = (row).decision,                   \
		.decided_on = (row).decided_on, .closed_on = (row).closed_on,                    \
		.due = (row).due_on, .correction_sent_on = (row).correction_sent_on,             \
		.correction_until = (row).correction_until, .served_on = (row).served_on,        \
		.filed_on = (row).filed_on, .version = (row).version,                            \
		.handler = (row).handler_id, .has_outcome = (row).outcome.known                  \
	}
#define WORDS_OF(row)                                                                           \
	(struct words)                                                                          \
	{                                                                                       \
		(row).channel, (row).applicant, (row).state, (row).reasons, (row).wanted_form,  \
			(row).wanted_way, (row).outcome                                         \
	}
struct words {
	struct str channel, applicant, state, reasons, wanted_form, wanted_way;
	struct opt_str outcome;
};

/* The columns' CHECKs allow these codes only. */
static void take_words(const struct words *w, struct request *r)
{
	bool ok = channel_from(w->channel, &r->channel) &&
		  applicant_from(w->applicant, &r->applicant) &&
		  request_state_from(w->state, &r->state) &&
		  reasons_from(w->reasons, &r->reasons) &&
		  give_form_from(w->wanted_form, &r->wanted_form) &&
		  give_way_from(w->wanted_way, &r->wanted_way) &&
		  (!w->outcome.known || outcome_from(w->outcome.v, &r->outcome));

	assert(ok);
	(void)ok;
}

static bool find_row(struct ctx *ctx, struct request_id id, struct request *out,
		     int64_t *changed_seq, struct err *err)
{
	struct request_by_id_row row;
	bool found;

	if (!request_by_id(ctx, &(struct request_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "request.none", "%lld", (long long)id.n);
	*out = REQUEST_OF(row);
	take_words(&WORDS_OF(row), out);
	*changed_seq = row.changed_seq;
	return true;
}

bool request_find(struct ctx *ctx, struct request_id id, struct request *out, struct err *err)
{
	int64_t changed_seq;

	return find_row(ctx, id, out, &changed_seq, err);
}

/* One statement for as many as MANY: their ids go as one text of equal parts. */
enum { MANY = 100, ID_DIGITS = 19 };

static bool find_some(struct ctx *ctx, const struct request_id *ids, size_t count,
		      struct request *out, struct err *err)
{
	struct buf b = buf_open(ctx->arena, count * ID_DIGITS + 1, MANY * ID_DIGITS + 1);
	struct request_by_ids_row *rows;
	size_t found;

	for (size_t i = 0; i < count; i++)
		buf_addf(&b, "%0*lld", ID_DIGITS, (long long)ids[i].n);
	struct request_by_ids_in in = { .ids = buf_str(&b), .count = (int64_t)count };
	if (!request_by_ids_all(ctx, &in, MANY, &rows, &found, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (i == found || rows[i].id.n != ids[i].n)
			return err_set(err, ERR_NOT_FOUND, "request.none", "%lld",
				       (long long)ids[i].n);
		out[i] = REQUEST_OF(rows[i]);
		take_words(&WORDS_OF(rows[i]), &out[i]);
	}
	return true;
}

bool request_find_many(struct ctx *ctx, const struct request_id *ids, size_t count,
		       struct request **out, struct err *err)
{
	struct request *list = ARENA_ARRAY(ctx->arena, count, struct request);

	for (size_t i = 0; i < count; i += MANY) {
		size_t some = count - i < MANY ? count - i : MANY;
		if (!find_some(ctx, &ids[i], some, &list[i], err))
			return false;
	}
	*out = list;
	return true;
}

bool request_by_number(struct ctx *ctx, struct str number, struct request *out, bool *found,
		       struct err *err)
{
	struct request_ids_by_number_row *rows;
	size_t count;

	if (!request_ids_by_number_all(ctx, &(struct request_ids_by_number_in){ .number = number },
				       2, &rows, &count, err))
		return false;
	if (count > 1)
		return err_set(err, ERR_CONFLICT, "request.number_of_several", STR_FMT,
			       STR_ARG(number));
	*found = count == 1;
	return count == 0 || request_find(ctx, rows[0].id, out, err);
}

bool request_inquiries_of(struct ctx *ctx, struct request_id id, struct request_inquiry **out,
			  size_t *count, struct err *err)
{
	struct request_inquiries_row *rows;

	if (!request_inquiries_all(ctx, &(struct request_inquiries_in){ .request_id = id },
				   PERIOD_INTERVALS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct request_inquiry);
	for (size_t i = 0; i < *count; i++) {
		const struct request_inquiries_row *row = &rows[i];
		struct request_inquiry *q = &(*out)[i];
		*q = (struct request_inquiry){ .id = row->id,
					       .target = row->target,
					       .contact = row->contact,
					       .asked = row->asked,
					       .sent_on = row->sent_on,
					       .delivered_on = row->delivered_on,
					       .last_on = row->last_on,
					       .back_on = row->back_on,
					       .has_answer = row->answer.known,
					       .opinion = row->opinion,
					       .told_on = row->told_on,
					       .told_reason = row->told_reason };
		bool ok = inquiry_from(row->kind, &q->kind) &&
			  (!q->has_answer || inquiry_answer_from(row->answer.v, &q->answer));
		assert(ok);
		(void)ok;
	}
	return true;
}

bool request_fee_find(struct ctx *ctx, struct request_id id, struct request_fee *out, bool *found,
		      struct err *err)
{
	struct request_fee_of_row row;

	if (!request_fee_of(ctx, &(struct request_fee_of_in){ .request_id = id }, &row, found, err))
		return false;
	if (*found)
		*out = (struct request_fee){ .unit = row.unit_id,
					     .tariff = row.tariff,
					     .quantity = row.quantity,
					     .fen = row.fen,
					     .told_on = row.told_on,
					     .served_on = row.served_on,
					     .pay_until = row.pay_until,
					     .paid_on = row.paid_on,
					     .refunded_on = row.refunded_on,
					     .refunded_fen = row.refunded_fen };
	return true;
}

bool case_load(struct ctx *ctx, struct request_id id, struct request_case *out, struct err *err)
{
	struct request_case c = { .inquiries_count = 0 };

	if (!find_row(ctx, id, &c.r, &c.changed_seq, err) ||
	    !request_inquiries_of(ctx, id, &c.inquiries, &c.inquiries_count, err) ||
	    !request_fee_find(ctx, id, &c.fee, &c.has_fee, err))
		return false;
	bool explained = false;
	if (c.r.reasons != REASONS_NONE &&
	    !request_explanation_find(ctx, id, &c.explanation, &explained, err))
		return false;
	assert(explained == (c.r.reasons != REASONS_NONE));
	*out = c;
	return true;
}

struct request_inquiry *case_open_inquiry(const struct request_case *c)
{
	for (size_t i = 0; i < c->inquiries_count; i++)
		if (!c->inquiries[i].back_on.known)
			return &c->inquiries[i];
	return NULL;
}

/* ---- lists */

/* Every page statement has one column, id. */
#define REQUESTS_FROM(rows, count)                                                              \
	do {                                                                                    \
		struct request_id *ids = ARENA_ARRAY(ctx->arena, (count), struct request_id);   \
		for (size_t i = 0; i < (count); i++)                                            \
			ids[i] = (rows)[i].id;                                                  \
		return request_find_many(ctx, ids, (count), out, err);                          \
	} while (0)

bool request_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		  struct request **out, size_t *count, struct err *err)
{
	int64_t from = before > 0 ? before : INT64_MAX;

	if (unit.known) {
		struct request_page_unit_in in = { .unit_id = { unit.v },
						   .before = from,
						   .max = (int64_t)max };
		struct request_page_unit_row *rows;
		if (!request_page_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		REQUESTS_FROM(rows, *count);
	}
	struct request_page_all_row *rows;
	if (!request_page_all_all(
		    ctx, &(struct request_page_all_in){ .before = from, .max = (int64_t)max }, max,
		    &rows, count, err))
		return false;
	REQUESTS_FROM(rows, *count);
}

bool request_list_applicant(struct ctx *ctx, struct identity_id applicant, size_t max,
			    struct request **out, size_t *count, struct err *err)
{
	struct request_of_applicant_in in = { .applicant_id = applicant.n, .max = (int64_t)max };
	struct request_of_applicant_row *rows;

	if (!request_of_applicant_all(ctx, &in, max, &rows, count, err))
		return false;
	REQUESTS_FROM(rows, *count);
}

bool request_list_open(struct ctx *ctx, struct opt_int unit, const struct request *after,
		       size_t max, struct request **out, size_t *count, struct err *err)
{
	struct str after_due = STR("");
	int64_t after_id = 0;

	if (after != NULL) {
		after_id = after->id.n;
		after_due =
			after->due.known ? date_iso(ctx->arena, after->due.v) : STR("9999-12-31");
	}
	if (unit.known) {
		struct request_page_open_unit_in in = { .unit_id = { unit.v },
							.after_due = after_due,
							.after_id = after_id,
							.max = (int64_t)max };
		struct request_page_open_unit_row *rows;
		if (!request_page_open_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		REQUESTS_FROM(rows, *count);
	}
	struct request_page_open_all_in in = { .after_due = after_due,
					       .after_id = after_id,
					       .max = (int64_t)max };
	struct request_page_open_all_row *rows;
	if (!request_page_open_all_all(ctx, &in, max, &rows, count, err))
		return false;
	REQUESTS_FROM(rows, *count);
}

bool request_count_open_of(struct ctx *ctx, struct opt_int unit, int64_t *open, int64_t *late,
			   struct err *err)
{
	struct request_count_open_in in = { .unit_id = unit.known ? unit.v : 0,
					    .today = ctx->today };
	struct request_count_open_row row;
	bool found;

	if (!request_count_open(ctx, &in, &row, &found, err))
		return false;
	assert(found);
	*open = row.open;
	*late = row.late;
	return true;
}

/* ---- a new calendar */

enum { RUNNING_PAGE = 500 };

static bool count_again(struct ctx *ctx, struct request_id id, struct str reason, size_t *changed,
			struct err *err)
{
	struct changes changes = { .count = 0 };
	struct request_case c;
	struct opt_date due;
	int64_t seq;

	if (!case_load(ctx, id, &c, err))
		return false;
	if (clock_stands(&c))
		return true;
	if (!clock_due(ctx, &c, ctx->today, &due, err))
		return false;
	changes_day(ctx->arena, &changes, "due_on", c.r.due, due);
	if (changes.count == 0)
		return true;
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = id.n,
				      .verb = "request.count_again",
				      .changes = changes.list,
				      .changes_count = changes.count,
				      .reason = reason };
	++*changed;
	return ledger_append(ctx, &event, &seq, err) &&
	       request_set_due(ctx, &(struct request_set_due_in){ .id = id, .due_on = due }, NULL,
			       err);
}

bool request_count_again(struct ctx *ctx, struct str reason, size_t *changed, struct err *err)
{
	struct request_running_in in = { .after = 0, .max = RUNNING_PAGE };
	size_t count = RUNNING_PAGE;

	*changed = 0;
	while (count == RUNNING_PAGE) {
		struct arena_mark mark = arena_mark(ctx->arena);
		struct request_running_row *rows;

		if (!request_running_all(ctx, &in, RUNNING_PAGE, &rows, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!count_again(ctx, rows[i].id, reason, changed, err))
				return false;
		if (count > 0)
			in.after = rows[count - 1].id.n;
		arena_rewind(ctx->arena, mark);
	}
	return true;
}

bool request_on_calendar(struct ctx *ctx, const struct job *job, struct err *err)
{
	size_t changed;

	(void)job; /* whichever notice it was */
	return request_count_again(ctx, STR("工作日历有变"), &changed, err);
}
