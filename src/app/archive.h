/*
 * archive.h - a few files in one, with facts about them and digests inside.
 *
 *	gongkai-backup 1
 *	made 2026-11-28T09:00:00Z
 *	file site.db 4096 SHA-256
 *	                            (an empty line, then the files' bytes one after another)
 *	sha256 HEX                  (of everything before)
 *
 * Written under another name, synced, then named: a backup that has its name is
 * whole. Read twice: nothing of it is used before all of it has been found sound.
 */
#ifndef APP_ARCHIVE_H
#define APP_ARCHIVE_H

#include "base/err.h"

enum { ARCHIVE_PARTS = 4, ARCHIVE_FACTS = 6 };
struct archive_fact { struct str name, value; };
struct archive_part {
	struct str name; /* letters, digits, dots, hyphens */
	struct str path; /* to write: where its bytes are */
	uint64_t size;	 /* read: the rest */
	struct str sha256;
	uint64_t at;
};
struct archive {
	struct str path;
	struct archive_fact facts[ARCHIVE_FACTS];
	size_t facts_count;
	struct archive_part parts[ARCHIVE_PARTS];
	size_t parts_count;
};

/* Nobody but the owner may read it. An older file of that name is replaced. */
NODISCARD bool archive_write(struct arena *a, struct archive *what, struct err *err);
/* Reads the head and all bytes, and checks every digest. ERR_INVALID "app.bad_backup". */
NODISCARD bool archive_read(struct arena *a, struct str path, struct archive *out,
			    struct err *err);
/* NULL if it has none of that name. */
const struct archive_part *archive_part(const struct archive *what, const char *name);
struct str archive_fact(const struct archive *what, const char *name);
/* The bytes of one part to a file that is not there yet, mode 0600, synced. */
NODISCARD bool archive_extract(struct arena *a, const struct archive *what,
			       const struct archive_part *part, struct str to, struct err *err);
#endif
