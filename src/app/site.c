/*
 * site.c - opening and locking a data folder.
 */
#include "app/site.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/rand.h"
#include "db/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET_BYTES = 32 };

bool site_init(struct data_site *s, struct arena *a, struct str dir, struct err *err)
{
	*s = (struct data_site){ .arena = a, .dir = str_copy(a, dir), .lock_fd = -1 };
	if (!dir_make(a, s->dir, err) ||
	    !config_read(a, str_concat(a, s->dir, STR("/gongkai.conf")), &s->config, err))
		return false;
	s->where = s->config.database.len > 0 ?
			   s->config.database :
			   str_format(a, "sqlite:" STR_FMT "/site.db", STR_ARG(s->dir));
	return true;
}

/* The lock file holds what its owner wrote: who to name when it is taken. */
static bool held(struct data_site *s, int fd, struct err *err)
{
	char owner[200];
	ssize_t n = pread(fd, owner, sizeof owner - 1, 0);

	close(fd);
	owner[n > 0 ? n : 0] = '\0';
	return err_set(err, ERR_CONFLICT, "app.held", STR_FMT "|%s", STR_ARG(s->dir), owner);
}

bool site_lock(struct data_site *s, const char *purpose, struct err *err)
{
	struct str path = str_concat(s->arena, s->dir, STR("/lock"));
	int fd = open(str_to_c(s->arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "app.cannot_lock", STR_FMT "|%s",
			       STR_ARG(path), strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return held(s, fd, err);

	struct str owner = str_format(s->arena, "%s，进程 %d", purpose, (int)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, owner.ptr, owner.len, 0) != (ssize_t)owner.len) {
		close(fd);
		return err_set(err, ERR_UNAVAILABLE, "app.cannot_lock", STR_FMT "|%s",
			       STR_ARG(path), strerror(errno));
	}
	s->lock_fd = fd;
	return true;
}

static bool read_secret(struct data_site *s, struct err *err)
{
	struct str path = str_concat(s->arena, s->dir, STR("/secret"));

	if (file_exists(s->arena, path)) {
		if (!file_read(s->arena, path, SECRET_BYTES * 4, &s->secret, err))
			return false;
		if (s->secret.len != SECRET_BYTES)
			return err_set(err, ERR_INVALID, "app.bad_secret", STR_FMT, STR_ARG(path));
		return true;
	}
	char *bytes = arena_alloc(s->arena, SECRET_BYTES);
	random_bytes(bytes, SECRET_BYTES);
	s->secret = (struct str){ bytes, SECRET_BYTES };
	return file_write(s->arena, path, s->secret, err) &&
	       (chmod(str_to_c(s->arena, path), 0600) == 0 ||
		err_set(err, ERR_UNAVAILABLE, "app.cannot_lock", STR_FMT "|%s", STR_ARG(path),
			strerror(errno)));
}

bool site_open(struct data_site *s, enum db_access access, struct err *err)
{
	int applied;

	if (access == DB_READ)
		return db_open(&s->db, s->where, DB_READ, err);
	return read_secret(s, err) && db_open(&s->db, s->where, DB_WRITE, err) &&
	       migrate_up(s->db, &applied, err);
}

void site_close(struct data_site *s)
{
	db_close(s->db);
	s->db = NULL;
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	s->lock_fd = -1;
}

struct ctx site_ctx(struct data_site *s, struct arena *a)
{
	struct ctx ctx = { .arena = a, .db = s->db,
			   .actor = { .role = STR("system"), .name = STR("系统") } };

	ctx.actor.permissions = ~UINT64_C(0);
	ctx_set_time(&ctx, clock_now());
	return ctx;
}

struct write_call {
	struct data_site *site;
	struct arena *arena;
	struct actor actor;
	site_fn *fn;
	void *arg;
};

static bool write_run(struct db *db, void *arg, struct err *err)
{
	struct write_call *call = arg;
	struct ctx ctx = site_ctx(call->site, call->arena);

	ctx.db = db;
	ctx.actor = call->actor;
	return call->fn(&ctx, call->arg, err);
}

bool site_write(struct data_site *s, struct arena *a, struct actor actor, site_fn *fn, void *arg,
		struct err *err)
{
	struct write_call call = { s, a, actor, fn, arg };

	if (s->writer != NULL)
		return writer_run(s->writer, write_run, &call, err);
	return db_tx(s->db, write_run, &call, err);
}
