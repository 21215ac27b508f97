/*
 * request_seal.c - what imported registers ask for, sealed after the import.
 *
 * An import writes plain text, because a hundred thousand seals would be most of
 * its time while everybody else waits. Here each chunk costs the writer a few
 * milliseconds. Figures, days, likeness and the ledger's commitments are made of
 * the words themselves, so nothing but the column changes.
 */
#include "request/request.h"

#include "db/sealed.h"
#include "request_seal_sql.h"

enum { CHUNK = 500 };

static bool read_until(struct ctx *ctx, int64_t *until, struct err *err)
{
	struct seal_until_row row;
	bool found;

	*until = 0;
	if (!seal_until(ctx, &row, &found, err))
		return false;
	if (found)
		(void)str_to_i64(row.value, until);
	return true;
}

static bool seal_chunk(struct ctx *ctx, size_t *changed, bool *more, struct err *err)
{
	struct seal_next_in in = { .max = CHUNK };
	struct seal_next_row *rows;
	size_t count;

	if (!read_until(ctx, &in.after.n, err) ||
	    !seal_next_all(ctx, &in, CHUNK, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct seal_one_in one = { .id = rows[i].id, .content = rows[i].content };
		if (one.content.len == 0 || sealed_marked(one.content))
			continue;
		if (!seal_one(ctx, &one, NULL, err))
			return false;
		(*changed)++;
	}
	*more = count == CHUNK;
	if (count == 0)
		return true;
	struct seal_until_write_in until = {
		.value = str_format(ctx->arena, "%lld", (long long)rows[count - 1].id.n),
	};
	return seal_until_write(ctx, &until, NULL, err);
}

bool request_seal_all(struct ctx *ctx, size_t *changed, struct err *err)
{
	bool more = true;

	*changed = 0;
	while (more) {
		struct arena_mark mark = arena_mark(ctx->arena);
		if (!seal_chunk(ctx, changed, &more, err))
			return false;
		arena_rewind(ctx->arena, mark);
	}
	return true;
}

bool request_seal_on_job(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct job_new again = { .topic = "request.seal", .subject_kind = "" };
	size_t changed = 0;
	bool more;

	(void)job;
	return seal_chunk(ctx, &changed, &more, err) && (!more || jobs_add(ctx, &again, err));
}
