/*
 * demo_reply.c - a reply of the sample year, as an office makes one: drafted from the decision,
 * checked by a second person, seen by the legal adviser, signed, served and filed.
 *
 * The people are the unit's own sample accounts. What a decision must say is invented and says so.
 */
#include "app/demo.h"

#include "casework/casework.h"
#include "reply/reply.h"

#include <assert.h>

/* Invented facts of letters, by their fields; others say their label. */
static const struct {
	const char *name, *value;
} facts[] = {
	{ "earlier_number", "前次答复的文号（示例）" },
	{ "search_words", "所申请信息的名称（示例）" },
	{ "search_period", "2010年1月1日至收到申请之日" },
	{ "search_scope", "公文办理系统、档案室馆藏目录（示例）" },
	{ "search_by", "信息公开办公室和档案室工作人员（示例）" },
	{ "secrecy", "秘密" },
	{ "secrecy_basis", "有关保密事项范围（示例）" },
	{ "law", "示例法" },
	{ "law_article", "有关条款（示例）" },
	{ "danger", "社会稳定" },
	{ "interest", "商业秘密" },
	{ "internal", "内部工作流程" },
	{ "process", "请示报告" },
	{ "part_given", "附件所列的内容（示例）" },
	{ "part_refused", "第三方的姓名和联系方式（示例）" },
	{ "part_reason", "涉及个人隐私、公开会损害第三方合法权益的内容" },
	{ "part_article", "第十五条" },
	{ "petition", "投诉" },
	{ "petition_where", "网上信访平台（示例）" },
	{ "register", "不动产登记资料" },
	{ "special_law", "《不动产登记暂行条例》第二十七条" },
	{ "form", "纸质复印件" },
	{ "where", "本机关政府网站“政府信息公开”专栏（示例）" },
	{ "requests", "40" },
	{ "pages", "6" },
};

/* What the case itself knows: when a third party was asked and answered, when it was corrected. */
struct days { struct opt_date asked, answered, told, corrected; };

static bool days_of(struct ctx *ctx, const struct planned_request *r, struct days *out,
		    struct err *err)
{
	struct request_inquiry *list;
	struct request request;
	size_t count;

	if (!request_find(ctx, r->id, &request, err) ||
	    !request_inquiries_of(ctx, r->id, &list, &count, err))
		return false;
	*out = (struct days){ .told = request.correction_sent_on, .corrected = request.clock_from };
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == INQUIRY_THIRD_PARTY) {
			out->asked = (struct opt_date){ true, list[i].sent_on };
			out->answered = list[i].back_on;
		}
	return true;
}

static struct str fact_value(struct arena *a, const struct reply_fact_rule *rule,
			     const struct planned_request *r, const struct days *days)
{
	const struct { const char *name; struct opt_date day; } known[] = {
		{ "asked_on", days->asked },
		{ "answered_on", days->answered },
		{ "correction_told_on", days->told },
		{ "corrected_on", days->corrected },
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].day.known && str_equal_c(str_from_c(rule->name), known[i].name))
			return date_iso(a, known[i].day.v);
	if (rule->kind == FACT_DAY)
		return date_iso(a, r->received);
	for (size_t i = 0; i < COUNT_OF(facts); i++)
		if (str_equal_c(str_from_c(rule->name), facts[i].name))
			return str_from_c(facts[i].value);
	return str_format(a, STR_FMT "（示例）", STR_ARG(rule->label));
}

static size_t facts_of(struct arena *a, const struct decision_kind *kind,
		       const struct planned_request *r, const struct days *days,
		       struct reply_fact *out)
{
	size_t count = 0;

	for (size_t i = 0; i < reply_fact_rules_count && count < REPLY_FACTS_MAX; i++) {
		const struct reply_fact_rule *rule = &reply_fact_rules[i];
		if (rule->required && str_equal_c(str_from_c(rule->decision), kind->code))
			out[count++] = (struct reply_fact){ str_from_c(rule->name),
							    fact_value(a, rule, r, days) };
	}
	return count;
}

/* ---- who asks */

struct str demo_applicant(struct arena *a, const struct planned_request *r)
{
	static const char *const stems[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	size_t n = r->serial;

	return str_format(a, "%s%s%s%s",
			  r->applicant == APPLICANT_NATURAL_PERSON ? "申请人" : "示例单位",
			  stems[n / 100 % 10], digits[n / 10 % 10], digits[n % 10]);
}

/* Without a document: a number that fits its check digit could be somebody's. */
bool demo_identity(struct ctx *ctx, const struct planned_request *r, struct identity_id *id,
		   struct err *err)
{
	bool person = r->applicant == APPLICANT_NATURAL_PERSON;
	struct identity in = {
		.organisation = !person,
		.name = demo_applicant(ctx->arena, r),
		.document = person ? DOCUMENT_RESIDENT_ID : DOCUMENT_CREDIT_CODE,
		.email = str_format(ctx->arena, "applicant%03u@example.com", (unsigned)r->serial),
		.address = str_format(ctx->arena, "示例路%u号", (unsigned)r->serial + 1),
	};

	if (!person)
		in.contact_person = STR("示例联系人");
	return identity_add(ctx, &in, id, err);
}

/* ---- the reply */

static bool now(struct ctx *ctx, struct request_id request, struct reply *reply,
		struct reply_edit *at, struct err *err)
{
	bool found;

	if (!reply_of(ctx, request, reply, &found, err))
		return false;
	assert(found);
	*at = (struct reply_edit){ reply->id, reply->version };
	return true;
}

static bool draft(struct ctx *ctx, const struct planned_request *r,
		  const struct decision_kind *kind, struct err *err)
{
	struct reply_fact list[REPLY_FACTS_MAX];
	struct days days;
	struct reply_letter_new letter = { .dated = ctx->today,
					   .addressee = demo_applicant(ctx->arena, r) };
	struct reply reply;
	struct reply_edit at;

	if (!days_of(ctx, r, &days, err))
		return false;
	size_t count = facts_of(ctx->arena, kind, r, &days, list);
	return now(ctx, r->id, &reply, &at, err) &&
	       reply_decide_item(ctx, at, reply.items[0].id, kind,
				 STR("情况清楚，直接选定（示例）"), err) &&
	       now(ctx, r->id, &reply, &at, err) &&
	       reply_set_facts(ctx, at, reply.items[0].id, list, count, err) &&
	       now(ctx, r->id, &reply, &at, err) && reply_draft_letter(ctx, at, &letter, err) &&
	       now(ctx, r->id, &reply, &at, err) && reply_submit(ctx, at, err);
}

/* The round is open: decided, drafted, through the gates. */
static bool to_the_end(struct ctx *ctx, const struct planned_request *r,
		       const struct demo_staff *staff, const struct decision_kind *kind,
		       struct err *err)
{
	struct reply reply;
	struct reply_edit at;

	if (!draft(ctx, r, kind, err))
		return false;
	ctx->actor = staff->reviewer;
	if (!now(ctx, r->id, &reply, &at, err) ||
	    !reply_review(ctx, at, REPLY_FOR, STR_NONE, err))
		return false;
	ctx->actor = staff->adviser;
	if (!now(ctx, r->id, &reply, &at, err) ||
	    !reply_advise(ctx, at, REPLY_FOR, STR("依据充分，同意答复（示例）"), err))
		return false;
	ctx->actor = staff->signer;
	return now(ctx, r->id, &reply, &at, err) &&
	       reply_sign(ctx, at, ctx->today, STR_NONE, err);
}

bool demo_reply(struct ctx *ctx, const struct planned_request *r, const struct demo_staff *staff,
		const struct decision_kind *kind, struct err *err)
{
	struct reply_id id;

	ctx->actor = staff->clerk;
	return reply_open(ctx, r->id, &id, err) && to_the_end(ctx, r, staff, kind, err);
}

bool demo_reply_again(struct ctx *ctx, const struct planned_request *r,
		      const struct demo_staff *staff, struct err *err)
{
	ctx->actor = staff->clerk;
	return to_the_end(ctx, r, staff, request_decision(STR("give")), err);
}

bool demo_close(struct ctx *ctx, const struct planned_request *r, const struct demo_staff *staff,
		const struct decision_kind *kind, struct err *err)
{
	struct reply_closing in = { .kind = kind,
				    .on = ctx->today,
				    .reason = STR("申请人书面提出（示例）"),
				    .addressee = demo_applicant(ctx->arena, r) };

	ctx->actor = staff->reviewer;
	return reply_close(ctx, r->id, &in, err);
}

/* By the way the request came, as far as the way leads back. */
static enum service_way way_of(enum request_channel channel)
{
	switch (channel) {
	case CHANNEL_IN_PERSON:
	case CHANNEL_ORAL:
		return SERVICE_IN_PERSON;
	case CHANNEL_REGISTERED_MAIL:
	case CHANNEL_ORDINARY_MAIL:
	case CHANNEL_FAX:
		return SERVICE_POST;
	case CHANNEL_WEB:
		return SERVICE_WEB;
	case CHANNEL_EMAIL:
		return SERVICE_EMAIL;
	case CHANNEL_COUNT:
		break;
	}
	return SERVICE_POST;
}

bool demo_serve(struct ctx *ctx, const struct planned_request *r, const struct demo_staff *staff,
		struct err *err)
{
	struct service_new in = { .way = way_of((enum request_channel)r->channel),
				  .sent_on = ctx->today };

	ctx->actor = staff->clerk;
	if (in.way == SERVICE_IN_PERSON)
		in.signed_on = (struct opt_date){ true, ctx->today };
	if (in.way == SERVICE_POST)
		in.tracking = str_format(ctx->arena, "%013lld",
					 1000000000000LL + (long long)r->id.n);
	in.addressee = demo_applicant(ctx->arena, r);
	return reply_serve(ctx, r->id, &in, err);
}

/* The delivery slip comes back by post. */
static bool prove(struct ctx *ctx, const struct planned_request *r, struct err *err)
{
	struct service *list;
	size_t count;

	if (!reply_services(ctx, r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].way == SERVICE_POST && !list[i].signed_on.known)
			return reply_prove(ctx, r->id, list[i].id, ctx->today,
					   demo_applicant(ctx->arena, r), (struct opt_int){ 0 },
					   err);
	return true;
}

bool demo_file(struct ctx *ctx, const struct planned_request *r, const struct demo_staff *staff,
	       struct err *err)
{
	ctx->actor = staff->clerk;
	return prove(ctx, r, err) &&
	       reply_file(ctx, r->id, ctx->today,
			  str_format(ctx->arena, "示例档案%04lld", (long long)r->id.n),
			  REPLY_YEARS_DEFAULT, err);
}

/* ---- replies still under way */

bool demo_reply_to(struct ctx *ctx, const struct planned_request *r,
		   const struct demo_staff *staff, enum reply_stage stage, struct err *err)
{
	static const char *const kinds[] = { [REPLY_REVIEW] = "give",
					     [REPLY_ADVICE] = "no_process",
					     [REPLY_SIGNING] = "give" };
	struct reply_edit at;
	struct reply_id id;
	struct reply reply;

	ctx->actor = staff->clerk;
	/* The one just begun stays in the pool: the desk has something to claim. */
	if (stage == REPLY_DRAFTING)
		return reply_open(ctx, r->id, &id, err);
	if (!case_claim(ctx, r->id, err) || !reply_open(ctx, r->id, &id, err) ||
	    !draft(ctx, r, request_decision(str_from_c(kinds[stage])), err))
		return false;
	ctx->actor = staff->reviewer;
	if (stage > REPLY_REVIEW && (!now(ctx, r->id, &reply, &at, err) ||
				     !reply_review(ctx, at, REPLY_FOR, STR_NONE, err)))
		return false;
	ctx->actor = staff->adviser;
	return stage <= REPLY_ADVICE ||
	       (now(ctx, r->id, &reply, &at, err) &&
		reply_advise(ctx, at, REPLY_FOR, STR("依据充分，同意答复（示例）"), err));
}
