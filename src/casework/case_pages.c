/*
 * case_pages.c - one request: its facts, its clock day by day, what
 * happened, and what may be done next.
 */
#include "base/limits.h"
#include "casework/casework_view.h"
#include "casework_html.h"
#include "ledger/ledger.h"
#include "text/number.h"

#include <string.h>

enum { HISTORY_MAX = 500 };

/* ---- the ledger's changes in words */

static struct str channel_word(struct str code)
{
	enum request_channel c;

	return channel_from(code, &c) ? channel_label(c) : code;
}

static struct str applicant_word(struct str code)
{
	enum applicant_class c;

	return applicant_from(code, &c) ? applicant_label(c) : code;
}

static struct str state_word(struct str code)
{
	enum request_state s;

	return request_state_from(code, &s) ? request_state_label(s) : code;
}

static struct str inquiry_word(struct str code)
{
	enum inquiry_kind k;

	return inquiry_from(code, &k) ? inquiry_label(k) : code;
}

static struct str answer_word(struct str code)
{
	enum inquiry_answer a;

	return inquiry_answer_from(code, &a) ? inquiry_answer_label(a) : code;
}

static struct str reasons_word(struct str code)
{
	enum request_reasons r;

	return reasons_from(code, &r) ? reasons_label(r) : code;
}

static struct str approved_word(struct str code)
{
	return str_equal_c(code, "yes") ? STR("是") : STR("否");
}

static struct str decision_word(struct str code)
{
	const struct decision_kind *kind = request_decision(code);

	return kind != NULL ? kind->label : code;
}

static struct str yes_word(struct str code)
{
	return str_equal_c(code, "yes") ? STR("是") : code;
}

/* What stands in the ledger under these names; a field without a label is not told. */
static const struct fact {
	const char *name;
	struct str label;
	struct str (*word)(struct str code); /* NULL: as it stands */
} facts[] = {
	{ "number", STR_INIT("登记编号"), NULL },
	{ "state", STR_INIT("状态"), state_word },
	{ "channel", STR_INIT("申请方式"), channel_word },
	{ "applicant", STR_INIT("申请人类别"), applicant_word },
	{ "submitted_on", STR_INIT("提交日期"), NULL },
	{ "received_on", STR_INIT("收到申请之日"), NULL },
	{ "clock_from", STR_INIT("期限起算日"), NULL },
	{ "due_on", STR_INIT("答复期限"), NULL },
	{ "extension", STR_INIT("延期工作日"), NULL },
	{ "told_on", STR_INIT("告知日期"), NULL },
	{ "correction_until", STR_INIT("补正期限"), NULL },
	{ "inquiry", STR_INIT("征求意见"), inquiry_word },
	{ "sent_on", STR_INIT("发出日期"), NULL },
	{ "back_on", STR_INIT("收到意见日期"), NULL },
	{ "charged_on", STR_INIT("收费通知日期"), NULL },
	{ "decision", STR_INIT("处理结果"), decision_word },
	{ "historical", STR_INIT("补录在本系统之外作出的答复"), yes_word },
	{ "closed_on", STR_INIT("办结日期"), NULL },
	{ "served_on", STR_INIT("送达日期"), NULL },
	{ "filed_on", STR_INIT("归档日期"), NULL },
	{ "unit", STR_INIT("承办单位编号"), NULL },
	{ "parts", STR_INIT("件数"), NULL },
	{ "answer", STR_INIT("意见"), answer_word },
	{ "last_on", STR_INIT("提出意见的期限"), NULL },
	{ "reasons", STR_INIT("说明理由"), reasons_word },
	{ "requests", STR_INIT("申请件数"), NULL },
	{ "asked_on", STR_INIT("告知日期"), NULL },
	{ "reasons_until", STR_INIT("说明理由的期限"), NULL },
	{ "given_on", STR_INIT("收到理由日期"), NULL },
	{ "judged_on", STR_INIT("判断日期"), NULL },
	{ "delayed_until", STR_INIT("延迟答复的期限"), NULL },
	{ "proposed_days", STR_INIT("提出延期工作日"), NULL },
	{ "proposed_on", STR_INIT("提出日期"), NULL },
	{ "approved", STR_INIT("审批"), approved_word },
	{ "approved_on", STR_INIT("审批日期"), NULL },
};

static struct str word_of(struct arena *a, const struct fact *fact, const char *text)
{
	struct str value = str_from_c(text);

	if (value.len == 0 || fact->word == NULL)
		return str_copy(a, value);
	return str_copy(a, fact->word(value));
}

static void add_change(struct arena *a, struct buf *b, const json_t *change)
{
	const char *name = json_string_value(json_array_get(change, 0));

	for (size_t i = 0; name != NULL && i < COUNT_OF(facts); i++) {
		if (strcmp(facts[i].name, name) != 0)
			continue;
		struct str before =
			word_of(a, &facts[i], json_string_value(json_array_get(change, 1)));
		struct str after =
			word_of(a, &facts[i], json_string_value(json_array_get(change, 2)));
		buf_add_c(b, b->len > 0 ? "，" : "");
		buf_add(b, facts[i].label);
		buf_add_c(b, " ");
		if (before.len > 0) {
			buf_add(b, before);
			buf_add_c(b, " → ");
		}
		buf_add(b, after.len > 0 ? after : STR("（无）"));
	}
}

static struct str verb_word(struct str verb)
{
	for (int v = 0; v < REQUEST_VERB_COUNT; v++)
		if (str_equal(verb, request_verb_code((enum request_verb)v)))
			return request_verb_label((enum request_verb)v);
	if (str_equal_c(verb, "request.register"))
		return STR("登记");
	if (str_equal_c(verb, "request.import"))
		return STR("由文件导入");
	if (str_equal_c(verb, "request.count_again"))
		return STR("重新计算期限");
	return verb;
}

static struct str sentence_of(struct arena *a, const struct ledger_row *row)
{
	json_t *changes = json_loadb(row->changes_json.ptr, row->changes_json.len, 0, NULL);
	struct buf b = buf_open(a, 200, LIMIT_FIELD_BYTES);
	size_t i;
	json_t *change;

	json_array_foreach(changes, i, change)
		add_change(a, &b, change);
	json_decref(changes);
	struct str verb = verb_word(row->verb);
	if (b.len == 0)
		return str_format(a, STR_FMT "。", STR_ARG(verb));
	return str_format(a, STR_FMT "：" STR_FMT "。", STR_ARG(verb), STR_ARG(buf_str(&b)));
}

static bool fill_history(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct ledger_row *rows;

	if (!ledger_history(&rq->ctx, "request", v->r->id.n, HISTORY_MAX, &rows, &v->history_count,
			    err))
		return false;
	struct case_history_line *lines =
		ARENA_ARRAY(a, v->history_count, struct case_history_line);
	for (size_t i = 0; i < v->history_count; i++)
		lines[i] = (struct case_history_line){ .at = rows[i].at,
							  .who = rows[i].actor_name,
							  .what = sentence_of(a, &rows[i]),
							  .reason = rows[i].reason };
	v->history = lines;
	return true;
}

/* ---- the rest of the case */

static bool fill_clock(struct web_request *rq, struct case_view *v, struct err *err)
{
	struct err why = { 0 };

	v->has_clock = request_clock(&rq->ctx, v->r->id, &v->clock, &why);
	if (v->has_clock)
		return true;
	if (why.code != ERR_CONFLICT && why.code != ERR_LIMIT) {
		*err = why;
		return false;
	}
	v->clock_note = err_text(rq->ctx.arena, rq->ctx.locale, &why);
	return true;
}

static bool fill(struct web_request *rq, struct case_view *v, struct request *r,
		 struct err *err)
{
	struct request_inquiry *inquiries;
	struct request_action *actions;
	struct unit unit;

	if (!request_of_path(rq, r, err) || !agency_unit(&rq->ctx, r->unit, &unit, err))
		return false;
	v->r = r;
	v->unit = unit.name;
	v->rule = request_receipt_rule(r->channel)->rule;
	v->colour = request_state_colour(r->state);
	v->result = request_result(r);
	v->kind = request_decision(r->decision);
	if (!fill_clock(rq, v, err) ||
	    !request_inquiries_of(&rq->ctx, r->id, &inquiries, &v->inquiries_count, err) ||
	    !request_fee_find(&rq->ctx, r->id, &v->fee, &v->has_fee, err))
		return false;
	v->inquiries = inquiries;
	if (v->has_fee)
		v->fee_text = money_plain(rq->ctx.arena, v->fee.fen);
	if (!request_actions(rq, v->r, &actions, &v->actions_count, err))
		return false;
	v->actions = actions;
	return fill_history(rq, v, err);
}

bool case_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;

	if (!fill(rq, &v, &r, err))
		return false;
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, STR_NONE } };
	struct page page = { .title = str_concat(a, STR("申请"), r.number),
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_format(a, "/desk/requests/%lld.json", (long long)r.id.n) };
	struct html *h = web_page_begin(rq, rp, &page);
	case_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- for machines */

static json_t *text_json(struct str s)
{
	return json_stringn(s.ptr, s.len);
}

static json_t *clock_json(struct arena *a, const struct period_result *clock)
{
	json_t *lines = json_array(), *out = json_object();

	for (size_t i = 0; i < clock->lines_count; i++) {
		const struct period_line *l = &clock->lines[i];
		json_t *line = json_object();
		json_object_set_new(line, "day",
				    request_json_day(a, (struct opt_date){ true, l->day }));
		json_object_set_new(line, "kind", text_json(period_kind_code(l->kind)));
		json_object_set_new(line, "number", json_integer(l->number));
		json_object_set_new(line, "reason", text_json(l->reason));
		json_array_append_new(lines, line);
	}
	json_object_set_new(out, "due", request_json_day(a, (struct opt_date){ true, clock->due }));
	json_object_set_new(out, "excluded", json_integer(clock->excluded));
	json_object_set_new(out, "suspended", json_boolean(clock->suspended));
	json_object_set_new(out, "days_left",
			    clock->left_known ? json_integer(clock->days_left) : json_null());
	json_object_set_new(out, "lines", lines);
	return out;
}

static json_t *inquiries_json(struct arena *a, const struct case_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->inquiries_count; i++) {
		const struct request_inquiry *q = &v->inquiries[i];
		json_t *one = json_object();
		json_object_set_new(one, "kind", text_json(inquiry_code(q->kind)));
		json_object_set_new(one, "sent_on",
				    request_json_day(a, (struct opt_date){ true, q->sent_on }));
		json_object_set_new(one, "back_on", request_json_day(a, q->back_on));
		json_array_append_new(out, one);
	}
	return out;
}

static json_t *history_json(struct arena *a, const struct case_view *v)
{
	json_t *out = json_array();

	for (size_t i = 0; i < v->history_count; i++) {
		const struct case_history_line *line = &v->history[i];
		json_t *one = json_object();
		json_object_set_new(one, "at", text_json(instant_iso(a, line->at)));
		json_object_set_new(one, "who", text_json(line->who));
		json_object_set_new(one, "what", text_json(line->what));
		json_object_set_new(one, "reason", text_json(line->reason));
		json_array_append_new(out, one);
	}
	return out;
}

bool case_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct case_view v = { .has_clock = false };
	struct arena *a = rq->ctx.arena;
	struct request r;

	if (!fill(rq, &v, &r, err))
		return false;
	web_version(rq, r.version);
	json_t *out = request_json(a, &r, v.unit);
	json_object_set_new(out, "clock", v.has_clock ? clock_json(a, &v.clock) : json_null());
	json_object_set_new(out, "inquiries", inquiries_json(a, &v));
	json_object_set_new(out, "history", history_json(a, &v));
	return web_json(rp, out);
}
