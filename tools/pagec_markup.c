/*
 * pagec_markup.c - the markup of a page: where a value stands, and what is refused.
 *
 * Stricter than a browser, which repairs everything: what this accepts has one
 * reading. A value may stand in text, in a quoted attribute, or in a URL; in
 * any other place there is no escaping that could make it harmless, so the
 * page does not compile. White space that no reader sees is left out.
 */
#include "pagec.h"

#include <stddef.h>

static bool in_list(struct str name, const char *list)
{
	struct str rest = str_from_c(list), piece;

	while (str_split_next(&rest, ' ', &piece))
		if (str_equal(piece, name))
			return true;
	return false;
}

/* clang-format off */
static const char VOID_ELEMENTS[] =
	"area br col hr img input link meta source track wbr";
/* White space beside their tags is not shown. */
static const char BLOCK_ELEMENTS[] =
	"html head body title meta link script address article aside blockquote br caption circle "
	"col colgroup dd defs desc details dialog div dl dt ellipse fieldset figcaption figure "
	"footer form g h1 h2 h3 h4 h5 h6 header hgroup hr legend li line main menu nav ol optgroup "
	"option p path pattern polygon polyline pre rect search section summary table tbody td "
	"text tfoot th thead tr ul";
/* They end an open <p> in every browser, wherever its </p> stands. */
static const char ENDS_P[] =
	"address article aside blockquote details dialog div dl fieldset figcaption figure footer "
	"form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul";
/* In these, and in what stands in them, names may hold capitals and tags may close themselves. */
static const char SVG_ELEMENTS[] =
	"svg circle clipPath defs desc ellipse g line linearGradient mask path pattern polygon "
	"polyline radialGradient rect stop symbol text tspan use";
static const char NOT_IN_ITSELF[] = "a button form label option p";
/* They run, fetch or re-parse what stands in them; the site's policy forbids most of them. */
static const char REFUSED_ELEMENTS[] =
	"style iframe frame frameset noframes object embed applet param base noscript template xmp "
	"plaintext noembed listing math foreignobject animate animatemotion animatetransform set "
	"marquee slot portal";
static const char URL_ATTRIBUTES[] =
	"href src action formaction cite poster longdesc background manifest xlink:href data "
	"codebase";
static const char REFUSED_ATTRIBUTES[] =
	"style srcdoc http-equiv srcset imagesrcset ping is slot nonce";
/* clang-format on */

bool pagec_verbatim(const struct pagec *p)
{
	for (size_t i = 0; i < p->elements_count; i++)
		if (in_list(p->elements[i].name, "pre textarea"))
			return true;
	return false;
}

static bool open_element(const struct pagec *p, struct str name)
{
	for (size_t i = 0; i < p->elements_count; i++)
		if (str_equal(p->elements[i].name, name))
			return true;
	return false;
}

static bool in_svg(const struct pagec *p)
{
	for (size_t i = 0; i < p->elements_count; i++)
		if (in_list(p->elements[i].name, SVG_ELEMENTS))
			return true;
	return false;
}

/* Inside these, only text and their own end tag are read. */
static bool in_text_only(const struct pagec *p)
{
	struct str top = p->elements_count > 0 ? p->elements[p->elements_count - 1].name : STR_NONE;

	return str_equal(top, STR("textarea")) || (str_equal(top, STR("title")) && !in_svg(p));
}

/* ---- text */

void pagec_space_out(struct pagec *p)
{
	if (p->space_waits && !p->after_block)
		pagec_constant(p, STR(" "));
	p->space_waits = p->space_had_line = false;
}

static void text_space(struct pagec *p)
{
	char c = pagec_peek(p, 0);

	if (pagec_verbatim(p)) {
		pagec_constant(p, str_slice(p->text, p->pos, p->pos + 1));
	} else {
		p->space_waits = true;
		p->space_had_line |= c == '\n';
	}
	pagec_skip(p, 1);
}

/* &name; or &#number; and nothing that a browser would have to guess. */
static void entity(struct pagec *p)
{
	size_t n = 1;

	if (p->url != URL_NO && !pagec_at(p, "&amp;"))
		pagec_refuse(p, p->line, "in a URL only &amp; may follow &");
	if (pagec_peek(p, n) == '#')
		n++;
	size_t from = n;
	while (pagec_is_name(pagec_peek(p, n)))
		n++;
	if (n == from || pagec_peek(p, n) != ';')
		pagec_refuse(p, p->line, "write &amp; for &");
	pagec_constant(p, str_slice(p->text, p->pos, p->pos + n + 1));
	pagec_skip(p, n + 1);
}

static bool is_high(char c)
{
	return ((unsigned char)c & 0x80) != 0;
}

static void text_byte(struct pagec *p)
{
	char c = pagec_peek(p, 0);
	bool broken_chinese = p->space_had_line && is_high(c) && p->constant.len > 0 &&
			      is_high(p->constant.ptr[p->constant.len - 1]);

	if (!p->in_function)
		pagec_refuse(p, p->line, "markup before the first {%%! name(…) %%}");
	if (broken_chinese)
		p->space_waits = false; /* Chinese has no spaces: the line was only folded */
	pagec_space_out(p);
	p->after_block = false;
	if (c == '&') {
		entity(p);
		return;
	}
	if (c == '>')
		pagec_refuse(p, p->line, "write &gt; for >");
	if (pagec_at(p, "}}") || pagec_at(p, "%}"))
		pagec_refuse(p, p->line, "%.2s closes nothing", p->text.ptr + p->pos);
	pagec_constant(p, str_slice(p->text, p->pos, p->pos + 1));
	pagec_skip(p, 1);
}

static void value_out(struct pagec *p, const char *writer, int line, struct str code)
{
	pagec_flush(p);
	buf_addf(&p->body, "#line %d \"" STR_FMT "\"\n\t%s(h, (" STR_FMT "));\n", line,
		 STR_ARG(p->path), writer, STR_ARG(code));
}

static void text_value(struct pagec *p)
{
	int line = p->line;

	if (!p->in_function)
		pagec_refuse(p, line, "a value before the first {%%! name(…) %%}");
	pagec_space_out(p);
	p->after_block = false;
	value_out(p, "html_text", line, pagec_value(p));
}

static void comment(struct pagec *p)
{
	int line = p->line;

	while (!pagec_at(p, "-->")) {
		if (pagec_peek(p, 0) == '\0')
			pagec_refuse(p, line, "<!-- is not closed by -->");
		if (pagec_at(p, "{{") || pagec_at(p, "{%"))
			pagec_refuse(p, p->line, "no value and no statement in a comment");
		pagec_skip(p, 1);
	}
	pagec_skip(p, 3);
}

/* ---- attributes */

struct tag {
	struct str name;
	int line;
	bool svg;
	bool has_src;
	size_t blocks; /* open when the tag began */
	bool spaced;   /* white space or a statement stands before this attribute */
};

/* The constant beginning of a URL that a value may follow: it has fixed where the link leads. */
static bool safe_beginning(struct str url)
{
	struct str rest = url;

	if (str_starts(url, STR("/")))
		return !str_starts(url, STR("//")) && !str_starts(url, STR("/\\"));
	if (str_take_str(&rest, STR("https://")) || str_take_str(&rest, STR("http://")))
		return str_contains(rest, STR("/")) && !str_starts(rest, STR("/"));
	/* "./" leads to a file beside a page that is read without a server. */
	return str_starts(url, STR("?")) || str_starts(url, STR("#")) ||
	       str_starts(url, STR("./")) || str_starts(url, STR("mailto:")) ||
	       str_starts(url, STR("tel:"));
}

static bool dangerous_scheme(struct str url)
{
	size_t colon = str_find(url, STR(":"), 0);
	size_t slash = str_find(url, STR("/"), 0);

	if (colon == SIZE_MAX || colon > slash)
		return false;
	return !str_starts(url, STR("http:")) && !str_starts(url, STR("https:")) &&
	       !str_starts(url, STR("mailto:")) && !str_starts(url, STR("tel:"));
}

void pagec_url_checked(struct pagec *p, bool value_follows)
{
	struct str written = str_slice(p->text, p->url_from, p->pos);

	if (p->url == URL_NO || written.len == 0)
		return;
	if (p->url == URL_WHOLE || p->url == URL_MIXED) {
		if (p->url == URL_WHOLE && written.ptr[0] != '?' && written.ptr[0] != '#' &&
		    written.ptr[0] != '&')
			pagec_refuse(p, p->line, "only ?, & or # may follow a whole URL");
		if (str_contains(written, STR("?")) || str_contains(written, STR("#")))
			p->url = URL_CONST;
	}
	if (p->url != URL_START)
		return;
	if (dangerous_scheme(written))
		pagec_refuse(p, p->line, "this scheme is not allowed in a URL");
	if (value_follows && !safe_beginning(written))
		pagec_refuse(p, p->line,
			     "before a value a URL begins with /, ./, ?, #, http(s)://host/, "
			     "mailto: or tel:");
	p->url = safe_beginning(written) ? URL_CONST : URL_MIXED;
}

static void attribute_value_insertion(struct pagec *p, const struct tag *t)
{
	int line = p->line;
	const char *writer = "html_attr";

	pagec_url_checked(p, true);
	if (p->url == URL_START && str_equal(t->name, STR("script")))
		pagec_refuse(p, line, "the address of a script begins with constant text");
	if (p->url == URL_MIXED)
		pagec_refuse(p, line, "this URL may or may not have begun: write two attributes");
	if (p->url == URL_WHOLE)
		pagec_refuse(p, line, "write ? or # between a whole URL and a value");
	if (p->url == URL_START)
		writer = "html_url";
	else if (p->url == URL_CONST)
		writer = "html_query";
	value_out(p, writer, line, pagec_value(p));
	p->url_from = p->pos;
	if (p->url == URL_START)
		p->url = URL_WHOLE;
}

static void attribute_value(struct pagec *p, const struct tag *t, struct str attribute)
{
	int line = p->line;
	char quote = pagec_peek(p, 0);
	size_t blocks = p->blocks_count;

	pagec_skip(p, 1);
	p->url = in_list(attribute, URL_ATTRIBUTES) ? URL_START : URL_NO;
	p->url_from = p->pos;
	while (pagec_peek(p, 0) != quote) {
		if (pagec_peek(p, 0) == '\0' || pagec_peek(p, 0) == '<')
			pagec_refuse(p, line,
				     "the value of " STR_FMT " is not closed (write &lt; for <)",
				     STR_ARG(attribute));
		if (pagec_at(p, "{{")) {
			attribute_value_insertion(p, t);
		} else if (pagec_at(p, "{%")) {
			pagec_statement(p, PLACE_VALUE);
		} else if (pagec_peek(p, 0) == '&') {
			entity(p);
		} else {
			pagec_constant(p, pagec_peek(p, 0) == '"'
						  ? STR("&quot;")
						  : str_slice(p->text, p->pos, p->pos + 1));
			pagec_skip(p, 1);
		}
	}
	pagec_url_checked(p, false);
	p->url = URL_NO;
	if (p->blocks_count != blocks)
		pagec_refuse(p, line,
			     "a block opened in the value of " STR_FMT " is not closed in it",
			     STR_ARG(attribute));
	pagec_skip(p, 1);
}

static void check_attribute_name(const struct pagec *p, const struct tag *t, struct str name)
{
	if (!t->spaced)
		pagec_refuse(p, p->line, "white space must stand before an attribute");
	for (size_t i = 0; i < name.len && !t->svg; i++)
		if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')
			pagec_refuse(p, p->line, "attribute names are written in small letters");
	struct str folded = str_copy(p->arena, name);
	for (size_t i = 0; i < folded.len; i++)
		if (folded.ptr[i] >= 'A' && folded.ptr[i] <= 'Z')
			((char *)folded.ptr)[i] = (char)(folded.ptr[i] | 0x20);
	if (in_list(folded, REFUSED_ATTRIBUTES) || str_starts(folded, STR("on")))
		pagec_refuse(p, p->line,
			     "the attribute " STR_FMT " is not allowed: the site's policy "
			     "has no inline script or style",
			     STR_ARG(name));
	if (!str_equal(folded, name) && in_list(folded, URL_ATTRIBUTES))
		pagec_refuse(p, p->line, "attribute names are written in small letters");
}

static void attribute(struct pagec *p, struct tag *t)
{
	size_t from = p->pos;

	while (pagec_is_name(pagec_peek(p, 0)))
		pagec_skip(p, 1);
	struct str name = str_slice(p->text, from, p->pos);
	if (pagec_at(p, "{{"))
		pagec_refuse(p, p->line, "no value in the name of an attribute");
	check_attribute_name(p, t, name);
	pagec_constant(p, STR(" "));
	pagec_constant(p, name);
	t->spaced = false;
	t->has_src |= str_equal(name, STR("src"));
	if (pagec_peek(p, 0) != '=')
		return;
	pagec_skip(p, 1);
	if (pagec_peek(p, 0) != '"' && pagec_peek(p, 0) != '\'')
		pagec_refuse(p, p->line, "the value of " STR_FMT " must stand in quotes",
			     STR_ARG(name));
	pagec_constant(p, STR("=\""));
	attribute_value(p, t, name);
	pagec_constant(p, STR("\""));
}

/* ---- tags */

static struct str tag_name(struct pagec *p)
{
	size_t from = p->pos;

	while (pagec_is_name(pagec_peek(p, 0)))
		pagec_skip(p, 1);
	if (pagec_at(p, "{{"))
		pagec_refuse(p, p->line, "no value in the name of a tag");
	struct str name = str_slice(p->text, from, p->pos);
	bool svg = in_svg(p) || in_list(name, SVG_ELEMENTS);
	for (size_t i = 0; i < name.len && !svg; i++)
		if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')
			pagec_refuse(p, p->line, "tags are written in small letters");
	return name;
}

static void refuse_element(const struct pagec *p, struct str name)
{
	struct str rest = str_from_c(REFUSED_ELEMENTS), piece;

	while (str_split_next(&rest, ' ', &piece))
		if (str_equal_ascii_nocase(piece, name))
			pagec_refuse(p, p->line, "<" STR_FMT "> is not allowed in a page",
				     STR_ARG(name));
	if (in_list(name, NOT_IN_ITSELF) && open_element(p, name))
		pagec_refuse(p, p->line, "<" STR_FMT "> cannot stand in itself", STR_ARG(name));
	if (in_list(name, ENDS_P) && open_element(p, STR("p")))
		pagec_refuse(p, p->line, "<" STR_FMT "> cannot stand in <p>", STR_ARG(name));
}

static void space_before_tag(struct pagec *p, bool block)
{
	if (block)
		p->space_waits = p->space_had_line = false;
	else
		pagec_space_out(p);
	p->after_block = block;
}

static void tag_inside(struct pagec *p, struct tag *t)
{
	for (;;) {
		char c = pagec_peek(p, 0);
		if (c == '>' || pagec_at(p, "/>"))
			return;
		if (pagec_is_space(c)) {
			t->spaced = true;
			pagec_skip(p, 1);
		} else if (pagec_at(p, "{%")) {
			pagec_statement(p, PLACE_TAG);
			t->spaced = true;
		} else if (pagec_at(p, "{{")) {
			pagec_refuse(p, p->line,
				     "a value cannot be an attribute; name it: x=\"{{ … }}\"");
		} else if (pagec_is_name_start(c)) {
			attribute(p, t);
		} else {
			pagec_refuse(p, c == '\0' || c == '<' ? t->line : p->line,
				     "<" STR_FMT " is not closed, or holds what is no attribute",
				     STR_ARG(t->name));
		}
	}
}

static void push_element(struct pagec *p, const struct tag *t)
{
	if (p->elements_count == PAGEC_ELEMENTS_MAX)
		pagec_refuse(p, t->line, "more than %d elements in one another",
			     PAGEC_ELEMENTS_MAX);
	p->elements[p->elements_count++] = (struct element){ .name = t->name, .line = t->line };
}

static void start_tag(struct pagec *p)
{
	struct tag t = { .line = p->line, .blocks = p->blocks_count };

	if (!p->in_function)
		pagec_refuse(p, p->line, "markup before the first {%%! name(…) %%}");
	pagec_skip(p, 1);
	t.name = tag_name(p);
	refuse_element(p, t.name);
	t.svg = in_svg(p) || in_list(t.name, SVG_ELEMENTS);
	space_before_tag(p, in_list(t.name, BLOCK_ELEMENTS));
	pagec_constant(p, STR("<"));
	pagec_constant(p, t.name);
	bool after_block = p->after_block;
	tag_inside(p, &t);
	p->after_block = after_block;
	if (p->blocks_count != t.blocks)
		pagec_refuse(p, t.line, "a block opened in <" STR_FMT " is not closed in it",
			     STR_ARG(t.name));
	bool is_void = in_list(t.name, VOID_ELEMENTS) && !t.svg;
	bool slash = pagec_peek(p, 0) == '/';
	if (slash && !is_void && !t.svg)
		pagec_refuse(p, p->line,
			     "<" STR_FMT "/> does not close the element: write </" STR_FMT ">",
			     STR_ARG(t.name), STR_ARG(t.name));
	if (str_equal_ascii_nocase(t.name, STR("script")) && !t.has_src)
		pagec_refuse(p, t.line, "no inline script: put it into assets/ and name it by src");
	pagec_constant(p, slash && !is_void ? STR("/>") : STR(">"));
	pagec_skip(p, slash ? 2 : 1);
	if (str_equal_ascii_nocase(t.name, STR("script")) && !pagec_at(p, "</script>"))
		pagec_refuse(p, t.line, "nothing may stand in <script>");
	if (!is_void && !slash)
		push_element(p, &t);
}

static void end_tag(struct pagec *p)
{
	pagec_skip(p, 2);
	struct str name = tag_name(p);
	size_t floor = p->blocks_count > 0 ? p->blocks[p->blocks_count - 1].elements : 0;
	const struct element *top =
		p->elements_count > 0 ? &p->elements[p->elements_count - 1] : NULL;
	bool from_begin = p->elements_count == 0 && p->blocks_count == 0 && p->function.may_close;

	if (in_list(name, VOID_ELEMENTS))
		pagec_refuse(p, p->line, "<" STR_FMT "> has no end tag", STR_ARG(name));
	if (p->elements_count <= floor && !from_begin)
		pagec_refuse(p, p->line, "</" STR_FMT "> closes what was opened outside this %s",
			     STR_ARG(name), p->blocks_count > 0 ? "block" : "function");
	if (top != NULL && !str_equal(top->name, name))
		pagec_refuse(p, p->line, "</" STR_FMT "> closes <" STR_FMT "> of line %d",
			     STR_ARG(name), STR_ARG(top->name), top->line);
	while (pagec_is_space(pagec_peek(p, 0)))
		pagec_skip(p, 1);
	if (pagec_peek(p, 0) != '>')
		pagec_refuse(p, p->line, "</" STR_FMT " is not closed", STR_ARG(name));
	space_before_tag(p, in_list(name, BLOCK_ELEMENTS) && !pagec_verbatim(p));
	pagec_constant(p, STR("</"));
	pagec_constant(p, name);
	pagec_constant(p, STR(">"));
	pagec_skip(p, 1);
	if (top != NULL)
		p->elements_count--;
}

static void angle(struct pagec *p)
{
	char next = pagec_peek(p, 1);

	if (pagec_at(p, "<!--")) {
		comment(p);
	} else if (pagec_at(p, "</")) {
		end_tag(p);
	} else if (in_text_only(p)) {
		pagec_refuse(p, p->line, "only text may stand in <" STR_FMT ">",
			     STR_ARG(p->elements[p->elements_count - 1].name));
	} else if (pagec_at(p, "<!DOCTYPE html>") && p->in_function) {
		pagec_constant(p, STR("<!DOCTYPE html>"));
		pagec_skip(p, sizeof "<!DOCTYPE html>" - 1);
		p->space_waits = false;
		p->after_block = true;
	} else if (pagec_is_name_start(next)) {
		start_tag(p);
	} else {
		pagec_refuse(p, p->line, "no tag begins here: write &lt; for <");
	}
}

void pagec_file(struct pagec *p)
{
	for (;;) {
		char c = pagec_peek(p, 0);
		if (c == '\0')
			break;
		if (pagec_at(p, "{%!") || pagec_at(p, "{%#")) {
			pagec_directive(p);
		} else if (pagec_at(p, "{%")) {
			if (!p->in_function)
				pagec_refuse(p, p->line,
					     "a statement before the first {%%! name(…) %%}");
			pagec_statement(p, PLACE_TEXT);
		} else if (pagec_at(p, "{{")) {
			text_value(p);
		} else if (c == '<') {
			angle(p);
		} else if (pagec_is_space(c)) {
			text_space(p);
		} else {
			text_byte(p);
		}
	}
	pagec_function_end(p);
}
