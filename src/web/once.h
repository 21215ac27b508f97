/*
 * once.h - a POST that a program may send again without doing it twice.
 *
 * Idempotency-Key names one act of one account (or of the public). Its answer is
 * kept for LIMIT_ANSWER_S in the transaction of the act; sent again with the same
 * path and body it is answered from there, with Idempotency-Replayed: true. The
 * same key with anything else is refused. Refusals are not kept: what was undone
 * may be tried again under the same key.
 *
 * An answer may hold what is shown only once (a query code, a token), so it is
 * sealed under the key itself, which is stored nowhere.
 */
#ifndef WEB_ONCE_H
#define WEB_ONCE_H

#include "web/exchange.h"

/*
 * Reads the header, once the body is there and the account known. Without one, or for a route that
 * keeps nothing, x->once stays NULL. ERR_INVALID "web.bad_key".
 */
NODISCARD bool once_open(struct exchange *x, const struct pairs *pairs);
/* *found: the answer is in x->rp. 422 "web.key_reused": it belongs to something else. */
NODISCARD bool once_find(struct exchange *x, bool *found, struct err *err);
/* Keeps the answer that is in x->rp, if it is a good one. */
NODISCARD bool once_keep(struct exchange *x, struct err *err);
#endif
