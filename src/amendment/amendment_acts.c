/*
 * amendment_acts.c - what the agency does with it: finding and letter, signature,
 * transfer, service; and what the applicant may still do, withdraw.
 */
#include "amendment/amendment.h"

#include "amendment_sql.h"
#include "attachment/attachment.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "letter/letterhead.h"

static bool load(struct ctx *ctx, struct amendment_edit at, const char *act, unsigned states,
		 struct amendment *a, struct err *err)
{
	if (!amendment_find(ctx, at.id, a, err))
		return false;
	if (a->version != at.version)
		return err_set(err, ERR_CONFLICT, "amendment.changed_meanwhile", STR_FMT,
			       STR_ARG(a->number));
	return (states & 1U << a->state) != 0 ||
	       err_set(err, ERR_CONFLICT, "amendment.not_now", STR_FMT "|" STR_FMT "|%s",
		       STR_ARG(a->number), STR_ARG(amendment_state_label(a->state)), act);
}

/* Written once, with its event; commitment binds words that are not told. */
static bool save(struct ctx *ctx, const struct amendment *was, const struct amendment *a,
		 const char *verb, struct err *err)
{
	struct amendment_update_in in = { .id = a->id,
					  .version = a->version,
					  .state = amendment_state_code(a->state),
					  .result = amendment_result_code(a->result),
					  .finding = a->finding,
					  .target = a->target,
					  .target_unit = a->target_unit,
					  .letter_id = a->letter,
					  .decided_on = a->decided_on,
					  .closed_on = a->closed_on };
	struct ledger_change changes[4] = { { "state", amendment_state_code(was->state),
					      amendment_state_code(a->state) },
					    { "result", amendment_result_code(was->result),
					      amendment_result_code(a->result) } };
	struct ledger_event event = { .subject_kind = "amendment", .subject_id = a->id.n,
				      .verb = verb, .changes = changes, .changes_count = 2 };
	int64_t changed, seq;

	if (a->decided_on.known && !was->decided_on.known)
		changes[event.changes_count++] = (struct ledger_change){
			"decided_on", STR_NONE, date_iso(ctx->arena, a->decided_on.v)
		};
	if (a->closed_on.known && !was->closed_on.known)
		changes[event.changes_count++] = (struct ledger_change){
			"closed_on", STR_NONE, date_iso(ctx->arena, a->closed_on.v)
		};
	if (!amendment_update(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "amendment.changed_meanwhile", STR_FMT,
			       STR_ARG(a->number));
	return ledger_append(ctx, &event, &seq, err);
}

/* ---- finding and letter */

static bool check_target(struct ctx *ctx, struct amendment *a, const struct amendment_finding *in,
			 struct err *err)
{
	struct unit unit;

	a->target = str_trim(in->target);
	a->target_unit = in->target_unit;
	if (in->result != AMENDMENT_TRANSFERRED && in->result != AMENDMENT_REFERRED) {
		a->target = STR_NONE;
		a->target_unit = (struct opt_int){ 0 };
		return true;
	}
	if (in->target_unit.known) {
		if (!agency_unit(ctx, (struct unit_id){ in->target_unit.v }, &unit, err))
			return false;
		a->target = unit.name;
	}
	if (a->target.len == 0)
		return err_set_field(err, "target", ERR_INVALID, "amendment.no_target", " ");
	return !in->target_unit.known || in->target_unit.v != a->unit.n ||
	       err_set_field(err, "target", ERR_INVALID, "amendment.own_unit", STR_FMT,
			     STR_ARG(a->target));
}

/* As the letter goes on after 根据…第四十一条的规定， */
static struct str result_words(struct ctx *ctx, const struct amendment *a)
{
	switch (a->result) {
	case AMENDMENT_CORRECTED:
		return a->finding.len > 0 ?
			       str_format(ctx->arena, "经审核属实，本机关已予以更正：" STR_FMT,
					  STR_ARG(a->finding)) :
			       STR("经审核属实，本机关已予以更正");
	case AMENDMENT_REFUSED:
		return str_format(ctx->arena, "经审核不属实，不予更正，理由是：" STR_FMT,
				  STR_ARG(a->finding));
	case AMENDMENT_TRANSFERRED:
		return STR("该信息的更正不属于本机关职能范围");
	case AMENDMENT_REFERRED:
		return str_format(ctx->arena,
				  "该信息的更正不属于本机关职能范围，请向有权更正的" STR_FMT "提出",
				  STR_ARG(a->target));
	case AMENDMENT_UNDECIDED:
	case AMENDMENT_WITHDRAWN:
	case AMENDMENT_RESULT_COUNT:
		break;
	}
	return STR_NONE;
}

static bool drop_letter(struct ctx *ctx, const struct amendment *a, struct str why,
			struct err *err)
{
	return !a->letter.known ||
	       letter_discard(ctx, (struct letter_id){ a->letter.v }, why, err);
}

static bool write_letter(struct ctx *ctx, struct amendment *a, struct err *err)
{
	struct letter_fact facts[] = {
		{ "received_on", date_iso(ctx->arena, a->received_on) },
		{ "number", a->number },
		{ "amend_what", a->record },
		{ "amend_result", result_words(ctx, a) },
		{ "amend_transfer", a->result == AMENDMENT_TRANSFERRED ? a->target : STR_NONE },
	};
	struct letter_new letter = { .unit = a->unit,
				     .kind = letter_kind_find(STR("amend")),
				     .subject_kind = "amendment",
				     .subject_id = a->id.n,
				     .dated = ctx->today,
				     .facts = facts,
				     .facts_count = COUNT_OF(facts) };
	struct letterhead head;
	struct identity who;
	struct letter_id id;

	if (!identity_masked(ctx, a->applicant, &who, err) ||
	    !identity_name(ctx, a->applicant, &letter.addressee, err))
		return false;
	letter.to = who.organisation ? LETTER_TO_ORGANISATION : LETTER_TO_PERSON;
	if (!letterhead_of(ctx, a->unit, &head, err))
		return false;
	/* Who asked over the internet and left an address is served there (delivery/). */
	letter.online = (a->channel == CHANNEL_WEB || a->channel == CHANNEL_EMAIL) &&
			who.email.len > 0 && head.channel.len > 0;
	if (!letter_draft(ctx, &letter, &id, err))
		return false;
	a->letter = (struct opt_int){ true, id.n };
	return true;
}

bool amendment_draft(struct ctx *ctx, struct amendment_edit at, const struct amendment_finding *in,
		     struct err *err)
{
	struct amendment a, was;

	if (!load(ctx, at, "起草告知书", 1U << AMENDMENT_OPEN | 1U << AMENDMENT_DRAFTED, &a, err))
		return false;
	was = a;
	if (in->result == AMENDMENT_UNDECIDED || in->result == AMENDMENT_WITHDRAWN)
		return err_set_field(err, "result", ERR_INVALID, "amendment.no_result", " ");
	a.result = in->result;
	a.finding = str_trim(in->finding);
	if (a.result == AMENDMENT_REFUSED && a.finding.len == 0)
		return err_set_field(err, "finding", ERR_INVALID, "amendment.no_finding", " ");
	if (a.finding.len > AMENDMENT_TEXT_BYTES)
		return err_set_field(err, "finding", ERR_INVALID, "amendment.too_long", "%d",
				     AMENDMENT_TEXT_BYTES);
	a.state = AMENDMENT_DRAFTED;
	return check_target(ctx, &a, in, err) && drop_letter(ctx, &was, STR("重新起草"), err) &&
	       write_letter(ctx, &a, err) && save(ctx, &was, &a, "amendment.draft", err);
}

/* ---- signature, and what follows from it */

static bool copy_papers(struct ctx *ctx, struct amendment_id from, struct amendment_id to,
			struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "amendment", from.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct attachment file;
		struct attachment_id id;
		if (!attachment_read(ctx, files[i].id, &file, err))
			return false;
		struct attachment_new copy = { .subject_kind = "amendment",
					       .subject_id = to.n,
					       .purpose = file.purpose,
					       .file_name = file.file_name,
					       .content = file.content,
					       .who = file.who };
		if (!attachment_add(ctx, &copy, &id, err))
			return false;
	}
	return true;
}

static bool pass_on(struct ctx *ctx, const struct amendment *a, struct err *err)
{
	struct amendment_new in = { .unit = { a->target_unit.v },
				    .channel = a->channel,
				    .applicant = a->applicant,
				    .received_on = a->decided_on.v,
				    .record = a->record,
				    .wrong = a->wrong,
				    .evidence = a->evidence,
				    .origin = { true, a->id.n } };
	struct amendment_id id;

	return amendment_register(ctx, &in, &id, err) && copy_papers(ctx, a->id, id, err);
}

bool amendment_issue(struct ctx *ctx, struct amendment_edit at, struct date on, struct err *err)
{
	struct amendment a, was;
	struct letter letter;

	if (!load(ctx, at, "签发", 1U << AMENDMENT_DRAFTED, &a, err))
		return false;
	was = a;
	struct letter_id id = { a.letter.v };
	if (date_compare(on, a.received_on) < 0)
		return err_set_field(err, "on", ERR_INVALID, "amendment.too_early", STR_FMT,
				     STR_ARG(date_iso(ctx->arena, a.received_on)));
	if (!letter_load(ctx, id, &letter, err))
		return false;
	if (!letter.issued && !letter_issue(ctx, id, on, err))
		return false;
	a.state = AMENDMENT_DECIDED;
	a.decided_on = (struct opt_date){ true, letter.issued ? letter.dated : on };
	if (!save(ctx, &was, &a, "amendment.issue", err))
		return false;
	return a.result != AMENDMENT_TRANSFERRED || !a.target_unit.known || pass_on(ctx, &a, err);
}

bool amendment_serve(struct ctx *ctx, struct amendment_edit at, struct date on, struct err *err)
{
	struct amendment a, was;

	if (!load(ctx, at, "登记送达", 1U << AMENDMENT_DECIDED, &a, err))
		return false;
	if (date_compare(on, a.decided_on.v) < 0)
		return err_set_field(err, "on", ERR_INVALID, "amendment.too_early", STR_FMT,
				     STR_ARG(date_iso(ctx->arena, a.decided_on.v)));
	if (date_compare(on, ctx->today) > 0)
		return err_set_field(err, "on", ERR_INVALID, "amendment.in_future", STR_FMT,
				     STR_ARG(date_iso(ctx->arena, on)));
	was = a;
	a.state = AMENDMENT_CLOSED;
	a.closed_on = (struct opt_date){ true, on };
	return save(ctx, &was, &a, "amendment.serve", err);
}

bool amendment_withdraw(struct ctx *ctx, struct amendment_edit at, struct err *err)
{
	struct amendment a, was;

	if (!load(ctx, at, "撤回", 1U << AMENDMENT_OPEN | 1U << AMENDMENT_DRAFTED, &a, err))
		return false;
	was = a;
	a.state = AMENDMENT_CLOSED;
	a.result = AMENDMENT_WITHDRAWN;
	a.closed_on = (struct opt_date){ true, ctx->today };
	a.letter = (struct opt_int){ 0 };
	return drop_letter(ctx, &was, STR("申请人撤回"), err) &&
	       save(ctx, &was, &a, "amendment.withdraw", err);
}
