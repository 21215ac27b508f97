/*
 * reply_facts.c - what each decision must say: the facts of 条例第三十六条至第四十条 that
 * no letter may leave out, by the names its template has for them.
 *
 * What the request itself knows (编号, 收到日期, 补正 …) is not asked here again.
 */
#include "reply/reply.h"

#define NEED(decision, name, kind, label, hint) \
	{ decision, name, STR_INIT(label), STR_INIT(hint), FACT_##kind, true }
#define MAY(decision, name, kind, label, hint) \
	{ decision, name, STR_INIT(label), STR_INIT(hint), FACT_##kind, false }

const struct reply_fact_rule reply_fact_rules[] = {
	NEED("still_unclear", "correction_told_on", DAY, "补正告知日期", ""),
	NEED("still_unclear", "corrected_on", DAY, "收到补正的日期", ""),
	NEED("still_unclear", "unclear_why", LINES, "为什么仍不明确", "写明哪一点仍无法据以检索"),

	NEED("petition", "petition", LINE, "实际从事的活动", "信访、投诉或者举报"),
	NEED("petition", "petition_where", LINE, "可以通过什么渠道提出", ""),

	NEED("publication", "where", LINES, "获取途径", "公报、报刊的名称和期号，书名，售卖或查阅地点"),

	NEED("reconfirm", "obtained_on", DAY, "申请人获取该信息的日期", ""),
	NEED("reconfirm", "obtained_how", LINE, "获取的方式", ""),

	NEED("repeat", "earlier_on", DAY, "前次答复日期", ""),
	NEED("repeat", "earlier_number", LINE, "前次答复文号", ""),

	NEED("excessive", "requests", NUMBER, "申请件数", ""),
	NEED("excessive", "period_from", DAY, "统计起日", ""),
	NEED("excessive", "period_to", DAY, "统计止日", ""),
	NEED("excessive", "explained", LINES, "申请人说明的理由", ""),
	NEED("excessive", "unreasonable", LINES, "为什么不合理", ""),

	NEED("inquiry", "register", LINE, "属于什么登记资料", "例如 不动产登记资料"),
	NEED("inquiry", "special_law", LINE, "特别规定", "法律、行政法规的名称和条款"),
	NEED("inquiry", "register_body", LINE, "办理机构", ""),
	MAY("inquiry", "register_contact", LINE, "办理机构联系方式", "地址、电话"),

	NEED("not_ours", "not_ours_why", LINES, "为什么不属于本机关负责公开", "条例第十条"),
	NEED("not_ours", "other_agency", LINE, "负责公开的机关", "不能确定的写明“不能确定”"),
	MAY("not_ours", "other_contact", LINE, "该机关的联系方式", "能够确定的应当告知（第三十六条第五项）"),

	NEED("not_exist", "search_scope", LINES, "检索范围", "哪些系统、哪些档案"),
	NEED("not_exist", "search_words", LINE, "检索关键词", ""),
	NEED("not_exist", "search_period", LINE, "检索起止时间", ""),
	NEED("not_exist", "search_by", LINE, "谁检索的", ""),
	MAY("not_exist", "search_why", LINES, "为什么不存在", "例如 该事项没有制作文件"),

	NEED("needs_work", "existing", LINES, "现有哪些信息", ""),
	NEED("needs_work", "work", LINES, "需要怎样加工、分析", ""),

	NEED("no_secret", "secrecy", LINE, "密级", "绝密、机密或者秘密"),
	NEED("no_secret", "secrecy_basis", LINES, "定密依据", ""),
	MAY("no_secret", "secrecy_by", LINE, "定密机关", ""),

	NEED("no_law", "law", LINE, "禁止公开的法律、行政法规", "名称，不带书名号"),
	NEED("no_law", "law_article", LINE, "条款", "写明条、款、项"),

	NEED("no_danger", "danger", LINE, "危及什么", "国家安全、公共安全、经济安全或者社会稳定"),
	NEED("no_danger", "danger_why", LINES, "为什么", ""),

	NEED("no_third", "interest", LINE, "涉及的权益", "商业秘密、个人隐私或者其他合法权益"),
	NEED("no_third", "asked_on", DAY, "征求意见的日期", ""),
	NEED("no_third", "answered_on", DAY, "收到意见的日期", "逾期未提出意见的，填期限届满之日"),
	NEED("no_third", "third_reason", LINES, "第三方的意见和理由", ""),
	MAY("no_third", "public_interest", LINES, "对公共利益影响的判断", ""),

	NEED("no_internal", "internal", LINE, "哪一类内部事务", "人事管理、后勤管理或者内部工作流程"),
	NEED("no_process", "process", LINE, "哪一类过程性信息", "讨论记录、过程稿、磋商信函或者请示报告"),
	NEED("no_file", "file", LINE, "案卷名称", ""),
	MAY("no_file", "party", LINES, "当事人查阅的途径", "申请人是当事人的，告知依照特别规定查阅"),

	NEED("part", "part_given", LINES, "公开的部分", ""),
	NEED("part", "part_refused", LINES, "不公开的部分", ""),
	NEED("part", "part_reason", LINES, "不公开的理由", ""),
	NEED("part", "part_article", LINE, "不公开的条款", "例如 第十五条"),

	NEED("public_already", "where", LINES, "获取途径", "网址、公报期号或者查阅地点（第三十六条第一项）"),

	NEED("give", "form", LINE, "提供的形式", "纸质复印件、电子文件，或者查阅的地点和时间（第四十条）"),
	MAY("give", "pages", NUMBER, "页数", ""),
};
const size_t reply_fact_rules_count = COUNT_OF(reply_fact_rules);
