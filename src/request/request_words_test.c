/* request_words_test.c - codes and labels read back; offices' spellings too; nothing else. */
#include "base/test.h"
#include "request/request.h"

struct row {
	const char *text, *code;
};

static const struct row channels[] = {
	{ "当面提交", "in_person" },
	{ "现场申请", "in_person" },
	{ "窗口", "in_person" },
	{ "邮寄", "registered_mail" },
	{ "EMS", "registered_mail" },
	{ "ＥＭＳ", "registered_mail" },
	{ "特快专递", "registered_mail" },
	{ "挂号信", "registered_mail" },
	{ "平信", "ordinary_mail" },
	{ "普通信函", "ordinary_mail" },
	{ "传真", "fax" },
	{ "网上", "web" },
	{ "网络 申请", "web" },
	{ "依申请公开系统", "web" },
	{ "在线提交", "web" },
	{ "电子邮箱", "email" },
	{ "E-mail", "email" },
	{ "Ｅ－ｍａｉｌ", "email" },
	{ "口头", "oral" },
	{ "", NULL },
	{ "电话", NULL },
	{ "不详", NULL },
	{ "邮", NULL },
};

static const struct row applicants[] = {
	{ "公民", "natural_person" },
	{ "自然人", "natural_person" },
	{ "个人", "natural_person" },
	{ "企业", "commercial_enterprise" },
	{ "公司", "commercial_enterprise" },
	{ "科研院所", "research_institution" },
	{ "公益组织", "public_welfare_org" },
	{ "律师事务所", "legal_service_org" },
	{ "其他组织", "other_org" },
	{ "法人或其他组织 - 商业企业", "commercial_enterprise" },
	{ "法人", NULL },
	{ "张三", NULL },
};

static const struct row outcomes[] = {
	{ "予以公开", "granted" },
	{ "（一）予以公开", "granted" },
	{ "已主动公开", "granted" },
	{ "部分公开", "partly_granted" },
	{ "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly_granted" },
	{ "1.属于国家秘密", "denied_state_secret" },
	{ "2.其他法律行政法规禁止公开", "denied_law_forbids" },
	{ "法律、行政法规禁止公开", "denied_law_forbids" },
	{ "3.危及“三安全一稳定”", "denied_three_securities" },
	{ "危及\"三安全一稳定\"", "denied_three_securities" },
	{ "4.保护第三方合法权益", "denied_third_party" },
	{ "5、属于三类内部事务信息", "denied_internal_affairs" },
	{ "过程性信息", "denied_process_info" },
	{ "7.属于行政执法案卷", "denied_enforcement_file" },
	{ "行政查询事项", "denied_admin_inquiry" },
	{ "信息不存在", "unable_not_held" },
	{ "不属于本机关负责公开", "unable_not_held" },
	{ "2.没有现成信息需另行制作", "unable_needs_creation" },
	{ "没有现成信息需要另行制作", "unable_needs_creation" },
	{ "补正后申请内容仍不明确", "unable_still_unclear" },
	{ "信访、举报、投诉类申请", "not_processed_petition" },
	{ "重复申请", "not_processed_repeat" },
	{ "3.要求提供公开出版物", "not_processed_publication" },
	{ "4.无正当理由大量反复申请", "not_processed_excessive" },
	{ "5.要求行政机关确认或重新出具已获取信息", "not_processed_confirm" },
	{ "逾期未补正", "other_overdue_correction" },
	{ "逾期未缴费", "other_overdue_fee" },
	{ "申请人撤回", "other_rest" },
	{ "不予公开", NULL }, /* which of eight? */
	{ "无法提供", NULL },
	{ "不予处理", NULL },
	{ "（七）予以公开", NULL },
	{ "同意", NULL },
};

static void read_channel(struct test *t, const struct row *row)
{
	enum request_channel c;
	bool known = channel_from(str_from_c(row->text), &c);

	CHECK(known == (row->code != NULL));
	if (known)
		CHECK_STR(channel_code(c), str_from_c(row->code));
}

static void read_applicant(struct test *t, const struct row *row)
{
	enum applicant_class c;
	bool known = applicant_from(str_from_c(row->text), &c);

	CHECK(known == (row->code != NULL));
	if (known)
		CHECK_STR(applicant_code(c), str_from_c(row->code));
}

static void read_outcome(struct test *t, const struct row *row)
{
	enum request_outcome o;
	bool known = outcome_from(str_from_c(row->text), &o);

	CHECK(known == (row->code != NULL));
	if (known)
		CHECK_STR(outcome_code(o), str_from_c(row->code));
}

static void reads_back(struct test *t)
{
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		enum request_channel c = CHANNEL_COUNT;
		CHECK(channel_from(channel_code((enum request_channel)i), &c) && (int)c == i);
		CHECK(channel_from(channel_label((enum request_channel)i), &c) && (int)c == i);
	}
	for (int i = 0; i < APPLICANT_CLASS_COUNT; i++) {
		enum applicant_class c = APPLICANT_CLASS_COUNT;
		CHECK(applicant_from(applicant_code((enum applicant_class)i), &c) && (int)c == i);
		CHECK(applicant_from(applicant_label((enum applicant_class)i), &c) && (int)c == i);
	}
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		enum request_outcome o = OUTCOME_COUNT;
		CHECK(outcome_from(outcome_code((enum request_outcome)i), &o) && (int)o == i);
		CHECK(outcome_from(outcome_label((enum request_outcome)i), &o) && (int)o == i);
	}
	for (int i = 0; i < REQUEST_STATE_COUNT; i++) {
		enum request_state s = REQUEST_STATE_COUNT;
		CHECK(request_state_from(request_state_code((enum request_state)i), &s) &&
		      (int)s == i);
		CHECK(request_state_from(request_state_label((enum request_state)i), &s) &&
		      (int)s == i);
	}
	for (int i = INQUIRY_THIRD_PARTY; i <= INQUIRY_OTHER_AGENCY; i++) {
		enum inquiry_kind k = INQUIRY_THIRD_PARTY;
		CHECK(inquiry_from(inquiry_code((enum inquiry_kind)i), &k) && (int)k == i);
		CHECK(inquiry_from(inquiry_label((enum inquiry_kind)i), &k) && (int)k == i);
	}
}

void request_words_test(struct test *t)
{
	if (test_case(t, "every code and every label reads back"))
		reads_back(t);
	for (size_t i = 0; i < COUNT_OF(channels); i++)
		if (test_case(t, "channel \"%s\"", channels[i].text))
			read_channel(t, &channels[i]);
	for (size_t i = 0; i < COUNT_OF(applicants); i++)
		if (test_case(t, "class \"%s\"", applicants[i].text))
			read_applicant(t, &applicants[i]);
	for (size_t i = 0; i < COUNT_OF(outcomes); i++)
		if (test_case(t, "outcome \"%s\"", outcomes[i].text))
			read_outcome(t, &outcomes[i]);
}
