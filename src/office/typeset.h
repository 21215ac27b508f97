/*
 * typeset.h - type for paper: font families by role, lines of text in points; for office/ alone.
 *
 * For each role the first family that is installed is taken: the offices' own
 * 仿宋_GB2312 and 小标宋 where they are, free ones otherwise, and always one that
 * has every character behind it. A typeset has its own font configuration and
 * map, so documents may be set in several threads at once.
 */
#ifndef OFFICE_TYPESET_H
#define OFFICE_TYPESET_H

#include "base/err.h"

#include <pango/pangocairo.h>

enum font_role { FONT_BODY, FONT_TITLE, FONT_HEADING, FONT_SUBHEADING, FONT_SONG, FONT_LATIN };
enum { FONT_ROLES = FONT_LATIN + 1 };

struct typeset;

NODISCARD bool typeset_open(struct arena *a, struct typeset **out, struct err *err);
void typeset_close(struct typeset *ts);

/* Is a face of that role installed, other than the one that always stands in? */
bool typeset_has_own(const struct typeset *ts, enum font_role role);

struct type {
	enum font_role role;
	double points;
	bool bold;
	double spacing; /* added between Han characters, in points */
};
enum side { SIDE_LEFT, SIDE_CENTRE, SIDE_RIGHT };

/*
 * Text broken into lines of `width` points (0: only where the text has line
 * feeds), the first one indented. Latin letters and digits are in a Latin face.
 * g_object_unref it.
 */
PangoLayout *typeset_text(struct typeset *ts, struct type type, struct str text, double width,
			  double indent, enum side side);
int typeset_lines(PangoLayout *layout);
double typeset_width(PangoLayout *layout); /* of the longest line */

/* Lines stand `pitch` apart whatever their fonts say; y is the top of the first one shown. */
struct setting {
	double x, y, pitch, points;
	int from, count;
	double justify; /* to this width, or 0 */
};
void typeset_show(cairo_t *cr, PangoLayout *layout, struct setting where);
#endif
