/*
 * clock.c - a program under test lives on the day that its test says.
 *
 * Preloaded into the program (LD_PRELOAD). PLAY_CLOCK names a file that holds
 * seconds to add to the machine's time, eight bytes, as this machine writes them.
 * The file stays mapped, so the test moves the clock of a running server by writing
 * it. What measures durations (CLOCK_MONOTONIC) is left alone. The product has no
 * such switch, and needs none.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *shift;

__attribute__((constructor)) static void open_clock(void)
{
	const char *name = getenv("PLAY_CLOCK");
	int fd = name != NULL ? open(name, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	void *at = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (at != MAP_FAILED)
		shift = at;
}

int clock_gettime(clockid_t which, struct timespec *ts)
{
	int status = (int)syscall(SYS_clock_gettime, which, ts);

	if (status == 0 && shift != NULL && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
		ts->tv_sec += *shift;
	return status;
}

time_t time(time_t *out)
{
	struct timespec ts = { 0 };

	clock_gettime(CLOCK_REALTIME, &ts);
	if (out != NULL)
		*out = ts.tv_sec;
	return ts.tv_sec;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
	struct timespec ts = { 0 };

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &ts);
	*tv = (struct timeval){ .tv_sec = ts.tv_sec, .tv_usec = ts.tv_nsec / 1000 };
	return 0;
}

/*
 * A deadline by the wall clock comes from the shifted one, and the kernel waits by its own. Those
 * of CLOCK_MONOTONIC are seconds since the machine started, so never so large.
 */
int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict lock,
			   const struct timespec *restrict until)
{
	static int (*next)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
	struct timespec at = *until;

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
	if (shift != NULL && at.tv_sec > 1000000000)
		at.tv_sec -= *shift;
	return next(cond, lock, &at);
}
