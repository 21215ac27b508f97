/* The harness must be able to fail: small test programs run in a child, their report is read. */
#include "base/file.h"
#include "base/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void good(struct test *t)
{
	struct err err = { 0 };

	if (test_case(t, "one"))
		CHECK_INT(1, 1);
	if (test_case(t, "two")) {
		CHECK_STR(STR("a"), STR("a"));
		CHECK_FAILS(err_set(&err, ERR_INVALID, "some.key", "x"), "some.key");
		CHECK_OK(err.key == NULL);
	}
	if (test_case(t, "three")) {
		CHECK(file_exists(t->arena, str_from_c(t->data_dir)));
		CHECK_INT((int64_t)arena_used(t->arena) > 0, 1);
	}
}

static void bad(struct test *t)
{
	struct err err = { 0 };

	if (test_case(t, "false"))
		CHECK(false);
	if (test_case(t, "number"))
		CHECK_INT(1, 2);
	if (test_case(t, "text"))
		CHECK_STR(STR("a\nb"), STR("a"));
	if (test_case(t, "unexpected error"))
		CHECK_OK(err_set(&err, ERR_INVALID, "some.key", "the fact"));
	if (test_case(t, "unexpected success"))
		CHECK_FAILS(true, "some.key");
	if (test_case(t, "other error"))
		CHECK_FAILS(err_set(&err, ERR_INVALID, "other.key", "x"), "some.key");
	if (test_case(t, "first of two")) {
		CHECK(false);
		CHECK(true);
	}
	if (test_case(t, "nothing checked"))
		return;
}

static void skipping(struct test *t)
{
	if (test_case(t, "skipped"))
		test_skip(t, "no samples here");
	if (test_case(t, "skipped, but failed before")) {
		CHECK(false);
		test_skip(t, "no samples here");
	}
}

static void crash(struct test *t)
{
	if (test_case(t, "before"))
		CHECK(true);
	if (test_case(t, "the crash"))
		abort();
}

static void leave(struct test *t)
{
	if (test_case(t, "leaving"))
		exit(3);
}

static void live(void *arg)
{
	(void)arg;
}

static void not_dying(struct test *t)
{
	if (test_case(t, "lives"))
		CHECK_DIES(live, NULL);
}

static const struct test_entry table[] = {
	{ "good_test", good },	{ "bad_test", bad },	 { "skip_test", skipping },
	{ "crash_test", crash }, { "leave_test", leave }, { "live_test", not_dying },
};

struct outcome { int status; struct str report; };

static struct outcome run(struct test *t, char *word, char *option)
{
	struct outcome o = { .status = -1, .report = STR_NONE };
	struct err err = { 0 };
	struct str path = str_format(t->arena, "%s/report", t->data_dir);
	int status = 0;

	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		struct rlimit no_core = { 0, 0 };
		setrlimit(RLIMIT_CORE, &no_core);
		char program[] = "program",
		     *argv[] = { program, option != NULL ? option : word, word, NULL };
		if (freopen(str_to_c(t->arena, path), "w", stdout) == NULL)
			_exit(9);
		status = test_main(option != NULL ? 3 : 2, argv, table, COUNT_OF(table));
		fflush(stdout);
		_exit(status);
	}
	waitpid(child, &status, 0);
	o.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	CHECK_OK(file_read(t->arena, path, 1 << 20, &o.report, &err));
	return o;
}

static void outcomes(struct test *t)
{
	static const struct { const char *word; int status; const char *last, *within; } row[] = {
		{ "good_test", 0, "1..3\n3 passed, 0 failed\n", "ok 2 - good_test: two\n" },
		{ "three", 0, "1..1\n1 passed, 0 failed\n", "ok 1 - good_test: three\n" },
		{ "bad_test", 1, "1..8\n0 passed, 8 failed\n", "not ok 1 - bad_test: false\n" },
		{ "number", 1, "0 passed, 1 failed\n", "1 is 1, wanted 2\n" },
		{ "text", 1, "0 passed, 1 failed\n", "is     \"a\\nb\"\n" },
		{ "unexpected error", 1, "0 passed, 1 failed\n", "some.key (the fact)" },
		{ "nothing checked", 1, "0 passed, 1 failed\n", "no check was made" },
		{ "skip_test", 1, "0 passed, 1 failed, 1 skipped\n",
		  "ok 1 - skip_test: skipped # SKIP no samples here\n" },
		{ "crash_test", 1, "1..2\n1 passed, 1 failed\n", "in: the crash\n" },
		{ "leave_test", 1, "0 passed, 1 failed\n", "exited with 3 in or after: leaving\n" },
		{ "live_test", 1, "0 passed, 1 failed\n", "live lived\n" },
		{ "no such word", 1, "0 passed, 0 failed\n", "no case matches" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct outcome o = run(t, (char *)(uintptr_t)row[i].word, NULL);
		bool ok = CHECK_INT(o.status, row[i].status);
		ok = CHECK(str_ends(o.report, str_from_c(row[i].last))) && ok;
		ok = CHECK(str_contains(o.report, str_from_c(row[i].within))) && ok;
		if (!ok)
			CHECK_STR(o.report, str_from_c(row[i].word));
	}
}

void test_harness_test(struct test *t)
{
	if (test_case(t, "reports and exit status"))
		outcomes(t);
	if (test_case(t, "the list runs nothing")) {
		char option[] = "--list", word[] = "crash_test";
		struct outcome o = run(t, word, option);
		CHECK_INT(o.status, 0);
		CHECK_STR(o.report, STR("crash_test: before\ncrash_test: the crash\n"));
	}
}
