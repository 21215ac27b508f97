/*
 * request_decisions.c - every way a request ends: one row = clause, letter,
 * remedy, line of table 三, and its question in the order of tests.
 *
 * The order of tests is the practice of seven steps (补不补, 是不是, 谁负责, 有没有,
 * 给不给, 怎么给, 怎么答): a request falls into the first row whose question is
 * answered with yes. 复议前置 (行政复议法 2023 第二十三条) is for refusals under
 * 条例 Art. 14, 15 and 16, and for the refused part of a partial reply.
 */
#include "request/request.h"

#define REPLY "政府信息公开申请答复书"
#define NOTICE "政府信息公开告知书"
#define STOP "政府信息公开申请终止办理告知书"

/* 复议前置, letter needed, no law dates */
#define FIRST_RECONSIDERATION true, true, { 0 }, { 0 }
#define FREE_CHOICE false, true, { 0 }, { 0 }

const struct decision_kind request_decisions[] = {
	/* ---- is there a request that can be handled (条例第二十九条、第三十条) */
	{ "close_uncorrected", STR_INIT("逾期不补正，不再处理"), OUTCOME_OTHER_OVERDUE_CORRECTION,
	  STR_INIT("条例第三十条"), STOP, false, false, { 0 }, { 0 },
	  STR_INIT("已一次性告知补正，申请人无正当理由逾期不补正？"), 1 },
	{ "still_unclear", STR_INIT("无法提供：补正后申请内容仍不明确"), OUTCOME_UNABLE_STILL_UNCLEAR,
	  STR_INIT("条例第三十条"), NOTICE, FREE_CHOICE,
	  STR_INIT("申请人已补正，申请内容仍不明确？"), 2 },
	/* ---- is it a request for information */
	{ "petition", STR_INIT("不予处理：信访、投诉、举报类申请"), OUTCOME_NOT_PROCESSED_PETITION,
	  STR_INIT("条例第三十九条第一款"), NOTICE, FREE_CHOICE,
	  STR_INIT("以政府信息公开申请的形式进行信访、投诉、举报等活动？"), 3 },
	{ "publication", STR_INIT("不予处理：要求提供公开出版物"), OUTCOME_NOT_PROCESSED_PUBLICATION,
	  STR_INIT("条例第三十九条第二款"), NOTICE, FREE_CHOICE,
	  STR_INIT("要求提供政府公报、报刊、书籍等公开出版物？"), 4 },
	{ "reconfirm", STR_INIT("不予处理：要求确认或者重新出具已获取信息"),
	  OUTCOME_NOT_PROCESSED_CONFIRM, STR_INIT("条例第二条、第二十七条"), NOTICE, FREE_CHOICE,
	  STR_INIT("要求对已经获取的信息进行确认或者重新出具？"), 5 },
	{ "repeat", STR_INIT("不予处理：不予重复处理"), OUTCOME_NOT_PROCESSED_REPEAT,
	  STR_INIT("条例第三十六条第六项"), NOTICE, FREE_CHOICE,
	  STR_INIT("已就该申请作出答复，申请人重复申请公开相同政府信息？"), 6 },
	{ "excessive", STR_INIT("不予处理：无正当理由大量反复申请"), OUTCOME_NOT_PROCESSED_EXCESSIVE,
	  STR_INIT("条例第三十五条"), NOTICE, FREE_CHOICE,
	  STR_INIT("申请的数量、频次明显超过合理范围，且说明的理由不合理？"), 7 },
	/* ---- whose is it, and is there any */
	{ "inquiry", STR_INIT("不予公开：属于行政查询事项"), OUTCOME_DENIED_ADMIN_INQUIRY,
	  STR_INIT("条例第三十六条第七项"), NOTICE, FREE_CHOICE,
	  STR_INIT("属于工商、不动产登记资料等，法律、行政法规对获取有特别规定的信息？"), 8 },
	{ "not_ours", STR_INIT("无法提供：不属于本行政机关负责公开"), OUTCOME_UNABLE_NOT_HELD,
	  STR_INIT("条例第十条、第三十六条第五项"), NOTICE, FREE_CHOICE,
	  STR_INIT("该信息不属于本行政机关负责公开？"), 9 },
	{ "not_exist", STR_INIT("无法提供：政府信息不存在"), OUTCOME_UNABLE_NOT_HELD,
	  STR_INIT("条例第三十六条第四项"), NOTICE, FREE_CHOICE,
	  STR_INIT("经检索没有所申请公开的信息？"), 10 },
	{ "needs_work", STR_INIT("无法提供：没有现成信息，需要加工、分析"), OUTCOME_UNABLE_NEEDS_CREATION,
	  STR_INIT("条例第三十八条"), NOTICE, FREE_CHOICE,
	  STR_INIT("需要对现有政府信息进行加工、分析才能提供？"), 11 },
	/* ---- may it be given */
	{ "no_secret", STR_INIT("不予公开：属于国家秘密"), OUTCOME_DENIED_STATE_SECRET,
	  STR_INIT("条例第十四条、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("依法确定为国家秘密，且不能区分处理？"), 12 },
	{ "no_law", STR_INIT("不予公开：法律、行政法规禁止公开"), OUTCOME_DENIED_LAW_FORBIDS,
	  STR_INIT("条例第十四条、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("法律、行政法规禁止公开（写明名称和条款），且不能区分处理？"), 13 },
	{ "no_danger", STR_INIT("不予公开：危及“三安全一稳定”"), OUTCOME_DENIED_THREE_SECURITIES,
	  STR_INIT("条例第十四条、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("公开后可能危及国家安全、公共安全、经济安全、社会稳定，且不能区分处理？"), 14 },
	{ "no_third", STR_INIT("不予公开：保护第三方合法权益"), OUTCOME_DENIED_THIRD_PARTY,
	  STR_INIT("条例第十五条、第三十二条、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("公开会损害第三方合法权益，已书面征求其意见而其不同意且理由合理，又不能区分处理？"), 15 },
	{ "no_internal", STR_INIT("不予公开：属于内部事务信息"), OUTCOME_DENIED_INTERNAL_AFFAIRS,
	  STR_INIT("条例第十六条第一款、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("属于人事管理、后勤管理、内部工作流程等内部事务信息？"), 16 },
	{ "no_process", STR_INIT("不予公开：属于过程性信息"), OUTCOME_DENIED_PROCESS_INFO,
	  STR_INIT("条例第十六条第二款、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("属于讨论记录、过程稿、磋商信函、请示报告等过程性信息，且没有规定应当公开？"), 17 },
	{ "no_file", STR_INIT("不予公开：属于行政执法案卷信息"), OUTCOME_DENIED_ENFORCEMENT_FILE,
	  STR_INIT("条例第十六条第二款、第三十六条第三项"), REPLY, FIRST_RECONSIDERATION,
	  STR_INIT("属于行政执法案卷信息，且没有规定应当公开？"), 18 },
	{ "part", STR_INIT("部分公开"), OUTCOME_PARTLY_GRANTED, STR_INIT("条例第三十七条"), REPLY,
	  FIRST_RECONSIDERATION, STR_INIT("含有不应当公开或者不属于政府信息的内容，但能够作区分处理？"), 19 },
	/* ---- how is it given */
	{ "public_already", STR_INIT("予以公开：已经主动公开"), OUTCOME_GRANTED,
	  STR_INIT("条例第三十六条第一项"), REPLY, FREE_CHOICE, STR_INIT("所申请公开的信息已经主动公开？"),
	  20 },
	{ "give", STR_INIT("予以公开"), OUTCOME_GRANTED, STR_INIT("条例第三十六条第二项、第四十条"), REPLY,
	  FREE_CHOICE, STR_INIT("可以公开？"), 21 },
	/* ---- ends that no test leads to */
	{ "close_unpaid", STR_INIT("逾期未缴费，不再处理"), OUTCOME_OTHER_OVERDUE_FEE,
	  STR_INIT("条例第四十二条，《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"), STOP, false,
	  false, { true, { 18628 } /* 2021-01-01 */ }, { 0 },
	  STR_INIT("申请人逾期未按收费通知要求缴纳费用？"), 22 },
	{ "withdraw", STR_INIT("申请人撤回申请"), OUTCOME_OTHER_REST,
	  STR_INIT("申请人自愿撤回，条例未作规定"), "撤回政府信息公开申请确认书", false, false, { 0 }, { 0 },
	  STR_INIT("申请人书面撤回申请？"), 23 },
};
const size_t request_decisions_count = COUNT_OF(request_decisions);

const struct decision_kind *request_decision(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(request_decisions); i++)
		if (str_equal_c(code, request_decisions[i].code))
			return &request_decisions[i];
	return NULL;
}

const struct decision_kind *request_decision_of(enum request_outcome outcome)
{
	const struct decision_kind *found = NULL;

	for (size_t i = 0; i < COUNT_OF(request_decisions); i++)
		if (request_decisions[i].outcome == outcome)
			found = &request_decisions[i];
	return found;
}

bool request_decision_in_force(const struct decision_kind *kind, struct date day)
{
	return (!kind->from.known || date_compare(kind->from.v, day) <= 0) &&
	       (!kind->until.known || date_compare(day, kind->until.v) <= 0);
}
