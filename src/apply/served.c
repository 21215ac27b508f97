/* served.c - which letters of a case its applicant has, and what it may do against the answer. */
#include "apply/apply.h"

#include "delivery/delivery.h"
#include "letter/letterhead.h"
#include "letter/remedy.h"
#include "reply/reply_panel.h"
#include "request/request_letters.h"

bool apply_letters(struct ctx *ctx, struct request_id id, struct reply_letter **out, size_t *count,
		   bool *under_way, struct err *err)
{
	struct reply_letter *all;
	size_t n, kept = 0;

	*under_way = false;
	if (!reply_letters_for_applicant(ctx, id, &all, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (all[i].answer && !all[i].served_on.known)
			*under_way = true;
		else
			all[kept++] = all[i];
		if (!all[i].answer &&
		    !delivery_day_of(ctx, all[i].letter, &all[kept - 1].served_on, err))
			return false;
	}
	*out = all;
	*count = kept;
	return true;
}

bool apply_letter(struct ctx *ctx, struct request_id id, struct letter_id letter,
		  struct letter *out, struct err *err)
{
	struct reply_letter *list;
	size_t count;
	bool under_way;

	if (!apply_letters(ctx, id, &list, &count, &under_way, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].letter.n == letter.n)
			return letter_load(ctx, letter, out, err);
	return err_set(err, ERR_NOT_FOUND, "letter.none", "%lld", (long long)letter.n);
}

/* The kinds of decision in the answer: of each thing asked for, or of the letter as a whole. */
static bool add_decisions(struct ctx *ctx, struct request_id id, const struct letter *l,
			  const struct remedy_switches *s, struct remedy_case *c, struct err *err)
{
	struct reply reply;
	bool found, any = false;

	if (!apply_served(ctx, id, &reply, &found, err))
		return false;
	for (size_t i = 0; found && reply.letter.known && reply.letter.v == l->id.n &&
			   i < reply.items_count; i++) {
		const struct decision_kind *decision = reply.items[i].decision;
		const struct letter_kind *kind =
			decision != NULL ? letter_kind_find(str_from_c(decision->code)) : NULL;
		if (kind != NULL)
			remedy_add(&c->decisions, kind, l->dated, s);
		any = any || kind != NULL;
	}
	if (!any)
		remedy_add(&c->decisions, l->kind, l->dated, s);
	return true;
}

bool apply_remedy(struct ctx *ctx, struct request_id id, struct str *out, struct err *err)
{
	const struct reply_letter *last = NULL;
	struct remedy_switches switches;
	struct letterhead head;
	struct reply_letter *list;
	struct remedy_case c;
	struct letter l;
	size_t count;
	bool under_way;

	*out = STR_NONE;
	if (!apply_letters(ctx, id, &list, &count, &under_way, err))
		return false;
	for (size_t i = 0; i < count; i++)
		last = list[i].answer ? &list[i] : last;
	if (last == NULL)
		return true;
	if (!letter_load(ctx, last->letter, &l, err) || !letterhead_of(ctx, l.unit, &head, err) ||
	    !remedy_switches_load(ctx, &switches, err) ||
	    !remedy_case_of(ctx, &head, l.dated, &c, err))
		return false;
	c.self = STR("本答复");
	if (!l.online)
		c.channel = STR_NONE;
	if (!add_decisions(ctx, id, &l, &switches, &c, err))
		return false;
	*out = remedy_text(ctx->arena, &c);
	return true;
}

bool apply_in_time(const struct request *r, struct date today)
{
	return !r->correction_until.known || date_compare(today, r->correction_until.v) <= 0;
}

bool apply_withdraw(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct reply_closing in = { .kind = request_decision(STR("withdraw")),
				    .on = ctx->today,
				    .reason = STR("申请人在网上撤回") };
	enum letter_to to;

	return request_addressee(ctx, r, &in.addressee, &to, err) &&
	       reply_close(ctx, r->id, &in, err);
}
