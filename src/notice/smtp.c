/*
 * smtp.c - one message to the mail server, by libcurl.
 *
 * The connection is kept between messages. What the server says decides: 2xx taken,
 * 5xx refused for good, 4xx later. When nobody can be spoken to (no connection, no
 * TLS, no sign-in, the office's own address refused) that is not this message's
 * fault, and all others wait with it.
 */
#include "base/limits.h"
#include "notice/curl.h"
#include "notice/post.h"

#include <string.h>

enum { CONNECT_S = 10, WHOLE_S = 180, STALL_S = 60, LINE_MAX_BYTES = 600 };

struct exchange {
	struct str left;	 /* of the message */
	char line[LINE_MAX_BYTES]; /* the server's last */
	size_t line_len;
};

static size_t give(char *room, size_t size, size_t count, void *arg)
{
	struct exchange *x = arg;
	size_t n = size * count < x->left.len ? size * count : x->left.len;

	memcpy(room, x->left.ptr, n);
	x->left = str_slice(x->left, n, x->left.len);
	return n;
}

static size_t hear(char *bytes, size_t size, size_t count, void *arg)
{
	struct exchange *x = arg;
	struct str line = str_trim((struct str){ bytes, size * count });

	if (line.len > 0) {
		line = str_slice(line, 0, sizeof x->line);
		memcpy(x->line, line.ptr, line.len);
		x->line_len = line.len;
	}
	return size * count;
}

static long tls_of(enum post_tls tls)
{
	switch (tls) {
	case POST_TLS_REQUIRED:
		return CURLUSESSL_ALL;
	case POST_TLS_OFFERED:
		return CURLUSESSL_TRY;
	case POST_TLS_NONE:
		break;
	}
	return CURLUSESSL_NONE;
}

static void set_server(struct arena *a, CURL *h, const struct notice_settings *s)
{
	curl.curl_easy_setopt(h, CURLOPT_URL, str_to_c(a, s->smtp_url));
	curl.curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl.curl_easy_setopt(h, CURLOPT_USE_SSL, tls_of(s->tls));
	if (s->smtp_ca.len > 0)
		curl.curl_easy_setopt(h, CURLOPT_CAINFO, str_to_c(a, s->smtp_ca));
	if (s->smtp_user.len > 0) {
		curl.curl_easy_setopt(h, CURLOPT_USERNAME, str_to_c(a, s->smtp_user));
		curl.curl_easy_setopt(h, CURLOPT_PASSWORD, str_to_c(a, s->smtp_password));
	}
	curl.curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl.curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl.curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)WHOLE_S);
	curl.curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl.curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
}

/* said: libcurl's own words; only they tell MAIL from RCPT. */
static enum post_end judge(CURLcode code, long status, const char *said)
{
	if (code == CURLE_OK)
		return POST_TAKEN;
	if (code == CURLE_LOGIN_DENIED || strncmp(said, "MAIL failed", 11) == 0)
		return POST_AWAY;
	if (code != CURLE_SEND_ERROR && code != CURLE_RECV_ERROR && code != CURLE_UPLOAD_FAILED &&
	    code != CURLE_WEIRD_SERVER_REPLY)
		return POST_AWAY;
	if (status >= 500 && status < 600)
		return POST_REFUSED;
	return status >= 400 && status < 500 ? POST_LATER : POST_AWAY;
}

struct post_result smtp_send(struct arena *a, struct post_world *w, struct str to,
			     struct str message)
{
	struct exchange x = { .left = message };
	char said[CURL_ERROR_SIZE] = "";
	long status = 0;

	if (!curl_handle(&w->smtp))
		return (struct post_result){ POST_AWAY, STR("libcurl") };
	CURL *h = w->smtp;
	curl.curl_easy_reset(h); /* the connection stays */
	set_server(a, h, w->settings);
	post_watch(w, h);
	struct curl_slist *recipients = curl.curl_slist_append(NULL, str_to_c(a, to));
	curl.curl_easy_setopt(h, CURLOPT_MAIL_FROM, str_to_c(a, w->settings->from));
	curl.curl_easy_setopt(h, CURLOPT_MAIL_RCPT, recipients);
	curl.curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
	curl.curl_easy_setopt(h, CURLOPT_READFUNCTION, give);
	curl.curl_easy_setopt(h, CURLOPT_READDATA, &x);
	curl.curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, hear);
	curl.curl_easy_setopt(h, CURLOPT_HEADERDATA, &x);
	curl.curl_easy_setopt(h, CURLOPT_ERRORBUFFER, said);
	CURLcode code = curl.curl_easy_perform(h);
	curl.curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	curl.curl_easy_setopt(h, CURLOPT_ERRORBUFFER, NULL);
	curl.curl_slist_free_all(recipients);
	enum post_end end = judge(code, status, said);
	bool heard = x.line_len > 0 && (end != POST_AWAY || status >= 400);
	struct str answer = heard ? (struct str){ x.line, x.line_len } : str_from_c(said);
	if (answer.len == 0)
		answer = str_from_c(curl.curl_easy_strerror(code));
	return (struct post_result){ end, str_copy(a, answer) };
}

static int asked_to_stop(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct post_world *w = arg;

	(void)a, (void)b, (void)c, (void)d;
	return atomic_load(&w->stopping) ? 1 : 0;
}

void post_watch(struct post_world *w, void *handle)
{
	curl.curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, asked_to_stop);
	curl.curl_easy_setopt(handle, CURLOPT_XFERINFODATA, w);
	curl.curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

void post_close(struct post_world *w)
{
	if (w->smtp != NULL)
		curl.curl_easy_cleanup(w->smtp);
	if (w->hook != NULL)
		curl.curl_easy_cleanup(w->hook);
	w->smtp = w->hook = NULL;
}
