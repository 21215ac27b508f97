#include "office/pie.h"

#include "base/buf.h"
#include "base/limits.h"
#include "office/print.h"

#include <cairo.h>
#include <math.h>

enum { LABELS_MAX = 32 };

static const double label_points = 9, label_pitch = 13, leader = 12;

struct colour { double red, green, blue; };
static const struct colour colours[] = {
	{ 0.04, 0.31, 0.62 }, { 0.80, 0.32, 0.13 }, { 0.24, 0.55, 0.36 }, { 0.93, 0.68, 0.18 },
	{ 0.45, 0.30, 0.58 }, { 0.35, 0.62, 0.74 }, { 0.66, 0.40, 0.28 }, { 0.50, 0.52, 0.56 },
};

/* A slice that is drawn: its angles, and where its label goes. */
struct slice {
	double from, to;
	double label_y;
	bool right;
	size_t number; /* among the slices of the chart */
};

struct pie { double x, y, radius; struct slice slices[LABELS_MAX]; size_t count; };

static void find_angles(struct pie *pie, const struct doc_block *chart)
{
	double sum = (double)print_chart_sum(chart), at = -M_PI / 2;

	for (size_t i = 0; i < chart->slices_count && pie->count < LABELS_MAX; i++) {
		if (chart->slices[i].value <= 0)
			continue;
		struct slice *slice = &pie->slices[pie->count++];
		slice->number = i;
		slice->from = at;
		at += (double)chart->slices[i].value / sum * 2 * M_PI;
		slice->to = at;
		double middle = (slice->from + slice->to) / 2;
		slice->right = cos(middle) >= 0;
		slice->label_y = pie->y + sin(middle) * (pie->radius + leader);
	}
}

/* Pushes labels of one side apart, downwards from the top, then back up from the bottom. */
static void separate(struct pie *pie, bool right, double top, double bottom)
{
	struct slice *order[LABELS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < pie->count; i++) {
		if (pie->slices[i].right != right)
			continue;
		size_t at = count++;
		for (; at > 0 && order[at - 1]->label_y > pie->slices[i].label_y; at--)
			order[at] = order[at - 1];
		order[at] = &pie->slices[i];
	}
	double floor = top + label_pitch / 2;
	for (size_t i = 0; i < count; i++) {
		if (order[i]->label_y < floor)
			order[i]->label_y = floor;
		floor = order[i]->label_y + label_pitch;
	}
	double ceiling = bottom - label_pitch / 2;
	for (size_t i = count; i-- > 0;) {
		if (order[i]->label_y > ceiling)
			order[i]->label_y = ceiling;
		ceiling = order[i]->label_y - label_pitch;
	}
}

static void slice_path(cairo_t *cr, const struct pie *pie, const struct slice *slice)
{
	cairo_new_path(cr);
	if (pie->count > 1)
		cairo_move_to(cr, pie->x, pie->y);
	cairo_arc(cr, pie->x, pie->y, pie->radius, slice->from, slice->to);
	cairo_close_path(cr);
}

/* White lines over every second slice, leaning left or right in turn. */
static void hatch(cairo_t *cr, const struct pie *pie, size_t index)
{
	const double step = 6;

	if (index % 2 == 0)
		return;
	cairo_save(cr);
	cairo_clip_preserve(cr);
	cairo_new_path(cr);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_set_line_width(cr, 0.8);
	double lean = index % 4 == 1 ? 1 : -1;
	for (double at = -2 * pie->radius; at <= 2 * pie->radius; at += step) {
		cairo_move_to(cr, pie->x + at - lean * pie->radius, pie->y - pie->radius);
		cairo_line_to(cr, pie->x + at + lean * pie->radius, pie->y + pie->radius);
	}
	cairo_stroke(cr);
	cairo_restore(cr);
}

static void draw_slices(cairo_t *cr, const struct pie *pie)
{
	for (size_t i = 0; i < pie->count; i++) {
		const struct colour *colour = &colours[i % COUNT_OF(colours)];
		slice_path(cr, pie, &pie->slices[i]);
		cairo_set_source_rgb(cr, colour->red, colour->green, colour->blue);
		cairo_fill_preserve(cr);
		hatch(cr, pie, i);
		slice_path(cr, pie, &pie->slices[i]);
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_set_line_width(cr, 1.5);
		cairo_stroke(cr);
	}
	cairo_set_source_rgb(cr, 0, 0, 0);
}

static void draw_labels(struct typeset *ts, struct arena *a, cairo_t *cr, const struct pie *pie,
			const struct doc_block *chart, double left, double right)
{
	const struct type type = { FONT_SONG, label_points, false, 0 };
	int64_t sum = print_chart_sum(chart);

	for (size_t i = 0; i < pie->count; i++) {
		const struct slice *slice = &pie->slices[i];
		const struct doc_slice *of = &chart->slices[slice->number];
		struct str share = print_share(a, of->value, sum);
		struct str words = str_format(a, STR_FMT " %lld（" STR_FMT "）", STR_ARG(of->label),
					      (long long)of->value, STR_ARG(share));
		double middle = (slice->from + slice->to) / 2, side = slice->right ? 1 : -1;
		double bend = pie->x + side * (pie->radius + leader);
		double room = slice->right ? right - bend - 8 : bend - 8 - left;
		PangoLayout *layout = typeset_text(ts, type, words, 0, 0, SIDE_LEFT);
		/* too long for its place: in a smaller face rather than cut */
		double width = typeset_width(layout);
		double scale = width > room ? room / width : 1;
		cairo_set_line_width(cr, 0.5);
		cairo_move_to(cr, pie->x + cos(middle) * pie->radius,
			      pie->y + sin(middle) * pie->radius);
		cairo_line_to(cr, bend, slice->label_y);
		cairo_line_to(cr, bend + side * 5, slice->label_y);
		cairo_stroke(cr);
		cairo_save(cr);
		cairo_translate(cr, bend + side * 8 - (slice->right ? 0 : width * scale),
				slice->label_y);
		cairo_scale(cr, scale, scale);
		typeset_show(cr, layout,
			     (struct setting){ .y = -label_pitch / 2, .pitch = label_pitch,
					       .points = label_points, .count = 1 });
		cairo_restore(cr);
		g_object_unref(layout);
	}
}

void pie_draw(struct typeset *ts, struct arena *a, cairo_t *cr, const struct doc_block *chart,
	      struct pie_place place)
{
	struct pie pie = { .x = place.x + place.width / 2, .y = place.y + place.height / 2 };

	pie.radius = place.height / 2 - leader;
	if (pie.radius > place.width / 5)
		pie.radius = place.width / 5;
	if (print_chart_sum(chart) <= 0)
		return;
	find_angles(&pie, chart);
	separate(&pie, false, place.y, place.y + place.height);
	separate(&pie, true, place.y, place.y + place.height);
	draw_slices(cr, &pie);
	draw_labels(ts, a, cr, &pie, chart, place.x, place.x + place.width);
}

struct str pie_words(struct arena *a, const struct doc_block *chart)
{
	struct buf out = buf_open(a, 256, 64 * KIB);
	int64_t sum = print_chart_sum(chart);

	buf_add_c(&out, "饼图");
	if (chart->text.len > 0)
		buf_addf(&out, "：" STR_FMT, STR_ARG(chart->text));
	buf_add_c(&out, "。");
	for (size_t i = 0; i < chart->slices_count; i++) {
		const struct doc_slice *slice = &chart->slices[i];
		struct str share = print_share(a, slice->value > 0 ? slice->value : 0, sum);
		buf_addf(&out, "%s" STR_FMT " %lld（" STR_FMT "）", i > 0 ? "，" : "",
			 STR_ARG(slice->label), (long long)slice->value, STR_ARG(share));
	}
	buf_add_c(&out, "。");
	return buf_str(&out);
}

/* ---- as a picture */

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned len)
{
	struct buf *png = out;

	buf_add_bytes(png, bytes, len);
	return buf_ok(png) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bool pie_png(struct arena *a, const struct doc_block *chart, double width, double height,
	     struct str *out, struct err *err)
{
	const double scale = 200.0 / 72;
	struct buf png = buf_open(a, 64 * KIB, 8 * MIB);
	struct typeset *ts;

	if (!typeset_open(a, &ts, err))
		return false;
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	pie_draw(ts, a, cr, chart, (struct pie_place){ 0, 0, width, height });
	cairo_status_t status = cairo_status(cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, take_bytes, &png);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	typeset_close(ts);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "png: %s",
			       cairo_status_to_string(status));
	*out = buf_str(&png);
	return true;
}
