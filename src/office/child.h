/*
 * child.h - another program under limits, its output read with a limit; for office/ alone.
 *
 * The child gets a file as standard input, a pipe as standard output and no
 * other open file, and its own process group. Safe in a program with threads:
 * nothing runs between fork and exec.
 */
#ifndef OFFICE_CHILD_H
#define OFFICE_CHILD_H

#include "base/err.h"

#include <sys/types.h>

struct child { pid_t pid; int output; int watch; };

NODISCARD bool child_start(const char *program, const char *const *argv, int input,
			   struct child *out, struct err *err);
/* CPU seconds, memory, files: for a program that does not limit itself. */
void child_limit(const struct child *c);

/*
 * Up to size bytes as soon as there are any; 0 at the end of the output.
 * ERR_LIMIT "office.timeout" if nothing comes for LIMIT_READER_WALL_S seconds.
 */
NODISCARD bool child_read(struct child *c, char *bytes, size_t size, size_t *got, struct err *err);
/* All of it. ERR_LIMIT "office.too_large" over max bytes. */
NODISCARD bool child_read_all(struct child *c, struct arena *a, size_t max, struct str *out,
			      struct err *err);

enum child_end { CHILD_FINE, CHILD_FAILED, CHILD_STALLED, CHILD_CRASHED };
/* Waits for the end, killing it if it does not come soon. exit_status may be NULL. */
enum child_end child_finish(struct child *c, int *exit_status);
/* Ends it now, whatever it does. */
void child_kill(struct child *c);
#endif
