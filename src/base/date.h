/*
 * date.h - days and instants.
 *
 * A date is a day of the Gregorian calendar, counted from 1970-01-01. An
 * instant is UTC seconds; the day it falls on is China Standard Time (UTC+8,
 * no summer time), since every limit of the Regulation is counted there.
 * Nothing here reads the system's clock: that is base/clock.h, used by app/ only.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/str.h"

struct date { int32_t ordinal; };
struct opt_date { bool known; struct date v; };
struct opt_int { bool known; int64_t v; };
struct opt_str { bool known; struct str v; };

#define DATE_YEAR_MIN 1900
#define DATE_YEAR_MAX 2199

struct ymd { int year, month, day; };

struct date date_make(int year, int month, int day); /* must be a real day */
bool date_valid(int year, int month, int day);
struct ymd date_split(struct date d);
int date_year(struct date d);
int date_weekday(struct date d); /* 1 Monday .. 7 Sunday */
struct date date_plus(struct date d, int days);
int date_compare(struct date a, struct date b); /* -1, 0, 1 */
/* Exactly YYYY-MM-DD. People's own spellings are text/number.h. */
bool date_parse(struct str s, struct date *out);
struct str date_iso(struct arena *a, struct date d);	 /* 2020-11-02 */
enum { DATE_ISO_BYTES = 10 };
/* The same into a place of the caller's; without a closing NUL. The year has four digits. */
void date_put_iso(struct date d, char out[DATE_ISO_BYTES]);
struct str date_chinese(struct arena *a, struct date d); /* 2020年11月2日 */
struct str date_weekday_chinese(struct date d);		 /* 星期一 */
struct date instant_date(int64_t instant);		 /* the day in China */
int64_t date_start(struct date d);			 /* 00:00 in China, as an instant */
struct str instant_iso(struct arena *a, int64_t instant); /* 2020-11-02T09:30:00+08:00 */
struct str instant_minute(struct arena *a, int64_t instant); /* 2020-11-02 09:30, in China */
#endif
