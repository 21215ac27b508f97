/* rule_pages.c - how many days there are to answer: what the site counts with, and setting it. */
#include "account/permission.h"
#include "dispute/dispute_view.h"
#include "dispute_html.h"

static const char *const kind_codes[] = { "working", "natural", NULL };

const struct field dispute_rule_form[] = {
	{ .name = "days", .label = "天数", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = PERIOD_DAYS_MAX },
	{ .name = "kind", .label = "怎么算", .kind = FIELD_CHOICE, .required = true,
	  .choices = kind_codes },
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true,
	  .max = DISPUTE_TEXT_BYTES },
	FIELD_END
};

bool dispute_rules_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_rule rules[DISPUTE_RULES];
	struct dispute_rules_view v = { .rules = rules, .may_set = web_may(rq, PERM_SUPERVISE) };

	if (!dispute_rules(&rq->ctx, rules, err))
		return false;
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { STR("答复期限"), STR_NONE } };
	struct page page = { .title = STR("答复期限"), .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = STR("/desk/dispute-rules.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_rules_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool dispute_rules_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_rule rules[DISPUTE_RULES];

	if (!dispute_rules(&rq->ctx, rules, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < DISPUTE_RULES; i++)
		json_array_append_new(
			items, json_pack("{s:s, s:i, s:b, s:s%}", "code", rules[i].code, "days",
					 rules[i].days, "working_days", (int)rules[i].working,
					 "basis", rules[i].basis.ptr, rules[i].basis.len));
	return web_json(rp, json_pack("{s:o}", "items", items));
}

bool dispute_rule_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct dispute_rule_view v = { .form = web_form_state(rq) };
	struct dispute_rule rules[DISPUTE_RULES];
	struct str code = web_param(rq, "code");
	bool found = false;

	if (!dispute_rules(&rq->ctx, rules, err))
		return false;
	for (size_t i = 0; i < DISPUTE_RULES; i++)
		if (str_equal_c(code, rules[i].code)) {
			v.rule = rules[i];
			found = true;
		}
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_rule", STR_FMT, STR_ARG(code));
	v.days = str_format(rq->ctx.arena, "%d", v.rule.days);
	v.working = v.rule.working;
	if (rq->method == METHOD_POST) {
		v.days = web_text(rq, "days");
		v.working = str_equal_c(web_text(rq, "kind"), "working");
		v.reason = web_text(rq, "reason");
	}
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { STR("答复期限"), STR("/desk/dispute-rules") },
				  { v.rule.label, STR_NONE } };
	struct page page = { .title = v.rule.label, .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	dispute_rule_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool dispute_rule_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return dispute_set_rule(&rq->ctx, web_param(rq, "code"), (int)web_int(rq, "days", 0),
				str_equal_c(web_text(rq, "kind"), "working"),
				web_text(rq, "reason"), err) &&
	       web_redirect(rp, STR("/desk/dispute-rules"), "dispute.saved");
}
