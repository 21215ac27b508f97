/*
 * child_test.c - the limits around a reader: what a child may do, and what
 * becomes of one that stalls, crashes, talks too much or says nothing.
 */
#include "office/child.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "office/read.h"
#include "office/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static bool start_shell(struct test *t, const char *script, struct str input, struct child *child)
{
	const char *argv[] = { "sh", "-c", script, NULL };
	struct err err = { 0 };
	int fd = file_in_memory(input);

	bool ok = CHECK(fd >= 0) && CHECK_OK(child_start("/bin/sh", argv, fd, child, &err));
	if (fd >= 0)
		close(fd);
	return ok;
}

static const struct { const char *name, *script; enum child_end end; int status;
} ends[] = {
	{ "ends well", "exit 0", CHILD_FINE, 0 },
	{ "ends with a status", "exit 7", CHILD_FAILED, 7 },
	{ "crashes", "kill -SEGV $$", CHILD_CRASHED, 0 },
	{ "uses up its time", "ulimit -t 1; while :; do :; done", CHILD_STALLED, 0 },
	{ "closes its output and stays", "exec >&-; while :; do read x < /dev/zero; done",
	  CHILD_STALLED, 0 },
};

static void test_ends(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct err err = { 0 };
		struct child child;
		struct str out;
		int status = -1;
		if (!test_case(t, "a child that %s", ends[i].name) ||
		    !start_shell(t, ends[i].script, STR_NONE, &child))
			continue;
		CHECK_OK(child_read_all(&child, t->arena, KIB, &out, &err));
		CHECK_INT(child_finish(&child, &status), ends[i].end);
		CHECK_INT(status, ends[i].status);
	}
}

static void test_talk(struct test *t)
{
	struct err err = { 0 };
	struct child child;
	struct str out;

	if (test_case(t, "input and output") && start_shell(t, "cat; ls /proc/self/fd | wc -l", STR("甲\n"), &child)) {
		CHECK_OK(child_read_all(&child, t->arena, KIB, &out, &err));
		CHECK_STR(out, STR("甲\n4\n")); /* 0, 1, 2 and the folder that ls reads */
		CHECK_INT(child_finish(&child, NULL), CHILD_FINE);
	}
	if (test_case(t, "too much output") &&
	    start_shell(t, "while :; do echo xxxxxxxxxxxxxxxx; done", STR_NONE, &child)) {
		CHECK_FAILS(child_read_all(&child, t->arena, 100 * KIB, &out, &err),
			    "office.too_large");
		child_kill(&child);
		CHECK(child.pid < 0);
	}
	if (test_case(t, "no such program")) {
		const char *argv[] = { "x", NULL };
		CHECK_FAILS(child_start("/nowhere/x", argv, 0, &child, &err), "office.no_child");
	}
}

/* What a process does behind a sandbox, and how it then ends: its status, or 128 + its signal. */
static int in_child(bool (*sandbox)(void), int (*act)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		struct rlimit no_core = { 0, 0 };
		setrlimit(RLIMIT_CORE, &no_core);
		_exit(sandbox() ? act() : 99);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* A page in use is touched; the volatile keeps the compiler from knowing better. */
static int use_memory(void)
{
	size_t size = 1024 * 1024;
	volatile char *bytes =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	bytes[0] = 1;
	return bytes[0] == 1 ? 0 : 1;
}

static int open_file(void)
{
	return open("/etc/passwd", O_RDONLY) < 0 ? errno == EACCES || errno == EPERM ? 5 : 6 : 0;
}

static int open_system_file(void)
{
	return open("/usr/bin/env", O_RDONLY) < 0 ? 5 : 0;
}

static int open_other_file(void)
{
	return open("/proc/self/environ", O_RDONLY) < 0 ? 5 : 0;
}

static int write_file(void)
{
	return open("/tmp/gongkai-sandbox-test", O_WRONLY | O_CREAT, 0600) < 0 ? 5 : 0;
}

static int open_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? 5 : 0;
}

static int make_process(void)
{
	return fork() < 0 ? 5 : 0;
}

static int map_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			       MAP_FAILED
		       ? 5
		       : 0;
}

static int signal_parent(void)
{
	return kill(getppid(), 0) < 0 ? 5 : 0;
}

enum { KILLED = 128 + SIGSYS };
static const struct {
	const char *what;
	bool (*sandbox)(void);
	int (*act)(void);
	int end;
} walls[] = {
	{ "parsing: memory", sandbox_for_parsing, use_memory, 0 },
	{ "parsing: a file", sandbox_for_parsing, open_file, 5 },
	{ "parsing: a socket", sandbox_for_parsing, open_socket, KILLED },
	{ "parsing: a process", sandbox_for_parsing, make_process, KILLED },
	{ "parsing: executable memory", sandbox_for_parsing, map_code, KILLED },
	{ "parsing: a signal", sandbox_for_parsing, signal_parent, KILLED },
	{ "program: memory", sandbox_for_program, use_memory, 0 },
	{ "program: a file of the system", sandbox_for_program, open_system_file, 0 },
	{ "program: writing a file", sandbox_for_program, write_file, 5 },
	{ "program: a socket", sandbox_for_program, open_socket, 5 },
	{ "program: a process", sandbox_for_program, make_process, 5 },
	{ "program: a signal", sandbox_for_program, signal_parent, 5 },
};

static int memory_until_none(void)
{
	struct rlimit limit;

	if (!sandbox_limits(LIMIT_READER_CPU_S, 0) || getrlimit(RLIMIT_AS, &limit) != 0)
		return 98;
	if (limit.rlim_cur == RLIM_INFINITY)
		return 5; /* under the address sanitizer */
	return mmap(NULL, LIMIT_READER_MEMORY + (size_t)1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0) == MAP_FAILED
		       ? 5
		       : 0;
}

static bool no_sandbox(void)
{
	return true;
}

void child_test(struct test *t)
{
	test_ends(t);
	test_talk(t);
	for (size_t i = 0; i < COUNT_OF(walls); i++)
		if (test_case(t, "behind the sandbox for %s", walls[i].what))
			CHECK_INT(in_child(walls[i].sandbox, walls[i].act), walls[i].end);
	if (test_case(t, "behind the sandbox for program: a file that is not the system's")) {
		/* A kernel without Landlock lets it be read: calls alone do not tell. */
		int end = in_child(sandbox_for_program, open_other_file);
		CHECK(end == 5 || end == 0);
		if (end == 0)
			test_skip(t, "no Landlock in this kernel");
	}
	if (test_case(t, "memory has an end"))
		CHECK_INT(in_child(no_sandbox, memory_until_none), 5);
	if (test_case(t, "a reader that does not know what to do")) {
		char *argv[] = { (char[]){ "x" }, (char[]){ "--reader" }, NULL };
		CHECK_INT(office_reader_main(2, argv), 2);
	}
}
