/*
 * site.c - opening and locking a data folder.
 */
#include "app/site.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/rand.h"
#include "base/vault.h"
#include "db/migrate.h"
#include "identity/identity.h"

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

/* Random bytes in a file that only the owner reads. */
static bool make_key(struct data_site *s, struct str path, size_t bytes, struct str *key,
		     struct err *err)
{
	char *random = arena_alloc(s->arena, bytes);

	random_bytes(random, bytes);
	*key = (struct str){ random, bytes };
	return file_write(s->arena, path, *key, err) &&
	       (chmod(str_to_c(s->arena, path), 0600) == 0 ||
		err_set(err, ERR_UNAVAILABLE, "app.cannot_lock", STR_FMT "|%s", STR_ARG(path),
			strerror(errno)));
}

static bool read_secret(struct data_site *s, struct err *err)
{
	struct str path = str_concat(s->arena, s->dir, STR("/secret"));

	if (!file_exists(s->arena, path))
		return make_key(s, path, SECRET_BYTES, &s->secret, err);
	if (!file_read(s->arena, path, SECRET_BYTES * 4, &s->secret, err))
		return false;
	return s->secret.len == SECRET_BYTES ||
	       err_set(err, ERR_INVALID, "app.bad_secret", STR_FMT, STR_ARG(path));
}

struct str site_key_path(struct data_site *s)
{
	return s->config.identity_key.len > 0 ?
		       s->config.identity_key :
		       str_concat(s->arena, s->dir, STR("/identity.key"));
}

static bool take_key(struct data_site *s, struct str key, struct err *err)
{
	struct vault *vault = ARENA_NEW(s->arena, struct vault);

	s->vault = vault;
	return vault_from_key(key, vault, err);
}

static bool bind(struct ctx *ctx, void *arg, struct err *err)
{
	(void)arg;
	return identity_bind(ctx, err);
}

/* A site that has sealed something never gets a new key: that would lose it unnoticed. */
static bool open_vault(struct data_site *s, struct err *err)
{
	struct str path = site_key_path(s), key;
	struct ctx ctx = site_ctx(s, s->arena);
	bool bound;

	if (file_exists(s->arena, path)) {
		if (!file_read(s->arena, path, VAULT_KEY_BYTES * 4, &key, err))
			return false;
	} else {
		if (!identity_bound(&ctx, &bound, err))
			return false;
		if (bound)
			return err_set(err, ERR_CONFLICT, "identity.key_missing", STR_FMT,
				       STR_ARG(path));
		if (!make_key(s, path, VAULT_KEY_BYTES, &key, err))
			return false;
	}
	return take_key(s, key, err) && site_write(s, s->arena, ctx.actor, bind, NULL, err);
}

/* Who only reads does without a key that is not there: figures need none. */
static bool borrow_vault(struct data_site *s, struct err *err)
{
	struct str path = site_key_path(s), key;

	return !file_exists(s->arena, path) ||
	       (file_read(s->arena, path, VAULT_KEY_BYTES * 4, &key, err) && take_key(s, key, err));
}

/*
 * An import that was cut off has left its journal, and who only reads may not roll it back. If
 * somebody holds the folder it is theirs, or at work: then reading waits, as for any lock.
 */
static bool roll_back(struct data_site *s, struct err *err)
{
	struct str path = s->where;
	struct err held = { 0 };
	struct db *db;

	if (!str_take_str(&path, STR("sqlite:")) ||
	    !file_exists(s->arena, str_concat(s->arena, path, STR("-journal"))) ||
	    !site_lock(s, "gongkai", &held))
		return true;
	bool ok = db_open(&db, s->where, DB_WRITE, err);
	if (ok)
		db_close(db);
	close(s->lock_fd);
	s->lock_fd = -1;
	return ok;
}

bool site_open(struct data_site *s, enum db_access access, struct err *err)
{
	int applied;

	if (access == DB_READ && !roll_back(s, err))
		return false;
	if (access == DB_READ)
		return borrow_vault(s, err) && db_open(&s->db, s->where, DB_READ, err);
	return read_secret(s, err) && db_open(&s->db, s->where, DB_WRITE, err) &&
	       migrate_up(s->db, &applied, err) && open_vault(s, err);
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
	struct ctx ctx = { .arena = a, .db = s->db, .vault = s->vault,
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
