/*
 * intake_mail_pages.c - a request that came as a mail: registered by the same form as any other,
 * with what the mail tells already in it. 条例第三十一条第三项: it is received on the day both
 * sides have confirmed, so the day of the mail is that of submission and no more.
 */
#include "attachment/attachment.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "casework/casework_view.h"

static bool mail_of(struct web_request *rq, struct inbox_mail *m, struct err *err)
{
	struct inbox_id id = { web_int(rq, "mail", 0) };

	if (!inbox_find(&rq->ctx, id, m, err))
		return false;
	return m->unit.n == rq->ctx.actor.unit_id ||
	       err_set(err, ERR_NOT_FOUND, "notice.no_mail", "%lld", (long long)id.n);
}

static void fill(struct web_request *rq, const struct inbox_mail *m, struct intake_view *v)
{
	v->channel = channel_code(CHANNEL_EMAIL);
	v->submitted_on = date_iso(rq->ctx.arena, instant_date(m->received_at));
	v->content = utf8_prefix(str_trim(m->text), LIMIT_REQUEST_CONTENT);
	v->name = m->sender_name;
	v->email = m->sender;
}

bool intake_from_mail(struct web_request *rq, struct intake_view *v, struct err *err)
{
	struct inbox_mail *m = ARENA_NEW(rq->ctx.arena, struct inbox_mail);
	struct attachment *files;

	if (web_int(rq, "mail", 0) == 0)
		return true;
	if (!mail_of(rq, m, err) ||
	    !attachment_list(&rq->ctx, "mail", m->id.n, &files, &v->mail_files, err))
		return false;
	v->mail = m;
	if (rq->method == METHOD_GET)
		fill(rq, m, v);
	return true;
}

static bool copy_files(struct web_request *rq, struct inbox_id from, struct request_id to,
		       struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(&rq->ctx, "mail", from.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct attachment_new in = { .subject_kind = "request",
					     .subject_id = to.n,
					     .purpose = ATTACHMENT_REQUEST,
					     .who = BROUGHT_BY_MAIL };
		struct attachment_id id;
		struct attachment file;
		if (!attachment_read(&rq->ctx, files[i].id, &file, err))
			return false;
		in.file_name = file.file_name;
		in.content = file.content;
		if (!attachment_add(&rq->ctx, &in, &id, err))
			return false;
	}
	return true;
}

bool intake_take_mail(struct web_request *rq, struct request_id id, struct err *err)
{
	struct inbox_assign in = { .kind = "request",
				   .subject_id = id.n,
				   .unit = { rq->ctx.actor.unit_id },
				   .how = INBOX_REGISTERED };
	struct inbox_mail m;

	if (web_int(rq, "mail", 0) == 0)
		return true;
	if (!mail_of(rq, &m, err))
		return false;
	/* The same form a second time. */
	if (m.state == INBOX_ASSIGNED && m.subject_id == id.n)
		return true;
	return copy_files(rq, m.id, id, err) && inbox_assign(&rq->ctx, m.id, &in, err);
}
