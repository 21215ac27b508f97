/*
 * mail_in.c - from the mailbox to the database, one message at a time.
 */
#include "app/mail_in.h"

#include "base/limits.h"
#include "base/log.h"
#include "notice/inbox.h"
#include "notice/maildir.h"

/* The message, what was read of it, and the sealed copies of its files. */
#define MESSAGE_ARENA ((size_t)LIMIT_MAIL_BYTES * 8)

struct taking {
	const struct notice_settings *settings;
	struct inbox_new in;
	struct inbox_id id;
	bool known;
};

static bool take(struct ctx *ctx, void *arg, struct err *err)
{
	struct taking *t = arg;

	return inbox_take(ctx, t->settings, &t->in, &t->id, &t->known, err);
}

/*
 * A message no reader gets through (it took too long, or the reader died of it) is taken as one
 * that cannot be read; if only the system had no room for a reader, it waits.
 */
static bool read_message(struct arena *a, struct str content, struct mail *m, struct taking *t,
			 struct err *err)
{
	struct err why = { 0 };

	if (mail_read(a, content, m, &why)) {
		t->in.mail = m;
		return true;
	}
	log_write(LOG_WARN, "mail.unreadable", "%s %s", why.key, why.facts);
	if (why.code != ERR_UNAVAILABLE)
		return true;
	*err = why;
	return false;
}

static bool one(struct data_site *site, struct arena *a, struct actor actor,
		const struct maildir *box, struct str name, struct mail_round *out, struct err *err)
{
	struct taking t = { .settings = &site->notice };
	struct maildir_message message;
	struct mail m;
	bool found;

	if (!maildir_read(a, box, name, &message, &found, err))
		return false;
	if (!found)
		return true;
	t.in.content = message.content;
	t.in.at = message.at;
	if (!read_message(a, message.content, &m, &t, err) ||
	    !site_write(site, a, actor, take, &t, err) || !maildir_taken(a, box, name, err))
		return false;
	out->taken += t.known ? 0 : 1;
	out->known += t.known ? 1 : 0;
	return true;
}

static bool each(struct data_site *site, struct arena *a, struct actor actor,
		 const struct maildir *box, struct mail_round *out, struct err *err)
{
	struct arena *scratch = arena_open(MESSAGE_ARENA);
	const struct str *names;
	size_t count;
	bool ok = maildir_list(a, box, MAIL_IN_A_ROUND, &names, &count, err);

	for (size_t i = 0; ok && i < count; i++) {
		struct err why = { 0 };
		if (!one(site, scratch, actor, box, names[i], out, &why)) {
			out->left++;
			if (err->code == ERR_NONE)
				*err = why;
		}
		arena_reset(scratch);
	}
	arena_close(scratch);
	return ok && err->code == ERR_NONE;
}

bool mail_in_round(struct data_site *site, struct actor actor, struct mail_round *out,
		   struct err *err)
{
	struct arena *a;
	struct maildir box;

	*out = (struct mail_round){ 0 };
	if (site->notice.mail_in.len == 0)
		return true;
	a = arena_open(4 * MIB);
	bool ok = maildir_open(a, site->notice.mail_in, &box, err);
	if (ok) {
		ok = each(site, a, actor, &box, out, err);
		maildir_close(&box);
	}
	arena_close(a);
	return ok;
}
