/*
 * seccomp.h - the system calls of the serving process: those it needs, no others.
 *
 * What the program and its libraries do is allowed (files, threads, sockets of
 * the kinds that are used, starting the readers of files from outside); the rest
 * of the kernel is not there: no ptrace, no other namespaces, no mounting, no
 * keys, no bpf, no memory that is written and run. A refused call fails with
 * EPERM and is named by its number in the log (`scmp_sys_resolver N` tells which),
 * so that a library that tries something new loses a feature and not the server.
 */
#ifndef APP_SECCOMP_H
#define APP_SECCOMP_H

#include "base/err.h"

/*
 * For this thread and all that it starts, for ever. no_new_privs must be set.
 * ERR_UNAVAILABLE "app.no_sandbox". Does nothing under the address sanitizer,
 * which needs calls of its own.
 */
NODISCARD bool seccomp_enter(struct err *err);
bool seccomp_is_off(void); /* this program was built with the sanitizer */
#endif
