/* history.c - what happened in a proceeding, as sentences read from its ledger. */
#include "dispute/dossier_work.h"

static struct str route_word(struct str code)
{
	enum dispute_route r;

	return dispute_route_from(code, &r) ? dispute_route_label(r) : code;
}

static struct str outcome_word(struct str code)
{
	enum dispute_outcome o;

	return dispute_outcome_from(code, &o) ? dispute_outcome_label(o) : code;
}

static struct str hearing_word(struct str code)
{
	enum hearing_kind k;

	return hearing_kind_from(code, &k) ? hearing_kind_label(k) : code;
}

static struct str state_word(struct str code)
{
	for (int s = 0; s < HEARING_STATE_COUNT; s++)
		if (str_equal(code, hearing_state_code((enum hearing_state)s)))
			return hearing_state_label((enum hearing_state)s);
	return code;
}

static struct str role_word(struct str code)
{
	enum person_role r;

	return person_role_from(code, &r) ? person_role_label(r) : code;
}

static struct str paper_word(struct str code)
{
	enum paper_kind k;

	return paper_kind_from(code, &k) ? paper_kind_label(k) : code;
}

static struct str yes_word(struct str code)
{
	return str_equal_c(code, "yes") ? STR("是") : STR("否");
}

static const struct history_fact facts[] = {
	{ "route", STR_INIT("类型"), route_word },
	{ "case_no", STR_INIT("案号"), NULL },
	{ "organ", STR_INIT("机关或法院"), NULL },
	{ "accepted_on", STR_INIT("受理日期"), NULL },
	{ "simplified", STR_INIT("简易程序"), yes_word },
	{ "received_on", STR_INIT("收到通知日期"), NULL },
	{ "answer_due_on", STR_INIT("答复期限"), NULL },
	{ "answered_on", STR_INIT("提交答复日期"), NULL },
	{ "outcome", STR_INIT("结果"), outcome_word },
	{ "result", STR_INIT("决定或裁判内容"), NULL },
	{ "concluded_on", STR_INIT("审结日期"), NULL },
	{ "redo", STR_INIT("须重新答复"), yes_word },
	{ "redo_until", STR_INIT("重新答复期限"), NULL },
	{ "voided", STR_INIT("误登记"), yes_word },
	{ "hearing", STR_INIT("事项"), hearing_word },
	{ "hearing_on", STR_INIT("日期"), NULL },
	{ "hearing_time", STR_INIT("时间"), NULL },
	{ "place", STR_INIT("地点"), NULL },
	{ "hearing_state", STR_INIT("状态"), state_word },
	{ "person_role", STR_INIT("身份"), role_word },
	{ "paper", STR_INIT("材料"), paper_word },
	{ "paper_day", STR_INIT("材料日期"), NULL },
	{ "files", STR_INIT("文件数"), NULL },
	{ "identity", STR_INIT("含身份信息"), yes_word },
	{ "opinion", STR_INIT("含法律顾问意见"), yes_word },
	{ "manifest_sha256", STR_INIT("清单摘要"), NULL },
};

static const struct history_verb verbs[] = {
	{ "dispute.open", STR_INIT("登记案件") },
	{ "dispute.receive", STR_INIT("收到答复或应诉通知") },
	{ "dispute.answer", STR_INIT("提交答复、答辩") },
	{ "dispute.conclude", STR_INIT("登记结果") },
	{ "dispute.reopen", STR_INIT("开始重新答复") },
	{ "dispute.correct", STR_INIT("更正登记") },
	{ "dispute.undo", STR_INIT("撤销结果登记") },
	{ "dispute.void", STR_INIT("作废登记") },
	{ "dispute.count_again", STR_INIT("重新计算期限") },
	{ "dispute.hearing", STR_INIT("登记开庭、听证") },
	{ "dispute.hearing_move", STR_INIT("变更开庭、听证") },
	{ "dispute.hearing_cancel", STR_INIT("取消开庭、听证") },
	{ "dispute.hearing_hold", STR_INIT("开庭、听证已进行") },
	{ "dispute.person", STR_INIT("增加参加人") },
	{ "dispute.person_end", STR_INIT("参加人不再参加") },
	{ "dispute.paper", STR_INIT("收入材料") },
	{ "dispute.paper_withdraw", STR_INIT("撤下材料") },
	{ "dispute.bundle", STR_INIT("生成证据卷宗") },
	{ "dispute.erase", STR_INIT("按保存期限删除个人信息和材料") },
	{ "attachment.add", STR_INIT("添加文件") },
};

const struct history_words dispute_words = { .facts = facts,
					     .facts_count = COUNT_OF(facts),
					     .verbs = verbs,
					     .verbs_count = COUNT_OF(verbs) };

bool dispute_history(struct ctx *ctx, struct dispute_id id, struct history_line **out,
		     size_t *count, struct err *err)
{
	return history_load(ctx, "dispute", id.n, &dispute_words, out, count, err);
}
