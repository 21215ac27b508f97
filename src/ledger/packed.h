/* packed.h - events stored as values alone (ledger.h); private to src/ledger. */
#ifndef LEDGER_PACKED_H
#define LEDGER_PACKED_H

#include "base/buf.h"
#include "ledger/ledger.h"

enum { LEDGER_TEXT_MAX = 1024 * 1024, LEDGER_PACKED_MAX = 100000 };

void ledger_put_json(struct buf *b, struct str s);

struct str packed_json(struct arena *a, const struct ledger_event *e);
/* As if it had been stored with its fields: [["field","","value"],…]; empty values were not set. */
struct str packed_named(struct arena *a, struct str verb, struct str changes);

/* The next of a run: of the subject after the one before. */
void packed_note(struct ledger_packed *p, const struct ledger_sealed *e);
/* At the end of the run, if any were noted. */
NODISCARD bool packed_add(struct ctx *ctx, const struct ledger_packed *p, struct err *err);

/*
 * For a walk of the whole chain: is each event of that kind found by its subject? ends: of runs
 * that were met. Between them there may be other events, which ledger.sql passes over.
 */
struct packed_list { const struct ledger_packed_all_row *rows; size_t count, at, ends; };
NODISCARD bool packed_read(struct ctx *ctx, struct packed_list *out, struct err *err);
bool packed_finds(struct packed_list *list, int64_t seq, struct str kind, int64_t id,
		  struct str verb);
/* At the end: and does each run begin and end with such an event, before the next one begins? */
bool packed_all_found(const struct packed_list *list);
#endif
