/* inbox_inside.h - what inbox.c and inbox_settle.c share. */
#ifndef NOTICE_INBOX_INSIDE_H
#define NOTICE_INBOX_INSIDE_H

#include "ledger/ledger.h"
#include "notice/inbox.h"

/* Where what names a person in a mail is sealed for. */
struct str inbox_place(struct arena *a, struct inbox_id id);
/* An event on the case, or on the mail itself while it is of none. */
NODISCARD bool inbox_event(struct ctx *ctx, struct str kind, int64_t subject_id, struct inbox_id id,
			   const char *verb, const struct ledger_change *changes, size_t count,
			   struct str reason, struct err *err);
#endif
