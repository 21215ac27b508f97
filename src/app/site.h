/*
 * site.h - a data folder: the database in it, its keys, and who holds it.
 *
 * One process at a time may write. The server holds the folder's lock for its
 * life; a command that writes takes it, or, when a server holds it, is handed
 * to that server through the control socket (app/control.h).
 */
#ifndef APP_SITE_H
#define APP_SITE_H

#include "app/config.h"
#include "db/ctx.h"
#include "db/writer.h"
#include "notice/post.h"

struct data_site {
	struct arena *arena; /* for the life of the site */
	struct str dir, where;
	struct config config;
	int lock_fd;	     /* -1: not held */
	struct notice_settings notice; /* after site_read_notice */
	struct str secret;   /* 32 bytes, from DIR/secret; made at first use */
	const struct vault *vault; /* from DIR/identity.key, or NULL; opened with the database */
	struct writer *writer; /* in the server; NULL in a command, which writes on `db` */
	struct db *db;	     /* a command's own connection */
};

/* Reads the configuration and makes the folder; opens nothing. */
NODISCARD bool site_init(struct data_site *s, struct arena *a, struct str dir, struct err *err);
/* Takes the folder's lock. ERR_CONFLICT "app.held" names the process that has it. */
NODISCARD bool site_lock(struct data_site *s, const char *purpose, struct err *err);
/* Opens for writing (with the lock) and migrates, or for reading. */
NODISCARD bool site_open(struct data_site *s, enum db_access access, struct err *err);
/*
 * What the configuration says of mail and SMS, with the passwords it names. After site_open for
 * writing. ERR_INVALID "app.notice_setting" names the setting.
 */
NODISCARD bool site_read_notice(struct data_site *s, struct err *err);
void site_close(struct data_site *s);
/* Where the key of the applicants' data is, or would be. */
struct str site_key_path(struct data_site *s);
/* A context of the program itself (role "system") at the machine's time. */
struct ctx site_ctx(struct data_site *s, struct arena *a);

/* Runs fn in one transaction, on the writer if there is one. */
typedef bool site_fn(struct ctx *ctx, void *arg, struct err *err);
NODISCARD bool site_write(struct data_site *s, struct arena *a, struct actor actor, site_fn *fn,
			  void *arg, struct err *err);
#endif
