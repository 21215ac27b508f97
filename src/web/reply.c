/* reply.c - what a handler says, and the header lines it becomes. */
#include "base/limits.h"
#include "base/log.h"
#include "web/exchange.h"
#include "web/header.h"

#include <assert.h>
#include <inttypes.h>

enum { HEADERS_MAX = 16 * 1024 };

/* Everything from ourselves, nothing inline, no frames, no plug-ins. */
#define POLICY \
	"Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; " \
	"frame-ancestors 'none'; form-action 'self'\r\n"
/* A file is no page of ours: it may load nothing and run nothing. */
#define POLICY_DOWNLOAD \
	"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; sandbox\r\n"
/* Browsers draw PDF by a plug-in of their own, which object-src and sandbox would stop. */
#define POLICY_SHOWN \
	"Content-Security-Policy: default-src 'self'; base-uri 'none'; frame-ancestors 'none'; " \
	"form-action 'none'\r\n"

struct str exchange_status_line(unsigned status)
{
	static const struct {
		unsigned status;
		struct str line;
	} row[] = {
		{ 200, STR_INIT("HTTP/1.1 200 OK\r\n") },
		{ 201, STR_INIT("HTTP/1.1 201 Created\r\n") },
		{ 301, STR_INIT("HTTP/1.1 301 Moved Permanently\r\n") },
		{ 303, STR_INIT("HTTP/1.1 303 See Other\r\n") },
		{ 304, STR_INIT("HTTP/1.1 304 Not Modified\r\n") },
		{ 400, STR_INIT("HTTP/1.1 400 Bad Request\r\n") },
		{ 401, STR_INIT("HTTP/1.1 401 Unauthorized\r\n") },
		{ 403, STR_INIT("HTTP/1.1 403 Forbidden\r\n") },
		{ 404, STR_INIT("HTTP/1.1 404 Not Found\r\n") },
		{ 405, STR_INIT("HTTP/1.1 405 Method Not Allowed\r\n") },
		{ 408, STR_INIT("HTTP/1.1 408 Request Timeout\r\n") },
		{ 409, STR_INIT("HTTP/1.1 409 Conflict\r\n") },
		{ 410, STR_INIT("HTTP/1.1 410 Gone\r\n") },
		{ 412, STR_INIT("HTTP/1.1 412 Precondition Failed\r\n") },
		{ 413, STR_INIT("HTTP/1.1 413 Content Too Large\r\n") },
		{ 414, STR_INIT("HTTP/1.1 414 URI Too Long\r\n") },
		{ 415, STR_INIT("HTTP/1.1 415 Unsupported Media Type\r\n") },
		{ 417, STR_INIT("HTTP/1.1 417 Expectation Failed\r\n") },
		{ 422, STR_INIT("HTTP/1.1 422 Unprocessable Content\r\n") },
		{ 429, STR_INIT("HTTP/1.1 429 Too Many Requests\r\n") },
		{ 431, STR_INIT("HTTP/1.1 431 Request Header Fields Too Large\r\n") },
		{ 500, STR_INIT("HTTP/1.1 500 Internal Server Error\r\n") },
		{ 501, STR_INIT("HTTP/1.1 501 Not Implemented\r\n") },
		{ 503, STR_INIT("HTTP/1.1 503 Service Unavailable\r\n") },
		{ 505, STR_INIT("HTTP/1.1 505 HTTP Version Not Supported\r\n") },
	};
	size_t i = 0;

	while (i < COUNT_OF(row) && row[i].status != status)
		i++;
	assert(i < COUNT_OF(row)); /* a handler has made up a status */
	return row[i].line;
}

void reply_reset(struct exchange *x)
{
	x->rp = (struct web_reply){ .x = x, .arena = x->arena, .body = STR_NONE,
				    .content_type = STR_NONE, .location = STR_NONE,
				    .title = STR_NONE };
	x->anonymous_seed = STR_NONE;
	x->form_made = false;
}

/* ---- for handlers */

void web_status(struct web_reply *rp, unsigned status)
{
	rp->status = status;
}

static struct buf *headers_of(struct web_reply *rp)
{
	if (!rp->headers_open)
		rp->headers = buf_open(rp->arena, 512, HEADERS_MAX);
	rp->headers_open = true;
	return &rp->headers;
}

void web_header(struct web_reply *rp, const char *name, struct str value)
{
	struct buf *b = headers_of(rp);

	assert(header_token(str_from_c(name)));
	for (size_t i = 0; i < value.len; i++)
		assert((unsigned char)value.ptr[i] >= ' ' && value.ptr[i] != 0x7F);
	buf_add_c(b, name);
	buf_add(b, STR(": "));
	buf_add(b, value);
	buf_add(b, STR("\r\n"));
}

/* max_age_s: -1 until the browser closes, 0 removes it. */
void reply_cookie(struct web_reply *rp, struct str name, struct str value, int64_t max_age_s)
{
	struct str age = max_age_s < 0 ? STR_NONE :
					 str_format(rp->arena, "; Max-Age=%" PRId64, max_age_s);

	rp->sets_cookie = true;
	web_header(rp, "Set-Cookie",
		   str_format(rp->arena, STR_FMT "=" STR_FMT STR_FMT STR_FMT, STR_ARG(name),
			      STR_ARG(value), STR_ARG(rp->x->server->cookies.attributes),
			      STR_ARG(age)));
}

void web_set_session(struct web_reply *rp, struct str token, int64_t max_age_s)
{
	reply_cookie(rp, rp->x->server->cookies.session, token, token.len > 0 ? max_age_s : 0);
}

static struct str cookie_name(struct arena *a, const struct exchange *x, const char *name)
{
	bool secure = x->server->config.secure_cookies;

	return str_format(a, "%sgk-%s", secure ? "__Host-" : "", name);
}

struct str web_cookie(const struct web_request *rq, const char *name)
{
	const struct exchange *x = rq->private_state;
	struct str value = STR_NONE;

	(void)cookie_find(x->head.header[HEADER_COOKIE], cookie_name(x->arena, x, name), &value);
	return value;
}

void web_set_cookie(struct web_reply *rp, const char *name, struct str token, int64_t max_age_s)
{
	reply_cookie(rp, cookie_name(rp->arena, rp->x, name), token, token.len > 0 ? max_age_s : 0);
}

struct arena *web_reply_arena(struct web_reply *rp)
{
	return rp->arena;
}

/* "/x" and not "//x" nor "/\x", which browsers read as another host. */
static bool is_local(struct str to)
{
	if (to.len == 0 || to.ptr[0] != '/' || str_contains(to, STR("\\")))
		return false;
	return to.len == 1 || to.ptr[1] != '/';
}

/* What may not stand raw in a header, escaped. */
static struct str as_location(struct arena *a, struct str to)
{
	struct buf b = buf_open(a, to.len + 16, LIMIT_HTTP_LINE);

	for (size_t i = 0; i < to.len; i++) {
		unsigned char c = (unsigned char)to.ptr[i];
		if (c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>')
			buf_add_char(&b, (char)c);
		else
			buf_addf(&b, "%%%02X", c);
	}
	return buf_ok(&b) ? buf_str(&b) : STR("/");
}

bool web_redirect(struct web_reply *rp, struct str to, const char *flash_key)
{
	if (!is_local(to)) {
		log_write(LOG_WARN, "web.redirect_refused", STR_FMT, STR_ARG(to));
		to = STR("/");
	}
	rp->status = 303;
	rp->body = STR_NONE;
	rp->location = as_location(rp->arena, to);
	rp->flash_key = flash_key;
	return true;
}

bool web_created(struct web_reply *rp, struct str to, const char *flash_key)
{
	rp->created = true;
	return web_redirect(rp, to, flash_key);
}

bool web_json(struct web_reply *rp, json_t *value)
{
	const size_t flags = JSON_COMPACT | JSON_SORT_KEYS;
	size_t len = value != NULL ? json_dumpb(value, NULL, 0, flags) : 0;

	if (len == 0 || len > LIMIT_PAGE) {
		json_decref(value);
		/* Empty: the value could not be made, most likely of text that is no UTF-8. */
		return err_set(&rp->x->err, ERR_INTERNAL,
			       len == 0 ? "web.no_reason" : "web.page_too_large", "%zu", len);
	}
	char *text = arena_alloc(rp->arena, len);
	json_dumpb(value, text, len, flags);
	json_decref(value);
	rp->body = (struct str){ text, len };
	if (rp->content_type.len == 0)
		rp->content_type = STR("application/json; charset=utf-8");
	return true;
}

static struct str disposition_of(struct arena *a, enum disposition how, struct str file_name)
{
	struct buf plain = buf_open(a, file_name.len + 1, 1024);

	/* For programs that know no filename*: ASCII letters, the rest as '_'. */
	for (size_t i = 0; i < file_name.len; i++) {
		char c = file_name.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '.' || c == '-';
		buf_add_char(&plain, good ? c : '_');
	}
	return str_format(a, "%s; filename=\"" STR_FMT "\"; filename*=UTF-8''" STR_FMT,
			  how == DOWNLOAD ? "attachment" : "inline", STR_ARG(buf_str(&plain)),
			  STR_ARG(percent_encode(a, file_name)));
}

bool web_bytes(struct web_reply *rp, const char *content_type, struct str content,
	       enum disposition how, struct str file_name)
{
	rp->content_type = str_from_c(content_type);
	rp->body = content;
	rp->shows_file = how == SHOW_INLINE;
	if (how == DOWNLOAD || file_name.len > 0)
		web_header(rp, "Content-Disposition", disposition_of(rp->arena, how, file_name));
	if (how == DOWNLOAD)
		buf_add(headers_of(rp), STR(POLICY_DOWNLOAD));
	else
		buf_add(headers_of(rp), STR(POLICY_SHOWN));
	return true;
}

/* ---- the lines */

static struct str cache_control(const struct exchange *x)
{
	bool own = x->known || x->rp.sets_cookie || x->head.header[HEADER_AUTHORIZATION].len > 0 ||
		   x->rq.session_token.len > 0 || x->head.method == HTTP_POST;

	return own ? STR("Cache-Control: no-store\r\n") : STR("Cache-Control: no-cache\r\n");
}

static void add_common(struct buf *b, const struct exchange *x, unsigned status)
{
	const struct web_reply *rp = &x->rp;
	bool policy = !rp->headers_open ||
		      !str_contains(buf_str(&rp->headers), STR("Content-Security-Policy:"));

	buf_add(b, exchange_status_line(status));
	if (rp->content_type.len > 0) {
		buf_add(b, STR("Content-Type: "));
		buf_add(b, rp->content_type);
		buf_add(b, STR("\r\n"));
	}
	if (policy)
		buf_add(b, STR(POLICY));
	buf_add(b, x->server->security_headers);
}

void reply_finish(struct exchange *x)
{
	struct web_reply *rp = &x->rp;
	struct buf b = buf_open(x->arena, 1024, 2 * HEADERS_MAX);
	unsigned status = rp->status != 0 ? rp->status : 200;

	rp->status = status;
	if (rp->location.len > 0)
		web_header(rp, "Location", rp->location);
	if (rp->flash_key != NULL)
		flash_set(rp, rp->flash_key);
	if (x->version_now.known && x->rq.wants_json)
		web_header(rp, "ETag",
			   str_format(x->arena, "\"%" PRId64 "\"", x->version_now.v));
	add_common(&b, x, status);
	buf_add(&b, cache_control(x));
	if (rp->headers_open)
		buf_add(&b, buf_str(&rp->headers));
	buf_addf(&b, "Content-Length: %zu\r\n", rp->body.len);
	if (!buf_ok(&b) || (rp->headers_open && !buf_ok(&rp->headers))) {
		log_write(LOG_ERROR, "web.headers_too_long", STR_FMT, STR_ARG(x->path.text));
		exchange_refuse(x, 500);
		return;
	}
	x->answer_head = buf_str(&b);
	x->answer_body = rp->body;
}

struct str reply_cached_head(struct arena *a, const void *arg, struct str etag,
			     enum encoding encoding, bool unchanged, size_t length)
{
	static const char *const name[ENCODING_COUNT] = { NULL, "gzip", "br" };
	const struct exchange *x = arg;
	struct buf b = buf_open(a, 1024, HEADERS_MAX);

	add_common(&b, x, unchanged ? 304 : 200);
	/* The cookie says who asks and in which dress: a shared cache must keep them apart. */
	/* A handler that knows better says it itself: what hangs on a secret address is private. */
	if (!x->rp.headers_open ||
	    !str_contains(buf_str(&x->rp.headers), STR("Cache-Control: ")))
		buf_add(&b, STR("Cache-Control: public, max-age=0, must-revalidate\r\n"));
	buf_add(&b, STR("Vary: Accept-Encoding, Cookie\r\nETag: "));
	buf_add(&b, etag);
	buf_add(&b, STR("\r\n"));
	if (x->rp.headers_open)
		buf_add(&b, buf_str(&x->rp.headers));
	if (name[encoding] != NULL && !unchanged)
		buf_addf(&b, "Content-Encoding: %s\r\n", name[encoding]);
	if (!unchanged)
		buf_addf(&b, "Content-Length: %zu\r\n", length);
	return buf_str(&b);
}

void exchange_from_cache(struct exchange *x, struct cache_entry *entry)
{
	enum encoding e = encoding_choose(x->head.header[HEADER_ACCEPT_ENCODING]);
	struct str tag = x->head.header[HEADER_IF_NONE_MATCH];
	bool unchanged = tag.len > 0 && etag_matches(tag, entry->encoded.etag[e]);

	x->entry = entry;
	x->answer_head = unchanged ? entry->head_unchanged[e] : entry->head[e];
	x->answer_body = unchanged ? STR_NONE : entry->encoded.body[e];
	x->rp.status = unchanged ? 304 : 200;
}

void exchange_refuse(struct exchange *x, unsigned status)
{
	const char *key = status == 413 ? "web.refused_body" :
			  status == 414 || status == 431 ? "web.refused_head" :
			  status == 408 ? "web.refused_slow" :
			  status >= 500 && status != 501 && status != 505 ? "web.refused_busy" :
									    "web.refused";
	struct str text = message_text(x->arena, LOCALE_ZH_CN, key, STR_NONE);
	struct buf b = buf_open(x->arena, 1024, HEADERS_MAX);

	reply_reset(x);
	x->rp.status = status;
	x->rp.content_type = STR("text/plain; charset=utf-8");
	add_common(&b, x, status);
	buf_add(&b, STR("Cache-Control: no-store\r\n"));
	if (status == 405)
		buf_add(&b, STR("Allow: GET, HEAD, POST\r\n"));
	if (status == 503)
		buf_add(&b, STR("Retry-After: 5\r\n"));
	buf_addf(&b, "Content-Length: %zu\r\n", text.len);
	x->answer_head = buf_str(&b);
	x->answer_body = text;
	x->close = true;
}
