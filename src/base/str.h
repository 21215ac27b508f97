/*
 * str.h - a view of text: pointer and length, passed by value.
 *
 * Never terminated, never NULL with len > 0, never owned: the text lives in an
 * arena or is constant. What enters the program is checked UTF-8 (base/utf8.h)
 * before it becomes a str that a domain sees. Parsing consumes from the front:
 * str_take_* either takes what it names and returns true, or leaves the view
 * untouched and returns false. strtol, sscanf, atoi and strtok are banned.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdint.h>

struct str { const char *ptr; size_t len; };

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 } /* for static tables */
#define STR_NONE ((struct str){ "", 0 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr

struct str str_from_c(const char *terminated); /* NULL gives STR_NONE; a view, not a copy */
struct str str_copy(struct arena *a, struct str s);
const char *str_to_c(struct arena *a, struct str s); /* terminated copy; for system calls only */
struct str str_format(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str str_concat(struct arena *a, struct str left, struct str right);

bool str_equal(struct str a, struct str b);
bool str_equal_c(struct str a, const char *terminated);
bool str_equal_ascii_nocase(struct str a, struct str b);
int str_compare(struct str a, struct str b); /* bytes: -1, 0, 1 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str needle);
/* Byte offset of needle at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
struct str str_slice(struct str s, size_t from, size_t to); /* clamped */
struct str str_trim(struct str s); /* ASCII white space and U+3000 */
/*
 * Splits off what stands before `separator`; the last piece takes the rest. false at the end,
 * which is rest->ptr == NULL: "a," has two pieces, "" one, both ending with an empty one.
 */
bool str_split_next(struct str *rest, char separator, struct str *piece);

bool str_take_char(struct str *s, char c);
bool str_take_str(struct str *s, struct str prefix);
/* Decimal digits only; refuses a value over max, and a number longer than that needs. */
bool str_take_u64(struct str *s, uint64_t max, uint64_t *out);
/* The whole of s as a number: optional '-', digits, nothing else. */
bool str_to_i64(struct str s, int64_t *out);
uint64_t str_hash(struct str s); /* for in-memory tables; not for secrets */
#endif
