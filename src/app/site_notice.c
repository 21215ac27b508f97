/*
 * site_notice.c - what gongkai.conf says of mail and SMS, as notice/ wants it.
 */
#include "app/site.h"

#include "base/file.h"
#include "base/limits.h"
#include "web/token.h"

static bool bad(struct err *err, const char *name, struct str value)
{
	return err_set(err, ERR_INVALID, "app.notice_setting", "%s|" STR_FMT, name,
		       STR_ARG(value));
}

/* The first line of a file; empty when none is named. */
static bool first_line(struct data_site *s, const char *name, struct str path, struct str *out,
		       struct err *err)
{
	struct str text, line;

	*out = STR_NONE;
	if (path.len == 0)
		return true;
	if (!file_read(s->arena, path, 4 * KIB, &text, err)) {
		err_clear(err);
		return bad(err, name, path);
	}
	*out = str_split_next(&text, '\n', &line) ? str_trim(line) : STR_NONE;
	return out->len > 0 || bad(err, name, path);
}

static bool tls_from(struct str word, enum post_tls *out)
{
	static const char *const words[] = { [POST_TLS_REQUIRED] = "required",
					     [POST_TLS_OFFERED] = "offered",
					     [POST_TLS_NONE] = "none" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_equal_c(word, words[i])) {
			*out = (enum post_tls)i;
			return true;
		}
	return false;
}

/* HH:MM */
static bool minute_from(struct str text, int64_t *out)
{
	struct str rest = text, hours;
	int64_t h, m;

	if (!str_split_next(&rest, ':', &hours) || !str_to_i64(hours, &h) ||
	    !str_to_i64(rest, &m) || h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*out = h * 60 + m;
	return true;
}

static bool starts_with_one_of(struct str s, const char *first, const char *second)
{
	return s.len == 0 || str_starts(s, str_from_c(first)) || str_starts(s, str_from_c(second));
}

bool site_read_notice(struct data_site *s, struct err *err)
{
	const struct config *c = &s->config;
	struct notice_settings *n = &s->notice;
	struct ctx ctx = site_ctx(s, s->arena);
	struct site site;

	*n = (struct notice_settings){ .smtp_url = c->smtp_url,
				       .smtp_user = c->smtp_user,
				       .smtp_ca = c->smtp_ca,
				       .from = c->mail_from,
				       .mail_in = c->mail_in,
				       .sms_url = c->sms_url,
				       .keep_days = c->notice_keep_days };
	if (!starts_with_one_of(c->smtp_url, "smtp://", "smtps://"))
		return bad(err, "smtp_url", c->smtp_url);
	if (!starts_with_one_of(c->sms_url, "https://", "http://"))
		return bad(err, "sms_url", c->sms_url);
	if (c->mail_from.len > 0 && !notice_address_ok(c->mail_from))
		return bad(err, "mail_from", c->mail_from);
	if (!tls_from(c->smtp_tls, &n->tls))
		return bad(err, "smtp_tls", c->smtp_tls);
	if (!minute_from(c->digest_at, &n->digest_minute))
		return bad(err, "digest_at", c->digest_at);
	if (c->sms_url.len > 0 && c->sms_secret_file.len == 0)
		return bad(err, "sms_secret_file", STR_NONE);
	if (!first_line(s, "smtp_password_file", c->smtp_password_file, &n->smtp_password, err) ||
	    !first_line(s, "sms_secret_file", c->sms_secret_file, &n->sms_secret, err) ||
	    !agency_site(&ctx, &site, err))
		return false;
	n->site_url = site.url;
	while (str_ends(n->site_url, STR("/")))
		n->site_url.len--;
	n->key = token_make(s->arena, s->secret, STR("mail addresses"), STR_NONE);
	return true;
}
