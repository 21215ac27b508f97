/*
 * mailroom.h - the post of the office: what comes in is brought to the case it belongs to, what
 * is due is told to the people it concerns.
 *
 * notice/ knows letters and mailboxes, and no case; this room knows both.
 */
#ifndef MAILROOM_MAILROOM_H
#define MAILROOM_MAILROOM_H

#include "jobs/jobs.h"
#include "notice/inbox.h"

/*
 * The listener of "mail.came": a mail of a case gets the case's unit; one in the pen is proposed
 * the case whose number it names.
 */
NODISCARD bool mailroom_on_mail(struct ctx *ctx, const struct job *job, struct err *err);

/* By a clerk, to the case of that number. ERR_NOT_FOUND "request.none". */
NODISCARD bool mailroom_assign(struct ctx *ctx, struct inbox_id id, struct str number,
			       struct str reason, struct err *err);
/* The first numbers of cases that a text names (YX-2020-0012), at most max; views into it. */
size_t mailroom_numbers_in(struct str text, struct str *out, size_t max);
#endif
