/* casework_internal.h - shared by the rules of src/casework. */
#ifndef CASEWORK_CASEWORK_INTERNAL_H
#define CASEWORK_CASEWORK_INTERNAL_H

#include "casework/casework.h"
#include "ledger/ledger.h"

/* One event on a request; changes may be NULL. */
NODISCARD bool casework_event(struct ctx *ctx, struct request_id id, const char *verb,
			      const struct ledger_change *changes, size_t count,
			      struct str reason, struct err *err);
/* Not empty, and not too long; err names the field. *out is without blanks at its ends. */
NODISCARD bool casework_text(const char *field, struct str in, size_t max, struct str *out,
			     struct err *err);
/* The request, if it is the actor's unit's and not closed. */
NODISCARD bool casework_own_open(struct ctx *ctx, struct request_id id, struct request *out,
				 struct err *err);
bool casework_actor_may(const struct ctx *ctx, enum permission p);
NODISCARD bool casework_setting(struct ctx *ctx, const char *name, int64_t absent, int64_t *out,
				struct err *err);
/* task.c: notes that a unit was reminded, whoever did it. */
NODISCARD bool casework_task_reminded(struct ctx *ctx, struct task_id id, struct err *err);
#endif
