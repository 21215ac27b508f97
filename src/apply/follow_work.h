/* follow_work.h - what follow.c and follow_tell.c share; private to src/apply. */
#ifndef APPLY_FOLLOW_WORK_H
#define APPLY_FOLLOW_WORK_H

#include "apply/follow.h"

/* What was decided, to an applicant who chose e-mail; nothing to others. */
NODISCARD bool follow_tell(struct ctx *ctx, const struct follow *f, struct err *err);
#endif
