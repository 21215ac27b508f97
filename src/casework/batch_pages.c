/*
 * batch_pages.c - choosing an act for the cases that were ticked on a list, looking at
 * what would become of each, doing it, and the result.
 *
 * The preview is a POST that writes nothing, since words about people do not belong into
 * an address; nothing is kept between it and the act, which asks the rules again.
 */
#include "casework/batch_view.h"
#include "casework/casework_view.h"
#include "casework_html.h"

static const char *const act_codes[] = { "assign", "return", "remind", "propose-extension",
					 "file",   "order",  NULL };

#define PICK { .name = "pick", .label = "所选申请", .kind = FIELD_INT, .many = true, .low = 1, .high = INT64_MAX }
#define PARTS                                                                                    \
	{ .name = "to", .label = "承办人", .kind = FIELD_INT, .low = 0, .high = INT64_MAX },     \
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .max = 1000 },                 \
	{ .name = "text", .label = "内容", .kind = FIELD_LINES, .max = 8000 },                   \
	{ .name = "days", .label = "延长的工作日", .kind = FIELD_INT, .low = 1, .high = 20 },    \
	{ .name = "prefix", .label = "档号前缀", .kind = FIELD_TEXT, .max = 60 },                \
	{ .name = "due_on", .label = "报送期限", .kind = FIELD_DATE }

const struct field batch_query[] = {
	PICK,
	{ .name = "act", .label = "办理", .kind = FIELD_CHOICE, .choices = act_codes },
	FIELD_END
};
const struct field batch_form[] = {
	PICK,
	{ .name = "act", .label = "办理", .kind = FIELD_CHOICE, .required = true, .choices = act_codes },
	PARTS, FIELD_END
};

/* Those ticked, each once. */
static bool read_ids(struct web_request *rq, const struct request_id **out, size_t *count,
		     struct err *err)
{
	size_t sent = web_count(rq, "pick");
	struct request_id *ids = ARENA_ARRAY(rq->ctx.arena, sent, struct request_id);

	if (sent > BATCH_MAX)
		return err_set(err, ERR_LIMIT, "casework.too_many_picked", "%d", BATCH_MAX);
	*count = 0;
	for (size_t i = 0; i < sent; i++) {
		struct request_id id;
		size_t k = 0;
		if (!str_to_i64(web_text_at(rq, "pick", i), &id.n))
			continue; /* its error stands on the page */
		while (k < *count && ids[k].n != id.n)
			k++;
		if (k == *count)
			ids[(*count)++] = id;
	}
	*out = ids;
	return true;
}

static bool read_batch(struct web_request *rq, struct batch *b, bool *chosen, struct err *err)
{
	*b = (struct batch){ .count = 0 };
	*chosen = batch_act_from(web_text(rq, "act"), &b->act);
	if (rq->method != METHOD_POST)
		return read_ids(rq, &b->ids, &b->count, err);
	*b = (struct batch){ .act = b->act,
			     .to = { web_int(rq, "to", 0) },
			     .reason = web_text(rq, "reason"),
			     .text = web_text(rq, "text"),
			     .days = (int)web_int(rq, "days", 0),
			     .archive_prefix = web_text(rq, "prefix"),
			     .due_on = web_date(rq, "due_on").v };
	return read_ids(rq, &b->ids, &b->count, err);
}

static bool fill_people(struct web_request *rq, struct batch_view *v, struct err *err)
{
	struct unit_id unit = { rq->ctx.actor.unit_id };
	struct case_person *people;

	if (!case_people(&rq->ctx, unit, &people, &v->people_count, err))
		return false;
	v->people = ARENA_ARRAY(rq->ctx.arena, v->people_count, struct choice);
	for (size_t i = 0; i < v->people_count; i++)
		v->people[i] = (struct choice){
			.value = str_format(rq->ctx.arena, "%lld", (long long)people[i].id.n),
			.label = people[i].person,
		};
	return true;
}

/* Of an address there are none: only the cases and the act. */
static void fill_given(struct web_request *rq, struct batch_view *v)
{
	if (rq->method != METHOD_POST)
		return;
	v->to = web_text(rq, "to");
	v->reason = web_text(rq, "reason");
	v->text = web_text(rq, "text");
	v->days = web_text(rq, "days");
	v->prefix = web_text(rq, "prefix");
	v->due_on = web_text(rq, "due_on");
}

static void fill_parts(struct web_request *rq, struct batch_view *v, const struct batch *b)
{
	v->title = batch_act_label(b->act);
	v->has_to = b->act == BATCH_ASSIGN;
	v->has_days = b->act == BATCH_PROPOSE_EXTENSION;
	v->has_reason = v->has_to || v->has_days || b->act == BATCH_RETURN;
	v->has_due = b->act == BATCH_ORDER;
	v->has_text = v->has_due || b->act == BATCH_REMIND;
	v->has_prefix = b->act == BATCH_FILE;
	fill_given(rq, v);
	v->complete = rq->method == METHOD_POST &&
		      (!v->has_to || v->to.len > 0) && (!v->has_days || v->days.len > 0) &&
		      (!v->has_text || v->text.len > 0) && (!v->has_due || v->due_on.len > 0) &&
		      (b->act != BATCH_RETURN || v->reason.len > 0);
}

static bool fill_preview(struct web_request *rq, struct batch_view *v, const struct batch *b,
			 struct err *err)
{
	struct batch_line *lines;

	if (!batch_preview(&rq->ctx, b, &lines, err))
		return false;
	v->lines = lines;
	for (size_t i = 0; i < v->count; i++)
		v->good += lines[i].good ? 1 : 0;
	return true;
}

bool batch_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct batch_view v = { .form = web_form_state(rq), .act = web_text(rq, "act") };
	struct batch b;

	if (!read_batch(rq, &b, &v.chosen, err) || !fill_people(rq, &v, err))
		return false;
	v.ids = b.ids;
	v.count = b.count;
	for (int a = 0; a < BATCH_ACT_COUNT; a++)
		if (web_may(rq, batch_act_permission((enum batch_act)a)))
			v.acts[v.acts_count++] =
				(struct choice){ .value = batch_act_code((enum batch_act)a),
						 .label = batch_act_label((enum batch_act)a) };
	if (v.chosen)
		fill_parts(rq, &v, &b);
	v.complete = v.complete && v.form.errors_count == 0 && v.count > 0;
	if (v.complete && !fill_preview(rq, &v, &b, err))
		return false;
	if (v.form.errors_count > 0)
		web_status(rp, 422);
	struct page page = { .title = STR("批量办理"), .errors = v.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	batch_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool batch_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct batch b;
	bool chosen;
	int64_t id;

	if (!read_batch(rq, &b, &chosen, err) || !batch_run(&rq->ctx, &b, &id, err))
		return false;
	return web_created(rp, str_format(rq->ctx.arena, "/desk/batches/%lld", (long long)id),
			   "casework.batch_done");
}

/* One's own, or for who sees everything. */
static bool of_path(struct web_request *rq, struct batch_done *done, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "casework.no_batch", "?");
	if (!batch_find(&rq->ctx, id, done, err))
		return false;
	return done->account == rq->ctx.actor.account_id || web_may(rq, PERM_SITE_READ) ||
	       err_set(err, ERR_NOT_FOUND, "casework.no_batch", "%lld", (long long)id);
}

bool batch_done_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct batch_done_view v;

	if (!of_path(rq, &v.done, err))
		return false;
	struct page page = { .title = STR("批量办理的结果") };
	struct html *h = web_page_begin(rq, rp, &page);
	batch_done_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool batch_done_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct batch_done done;

	if (!of_path(rq, &done, err))
		return false;
	json_t *lines = json_array();
	for (size_t i = 0; i < done.count; i++) {
		const struct batch_line *l = &done.lines[i];
		json_array_append_new(lines, json_pack("{s:I, s:s%, s:b, s:s%}", "id",
						       (json_int_t)l->request.n, "number",
						       l->number.ptr, l->number.len, "done",
						       l->good, "result", l->result.ptr,
						       l->result.len));
	}
	struct str act = batch_act_code(done.act);
	return web_json(rp, json_pack("{s:s%, s:I, s:o}", "act", act.ptr, act.len, "done",
				      (json_int_t)done.good, "lines", lines));
}
