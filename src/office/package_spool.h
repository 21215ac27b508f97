/*
 * package_spool.h - a zip of any size, written part by part: never more than one part in memory.
 *
 * Parts go to a spool file as they come; closing packs them from there into the zip. Both are
 * temporary files without a name that others could open.
 */
#ifndef OFFICE_PACKAGE_SPOOL_H
#define OFFICE_PACKAGE_SPOOL_H

#include "base/err.h"

struct package_spool;

/* ERR_UNAVAILABLE "office.cannot_write". End it with package_spool_close or _drop. */
NODISCARD bool package_spool_open(struct arena *a, struct package_spool **out, struct err *err);
/* ERR_LIMIT "office.too_many_parts", "office.zip_bomb": no reader would take it. */
NODISCARD bool package_spool_add(struct package_spool *s, struct str name, struct str content,
				 struct err *err);
/* *fd: the zip, open for reading from its start; the caller's to close. Frees s. */
NODISCARD bool package_spool_close(struct package_spool *s, int *fd, int64_t *bytes,
				   struct err *err);
void package_spool_drop(struct package_spool *s);
#endif
