/*
 * encoding.h - bytes from outside become text, or are refused.
 *
 * Decided in this order: a byte order mark (UTF-8, UTF-16); strict UTF-8; GB18030,
 * which includes GBK and GB2312; otherwise refused with the offset of the byte
 * that fits none. Nothing is replaced or dropped but the mark itself, the DOS end
 * mark 0x1A as last byte, and form feed and vertical tab, which become line ends.
 * Other control bytes are refused: they mean the file is no text. GB18030 goes
 * through iconv, which loads a library on first use: a program that is about to
 * lock itself in calls encoding_prepare first.
 */
#ifndef TEXT_ENCODING_H
#define TEXT_ENCODING_H

#include "base/err.h"

enum charset { CHARSET_UTF8, CHARSET_UTF16LE, CHARSET_UTF16BE, CHARSET_GB18030 };

struct decoded {
	struct str text; /* utf8_valid_text; may be a view of the bytes */
	enum charset charset;
	bool marked; /* had a byte order mark */
};

/*
 * ERR_INVALID "text.unknown_encoding", "text.control_byte", both with the byte offset as
 * fact; ERR_LIMIT "text.too_large" over LIMIT_TEXT_BYTES; ERR_UNAVAILABLE "text.no_iconv".
 */
NODISCARD bool encoding_decode(struct arena *a, struct str bytes, struct decoded *out,
			       struct err *err);
const char *charset_name(enum charset e); /* UTF-8, UTF-16LE, UTF-16BE, GB18030 */
NODISCARD bool encoding_prepare(struct err *err);
#endif
