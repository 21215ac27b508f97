/*
 * post.h - the ways out and in: what the operator has set up, and the hands that do it.
 *
 * The world of the jobs thread (jobs/jobs.h) is a struct post_world: one connection to
 * the mail server kept between messages, of one thread alone.
 */
#ifndef NOTICE_POST_H
#define NOTICE_POST_H

#include "notice/notice.h"

#include <stdatomic.h>

enum post_tls { POST_TLS_REQUIRED, POST_TLS_OFFERED, POST_TLS_NONE };
struct notice_settings {
	struct str smtp_url; /* smtp://host:587, smtps://host; empty: mail waits */
	struct str smtp_user, smtp_password;
	struct str smtp_ca;  /* file of certificates to trust; empty: the system's */
	enum post_tls tls;
	struct str from;     /* the office's address; empty: mail waits */
	struct str mail_in;  /* folder of the maildir, or empty */
	struct str sms_url, sms_secret; /* empty: text messages wait */
	struct str key;	     /* of the tokens in addresses; never empty */
	struct str site_url; /* what links in messages begin with, without a last / */
	int64_t digest_minute; /* of the day, in China: when digests are written */
	int64_t keep_days;
};

/*
 * Does mail leave at all? Noted at the start of the server by whoever read the settings (a write),
 * and asked by pages that would else promise what nobody does. Until noted: no.
 */
NODISCARD bool post_set_up(struct ctx *ctx, const struct notice_settings *s, struct err *err);
NODISCARD bool post_mail_leaves(struct ctx *ctx, bool *leaves, struct err *err);

struct post_world {
	const struct notice_settings *settings;
	int64_t (*now)(void); /* the program's clock */
	atomic_bool stopping;  /* set by another thread: what is being sent ends at once */
	void *smtp, *hook; /* libcurl's handles; made at first use */
};
void post_close(struct post_world *w);
/* For libcurl: ends a transfer once w->stopping is set. curl is its handle. */
void post_watch(struct post_world *w, void *handle);

/*
 * ---- the address of a case: zwgk+request-7-k2m4n6p8q9r3s5t7@gov.example. The last part is a
 * keyed checksum of 80 bits, so that nobody writes into a case whose address he was not given.
 * Empty when no address of the office is set.
 */
struct str post_case_address(struct arena *a, const struct notice_settings *s, struct str kind,
			     int64_t id);
/* false: not of that form, or its checksum is wrong. */
bool post_case_of_address(struct arena *a, const struct notice_settings *s, struct str address,
			  struct str *kind, int64_t *id);

/* ---- one message over SMTP */

enum post_end { POST_TAKEN, POST_REFUSED, POST_LATER, POST_AWAY };
struct post_result {
	enum post_end end;
	struct str answer; /* the server's last line, or what is in the way */
};
/* message: as mail_write makes it. Only ASCII addresses. */
struct post_result smtp_send(struct arena *a, struct post_world *w, struct str to,
			     struct str message);

/* ---- one text message as a signed POST */

/* v1=hex of HMAC-SHA256(secret, timestamp "." body). */
struct str hook_signature(struct arena *a, struct str secret, int64_t at, struct str body);
struct post_result hook_send(struct arena *a, struct post_world *w, struct str id, int64_t at,
			     struct str body);
#endif
