/*
 * log.h - one line per event on standard error: time, level, event, facts.
 *
 * Values are printed with control bytes escaped, so nobody can forge a line.
 * Never a secret, a form field or personal data.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/attr.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level lowest);
void log_write(enum log_level level, const char *event, const char *fmt, ...) PRINTF_LIKE(3, 4);
#endif
