/*
 * typed.h - the numbers people typed into a text, with what stands around them.
 *
 * Finds 277, ２７７, 1,234, 54746万元, 1.3万, 20余, 约150, 44.6%. Does not find
 * Chinese numerals, numbers inside names (12345热线 is found, but its unit is no
 * unit of a figure), nor years, days and articles: their units say so.
 */
#ifndef REPORT_TYPED_H
#define REPORT_TYPED_H

#include "base/str.h"

enum typed_kind { TYPED_EXACT, TYPED_ABOUT, TYPED_PERCENT };
struct typed_number {
	enum typed_kind kind;
	size_t from, to;    /* bytes of the text, the unit not included */
	int64_t hundredths; /* of the unit; of a TYPED_PERCENT: of a percent */
	int decimals;
	struct str unit;    /* 件, 份 …; empty at punctuation or the end; "?" at other words */
};
/* The next number at or after *pos, which moves behind it; false at the end. */
bool typed_next(struct str text, size_t *pos, struct typed_number *out);
#endif
