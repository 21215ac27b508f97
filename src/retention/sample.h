/*
 * sample.h - records of a person in every room, for the tests of what is erased of them: requests,
 * a proceeding, a correction. Whatever names the person has the word of sample_words[] in it.
 */
#ifndef RETENTION_SAMPLE_H
#define RETENTION_SAMPLE_H

#include "attachment/attachment.h"
#include "casework/casework.h"
#include "dispute/dossier.h"
#include "notice/notice.h"
#include "reply/fixture.h"
#include "retention/retention.h"

/* Of people, of what they wrote, of what was written about them. */
static const struct str sample_words[] = { STR_INIT("甲〇一"), STR_INIT("13800000000"),
					   STR_INIT("11010519491231002X"),
					   STR_INIT("jia@example.org") };

static inline bool sample_settle(struct ctx *ctx, enum retention_kind kind, int years,
				 struct err *err)
{
	struct retention_years all;

	if (!retention_years(ctx, &all, err))
		return false;
	all.of[kind] = years;
	return retention_settle(ctx, &all, err);
}

/* Answered, served and filed on 2024-03-11, with an applicant and a paper. */
static inline bool sample_filed(struct ctx *ctx, int archive_years, struct request_id *id,
				struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .phone = STR("13800000000") };
	struct attachment_new paper = { .subject_kind = "request", .purpose = ATTACHMENT_IDENTITY,
					.file_name = STR("a.txt"), .content = STR("证件"),
					.who = BROUGHT_BY_APPLICANT };
	struct request_register in = { .channel = CHANNEL_IN_PERSON, .content = STR("甲〇一的批复") };
	struct service_new service = { .way = SERVICE_IN_PERSON, .addressee = STR("申请人甲〇一") };
	struct order_new order = { .text = STR("请抓紧办理甲〇一的申请") };
	struct attachment_id file;
	struct request_id first;
	struct order_id ordered;
	struct str code;
	struct unit root;

	if (!reply_fixture(ctx, &first, err) || !agency_root(ctx, &root, err) ||
	    !identity_add(ctx, &who, &in.applicant_id, err))
		return false;
	in.unit = root.id;
	in.submitted_on = reply_day("2024-03-04");
	reply_sit(ctx, DESK_CLERK);
	if (!request_register(ctx, &in, id, err))
		return false;
	paper.subject_id = id->n;
	service.sent_on = ctx->today;
	service.signed_on = (struct opt_date){ true, ctx->today };
	if (!attachment_add(ctx, &paper, &file, err) ||
	    !reply_fixture_enclosed(ctx, *id, &file, err))
		return false;
	order.request = (struct opt_int){ true, id->n };
	order.due_on = date_plus(ctx->today, 5);
	reply_sit(ctx, DESK_CLERK);
	return order_issue(ctx, &order, &ordered, err) && request_code_make(ctx, *id, &code, err) &&
	       reply_serve(ctx, *id, &service, err) &&
	       reply_file(ctx, *id, ctx->today, STR("2024-1"), archive_years, err);
}


/*
 * About that request: a reconsideration with people, papers and a hearing, that ended on
 * 2024-03-11 by upholding.
 */
static inline bool sample_dispute(struct ctx *ctx, struct request_id request, const char *case_no,
				  struct dispute_id *id, struct err *err)
{
	struct dispute_open open = { .unit = { 1 }, .request = { true, request.n },
				     .route = DISPUTE_RECONSIDERATION,
				     .case_no = str_from_c(case_no),
				     .organ = STR("示例市人民政府"), .accepted_on = ctx->today };
	struct hearing_new hearing = { .kind = HEARING_HEARING, .day = ctx->today,
				       .time = STR("09:30"), .place = STR("第一会议室") };
	struct paper_new claim = { .kind = PAPER_CLAIM, .title = STR("申请人甲〇一的复议申请书"),
				   .day = ctx->today, .file_name = STR("甲〇一.txt"),
				   .content = STR("申请人甲〇一请求撤销") };
	struct hearing_id held;
	struct dispute_end end = { .result = STR("维持"), .on = ctx->today };

	if (!dispute_open(ctx, &open, id, err))
		return false;
	struct dispute_edit at = { *id, 0 };
	return dispute_receive(ctx, at, ctx->today, false, err) &&
	       person_add(ctx, at, PERSON_LAWYER, STR("律师甲〇一"), STR("13800000000"), err) &&
	       hearing_add(ctx, at, &hearing, &held, err) &&
	       hearing_hold(ctx, at, held, STR("申请人甲〇一、经办人"), err) &&
	       paper_add(ctx, at, &claim, err) && dispute_answer(ctx, at, ctx->today, err) &&
	       dispute_end(ctx, at, &end, err);
}

/* Refused, signed and served on 2024-03-11, with a file, a letter and a mail. */
static inline bool sample_amendment(struct ctx *ctx, struct identity_id who,
				    struct amendment_id *id, struct err *err)
{
	struct amendment_new in = { .unit = { 1 }, .channel = CHANNEL_IN_PERSON, .applicant = who,
				    .received_on = ctx->today,
				    .record = STR("甲〇一登记资料中的出生日期"),
				    .wrong = STR("甲〇一写成1948年"), .evidence = STR("甲〇一的户口簿") };
	struct attachment_new file = { .subject_kind = "amendment", .purpose = ATTACHMENT_PROOF,
				       .file_name = STR("甲〇一.txt"), .content = STR("甲〇一的一页"),
				       .who = BROUGHT_BY_APPLICANT };
	struct amendment_finding finding = { .result = AMENDMENT_REFUSED,
					     .finding = STR("与甲〇一的户籍底册一致") };
	struct notice_new mail = { .unit = { 1 }, .subject_kind = "amendment",
				   .why = STR("更正申请告知"), .to = STR("jia@example.org"),
				   .subject = STR("甲〇一"), .text = STR("甲〇一，您好") };
	struct attachment_id kept;
	struct notice_id sent;
	struct str code;

	if (!amendment_register(ctx, &in, id, err) || !amendment_code_make(ctx, *id, &code, err))
		return false;
	file.subject_id = mail.subject_id = id->n;
	return attachment_add(ctx, &file, &kept, err) && notice_mail(ctx, &mail, &sent, err) &&
	       amendment_draft(ctx, (struct amendment_edit){ *id, 1 }, &finding, err) &&
	       amendment_issue(ctx, (struct amendment_edit){ *id, 2 }, ctx->today, err) &&
	       amendment_serve(ctx, (struct amendment_edit){ *id, 3 }, ctx->today, err);
}

/* A person who may be in several records. */
static inline bool sample_person(struct ctx *ctx, struct identity_id *id, struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .document = DOCUMENT_RESIDENT_ID,
				.document_no = STR("11010519491231002X"),
				.phone = STR("13800000000"), .email = STR("jia@example.org") };

	return identity_add(ctx, &who, id, err);
}
#endif
