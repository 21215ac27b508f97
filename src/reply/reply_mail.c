/*
 * reply_mail.c - 送达 by e-mail from here: the letter and what goes with it leave as one notice,
 * and what becomes of it is the proof.
 *
 * The day that counts is the day the applicant's server, or the next one on the way, has taken
 * the mail over: until then the reply is not served, and the clock of the case shows it. What is
 * refused, bounced or given up is written down as an attempt that failed.
 *
 * The letter is set as PDF on the jobs thread, not while somebody writes: the notice waits for
 * it (notice_new.held).
 */
#include "reply/reply_work.h"

#include "attachment/attachment.h"
#include "base/limits.h"
#include "identity/identity.h"
#include "notice/notice.h"
#include "reply/reply_mail.h"
#include "reply_sql.h"

/* ---- writing it */

static bool address_of(struct ctx *ctx, const struct request *r, struct str given, struct str *to,
		       struct err *err)
{
	struct identity_contact contact = { .email = STR_NONE };

	*to = str_trim(given);
	if (to->len > 0)
		return true;
	if (r->applicant_id.n != 0 && !identity_contact(ctx, r->applicant_id, &contact, err))
		return false;
	*to = contact.email;
	return to->len > 0 ||
	       err_set_field(err, "email", ERR_INVALID, "reply.no_email", STR_FMT,
			     STR_ARG(r->number));
}

static bool signed_reply(struct ctx *ctx, const struct request *r, struct reply *reply,
			 struct letter *letter, struct err *err)
{
	bool found;

	if (!reply_of(ctx, r->id, reply, &found, err))
		return false;
	if (!found || reply->stage != REPLY_SIGNED || !reply->letter.known)
		return err_set_field(err, "send", ERR_CONFLICT, "reply.no_letter_here", STR_FMT,
				     STR_ARG(r->number));
	return letter_load(ctx, (struct letter_id){ reply->letter.v }, letter, err);
}

/* What a mail server would not take is told now, while another way can be chosen. */
static bool check_size(struct ctx *ctx, const struct reply *reply, struct err *err)
{
	int64_t bytes = 0;

	for (size_t i = 0; i < reply->enclosures_count; i++) {
		struct attachment file;
		if (!attachment_find(ctx, (struct attachment_id){ reply->enclosures[i].attachment },
				     &file, err))
			return false;
		bytes += file.bytes;
	}
	return bytes < REPLY_MAIL_BYTES ||
	       err_set_field(err, "send", ERR_LIMIT, "notice.too_large", "%u",
			     REPLY_MAIL_BYTES / MIB);
}

static struct str you(const struct letter *letter)
{
	return letter->to == LETTER_TO_PERSON ? STR("您") : STR("你单位");
}

static struct str text_of(struct arena *a, const struct request *r, const struct letter *l,
			  size_t enclosures)
{
	struct str with = enclosures == 0 ?
				  STR_NONE :
				  str_format(a, "，另附随答复提供的%zu个文件", enclosures);

	return str_format(a,
			  STR_FMT "：\n\n" STR_FMT "提出的政府信息公开申请（登记编号 " STR_FMT
				  "），本机关已经作出答复。《" STR_FMT "》（" STR_FMT
				  "）见附件" STR_FMT
				  "。不服本答复的救济途径和期限写在文书中。\n\n"
				  "对本件有疑问的，可以直接回复这封邮件。\n\n" STR_FMT "\n" STR_FMT
				  "\n",
			  STR_ARG(l->addressee), STR_ARG(you(l)), STR_ARG(r->number),
			  STR_ARG(l->title), STR_ARG(l->number), STR_ARG(with), STR_ARG(l->organ),
			  STR_ARG(date_chinese(a, l->dated)));
}

static bool write_notice(struct ctx *ctx, const struct request *r, const struct reply *reply,
			 const struct letter *letter, struct str to, struct notice_id *id,
			 struct err *err)
{
	struct notice_new in = {
		.unit = r->unit,
		.subject_kind = "request",
		.subject_id = r->id.n,
		.why = STR("送达答复"),
		.to = to,
		.subject = str_format(ctx->arena, STR_FMT "（" STR_FMT "）", STR_ARG(letter->title),
				      STR_ARG(letter->number)),
		.text = text_of(ctx->arena, r, letter, reply->enclosures_count),
		.answerable = true,
		.held = true,
	};

	return notice_mail(ctx, &in, id, err);
}

static bool add_service(struct ctx *ctx, const struct request *r, const struct reply *reply,
			struct notice_id notice, const struct reply_mail_new *in, struct str to,
			int64_t *service, struct err *err)
{
	struct service_insert_in row = {
		.request_id = r->id,
		.reply_id = { true, reply->id.n },
		.way = str_from_c(service_rules[SERVICE_EMAIL].code),
		.sent_on = ctx->today,
		.tracking = STR_NONE,
		.addressee = identity_mask_email(ctx->arena, to),
		.note = in->note,
		.person = ctx->actor.name,
		.at = ctx->now,
		.notice_id = { true, notice.n },
	};
	struct service_by_notice_in by = { .notice_id = { true, notice.n } };
	struct service_by_notice_row added;
	bool found;

	if (!service_insert(ctx, &row, NULL, err) ||
	    !service_by_notice(ctx, &by, &added, &found, err))
		return false;
	*service = added.id;
	return true;
}

bool reply_serve_mail(struct ctx *ctx, struct request_id request, const struct reply_mail_new *in,
		      struct err *err)
{
	struct service_new way = { .way = SERVICE_EMAIL, .sent_on = ctx->today };
	struct request r;
	struct reply reply;
	struct letter letter;
	struct notice_id notice;
	struct str to;
	int64_t service;

	if (!request_find(ctx, request, &r, err) ||
	    !signed_reply(ctx, &r, &reply, &letter, err) ||
	    !reply_names_channel(ctx, &reply, &way, err) ||
	    !reply_room_for_service(ctx, request, err) || !check_size(ctx, &reply, err) ||
	    !address_of(ctx, &r, in->to, &to, err) ||
	    !write_notice(ctx, &r, &reply, &letter, to, &notice, err) ||
	    !add_service(ctx, &r, &reply, notice, in, to, &service, err))
		return false;
	struct job_new job = { .topic = "reply.mail", .subject_kind = "request",
			       .subject_id = request.n,
			       .payload = str_format(ctx->arena, "%lld", (long long)notice.n) };
	return jobs_add(ctx, &job, err);
}

/* ---- the letter as PDF, outside of any transaction of the writer */

struct plan {
	struct notice_id notice;
	struct notice_file *files;
	size_t count;
};

static bool enclose(struct ctx *ctx, const struct reply *reply, struct plan *plan, struct err *err)
{
	for (size_t i = 0; i < reply->enclosures_count; i++) {
		struct attachment file;
		if (!attachment_read(ctx, (struct attachment_id){ reply->enclosures[i].attachment },
				     &file, err))
			return false;
		plan->files[plan->count++] =
			(struct notice_file){ file.file_name,
					      str_from_c(attachment_type_media(file.type).ptr),
					      file.content };
	}
	return true;
}

static bool prepare(struct ctx *ctx, const struct job *job, void **out, struct err *err)
{
	struct plan *plan = ARENA_NEW(ctx->arena, struct plan);
	struct reply reply;
	struct letter letter;
	struct request r;
	struct notice n;

	*out = NULL;
	if (!str_to_i64(job->payload, &plan->notice.n) ||
	    !notice_find(ctx, plan->notice, &n, err))
		return false;
	if (!n.held)
		return true;
	if (!request_find(ctx, (struct request_id){ job->subject_id }, &r, err) ||
	    !signed_reply(ctx, &r, &reply, &letter, err))
		return false;
	plan->files = ARENA_ARRAY(ctx->arena, reply.enclosures_count + 1, struct notice_file);
	plan->files[0] = (struct notice_file){
		.name = str_format(ctx->arena, STR_FMT ".pdf", STR_ARG(letter.title)),
		.type = STR("application/pdf"),
	};
	plan->count = 1;
	*out = plan;
	return letter_pdf(ctx, ctx->arena, &letter, &plan->files[0].content, err) &&
	       enclose(ctx, &reply, plan, err);
}

static enum job_answer work(struct arena *a, void *world, void *arg, struct err *why)
{
	(void)a, (void)world, (void)arg, (void)why;
	return JOB_ANSWERED;
}

static bool finish(struct ctx *ctx, const struct job *job, void *arg, enum job_answer answer,
		   const struct err *why, bool last, struct err *err)
{
	const struct plan *plan = arg;

	(void)job, (void)answer, (void)why, (void)last;
	return notice_release(ctx, plan->notice, plan->files, plan->count, err);
}

const struct job_outside reply_mailing = { prepare, work, finish };

/* ---- what became of it */

bool reply_on_notice(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct service_by_notice_in in = { .notice_id = { true, job->subject_id } };
	struct service_by_notice_row row;
	struct notice n;
	bool found;

	if (!service_by_notice(ctx, &in, &row, &found, err) || !found)
		return err->code == ERR_NONE;
	if (!notice_find(ctx, (struct notice_id){ job->subject_id }, &n, err))
		return false;
	if (n.state == NOTICE_SENT)
		return reply_mail_taken(ctx, row.request_id, row.id,
					instant_date(n.last_at.known ? n.last_at.v : ctx->now),
					n.answer, err);
	if (n.state == NOTICE_WAITING)
		return true;
	struct str why = str_format(ctx->arena, "邮件" STR_FMT "：" STR_FMT,
				    STR_ARG(notice_state_label(n.state)), STR_ARG(n.answer));
	return reply_mail_failed(ctx, row.request_id, row.id, why, err);
}

bool reply_carries(struct ctx *ctx, struct notice_id notice, bool *yes, struct err *err)
{
	struct service_by_notice_in in = { .notice_id = { true, notice.n } };
	struct service_by_notice_row row;

	return service_by_notice(ctx, &in, &row, yes, err);
}
