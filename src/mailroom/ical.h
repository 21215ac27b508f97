/*
 * ical.h - a calendar as RFC 5545 writes it: CRLF, lines folded at 75 octets and never inside a
 * character, text escaped. Days only: a period of the law ends with its day.
 */
#ifndef MAILROOM_ICAL_H
#define MAILROOM_ICAL_H

#include "base/buf.h"
#include "base/date.h"

struct ical_day {
	struct str uid;	    /* the same for the same thing, whatever its day */
	int64_t sequence;   /* rises with every change */
	int64_t stamp;	    /* an instant that changes only when the thing does */
	struct date day;
	struct str summary, description, url; /* url may be empty */
};
void ical_begin(struct buf *b, struct str name);
void ical_add(struct buf *b, const struct ical_day *day);
void ical_end(struct buf *b);
/* One content line; text: its value is TEXT and escaped. */
void ical_line(struct buf *b, const char *name, struct str value, bool text);
#endif
