/* utf8.h - strict UTF-8: no overlong forms, no surrogates, nothing over U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Text as the program accepts it: valid UTF-8 with no NUL and no control bytes but \t \n \r. */
bool utf8_valid_text(struct str s);
/* Offset of the first byte that breaks it, or SIZE_MAX. */
size_t utf8_first_bad(struct str s);
/* The same for bytes that are UTF-8 or not, whatever control bytes they hold. */
size_t utf8_first_malformed(struct str s);
/* Takes one code point from the front; false at the end. s must be valid. */
bool utf8_take(struct str *s, uint32_t *code_point);
size_t utf8_length(struct str s); /* code points */
struct str utf8_prefix(struct str s, size_t code_points_max);
bool utf8_is_han(uint32_t code_point);
#endif
