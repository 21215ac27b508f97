/*
 * normalise.h - one spelling for texts that look the same.
 *
 * For comparing and recognising only: what people wrote is stored and shown as
 * they wrote it. Input must be valid UTF-8; the result is never longer.
 */
#ifndef TEXT_NORMALISE_H
#define TEXT_NORMALISE_H

#include "base/str.h"

/*
 * The character that a radical stands for (U+2F00 to U+2FD5, and those of U+2E80 on that are whole
 * characters); anything else is itself.
 */
uint32_t normalise_radical(uint32_t c);
/*
 * Full-width letters, digits and signs become ASCII, U+3000 and U+00A0 a space, and the
 * radicals that PDF readers deliver instead of characters (⽇ U+2F47, ⻓ U+2ED3) the
 * characters (日, 长).
 */
struct str normalise_width(struct arena *a, struct str s);
/*
 * For comparing labels: normalise_width, without any white space or invisible character,
 * and with one kind of quotes (“ ” 「 」 『 』 « » become ", ‘ ’ become ').
 */
struct str normalise_label(struct arena *a, struct str s);
/* The labels are the same after normalise_label. */
bool label_equal(struct arena *a, struct str left, struct str right);
#endif
