/* reply_dossier.c - the files of a request's dossier, one after the other. */
#include "reply/reply_dossier.h"

#include "attachment/attachment.h"
#include "base/buf.h"
#include "base/limits.h"

enum { TEXT_MAX = 512 * 1024 };

struct collector {
	struct ctx *ctx;  /* the caller's: lists live there */
	struct ctx own;	  /* with an arena that holds one file */
	const struct request *request;
	enum dossier_papers papers;
	dossier_take *take;
	void *arg;
	size_t count;
};

static bool give(struct collector *c, const char *folder, struct str name, struct str title,
		 struct str content, struct err *err)
{
	struct dossier_file file = { .title = title, .content = content };

	file.path = str_format(c->own.arena, "%s/%02zu-" STR_FMT, folder, ++c->count,
			       STR_ARG(name));
	bool ok = c->take(c->arg, &file, err);
	arena_reset(c->own.arena);
	return ok;
}

/* ---- what was asked */

static void line(struct buf *b, const char *label, struct str value)
{
	if (value.len == 0)
		return;
	buf_addf(b, "%s：" STR_FMT "\n", label, STR_ARG(value));
}

static void paragraphs(struct buf *b, const char *label, struct str text)
{
	if (text.len > 0)
		buf_addf(b, "\n%s\n" STR_FMT "\n", label, STR_ARG(text));
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_chinese(a, d.v) : STR_NONE;
}

bool dossier_request_text(struct ctx *ctx, const struct request *r, struct str *out,
			  struct err *err)
{
	struct buf b = buf_open(ctx->arena, 4 * KIB, TEXT_MAX);
	struct request_correction correction;
	struct request_explanation reasons;
	bool corrected, explained;

	if (!request_correction_find(ctx, r->id, &correction, &corrected, err) ||
	    !request_explanation_find(ctx, r->id, &reasons, &explained, err))
		return false;
	buf_add_c(&b, "政府信息公开申请\n\n");
	line(&b, "登记编号", r->number);
	line(&b, "申请方式", channel_label(r->channel));
	line(&b, "申请人类别", applicant_label(r->applicant));
	line(&b, "提交日期", date_chinese(ctx->arena, r->submitted_on));
	line(&b, "收到申请之日", day_text(ctx->arena, r->received_on));
	line(&b, "所需形式", give_form_label(r->wanted_form));
	line(&b, "获取方式", give_way_label(r->wanted_way));
	paragraphs(&b, "所需政府信息的内容：", r->content);
	if (corrected) {
		paragraphs(&b, "告知补正的事项：", correction.points);
		paragraphs(&b, "补正的内容：", correction.answer);
	}
	if (explained)
		paragraphs(&b, "申请人说明的理由：", reasons.text);
	*out = buf_str(&b);
	return buf_ok(&b) ||
	       err_set(err, ERR_LIMIT, "reply.too_many_enclosures", "%d", TEXT_MAX);
}

static bool give_request(struct collector *c, struct err *err)
{
	struct str text;

	return dossier_request_text(&c->own, c->request, &text, err) &&
	       give(c, "application", STR("request.txt"), STR("申请的内容"), text, err);
}

/* Where a file of the request belongs. */
static const char *folder_of(enum attachment_purpose p)
{
	switch (p) {
	case ATTACHMENT_IDENTITY:
	case ATTACHMENT_AUTHORITY:
	case ATTACHMENT_REQUEST:
	case ATTACHMENT_CORRECTION:
	case ATTACHMENT_REASONS:
		return "application";
	case ATTACHMENT_OPINION:
		return "opinions";
	case ATTACHMENT_PROOF:
		return "proof";
	case ATTACHMENT_REPLY:
	case ATTACHMENT_OTHER:
	case ATTACHMENT_PURPOSE_COUNT:
		break;
	}
	return "other";
}

static bool give_attachment(struct collector *c, int64_t id, const char *folder, struct str title,
			    struct err *err)
{
	struct attachment file;

	if (id == 0) /* its time of keeping was over */
		return true;
	if (!attachment_read(&c->own, (struct attachment_id){ id }, &file, err))
		return false;
	struct str name = str_format(c->own.arena, STR_FMT "." STR_FMT,
				     STR_ARG(attachment_purpose_code(file.purpose)),
				     STR_ARG(attachment_type_code(file.type)));
	return give(c, folder, name, title, file.content, err);
}

static bool give_attachments(struct collector *c, const char *only, struct err *err)
{
	struct attachment *list;
	size_t count;

	if (!attachment_list(c->ctx, "request", c->request->id.n, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *folder = folder_of(list[i].purpose);
		bool here = str_equal_c(str_from_c(folder), only);
		if (!here || (attachment_is_personal(list[i].purpose) &&
			      c->papers == DOSSIER_WITHOUT_IDENTITY))
			continue;
		if (!give_attachment(c, list[i].id.n, folder,
				     attachment_purpose_label(list[i].purpose), err))
			return false;
	}
	return true;
}

/* ---- what was answered */

static bool give_letters(struct collector *c, struct err *err)
{
	struct letter *list;
	size_t count;

	if (!letter_list(c->ctx, "request", c->request->id.n, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str pdf;
		if (!list[i].issued)
			continue;
		if (!letter_pdf(&c->own, c->own.arena, &list[i], &pdf, err))
			return false;
		struct str name = str_format(c->own.arena, "%s.pdf", list[i].kind->code);
		struct str title =
			str_format(c->own.arena, STR_FMT "（" STR_FMT "）", STR_ARG(list[i].title),
				   STR_ARG(list[i].number));
		if (!give(c, "letters", name, title, pdf, err))
			return false;
	}
	return true;
}

static bool give_enclosures(struct collector *c, struct err *err)
{
	struct reply *rounds;
	size_t count;

	if (!reply_rounds(c->ctx, c->request->id, &rounds, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct reply reply;
		if (!reply_load(c->ctx, rounds[i].id, &reply, err))
			return false;
		for (size_t k = 0; k < reply.enclosures_count && reply.stage == REPLY_SIGNED; k++)
			if (!give_attachment(c, reply.enclosures[k].attachment, "given",
					     reply.enclosures[k].title, err))
				return false;
	}
	return true;
}

bool dossier_collect(struct ctx *ctx, struct request_id request, enum dossier_papers papers,
		     dossier_take *take, void *arg, struct err *err)
{
	struct collector c = { .ctx = ctx, .own = *ctx, .papers = papers, .take = take,
			       .arg = arg };
	struct request r;

	if (!request_find(ctx, request, &r, err))
		return false;
	c.request = &r;
	c.own.arena = arena_open(LIMIT_REQUEST_ARENA * 2);
	bool ok = give_request(&c, err) && give_attachments(&c, "application", err) &&
		  give_letters(&c, err) && give_enclosures(&c, err) &&
		  give_attachments(&c, "opinions", err) && give_attachments(&c, "proof", err) &&
		  give_attachments(&c, "other", err);
	arena_close(c.own.arena);
	return ok;
}
