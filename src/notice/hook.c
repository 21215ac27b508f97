/*
 * hook.c - one text message as a signed POST to the gateway the office has chosen.
 *
 * JSON goes out with a time and an HMAC over both, so that the gateway can tell a
 * forged or an old one; the id is the same at every attempt, so that it can drop a
 * message it has already. No redirect is followed. See docs/manual/mail.md.
 */
#include "notice/curl.h"
#include "notice/post.h"

#include "base/digest.h"


enum { CONNECT_S = 10, WHOLE_S = 30 };

struct str hook_signature(struct arena *a, struct str secret, int64_t at, struct str body)
{
	struct str signed_text =
		str_format(a, "%lld." STR_FMT, (long long)at, STR_ARG(body));

	return str_concat(a, STR("v1="), digest_hex(a, digest_hmac(secret, signed_text)));
}

/* What a gateway writes may hold the number: its status is all that is kept. */
static size_t drop(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes, (void)arg;
	return size * count;
}

static struct curl_slist *headers(struct arena *a, struct str secret, struct str id, int64_t at,
				  struct str body)
{
	struct str signature = hook_signature(a, secret, at, body);
	const struct str lines[] = {
		STR("Content-Type: application/json; charset=utf-8"),
		STR("Expect:"),
		str_format(a, "X-Gongkai-Delivery: " STR_FMT, STR_ARG(id)),
		str_format(a, "X-Gongkai-Timestamp: %lld", (long long)at),
		str_format(a, "X-Gongkai-Signature: " STR_FMT, STR_ARG(signature)),
	};
	struct curl_slist *list = NULL;

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		list = curl.curl_slist_append(list, str_to_c(a, lines[i]));
	return list;
}

/* What says "not now" in HTTP is tried again; other refusals are for good. */
static enum post_end judge(CURLcode code, long status)
{
	if (code != CURLE_OK)
		return POST_AWAY;
	if (status >= 200 && status < 300)
		return POST_TAKEN;
	if (status == 401 || status == 403 || status == 404)
		return POST_AWAY; /* the secret or the address is wrong: not this message's fault */
	if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429)
		return POST_REFUSED;
	return POST_LATER;
}

struct post_result hook_send(struct arena *a, struct post_world *w, struct str id, int64_t at,
			     struct str body)
{
	long status = 0;

	if (!curl_handle(&w->hook))
		return (struct post_result){ POST_AWAY, STR("libcurl") };
	CURL *h = w->hook;
	curl.curl_easy_reset(h);
	post_watch(w, h);
	struct curl_slist *list = headers(a, w->settings->sms_secret, id, at, body);
	curl.curl_easy_setopt(h, CURLOPT_URL, str_to_c(a, w->settings->sms_url));
	curl.curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
	curl.curl_easy_setopt(h, CURLOPT_HTTPHEADER, list);
	curl.curl_easy_setopt(h, CURLOPT_POSTFIELDS, str_to_c(a, body));
	curl.curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE, (long)body.len);
	curl.curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop);
	curl.curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl.curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl.curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)WHOLE_S);
	CURLcode code = curl.curl_easy_perform(h);
	curl.curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	curl.curl_slist_free_all(list);
	if (code != CURLE_OK)
		return (struct post_result){ judge(code, status),
					     str_from_c(curl.curl_easy_strerror(code)) };
	return (struct post_result){ judge(code, status),
				     str_format(a, "HTTP %ld", status) };
}
