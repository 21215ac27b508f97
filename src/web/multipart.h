/*
 * multipart.h - reading multipart/form-data as it arrives.
 *
 * One grammar, the one browsers write (RFC 7578): no preamble, CRLF line ends,
 * a quoted name in Content-Disposition, no nested multipart, no encodings.
 * multipart_feed takes any split of the body and gives the same parts. Values may
 * be views into the piece that closed the body, so one piece is never copied.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "web/pairs.h"

enum {
	MULTIPART_BOUNDARY_MAX = 70, /* RFC 2046 5.1.1 */
	MULTIPART_HEAD_MAX = 2048,   /* the header lines of one part */
	MULTIPART_NAME_MAX = 100,
	MULTIPART_FILE_NAME_MAX = 255 * 3,
};

/* The boundary parameter of a Content-Type of multipart/form-data; false if it is anything else. */
bool multipart_boundary(struct str content_type, struct str *boundary);

struct multipart;
/* file_max bounds one file; other values are bounded by LIMIT_FIELD_BYTES. */
struct multipart *multipart_open(struct arena *a, struct str boundary, size_t file_max,
				 struct pairs *out);
/* ERR_INVALID "web.bad_multipart", ERR_LIMIT "web.too_many_fields", "web.field_too_long". */
NODISCARD bool multipart_feed(struct multipart *m, struct str bytes, struct err *err);
/* The body is over: ERR_INVALID "web.bad_multipart" if it is not complete. */
NODISCARD bool multipart_end(struct multipart *m, struct err *err);
#endif
