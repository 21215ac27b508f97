/*
 * letter_kinds.c - the 36 kinds: title in the catalogue, ground, series, remedy, and what a
 * template of the kind must say.
 *
 * Remedies: steps on the way are not open to one (国办函〔2021〕132号); refusals under
 * 条例 Art. 14 to 16 go to reconsideration first from 2024-01-01, the rest is a choice.
 */
#include "letter/letter.h"

#define NO_FEE_BEFORE { true, { 18628 } } /* 2021-01-01: 国办函〔2020〕109号 */

/* A step, told to the applicant; a letter to others; an answer given, refused, or other. */
#define STEP LETTER_NOTICE, REMEDY_NONE, false, false, false
#define OUTSIDE LETTER_OUTSIDE, REMEDY_NONE, false, false, false
#define GIVEN LETTER_ANSWER, REMEDY_FREE, true, true, true
#define REFUSED LETTER_ANSWER, REMEDY_FIRST, true, false, true
#define OTHER LETTER_ANSWER, REMEDY_FREE, true, false, true
#define STOPPED LETTER_NOTICE, REMEDY_FREE, false, false, true

#define ABOUT "受理编号|申请内容|"

const struct letter_kind letter_kinds[LETTER_KINDS] = {
	{ "receipt", STR_INIT("登记回执"), STR_INIT("条例第三十一条、第四十五条"), STEP,
	  "第三十三条", "受理编号|收到日期|答复期限", { 0 } },
	{ "correct", STR_INIT("补正告知书"), STR_INIT("条例第三十条"), STEP, "第二十九条|第三十条",
	  ABOUT "补正事项|补正期限|指导说明", { 0 } },
	{ "explain", STR_INIT("说明理由告知书"), STR_INIT("条例第三十五条"), STEP, "第三十五条",
	  "申请件数|统计起日|统计止日|回复期限", { 0 } },
	{ "extend", STR_INIT("延期答复告知书"), STR_INIT("条例第三十三条第二款"), STEP,
	  "第三十三条第二款", ABOUT "延期原因|答复期限|延长天数|新期限", { 0 } },
	{ "delay_reasonable", STR_INIT("延迟答复告知书（合理期限）"), STR_INIT("条例第三十五条"), STEP,
	  "第三十五条", "申请件数|新期限", { 0 } },
	{ "ask_third", STR_INIT("第三方意见征询书"), STR_INIT("条例第三十二条"), OUTSIDE, "第三十二条",
	  "信息|涉及权益", { 0 } },
	{ "tell_asking", STR_INIT("征求意见告知书"), STR_INIT("条例第三十三条第三款"), STEP,
	  "第三十三条第三款", ABOUT "征求对象|征求日期", { 0 } },
	{ "tell_third", STR_INIT("第三方告知书"), STR_INIT("条例第三十二条、第十五条"), LETTER_OUTSIDE,
	  REMEDY_FREE, false, false, false, "第十五条|第三十二条", "信息|公共利益理由|公开日期", { 0 } },
	{ "ask_joint", STR_INIT("征求意见书（共同制作机关）"), STR_INIT("条例第三十四条"), OUTSIDE,
	  "第三十四条", "信息", { 0 } },
	{ "ask_other", STR_INIT("商请函"), STR_INIT("条例第十一条、第三十三条第三款"), OUTSIDE,
	  "第十一条", "信息|商请事项|回复期限", { 0 } },
	{ "fee", STR_INIT("信息处理费收费通知书"), STR_INIT("条例第四十二条"), STEP, "第四十二条",
	  ABOUT "收费标准|计费数量|收费金额|缴纳方式|缴费期限", NO_FEE_BEFORE },
	{ "public_already", STR_INIT("答复书（已主动公开）"), STR_INIT("条例第三十六条第一项"), GIVEN,
	  "第三十六条第一项", ABOUT "信息|获取途径", { 0 } },
	{ "give", STR_INIT("答复书（予以公开）"), STR_INIT("条例第三十六条第二项、第四十条"), GIVEN,
	  "第三十六条第二项|第四十条", ABOUT "信息|提供形式", { 0 } },
	{ "part", STR_INIT("答复书（部分公开）"), STR_INIT("条例第三十七条"), LETTER_ANSWER, REMEDY_PART,
	  true, true, true, "第三十七条", ABOUT "信息|可公开部分|不予公开部分|不予公开理由|不予公开条款", { 0 } },
	{ "no_secret", STR_INIT("答复书（不予公开：国家秘密）"), STR_INIT("条例第十四条、第三十六条第三项"),
	  REFUSED, "第十四条|第三十六条第三项", ABOUT "信息|密级", { 0 } },
	{ "no_law", STR_INIT("答复书（不予公开：法律、行政法规禁止）"),
	  STR_INIT("条例第十四条、第三十六条第三项"), REFUSED, "第十四条|第三十六条第三项",
	  ABOUT "信息|禁止公开的法律|禁止公开的条款", { 0 } },
	{ "no_danger", STR_INIT("答复书（不予公开：危及三安全一稳定）"),
	  STR_INIT("条例第十四条、第三十六条第三项"), REFUSED, "第十四条|第三十六条第三项",
	  ABOUT "信息|危及事项|危害说明", { 0 } },
	{ "no_third", STR_INIT("答复书（不予公开：第三方合法权益）"),
	  STR_INIT("条例第十五条、第三十二条、第三十六条第三项"), REFUSED,
	  "第十五条|第三十二条|第三十六条第三项", ABOUT "信息|涉及权益|征求日期|第三方理由", { 0 } },
	{ "no_internal", STR_INIT("答复书（不予公开：内部事务信息）"),
	  STR_INIT("条例第十六条第一款、第三十六条第三项"), REFUSED,
	  "第十六条第一款|第三十六条第三项", ABOUT "信息|内部事务类别", { 0 } },
	{ "no_process", STR_INIT("答复书（不予公开：过程性信息）"),
	  STR_INIT("条例第十六条第二款、第三十六条第三项"), REFUSED,
	  "第十六条第二款|第三十六条第三项", ABOUT "信息|过程性信息类别", { 0 } },
	{ "no_file", STR_INIT("答复书（不予公开：行政执法案卷信息）"),
	  STR_INIT("条例第十六条第二款、第三十六条第三项"), REFUSED,
	  "第十六条第二款|第三十六条第三项", ABOUT "信息|案卷名称", { 0 } },
	{ "inquiry", STR_INIT("告知书（行政查询事项）"), STR_INIT("条例第三十六条第七项"), OTHER,
	  "第三十六条第七项", ABOUT "信息|查询事项|特别规定|办理机构", { 0 } },
	{ "not_exist", STR_INIT("告知书（政府信息不存在）"), STR_INIT("条例第三十六条第四项"), OTHER,
	  "第三十六条第四项", ABOUT "检索范围|检索关键词|检索起止时间|检索人员", { 0 } },
	{ "not_ours", STR_INIT("告知书（非本机关负责公开）"), STR_INIT("条例第十条、第三十六条第五项"), OTHER,
	  "第十条|第三十六条第五项", ABOUT "信息|非本机关理由|负责公开机关", { 0 } },
	{ "needs_work", STR_INIT("告知书（需要加工、分析）"), STR_INIT("条例第三十八条"), OTHER,
	  "第三十八条", ABOUT "信息|现有信息|加工内容", { 0 } },
	{ "still_unclear", STR_INIT("告知书（补正后仍不明确）"), STR_INIT("条例第三十条"), OTHER,
	  "第三十条", ABOUT "补正告知日期|补正日期|不明确原因", { 0 } },
	{ "petition", STR_INIT("告知书（信访、投诉、举报）"), STR_INIT("条例第三十九条第一款"), OTHER,
	  "第三十九条第一款", ABOUT "信访类别|反映渠道", { 0 } },
	{ "repeat", STR_INIT("告知书（不予重复处理）"), STR_INIT("条例第三十六条第六项"), OTHER,
	  "第三十六条第六项", ABOUT "信息|前次答复日期|前次答复文号", { 0 } },
	{ "publication", STR_INIT("告知书（公开出版物）"), STR_INIT("条例第三十九条第二款"), OTHER,
	  "第三十九条第二款", ABOUT "信息|获取途径", { 0 } },
	{ "excessive", STR_INIT("告知书（不予处理：数量、频次明显超过合理范围）"),
	  STR_INIT("条例第三十五条"), OTHER, "第三十五条",
	  "申请件数|统计起日|统计止日|申请人理由|不合理原因", { 0 } },
	{ "reconfirm", STR_INIT("告知书（确认或者重新出具）"), STR_INIT("条例第二条、第二十七条"), OTHER,
	  "第二条|第二十七条", ABOUT "信息|获取日期|获取方式", { 0 } },
	{ "close_uncorrected", STR_INIT("终止办理告知书（逾期不补正）"), STR_INIT("条例第三十条"),
	  STOPPED, "第三十条", ABOUT "补正告知日期|送达日期|期限届满日期", { 0 } },
	{ "close_unpaid", STR_INIT("终止办理告知书（逾期未缴费）"), STR_INIT("条例第四十二条"), STOPPED,
	  "第四十二条", ABOUT "收费通知日期|送达日期|期限届满日期", NO_FEE_BEFORE },
	{ "withdraw", STR_INIT("撤回申请确认书"), STR_INIT("申请人自愿撤回，条例未作规定"), LETTER_NOTICE,
	  REMEDY_NONE, false, false, true, "", ABOUT "撤回日期", { 0 } },
	{ "amend", STR_INIT("更正告知书、转送告知书"), STR_INIT("条例第四十一条"), LETTER_NOTICE,
	  REMEDY_FREE, false, false, false, "第四十一条", "收到日期|更正事项|更正结果", { 0 } },
	{ "suggest", STR_INIT("建议纳入主动公开的答复"), STR_INIT("条例第四十四条第二款"), LETTER_NOTICE,
	  REMEDY_NONE, false, false, false, "第四十四条第二款", "收到日期|信息|审核意见", { 0 } },
};

const struct letter_kind *letter_kind_find(struct str code)
{
	for (size_t i = 0; i < LETTER_KINDS; i++)
		if (str_equal_c(code, letter_kinds[i].code))
			return &letter_kinds[i];
	return NULL;
}

bool letter_kind_in_force(const struct letter_kind *kind, struct date day)
{
	return !kind->from.known || date_compare(kind->from.v, day) <= 0;
}
