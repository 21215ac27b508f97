#include "office/sandbox.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The address sanitizer maps terabytes: under it memory is not limited. */
#if defined(__SANITIZE_ADDRESS__)
enum { LIMITS_MEMORY = false };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { LIMITS_MEMORY = false };
#else
enum { LIMITS_MEMORY = true };
#endif
#else
enum { LIMITS_MEMORY = true };
#endif

static bool limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit to = { most, most };

	return setrlimit(what, &to) == 0;
}

bool sandbox_limits(unsigned cpu_seconds, size_t input_bytes)
{
	enum { FILES = 32 };

	return limit(RLIMIT_CPU, cpu_seconds) &&
	       (!LIMITS_MEMORY || limit(RLIMIT_AS, LIMIT_READER_MEMORY + (rlim_t)input_bytes)) &&
	       limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, FILES) &&
	       limit(RLIMIT_MEMLOCK, 0) && limit(RLIMIT_MSGQUEUE, 0) &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static bool allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	return true;
}

static bool load(scmp_filter_ctx filter, bool complete)
{
	bool ok = complete && seccomp_load(filter) == 0;

	seccomp_release(filter);
	return ok;
}

bool sandbox_for_parsing(void)
{
	static const int calls[] = {
		SCMP_SYS(read),	       SCMP_SYS(write),	       SCMP_SYS(lseek),
		SCMP_SYS(close),       SCMP_SYS(fstat),	       SCMP_SYS(munmap),
		SCMP_SYS(mremap),      SCMP_SYS(brk),	       SCMP_SYS(madvise),
		SCMP_SYS(futex),       SCMP_SYS(getrandom),    SCMP_SYS(exit),
		SCMP_SYS(exit_group),  SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime),
		SCMP_SYS(sigaltstack),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (filter == NULL)
		return false;
	bool ok = allow(filter, calls, COUNT_OF(calls));
	/* Memory, but none that can be executed. */
	ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
	ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
	/* A library that looks for a file (a character set, a catalogue) is told there is none. */
	ok = ok && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) == 0 &&
	     seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 0) == 0 &&
	     seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(readlink), 0) == 0 &&
	     seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(access), 0) == 0;
	return load(filter, ok);
}

/*
 * Reading below the system's own folders and nothing else. A kernel without
 * Landlock (before 5.13, or switched off) leaves it at the filter of calls.
 */
static bool only_system_files(void)
{
	static const char *const folders[] = { "/usr", "/lib", "/lib64", "/etc", "/bin" };
	const uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
				 LANDLOCK_ACCESS_FS_READ_DIR;
	struct landlock_ruleset_attr rules = { .handled_access_fs =
						       (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
	long set = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);

	if (set < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		int folder = open(folders[i], O_PATH | O_CLOEXEC);
		if (folder < 0)
			continue;
		struct landlock_path_beneath_attr below = { .allowed_access = reading,
							    .parent_fd = folder };
		(void)syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
		close(folder);
	}
	bool ok = syscall(SYS_landlock_restrict_self, set, 0) == 0;
	close((int)set);
	return ok;
}

bool sandbox_for_program(void)
{
	static const int calls[] = {
		SCMP_SYS(read),		SCMP_SYS(write),	SCMP_SYS(pread64),
		SCMP_SYS(lseek),	SCMP_SYS(close),	SCMP_SYS(fstat),
		SCMP_SYS(newfstatat),	SCMP_SYS(stat),		SCMP_SYS(lstat),
		SCMP_SYS(statx),	SCMP_SYS(access),	SCMP_SYS(faccessat),
		SCMP_SYS(faccessat2),	SCMP_SYS(readlink),	SCMP_SYS(readlinkat),
		SCMP_SYS(getdents64),	SCMP_SYS(getcwd),	SCMP_SYS(mmap),
		SCMP_SYS(mprotect),	SCMP_SYS(munmap),	SCMP_SYS(mremap),
		SCMP_SYS(brk),		SCMP_SYS(madvise),	SCMP_SYS(futex),
		SCMP_SYS(getrandom),	SCMP_SYS(exit),		SCMP_SYS(exit_group),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(clock_gettime), SCMP_SYS(arch_prctl),	SCMP_SYS(set_tid_address),
		SCMP_SYS(set_robust_list), SCMP_SYS(rseq),	SCMP_SYS(prlimit64),
		SCMP_SYS(sysinfo),	SCMP_SYS(uname),	SCMP_SYS(dup),
		SCMP_SYS(fcntl),	SCMP_SYS(getuid),	SCMP_SYS(geteuid),
		SCMP_SYS(getgid),	SCMP_SYS(getegid),	SCMP_SYS(getpid),
		SCMP_SYS(gettid),	SCMP_SYS(sigaltstack),	SCMP_SYS(execve),
	};
	/* Refused, not killed: which calls a program tries first changes with its libraries. */
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (filter == NULL)
		return false;
	bool ok = allow(filter, calls, COUNT_OF(calls));
	ok = ok && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC,
					    O_RDONLY)) == 0;
	if (!ok || !only_system_files()) {
		seccomp_release(filter);
		return false;
	}
	return load(filter, ok);
}
