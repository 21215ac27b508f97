/*
 * reply_facts_pages.c - what the decision on one item must say, field by field.
 *
 * The route declares every fact there is; the page shows those of the item's decision.
 */
#include "reply/reply_view.h"

#include "reply_html.h"

#define FACT(n, text, type) \
	{ .name = n, .label = text, .kind = FIELD_##type, .max = REPLY_TEXT_BYTES }

const struct field reply_facts_form[] = {
	FACT("correction_told_on", "补正告知日期", TEXT),
	FACT("corrected_on", "收到补正的日期", TEXT),
	FACT("unclear_why", "为什么仍不明确", LINES),
	FACT("petition", "实际从事的活动", TEXT),
	FACT("petition_where", "可以通过什么渠道提出", TEXT),
	FACT("where", "获取途径", LINES),
	FACT("obtained_on", "申请人获取该信息的日期", TEXT),
	FACT("obtained_how", "获取的方式", TEXT),
	FACT("earlier_on", "前次答复日期", TEXT),
	FACT("earlier_number", "前次答复文号", TEXT),
	FACT("requests", "申请件数", TEXT),
	FACT("period_from", "统计起日", TEXT),
	FACT("period_to", "统计止日", TEXT),
	FACT("explained", "申请人说明的理由", LINES),
	FACT("unreasonable", "为什么不合理", LINES),
	FACT("register", "属于什么登记资料", TEXT),
	FACT("special_law", "特别规定", TEXT),
	FACT("register_body", "办理机构", TEXT),
	FACT("register_contact", "办理机构联系方式", TEXT),
	FACT("not_ours_why", "为什么不属于本机关负责公开", LINES),
	FACT("other_agency", "负责公开的机关", TEXT),
	FACT("other_contact", "该机关的联系方式", TEXT),
	FACT("search_scope", "检索范围", LINES),
	FACT("search_words", "检索关键词", TEXT),
	FACT("search_period", "检索起止时间", TEXT),
	FACT("search_by", "谁检索的", TEXT),
	FACT("search_why", "为什么不存在", LINES),
	FACT("existing", "现有哪些信息", LINES),
	FACT("work", "需要怎样加工、分析", LINES),
	FACT("secrecy", "密级", TEXT),
	FACT("secrecy_basis", "定密依据", LINES),
	FACT("secrecy_by", "定密机关", TEXT),
	FACT("law", "禁止公开的法律、行政法规", TEXT),
	FACT("law_article", "条款", TEXT),
	FACT("danger", "危及什么", TEXT),
	FACT("danger_why", "为什么", LINES),
	FACT("interest", "涉及的权益", TEXT),
	FACT("asked_on", "征求意见的日期", TEXT),
	FACT("answered_on", "收到意见的日期", TEXT),
	FACT("third_reason", "第三方的意见和理由", LINES),
	FACT("public_interest", "对公共利益影响的判断", LINES),
	FACT("internal", "哪一类内部事务", TEXT),
	FACT("process", "哪一类过程性信息", TEXT),
	FACT("file", "案卷名称", TEXT),
	FACT("party", "当事人查阅的途径", LINES),
	FACT("part_given", "公开的部分", LINES),
	FACT("part_refused", "不公开的部分", LINES),
	FACT("part_reason", "不公开的理由", LINES),
	FACT("part_article", "不公开的条款", TEXT),
	FACT("form", "提供的形式", TEXT),
	FACT("pages", "页数", TEXT),
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	FIELD_END
};

/* Those of one decision stand together. */
static void rules_of(const struct reply_item *item, struct reply_facts_view *v)
{
	for (size_t i = 0; i < reply_fact_rules_count; i++) {
		if (!str_equal_c(str_from_c(reply_fact_rules[i].decision), item->decision->code))
			continue;
		if (v->rules_count++ == 0)
			v->rules = &reply_fact_rules[i];
	}
}

bool reply_facts_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_facts_view v = { .form = web_form_state(rq), .action = rq->path };
	struct reply reply;
	struct request r;
	bool found;

	if (!reply_of_path(rq, &r, &reply, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_CONFLICT, "reply.not_begun", STR_FMT, STR_ARG(r.number));
	v.item = reply_item_of_path(rq, &reply, err);
	if (v.item == NULL || !reply_allowed(&r, &reply, REPLY_EDIT, err))
		return false;
	if (v.item->decision == NULL)
		return err_set(err, ERR_CONFLICT, "reply.decide_first", "%d", v.item->position);
	v.r = &r;
	v.back = reply_base(rq, r.id);
	v.version = reply.version;
	rules_of(v.item, &v);
	for (size_t i = 0; i < v.rules_count; i++)
		v.values[i] = rq->method == METHOD_POST ? web_text(rq, v.rules[i].name)
							: reply_fact_of(v.item, v.rules[i].name);
	struct crumb crumbs[] = { { STR("依申请公开"), STR("/desk/requests") },
				  { r.number, str_format(rq->ctx.arena, "/desk/requests/%lld",
							 (long long)r.id.n) },
				  { STR("答复"), v.back },
				  { STR("要素"), STR_NONE } };
	struct page page = { .title = STR("填写要素"),
			     .errors = v.form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	reply_facts_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool reply_facts_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct reply_fact facts[REPLY_FACTS_MAX];
	struct reply_facts_view v = { .rules_count = 0 };
	struct reply reply;
	struct request r;
	bool found;

	if (!reply_of_path(rq, &r, &reply, &found, err))
		return false;
	if (!request_is_own(rq, &r))
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r.number));
	if (!found)
		return err_set(err, ERR_CONFLICT, "reply.not_begun", STR_FMT, STR_ARG(r.number));
	const struct reply_item *item = reply_item_of_path(rq, &reply, err);
	if (item == NULL)
		return false;
	if (item->decision != NULL)
		rules_of(item, &v);
	for (size_t i = 0; i < v.rules_count; i++)
		facts[i] = (struct reply_fact){ str_from_c(v.rules[i].name),
						web_text(rq, v.rules[i].name) };
	struct reply_edit at = { reply.id, web_int(rq, "version", 0) };
	if (!reply_set_facts(&rq->ctx, at, item->id, facts, v.rules_count, err))
		return false;
	return web_redirect(rp, reply_base(rq, r.id), "reply.saved");
}
