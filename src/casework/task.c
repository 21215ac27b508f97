/* task.c - what a case asks of another unit or office, with its own day and answer. */
#include "casework/casework_internal.h"

#include "attachment/attachment.h"
#include "base/rand.h"
#include "casework_sql.h"

#include <assert.h>

enum { SALT_BYTES = 16, OFFICE_BYTES = 200 };

/* Every statement that reads whole rows has the same columns. */
#define TASK_OF(row)										\
	(struct case_task)									\
	{											\
		.id = (row).id, .request = (row).request_id,					\
		.asking = (row).asking_unit, .unit = (row).unit_id,				\
		.office = (row).office, .question = (row).question, .salt = (row).salt,		\
		.asked_person = (row).asked_person, .asked_on = (row).asked_on,			\
		.due_on = (row).due_on, .answer = (row).answer,					\
		.answered_on = (row).answered_on,						\
		.answered_person = (row).answered_person,					\
		.withdrawn_on = (row).withdrawn_on, .reminded_on = (row).reminded_on,		\
		.reminders = (int)(row).reminders, .version = (row).version			\
	}

bool task_find(struct ctx *ctx, struct task_id id, struct case_task *out, struct err *err)
{
	struct case_task_by_id_row row;
	bool found;

	if (!case_task_by_id(ctx, &(struct case_task_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "casework.no_task", "%lld", (long long)id.n);
	*out = TASK_OF(row);
	return true;
}

/* ---- asking */

static bool check_new(struct ctx *ctx, const struct task_new *in, struct str *question,
		      struct unit *unit, struct err *err)
{
	struct request r;

	if (!casework_own_open(ctx, in->request, &r, err) ||
	    !casework_text("question", in->question, CASE_TEXT_BYTES, question, err) ||
	    !agency_unit(ctx, in->unit, unit, err))
		return false;
	if (in->office.len > OFFICE_BYTES)
		return err_set_field(err, "office", ERR_INVALID, "casework.text_too_long", "%d",
				     OFFICE_BYTES);
	if (in->unit.n == r.unit.n && str_trim(in->office).len == 0)
		return err_set_field(err, "office", ERR_INVALID, "casework.no_office", " ");
	if (date_compare(in->due_on, ctx->today) < 0)
		return err_set_field(err, "due_on", ERR_INVALID, "casework.day_passed", STR_FMT,
				     STR_ARG(date_iso(ctx->arena, in->due_on)));
	/* An overdue case has no day left to keep within. */
	if (r.due.known && date_compare(r.due.v, ctx->today) >= 0 &&
	    date_compare(in->due_on, r.due.v) > 0)
		return err_set_field(err, "due_on", ERR_INVALID, "casework.after_due",
				     STR_FMT "|" STR_FMT,
				     STR_ARG(date_iso(ctx->arena, in->due_on)),
				     STR_ARG(date_iso(ctx->arena, r.due.v)));
	return true;
}

bool task_ask(struct ctx *ctx, const struct task_new *in, struct task_id *id, struct err *err)
{
	struct str salt = random_hex(ctx->arena, SALT_BYTES), question;
	struct case_task_insert_row row;
	struct unit unit;
	bool found;

	if (!check_new(ctx, in, &question, &unit, err))
		return false;
	struct case_task_insert_in values = { .request_id = in->request,
					      .asking_unit = { ctx->actor.unit_id },
					      .unit_id = in->unit,
					      .office = str_trim(in->office),
					      .question = question,
					      .salt = salt,
					      .asked_by = ctx->actor.account_id,
					      .asked_person = ctx->actor.name,
					      .asked_on = ctx->today,
					      .due_on = in->due_on };
	struct ledger_change changes[] = {
		{ "task_unit", STR_NONE, unit.name },
		{ "task_due_on", STR_NONE, date_iso(ctx->arena, in->due_on) },
		{ "text_commitment", STR_NONE, ledger_commit(ctx->arena, salt, question) },
	};
	if (!case_task_insert(ctx, &values, &row, &found, err) ||
	    !casework_event(ctx, in->request, "case.ask", changes, COUNT_OF(changes), STR_NONE,
			    err))
		return false;
	*id = row.id;
	return true;
}

/* ---- what becomes of it */

/* Open still, and of the side that acts. */
static bool load(struct ctx *ctx, struct task_id id, enum task_side side, struct case_task *t,
		 struct err *err)
{
	if (!task_find(ctx, id, t, err))
		return false;
	int64_t unit = side == TASK_ASKED_OF ? t->unit.n : t->asking.n;
	if (unit != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "casework.not_your_task", " ");
	if (t->answered_on.known || t->withdrawn_on.known)
		return err_set(err, ERR_CONFLICT, "casework.task_over", STR_FMT,
			       STR_ARG(date_iso(ctx->arena, t->answered_on.known
								    ? t->answered_on.v
								    : t->withdrawn_on.v)));
	return true;
}

static bool save(struct ctx *ctx, const struct case_task *t, const char *verb, struct str reason,
		 struct err *err)
{
	struct case_task_update_in in = { .id = t->id,
					  .version = t->version,
					  .answer = t->answer,
					  .answered_on = t->answered_on,
					  .answered_person = t->answered_person,
					  .withdrawn_on = t->withdrawn_on,
					  .reminded_on = t->reminded_on,
					  .reminders = t->reminders };
	struct ledger_change changes[2];
	struct unit unit;
	size_t count = 0;
	int64_t changed;

	if (!agency_unit(ctx, t->unit, &unit, err) ||
	    !case_task_update(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "casework.task_changed", " ");
	changes[count++] = (struct ledger_change){ "task_unit", STR_NONE, unit.name };
	if (t->answer.len > 0)
		changes[count++] = (struct ledger_change){
			"text_commitment", STR_NONE, ledger_commit(ctx->arena, t->salt, t->answer)
		};
	return casework_event(ctx, t->request, verb, changes, count, reason, err);
}

bool task_answer(struct ctx *ctx, struct task_id id, struct str answer, struct err *err)
{
	struct case_task t;

	if (!load(ctx, id, TASK_ASKED_OF, &t, err) ||
	    !casework_text("answer", answer, CASE_TEXT_BYTES, &t.answer, err))
		return false;
	t.answered_on = (struct opt_date){ true, ctx->today };
	t.answered_person = ctx->actor.name;
	return save(ctx, &t, "case.task_answer", STR_NONE, err);
}

bool task_attach(struct ctx *ctx, struct task_id id, struct str file_name, struct str content,
		 struct err *err)
{
	struct attachment_new in = { .subject_kind = TASK_SUBJECT,
				     .subject_id = id.n,
				     .purpose = ATTACHMENT_OTHER,
				     .file_name = file_name,
				     .content = content };
	struct attachment_id attachment;
	struct case_task t;
	struct request r;

	if (!task_find(ctx, id, &t, err) || !request_find(ctx, t.request, &r, err))
		return false;
	if (t.unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "casework.not_your_task", " ");
	if (t.withdrawn_on.known || r.closed_on.known)
		return err_set(err, ERR_CONFLICT, "casework.task_files_over", STR_FMT,
			       STR_ARG(r.number));
	in.who = t.unit.n == t.asking.n ? BROUGHT_BY_AGENCY : BROUGHT_BY_OTHER_AGENCY;
	return attachment_add(ctx, &in, &attachment, err) &&
	       casework_event(ctx, t.request, "case.task_file", NULL, 0, STR_NONE, err);
}

bool casework_task_reminded(struct ctx *ctx, struct task_id id, struct err *err)
{
	struct case_task t;

	if (!task_find(ctx, id, &t, err))
		return false;
	t.reminded_on = (struct opt_date){ true, ctx->today };
	t.reminders++;
	return save(ctx, &t, "case.task_remind", STR_NONE, err);
}

bool task_remind(struct ctx *ctx, struct task_id id, struct err *err)
{
	struct case_task t;

	if (!load(ctx, id, TASK_ASKED_BY, &t, err))
		return false;
	if (t.reminded_on.known && date_compare(t.reminded_on.v, ctx->today) == 0)
		return err_set(err, ERR_CONFLICT, "casework.reminded_today", " ");
	return casework_task_reminded(ctx, id, err);
}

bool task_withdraw(struct ctx *ctx, struct task_id id, struct str reason, struct err *err)
{
	struct case_task t;

	if (!load(ctx, id, TASK_ASKED_BY, &t, err) ||
	    !casework_text("reason", reason, CASE_REASON_BYTES, &reason, err))
		return false;
	t.withdrawn_on = (struct opt_date){ true, ctx->today };
	return save(ctx, &t, "case.task_withdraw", reason, err);
}

/* ---- lists */

#define TASKS_FROM(rows, count)									\
	do {											\
		*out = ARENA_ARRAY(ctx->arena, (count), struct case_task);			\
		for (size_t i = 0; i < (count); i++)						\
			(*out)[i] = TASK_OF((rows)[i]);						\
		return true;									\
	} while (0)

bool task_list(struct ctx *ctx, struct request_id id, struct case_task **out, size_t *count,
	       struct err *err)
{
	struct case_tasks_of_in in = { .request_id = id, .max = CASE_TASKS_MAX };
	struct case_tasks_of_row *rows;

	if (!case_tasks_of_all(ctx, &in, CASE_TASKS_MAX, &rows, count, err))
		return false;
	TASKS_FROM(rows, *count);
}

bool task_list_open(struct ctx *ctx, struct unit_id unit, enum task_side side,
		    struct task_place after, size_t max, struct case_task **out, size_t *count,
		    struct err *err)
{
	if (side == TASK_ASKED_OF) {
		struct case_tasks_asked_of_in in = { .unit_id = unit,
						     .after_due = after.due,
						     .after_id = after.id,
						     .max = (int64_t)max };
		struct case_tasks_asked_of_row *rows;
		if (!case_tasks_asked_of_all(ctx, &in, max, &rows, count, err))
			return false;
		TASKS_FROM(rows, *count);
	}
	struct case_tasks_asked_by_in in = { .unit_id = unit,
					     .after_due = after.due,
					     .after_id = after.id,
					     .max = (int64_t)max };
	struct case_tasks_asked_by_row *rows;
	if (!case_tasks_asked_by_all(ctx, &in, max, &rows, count, err))
		return false;
	TASKS_FROM(rows, *count);
}

bool task_list_all(struct ctx *ctx, struct unit_id unit, int64_t before, size_t max,
		   struct case_task **out, size_t *count, struct err *err)
{
	struct case_tasks_of_unit_in in = { .unit_id = unit,
					    .before = before > 0 ? before : INT64_MAX,
					    .max = (int64_t)max };
	struct case_tasks_of_unit_row *rows;

	if (!case_tasks_of_unit_all(ctx, &in, max, &rows, count, err))
		return false;
	TASKS_FROM(rows, *count);
}
