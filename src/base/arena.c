#include "base/arena_internal.h"
#include "base/log.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifndef ARENA_ASAN
#define ARENA_ASAN 0
#endif

#if ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(ptr, len) __asan_poison_memory_region((ptr), (len))
#define UNPOISON(ptr, len) __asan_unpoison_memory_region((ptr), (len))
#else
#define POISON(ptr, len) ((void)(ptr), (void)(len))
#define UNPOISON(ptr, len) ((void)(ptr), (void)(len))
#endif

enum {
	ALIGN = 16,
	PAGE = 4096,
	OPEN_STEP = 64 * 1024,	  /* opened for writing at least this much at a time */
	KEEP_WARM = 1024 * 1024, /* pages kept by arena_reset */
	GAP = ARENA_ASAN ? ALIGN : 0, /* never handed out: an overrun is caught */
};

/*
 * All sizes count from `bytes`. used <= dirty <= opened <= cap. Pages between
 * opened and cap are PROT_NONE: they cost no memory and no commit charge. Bytes
 * below dirty may hold old data and are cleared when handed out again; those
 * above it are fresh from the kernel and already zero.
 */
struct arena {
	char *bytes;
	size_t used, dirty, opened, cap;
};

static size_t round_up(size_t n, size_t to)
{
	return (n + (to - 1)) / to * to;
}

static _Noreturn void die(const char *event, size_t want, const struct arena *a)
{
	log_write(LOG_ERROR, event, "want=%zu used=%zu cap=%zu", want, a->used, a->cap);
	abort();
}

struct arena *arena_open(size_t cap)
{
	struct arena *a = malloc(sizeof *a);
	struct arena wanted = { .cap = cap };

	assert(cap > 0 && cap < SIZE_MAX / 2);
	if (a == NULL)
		die("arena.no_memory", cap, &wanted);
	wanted.cap = round_up(cap, PAGE);
	void *bytes = mmap(NULL, wanted.cap, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (bytes == MAP_FAILED)
		die("arena.no_address_space", cap, &wanted);
	wanted.bytes = bytes;
	*a = wanted;
	return a;
}

void arena_close(struct arena *a)
{
	if (a == NULL)
		return;
	UNPOISON(a->bytes, a->opened);
	munmap(a->bytes, a->cap);
	free(a);
}

/* Makes bytes up to `need` writable, twice as far as before when that is more: few system calls. */
static void open_pages(struct arena *a, size_t need)
{
	size_t target = a->opened * 2;

	if (target < need)
		target = need;
	target = round_up(target, OPEN_STEP);
	if (target > a->cap)
		target = a->cap;
	if (mprotect(a->bytes + a->opened, target - a->opened, PROT_READ | PROT_WRITE) != 0)
		die("arena.no_memory", need, a);
	POISON(a->bytes + a->opened, target - a->opened);
	a->opened = target;
}

/* Hands out [from, from + size): writable, unpoisoned, zero. */
static void hand_out(struct arena *a, size_t from, size_t size)
{
	size_t end = from + size;

	if (end > a->opened)
		open_pages(a, end);
	UNPOISON(a->bytes + from, size);
	if (from < a->dirty)
		memset(a->bytes + from, 0, (end < a->dirty ? end : a->dirty) - from);
	if (end > a->dirty)
		a->dirty = end;
	a->used = end;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t from = round_up(a->used, ALIGN) + (a->used > 0 ? (size_t)GAP : 0);

	if (from > a->cap || size > a->cap - from)
		die("arena.cap_met", size, a);
	hand_out(a, from, size);
	return a->bytes + from;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		die("arena.array_overflow", count, a);
	return arena_alloc(a, total);
}

bool arena_extend(struct arena *a, void *ptr, size_t old_size, size_t new_size)
{
	char *start = ptr;

	assert(new_size >= old_size);
	if (old_size == 0 || start + old_size != a->bytes + a->used)
		return false;
	size_t from = (size_t)(start - a->bytes);
	if (new_size > a->cap - from)
		return false;
	hand_out(a, from + old_size, new_size - old_size);
	return true;
}

void arena_reset(struct arena *a)
{
	if (a->dirty > KEEP_WARM) {
		/* The kernel takes the pages back and gives zero ones later. */
		size_t dirty_end = round_up(a->dirty, PAGE);
		if (madvise(a->bytes + KEEP_WARM, dirty_end - KEEP_WARM, MADV_DONTNEED) == 0)
			a->dirty = KEEP_WARM;
	}
	POISON(a->bytes, a->used);
	a->used = 0;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->used };
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	assert(mark.used <= a->used);
	/* The last piece before the mark may end inside a granule of the sanitizer: leave that. */
	size_t from = round_up(mark.used, ALIGN);
	if (from < a->used)
		POISON(a->bytes + from, a->used - from);
	a->used = mark.used;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
