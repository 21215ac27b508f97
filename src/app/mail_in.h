/*
 * mail_in.h - the round that empties the mailbox into notice/.
 *
 * For each message: read in the limited child (office/mail.h), taken in one transaction, and only
 * then moved to cur/. Killed in between, the next round finds it in new/ and knows it again.
 */
#ifndef APP_MAIL_IN_H
#define APP_MAIL_IN_H

#include "app/site.h"

enum { MAIL_IN_A_ROUND = 50, MAIL_ROUND_S = 10 };
struct mail_round {
	int64_t taken, known; /* known: there already, only moved */
	int64_t left;	      /* could not be taken now: they stay in new/ */
};
/*
 * A message that cannot be taken is left and the others go on; err then says why the first one
 * was. true with nothing done if no mailbox is set.
 */
NODISCARD bool mail_in_round(struct data_site *site, struct actor actor, struct mail_round *out,
			     struct err *err);
#endif
