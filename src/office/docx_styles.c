#include "base/limits.h"
#include "office/docx.h"
#include "office/xml.h"

#include <string.h>

enum { STYLES_MAX = 4000, BASED_ON_MAX = 16 };

/* "heading 2" in any case; also the Chinese name some programs write. */
static int heading_level(struct str name)
{
	static const struct str words[] = { STR_INIT("heading "), STR_INIT("标题 ") };
	uint64_t level = 0;

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct str rest = str_slice(name, words[i].len, name.len);
		if (name.len > words[i].len &&
		    str_equal_ascii_nocase(str_slice(name, 0, words[i].len), words[i]) &&
		    str_take_u64(&rest, 9, &level) && rest.len == 0 && level > 0)
			return (int)level;
	}
	return 0;
}

static void note_name(struct docx_style *style, struct str name)
{
	int level = heading_level(name);

	if (level > 0) {
		style->role = DOCX_HEADING;
		style->level = level;
		style->has_level = true;
	} else if (str_equal_ascii_nocase(name, STR("title")) || str_equal_c(name, "标题")) {
		style->role = DOCX_TITLE;
	} else if (str_equal_ascii_nocase(str_slice(name, 0, 4), STR("toc "))) {
		style->role = DOCX_CONTENTS;
	}
}

static void note_outline(struct docx_style *style, uint32_t outline)
{
	style->has_level = true;
	style->level = outline < 9 ? (int)outline + 1 : 0; /* 9 is body text */
	if (style->role == DOCX_BODY && style->level > 0)
		style->role = DOCX_HEADING;
}

static void note_element(struct xml *x, struct arena *a, struct docx_style *style)
{
	struct opt_str value;

	if (xml_is(x, "name")) {
		value = xml_attr(x, "val");
		if (value.known)
			note_name(style, value.v);
	} else if (xml_is(x, "basedOn")) {
		value = xml_attr(x, "val");
		style->based_on = value.known ? str_copy(a, value.v) : STR_NONE;
	} else if (xml_is(x, "outlineLvl")) {
		note_outline(style, xml_attr_number(x, "val", 9, 9));
	} else if (xml_is(x, "numId")) {
		style->has_number = true;
		style->number_id = (int)xml_attr_number(x, "val", INT32_MAX, 0);
	} else if (xml_is(x, "ilvl")) {
		style->number_level = (int)xml_attr_number(x, "val", DOCX_NUMBER_LEVELS - 1, 0);
	}
}

/* From the opening of w:style to its end. */
static bool read_style(struct xml *x, struct arena *a, struct docx_style *style, struct err *err)
{
	int depth = x->depth;
	struct opt_str id = xml_attr(x, "styleId");

	*style = (struct docx_style){ .id = id.known ? str_copy(a, id.v) : STR_NONE,
				      .based_on = STR_NONE };
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event == XML_OPEN)
			note_element(x, a, style);
	} while (x->event != XML_END && (x->event != XML_CLOSE || x->depth != depth));
	return true;
}

static bool read_styles(struct xml *x, struct docx_styles *out, struct err *err)
{
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event != XML_OPEN || !xml_is(x, "style"))
			continue;
		struct opt_str type = xml_attr(x, "type");
		if (type.known && !str_equal_c(type.v, "paragraph")) {
			if (!xml_skip(x, err))
				return false;
			continue;
		}
		if (out->count == STYLES_MAX)
			return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", STYLES_MAX);
		if (!read_style(x, x->arena, &out->list[out->count++], err))
			return false;
	} while (x->event != XML_END);
	return true;
}

bool docx_styles_read(struct package *p, struct docx_styles *out, struct err *err)
{
	struct xml x;

	*out = (struct docx_styles){ 0 };
	if (!package_has(p, STR("word/styles.xml")))
		return true;
	out->list = ARENA_ARRAY(p->arena, STYLES_MAX, struct docx_style);
	if (!xml_open(&x, p, STR("word/styles.xml"), err))
		return false;
	bool ok = read_styles(&x, out, err);
	xml_close(&x);
	return ok;
}

static const struct docx_style *find(const struct docx_styles *styles, struct str id)
{
	for (size_t i = 0; i < styles->count; i++)
		if (str_equal(styles->list[i].id, id))
			return &styles->list[i];
	return NULL;
}

struct docx_style docx_style_of(const struct docx_styles *styles, struct str id)
{
	struct docx_style sum = { .id = id, .based_on = STR_NONE };
	const struct docx_style *style = find(styles, id);

	for (int step = 0; style != NULL && step < BASED_ON_MAX; step++) {
		if (sum.role == DOCX_BODY)
			sum.role = style->role;
		if (!sum.has_level && style->has_level) {
			sum.has_level = true;
			sum.level = style->level;
		}
		if (!sum.has_number && style->has_number) {
			sum.has_number = true;
			sum.number_id = style->number_id;
			sum.number_level = style->number_level;
		}
		style = style->based_on.len > 0 ? find(styles, style->based_on) : NULL;
	}
	if (sum.has_level && sum.level == 0 && sum.role == DOCX_HEADING)
		sum.role = DOCX_BODY;
	return sum;
}
