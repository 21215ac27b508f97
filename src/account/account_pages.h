/* account_pages.h - the routes of account, and who a session is; bound in app/. */
#ifndef ACCOUNT_ACCOUNT_PAGES_H
#define ACCOUNT_ACCOUNT_PAGES_H

#include "account/account.h"
#include "web/web.h"

extern const struct route account_routes[];
bool account_identify(struct ctx *ctx, enum web_token how, struct str token,
		      struct web_identity *out, struct err *err);
#endif
