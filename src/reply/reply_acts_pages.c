/*
 * reply_acts_pages.c - every form of a reply as a row: what it starts with, and the verb it
 * becomes.
 */
#include "attachment/attachment.h"
#include "identity/identity.h"
#include "reply/reply_mail.h"
#include "reply/reply_view.h"

/* ---- filling */

static struct reply_form_field *at(struct reply_form_view *v, const char *name)
{
	for (size_t i = 0; i < v->fields_count; i++)
		if (str_equal_c(str_from_c(v->fields[i].field->name), name))
			return &v->fields[i];
	return NULL;
}

static void hint(struct reply_form_view *v, const char *name, struct str text)
{
	at(v, name)->hint = text;
}

/* Only when the page is opened: what was typed stands again. */
static void likely(struct web_request *rq, struct reply_form_view *v, const char *name,
		   struct str value)
{
	if (rq->method == METHOD_GET)
		at(v, name)->value = value;
}

static void say(struct reply_form_view *v, struct str line)
{
	if (v->lines_count < REPLY_FORM_LINES)
		v->lines[v->lines_count++] = line;
}

static void offer(struct reply_form_view *v, const char *name, const struct choice *choices,
		  size_t count)
{
	struct reply_form_field *f = at(v, name);

	f->choices = choices;
	f->choices_count = count;
	f->radios = true;
}

/* Those that `wanted` accepts, in the order of the tests. */
static void offer_kinds(struct web_request *rq, struct reply_form_view *v, const char *name,
			bool (*wanted)(const struct decision_kind *kind))
{
	struct choice *list =
		ARENA_ARRAY(rq->ctx.arena, request_decisions_count, struct choice);
	size_t n = 0;

	for (size_t i = 0; i < request_decisions_count; i++) {
		const struct decision_kind *kind = &request_decisions[i];
		if (wanted(kind) && request_decision_in_force(kind, rq->ctx.today))
			list[n++] = (struct choice){ .value = str_from_c(kind->code),
						     .label = kind->label,
						     .hint = kind->basis };
	}
	offer(v, name, list, n);
}

static bool answers(const struct decision_kind *kind)
{
	return kind->needs_letter;
}

static bool closes(const struct decision_kind *kind)
{
	return !kind->needs_letter;
}

static bool refuses(const struct decision_kind *kind)
{
	return kind->outcome >= OUTCOME_DENIED_STATE_SECRET &&
	       kind->outcome <= OUTCOME_DENIED_ENFORCEMENT_FILE;
}

static bool fill_test(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		      struct err *err)
{
	static const struct choice choices[] = { { STR_INIT("yes"), STR_INIT("是"), STR_INIT("") },
						 { STR_INIT("no"), STR_INIT("不是"),
						   STR_INIT("进入下一个判断") } };
	const struct decision_kind *next = reply_next_test(v->item);
	struct str again = web_text(rq, "test");

	(void)reply;
	if (again.len > 0 && request_decision(again) != NULL)
		next = request_decision(again);
	if (next == NULL)
		return err_set(err, ERR_CONFLICT, "reply.no_more_tests", "%d", v->item->position);
	at(v, "test")->value = str_from_c(next->code);
	say(v, next->test);
	say(v, str_format(rq->ctx.arena, "回答“是”，该项的处理结果就是“" STR_FMT "”（" STR_FMT "）。",
			  STR_ARG(next->label), STR_ARG(next->basis)));
	offer(v, "answer", choices, COUNT_OF(choices));
	hint(v, "note", STR("看了什么、问了谁；只在卷内，不写进文书"));
	v->shows_answers = true;
	return true;
}

static bool fill_decide(struct web_request *rq, const struct reply *reply,
			struct reply_form_view *v, struct err *err)
{
	const struct decision_kind *proposed = reply_proposed(v->item);

	(void)reply;
	(void)err;
	offer_kinds(rq, v, "decision", answers);
	if (proposed != NULL)
		say(v, str_format(rq->ctx.arena, "逐项判断得出：" STR_FMT "。选其他结果的，写明理由。",
				  STR_ARG(proposed->label)));
	else
		say(v, STR("没有逐项判断得出的结果；直接选定的，写明理由。"));
	likely(rq, v, "decision",
	       v->item->decision != NULL ? str_from_c(v->item->decision->code) : STR_NONE);
	likely(rq, v, "reason", v->item->decision_reason);
	return true;
}

static bool fill_asked(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		       struct err *err)
{
	(void)reply;
	(void)err;
	if (v->item != NULL)
		likely(rq, v, "asked", v->item->asked);
	hint(v, "asked", STR("照申请人的原话，一项写一种信息；会印在文书里"));
	return true;
}

static bool fill_redact(struct web_request *rq, const struct reply *reply,
			struct reply_form_view *v, struct err *err)
{
	(void)reply;
	(void)err;
	offer_kinds(rq, v, "ground", refuses);
	hint(v, "place", STR("例如 附件2第3页第2段；不要写出被遮盖的内容"));
	say(v, STR("登记之后，把遮盖后的文件作为附件上传。遮盖要落在文件内容上：文字、图层、修订和属性里都不能再有。"));
	v->shows_redactions = true;
	return true;
}

static bool fill_pick(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		      struct err *err)
{
	struct choice *list =
		ARENA_ARRAY(rq->ctx.arena, reply->items_count + 1, struct choice);
	size_t n = 0;

	(void)err;
	list[n++] = (struct choice){ .label = STR("按表三的顺序取第一项") };
	for (size_t i = 0; i < reply->items_count; i++) {
		const struct decision_kind *kind = reply->items[i].decision;
		bool new = kind != NULL;
		for (size_t k = 0; new && k < i; k++)
			new = reply->items[k].decision != kind;
		if (new)
			list[n++] = (struct choice){ .value = str_from_c(kind->code),
						     .label = kind->label,
						     .hint = kind->basis };
	}
	offer(v, "decision", list, n);
	likely(rq, v, "decision",
	       reply->decision != NULL ? str_from_c(reply->decision->code) : STR_NONE);
	likely(rq, v, "reason", reply->decision_reason);
	return true;
}

/* The applicant's name, where the request came with one; else it is typed. */
static bool name_of_applicant(struct web_request *rq, const struct request *r, struct str *name,
			      struct err *err)
{
	*name = STR_NONE;
	return r->applicant_id.n == 0 || identity_name(&rq->ctx, r->applicant_id, name, err);
}

static bool fill_letter(struct web_request *rq, const struct reply *reply,
			struct reply_form_view *v, struct err *err)
{
	struct letter letter;
	struct str name;

	if (!name_of_applicant(rq, v->r, &name, err))
		return false;
	likely(rq, v, "addressee", name);
	likely(rq, v, "dated", date_iso(rq->ctx.arena, rq->ctx.today));
	hint(v, "dated", STR("以签发之日为准；救济途径按它生成"));
	hint(v, "addressee", STR("写全称；不写证件号、电话和住址"));
	hint(v, "online", STR("文书中写明可以通过互联网渠道申请行政复议"));
	say(v,
	    STR("文书由处理结果和要素合并而成，起草之后可以逐段修改；文号、成文日期、救济途径和联系方式由程序生成。"));
	if (!reply->letter.known) {
		at(v, "keep")->left_out = true;
		return true;
	}
	if (!letter_load(&rq->ctx, (struct letter_id){ reply->letter.v }, &letter, err))
		return false;
	say(v, STR("已经有一份草稿：重新起草，它的修改会丢失；只是核对过，请选“保留现有文书”。"));
	likely(rq, v, "addressee", letter.addressee);
	likely(rq, v, "online", letter.online ? STR("on") : STR_NONE);
	return true;
}

static bool fill_nothing(struct web_request *rq, const struct reply *reply,
			 struct reply_form_view *v, struct err *err)
{
	(void)rq;
	(void)reply;
	(void)v;
	(void)err;
	return true;
}

static bool fill_review(struct web_request *rq, const struct reply *reply,
			struct reply_form_view *v, struct err *err)
{
	static const struct choice choices[] = {
		{ STR_INIT("for"), STR_INIT("同意"), STR_INIT("") },
		{ STR_INIT("against"), STR_INIT("退回修改"), STR_INIT("写明改什么") }
	};

	(void)rq;
	(void)reply;
	(void)err;
	offer(v, "verdict", choices, COUNT_OF(choices));
	return true;
}

static bool fill_advise(struct web_request *rq, const struct reply *reply,
			struct reply_form_view *v, struct err *err)
{
	static const struct choice choices[] = {
		{ STR_INIT("for"), STR_INIT("同意"), STR_INIT("") },
		{ STR_INIT("against"), STR_INIT("不同意"), STR_INIT("仍要签发的，由签发人写明理由") }
	};

	(void)rq;
	(void)reply;
	(void)err;
	offer(v, "verdict", choices, COUNT_OF(choices));
	say(v,
	    STR("意见的内容只有您、审核人、签发人和承办单位能看到，不写进文书，不导出；"
		"何时由谁出具、同意与否可以核验。"));
	return true;
}

static bool fill_sign(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		      struct err *err)
{
	struct reply_opinion *list;
	size_t count;

	if (!reply_opinions(&rq->ctx, reply, &list, &count, err))
		return false;
	likely(rq, v, "on", date_iso(rq->ctx.arena, rq->ctx.today));
	hint(v, "on", STR("年度报告按它统计"));
	if (count > 0 && !list[count - 1].agrees) {
		say(v, STR("法律顾问不同意这份答复。仍要签发的，必须写明理由。"));
		hint(v, "reason", STR("必填"));
	}
	say(v, STR("签发的同时编文号、定稿、作出答复，之后不能再改。"));
	return true;
}

/* Mail from here is offered where the applicant has left an address, and wanted it so. */
static bool fill_send(struct web_request *rq, struct reply_form_view *v, struct err *err)
{
	struct identity_contact contact = { .email = STR_NONE };

	if (v->r->applicant_id.n != 0 &&
	    !identity_contact(&rq->ctx, v->r->applicant_id, &contact, err))
		return false;
	hint(v, "email",
	     contact.email.len == 0 ?
		     STR("申请人没有留邮箱；由本系统发送的必填") :
		     str_format(rq->ctx.arena, "留空则发到申请人填写的 " STR_FMT,
				STR_ARG(identity_mask_email(rq->ctx.arena, contact.email))));
	say(v, STR("方式选“电子邮件”并勾选“由本系统发送电子邮件”的，文书（PDF）和随答复提供的文件一并发出："
		   "对方服务器接收之日为送达之日，被退回的自动记为没有送达。已经在别处发出的，不要勾选。"));
	if (contact.email.len > 0 && v->r->wanted_way == GIVE_BY_EMAIL &&
	    v->r->state == REQUEST_DECIDED) {
		likely(rq, v, "way", str_from_c(service_rules[SERVICE_EMAIL].code));
		likely(rq, v, "send", STR("on"));
	}
	return true;
}

static bool fill_serve(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		       struct err *err)
{
	struct choice *list = ARENA_ARRAY(rq->ctx.arena, SERVICE_WAY_COUNT, struct choice);

	(void)reply;
	(void)err;
	for (int w = 0; w < SERVICE_WAY_COUNT; w++)
		list[w] = (struct choice){ .value = str_from_c(service_rules[w].code),
					   .label = service_rules[w].label,
					   .hint = service_rules[w].rule };
	offer(v, "way", list, SERVICE_WAY_COUNT);
	likely(rq, v, "sent_on", date_iso(rq->ctx.arena, rq->ctx.today));
	hint(v, "sent_on", STR("交邮、发送成功、发布或者送交之日"));
	hint(v, "tracking", STR("邮寄的必填：EMS或者挂号信的13位号码"));
	hint(v, "signed_on", STR("当面送达的必填；邮寄、委托的可以以后补记"));
	hint(v, "file", STR("邮寄收据、回执或者发送记录，可以以后补传"));
	return fill_send(rq, v, err);
}

static bool fill_close(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		       struct err *err)
{
	(void)reply;
	(void)err;
	offer_kinds(rq, v, "decision", closes);
	if (v->r->state == REQUEST_CORRECTING && v->r->correction_until.known &&
	    date_compare(rq->ctx.today, v->r->correction_until.v) > 0)
		likely(rq, v, "decision", STR("close_uncorrected"));
	likely(rq, v, "on", date_iso(rq->ctx.arena, rq->ctx.today));
	hint(v, "addressee", STR("填写后随即印发告知书；留空则不发文书"));
	return true;
}

static bool fill_file(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		      struct err *err)
{
	struct reply_setting setting;
	struct reply_filing filing;
	struct reply_record *list;
	bool filed;

	(void)reply;
	if (!reply_filing_of(&rq->ctx, v->r->id, &filing, &filed, err))
		return false;
	if (filed)
		return err_set(err, ERR_CONFLICT, "reply.filed_already", STR_FMT "|" STR_FMT,
			       STR_ARG(v->r->number), STR_ARG(filing.archive_no));
	if (!reply_setting_of(&rq->ctx, v->r->unit, &setting, err) ||
	    !reply_checklist(&rq->ctx, v->r->id, &list, &v->records_count, err))
		return false;
	v->records = list;
	likely(rq, v, "on", date_iso(rq->ctx.arena, rq->ctx.today));
	likely(rq, v, "years", str_format(rq->ctx.arena, "%d", setting.years));
	hint(v, "years", STR("按本机关归档范围和保管期限表；0 表示永久"));
	return true;
}

static bool fill_enclose(struct web_request *rq, const struct reply *reply,
			 struct reply_form_view *v, struct err *err)
{
	(void)rq;
	(void)err;
	hint(v, "title", STR("印在答复书的附件说明里"));
	hint(v, "file", STR("PDF、OFD、Word、Excel、图片或者文本；随答复提供给申请人"));
	v->reply = reply;
	v->shows_enclosures = true;
	return true;
}

static bool fill_prove(struct web_request *rq, const struct reply *reply, struct reply_form_view *v,
		       struct err *err)
{
	(void)rq;
	(void)reply;
	(void)err;
	hint(v, "file", STR("回执的扫描件或者照片，可以不传"));
	return true;
}

/* ---- becoming verbs */

static struct reply_item_id item_of(struct web_request *rq)
{
	int64_t id = 0;

	(void)web_param_int(rq, "item", &id); /* the page was found by it */
	return (struct reply_item_id){ id };
}

static int64_t service_of(struct web_request *rq)
{
	int64_t id = 0;

	(void)web_param_int(rq, "service", &id);
	return id;
}

static bool kind_of(struct web_request *rq, const char *name, const struct decision_kind **kind,
		    struct err *err)
{
	*kind = request_decision(web_text(rq, name));
	return *kind != NULL || err_set_field(err, name, ERR_INVALID, "request.no_kind", " ");
}

static struct str item_href(struct web_request *rq, const struct request *r, const char *tail)
{
	return str_format(rq->ctx.arena, STR_FMT "/items/%lld/%s", STR_ARG(reply_base(rq, r->id)),
			  (long long)item_of(rq).n, tail);
}

static bool post_test(struct web_request *rq, const struct request *r, struct reply_edit edit,
		      struct str *next, struct err *err)
{
	bool yes = str_equal_c(web_text(rq, "answer"), "yes");
	const struct decision_kind *test;

	if (!kind_of(rq, "test", &test, err) ||
	    !reply_answer_test(&rq->ctx, edit, item_of(rq), test, yes, web_text(rq, "note"), err))
		return false;
	/* The last question answered with no leaves nothing to ask: one chooses. */
	bool last = str_equal_c(str_from_c(test->code), "give");
	*next = item_href(rq, r, yes ? "facts" : last ? "decide" : "test");
	return true;
}

static bool post_decide(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	const struct decision_kind *kind;

	if (!kind_of(rq, "decision", &kind, err) ||
	    !reply_decide_item(&rq->ctx, edit, item_of(rq), kind, web_text(rq, "reason"), err))
		return false;
	*next = item_href(rq, r, "facts");
	return true;
}

static bool post_add(struct web_request *rq, const struct request *r, struct reply_edit edit,
		     struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_add_item(&rq->ctx, edit, web_text(rq, "asked"), err);
}

static bool post_asked(struct web_request *rq, const struct request *r, struct reply_edit edit,
		       struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_set_item(&rq->ctx, edit, item_of(rq), web_text(rq, "asked"), err);
}

static bool post_redact(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	const struct decision_kind *ground;

	*next = item_href(rq, r, "redact");
	return kind_of(rq, "ground", &ground, err) &&
	       reply_redact(&rq->ctx, edit, item_of(rq), web_text(rq, "place"), ground,
			    web_text(rq, "reason"), err);
}

static bool post_pick(struct web_request *rq, const struct request *r, struct reply_edit edit,
		      struct str *next, struct err *err)
{
	const struct decision_kind *kind = NULL;

	(void)r;
	(void)next;
	return (web_text(rq, "decision").len == 0 || kind_of(rq, "decision", &kind, err)) &&
	       reply_pick(&rq->ctx, edit, kind, web_text(rq, "reason"), err);
}

static bool post_letter(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	struct reply_letter_new in = { .dated = web_date(rq, "dated").v,
				       .addressee = web_text(rq, "addressee"),
				       .online = web_has(rq, "online"),
				       .keep = web_has(rq, "keep") };

	(void)r;
	(void)next;
	return reply_draft_letter(&rq->ctx, edit, &in, err);
}

static bool post_recall(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_recall(&rq->ctx, edit, web_text(rq, "reason"), err);
}

static bool post_drop(struct web_request *rq, const struct request *r, struct reply_edit edit,
		      struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_drop(&rq->ctx, edit, web_text(rq, "reason"), err);
}

static enum reply_verdict verdict_of(struct web_request *rq)
{
	return str_equal_c(web_text(rq, "verdict"), "for") ? REPLY_FOR : REPLY_AGAINST;
}

static bool post_review(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_review(&rq->ctx, edit, verdict_of(rq), web_text(rq, "remark"), err);
}

static bool post_advise(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_advise(&rq->ctx, edit, verdict_of(rq), web_text(rq, "opinion"), err);
}

static bool post_return(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_return(&rq->ctx, edit, web_text(rq, "remark"), err);
}

static bool post_sign(struct web_request *rq, const struct request *r, struct reply_edit edit,
		      struct str *next, struct err *err)
{
	(void)r;
	(void)next;
	return reply_sign(&rq->ctx, edit, web_date(rq, "on").v, web_text(rq, "reason"), err);
}

static bool post_again(struct web_request *rq, const struct request *r, struct reply_edit edit,
		       struct str *next, struct err *err)
{
	struct reply_id id;

	(void)edit;
	(void)next;
	return reply_open_again(&rq->ctx, r->id, web_text(rq, "cause"), &id, err);
}

/* The proof, if one was sent along: a file of the request. */
static bool receipt_of(struct web_request *rq, const struct request *r, struct opt_int *receipt,
		       struct err *err)
{
	struct attachment_new in = { .subject_kind = "request",
				     .subject_id = r->id.n,
				     .purpose = ATTACHMENT_PROOF,
				     .who = BROUGHT_BY_AGENCY };
	struct attachment_id id;
	struct upload file;

	*receipt = (struct opt_int){ 0 };
	if (!web_file(rq, "file", &file) || file.content.len == 0)
		return true;
	in.file_name = file.file_name;
	in.content = file.content;
	if (!attachment_add(&rq->ctx, &in, &id, err))
		return false;
	*receipt = (struct opt_int){ true, id.n };
	return true;
}

static bool post_enclose(struct web_request *rq, const struct request *r, struct reply_edit edit,
			 struct str *next, struct err *err)
{
	struct reply_enclosure_new in = { .title = web_text(rq, "title"),
					  .pages = (int)web_int(rq, "pages", 0),
					  .redacted = web_has(rq, "redacted") };
	struct attachment_new file = { .subject_kind = "reply",
				       .subject_id = edit.reply.n,
				       .purpose = ATTACHMENT_REPLY,
				       .who = BROUGHT_BY_AGENCY };
	struct attachment_id id;
	struct attachment kept;
	struct upload upload;

	if (!web_file(rq, "file", &upload) || upload.content.len == 0)
		return err_set_field(err, "file", ERR_INVALID, "attachment.empty", " ");
	file.file_name = upload.file_name;
	file.content = upload.content;
	if (!attachment_add(&rq->ctx, &file, &id, err) ||
	    !attachment_find(&rq->ctx, id, &kept, err))
		return false;
	in.attachment = id.n;
	in.sha256 = kept.sha256;
	*next = str_concat(rq->ctx.arena, reply_base(rq, r->id), STR("/enclosures"));
	return reply_enclose(&rq->ctx, edit, &in, err);
}

static bool post_serve(struct web_request *rq, const struct request *r, struct reply_edit edit,
		       struct str *next, struct err *err)
{
	struct service_new in = { .sent_on = web_date(rq, "sent_on").v,
				  .signed_on = web_date(rq, "signed_on"),
				  .tracking = web_text(rq, "tracking"),
				  .addressee = web_text(rq, "addressee"),
				  .note = web_text(rq, "note"),
				  .failed = web_has(rq, "failed") };

	(void)edit;
	(void)next;
	(void)service_way_from(web_text(rq, "way"), &in.way); /* the choices are these codes */
	if (web_has(rq, "send")) {
		const struct reply_mail_new mail = { web_text(rq, "email"), in.note };
		if (in.way != SERVICE_EMAIL || in.failed)
			return err_set_field(err, "send", ERR_INVALID, "reply.send_what", " ");
		return reply_serve_mail(&rq->ctx, r->id, &mail, err);
	}
	return receipt_of(rq, r, &in.receipt, err) && reply_serve(&rq->ctx, r->id, &in, err);
}

static bool post_prove(struct web_request *rq, const struct request *r, struct reply_edit edit,
		       struct str *next, struct err *err)
{
	struct opt_int receipt;

	(void)edit;
	(void)next;
	return receipt_of(rq, r, &receipt, err) &&
	       reply_prove(&rq->ctx, r->id, service_of(rq), web_date(rq, "signed_on").v,
			   web_text(rq, "addressee"), receipt, err);
}

static bool post_failed(struct web_request *rq, const struct request *r, struct reply_edit edit,
			struct str *next, struct err *err)
{
	(void)edit;
	(void)next;
	return reply_service_failed(&rq->ctx, r->id, service_of(rq), web_text(rq, "note"), err);
}

static bool post_close(struct web_request *rq, const struct request *r, struct reply_edit edit,
		       struct str *next, struct err *err)
{
	struct reply_closing in = { .on = web_date(rq, "on").v,
				    .reason = web_text(rq, "reason"),
				    .addressee = web_text(rq, "addressee") };

	(void)edit;
	(void)next;
	return kind_of(rq, "decision", &in.kind, err) && reply_close(&rq->ctx, r->id, &in, err);
}

static bool post_file(struct web_request *rq, const struct request *r, struct reply_edit edit,
		      struct str *next, struct err *err)
{
	(void)edit;
	(void)next;
	return reply_file(&rq->ctx, r->id, web_date(rq, "on").v, web_text(rq, "archive_no"),
			  (int)web_int(rq, "years", 0), err);
}

/* ---- the table */

#define NO_STEP REQUEST_VERB_COUNT

const struct reply_form reply_forms[] = {
	{ "items/:item/test", reply_fields_test, STR_INIT("逐项判断"),
	  STR_INIT("按条例规定的顺序一个一个判断，第一个回答“是”的就是处理结果"),
	  STR_INIT("记下回答"), REPLY_EDIT, fill_test, post_test, NO_STEP },
	{ "items/:item/decide", reply_fields_decide, STR_INIT("选定处理结果"),
	  STR_INIT("条例第三十六条至第三十九条"), STR_INIT("选定"), REPLY_EDIT, fill_decide,
	  post_decide, NO_STEP },
	{ "items/:item/asked", reply_fields_asked, STR_INIT("改写这一项"),
	  STR_INIT("条例第二十九条"), STR_INIT("保存"), REPLY_EDIT, fill_asked, post_asked,
	  NO_STEP },
	{ "items/:item/redact", reply_fields_redact, STR_INIT("登记遮盖"),
	  STR_INIT(
		  "条例第三十七条：能够作区分处理的，提供可以公开的内容，并对不予公开的内容说明理由"),
	  STR_INIT("登记"), REPLY_EDIT, fill_redact, post_redact, NO_STEP },
	{ "items/new", reply_fields_asked, STR_INIT("增加一项"),
	  STR_INIT("一件申请要几种信息的，逐项认定、逐项写明依据和结果"), STR_INIT("增加"),
	  REPLY_EDIT, fill_asked, post_add, NO_STEP },
	{ "pick", reply_fields_pick, STR_INIT("选定主要理由"),
	  STR_INIT("几项理由并存又没有可以提供的内容时，表三只计一行"), STR_INIT("选定"),
	  REPLY_EDIT, fill_pick, post_pick, NO_STEP },
	{ "letter", reply_fields_letter, STR_INIT("起草文书"), STR_INIT("GB/T 9704-2012 信函格式"),
	  STR_INIT("起草"), REPLY_EDIT, fill_letter, post_letter, NO_STEP },
	{ "enclosures", reply_fields_enclose, STR_INIT("随答复提供的文件"),
	  STR_INIT("条例第四十条：按照申请人要求的形式提供；遮盖的内容不能留在文件里"),
	  STR_INIT("上传"), REPLY_EDIT, fill_enclose, post_enclose, NO_STEP },
	{ "recall", reply_fields_reason, STR_INIT("撤回修改"), STR_INIT("撤回之后要重新送审"),
	  STR_INIT("撤回"), REPLY_RECALL, fill_nothing, post_recall, NO_STEP },
	{ "drop", reply_fields_reason, STR_INIT("作废这份稿件"), STR_INIT("记录保留，可以重新拟稿"),
	  STR_INIT("作废"), REPLY_DROP, fill_nothing, post_drop, NO_STEP },
	{ "review", reply_fields_review, STR_INIT("审核"),
	  STR_INIT("审核人不是承办人；条例第四十五条"), STR_INIT("提交审核结论"), REPLY_AGREE,
	  fill_review, post_review, NO_STEP },
	{ "advise", reply_fields_advise, STR_INIT("出具法律意见"), STR_INIT("不作为文书的一部分"),
	  STR_INIT("提交意见"), REPLY_ADVISE, fill_advise, post_advise, NO_STEP },
	{ "return", reply_fields_return, STR_INIT("退回修改"), STR_INIT("写明改什么"),
	  STR_INIT("退回"), REPLY_RETURN, fill_nothing, post_return, NO_STEP },
	{ "sign", reply_fields_sign, STR_INIT("签发"), STR_INIT("条例第三十六条：作出答复"),
	  STR_INIT("签发"), REPLY_SIGN, fill_sign, post_sign, NO_STEP },
	{ "again", reply_fields_again, STR_INIT("重新答复"),
	  STR_INIT("复议决定或者判决要求重新答复的，另作一次答复；原答复的统计不变"),
	  STR_INIT("开始拟稿"), REPLY_VERB_COUNT, fill_nothing, post_again, NO_STEP },
	{ "serve", reply_fields_serve, STR_INIT("登记送达"),
	  STR_INIT("国办公开办函〔2016〕235号；应当通过邮政企业寄送，不得使用其他快递或者要求到付"),
	  STR_INIT("登记"), REPLY_VERB_COUNT, fill_serve, post_serve, NO_STEP },
	{ "services/:service/prove", reply_fields_prove, STR_INIT("补记签收"),
	  STR_INIT("有签收日期或者回执，卷宗才完整"), STR_INIT("补记"), REPLY_VERB_COUNT,
	  fill_prove, post_prove, NO_STEP },
	{ "services/:service/failed", reply_fields_failed, STR_INIT("登记未能送达"),
	  STR_INIT("再登记下一次送达"), STR_INIT("登记"), REPLY_VERB_COUNT, fill_nothing,
	  post_failed, NO_STEP },
	{ "close", reply_fields_close, STR_INIT("终止办理"),
	  STR_INIT("条例第三十条、第四十二条；申请人撤回"), STR_INIT("终止办理"), REPLY_VERB_COUNT,
	  fill_close, post_close, VERB_CLOSE },
	{ "file", reply_fields_file, STR_INIT("归档"),
	  STR_INIT("条例第四十五条：登记、审核、办理、答复、归档都有记录"), STR_INIT("归档"),
	  REPLY_VERB_COUNT, fill_file, post_file, NO_STEP },
};
const size_t reply_forms_count = COUNT_OF(reply_forms);
