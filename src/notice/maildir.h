/*
 * maildir.h - a mailbox as mail servers deliver into it: a file for each message, whole in new/
 * and, once taken, in cur/.
 *
 * Nothing is deleted: what has been taken lies in cur/ with the mark of a message that was seen,
 * and the operator clears it out. Only plain files are opened, never a link.
 */
#ifndef NOTICE_MAILDIR_H
#define NOTICE_MAILDIR_H

#include "base/err.h"

struct maildir { int new_fd, cur_fd; };
/* ERR_NOT_FOUND "notice.no_maildir" if new/ and cur/ are not both there and readable. */
NODISCARD bool maildir_open(struct arena *a, struct str path, struct maildir *out, struct err *err);
void maildir_close(struct maildir *m);

/* Names in new/, the oldest first as far as names tell, at most max. */
NODISCARD bool maildir_list(struct arena *a, const struct maildir *m, size_t max,
			    const struct str **names, size_t *count, struct err *err);
struct maildir_message {
	struct str
		content; /* at most LIMIT_MAIL_BYTES + 1, so that a reader sees that it was cut */
	int64_t at;	    /* when it was delivered */
};
/* *found false: it is gone, or no plain file. */
NODISCARD bool maildir_read(struct arena *a, const struct maildir *m, struct str name,
			    struct maildir_message *out, bool *found, struct err *err);
/* From new/ to cur/; harmless if somebody did it already. */
NODISCARD bool maildir_taken(struct arena *a, const struct maildir *m, struct str name,
			     struct err *err);
#endif
