/*
 * request_correction.c - 补正, 条例第三十条: all points in one notice, with guidance and
 * a reasonable period; and what the applicant sent.
 *
 * The rules about its days stand in request_guard.c.
 */
#include "request/case.h"

#include "request_steps_sql.h"

bool request_correction_find(struct ctx *ctx, struct request_id id, struct request_correction *out,
			     bool *found, struct err *err)
{
	struct request_correction_of_row row;

	if (!request_correction_of(ctx, &(struct request_correction_of_in){ .request_id = id },
				   &row, found, err))
		return false;
	if (*found)
		*out = (struct request_correction){ row.points, row.guidance,
						    row.answer.known ? row.answer.v : STR_NONE };
	return true;
}

static bool notice(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		   struct err *err)
{
	struct str words = str_format(ctx->arena, STR_FMT "\n" STR_FMT, STR_ARG(step->text),
				      STR_ARG(step->guidance));
	struct request_correction_insert_in in = { .request_id = c->r.id,
						   .points = step->text,
						   .guidance = step->guidance };

	c->r.correction_sent_on = (struct opt_date){ true, step->on };
	c->r.correction_until = (struct opt_date){ true, step->until };
	if (step->text.len == 0)
		return true; /* a finished case, recorded without it */
	in.salt = case_bind(ctx, c, words);
	return request_correction_insert(ctx, &in, NULL, err);
}

bool correction_change(struct ctx *ctx, struct request_case *c, const struct request_step *step,
		       struct err *err)
{
	struct request_correction_answer_in in = { .request_id = c->r.id, .answer = step->text };

	if (step->verb == VERB_ASK_CORRECTION)
		return notice(ctx, c, step, err);
	if (step->text.len == 0)
		return true; /* it came on paper, and lies in the file */
	in.salt = case_bind(ctx, c, step->text);
	return request_correction_answer(ctx, &in, NULL, err);
}
