#include "base/futex.h"

#include <assert.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static_assert(sizeof(futex) == sizeof(uint32_t), "the kernel looks at four bytes");

void futex_wait(futex *f, uint32_t seen)
{
	(void)syscall(SYS_futex, f, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
}

void futex_wake_all(futex *f)
{
	(void)syscall(SYS_futex, f, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}
