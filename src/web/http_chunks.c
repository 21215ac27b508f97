/*
 * http_chunks.c - reading a chunked body (RFC 9112 7.1).
 *
 * A size is hexadecimal digits and nothing else; an extension and a trailer are
 * read by the grammar, bounded, and dropped. A bare CR or LF ends it all.
 */
#include "base/limits.h"
#include "web/header.h"
#include "web/http.h"

enum {
	CHUNK_DIGITS_MAX = 8,
	CHUNK_LINE_MAX = 256,	/* extensions of one chunk */
	CHUNK_TRAILER_MAX = 4096, /* all trailers together */
};

enum chunk_state {
	CHUNK_SIZE,
	CHUNK_EXTENSION,
	CHUNK_SIZE_LF,
	CHUNK_DATA,
	CHUNK_DATA_CR,
	CHUNK_DATA_LF,
	CHUNK_TRAILER,	     /* at the beginning of a line */
	CHUNK_TRAILER_NAME,
	CHUNK_TRAILER_VALUE,
	CHUNK_TRAILER_LF,
	CHUNK_END_LF,
	CHUNK_DONE,
};

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool printable(char c)
{
	unsigned char u = (unsigned char)c;

	return u == '\t' || (u >= ' ' && u != 0x7F);
}

static bool to(struct http_chunks *c, enum chunk_state state)
{
	c->state = (int)state;
	return true;
}

static bool size_byte(struct http_chunks *c, char byte)
{
	int digit = hex(byte);

	if (digit >= 0) {
		c->left = c->left * 16 + (uint64_t)digit;
		return ++c->digits <= CHUNK_DIGITS_MAX;
	}
	if (c->digits == 0)
		return false;
	if (byte == ';')
		return to(c, CHUNK_EXTENSION);
	return byte == '\r' && to(c, CHUNK_SIZE_LF);
}

static bool trailer_byte(struct http_chunks *c, char byte)
{
	if (++c->line > CHUNK_TRAILER_MAX)
		return false;
	switch ((enum chunk_state)c->state) {
	case CHUNK_TRAILER:
		if (byte == '\r')
			return to(c, CHUNK_END_LF);
		return header_token_char(byte) && to(c, CHUNK_TRAILER_NAME);
	case CHUNK_TRAILER_NAME:
		if (byte == ':')
			return to(c, CHUNK_TRAILER_VALUE);
		return header_token_char(byte);
	case CHUNK_TRAILER_VALUE:
		if (byte == '\r')
			return to(c, CHUNK_TRAILER_LF);
		return printable(byte);
	case CHUNK_TRAILER_LF:
		return byte == '\n' && to(c, CHUNK_TRAILER);
	case CHUNK_END_LF:
		return byte == '\n' && to(c, CHUNK_DONE);
	case CHUNK_SIZE:
	case CHUNK_EXTENSION:
	case CHUNK_SIZE_LF:
	case CHUNK_DATA:
	case CHUNK_DATA_CR:
	case CHUNK_DATA_LF:
	case CHUNK_DONE:
		break;
	}
	return false;
}

/* Everything that is not data. */
static bool mark_byte(struct http_chunks *c, char byte)
{
	switch ((enum chunk_state)c->state) {
	case CHUNK_SIZE:
		return size_byte(c, byte);
	case CHUNK_EXTENSION:
		if (byte == '\r')
			return to(c, CHUNK_SIZE_LF);
		return ++c->line <= CHUNK_LINE_MAX && printable(byte);
	case CHUNK_SIZE_LF:
		c->line = 0;
		return byte == '\n' && to(c, c->left == 0 ? CHUNK_TRAILER : CHUNK_DATA);
	case CHUNK_DATA_CR:
		return byte == '\r' && to(c, CHUNK_DATA_LF);
	case CHUNK_DATA_LF:
		c->digits = 0;
		return byte == '\n' && to(c, CHUNK_SIZE);
	case CHUNK_TRAILER:
	case CHUNK_TRAILER_NAME:
	case CHUNK_TRAILER_VALUE:
	case CHUNK_TRAILER_LF:
	case CHUNK_END_LF:
		return trailer_byte(c, byte);
	case CHUNK_DATA:
	case CHUNK_DONE:
		break;
	}
	return false;
}

unsigned http_feed_chunks(struct http_chunks *c, struct str in, size_t *used, struct str *data,
			  bool *done)
{
	size_t at = 0;

	*data = STR_NONE;
	*done = c->state == CHUNK_DONE;
	while (at < in.len && c->state != CHUNK_DATA && !*done) {
		if (!mark_byte(c, in.ptr[at++]))
			return 400;
		if (c->state == CHUNK_DATA && c->left > c->max - c->total)
			return 413;
		*done = c->state == CHUNK_DONE;
	}
	if (c->state == CHUNK_DATA && at < in.len) {
		size_t len = in.len - at < c->left ? in.len - at : (size_t)c->left;
		*data = str_slice(in, at, at + len);
		at += len;
		c->left -= len;
		c->total += len;
		if (c->left == 0)
			to(c, CHUNK_DATA_CR);
	}
	*used = at;
	return 0;
}
