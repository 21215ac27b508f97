/*
 * inside.h - what the files of notice/ share and nobody else needs.
 */
#ifndef NOTICE_INSIDE_H
#define NOTICE_INSIDE_H

#include "ledger/ledger.h"
#include "notice/notice.h"

/* What the index of an address is of (notice/seal.h). */
#define NOTICE_ADDRESS_INDEX "mail address"

bool notice_state_from(struct str code, enum notice_state *out);
/* An event on the notice's subject, or on the notice itself when it is of none. */
NODISCARD bool notice_event(struct ctx *ctx, struct str subject_kind, int64_t subject_id,
			    struct notice_id id, const char *verb,
			    const struct ledger_change *changes, size_t count, struct err *err);
/* Whoever waits for the end of a notice is told after the commit: topic "notice.ended". */
NODISCARD bool notice_tell_end(struct ctx *ctx, struct notice_id id, struct err *err);
/* Its files, opened. */
NODISCARD bool notice_files(struct ctx *ctx, struct notice_id id, struct notice_file **out,
			    size_t *count, struct err *err);
/* What a server said, without the words that hold an address: for the chain. */
struct str notice_bare_answer(struct arena *a, struct str answer);
#endif
