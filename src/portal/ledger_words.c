/* ledger_words.c - what was done to what, in people's words. */
#include "portal/ledger_words.h"

#include "account/permission.h"
#include "casework/timeline.h"
#include "dispute/dossier.h"
#include "letter/letter.h"
#include "report/report.h"
#include "report/tables.h"

static struct str role_word(struct str code)
{
	const struct role *role = role_find(code);

	return role != NULL ? role->label : code;
}

static struct str letter_word(struct str code)
{
	const struct letter_kind *kind = letter_kind_find(code);

	return kind != NULL ? kind->name : code;
}

static struct str state_word(struct str code)
{
	for (int s = 0; s < REPORT_STATE_COUNT; s++)
		if (str_equal(code, report_state_code((enum report_state)s)))
			return report_state_label((enum report_state)s);
	return code;
}

static const struct history_fact facts[] = {
	{ "name", STR_INIT("名称"), NULL },
	{ "short_name", STR_INIT("简称"), NULL },
	{ "full_name", STR_INIT("全称"), NULL },
	{ "code", STR_INIT("代码"), NULL },
	{ "mark", STR_INIT("发文机关代字"), NULL },
	{ "url", STR_INIT("网址"), NULL },
	{ "contact", STR_INIT("联系方式"), NULL },
	{ "role", STR_INIT("角色"), role_word },
	{ "kind", STR_INIT("文书"), letter_word },
	{ "number", STR_INIT("编号"), NULL },
	{ "dated", STR_INIT("日期"), NULL },
	{ "unit", STR_INIT("单位"), NULL },
	{ "year", STR_INIT("年度"), NULL },
	{ "state", STR_INIT("状态"), state_word },
	{ "check_code", STR_INIT("数据校验码"), NULL },
	{ "ledger_position", STR_INIT("数字截至操作记录"), NULL },
	{ "value", STR_INIT("数字"), NULL },
	{ "source", STR_INIT("来源"), NULL },
	{ "from", STR_INIT("起"), NULL },
	{ "to", STR_INIT("至"), NULL },
	{ "until", STR_INIT("至"), NULL },
	{ "days", STR_INIT("天数"), NULL },
	{ "body_name", STR_INIT("机构"), NULL },
	{ "counted_by", STR_INIT("统计单位"), NULL },
	{ "yellow_days", STR_INIT("黄牌提前工作日"), NULL },
	{ "black_days", STR_INIT("黑牌逾期工作日"), NULL },
	{ "served_on", STR_INIT("送达日期"), NULL },
	{ "counts_on", STR_INIT("视为送达日期"), NULL },
	{ "received_on", STR_INIT("收到日期"), NULL },
	{ "due_on", STR_INIT("期限"), NULL },
	{ "follow_no", STR_INIT("编号"), NULL },
	{ "server", STR_INIT("对方服务器"), NULL },
	{ "why", STR_INIT("事由"), NULL },
};

static const struct history_fact typed_facts[] = {
	{ "cell", STR_INIT(""), NULL } /* its word says which table */,
	{ "value", STR_INIT("数字"), NULL },
	{ "source", STR_INIT("来源"), NULL },
};

static const struct history_verb verbs[] = {
	{ "account.add", STR_INIT("添加账号") },
	{ "account.disable", STR_INIT("停用账号") },
	{ "account.enable", STR_INIT("启用账号") },
	{ "account.set_password", STR_INIT("修改密码") },
	{ "account.sign_in", STR_INIT("登录") },
	{ "account.sign_out", STR_INIT("退出登录") },
	{ "account.add_token", STR_INIT("创建访问令牌") },
	{ "account.revoke_token", STR_INIT("作废访问令牌") },
	{ "account.tell", STR_INIT("设置提醒") },
	{ "account.open_feed", STR_INIT("开通期限日历") },
	{ "account.close_feed", STR_INIT("停用期限日历") },
	{ "agency.add_unit", STR_INIT("添加单位") },
	{ "agency.change_unit", STR_INIT("修改单位") },
	{ "agency.close_unit", STR_INIT("停用单位") },
	{ "agency.reopen_unit", STR_INIT("恢复单位") },
	{ "agency.set_site", STR_INIT("设置站点") },
	{ "agency.add_scope_note", STR_INIT("添加统计范围说明") },
	{ "amendment.register", STR_INIT("登记更正申请") },
	{ "amendment.code", STR_INIT("生成更正申请的查询码") },
	{ "amendment.draft", STR_INIT("起草更正告知书") },
	{ "amendment.issue", STR_INIT("签发更正告知书") },
	{ "amendment.serve", STR_INIT("更正告知书送达") },
	{ "amendment.withdraw", STR_INIT("申请人撤回更正申请") },
	{ "amendment.practice", STR_INIT("确定更正申请的办理期限") },
	{ "amendment.erase", STR_INIT("保存期限届满，删除更正申请的个人信息") },
	{ "apply.avoid", STR_INIT("已公开的内容回答了问题，不必申请") },
	{ "apply.set", STR_INIT("修改网上申请设置") },
	{ "attachment.remove", STR_INIT("删除附件") },
	{ "calendar.load", STR_INIT("载入节假日通知") },
	{ "case.set_cards", STR_INIT("修改预警设置") },
	{ "case.filter_save", STR_INIT("保存常用筛选") },
	{ "case.filter_delete", STR_INIT("删除常用筛选") },
	{ "dispute.rule", STR_INIT("修改答复、答辩期限") },
	{ "fee.practice", STR_INIT("确定信息处理费的收取方式") },
	{ "fee.refund", STR_INIT("登记退付信息处理费") },
	{ "follow.complain", STR_INIT("收到投诉、举报") },
	{ "gate.set", STR_INIT("修改答复的审核环节") },
	{ "identity.add", STR_INIT("保存申请人身份信息") },
	{ "identity.erase", STR_INIT("删除申请人身份信息") },
	{ "import.save_mapping", STR_INIT("保存台账的列对应关系") },
	{ "letter.draft", STR_INIT("起草文书") },
	{ "letter.fill", STR_INIT("填写文书要素") },
	{ "letter.set_text", STR_INIT("修改文书草稿") },
	{ "letter.redate", STR_INIT("更改文书的拟定日期和送达方式") },
	{ "letter.remerge", STR_INIT("按模板重新生成文书") },
	{ "letter.issue", STR_INIT("印发文书") },
	{ "letter.discard", STR_INIT("作废文书草稿") },
	{ "letter.head_set", STR_INIT("修改文书抬头") },
	{ "letter.body_add", STR_INIT("添加复议机关或者法院") },
	{ "letter.switch_set", STR_INIT("修改文书设置") },
	{ "letter.template_save", STR_INIT("保存文书模板") },
	{ "letter.template_restore", STR_INIT("恢复内置的文书模板") },
	{ "mail.discard", STR_INIT("来信不作处理") },
	{ "mail.forward", STR_INIT("来信转给其他单位") },
	{ "reply.set", STR_INIT("修改答复设置") },
	{ "report.start", STR_INIT("建立年度报告") },
	{ "report.edit", STR_INIT("修改年度报告正文") },
	{ "report.check", STR_INIT("核查年度报告") },
	{ "report.waive", STR_INIT("对核查发现说明理由") },
	{ "report.approve", STR_INIT("审定年度报告，冻结数字") },
	{ "report.return", STR_INIT("退回年度报告修改") },
	{ "report.publish", STR_INIT("发布年度报告") },
	{ "report.erratum", STR_INIT("年度报告发布后更正") },
	{ "request.seal", STR_INIT("加密保存申请内容") },
	{ "retention.settle", STR_INIT("设定个人信息的保存年限") },
	{ "site.sealed", STR_INIT("加密保存先前的明文") },
	{ "statistics.enter", STR_INIT("填报统计数字") },
};

static const struct { const char *kind; struct str label; } kinds[] = {
	{ "account", STR_INIT("账号") },
	{ "amendment", STR_INIT("更正申请") },
	{ "calendar", STR_INIT("工作日历") },
	{ "complaint", STR_INIT("投诉举报") },
	{ "dispute", STR_INIT("复议诉讼案件") },
	{ "draft", STR_INIT("填写中的申请") },
	{ "identity", STR_INIT("身份信息") },
	{ "import_mapping", STR_INIT("列对应关系") },
	{ "letter", STR_INIT("文书") },
	{ "letter_template", STR_INIT("文书模板") },
	{ "mail", STR_INIT("来信") },
	{ "notice", STR_INIT("通知") },
	{ "order", STR_INIT("督办") },
	{ "remedy_body", STR_INIT("复议机关或者法院") },
	{ "reply", STR_INIT("答复") },
	{ "report", STR_INIT("年度报告") },
	{ "request", STR_INIT("申请") },
	{ "scope_note", STR_INIT("统计范围说明") },
	{ "setting", STR_INIT("设置") },
	{ "site", STR_INIT("站点") },
	{ "typed_figure", STR_INIT("填报数字，单位") },
	{ "unit", STR_INIT("单位") },
};

/* A unit by its number; some events name it by its code already. */
static struct str unit_word(const void *arg, struct str code)
{
	const struct history_words *units = arg;
	struct str name = units->look_up(units->arg, code);

	return name.len > 0 ? name : code;
}

/* A cell is named alike in both forms, or stands in one of them only. */
static struct str cell_word(const void *arena, struct str code)
{
	struct arena *a = (struct arena *)(uintptr_t)arena;
	struct str key = str_format(a, "t2." STR_FMT, STR_ARG(code));
	struct str label = tables_label(a, FORM_2019, key);

	if (label.len == 0)
		label = tables_label(a, FORM_2021, key);
	return label.len > 0 ? label : code;
}

bool ledger_words_load(struct ctx *ctx, struct ledger_words *out, struct err *err)
{
	if (!timeline_words(ctx, &out->request, err))
		return false;
	out->units = out->request;
	out->rest = out->request;
	out->rest.look_up = unit_word;
	out->rest.arg = &out->units;
	out->rest.facts = facts;
	out->rest.facts_count = COUNT_OF(facts);
	out->rest.verbs = verbs;
	out->rest.verbs_count = COUNT_OF(verbs);
	out->request.verbs = verbs;
	out->request.verbs_count = COUNT_OF(verbs);
	out->typed = out->rest;
	out->typed.facts = typed_facts;
	out->typed.facts_count = COUNT_OF(typed_facts);
	out->typed.looked_up = "cell";
	out->typed.look_up = cell_word;
	out->typed.arg = ctx->arena;
	return true;
}

struct str ledger_sentence(struct arena *a, const struct ledger_words *w,
			   const struct ledger_row *row)
{
	bool typed = str_equal_c(row->subject_kind, "typed_figure");

	if (str_equal_c(row->subject_kind, "request"))
		return history_sentence(a, &w->request, row);
	if (str_equal_c(row->subject_kind, "dispute"))
		return history_sentence(a, &dispute_words, row);
	return history_sentence(a, typed ? &w->typed : &w->rest, row);
}

struct str ledger_subject(struct arena *a, const struct ledger_row *row)
{
	struct str label = row->subject_kind;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (str_equal_c(row->subject_kind, kinds[i].kind))
			label = kinds[i].label;
	if (row->subject_id == 0)
		return label;
	return str_format(a, STR_FMT " %lld", STR_ARG(label), (long long)row->subject_id);
}
