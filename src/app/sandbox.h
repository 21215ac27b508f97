/*
 * sandbox.h - what the serving process gives up before it reads the first byte.
 *
 * Not root (the folder's owner, or the configured user), no capabilities, no new
 * privileges, Landlock: reading where programs and fonts are, writing only in
 * the data folder and the temporary folder; the system calls of app/seccomp.h
 * and no others. Fails closed: a kernel that cannot
 * is told apart by a message that names the setting `sandbox`.
 */
#ifndef APP_SANDBOX_H
#define APP_SANDBOX_H

#include "app/site.h"

NODISCARD bool sandbox_become_owner(struct data_site *site, struct err *err);
NODISCARD bool sandbox_enter(struct data_site *site, struct err *err);
#endif
