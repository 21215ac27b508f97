/*
 * chart.c - the pie of the annual report, as SVG.
 *
 * Written by hand because it is one drawing: no library reads better in a
 * screen reader, prints sharper or weighs less. The labels stand in two columns
 * beside the pie, pushed apart where slices are thin; the drawing grows when a
 * column needs more height than the pie.
 */
#include "html/parts.h"
#include "html/parts_view.h"

#include "base/utf8.h"
#include "html_html.h"

#include <assert.h>
#include <math.h>

enum {
	WIDTH = 640,
	HEIGHT_MIN = 300,
	RADIUS = 108,
	LABEL_PITCH = 44,      /* of two lines */
	LABEL_X = RADIUS + 40, /* from the centre */
	LABEL_CHARS = 11,      /* what fits beside it */
	COLOURS = 8,
	SLICES_MAX = 64,
};

static const double TURN = 6.28318530717958647692;

struct wedge {
	double from, to; /* in radians, clockwise from the top */
	double y;	 /* of the label */
	bool right;
};

struct drawing {
	struct arena *arena;
	const struct slice *slices;
	struct wedge wedges[SLICES_MAX];
	size_t order[SLICES_MAX]; /* the slices drawn, by index into slices */
	size_t count;
	int64_t total;
	double height, cy;
};

static double x_at(double angle, double radius)
{
	return WIDTH / 2.0 + radius * sin(angle);
}

static double y_at(const struct drawing *d, double angle, double radius)
{
	return d->cy - radius * cos(angle);
}

static double middle(const struct wedge *w)
{
	return (w->from + w->to) / 2;
}

static void measure(struct drawing *d, size_t count)
{
	double angle = 0;
	size_t sides[2] = { 0, 0 };

	for (size_t i = 0; i < count; i++) {
		assert(d->slices[i].value >= 0);
		d->total += d->slices[i].value;
	}
	for (size_t i = 0; i < count && d->total > 0; i++) {
		if (d->slices[i].value == 0)
			continue;
		assert(d->count < SLICES_MAX);
		struct wedge *w = &d->wedges[d->count];
		w->from = angle;
		w->to = angle + TURN * (double)d->slices[i].value / (double)d->total;
		w->right = middle(w) < TURN / 2;
		sides[w->right]++;
		angle = w->to;
		d->order[d->count++] = i;
	}
	size_t most = sides[0] > sides[1] ? sides[0] : sides[1];
	d->height = (double)(most * LABEL_PITCH + 20);
	if (d->height < HEIGHT_MIN)
		d->height = HEIGHT_MIN;
	d->cy = d->height / 2;
}

/* Downwards along one side, a pitch between labels at least; then back up from the floor. */
static void spread(struct drawing *d, bool right)
{
	size_t side[SLICES_MAX];
	size_t n = 0;
	double floor = d->height - 30;

	for (size_t i = 0; i < d->count; i++) {
		size_t k = right ? i
				 : d->count - 1 - i; /* the left side is drawn from the bottom up */
		if (d->wedges[k].right == right)
			side[n++] = k;
	}
	for (size_t i = 0; i < n; i++) {
		struct wedge *w = &d->wedges[side[i]];
		double least = i == 0 ? 22 : d->wedges[side[i - 1]].y + LABEL_PITCH;
		w->y = y_at(d, middle(w), RADIUS + 16);
		if (w->y < least)
			w->y = least;
	}
	for (size_t i = n; i-- > 0;) {
		double most = i + 1 == n ? floor : d->wedges[side[i + 1]].y - LABEL_PITCH;
		if (d->wedges[side[i]].y > most)
			d->wedges[side[i]].y = most;
	}
}

/* Tenths of a per cent, rounded half up: 44.6% */
static struct str percent_of(struct arena *a, int64_t value, int64_t total)
{
	int64_t tenths = (int64_t)floor(1000.0 * (double)value / (double)total + 0.5);

	return str_format(a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

static struct str shortened(struct arena *a, struct str label)
{
	if (utf8_length(label) <= LABEL_CHARS)
		return label;
	return str_concat(a, utf8_prefix(label, LABEL_CHARS - 1), STR("…"));
}

static struct str slice_path(const struct drawing *d, const struct wedge *w)
{
	if (d->count == 1)
		return STR_NONE; /* an arc from a point to itself draws nothing */
	return str_format(d->arena, "M%d %.2fL%.2f %.2fA%d %d 0 %d 1 %.2f %.2fZ", WIDTH / 2, d->cy,
			  x_at(w->from, RADIUS), y_at(d, w->from, RADIUS), RADIUS, RADIUS,
			  w->to - w->from > TURN / 2, x_at(w->to, RADIUS), y_at(d, w->to, RADIUS));
}

static struct pie_slice_view slice_view(const struct drawing *d, size_t i, struct str unit)
{
	const struct wedge *w = &d->wedges[i];
	const struct slice *s = &d->slices[d->order[i]];
	double side = w->right ? 1 : -1;
	double label_x = WIDTH / 2.0 + side * LABEL_X;

	return (struct pie_slice_view){
		.slice = s,
		.path = slice_path(d, w),
		.leader = str_format(d->arena, "M%.1f %.1fL%.1f %.1fH%.1f",
				     x_at(middle(w), RADIUS + 2), y_at(d, middle(w), RADIUS + 2),
				     x_at(middle(w), RADIUS + 14), w->y, label_x - side * 6),
		.x = str_format(d->arena, "%.1f", label_x),
		.y = str_format(d->arena, "%.1f", w->y),
		.y2 = str_format(d->arena, "%.1f", w->y + 19),
		.label = shortened(d->arena, s->label),
		.figures = str_format(d->arena, "%lld " STR_FMT "，" STR_FMT, (long long)s->value,
				      STR_ARG(unit),
				      STR_ARG(percent_of(d->arena, s->value, d->total))),
		.right = w->right,
		.colour = d->order[i] % COLOURS + 1,
		.dotted = i % 4 == 1,
		.hatched = i % 4 == 3,
	};
}

/* Every number in words: the drawing for those who cannot see it. */
static struct str description(const struct drawing *d, struct str unit, size_t count)
{
	struct buf b = buf_open(d->arena, 64 * count + 64, 64 * 1024);

	buf_addf(&b, "合计 %lld " STR_FMT "：", (long long)d->total, STR_ARG(unit));
	for (size_t i = 0; i < count; i++) {
		const struct slice *s = &d->slices[i];
		buf_addf(&b, "%s" STR_FMT " %lld " STR_FMT "，占 " STR_FMT, i == 0 ? "" : "；",
			 STR_ARG(s->label), (long long)s->value, STR_ARG(unit),
			 STR_ARG(percent_of(d->arena, s->value, d->total)));
	}
	buf_add_c(&b, "。");
	return buf_str(&b);
}

void html_pie(struct html *h, struct str title, struct str unit, const struct slice *slices,
	      size_t count)
{
	struct drawing d = { .arena = h->arena, .slices = slices };

	measure(&d, count);
	if (d.count == 0) {
		html_empty(h, str_format(h->arena, STR_FMT "：没有可画的数据", STR_ARG(title)),
			   STR_NONE);
		return;
	}
	spread(&d, true);
	spread(&d, false);

	struct pie_slice_view *views = ARENA_ARRAY(h->arena, d.count, struct pie_slice_view);
	struct pie_view v = {
		.title = title,
		.description = description(&d, unit, count),
		.view_box = str_format(h->arena, "0 0 %d %.0f", WIDTH, d.height),
		.cy = str_format(h->arena, "%.1f", d.cy),
		.id = h->out->len, /* where it stands in the page: no other part stands there */
		.slices = views,
		.count = d.count,
	};
	for (size_t i = 0; i < d.count; i++) {
		views[i] = slice_view(&d, i, unit);
		v.links |= views[i].slice->href.len > 0;
	}
	pie_html(h, &v);
}
