/*
 * wire.h - a tree, an error or rows as bytes, from the reader to its parent; for office/ alone.
 *
 * The reader has seen a hostile file, so the parent believes nothing: every
 * length, number and text is checked, tables may not overlap, and a byte too
 * many or too few refuses the whole. All numbers are little-endian.
 */
#ifndef OFFICE_WIRE_H
#define OFFICE_WIRE_H

#include "base/buf.h"
#include "base/err.h"
#include "office/read.h"

void wire_add_doc(struct buf *out, const struct doc *d);
void wire_add_error(struct buf *out, const struct err *err);
/*
 * A whole answer: *out is made in a, or the reader's own error is set, or
 * ERR_INTERNAL "office.reader_failed" if the bytes are no answer.
 */
NODISCARD bool wire_read_doc(struct arena *a, struct str bytes, struct doc **out, struct err *err);

/* Rows come as frames: 'R' length row, 'X' length error, 'Z' at the end. */
void wire_add_row(struct buf *out, const struct sheet_row *row);
void wire_add_error_frame(struct buf *out, const struct err *err);
void wire_add_end(struct buf *out);

enum { WIRE_FRAME_HEAD = 5, WIRE_FRAME_MAX = 256 * (32 * 1024 + 4) + 64 };
enum wire_frame { WIRE_MORE, WIRE_ROW, WIRE_END, WIRE_BAD };
/*
 * Takes one frame from the front of *bytes if all of it is there (WIRE_MORE: it
 * is not). cells has room for LIMIT_SHEET_COLUMNS; a row's texts are views.
 * WIRE_BAD: err says what, the reader's own words if it sent any.
 */
enum wire_frame wire_take_frame(struct str *bytes, struct str *cells, struct sheet_row *row,
				struct err *err);
#endif
