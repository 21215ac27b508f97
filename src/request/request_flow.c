/*
 * request_flow.c - the workflow as a table: in which state which step is allowed,
 * where it leads, what it does to the clock and who may take it.
 *
 * The states are the law's; what an agency adds before signing (reviewer, legal
 * adviser) lies inside 办理中 and does not touch the clock. So do reasons asked
 * for (Art. 35) and an extension proposed: the case is worked on meanwhile.
 */
#include "request/request.h"

#include <assert.h>

#define WRITE PERM_REQUEST_WRITE
#define DECIDE PERM_REQUEST_DECIDE
#define ROW(from, verb, to, clock, who, rule)                                                      \
	{ REQUEST_##from, VERB_##verb, REQUEST_##to, CLOCK_##clock, who, STR_INIT(rule) }

const struct request_transition request_transitions[] = {
	ROW(CONFIRMING, CONFIRM, HANDLING, STARTS, WRITE, "条例第三十一条"),
	ROW(CONFIRMING, SPLIT, CONFIRMING, NONE, WRITE, "一事一申请"),
	ROW(CONFIRMING, TRANSFER, CONFIRMING, NONE, WRITE, "条例第四条"),

	ROW(HANDLING, ASK_CORRECTION, CORRECTING, STANDS, WRITE, "条例第三十条"),
	ROW(HANDLING, OPEN_INQUIRY, INQUIRING, SUSPENDS, WRITE, "条例第三十二条至第三十四条"),
	ROW(HANDLING, TELL_THIRD, HANDLING, NONE, DECIDE, "条例第十五条、第三十二条"),
	ROW(HANDLING, ASK_REASONS, HANDLING, NONE, WRITE, "条例第三十五条"),
	ROW(HANDLING, RECEIVE_REASONS, HANDLING, NONE, WRITE, "条例第三十五条"),
	ROW(HANDLING, JUDGE_REASONS, HANDLING, NONE, WRITE, "条例第三十五条"),
	ROW(HANDLING, DELAY, HANDLING, LENGTHENS, DECIDE, "条例第三十五条"),
	ROW(HANDLING, PROPOSE_EXTENSION, HANDLING, NONE, WRITE, "条例第三十三条第二款"),
	ROW(HANDLING, APPROVE_EXTENSION, HANDLING, NONE, DECIDE, "条例第三十三条第二款"),
	ROW(HANDLING, EXTEND, HANDLING, LENGTHENS, WRITE, "条例第三十三条第二款"),
	ROW(HANDLING, CHARGE, UNPAID, STANDS, WRITE, "条例第四十二条"),
	ROW(HANDLING, SPLIT, HANDLING, NONE, WRITE, "一事一申请"),
	ROW(HANDLING, TRANSFER, HANDLING, NONE, WRITE, "条例第四条"),
	ROW(HANDLING, DECIDE, DECIDED, ENDS, DECIDE, "条例第三十三条、第三十六条"),
	ROW(HANDLING, CLOSE, CLOSED, ENDS, DECIDE, "申请人撤回"),

	ROW(CORRECTING, RECEIVE_CORRECTION, HANDLING, STARTS, WRITE, "条例第三十条"),
	ROW(CORRECTING, CLOSE, CLOSED, ENDS, DECIDE, "条例第三十条；申请人撤回"),

	ROW(INQUIRING, OPEN_INQUIRY, INQUIRING, SUSPENDS, WRITE, "条例第三十二条至第三十四条"),
	ROW(INQUIRING, CLOSE_INQUIRY, HANDLING, RESUMES, WRITE, "条例第三十三条第三款"),
	ROW(INQUIRING, ASK_REASONS, INQUIRING, NONE, WRITE, "条例第三十五条"),
	ROW(INQUIRING, RECEIVE_REASONS, INQUIRING, NONE, WRITE, "条例第三十五条"),
	ROW(INQUIRING, JUDGE_REASONS, INQUIRING, NONE, WRITE, "条例第三十五条"),
	ROW(INQUIRING, DELAY, INQUIRING, LENGTHENS, DECIDE, "条例第三十五条"),
	ROW(INQUIRING, PROPOSE_EXTENSION, INQUIRING, NONE, WRITE, "条例第三十三条第二款"),
	ROW(INQUIRING, APPROVE_EXTENSION, INQUIRING, NONE, DECIDE, "条例第三十三条第二款"),
	ROW(INQUIRING, EXTEND, INQUIRING, LENGTHENS, WRITE, "条例第三十三条第二款"),
	ROW(INQUIRING, CLOSE, CLOSED, ENDS, DECIDE, "申请人撤回"),

	ROW(UNPAID, FEE_SERVED, UNPAID, NONE, WRITE, "《政府信息公开信息处理费管理办法》"),
	ROW(UNPAID, PAY, HANDLING, STARTS, WRITE, "《政府信息公开信息处理费管理办法》"),
	ROW(UNPAID, CLOSE, CLOSED, ENDS, DECIDE, "条例第四十二条；申请人撤回"),

	ROW(DECIDED, SERVE, SERVED, NONE, WRITE, "条例第三十六条"),
	ROW(DECIDED, AMEND, DECIDED, NONE, DECIDE, "更正登记"),

	ROW(SERVED, FILE, CLOSED, NONE, WRITE, "条例第四十五条"),
	ROW(SERVED, AMEND, SERVED, NONE, DECIDE, "更正登记"),

	ROW(CLOSED, AMEND, CLOSED, NONE, DECIDE, "更正登记"),
};
const size_t request_transitions_count = COUNT_OF(request_transitions);

static const struct {
	const char *code;
	struct str label;
} verbs[REQUEST_VERB_COUNT] = {
	[VERB_CONFIRM] = { "request.confirm", STR_INIT("确认收到") },
	[VERB_SPLIT] = { "request.split", STR_INIT("分成几件") },
	[VERB_TRANSFER] = { "request.transfer", STR_INIT("转交承办单位") },
	[VERB_ASK_CORRECTION] = { "request.ask_correction", STR_INIT("告知补正") },
	[VERB_RECEIVE_CORRECTION] = { "request.receive_correction", STR_INIT("收到补正") },
	[VERB_OPEN_INQUIRY] = { "request.open_inquiry", STR_INIT("征求意见") },
	[VERB_CLOSE_INQUIRY] = { "request.close_inquiry", STR_INIT("收到意见") },
	[VERB_TELL_THIRD] = { "request.tell_third", STR_INIT("告知第三方") },
	[VERB_ASK_REASONS] = { "request.ask_reasons", STR_INIT("要求说明理由") },
	[VERB_RECEIVE_REASONS] = { "request.receive_reasons", STR_INIT("收到理由") },
	[VERB_JUDGE_REASONS] = { "request.judge_reasons", STR_INIT("判断理由") },
	[VERB_DELAY] = { "request.delay", STR_INIT("延迟答复") },
	[VERB_PROPOSE_EXTENSION] = { "request.propose_extension", STR_INIT("提出延期") },
	[VERB_APPROVE_EXTENSION] = { "request.approve_extension", STR_INIT("审批延期") },
	[VERB_EXTEND] = { "request.extend", STR_INIT("告知延期") },
	[VERB_CHARGE] = { "request.charge", STR_INIT("通知缴费") },
	[VERB_FEE_SERVED] = { "request.fee_served", STR_INIT("收费通知送达") },
	[VERB_PAY] = { "request.pay", STR_INIT("缴费") },
	[VERB_DECIDE] = { "request.decide", STR_INIT("作出答复") },
	[VERB_SERVE] = { "request.serve", STR_INIT("送达") },
	[VERB_CLOSE] = { "request.close", STR_INIT("终止办理") },
	[VERB_FILE] = { "request.file", STR_INIT("归档") },
	[VERB_AMEND] = { "request.amend", STR_INIT("更正登记") },
};

const struct request_transition *request_transition(enum request_state from, enum request_verb verb)
{
	for (size_t i = 0; i < COUNT_OF(request_transitions); i++)
		if (request_transitions[i].from == from && request_transitions[i].verb == verb)
			return &request_transitions[i];
	return NULL;
}

bool request_may(enum request_state state, enum request_verb verb)
{
	return request_transition(state, verb) != NULL;
}

struct str request_verb_code(enum request_verb v)
{
	return str_from_c(verbs[v].code);
}

struct str request_verb_label(enum request_verb v)
{
	return verbs[v].label;
}

struct str clock_effect_label(enum clock_effect e)
{
	static const struct str labels[] = {
		[CLOCK_NONE] = STR_INIT("不影响期限"),
		[CLOCK_STARTS] = STR_INIT("期限自次日起计算"),
		[CLOCK_STANDS] = STR_INIT("期限不再计算，待申请人办理后重新起算"),
		[CLOCK_SUSPENDS] = STR_INIT("期限停止计算"),
		[CLOCK_RESUMES] = STR_INIT("期限恢复计算"),
		[CLOCK_LENGTHENS] = STR_INIT("期限延长"),
		[CLOCK_ENDS] = STR_INIT("期限终结"),
	};

	return labels[e];
}
