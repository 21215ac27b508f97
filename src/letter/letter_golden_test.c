/*
 * letter_golden_test.c - the text of every kind on both sides of every law date, as people
 * have read it once (tests/golden/letters); and PDF and Word say the same on each side.
 */
#include "letter/fixture.h"
#include "letter/letter.h"

#include "base/buf.h"
#include "base/golden.h"
#include "office/read.h"

/* 2021: the fee. 2024: 行政复议法（2023）. 2025-06-01: 法释〔2025〕8号, as a switch has it. */
static const struct ymd days[] = { { 2020, 12, 31 }, { 2021, 1, 1 },   { 2023, 12, 31 },
				   { 2024, 1, 1 },   { 2025, 5, 31 }, { 2025, 6, 1 } };

/* Days become one word, so that texts of two days can be compared. */
static struct str undated(struct arena *a, struct str text)
{
	struct buf b = buf_open(a, text.len + 16, 1 << 20);
	uint64_t n;

	while (text.len > 0) {
		struct str rest = text;
		if (str_take_u64(&rest, 9999, &n) && str_take_str(&rest, STR("年")) &&
		    str_take_u64(&rest, 12, &n) && str_take_str(&rest, STR("月")) &&
		    str_take_u64(&rest, 31, &n) && str_take_str(&rest, STR("日"))) {
			buf_add_c(&b, "某日");
			text = rest;
			continue;
		}
		rest = text;
		if (str_take_str(&rest, STR("〔")) && str_take_u64(&rest, 9999, &n)) {
			text = rest;
			continue;
		}
		buf_add_char(&b, text.ptr[0]);
		text = str_slice(text, 1, text.len);
	}
	return buf_str(&b);
}

static struct str text_on(struct test *t, struct ctx *ctx, struct unit_id unit,
			  const struct letter_kind *kind, struct ymd day)
{
	struct date dated = date_make(day.year, day.month, day.day);
	struct err err = { 0 };
	struct letter l;

	if (!letter_kind_in_force(kind, dated)) {
		CHECK_FAILS(letter_sample(ctx, unit, kind, dated, &l, &err),
			    "letter.kind_not_in_force");
		return STR("（没有这种文书）\n");
	}
	if (!CHECK_OK(letter_sample(ctx, unit, kind, dated, &l, &err)))
		return STR_NONE;
	return letter_plain(ctx->arena, &l);
}

/* A text for each stretch of days on which it is the same. */
static void texts(struct test *t, struct testdb *site, const void *arg)
{
	const struct letter_kind *kind = arg;
	struct arena *a = site->ctx.arena;
	struct buf b = buf_open(a, 8192, 1 << 20);
	struct str before = STR_NONE;

	fixture_units(t, site);
	struct remedy_span wide = { { true, date_make(2024, 1, 1) },
				    { true, date_make(2025, 5, 31) } };
	struct err err = { 0 };
	CHECK_OK(remedy_switch_set(&site->ctx, DOUBT_NOT_GIVEN_FIRST, wide, &err));
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		struct str text = text_on(t, &site->ctx, fixture_department(site), kind, days[i]);
		buf_addf(&b, "==== %04d-%02d-%02d", days[i].year, days[i].month, days[i].day);
		if (i > 0 && str_equal(undated(a, text), before)) {
			buf_add_c(&b, " 与上一日相同，日期除外\n");
			continue;
		}
		buf_add_char(&b, '\n');
		buf_add(&b, text);
		before = undated(a, text);
	}
	golden_check(t, str_format(a, "letters/%s.txt", kind->code), buf_str(&b));
}

/* ---- the other formats */

static struct str squeezed(struct arena *a, struct str text)
{
	struct buf out = buf_open(a, text.len + 16, 1 << 20);
	uint64_t page;

	while (text.len > 0) {
		struct str rest = text;
		if (str_take_str(&rest, STR("—"))) {
			(void)str_take_char(&rest, ' ');
			if (str_take_u64(&rest, 999, &page)) {
				(void)str_take_char(&rest, ' ');
				text = str_take_str(&rest, STR("—")) ? rest : text;
			}
		}
		if (str_take_str(&text, STR("　")))
			continue;
		if (text.len > 0 && (unsigned char)text.ptr[0] > ' ')
			buf_add_char(&out, text.ptr[0]);
		text = str_slice(text, 1, text.len);
	}
	return buf_str(&out);
}

static struct str read_back(struct test *t, const char *name, struct str file)
{
	struct buf out = buf_open(t->arena, 4096, 1 << 20);
	struct err err = { 0 };
	struct doc *d;

	if (!CHECK_OK(office_read(t->arena, str_from_c(name), file, &d, &err)))
		return STR_NONE;
	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		buf_add(&out, block->text);
		for (size_t k = 0; block->kind == DOC_TABLE && k < block->table->cells_count; k++)
			buf_add(&out, block->table->cells[k].text);
		buf_add_char(&out, '\n');
	}
	return squeezed(t->arena, buf_str(&out));
}

/* What a reader of the file can take out of it: all of the text, by any program, nothing locked. */
static void look_at_files(struct test *t, struct ctx *ctx, const struct letter *l)
{
	struct str pdf, docx, again;
	struct err err = { 0 };

	if (!CHECK_OK(letter_pdf(ctx, ctx->arena, l, &pdf, &err)) ||
	    !CHECK_OK(letter_docx(ctx, ctx->arena, l, &docx, &err)) ||
	    !CHECK_OK(letter_docx(ctx, ctx->arena, l, &again, &err)))
		return;
	struct str want = squeezed(t->arena, letter_plain(t->arena, l));
	CHECK_STR(read_back(t, "x.pdf", pdf), want);
	CHECK_STR(read_back(t, "x.docx", docx), want);
	CHECK(str_equal(docx, again));
	CHECK(!str_contains(pdf, STR("/Encrypt")));
}

/* On both sides of every law date on which the words change. */
static void same_on_paper(struct test *t, struct testdb *site, const void *arg)
{
	const struct letter_kind *kind = arg;
	struct ctx *ctx = &site->ctx;
	struct str before = STR_NONE;
	struct err err = { 0 };
	struct letter l;
	int looked = 0;

	fixture_units(t, site);
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		struct date dated = date_make(days[i].year, days[i].month, days[i].day);
		if (!letter_kind_in_force(kind, dated))
			continue;
		if (!CHECK_OK(letter_sample(ctx, fixture_department(site), kind, dated, &l, &err)))
			return;
		struct str text = undated(ctx->arena, letter_plain(ctx->arena, &l));
		if (str_equal(text, before))
			continue;
		before = text;
		look_at_files(t, ctx, &l);
		looked++;
	}
	CHECK(looked > 0);
}

void letter_golden_test(struct test *t)
{
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		const struct letter_kind *kind = &letter_kinds[i];
		/* the arena of the test is emptied when a case begins */
		struct arena *a = arena_open(4096);
		struct str code = str_from_c(kind->code);
		struct str name = str_concat(a, STR("words through the years: "), code);
		testdb_on(t, DB_SQLITE, str_to_c(a, name), texts, kind);
		name = str_concat(a, STR("PDF and Word say what the text says: "), code);
		testdb_on(t, DB_SQLITE, str_to_c(a, name), same_on_paper, kind);
		arena_close(a);
	}
}
