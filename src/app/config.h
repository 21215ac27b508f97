/*
 * config.h - gongkai.conf: one table row per setting, one `name = value` per line.
 *
 * An unknown name or a value out of range stops the start, naming file and line
 * and listing what exists. What officers change (calendar, units, letters) is
 * data with a ledger, not configuration.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "base/err.h"

struct config {
	struct str database;	  /* empty: sqlite in the data folder */
	struct str address;
	int64_t port;
	int64_t threads;
	int64_t cache_mib;
	int64_t costly_per_minute;
	struct str trusted_proxy;
	bool secure_cookies;
	struct str user;	  /* to become after start, when started as root */
	bool sandbox;		  /* off only for kernels without Landlock and seccomp */
	struct str log_level;
	/* mail and SMS: notice/post.h */
	struct str smtp_url, smtp_user, smtp_password_file, smtp_ca, smtp_tls;
	struct str mail_from, mail_in;
	struct str sms_url, sms_secret_file;
	struct str digest_at;
	int64_t notice_keep_days;
	bool access_log;
	struct str identity_key;  /* path of the key file; empty: identity.key in the data folder */
};

enum setting_type { SETTING_TEXT, SETTING_INT, SETTING_BOOL };
struct setting {
	const char *name;
	enum setting_type type;
	size_t offset; /* in struct config */
	const char *initial;
	int64_t low, high;
	const char *sentence; /* Chinese, for `gongkai doctor --settings` and the manual */
};
extern const struct setting config_settings[];
extern const size_t config_settings_count;

struct config config_default(struct arena *a);
/* Reads DIR/gongkai.conf over the defaults; a missing file is no error. */
NODISCARD bool config_read(struct arena *a, struct str path, struct config *out, struct err *err);
/* The same over a text, for tests and fuzzing. name is for messages. */
NODISCARD bool config_parse(struct arena *a, struct str name, struct str text, struct config *out,
			    struct err *err);
struct str config_print(struct arena *a, const struct config *c); /* parses back to the same */
#endif
