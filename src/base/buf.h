/*
 * buf.h - text that grows, in an arena, up to a limit named at its birth.
 *
 * Overflow is sticky: write freely, ask once with buf_ok. After an overflow
 * the content is incomplete and must not be used.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *ptr;
	size_t len, cap, max;
	struct arena *arena;
	bool overflow;
};

struct buf buf_open(struct arena *a, size_t estimate, size_t max);
void buf_add(struct buf *b, struct str s);
void buf_add_c(struct buf *b, const char *terminated);
void buf_add_char(struct buf *b, char c);
void buf_add_bytes(struct buf *b, const void *bytes, size_t len);
void buf_add_i64(struct buf *b, int64_t n);
void buf_add_utf8(struct buf *b, uint32_t code_point);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Room for n bytes, written by the caller and then counted with buf_grew; NULL on overflow. */
char *buf_room(struct buf *b, size_t n);
void buf_grew(struct buf *b, size_t n);
void buf_clear(struct buf *b); /* empties, keeps the room, forgets the overflow */
bool buf_ok(const struct buf *b);
struct str buf_str(const struct buf *b); /* a view; valid until the next write */
#endif
