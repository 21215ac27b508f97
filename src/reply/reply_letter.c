/*
 * reply_letter.c - decisions and facts into the letter, and what goes with it. The words
 * are edited in letter/; number, date and remedy are computed there.
 */
#include "reply/reply_work.h"

#include "base/buf.h"
#include "letter/letterhead.h"
#include "reply_sql.h"

enum { COMMON_MAX = 16, TITLE_BYTES = 300, PAGES_MAX = 100000 };

struct facts {
	struct letter_fact at[COMMON_MAX];
	size_t count;
};

static void say(struct facts *f, const char *name, struct str value)
{
	if (value.len > 0 && f->count < COMMON_MAX)
		f->at[f->count++] = (struct letter_fact){ name, value };
}

static void say_day(struct arena *a, struct facts *f, const char *name, struct opt_date day)
{
	say(f, name, day.known ? date_iso(a, day.v) : STR_NONE);
}

/* What the request knows of itself, for the letter's first paragraph. */
static void facts_of_request(struct arena *a, const struct request *r, struct facts *f)
{
	say(f, "number", r->number);
	say(f, "content", r->content);
	say(f, "channel", channel_label(r->channel));
	say_day(a, f, "submitted_on", (struct opt_date){ true, r->submitted_on });
	say_day(a, f, "received_on", r->received_on);
	say_day(a, f, "due", r->due);
	if (r->correction_sent_on.known) {
		say_day(a, f, "correction_told_on", r->correction_sent_on);
		say_day(a, f, "corrected_on", r->clock_from);
	}
}

/* The last inquiry that is over, told to the applicant. */
static bool facts_of_inquiry(struct ctx *ctx, const struct request *r, struct facts *f,
			     struct err *err)
{
	const struct request_inquiry *last = NULL;
	struct request_inquiry *list;
	size_t count;

	if (!request_inquiries_of(ctx, r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].back_on.known)
			last = &list[i];
	if (last == NULL)
		return true;
	say(f, "asked_whom", inquiry_label(last->kind));
	say_day(ctx->arena, f, "asked_on", (struct opt_date){ true, last->sent_on });
	say_day(ctx->arena, f, "answered_on", last->back_on);
	return true;
}

/* Of one item: later ones of the same name stand before what the request knows. */
static struct letter_fact *facts_of_item(struct arena *a, const struct facts *common,
					 const struct reply_item *item, size_t *count)
{
	struct letter_fact *list =
		ARENA_ARRAY(a, common->count + item->facts_count, struct letter_fact);
	size_t n = 0;

	for (size_t i = 0; i < item->facts_count; i++)
		list[n++] = (struct letter_fact){ str_to_c(a, item->facts[i].name),
						  item->facts[i].value };
	for (size_t i = 0; i < common->count; i++)
		if (reply_fact_of(item, common->at[i].name).len == 0)
			list[n++] = common->at[i];
	*count = n;
	return list;
}

static void facts_of_items(struct arena *a, const struct reply *reply, const struct facts *common,
			   struct letter_new *in)
{
	struct letter_item *items = ARENA_ARRAY(a, reply->items_count, struct letter_item);

	if (reply->items_count == 1) {
		in->facts = facts_of_item(a, common, &reply->items[0], &in->facts_count);
		return;
	}
	in->facts = common->at;
	in->facts_count = common->count;
	for (size_t i = 0; i < reply->items_count; i++) {
		const struct reply_item *item = &reply->items[i];
		items[i].kind = letter_kind_find(str_from_c(item->decision->code));
		items[i].information = item->asked;
		items[i].facts = facts_of_item(a, common, item, &items[i].facts_count);
	}
	in->items = items;
	in->items_count = reply->items_count;
}

static enum letter_to to_whom(const struct request *r)
{
	return r->applicant == APPLICANT_NATURAL_PERSON ? LETTER_TO_PERSON : LETTER_TO_ORGANISATION;
}

static struct str enclosure_lines(struct arena *a, const struct reply *reply)
{
	struct buf b = buf_open(a, 256, (size_t)REPLY_ENCLOSURES_MAX * (TITLE_BYTES + 1));

	for (size_t i = 0; i < reply->enclosures_count; i++) {
		if (i > 0)
			buf_add_char(&b, '\n');
		buf_add(&b, reply->enclosures[i].title);
	}
	return buf_str(&b);
}

static bool discard_old(struct ctx *ctx, const struct reply *reply, struct err *err)
{
	return !reply->letter.known ||
	       letter_discard(ctx, (struct letter_id){ reply->letter.v }, STR("重新起草"), err);
}

static bool merge(struct ctx *ctx, struct work *w, const struct reply_letter_new *in,
		  struct err *err)
{
	struct facts common = { .count = 0 };
	struct reply_result result;
	struct letter_id id;

	if (!reply_result_of(ctx, &w->reply, &result, err))
		return false;
	if (result.kind == NULL) /* its working names the item */
		return err_set(err, ERR_CONFLICT, "reply.result_open", STR_FMT,
			       STR_ARG(result.working[0]));
	facts_of_request(ctx->arena, &w->request, &common);
	if (!facts_of_inquiry(ctx, &w->request, &common, err) ||
	    !discard_old(ctx, &w->reply, err))
		return false;
	struct letter_new letter = { .unit = w->request.unit,
				     .kind = letter_kind_find(str_from_c(result.kind->code)),
				     .subject_kind = "request",
				     .subject_id = w->request.id.n,
				     .addressee = in->addressee,
				     .to = to_whom(&w->request),
				     .dated = in->dated,
				     .attachments = enclosure_lines(ctx->arena, &w->reply),
				     .online = in->online };
	facts_of_items(ctx->arena, &w->reply, &common, &letter);
	if (!letter_draft(ctx, &letter, &id, err))
		return false;
	w->reply.letter = (struct opt_int){ true, id.n };
	return true;
}

bool reply_draft_letter(struct ctx *ctx, struct reply_edit at, const struct reply_letter_new *in,
			struct err *err)
{
	struct work_note note = { .verb = "reply.draft_letter",
				  .what = in->keep ? STR("核对文书") : STR("起草文书") };
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	bool keep = in->keep && w.reply.letter.known;
	if (!keep && !merge(ctx, &w, in, err))
		return false;
	return work_basis(ctx, &w.reply, &w.reply.letter_basis, err) &&
	       work_end(ctx, &w, &note, err);
}

/* ---- what goes with it */

bool reply_enclose(struct ctx *ctx, struct reply_edit at, const struct reply_enclosure_new *in,
		   struct err *err)
{
	struct reply_enclosure_insert_in row = { .reply_id = at.reply,
						 .attachment_id = in->attachment,
						 .title = in->title,
						 .sha256 = in->sha256,
						 .pages = in->pages,
						 .redacted = in->redacted };
	struct ledger_change change = { "sha256", STR_NONE, in->sha256 };
	struct work_note note = { .verb = "reply.enclose",
				  .what = STR("增加附件"),
				  .changes = &change,
				  .changes_count = 1 };
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	if (in->title.len == 0 || in->title.len > TITLE_BYTES)
		return err_set_field(err, "title", ERR_INVALID, "reply.enclosure_title", "%d",
				     TITLE_BYTES);
	if (in->pages < 0 || in->pages > PAGES_MAX)
		return err_set_field(err, "pages", ERR_INVALID, "reply.no_number", "%d", in->pages);
	if (w.reply.enclosures_count == REPLY_ENCLOSURES_MAX)
		return err_set(err, ERR_LIMIT, "reply.too_many_enclosures", "%d",
			       REPLY_ENCLOSURES_MAX);
	return reply_enclosure_insert(ctx, &row, NULL, err) && work_end(ctx, &w, &note, err);
}

bool reply_unenclose(struct ctx *ctx, struct reply_edit at, int64_t enclosure, struct err *err)
{
	struct work w;

	if (!work_begin(ctx, at, REPLY_EDIT, &w, err))
		return false;
	for (size_t i = 0; i < w.reply.enclosures_count; i++) {
		if (w.reply.enclosures[i].id != enclosure)
			continue;
		struct reply_enclosure_delete_in in = { .id = enclosure };
		struct ledger_change change = { "sha256", w.reply.enclosures[i].sha256, STR_NONE };
		struct work_note note = { .verb = "reply.unenclose",
					  .what = STR("取消附件"),
					  .changes = &change,
					  .changes_count = 1 };
		return reply_enclosure_delete(ctx, &in, NULL, err) && work_end(ctx, &w, &note, err);
	}
	return err_set(err, ERR_NOT_FOUND, "reply.no_enclosure", STR_FMT,
		       STR_ARG(w.request.number));
}

/* ---- 终止办理告知书, 撤回申请确认书 */

static bool facts_of_closing(struct ctx *ctx, const struct request *r,
			     const struct reply_closing *in, struct facts *f, struct err *err)
{
	struct opt_date on = { true, in->on };
	struct request_fee fee;
	bool charged;

	facts_of_request(ctx->arena, r, f);
	if (!request_fee_find(ctx, r->id, &fee, &charged, err))
		return false;
	if (in->kind->outcome == OUTCOME_OTHER_OVERDUE_CORRECTION) {
		say_day(ctx->arena, f, "served_on", r->correction_sent_on);
		say_day(ctx->arena, f, "lapsed_on", r->correction_until);
	}
	if (in->kind->outcome == OUTCOME_OTHER_OVERDUE_FEE && charged) {
		struct opt_date told = { true, fee.told_on }, until = fee.pay_until;
		say_day(ctx->arena, f, "fee_told_on", told);
		say_day(ctx->arena, f, "served_on", told);
		say_day(ctx->arena, f, "lapsed_on", until);
	}
	if (in->kind->outcome == OUTCOME_OTHER_REST)
		say_day(ctx->arena, f, "withdrawn_on", on);
	return true;
}

bool work_closing_letter(struct ctx *ctx, const struct request *r, const struct reply_closing *in,
			 struct err *err)
{
	struct facts facts = { .count = 0 };
	struct letter_new letter = { .unit = r->unit,
				     .kind = letter_kind_find(str_from_c(in->kind->code)),
				     .subject_kind = "request",
				     .subject_id = r->id.n,
				     .addressee = in->addressee,
				     .to = to_whom(r),
				     .dated = in->on };
	struct letterhead head;
	struct letter_id id;

	if (letter.kind == NULL) /* no way to close: the step itself will say so */
		return true;
	if (!facts_of_closing(ctx, r, in, &facts, err) || !letterhead_of(ctx, r->unit, &head, err))
		return false;
	/* It leaves by e-mail (delivery/), so it says how to complain over the internet. */
	letter.online = r->wanted_way == GIVE_BY_EMAIL && head.channel.len > 0;
	letter.facts = facts.at;
	letter.facts_count = facts.count;
	return letter_draft(ctx, &letter, &id, err) && letter_issue(ctx, id, in->on, err);
}
