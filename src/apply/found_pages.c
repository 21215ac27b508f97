/*
 * found_pages.c - what is public already, put before somebody who is about to ask; and the public
 * list of answers.
 *
 * The words that are searched with before asking stand in the draft, never in an address.
 */
#include "apply/answer_view.h"
#include "apply/apply_view.h"
#include "apply/apply_work.h"
#include "apply_html.h"
#include "base/json.h"
#include "base/vault.h"

enum { ROWS = 20 };

static json_t *found_json(struct arena *a, const struct found *f)
{
	json_t *out = json_object();

	json_object_set_new(out, "source", json_text(found_source_code(f->source)));
	json_object_set_new(out, "ref", json_integer(f->ref));
	json_object_set_new(out, "title", json_text(f->title));
	json_object_set_new(out, "unit", json_text(f->unit_name));
	json_object_set_new(out, "href", json_text(f->href));
	json_object_set_new(out, "public_on", json_text(date_iso(a, f->public_on)));
	return out;
}

static json_t *items_json(struct arena *a, const struct found *items, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, found_json(a, &items[i]));
	return json_pack("{s:o}", "items", list);
}

/* ---- before asking */

static bool fill_before(struct web_request *rq, struct before_view *v, struct err *err)
{
	struct apply_draft d;
	struct found *items;
	bool found;

	v->form = web_form_state(rq);
	if (!apply_draft_of(rq, &d, &found, err))
		return false;
	if (!found || d.sent.n != 0)
		return err_set(err, ERR_NOT_FOUND, "apply.no_draft", " ");
	v->content = d.texts[APPLY_CONTENT];
	if (!found_search(&rq->ctx, v->content, FOUND_NEAR, FOUND_FEW, &items, &v->count, err))
		return false;
	v->items = items;
	return true;
}

bool before_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct before_view v = { .count = 0 };

	if (!fill_before(rq, &v, err))
		return false;
	struct page page = { .title = STR("已经公开的相近内容"), .json = STR("/request/before.json") };
	web_header(rp, "Cache-Control", STR("no-store"));
	struct html *h = web_page_begin(rq, rp, &page);
	before_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool before_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct before_view v = { .count = 0 };

	return fill_before(rq, &v, err) &&
	       web_json(rp, items_json(rq->ctx.arena, v.items, v.count));
}

bool found_visitor(struct web_request *rq, struct str *out, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct apply_draft d;
	bool found;

	if (!vault_needed(rq->ctx.vault, err) || !apply_draft_of(rq, &d, &found, err))
		return false;
	*out = found && d.sent.n == 0 ?
		       apply_hash(&rq->ctx, "avoided", d.token) :
		       apply_hash(&rq->ctx, "avoided-address",
				  str_format(a, STR_FMT " " STR_FMT, STR_ARG(rq->remote),
					     STR_ARG(date_iso(a, rq->ctx.today))));
	return true;
}

bool answered_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	enum found_source source;
	struct found item;
	struct str visitor;

	if (!found_source_from(web_text(rq, "source"), &source))
		return err_set(err, ERR_NOT_FOUND, "apply.not_public", " ");
	return found_item(&rq->ctx, source, web_int(rq, "ref", 0), &item, err) &&
	       found_visitor(rq, &visitor, err) && found_answered(&rq->ctx, visitor, &item, err) &&
	       web_redirect(rp, STR("/request"), "apply.answered");
}

/* ---- the public list */

static bool newest(struct web_request *rq, struct answers_view *v, struct err *err)
{
	struct answer *list;

	if (!answer_list_public(&rq->ctx, list_place_id(rq), ROWS, &list, &v->count, err))
		return false;
	struct found *items = ARENA_ARRAY(rq->ctx.arena, v->count, struct found);
	for (size_t i = 0; i < v->count; i++)
		if (!found_item(&rq->ctx, FOUND_ANSWER, list[i].id.n, &items[i], err))
			return false;
	v->items = items;
	if (v->count > 0)
		v->next = list_next_id(rq->ctx.arena, v->count, ROWS, list[v->count - 1].id.n);
	v->foot = list_foot(rq, v->count, (struct opt_int){ .known = false }, 0, v->next,
			    LIST_NO_FILES);
	return true;
}

static bool fill_answers(struct web_request *rq, struct answers_view *v, struct err *err)
{
	struct found *items;

	v->q = str_trim(web_text(rq, "q"));
	v->asked = v->q.len > 0;
	if (!v->asked)
		return newest(rq, v, err);
	if (!found_search(&rq->ctx, v->q, FOUND_SHOWN, FOUND_MAX, &items, &v->count, err))
		return false;
	v->items = items;
	return true;
}

bool answers_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answers_view v = { .count = 0 };

	if (!fill_answers(rq, &v, err))
		return false;
	struct page page = { .title = STR("向社会公开的答复"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	answers_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool answers_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answers_view v = { .count = 0 };

	return fill_answers(rq, &v, err) &&
	       web_json(rp, items_json(rq->ctx.arena, v.items, v.count));
}

/* A draft, and what was withdrawn, is nobody's to know. */
static bool public_answer(struct web_request *rq, struct answer *a, struct unit *unit,
			  struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "apply.not_public", " ");
	if (!answer_find(&rq->ctx, (struct answer_id){ id }, a, err))
		return false;
	if (a->state != ANSWER_PUBLIC)
		return err_set(err, ERR_NOT_FOUND, "apply.not_public", " ");
	return agency_unit(&rq->ctx, a->unit, unit, err);
}

bool answer_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct answer_view v = { .form = web_form_state(rq) };
	struct answer a;
	struct unit unit;

	if (!public_answer(rq, &a, &unit, err))
		return false;
	v.a = &a;
	v.unit = unit.name;
	v.place_is_link = str_starts(a.text.place, STR("http://")) ||
			  str_starts(a.text.place, STR("https://"));
	struct crumb crumbs[] = { { STR("向社会公开的答复"), STR("/answers") },
				  { a.text.title, STR_NONE } };
	struct page page = { .title = a.text.title,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_format(rq->ctx.arena, "/answers/%lld.json",
						(long long)a.id.n) };
	struct html *h = web_page_begin(rq, rp, &page);
	answer_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool answer_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct answer answer;
	struct unit unit;

	if (!public_answer(rq, &answer, &unit, err))
		return false;
	json_t *out = json_object();
	json_object_set_new(out, "id", json_integer(answer.id.n));
	json_object_set_new(out, "title", json_text(answer.text.title));
	json_object_set_new(out, "answer", json_text(answer.text.answer));
	json_object_set_new(out, "place", json_text(answer.text.place));
	json_object_set_new(out, "unit", json_text(unit.name));
	json_object_set_new(out, "answered_on", json_text(date_iso(a, answer.answered_on)));
	json_object_set_new(out, "public_on", json_text(date_iso(a, answer.public_on.v)));
	return web_json(rp, out);
}
