/*
 * cost.c - runs a command and says what it cost.
 *
 *   cost COMMAND [ARGUMENT…]
 *
 * Last line of stderr: "cost WALL_MS CPU_MS MAX_RSS_KIB", of the command and of the children it waited
 * for. Its exit status is the command's.
 */
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double ms(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
	struct rusage used;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: cost COMMAND [ARGUMENT…]\n");
		return 2;
	}
	int64_t start = clock_monotonic_ms();
	pid_t child = fork();
	if (child == 0) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || getrusage(RUSAGE_CHILDREN, &used) != 0)
		return 2;
	fprintf(stderr, "cost %lld %.1f %ld\n", (long long)(clock_monotonic_ms() - start),
		ms(used.ru_utime) + ms(used.ru_stime), used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
