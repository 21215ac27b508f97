/*
 * reply_draft.c - drafting: what was asked for, the answers to the tests, decisions,
 * facts and redactions of each item.
 *
 * Words of applicants and of drafts stay out of the ledger: its events tell which
 * item, which test, which decision.
 */
#include "reply/reply_work.h"

#include "base/utf8.h"
#include "reply_sql.h"

enum { THIRD_CHARACTERS = 5000 }; /* of a third party's reasons: REPLY_TEXT_BYTES hold them */

static bool check_text(struct str text, const char *field, struct err *err)
{
	return text.len <= REPLY_TEXT_BYTES ||
	       err_set_field(err, field, ERR_INVALID, "reply.too_long", "%d", REPLY_TEXT_BYTES);
}

static struct str code_of(const struct decision_kind *kind)
{
	return kind != NULL ? str_from_c(kind->code) : STR_NONE;
}

/* ---- opening */

static bool open_round(struct ctx *ctx, const struct request *r, int round, struct str cause,
		       struct reply_id *id, struct err *err)
{
	struct reply_insert_in in = { .request_id = r->id,
				      .round = round,
				      .cause = cause,
				      .opened_at = ctx->now,
				      .changed_by = ctx->actor.name,
				      .changed_what = STR("开始拟稿") };
	struct ledger_change change = { "round", STR_NONE, str_format(ctx->arena, "%d", round) };
	struct reply_insert_row row;
	bool found;

	if (!reply_insert(ctx, &in, &row, &found, err) ||
	    !work_stage(ctx, r->id, REPLY_DRAFTING, err))
		return false;
	*id = row.id;
	struct reply_item_insert_in item = { .reply_id = row.id,
					     .position = 1,
					     .asked = r->content };
	struct work_note note = { .verb = "reply.open",
				  .changes = &change,
				  .changes_count = 1,
				  .reason = cause };
	return reply_item_insert(ctx, &item, NULL, err) && work_record(ctx, r->id, &note, err);
}

bool reply_open(struct ctx *ctx, struct request_id request, struct reply_id *id, struct err *err)
{
	struct request r;
	struct reply *rounds;
	size_t count;

	if (!request_find(ctx, request, &r, err) ||
	    !reply_rounds(ctx, request, &rounds, &count, err))
		return false;
	if (r.state != REQUEST_HANDLING && r.state != REQUEST_INQUIRING)
		return err_set(err, ERR_CONFLICT, "reply.cannot_open", STR_FMT "|" STR_FMT,
			       STR_ARG(r.number), STR_ARG(request_state_label(r.state)));
	if (count > 0 && rounds[count - 1].stage != REPLY_DROPPED)
		return err_set(err, ERR_CONFLICT, "reply.open_already", STR_FMT "|" STR_FMT,
			       STR_ARG(r.number),
			       STR_ARG(reply_stage_label(rounds[count - 1].stage)));
	return open_round(ctx, &r, (int)count + 1, STR_NONE, id, err);
}

bool reply_open_again(struct ctx *ctx, struct request_id request, struct str cause,
		      struct reply_id *id, struct err *err)
{
	struct request r;
	struct reply *rounds;
	size_t count;

	if (!request_find(ctx, request, &r, err) ||
	    !reply_rounds(ctx, request, &rounds, &count, err))
		return false;
	if (cause.len == 0)
		return err_set_field(err, "cause", ERR_INVALID, "reply.no_cause", " ");
	if (!check_text(cause, "cause", err))
		return false;
	if (!r.decided_on.known)
		return err_set(err, ERR_CONFLICT, "reply.not_decided_yet", STR_FMT,
			       STR_ARG(r.number));
	if (count > 0 && rounds[count - 1].stage != REPLY_SIGNED &&
	    rounds[count - 1].stage != REPLY_DROPPED)
		return err_set(err, ERR_CONFLICT, "reply.open_already", STR_FMT "|" STR_FMT,
			       STR_ARG(r.number),
			       STR_ARG(reply_stage_label(rounds[count - 1].stage)));
	return open_round(ctx, &r, (int)count + 1, cause, id, err);
}

/* ---- items */

static bool check_asked(struct str asked, struct err *err)
{
	if (str_trim(asked).len == 0)
		return err_set_field(err, "asked", ERR_INVALID, "reply.nothing_asked", " ");
	return check_text(asked, "asked", err);
}

static bool write_item(struct ctx *ctx, const struct reply_item *item, struct err *err)
{
	struct reply_item_update_in in = { .id = item->id,
					   .position = item->position,
					   .asked = item->asked,
					   .decision = code_of(item->decision),
					   .decision_reason = item->decision_reason };

	return reply_item_update(ctx, &in, NULL, err);
}

/* Ends a change of one item: an event that names its position. */
static bool end_item(struct ctx *ctx, struct work *w, const struct reply_item *item,
		     const char *verb, struct str what, struct ledger_change change,
		     struct str reason, struct err *err)
{
	struct ledger_change changes[] = {
		{ "item", STR_NONE, str_format(ctx->arena, "%d", item->position) }, change
	};
	struct str position = work_position(ctx->arena, item->position);
	struct work_note note = { .verb = verb,
				  .what = str_concat(ctx->arena, position, what),
				  .changes = changes,
				  .changes_count = change.field != NULL ? 2 : 1,
				  .reason = reason };

	return work_end(ctx, w, &note, err);
}

static const struct ledger_change no_change = { NULL, { "", 0 }, { "", 0 } };

bool reply_add_item(struct ctx *ctx, struct reply_edit at, struct str asked, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_asked(asked, err))
		return false;
	if (w.reply.items_count == REPLY_ITEMS_MAX)
		return err_set(err, ERR_LIMIT, "reply.too_many_items", "%d", REPLY_ITEMS_MAX);
	struct reply_item item = { .position = (int)w.reply.items_count + 1 };
	struct reply_item_insert_in in = { .reply_id = at.reply,
					   .position = item.position,
					   .asked = asked };
	return reply_item_insert(ctx, &in, NULL, err) &&
	       end_item(ctx, &w, &item, "reply.add_item", STR("：增加"), no_change, STR_NONE, err);
}

bool reply_set_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id id,
		    struct str asked, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_asked(asked, err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	item->asked = asked;
	return write_item(ctx, item, err) &&
	       end_item(ctx, &w, item, "reply.set_item", STR("：改写所申请的信息"), no_change,
			STR_NONE, err);
}

bool reply_remove_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id id,
		       struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	if (w.reply.items_count == 1)
		return err_set(err, ERR_CONFLICT, "reply.last_item", STR_FMT,
			       STR_ARG(w.request.number));
	if (!reply_item_delete(ctx, &(struct reply_item_delete_in){ .id = id }, NULL, err))
		return false;
	for (size_t i = (size_t)item->position; i < w.reply.items_count; i++) {
		w.reply.items[i].position--;
		if (!write_item(ctx, &w.reply.items[i], err))
			return false;
	}
	return end_item(ctx, &w, item, "reply.remove_item", STR("：删去"), no_change, STR_NONE,
			err);
}

/* ---- facts that the request knows already */

static bool put_fact(struct ctx *ctx, const struct reply_item *item, const char *name,
		     struct str value, struct err *err)
{
	struct reply_fact_insert_in in = { .item_id = item->id,
					   .name = str_from_c(name),
					   .value = value };

	return value.len == 0 || reply_fact_insert(ctx, &in, NULL, err);
}

static struct str day_text(struct ctx *ctx, struct opt_date day)
{
	return day.known ? date_iso(ctx->arena, day.v) : STR_NONE;
}

/* When the third party was asked, when it answered, and its reasons: of the last one asked. */
static bool put_third(struct ctx *ctx, const struct request *r, const struct reply_item *item,
		      struct err *err)
{
	const struct request_inquiry *last = NULL;
	struct request_inquiry *list;
	size_t count;

	if (!request_inquiries_of(ctx, r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == INQUIRY_THIRD_PARTY)
			last = &list[i];
	return last == NULL ||
	       (put_fact(ctx, item, "asked_on", date_iso(ctx->arena, last->sent_on), err) &&
		put_fact(ctx, item, "answered_on", day_text(ctx, last->back_on), err) &&
		put_fact(ctx, item, "third_reason", utf8_prefix(last->opinion, THIRD_CHARACTERS),
			 err));
}

static bool put_correction(struct ctx *ctx, const struct request *r,
			   const struct reply_item *item, struct err *err)
{
	return put_fact(ctx, item, "correction_told_on", day_text(ctx, r->correction_sent_on),
			err) &&
	       put_fact(ctx, item, "corrected_on", day_text(ctx, r->clock_from), err);
}

/* The facts of another decision than before: those of the old one go, what is known is filled. */
static bool fresh_facts(struct ctx *ctx, const struct work *w, const struct reply_item *item,
			struct err *err)
{
	struct str code = code_of(item->decision);

	if (!reply_facts_delete(ctx, &(struct reply_facts_delete_in){ .item_id = item->id }, NULL,
				err))
		return false;
	if (str_equal_c(code, "still_unclear") && w->request.correction_sent_on.known)
		return put_correction(ctx, &w->request, item, err);
	return !str_equal_c(code, "no_third") || put_third(ctx, &w->request, item, err);
}

/* ---- the aid, and the decision */

static bool set_decision(struct ctx *ctx, const struct work *w, struct reply_item *item,
			 const struct decision_kind *kind, struct str reason, struct err *err)
{
	bool other = item->decision != kind;

	item->decision = kind;
	item->decision_reason = reason;
	return write_item(ctx, item, err) && (!other || fresh_facts(ctx, w, item, err));
}

static bool drop_later_answers(struct ctx *ctx, const struct reply_item *item,
			       const struct decision_kind *test, struct err *err)
{
	for (size_t i = 0; i < item->answers_count; i++) {
		struct reply_answer_delete_in in = {
			.item_id = item->id, .test = code_of(item->answers[i].test)
		};
		if (item->answers[i].test->order >= test->order &&
		    !reply_answer_delete(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

bool reply_answer_test(struct ctx *ctx, struct reply_edit at, struct reply_item_id id,
		       const struct decision_kind *test, bool yes, struct str note, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_text(note, "note", err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	const struct decision_kind *next = reply_next_test(item);
	bool again = false;
	for (size_t i = 0; i < item->answers_count; i++)
		again = again || item->answers[i].test == test;
	/* One question at a time, in the order of the law's tests. */
	if (test != next && !again)
		return err_set(err, ERR_CONFLICT, "reply.not_this_test", STR_FMT,
			       STR_ARG(test->test));
	struct reply_answer_insert_in in = { .item_id = id,
					     .test = code_of(test),
					     .yes = yes,
					     .note = note,
					     .person = ctx->actor.name,
					     .at = ctx->now };
	if (!drop_later_answers(ctx, item, test, err) ||
	    !reply_answer_insert(ctx, &in, NULL, err) ||
	    !set_decision(ctx, &w, item, yes ? test : NULL, STR_NONE, err))
		return false;
	struct ledger_change change = { code_of(test).ptr, STR_NONE, yes ? STR("yes") : STR("no") };
	return end_item(ctx, &w, item, "reply.answer", STR("：回答判断"), change, STR_NONE, err);
}

bool reply_decide_item(struct ctx *ctx, struct reply_edit at, struct reply_item_id id,
		       const struct decision_kind *kind, struct str reason, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_text(reason, "reason", err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	if (!kind->needs_letter)
		return err_set_field(err, "decision", ERR_CONFLICT, "request.kind_closes", STR_FMT,
				     STR_ARG(kind->label));
	if (kind != reply_proposed(item) && reason.len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "reply.why_otherwise", " ");
	struct ledger_change change = { "decision", code_of(item->decision), code_of(kind) };
	return set_decision(ctx, &w, item, kind, reason, err) &&
	       end_item(ctx, &w, item, "reply.decide_item", STR("：选定处理结果"), change, reason,
			err);
}

/* ---- facts */

static const struct reply_fact_rule *rule_of(const struct reply_item *item, struct str name)
{
	for (size_t i = 0; i < reply_fact_rules_count; i++)
		if (item->decision != NULL &&
		    str_equal_c(str_from_c(reply_fact_rules[i].decision), item->decision->code) &&
		    str_equal_c(name, reply_fact_rules[i].name))
			return &reply_fact_rules[i];
	return NULL;
}

/* The value as it is kept: days as ISO, so that the letter can write them its way. */
static bool fact_value(struct arena *a, const struct reply_fact_rule *rule, struct str typed,
		       struct str *out, struct err *err)
{
	struct date day;
	int64_t number;

	*out = str_trim(typed);
	if (out->len > REPLY_TEXT_BYTES)
		return err_set_field(err, rule->name, ERR_INVALID, "reply.too_long", "%d",
				     REPLY_TEXT_BYTES);
	if (out->len == 0)
		return true;
	switch (rule->kind) {
	case FACT_LINE:
	case FACT_LINES:
		return true;
	case FACT_DAY:
		if (!date_parse(*out, &day))
			return err_set_field(err, rule->name, ERR_INVALID, "reply.no_day",
					     STR_FMT, STR_ARG(*out));
		*out = date_iso(a, day);
		return true;
	case FACT_NUMBER:
		if (!str_to_i64(*out, &number) || number < 0)
			return err_set_field(err, rule->name, ERR_INVALID, "reply.no_number",
					     STR_FMT, STR_ARG(*out));
		return true;
	}
	return true;
}

bool reply_set_facts(struct ctx *ctx, struct reply_edit at, struct reply_item_id id,
		     const struct reply_fact *facts, size_t count, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	if (item->decision == NULL)
		return err_set(err, ERR_CONFLICT, "reply.decide_first", "%d", item->position);
	if (!reply_facts_delete(ctx, &(struct reply_facts_delete_in){ .item_id = id }, NULL, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct reply_fact_rule *rule = rule_of(item, facts[i].name);
		struct str value;
		if (rule == NULL)
			return err_set(err, ERR_INVALID, "reply.no_such_fact", STR_FMT "|" STR_FMT,
				       STR_ARG(item->decision->label), STR_ARG(facts[i].name));
		if (!fact_value(ctx->arena, rule, facts[i].value, &value, err) ||
		    !put_fact(ctx, item, rule->name, value, err))
			return false;
	}
	return end_item(ctx, &w, item, "reply.set_facts", STR("：填写要素"), no_change, STR_NONE,
			err);
}

bool reply_pick(struct ctx *ctx, struct reply_edit at, const struct decision_kind *kind,
		struct str reason, struct err *err)
{
	bool one_of_them = kind == NULL;
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_text(reason, "reason", err))
		return false;
	for (size_t i = 0; i < w.reply.items_count; i++)
		one_of_them = one_of_them || w.reply.items[i].decision == kind;
	if (!one_of_them)
		return err_set_field(err, "decision", ERR_INVALID, "reply.not_a_ground", STR_FMT,
				     STR_ARG(kind->label));
	if (kind != NULL && reason.len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "reply.why_otherwise", " ");
	struct ledger_change change = { "decision", code_of(w.reply.decision), code_of(kind) };
	w.reply.decision = kind;
	w.reply.decision_reason = reason;
	struct work_note note = { .verb = "reply.pick",
				  .what = STR("选定主要理由"),
				  .changes = &change,
				  .changes_count = 1,
				  .reason = reason };
	return work_end(ctx, &w, &note, err);
}

/* ---- redactions */

bool reply_redact(struct ctx *ctx, struct reply_edit at, struct reply_item_id id, struct str place,
		  const struct decision_kind *ground, struct str reason, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err) || !check_text(reason, "reason", err) ||
	    !check_text(place, "place", err))
		return false;
	struct reply_item *item = work_item(&w, id, err);
	if (item == NULL)
		return false;
	if (place.len == 0)
		return err_set_field(err, "place", ERR_INVALID, "reply.where_redacted", " ");
	/* 条例第三十七条: reasons are given for what is not disclosed. */
	if (reason.len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "reply.why_redacted", " ");
	if (ground->outcome < OUTCOME_DENIED_STATE_SECRET ||
	    ground->outcome > OUTCOME_DENIED_ENFORCEMENT_FILE)
		return err_set_field(err, "ground", ERR_INVALID, "reply.no_ground", STR_FMT,
				     STR_ARG(ground->label));
	if (item->redactions_count == REPLY_REDACTIONS_MAX)
		return err_set(err, ERR_LIMIT, "reply.too_many_redactions", "%d",
			       REPLY_REDACTIONS_MAX);
	struct reply_redaction_insert_in in = { .item_id = id,
						.place = place,
						.ground = code_of(ground),
						.reason = reason,
						.person = ctx->actor.name,
						.at = ctx->now };
	struct ledger_change change = { "ground", STR_NONE, code_of(ground) };
	return reply_redaction_insert(ctx, &in, NULL, err) &&
	       end_item(ctx, &w, item, "reply.redact", STR("：登记遮盖"), change, STR_NONE, err);
}

bool reply_unredact(struct ctx *ctx, struct reply_edit at, int64_t redaction, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	for (size_t i = 0; i < w.reply.items_count; i++) {
		const struct reply_item *item = &w.reply.items[i];
		for (size_t k = 0; k < item->redactions_count; k++) {
			if (item->redactions[k].id != redaction)
				continue;
			struct reply_redaction_delete_in in = { .id = redaction };
			struct ledger_change change = { "ground", item->redactions[k].ground,
							STR_NONE };
			return reply_redaction_delete(ctx, &in, NULL, err) &&
			       end_item(ctx, &w, item, "reply.unredact", STR("：取消遮盖"), change,
					STR_NONE, err);
		}
	}
	return err_set(err, ERR_NOT_FOUND, "reply.no_redaction", STR_FMT,
		       STR_ARG(w.request.number));
}
