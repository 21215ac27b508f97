/*
 * header.h - the request headers that carry lists: cookies, encodings, tags.
 *
 * What cannot be read is treated as not sent, because each of these headers
 * only refines an answer. A cookie that occurs twice is treated as absent:
 * somebody may have planted the other one.
 */
#ifndef WEB_HEADER_H
#define WEB_HEADER_H

#include "base/str.h"

/* The value of one cookie of a Cookie header; false if it is absent, empty or repeated. */
bool cookie_find(struct str header, struct str name, struct str *value);

enum encoding { ENCODING_IDENTITY, ENCODING_GZIP, ENCODING_BROTLI };
enum { ENCODING_COUNT = ENCODING_BROTLI + 1 };
/* The best that Accept-Encoding allows, by its q-values; equal ones: brotli, gzip, identity. */
enum encoding encoding_choose(struct str header);

/* Takes "Bearer " from the front of an Authorization header; false: another scheme. */
bool header_bearer(struct str *authorization);
/* Whether Accept names JSON and not HTML: a program asks, not a browser. */
bool header_asks_json(struct str accept);

/* If-None-Match against our tag, which includes its quotes; "*" and weak tags match too. */
bool etag_matches(struct str header, struct str etag);

/* One media type without parameters: "application/json; charset=utf-8" is "application/json". */
bool media_type_is(struct str content_type, struct str type);

/* RFC 9110 5.6.2. */
bool header_token(struct str s);
bool header_token_char(char c);
#endif
