/* command_import.h - what taking registers in and giving them out share; for src/app alone. */
#ifndef APP_COMMAND_IMPORT_H
#define APP_COMMAND_IMPORT_H

#include "app/command.h"

/* command_docket.c: `import disputes` of an open file; the exit status. */
int import_disputes(struct invocation *in, int fd, const char *path);
/* --unit CODE, unknown if it is not given. ERR_NOT_FOUND "app.no_unit_code". */
NODISCARD bool unit_option(struct invocation *in, struct ctx *ctx, struct opt_int *out,
			   struct err *err);
/* All of the bytes to a descriptor: a csv_sink_fn; arg is an int. */
NODISCARD bool bytes_to_fd(void *arg, struct str bytes, struct err *err);
#endif
