/*
 * command_case.h - what the commands that act on cases share: options as days and numbers,
 * a case by its number, and on whose behalf.
 */
#ifndef APP_COMMAND_CASE_H
#define APP_COMMAND_CASE_H

#include "account/permission.h"
#include "app/command.h"
#include "request/request.h"

/* Value of an option; empty if it is not given. */
struct str case_word(const struct invocation *in, const char *name);
/* ERR_INVALID "app.bad_value", false. */
bool case_wrong(const struct invocation *in, const char *name, struct err *err);
/* Left as they are if the option is not given. */
NODISCARD bool case_day(const struct invocation *in, const char *name, struct opt_date *out,
			struct err *err);
NODISCARD bool case_number(const struct invocation *in, const char *name, int64_t *out,
			   struct err *err);
/* --unit, or unknown. */
NODISCARD bool case_unit(struct ctx *ctx, const struct invocation *in, struct opt_int *out,
			 struct err *err);
NODISCARD bool case_find(struct ctx *ctx, struct str number, struct request *out,
			 struct err *err);
/* --as: the account's permissions and unit; what it may not do on a page it may not do here. */
NODISCARD bool case_act_as(struct ctx *ctx, const struct invocation *in, enum permission who,
			   struct unit_id unit, struct err *err);
#endif
