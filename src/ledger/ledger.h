/*
 * ledger.h - the event ledger: what happened, who did it, and proof that nobody
 * changed the record afterwards.
 *
 * Every change of a fact appends one event in the same transaction. Events have
 * a gapless position (seq) and are chained: hash = SHA-256 over the previous
 * hash and the canonical text of the event, and the same with SM3. Personal
 * data never enters the chained text; where it must be bound to the chain, a
 * salted commitment stands for it (ledger_commit), so erasing a person leaves
 * the chain valid. Regulation Art. 45: 登记、审核、办理、答复、归档 each leave a record.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/digest.h"
#include "db/ctx.h"

struct ledger_change {
	const char *field;
	struct str before, after;
}; /* empty str: no value */
struct ledger_event {
	const char *subject_kind; /* "request", "dispute", "report", "account" … */
	int64_t subject_id;
	const char *verb; /* "request.register": the verb's name in code */
	const struct ledger_change *changes;
	size_t changes_count;
	/*
	 * In place of changes, for verbs that are done by the hundred thousand: what the fields
	 * are set to, in the order of the row of the verb in ledger_packs[]. It is stored as
	 * values alone, half as long, and read like any other event. Only ledger_seal takes it.
	 */
	const struct str *values;
	struct str reason; /* what the person gave as reason, or empty */
};

enum { LEDGER_PACK_FIELDS = 10 };
/* Fields are only ever added to a pack under a new verb: events that are there are read by it. */
struct ledger_pack {
	const char *verb;
	size_t count;
	const char *fields[LEDGER_PACK_FIELDS];
};
extern const struct ledger_pack ledger_packs[];
extern const size_t ledger_packs_count;

/* Appends; *seq is its position. Only inside a transaction. Actor and time come from ctx. */
NODISCARD bool ledger_append(struct ctx *ctx, const struct ledger_event *e, int64_t *seq,
			     struct err *err);
/*
 * The position the next event of this transaction will have, for facts that name
 * it. Only inside a transaction: nobody else appends until it ends.
 */
NODISCARD bool ledger_upcoming(struct ctx *ctx, int64_t *seq, struct err *err);
/*
 * A run: many events in one transaction, the end of the chain kept in memory
 * between them. ledger_run_begin sets ctx->ledger_run; ledger_run_end writes the
 * end back, must come before the commit, and takes ctx->ledger_run away. After a
 * rollback it is left out and the run forgotten.
 */
/* The events of values of a run: one for each subject of a row of ids, one after the other. */
struct ledger_packed { const char *subject_kind; int64_t first_id, first_seq, count; };
struct ledger_run {
	int64_t seq;
	struct digest sha256, sm3;
	bool one_act;
	struct ledger_packed packed;
};
NODISCARD bool ledger_run_begin(struct ctx *ctx, struct ledger_run *run, struct err *err);
/* The same for one act that writes several events: whoever waits for news of it gets them. */
NODISCARD bool ledger_act_begin(struct ctx *ctx, struct ledger_run *run, struct err *err);
/* Many acts in one run: nobody is told of each. */
bool ledger_in_bulk(const struct ctx *ctx);
NODISCARD bool ledger_run_end(struct ctx *ctx, struct err *err);
/*
 * Events of a run made ready away from the database, by any one thread: chained one to the next
 * as they are sealed, and written later in the same order. seal moves the run on; only the
 * actor and the time are taken from ctx. Texts lie in the arena, or are the caller's.
 */
struct ledger_sealed {
	int64_t seq, subject_id;
	const char *subject_kind, *verb;
	struct str changes_json, reason;
	struct digest sha256, sm3;
};
void ledger_seal(struct arena *a, const struct ctx *ctx, struct ledger_run *run,
		 const struct ledger_event *e, struct ledger_sealed *out);
/* In the transaction of the run. Writes them as they are; ledger_run_end is still to come. */
NODISCARD bool ledger_write_sealed(struct ctx *ctx, const struct ledger_sealed *list, size_t count,
				   struct err *err);
/* The position of the last event, 0 when empty. */
NODISCARD bool ledger_position(struct ctx *ctx, int64_t *seq, struct err *err);
/* salted commitment: SHA-256(salt || value), hex. The salt is kept beside the personal data. */
struct str ledger_commit(struct arena *a, struct str salt, struct str value);

struct ledger_row {
	int64_t seq, at, actor_id;
	struct str actor_name, role, subject_kind, verb, changes_json, reason;
	int64_t subject_id;
};
/* The events of one subject, oldest first. */
NODISCARD bool ledger_history(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			      size_t max, struct ledger_row **rows, size_t *count, struct err *err);

/* The newest events before a position (0: from the end), newest first. */
NODISCARD bool ledger_recent(struct ctx *ctx, int64_t before, size_t max, struct ledger_row **rows,
			     size_t *count, struct err *err);

/*
 * An event as it is bound into the chain: its canonical text, what stood before it and what it
 * came to. Enough to be checked far from the site; nothing of any other event is in it.
 */
struct ledger_link {
	struct ledger_row row;
	struct str text;
	struct digest before_sha256, before_sm3; /* zero before the first event */
	struct digest sha256, sm3;
};
/* Those of one subject, oldest first. */
NODISCARD bool ledger_links(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			    size_t max, struct ledger_link **out, size_t *count, struct err *err);
/* Pure: does the text, after what stood before, come to both hashes? row is not looked at. */
bool ledger_link_fits(const struct ledger_link *link);
/* The position that a canonical text names; false if it is none. */
bool ledger_text_seq(struct str text, int64_t *seq);
/* The end of the chain as of now. */
struct ledger_end {
	int64_t seq;
	struct digest sha256, sm3;
};
NODISCARD bool ledger_end_of(struct ctx *ctx, struct ledger_end *out, struct err *err);

struct ledger_verdict {
	bool intact;
	int64_t events, first_bad; /* position of the first row that does not fit, 0 if none */
	struct str why;		   /* Chinese sentence */
	struct digest head;	   /* SHA-256 of the last event */
};
/*
 * Walks the whole chain. false only when it could not be read; a broken chain is
 * verdict.intact == false. On a site in use inside a snapshot (db_snapshot_begin),
 * as every page is: else what is appended meanwhile would look like a break.
 */
NODISCARD bool ledger_verify(struct ctx *ctx, struct ledger_verdict *out, struct err *err);
#endif
