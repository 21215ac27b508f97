/*
 * reply_gates.c - from the drafter to the signature: each act stands for the digest of
 * the draft, so what was changed afterwards has passed no gate.
 */
#include "reply/reply_work.h"

#include "base/buf.h"
#include "base/rand.h"
#include "reply_sql.h"

enum { OPINIONS_MAX = 100, SALT_BYTES = 16 };

static bool check_words(struct str text, size_t max, const char *field, const char *empty_key,
			struct err *err)
{
	if (str_trim(text).len == 0)
		return err_set_field(err, field, ERR_INVALID, empty_key, " ");
	if (text.len > max)
		return err_set_field(err, field, ERR_INVALID, "reply.too_long", "%d", (int)max);
	return true;
}

/* The stage after an act; a gate that the unit does not ask for is passed over. */
static enum reply_stage stage_after(const struct gates *gates, enum reply_verb verb)
{
	if (verb == REPLY_SUBMIT && gates->review)
		return REPLY_REVIEW;
	if (verb != REPLY_ADVISE && gates->advice)
		return REPLY_ADVICE;
	return REPLY_SIGNING;
}

static bool go_on(struct ctx *ctx, struct work *w, enum reply_verb verb, struct err *err)
{
	struct gates gates;

	if (!gates_of_unit(ctx, w->request.unit, &gates, err))
		return false;
	w->reply.stage = stage_after(&gates, verb);
	return true;
}

/* Stands in the gate for the words that were submitted, if they still are what they were. */
static bool stand(struct ctx *ctx, struct work *w, enum gate gate, bool agrees, struct str remark,
		  struct err *err)
{
	struct gate_new in = { .request = w->reply.request,
			       .reply = w->reply.id.n,
			       .gate = gate,
			       .agrees = agrees,
			       .digest = w->reply.digest,
			       .remark = remark };
	struct str now;

	if (!reply_digest(ctx, &w->reply, &now, err))
		return false;
	if (!str_equal(now, w->reply.digest))
		return err_set(err, ERR_CONFLICT, "reply.words_changed", STR_FMT,
			       STR_ARG(w->request.number));
	return gate_record(ctx, &in, err);
}

static bool end(struct ctx *ctx, struct work *w, enum reply_verb verb, enum reply_stage was,
		struct str reason, struct err *err)
{
	struct ledger_change changes[] = {
		{ "stage", reply_stage_code(was), reply_stage_code(w->reply.stage) },
		{ "digest", STR_NONE, w->reply.digest },
	};
	struct work_note note = { .verb = reply_verb_code(verb).ptr,
				  .what = reply_verb_label(verb),
				  .changes = changes,
				  .changes_count = COUNT_OF(changes),
				  .reason = reason };

	return work_end(ctx, w, &note, err);
}

/* ---- drafter */

static bool complain(struct ctx *ctx, const struct reply_gap *gaps, size_t count, struct err *err)
{
	struct buf b = buf_open(ctx->arena, 200, 400);

	for (size_t i = 0; i < count; i++) {
		if (b.len > 300) {
			buf_add_c(&b, " 等");
			break;
		}
		buf_add_c(&b, i > 0 ? "、" : "");
		if (gaps[i].position > 0)
			buf_addf(&b, "第%d项", gaps[i].position);
		buf_add(&b, gaps[i].label);
	}
	return err_set(err, ERR_CONFLICT, "reply.gaps", "%d|" STR_FMT, (int)count,
		       STR_ARG(buf_str(&b)));
}

bool reply_submit(struct ctx *ctx, struct reply_edit at, struct err *err)
{
	struct reply_gap *gaps;
	struct work w;
	size_t count;

	if (!work_begin(ctx, at, REPLY_SUBMIT, &w, err) ||
	    !reply_gaps(ctx, &w.reply, &gaps, &count, err))
		return false;
	if (count > 0)
		return complain(ctx, gaps, count, err);
	return reply_digest(ctx, &w.reply, &w.reply.digest, err) &&
	       stand(ctx, &w, GATE_DRAFT, true, STR_NONE, err) &&
	       go_on(ctx, &w, REPLY_SUBMIT, err) &&
	       end(ctx, &w, REPLY_SUBMIT, REPLY_DRAFTING, STR_NONE, err);
}

static bool back(struct ctx *ctx, struct work *w, enum reply_verb verb, struct str reason,
		 struct err *err)
{
	enum reply_stage was = w->reply.stage;

	w->reply.stage = REPLY_DRAFTING;
	return end(ctx, w, verb, was, reason, err);
}

bool reply_recall(struct ctx *ctx, struct reply_edit at, struct str reason, struct err *err)
{
	struct work w;

	return work_begin(ctx, at, REPLY_RECALL, &w, err) &&
	       check_words(reason, REPLY_TEXT_BYTES, "reason", "reply.no_reason", err) &&
	       back(ctx, &w, REPLY_RECALL, reason, err);
}

bool reply_drop(struct ctx *ctx, struct reply_edit at, struct str reason, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_DROP, &w, err) ||
	    !check_words(reason, REPLY_TEXT_BYTES, "reason", "reply.no_reason", err))
		return false;
	w.reply.stage = REPLY_DROPPED;
	return end(ctx, &w, REPLY_DROP, REPLY_DRAFTING, reason, err);
}

/* ---- second person */

bool reply_review(struct ctx *ctx, struct reply_edit at, enum reply_verdict verdict,
		  struct str remark, struct err *err)
{
	enum reply_verb verb = verdict == REPLY_FOR ? REPLY_AGREE : REPLY_RETURN;
	struct work w;

	if (!work_begin(ctx, at, verb, &w, err))
		return false;
	if (remark.len > REPLY_TEXT_BYTES)
		return err_set_field(err, "remark", ERR_INVALID, "reply.too_long", "%d",
				     REPLY_TEXT_BYTES);
	if (verdict == REPLY_AGAINST &&
	    !check_words(remark, REPLY_TEXT_BYTES, "remark", "reply.no_remark", err))
		return false;
	if (!stand(ctx, &w, GATE_REVIEW, verdict == REPLY_FOR, remark, err))
		return false;
	if (verdict == REPLY_AGAINST)
		return back(ctx, &w, verb, STR_NONE, err);
	return go_on(ctx, &w, REPLY_AGREE, err) &&
	       end(ctx, &w, REPLY_AGREE, REPLY_REVIEW, STR_NONE, err);
}

/* ---- legal adviser */

bool reply_advise(struct ctx *ctx, struct reply_edit at, enum reply_verdict verdict,
		  struct str opinion, struct err *err)
{
	struct str salt = random_hex(ctx->arena, SALT_BYTES);
	bool agrees = verdict == REPLY_FOR;
	struct work w;

	if (!work_begin(ctx, at, REPLY_ADVISE, &w, err) ||
	    !check_words(opinion, REPLY_OPINION_BYTES, "opinion", "reply.no_opinion", err) ||
	    !stand(ctx, &w, GATE_ADVICE, agrees, STR_NONE, err))
		return false;
	/* The chain proves that this opinion was there; its words are not in it. */
	struct str commitment = ledger_commit(ctx->arena, salt, opinion);
	struct reply_opinion_insert_in in = { .reply_id = w.reply.id,
					      .account_id = ctx->actor.account_id,
					      .person = ctx->actor.name,
					      .at = ctx->now,
					      .agrees = agrees,
					      .opinion = opinion,
					      .salt = salt,
					      .digest = commitment };
	struct ledger_change changes[] = {
		{ "stage", reply_stage_code(REPLY_ADVICE), reply_stage_code(REPLY_SIGNING) },
		{ "opinion", STR_NONE, commitment },
		{ "agrees", STR_NONE, agrees ? STR("yes") : STR("no") },
		{ "digest", STR_NONE, w.reply.digest },
	};
	struct work_note note = { .verb = reply_verb_code(REPLY_ADVISE).ptr,
				  .what = reply_verb_label(REPLY_ADVISE),
				  .changes = changes,
				  .changes_count = COUNT_OF(changes) };
	return reply_opinion_insert(ctx, &in, NULL, err) && go_on(ctx, &w, REPLY_ADVISE, err) &&
	       work_end(ctx, &w, &note, err);
}

/* The adviser, the reviewers and leaders of the unit, and its drafters. */
static bool readable_to(const struct ctx *ctx, const struct request *r, int64_t author)
{
	const uint64_t may = PERM_BIT(PERM_REQUEST_WRITE) | PERM_BIT(PERM_REQUEST_DECIDE) |
			     PERM_BIT(PERM_REQUEST_ADVISE);

	if (ctx->actor.account_id != 0 && ctx->actor.account_id == author)
		return true;
	return ctx->actor.unit_id == r->unit.n && (ctx->actor.permissions & may) != 0;
}

bool reply_opinions(struct ctx *ctx, const struct reply *reply, struct reply_opinion **out,
		    size_t *count, struct err *err)
{
	struct reply_opinions_of_in in = { .reply_id = reply->id };
	struct reply_opinions_of_row *rows;
	struct request r;

	if (!request_find(ctx, reply->request, &r, err) ||
	    !reply_opinions_of_all(ctx, &in, OPINIONS_MAX, &rows, count, err))
		return false;
	struct reply_opinion *list = ARENA_ARRAY(ctx->arena, *count, struct reply_opinion);
	for (size_t i = 0; i < *count; i++) {
		bool readable = readable_to(ctx, &r, rows[i].account_id);
		list[i] = (struct reply_opinion){ .person = rows[i].person,
						  .opinion = readable ? rows[i].opinion : STR_NONE,
						  .digest = rows[i].digest,
						  .at = rows[i].at,
						  .agrees = rows[i].agrees,
						  .readable = readable };
	}
	*out = list;
	return true;
}

/* ---- leader */

bool reply_return(struct ctx *ctx, struct reply_edit at, struct str remark, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_RETURN, &w, err) ||
	    !check_words(remark, REPLY_TEXT_BYTES, "remark", "reply.no_remark", err))
		return false;
	enum gate gate = w.reply.stage == REPLY_REVIEW ? GATE_REVIEW : GATE_SIGN;
	return stand(ctx, &w, gate, false, remark, err) &&
	       back(ctx, &w, REPLY_RETURN, STR_NONE, err);
}

static bool advised_against(struct ctx *ctx, const struct reply *reply, bool *against,
			    struct err *err)
{
	struct gate_pass *list;
	size_t count;

	if (!gate_passes(ctx, reply->id.n, &list, &count, err))
		return false;
	*against = false;
	for (size_t i = 0; i < count; i++)
		if (list[i].gate == GATE_ADVICE && str_equal(list[i].digest, reply->digest))
			*against = !list[i].agrees;
	return true;
}

/*
 * The decision itself. A further round leaves the request's result as it was counted: a reply made
 * anew after a reconsideration or a judgment is no new request, and does not change the first.
 */
static bool decide(struct ctx *ctx, struct work *w, struct date on, struct err *err)
{
	struct reply_result result;

	if (!reply_result_of(ctx, &w->reply, &result, err))
		return false;
	if (w->request.decided_on.known)
		return gate_check(ctx, &w->request, w->reply.id.n, w->reply.digest, err);
	struct request_step step = { .verb = VERB_DECIDE,
				     .on = on,
				     .kind = result.kind,
				     .reply = w->reply.id.n,
				     .digest = w->reply.digest };
	return request_take_step(ctx, w->request.id, &step, err);
}

bool reply_sign(struct ctx *ctx, struct reply_edit at, struct date on, struct str reason,
		struct err *err)
{
	bool against;
	struct work w;

	if (!work_begin(ctx, at, REPLY_SIGN, &w, err) ||
	    !advised_against(ctx, &w.reply, &against, err))
		return false;
	if (against && !check_words(reason, REPLY_TEXT_BYTES, "reason", "reply.why_against", err))
		return false;
	if (reason.len > REPLY_TEXT_BYTES)
		return err_set_field(err, "reason", ERR_INVALID, "reply.too_long", "%d",
				     REPLY_TEXT_BYTES);
	if (date_compare(on, ctx->today) > 0)
		return err_set_field(err, "on", ERR_INVALID, "reply.sign_in_future", " ");
	/* The letter has its number and the request its decision, or neither. */
	if (!stand(ctx, &w, GATE_SIGN, true, reason, err) ||
	    !letter_issue(ctx, (struct letter_id){ w.reply.letter.v }, on, err) ||
	    !decide(ctx, &w, on, err))
		return false;
	w.reply.stage = REPLY_SIGNED;
	w.reply.signed_on = (struct opt_date){ true, on };
	return end(ctx, &w, REPLY_SIGN, REPLY_SIGNING, reason, err);
}
