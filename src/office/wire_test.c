#include "office/wire.h"

#include "base/limits.h"
#include "office/fixture.h"

#include <string.h>

static const char *const drawn[] = { "#甲|<|乙", "^|<|1", "2|3|4" };

static struct str bytes_of(struct test *t, const struct doc *d)
{
	struct buf out = buf_open(t->arena, KIB, MIB);

	wire_add_doc(&out, d);
	return buf_str(&out);
}

static struct doc *sample(struct test *t)
{
	struct doc *d = fixture_table(t->arena, drawn, COUNT_OF(drawn));
	struct doc_block *blocks = ARENA_ARRAY(t->arena, 4, struct doc_block);

	blocks[0] = (struct doc_block){ .kind = DOC_HEADING, .level = 2, .text = STR("题"),
					.place = { STR("第1段") } };
	blocks[1] = d->blocks[0];
	blocks[2] = (struct doc_block){ .kind = DOC_PICTURE, .text = STR("图") };
	blocks[3] = (struct doc_block){ .kind = DOC_PAGE_BREAK };
	d->blocks = blocks;
	d->count = 4;
	d->source = DOC_SOURCE_HTML;
	d->layout_text = true;
	return d;
}

static void test_same(struct test *t)
{
	struct err err = { 0 };
	struct doc *d = sample(t), *back;

	if (!CHECK_OK(wire_read_doc(t->arena, bytes_of(t, d), &back, &err)))
		return;
	CHECK_STR(fixture_outline(t->arena, back), fixture_outline(t->arena, d));
	CHECK_STR(back->title, d->title);
	CHECK_STR(back->blocks[0].place.text, STR("第1段"));
	CHECK(back->source == DOC_SOURCE_HTML && back->layout_text);
	CHECK(back->blocks[1].table->cells[0].align == DOC_CENTRE);
}

/* One change to a sound tree that makes it unsound. */
static void overlap(struct doc *d) { d->blocks[1].table->cells[1].col = 1; }
static void reach_out(struct doc *d) { d->blocks[1].table->cells[0].colspan = 9; }
static void reach_down(struct doc *d) { d->blocks[1].table->cells[0].rowspan = 9; }
static void vanish(struct doc *d) { d->blocks[1].table->cells[0].rowspan = 0; }
static void disorder(struct doc *d) { d->blocks[1].table->cells[2].row = 0; }
static void widen(struct doc *d) { d->blocks[1].table->cols = LIMIT_SHEET_COLUMNS + 1; }
static void lengthen(struct doc *d)
{
	d->blocks[1].table->rows = UINT16_MAX;
	d->blocks[1].table->cols = LIMIT_SHEET_COLUMNS;
}

static void chart(struct doc *d) { d->blocks[2].kind = DOC_CHART; }
static void kind(struct doc *d) { d->blocks[2].kind = (enum doc_block_kind)77; }
static void level(struct doc *d) { d->blocks[0].level = 99; }
static void source(struct doc *d) { d->source = (enum doc_source)9; }
static void bad_text(struct doc *d) { d->blocks[0].text = STR("\xFF"); }
static void control(struct doc *d) { d->blocks[1].table->cells[0].text = STR("\x01"); }
static void bad_place(struct doc *d) { d->blocks[0].place.text = STR("\x80"); }

static const struct { const char *name; void (*change)(struct doc *); } changes[] = {
	{ "cells that overlap", overlap },	{ "a cell out of the table", reach_out },
	{ "a cell below the table", reach_down }, { "a cell of no size", vanish },
	{ "cells out of order", disorder },	{ "too many columns", widen },
	{ "too many positions", lengthen },	{ "a chart", chart },
	{ "an unknown block", kind },		{ "an unknown level", level },
	{ "an unknown source", source },	{ "bad text", bad_text },
	{ "control bytes", control },		{ "a bad place", bad_place },
};

static void test_damage(struct test *t)
{
	struct err err = { 0 };
	struct str good = bytes_of(t, sample(t));
	struct doc *d;

	for (size_t i = 0; i < good.len; i++) {
		struct str cut = str_slice(good, 0, i);
		CHECK_FAILS(wire_read_doc(t->arena, cut, &d, &err), "office.reader_failed");
	}
	CHECK_FAILS(wire_read_doc(t->arena, str_concat(t->arena, good, STR("x")), &d, &err),
		    "office.reader_failed");
	/* any other byte anywhere: refused or another document, nothing worse */
	for (size_t i = 0; i < good.len; i++) {
		struct str copy = str_copy(t->arena, good);
		((char *)(uintptr_t)copy.ptr)[i] ^= (char)0xA5;
		if (!wire_read_doc(t->arena, copy, &d, &err))
			CHECK(err.key != NULL && strncmp(err.key, "office.", 7) == 0);
		err_clear(&err);
	}
}

static void test_errors(struct test *t)
{
	static const struct { const char *key, *facts, *comes_as; } rows[] = {
		{ "office.bad_xml", "a|3|b", "office.bad_xml" },
		{ "text.control_byte", "7", "text.control_byte" },
		{ "file.missing", "x", "office.reader_failed" },     /* not a reader's business */
		{ "office.never_heard", "x", "office.reader_failed" },
		{ "office.bad_xml", "\xFF", "office.reader_failed" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err sent = { .code = ERR_INVALID, .key = rows[i].key }, err = { 0 };
		struct buf out = buf_open(t->arena, KIB, KIB);
		struct doc *d;
		strcpy(sent.facts, rows[i].facts); /* allow: constants of the table above */
		wire_add_error(&out, &sent);
		CHECK(!wire_read_doc(t->arena, buf_str(&out), &d, &err));
		CHECK_STR(str_from_c(err.key), str_from_c(rows[i].comes_as));
		if (str_equal_c(str_from_c(err.key), rows[i].key))
			CHECK_STR(str_from_c(err.facts), str_from_c(rows[i].facts));
	}
}

static void test_frames(struct test *t)
{
	struct buf out = buf_open(t->arena, KIB, MIB);
	struct str cells[LIMIT_SHEET_COLUMNS], sent[] = { STR("a"), STR_NONE, STR("甲") };
	struct sheet_row row = { .number = 7, .cells = sent, .count = COUNT_OF(sent) }, got;
	struct err err = { 0 };

	wire_add_row(&out, &row);
	wire_add_end(&out);
	struct str all = buf_str(&out);
	for (size_t i = 0; i < all.len - WIRE_FRAME_HEAD; i++) {
		struct str part = str_slice(all, 0, i);
		CHECK(wire_take_frame(&part, cells, &got, &err) == WIRE_MORE && part.len == i);
	}
	CHECK(wire_take_frame(&all, cells, &got, &err) == WIRE_ROW);
	CHECK(got.number == 7 && got.count == 3);
	CHECK_STR(got.cells[2], STR("甲"));
	CHECK(wire_take_frame(&all, cells, &got, &err) == WIRE_END && all.len == 0);
	static const struct str bad[] = {
		STR_INIT("Q\0\0\0\0"), STR_INIT("Z\1\0\0\0x"), STR_INIT("R\xFF\xFF\xFF\xFF"),
		STR_INIT("R\6\0\0\0\0\0\0\0\0\0"),		/* row 0 */
		STR_INIT("R\6\0\0\0\1\0\0\0\1\0"),		/* a cell too few */
		STR_INIT("R\7\0\0\0\1\0\0\0\0\0x"),		/* a byte too many */
		STR_INIT("R\6\0\0\0\1\0\0\0\xFF\xFF"),		/* columns without end */
		STR_INIT("R\x0B\0\0\0\1\0\0\0\1\0\1\0\0\0\xFF"), /* bad text */
	};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct str bytes = bad[i];
		CHECK(wire_take_frame(&bytes, cells, &got, &err) == WIRE_BAD);
		CHECK_STR(str_from_c(err.key), STR("office.reader_failed"));
		err_clear(&err);
	}
}

void wire_test(struct test *t)
{
	if (test_case(t, "a tree there and back"))
		test_same(t);
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		struct err err = { 0 };
		struct doc *back;
		if (!test_case(t, "refused: %s", changes[i].name))
			continue;
		struct doc *d = sample(t);
		changes[i].change(d);
		CHECK_FAILS(wire_read_doc(t->arena, bytes_of(t, d), &back, &err),
			    "office.reader_failed");
	}
	if (test_case(t, "every cut and every changed byte"))
		test_damage(t);
	if (test_case(t, "errors of the catalogue alone"))
		test_errors(t);
	if (test_case(t, "frames"))
		test_frames(t);
}
