/*
 * xlsx_write.c - tables into a workbook, by libxlsxwriter.
 *
 * The library writes to a path; ours is a file in memory under /proc/self/fd.
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/print.h"
#include "office/readers.h"
#include "office/write.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { SHEET_NAME_MAX = 31, DECIMALS = 10, ROW_TEXT_MAX = 32767, WIDTH_SUM = 96 };

enum look { LOOK_TEXT, LOOK_CENTRE, LOOK_RIGHT, LOOK_HEAD, LOOKS };

struct book {
	struct arena *arena;
	lxw_workbook *workbook;
	lxw_format *text[LOOKS];
	lxw_format *number[DECIMALS];
	lxw_format *plain;
	struct str *names;
	size_t names_count;
};

static bool not_written(struct err *err, lxw_error why)
{
	return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx: %s", lxw_strerror(why));
}

/* ---- looks */

static lxw_format *new_format(lxw_workbook *workbook)
{
	lxw_format *format = workbook_add_format(workbook);

	format_set_font_name(format, "宋体");
	format_set_font_size(format, 10);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	return format;
}

static void make_formats(struct book *b)
{
	static const uint8_t align[LOOKS] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT,
					      LXW_ALIGN_CENTER };
	static const char *const codes[DECIMALS] = {
		"0",	     "0.0",	   "0.00",	  "0.000",	 "0.0000",
		"0.00000",   "0.000000",   "0.0000000",   "0.00000000",  "0.000000000",
	};

	for (size_t i = 0; i < LOOKS; i++) {
		b->text[i] = new_format(b->workbook);
		format_set_border(b->text[i], LXW_BORDER_THIN);
		format_set_text_wrap(b->text[i]);
		format_set_align(b->text[i], align[i]);
	}
	format_set_bold(b->text[LOOK_HEAD]);
	format_set_bg_color(b->text[LOOK_HEAD], 0xF0F3F8);
	for (size_t i = 0; i < DECIMALS; i++) {
		b->number[i] = new_format(b->workbook);
		format_set_border(b->number[i], LXW_BORDER_THIN);
		format_set_align(b->number[i], LXW_ALIGN_CENTER);
		if (i > 0)
			format_set_num_format(b->number[i], codes[i]);
	}
	b->plain = new_format(b->workbook);
	format_set_text_wrap(b->plain);
}

static enum look look_of(const struct doc_cell *cell)
{
	if (cell->head)
		return LOOK_HEAD;
	switch (cell->align) {
	case DOC_LEFT:
		return LOOK_TEXT;
	case DOC_CENTRE:
		return LOOK_CENTRE;
	case DOC_RIGHT:
		return LOOK_RIGHT;
	}
	return LOOK_TEXT;
}

/* ---- names */

static bool name_is_taken(const struct book *b, struct str name)
{
	for (size_t i = 0; i < b->names_count; i++)
		if (str_equal_ascii_nocase(b->names[i], name))
			return true;
	return false;
}

/* As spreadsheets allow: no []:*?/\ and ' at the ends, 31 characters, no name twice. */
static struct str sheet_name(struct book *b, struct str wish, size_t number)
{
	struct buf out = buf_open(b->arena, 64, KIB);
	uint32_t c;

	wish = str_trim(clean_text(b->arena, wish));
	while (utf8_take(&wish, &c))
		buf_add_utf8(&out, c == '\n' || c == '\t' ? ' '
				   : c < 0x80 && strchr("[]:*?/\\'", (int)c) != NULL ? '-' : c);
	struct str name = str_trim(utf8_prefix(buf_str(&out), SHEET_NAME_MAX));
	if (!buf_ok(&out) || name.len == 0 || str_equal_ascii_nocase(name, STR("history")))
		name = str_format(b->arena, "表%zu", number);
	struct str base = utf8_prefix(name, SHEET_NAME_MAX - 6);
	for (size_t again = 2; name_is_taken(b, name); again++)
		name = str_format(b->arena, STR_FMT "(%zu)", STR_ARG(base), again);
	b->names[b->names_count++] = name;
	return name;
}

/* ---- cells */

static lxw_error write_cell(struct book *b, lxw_worksheet *sheet, const struct doc_cell *cell)
{
	struct str text = clean_text(b->arena, cell->text);
	lxw_row_t row = cell->row;
	lxw_col_t col = cell->col;
	double value;
	int decimals;

	if (cell->rowspan > 1 || cell->colspan > 1) {
		lxw_error error = worksheet_merge_range(
			sheet, row, col, (lxw_row_t)(row + cell->rowspan - 1),
			(lxw_col_t)(col + cell->colspan - 1), "", b->text[look_of(cell)]);
		if (error != LXW_NO_ERROR)
			return error;
	}
	if (!cell->head && print_exact_number(text, &value, &decimals))
		return worksheet_write_number(sheet, row, col, value, b->number[decimals]);
	if (text.len == 0)
		return worksheet_write_blank(sheet, row, col, b->text[look_of(cell)]);
	return worksheet_write_string(sheet, row, col, str_to_c(b->arena, text),
				      b->text[look_of(cell)]);
}

static bool add_table(struct book *b, const struct doc_table *t, struct err *err)
{
	struct str name = sheet_name(b, t->caption, b->names_count + 1);
	lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, str_to_c(b->arena, name));
	const uint16_t *widths = print_widths(b->arena, t);
	uint16_t heads = print_head_rows(t);
	double sum = 0;

	if (sheet == NULL)
		return not_written(err, LXW_ERROR_INVALID_SHEETNAME_CHARACTER);
	for (uint16_t c = 0; c < t->cols; c++)
		sum += widths[c];
	for (uint16_t c = 0; c < t->cols; c++) {
		double width = t->widths == NULL ? widths[c] : widths[c] / sum * WIDTH_SUM;
		(void)worksheet_set_column(sheet, c, c, width < 4 ? 4 : width, NULL);
	}
	for (size_t i = 0; i < t->cells_count; i++) {
		lxw_error error = write_cell(b, sheet, &t->cells[i]);
		if (error != LXW_NO_ERROR)
			return not_written(err, error);
	}
	if (heads > 0) {
		worksheet_freeze_panes(sheet, heads, 0);
		(void)worksheet_repeat_rows(sheet, 0, (lxw_row_t)(heads - 1));
	}
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	return true;
}

/* A document without tables: its text, a paragraph a row. */
static bool add_text(struct book *b, const struct doc *d, struct err *err)
{
	lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, "正文");
	lxw_row_t row = 0;

	if (sheet == NULL)
		return not_written(err, LXW_ERROR_MEMORY_MALLOC_FAILED);
	(void)worksheet_set_column(sheet, 0, 0, WIDTH_SUM, NULL);
	for (size_t i = 0; i < d->count; i++) {
		struct str text =
			utf8_prefix(clean_text(b->arena, d->blocks[i].text), ROW_TEXT_MAX);
		lxw_error error =
			text.len == 0 ? LXW_NO_ERROR
				      : worksheet_write_string(sheet, row++, 0,
							       str_to_c(b->arena, text), b->plain);
		if (error != LXW_NO_ERROR)
			return not_written(err, error);
	}
	return true;
}

static bool fill(struct book *b, const struct doc *d, struct err *err)
{
	lxw_doc_properties properties = { .created = OFFICE_FIXED_TIME };

	properties.title = (char *)(uintptr_t)str_to_c(b->arena, clean_text(b->arena, d->title));
	if (d->title.len <= 255)
		(void)workbook_set_properties(b->workbook, &properties);
	make_formats(b);
	b->names = ARENA_ARRAY(b->arena, d->count, struct str);
	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		if (block->kind == DOC_TABLE && !add_table(b, block->table, err))
			return false;
		if (block->kind == DOC_CHART &&
		    !add_table(b, print_chart_table(b->arena, block), err))
			return false;
	}
	return b->names_count > 0 || add_text(b, d, err);
}

bool office_write_xlsx(struct arena *a, const struct doc *d, struct str *out, struct err *err)
{
	struct book book = { .arena = a };
	int fd = memfd_create("workbook", MFD_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx: memory file");
	book.workbook = workbook_new(str_to_c(a, str_format(a, "/proc/self/fd/%d", fd)));
	bool ok = book.workbook != NULL && fill(&book, d, err);
	if (book.workbook != NULL) {
		lxw_error error = workbook_close(book.workbook);
		ok = ok && (error == LXW_NO_ERROR || not_written(err, error));
	}
	ok = ok && lseek(fd, 0, SEEK_SET) == 0 && file_read_all_fd(a, fd, LIMIT_UPLOAD, out, err);
	close(fd);
	return ok || err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "xlsx");
}
