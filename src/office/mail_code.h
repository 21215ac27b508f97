/*
 * mail_code.h - the encodings of mail: base64, quoted-printable, words in headers; for
 * office/ alone.
 *
 * Reading takes whatever is there: what is not of the alphabet is passed over.
 */
#ifndef OFFICE_MAIL_CODE_H
#define OFFICE_MAIL_CODE_H

#include "base/buf.h"

void base64_add(struct buf *b, struct str bytes);
struct str base64_read(struct arena *a, struct str text);
int hex_value(char c); /* of one hexadecimal digit; -1 if it is none */
/* QUOTED_WORD: '_' is a space, as in the words of a header. */
enum quoted_kind { QUOTED_BODY, QUOTED_WORD };
struct str quoted_read(struct arena *a, struct str text, enum quoted_kind kind);

/*
 * Bytes as text without control characters but \t and \n: UTF-8, else GB18030, else latin-1 if
 * that is what the label says, else U+FFFD for each byte over 127. \r\n becomes \n.
 */
struct str mail_text(struct arena *a, struct str bytes, struct str charset);
/* A header's value: unfolded, its encoded words (RFC 2047) read. One line. */
struct str mail_words(struct arena *a, struct str value);
#endif
