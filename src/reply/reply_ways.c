/*
 * reply_ways.c - the ways of service, and which day decides whether a reply was in
 * time: 国办公开办函〔2016〕235号 for handing over, entrusting and mail; for the
 * internet and fax the day it was sent without failure, as offices count.
 */
#include "reply/reply.h"

#define BY_SIGNATURE "国办公开办函〔2016〕235号：直接送达、委托其他行政机关代为送达的，以签收之日为期限计算时点"

const struct service_rule service_rules[SERVICE_WAY_COUNT] = {
	[SERVICE_IN_PERSON] = { "in_person", STR_INIT("当面送达"), DAY_SIGNED,
				STR_INIT(BY_SIGNATURE), false, false },
	[SERVICE_POST] = { "post", STR_INIT("邮政邮寄（EMS、挂号信）"), DAY_POSTED,
			   STR_INIT(
				   "国办公开办函〔2016〕235号：邮寄送达的，以交邮之日为期限计算时点；"
				   "应当通过邮政企业寄送，不得要求到付"),
			   false, true },
	[SERVICE_EMAIL] = { "email", STR_INIT("电子邮件"), DAY_SENT,
			    STR_INIT("以发送成功之日为期限计算时点（通行做法）"), true, false },
	[SERVICE_WEB] = { "web", STR_INIT("网上领取"), DAY_SENT,
			  STR_INIT(
				  "以在申请渠道发布、申请人可以查阅之日为期限计算时点（通行做法）"),
			  true, false },
	[SERVICE_FAX] = { "fax", STR_INIT("传真"), DAY_SENT,
			  STR_INIT("以发送成功之日为期限计算时点（通行做法）"), false, false },
	[SERVICE_ENTRUSTED] = { "entrusted", STR_INIT("委托送达"), DAY_SIGNED,
				STR_INIT(BY_SIGNATURE), false, false },
	/* The 条例 knows none: only after another way has failed, as in procedure law. */
	[SERVICE_NOTICE] = { "notice", STR_INIT("公告送达"), DAY_SENT,
			     STR_INIT("条例没有规定公告送达；其他方式确实无法送达之后才可以使用"),
			     false, false },
};

bool service_way_from(struct str code_or_label, enum service_way *out)
{
	for (size_t i = 0; i < COUNT_OF(service_rules); i++) {
		if (str_equal_c(code_or_label, service_rules[i].code) ||
		    str_equal(code_or_label, service_rules[i].label)) {
			*out = (enum service_way)i;
			return true;
		}
	}
	return false;
}

/* Numbers of the Chinese post: 13 digits (EMS), or two letters, nine digits and CN (挂号). */
static bool is_postal(struct str s)
{
	if (s.len != 13)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
		bool letter = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
		bool end = i < 2 || i > 10;
		if (!digit && !(end && letter))
			return false;
	}
	return true;
}

bool service_day_check(struct ctx *ctx, const char *field, struct date day, struct date paper,
		       struct err *err)
{
	struct str on = date_iso(ctx->arena, day);

	if (date_compare(day, ctx->today) > 0)
		return err_set_field(err, field, ERR_INVALID, "request.in_future",
				     STR_FMT "|" STR_FMT, STR_ARG(on),
				     STR_ARG(date_iso(ctx->arena, ctx->today)));
	return date_compare(day, paper) >= 0 ||
	       err_set_field(err, field, ERR_INVALID, "request.too_early", STR_FMT "|" STR_FMT,
			     STR_ARG(on), STR_ARG(date_iso(ctx->arena, paper)));
}

struct str service_note_add(struct arena *a, struct str note, struct str more)
{
	return note.len == 0 ? more :
			       str_format(a, STR_FMT "\n" STR_FMT, STR_ARG(note), STR_ARG(more));
}

bool service_check(const struct service_new *in, bool failed_before, struct opt_date *counts_on,
		   struct err *err)
{
	const struct service_rule *rule = &service_rules[in->way];

	if (in->way == SERVICE_NOTICE && !failed_before)
		return err_set_field(err, "way", ERR_CONFLICT, "reply.notice_too_early", " ");
	if (rule->tracked && !is_postal(in->tracking))
		return err_set_field(err, "tracking", ERR_INVALID, "reply.tracking", STR_FMT,
				     STR_ARG(in->tracking));
	if (in->signed_on.known && date_compare(in->signed_on.v, in->sent_on) < 0)
		return err_set_field(err, "signed_on", ERR_INVALID, "reply.signed_before_sent",
				     " ");
	if (in->failed) {
		if (in->note.len == 0)
			return err_set_field(err, "note", ERR_INVALID, "reply.why_failed", " ");
		*counts_on = (struct opt_date){ 0 };
		return true;
	}
	if (rule->counts != DAY_SIGNED) {
		*counts_on = (struct opt_date){ true, in->sent_on };
		return true;
	}
	if (in->way == SERVICE_IN_PERSON && !in->signed_on.known)
		return err_set_field(err, "signed_on", ERR_INVALID, "reply.not_signed_for", " ");
	*counts_on = in->signed_on;
	return true;
}

enum reply_timing reply_timing(const struct request *r, const struct service *list, size_t count)
{
	if (!r->due.known)
		return TIMING_UNKNOWN;
	for (size_t i = 0; i < count; i++) {
		/* Posted in time is in time, even when the letter comes back. */
		bool counts = list[i].counts_on.known &&
			      (!list[i].failed || list[i].way == SERVICE_POST);
		if (counts)
			return date_compare(list[i].counts_on.v, r->due.v) > 0 ? TIMING_LATE
									      : TIMING_IN_TIME;
	}
	return TIMING_UNKNOWN;
}
