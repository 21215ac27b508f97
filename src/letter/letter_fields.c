/*
 * letter_fields.c - the closed list of what may stand between braces in a template.
 *
 * A sample is what previews and `gongkai letter sample` print; persons and things in them are
 * invented. A sample of a day is its distance from the letter's own day. One that begins with
 * "?" is printed only where a template needs it, not where it may do without.
 */
#include "letter/letter.h"

#define TEXT(code, name, sample) { code, STR_INIT(name), VALUE_TEXT, sample }
#define DAY(code, name, sample) { code, STR_INIT(name), VALUE_DATE, sample }
#define LIVE(code, name) { code, STR_INIT(name), VALUE_LIVE, "" }

const struct letter_field letter_fields[] = {
	/* computed while the letter is a draft, and frozen when it is issued */
	LIVE("remedy", "救济途径"),
	LIVE("contact", "联系方式"),
	/* stand in a remedy paragraph while nobody has entered them */
	LIVE("organ", "复议机关"),
	LIVE("court", "管辖法院"),
	/* known from the letter itself */
	TEXT("you", "您", "您"),
	TEXT("agency", "本机关名称", ""),
	/* the request */
	TEXT("number", "受理编号", "YX2020-0117"),
	{ "content", STR_INIT("申请内容"), VALUE_ASKED, "旧城改造项目批准文件" },
	{ "information", STR_INIT("信息"), VALUE_ASKED, "旧城改造项目批准文件" },
	TEXT("channel", "提交渠道", "政府门户网站"),
	DAY("submitted_on", "提交日期", "-15"),
	DAY("received_on", "收到日期", "-14"),
	DAY("due", "答复期限", "14"),
	DAY("corrected_on", "补正日期", "?-7"),
	/* steps */
	{ "points", STR_INIT("补正事项"), VALUE_LIST,
	  "申请公开的文件的制作年份不明确\n“有关材料”所指的具体文件不明确" },
	DAY("correct_until", "补正期限", "15"),
	TEXT("guidance", "指导说明",
	     "可以写明文件的名称、文号、制作年份或者其他便于查询的特征；不清楚的，可以来电来访咨询"),
	TEXT("requests", "申请件数", "43"),
	DAY("period_from", "统计起日", "-60"),
	DAY("period_to", "统计止日", "-3"),
	DAY("reply_by", "回复期限", "15"),
	TEXT("extension_reason", "延期原因", "?所涉文件年代久远，需要查阅的档案数量较大"),
	TEXT("extension_days", "延长天数", "?10"),
	DAY("new_due", "新期限", "?28"),
	TEXT("asked_whom", "征求对象", "?第三方"),
	DAY("asked_on", "征求日期", "?-10"),
	DAY("answered_on", "意见日期", "?-4"),
	TEXT("interest", "涉及权益", "商业秘密"),
	TEXT("third_reason", "第三方理由", "其中的报价明细为其采取保密措施的经营信息"),
	TEXT("public_interest", "公共利益理由", "不公开可能对公共利益造成重大影响"),
	DAY("publish_on", "公开日期", "15"),
	TEXT("matter", "商请事项", "核实所附文件是否由贵单位牵头制作、是否可以公开"),
	/* the fee */
	TEXT("fee_standard", "收费标准", "按件计收"),
	TEXT("fee_count", "计费数量", "本自然月第12件申请"),
	TEXT("fee_working", "计算过程", "第11件至第30件的部分，每件100元；1件×100元=100元"),
	{ "fee_amount", STR_INIT("收费金额"), VALUE_MONEY, "10000" },
	TEXT("pay_how", "缴纳方式", "凭本通知书所附缴款码，通过非税收入收缴渠道缴入国库"),
	DAY("pay_until", "缴费期限", "28"),
	DAY("fee_told_on", "收费通知日期", "-10"),
	/* answers */
	TEXT("where", "获取途径", "政府门户网站“政府信息公开”专栏（网址 http://www.example.gov.cn/）"),
	TEXT("form", "提供形式", "纸质复印件"),
	TEXT("pages", "页数", "12"),
	TEXT("part_given", "可公开部分", "批准文件正文"),
	TEXT("part_refused", "不予公开部分", "附件三中的居民姓名、住址"),
	TEXT("part_reason", "不予公开理由", "涉及个人隐私、公开会对第三方合法权益造成损害的信息"),
	TEXT("part_article", "不予公开条款", "第十五条"),
	TEXT("secrecy", "密级", "秘密"),
	TEXT("secrecy_basis", "定密依据", "有关国家秘密及其密级具体范围的规定"),
	TEXT("secrecy_by", "定密机关", ""),
	TEXT("law", "禁止公开的法律", "中华人民共和国统计法"),
	TEXT("law_article", "禁止公开的条款", "关于统计资料保密的条款"),
	TEXT("danger", "危及事项", "公共安全"),
	TEXT("danger_why", "危害说明", "其中载明的重点部位防护布置一经公开可能被用于破坏活动"),
	TEXT("internal", "内部事务类别", "内部工作流程"),
	TEXT("process", "过程性信息类别", "讨论记录"),
	TEXT("file", "案卷名称", "某行政处罚案件案卷"),
	TEXT("party", "当事人查阅途径", ""),
	TEXT("register", "查询事项", "不动产登记资料"),
	TEXT("special_law", "特别规定", "《不动产登记暂行条例》第二十七条"),
	TEXT("register_body", "办理机构", "不动产登记机构"),
	TEXT("register_contact", "办理机构联系方式", "地址：示例路1号，电话：020-00000001"),
	TEXT("search_scope", "检索范围", "公文管理系统和机关档案室馆藏档案"),
	TEXT("search_words", "检索关键词", "旧城改造”“批准"),
	TEXT("search_period", "检索起止时间", "2015年1月至2020年6月"),
	TEXT("search_by", "检索人员", "政府信息公开工作机构和承办科室工作人员"),
	TEXT("search_why", "不存在原因", ""),
	TEXT("other_agency", "负责公开机关", "广州市示例局"),
	TEXT("other_contact", "负责公开机关联系方式", "地址：示例路2号，电话：020-00000002"),
	TEXT("not_ours_why", "非本机关理由", "该信息由其他行政机关制作"),
	TEXT("existing", "现有信息", "各年度的批准文件"),
	TEXT("work", "加工内容", "逐份汇总并分类统计"),
	DAY("correction_told_on", "补正告知日期", "-10"),
	TEXT("unclear_why", "不明确原因", "仍未指明所申请公开的文件或者其特征，无法据以检索"),
	TEXT("petition", "信访类别", "投诉"),
	TEXT("petition_where", "反映渠道", "信访工作机构或者12345政务服务便民热线"),
	DAY("earlier_on", "前次答复日期", "-90"),
	TEXT("earlier_number", "前次答复文号", "示例文号"),
	TEXT("explained", "申请人理由", "“用于研究”"),
	TEXT("unreasonable", "不合理原因", "各件申请的内容与所称研究没有关联，且多数内容相同"),
	DAY("obtained_on", "获取日期", "-120"),
	TEXT("obtained_how", "获取方式", "本机关依申请提供"),
	DAY("served_on", "送达日期", "-9"),
	DAY("lapsed_on", "期限届满日期", "-2"),
	DAY("withdrawn_on", "撤回日期", "-1"),
	/* correcting records, proposing publication */
	TEXT("amend_what", "更正事项", "登记资料中记载的出生日期"),
	TEXT("amend_result", "更正结果", "经审核属实，本机关已予以更正"),
	TEXT("amend_transfer", "转送机关", ""),
	TEXT("suggest_result", "审核意见", "经审核，该信息属于主动公开范围，本机关将及时主动公开"),
};
const size_t letter_fields_count = COUNT_OF(letter_fields);

const struct letter_field *letter_field_by_code(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(letter_fields); i++)
		if (str_equal_c(code, letter_fields[i].code))
			return &letter_fields[i];
	return NULL;
}

const struct letter_field *letter_field_by_name(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(letter_fields); i++)
		if (str_equal(name, letter_fields[i].name))
			return &letter_fields[i];
	return NULL;
}
