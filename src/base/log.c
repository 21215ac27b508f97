#include "base/log.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EVENT_MAX = 100, FACTS_MAX = 2000, LINE_MAX_BYTES = 4 * (EVENT_MAX + FACTS_MAX) + 100 };

static _Atomic int lowest_level = LOG_INFO;

void log_set_level(enum log_level lowest)
{
	atomic_store(&lowest_level, (int)lowest);
}

/* UTC: a log is read beside other machines' logs. No arena, because the arena itself logs. */
static size_t put_time(char *out, size_t room)
{
	int64_t now = clock_now();
	struct ymd v;
	int64_t day = now / 86400;
	int second = (int)(now % 86400);

	v = date_split((struct date){ (int32_t)day });
	return (size_t)snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02dZ", v.year, v.month, v.day,
				second / 3600, second / 60 % 60, second % 60);
}

/* Bytes of s that may stand in a log as they are; 0 if the first one must be escaped. */
static size_t printable(struct str s)
{
	unsigned char first = (unsigned char)s.ptr[0];

	if (first < 0x80)
		return first >= 0x20 && first != 0x7F ? 1 : 0;
	for (size_t len = 2; len <= 4 && len <= s.len; len++) {
		struct str piece = str_slice(s, 0, len);
		if (!utf8_valid_text(piece))
			continue;
		/* U+0080..U+009F steer terminals; U+2028 and U+2029 break lines. */
		uint32_t code_point;
		utf8_take(&piece, &code_point);
		return code_point < 0xA0 || code_point == 0x2028 || code_point == 0x2029 ? 0 : len;
	}
	return 0;
}

static size_t put_escaped(char *out, struct str facts)
{
	size_t n = 0;

	while (facts.len > 0) {
		size_t plain = printable(facts);
		if (plain > 0) {
			memcpy(out + n, facts.ptr, plain);
			n += plain;
		} else {
			n += (size_t)snprintf(out + n, 5, "\\x%02x", (unsigned char)facts.ptr[0]);
			plain = 1;
		}
		facts = str_slice(facts, plain, facts.len);
	}
	return n;
}

void log_write(enum log_level level, const char *event, const char *fmt, ...)
{
	static const char *const word[] = { "debug", "info", "warn", "error" };
	char facts[FACTS_MAX], line[LINE_MAX_BYTES];

	if ((int)level < atomic_load(&lowest_level))
		return;
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(facts, sizeof facts, fmt, args);
	va_end(args);
	if (len < 0)
		return;
	if ((size_t)len >= sizeof facts)
		len = sizeof facts - 1;

	size_t n = put_time(line, sizeof line);
	n += (size_t)snprintf(line + n, 10, " %s ", word[level]);
	n += put_escaped(line + n, str_slice(str_from_c(event), 0, EVENT_MAX));
	line[n++] = ' ';
	n += put_escaped(line + n, (struct str){ facts, (size_t)len });
	line[n++] = '\n';
	/* One write, so that lines of several threads and processes do not mix. */
	for (size_t done = 0; done < n;) {
		ssize_t wrote = write(STDERR_FILENO, line + done, n - done);
		if (wrote < 0 && errno != EINTR)
			return;
		if (wrote > 0)
			done += (size_t)wrote;
	}
}
