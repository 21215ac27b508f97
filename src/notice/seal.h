/*
 * seal.h - addresses at rest, and knowing one again without reading it; for notice/ alone.
 */
#ifndef NOTICE_SEAL_H
#define NOTICE_SEAL_H

#include "db/ctx.h"

struct str seal_close(struct ctx *ctx, struct str plain);
NODISCARD bool seal_open(struct ctx *ctx, struct str sealed, struct str *plain, struct err *err);
/* Equal for equal addresses, whatever their case. */
struct str seal_index(struct ctx *ctx, struct str plain);
#endif
