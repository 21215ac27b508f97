#include "app/seccomp.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER 0
#endif

/* Allowed whatever their arguments are. A row for each subject; old spellings beside the new. */
static const int calls[] = {
	/* files: which ones is Landlock's to say */
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(close),
	SCMP_SYS(close_range), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev),
	SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(preadv), SCMP_SYS(pwritev),
	SCMP_SYS(lseek), SCMP_SYS(sendfile), SCMP_SYS(copy_file_range), SCMP_SYS(ftruncate),
	SCMP_SYS(truncate), SCMP_SYS(fallocate), SCMP_SYS(fadvise64), SCMP_SYS(fsync),
	SCMP_SYS(fdatasync), SCMP_SYS(flock), SCMP_SYS(stat), SCMP_SYS(fstat), SCMP_SYS(lstat),
	SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(chdir),
	SCMP_SYS(fchdir), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(unlink),
	SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat),
	SCMP_SYS(umask), SCMP_SYS(utimensat), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3),
	SCMP_SYS(pipe), SCMP_SYS(pipe2), SCMP_SYS(fcntl), SCMP_SYS(memfd_create),
	SCMP_SYS(inotify_init1), SCMP_SYS(inotify_add_watch), SCMP_SYS(inotify_rm_watch),
	/* memory; mmap and mprotect below */
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(msync),
	SCMP_SYS(mincore), SCMP_SYS(mlock), SCMP_SYS(munlock), SCMP_SYS(membarrier),
	SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(shmdt),
	/* waiting */
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6),
	SCMP_SYS(epoll_create), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_pwait2), SCMP_SYS(eventfd2),
	SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime), SCMP_SYS(timerfd_gettime),
	SCMP_SYS(signalfd4), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(futex),
	SCMP_SYS(futex_waitv), SCMP_SYS(restart_syscall), SCMP_SYS(pause),
	/* time, chance, who and where we are */
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(getrandom), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getcpu),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(getresuid), SCMP_SYS(getresgid), SCMP_SYS(getgroups), SCMP_SYS(getpid),
	SCMP_SYS(getppid), SCMP_SYS(gettid), SCMP_SYS(getpgid), SCMP_SYS(getpgrp),
	SCMP_SYS(getsid), SCMP_SYS(capget), SCMP_SYS(getrusage), SCMP_SYS(times),
	/* sockets; socket itself below */
	SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(shutdown), SCMP_SYS(sendto),
	SCMP_SYS(recvfrom), SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendmmsg),
	SCMP_SYS(recvmmsg), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
	/* threads and children; clone below */
	SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(execve), SCMP_SYS(wait4), SCMP_SYS(waitid),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list), SCMP_SYS(get_robust_list), SCMP_SYS(rseq),
	SCMP_SYS(arch_prctl), SCMP_SYS(prctl), SCMP_SYS(prlimit64), SCMP_SYS(getrlimit),
	SCMP_SYS(setrlimit), SCMP_SYS(setpgid), SCMP_SYS(setsid), SCMP_SYS(kill),
	SCMP_SYS(tgkill), SCMP_SYS(tkill), SCMP_SYS(pidfd_open), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_getparam),
	SCMP_SYS(sched_getscheduler), SCMP_SYS(sched_get_priority_max),
	SCMP_SYS(sched_get_priority_min), SCMP_SYS(setpriority), SCMP_SYS(getpriority),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(rt_sigsuspend),
	SCMP_SYS(sigaltstack), SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(getitimer),
	/* the readers of files from outside close their own doors further */
	SCMP_SYS(seccomp), SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
	SCMP_SYS(landlock_restrict_self),
};

/* Unix, the internet, and asking the kernel for its addresses, which getaddrinfo does. */
static const int families[] = { AF_UNIX, AF_INET, AF_INET6 };
/* Of terminals only to ask, so that nothing can be typed into one. */
static const unsigned long controls[] = { FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TCGETS,
					  TIOCGWINSZ };

static bool allow_some(scmp_filter_ctx f)
{
	bool ok = true;

	for (size_t i = 0; ok && i < COUNT_OF(calls); i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0) == 0;
	for (size_t i = 0; ok && i < COUNT_OF(families); i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
				      SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0)) == 0;
	for (size_t i = 0; ok && i < COUNT_OF(controls); i++)
		ok = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
				      SCMP_A1(SCMP_CMP_EQ, controls[i], 0)) == 0;
	return ok && seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
				      SCMP_A0(SCMP_CMP_EQ, AF_NETLINK, 0),
				      SCMP_A2(SCMP_CMP_EQ, NETLINK_ROUTE, 0)) == 0;
}

/* Memory is written or run, never both; a thread or a child, never in another namespace. */
static bool allow_limited(scmp_filter_ctx f)
{
	const scmp_datum_t others = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
				    CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;

	return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE | PROT_EXEC, PROT_EXEC)) ==
		       0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
				SCMP_A0(SCMP_CMP_MASKED_EQ, others, 0)) == 0 &&
	       /* Its flags lie in memory, where no filter sees them: libc then uses clone. */
	       seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
	       /* SQLite tries it as root and goes on without: not worth a line in the log. */
	       seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchown), 0) == 0;
}

static void set_result(ucontext_t *context, int result)
{
#if defined(__x86_64__)
	context->uc_mcontext.gregs[REG_RAX] = result;
#elif defined(__aarch64__)
	context->uc_mcontext.regs[0] = (unsigned long long)result;
#else
	(void)context, (void)result;
	_exit(1); /* where we cannot answer for the call */
#endif
}

/* In the place of the refused call, in whatever thread made it: only what is safe there. */
static void refused(int signal, siginfo_t *info, void *context)
{
	static const char before[] = "error sandbox.refused: system call ";
	char line[sizeof before + 16];
	size_t len = sizeof before - 1;
	unsigned number = (unsigned)info->si_syscall, ten = 1;

	(void)signal;
	memcpy(line, before, len);
	while (number / ten >= 10)
		ten *= 10;
	for (; ten > 0; ten /= 10)
		line[len++] = (char)('0' + number / ten % 10);
	line[len++] = '\n';
	(void)!write(STDERR_FILENO, line, len);
	set_result(context, -EPERM);
}

bool seccomp_is_off(void)
{
	return UNDER_SANITIZER;
}

bool seccomp_enter(struct err *err)
{
	struct sigaction action = { .sa_sigaction = refused, .sa_flags = SA_SIGINFO };

	if (UNDER_SANITIZER)
		return true;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
	if (filter == NULL || sigaction(SIGSYS, &action, NULL) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.no_sandbox", "seccomp_init");
	bool ok = allow_some(filter) && allow_limited(filter) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok || err_set(err, ERR_UNAVAILABLE, "app.no_sandbox", "seccomp: %s",
			     strerror(errno));
}
