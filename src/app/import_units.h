/*
 * import_units.h - units that a register names and the site has not: `gongkai import --add-units`.
 *
 * An empty site takes a whole register with it. What is added is a department under the
 * government that hands in a report; its code is what stands before the first dash of the
 * unit's first registration number (YXJY-2020-0003), or D1, D2 … where that is no code or taken.
 */
#ifndef APP_IMPORT_UNITS_H
#define APP_IMPORT_UNITS_H

#include "db/ctx.h"
#include "request/import.h"

enum { NEW_UNITS_MAX = 500 };
struct new_units {
	struct ctx *ctx;
	int unit, number; /* columns of the file, or -1 */
	uint32_t head_row;
	struct new_unit { struct str name, code; } list[NEW_UNITS_MAX];
	size_t count;
	struct str last; /* the name of the row before, found or listed */
};

/* A sheet_row_fn; arg is the struct new_units. ERR_LIMIT "app.too_many_units". */
NODISCARD bool new_units_row(void *arg, const struct sheet_row *row, struct err *err);
/* Adds them all, in the transaction of ctx. */
NODISCARD bool new_units_add(struct ctx *ctx, const struct new_units *units, struct err *err);
#endif
