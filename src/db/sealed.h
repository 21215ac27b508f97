/*
 * sealed.h - text columns that a copy of the database does not give away.
 *
 * A statement declares a field `sealed` instead of `text` (docs/decisions/0013):
 * its generated call then seals on the way in and opens on the way out, so the
 * rooms above see plain words. What is empty stays empty. The column holds a mark
 * and the sealed bytes (base/vault.h) in letters, bound to the field's name. A
 * text without the mark is from before, or of an imported register whose turn to
 * be sealed has not come: it is given as it stands.
 */
#ifndef DB_SEALED_H
#define DB_SEALED_H

#include "db/ctx.h"

/* For generated code: text in place. ERR_UNAVAILABLE as vault_seal and vault_unseal have it. */
NODISCARD bool sealed_close(struct ctx *ctx, const char *field, struct str *text, struct err *err);
/* The opened text lives in ctx->arena. */
NODISCARD bool sealed_open(struct ctx *ctx, const char *field, struct str *text, struct err *err);
/* Does a stored text bear the mark? What comes from outside unsealed must not. */
bool sealed_marked(struct str stored);
#endif
