/* office_fuzz.h - what the targets for documents share: read, and see that the tree is sound. */
#ifndef FUZZ_OFFICE_FUZZ_H
#define FUZZ_OFFICE_FUZZ_H

#include "base/buf.h"
#include "base/limits.h"
#include "office/package_write.h"
#include "office/readers.h"
#include "office/wire.h"
#include "office/write.h"

#include <assert.h>

typedef bool fuzz_reader(struct arena *a, struct str content, struct doc **out, struct err *err);

/* What a reader makes must pass the strict decoder of the parent, and be printable. */
static inline void fuzz_read(fuzz_reader *read, struct str content)
{
	struct arena *a = arena_open(512 * (size_t)MIB);
	struct err err = { 0 };
	struct doc *d, *back;

	if (read(a, content, &d, &err)) {
		struct buf bytes = buf_open(a, KIB, LIMIT_READER_OUTPUT);
		wire_add_doc(&bytes, d);
		if (buf_ok(&bytes)) {
			bool sound = wire_read_doc(a, buf_str(&bytes), &back, &err);
			assert(sound && back->count == d->count);
			(void)office_write_text(a, back);
		}
	} else {
		assert(err.code != ERR_NONE && err.key != NULL);
	}
	arena_close(a);
}
#endif
