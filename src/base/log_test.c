#include "base/log.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/test.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What standard error received meanwhile goes to a file. */
struct capture { int saved; struct str path; };

static struct capture capture_begin(struct test *t)
{
	struct capture c = { .saved = dup(STDERR_FILENO) };

	c.path = str_format(t->arena, "%s/log", t->data_dir);
	int fd = open(str_to_c(t->arena, c.path), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDERR_FILENO);
	close(fd);
	return c;
}

static struct str capture_end(struct test *t, struct capture c)
{
	struct err err = { 0 };
	struct str text = STR_NONE;

	dup2(c.saved, STDERR_FILENO);
	close(c.saved);
	CHECK_OK(file_read(t->arena, c.path, 1 << 20, &text, &err));
	return text;
}

static void escaping(struct test *t)
{
	static const struct { const char *value, *want; } row[] = {
		{ "plain 中文", "plain 中文" },
		{ "a\n2020-01-01T00:00:00Z error forged",
		  "a\\x0a2020-01-01T00:00:00Z error forged" },
		{ "\x1b[2J\r\x7F", "\\x1b[2J\\x0d\\x7f" },
		{ "\xC2\x9B[31m", "\\xc2\\x9b[31m" },     /* CSI in one code point */
		{ "\xE2\x80\xA8", "\\xe2\\x80\\xa8" }, /* line separator */
		{ "\xE4\xB8", "\\xe4\\xb8" },
		{ "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct capture c = capture_begin(t);
		log_write(LOG_ERROR, "test.event", "value=%s", row[i].value);
		struct str text = capture_end(t, c), want;
		want = str_format(t->arena, "Z error test.event value=%s\n", row[i].want);
		CHECK(str_ends(text, want));
		CHECK_INT((int64_t)text.len, (int64_t)(want.len + strlen("2020-01-01T00:00:00")));
		CHECK_INT((int64_t)str_find(text, STR("\n"), 0), (int64_t)text.len - 1);
	}
}

static void long_values(struct test *t)
{
	struct capture c = capture_begin(t);
	struct str many = str_format(t->arena, "%05000d", 0);

	memset((char *)(uintptr_t)many.ptr, '\n', many.len);
	log_write(LOG_ERROR, many.ptr, STR_FMT, STR_ARG(many));
	struct str text = capture_end(t, c);
	CHECK(text.len > 8000 && text.len < 9000);
	CHECK_INT((int64_t)str_find(text, STR("\n"), 0), (int64_t)text.len - 1);
}

void log_test(struct test *t)
{
	if (test_case(t, "a value cannot forge a line or steer a terminal"))
		escaping(t);
	if (test_case(t, "a long value is cut"))
		long_values(t);
	if (test_case(t, "levels")) {
		struct capture c = capture_begin(t);
		log_write(LOG_DEBUG, "test.hidden", "x");
		log_set_level(LOG_WARN);
		log_write(LOG_INFO, "test.hidden", "x");
		log_write(LOG_WARN, "test.shown", "x");
		log_set_level(LOG_INFO);
		struct str text = capture_end(t, c);
		CHECK(!str_contains(text, STR("hidden")));
		CHECK(str_contains(text, STR(" warn test.shown x\n")));
	}
	if (test_case(t, "the clocks")) {
		int64_t first = clock_monotonic_ms();
		CHECK(clock_monotonic_ms() >= first);
		CHECK(clock_now() > date_start(date_make(2024, 1, 1)));
	}
}
