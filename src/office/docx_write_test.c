/*
 * docx_write_test.c - what Word demands of a file and other programs forgive:
 * the order of children, references that lead somewhere, no table without a
 * paragraph behind it.
 */
#include "base/asset.h"
#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/official.h"
#include "office/package.h"
#include "office/write.h"
#include "office/xml.h"

#include <string.h>

/* What we use of ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.4.59, 17.4.69, 17.6.17, 17.7.4.17. */
static const struct { const char *parent, *children;
} orders[] = {
	{ "pPr",
	  " pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
	  "autoSpaceDE autoSpaceDN snapToGrid spacing ind jc textAlignment outlineLvl rPr "
	  "sectPr " },
	{ "rPr",
	  " rStyle rFonts b bCs i iCs color spacing w kern position sz szCs highlight u lang " },
	{ "tblPr",
	  " tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption " },
	{ "trPr", " cantSplit trHeight tblHeader " },
	{ "tcPr", " tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign " },
	{ "tblBorders", " top left bottom right insideH insideV " },
	{ "sectPr", " headerReference footerReference pgSz pgMar pgNumType cols titlePg docGrid " },
	{ "style", " name basedOn next uiPriority qFormat pPr rPr " },
	{ "docDefaults", " rPrDefault pPrDefault " },
	{ "settings", " evenAndOddHeaders characterSpacingControl compat themeFontLang " },
	{ "tbl", " tblPr tblGrid tr " },
	{ "tr", " trPr tc " },
	{ "tc", " tcPr p " },
	{ "body", NULL }, /* anything, the section last: checked below */
};

static const char *order_of(struct str parent)
{
	for (size_t i = 0; i < COUNT_OF(orders); i++)
		if (str_equal_c(parent, orders[i].parent))
			return orders[i].children;
	return NULL;
}

/* Where name stands in a list " a b c ", or SIZE_MAX. */
static size_t rank(struct arena *a, const char *list, struct str name)
{
	return str_find(str_from_c(list), str_format(a, " " STR_FMT " ", STR_ARG(name)), 0);
}

struct level { struct str name; size_t last; };

static void check_child(struct test *t, const struct level *parent, struct str name, size_t *last)
{
	const char *order = order_of(parent->name);

	if (order == NULL)
		return;
	size_t at = rank(t->arena, order, name);
	CHECK(at != SIZE_MAX);
	if (at == SIZE_MAX || (parent->last != SIZE_MAX && at < parent->last)) {
		CHECK_STR(name, STR("in its order"));
		CHECK_STR(parent->name, STR("parent of the above"));
	}
	*last = at;
}

static void check_order(struct test *t, struct str file, const char *part)
{
	struct level stack[LIMIT_XML_DEPTH + 1] = { { STR("(root)"), SIZE_MAX } };
	struct err err = { 0 };
	struct package package;
	struct xml x;
	size_t depth = 0;

	if (!CHECK_OK(package_open(t->arena, file, &package, &err)))
		return;
	if (CHECK_OK(xml_open(&x, &package, str_from_c(part), &err))) {
		while (CHECK_OK(xml_next(&x, &err)) && x.event != XML_END) {
			struct str name =
				str_from_c((const char *)xmlTextReaderConstLocalName(x.reader));
			if (x.event == XML_OPEN) {
				check_child(t, &stack[depth], str_copy(t->arena, name),
					    &stack[depth].last);
				stack[++depth] =
					(struct level){ str_copy(t->arena, name), SIZE_MAX };
			} else if (x.event == XML_CLOSE) {
				depth--;
			}
		}
		xml_close(&x);
	}
	package_close(&package);
}

/* The text of a part. */
static struct str part_text(struct test *t, struct str file, const char *name)
{
	struct buf out = buf_open(t->arena, KIB, 4 * MIB);
	struct err err = { 0 };
	struct package package;
	struct part *part;
	char bytes[4096];

	if (!CHECK_OK(package_open(t->arena, file, &package, &err)))
		return STR_NONE;
	if (CHECK_OK(part_open(&package, str_from_c(name), &part, &err))) {
		for (int got = part_read(part, bytes, sizeof bytes); got > 0;
		     got = part_read(part, bytes, sizeof bytes))
			buf_add_bytes(&out, bytes, (size_t)got);
		part_close(part);
	}
	package_close(&package);
	return buf_str(&out);
}

static size_t count_of(struct str text, struct str piece)
{
	size_t count = 0;

	for (size_t at = str_find(text, piece, 0); at != SIZE_MAX;
	     at = str_find(text, piece, at + 1))
		count++;
	return count;
}

static void check_references(struct test *t, struct str file)
{
	struct str document = part_text(t, file, "word/document.xml");
	struct str relations = part_text(t, file, "word/_rels/document.xml.rels");
	static const char *const ids[] = { "rIdFooterRight", "rIdFooterLeft", "rIdChart1" };
	static const char *const parts[] = { "word/styles.xml",	      "word/settings.xml",
					     "word/footer1.xml",      "word/footer2.xml",
					     "word/media/chart1.png", "docProps/core.xml",
					     "_rels/.rels",	      "[Content_Types].xml" };

	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		CHECK_INT((int64_t)count_of(document, str_from_c(ids[i])), 1);
		CHECK_INT((int64_t)count_of(relations, str_from_c(ids[i])), 1);
	}
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		CHECK(part_text(t, file, parts[i]).len > 0);
	CHECK(str_starts(part_text(t, file, "word/media/chart1.png"), STR("\x89PNG")));
	CHECK(str_contains(document, STR("descr=\"饼图：政府信息公开申请办理结果（单位：件）。予以公开 123（44.6%）")));
	/* one section, at the end; after every table a paragraph */
	CHECK(str_ends(str_trim(document), STR("</w:sectPr>\n</w:body></w:document>")));
	CHECK_INT((int64_t)count_of(document, STR("</w:tbl><w:p>")),
		  (int64_t)count_of(document, STR("</w:tbl>")));
}

/* The styles a document uses are those the styles part has. */
static void check_styles(struct test *t, struct str file)
{
	struct str document = part_text(t, file, "word/document.xml");
	struct str styles = part_text(t, file, "word/styles.xml");
	struct str mark = STR("<w:pStyle w:val=\"");
	size_t used = 0;

	for (size_t at = str_find(document, mark, 0); at != SIZE_MAX;
	     at = str_find(document, mark, at + 1)) {
		size_t from = at + mark.len, to = str_find(document, STR("\""), from);
		struct str id = str_slice(document, from, to);
		CHECK(str_contains(styles,
				   str_format(t->arena, "w:styleId=\"" STR_FMT "\"", STR_ARG(id))));
		used++;
	}
	CHECK(used > 50);
}

/* Every style of letter: order of children, references, one section. */
static void official_letters(struct test *t)
{
	for (int style = OFFICIAL_PLAIN; style <= OFFICIAL_LETTER; style++) {
		struct err err = { 0 };
		struct str file, again;
		if (!test_case(t, "an official letter, style %d", style) ||
		    !CHECK_OK(
			    official_docx(t->arena, fixture_letter(t->arena, style), &file, &err)))
			continue;
		check_order(t, file, "word/document.xml");
		struct str document = part_text(t, file, "word/document.xml");
		struct str relations = part_text(t, file, "word/_rels/document.xml.rels");
		bool first = style == OFFICIAL_LETTER;
		CHECK_INT(str_contains(document, STR("rIdFooterFirst")), first);
		CHECK_INT(str_contains(relations, STR("footer3.xml")), first);
		CHECK_INT(
			str_contains(part_text(t, file, "[Content_Types].xml"), STR("footer3.xml")),
			first);
		if (first)
			check_order(t, file, "word/footer3.xml");
		CHECK_INT((int64_t)count_of(document, STR("<w:sectPr>")), 1);
		CHECK_OK(official_docx(t->arena, fixture_letter(t->arena, style), &again, &err));
		CHECK(str_equal(file, again));
	}
}

void docx_write_test(struct test *t)
{
	struct err err = { 0 };
	struct str file;

	official_letters(t);
	if (!test_case(t, "order of children") ||
	    !CHECK_OK(office_write_docx(t->arena, fixture_report(t->arena), &file, &err)))
		return;
	check_order(t, file, "word/document.xml");
	check_order(t, file, "word/styles.xml");
	check_order(t, file, "word/settings.xml");
	if (test_case(t, "references") &&
	    CHECK_OK(office_write_docx(t->arena, fixture_report(t->arena), &file, &err)))
		check_references(t, file);
	if (test_case(t, "styles") &&
	    CHECK_OK(office_write_docx(t->arena, fixture_report(t->arena), &file, &err)))
		check_styles(t, file);
	if (test_case(t, "columns fill the width of the text exactly") &&
	    CHECK_OK(office_write_docx(t->arena, fixture_report(t->arena), &file, &err))) {
		struct str rest = part_text(t, file, "word/document.xml");
		size_t from = str_find(rest, STR("<w:tblGrid>"), 0);
		uint64_t sum = 0, width;
		rest = str_slice(rest, from + 11, str_find(rest, STR("</w:tblGrid>"), from));
		while (str_take_str(&rest, STR("<w:gridCol w:w=\"")) &&
		       str_take_u64(&rest, 10000, &width) && str_take_str(&rest, STR("\"/>")))
			sum += width;
		CHECK_INT((int64_t)sum, 8844);
	}
}
