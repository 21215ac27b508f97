/*
 * html_read.c - a page into a tree: what is read as text, in the order of the source.
 *
 * Scripts, styles, navigation, form controls and hidden parts are left out.
 * Tables keep their spans; tables used to arrange the page dissolve (builder.h).
 */
#include "base/utf8.h"
#include "office/builder.h"
#include "office/html_scan.h"
#include "office/readers.h"
#include "text/encoding.h"

#include <gumbo.h>
#include <string.h>

enum { WALK_DEPTH_MAX = 1024 };

struct page {
	struct builder builder;
	struct buf text;     /* of the paragraph being gathered */
	bool space;	     /* white space came after it */
	int heading;	     /* its level, 0 in a paragraph */
	bool preformatted, in_head;
	int depth;
};

/* ---- text */

static bool flush(struct page *p, struct err *err)
{
	struct str text = buf_str(&p->text);

	if (!buf_ok(&p->text))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_DOC_TEXT);
	bool ok = text.len == 0 ||
		  builder_add_text(&p->builder, p->heading > 0 ? DOC_HEADING : DOC_PARAGRAPH,
				   p->heading, str_copy(p->builder.arena, text), err);
	buf_clear(&p->text);
	p->space = false;
	return ok;
}

/* Runs of white space become one blank, as on the screen. */
static void add_text(struct page *p, struct str text)
{
	uint32_t c;

	while (utf8_take(&text, &c)) {
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0xA0) {
			p->space = true;
			continue;
		}
		if (c < 0x20 || c == 0x7F || c == 0xFEFF || c == 0x200B)
			continue;
		if (p->space && p->text.len > 0)
			buf_add_char(&p->text, ' ');
		p->space = false;
		buf_add_utf8(&p->text, c);
	}
}

static bool add_preformatted(struct page *p, struct str text, struct err *err)
{
	struct str line;
	bool first = true;

	while (str_split_next(&text, '\n', &line)) {
		if (!first && !flush(p, err))
			return false;
		add_text(p, line);
		first = false;
	}
	return true;
}

/* ---- elements */

static struct str attribute(const GumboElement *e, const char *name)
{
	const GumboAttribute *found = gumbo_get_attribute(&e->attributes, name);

	return found == NULL ? STR_NONE : str_from_c(found->value);
}

static bool has_attribute(const GumboElement *e, const char *name)
{
	return gumbo_get_attribute(&e->attributes, name) != NULL;
}

/* A declaration in style="", compared without blanks and in small letters. */
static bool has_style(const GumboElement *e, struct str wanted)
{
	struct str style = attribute(e, "style");
	size_t matched = 0;

	for (size_t i = 0; i < style.len && matched < wanted.len; i++) {
		char c = style.ptr[i];
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		matched = c == wanted.ptr[matched] ? matched + 1 : c == wanted.ptr[0];
	}
	return wanted.len > 0 && matched == wanted.len;
}

static bool is_unseen(const GumboElement *e)
{
	switch (e->tag) {
	case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NAV: case GUMBO_TAG_NOSCRIPT:
	case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_SELECT: case GUMBO_TAG_TEXTAREA:
	case GUMBO_TAG_BUTTON: case GUMBO_TAG_INPUT: case GUMBO_TAG_IFRAME: case GUMBO_TAG_OBJECT:
	case GUMBO_TAG_EMBED: case GUMBO_TAG_APPLET: case GUMBO_TAG_VIDEO: case GUMBO_TAG_AUDIO:
	case GUMBO_TAG_HEAD: case GUMBO_TAG_DATALIST:
	/* Struck out is no longer said: 申请<del>270</del>277件. */
	case GUMBO_TAG_DEL: case GUMBO_TAG_S: case GUMBO_TAG_STRIKE:
		return true;
	default:
		return has_attribute(e, "hidden") || has_style(e, STR("display:none"));
	}
}

static bool is_inline(GumboTag tag)
{
	switch (tag) {
	case GUMBO_TAG_A: case GUMBO_TAG_ABBR: case GUMBO_TAG_ACRONYM: case GUMBO_TAG_B:
	case GUMBO_TAG_BDI: case GUMBO_TAG_BDO: case GUMBO_TAG_BIG: case GUMBO_TAG_CITE:
	case GUMBO_TAG_CODE: case GUMBO_TAG_DATA: case GUMBO_TAG_DFN:
	case GUMBO_TAG_EM: case GUMBO_TAG_FONT: case GUMBO_TAG_I: case GUMBO_TAG_INS:
	case GUMBO_TAG_KBD: case GUMBO_TAG_LABEL: case GUMBO_TAG_MARK: case GUMBO_TAG_NOBR:
	case GUMBO_TAG_Q:
	case GUMBO_TAG_RB:
	case GUMBO_TAG_RP:
	case GUMBO_TAG_RUBY:
	case GUMBO_TAG_SAMP: case GUMBO_TAG_SMALL: case GUMBO_TAG_SPAN:
	case GUMBO_TAG_STRONG: case GUMBO_TAG_SUB: case GUMBO_TAG_SUP: case GUMBO_TAG_TIME:
	case GUMBO_TAG_TT: case GUMBO_TAG_U: case GUMBO_TAG_VAR: case GUMBO_TAG_WBR:
	case GUMBO_TAG_UNKNOWN:
		return true;
	default:
		return false;
	}
}

static int heading_level(GumboTag tag)
{
	static const GumboTag tags[] = { GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
					 GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6 };

	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (tags[i] == tag)
			return (int)i + 1;
	return 0;
}

/* All the text below a node, white space made one. */
static struct str text_below(struct page *p, const GumboNode *node)
{
	struct page inner = { .text = buf_open(p->builder.arena, 64, LIMIT_CSV_CELL) };
	const GumboNode *at = node;

	/* without recursion: children first, then the next sibling, then up */
	while (at != NULL) {
		if (at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE)
			add_text(&inner, str_from_c(at->v.text.text));
		const GumboNode *next = NULL;
		if (at->type == GUMBO_NODE_ELEMENT && at->v.element.children.length > 0)
			next = at->v.element.children.data[0];
		while (next == NULL && at != node) {
			const GumboElement *parent = &at->parent->v.element;
			size_t after = at->index_within_parent + 1;
			if (after < parent->children.length)
				next = parent->children.data[after];
			else
				at = at->parent;
		}
		at = next;
	}
	return str_trim(buf_str(&inner.text));
}

static bool walk_children(struct page *p, const GumboElement *e, struct err *err);

/* ---- pictures */

static bool add_picture(struct page *p, const GumboNode *node, struct err *err)
{
	const GumboElement *e = &node->v.element;
	struct doc_block picture = { .kind = DOC_PICTURE, .text = STR_NONE };

	if (e->tag == GUMBO_TAG_SVG) {
		for (unsigned i = 0; i < e->children.length; i++) {
			const GumboNode *child = e->children.data[i];
			if (child->type == GUMBO_NODE_ELEMENT &&
			    child->v.element.tag == GUMBO_TAG_TITLE)
				picture.text = text_below(p, child);
		}
	} else {
		picture.text = attribute(e, has_attribute(e, "alt") ? "alt" : "title");
		picture.text =
			clean_text(p->builder.arena, str_copy(p->builder.arena, picture.text));
	}
	picture.place.text = str_format(p->builder.arena, "第%zu段", p->builder.paragraphs + 1);
	return builder_add(&p->builder, picture, err);
}

/* ---- tables */

static uint32_t span(const GumboElement *e, const char *name, uint32_t max, uint32_t all)
{
	struct str digits = str_trim(attribute(e, name));
	uint64_t n;

	if (!str_take_u64(&digits, max, &n))
		return 1;
	return n == 0 ? all : (uint32_t)n;
}

static enum doc_align alignment(const GumboElement *e)
{
	struct str align = attribute(e, "align");

	if (str_equal_ascii_nocase(align, STR("center")) || has_style(e, STR("text-align:center")))
		return DOC_CENTRE;
	if (str_equal_ascii_nocase(align, STR("right")) || has_style(e, STR("text-align:right")))
		return DOC_RIGHT;
	return DOC_LEFT;
}

static bool walk_row(struct page *p, const GumboElement *row, bool head, struct err *err)
{
	if (!builder_row_begin(&p->builder, err))
		return false;
	for (unsigned i = 0; i < row->children.length; i++) {
		const GumboNode *node = row->children.data[i];
		if (node->type != GUMBO_NODE_ELEMENT || is_unseen(&node->v.element))
			continue;
		const GumboElement *e = &node->v.element;
		if (e->tag != GUMBO_TAG_TD && e->tag != GUMBO_TAG_TH)
			continue;
		struct cell_spec spec = {
			.rowspan = span(e, "rowspan", UINT16_MAX, UINT16_MAX),
			.colspan = span(e, "colspan", LIMIT_SHEET_COLUMNS, 1),
			.head = head || e->tag == GUMBO_TAG_TH,
		};
		if (!builder_cell_begin(&p->builder, spec, err))
			return false;
		builder_cell_align(&p->builder, alignment(e));
		if (!walk_children(p, e, err) || !flush(p, err))
			return false;
		builder_cell_end(&p->builder);
	}
	return true;
}

static bool walk_group(struct page *p, const GumboElement *group, bool head, struct err *err)
{
	for (unsigned i = 0; i < group->children.length; i++) {
		const GumboNode *node = group->children.data[i];
		if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_TR &&
		    !is_unseen(&node->v.element) && !walk_row(p, &node->v.element, head, err))
			return false;
	}
	builder_group_end(&p->builder);
	return true;
}

static bool walk_table(struct page *p, const GumboElement *table, struct err *err)
{
	if (!flush(p, err) || !builder_table_begin(&p->builder, err))
		return false;
	builder_table_trims(&p->builder);
	for (unsigned i = 0; i < table->children.length; i++) {
		const GumboNode *node = table->children.data[i];
		if (node->type != GUMBO_NODE_ELEMENT || is_unseen(&node->v.element))
			continue;
		const GumboElement *e = &node->v.element;
		if (e->tag == GUMBO_TAG_CAPTION)
			builder_table_caption(&p->builder, text_below(p, node));
		else if ((e->tag == GUMBO_TAG_THEAD || e->tag == GUMBO_TAG_TBODY ||
			  e->tag == GUMBO_TAG_TFOOT) &&
			 !walk_group(p, e, e->tag == GUMBO_TAG_THEAD, err))
			return false;
		else if (e->tag == GUMBO_TAG_TR && !walk_row(p, e, false, err))
			return false;
	}
	return builder_table_end(&p->builder, err);
}

/* ---- the walk */

static bool walk_element(struct page *p, const GumboNode *node, struct err *err)
{
	const GumboElement *e = &node->v.element;
	int heading = heading_level(e->tag);

	if (is_unseen(e))
		return true;
	if (e->tag == GUMBO_TAG_IMG || e->tag == GUMBO_TAG_SVG || e->tag == GUMBO_TAG_CANVAS)
		return add_picture(p, node, err);
	if (e->tag == GUMBO_TAG_TABLE)
		return walk_table(p, e, err);
	if (e->tag == GUMBO_TAG_BR)
		return flush(p, err);
	if (is_inline(e->tag))
		return walk_children(p, e, err);

	bool outer_preformatted = p->preformatted;
	int outer_heading = p->heading;
	if (!flush(p, err))
		return false;
	p->preformatted = outer_preformatted || e->tag == GUMBO_TAG_PRE;
	p->heading = heading > 0 ? heading : outer_heading;
	bool ok = walk_children(p, e, err) && flush(p, err);
	p->preformatted = outer_preformatted;
	p->heading = outer_heading;
	return ok;
}

static bool walk_node(struct page *p, const GumboNode *node, struct err *err)
{
	switch (node->type) {
	case GUMBO_NODE_ELEMENT:
		return walk_element(p, node, err);
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
		if (p->preformatted)
			return add_preformatted(p, str_from_c(node->v.text.text), err);
		add_text(p, str_from_c(node->v.text.text));
		return true;
	case GUMBO_NODE_DOCUMENT:
	case GUMBO_NODE_CDATA:
	case GUMBO_NODE_COMMENT:
	case GUMBO_NODE_TEMPLATE:
		return true;
	}
	return true;
}

static bool walk_children(struct page *p, const GumboElement *e, struct err *err)
{
	if (p->depth == WALK_DEPTH_MAX)
		return err_set(err, ERR_LIMIT, "office.html_too_deep", "%d",
			       LIMIT_HTML_OPEN_ELEMENTS);
	p->depth++;
	for (unsigned i = 0; i < e->children.length; i++)
		if (!walk_node(p, e->children.data[i], err))
			return false;
	p->depth--;
	return true;
}

static struct str page_title(struct page *p, const GumboElement *root)
{
	for (unsigned i = 0; i < root->children.length; i++) {
		const GumboNode *head = root->children.data[i];
		if (head->type != GUMBO_NODE_ELEMENT || head->v.element.tag != GUMBO_TAG_HEAD)
			continue;
		for (unsigned k = 0; k < head->v.element.children.length; k++) {
			const GumboNode *node = head->v.element.children.data[k];
			if (node->type == GUMBO_NODE_ELEMENT &&
			    node->v.element.tag == GUMBO_TAG_TITLE)
				return text_below(p, node);
		}
	}
	return STR_NONE;
}

bool read_html(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	struct page *p = ARENA_NEW(a, struct page);
	GumboOptions options = kGumboDefaultOptions;
	struct decoded decoded;
	struct str html;

	p->builder = builder_open(a);
	p->text = buf_open(a, 4096, LIMIT_DOC_TEXT);
	if (!encoding_decode(a, content, &decoded, err) || !html_scan(a, decoded.text, &html, err))
		return false;
	options.max_errors = 0;
	GumboOutput *tree = gumbo_parse_with_options(&options, html.ptr, html.len);
	if (tree == NULL)
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "gumbo");
	const GumboElement *root = &tree->root->v.element;
	bool ok = walk_children(p, root, err) && flush(p, err);
	if (ok) {
		*out = builder_finish(&p->builder, DOC_SOURCE_HTML);
		(*out)->title = page_title(p, root);
	}
	gumbo_destroy_output(&options, tree);
	return ok;
}
