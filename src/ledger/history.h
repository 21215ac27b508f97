/*
 * history.h - what happened to one thing, as sentences read from its ledger.
 *
 * The ledger keeps codes. Each room that keeps things says in two tables how its verbs and
 * changed fields read; a change without a row is not told, and a verb without one appears
 * under its code, which is how it is missed.
 */
#ifndef LEDGER_HISTORY_H
#define LEDGER_HISTORY_H

#include "ledger/ledger.h"

struct history_fact {
	const char *name; /* of the change */
	struct str label;
	struct str (*word)(struct str code); /* NULL: as it stands */
};
struct history_verb { const char *verb; struct str label; };
struct history_words {
	const struct history_fact *facts;
	size_t facts_count;
	const struct history_verb *verbs;
	size_t verbs_count;
	struct str (*verb)(struct str code); /* asked first; empty: the table. May be NULL */
	/* The one fact whose word must be looked up, such as a unit by its number; or NULL. */
	const char *looked_up;
	struct str (*look_up)(const void *arg, struct str code);
	const void *arg;
};

enum { HISTORY_MAX = 500 };
struct history_line {
	int64_t at;
	struct str who, what, reason;
};
/* 签发：状态 送审 → 已签发，文号 ……。 */
struct str history_sentence(struct arena *a, const struct history_words *words,
			    const struct ledger_row *row);
/* Oldest first, at most HISTORY_MAX. */
NODISCARD bool history_load(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			    const struct history_words *words, struct history_line **out,
			    size_t *count, struct err *err);
#endif
