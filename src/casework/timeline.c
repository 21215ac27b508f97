/* timeline.c - what happened to a request, as sentences: the ledger's codes in people's words. */
#include "casework/timeline.h"

#include "casework/casework.h"
#include "notice/inbox.h"

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

static struct str card_word(struct str code)
{
	for (int c = CARD_YELLOW; c <= CARD_BLACK; c++)
		if (str_equal(code, case_card_code((enum case_card)c)))
			return case_card_label((enum case_card)c);
	return code;
}

static struct str mail_word(struct str code)
{
	for (int h = 0; h < INBOX_HOW_COUNT; h++)
		if (str_equal(code, inbox_how_code((enum inbox_how)h)))
			return inbox_how_label((enum inbox_how)h);
	return code;
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

static struct str tariff_word(struct str code)
{
	return str_equal_c(code, "quantity") ? STR("按量计收")
	       : str_equal_c(code, "piece")  ? STR("按件计收")
					      : code;
}

static const struct history_fact facts[] = {
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
	{ "tariff", STR_INIT("收费标准"), tariff_word },
	{ "quantity", STR_INIT("计费数量"), NULL },
	{ "fee_served_on", STR_INIT("收费通知送达日期"), NULL },
	{ "pay_until", STR_INIT("缴费期限"), NULL },
	{ "decision", STR_INIT("处理结果"), decision_word },
	{ "historical", STR_INIT("补录在本系统之外作出的答复"), yes_word },
	{ "closed_on", STR_INIT("办结日期"), NULL },
	{ "served_on", STR_INIT("送达日期"), NULL },
	{ "filed_on", STR_INIT("归档日期"), NULL },
	{ "unit", STR_INIT("承办单位"), NULL },
	{ "parts", STR_INIT("件数"), NULL },
	{ "why", STR_INIT("事由"), NULL },
	{ "server", STR_INIT("对方服务器"), NULL },
	{ "how", STR_INIT("归入方式"), mail_word },
	{ "automatic", STR_INIT("自动回复"), approved_word },
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
	{ "handler", STR_INIT("承办人"), NULL },
	{ "card", STR_INIT("预警"), card_word },
	{ "task_unit", STR_INIT("协办单位"), NULL },
	{ "task_due_on", STR_INIT("要求反馈日期"), NULL },
	{ "order", STR_INIT("文号"), NULL },
	{ "order_due_on", STR_INIT("要求报送日期"), NULL },
	{ "finding", STR_INIT("处理"), NULL },
	{ "answer_no", STR_INIT("编号"), NULL },
	{ "answer_state", STR_INIT("公开状态"), NULL },
	{ "answer_title", STR_INIT("名称"), NULL },
};

/* The units, for the changes that name one by its number. */
struct units {
	const struct unit *list;
	size_t count;
};

static struct str unit_word(const void *arg, struct str number)
{
	const struct units *units = arg;
	int64_t id;

	for (size_t i = 0; str_to_i64(number, &id) && i < units->count; i++)
		if (units->list[i].id.n == id)
			return units->list[i].name;
	return STR_NONE;
}

/* Acts that are no steps of request.h, of whichever room. */
static const struct history_verb verbs[] = {
	{ "request.register", STR_INIT("登记") },
	{ "request.import", STR_INIT("由文件导入") },
	{ "request.count_again", STR_INIT("重新计算期限") },
	{ "request.practice", STR_INIT("修改办理惯例") },
	{ "request.code", STR_INIT("发给查询码") },
	{ "request.code_revoke", STR_INIT("收回查询码") },
	{ "request.erase", STR_INIT("保存期限届满，删除个人信息") },
	{ "case.claim", STR_INIT("认领") },
	{ "case.assign", STR_INIT("转办") },
	{ "case.return", STR_INIT("退回待认领") },
	{ "case.hand_over", STR_INIT("移交") },
	{ "case.note", STR_INIT("添加备注") },
	{ "case.remind", STR_INIT("催办") },
	{ "case.card", STR_INIT("发出预警") },
	{ "case.ask", STR_INIT("交有关单位协办") },
	{ "case.task_answer", STR_INIT("反馈协办事项") },
	{ "case.task_file", STR_INIT("上传协办事项的文件") },
	{ "case.task_remind", STR_INIT("催办协办事项") },
	{ "case.task_withdraw", STR_INIT("撤回协办事项") },
	{ "case.hint", STR_INIT("处理主动公开提示") },
	{ "case.order", STR_INIT("督办") },
	{ "case.order_answer", STR_INIT("报送督办办理情况") },
	{ "case.order_close", STR_INIT("督办办结") },
	{ "case.order_back", STR_INIT("退回督办办理情况") },
	{ "answer.draft", STR_INIT("拟写向社会公开的答复") },
	{ "answer.edit", STR_INIT("修改向社会公开的答复") },
	{ "answer.publish", STR_INIT("审核并向社会公开答复") },
	{ "answer.withdraw", STR_INIT("撤下向社会公开的答复") },
	{ "follow.suggest", STR_INIT("申请人建议纳入主动公开") },
	{ "follow.decide", STR_INIT("审核主动公开的建议") },
	{ "apply.hand_out_code", STR_INIT("发放查询码") },
	{ "request.code", STR_INIT("生成查询码") },
	{ "request.code_end", STR_INIT("先前的查询码失效") },
	{ "apply.not_avoided", STR_INIT("看过已公开的内容后仍提出申请") },
	{ "identity.look", STR_INIT("查看申请人身份信息") },
	{ "attachment.add", STR_INIT("添加附件") },
	{ "attachment.look", STR_INIT("查看身份材料") },
	{ "notice.write", STR_INIT("写出通知") },
	{ "notice.sent", STR_INIT("通知已送出") },
	{ "notice.failed", STR_INIT("通知没有送出，稍后重试") },
	{ "notice.refused", STR_INIT("通知被拒收") },
	{ "notice.bounced", STR_INIT("通知被退回") },
	{ "notice.give_up", STR_INIT("通知多次没有送出，已停止") },
	{ "mail.come", STR_INIT("收到邮件") },
	{ "mail.assign", STR_INIT("归入来信") },
	{ "mail.take_away", STR_INIT("来信改归他处") },
	{ "reply.open", STR_INIT("开始拟写答复") },
	{ "reply.edit", STR_INIT("修改答复稿") },
	{ "reply.set_facts", STR_INIT("填写答复内容") },
	{ "reply.draft_letter", STR_INIT("起草文书") },
	{ "reply.enclose", STR_INIT("添加随答复提供的文件") },
	{ "reply.unenclose", STR_INIT("撤下随答复提供的文件") },
	{ "reply.not_served", STR_INIT("登记未能送达") },
	{ "delivery.mail", STR_INIT("用电子邮件送达文书") },
	{ "delivery.serve", STR_INIT("文书送达") },
	{ "delivery.failed", STR_INIT("文书未能送达") },
	{ "delivery.prove", STR_INIT("补记文书签收") },
	{ "reply.add_item", STR_INIT("增加答复事项") },
	{ "reply.set_item", STR_INIT("修改答复事项") },
	{ "reply.remove_item", STR_INIT("删去答复事项") },
	{ "reply.decide_item", STR_INIT("选定答复事项的处理") },
	{ "reply.answer", STR_INIT("回答判断问题") },
	{ "reply.pick", STR_INIT("选定处理结果") },
	{ "reply.redact", STR_INIT("登记遮盖") },
	{ "reply.unredact", STR_INIT("取消遮盖") },
	{ "reply.submit", STR_INIT("送审") },
	{ "reply.recall", STR_INIT("撤回送审") },
	{ "reply.agree", STR_INIT("审核同意") },
	{ "reply.return", STR_INIT("退回修改") },
	{ "reply.advise", STR_INIT("法律顾问提出意见") },
	{ "reply.sign", STR_INIT("签发") },
	{ "reply.serve", STR_INIT("送达答复") },
	{ "reply.prove", STR_INIT("登记送达凭证") },
	{ "reply.drop", STR_INIT("作废答复稿") },
	{ "reply.file", STR_INIT("答复归档") },
};

static struct str step_word(struct str verb)
{
	for (int v = 0; v < REQUEST_VERB_COUNT; v++)
		if (str_equal(verb, request_verb_code((enum request_verb)v)))
			return request_verb_label((enum request_verb)v);
	return STR_NONE;
}

struct str timeline_verb(struct str verb)
{
	struct str word = step_word(verb);

	for (size_t i = 0; word.len == 0 && i < COUNT_OF(verbs); i++)
		if (str_equal_c(verb, verbs[i].verb))
			word = verbs[i].label;
	return word;
}

bool timeline_words(struct ctx *ctx, struct history_words *out, struct err *err)
{
	struct units *units = ARENA_ARRAY(ctx->arena, 1, struct units);
	struct unit *list;

	if (!agency_units(ctx, &list, &units->count, err))
		return false;
	units->list = list;
	*out = (struct history_words){ .facts = facts,
				       .facts_count = COUNT_OF(facts),
				       .verb = timeline_verb,
				       .looked_up = "unit",
				       .look_up = unit_word,
				       .arg = units };
	return true;
}

bool timeline_load(struct ctx *ctx, struct request_id id, struct history_line **out,
		   size_t *count, struct err *err)
{
	struct history_words words;

	return timeline_words(ctx, &words, err) &&
	       history_load(ctx, "request", id.n, &words, out, count, err);
}

bool timeline_for_bundle(struct ctx *ctx, const struct dispute *d, struct bundle_options *o,
			 struct err *err)
{
	struct history_line *lines;

	if (!d->request.known)
		return true;
	if (!timeline_load(ctx, (struct request_id){ d->request.v }, &lines,
			   &o->request_events_count, err))
		return false;
	o->request_events = lines;
	return true;
}
