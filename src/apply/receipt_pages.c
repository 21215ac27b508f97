/*
 * receipt_pages.c - the receipt: shown once with the query code to who has just sent the form, and
 * without it to who follows the request; as a page to print and as PDF.
 */
#include "apply/apply_view.h"
#include "apply/qr.h"
#include "apply_html.h"
#include "letter/letterhead.h"

enum { LINES_MAX = 24 };

void apply_private(struct web_reply *rp)
{
	web_header(rp, "Cache-Control", STR("no-store"));
}

static struct str confirmed_words(struct arena *a, const struct request *r,
				  const struct apply_receipt *receipt)
{
	/* By an officer, at the desk: the step has the day, and no hour. */
	if (!receipt->confirmed_at.known && r->received_on.known)
		return str_format(a, STR_FMT "（由工作人员确认）",
				  STR_ARG(date_iso(a, r->received_on.v)));
	if (!receipt->confirmed_at.known)
		return receipt->method;
	return str_format(a, STR_FMT "（" STR_FMT "）",
			  STR_ARG(instant_minute(a, receipt->confirmed_at.v)),
			  STR_ARG(receipt->method));
}

bool apply_receipt_of_request(struct web_request *rq, const struct request *r,
			      struct apply_receipt_view *v, struct err *err)
{
	struct apply_receipt receipt;
	struct site site;
	struct unit unit;
	bool found;

	if (!agency_unit(&rq->ctx, r->unit, &unit, err) || !agency_site(&rq->ctx, &site, err) ||
	    !apply_receipt_of(&rq->ctx, r->id, &receipt, &found, err))
		return false;
	v->form = web_form_state(rq);
	v->r = r;
	v->unit = unit.name;
	v->confirmed = found ? confirmed_words(rq->ctx.arena, r, &receipt) : STR_NONE;
	v->office = site.office_name;
	v->contact = site.contact;
	v->rule = request_receipt_rule(r->channel)->rule;
	v->url = str_format(rq->ctx.arena, STR_FMT "/request/progress?number=" STR_FMT,
			    STR_ARG(site.url), STR_ARG(r->number));
	if (!qr_path(rq->ctx.arena, v->url, &v->qr_path, &v->qr_size))
		v->qr_size = 0;
	return true;
}

static bool draw(struct web_request *rq, struct web_reply *rp, struct apply_receipt_view *v)
{
	struct page page = { .title = STR("登记回执") };

	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_receipt_html(h, v);
	web_page_end(rq, rp, &page);
	return true;
}

/* ---- on paper */

static void line(struct arena *a, struct doc *doc, const char *label, struct str value)
{
	if (value.len == 0)
		return;
	doc->blocks[doc->count++] = (struct doc_block){
		.kind = DOC_PARAGRAPH, .text = str_format(a, "%s：" STR_FMT, label, STR_ARG(value))
	};
}

static void say(struct doc *doc, struct str text)
{
	doc->blocks[doc->count++] = (struct doc_block){ .kind = DOC_PARAGRAPH, .text = text };
}

static struct str day(struct arena *a, struct opt_date d, struct str unknown)
{
	return d.known ? date_chinese(a, d.v) : unknown;
}

/* The words of the page, in its order. */
static struct doc *receipt_doc(struct arena *a, const struct apply_receipt_view *v)
{
	struct doc *doc = ARENA_NEW(a, struct doc);
	const struct request *r = v->r;
	struct str rest = r->content, piece;

	doc->blocks = ARENA_ARRAY(a, LINES_MAX + r->content.len, struct doc_block);
	line(a, doc, "登记编号", r->number);
	line(a, doc, "查询码", v->code);
	line(a, doc, "受理单位", v->unit);
	line(a, doc, "提交日期", date_chinese(a, r->submitted_on));
	line(a, doc, "收到申请之日", day(a, r->received_on, STR("尚未确认")));
	line(a, doc, "答复期限", day(a, r->due, STR("确认后起算20个工作日")));
	line(a, doc, "形式", give_form_label(r->wanted_form));
	line(a, doc, "方式", give_way_label(r->wanted_way));
	line(a, doc, "依据", v->rule);
	line(a, doc, "确认", v->confirmed);
	line(a, doc, "查询网址", v->url);
	say(doc, STR("本机关将依照《中华人民共和国政府信息公开条例》第三十三条的规定在期限内作出答复；"
		     "需要补正、延长期限、征求意见的，另行告知。"));
	line(a, doc, "联系方式", v->contact);
	say(doc, STR("申请内容："));
	while (str_split_next(&rest, '\n', &piece))
		if (str_trim(piece).len > 0)
			say(doc, str_trim(piece));
	return doc;
}

static bool pdf(struct web_request *rq, struct web_reply *rp, const struct apply_receipt_view *v,
		struct err *err)
{
	struct arena *a = web_reply_arena(rp);
	struct letterhead head;
	struct str bytes;

	if (!letterhead_of(&rq->ctx, v->r->unit, &head, err))
		return false;
	struct official paper = {
		.style = OFFICIAL_PLAIN,
		.organ = head.full_name,
		.title = STR("政府信息公开申请登记回执"),
		.body = receipt_doc(a, v),
		.date = date_chinese(a, v->r->submitted_on),
	};
	apply_private(rp);
	return official_pdf(a, &paper, &bytes, err) &&
	       web_bytes(rp, "application/pdf", bytes, SHOW_INLINE,
			 str_format(a, "登记回执" STR_FMT ".pdf", STR_ARG(v->r->number)));
}

/* ---- of who has just sent it, and of who follows it */

static bool sent_just_now(struct web_request *rq, struct request *r, struct apply_receipt_view *v,
			  struct err *err)
{
	struct apply_draft d;
	bool found;

	if (!apply_draft_of(rq, &d, &found, err))
		return false;
	if (!found || d.sent.n == 0)
		return err_set(err, ERR_NOT_FOUND, "apply.no_draft", " ");
	v->code = d.code;
	v->fresh = true;
	v->pdf_href = STR("/request/receipt.pdf");
	return request_find(&rq->ctx, d.sent, r, err) &&
	       apply_receipt_of_request(rq, r, v, err);
}

static bool followed(struct web_request *rq, struct request *r, struct apply_receipt_view *v,
		     struct err *err)
{
	bool found;

	if (!apply_entered(rq, r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	v->pdf_href = STR("/request/progress/receipt.pdf");
	return apply_receipt_of_request(rq, r, v, err);
}

bool apply_receipt_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_receipt_view v = { .fresh = false };
	struct request r;

	return sent_just_now(rq, &r, &v, err) && draw(rq, rp, &v);
}

bool apply_receipt_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_receipt_view v = { .fresh = false };
	struct request r;

	return sent_just_now(rq, &r, &v, err) && pdf(rq, rp, &v, err);
}

bool apply_own_receipt_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_receipt_view v = { .fresh = false };
	struct request r;

	return followed(rq, &r, &v, err) && draw(rq, rp, &v);
}

bool apply_own_receipt_pdf(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_receipt_view v = { .fresh = false };
	struct request r;

	return followed(rq, &r, &v, err) && pdf(rq, rp, &v, err);
}
