#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/package_write.h"
#include "office/read.h"

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static void add_table(struct buf *out, const struct doc_table *t)
{
	buf_addf(out, "T%dx%d[", t->rows, t->cols);
	for (size_t i = 0; i < t->cells_count; i++) {
		const struct doc_cell *cell = &t->cells[i];
		buf_addf(out, "%s%d,%d", i > 0 ? ";" : "", cell->row, cell->col);
		if (cell->rowspan > 1 || cell->colspan > 1)
			buf_addf(out, "+%dx%d", cell->rowspan, cell->colspan);
		buf_addf(out, "%s " STR_FMT, cell->head ? "#" : "", STR_ARG(cell->text));
	}
	buf_add_c(out, "]");
	if (t->caption.len > 0)
		buf_addf(out, "=" STR_FMT, STR_ARG(t->caption));
}

struct str fixture_outline(struct arena *a, const struct doc *d)
{
	struct buf out = buf_open(a, KIB, 4 * MIB);

	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		buf_add_c(&out, i > 0 ? " / " : "");
		switch (block->kind) {
		case DOC_TITLE:
			buf_addf(&out, "TITLE " STR_FMT, STR_ARG(block->text));
			break;
		case DOC_HEADING:
			buf_addf(&out, "H%d " STR_FMT, block->level, STR_ARG(block->text));
			break;
		case DOC_PARAGRAPH:
			buf_add(&out, block->text);
			break;
		case DOC_TABLE:
			add_table(&out, block->table);
			break;
		case DOC_PICTURE:
			buf_addf(&out, "(" STR_FMT ")", STR_ARG(block->text));
			break;
		case DOC_PAGE_BREAK:
			buf_add_c(&out, "⏎");
			break;
		case DOC_CHART:
			buf_add_c(&out, "CHART");
			break;
		}
	}
	return buf_str(&out);
}

static struct str part(struct arena *a, const char *root, const char *inside)
{
	return str_format(a, "<?xml version=\"1.0\"?><w:%s %s>%s</w:%s>", root, WORD, inside, root);
}

struct str fixture_docx(struct test *t, const char *body, const char *styles, const char *numbering)
{
	struct err err = { 0 };
	struct str out = STR_NONE, document;
	struct package_entry entries[4];
	size_t count = 0;

	document = str_format(t->arena,
			      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document %s "
			      "xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:mc=\"mc\" xmlns:v=\"v\">"
			      "<w:body>%s<w:sectPr/></w:body></w:document>",
			      WORD, body);
	entries[count++] = (struct package_entry){ "[Content_Types].xml", STR("<Types/>") };
	entries[count++] = (struct package_entry){ "word/document.xml", document };
	if (styles != NULL)
		entries[count++] = (struct package_entry){ "word/styles.xml",
							   part(t->arena, "styles", styles) };
	if (numbering != NULL)
		entries[count++] = (struct package_entry){ "word/numbering.xml",
							   part(t->arena, "numbering", numbering) };
	CHECK_OK(package_write(t->arena, entries, count, &out, &err));
	return out;
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define P_WITH(properties, text) \
	"<w:p><w:pPr>" properties "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"
#define TC_WITH(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define COL(twips) "<w:gridCol w:w=\"" #twips "\"/>"
#define GRID_TBL(columns, rows) \
	"<w:tbl><w:tblPr/><w:tblGrid>" columns "</w:tblGrid>" rows "</w:tbl>"
#define TBL(rows) "<w:tbl><w:tblPr/><w:tblGrid/>" rows "</w:tbl>"

static const char styles[] =
	"<w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 1\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"21\"><w:name w:val=\"标题 2\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:name w:val=\"二级\"/>"
	"<w:basedOn w:val=\"21\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"L\"><w:name w:val=\"l\"/>"
	"<w:basedOn w:val=\"L\"/>"
	"</w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"O\"><w:name w:val=\"o\"/><w:pPr>"
	"<w:outlineLvl w:val=\"2\"/></w:pPr></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"C\"><w:name w:val=\"toc 1\"/></w:style>"
	"<w:style w:type=\"paragraph\" w:styleId=\"N\"><w:name w:val=\"n\"/><w:pPr><w:numPr>"
	"<w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>"
	"<w:style w:type=\"character\" w:styleId=\"2\"><w:name w:val=\"strong\"/></w:style>";

#define LEVEL(n, format, text) \
	"<w:lvl w:ilvl=\"" n "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format \
	"\"/><w:lvlText w:val=\"" text "\"/></w:lvl>"
static const char numbering[] =
	"<w:abstractNum w:abstractNumId=\"3\">" LEVEL("0", "chineseCounting", "%1、")
		LEVEL("1", "chineseCounting", "（%2）") LEVEL("2", "decimal", "%1.%3")
			LEVEL("3", "bullet", "•")
	"<w:lvl w:ilvl=\"4\"><w:start w:val=\"1\"/><w:isLgl/><w:lvlText w:val=\"%1.%5\"/></w:lvl>"
	"</w:abstractNum>"
	"<w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>";
#define NUM(level) "<w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"7\"/></w:numPr>"

static const struct { const char *name, *body, *outline;
} rows[] = {
	{ "paragraphs, empty ones left out", P("甲") "<w:p/>" P("  ") P("　　乙 "), "甲 / 乙" },
	{ "runs are joined",
	  "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t xml:space=\"preserve\"> b</w:t><w:tab/>"
	  "<w:t>c</w:t>"
	  "<w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
	  "a b c-d" },
	{ "escapes", P("&lt;b&gt; &amp; &#x9F99;"), "<b> & 龙" },
	{ "headings by style",
	  P_WITH("<w:pStyle w:val=\"2\"/>", "一、") P_WITH("<w:pStyle w:val=\"Sub\"/>", "（一）"),
	  "H1 一、 / H2 （一）" },
	{ "title by style", P_WITH("<w:pStyle w:val=\"T\"/>", "年度报告"), "TITLE 年度报告" },
	{ "heading by outline level", P_WITH("<w:outlineLvl w:val=\"0\"/>", "一"), "H1 一" },
	{ "heading by outline level of the style", P_WITH("<w:pStyle w:val=\"O\"/>", "一"),
	  "H3 一" },
	{ "outline level 9 is body text",
	  P_WITH("<w:pStyle w:val=\"2\"/><w:outlineLvl w:val=\"9\"/>", "文"), "文" },
	{ "a style based on itself", P_WITH("<w:pStyle w:val=\"L\"/>", "文"), "文" },
	{ "an unknown style", P_WITH("<w:pStyle w:val=\"X\"/>", "文"), "文" },
	{ "a table of contents is left out", P_WITH("<w:pStyle w:val=\"C\"/>", "一……1") P("文"),
	  "文" },
	{ "numbers that Word prints",
	  P_WITH(NUM("0"), "总体") P_WITH(NUM("1"), "甲") P_WITH(NUM("1"), "乙")
		  P_WITH(NUM("2"), "丙") P_WITH(NUM("0"), "主动") P_WITH(NUM("1"), "丁")
			  P_WITH(NUM("3"), "点") P_WITH(NUM("4"), "戊"),
	  "一、总体 / （一）甲 / （二）乙 / 一.1丙 / 二、主动 / （一）丁 / 点 / 2.1戊" },
	{ "numbers by style",
	  P_WITH("<w:pStyle w:val=\"N\"/>", "甲") P_WITH("<w:pStyle w:val=\"N\"/>", "乙"),
	  "一、甲 / 二、乙" },
	{ "number 0 switches a style's numbers off",
	  P_WITH("<w:pStyle w:val=\"N\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "甲"), "甲" },
	{ "tracked changes: what was inserted stays, what was deleted goes",
	  "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
	  "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>",
	  "新" },
	{ "hidden text",
	  "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r>"
	  "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>亮</w:t></w:r></w:p>",
	  "明亮" },
	{ "field codes", "<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>", "3" },
	{ "line and page breaks",
	  "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type=\"page\"/></w:r></w:p>",
	  "a\nb / ⏎" },
	{ "table", TBL(TR(TC("a") TC("b")) TR(TC("c") TC("d"))), "T2x2[0,0 a;0,1 b;1,0 c;1,1 d]" },
	{ "spans",
	  TBL(TR(TC_WITH("<w:gridSpan w:val=\"2\"/>", "a")
			 TC_WITH("<w:vMerge w:val=\"restart\"/>", "b"))
		      TR(TC("c") TC("d") TC_WITH("<w:vMerge/>", "hidden"))),
	  "T2x3[0,0+1x2 a;0,2+2x1 b;1,0 c;1,1 d]" },
	{ "a column of a hair's breadth", GRID_TBL(COL(3000) COL(12) COL(3000),
		  TR(TC_WITH("<w:gridSpan w:val=\"2\"/>", "a") TC("b"))
		  TR(TC("c") TC_WITH("<w:gridSpan w:val=\"2\"/>", "d"))
		  TR(TC_WITH("<w:gridSpan w:val=\"3\"/>", "e"))),
	  "T3x2[0,0 a;0,1 b;1,0 c;1,1 d;2,0+1x2 e]" },
	{ "a cell in it, and a gap over it", GRID_TBL(COL(3000) COL(39) COL(3000),
		  TR(TC("a") TC("unseen") TC("b"))
		  "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>" TC("c") "</w:tr>"),
	  "T2x2[0,0 a;0,1 b;1,1 c]" },
	{ "a narrow column is one", GRID_TBL(COL(3000) COL(40) COL(0),
		  TR(TC("a") TC("b") TC("c"))), "T1x3[0,0 a;0,1 b;0,2 c]" },
	{ "a cell in no row", "<w:tbl>" TC_WITH("<w:vMerge/>", "a") TC("b") "</w:tbl>",
	  "T1x2[0,0 a;0,1 b]" },
	{ "a merge without a beginning", TBL(TR(TC_WITH("<w:vMerge/>", "a") TC("b"))),
	  "T1x2[0,0 a;0,1 b]" },
	{ "columns left out before",
	  TBL(TR(TC("a") TC("b")) "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC(
		  "c") "</w:tr>"),
	  "T2x2[0,0 a;0,1 b;1,1 c]" },
	{ "head rows",
	  TBL("<w:tr><w:trPr><w:tblHeader/></w:trPr>" TC("h")
		      TC("i") "</w:tr>" TR(TC("a") TC("b"))),
	  "T2x2[0,0# h;0,1# i;1,0 a;1,1 b]" },
	{ "a deleted row",
	  TBL(TR(TC("a") TC("b")) "<w:tr><w:trPr><w:del/></w:trPr>" TC("x")
		      TC("y") "</w:tr>" TR(TC("c") TC("d"))),
	  "T2x2[0,0 a;0,1 b;1,0 c;1,1 d]" },
	{ "paragraphs of a cell are lines", TBL(TR("<w:tc>" P("a") P("b") "</w:tc>" TC("c"))),
	  "T1x2[0,0 a\nb;0,1 c]" },
	{ "a table in a table stands alone",
	  TBL(TR("<w:tc>" P("前") TBL(TR(TC("a") TC("b"))) P("后") "</w:tc>")),
	  "前 / T1x2[0,0 a;0,1 b] / 后" },
	{ "a frame around text", TBL(TR("<w:tc>" P("一") P("二") "</w:tc>")), "一 / 二" },
	{ "old properties of a cell",
	  TBL(TR(TC_WITH(
		  "<w:gridSpan w:val=\"2\"/><w:tcPrChange><w:tcPr>"
		  "<w:gridSpan w:val=\"9\"/></w:tcPr></w:tcPrChange>",
		  "a")) TR(TC("b") TC("c"))),
	  "T2x2[0,0+1x2 a;1,0 b;1,1 c]" },
	{ "a picture with its words",
	  "<w:p><w:r><w:t>图</w:t><w:drawing><wp:docPr descr=\"受理量\"/><a:blip/></w:drawing></w:r></w:p>",
	  "图 / (受理量)" },
	{ "a drawing is not read twice",
	  "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P(
		  "框") "</w:txbxContent></mc:Choice>"
			"<mc:Fallback><w:txbxContent>" P(
				"框") "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
				      "<w:t>文</w:t></w:r></w:p>",
	  "框 / 文" },
	{ "content controls are seen through",
	  "<w:sdt><w:sdtPr/><w:sdtContent>" P("a") "</w:sdtContent></w:sdt>", "a" },
};

void docx_read_test(struct test *t)
{
	struct err err = { 0 };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct doc *d;
		if (!test_case(t, "%s", rows[i].name))
			continue;
		struct str file = fixture_docx(t, rows[i].body, styles, numbering);
		if (CHECK_OK(office_read_here(t->arena, STR("x.docx"), file, &d, &err)))
			CHECK_STR(fixture_outline(t->arena, d), str_from_c(rows[i].outline));
	}
	if (test_case(t, "places are counted as people count")) {
		struct doc *d;
		struct str file = fixture_docx(
			t, P("a") TBL(TR(TC("x") TC("y"))) P("b") TBL(TR(TC("x") TC("y"))), NULL,
			NULL);
		if (CHECK_OK(office_read_here(t->arena, STR("x.docx"), file, &d, &err)) &&
		    CHECK_INT((int64_t)d->count, 4)) {
			CHECK_STR(d->blocks[1].place.text, STR("第1个表格"));
			CHECK_STR(d->blocks[2].place.text, STR("第2段"));
			CHECK_STR(d->blocks[3].place.text, STR("第2个表格"));
		}
	}
}
