#include "html/html.h"

#include "html/escape.h"

#include <assert.h>

void html_raw(struct html *h, const char *markup, size_t len)
{
	buf_add_bytes(h->out, markup, len);
}

/* ---- text */

void html_text_str(struct html *h, struct str s)
{
	escape_vector(h->out, s);
}

void html_text_int(struct html *h, int64_t n)
{
	buf_add_i64(h->out, n);
}

void html_text_size(struct html *h, size_t n)
{
	assert(n <= INT64_MAX);
	buf_add_i64(h->out, (int64_t)n);
}

void html_text_date(struct html *h, struct date d)
{
	struct ymd day = date_split(d);

	buf_addf(h->out, "%04d-%02d-%02d", day.year, day.month, day.day);
}

void html_text_opt_date(struct html *h, struct opt_date d)
{
	if (d.known)
		html_text_date(h, d.v);
}

void html_text_opt_int(struct html *h, struct opt_int n)
{
	if (n.known)
		html_text_int(h, n.v);
}

void html_text_opt_str(struct html *h, struct opt_str s)
{
	if (s.known)
		html_text_str(h, s.v);
}

/* ---- quoted attributes: escape_vector is safe in both places */

void html_attr_str(struct html *h, struct str s)
{
	escape_vector(h->out, s);
}

void html_attr_int(struct html *h, int64_t n)
{
	html_text_int(h, n);
}

void html_attr_size(struct html *h, size_t n)
{
	html_text_size(h, n);
}

void html_attr_date(struct html *h, struct date d)
{
	html_text_date(h, d);
}

/* ---- URLs */

static void percent(struct buf *out, char c)
{
	static const char HEX[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)c;

	buf_add_char(out, '%');
	buf_add_char(out, HEX[byte >> 4]);
	buf_add_char(out, HEX[byte & 15]);
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(char c, const char *list)
{
	for (; *list != '\0'; list++)
		if (*list == c)
			return true;
	return false;
}

/* scheme must be followed by something that can be a host or an address. */
static bool has_scheme(struct str url, const char *scheme)
{
	struct str s = str_from_c(scheme);

	return url.len > s.len && str_equal_ascii_nocase(str_slice(url, 0, s.len), s) &&
	       !is_one_of(url.ptr[s.len], "/\\?#@:");
}

/* Browsers drop tabs and line breaks from a URL before they read it, so none may be in it. */
static bool has_control_bytes(struct str url)
{
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] < 0x20 || url.ptr[i] == 0x7f)
			return true;
	return false;
}

static bool url_allowed(struct str url)
{
	if (url.len == 0 || has_control_bytes(url))
		return false;
	if (url.ptr[0] == '/') /* a browser takes "/\x" for "//x" */
		return url.len == 1 || (url.ptr[1] != '/' && url.ptr[1] != '\\');
	if (url.ptr[0] == '#' || url.ptr[0] == '?')
		return true;
	return has_scheme(url, "https://") || has_scheme(url, "http://") ||
	       has_scheme(url, "mailto:") || has_scheme(url, "tel:");
}

void html_url_str(struct html *h, struct str s)
{
	if (!url_allowed(s)) {
		buf_add_char(h->out, '#');
		return;
	}
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '&')
			buf_add_c(h->out, "&amp;");
		else if (is_alphanumeric(c) || is_one_of(c, "-._~:/?#[]@!$()*+,;=%"))
			buf_add_char(h->out, c);
		else
			percent(h->out, c);
	}
}

void html_query_str(struct html *h, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (is_alphanumeric(s.ptr[i]) || is_one_of(s.ptr[i], "-._~"))
			buf_add_char(h->out, s.ptr[i]);
		else
			percent(h->out, s.ptr[i]);
	}
}

void html_query_int(struct html *h, int64_t n)
{
	html_text_int(h, n);
}

void html_query_size(struct html *h, size_t n)
{
	html_text_size(h, n);
}

void html_query_date(struct html *h, struct date d)
{
	html_text_date(h, d);
}
