/* attr.h - the few compiler words the project uses, named once. */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#include <stdbool.h>

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))
#endif
