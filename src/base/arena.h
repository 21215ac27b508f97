/*
 * arena.h - memory by lifetime.
 *
 * An arena reserves its whole address range when it is opened and hands out
 * pieces from it; nothing is freed piece by piece. A request, a command or a
 * row of a long loop has one arena, and ends by resetting it. Meeting the cap
 * is a bug or an attack, because whatever enters the program is limited first
 * (base/limits.h): arena_alloc then logs and aborts, so no caller tests for NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/attr.h"

#include <stddef.h>

struct arena;

/* A point to rewind to: everything allocated after it is given back. */
struct arena_mark { size_t used; };

/* cap in bytes; address space only, pages are taken as they are used. Aborts if there is none. */
struct arena *arena_open(size_t cap);
void arena_close(struct arena *a);

/* Zeroed memory aligned for any object. size may be 0: the result is then non-NULL and unusable. */
void *arena_alloc(struct arena *a, size_t size);
/* count * size, checked for overflow. */
void *arena_array(struct arena *a, size_t count, size_t size);
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

void arena_reset(struct arena *a);
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);
size_t arena_used(const struct arena *a);
#endif
