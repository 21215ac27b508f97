/*
 * test.h - the harness: cases in a table or in a row, TAP out, one closing line.
 *
 * A file x_test.c defines `void x_test(struct test *t)`; the name of the file
 * is the name of the function, and the build lists them all. A case is opened
 * by test_case and lasts to the next one; every CHECK in it must hold.
 * `build/gongkai-test [--list] [NAME…]` runs those whose file or case contains
 * one of the words.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include "base/date.h"
#include "base/err.h"

struct test {
	struct arena *arena;  /* reset before each case */
	const char *data_dir; /* an empty folder for this file alone, removed afterwards */
	void *private_state;
	/* What a helper keeps from case to case of a file, and who ends it; NULL: nothing. */
	void *kept;
	void (*end_kept)(void *kept);
};

struct test_entry { const char *name; void (*run)(struct test *t); };
/* The whole of a test program; returns its exit status. The main that calls it is generated. */
int test_main(int argc, char **argv, const struct test_entry *table, size_t count);

/* false if the case is filtered out: skip its body. */
bool test_case(struct test *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
/*
 * From the current case on every case of the file runs, whatever the words are: each goes on from
 * what the one before it did.
 */
void test_story(struct test *t);
/* The current case is counted as skipped, with its reason. A case without any CHECK fails. */
void test_skip(struct test *t, const char *why);

#define CHECK(cond) test_check((t), (cond), #cond, __FILE__, __LINE__)
#define CHECK_INT(got, want) test_check_int((t), (got), (want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) test_check_str((t), (got), (want), #got, __FILE__, __LINE__)
#define CHECK_OK(call) test_check_ok((t), (call), &err, #call, __FILE__, __LINE__)
/* fn must end its process by a signal (an assert, an abort); it runs in a child. */
#define CHECK_DIES(fn, arg) test_check_dies((t), (fn), (arg), #fn, __FILE__, __LINE__)
/* The call must fail with this key; clears err. */
#define CHECK_FAILS(call, want_key) \
	test_check_fails((t), (call), &err, (want_key), #call, __FILE__, __LINE__)

bool test_check(struct test *t, bool ok, const char *what, const char *file, int line);
bool test_check_int(struct test *t, int64_t got, int64_t want, const char *what, const char *file,
		    int line);
bool test_check_str(struct test *t, struct str got, struct str want, const char *what,
		    const char *file, int line);
bool test_check_ok(struct test *t, bool ok, struct err *err, const char *what, const char *file,
		   int line);
bool test_check_fails(struct test *t, bool ok, struct err *err, const char *want_key,
		      const char *what, const char *file, int line);
bool test_check_dies(struct test *t, void (*fn)(void *), void *arg, const char *what,
		     const char *file, int line);
#endif
