/*
 * arena_internal.h - growing the newest piece of an arena where it stands.
 *
 * For base/buf.c alone: a page grows without leaving its smaller selves behind.
 */
#ifndef BASE_ARENA_INTERNAL_H
#define BASE_ARENA_INTERNAL_H

#include "base/arena.h"

/* false, and nothing changed, if ptr is not the newest piece or the cap is too near. */
bool arena_extend(struct arena *a, void *ptr, size_t old_size, size_t new_size);
#endif
