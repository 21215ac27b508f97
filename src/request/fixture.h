/* fixture.h - requests in the states tests begin with; for tests alone. */
#ifndef REQUEST_FIXTURE_H
#define REQUEST_FIXTURE_H

#include "request/request.h"

/* A plain step on that day: of an inquiry, another agency is asked; an extension is history. */
bool fixture_take(struct ctx *ctx, struct request_id id, enum request_verb verb, const char *on,
		  const char *until, struct err *err);
/* A fresh request of January 2021, brought into the state by the verbs. */
bool fixture_bring(struct ctx *ctx, struct unit_id unit, enum request_state state,
		   struct request_id *id, struct err *err);
#endif
