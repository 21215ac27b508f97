/*
 * reply_queue.c - replies under way, by the day they are due.
 *
 * The stage stands with the request, beside the due day, so a page of the list is one
 * stretch of an index however many wait. A place is "2020-11-30.17", day and request.
 */
#include "reply/reply_work.h"

#include "reply_sql.h"

#include <assert.h>

static bool place_parts(struct str place, struct str *due, int64_t *id)
{
	size_t dot = str_find(place, STR("."), 0);

	if (dot == SIZE_MAX || !str_to_i64(str_slice(place, dot + 1, place.len), id))
		return false;
	*due = str_slice(place, 0, dot);
	return true;
}

/* Both statements have the same columns. */
#define WAITING_FROM(rows)                                                                  \
	do {                                                                                \
		*out = ARENA_ARRAY(ctx->arena, *count, struct reply_waiting);               \
		for (size_t i = 0; i < *count; i++)                                         \
			(*out)[i] = (struct reply_waiting){ .request = (rows)[i].request_id, \
							    .number = (rows)[i].number,     \
							    .content = (rows)[i].content,   \
							    .by = (rows)[i].changed_by,     \
							    .unit = (rows)[i].unit_id,      \
							    .due = (rows)[i].due_on,        \
							    .since = (rows)[i].changed_at }; \
		*next = *count == max ? str_format(ctx->arena, STR_FMT ".%lld",             \
						   STR_ARG((rows)[max - 1].place),          \
						   (long long)(rows)[max - 1].request_id.n) \
				      : STR_NONE;                                           \
		return true;                                                                \
	} while (0)

bool reply_queue(struct ctx *ctx, const struct reply_filter *f, struct str place, size_t max,
		 struct reply_waiting **out, size_t *count, struct str *next, struct err *err)
{
	struct str due = STR_NONE, stage = reply_stage_code(f->stage);
	int64_t id = 0;

	assert(max > 0 && f->stage < REPLY_SIGNED);
	(void)place_parts(place, &due, &id);
	if (f->unit.known) {
		struct reply_queue_unit_in in = { .unit_id = { f->unit.v }, .stage = stage,
						  .after_due = due, .after_id = id,
						  .max = (int64_t)max };
		struct reply_queue_unit_row *rows;
		if (!reply_queue_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		WAITING_FROM(rows);
	}
	struct reply_queue_site_in in = { .stage = stage, .after_due = due, .after_id = id,
					  .max = (int64_t)max };
	struct reply_queue_site_row *rows;
	if (!reply_queue_site_all(ctx, &in, max, &rows, count, err))
		return false;
	WAITING_FROM(rows);
}

bool reply_queue_count(struct ctx *ctx, const struct reply_filter *f, int64_t *out,
		       struct err *err)
{
	struct reply_count_unit_in of = { .unit_id = { f->unit.v },
					  .stage = reply_stage_code(f->stage),
					  .max = REPLY_COUNT_MAX };
	struct reply_count_site_in all = { .stage = reply_stage_code(f->stage),
					   .max = REPLY_COUNT_MAX };
	struct reply_count_unit_row of_unit = { 0 };
	struct reply_count_site_row of_site = { 0 };
	bool found;

	if (f->unit.known ? !reply_count_unit(ctx, &of, &of_unit, &found, err)
			  : !reply_count_site(ctx, &all, &of_site, &found, err))
		return false;
	*out = f->unit.known ? of_unit.found : of_site.found;
	return true;
}

bool work_stage(struct ctx *ctx, struct request_id request, enum reply_stage stage,
		struct err *err)
{
	bool under_way = stage != REPLY_SIGNED && stage != REPLY_DROPPED;
	struct reply_stage_set_in in = { .request_id = request,
					 .stage = under_way ? reply_stage_code(stage) : STR_NONE };

	return reply_stage_set(ctx, &in, NULL, err);
}
