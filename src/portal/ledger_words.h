/*
 * ledger_words.h - the ledger's codes as an auditor reads them: what was done to what.
 *
 * Requests and proceedings are told by the rooms that keep them; the rest is told here. A
 * change without a word stays untold: the page shows the event as it is bound beside it.
 */
#ifndef PORTAL_LEDGER_WORDS_H
#define PORTAL_LEDGER_WORDS_H

#include "ledger/history.h"

/* Filled once for a page; stays where it was filled. */
struct ledger_words { struct history_words request, typed, rest, units; };
NODISCARD bool ledger_words_load(struct ctx *ctx, struct ledger_words *out, struct err *err);
/* 发布：状态 已审定 → 已发布。 */
struct str ledger_sentence(struct arena *a, const struct ledger_words *w,
			   const struct ledger_row *row);
/* 申请 19; a site's own settings have no number. */
struct str ledger_subject(struct arena *a, const struct ledger_row *row);
#endif
