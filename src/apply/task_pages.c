/*
 * task_pages.c - what the applicant does about a request: correcting it, giving reasons,
 * withdrawing it; and its files.
 *
 * Each may be sent twice, by a second click or after a lost answer: what was done already is
 * answered like the first time.
 */
#include "apply/apply_view.h"
#include "apply_html.h"
#include "attachment/attachment_pages.h"

static const char *const file_fields[] = { "file", "file2", "file3" };

static bool entered(struct web_request *rq, struct request *r, bool *found, struct err *err)
{
	if (!apply_entered(rq, r, found, err))
		return false;
	rq->ctx.actor.name = STR("申请人");
	return true;
}

bool apply_refused(struct web_request *rq, struct web_reply *rp, const struct err *why,
		   web_handler *page, struct err *err)
{
	if (rq->wants_json || (why->code != ERR_CONFLICT && why->code != ERR_LIMIT)) {
		*err = *why;
		return false;
	}
	web_field_error(rq, "text", err_text(rq->ctx.arena, rq->ctx.locale, why));
	bool drawn = web_form_again(rq, rp, page, err);
	web_status(rp, 409);
	return drawn;
}

/* The files first: if one is refused, nothing of the step is written. */
static bool take_files(struct web_request *rq, const struct request *r,
		       enum attachment_purpose purpose, size_t *brought, struct err *err)
{
	struct upload upload = { .file_name = STR_NONE };
	struct attachment_id id;

	*brought = 0;
	for (size_t i = 0; i < COUNT_OF(file_fields); i++) {
		if (!web_file(rq, file_fields[i], &upload) || upload.content.len == 0)
			continue;
		struct attachment_new in = { .subject_kind = "request", .subject_id = r->id.n,
					     .purpose = purpose, .file_name = upload.file_name,
					     .content = upload.content,
					     .who = BROUGHT_BY_APPLICANT };
		if (!attachment_add(&rq->ctx, &in, &id, err)) {
			if (err->field != NULL)
				err->field = file_fields[i];
			return false;
		}
		(*brought)++;
	}
	return true;
}

static bool take_answer(struct web_request *rq, struct web_reply *rp, const struct request *r,
			enum request_verb verb, enum attachment_purpose purpose, struct err *err)
{
	bool correcting = verb == VERB_RECEIVE_CORRECTION;
	struct request_step step = { .verb = verb, .on = rq->ctx.today, .text = STR("（见附件）") };
	struct err why = { 0 };
	size_t brought;

	/* Before a file is kept: what comes too late is shown again with its words. */
	if (!request_check_step(&rq->ctx, r->id, &step, &why))
		return apply_refused(rq, rp, &why, apply_progress_page, err);
	step.text = str_trim(web_text(rq, "text"));
	if (!take_files(rq, r, purpose, &brought, err))
		return false;
	if (step.text.len == 0 && brought > 0)
		step.text = STR("（见附件）");
	if (step.text.len == 0)
		return err_set_field(err, "text", ERR_INVALID, "apply.no_text", " ");
	return request_take_step(&rq->ctx, r->id, &step, err) &&
	       web_redirect(rp, STR("/request/progress"),
			    correcting ? "apply.corrected" : "apply.explained");
}

/* The same words were received before: the second click of one who is impatient. */
static bool corrected_already(struct web_request *rq, const struct request *r, bool *already,
			      struct err *err)
{
	struct request_correction c;
	bool found;

	*already = false;
	if (r->state == REQUEST_CORRECTING)
		return true;
	if (!request_correction_find(&rq->ctx, r->id, &c, &found, err))
		return false;
	*already = found && c.answer.len > 0 && str_equal(c.answer, str_trim(web_text(rq, "text")));
	return true;
}

bool apply_correct_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;
	bool found, already;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found)
		return apply_enter_again(rq, rp, err);
	if (!corrected_already(rq, &r, &already, err))
		return false;
	if (already)
		return web_redirect(rp, STR("/request/progress"), "apply.corrected");
	if (r.state == REQUEST_CORRECTING && !apply_in_time(&r, rq->ctx.today)) {
		struct err why = { 0 };
		(void)err_set(&why, ERR_CONFLICT, "apply.too_late", STR_FMT,
			      STR_ARG(date_chinese(rq->ctx.arena, r.correction_until.v)));
		return apply_refused(rq, rp, &why, apply_progress_page, err);
	}
	return take_answer(rq, rp, &r, VERB_RECEIVE_CORRECTION, ATTACHMENT_CORRECTION, err);
}

static bool explained_already(struct web_request *rq, const struct request *r, bool *already,
			      struct err *err)
{
	struct request_explanation e;
	bool found;

	*already = false;
	if (r->reasons == REASONS_ASKED)
		return true;
	if (!request_explanation_find(&rq->ctx, r->id, &e, &found, err))
		return false;
	*already = found && e.text.len > 0 && str_equal(e.text, str_trim(web_text(rq, "text")));
	return true;
}

bool apply_explain_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;
	bool found, already;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found)
		return apply_enter_again(rq, rp, err);
	if (!explained_already(rq, &r, &already, err))
		return false;
	if (already)
		return web_redirect(rp, STR("/request/progress"), "apply.explained");
	return take_answer(rq, rp, &r, VERB_RECEIVE_REASONS, ATTACHMENT_REASONS, err);
}

/* ---- withdrawing, on a page of its own that asks once more */

bool apply_withdraw_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct apply_withdraw_view v = { .form = web_form_state(rq) };
	struct request r;
	bool found;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found)
		return apply_progress_page(rq, rp, err);
	v.r = &r;
	if (!request_may(r.state, VERB_CLOSE))
		v.why_not = str_format(rq->ctx.arena, "这件申请现在是“" STR_FMT "”，不能再撤回。",
				       STR_ARG(request_state_label(r.state)));
	struct page page = { .title = STR("撤回申请"), .errors = v.form.errors_count };
	apply_private(rp);
	struct html *h = web_page_begin(rq, rp, &page);
	apply_withdraw_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool apply_withdraw_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct request r;
	bool found;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.enter_first", " ");
	if (str_equal_c(r.decision, "withdraw"))
		return web_redirect(rp, STR("/request/progress"), "apply.withdrawn");
	return apply_withdraw(&rq->ctx, &r, err) &&
	       web_redirect(rp, STR("/request/progress"), "apply.withdrawn");
}

bool apply_file_get(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment a;
	struct request r;
	bool found;
	int64_t id;

	if (!entered(rq, &r, &found, err))
		return false;
	if (!found || !web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "?");
	return apply_file(&rq->ctx, r.id, (struct attachment_id){ id }, &a, err) &&
	       attachment_serve(rq, rp, a.id, err);
}
