/*
 * follow_tell.c - what was decided on a suggestion or a complaint, by e-mail to an applicant who
 * chose that.
 *
 * The mail holds the answer itself: there is no letter of a complaint. What a suggestion's letter
 * says follows when it is issued (delivery/). A complaint's mail belongs to the complaint, not to
 * the case, whose people are those complained of.
 */
#include "apply/follow_work.h"

#include "identity/identity.h"
#include "notice/notice.h"

static struct str text_of(struct arena *a, const struct follow *f, const struct request *r,
			  struct str name, struct str organ, struct date on)
{
	return str_format(a,
			  STR_FMT "：\n\n您于" STR_FMT "就政府信息公开申请（登记编号 " STR_FMT
				  "）提交的" STR_FMT "，已经处理：" STR_FMT "。\n\n" STR_FMT
				  "\n\n也可以在申请进度页面凭登记编号和查询码查看。\n\n" STR_FMT
				  "\n" STR_FMT "\n",
			  STR_ARG(name), STR_ARG(date_chinese(a, f->submitted_on)),
			  STR_ARG(r->number), STR_ARG(follow_kind_label(f->kind)),
			  STR_ARG(follow_finding_label(f->finding)), STR_ARG(f->answer),
			  STR_ARG(organ), STR_ARG(date_chinese(a, on)));
}

bool follow_tell(struct ctx *ctx, const struct follow *f, struct err *err)
{
	bool complaint = f->kind == FOLLOW_COMPLAINT;
	struct identity_contact to;
	struct notice_id id;
	struct request r;
	struct unit unit;

	if (!request_find(ctx, f->request, &r, err))
		return false;
	if (r.wanted_way != GIVE_BY_EMAIL || r.applicant_id.n == 0)
		return true;
	if (!identity_contact(ctx, r.applicant_id, &to, err) ||
	    !agency_unit(ctx, f->unit, &unit, err))
		return false;
	if (!notice_address_ok(to.email))
		return true;
	struct notice_new in = {
		.unit = f->unit,
		.subject_kind = complaint ? "complaint" : "request",
		.subject_id = complaint ? f->id.n : f->request.n,
		.why = str_format(ctx->arena, "答复：" STR_FMT, STR_ARG(follow_kind_label(f->kind))),
		.to = to.email,
		.subject = str_format(ctx->arena, STR_FMT "的答复（" STR_FMT "）",
				      STR_ARG(follow_kind_label(f->kind)), STR_ARG(r.number)),
		.text = text_of(ctx->arena, f, &r, to.name, unit.name, ctx->today),
		.answerable = !complaint,
	};
	return notice_mail(ctx, &in, &id, err);
}
