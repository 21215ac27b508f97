#include "office/child.h"

#include "base/buf.h"
#include "base/limits.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NONE = -1, FINISH_MS = 2000 };

static bool not_started(struct err *err, const char *what, int why)
{
	return err_set(err, ERR_UNAVAILABLE, "office.no_child", "%s: %s", what, strerror(why));
}

/* Default signals, nothing blocked, a group of its own. */
static bool set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t all, none;

	sigfillset(&all);
	sigemptyset(&none);
	return posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
	       posix_spawnattr_setsigmask(attributes, &none) == 0 &&
	       posix_spawnattr_setpgroup(attributes, 0) == 0 &&
	       posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
							    POSIX_SPAWN_SETPGROUP) == 0;
}

/* input and output become 0 and 1, /dev/null 2; everything else is closed. */
static bool set_files(posix_spawn_file_actions_t *files, int input, int output)
{
	return posix_spawn_file_actions_adddup2(files, input, STDIN_FILENO) == 0 &&
	       posix_spawn_file_actions_adddup2(files, output, STDOUT_FILENO) == 0 &&
	       posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) ==
		       0 &&
	       posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1) == 0;
}

static int spawn(const char *program, const char *const *argv, int input, int output, pid_t *pid)
{
	/* The locale is the C one, and nothing of our own settings goes along. */
	static const char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	int why = ENOMEM;

	if (posix_spawn_file_actions_init(&files) != 0)
		return why;
	if (posix_spawnattr_init(&attributes) == 0) {
		if (set_attributes(&attributes) && set_files(&files, input, output))
			why = posix_spawn(pid, program, &files, &attributes,
					  (char *const *)(uintptr_t)argv,
					  (char *const *)(uintptr_t)environment);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&files);
	return why;
}

bool child_start(const char *program, const char *const *argv, int input, struct child *out,
		 struct err *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return not_started(err, program, errno);
	/* dup2 of a file onto itself would leave it marked to be closed */
	int source = fcntl(input, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int sink = fcntl(ends[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	pid_t pid = NONE;
	int why = source < 0 || sink < 0 ? EMFILE : spawn(program, argv, source, sink, &pid);
	if (source >= 0)
		close(source);
	if (sink >= 0)
		close(sink);
	close(ends[1]);
	if (why != 0) {
		close(ends[0]);
		return not_started(err, program, why);
	}
	*out = (struct child){ .pid = pid, .output = ends[0], .watch = pidfd_open(pid, 0) };
	return true;
}

void child_limit(const struct child *c)
{
	static const struct { __rlimit_resource_t what; rlim_t most; } limits[] = {
		{ RLIMIT_CPU, LIMIT_READER_CPU_S },  { RLIMIT_AS, LIMIT_READER_MEMORY },
		{ RLIMIT_FSIZE, 0 },		     { RLIMIT_CORE, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		struct rlimit limit = { limits[i].most, limits[i].most };
		(void)prlimit(c->pid, limits[i].what, &limit, NULL);
	}
}

bool child_read(struct child *c, char *bytes, size_t size, size_t *got, struct err *err)
{
	struct pollfd wait = { .fd = c->output, .events = POLLIN };

	for (;;) {
		int ready = poll(&wait, 1, LIMIT_READER_WALL_S * 1000);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return err_set(err, ERR_LIMIT, "office.timeout", "%d",
				       LIMIT_READER_WALL_S);
		ssize_t n = read(c->output, bytes, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_INTERNAL, "office.reader_failed", "%s",
				       strerror(errno));
		*got = (size_t)n;
		return true;
	}
}

bool child_read_all(struct child *c, struct arena *a, size_t max, struct str *out, struct err *err)
{
	enum { STEP = 64 * 1024 };
	struct buf all = buf_open(a, STEP, max + STEP);
	size_t got = 1;

	while (got > 0) {
		char *room = buf_room(&all, STEP);
		if (room == NULL || all.len > max)
			return err_set(err, ERR_LIMIT, "office.too_large", "%zu", max);
		if (!child_read(c, room, STEP, &got, err))
			return false;
		buf_grew(&all, got);
	}
	*out = buf_str(&all);
	return true;
}

static enum child_end judge(int status, int *exit_status)
{
	if (WIFEXITED(status)) {
		if (exit_status != NULL)
			*exit_status = WEXITSTATUS(status);
		return WEXITSTATUS(status) == 0 ? CHILD_FINE : CHILD_FAILED;
	}
	/* Over its CPU limit a process gets SIGXCPU, and SIGKILL if that was held up. */
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return CHILD_STALLED;
	return CHILD_CRASHED;
}

static bool ends_soon(const struct child *c)
{
	struct pollfd wait = { .fd = c->watch, .events = POLLIN };

	return c->watch >= 0 && poll(&wait, 1, FINISH_MS) == 1;
}

enum child_end child_finish(struct child *c, int *exit_status)
{
	int status = 0;

	assert(c->pid > 0);
	if (exit_status != NULL)
		*exit_status = 0;
	close(c->output);
	if (!ends_soon(c))
		(void)kill(-c->pid, SIGKILL);
	pid_t ended = waitpid(c->pid, &status, 0);
	while (ended < 0 && errno == EINTR)
		ended = waitpid(c->pid, &status, 0);
	if (c->watch >= 0)
		close(c->watch);
	*c = (struct child){ .pid = NONE, .output = NONE, .watch = NONE };
	return ended < 0 ? CHILD_CRASHED : judge(status, exit_status);
}

void child_kill(struct child *c)
{
	(void)kill(-c->pid, SIGKILL);
	(void)kill(c->pid, SIGKILL);
	(void)child_finish(c, NULL);
}
