/* progress.c - one sentence for each step an applicant is told of. */
#include "mailroom/progress.h"

#include "notice/notice.h"
#include "request/request.h"

/* {due} and {until} stand for the days as they are now. */
static const struct { enum request_verb verb; struct str what, sentence; } steps[] = {
	{ VERB_CONFIRM, STR_INIT("申请已确认收到"),
	  STR_INIT("已经与您确认，收到申请之日为{received}，答复期限为{due}") },
	{ VERB_ASK_CORRECTION, STR_INIT("申请需要补正"),
	  STR_INIT("申请内容需要补正，补正告知书另行送达，请在{until}之前补正") },
	{ VERB_RECEIVE_CORRECTION, STR_INIT("已收到补正"),
	  STR_INIT("已经收到补正，答复期限重新计算，为{due}") },
	{ VERB_OPEN_INQUIRY, STR_INIT("正在征求意见"),
	  STR_INIT("正在征求有关方面的意见，所需时间不计算在答复期限内") },
	{ VERB_EXTEND, STR_INIT("答复期限延长"), STR_INIT("答复期限延长至{due}，延期告知书另行送达") },
	{ VERB_CHARGE, STR_INIT("需要缴纳信息处理费"),
	  STR_INIT("需要缴纳信息处理费，收费通知书另行送达；缴费之前停止计算答复期限") },
	{ VERB_PAY, STR_INIT("已收到信息处理费"),
	  STR_INIT("已经收到您缴纳的信息处理费，答复期限重新计算，为{due}") },
	{ VERB_DECIDE, STR_INIT("已经作出答复"), STR_INIT("已经作出答复，文书随后送达") },
};

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_chinese(a, d.v) : STR("（另行告知）");
}

static struct str filled(struct arena *a, struct str sentence, const struct request *r)
{
	const struct { struct str mark; struct opt_date day; } marks[] = {
		{ STR("{received}"), r->received_on },
		{ STR("{due}"), r->due },
		{ STR("{until}"), r->correction_until },
	};

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		size_t at = str_find(sentence, marks[i].mark, 0);
		if (at == SIZE_MAX)
			continue;
		sentence = str_format(
			a, STR_FMT STR_FMT STR_FMT, STR_ARG(str_slice(sentence, 0, at)),
			STR_ARG(day_text(a, marks[i].day)),
			STR_ARG(str_slice(sentence, at + marks[i].mark.len, sentence.len)));
	}
	return sentence;
}

static bool is_recent(const struct ctx *ctx, struct date day)
{
	return date_compare(date_plus(day, PROGRESS_DAYS), ctx->today) >= 0;
}

/* Where to: whoever chose e-mail and left an address that mail can be sent to. */
static bool address_of(struct ctx *ctx, const struct request *r, struct identity_contact *out,
		       bool *found, struct err *err)
{
	*found = false;
	if (r->wanted_way != GIVE_BY_EMAIL || r->applicant_id.n == 0)
		return true;
	if (!identity_contact(ctx, r->applicant_id, out, err))
		return false;
	*found = notice_address_ok(out->email);
	return true;
}

static bool tell(struct ctx *ctx, const struct request *r, struct str what, struct str sentence,
		 struct err *err)
{
	struct identity_contact to;
	struct notice_id id;
	struct unit unit;
	bool found;

	if (!address_of(ctx, r, &to, &found, err))
		return false;
	if (!found)
		return true;
	if (!agency_unit(ctx, r->unit, &unit, err))
		return false;
	struct notice_new in = {
		.unit = r->unit,
		.subject_kind = "request",
		.subject_id = r->id.n,
		.why = str_format(ctx->arena, "告知进度：" STR_FMT, STR_ARG(what)),
		.to = to.email,
		.subject = str_format(ctx->arena, STR_FMT "（" STR_FMT "）", STR_ARG(what),
				      STR_ARG(r->number)),
		.text = str_format(ctx->arena,
				   STR_FMT "：\n\n您的政府信息公开申请（登记编号 " STR_FMT
					   "）" STR_FMT
					   "。\n\n本邮件只告知进度，不代替文书的送达。可以直接回复本邮件，"
					   "也可以在申请进度页面凭登记编号和查询码查看。\n\n" STR_FMT
					   "\n",
				   STR_ARG(to.name), STR_ARG(r->number), STR_ARG(sentence),
				   STR_ARG(unit.name)),
		.answerable = true,
	};
	return notice_mail(ctx, &in, &id, err);
}

bool progress_on_registered(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct request r;

	if (!request_find(ctx, (struct request_id){ job->subject_id }, &r, err))
		return false;
	if (!is_recent(ctx, r.submitted_on))
		return true;
	struct str sentence =
		r.received_on.known ?
			filled(ctx->arena,
			       STR("已经登记，收到申请之日为{received}，答复期限为{due}"), &r) :
			STR("已经登记，尚待与您确认收到申请之日；本机关会与您联系，您也可以回复本邮件确认");
	return tell(ctx, &r, STR("申请已登记"), sentence, err);
}

/* verb|day */
bool progress_on_step(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct str rest = job->payload, verb;
	struct request r;
	struct date on;

	if (!str_split_next(&rest, '|', &verb) || !date_parse(rest, &on) || !is_recent(ctx, on))
		return true;
	if (!request_find(ctx, (struct request_id){ job->subject_id }, &r, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (str_equal(verb, request_verb_code(steps[i].verb)))
			return tell(ctx, &r, steps[i].what,
				    filled(ctx->arena, steps[i].sentence, &r), err);
	return true;
}
