/*
 * request_form_pages.c - the form of every step, as rows: its fields, the words of the
 * law it follows, and a hint where a field needs one. Page, check and API come from them.
 */
#include "request/request_view.h"

#define ON(text) { .name = "on", .label = text, .kind = FIELD_DATE, .required = true }
#define UNTIL(text) { .name = "until", .label = text, .kind = FIELD_DATE, .required = true }
/* The version the officer saw: who was slower is told. */
#define SEEN { .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX }
#define DECISION { .name = "decision", .label = "处理结果", .kind = FIELD_CODE, .required = true, .max = 40 }
#define REASON(text)                                                                    \
	{                                                                               \
		.name = "reason", .label = text, .kind = FIELD_LINES, .required = true, \
		.max = 2000                                                             \
	}
#define WORDS(text)                                                                                \
	{                                                                                          \
		.name = "text", .label = text, .kind = FIELD_LINES, .required = true, .max = 20000 \
	}
#define DELIVERED { .name = "delivered_on", .label = "送达日期", .kind = FIELD_DATE }
#define WHICH(text)                                                                       \
	{                                                                                 \
		.name = "inquiry_id", .label = text, .kind = FIELD_INT, .required = true, \
		.low = 1, .high = INT64_MAX                                               \
	}
#define AGREED(text)                                                                     \
	{                                                                                \
		.name = "agreed", .label = text, .kind = FIELD_CHOICE, .required = true, \
		.choices = yes_no                                                        \
	}

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const inquiry_codes[] = { "third_party", "joint_maker", "other_agency", NULL };
static const char *const answer_codes[] = { "agrees", "refuses", "refuses_bare", "silent",
					    "given_up", NULL };
static const char *const applicant_codes[] = { "natural_person",     "commercial_enterprise",
					       "research_institution", "public_welfare_org",
					       "legal_service_org",    "other_org",
					       NULL };

const struct field request_form_confirm[] = { ON("收到申请之日"), SEEN, FIELD_END };
const struct field request_form_split[] = {
	{ .name = "parts", .label = "各件的申请内容", .kind = FIELD_LINES, .required = true, .max = 20000 },
	SEEN, FIELD_END
};
const struct field request_form_transfer[] = {
	{ .name = "unit", .label = "转交给", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	REASON("理由"), SEEN, FIELD_END
};
const struct field request_form_ask_correction[] = {
	WORDS("需要补正的事项"),
	{ .name = "guidance", .label = "指导和释明", .kind = FIELD_LINES, .max = 20000 },
	ON("告知日期"), UNTIL("补正期限"), SEEN, FIELD_END
};
const struct field request_form_receive_correction[] = {
	ON("收到补正的日期"),
	{ .name = "text", .label = "补正的内容", .kind = FIELD_LINES, .max = 20000 },
	{ .name = "reason", .label = "逾期补正的正当理由", .kind = FIELD_LINES, .max = 2000 },
	SEEN, FIELD_END
};
const struct field request_form_open_inquiry[] = {
	{ .name = "inquiry", .label = "征求谁的意见", .kind = FIELD_CHOICE, .required = true,
	  .choices = inquiry_codes },
	{ .name = "target", .label = "名称", .kind = FIELD_TEXT, .required = true, .max = 300 },
	{ .name = "contact", .label = "联系方式", .kind = FIELD_TEXT, .max = 300 },
	WORDS("征求意见的内容"), ON("发出日期"), DELIVERED, SEEN, FIELD_END
};
const struct field request_form_close_inquiry[] = {
	WHICH("哪一份征求意见书"),
	{ .name = "answer", .label = "意见", .kind = FIELD_CHOICE, .required = true,
	  .choices = answer_codes },
	{ .name = "text", .label = "意见或者理由的内容", .kind = FIELD_LINES, .max = 20000 },
	ON("收到意见的日期"), DELIVERED, SEEN, FIELD_END
};
const struct field request_form_tell_third[] = {
	WHICH("告知谁"), REASON("决定公开的理由"), ON("告知日期"), SEEN, FIELD_END
};
const struct field request_form_ask_reasons[] = {
	{ .name = "since", .label = "自何日起", .kind = FIELD_DATE, .required = true },
	{ .name = "till", .label = "至何日止", .kind = FIELD_DATE, .required = true },
	{ .name = "count",
	  .label = "其间提出的申请件数",
	  .kind = FIELD_INT,
	  .required = true,
	  .low = 2,
	  .high = 1000000 },
	ON("告知日期"),
	UNTIL("说明理由的期限"),
	SEEN,
	FIELD_END
};
const struct field request_form_receive_reasons[] = {
	ON("收到理由的日期"), WORDS("申请人说明的理由"), SEEN, FIELD_END
};
const struct field request_form_judge_reasons[] = {
	AGREED("申请理由是否合理"), REASON("判断的理由"), ON("判断日期"), SEEN, FIELD_END
};
const struct field request_form_delay[] = {
	UNTIL("延迟答复的期限"), REASON("不能按期答复的原因"), ON("告知申请人的日期"), SEEN, FIELD_END
};
const struct field request_form_propose_extension[] = {
	{ .name = "days", .label = "延长的工作日", .kind = FIELD_INT, .required = true, .low = 1, .high = 20 },
	REASON("延期的理由"), ON("提出日期"), SEEN, FIELD_END
};
const struct field request_form_approve_extension[] = {
	AGREED("是否同意延期"), ON("审批日期"),
	{ .name = "reason", .label = "不同意的理由", .kind = FIELD_LINES, .max = 2000 },
	SEEN, FIELD_END
};
const struct field request_form_extend[] = { ON("告知申请人的日期"), SEEN, FIELD_END };
const struct field request_form_fee_served[] = {
	ON("收费通知送达日期"),
	{ .name = "reason", .label = "更正送达日期的理由", .kind = FIELD_LINES, .max = 2000 },
	SEEN, FIELD_END
};
const struct field request_form_pay[] = { ON("缴费日期"), SEEN, FIELD_END };
const struct field request_form_amend[] = {
	{ .name = "applicant", .label = "申请人类别", .kind = FIELD_CHOICE, .required = true,
	  .choices = applicant_codes },
	DECISION, REASON("更正的理由"), SEEN, FIELD_END
};

#define LAW_30 \
	"第三十条：政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日" \
	"起7个工作日内一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限。答复期限" \
	"自行政机关收到补正的申请之日起计算。申请人无正当理由逾期不补正的，视为放弃申请，行政" \
	"机关不再处理该政府信息公开申请。"
#define LAW_32 \
	"第三十二条：依申请公开的政府信息公开会损害第三方合法权益的，行政机关应当书面征求第三" \
	"方的意见。第三方应当自收到征求意见书之日起15个工作日内提出意见。第三方逾期未提出意见" \
	"的，由行政机关依照本条例的规定决定是否公开。第三方不同意公开且有合理理由的，行政机关" \
	"不予公开。行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定" \
	"公开的政府信息内容和理由书面告知第三方。"
#define LAW_33_2 \
	"第三十三条第二款：行政机关不能当场答复的，应当自收到申请之日起20个工作日内予以答复；" \
	"需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长" \
	"不得超过20个工作日。"
#define LAW_34 \
	"第三十四条：申请公开的政府信息由两个以上行政机关共同制作的，被征求意见机关应当自收到" \
	"征求意见书之日起15个工作日内提出意见，逾期未提出意见的视为同意公开。"
#define LAW_35 \
	"第三十五条：申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请" \
	"人说明理由。行政机关认为申请理由不合理的，告知申请人不予处理；行政机关认为申请理由合" \
	"理，但是无法在本条例第三十三条规定的期限内答复申请人的，可以确定延迟答复的合理期限并" \
	"告知申请人。"
#define LAW(text) .law = STR_INIT(text)
#define HINT(field, text) { field, STR_INIT(text) }

const struct step_page request_step_pages[] = {
	{ "confirm", VERB_CONFIRM, request_form_confirm,
	  .hints = { HINT("on", "签收之日，或者与申请人确认之日；期限自次日起计算") } },
	{ "split", VERB_SPLIT, request_form_split,
	  LAW("一份申请表提出几个事项的，可以按“一事一申请”分成几件，每件单独编号、单独答复、单独统"
	      "计，收到申请之日相同。申请表原文照旧保存。"),
	  .hints = { HINT("parts", "每行一件，2至20件；第一件沿用现在的编号") } },
	{ "transfer", VERB_TRANSFER, request_form_transfer,
	  LAW("由本站点的其他单位承办的，收到申请之日和答复期限不变。信息由本站点以外的机关负责公开"
	      "的，不是转交，应当答复“非本机关负责公开”（第三十六条第五项）。"),
	  .hints = { HINT("reason",
			  "例如该信息由哪个单位制作或者保存；写入操作记录，不写个人信息") } },
	{ "ask-correction", VERB_ASK_CORRECTION, request_form_ask_correction, LAW(LAW_30),
	  .hints = { HINT("text", "每行一条，一次写全；文书中自动编号"),
		     HINT("guidance", "怎样描述才便于查询，例如文号、年份、主题"),
		     HINT("until", "已按本单位惯例填好，可以改") } },
	{ "receive-correction", VERB_RECEIVE_CORRECTION, request_form_receive_correction,
	  LAW(LAW_30),
	  .hints = { HINT("on", "答复期限自次日起重新计算"),
		     HINT("reason",
			  "晚于补正期限才收到的，须有正当理由；写入操作记录，不写个人信息") } },
	{ "open-inquiry", VERB_OPEN_INQUIRY, request_form_open_inquiry, LAW(LAW_32 "\n" LAW_34),
	  .hints = { HINT("contact", "地址、电话或者电子邮箱；不进入操作记录"),
		     HINT("text", "申请公开的信息中哪些内容涉及对方；不写申请人的个人信息"),
		     HINT("delivered_on",
			  "对方签收之日，15个工作日自次日起算；还不知道的留空，先按发出日期计算") } },
	{ "close-inquiry", VERB_CLOSE_INQUIRY, request_form_close_inquiry, LAW(LAW_32 "\n" LAW_34),
	  .hints = { HINT("answer",
			  "逾期未提出意见：共同制作机关视为同意，第三方的由本机关依照条例决定"),
		     HINT("text", "不同意公开的，写明对方的理由"),
		     HINT("on", "逾期未提出意见的，填写今天；停止计算到期限届满之日为止"),
		     HINT("delivered_on", "征求意见书送达对方之日，登记过的不必再填") } },
	{ "tell-third", VERB_TELL_THIRD, request_form_tell_third, LAW(LAW_32),
	  .hints = { HINT("reason", "不公开可能对公共利益造成何种重大影响") } },
	{ "ask-reasons", VERB_ASK_REASONS, request_form_ask_reasons, LAW(LAW_35),
	  .hints = { HINT("until", "已按本单位惯例填好，可以改") } },
	{ "receive-reasons", VERB_RECEIVE_REASONS, request_form_receive_reasons, LAW(LAW_35) },
	{ "judge-reasons", VERB_JUDGE_REASONS, request_form_judge_reasons, LAW(LAW_35),
	  .hints = { HINT("agreed",
			  "不合理的，可以作出“不予处理”的答复；合理但不能按期答复的，可以告知延迟答复"),
		     HINT("reason", "写入操作记录，不写个人信息") } },
	{ "delay", VERB_DELAY, request_form_delay, LAW(LAW_35),
	  .hints = { HINT("until", "合理的期限，晚于现在的答复期限"),
		     HINT("on", "不晚于现在的答复期限") } },
	{ "propose-extension", VERB_PROPOSE_EXTENSION, request_form_propose_extension,
	  LAW(LAW_33_2),
	  .hints = { HINT("days", "1至20的整数，只能延期一次"),
		     HINT("reason", "写入操作记录和告知书，不写个人信息") } },
	{ "approve-extension", VERB_APPROVE_EXTENSION, request_form_approve_extension,
	  LAW(LAW_33_2), .hints = { HINT("on", "不晚于答复期限") } },
	{ "extend", VERB_EXTEND, request_form_extend, LAW(LAW_33_2),
	  .hints = { HINT("on", "不晚于原答复期限；逾期未告知的，延期不发生效力") } },
	{ "fee-served", VERB_FEE_SERVED, request_form_fee_served,
	  .hints = { HINT("on", "申请人收到收费通知之日；缴费期限为次日起20个工作日"),
		     HINT("reason", "第一次登记的不填；写入操作记录，不写个人信息") } },
	{ "pay", VERB_PAY, request_form_pay, .hints = { HINT("on", "答复期限自次日起重新计算") } },
	{ "amend", VERB_AMEND, request_form_amend,
	  .hints = { HINT("applicant", "年度报告表三按此分列") } },
};
const size_t request_step_pages_count = COUNT_OF(request_step_pages);
