/*
 * records.c - the records behind a figure: what the counting statements counted,
 * listed a page at a time.
 */
#include "statistics/statistics.h"

#include "statistics_sql.h"

#define RECORDS_FROM(rows, out, n, from, until)                                           \
	do {                                                                              \
		(out) = ARENA_ARRAY(ctx->arena, (n), struct record_row);                  \
		for (size_t i = 0; i < (n); i++)                                          \
			(out)[i] = (struct record_row){ .id = (rows)[i].id,               \
							.number = (rows)[i].number,       \
							.unit_name = (rows)[i].unit_name, \
							.what = (rows)[i].content,        \
							.state = (rows)[i].state,         \
							.received_on = from,              \
							.closed_on = until };             \
	} while (0)

struct page { int64_t unit, after, as_of; struct str applicant, outcome; size_t max; };

/* What was done in the closing year that was known then; a later day is not told as if it were. */
static struct opt_date closed_then(struct opt_date now, struct opt_int year)
{
	return (struct opt_date){ now.known && year.known && date_year(now.v) == year.v, now.v };
}

static bool list_then(struct ctx *ctx, const char *part, int year, const struct page *p,
		      struct record_row **rows, size_t *count, struct err *err)
{
	struct records_as_of_row *found;
	struct records_as_of_in in = { .year = year, .unit_id = p->unit, .position = p->as_of,
				       .part = str_from_c(part), .applicant = p->applicant,
				       .outcome = p->outcome, .after = p->after,
				       .max = (int64_t)p->max };

	if (!records_as_of_all(ctx, &in, p->max, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct record_row);
	for (size_t i = 0; i < *count; i++)
		(*rows)[i] = (struct record_row){
			.id = found[i].id, .number = found[i].number,
			.unit_name = found[i].unit_name, .what = found[i].content,
			.state = found[i].outcome.known ? found[i].outcome.v : STR_NONE,
			.received_on = found[i].received_on, .then = true,
			.closed_on = closed_then(found[i].closed_on, found[i].closed_year),
			.applicant = found[i].applicant, .closed_year = found[i].closed_year };
	return true;
}

static bool list_then4(struct ctx *ctx, const char *part, const struct scope *s, struct str route,
		       struct str outcome, int64_t after, size_t max, struct record_row **rows,
		       size_t *count, struct err *err)
{
	struct records4_as_of_row *found;
	struct records4_as_of_in in = { .year = s->year, .unit_id = s->unit.known ? s->unit.v : 0,
					.position = s->as_of, .part = str_from_c(part),
					.route = route, .outcome = outcome, .after = after,
					.max = (int64_t)max };

	if (!records4_as_of_all(ctx, &in, max, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct record_row);
	for (size_t i = 0; i < *count; i++) {
		struct record_row *row = &(*rows)[i];
		*row = (struct record_row){
			.id = found[i].id, .number = found[i].number,
			.unit_name = found[i].unit_name, .what = found[i].content,
			.received_on = { true, found[i].accepted_on }, .then = true,
			.closed_on = closed_then(found[i].concluded_on, found[i].concluded_year),
			.closed_year = found[i].concluded_year };
		for (int o = 0; o < ROUTE_OUTCOMES && found[i].outcome.known; o++)
			if (str_equal(form_outcomes[o].key, found[i].outcome.v))
				row->state = form_outcomes[o].label;
	}
	return true;
}

static bool list_new(struct ctx *ctx, int year, const struct page *p, struct record_row **rows,
		     size_t *count, struct err *err)
{
	struct records_new_row *found;
	struct records_new_in in = { .year = year,
				     .unit_id = p->unit,
				     .applicant = p->applicant,
				     .after = p->after,
				     .max = (int64_t)p->max };

	if (p->as_of > 0)
		return list_then(ctx, "new", year, p, rows, count, err);
	if (!records_new_all(ctx, &in, p->max, &found, count, err))
		return false;
	RECORDS_FROM(found, *rows, *count, found[i].received_on, found[i].closed_on);
	return true;
}

static bool list_closed(struct ctx *ctx, int year, const struct page *p, struct record_row **rows,
			size_t *count, struct err *err)
{
	struct records_closed_row *found;
	struct records_closed_in in = { .year = year,
					.unit_id = p->unit,
					.applicant = p->applicant,
					.outcome = p->outcome,
					.after = p->after,
					.max = (int64_t)p->max };

	if (p->as_of > 0)
		return list_then(ctx, "closed", year, p, rows, count, err);
	if (!records_closed_all(ctx, &in, p->max, &found, count, err))
		return false;
	RECORDS_FROM(found, *rows, *count, found[i].received_on, found[i].closed_on);
	return true;
}

static bool list_open(struct ctx *ctx, int year, const struct page *p, struct record_row **rows,
		      size_t *count, struct err *err)
{
	struct records_open_row *found;
	struct records_open_in in = { .year = year,
				      .unit_id = p->unit,
				      .applicant = p->applicant,
				      .after = p->after,
				      .max = (int64_t)p->max };

	if (p->as_of > 0)
		return list_then(ctx, "open", year, p, rows, count, err);
	if (!records_open_all(ctx, &in, p->max, &found, count, err))
		return false;
	RECORDS_FROM(found, *rows, *count, found[i].received_on, found[i].closed_on);
	return true;
}

static bool no_figure(struct str line, struct str column, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, "statistics.no_figure", STR_FMT "." STR_FMT,
		       STR_ARG(line), STR_ARG(column));
}

/* Puts a page into a longer one kept in order of id: pages are short. */
static void merge(struct record_row *all, size_t *merged, const struct record_row *part, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		size_t at = (*merged)++;
		while (at > 0 && all[at - 1].id > part[k].id) {
			all[at] = all[at - 1];
			at--;
		}
		all[at] = part[k];
	}
}

/*
 * A line that stands for several outcomes (a group, or 其他处理 in the earlier form)
 * lists them one after another: after_id counts within one outcome, so the pages
 * of a group are cut from their merged order by id.
 */
static bool list_group(struct ctx *ctx, const struct scope *s, int line, const struct page *p,
		       struct record_row **rows, size_t *count, struct err *err)
{
	static const char *const finer[] = { "other_overdue_correction", "other_overdue_fee",
					     "other_rest" };
	size_t lines, merged = 0;
	const struct form_line *form = form_table3(s->form, &lines);
	struct record_row *all = ARENA_ARRAY(ctx->arena, (lines + 3) * p->max, struct record_row);
	bool other = str_equal(form[line].key, STR("other_handling"));

	for (size_t i = 0; i < lines + COUNT_OF(finer); i++) {
		struct page one = *p;
		struct record_row *part;
		size_t n;
		if (i < lines && (other || !str_equal(form[i].parent, form[line].key)))
			continue;
		if (i >= lines && !other)
			break;
		one.outcome = i < lines ? form[i].key : str_from_c(finer[i - lines]);
		if (!list_closed(ctx, s->year, &one, &part, &n, err))
			return false;
		merge(all, &merged, part, n);
	}
	*rows = all;
	*count = merged < p->max ? merged : p->max;
	return true;
}

bool statistics_records3(struct ctx *ctx, const struct scope *s, struct str line, struct str column,
			 int64_t after_id, size_t max, struct record_row **rows, size_t *count,
			 struct err *err)
{
	struct page p = { .unit = s->unit.known ? s->unit.v : 0, .after = after_id, .max = max,
			  .as_of = s->as_of };
	int at = form_table3_find(s->form, line);
	size_t lines;
	bool known = str_equal(column, STR("total"));

	for (int c = 0; c < APPLICANT_TOTAL; c++)
		known = known || str_equal(column, form_applicants[c].key);
	if (at < 0 || !known)
		return no_figure(line, column, err);
	p.applicant = str_equal(column, STR("total")) ? STR_NONE : column;
	if (str_equal(line, STR("new_received")))
		return list_new(ctx, s->year, &p, rows, count, err);
	if (str_equal(line, STR("carried_in")))
		return list_open(ctx, s->year - 1, &p, rows, count, err);
	if (str_equal(line, STR("carried_out")))
		return list_open(ctx, s->year, &p, rows, count, err);
	if (str_equal(line, STR("results_total")) || str_equal(line, STR("results")))
		return list_closed(ctx, s->year, &p, rows, count, err);
	const struct form_line *form = form_table3(s->form, &lines);
	if (form[at].kind == LINE_GROUP || str_equal(line, STR("other_handling")))
		return list_group(ctx, s, at, &p, rows, count, err);
	p.outcome = line;
	return list_closed(ctx, s->year, &p, rows, count, err);
}

static bool is_key(const struct form_column *columns, int count, struct str key)
{
	for (int i = 0; i < count; i++)
		if (str_equal(columns[i].key, key))
			return true;
	return false;
}

/* t4.all: the three routes together. */
static bool list_routes(struct ctx *ctx, const struct scope *s, struct str outcome,
			int64_t after_id, size_t max, struct record_row **rows, size_t *count,
			struct err *err)
{
	struct record_row *all = ARENA_ARRAY(ctx->arena, ROUTES * max, struct record_row), *part;
	size_t merged = 0, n;

	for (int r = 0; r < ROUTES; r++) {
		if (!statistics_records4(ctx, s, form_routes[r].key, outcome, after_id, max, &part,
					 &n, err))
			return false;
		merge(all, &merged, part, n);
	}
	*rows = all;
	*count = merged < max ? merged : max;
	return true;
}

bool statistics_records4(struct ctx *ctx, const struct scope *s, struct str route,
			 struct str outcome, int64_t after_id, size_t max, struct record_row **rows,
			 size_t *count, struct err *err)
{
	int64_t unit = s->unit.known ? s->unit.v : 0;

	if (str_equal(route, STR("all")))
		return list_routes(ctx, s, outcome, after_id, max, rows, count, err);
	if (!is_key(form_routes, ROUTES, route) || !is_key(form_outcomes, ROUTE_OUTCOMES, outcome))
		return no_figure(route, outcome, err);
	if (s->as_of > 0) {
		bool pending = str_equal(outcome, STR("pending"));
		bool both = str_equal(outcome, STR("total"));
		const char *part = pending ? "pending" : both ? "both" : "concluded";
		return list_then4(ctx, part, s, route, pending || both ? STR_NONE : outcome,
				  after_id, max, rows, count, err);
	}
	if (str_equal(outcome, STR("pending"))) {
		struct records_pending_row *found;
		struct records_pending_in in = { .year = s->year,
						 .unit_id = unit,
						 .route = route,
						 .after = after_id,
						 .max = (int64_t)max };
		if (!records_pending_all(ctx, &in, max, &found, count, err))
			return false;
		RECORDS_FROM(found, *rows, *count,
			     ((struct opt_date){ true, found[i].accepted_on }),
			     found[i].concluded_on);
		return true;
	}
	if (str_equal(outcome, STR("total"))) {
		struct records_both4_row *found;
		struct records_both4_in in = { .year = s->year,
					       .unit_id = unit,
					       .route = route,
					       .after = after_id,
					       .max = (int64_t)max };
		if (!records_both4_all(ctx, &in, max, &found, count, err))
			return false;
		RECORDS_FROM(found, *rows, *count,
			     ((struct opt_date){ true, found[i].accepted_on }),
			     found[i].concluded_on);
		return true;
	}
	struct records_concluded_row *found;
	struct records_concluded_in in = { .year = s->year,
					   .unit_id = unit,
					   .route = route,
					   .outcome = outcome,
					   .after = after_id,
					   .max = (int64_t)max };
	if (!records_concluded_all(ctx, &in, max, &found, count, err))
		return false;
	RECORDS_FROM(found, *rows, *count, ((struct opt_date){ true, found[i].accepted_on }),
		     found[i].concluded_on);
	return true;
}
