#include "base/arena.h"

#include "base/arena_internal.h"
#include "base/test.h"

#include <string.h>

static bool all_zero(const unsigned char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (p[i] != 0)
			return false;
	return true;
}

static void meet_the_cap(void *arg)
{
	struct arena *a = arg;

	arena_alloc(a, 200 * 1024);
}

static void overflow_the_product(void *arg)
{
	arena_array(arg, SIZE_MAX / 2, 3);
}

static void rewind_forward(void *arg)
{
	arena_rewind(arg, (struct arena_mark){ SIZE_MAX });
}

static void memory_is_zero_again(struct test *t)
{
	struct arena *a = arena_open(8 * 1024 * 1024);
	/* below and above what is kept warm */
	static const size_t size[] = { 1, 4096, 100000, 3000000 };

	for (size_t round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT_OF(size); i++) {
			unsigned char *p = arena_alloc(a, size[i]);
			CHECK(all_zero(p, size[i]));
			memset(p, 0xAA, size[i]);
		}
		struct arena_mark mark = arena_mark(a);
		unsigned char *p = arena_alloc(a, 5000);
		CHECK(all_zero(p, 5000));
		memset(p, 0xAA, 5000);
		arena_rewind(a, mark);
		CHECK(all_zero(arena_alloc(a, 5000), 5000));
		arena_reset(a);
		CHECK_INT((int64_t)arena_used(a), 0);
	}
	arena_close(a);
}

static void pieces_do_not_overlap(struct test *t)
{
	struct arena *a = arena_open(1024 * 1024);
	unsigned char *before = arena_alloc(a, 1);

	for (size_t size = 1; size < 300; size++) {
		unsigned char *p = arena_alloc(a, size);
		CHECK(p > before);
		CHECK_INT((int64_t)((uintptr_t)p % 16), 0);
		memset(p, 0xFF, size);
		before = p + size - 1;
	}
	CHECK(arena_array(a, 0, 8) != NULL);
	CHECK(arena_alloc(a, 0) != NULL);
	arena_close(a);
}

static void growing(struct test *t)
{
	struct arena *a = arena_open(64 * 1024);
	unsigned char *old = arena_alloc(a, 10), *p = arena_alloc(a, 10);

	CHECK(!arena_extend(a, old, 10, 20)); /* not the newest */
	CHECK(arena_extend(a, p, 10, 3000));
	CHECK(all_zero(p, 3000));
	CHECK(!arena_extend(a, p, 3000, 70 * 1024)); /* over the cap: refused, not died */
	CHECK(arena_extend(a, p, 3000, 3000));
	arena_close(a);
}

void arena_test(struct test *t)
{
	if (test_case(t, "memory is zero, also after reset and rewind"))
		memory_is_zero_again(t);
	if (test_case(t, "pieces are aligned and do not overlap"))
		pieces_do_not_overlap(t);
	if (test_case(t, "the newest piece grows in place"))
		growing(t);
	if (test_case(t, "meeting the cap, an overflowing product, a rewind forward: the end")) {
		struct arena *a = arena_open(100 * 1024);
		CHECK(arena_alloc(a, 100 * 1024) != NULL); /* the cap itself is allowed */
		arena_reset(a);
		CHECK_DIES(meet_the_cap, a);
		CHECK_DIES(overflow_the_product, a);
		CHECK_DIES(rewind_forward, a);
		arena_close(a);
	}
}
