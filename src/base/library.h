/*
 * library.h - a shared library that few runs need is loaded by the first that does. libpq and
 * libcurl bring two dozen others along, which cost each start 5 ms and each process their memory.
 *
 * Its functions are named once, in a list from which a struct of pointers is made:
 *	#define SOME_FUNCTIONS(F) F(some_open) F(some_close)
 *	struct some { SOME_FUNCTIONS(LIBRARY_FUNCTION) } some;
 *	const struct library library = { "libsome.so.1", { SOME_FUNCTIONS(LIBRARY_NAME) } };
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include "base/err.h"

enum { LIBRARY_FUNCTIONS_MAX = 32 };

#define LIBRARY_FUNCTION(f) __typeof__(f) *f;
#define LIBRARY_NAME(f) #f,

struct library { const char *file; const char *names[LIBRARY_FUNCTIONS_MAX + 1]; /* then NULL */ };

/*
 * functions: the struct of pointers, in the order of the names, all NULL before. By any thread, as
 * often as one likes; it stays loaded. ERR_UNAVAILABLE "base.no_library": it is not installed, or
 * lacks a function.
 */
NODISCARD bool library_load(const struct library *l, void *functions, struct err *err);
#endif
