/*
 * escape.h - the two ways to escape text, for html.c and for the tests that compare them.
 *
 * Both write the same bytes: & < > " ' as references, everything else as it
 * is. Safe in text and in a quoted attribute alike. Not for other folders.
 */
#ifndef HTML_ESCAPE_H
#define HTML_ESCAPE_H

#include "base/buf.h"

void escape_vector(struct buf *out, struct str s); /* 16 bytes at a time where the processor can */
void escape_scalar(struct buf *out, struct str s);
#endif
