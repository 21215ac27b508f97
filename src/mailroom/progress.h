/*
 * progress.h - mails to applicants who chose e-mail: registered, confirmed, to be corrected,
 * longer, decided.
 *
 * They tell how far a case is and serve nothing: letters are served by the room that writes them.
 * They hold the number, the step and its days, never what was asked for; an answer to one comes to
 * the case.
 */
#ifndef MAILROOM_PROGRESS_H
#define MAILROOM_PROGRESS_H

#include "jobs/jobs.h"

/* What lies back longer is not told any more: cases that were entered later, mail that waited. */
enum { PROGRESS_DAYS = 3 };
/* The listeners of "request.registered" and of "request.step" (request.h). */
NODISCARD bool progress_on_registered(struct ctx *ctx, const struct job *job, struct err *err);
NODISCARD bool progress_on_step(struct ctx *ctx, const struct job *job, struct err *err);
#endif
