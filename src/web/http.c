#include "web/http.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "web/header.h"
#include "web/pairs.h"

#include <string.h>

/* ---- finding the end */

enum http_found http_find_head(struct str bytes, struct http_scan *scan, size_t *end,
			       unsigned *status)
{
	*status = scan->lines == 0 ? 414 : 431;
	for (;;) {
		const char *line = bytes.ptr + scan->line;
		size_t room = bytes.len - scan->line;
		const char *lf = room > 0 ? memchr(line, '\n', room) : NULL;
		size_t len = lf == NULL ? room : (size_t)(lf - line) + 1;

		if (len > LIMIT_HTTP_LINE || scan->line + len > LIMIT_HTTP_HEAD ||
		    scan->lines > LIMIT_HTTP_HEADERS + 2)
			return HTTP_BAD;
		if (lf == NULL)
			return HTTP_MORE;
		if (len < 2 || line[len - 2] != '\r') {
			*status = 400;
			return HTTP_BAD;
		}
		scan->line += len;
		/* One empty line before the request is allowed (RFC 9112 2.2). */
		if (len == 2 && scan->line > 2) {
			*end = scan->line;
			return HTTP_READY;
		}
		scan->lines += len > 2;
		*status = 431;
	}
}

/* ---- the request line */

static bool take_method(struct str *s, struct str *method)
{
	size_t space = str_find(*s, STR(" "), 0);

	if (space == SIZE_MAX)
		return false;
	*method = str_slice(*s, 0, space);
	*s = str_slice(*s, space + 1, s->len);
	return header_token(*method);
}

static unsigned read_method(struct str name, enum http_method *out)
{
	static const struct str known[] = { STR_INIT("PUT"),	 STR_INIT("DELETE"),
					    STR_INIT("PATCH"),	 STR_INIT("OPTIONS"),
					    STR_INIT("CONNECT"), STR_INIT("TRACE") };

	*out = HTTP_GET;
	if (str_equal_c(name, "GET"))
		return 0;
	*out = HTTP_HEAD;
	if (str_equal_c(name, "HEAD"))
		return 0;
	*out = HTTP_POST;
	if (str_equal_c(name, "POST"))
		return 0;
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (str_equal(name, known[i]))
			return 405;
	return 501;
}

static unsigned read_version(struct str s, int *minor)
{
	if (s.len != 8 || !str_starts(s, STR("HTTP/")) || s.ptr[5] < '0' || s.ptr[5] > '9' ||
	    s.ptr[6] != '.' || s.ptr[7] < '0' || s.ptr[7] > '9')
		return 400;
	if (s.ptr[5] != '1' || s.ptr[7] > '1')
		return 505;
	*minor = s.ptr[7] - '0';
	return 0;
}

/* Visible ASCII without what a URL never holds raw; a fragment is the browser's own. */
static bool target_chars(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c <= ' ' || c > '~' || c == '#' || c == '"' || c == '<' || c == '>')
			return false;
	}
	return true;
}

/* *authority is set for the absolute form, which a server must take (RFC 9112 3.2.2). */
static bool read_target(struct str s, struct http_request *out, struct str *authority)
{
	*authority = STR_NONE;
	if (!target_chars(s))
		return false;
	if (str_take_str(&s, STR("http://")) || str_take_str(&s, STR("https://"))) {
		size_t slash = str_find(s, STR("/"), 0);
		if (slash == SIZE_MAX || slash == 0)
			return false;
		*authority = str_slice(s, 0, slash);
		s = str_slice(s, slash, s.len);
	}
	if (s.len == 0 || s.ptr[0] != '/')
		return false;
	size_t mark = str_find(s, STR("?"), 0);
	out->path = str_slice(s, 0, mark);
	out->query = mark == SIZE_MAX ? STR_NONE : str_slice(s, mark + 1, s.len);
	return !str_contains(out->path, STR("\\"));
}

static unsigned read_request_line(struct str line, struct http_request *out, struct str *authority)
{
	struct str method;

	if (!take_method(&line, &method))
		return 400;
	size_t space = str_find(line, STR(" "), 0);
	if (space == SIZE_MAX)
		return 400;
	unsigned status = read_version(str_slice(line, space + 1, line.len), &out->minor);
	if (status != 0)
		return status;
	status = read_method(method, &out->method);
	if (status != 0)
		return status;
	return read_target(str_slice(line, 0, space), out, authority) ? 0 : 400;
}

/* ---- header fields */

static const struct {
	struct str name;
	bool drop_repeated; /* a list: two of it are read as none; otherwise two are refused */
} known_header[HEADER_COUNT] = {
	[HEADER_ACCEPT] = { STR_INIT("accept"), true },
	[HEADER_ACCEPT_ENCODING] = { STR_INIT("accept-encoding"), true },
	[HEADER_AUTHORIZATION] = { STR_INIT("authorization"), false },
	[HEADER_CONNECTION] = { STR_INIT("connection"), false },
	[HEADER_CONTENT_LENGTH] = { STR_INIT("content-length"), false },
	[HEADER_CONTENT_TYPE] = { STR_INIT("content-type"), false },
	[HEADER_COOKIE] = { STR_INIT("cookie"), false },
	[HEADER_CSRF_TOKEN] = { STR_INIT("x-csrf-token"), false },
	[HEADER_EXPECT] = { STR_INIT("expect"), false },
	[HEADER_FORWARDED_FOR] = { STR_INIT("x-forwarded-for"), false },
	[HEADER_HOST] = { STR_INIT("host"), false },
	[HEADER_IDEMPOTENCY_KEY] = { STR_INIT("idempotency-key"), false },
	[HEADER_IF_MATCH] = { STR_INIT("if-match"), false },
	[HEADER_IF_NONE_MATCH] = { STR_INIT("if-none-match"), true },
	[HEADER_ORIGIN] = { STR_INIT("origin"), false },
	[HEADER_SEC_FETCH_SITE] = { STR_INIT("sec-fetch-site"), false },
	[HEADER_TRANSFER_ENCODING] = { STR_INIT("transfer-encoding"), false },
};

static int header_index(struct str name)
{
	for (int i = 0; i < HEADER_COUNT; i++)
		if (known_header[i].name.len == name.len &&
		    str_equal_ascii_nocase(known_header[i].name, name))
			return i;
	return -1;
}

static struct str trim_blank(struct str s)
{
	while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = str_slice(s, 1, s.len);
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* Every byte that is not a control byte; HTAB is a blank. */
static bool field_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if ((c < ' ' && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

static unsigned read_field(struct str line, struct http_request *out, uint32_t *seen)
{
	const char *colon = memchr(line.ptr, ':', line.len);

	if (colon == NULL)
		return 400;
	struct str name = str_slice(line, 0, (size_t)(colon - line.ptr));
	struct str value = str_slice(line, name.len + 1, line.len);
	/* A blank at the front would be a folded line, one before the colon is none of a token. */
	if (!header_token(name) || !field_value(value))
		return 400;
	int index = header_index(name);
	if (index < 0)
		return 0;
	bool again = (*seen & UINT32_C(1) << index) != 0;
	if (again && !known_header[index].drop_repeated)
		return 400;
	*seen |= UINT32_C(1) << index;
	out->header[index] = again ? STR_NONE : trim_blank(value);
	return 0;
}

/* ---- what the fields mean together */

static bool read_length(struct str s, uint64_t *out)
{
	return s.len > 0 && s.len <= 19 && str_take_u64(&s, INT64_MAX, out) && s.len == 0;
}

static unsigned read_framing(struct http_request *out, uint32_t seen)
{
	bool has_length = (seen & UINT32_C(1) << HEADER_CONTENT_LENGTH) != 0;
	bool has_coding = (seen & UINT32_C(1) << HEADER_TRANSFER_ENCODING) != 0;
	struct str coding = out->header[HEADER_TRANSFER_ENCODING];

	if (has_length && has_coding)
		return 400;
	if (has_length && !read_length(out->header[HEADER_CONTENT_LENGTH], &out->length))
		return 400;
	if (has_coding) {
		if (out->minor == 0 || !header_token(coding))
			return 400;
		if (!str_equal_ascii_nocase(coding, STR("chunked")))
			return 501;
		out->chunked = true;
	}
	/* A body without a meaning (RFC 9110 9.3.1) is only good for hiding a request in. */
	if (out->method != HTTP_POST && (out->chunked || out->length > 0))
		return 400;
	return 0;
}

static bool host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_';
}

static bool read_host(struct str s)
{
	size_t n = 0;

	if (s.len > 255)
		return false;
	if (str_take_char(&s, '[')) {
		while (n < s.len && (host_char(s.ptr[n]) || s.ptr[n] == ':'))
			n++;
		if (n < 2 || n == s.len || s.ptr[n++] != ']')
			return false;
	} else {
		while (n < s.len && host_char(s.ptr[n]))
			n++;
		if (n == 0)
			return false;
	}
	s = str_slice(s, n, s.len);
	if (s.len == 0)
		return true;
	uint64_t port;
	return str_take_char(&s, ':') && str_take_u64(&s, 65535, &port) && s.len == 0;
}

static unsigned read_connection(struct http_request *out)
{
	struct str rest = out->header[HEADER_CONNECTION], piece;
	struct str expect = out->header[HEADER_EXPECT];

	out->close = out->minor == 0;
	while (rest.len > 0 && str_split_next(&rest, ',', &piece)) {
		piece = trim_blank(piece);
		if (!header_token(piece))
			return 400;
		if (str_equal_ascii_nocase(piece, STR("close")))
			out->close = true;
	}
	if (expect.len == 0)
		return 0;
	out->expects_continue = str_equal_ascii_nocase(expect, STR("100-continue"));
	return out->expects_continue ? 0 : 417;
}

unsigned http_read_head(struct str head, struct http_request *out)
{
	struct str rest = head, authority;
	uint32_t seen = 0;
	int fields = 0;
	unsigned status;

	*out = (struct http_request){ .minor = 1 };
	for (int i = 0; i < HEADER_COUNT; i++)
		out->header[i] = STR_NONE;
	str_take_str(&rest, STR("\r\n"));
	size_t end = str_find(rest, STR("\r\n"), 0);
	status = read_request_line(str_slice(rest, 0, end), out, &authority);
	if (status != 0)
		return status;
	rest = str_slice(rest, end + 2, rest.len);
	while (rest.len > 2) {
		const char *lf = memchr(rest.ptr, '\n', rest.len);
		if (lf == NULL || lf == rest.ptr || lf[-1] != '\r')
			return 400;
		if (++fields > LIMIT_HTTP_HEADERS)
			return 431;
		size_t len = (size_t)(lf - rest.ptr) + 1;
		status = read_field(str_slice(rest, 0, len - 2), out, &seen);
		if (status != 0)
			return status;
		rest = str_slice(rest, len, rest.len);
	}
	if (!str_equal_c(rest, "\r\n") || !read_host(out->header[HEADER_HOST]))
		return 400;
	if (authority.len > 0 && !str_equal_ascii_nocase(authority, out->header[HEADER_HOST]))
		return 400;
	if (out->header[HEADER_COOKIE].len > LIMIT_COOKIE)
		return 431;
	status = read_framing(out, seen);
	return status != 0 ? status : read_connection(out);
}

/* ---- paths */

static bool good_segment(struct str s)
{
	if (str_equal_c(s, ".") || str_equal_c(s, "..") || !utf8_valid_text(s))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '/' || s.ptr[i] == '\\' || (unsigned char)s.ptr[i] < ' ')
			return false;
	return true;
}

bool http_read_path(struct arena *a, struct str raw, struct http_path *out)
{
	char *text = arena_alloc(a, raw.len);
	size_t len = 0;
	struct str rest = str_slice(raw, 1, raw.len), piece;

	out->count = 0;
	while (str_split_next(&rest, '/', &piece)) {
		struct str segment;
		if (out->count == HTTP_SEGMENTS_MAX ||
		    !percent_decode(a, piece, PLUS_IS_PLUS, &segment) || !good_segment(segment))
			return false;
		out->segment[out->count++] = segment;
		text[len++] = '/';
		if (segment.len > 0)
			memcpy(text + len, segment.ptr, segment.len);
		len += segment.len;
	}
	out->text = (struct str){ text, len };
	return true;
}
