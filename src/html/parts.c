#include "html/parts.h"

#include "html/parts_view.h"

#include "base/asset.h"
#include "base/utf8.h"
#include "html_html.h"

#include <assert.h>

/* ---- shell */

static const struct {
	enum page_mode mode;
	struct str code, label;
} MODES[MODE_COUNT] = {
	{ MODE_PLAIN, STR_INIT("plain"), STR_INIT("标准版") },
	{ MODE_ELDER, STR_INIT("elder"), STR_INIT("长者版") },
	{ MODE_CONTRAST, STR_INIT("contrast"), STR_INIT("高对比度") },
	{ MODE_DARK, STR_INIT("dark"), STR_INIT("深色") },
};

/* Enough of the digest that two versions of a file never share an address. */
static struct str asset_version(const char *path)
{
	const struct asset *asset = asset_find(str_from_c(path));

	return asset != NULL ? str_slice(str_from_c(asset->sha256_hex), 0, 16) : STR_NONE;
}

/* https://www.example.gov.cn:8443/x -> www.example.gov.cn */
static struct str host_of(struct str url)
{
	size_t begin = str_find(url, STR("://"), 0);
	struct str rest = begin == SIZE_MAX ? url : str_slice(url, begin + 3, url.len);
	size_t end = 0;

	while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != ':')
		end++;
	return str_slice(rest, 0, end);
}

static struct mode_link mode_link(struct arena *a, const struct page *page, size_t i)
{
	bool has_query = str_contains(page->path, STR("?"));

	return (struct mode_link){
		.label = MODES[i].label,
		.href = str_format(a, STR_FMT "%smode=" STR_FMT, STR_ARG(page->path),
				   has_query ? "&" : "?", STR_ARG(MODES[i].code)),
		.current = page->mode == MODES[i].mode,
	};
}

void html_page_begin(struct html *h, const struct page *page)
{
	struct shell_view v = {
		.page = page,
		.domain = host_of(page->site_url),
		.css = asset_version("assets/site.css"),
		.js = asset_version("assets/site.js"),
		.icon = asset_version("assets/icon.svg"),
	};

	for (size_t i = 0; i < MODE_COUNT; i++)
		v.modes[i] = mode_link(h->arena, page, i);
	for (size_t i = 0; i < page->nav_count; i++)
		if (page->nav[i].current)
			v.nav_current = page->nav[i].label;
	shell_begin_html(h, &v);
}

void html_page_end(struct html *h, const struct page *page)
{
	shell_end_html(h, page);
}

/* ---- forms */

void html_error_summary(struct html *h, const struct form_state *f)
{
	if (f->errors_count > 0)
		error_summary_html(h, f);
}

void html_form_hidden(struct html *h, const struct form_state *f)
{
	form_hidden_html(h, f);
}

static struct field_view field(const struct form_state *f, const char *name, struct str label,
			       struct str hint, bool required)
{
	struct field_view v = {
		.name = str_from_c(name), .label = label, .hint = hint, .required = required
	};

	assert(name != NULL && *name != '\0');
	for (size_t i = 0; f != NULL && i < f->errors_count && v.error.len == 0; i++)
		if (f->errors[i].field != NULL && str_equal_c(v.name, f->errors[i].field))
			v.error = f->errors[i].text;
	return v;
}

static struct str input_type(enum input_kind kind)
{
	switch (kind) {
	case INPUT_TEXT:
	case INPUT_NUMBER: /* type=number takes "1e5" and the mouse wheel; inputmode does not */
		return STR("text");
	case INPUT_PASSWORD:
		return STR("password");
	case INPUT_DATE:
		return STR("date");
	case INPUT_EMAIL:
		return STR("email");
	case INPUT_SEARCH:
		return STR("search");
	}
	return STR("text");
}

/* The stylesheet's next width that holds so many characters; 0: the full width. */
static int input_width(int chars)
{
	static const int WIDTHS[] = { 2, 3, 4, 5, 10, 20, 30 };

	for (size_t i = 0; chars > 0 && i < COUNT_OF(WIDTHS); i++)
		if (chars <= WIDTHS[i])
			return WIDTHS[i];
	return 0;
}

void html_input(struct html *h, const struct form_state *f, const struct input *in)
{
	struct field_view v = field(f, in->name, in->label, in->hint, in->required);
	int width = in->kind == INPUT_DATE && in->width_chars == 0 ? 10 : in->width_chars;

	input_html(h, &v, in, input_type(in->kind), input_width(width));
}

void html_textarea(struct html *h, const struct form_state *f, const struct textarea *in)
{
	struct field_view v = field(f, in->name, in->label, in->hint, in->required);

	v.counted = in->count_max > 0;
	textarea_html(h, &v, in, in->rows > 0 ? in->rows : 5);
}

static struct choices_view choices(const struct form_state *f, const struct select *in)
{
	return (struct choices_view){
		.field = field(f, in->name, in->label, in->hint, in->required),
		.value = in->value,
		.choices = in->choices,
		.choices_count = in->choices_count,
	};
}

void html_select(struct html *h, const struct form_state *f, const struct select *in)
{
	struct choices_view v = choices(f, in);

	select_html(h, &v);
}

void html_radios(struct html *h, const struct form_state *f, const struct select *in)
{
	struct choices_view v = choices(f, in);

	radios_html(h, &v);
}

void html_checkbox(struct html *h, const struct form_state *f, const char *name, struct str label,
		   bool checked)
{
	struct field_view v = field(f, name, label, STR_NONE, false);

	checkbox_html(h, &v, checked);
}

void html_file(struct html *h, const struct form_state *f, const char *name, struct str label,
	       struct str hint, struct str accept)
{
	struct field_view v = field(f, name, label, hint, false);

	file_html(h, &v, accept);
}

void html_button(struct html *h, struct str label)
{
	button_html(h, label);
}

void html_button_named(struct html *h, struct str label, const char *name, struct str value,
		       bool secondary)
{
	button_named_html(h, label, str_from_c(name), value, secondary);
}

void html_paragraphs(struct html *h, struct str text)
{
	struct str rest = text, line;

	paragraphs_begin_html(h);
	while (str_split_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0)
			paragraph_html(h, line);
	}
	paragraphs_end_html(h);
}

/* ---- lists */

void html_table_begin(struct html *h, struct str caption, const struct column *columns,
		      size_t count)
{
	assert(caption.len > 0);
	table_begin_html(h, caption, columns, count);
}

void html_table_end(struct html *h)
{
	table_end_html(h);
}

void html_pager(struct html *h, const struct pager *p)
{
	if (p->first_href.len > 0 || p->next_href.len > 0 || p->summary.len > 0)
		pager_html(h, p);
}

void html_empty(struct html *h, struct str what, struct str remedy)
{
	empty_html(h, what, remedy);
}

void html_tag(struct html *h, struct str label, enum tag_colour colour)
{
	static const struct str NAMES[] = {
		[TAG_GREY] = STR_INIT("grey"),	 [TAG_BLUE] = STR_INIT("blue"),
		[TAG_GREEN] = STR_INIT("green"), [TAG_YELLOW] = STR_INIT("yellow"),
		[TAG_RED] = STR_INIT("red"),	 [TAG_BLACK] = STR_INIT("black"),
	};

	assert((size_t)colour < COUNT_OF(NAMES));
	tag_html(h, label, NAMES[colour]);
}

void html_summary_list(struct html *h, const struct summary_row *rows, size_t count)
{
	summary_list_html(h, rows, count);
}
