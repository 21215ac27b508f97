/*
 * golden.h - texts that a test prints and people have read once: tests/golden.
 *
 * A text that differs is left in build/golden, and `make golden-accept` shows how.
 */
#ifndef BASE_GOLDEN_H
#define BASE_GOLDEN_H

#include "base/file.h"
#include "base/test.h"

/* text must be tests/golden/NAME; NAME may have folders in it. */
static inline bool golden_check(struct test *t, struct str name, struct str text)
{
	struct err err = { 0 };
	struct str want = STR_NONE, at = str_concat(t->arena, STR("tests/golden/"), name);
	struct str left = str_concat(t->arena, STR("build/golden/"), name);
	size_t slash = left.len;

	if (file_exists(t->arena, at) && file_read(t->arena, at, 1 << 20, &want, &err) &&
	    str_equal(want, text))
		return CHECK(true);
	while (left.ptr[slash - 1] != '/')
		slash--;
	CHECK_OK(dir_make(t->arena, str_slice(left, 0, slash - 1), &err));
	CHECK_OK(file_write(t->arena, left, text, &err));
	return CHECK_STR(name, STR("the same text as in tests/golden; see make golden-accept"));
}
#endif
