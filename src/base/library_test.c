/* library_test.c - what is loaded when it is needed. */
#include "base/library.h"

#include "base/test.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#define Z_FUNCTIONS(F) F(zlibVersion) F(crc32)
#define NO_FUNCTIONS(F) F(zlibVersion) F(j1)

static void loads(struct test *t)
{
	struct { Z_FUNCTIONS(LIBRARY_FUNCTION) } z = { 0 };
	const struct library library = { "libz.so.1", { Z_FUNCTIONS(LIBRARY_NAME) } };
	struct err err = { 0 };

	if (!CHECK_OK(library_load(&library, &z, &err)))
		return;
	CHECK(z.crc32(0, (const unsigned char *)"123456789", 9) == 0xCBF43926U);
	CHECK_STR(str_from_c(z.zlibVersion()), str_from_c(zlibVersion()));
	CHECK_OK(library_load(&library, &z, &err));
}

static void is_not_there(struct test *t)
{
	struct { NO_FUNCTIONS(LIBRARY_FUNCTION) } z = { 0 };
	const struct library none = { "libnowhere.so.1", { Z_FUNCTIONS(LIBRARY_NAME) } };
	const struct library lacks = { "libz.so.1", { NO_FUNCTIONS(LIBRARY_NAME) } };
	struct err err = { 0 };

	CHECK(!library_load(&none, &z, &err) && strstr(err.facts, "libnowhere.so.1") != NULL);
	err_clear(&err);
	CHECK_FAILS(library_load(&none, &z, &err), "base.no_library");
	CHECK_FAILS(library_load(&lacks, &z, &err), "base.no_library");
}

void library_test(struct test *t)
{
	if (test_case(t, "a library is loaded once, and its functions are called"))
		loads(t);
	if (test_case(t, "one that is not there, or lacks a function, is named"))
		is_not_there(t);
}
