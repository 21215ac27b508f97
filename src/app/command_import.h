/* command_import.h - what taking registers in and giving them out share; for src/app alone. */
#ifndef APP_COMMAND_IMPORT_H
#define APP_COMMAND_IMPORT_H

#include "app/command.h"

/* command_docket.c: `import disputes` of an open file; the exit status. */
int import_disputes(struct invocation *in, int fd, const char *path);
/* All of the bytes to a descriptor: a csv_sink_fn; arg is an int. */
NODISCARD bool bytes_to_fd(void *arg, struct str bytes, struct err *err);
#endif
