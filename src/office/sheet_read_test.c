#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "office/csv.h"
#include "office/fixture.h"
#include "office/package_write.h"
#include "office/read.h"
#include "office/write.h"
#include "office/xlsx.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- numbers as they are shown */

static const struct {
	const char *stored;
	uint32_t id;
	const char *code, *shown;
} numbers[] = {
	{ "277", 0, "", "277" },
	{ "0", 0, "", "0" },
	{ "-0", 0, "", "0" },
	{ "0.30000000000000004", 0, "", "0.3" },
	{ "12.300000000000001", 0, "", "12.3" },
	{ "0.99999999999999994", 0, "", "1" },
	{ "1.0000000000000001E-2", 0, "", "0.01" },
	{ "1E5", 0, "", "100000" },
	{ "1.5e+3", 0, "", "1500" },
	{ "-12.50", 0, "", "-12.5" },
	{ "440104199001011234", 0, "", "440104199001011000" },
	{ "1E300", 0, "", "1E300" },
	{ "abc", 0, "", "abc" },
	{ "1.2.3", 0, "", "1.2.3" },
	{ "", 0, "", "" },
	{ "-", 0, "", "-" },
	{ "1520.5", 2, "", "1520.50" },
	{ "1520.5", 0, "#,##0.00", "1520.50" },
	{ "1520.123", 0, "0.00", "1520.123" },
	{ "0.322", 10, "", "32.20%" },
	{ "0.322", 9, "", "32.2%" },
	{ "0.068", 0, "0.0%", "6.8%" },
	{ "0", 9, "", "0%" },
	{ "44137", 14, "", "2020-11-02" },
	{ "44137", 0, "yyyy\"年\"m\"月\"d\"日\"", "2020-11-02" },
	{ "44137", 31, "", "2020-11-02" },
	{ "44137.5", 22, "", "2020-11-02 12:00" },
	{ "44137.999999", 22, "", "2020-11-03" },
	{ "0.75", 20, "", "18:00" },
	{ "1", 14, "", "1900-01-01" },
	{ "59", 14, "", "1900-02-28" },
	{ "61", 14, "", "1900-03-01" },
	{ "0", 14, "", "0" },
	{ "-5", 14, "", "-5" },
	{ "99999999", 14, "", "99999999" },
	{ "44137", 0, "[Red]0", "44137" },
	{ "44137", 0, "\"d\"0", "44137" },
	{ "44137", 0, "0;yyyy", "44137" },
	{ "44137", 0, "[$-804]yyyy/m/d", "2020-11-02" },
	{ "44137", 0, "General", "44137" },
};

static void test_numbers(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		if (!test_case(t, "%s as %u %s", numbers[i].stored, numbers[i].id, numbers[i].code))
			continue;
		struct buf out = buf_open(t->arena, 64, KIB);
		struct xlsx_format format =
			xlsx_format_of(numbers[i].id, str_from_c(numbers[i].code));
		xlsx_add_number(&out, str_from_c(numbers[i].stored), format, false);
		CHECK_STR(buf_str(&out), str_from_c(numbers[i].shown));
	}
	if (test_case(t, "a workbook of 1904")) {
		struct buf out = buf_open(t->arena, 64, KIB);
		xlsx_add_number(&out, STR("42675"), xlsx_format_of(14, STR_NONE), true);
		CHECK_STR(buf_str(&out), STR("2020-11-02"));
	}
}

/* ---- sheets */

struct str fixture_xlsx(struct test *t, const char *rows, const char *after)
{
	struct err err = { 0 };
	struct str out = STR_NONE;
	struct package_entry entries[] = {
		{ "[Content_Types].xml", STR("<Types/>") },
		{ "xl/workbook.xml",
		  STR("<workbook xmlns:r=\"r\"><sheets><sheet name=\"暗\" sheetId=\"9\" state=\"hidden\" "
		      "r:id=\"rId2\"/><sheet name=\"明\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>") },
		{ "xl/_rels/workbook.xml.rels",
		  STR("<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/a.xml\"/>"
		      "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/b.xml\"/>"
		      "</Relationships>") },
		{ "xl/sharedStrings.xml",
		  STR("<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><t xml:space=\"preserve\"> 丙</t></r>"
		      "<rPh sb=\"0\" eb=\"1\"><t>bing</t></rPh></si><si/></sst>") },
		{ "xl/styles.xml",
		  STR("<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy/m/d\"/>"
		      "</numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs>"
		      "<xf numFmtId=\"0\"/><xf numFmtId=\"176\"/></cellXfs></styleSheet>") },
		{ "xl/worksheets/a.xml",
		  str_format(t->arena, "<worksheet><sheetData>%s</sheetData>%s</worksheet>", rows,
			     after) },
		{ "xl/worksheets/b.xml",
		  STR("<worksheet><sheetData><row><c t=\"str\"><v>暗处</v></c></row></sheetData></worksheet>") },
	};

	CHECK_OK(package_write(t->arena, entries, COUNT_OF(entries), &out, &err));
	return out;
}

#define MERGES(ranges) "<mergeCells>" ranges "</mergeCells>"
static const struct { const char *name, *rows, *after, *outline;
} sheets[] = {
	{ "kinds of cells",
	  "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
	  "<c r=\"C1\"><v>3</v></c><c r=\"D1\" t=\"inlineStr\"><is><t>内</t></is></c>"
	  "<c r=\"E1\" t=\"str\"><f>A1&amp;B1</f><v>式</v></c><c r=\"F1\" t=\"b\"><v>1</v></c>"
	  "<c r=\"G1\" t=\"e\"><v>#DIV/0!</v></c><c r=\"H1\" s=\"1\"><v>44137</v></c></row>",
	  "", "T1x8[0,0 甲;0,1 乙 丙;0,2 3;0,3 内;0,4 式;0,5 TRUE;0,6 #DIV/0!;0,7 2020-11-02]=明" },
	{ "a formula nobody has computed, and one that gives an empty text",
	  "<row r=\"1\"><c r=\"A1\"><f>SUM(B1:C1)</f></c>"
	  "<c r=\"B1\" t=\"str\"><f>IF(1,\"\")</f><v></v></c><c r=\"C1\"><v>3</v></c></row>",
	  "", "T1x3[0,0 =（公式没有结果）;0,1 ;0,2 3]=明" },
	{ "gaps", "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>", "",
	  "T2x2[0,0 ;0,1 ;1,0 ;1,1 1]=明" },
	{ "without references",
	  "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>", "",
	  "T2x3[0,0 1;0,1 ;0,2 2;1,0 3;1,1 ;1,2 ]=明" },
	{ "formats far below count for nothing",
	  "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>"
	  "<row r=\"1048576\"><c s=\"1\"/></row>",
	  "", "T1x1[0,0 1]=明" },
	{ "merged cells",
	  "<row><c t=\"str\"><v>题</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>",
	  MERGES("<mergeCell ref=\"A1:B1\"/>"), "T2x2[0,0+1x2 题;1,0 1;1,1 2]=明" },
	{ "a merged title over empty columns",
	  "<row><c t=\"str\"><v>题</v></c></row><row><c><v>1</v></c></row>",
	  MERGES("<mergeCell ref=\"A1:C1\"/>"), "T2x3[0,0+1x3 题;1,0 1;1,1 ;1,2 ]=明" },
	{ "a merged row of the whole sheet",
	  "<row><c t=\"str\"><v>题</v></c></row><row><c><v>1</v></c></row>",
	  MERGES("<mergeCell ref=\"A1:XFD1\"/>"), "T2x1[0,0 题;1,0 1]=明" },
	{ "text under a merged cell is not shown",
	  "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>x</v></c><c><v>1</v></c></row>",
	  MERGES("<mergeCell ref=\"A1:B1\"/>"), "T1x3[0,0+1x2 a;0,2 1]=明" },
	{ "merged cells that overlap: the first one holds",
	  "<row><c t=\"str\"><v>a</v></c><c/><c><v>1</v></c></row>",
	  MERGES("<mergeCell ref=\"A1:B1\"/><mergeCell ref=\"B1:C1\"/>"),
	  "T1x3[0,0+1x2 a;0,2 1]=明" },
	{ "merges that make no sense", "<row><c t=\"str\"><v>a</v></c></row>",
	  MERGES("<mergeCell ref=\"B2:A1\"/><mergeCell ref=\"Z99\"/><mergeCell/>"
		 "<mergeCell ref=\"A0:B1\"/>"),
	  "T1x1[0,0 a]=明" },
	{ "a string that is not there",
	  "<row><c t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c><c><v>1</v></c></row>", "",
	  "T1x3[0,0 ;0,1 ;0,2 1]=明" },
	{ "an empty sheet", "", "", "" },
};

static void test_sheets(struct test *t)
{
	struct err err = { 0 };
	struct doc *d;

	for (size_t i = 0; i < COUNT_OF(sheets); i++) {
		if (!test_case(t, "sheet: %s", sheets[i].name))
			continue;
		struct str file = fixture_xlsx(t, sheets[i].rows, sheets[i].after);
		if (CHECK_OK(office_read_here(t->arena, STR("x"), file, &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d), str_from_c(sheets[i].outline));
	}
	if (test_case(t, "sheet: rows and cells out of order are refused")) {
		struct str file =
			fixture_xlsx(t, "<row r=\"2\"/><row r=\"1\"><c><v>1</v></c></row>", "");
		CHECK_FAILS(office_read_here(t->arena, STR("x"), file, &d, &err), "office.bad_xml");
		file = fixture_xlsx(
			t, "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "");
		CHECK_FAILS(office_read_here(t->arena, STR("x"), file, &d, &err), "office.bad_xml");
	}
	if (test_case(t, "sheet: too wide, too long")) {
		struct str file = fixture_xlsx(t, "<row><c r=\"ZZ1\"><v>1</v></c></row>", "");
		CHECK_FAILS(office_read_here(t->arena, STR("x"), file, &d, &err),
			    "office.too_many_columns");
		file = fixture_xlsx(t, "<row r=\"70000\"><c><v>1</v></c></row>", "");
		CHECK_FAILS(office_read_here(t->arena, STR("x"), file, &d, &err),
			    "office.table_too_large");
	}
}

/* ---- rows from a file */

struct gathered { struct arena *arena; struct buf text; size_t stop_after, rows; };

static bool gather(void *arg, const struct sheet_row *row, struct err *err)
{
	struct gathered *g = arg;

	if (g->stop_after > 0 && g->rows == g->stop_after)
		return err_set(err, ERR_CONFLICT, "file.unreadable", "enough");
	g->rows++;
	if (g->text.len > 60000)
		return true;
	buf_addf(&g->text, "%u", row->number);
	for (size_t i = 0; i < row->count; i++)
		buf_addf(&g->text, "|" STR_FMT, STR_ARG(row->cells[i]));
	buf_add_char(&g->text, '\n');
	return true;
}

typedef bool sheet_fn(struct arena *, int, struct str, struct str, sheet_row_fn *, void *,
		      struct err *);

/* Through the child and in this process: both must say the same. */
static bool read_rows(struct test *t, sheet_fn *fn, struct str content, const char *name,
		      const char *sheet, struct gathered *g, struct err *err)
{
	struct str path = str_format(t->arena, "%s/sheet", t->data_dir);

	*g = (struct gathered){ .arena = t->arena, .stop_after = g->stop_after,
				.text = buf_open(t->arena, KIB, MIB) };
	if (!file_write(t->arena, path, content, err))
		return false;
	int fd = open(str_to_c(t->arena, path), O_RDONLY | O_CLOEXEC);
	bool ok = fn(t->arena, fd, str_from_c(name), str_from_c(sheet), gather, g, err);
	close(fd);
	return ok;
}

static const struct { const char *name; struct str csv; const char *rows;
} csv_rows_table[] = {
	{ "plain", STR_INIT("a,b\r\nc,d\r\n"), "1|a|b\n2|c|d\n" },
	{ "no line end at the end", STR_INIT("a,b\nc,d"), "1|a|b\n2|c|d\n" },
	{ "old line ends", STR_INIT("a,b\rc,d\r"), "1|a|b\n2|c|d\n" },
	{ "quotes", STR_INIT("\"a,\"\"b\"\"\",\"c\r\nd\"\n"), "1|a,\"b\"|c\nd\n" },
	{ "a quote inside", STR_INIT("a\"b,c\n"), "1|a\"b|c\n" },
	{ "blanks after quotes", STR_INIT("\"a\" ,\"b\"\n"), "1|a|b\n" },
	{ "semicolons", STR_INIT("a;b,c;d\n1;2;3\n"), "1|a|b,c|d\n2|1|2|3\n" },
	{ "tabs", STR_INIT("a\tb\n1,5\t2\n"), "1|a|b\n2|1,5|2\n" },
	{ "the delimiter said outright", STR_INIT("sep=;\r\na,b;c\n"), "1|a,b|c\n" },
	{ "delimiters in quotes do not count", STR_INIT("\"a;b;c;d\",e\n"), "1|a;b;c;d|e\n" },
	{ "empty rows are counted, not told", STR_INIT("a,b\n\n,\nc,d\n"), "1|a|b\n4|c|d\n" },
	{ "empty cells", STR_INIT(",a,\n"), "1||a|\n" },
	{ "mark", STR_INIT("\xEF\xBB\xBF甲,乙\n"), "1|甲|乙\n" },
	{ "UTF-16",
	  STR_INIT("\xFF\xFE"
		   "a\0,\0\x32\x75\n\0"),
	  "1|a|甲\n" },
	{ "GB18030", STR_INIT("\xBC\xD7,\xD2\xD2\n\xB9\xAB\xBF\xAA,1\n"), "1|甲|乙\n2|公开|1\n" },
	{ "GB18030 whose bytes could be UTF-8", STR_INIT("\xC1\xAA,\xCD\xA8\n\xB9\xAB\xBF\xAA,1\n"),
	  "1|联|通\n2|公开|1\n" },
	{ "guarded formulas", STR_INIT("'=1+1,''@x,'a,'-5,-5,'-x\n"), "1|=1+1|'@x|'a|'-5|-5|-x\n" },
};

static void test_csv(struct test *t)
{
	static const struct {
		const char *name;
		sheet_fn *fn;
	} ways[] = { { "here", sheet_read_here }, { "child", sheet_read } };
	struct gathered g = { 0 };
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(csv_rows_table); i++)
		for (size_t k = 0; k < COUNT_OF(ways); k++) {
			if (!test_case(t, "csv (%s): %s", ways[k].name, csv_rows_table[i].name))
				continue;
			if (CHECK_OK(read_rows(t, ways[k].fn, csv_rows_table[i].csv, "x.csv", "",
					       &g, &err)))
				CHECK_STR(buf_str(&g.text), str_from_c(csv_rows_table[i].rows));
		}
	if (test_case(t, "csv: refused")) {
		CHECK_FAILS(read_rows(t, sheet_read, STR("a,\"b\nc"), "x.csv", "", &g, &err),
			    "office.csv_quote");
		CHECK_FAILS(read_rows(t, sheet_read, STR_NONE, "x.csv", "", &g, &err),
			    "office.empty");
		CHECK_FAILS(read_rows(t, sheet_read, STR("a\xFF,b\n"), "x.csv", "", &g, &err),
			    "text.unknown_encoding");
		struct buf wide = buf_open(t->arena, KIB, KIB);
		for (size_t i = 0; i < 300; i++)
			buf_add_c(&wide, "1,");
		CHECK_FAILS(read_rows(t, sheet_read, buf_str(&wide), "x.csv", "", &g, &err),
			    "office.too_many_columns");
	}
}

static bool sink(void *out, struct str bytes, struct err *err)
{
	(void)err;
	buf_add(out, bytes);
	return true;
}

/* Whatever cells are written, the same are read. */
static void test_csv_both_ways(struct test *t)
{
	static const char *const cells[] = { "",	 "a",	"=1",  "'=1",  "''=1", "-1",
					     "-1,000.5", "-x",	"+",   "'",    "@",    "\tx",
					     "＝1",	 "－1", "－x", "a\"b", "a,b",  "a\nb",
					     "甲;乙",	 " ",	"'a'", "-" };
	struct err err = { 0 };
	struct gathered g = { 0 };
	struct buf file = buf_open(t->arena, KIB, MIB);
	struct csv_writer w = csv_open(t->arena, sink, &file);
	struct buf want = buf_open(t->arena, KIB, MIB);

	CHECK_OK(csv_begin(&w, true, &err));
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct str row[] = { STR("x"), str_from_c(cells[i]), STR("y") };
		CHECK_OK(csv_row(&w, row, COUNT_OF(row), &err));
		buf_addf(&want, "%zu|x|%s|y\n", i + 1, cells[i]);
	}
	CHECK(str_starts(buf_str(&file), STR("\xEF\xBB\xBF\"x\",\"\",\"y\"\r\n")));
	CHECK(str_contains(buf_str(&file), STR("\"'=1\"")) &&
	      !str_contains(buf_str(&file), STR("\"=")));
	if (CHECK_OK(read_rows(t, sheet_read, buf_str(&file), "x.csv", "", &g, &err)))
		CHECK_STR(buf_str(&g.text), buf_str(&want));
}

static void test_streams(struct test *t)
{
	enum { ROWS = 3000 };
	struct str path = str_format(t->arena, "%s/rows.xlsx", t->data_dir), content;
	static const struct str heads[] = { STR_INIT("编号"), STR_INIT("名称"), STR_INIT("=数") };
	struct gathered g = { 0 };
	struct err err = { 0 };
	struct xlsx_rows *x;

	if (!CHECK_OK(xlsx_rows_open(t->arena, path, STR("申请"), heads, COUNT_OF(heads), &x, &err)))
		return;
	for (int i = 1; i <= ROWS; i++) {
		struct str row[] = { str_format(t->arena, "%d", i),
				     str_format(t->arena, "<申请人 & %d>", i), STR("007") };
		CHECK_OK(xlsx_rows_add(x, row, COUNT_OF(row), &err));
	}
	CHECK_OK(xlsx_rows_close(x, &err));
	if (!CHECK_OK(file_read(t->arena, path, 16 * MIB, &content, &err)) ||
	    !CHECK_OK(read_rows(t, sheet_read, content, "x.xlsx", "", &g, &err)))
		return;
	CHECK_INT((int64_t)g.rows, ROWS + 1);
	CHECK(str_starts(buf_str(&g.text), STR("1|编号|名称|=数\n2|1|<申请人 & 1>|007\n")));
	CHECK_OK(read_rows(t, sheet_read, content, "x.xlsx", "申请", &g, &err));
	CHECK_FAILS(read_rows(t, sheet_read, content, "x.xlsx", "别的", &g, &err), "office.no_such_sheet");
	g.stop_after = 10;
	CHECK_FAILS(read_rows(t, sheet_read, content, "x.xlsx", "", &g, &err), "file.unreadable");
	CHECK_INT((int64_t)g.rows, 10);
	g.stop_after = 0;
	CHECK_FAILS(read_rows(t, sheet_read, STR("<html><p>x</p></html>"), "x.xls", "", &g, &err),
		    "office.not_a_sheet");
	CHECK_FAILS(read_rows(t, sheet_read, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "x.xls", "",
			      &g, &err),
		    "office.old_format");
	CHECK_FAILS(
		xlsx_rows_open(t->arena, STR("/nowhere/x.xlsx"), STR("a/b"), heads, 1, &x, &err),
		"office.cannot_write");
}

void sheet_read_test(struct test *t)
{
	test_numbers(t);
	test_sheets(t);
	test_csv(t);
	if (test_case(t, "csv: what is written is what is read"))
		test_csv_both_ways(t);
	if (test_case(t, "rows written and read one by one"))
		test_streams(t);
}
