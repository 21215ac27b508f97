/*
 * ctx.h - what a verb gets: where it stands, when, and on whose behalf.
 *
 * Pure rules take plain values instead. now and today are the program's clock,
 * set once per request or command; nothing below app/ and web/ reads the system's.
 */
#ifndef DB_CTX_H
#define DB_CTX_H

#include "db/db.h"

/* Who acts. id 0 is the public or the program itself; name is for the ledger's sentence. */
struct actor {
	int64_t account_id;
	int64_t unit_id;      /* 0: none, or the whole site */
	uint64_t permissions; /* bit set of enum permission (account/permission.h) */
	struct str role;      /* "public", "system", "clerk", … */
	struct str name;
};

struct workday_calendar;
struct ledger_run;
struct vault;

struct ctx {
	struct arena *arena;
	struct db *db;
	int64_t now;
	struct date today;
	struct actor actor;
	enum locale locale;
	/* For those who do much in one go, so that it is not read again each time; else NULL. */
	const struct workday_calendar *calendar; /* calendar/calendar.h; outlives its use here */
	struct ledger_run *ledger_run;		 /* ledger/ledger.h; of one transaction */
	const struct vault *vault; /* base/vault.h; NULL: there is no key, nothing sealed opens */
};

/* Sets now and today together. */
void ctx_set_time(struct ctx *ctx, int64_t now);
#endif
