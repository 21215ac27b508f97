/*
 * reply_main_pages.c - one reply as a whole: its items, its one result, its gates, its
 * letter, its service; the same for machines.
 */
#include "attachment/attachment_pages.h"
#include "base/json.h"
#include "base/limits.h"
#include "reply/reply_view.h"
#include "reply_html.h"

/* ---- what may be done now */

struct offers {
	struct reply_action *list;
	size_t count;
};

static void offer(struct web_request *rq, struct reply_page_view *v, struct offers *o,
		  const char *segment, struct str label, bool secondary)
{
	o->list[o->count++] = (struct reply_action){ str_format(rq->ctx.arena, STR_FMT "/%s",
								STR_ARG(v->base), segment),
						     label, secondary, false };
}

static const struct {
	enum reply_verb verb;
	enum gate gate; /* GATE_COUNT: none */
	const char *segment;
	struct str label;
	bool secondary;
} acts[] = {
	{ REPLY_AGREE, GATE_REVIEW, "review", STR_INIT("审核"), false },
	{ REPLY_ADVISE, GATE_ADVICE, "advise", STR_INIT("出具法律意见"), false },
	{ REPLY_SIGN, GATE_SIGN, "sign", STR_INIT("签发"), false },
	{ REPLY_RETURN, GATE_SIGN, "return", STR_INIT("退回修改"), true },
	{ REPLY_RECALL, GATE_COUNT, "recall", STR_INIT("撤回修改"), true },
	{ REPLY_DROP, GATE_COUNT, "drop", STR_INIT("作废"), true },
};

/* In review the reviewer returns by the verdict; a page of its own is for the leader. */
static bool is_offered(struct web_request *rq, const struct reply_page_view *v, size_t i)
{
	const struct reply_transition *t = reply_transition(v->reply->stage, acts[i].verb);

	return t != NULL && web_may(rq, t->who) &&
	       !(acts[i].verb == REPLY_RETURN && v->reply->stage == REPLY_REVIEW);
}

static bool fill_actions(struct web_request *rq, struct reply_page_view *v, struct err *err)
{
	struct offers o = { .list = ARENA_ARRAY(rq->ctx.arena, 16, struct reply_action) };
	const struct request *r = v->r;
	bool own = request_is_own(rq, r), writes = own && web_may(rq, PERM_REQUEST_WRITE);

	for (size_t i = 0; i < COUNT_OF(acts) && own && v->reply != NULL; i++) {
		bool may = true;
		if (!is_offered(rq, v, i))
			continue;
		if (acts[i].gate != GATE_COUNT &&
		    !gate_may(&rq->ctx, r->unit, v->reply->id.n, acts[i].gate, &may, err))
			return false;
		if (may) {
			offer(rq, v, &o, acts[i].segment, acts[i].label, acts[i].secondary);
			o.list[o.count - 1].last = acts[i].verb == REPLY_DROP;
		}
	}
	bool open = v->reply == NULL || v->reply->stage == REPLY_SIGNED ||
		    v->reply->stage == REPLY_DROPPED;
	v->may_serve = writes && (r->state == REQUEST_DECIDED || r->state == REQUEST_SERVED);
	if (v->may_serve)
		offer(rq, v, &o, "serve", STR("登记送达"), r->state != REQUEST_DECIDED);
	if (writes && v->filing == NULL &&
	    (r->state == REQUEST_SERVED || r->state == REQUEST_CLOSED))
		offer(rq, v, &o, "file", STR("归档"), false);
	if (writes && open && r->decided_on.known)
		offer(rq, v, &o, "again", STR("重新答复"), true);
	v->actions = o.list;
	v->actions_count = o.count;
	return true;
}

/* ---- items */

static size_t facts_of(struct web_request *rq, const struct reply_item *item,
		       const struct reply_fact_line **out)
{
	struct reply_fact_line *list =
		ARENA_ARRAY(rq->ctx.arena, REPLY_FACTS_MAX, struct reply_fact_line);
	size_t n = 0;

	for (size_t i = 0; i < reply_fact_rules_count && item->decision != NULL; i++) {
		const struct reply_fact_rule *rule = &reply_fact_rules[i];
		if (!str_equal_c(str_from_c(rule->decision), item->decision->code))
			continue;
		struct str value = reply_fact_of(item, rule->name);
		if (value.len > 0 || rule->required)
			list[n++] = (struct reply_fact_line){ rule->label, value, value.len == 0 };
	}
	*out = list;
	return n;
}

static void fill_items(struct web_request *rq, struct reply_page_view *v)
{
	const struct reply *reply = v->reply;
	struct reply_item_view *list =
		ARENA_ARRAY(rq->ctx.arena, reply->items_count, struct reply_item_view);
	bool refused = true;

	for (size_t i = 0; i < reply->items_count; i++) {
		const struct reply_item *item = &reply->items[i];
		list[i].item = item;
		list[i].facts_count = facts_of(rq, item, &list[i].facts);
		list[i].asks = reply_next_test(item) != NULL;
		refused = refused && item->decision != NULL &&
			  item->decision->outcome > OUTCOME_PARTLY_GRANTED;
	}
	v->items = list;
	v->items_count = reply->items_count;
	v->may_pick = v->edits && refused && reply->items_count > 1;
}

/* ---- gates */

static bool fill_gates(struct web_request *rq, struct reply_page_view *v, struct err *err)
{
	struct reply_gate_line *lines;
	struct gate_pass *list;
	struct gates gates;
	size_t count, n = 0;

	if (!gates_of_unit(&rq->ctx, v->r->unit, &gates, err) ||
	    !gate_passes(&rq->ctx, v->reply->id.n, &list, &count, err))
		return false;
	bool needed[GATE_COUNT] = { true, gates.review, gates.advice, true };
	lines = ARENA_ARRAY(rq->ctx.arena, count + GATE_COUNT, struct reply_gate_line);
	for (size_t i = 0; i < count; i++)
		lines[n++] = (struct reply_gate_line){ .label = gate_label(list[i].gate),
						       .who = list[i].person,
						       .remark = list[i].remark,
						       .at = list[i].at,
						       .there = true,
						       .needed = true,
						       .agrees = list[i].agrees };
	for (int g = 0; g < GATE_COUNT; g++) {
		bool stood = false;
		for (size_t i = 0; i < count; i++)
			stood = stood || (list[i].gate == (enum gate)g &&
					  str_equal(list[i].digest, v->reply->digest));
		if (!stood || v->reply->stage == REPLY_DRAFTING)
			lines[n++] = (struct reply_gate_line){ .label = gate_label((enum gate)g),
							       .needed = needed[g] };
	}
	v->gates = lines;
	v->gates_count = n;
	return true;
}

/* ---- service */

static bool fill_services(struct web_request *rq, struct reply_page_view *v, struct err *err)
{
	struct service *list;
	size_t count;

	if (!reply_services(&rq->ctx, v->r->id, &list, &count, err))
		return false;
	struct reply_service_line *lines =
		ARENA_ARRAY(rq->ctx.arena, count, struct reply_service_line);
	for (size_t i = 0; i < count; i++) {
		lines[i].s = &list[i];
		lines[i].open = v->may_serve && !list[i].failed && !list[i].signed_on.known;
	}
	v->services = lines;
	v->services_count = count;
	v->timing = reply_timing(v->r, list, count);
	return true;
}

/* ---- the whole */

static bool fill_reply(struct web_request *rq, struct reply_page_view *v, struct letter *letter,
		       struct err *err)
{
	struct reply_gap *gaps = NULL;
	struct reply_opinion *opinions;

	v->edits = v->reply->stage == REPLY_DRAFTING && request_is_own(rq, v->r) &&
		   web_may(rq, PERM_REQUEST_WRITE);
	fill_items(rq, v);
	if (!reply_result_of(&rq->ctx, v->reply, &v->result, err) || !fill_gates(rq, v, err) ||
	    !reply_opinions(&rq->ctx, v->reply, &opinions, &v->opinions_count, err))
		return false;
	v->opinions = opinions;
	if (v->edits && !reply_gaps(&rq->ctx, v->reply, &gaps, &v->gaps_count, err))
		return false;
	v->gaps = gaps;
	if (v->reply->letter.known) {
		if (!letter_load(&rq->ctx, (struct letter_id){ v->reply->letter.v }, letter, err))
			return false;
		v->letter = letter;
	}
	return true;
}

struct whole {
	struct request r;
	struct reply reply;
	struct letter letter;
	struct reply_filing filing;
	struct reply_page_view view;
};

static bool fill(struct web_request *rq, struct whole *w, struct err *err)
{
	struct reply_page_view *v = &w->view;
	bool found, filed;
	struct reply *rounds;

	*v = (struct reply_page_view){ .r = &w->r };
	if (!reply_of_path(rq, &w->r, &w->reply, &found, err) ||
	    !reply_rounds(&rq->ctx, w->r.id, &rounds, &v->rounds_count, err) ||
	    !reply_filing_of(&rq->ctx, w->r.id, &w->filing, &filed, err))
		return false;
	v->base = reply_base(rq, w->r.id);
	v->rounds = rounds;
	v->filing = filed ? &w->filing : NULL;
	v->reply = found ? &w->reply : NULL;
	bool open = !found || w->reply.stage == REPLY_DROPPED;
	v->may_open = open && request_is_own(rq, &w->r) && web_may(rq, PERM_REQUEST_WRITE) &&
		      (w->r.state == REQUEST_HANDLING || w->r.state == REQUEST_INQUIRING);
	if (found && !fill_reply(rq, v, &w->letter, err))
		return false;
	return fill_actions(rq, v, err) && fill_services(rq, v, err);
}

bool reply_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct whole w;

	if (!fill(rq, &w, err))
		return false;
	w.view.form = web_form_state(rq);
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { w.r.number, str_format(rq->ctx.arena, "/desk/requests/%lld",
							   (long long)w.r.id.n) },
				  { STR("答复"), STR_NONE } };
	struct page page = { .title = str_concat(rq->ctx.arena, STR("答复 "), w.r.number),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_concat(rq->ctx.arena, w.view.base, STR(".json")) };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_page_html(h, &w.view);
	web_page_end(rq, rp, &page);
	return true;
}

bool reply_letter_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = web_reply_arena(rp);
	struct letter letter;
	struct reply reply;
	struct request r;
	struct str bytes;
	bool found;

	if (!reply_of_path(rq, &r, &reply, &found, err))
		return false;
	if (!found || !reply.letter.known)
		return err_set(err, ERR_NOT_FOUND, "reply.no_letter", STR_FMT, STR_ARG(r.number));
	return letter_load(&rq->ctx, (struct letter_id){ reply.letter.v }, &letter, err) &&
	       letter_pdf(&rq->ctx, a, &letter, &bytes, err) &&
	       web_bytes(rp, "application/pdf", bytes, SHOW_INLINE,
			 str_format(a, STR_FMT "-答复.pdf", STR_ARG(r.number)));
}

/* ---- buttons without a page of their own */

static bool own(struct web_request *rq, struct request *r, struct reply *reply, struct err *err)
{
	bool found;

	*reply = (struct reply){ .version = 0 };
	if (!reply_of_path(rq, r, reply, &found, err))
		return false;
	return request_is_own(rq, r) ||
	       err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r->number));
}

bool reply_open_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply reply;
	struct request r;
	struct reply_id id;

	return own(rq, &r, &reply, err) && reply_open(&rq->ctx, r.id, &id, err) &&
	       web_redirect(rp, reply_base(rq, r.id), "reply.saved");
}

bool reply_submit_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply reply;
	struct request r;

	if (!own(rq, &r, &reply, err))
		return false;
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	return reply_submit(&rq->ctx, at, err) &&
	       web_redirect(rp, reply_base(rq, r.id), "reply.submitted");
}

bool reply_remove_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply reply;
	struct request r;

	if (!own(rq, &r, &reply, err))
		return false;
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	const struct reply_item *item = reply_item_of_path(rq, &reply, err);
	return item != NULL && reply_remove_item(&rq->ctx, at, item->id, err) &&
	       web_redirect(rp, reply_base(rq, r.id), "reply.saved");
}

bool reply_unredact_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply reply;
	struct request r;

	if (!own(rq, &r, &reply, err))
		return false;
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	return reply_unredact(&rq->ctx, at, web_int(rq, "redaction", 0), err) &&
	       web_redirect(rp, reply_base(rq, r.id), "reply.saved");
}

bool reply_unenclose_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply reply;
	struct request r;

	if (!own(rq, &r, &reply, err))
		return false;
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	return reply_unenclose(&rq->ctx, at, web_int(rq, "enclosure", 0), err) &&
	       web_redirect(rp, str_concat(rq->ctx.arena, reply_base(rq, r.id), STR("/enclosures")),
			    "reply.saved");
}

/* Of this request only: what goes with one of its replies, or proves its service. */
static bool belongs(struct web_request *rq, const struct request *r, int64_t file, bool *yes,
		    struct err *err)
{
	struct service *services;
	struct reply *rounds;
	size_t count;

	*yes = false;
	if (!reply_services(&rq->ctx, r->id, &services, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		*yes = *yes || (services[i].receipt.known && services[i].receipt.v == file);
	if (!reply_rounds(&rq->ctx, r->id, &rounds, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct reply reply;
		if (!reply_load(&rq->ctx, rounds[i].id, &reply, err))
			return false;
		for (size_t k = 0; k < reply.enclosures_count; k++)
			*yes = *yes || reply.enclosures[k].attachment == file;
	}
	return true;
}

bool reply_file_download(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;
	int64_t file = 0;
	bool yes;

	if (!request_of_path(rq, &r, err))
		return false;
	(void)web_param_int(rq, "file", &file);
	if (!belongs(rq, &r, file, &yes, err))
		return false;
	if (!yes)
		return err_set(err, ERR_NOT_FOUND, "reply.no_enclosure", STR_FMT,
			       STR_ARG(r.number));
	return attachment_serve(rq, rp, (struct attachment_id){ file }, err);
}

/* ---- for machines */

static json_t *items_json(const struct reply_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->items_count; i++) {
		const struct reply_item *item = v->items[i].item;
		json_t *facts = json_object(), *one = json_object();
		for (size_t k = 0; k < item->facts_count; k++)
			json_object_setn_new(facts, item->facts[k].name.ptr,
					     item->facts[k].name.len,
					     json_text(item->facts[k].value));
		json_object_set_new(one, "id", json_integer(item->id.n));
		json_object_set_new(one, "position", json_integer(item->position));
		json_object_set_new(one, "asked", json_text(item->asked));
		json_object_set_new(one, "decision",
				    item->decision != NULL ? json_string(item->decision->code)
							   : json_null());
		json_object_set_new(one, "facts", facts);
		json_object_set_new(one, "redactions",
				    json_integer((json_int_t)item->redactions_count));
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *gates_json(struct arena *a, const struct reply_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->gates_count; i++) {
		const struct reply_gate_line *g = &v->gates[i];
		json_t *one = json_object();
		json_object_set_new(one, "gate", json_text(g->label));
		json_object_set_new(one, "needed", json_boolean(g->needed));
		json_object_set_new(one, "who", json_text(g->who));
		json_object_set_new(one, "at",
				    g->there ? json_text(instant_iso(a, g->at)) : json_null());
		json_object_set_new(one, "agrees",
				    g->there ? json_boolean(g->agrees) : json_null());
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *services_json(struct arena *a, const struct reply_page_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->services_count; i++) {
		const struct service *s = v->services[i].s;
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(s->id));
		json_object_set_new(one, "way", json_string(service_rules[s->way].code));
		json_object_set_new(one, "sent_on",
				    json_day(a, (struct opt_date){ true, s->sent_on }));
		json_object_set_new(one, "counts_on", json_day(a, s->counts_on));
		json_object_set_new(one, "signed_on", json_day(a, s->signed_on));
		json_object_set_new(one, "tracking", json_text(s->tracking));
		json_object_set_new(one, "failed", json_boolean(s->failed));
		json_object_set_new(one, "note", json_text(s->note));
		json_array_append_new(out, one);
	}
	return out;
}

/* An opinion's words are not exported, to nobody. */
bool reply_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const char *const timings[] = { "unknown", "in_time", "late" };
	struct arena *a = rq->ctx.arena;
	struct whole w;

	if (!fill(rq, &w, err))
		return false;
	const struct reply_page_view *v = &w.view;
	json_t *out = json_object(), *working = json_array();
	json_object_set_new(out, "request", json_text(w.r.number));
	json_object_set_new(out, "stage",
			    v->reply != NULL ? json_text(reply_stage_code(w.reply.stage))
					     : json_null());
	json_object_set_new(out, "version",
			    json_integer(v->reply != NULL ? w.reply.version : w.r.version));
	json_object_set_new(out, "round", json_integer(v->reply != NULL ? w.reply.round : 0));
	json_object_set_new(out, "decision",
			    v->result.kind != NULL ? json_string(v->result.kind->code)
						   : json_null());
	for (size_t i = 0; i < v->result.working_count; i++)
		json_array_append_new(working, json_text(v->result.working[i]));
	json_object_set_new(out, "working", working);
	json_object_set_new(out, "items", items_json(v));
	json_object_set_new(out, "gates", gates_json(a, v));
	json_object_set_new(out, "letter",
			    v->letter != NULL ? json_text(v->letter->number) : json_null());
	json_object_set_new(out, "services", services_json(a, v));
	json_object_set_new(out, "timing", json_string(timings[v->timing]));
	json_object_set_new(out, "gaps", json_integer((json_int_t)v->gaps_count));
	return web_json(rp, out);
}
