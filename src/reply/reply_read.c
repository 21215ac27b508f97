/*
 * reply_read.c - a reply with all that belongs to it, and the beginning and the end of
 * every change of it.
 */
#include "reply/reply_work.h"

#include "reply_sql.h"

enum { ROUNDS_MAX = 100 };

/* The item of a row: rows come in the order of the items. */
static struct reply_item *item_of(struct reply *reply, struct reply_item_id id)
{
	for (size_t i = 0; i < reply->items_count; i++)
		if (reply->items[i].id.n == id.n)
			return &reply->items[i];
	return &reply->items[0]; /* the statements join the items of this reply only */
}

/* In the order of the tests, which is not that of their codes. */
static bool read_answers(struct ctx *ctx, struct reply *reply, struct err *err)
{
	size_t max = REPLY_ITEMS_MAX * request_decisions_count, count;
	struct reply_answers_of_in in = { .reply_id = reply->id, .max = (int64_t)max };
	struct reply_answers_of_row *rows;

	if (!reply_answers_of_all(ctx, &in, max, &rows, &count, err))
		return false;
	for (size_t i = 0; i < reply->items_count && count > 0; i++)
		reply->items[i].answers = ARENA_ARRAY(ctx->arena, request_decisions_count,
						      struct reply_answer);
	for (size_t d = 0; d < request_decisions_count; d++)
		for (size_t i = 0; i < count; i++) {
			struct reply_item *item = item_of(reply, rows[i].item_id);
			if (str_equal_c(rows[i].test, request_decisions[d].code))
				item->answers[item->answers_count++] =
					(struct reply_answer){ .test = &request_decisions[d],
							       .yes = rows[i].yes,
							       .note = rows[i].note,
							       .person = rows[i].person,
							       .at = rows[i].at };
		}
	return true;
}

static bool read_facts(struct ctx *ctx, struct reply *reply, struct err *err)
{
	size_t max = REPLY_ITEMS_MAX * REPLY_FACTS_MAX, count;
	struct reply_facts_of_in in = { .reply_id = reply->id, .max = (int64_t)max };
	struct reply_facts_of_row *rows;

	if (!reply_facts_of_all(ctx, &in, max, &rows, &count, err))
		return false;
	struct reply_fact *all = ARENA_ARRAY(ctx->arena, count, struct reply_fact);
	for (size_t i = 0; i < count; i++) {
		struct reply_item *item = item_of(reply, rows[i].item_id);
		if (item->facts_count++ == 0)
			item->facts = &all[i];
		all[i] = (struct reply_fact){ rows[i].name, rows[i].value };
	}
	return true;
}

static bool read_redactions(struct ctx *ctx, struct reply *reply, struct err *err)
{
	size_t max = (size_t)REPLY_ITEMS_MAX * REPLY_REDACTIONS_MAX, count;
	struct reply_redactions_of_in in = { .reply_id = reply->id, .max = (int64_t)max };
	struct reply_redactions_of_row *rows;

	if (!reply_redactions_of_all(ctx, &in, max, &rows, &count, err))
		return false;
	struct reply_redaction *all = ARENA_ARRAY(ctx->arena, count, struct reply_redaction);
	for (size_t i = 0; i < count; i++) {
		struct reply_item *item = item_of(reply, rows[i].item_id);
		if (item->redactions_count++ == 0)
			item->redactions = &all[i];
		all[i] = (struct reply_redaction){ .id = rows[i].id,
						   .place = rows[i].place,
						   .ground = rows[i].ground,
						   .reason = rows[i].reason,
						   .person = rows[i].person,
						   .at = rows[i].at };
	}
	return true;
}

/* Five statements, however many items there are. */
static bool read_items(struct ctx *ctx, struct reply *reply, struct err *err)
{
	struct reply_items_of_in in = { .reply_id = reply->id };
	struct reply_items_of_row *rows;

	if (!reply_items_of_all(ctx, &in, REPLY_ITEMS_MAX, &rows, &reply->items_count, err))
		return false;
	reply->items = ARENA_ARRAY(ctx->arena, reply->items_count, struct reply_item);
	for (size_t i = 0; i < reply->items_count; i++)
		reply->items[i] = (struct reply_item){ .id = rows[i].id,
						       .position = (int)rows[i].position,
						       .asked = rows[i].asked,
						       .decision =
							       request_decision(rows[i].decision),
						       .decision_reason = rows[i].decision_reason };
	return read_answers(ctx, reply, err) && read_facts(ctx, reply, err) &&
	       read_redactions(ctx, reply, err);
}

static bool read_enclosures(struct ctx *ctx, struct reply *reply, struct err *err)
{
	struct reply_enclosures_of_in in = { .reply_id = reply->id };
	struct reply_enclosures_of_row *rows;

	if (!reply_enclosures_of_all(ctx, &in, REPLY_ENCLOSURES_MAX, &rows,
				     &reply->enclosures_count, err))
		return false;
	reply->enclosures =
		ARENA_ARRAY(ctx->arena, reply->enclosures_count, struct reply_enclosure);
	for (size_t i = 0; i < reply->enclosures_count; i++)
		reply->enclosures[i] =
			(struct reply_enclosure){ .id = rows[i].id,
						  .attachment = rows[i].attachment_id,
						  .title = rows[i].title,
						  .sha256 = rows[i].sha256,
						  .pages = (int)rows[i].pages,
						  .redacted = rows[i].redacted };
	return true;
}

/* Without items and enclosures. Both statements have the same columns. */
#define HEAD_OF(row)                                                                            \
	(struct reply)                                                                          \
	{                                                                                       \
		.id = (row).id, .request = (row).request_id, .round = (int)(row).round,         \
		.decision = request_decision((row).decision),                                   \
		.decision_reason = (row).decision_reason, .cause = (row).cause,                 \
		.letter = (row).letter_id, .letter_basis = (row).letter_basis,                  \
		.opened_at = (row).opened_at, .signed_on = (row).signed_on,                     \
		.digest = (row).digest, .version = (row).version,                               \
		.changed_at = (row).changed_at, .changed_by = (row).changed_by,                 \
		.changed_what = (row).changed_what                                              \
	}

static bool read_head(struct ctx *ctx, struct reply_id id, struct reply *out, struct err *err)
{
	struct reply_by_id_in in = { .id = id };
	struct reply_by_id_row row;
	bool found;

	if (!reply_by_id(ctx, &in, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "reply.none", "%lld", (long long)id.n);
	*out = HEAD_OF(row);
	(void)reply_stage_from(row.stage, &out->stage); /* the table holds no other */
	return true;
}

bool reply_load(struct ctx *ctx, struct reply_id id, struct reply *out, struct err *err)
{
	return read_head(ctx, id, out, err) && read_items(ctx, out, err) &&
	       read_enclosures(ctx, out, err);
}

bool reply_rounds(struct ctx *ctx, struct request_id request, struct reply **out, size_t *count,
		  struct err *err)
{
	struct reply_rounds_of_in in = { .request_id = request };
	struct reply_rounds_of_row *rows;

	if (!reply_rounds_of_all(ctx, &in, ROUNDS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct reply);
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = HEAD_OF(rows[i]);
		(void)reply_stage_from(rows[i].stage, &(*out)[i].stage);
	}
	return true;
}

bool reply_of(struct ctx *ctx, struct request_id request, struct reply *out, bool *found,
	      struct err *err)
{
	struct reply *list;
	size_t count;

	if (!reply_rounds(ctx, request, &list, &count, err))
		return false;
	*found = count > 0;
	if (count == 0)
		return true;
	*out = list[count - 1];
	return read_items(ctx, out, err) && read_enclosures(ctx, out, err);
}

/* ---- one change */

/* What the stage waits for, in one sentence each. */
static struct str awaited(enum reply_stage stage)
{
	static const struct str what[REPLY_STAGE_COUNT] = {
		[REPLY_DRAFTING] = STR_INIT("承办人正在拟稿，送审之后才进入下一环节"),
		[REPLY_REVIEW] = STR_INIT("正在等待审核人审核"),
		[REPLY_ADVICE] = STR_INIT("正在等待法律顾问出具意见"),
		[REPLY_SIGNING] = STR_INIT("正在等待负责人签发"),
		[REPLY_SIGNED] = STR_INIT("答复已经签发，不能再改动"),
		[REPLY_DROPPED] = STR_INIT("该稿已经作废"),
	};

	return what[stage];
}

static bool changed_meanwhile(struct ctx *ctx, const struct work *w, struct err *err)
{
	struct str when = instant_minute(ctx->arena, w->reply.changed_at);

	return err_set(err, ERR_CONFLICT, "reply.changed_meanwhile",
		       STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(w->request.number),
		       STR_ARG(w->reply.changed_by), STR_ARG(when), STR_ARG(w->reply.changed_what));
}

bool work_begin(struct ctx *ctx, struct reply_edit at, enum reply_verb verb, struct work *out,
		struct err *err)
{
	struct reply *reply = &out->reply;

	if (!reply_load(ctx, at.reply, reply, err) ||
	    !request_find(ctx, reply->request, &out->request, err))
		return false;
	if (reply->version != at.version)
		return changed_meanwhile(ctx, out, err);
	if (reply_transition(reply->stage, verb) == NULL)
		return err_set(err, ERR_CONFLICT, "reply.not_allowed",
			       STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT,
			       STR_ARG(out->request.number),
			       STR_ARG(reply_stage_label(reply->stage)),
			       STR_ARG(reply_verb_label(verb)), STR_ARG(awaited(reply->stage)));
	return true;
}

bool work_record(struct ctx *ctx, struct request_id request, const struct work_note *note,
		 struct err *err)
{
	struct ledger_event event = { .subject_kind = "request",
				      .subject_id = request.n,
				      .verb = note->verb,
				      .changes = note->changes,
				      .changes_count = note->changes_count,
				      .reason = note->reason };
	int64_t seq;

	return ledger_append(ctx, &event, &seq, err);
}

bool work_end(struct ctx *ctx, struct work *w, const struct work_note *note, struct err *err)
{
	struct reply *reply = &w->reply;
	int64_t changed;
	struct reply_update_in in = {
		.id = reply->id,
		.version = reply->version,
		.stage = reply_stage_code(reply->stage),
		.decision = reply->decision != NULL ? str_from_c(reply->decision->code) : STR_NONE,
		.decision_reason = reply->decision_reason,
		.letter_id = reply->letter,
		.letter_basis = reply->letter_basis,
		.signed_on = reply->signed_on,
		.digest = reply->digest,
		.changed_at = ctx->now,
		.changed_by = ctx->actor.name,
		.changed_what = note->what,
	};

	if (!work_record(ctx, reply->request, note, err) ||
	    !reply_update(ctx, &in, &changed, err) ||
	    !work_stage(ctx, reply->request, reply->stage, err))
		return false;
	reply->version++;
	/* Somebody else's change came between; the transaction is run again and sees it. */
	return changed == 1 ||
	       err_set(err, ERR_BUSY, "request.changed_meanwhile", STR_FMT,
		       STR_ARG(w->request.number));
}

struct reply_item *work_item(struct work *w, struct reply_item_id id, struct err *err)
{
	for (size_t i = 0; i < w->reply.items_count; i++)
		if (w->reply.items[i].id.n == id.n)
			return &w->reply.items[i];
	(void)err_set(err, ERR_NOT_FOUND, "reply.no_item", STR_FMT, STR_ARG(w->request.number));
	return NULL;
}

struct str work_position(struct arena *a, int position)
{
	return str_format(a, "第%d项", position);
}
