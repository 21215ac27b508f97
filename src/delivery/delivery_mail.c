/*
 * delivery_mail.c - a letter on the way as one mail with its PDF, and what becomes of it.
 *
 * The day that counts is the day a server has taken the mail over. The letter is set as PDF on the
 * jobs thread, not while somebody writes: the notice waits for it (notice_new.held).
 */
#include "delivery/delivery_work.h"

#include "delivery_sql.h"
#include "identity/identity.h"

#define PROGRESS "/request/progress"
#define AMEND_PROGRESS "/amend/progress"

/* ---- its words */

static struct str link_of(struct arena *a, const struct letter *l, const struct site *site)
{
	struct str url = site->url;

	while (str_ends(url, STR("/")))
		url.len--;
	if (url.len == 0)
		return STR_NONE;
	return str_format(a, "（" STR_FMT "%s）", STR_ARG(url),
			  str_equal_c(l->subject_kind, "amendment") ? AMEND_PROGRESS : PROGRESS);
}

static struct str what_for(struct arena *a, const struct letter *l,
			   const struct delivery_reader *reader)
{
	if (!reader->applicant)
		return STR_NONE;
	return str_format(a, STR_FMT "提出的%s（编号 " STR_FMT "），",
			  STR_ARG(l->to == LETTER_TO_PERSON ? STR("您") : STR("你单位")),
			  str_equal_c(l->subject_kind, "amendment") ? "更正政府信息的申请" :
								      "政府信息公开申请",
			  STR_ARG(reader->number));
}

static struct str text_of(struct arena *a, const struct letter *l,
			  const struct delivery_reader *reader, const struct site *site)
{
	struct str where = STR_NONE;

	if (reader->applicant)
		where = str_format(a,
				   "也可以在进度查询页面" STR_FMT
				   "凭编号和查询码查看本文书，并办理文书中要求办理的事项。\n\n",
				   STR_ARG(link_of(a, l, site)));
	return str_format(a,
			  STR_FMT "：\n\n" STR_FMT "现送达《" STR_FMT "》（" STR_FMT
				  "），见附件。\n\n" STR_FMT
				  "对本件有疑问的，可以直接回复这封邮件，或者与文书中写明的联系人联系。\n\n"
				  STR_FMT "\n" STR_FMT "\n",
			  STR_ARG(l->addressee), STR_ARG(what_for(a, l, reader)), STR_ARG(l->title),
			  STR_ARG(l->number), STR_ARG(where), STR_ARG(l->organ),
			  STR_ARG(date_chinese(a, l->dated)));
}

/* ---- writing it */

static bool write_notice(struct ctx *ctx, const struct letter *l,
			 const struct delivery_reader *reader, struct str to,
			 struct notice_id *id, struct err *err)
{
	struct site site;

	if (!agency_site(ctx, &site, err))
		return false;
	struct notice_new in = {
		.unit = l->unit,
		.subject_kind = str_to_c(ctx->arena, l->subject_kind),
		.subject_id = l->subject_id,
		.why = str_format(ctx->arena, "送达文书：" STR_FMT, STR_ARG(l->title)),
		.to = to,
		.subject = str_format(ctx->arena, STR_FMT "（" STR_FMT "）", STR_ARG(l->title),
				      STR_ARG(l->number)),
		.text = text_of(ctx->arena, l, reader, &site),
		.answerable = str_equal_c(l->subject_kind, "request"),
		.held = true,
	};
	return notice_mail(ctx, &in, id, err);
}

static bool send(struct ctx *ctx, const struct letter *l, const struct delivery_reader *reader,
		 struct str to, struct err *err)
{
	struct notice_id notice;

	if (!write_notice(ctx, l, reader, to, &notice, err))
		return false;
	struct delivery d = { .way = SERVICE_EMAIL,
			      .sent_on = ctx->today,
			      .addressee = identity_mask_email(ctx->arena, to),
			      .notice = { true, notice.n } };
	struct job_new job = { .topic = "delivery.mail",
			       .subject_kind = "letter",
			       .subject_id = l->id.n,
			       .payload = str_format(ctx->arena, "%lld", (long long)notice.n) };
	return delivery_write(ctx, l, &d, err) && jobs_add(ctx, &job, err);
}

bool delivery_mail(struct ctx *ctx, struct letter_id id, struct str to, struct err *err)
{
	struct delivery_reader reader;
	struct letter l;
	bool failed;

	if (!delivery_ready(ctx, id, &l, err) || !delivery_reader_of(ctx, &l, &reader, err) ||
	    !delivery_names_channel(&l, err) || !delivery_room(ctx, &l, &failed, err))
		return false;
	to = str_trim(to);
	if (to.len == 0)
		to = reader.email;
	if (to.len == 0)
		return err_set_field(err, "email", ERR_INVALID, "delivery.no_email", STR_FMT,
				     STR_ARG(l.title));
	return send(ctx, &l, &reader, to, err);
}

/* ---- by itself, once it was issued */

static bool has_mail(struct ctx *ctx, const struct letter *l, bool *yes, struct err *err)
{
	struct delivery *list;
	size_t count;

	if (!delivery_list_of(ctx, l->id, &list, &count, err))
		return false;
	*yes = false;
	for (size_t i = 0; i < count; i++)
		*yes = *yes || list[i].notice.known;
	return true;
}

bool delivery_on_issued(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct err offline = { 0 };
	struct delivery_reader reader;
	struct letter_id id;
	struct letter l;
	bool mailed;

	if (!str_to_i64(job->payload, &id.n) || !letter_load(ctx, id, &l, err))
		return err->code == ERR_NONE;
	bool recent = date_compare(date_plus(l.dated, DELIVERY_RECENT_DAYS), ctx->today) >= 0;
	if (!l.issued || !recent || l.kind->answer || !delivery_names_channel(&l, &offline))
		return true;
	if (!delivery_reader_of(ctx, &l, &reader, err) || !has_mail(ctx, &l, &mailed, err))
		return false;
	return mailed || !reader.by_mail || send(ctx, &l, &reader, reader.email, err);
}

/* ---- the letter as PDF, outside of any transaction of the writer */

struct plan {
	struct notice_id notice;
	struct notice_file file;
};

static bool prepare(struct ctx *ctx, const struct job *job, void **out, struct err *err)
{
	struct plan *plan = ARENA_NEW(ctx->arena, struct plan);
	struct letter letter;
	struct notice n;

	*out = NULL;
	if (!str_to_i64(job->payload, &plan->notice.n) ||
	    !notice_find(ctx, plan->notice, &n, err))
		return err->code == ERR_NONE;
	if (!n.held)
		return true;
	if (!letter_load(ctx, (struct letter_id){ job->subject_id }, &letter, err))
		return false;
	plan->file = (struct notice_file){
		.name = str_format(ctx->arena, STR_FMT ".pdf", STR_ARG(letter.title)),
		.type = STR("application/pdf"),
	};
	*out = plan;
	return letter_pdf(ctx, ctx->arena, &letter, &plan->file.content, err);
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
	return notice_release(ctx, plan->notice, &plan->file, 1, err);
}

const struct job_outside delivery_mailing = { prepare, work, finish };

/* ---- what became of it */

static bool taken(struct ctx *ctx, const struct letter *l, struct delivery *d,
		  const struct notice *n, struct err *err)
{
	if (d->failed || d->counts_on.known)
		return true;
	d->counts_on = (struct opt_date){
		true, instant_date(n->last_at.known ? n->last_at.v : ctx->now)
	};
	d->note = service_note_add(ctx->arena, d->note,
			    str_format(ctx->arena, "对方服务器已接收：" STR_FMT, STR_ARG(n->answer)));
	return delivery_change(ctx, l, d, "delivery.serve", err) &&
	       delivery_follow(ctx, l, d->counts_on, err);
}

static bool not_taken(struct ctx *ctx, const struct letter *l, struct delivery *d,
		      const struct notice *n, struct err *err)
{
	if (d->failed || d->signed_on.known) /* signed for is signed for, whatever a server says */
		return true;
	d->failed = true;
	d->counts_on = (struct opt_date){ 0 };
	d->note = service_note_add(ctx->arena, d->note,
			    str_format(ctx->arena, "邮件" STR_FMT "：" STR_FMT,
				       STR_ARG(notice_state_label(n->state)), STR_ARG(n->answer)));
	return delivery_change(ctx, l, d, "delivery.failed", err);
}

bool delivery_on_notice(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct delivery_by_notice_in in = { .notice_id = { true, job->subject_id } };
	struct delivery_by_notice_row row;
	struct delivery d;
	struct letter l;
	struct notice n;
	bool found;

	if (!delivery_by_notice(ctx, &in, &row, &found, err) || !found)
		return err->code == ERR_NONE;
	if (!letter_load(ctx, row.letter_id, &l, err) || !delivery_one(ctx, &l, row.id, &d, err) ||
	    !notice_find(ctx, (struct notice_id){ job->subject_id }, &n, err))
		return false;
	if (n.state == NOTICE_WAITING)
		return true;
	return n.state == NOTICE_SENT ? taken(ctx, &l, &d, &n, err) :
					not_taken(ctx, &l, &d, &n, err);
}

bool delivery_carries(struct ctx *ctx, struct notice_id notice, bool *yes, struct err *err)
{
	struct delivery_by_notice_in in = { .notice_id = { true, notice.n } };
	struct delivery_by_notice_row row;

	return delivery_by_notice(ctx, &in, &row, yes, err);
}
