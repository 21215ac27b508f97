/* json.h - the program's texts and days as JSON. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/date.h"
#include "base/str.h"

#include <jansson.h>

/* A new reference; the text is UTF-8, as all texts inside are. */
static inline json_t *json_text(struct str s)
{
	return json_stringn(s.ptr, s.len);
}

/* "2020-11-02", or null if unknown. */
static inline json_t *json_day(struct arena *a, struct opt_date d)
{
	return d.known ? json_text(date_iso(a, d.v)) : json_null();
}
#endif
