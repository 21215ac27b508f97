/* compress.h - a body in its three encodings, made once for many answers. */
#ifndef WEB_COMPRESS_H
#define WEB_COMPRESS_H

#include "web/header.h"

/* Page: gzip 6, brotli 5, about six renderings' time. Asset: gzip 9, brotli 9, once at start. */
enum compress_effort { COMPRESS_PAGE, COMPRESS_ASSET };

struct encoded {
	struct str body[ENCODING_COUNT]; /* empty: that encoding is no smaller, use identity */
	struct str etag[ENCODING_COUNT]; /* strong, with its quotes */
};
/* The bodies but identity lie in a, which must have room for twice the body and 64 KiB. */
struct encoded compress_all(struct arena *a, struct str body, enum compress_effort effort);
/* Whether a type is worth it: text, JSON, XML, SVG. */
bool compress_worth(struct str content_type);
#endif
