/* tariff_test.c - both tariffs against the law's figures, and against a slow count. */
#include "fee/tariff.h"

#include "base/test.h"

enum { YUAN = 100, PIECES = 1200, PAGES = 1500 };

static const struct fee_tariff *tariff(enum fee_kind kind)
{
	return fee_tariff_on(kind, date_make(2025, 3, 3));
}

/* 办法第四条: F(n), the first n requests of a month. */
static const struct { int64_t n, yuan; } months[] = {
	{ 1, 0 },      { 10, 0 },     { 11, 100 },   { 12, 200 },   { 30, 2000 },  { 31, 2200 },
	{ 40, 4000 },  { 41, 4300 },  { 50, 7000 },  { 55, 9000 },  { 60, 11000 }, { 100, 37000 },
};
/* p(k), the k-th alone. */
static const struct { int64_t k, yuan; } pieces[] = {
	{ 1, 0 },    { 9, 0 },	  { 10, 0 },   { 11, 100 }, { 12, 100 }, { 13, 100 }, { 25, 100 },
	{ 30, 100 }, { 31, 200 }, { 35, 200 }, { 40, 200 }, { 41, 300 }, { 50, 300 }, { 51, 400 },
	{ 60, 400 }, { 61, 500 }, { 91, 800 }, { 100, 800 },
};
/* 办法第五条: Q(m), m pages of one request. */
static const struct { int64_t m, yuan; } pages[] = {
	{ 1, 0 },     { 30, 0 },     { 31, 10 },    { 100, 700 },  { 101, 720 },
	{ 120, 1100 }, { 200, 2700 }, { 201, 2740 }, { 250, 4700 },
};

static void law_figures(struct test *t)
{
	const struct fee_tariff *piece = tariff(FEE_BY_PIECE), *quantity = tariff(FEE_BY_QUANTITY);

	for (size_t i = 0; i < COUNT_OF(months); i++)
		CHECK_INT(fee_work(t->arena, piece, 1, months[i].n).fen, months[i].yuan * YUAN);
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		CHECK_INT(fee_price(piece, pieces[i].k), pieces[i].yuan * YUAN);
		CHECK_INT(fee_work(t->arena, piece, pieces[i].k, pieces[i].k).fen,
			  pieces[i].yuan * YUAN);
	}
	for (size_t i = 0; i < COUNT_OF(pages); i++)
		CHECK_INT(fee_work(t->arena, quantity, 1, pages[i].m).fen, pages[i].yuan * YUAN);
}

/* The rule in its own words, a unit at a time. */
static int64_t slow_piece(int64_t k)
{
	if (k <= 10)
		return 0;
	return k <= 30 ? 100 : 100 * (2 + (k - 31) / 10);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t slow_quantity(int64_t m)
{
	return 10 * most(0, least(m, 100) - 30) + 20 * most(0, least(m, 200) - 100) +
	       40 * most(0, m - 200);
}

/* Every span of requests, every number of pages; the lines of each add up and join. */
static void joins(struct test *t, const struct fee_work *w)
{
	int64_t next = w->first, sum = 0;

	for (size_t i = 0; i < w->lines_count; i++) {
		const struct fee_line *line = &w->lines[i];
		CHECK_INT(line->first, next);
		CHECK_INT(line->count, line->last - line->first + 1);
		CHECK_INT(line->fen, line->count * line->fen_each);
		next = line->last + 1;
		sum += line->fen;
	}
	CHECK_INT(next, w->last + 1);
	CHECK_INT(sum, w->fen);
}

static void slow_count_agrees(struct test *t)
{
	const struct fee_tariff *piece = tariff(FEE_BY_PIECE), *quantity = tariff(FEE_BY_QUANTITY);

	for (int64_t first = 1; first <= PIECES; first += 7) {
		int64_t sum = 0;
		for (int64_t last = first; last <= PIECES; last++) {
			struct arena_mark mark = arena_mark(t->arena);
			sum += slow_piece(last);
			struct fee_work w = fee_work(t->arena, piece, first, last);
			if (!CHECK_INT(w.fen, sum * YUAN))
				return;
			if (last % 101 == 0)
				joins(t, &w);
			arena_rewind(t->arena, mark);
		}
	}
	for (int64_t m = 1; m <= PAGES; m++) {
		struct arena_mark mark = arena_mark(t->arena);
		struct fee_work w = fee_work(t->arena, quantity, 1, m);
		CHECK_INT(w.fen, slow_quantity(m) * YUAN);
		joins(t, &w);
		arena_rewind(t->arena, mark);
	}
}

static void dated(struct test *t)
{
	for (int k = 0; k < FEE_KINDS; k++) {
		enum fee_kind kind = (enum fee_kind)k, back;
		CHECK(fee_tariff_on(kind, date_make(2020, 12, 31)) == NULL);
		CHECK(fee_tariff_on(kind, date_make(2021, 1, 1)) != NULL);
		CHECK(fee_tariff_on(kind, date_make(2026, 6, 1))->kind == kind);
		CHECK(fee_kind_from(fee_kind_code(kind), &back) && back == kind);
		CHECK_STR(fee_kind_label(kind), tariff(kind)->label);
	}
	for (size_t i = 0; i < fee_tariffs_count; i++) {
		const struct fee_tariff *row = &fee_tariffs[i];
		CHECK_STR(date_iso(t->arena, row->from), STR("2021-01-01"));
		CHECK_STR(str_from_c(row->code), fee_kind_code(row->kind));
		CHECK_INT(row->bands[0].first, 1);
		CHECK_INT(row->bands[row->bands_count - 1].last, 0);
		for (size_t b = 1; b < row->bands_count; b++)
			CHECK_INT(row->bands[b].first, row->bands[b - 1].last + 1);
	}
}

/* The last that can be computed at all does not run over. */
static void largest(struct test *t)
{
	struct fee_work w = fee_work(t->arena, tariff(FEE_BY_PIECE), 1, FEE_UNITS_MAX);

	/* 2000 + 10 × (200 + 300 + … + 999800) for 99 970 requests, in grades of ten */
	CHECK_INT(w.fen, (2000 + 10 * (INT64_C(200) + 999800) * 9997 / 2) * YUAN);
	CHECK_INT((int64_t)w.lines_count, 2 + 9997);
	CHECK_INT(fee_work(t->arena, tariff(FEE_BY_QUANTITY), 1, FEE_UNITS_MAX).fen,
		  slow_quantity(FEE_UNITS_MAX) * YUAN);
}

static void in_words(struct test *t)
{
	struct fee_work w = fee_work(t->arena, tariff(FEE_BY_PIECE), 35, 35);

	CHECK_STR(fee_work_text(t->arena, &w), STR("第35件，每件200元：1件×200元=200元"));
	w = fee_work(t->arena, tariff(FEE_BY_QUANTITY), 1, 120);
	CHECK_STR(fee_work_text(t->arena, &w),
		  STR("第1页至第30页的部分，不收费；第31页至第100页的部分，每页10元：70页×10元=700元；第101页"
		      "至第120页的部分，每页20元：20页×20元=400元；合计1100元"));
	const struct fee_tariff *piece = tariff(FEE_BY_PIECE);
	CHECK_STR(fee_band_text(t->arena, piece, &piece->bands[0]), STR("10件以下（含10件）"));
	CHECK_STR(fee_band_text(t->arena, piece, &piece->bands[1]), STR("11—30件（含30件）的部分"));
	CHECK_STR(fee_band_text(t->arena, piece, &piece->bands[2]), STR("31件以上的部分"));
	CHECK_STR(fee_band_price(t->arena, piece, &piece->bands[0]), STR("不收费"));
	CHECK_STR(fee_band_price(t->arena, piece, &piece->bands[1]), STR("100元/件"));
	CHECK_STR(fee_band_price(t->arena, piece, &piece->bands[2]),
		  STR("以10件为一档，第一档200元/件，每增加一档，收费标准提高100元/件"));
	CHECK_STR(fee_yuan(t->arena, 1250), STR("12.50"));
}

void tariff_test(struct test *t)
{
	if (test_case(t, "42: the figures of the two tariffs"))
		law_figures(t);
	if (test_case(t, "42: a slow count of the two tariffs agrees"))
		slow_count_agrees(t);
	if (test_case(t, "42: no tariff before 2021, and the bands join"))
		dated(t);
	if (test_case(t, "42: the largest fee does not run over"))
		largest(t);
	if (test_case(t, "42: a fee in words"))
		in_words(t);
}
