/*
 * reader.h - how a member of staff is told of what is due: by a mail in the morning, by a calendar.
 *
 * Both hold numbers of cases and days, never what is asked for or by whom: they leave the office.
 * The calendar's address is a secret of 256 bits of its own, kept as a digest; whoever has it reads
 * the days, and making a new one or none ends the old.
 */
#ifndef MAILROOM_READER_H
#define MAILROOM_READER_H

#include "account/account.h"

enum reader_digest { DIGEST_NONE, DIGEST_NEEDED, DIGEST_DAILY, READER_DIGEST_COUNT };
struct str reader_digest_code(enum reader_digest d);
struct str reader_digest_label(enum reader_digest d);
bool reader_digest_from(struct str code, enum reader_digest *out);
enum feed_scope { FEED_MINE, FEED_UNIT, FEED_SITE, FEED_SCOPE_COUNT };
struct str feed_scope_code(enum feed_scope s);
struct str feed_scope_label(enum feed_scope s);
bool feed_scope_from(struct str code, enum feed_scope *out);

struct reader {
	struct account_id account;
	struct str email; /* empty: no mail */
	enum reader_digest digest;
	struct str digest_on; /* day of the last one, or empty */
	bool has_feed;
	enum feed_scope scope;
	struct opt_int feed_made_at;
};
/* Without a row: no address, no calendar, mail when it is needed. */
NODISCARD bool reader_of(struct ctx *ctx, struct account_id account, struct reader *out,
			 struct err *err);
/* ERR_INVALID "notice.bad_address" at "email". An empty address: no mail. */
NODISCARD bool reader_set(struct ctx *ctx, struct account_id account, struct str email,
			  enum reader_digest digest, struct err *err);
/* *token is the only copy; the one before it ends. */
NODISCARD bool reader_open_feed(struct ctx *ctx, struct account_id account, enum feed_scope scope,
				struct str *token, struct err *err);
NODISCARD bool reader_close_feed(struct ctx *ctx, struct account_id account, struct err *err);
/* Its role reads requests: what it once set up ends with that. */
bool reader_may(const struct account *a);
/* found false: no such token, or its account may no longer. Reads only. */
struct feed_of { struct account account; enum feed_scope scope; };
NODISCARD bool reader_of_token(struct ctx *ctx, struct str token, struct feed_of *out, bool *found,
			       struct err *err);
/* The calendar's text. base: what links begin with, without a last /. */
NODISCARD bool feed_text(struct ctx *ctx, const struct feed_of *of, struct str base,
			 struct str *out, struct err *err);

/*
 * Writes today's mails for those who have none yet, at most DIGESTS_AT_ONCE; on working days only.
 * *more: there are others.
 */
enum { DIGESTS_AT_ONCE = 20 };
NODISCARD bool digest_write(struct ctx *ctx, struct str base, bool *more, struct err *err);
/* Somebody has reminded of a case: the listener of "case.reminded". */
struct job;
NODISCARD bool reader_on_reminder(struct ctx *ctx, const struct job *job, struct err *err);
#endif
