/*
 * seal.h - what names a person in a notice or a mail, sealed in one piece; and knowing an
 * address again without reading it. For notice/ alone.
 *
 * All of it needs ctx->vault: ask vault_needed before.
 */
#ifndef NOTICE_SEAL_H
#define NOTICE_SEAL_H

#include "db/ctx.h"

struct seal_text { const char *name; struct str *value; };
/* Texts under their names as one sealed object; it opens at this place alone. */
struct str seal_texts(struct ctx *ctx, struct str place, const struct seal_text *texts,
		      size_t count);
/* Fills the values. A text that is not there, or all of an erased one, becomes empty. */
NODISCARD bool seal_open_texts(struct ctx *ctx, struct str place, struct str sealed,
			       const struct seal_text *texts, size_t count, struct err *err);
/* Equal for equal values, whatever the case of their letters; empty for an empty one. */
struct str seal_index(struct ctx *ctx, const char *purpose, struct str value);
#endif
