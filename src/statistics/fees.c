/*
 * fees.c - 信息处理费 of a year: notices, what they asked for, what came in; and the requests
 * behind each.
 */
#include "statistics/statistics.h"

#include "statistics_sql.h"

const struct form_column statistics_fee_figures[FEES] = {
	[FEE_NOTICES] = { STR_INIT("notices"), STR_INIT("发出收费通知件数") },
	[FEE_CHARGED] = { STR_INIT("charged"), STR_INIT("收费通知总金额（元）") },
	[FEE_PAID] = { STR_INIT("paid"), STR_INIT("实际收取总金额（元）") },
};

struct span { int64_t unit; struct date first, last; };

static struct span span_of(const struct scope *s)
{
	return (struct span){ .unit = s->unit.known ? s->unit.v : 0,
			      .first = date_make(s->year, 1, 1),
			      .last = date_make(s->year, 12, 31) };
}

bool statistics_fees(struct ctx *ctx, const struct scope *s, int64_t out[FEES], struct err *err)
{
	struct span span = span_of(s);
	struct fees_charged_in charged_in = { span.unit, span.first, span.last };
	struct fees_paid_in paid_in = { span.unit, span.first, span.last };
	struct fees_charged_row charged;
	struct fees_paid_row paid;
	bool found;

	for (int f = 0; f < FEES; f++)
		out[f] = 0;
	if (s->form == FORM_2019)
		return true;
	if (!fees_charged(ctx, &charged_in, &charged, &found, err) ||
	    !fees_paid(ctx, &paid_in, &paid, &found, err))
		return false;
	out[FEE_NOTICES] = charged.notices * 100;
	out[FEE_CHARGED] = charged.fen;
	out[FEE_PAID] = paid.fen;
	return true;
}

/* ---- the requests behind them */

static struct str told(struct arena *a, struct date day, int64_t fen, const char *what)
{
	return str_format(a, STR_FMT "%s" STR_FMT "元", STR_ARG(date_iso(a, day)), what,
			  STR_ARG(figure_print(a, fen)));
}

#define ROWS_FROM(found, n, what_was_done)                                                   \
	do {                                                                                 \
		*rows = ARENA_ARRAY(ctx->arena, (n), struct record_row);                     \
		for (size_t i = 0; i < (n); i++)                                             \
			(*rows)[i] = (struct record_row){                                    \
				.id = (found)[i].id,                                         \
				.number = (found)[i].number,                                 \
				.unit_name = (found)[i].unit_name,                           \
				.what = (found)[i].content,                                  \
				.state = told(ctx->arena, (found)[i].day, (found)[i].fen,    \
					      what_was_done),                                \
				.received_on = (found)[i].received_on,                       \
				.closed_on = (found)[i].closed_on,                           \
			};                                                                   \
	} while (0)

static bool charged_rows(struct ctx *ctx, const struct span *span, int64_t after, size_t max,
			 struct record_row **rows, size_t *count, struct err *err)
{
	struct records_charged_in in = { span->unit, span->first, span->last, after, (int64_t)max };
	struct records_charged_row *found;

	if (!records_charged_all(ctx, &in, max, &found, count, err))
		return false;
	ROWS_FROM(found, *count, "通知");
	return true;
}

static bool paid_rows(struct ctx *ctx, const struct span *span, int64_t after, size_t max,
		      struct record_row **rows, size_t *count, struct err *err)
{
	struct records_paid_in in = { span->unit, span->first, span->last, after, (int64_t)max };
	struct records_paid_row *found;

	if (!records_paid_all(ctx, &in, max, &found, count, err))
		return false;
	ROWS_FROM(found, *count, "缴费");
	return true;
}

bool statistics_records_fee(struct ctx *ctx, const struct scope *s, struct str figure,
			    int64_t after_id, size_t max, struct record_row **rows, size_t *count,
			    struct err *err)
{
	struct span span = span_of(s);
	int f = 0;

	while (f < FEES && !str_equal(figure, statistics_fee_figures[f].key))
		f++;
	if (f == FEES || s->form == FORM_2019)
		return err_set(err, ERR_NOT_FOUND, "statistics.no_figure", "fee." STR_FMT,
			       STR_ARG(figure));
	return f == FEE_PAID ? paid_rows(ctx, &span, after_id, max, rows, count, err)
			     : charged_rows(ctx, &span, after_id, max, rows, count, err);
}
