/* seccomp_test.c - what the serving process may ask of the kernel, and what it may not. */
#include "app/seccomp.h"

#include "base/test.h"
#include "notice/curl.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool refuses(long result)
{
	return result == -1 && errno == EPERM;
}

static bool no_ptrace(void) { return refuses(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
static bool no_namespace(void) { return refuses(unshare(CLONE_NEWUSER)); }
static bool no_clone_away(void)
{
	return refuses(syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0));
}
static bool no_mount(void) { return refuses(syscall(SYS_mount, "x", "/", "tmpfs", 0, 0)); }
static bool no_keys(void) { return refuses(syscall(SYS_keyctl, 0, 0, 0, 0, 0)); }
static bool no_bpf(void) { return refuses(syscall(SYS_bpf, 0, NULL, 0)); }
static bool no_uring(void) { return refuses(syscall(SYS_io_uring_setup, 1, NULL)); }
static bool no_packets(void) { return refuses(socket(AF_PACKET, SOCK_RAW, 0)); }
static bool no_crypto_sockets(void) { return refuses(socket(AF_ALG, SOCK_SEQPACKET, 0)); }
static bool no_typing(void)
{
	return refuses(syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x"));
}
static bool no_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED && errno == EPERM;
}
static bool no_later_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at != MAP_FAILED && refuses(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}

static void *nothing(void *arg) { return arg; }
static bool threads(void)
{
	pthread_t thread;
	return pthread_create(&thread, NULL, nothing, NULL) == 0 &&
	       pthread_join(thread, NULL) == 0;
}
static bool children(void)
{
	int status = -1;
	pid_t child = fork();
	if (child == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(9);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}
static bool files(void)
{
	int fd = open("/etc/hosts", O_RDONLY | O_CLOEXEC);
	return fd >= 0 && close(fd) == 0;
}
static bool names(void)
{
	struct addrinfo want = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG },
			*found = NULL;
	int result = getaddrinfo("localhost", "25", &want, &found);
	if (found != NULL)
		freeaddrinfo(found);
	return result == 0;
}

/*
 * As far as mail comes without a server: its library loaded under the filter; looked up by curl's
 * own thread, reached for, not there.
 */
static bool mail(void)
{
	void *handle = NULL;
	if (!curl_handle(&handle))
		return false;
	curl.curl_easy_setopt(handle, CURLOPT_URL, "smtp://localhost:1");
	CURLcode result = curl.curl_easy_perform(handle);
	curl.curl_easy_cleanup(handle);
	return result == CURLE_COULDNT_CONNECT;
}

static const struct { const char *what; bool (*holds)(void); } row[] = {
	{ "tracing is refused", no_ptrace },
	{ "a namespace of one's own is refused", no_namespace },
	{ "a child in another namespace is refused", no_clone_away },
	{ "mounting is refused", no_mount },
	{ "the kernel's keys are refused", no_keys },
	{ "bpf is refused", no_bpf },
	{ "io_uring is refused", no_uring },
	{ "raw packets are refused", no_packets },
	{ "the kernel's crypto sockets are refused", no_crypto_sockets },
	{ "typing into a terminal is refused", no_typing },
	{ "memory to write and run is refused", no_code },
	{ "memory written and then run is refused", no_later_code },
	{ "threads start", threads },
	{ "children start and end", children },
	{ "files open", files },
	{ "names are looked up", names },
	{ "mail is sent out", mail },
};

/* In a child, since it is for ever. The refusals stand in its log. */
static void run_row(struct test *t, bool (*holds)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		struct err err = { 0 };
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !seccomp_enter(&err))
			_exit(3);
		_exit(holds() ? 0 : 1);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	CHECK_INT(status, 0);
}

void seccomp_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (!test_case(t, "in the server %s", row[i].what))
			continue;
		if (seccomp_is_off())
			test_skip(t, "under the address sanitizer there is no filter");
		else
			run_row(t, row[i].holds);
	}
}
