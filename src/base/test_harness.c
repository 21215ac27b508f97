/*
 * test_harness.c - runs the tests of test.h.
 *
 * Each test file runs in a process of its own, so that one that crashes fails
 * alone and the others still run. The counters lie in memory shared with it:
 * the parent then knows in which case it died. --no-fork is for the debugger.
 */
#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"

#include <assert.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * What the leak checker shall not report: fontconfig loses 288 bytes each time it reads its
 * settings, cairo 1.16 one small array per page of a tagged PDF. Neither can be freed from here.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\nleak:libcairo.so\n";
}

enum { HANG_SECONDS = 1800, TEST_ARENA = 256 * MIB, NAME_MAX_BYTES = 200, COMPLAINTS_MAX = 20 };

struct shared {
	int number, passed, failed, skipped;
	bool case_open;
	char case_name[NAME_MAX_BYTES];
};

struct harness {
	struct shared *shared;
	const char *file;
	char **words;
	int words_count;
	bool list, times, file_matches, story;
	int checks, complaints;
	bool skip;
	char why[NAME_MAX_BYTES];
};

static struct harness *harness_of(struct test *t)
{
	return t->private_state;
}

static bool matches(const struct harness *h, const char *name)
{
	for (int i = 0; i < h->words_count; i++)
		if (strstr(name, h->words[i]) != NULL)
			return true;
	return h->words_count == 0;
}

/* The verdict on the open case. */
static void close_case(struct harness *h)
{
	struct shared *s = h->shared;

	if (!s->case_open)
		return;
	s->case_open = false;
	s->number++;
	if (h->skip && h->complaints == 0) {
		s->skipped++;
		printf("ok %d - %s: %s # SKIP %s\n", s->number, h->file, s->case_name, h->why);
	} else if (h->checks == 0) {
		s->failed++;
		printf("not ok %d - %s: %s\n#   no check was made\n", s->number, h->file,
		       s->case_name);
	} else if (h->complaints > 0) {
		s->failed++;
		printf("not ok %d - %s: %s\n", s->number, h->file, s->case_name);
	} else {
		s->passed++;
		printf("ok %d - %s: %s\n", s->number, h->file, s->case_name);
	}
	fflush(stdout);
}

static void open_case(struct test *t, const char *name)
{
	struct harness *h = harness_of(t);

	snprintf(h->shared->case_name, sizeof h->shared->case_name, "%s", name);
	h->shared->case_open = true;
	h->checks = 0;
	h->complaints = 0;
	h->skip = false;
	arena_reset(t->arena);
}

bool test_case(struct test *t, const char *fmt, ...)
{
	struct harness *h = harness_of(t);
	char name[NAME_MAX_BYTES];
	va_list args;

	va_start(args, fmt);
	vsnprintf(name, sizeof name, fmt, args);
	va_end(args);
	close_case(h);
	if (!h->file_matches && !h->story && !matches(h, name))
		return false;
	if (h->list) {
		printf("%s: %s\n", h->file, name);
		return false;
	}
	open_case(t, name);
	return true;
}

void test_story(struct test *t)
{
	harness_of(t)->story = true;
}

void test_skip(struct test *t, const char *why)
{
	struct harness *h = harness_of(t);

	h->skip = true;
	snprintf(h->why, sizeof h->why, "%s", why);
}

/* Counts a check; false if it failed and somebody should still read about it. */
static bool noted(struct test *t, bool ok)
{
	struct harness *h = harness_of(t);

	if (!h->shared->case_open && !h->list)
		open_case(t, "(before the first case)");
	h->checks++;
	if (ok)
		return true;
	h->complaints++;
	if (h->complaints == COMPLAINTS_MAX + 1)
		printf("#   … and more\n");
	return h->complaints > COMPLAINTS_MAX;
}

bool test_check(struct test *t, bool ok, const char *what, const char *file, int line)
{
	if (!noted(t, ok))
		printf("#   %s:%d: does not hold: %s\n", file, line, what);
	return ok;
}

bool test_check_int(struct test *t, int64_t got, int64_t want, const char *what, const char *file,
		    int line)
{
	if (!noted(t, got == want))
		printf("#   %s:%d: %s is %" PRId64 ", wanted %" PRId64 "\n", file, line, what, got,
		       want);
	return got == want;
}

/* One line of the report, whatever the text holds. */
static void print_quoted(struct str s)
{
	putchar('"');
	for (size_t i = 0; i < s.len && i < 2000; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '\n')
			fputs("\\n", stdout);
		else if (c < 0x20 || c == 0x7F)
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	printf(s.len > 2000 ? "\"… (%zu bytes)" : "\"", s.len);
}

bool test_check_str(struct test *t, struct str got, struct str want, const char *what,
		    const char *file, int line)
{
	bool ok = str_equal(got, want);

	if (!noted(t, ok)) {
		printf("#   %s:%d: %s\n#     is     ", file, line, what);
		print_quoted(got);
		printf("\n#     wanted ");
		print_quoted(want);
		putchar('\n');
	}
	return ok;
}

bool test_check_ok(struct test *t, bool ok, struct err *err, const char *what, const char *file,
		   int line)
{
	if (!noted(t, ok))
		printf("#   %s:%d: %s failed: %s (%s)\n", file, line, what,
		       err->key == NULL ? "no error set" : err->key, err->facts);
	err_clear(err);
	return ok;
}

bool test_check_fails(struct test *t, bool ok, struct err *err, const char *want_key,
		      const char *what, const char *file, int line)
{
	const char *key = err->key == NULL ? "(no error)" : err->key;
	bool as_wanted = !ok && strcmp(key, want_key) == 0;

	if (!noted(t, as_wanted))
		printf("#   %s:%d: %s %s with %s (%s), wanted failure with %s\n", file, line, what,
		       ok ? "succeeded" : "failed", key, err->facts, want_key);
	err_clear(err);
	return as_wanted;
}

bool test_check_dies(struct test *t, void (*fn)(void *), void *arg, const char *what,
		     const char *file, int line)
{
	int status = 0;

	fflush(NULL);
	pid_t child = fork();
	assert(child >= 0);
	if (child == 0) {
		struct rlimit no_core = { 0, 0 };
		setrlimit(RLIMIT_CORE, &no_core);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(1);
		/* A sanitizer may catch the signal: any way but a clean end is death. */
		fn(arg);
		_exit(0);
	}
	waitpid(child, &status, 0);
	bool died = !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	if (!noted(t, died))
		printf("#   %s:%d: %s lived\n", file, line, what);
	return died;
}

/* One test file, in the process it was given. */
static void run_file(struct harness *h, const struct test_entry *entry, const char *data_dir)
{
	struct test t = { .arena = arena_open(TEST_ARENA),
			  .data_dir = data_dir,
			  .private_state = h };

	entry->run(&t);
	close_case(h);
	if (t.end_kept != NULL)
		t.end_kept(t.kept);
	arena_close(t.arena);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* "# time WALL PROCESSOR FILE", in seconds. What a database server used is not in the second. */
static void print_times(const char *file, const struct timespec *began, const struct rusage *used)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	printf("# time %8.2f %8.2f %s\n",
	       (double)(now.tv_sec - began->tv_sec) +
		       (double)(now.tv_nsec - began->tv_nsec) / 1e9,
	       seconds(used->ru_utime) + seconds(used->ru_stime), file);
}

static void run_in_child(struct harness *h, const struct test_entry *entry, const char *data_dir)
{
	struct shared *s = h->shared;
	struct rusage used = { 0 };
	struct timespec began;
	const int before = s->number;
	int status = 0;

	fflush(NULL);
	clock_gettime(CLOCK_MONOTONIC, &began);
	pid_t child = fork();
	if (child < 0) {
		perror("fork");
		exit(2);
	}
	if (child == 0) {
		alarm(HANG_SECONDS); /* a test that hangs is reported, not waited for */
		run_file(h, entry, data_dir);
		fflush(NULL);
		exit(0); /* not _exit: the leak checker runs at exit */
	}
	wait4(child, &status, 0, &used);
	if (h->times && s->number > before)
		print_times(entry->name, &began, &used);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	s->number++;
	s->failed++;
	if (WIFSIGNALED(status))
		printf("not ok %d - %s: ended by signal %d (%s) in: %s\n", s->number, entry->name,
		       WTERMSIG(status), strsignal(WTERMSIG(status)), s->case_name);
	else
		printf("not ok %d - %s: exited with %d in or after: %s\n", s->number, entry->name,
		       WEXITSTATUS(status), s->case_name);
	s->case_open = false;
}

/* The folder is made and removed here, not by the child, which may not live to do it. */
static void run_entry(struct harness *h, const struct test_entry *entry, bool no_fork)
{
	const char *tmp = getenv("TMPDIR");
	char dir[NAME_MAX_BYTES];
	struct arena *a = arena_open(MIB);

	snprintf(dir, sizeof dir, "%s/gongkai-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(dir) == NULL) {
		perror("mkdtemp");
		exit(2);
	}
	h->shared->case_name[0] = '\0';
	if (no_fork)
		run_file(h, entry, dir);
	else
		run_in_child(h, entry, dir);
	dir_remove(a, str_from_c(dir));
	arena_close(a);
}

int test_main(int argc, char **argv, const struct test_entry *table, size_t count)
{
	bool list = false, no_fork = false, times = false;
	struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				-1, 0);
	int first = 1;

	assert(s != MAP_FAILED);
	for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++) {
		if (strcmp(argv[first], "--list") == 0) {
			list = true;
		} else if (strcmp(argv[first], "--no-fork") == 0) {
			no_fork = true;
		} else if (strcmp(argv[first], "--times") == 0) {
			times = true;
		} else {
			fprintf(stderr, "usage: %s [--list] [--no-fork] [--times] [WORD…]\n",
				argv[0]);
			return 2;
		}
	}
	for (size_t i = 0; i < count; i++) {
		struct harness h = { .shared = s, .file = table[i].name, .words = argv + first,
				     .words_count = argc - first, .list = list,
				     .times = times };
		h.file_matches = matches(&h, table[i].name);
		run_entry(&h, &table[i], no_fork);
	}
	if (list)
		return s->failed > 0;
	printf("1..%d\n", s->number);
	if (s->number == 0)
		printf("# no case matches\n");
	printf("%d passed, %d failed", s->passed, s->failed);
	if (s->skipped > 0)
		printf(", %d skipped", s->skipped);
	putchar('\n');
	return s->failed > 0 || s->number == 0;
}
