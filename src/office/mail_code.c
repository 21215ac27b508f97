#include "office/mail_code.h"

#include "base/utf8.h"
#include "text/encoding.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct buf *b, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t n = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
		if (left > 1)
			n |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
		if (left > 2)
			n |= (unsigned char)bytes.ptr[i + 2];
		buf_add_char(b, alphabet[n >> 18]);
		buf_add_char(b, alphabet[n >> 12 & 63]);
		buf_add_char(b, left > 1 ? alphabet[n >> 6 & 63] : '=');
		buf_add_char(b, left > 2 ? alphabet[n & 63] : '=');
	}
}

static int value_of(char c)
{
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);

	return at == NULL ? -1 : (int)(at - alphabet);
}

struct str base64_read(struct arena *a, struct str text)
{
	char *out = arena_alloc(a, text.len / 4 * 3 + 3);
	size_t len = 0;
	uint32_t bits = 0;
	int count = 0;

	for (size_t i = 0; i < text.len; i++) {
		int v = value_of(text.ptr[i]);
		if (text.ptr[i] == '=') { /* the end of a run; another may follow */
			bits = 0;
			count = 0;
		}
		if (v < 0)
			continue;
		bits = bits << 6 | (uint32_t)v;
		count += 6;
		if (count >= 8) {
			count -= 8;
			out[len++] = (char)(unsigned char)(bits >> count & 0xFF);
		}
	}
	return (struct str){ out, len };
}

int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many bytes a soft line end takes that begins with the '=' at i: 0 if it is none. */
static size_t soft_end(struct str text, size_t i)
{
	size_t at = i + 1;

	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	if (at < text.len && text.ptr[at] == '\r')
		at++;
	if (at == text.len || text.ptr[at] == '\n')
		return (at == text.len ? at : at + 1) - i;
	return 0;
}

struct str quoted_read(struct arena *a, struct str text, enum quoted_kind kind)
{
	char *out = arena_alloc(a, text.len);
	size_t len = 0;

	for (size_t i = 0; i < text.len;) {
		char c = text.ptr[i];
		int high = c == '=' && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;
		size_t soft = c == '=' && kind == QUOTED_BODY ? soft_end(text, i) : 0;
		if (low >= 0) {
			out[len++] = (char)(unsigned char)(high << 4 | low);
			i += 3;
		} else if (soft > 0) {
			i += soft;
		} else {
			out[len++] = c == '_' && kind == QUOTED_WORD ? ' ' : c;
			i++;
		}
	}
	return (struct str){ out, len };
}

/* ---- bytes as text */

/* Without the control bytes that no encoding of text has; \r goes where a line ends or begins. */
static struct str without_controls(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
			continue;
		if (c == '\r')
			c = '\n';
		if (c == '\t' || c == '\n' || (c >= ' ' && c != 0x7F))
			out[len++] = (char)c;
	}
	return (struct str){ out, len };
}

static void add_latin(struct buf *b, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		if (c < 0x80)
			buf_add_char(b, (char)c);
		else
			buf_add_utf8(b, c >= 0xA0 ? c : 0xFFFD);
	}
}

/* Each byte that fits nowhere becomes U+FFFD. */
static void add_broken_utf8(struct buf *b, struct str bytes)
{
	for (size_t bad; (bad = utf8_first_malformed(bytes)) != SIZE_MAX;) {
		buf_add(b, str_slice(bytes, 0, bad));
		buf_add_utf8(b, 0xFFFD);
		bytes = str_slice(bytes, bad + 1, bytes.len);
	}
	buf_add(b, bytes);
}

/* What is neither as a whole may be one or the other line by line. */
static void add_lines(struct arena *a, struct buf *b, struct str bytes)
{
	struct str line;
	struct decoded d;

	for (bool first = true; str_split_next(&bytes, '\n', &line); first = false) {
		struct err ignored = { 0 };
		if (!first)
			buf_add_char(b, '\n');
		if (encoding_decode(a, line, &d, &ignored))
			buf_add(b, d.text);
		else
			add_broken_utf8(b, line);
	}
}

static bool label_is(struct str label, const char *name)
{
	return str_equal_ascii_nocase(label, str_from_c(name));
}

static bool is_latin(struct str label)
{
	return label_is(label, "iso-8859-1") || label_is(label, "iso-8859-15") ||
	       label_is(label, "windows-1252");
}

static bool has_mark(struct str bytes)
{
	return str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"));
}

struct str mail_text(struct arena *a, struct str bytes, struct str charset)
{
	struct decoded d;
	struct err ignored = { 0 };

	if (has_mark(bytes) && encoding_decode(a, bytes, &d, &ignored))
		return without_controls(a, d.text);
	bytes = without_controls(a, bytes);
	if (utf8_first_malformed(bytes) == SIZE_MAX)
		return bytes;
	struct buf b = buf_open(a, bytes.len + 64, 3 * bytes.len + 64);
	if (label_is(charset, "utf-8"))
		add_broken_utf8(&b, bytes); /* read as GB18030 it would become other characters */
	else if (is_latin(charset))
		add_latin(&b, bytes);
	else
		add_lines(a, &b, bytes);
	return buf_str(&b);
}

/* ---- words of a header */

struct word { struct str charset, bytes; };

/* Takes "=?charset?B?text?=" from the front. */
static bool take_word(struct arena *a, struct str *s, struct word *out)
{
	enum { CHARSET_MAX = 40 };
	struct str rest = *s;

	if (!str_take_str(&rest, STR("=?")))
		return false;
	size_t end = str_find(rest, STR("?"), 0);
	if (end == SIZE_MAX || end == 0 || end > CHARSET_MAX || end + 2 >= rest.len ||
	    rest.ptr[end + 2] != '?')
		return false;
	struct str charset = str_slice(rest, 0, end), coding = str_slice(rest, end + 1, end + 2);
	rest = str_slice(rest, end + 3, rest.len);
	size_t close = str_find(rest, STR("?="), 0);
	if (close == SIZE_MAX)
		return false;
	struct str text = str_slice(rest, 0, close);
	size_t star = str_find(charset, STR("*"), 0); /* RFC 2231: a language may follow */
	out->charset = str_slice(charset, 0, star);
	if (label_is(coding, "b"))
		out->bytes = base64_read(a, text);
	else if (label_is(coding, "q"))
		out->bytes = quoted_read(a, text, QUOTED_WORD);
	else
		return false;
	*s = str_slice(rest, close + 2, rest.len);
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The white space between two encoded words belongs to neither. */
static struct str to_next_word(struct str s)
{
	size_t i = 0;

	while (i < s.len && is_space(s.ptr[i]))
		i++;
	struct str next = str_slice(s, i, s.len);
	return str_starts(next, STR("=?")) ? next : s;
}

/* Words that follow each other in one charset are one text: some writers cut characters in two. */
static void add_run(struct arena *a, struct buf *b, struct str *rest, const struct word *first)
{
	struct buf bytes = buf_open(a, first->bytes.len + 256, rest->len + first->bytes.len + 256);
	struct word next;

	buf_add(&bytes, first->bytes);
	for (;;) {
		struct str at = to_next_word(*rest);
		if (!take_word(a, &at, &next))
			break;
		*rest = at;
		if (!str_equal_ascii_nocase(next.charset, first->charset)) {
			buf_add(b, mail_text(a, buf_str(&bytes), first->charset));
			buf_add(b, mail_text(a, next.bytes, next.charset));
			return;
		}
		buf_add(&bytes, next.bytes);
	}
	buf_add(b, mail_text(a, buf_str(&bytes), first->charset));
}

struct str mail_words(struct arena *a, struct str value)
{
	struct str rest = mail_text(a, value, STR_NONE);
	struct buf b = buf_open(a, rest.len + 64, 4 * rest.len + 256);
	struct word word;

	while (rest.len > 0) {
		if (take_word(a, &rest, &word)) {
			add_run(a, &b, &rest, &word);
			continue;
		}
		buf_add_char(&b, rest.ptr[0]);
		rest = str_slice(rest, 1, rest.len);
	}
	struct str joined = str_trim(buf_str(&b));
	char *line = arena_alloc(a, joined.len);
	size_t len = 0;
	for (size_t i = 0; i < joined.len; i++) {
		bool space = is_space(joined.ptr[i]);
		if (!space || (len > 0 && line[len - 1] != ' '))
			line[len++] = space ? ' ' : joined.ptr[i];
	}
	return (struct str){ line, len };
}
