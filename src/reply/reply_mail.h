/*
 * reply_mail.h - a reply served by e-mail from here; the mail's own fate is its proof.
 */
#ifndef REPLY_REPLY_MAIL_H
#define REPLY_REPLY_MAIL_H

#include "notice/notice.h"
#include "reply/reply.h"

/* Of all enclosures together; the letter and the coding of mail come on top. */
enum { REPLY_MAIL_BYTES = 14 * 1024 * 1024 };

struct reply_mail_new {
	struct str to; /* empty: the applicant's address */
	struct str note;
};
/*
 * Writes the notice and the attempt. The request is served when a server has taken the mail over.
 * ERR_CONFLICT "reply.no_letter_here" if the reply was not signed here, ERR_INVALID
 * "reply.no_email", "notice.bad_address", ERR_LIMIT "notice.too_large"; as reply_serve else.
 */
NODISCARD bool reply_serve_mail(struct ctx *ctx, struct request_id request,
				const struct reply_mail_new *in, struct err *err);
/* The listener of "reply.mail": sets the letter and releases the notice. */
extern const struct job_outside reply_mailing;
/* The listener of "notice.ended": served on that day, or an attempt that failed. */
NODISCARD bool reply_on_notice(struct ctx *ctx, const struct job *job, struct err *err);
/* Is this notice an attempt at service? Then it is not sent again but served again. */
NODISCARD bool reply_carries(struct ctx *ctx, struct notice_id notice, bool *yes, struct err *err);
#endif
