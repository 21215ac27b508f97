/*
 * sandbox.h - giving up what a reader of hostile files does not need; for office/ alone.
 *
 * Each call is for the whole of this process and cannot be taken back. They
 * fail closed: false means the process must end without having looked at the file.
 */
#ifndef OFFICE_SANDBOX_H
#define OFFICE_SANDBOX_H

#include "base/attr.h"

#include <stddef.h>

/* CPU seconds, memory beyond what the input takes, no files written, no core. */
NODISCARD bool sandbox_limits(unsigned cpu_seconds, size_t input_bytes);
/* From here on: memory, reading and writing what is open, ending. All else kills. */
NODISCARD bool sandbox_for_parsing(void);
/* For a program about to be run: it may load itself, read system files, write to open pipes. */
NODISCARD bool sandbox_for_program(void);
#endif
