/*
 * request_words.c - the words of a request: channels, classes of applicants,
 * outcomes, states; and the spellings in which offices write them.
 *
 * A word from outside is compared without white space and with one kind of
 * brackets and width (text/normalise.h); what is not in these tables is refused,
 * never guessed.
 */
#include "request/request.h"

#include "text/normalise.h"

struct word {
	const char *code;
	struct str label;
};

/* A spelling in use, and the value it stands for. */
struct spelling {
	struct str text;
	int value;
};

static const struct word channels[CHANNEL_COUNT] = {
	[CHANNEL_IN_PERSON] = { "in_person", STR_INIT("当面提交") },
	[CHANNEL_REGISTERED_MAIL] = { "registered_mail", STR_INIT("邮寄（需签收）") },
	[CHANNEL_ORDINARY_MAIL] = { "ordinary_mail", STR_INIT("平常信函") },
	[CHANNEL_FAX] = { "fax", STR_INIT("传真") },
	[CHANNEL_WEB] = { "web", STR_INIT("网上提交") },
	[CHANNEL_EMAIL] = { "email", STR_INIT("电子邮件") },
	[CHANNEL_ORAL] = { "oral", STR_INIT("口头申请") },
};

static const struct spelling channel_spellings[] = {
	{ STR_INIT("当面"), CHANNEL_IN_PERSON },
	{ STR_INIT("当面递交"), CHANNEL_IN_PERSON },
	{ STR_INIT("当面申请"), CHANNEL_IN_PERSON },
	{ STR_INIT("现场"), CHANNEL_IN_PERSON },
	{ STR_INIT("现场提交"), CHANNEL_IN_PERSON },
	{ STR_INIT("现场申请"), CHANNEL_IN_PERSON },
	{ STR_INIT("现场受理"), CHANNEL_IN_PERSON },
	{ STR_INIT("窗口"), CHANNEL_IN_PERSON },
	{ STR_INIT("窗口提交"), CHANNEL_IN_PERSON },
	{ STR_INIT("窗口申请"), CHANNEL_IN_PERSON },
	{ STR_INIT("上门"), CHANNEL_IN_PERSON },
	/* Most mail to an office is signed for; what is not is named so. */
	{ STR_INIT("邮寄"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("邮政寄送"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("邮寄申请"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("信函"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("信函申请"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("书面邮寄"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("挂号信"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("挂号"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("EMS"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("ems"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("邮政EMS"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("特快专递"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("邮政特快专递"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("快递"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("邮政快递"), CHANNEL_REGISTERED_MAIL },
	{ STR_INIT("平信"), CHANNEL_ORDINARY_MAIL },
	{ STR_INIT("普通信函"), CHANNEL_ORDINARY_MAIL },
	{ STR_INIT("平邮"), CHANNEL_ORDINARY_MAIL },
	{ STR_INIT("传真申请"), CHANNEL_FAX },
	{ STR_INIT("网上"), CHANNEL_WEB },
	{ STR_INIT("网上申请"), CHANNEL_WEB },
	{ STR_INIT("网络"), CHANNEL_WEB },
	{ STR_INIT("网络申请"), CHANNEL_WEB },
	{ STR_INIT("互联网"), CHANNEL_WEB },
	{ STR_INIT("互联网渠道"), CHANNEL_WEB },
	{ STR_INIT("在线"), CHANNEL_WEB },
	{ STR_INIT("在线申请"), CHANNEL_WEB },
	{ STR_INIT("在线提交"), CHANNEL_WEB },
	{ STR_INIT("线上"), CHANNEL_WEB },
	{ STR_INIT("网站"), CHANNEL_WEB },
	{ STR_INIT("门户网站"), CHANNEL_WEB },
	{ STR_INIT("政府网站"), CHANNEL_WEB },
	{ STR_INIT("网页申请"), CHANNEL_WEB },
	{ STR_INIT("平台"), CHANNEL_WEB },
	{ STR_INIT("依申请公开平台"), CHANNEL_WEB },
	{ STR_INIT("依申请公开系统"), CHANNEL_WEB },
	{ STR_INIT("小程序"), CHANNEL_WEB },
	{ STR_INIT("邮箱"), CHANNEL_EMAIL },
	{ STR_INIT("电子邮箱"), CHANNEL_EMAIL },
	{ STR_INIT("电邮"), CHANNEL_EMAIL },
	{ STR_INIT("E-mail"), CHANNEL_EMAIL },
	{ STR_INIT("e-mail"), CHANNEL_EMAIL },
	{ STR_INIT("Email"), CHANNEL_EMAIL },
	{ STR_INIT("口头"), CHANNEL_ORAL },
};

static const struct word applicants[APPLICANT_CLASS_COUNT] = {
	[APPLICANT_NATURAL_PERSON] = { "natural_person", STR_INIT("自然人") },
	[APPLICANT_COMMERCIAL_ENTERPRISE] = { "commercial_enterprise", STR_INIT("商业企业") },
	[APPLICANT_RESEARCH_INSTITUTION] = { "research_institution", STR_INIT("科研机构") },
	[APPLICANT_PUBLIC_WELFARE_ORG] = { "public_welfare_org", STR_INIT("社会公益组织") },
	[APPLICANT_LEGAL_SERVICE_ORG] = { "legal_service_org", STR_INIT("法律服务机构") },
	[APPLICANT_OTHER_ORG] = { "other_org", STR_INIT("其他") },
};

static const struct spelling applicant_spellings[] = {
	{ STR_INIT("公民"), APPLICANT_NATURAL_PERSON },
	{ STR_INIT("个人"), APPLICANT_NATURAL_PERSON },
	{ STR_INIT("自然人（公民）"), APPLICANT_NATURAL_PERSON },
	{ STR_INIT("公民个人"), APPLICANT_NATURAL_PERSON },
	{ STR_INIT("企业"), APPLICANT_COMMERCIAL_ENTERPRISE },
	{ STR_INIT("公司"), APPLICANT_COMMERCIAL_ENTERPRISE },
	{ STR_INIT("企业法人"), APPLICANT_COMMERCIAL_ENTERPRISE },
	{ STR_INIT("工商企业"), APPLICANT_COMMERCIAL_ENTERPRISE },
	{ STR_INIT("法人或其他组织-商业企业"), APPLICANT_COMMERCIAL_ENTERPRISE },
	{ STR_INIT("科研"), APPLICANT_RESEARCH_INSTITUTION },
	{ STR_INIT("科研院所"), APPLICANT_RESEARCH_INSTITUTION },
	{ STR_INIT("科研单位"), APPLICANT_RESEARCH_INSTITUTION },
	{ STR_INIT("法人或其他组织-科研机构"), APPLICANT_RESEARCH_INSTITUTION },
	{ STR_INIT("公益组织"), APPLICANT_PUBLIC_WELFARE_ORG },
	{ STR_INIT("社会组织"), APPLICANT_PUBLIC_WELFARE_ORG },
	{ STR_INIT("社会公益"), APPLICANT_PUBLIC_WELFARE_ORG },
	{ STR_INIT("法人或其他组织-社会公益组织"), APPLICANT_PUBLIC_WELFARE_ORG },
	{ STR_INIT("律师事务所"), APPLICANT_LEGAL_SERVICE_ORG },
	{ STR_INIT("律所"), APPLICANT_LEGAL_SERVICE_ORG },
	{ STR_INIT("法律服务"), APPLICANT_LEGAL_SERVICE_ORG },
	{ STR_INIT("法人或其他组织-法律服务机构"), APPLICANT_LEGAL_SERVICE_ORG },
	{ STR_INIT("其他组织"), APPLICANT_OTHER_ORG },
	{ STR_INIT("其它"), APPLICANT_OTHER_ORG },
	{ STR_INIT("其它组织"), APPLICANT_OTHER_ORG },
	{ STR_INIT("法人或其他组织-其他"), APPLICANT_OTHER_ORG },
};

static const struct word outcomes[OUTCOME_COUNT] = {
	[OUTCOME_GRANTED] = { "granted", STR_INIT("予以公开") },
	[OUTCOME_PARTLY_GRANTED] = { "partly_granted", STR_INIT("部分公开") },
	[OUTCOME_DENIED_STATE_SECRET] = { "denied_state_secret", STR_INIT("属于国家秘密") },
	[OUTCOME_DENIED_LAW_FORBIDS] = { "denied_law_forbids",
					 STR_INIT("其他法律行政法规禁止公开") },
	[OUTCOME_DENIED_THREE_SECURITIES] = { "denied_three_securities",
					      STR_INIT("危及“三安全一稳定”") },
	[OUTCOME_DENIED_THIRD_PARTY] = { "denied_third_party", STR_INIT("保护第三方合法权益") },
	[OUTCOME_DENIED_INTERNAL_AFFAIRS] = { "denied_internal_affairs",
					      STR_INIT("属于三类内部事务信息") },
	[OUTCOME_DENIED_PROCESS_INFO] = { "denied_process_info", STR_INIT("属于四类过程性信息") },
	[OUTCOME_DENIED_ENFORCEMENT_FILE] = { "denied_enforcement_file",
					      STR_INIT("属于行政执法案卷") },
	[OUTCOME_DENIED_ADMIN_INQUIRY] = { "denied_admin_inquiry", STR_INIT("属于行政查询事项") },
	[OUTCOME_UNABLE_NOT_HELD] = { "unable_not_held", STR_INIT("本机关不掌握相关政府信息") },
	[OUTCOME_UNABLE_NEEDS_CREATION] = { "unable_needs_creation",
					    STR_INIT("没有现成信息需要另行制作") },
	[OUTCOME_UNABLE_STILL_UNCLEAR] = { "unable_still_unclear",
					   STR_INIT("补正后申请内容仍不明确") },
	[OUTCOME_NOT_PROCESSED_PETITION] = { "not_processed_petition",
					     STR_INIT("信访举报投诉类申请") },
	[OUTCOME_NOT_PROCESSED_REPEAT] = { "not_processed_repeat", STR_INIT("重复申请") },
	[OUTCOME_NOT_PROCESSED_PUBLICATION] = { "not_processed_publication",
						STR_INIT("要求提供公开出版物") },
	[OUTCOME_NOT_PROCESSED_EXCESSIVE] = { "not_processed_excessive",
					      STR_INIT("无正当理由大量反复申请") },
	[OUTCOME_NOT_PROCESSED_CONFIRM] = { "not_processed_confirm",
					    STR_INIT("要求行政机关确认或重新出具已获取信息") },
	[OUTCOME_OTHER_OVERDUE_CORRECTION] = { "other_overdue_correction",
					       STR_INIT("申请人无正当理由逾期不补正、"
							"行政机关不再处理其政府信息公开申请") },
	[OUTCOME_OTHER_OVERDUE_FEE] = { "other_overdue_fee",
					STR_INIT("申请人逾期未按收费通知要求缴纳费用、"
						 "行政机关不再处理其政府信息公开申请") },
	[OUTCOME_OTHER_REST] = { "other_rest", STR_INIT("其他处理") },
};

static const struct spelling outcome_spellings[] = {
	{ STR_INIT("公开"), OUTCOME_GRANTED },
	{ STR_INIT("同意公开"), OUTCOME_GRANTED },
	{ STR_INIT("全部公开"), OUTCOME_GRANTED },
	{ STR_INIT("已公开"), OUTCOME_GRANTED },
	{ STR_INIT("主动公开"), OUTCOME_GRANTED },
	{ STR_INIT("已主动公开"), OUTCOME_GRANTED },
	{ STR_INIT("属于主动公开"), OUTCOME_GRANTED },
	{ STR_INIT("告知已主动公开"), OUTCOME_GRANTED },
	{ STR_INIT("部分公开（区分处理）"), OUTCOME_PARTLY_GRANTED },
	{ STR_INIT("部分公开（区分处理的，只计这一情形，不计其他情形）"), OUTCOME_PARTLY_GRANTED },
	{ STR_INIT("同意部分公开"), OUTCOME_PARTLY_GRANTED },
	{ STR_INIT("区分处理"), OUTCOME_PARTLY_GRANTED },
	{ STR_INIT("国家秘密"), OUTCOME_DENIED_STATE_SECRET },
	{ STR_INIT("涉及国家秘密"), OUTCOME_DENIED_STATE_SECRET },
	{ STR_INIT("法律行政法规禁止公开"), OUTCOME_DENIED_LAW_FORBIDS },
	{ STR_INIT("法律、行政法规禁止公开"), OUTCOME_DENIED_LAW_FORBIDS },
	{ STR_INIT("其他法律、行政法规禁止公开"), OUTCOME_DENIED_LAW_FORBIDS },
	{ STR_INIT("三安全一稳定"), OUTCOME_DENIED_THREE_SECURITIES },
	{ STR_INIT("危及三安全一稳定"), OUTCOME_DENIED_THREE_SECURITIES },
	{ STR_INIT("第三方合法权益"), OUTCOME_DENIED_THIRD_PARTY },
	{ STR_INIT("涉及第三方合法权益"), OUTCOME_DENIED_THIRD_PARTY },
	{ STR_INIT("涉及商业秘密、个人隐私"), OUTCOME_DENIED_THIRD_PARTY },
	{ STR_INIT("内部事务信息"), OUTCOME_DENIED_INTERNAL_AFFAIRS },
	{ STR_INIT("属于内部事务信息"), OUTCOME_DENIED_INTERNAL_AFFAIRS },
	{ STR_INIT("三类内部事务信息"), OUTCOME_DENIED_INTERNAL_AFFAIRS },
	{ STR_INIT("过程性信息"), OUTCOME_DENIED_PROCESS_INFO },
	{ STR_INIT("属于过程性信息"), OUTCOME_DENIED_PROCESS_INFO },
	{ STR_INIT("四类过程性信息"), OUTCOME_DENIED_PROCESS_INFO },
	{ STR_INIT("行政执法案卷"), OUTCOME_DENIED_ENFORCEMENT_FILE },
	{ STR_INIT("行政执法案卷信息"), OUTCOME_DENIED_ENFORCEMENT_FILE },
	{ STR_INIT("属于行政执法案卷信息"), OUTCOME_DENIED_ENFORCEMENT_FILE },
	{ STR_INIT("行政查询"), OUTCOME_DENIED_ADMIN_INQUIRY },
	{ STR_INIT("行政查询事项"), OUTCOME_DENIED_ADMIN_INQUIRY },
	{ STR_INIT("本机关不掌握"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("本机关不掌握相关信息"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("信息不存在"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("政府信息不存在"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("申请信息不存在"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("不存在"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("非本机关"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("非本机关负责公开"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("不属于本机关负责公开"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("不属于本行政机关负责公开"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("不属于本机关公开"), OUTCOME_UNABLE_NOT_HELD },
	{ STR_INIT("不属于本行政机关公开"), OUTCOME_UNABLE_NOT_HELD },
	/* a common slip in published reports */
	{ STR_INIT("没有现成信息需另行制作"), OUTCOME_UNABLE_NEEDS_CREATION },
	{ STR_INIT("需另行制作"), OUTCOME_UNABLE_NEEDS_CREATION },
	{ STR_INIT("需要另行制作"), OUTCOME_UNABLE_NEEDS_CREATION },
	{ STR_INIT("需加工分析"), OUTCOME_UNABLE_NEEDS_CREATION },
	{ STR_INIT("补正后仍不明确"), OUTCOME_UNABLE_STILL_UNCLEAR },
	{ STR_INIT("申请内容不明确"), OUTCOME_UNABLE_STILL_UNCLEAR },
	{ STR_INIT("信访"), OUTCOME_NOT_PROCESSED_PETITION },
	{ STR_INIT("信访举报投诉类"), OUTCOME_NOT_PROCESSED_PETITION },
	{ STR_INIT("信访、举报、投诉类申请"), OUTCOME_NOT_PROCESSED_PETITION },
	{ STR_INIT("信访投诉举报"), OUTCOME_NOT_PROCESSED_PETITION },
	{ STR_INIT("不予重复处理"), OUTCOME_NOT_PROCESSED_REPEAT },
	{ STR_INIT("重复"), OUTCOME_NOT_PROCESSED_REPEAT },
	{ STR_INIT("公开出版物"), OUTCOME_NOT_PROCESSED_PUBLICATION },
	{ STR_INIT("大量反复申请"), OUTCOME_NOT_PROCESSED_EXCESSIVE },
	{ STR_INIT("确认或重新出具"), OUTCOME_NOT_PROCESSED_CONFIRM },
	{ STR_INIT("确认或重新出具已获取信息"), OUTCOME_NOT_PROCESSED_CONFIRM },
	{ STR_INIT("逾期不补正"), OUTCOME_OTHER_OVERDUE_CORRECTION },
	{ STR_INIT("逾期未补正"), OUTCOME_OTHER_OVERDUE_CORRECTION },
	{ STR_INIT("逾期未缴费"), OUTCOME_OTHER_OVERDUE_FEE },
	{ STR_INIT("逾期不缴费"), OUTCOME_OTHER_OVERDUE_FEE },
	{ STR_INIT("其他"), OUTCOME_OTHER_REST },
	{ STR_INIT("其它"), OUTCOME_OTHER_REST },
	{ STR_INIT("撤回"), OUTCOME_OTHER_REST },
	{ STR_INIT("撤回申请"), OUTCOME_OTHER_REST },
	{ STR_INIT("申请人撤回"), OUTCOME_OTHER_REST },
	{ STR_INIT("主动撤回"), OUTCOME_OTHER_REST },
};

static const struct word states[REQUEST_STATE_COUNT] = {
	[REQUEST_CONFIRMING] = { "confirming", STR_INIT("待确认") },
	[REQUEST_HANDLING] = { "handling", STR_INIT("办理中") },
	[REQUEST_CORRECTING] = { "correcting", STR_INIT("待补正") },
	[REQUEST_INQUIRING] = { "inquiring", STR_INIT("征求意见中") },
	[REQUEST_UNPAID] = { "unpaid", STR_INIT("待缴费") },
	[REQUEST_DECIDED] = { "decided", STR_INIT("已决定待送达") },
	[REQUEST_SERVED] = { "served", STR_INIT("已送达") },
	[REQUEST_CLOSED] = { "closed", STR_INIT("已办结") },
};

static const struct word inquiries[] = {
	[INQUIRY_THIRD_PARTY] = { "third_party", STR_INIT("第三方") },
	[INQUIRY_JOINT_MAKER] = { "joint_maker", STR_INIT("共同制作机关") },
	[INQUIRY_OTHER_AGENCY] = { "other_agency", STR_INIT("其他机关") },
};

/* ---- reading */

enum { WORD_BYTES = 400 };

/* "3.属于国家秘密", "（一）予以公开", "1、…": the line's number is no part of the word. */
static struct str without_number(struct str s)
{
	static const struct str figures[] = { STR_INIT("一"), STR_INIT("二"), STR_INIT("三"),
					      STR_INIT("四"), STR_INIT("五"), STR_INIT("六") };
	struct str rest = s;
	uint64_t number;

	if (str_take_char(&rest, '(')) {
		for (size_t i = 0; i < COUNT_OF(figures); i++)
			if (str_take_str(&rest, figures[i]) && str_take_char(&rest, ')'))
				return rest;
		return s;
	}
	if (str_take_u64(&rest, 99, &number) &&
	    (str_take_char(&rest, '.') || str_take_str(&rest, STR("、"))))
		return rest;
	return s;
}

static bool same(struct arena *a, struct str folded, struct str word)
{
	return str_equal(folded, word) || label_equal(a, folded, word);
}

/* The place of text among words or their spellings, or -1. */
static int find_word(struct str text, const struct word *words, size_t words_count,
		     const struct spelling *spellings, size_t spellings_count)
{
	int found = -1;

	if (text.len == 0 || text.len > WORD_BYTES)
		return -1;
	/* The usual case first: exactly the code or the label. */
	for (size_t i = 0; i < words_count; i++)
		if (str_equal_c(text, words[i].code) || str_equal(text, words[i].label))
			return (int)i;
	struct arena *a = arena_open(256 * 1024);
	struct str folded = without_number(normalise_label(a, text));
	for (size_t i = 0; found < 0 && i < words_count; i++)
		if (same(a, folded, words[i].label))
			found = (int)i;
	for (size_t i = 0; found < 0 && i < spellings_count; i++)
		if (same(a, folded, spellings[i].text))
			found = spellings[i].value;
	arena_close(a);
	return found;
}

struct str channel_code(enum request_channel c)
{
	return str_from_c(channels[c].code);
}

struct str channel_label(enum request_channel c)
{
	return channels[c].label;
}

bool channel_from(struct str text, enum request_channel *out)
{
	int found = find_word(text, channels, COUNT_OF(channels), channel_spellings,
			      COUNT_OF(channel_spellings));

	if (found >= 0)
		*out = (enum request_channel)found;
	return found >= 0;
}

struct str applicant_code(enum applicant_class c)
{
	return str_from_c(applicants[c].code);
}

struct str applicant_label(enum applicant_class c)
{
	return applicants[c].label;
}

bool applicant_from(struct str text, enum applicant_class *out)
{
	int found = find_word(text, applicants, COUNT_OF(applicants), applicant_spellings,
			      COUNT_OF(applicant_spellings));

	if (found >= 0)
		*out = (enum applicant_class)found;
	return found >= 0;
}

struct str outcome_code(enum request_outcome o)
{
	return str_from_c(outcomes[o].code);
}

struct str outcome_label(enum request_outcome o)
{
	return outcomes[o].label;
}

bool outcome_from(struct str text, enum request_outcome *out)
{
	int found = find_word(text, outcomes, COUNT_OF(outcomes), outcome_spellings,
			      COUNT_OF(outcome_spellings));

	if (found >= 0)
		*out = (enum request_outcome)found;
	return found >= 0;
}

struct str request_state_code(enum request_state s)
{
	return str_from_c(states[s].code);
}

struct str request_state_label(enum request_state s)
{
	return states[s].label;
}

bool request_state_from(struct str code, enum request_state *out)
{
	int found = find_word(code, states, COUNT_OF(states), NULL, 0);

	if (found >= 0)
		*out = (enum request_state)found;
	return found >= 0;
}

struct str inquiry_code(enum inquiry_kind k)
{
	return str_from_c(inquiries[k].code);
}

struct str inquiry_label(enum inquiry_kind k)
{
	return inquiries[k].label;
}

bool inquiry_from(struct str code, enum inquiry_kind *out)
{
	int found = find_word(code, inquiries, COUNT_OF(inquiries), NULL, 0);

	if (found >= 0)
		*out = (enum inquiry_kind)found;
	return found >= 0;
}

struct code_word { const char *code; struct str label; };

static const struct code_word answers[INQUIRY_ANSWER_COUNT] = {
	[INQUIRY_AGREES] = { "agrees", STR_INIT("同意公开") },
	[INQUIRY_REFUSES_WITH_REASONS] = { "refuses", STR_INIT("不同意公开，有合理理由") },
	[INQUIRY_REFUSES_BARE] = { "refuses_bare", STR_INIT("不同意公开，未说明理由或者理由不合理") },
	[INQUIRY_SILENT] = { "silent", STR_INIT("逾期未提出意见") },
	[INQUIRY_GIVEN_UP] = { "given_up", STR_INIT("不再等待") },
};

static const struct code_word reasons[REASONS_COUNT] = {
	[REASONS_NONE] = { "", STR_INIT("未要求说明理由") },
	[REASONS_ASKED] = { "asked", STR_INIT("待说明理由") },
	[REASONS_GIVEN] = { "given", STR_INIT("已说明理由，待判断") },
	[REASONS_REASONABLE] = { "reasonable", STR_INIT("理由合理") },
	[REASONS_UNREASONABLE] = { "unreasonable", STR_INIT("理由不合理") },
	[REASONS_DELAYED] = { "delayed", STR_INIT("理由合理，已告知延迟答复") },
};

static int find_code(struct str code, const struct code_word *words, int count)
{
	for (int i = 0; i < count; i++)
		if (str_equal_c(code, words[i].code))
			return i;
	return -1;
}

struct str inquiry_answer_code(enum inquiry_answer a)
{
	return str_from_c(answers[a].code);
}

struct str inquiry_answer_label(enum inquiry_answer a)
{
	return answers[a].label;
}

bool inquiry_answer_from(struct str code, enum inquiry_answer *out)
{
	int found = find_code(code, answers, INQUIRY_ANSWER_COUNT);

	if (found >= 0)
		*out = (enum inquiry_answer)found;
	return found >= 0;
}

struct str reasons_code(enum request_reasons r)
{
	return str_from_c(reasons[r].code);
}

struct str reasons_label(enum request_reasons r)
{
	return reasons[r].label;
}

bool reasons_from(struct str code, enum request_reasons *out)
{
	int found = find_code(code, reasons, REASONS_COUNT);

	if (found >= 0)
		*out = (enum request_reasons)found;
	return found >= 0;
}
