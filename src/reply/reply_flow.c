/*
 * reply_flow.c - the way of a draft as a table: at which stage which act is
 * allowed, where it leads, and whose it is.
 */
#include "reply/reply.h"

#define WRITE PERM_REQUEST_WRITE
#define DECIDE PERM_REQUEST_DECIDE
#define ADVISER PERM_REQUEST_ADVISE
#define ROW(from, verb, to, who, rule) \
	{ REPLY_##from, REPLY_##verb, REPLY_##to, who, STR_INIT(rule) }

const struct reply_transition reply_transitions[] = {
	ROW(DRAFTING, EDIT, DRAFTING, WRITE, "条例第三十六条至第四十条"),
	ROW(DRAFTING, SUBMIT, REVIEW, WRITE, "条例第四十五条：审核"),
	ROW(DRAFTING, DROP, DROPPED, WRITE, "稿件作废，记录保留"),

	ROW(REVIEW, AGREE, ADVICE, DECIDE, "审核人不是承办人"),
	ROW(REVIEW, RETURN, DRAFTING, DECIDE, "退回并写明意见"),
	ROW(REVIEW, RECALL, DRAFTING, WRITE, "承办单位撤回修改"),

	ROW(ADVICE, ADVISE, SIGNING, ADVISER, "法律顾问的意见不对外公开，有无意见可以核验"),
	ROW(ADVICE, RECALL, DRAFTING, WRITE, "承办单位撤回修改"),

	ROW(SIGNING, SIGN, SIGNED, DECIDE, "条例第三十六条：作出答复"),
	ROW(SIGNING, RETURN, DRAFTING, DECIDE, "退回并写明意见"),
	ROW(SIGNING, RECALL, DRAFTING, WRITE, "承办单位撤回修改"),
};
const size_t reply_transitions_count = COUNT_OF(reply_transitions);

static const struct {
	const char *code;
	struct str label;
} stages[REPLY_STAGE_COUNT] = {
	[REPLY_DRAFTING] = { "drafting", STR_INIT("拟稿") },
	[REPLY_REVIEW] = { "review", STR_INIT("待审核") },
	[REPLY_ADVICE] = { "advice", STR_INIT("待法律顾问意见") },
	[REPLY_SIGNING] = { "signing", STR_INIT("待签发") },
	[REPLY_SIGNED] = { "signed", STR_INIT("已签发") },
	[REPLY_DROPPED] = { "dropped", STR_INIT("已作废") },
};

static const struct {
	const char *code;
	struct str label;
} verbs[REPLY_VERB_COUNT] = {
	[REPLY_EDIT] = { "reply.edit", STR_INIT("修改答复稿") },
	[REPLY_SUBMIT] = { "reply.submit", STR_INIT("送审") },
	[REPLY_RECALL] = { "reply.recall", STR_INIT("撤回修改") },
	[REPLY_AGREE] = { "reply.agree", STR_INIT("审核同意") },
	[REPLY_RETURN] = { "reply.return", STR_INIT("退回") },
	[REPLY_ADVISE] = { "reply.advise", STR_INIT("出具法律意见") },
	[REPLY_SIGN] = { "reply.sign", STR_INIT("签发") },
	[REPLY_DROP] = { "reply.drop", STR_INIT("作废") },
};

const struct reply_transition *reply_transition(enum reply_stage from, enum reply_verb verb)
{
	for (size_t i = 0; i < COUNT_OF(reply_transitions); i++)
		if (reply_transitions[i].from == from && reply_transitions[i].verb == verb)
			return &reply_transitions[i];
	return NULL;
}

struct str reply_stage_code(enum reply_stage s)
{
	return str_from_c(stages[s].code);
}

struct str reply_stage_label(enum reply_stage s)
{
	return stages[s].label;
}

struct str reply_stage_next(enum reply_stage s)
{
	static const struct str next[REPLY_STAGE_COUNT] = {
		[REPLY_DRAFTING] = STR_INIT("继续拟写答复"),
		[REPLY_REVIEW] = STR_INIT("审核答复"),
		[REPLY_ADVICE] = STR_INIT("出具法律意见"),
		[REPLY_SIGNING] = STR_INIT("签发答复"),
		[REPLY_SIGNED] = STR_INIT("作出答复"),
		[REPLY_DROPPED] = STR_INIT("作出答复"),
	};

	return next[s];
}

enum permission reply_stage_who(enum reply_stage s)
{
	static const enum reply_verb on[REPLY_STAGE_COUNT] = {
		[REPLY_DRAFTING] = REPLY_SUBMIT, [REPLY_REVIEW] = REPLY_AGREE,
		[REPLY_ADVICE] = REPLY_ADVISE,	 [REPLY_SIGNING] = REPLY_SIGN,
		[REPLY_SIGNED] = REPLY_EDIT,	 [REPLY_DROPPED] = REPLY_EDIT,
	};
	const struct reply_transition *t = reply_transition(s, on[s]);

	return t != NULL ? t->who : PERM_REQUEST_WRITE;
}

bool reply_stage_from(struct str code, enum reply_stage *out)
{
	for (size_t i = 0; i < COUNT_OF(stages); i++) {
		if (str_equal_c(code, stages[i].code)) {
			*out = (enum reply_stage)i;
			return true;
		}
	}
	return false;
}

struct str reply_verb_label(enum reply_verb v)
{
	return verbs[v].label;
}

struct str reply_verb_code(enum reply_verb v)
{
	return str_from_c(verbs[v].code);
}
