/*
 * package_digest.h - what a zip from outside holds, as digests: name, size, SHA-256 and SM3 of
 * each part, and the text of a few that are asked for.
 *
 * The zip is unpacked in the limited child of read.h, under the limits of package.h; a part that
 * is damaged, twice there or larger than it says refuses the whole.
 */
#ifndef OFFICE_PACKAGE_DIGEST_H
#define OFFICE_PACKAGE_DIGEST_H

#include "base/digest.h"
#include "base/err.h"

enum { PACKAGE_TEXT_MAX = 7 * 1024 * 1024 }; /* of a part whose text is asked for */

struct package_digest {
	struct str name;
	int64_t bytes;
	struct digest sha256, sm3;
	struct str text; /* of those asked for; empty if it is not UTF-8 or too long */
};
/* wanted: names with '|' between. The errors of package.h, and those of the child. */
NODISCARD bool package_digests(struct arena *a, int fd, struct str wanted,
			       struct package_digest **out, size_t *count, struct err *err);

/* The same work in this process: for the child itself and for tests. */
typedef bool package_digest_fn(void *arg, const struct package_digest *part, struct err *err);
NODISCARD bool package_digests_here(struct arena *a, struct str content, struct str wanted,
				    package_digest_fn *fn, void *arg, struct err *err);
#endif
