#include "office/typeset.h"

#include "base/str.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

struct typeset {
	FcConfig *config;
	PangoFontMap *map;
	PangoContext *context;
	const char *families[FONT_ROLES];
	PangoWeight weights[FONT_ROLES];
};

/* By role, the best first; the last one is always tried behind them. */
struct face { enum font_role role; const char *family; PangoWeight weight; };
static const struct face faces[] = {
	{ FONT_BODY, "仿宋_GB2312", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "FangSong_GB2312", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "仿宋", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "FangSong", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "STFangsong", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "FandolFang", PANGO_WEIGHT_NORMAL },
	{ FONT_BODY, "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL },
	{ FONT_TITLE, "方正小标宋简体", PANGO_WEIGHT_NORMAL },
	{ FONT_TITLE, "FZXiaoBiaoSong-B05S", PANGO_WEIGHT_NORMAL },
	{ FONT_TITLE, "Noto Serif CJK SC", PANGO_WEIGHT_BOLD },
	{ FONT_HEADING, "黑体", PANGO_WEIGHT_NORMAL },
	{ FONT_HEADING, "SimHei", PANGO_WEIGHT_NORMAL },
	{ FONT_HEADING, "Noto Sans CJK SC", PANGO_WEIGHT_MEDIUM },
	{ FONT_SUBHEADING, "楷体_GB2312", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "KaiTi_GB2312", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "楷体", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "KaiTi", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "STKaiti", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "LXGW WenKai", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "FandolKai", PANGO_WEIGHT_NORMAL },
	{ FONT_SUBHEADING, "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL },
	{ FONT_SONG, "宋体", PANGO_WEIGHT_NORMAL },
	{ FONT_SONG, "SimSun", PANGO_WEIGHT_NORMAL },
	{ FONT_SONG, "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL },
	{ FONT_LATIN, "Times New Roman", PANGO_WEIGHT_NORMAL },
	{ FONT_LATIN, "Liberation Serif", PANGO_WEIGHT_NORMAL },
	{ FONT_LATIN, "Noto Serif CJK SC", PANGO_WEIGHT_NORMAL },
};
static const char last_resort[] = "Noto Serif CJK SC";

/* Where packages put fonts that fontconfig does not look for by itself. */
static const char *const font_folders[] = {
	"/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
	"/usr/share/texmf/fonts/opentype/public/fandol",
};

static void choose_families(struct typeset *ts)
{
	for (size_t i = 0; i < COUNT_OF(faces); i++) {
		const struct face *face = &faces[i];
		bool last = i + 1 == COUNT_OF(faces) || faces[i + 1].role != face->role;
		if (ts->families[face->role] != NULL)
			continue;
		if (!last && pango_font_map_get_family(ts->map, face->family) == NULL)
			continue;
		ts->families[face->role] = face->family;
		ts->weights[face->role] = face->weight;
	}
}

bool typeset_open(struct arena *a, struct typeset **out, struct err *err)
{
	struct typeset *ts = ARENA_NEW(a, struct typeset);

	ts->config = FcInitLoadConfigAndFonts();
	if (ts->config == NULL)
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "fontconfig");
	for (size_t i = 0; i < COUNT_OF(font_folders); i++)
		(void)FcConfigAppFontAddDir(ts->config, (const FcChar8 *)font_folders[i]);
	ts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(ts->map), ts->config);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(ts->map), 72);
	ts->context = pango_font_map_create_context(ts->map);
	pango_context_set_language(ts->context, pango_language_from_string("zh-cn"));
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(ts->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(ts->context, FALSE);
	choose_families(ts);
	*out = ts;
	return true;
}

void typeset_close(struct typeset *ts)
{
	g_object_unref(ts->context);
	/* Pango 1.50 does not let go of the configuration by itself when the map ends. */
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(ts->map), NULL);
	g_object_unref(ts->map);
	FcConfigDestroy(ts->config);
}

bool typeset_has_own(const struct typeset *ts, enum font_role role)
{
	return strcmp(ts->families[role], last_resort) != 0;
}

/* ---- layouts */

static PangoFontDescription *describe(const struct typeset *ts, struct type type)
{
	PangoFontDescription *d = pango_font_description_new();
	char families[256];

	g_snprintf(families, sizeof families, "%s,%s", ts->families[type.role], last_resort);
	pango_font_description_set_family(d, families);
	pango_font_description_set_weight(d,
					  type.bold ? PANGO_WEIGHT_BOLD : ts->weights[type.role]);
	pango_font_description_set_absolute_size(d, type.points * PANGO_SCALE);
	return d;
}

static void insert(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
	attribute->start_index = (guint)from;
	attribute->end_index = (guint)to;
	pango_attr_list_change(list, attribute);
}

/*
 * Latin runs get their face by attribute: standing first in the list of
 * families it would also take “ ” — … and make them half as wide.
 */
static PangoAttrList *attributes(const struct typeset *ts, struct type type, struct str text)
{
	PangoAttrList *list = pango_attr_list_new();

	if (type.spacing < 0 || type.spacing > 0)
		insert(list, pango_attr_letter_spacing_new((int)(type.spacing * PANGO_SCALE)), 0,
		       text.len);
	for (size_t i = 0; i < text.len;) {
		size_t end = i;
		while (end < text.len && (unsigned char)text.ptr[end] < 0x80)
			end++;
		if (end > i) {
			insert(list, pango_attr_family_new(ts->families[FONT_LATIN]), i, end);
			insert(list, pango_attr_letter_spacing_new(0), i, end);
		}
		i = end + 1;
	}
	return list;
}

PangoLayout *typeset_text(struct typeset *ts, struct type type, struct str text, double width,
			  double indent, enum side side)
{
	static const PangoAlignment alignments[] = { [SIDE_LEFT] = PANGO_ALIGN_LEFT,
						     [SIDE_CENTRE] = PANGO_ALIGN_CENTER,
						     [SIDE_RIGHT] = PANGO_ALIGN_RIGHT };
	PangoLayout *layout = pango_layout_new(ts->context);
	PangoFontDescription *description = describe(ts, type);
	PangoAttrList *list = attributes(ts, type, text);

	pango_layout_set_font_description(layout, description);
	pango_layout_set_text(layout, text.ptr, (int)text.len);
	pango_layout_set_attributes(layout, list);
	pango_layout_set_alignment(layout, alignments[side]);
	if (width > 0) {
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
		pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
		pango_layout_set_indent(layout, (int)(indent * PANGO_SCALE));
	}
	pango_attr_list_unref(list);
	pango_font_description_free(description);
	return layout;
}

int typeset_lines(PangoLayout *layout)
{
	return pango_layout_get_line_count(layout);
}

double typeset_width(PangoLayout *layout)
{
	PangoRectangle extents;

	pango_layout_get_extents(layout, NULL, &extents);
	return (double)extents.width / PANGO_SCALE;
}

/* ---- lines */

/* Pango 1.50 lifts the glyphs of a second font so that they hang, not stand, together. */
static void level(PangoLayoutLine *line)
{
	for (GSList *run = line->runs; run != NULL; run = run->next)
		((PangoGlyphItem *)run->data)->y_offset = 0;
}

static bool is_wide(const PangoLayoutLine *line, const PangoGlyphItem *item, int glyph)
{
	const char *text = pango_layout_get_text(line->layout);

	return (unsigned char)text[item->item->offset + item->glyphs->log_clusters[glyph]] >= 0xE0;
}

/* Spreads what is missing to `width` between Han characters alone: 2021 must not become 2 0 2 1. */
static void justify(PangoLayoutLine *line, int width)
{
	PangoRectangle extents;
	int wide = 0;

	pango_layout_line_get_extents(line, NULL, &extents);
	int missing = width - extents.width;
	for (GSList *run = line->runs; run != NULL; run = run->next) {
		PangoGlyphItem *item = run->data;
		for (int i = 0; i < item->glyphs->num_glyphs; i++)
			wide += is_wide(line, item, i);
	}
	if (missing <= 0 || wide < 2 || missing > extents.width / 4)
		return;
	int left = wide - 1; /* not after the last one */
	for (GSList *run = line->runs; run != NULL; run = run->next) {
		PangoGlyphItem *item = run->data;
		for (int i = 0; i < item->glyphs->num_glyphs && left > 0; i++) {
			if (!is_wide(line, item, i))
				continue;
			int share = missing / left;
			item->glyphs->glyphs[i].geometry.width += share;
			missing -= share;
			left--;
		}
	}
}

void typeset_show(cairo_t *cr, PangoLayout *layout, struct setting where)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	int index = 0;

	do {
		PangoLayoutLine *line = pango_layout_iter_get_line(iter);
		PangoRectangle extents;
		bool last = pango_layout_iter_at_last_line(iter);
		if (index >= where.from && index < where.from + where.count) {
			pango_layout_iter_get_line_extents(iter, NULL, &extents);
			level(line);
			if (where.justify > 0 && !last)
				justify(line, (int)(where.justify * PANGO_SCALE) - extents.x);
			double x = where.x + (double)extents.x / PANGO_SCALE;
			double top = where.y + (index - where.from) * where.pitch;
			/* the base line stands so that a Han square is in the middle of its line */
			cairo_move_to(cr, x, top + where.pitch / 2 + where.points * 0.36);
			pango_cairo_show_layout_line(cr, line);
		}
		index++;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}
