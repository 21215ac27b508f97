/*
 * sandbox.c - dropping root, capabilities and the rest of the file system.
 */
#include "app/sandbox.h"

#include "app/seccomp.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool sandbox_become_owner(struct data_site *site, struct err *err)
{
	const char *dir = str_to_c(site->arena, site->dir);
	struct stat st;
	uid_t uid;
	gid_t gid;

	if (geteuid() != 0)
		return true;
	if (site->config.user.len > 0) {
		const struct passwd *p = getpwnam(str_to_c(site->arena, site->config.user));
		if (p == NULL)
			return err_set(err, ERR_INVALID, "app.no_user", STR_FMT,
				       STR_ARG(site->config.user));
		uid = p->pw_uid;
		gid = p->pw_gid;
	} else if (stat(dir, &st) == 0) {
		uid = st.st_uid;
		gid = st.st_gid;
	} else {
		return err_set(err, ERR_UNAVAILABLE, "app.cannot_lock", "%s|%s", dir,
			       strerror(errno));
	}
	if (uid == 0) {
		log_write(LOG_WARN, "sandbox.root",
			  "serving as root: give the data folder an owner, or set `user`");
		return true;
	}
	if (setgroups(0, NULL) != 0 || setgid(gid) != 0 || setuid(uid) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.cannot_drop_root", "%s", strerror(errno));
	return true;
}

static bool allow(int ruleset, const char *path, uint64_t access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT; /* nothing there, nothing to allow */
	struct landlock_path_beneath_attr rule = { .allowed_access = access, .parent_fd = fd };
	long r = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return r == 0;
}

#define READ_ACCESS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_ACCESS                                                                    \
	(READ_ACCESS | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	 LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |                  \
	 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK)
#define MOVE_ACCESS (WRITE_ACCESS | LANDLOCK_ACCESS_FS_REFER) /* from one folder to another */
#define ALL_ACCESS (MOVE_ACCESS | LANDLOCK_ACCESS_FS_EXECUTE)

static bool landlock(struct data_site *site)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = ALL_ACCESS };
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);

	if (ruleset < 0)
		return false;
	bool ok = allow(ruleset, str_to_c(site->arena, site->dir), WRITE_ACCESS) &&
		  allow(ruleset, "/tmp", WRITE_ACCESS) &&
		  allow(ruleset, "/usr", READ_ACCESS | LANDLOCK_ACCESS_FS_EXECUTE) &&
		  allow(ruleset, "/lib", READ_ACCESS | LANDLOCK_ACCESS_FS_EXECUTE) &&
		  allow(ruleset, "/lib64", READ_ACCESS | LANDLOCK_ACCESS_FS_EXECUTE) &&
		  allow(ruleset, "/bin", READ_ACCESS | LANDLOCK_ACCESS_FS_EXECUTE) &&
		  /* by this link also where the folders above it are closed to us */
		  allow(ruleset, "/proc/self/exe",
			LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE) &&
		  allow(ruleset, "/etc", READ_ACCESS) && allow(ruleset, "/proc", READ_ACCESS) &&
		  allow(ruleset, "/var/cache/fontconfig", READ_ACCESS) &&
		  allow(ruleset, "/var/lib", READ_ACCESS) &&
		  allow(ruleset, "/dev/null",
			LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE) &&
		  allow(ruleset, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE) &&
		  allow(ruleset, "/run/postgresql", WRITE_ACCESS) &&
		  allow(ruleset, "/run/systemd/resolve", READ_ACCESS) && /* names of servers */
		  (site->config.mail_in.len == 0 ||
		   allow(ruleset, str_to_c(site->arena, site->config.mail_in), MOVE_ACCESS)) &&
		  (site->config.identity_key.len == 0 ||
		   allow(ruleset, str_to_c(site->arena, site->config.identity_key),
			 LANDLOCK_ACCESS_FS_READ_FILE)) &&
		  syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	return ok;
}

bool sandbox_enter(struct data_site *site, struct err *err)
{
	if (!site->config.sandbox) {
		log_write(LOG_WARN, "sandbox.off", "the setting `sandbox` is no");
		return true;
	}
	for (int cap = 0; cap <= 63; cap++)
		(void)prctl(PR_CAPBSET_DROP, cap, 0, 0, 0); /* fails where there is none to drop */
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { { 0, 0, 0 } };
	if (syscall(SYS_capset, &head, none) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.no_sandbox", "capset: %s",
			       strerror(errno));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.no_sandbox", "no_new_privs: %s",
			       strerror(errno));
	if (!landlock(site))
		return err_set(err, ERR_UNAVAILABLE, "app.no_sandbox", "landlock: %s",
			       strerror(errno));
	return seccomp_enter(err);
}
