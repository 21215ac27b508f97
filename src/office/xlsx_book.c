#include "office/xlsx.h"

#include "base/limits.h"
#include "office/xml.h"

#include <string.h>

enum { SHEETS_MAX = 512, FORMATS_MAX = 70000, CODES_MAX = 2000, RELATIONS_MAX = 2000 };

/* A list that grows in the arena; `bytes` of what it points to are counted by the caller. */
static void *grown(struct arena *a, void *list, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return list;
	*cap = *cap == 0 ? 64 : *cap * 2;
	void *more = arena_array(a, *cap, size);
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

static bool too_many(struct err *err, int limit)
{
	return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", limit);
}

/* ---- the sheets and where they stand */

struct relation { struct str id, target; };
struct relations { struct relation list[RELATIONS_MAX]; size_t count; };

static bool read_relations(struct package *p, struct relations *out, struct err *err)
{
	struct xml x;
	bool ok = true;

	if (!xml_open(&x, p, STR("xl/_rels/workbook.xml.rels"), err))
		return false;
	for (;;) {
		ok = xml_next(&x, err);
		if (!ok || x.event == XML_END)
			break;
		if (x.event != XML_OPEN || !xml_is(&x, "Relationship") ||
		    out->count == RELATIONS_MAX)
			continue;
		struct opt_str id = xml_attr(&x, "Id");
		struct str id_text = id.known ? str_copy(p->arena, id.v) : STR_NONE;
		struct opt_str target = xml_attr(&x, "Target");
		if (target.known)
			out->list[out->count++] =
				(struct relation){ id_text, str_copy(p->arena, target.v) };
	}
	xml_close(&x);
	return ok;
}

/* Targets are written from xl/ on, or from the root with a slash before. */
static struct str part_path(struct arena *a, struct str target)
{
	if (str_take_char(&target, '/'))
		return target;
	return str_concat(a, STR("xl/"), target);
}

static bool note_sheet(struct xlsx_book *book, struct xml *x, const struct relations *relations,
		       struct err *err)
{
	struct xlsx_sheet sheet = { .name = STR_NONE, .path = STR_NONE };
	struct opt_str name = xml_attr(x, "name");

	if (name.known)
		sheet.name = str_copy(book->arena, name.v);
	struct opt_str state = xml_attr(x, "state");
	sheet.hidden = state.known && !str_equal_c(state.v, "visible");
	struct opt_str id = xml_attr(x, "id");
	for (size_t i = 0; id.known && i < relations->count; i++)
		if (str_equal(relations->list[i].id, id.v))
			sheet.path = part_path(book->arena, relations->list[i].target);
	if (sheet.path.len == 0)
		return true; /* a chart sheet of a program that left its part out */
	if (book->sheets_count == SHEETS_MAX)
		return too_many(err, SHEETS_MAX);
	book->sheets[book->sheets_count++] = sheet;
	return true;
}

static bool read_workbook(struct xlsx_book *book, const struct relations *relations,
			  struct err *err)
{
	struct xml x;
	bool ok = true;

	if (!xml_open(&x, book->package, STR("xl/workbook.xml"), err))
		return false;
	while (ok) {
		ok = xml_next(&x, err);
		if (!ok || x.event == XML_END)
			break;
		if (x.event != XML_OPEN)
			continue;
		if (xml_is(&x, "workbookPr"))
			book->from_1904 =
				xml_attr(&x, "date1904").known && xml_attr_on(&x, "date1904");
		else if (xml_is(&x, "sheet"))
			ok = note_sheet(book, &x, relations, err);
	}
	xml_close(&x);
	return ok;
}

/* ---- shared strings */

/* One si or is: all its t joined, without the phonetic guides. Ends at its closing. */
static bool read_rich_text(struct xml *x, struct buf *out, struct err *err)
{
	int depth = x->depth;
	bool in_text = false;

	for (;;) {
		if (!xml_next(x, err))
			return false;
		if (x->event == XML_END || (x->event == XML_CLOSE && x->depth == depth))
			return true;
		if (x->event == XML_OPEN && xml_is(x, "rPh")) {
			if (!xml_skip(x, err))
				return false;
		} else if (x->event == XML_OPEN) {
			in_text = xml_is(x, "t");
		} else if (x->event == XML_CLOSE) {
			in_text = false;
		} else if (in_text) {
			buf_add(out, xml_text(x));
		}
	}
}

static bool read_strings(struct xlsx_book *book, struct err *err)
{
	struct buf text = buf_open(book->arena, 4096, LIMIT_CSV_CELL);
	size_t cap = 0, bytes = 0;
	struct xml x;
	bool ok = true;

	if (!package_has(book->package, STR("xl/sharedStrings.xml")))
		return true;
	if (!xml_open(&x, book->package, STR("xl/sharedStrings.xml"), err))
		return false;
	while (ok) {
		ok = xml_next(&x, err);
		if (!ok || x.event == XML_END)
			break;
		if (x.event != XML_OPEN || !xml_is(&x, "si"))
			continue;
		buf_clear(&text);
		ok = read_rich_text(&x, &text, err);
		if (!ok)
			break;
		bytes += text.len + sizeof(struct str);
		if (!buf_ok(&text) || bytes > LIMIT_SHEET_STRINGS) {
			ok = err_set(err, ERR_LIMIT, "office.cell_too_long", "%zu|%d",
				     book->strings_count + 1, LIMIT_CSV_CELL);
			break;
		}
		book->strings = grown(book->arena, book->strings, book->strings_count, &cap,
				      sizeof *book->strings);
		book->strings[book->strings_count++] = str_copy(book->arena, buf_str(&text));
	}
	xml_close(&x);
	return ok;
}

/* ---- number formats */

struct codes { struct { uint32_t id; struct str code; } list[CODES_MAX]; size_t count; };

static struct xlsx_format find_format(const struct codes *codes, uint32_t id)
{
	for (size_t i = 0; i < codes->count; i++)
		if (codes->list[i].id == id)
			return xlsx_format_of(id, codes->list[i].code);
	return xlsx_format_of(id, STR_NONE);
}

static bool note_style(struct xlsx_book *book, struct xml *x, struct codes *codes, bool *in_cells,
		       size_t *cap, struct err *err)
{
	if (x->event == XML_CLOSE && xml_is(x, "cellXfs"))
		*in_cells = false;
	if (x->event != XML_OPEN)
		return true;
	if (xml_is(x, "cellXfs")) {
		*in_cells = true;
	} else if (xml_is(x, "numFmt") && codes->count < CODES_MAX) {
		struct opt_str code = xml_attr(x, "formatCode");
		codes->list[codes->count].code =
			code.known ? str_copy(book->arena, code.v) : STR_NONE;
		codes->list[codes->count++].id = xml_attr_number(x, "numFmtId", INT32_MAX, 0);
	} else if (xml_is(x, "xf") && *in_cells) {
		if (book->formats_count == FORMATS_MAX)
			return too_many(err, FORMATS_MAX);
		book->formats = grown(book->arena, book->formats, book->formats_count, cap,
				      sizeof *book->formats);
		book->formats[book->formats_count++] =
			find_format(codes, xml_attr_number(x, "numFmtId", INT32_MAX, 0));
	}
	return true;
}

static bool read_formats(struct xlsx_book *book, struct err *err)
{
	struct codes *codes = ARENA_NEW(book->arena, struct codes);
	bool in_cells = false, ok = true;
	size_t cap = 0;
	struct xml x;

	if (!package_has(book->package, STR("xl/styles.xml")))
		return true;
	if (!xml_open(&x, book->package, STR("xl/styles.xml"), err))
		return false;
	while (ok) {
		ok = xml_next(&x, err);
		if (!ok || x.event == XML_END)
			break;
		ok = note_style(book, &x, codes, &in_cells, &cap, err);
	}
	xml_close(&x);
	return ok;
}

bool xlsx_book_open(struct package *p, struct xlsx_book *out, struct err *err)
{
	struct relations *relations = ARENA_NEW(p->arena, struct relations);

	*out = (struct xlsx_book){ .package = p, .arena = p->arena };
	out->sheets = ARENA_ARRAY(p->arena, SHEETS_MAX, struct xlsx_sheet);
	return read_relations(p, relations, err) && read_workbook(out, relations, err) &&
	       read_strings(out, err) && read_formats(out, err);
}

const struct xlsx_sheet *xlsx_find_sheet(const struct xlsx_book *book, struct str name)
{
	for (size_t i = 0; i < book->sheets_count; i++) {
		const struct xlsx_sheet *sheet = &book->sheets[i];
		if (name.len > 0 ? str_equal(sheet->name, name) : !sheet->hidden)
			return sheet;
	}
	return NULL;
}
