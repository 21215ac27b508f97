/* ical.c - content lines. */
#include "mailroom/ical.h"

enum { LINE_MAX_OCTETS = 75, LINE_BYTES = 8000 };

/* The bytes of the character that begins here; text is valid UTF-8. */
static size_t character_at(struct str s, size_t at)
{
	size_t n = 1;

	while (at + n < s.len && ((unsigned char)s.ptr[at + n] & 0xC0) == 0x80)
		n++;
	return n;
}

static void fold(struct buf *b, struct str line)
{
	size_t column = 0;

	for (size_t at = 0, n; at < line.len; at += n) {
		n = character_at(line, at);
		if (column + n > LINE_MAX_OCTETS) {
			buf_add(b, STR("\r\n "));
			column = 1;
		}
		buf_add(b, str_slice(line, at, at + n));
		column += n;
	}
	buf_add(b, STR("\r\n"));
}

static void escape(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '\\' || c == ';' || c == ',')
			buf_add_char(b, '\\');
		if (c == '\n')
			buf_add(b, STR("\\n"));
		else if ((unsigned char)c >= ' ' && c != 127)
			buf_add_char(b, c);
	}
}

void ical_line(struct buf *b, const char *name, struct str value, bool text)
{
	struct buf line = buf_open(b->arena, value.len * 2 + 64, value.len * 2 + LINE_BYTES);

	buf_add_c(&line, name);
	buf_add_char(&line, ':');
	if (text)
		escape(&line, value);
	else
		buf_add(&line, value);
	fold(b, buf_str(&line));
}

static struct str day_text(struct arena *a, struct date d)
{
	struct ymd ymd = date_split(d);

	return str_format(a, "%04d%02d%02d", ymd.year, ymd.month, ymd.day);
}

static struct str instant_utc(struct arena *a, int64_t at)
{
	/* instant_date is the day in China, eight hours ahead. */
	struct date day = instant_date(at - 8 * 3600);
	int64_t seconds = at - 8 * 3600 - date_start(day);

	return str_format(a, STR_FMT "T%02d%02d%02dZ", STR_ARG(day_text(a, day)),
			  (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void ical_begin(struct buf *b, struct str name)
{
	ical_line(b, "BEGIN", STR("VCALENDAR"), false);
	ical_line(b, "VERSION", STR("2.0"), false);
	ical_line(b, "PRODID", STR("-//gongkai//deadlines//ZH"), false);
	ical_line(b, "CALSCALE", STR("GREGORIAN"), false);
	ical_line(b, "X-WR-CALNAME", name, true);
	ical_line(b, "REFRESH-INTERVAL;VALUE=DURATION", STR("PT1H"), false);
}

void ical_add(struct buf *b, const struct ical_day *d)
{
	struct arena *a = b->arena;

	ical_line(b, "BEGIN", STR("VEVENT"), false);
	ical_line(b, "UID", d->uid, true);
	ical_line(b, "DTSTAMP", instant_utc(a, d->stamp), false);
	ical_line(b, "DTSTART;VALUE=DATE", day_text(a, d->day), false);
	ical_line(b, "DTEND;VALUE=DATE", day_text(a, date_plus(d->day, 1)), false);
	ical_line(b, "SEQUENCE", str_format(a, "%lld", (long long)d->sequence), false);
	ical_line(b, "SUMMARY", d->summary, true);
	if (d->description.len > 0)
		ical_line(b, "DESCRIPTION", d->description, true);
	if (d->url.len > 0)
		ical_line(b, "URL", d->url, false);
	ical_line(b, "TRANSP", STR("TRANSPARENT"), false);
	ical_line(b, "END", STR("VEVENT"), false);
}

void ical_end(struct buf *b)
{
	ical_line(b, "END", STR("VCALENDAR"), false);
}
