/* apply_work.h - what the rules of src/apply share; private to it. */
#ifndef APPLY_APPLY_WORK_H
#define APPLY_APPLY_WORK_H

#include "apply/apply.h"

struct str apply_token(struct ctx *ctx);
/* Tokens are kept as keyed hashes. */
struct str apply_hash(struct ctx *ctx, const char *purpose, struct str token);
NODISCARD bool apply_forget_old(struct ctx *ctx, struct err *err);
#endif
