/* file.h - whole files in and out, with limits; and durable replacement. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"

/*
 * Reads at most max bytes; ERR_NOT_FOUND "file.missing", ERR_LIMIT "file.too_large",
 * ERR_INVALID "file.unreadable".
 */
NODISCARD bool file_read(struct arena *a, struct str path, size_t max, struct str *out,
			 struct err *err);
/* Writes to a new name, syncs, renames: the old file or the new one, never a piece. */
NODISCARD bool file_write(struct arena *a, struct str path, struct str data, struct err *err);
NODISCARD bool file_read_all_fd(struct arena *a, int fd, size_t max, struct str *out,
				struct err *err);
/* All of the bytes to an open file; false: errno says why. */
NODISCARD bool file_write_fd(int fd, struct str bytes);
/* A file in memory that holds content, read from its start; -1 if the system has no room: errno. */
int file_in_memory(struct str content);
bool file_exists(struct arena *a, struct str path);
/* Like mkdir -p, mode 0700. */
NODISCARD bool dir_make(struct arena *a, struct str path, struct err *err);
/* Like rm -rf; for tests and temporary folders. */
void dir_remove(struct arena *a, struct str path);
#endif
