/*
 * filter.h - filters of the register that an officer keeps under a name. They are nobody
 * else's, and say nothing about a case.
 */
#ifndef CASEWORK_FILTER_H
#define CASEWORK_FILTER_H

#include "db/ctx.h"

enum { CASE_FILTERS_MAX = 30, CASE_FILTER_NAME_BYTES = 90 };
struct case_filter {
	int64_t id;
	struct str name;
	struct str query; /* as after the ? of the register's address */
};
/* Of the actor, by name. */
NODISCARD bool case_filters(struct ctx *ctx, struct case_filter **out, size_t *count,
			    struct err *err);
/* Under a name of the actor's own; one of that name is replaced. */
NODISCARD bool case_filter_save(struct ctx *ctx, struct str name, struct str query,
				struct err *err);
NODISCARD bool case_filter_delete(struct ctx *ctx, int64_t id, struct err *err);
#endif
