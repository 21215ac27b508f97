/*
 * package_write.h - parts into a zip, always with the same time.
 */
#ifndef OFFICE_PACKAGE_WRITE_H
#define OFFICE_PACKAGE_WRITE_H

#include "base/err.h"

struct package_entry { const char *name; struct str content; };

NODISCARD bool package_write(struct arena *a, const struct package_entry *entries, size_t count,
			     struct str *out, struct err *err);
#endif
