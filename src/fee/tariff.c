/* tariff.c - the two tariffs as rows, and what follows from them. */
#include "fee/tariff.h"

#include "base/buf.h"

#include <assert.h>

#define YUAN 100

/* By piece. From the 31st on: 以10件为一档，每增加一档，收费标准提高100元/件. */
static const struct fee_band by_piece[] = {
	{ 1, 10, 0, 0, 0 },
	{ 11, 30, 100 * YUAN, 0, 0 },
	{ 31, 0, 200 * YUAN, 10, 100 * YUAN },
};
/* By pages. */
static const struct fee_band by_quantity[] = {
	{ 1, 30, 0, 0, 0 },
	{ 31, 100, 10 * YUAN, 0, 0 },
	{ 101, 200, 20 * YUAN, 0, 0 },
	{ 201, 0, 40 * YUAN, 0, 0 },
};

#define FROM_2021 { 18628 } /* 2021-01-01 */

const struct fee_tariff fee_tariffs[] = {
	{ FEE_BY_PIECE, "piece", STR_INIT("按件计收"), STR_INIT("件"),
	  STR_INIT("《政府信息公开信息处理费管理办法》第四条"), FROM_2021, { 0 }, by_piece,
	  COUNT_OF(by_piece) },
	{ FEE_BY_QUANTITY, "quantity", STR_INIT("按量计收"), STR_INIT("页"),
	  STR_INIT("《政府信息公开信息处理费管理办法》第五条"), FROM_2021, { 0 }, by_quantity,
	  COUNT_OF(by_quantity) },
};
const size_t fee_tariffs_count = COUNT_OF(fee_tariffs);

const struct fee_tariff *fee_tariff_on(enum fee_kind kind, struct date day)
{
	for (size_t i = 0; i < COUNT_OF(fee_tariffs); i++) {
		const struct fee_tariff *t = &fee_tariffs[i];
		if (t->kind == kind && date_compare(t->from, day) <= 0 &&
		    (!t->until.known || date_compare(day, t->until.v) <= 0))
			return t;
	}
	return NULL;
}

struct str fee_kind_code(enum fee_kind kind)
{
	return kind == FEE_BY_PIECE ? STR("piece") : STR("quantity");
}

struct str fee_kind_label(enum fee_kind kind)
{
	return kind == FEE_BY_PIECE ? STR("按件计收") : STR("按量计收");
}

bool fee_kind_from(struct str code, enum fee_kind *out)
{
	for (int k = 0; k < FEE_KINDS; k++) {
		if (!str_equal(code, fee_kind_code((enum fee_kind)k)))
			continue;
		*out = (enum fee_kind)k;
		return true;
	}
	return false;
}

/* ---- computing */

/* The units of one price that begin at `from`: up to *last, each *fen. */
static void part_at(const struct fee_tariff *t, int64_t from, int64_t *last, int64_t *fen)
{
	const struct fee_band *b = t->bands;

	while (b->last != 0 && b->last < from)
		b++;
	*fen = b->fen;
	*last = b->last != 0 ? b->last : FEE_UNITS_MAX;
	if (b->step == 0)
		return;
	int64_t grade = (from - b->first) / b->step;
	int64_t end = b->first + (grade + 1) * b->step - 1;
	*fen += grade * b->rise;
	*last = end < *last ? end : *last;
}

int64_t fee_price(const struct fee_tariff *tariff, int64_t k)
{
	int64_t last, fen;

	assert(k >= 1 && k <= FEE_UNITS_MAX);
	part_at(tariff, k, &last, &fen);
	return fen;
}

static size_t count_parts(const struct fee_tariff *t, int64_t first, int64_t last)
{
	size_t n = 0;
	int64_t end, fen;

	for (int64_t k = first; k <= last; k = end + 1, n++)
		part_at(t, k, &end, &fen);
	return n;
}

struct fee_work fee_work(struct arena *a, const struct fee_tariff *tariff, int64_t first,
			 int64_t last)
{
	struct fee_work w = { .tariff = tariff, .first = first, .last = last };

	assert(first >= 1 && first <= last && last <= FEE_UNITS_MAX);
	w.lines = ARENA_ARRAY(a, count_parts(tariff, first, last), struct fee_line);
	for (int64_t k = first; k <= last; k = w.lines[w.lines_count++].last + 1) {
		struct fee_line *line = &w.lines[w.lines_count];
		int64_t end, fen;
		part_at(tariff, k, &end, &fen);
		end = end < last ? end : last;
		*line = (struct fee_line){ k, end, end - k + 1, fen, fen * (end - k + 1) };
		w.fen += line->fen;
	}
	return w;
}

/* ---- in words */

struct str fee_yuan(struct arena *a, int64_t fen)
{
	if (fen % 100 == 0)
		return str_format(a, "%lld", (long long)(fen / 100));
	return str_format(a, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

struct str fee_line_text(struct arena *a, const struct fee_work *work, const struct fee_line *line)
{
	struct str unit = work->tariff->unit, each = fee_yuan(a, line->fen_each);
	struct str where =
		line->first == line->last
			? str_format(a, "第%lld" STR_FMT, (long long)line->first, STR_ARG(unit))
			: str_format(a, "第%lld" STR_FMT "至第%lld" STR_FMT "的部分",
				     (long long)line->first, STR_ARG(unit), (long long)line->last,
				     STR_ARG(unit));

	if (line->fen == 0)
		return str_concat(a, where, STR("，不收费"));
	return str_format(a,
			  STR_FMT "，每" STR_FMT STR_FMT "元：%lld" STR_FMT "×" STR_FMT "元=" STR_FMT
				  "元",
			  STR_ARG(where), STR_ARG(unit), STR_ARG(each), (long long)line->count,
			  STR_ARG(unit), STR_ARG(each), STR_ARG(fee_yuan(a, line->fen)));
}

struct str fee_work_text(struct arena *a, const struct fee_work *work)
{
	struct buf b = buf_open(a, 512, 200 * work->lines_count + 200);

	for (size_t i = 0; i < work->lines_count; i++) {
		if (i > 0)
			buf_add(&b, STR("；"));
		buf_add(&b, fee_line_text(a, work, &work->lines[i]));
	}
	if (work->lines_count > 1) {
		buf_add(&b, STR("；合计"));
		buf_add(&b, fee_yuan(a, work->fen));
		buf_add(&b, STR("元"));
	}
	return buf_str(&b);
}

struct str fee_band_text(struct arena *a, const struct fee_tariff *tariff,
			 const struct fee_band *band)
{
	struct str u = tariff->unit;

	if (band->first == 1)
		return str_format(a, "%lld" STR_FMT "以下（含%lld" STR_FMT "）", (long long)band->last,
				  STR_ARG(u), (long long)band->last, STR_ARG(u));
	if (band->last == 0)
		return str_format(a, "%lld" STR_FMT "以上的部分", (long long)band->first, STR_ARG(u));
	return str_format(a, "%lld—%lld" STR_FMT "（含%lld" STR_FMT "）的部分", (long long)band->first,
			  (long long)band->last, STR_ARG(u), (long long)band->last, STR_ARG(u));
}

struct str fee_band_price(struct arena *a, const struct fee_tariff *tariff,
			  const struct fee_band *band)
{
	struct str u = tariff->unit;

	if (band->fen == 0)
		return STR("不收费");
	if (band->step == 0)
		return str_format(a, STR_FMT "元/" STR_FMT, STR_ARG(fee_yuan(a, band->fen)),
				  STR_ARG(u));
	return str_format(a,
			  "以%lld" STR_FMT "为一档，第一档" STR_FMT "元/" STR_FMT
			  "，每增加一档，收费标准提高" STR_FMT "元/" STR_FMT,
			  (long long)band->step, STR_ARG(u), STR_ARG(fee_yuan(a, band->fen)),
			  STR_ARG(u), STR_ARG(fee_yuan(a, band->rise)), STR_ARG(u));
}
