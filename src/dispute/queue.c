/* queue.c - lists of proceedings: what is owed, open, concluded; a page at a time. */
#include "dispute/dossier_work.h"

#include "dispute_sql.h"

#include <assert.h>

static const struct { const char *code; struct str label; } whichs[WHICH_COUNT] = {
	[WHICH_OPEN] = { "open", STR_INIT("尚未审结") },
	[WHICH_DUE] = { "due", STR_INIT("有期限的事项") },
	[WHICH_LATE] = { "late", STR_INIT("已过期限") },
	[WHICH_CONCLUDED] = { "concluded", STR_INIT("已审结") },
	[WHICH_ALL] = { "all", STR_INIT("全部") },
};

struct str dispute_which_code(enum dispute_which w)
{
	return str_from_c(whichs[w].code);
}

struct str dispute_which_label(enum dispute_which w)
{
	return whichs[w].label;
}

bool dispute_which_from(struct str code, enum dispute_which *out)
{
	for (int w = 0; w < WHICH_COUNT; w++)
		if (str_equal_c(code, whichs[w].code)) {
			*out = (enum dispute_which)w;
			return true;
		}
	return false;
}

struct ids { struct dispute_id *list; size_t count; };

#define IDS_FROM(rows)                                                                \
	do {                                                                          \
		ids->list = ARENA_ARRAY(ctx->arena, ids->count, struct dispute_id);   \
		for (size_t i = 0; i < ids->count; i++)                               \
			ids->list[i] = (rows)[i].id;                                  \
		return true;                                                          \
	} while (0)

static struct str route_of(const struct dispute_filter *f)
{
	return f->one_route ? dispute_route_code(f->route) : STR_NONE;
}

/* "2020-08-03.12" or "（2020）示复第1号.12": a key, and the id where the page before ended. */
static bool split_place(struct str place, struct str *key, int64_t *id)
{
	size_t dot = place.len;

	while (dot > 0 && place.ptr[dot - 1] != '.')
		dot--;
	if (dot == 0 || !str_to_i64(str_slice(place, dot, place.len), id))
		return false;
	*key = str_slice(place, 0, dot - 1);
	return true;
}

static bool newest(struct ctx *ctx, const struct dispute_filter *f, struct str place, size_t max,
		   struct ids *ids, struct err *err)
{
	struct str which = dispute_which_code(f->which);
	int64_t before;

	if (!str_to_i64(place, &before) || before <= 0)
		before = INT64_MAX;
	if (f->unit.known) {
		struct dispute_ids_newest_unit_in in = { .unit_id = { f->unit.v },
							 .which = which,
							 .route = route_of(f),
							 .before = before,
							 .max = (int64_t)max };
		struct dispute_ids_newest_unit_row *rows;
		if (!dispute_ids_newest_unit_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		IDS_FROM(rows);
	}
	struct dispute_ids_newest_in in = { .which = which, .route = route_of(f),
					    .before = before, .max = (int64_t)max };
	struct dispute_ids_newest_row *rows;
	if (!dispute_ids_newest_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	IDS_FROM(rows);
}

static bool by_case_no(struct ctx *ctx, const struct dispute_filter *f, struct str place,
		       size_t max, struct ids *ids, struct err *err)
{
	bool up = f->order == ORDER_CASE_UP;
	struct str key = up ? STR_NONE : STR("\xF4\x8F\xBF\xBF"); /* behind every text */
	int64_t id = up ? 0 : INT64_MAX, unit = f->unit.known ? f->unit.v : 0;

	(void)split_place(place, &key, &id);
	if (up) {
		struct dispute_ids_case_up_in in = { .unit_id = unit,
						     .which = dispute_which_code(f->which),
						     .route = route_of(f), .after = key,
						     .after_id = id, .max = (int64_t)max };
		struct dispute_ids_case_up_row *rows;
		if (!dispute_ids_case_up_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		IDS_FROM(rows);
	}
	struct dispute_ids_case_down_in in = { .unit_id = unit,
					       .which = dispute_which_code(f->which),
					       .route = route_of(f), .before = key,
					       .before_id = id, .max = (int64_t)max };
	struct dispute_ids_case_down_row *rows;
	if (!dispute_ids_case_down_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	IDS_FROM(rows);
}

/* Up to the day, which is not among them. */
static struct str due_before(struct ctx *ctx, enum dispute_which which)
{
	return which == WHICH_LATE ? date_iso(ctx->arena, ctx->today) : STR("9999");
}

static bool by_due(struct ctx *ctx, const struct dispute_filter *f, struct str place, size_t max,
		   struct ids *ids, struct err *err)
{
	struct str key = STR_NONE, before = due_before(ctx, f->which);
	int64_t id = 0;

	(void)split_place(place, &key, &id);
	if (f->unit.known) {
		struct dispute_ids_due_unit_in in = { .unit_id = { f->unit.v },
						      .route = route_of(f), .after = key,
						      .after_id = id, .before = before,
						      .max = (int64_t)max };
		struct dispute_ids_due_unit_row *rows;
		if (!dispute_ids_due_unit_all(ctx, &in, max, &rows, &ids->count, err))
			return false;
		IDS_FROM(rows);
	}
	struct dispute_ids_due_in in = { .route = route_of(f), .after = key, .after_id = id,
					 .before = before, .max = (int64_t)max };
	struct dispute_ids_due_row *rows;
	if (!dispute_ids_due_all(ctx, &in, max, &rows, &ids->count, err))
		return false;
	IDS_FROM(rows);
}

static bool is_by_due(const struct dispute_filter *f)
{
	return f->which == WHICH_DUE || f->which == WHICH_LATE;
}

static struct str place_after(struct arena *a, const struct dispute_filter *f,
			      const struct dispute *d)
{
	struct str key = d->case_no;

	if (!is_by_due(f) && f->order == ORDER_NEWEST)
		return str_format(a, "%lld", (long long)d->id.n);
	if (is_by_due(f))
		key = date_iso(a, d->next_on.known ? d->next_on.v : dossier_no_day());
	return str_format(a, STR_FMT ".%lld", STR_ARG(key), (long long)d->id.n);
}

bool dispute_page(struct ctx *ctx, const struct dispute_filter *f, struct str place, size_t max,
		  struct dispute **out, size_t *count, struct str *next, struct err *err)
{
	struct ids ids = { 0 };
	bool ok;

	assert(max > 0);
	if (is_by_due(f))
		ok = by_due(ctx, f, place, max, &ids, err);
	else if (f->order == ORDER_NEWEST)
		ok = newest(ctx, f, place, max, &ids, err);
	else
		ok = by_case_no(ctx, f, place, max, &ids, err);
	if (!ok)
		return false;
	*out = ARENA_ARRAY(ctx->arena, ids.count, struct dispute);
	for (size_t i = 0; i < ids.count; i++)
		if (!dispute_find(ctx, ids.list[i], &(*out)[i], err))
			return false;
	*count = ids.count;
	*next = ids.count == max ? place_after(ctx->arena, f, &(*out)[max - 1]) : STR_NONE;
	return true;
}

bool dispute_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		  struct dispute **out, size_t *count, struct err *err)
{
	struct dispute_filter f = { .unit = unit, .which = WHICH_ALL };
	struct str next, place = before > 0 ? str_format(ctx->arena, "%lld", (long long)before)
					    : STR_NONE;

	return dispute_page(ctx, &f, place, max, out, count, &next, err);
}

static bool count_before(struct ctx *ctx, struct opt_int unit, enum dispute_which which,
			 int64_t *n, struct err *err)
{
	struct str before = due_before(ctx, which);
	struct dispute_due_count_unit_row of_unit;
	struct dispute_due_count_row of_site;
	bool found;

	if (unit.known) {
		struct dispute_due_count_unit_in in = { .unit_id = { unit.v }, .before = before,
							.max = DISPUTE_COUNT_MAX };
		if (!dispute_due_count_unit(ctx, &in, &of_unit, &found, err))
			return false;
		*n = of_unit.n;
		return true;
	}
	struct dispute_due_count_in in = { .before = before, .max = DISPUTE_COUNT_MAX };
	if (!dispute_due_count(ctx, &in, &of_site, &found, err))
		return false;
	*n = of_site.n;
	return true;
}

bool dispute_count_due(struct ctx *ctx, struct opt_int unit, int64_t *due, struct err *err)
{
	return count_before(ctx, unit, WHICH_DUE, due, err);
}

bool dispute_count(struct ctx *ctx, struct opt_int unit, struct dispute_counts *out,
		   struct err *err)
{
	return count_before(ctx, unit, WHICH_DUE, &out->due, err) &&
	       count_before(ctx, unit, WHICH_LATE, &out->late, err);
}
