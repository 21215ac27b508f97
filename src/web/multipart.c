#include "web/multipart.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum state {
	STATE_FIRST,	/* the dashes and boundary that open the body */
	STATE_AFTER,	/* behind a boundary: CRLF or the closing dashes */
	STATE_AFTER_CR, /* CR read: LF, then a part's head */
	STATE_AFTER_DASH,
	STATE_HEAD,
	STATE_DATA,
	STATE_CLOSED, /* only one CRLF may follow */
	STATE_CLOSED_CR,
	STATE_DONE,
};

struct multipart {
	struct arena *arena;
	struct pairs *out;
	size_t file_max;
	enum state state;
	/* CR LF - - boundary; the first one of a body stands without CR LF. */
	char delimiter[4 + MULTIPART_BOUNDARY_MAX];
	size_t delimiter_len, matched;
	struct buf head;
	struct pair part;
	size_t part_max;
	struct str view; /* value while it is one piece of the caller's bytes */
	struct buf copy; /* value once it is not */
	bool copied;
	size_t kept; /* values of out that are no views any more */
};

static bool bad(struct err *err)
{
	return err_set(err, ERR_INVALID, "web.bad_multipart", " ");
}

/* Takes NAME=token or NAME="text" with the leading "; "; false leaves s as it was. */
static bool take_parameter(struct str *s, struct str *name, struct str *value)
{
	struct str rest = *s;
	size_t end;

	if (!str_take_char(&rest, ';'))
		return false;
	while (str_take_char(&rest, ' '))
		continue;
	size_t equals = str_find(rest, STR("="), 0);
	if (equals == SIZE_MAX || equals == 0)
		return false;
	*name = str_slice(rest, 0, equals);
	rest = str_slice(rest, equals + 1, rest.len);
	if (str_take_char(&rest, '"')) {
		end = str_find(rest, STR("\""), 0);
		if (end == SIZE_MAX)
			return false;
		*value = str_slice(rest, 0, end);
		*s = str_slice(rest, end + 1, rest.len);
		return true;
	}
	end = str_find(rest, STR(";"), 0);
	*value = str_slice(rest, 0, end);
	*s = str_slice(rest, end, rest.len);
	return value->len > 0;
}

static bool boundary_char(char c)
{
	static const char more[] = "'()+_,-./:=?"; /* RFC 2046 bcharsnospace */

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr(more, c) != NULL);
}

bool multipart_boundary(struct str content_type, struct str *boundary)
{
	struct str rest = content_type, name, value, found = STR_NONE;
	static const char type[] = "multipart/form-data";

	if (!str_equal_ascii_nocase(str_slice(rest, 0, sizeof type - 1),
				    STR("multipart/form-data")))
		return false;
	rest = str_slice(rest, sizeof type - 1, rest.len);
	while (rest.len > 0) {
		if (!take_parameter(&rest, &name, &value))
			return false;
		if (!str_equal_ascii_nocase(name, STR("boundary")))
			continue;
		if (found.len > 0)
			return false;
		found = value;
	}
	if (found.len == 0 || found.len > MULTIPART_BOUNDARY_MAX)
		return false;
	for (size_t i = 0; i < found.len; i++)
		if (!boundary_char(found.ptr[i]))
			return false;
	*boundary = found;
	return true;
}

struct multipart *multipart_open(struct arena *a, struct str boundary, size_t file_max,
				 struct pairs *out)
{
	struct multipart *m = ARENA_NEW(a, struct multipart);

	m->arena = a;
	m->out = out;
	m->file_max = file_max;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
	m->delimiter_len = 4 + boundary.len;
	m->matched = 2; /* as if CR LF stood before the body */
	m->head = buf_open(a, 256, MULTIPART_HEAD_MAX);
	return m;
}

/* Browsers write %22, %0D and %0A for the three bytes a quoted name cannot hold (WHATWG HTML). */
static struct str unescape(struct arena *a, struct str s)
{
	char *text = arena_alloc(a, s.len);
	size_t len = 0;

	while (s.len > 0) {
		if (str_take_str(&s, STR("%22"))) {
			text[len++] = '"';
			continue;
		}
		if (str_take_str(&s, STR("%0D")) || str_take_str(&s, STR("%0A"))) {
			text[len++] = ' ';
			continue;
		}
		text[len++] = s.ptr[0];
		s = str_slice(s, 1, s.len);
	}
	return (struct str){ text, len };
}

static bool read_disposition(struct multipart *m, struct str value, struct err *err)
{
	struct str parameter, text;
	bool named = false;

	if (!str_take_str(&value, STR("form-data")))
		return bad(err);
	while (value.len > 0) {
		if (!take_parameter(&value, &parameter, &text))
			return bad(err);
		text = unescape(m->arena, text);
		if (!utf8_valid_text(text))
			return bad(err);
		if (str_equal_c(parameter, "name") && !named && text.len > 0 &&
		    text.len <= MULTIPART_NAME_MAX) {
			m->part.name = text;
			named = true;
		} else if (str_equal_c(parameter, "filename") && !m->part.is_file &&
			   text.len <= MULTIPART_FILE_NAME_MAX) {
			m->part.file_name = text;
			m->part.is_file = true;
		} else {
			return bad(
				err); /* unknown, repeated, too long, or filename* (RFC 7578 4.2) */
		}
	}
	return named || bad(err);
}

static bool header_is(struct str *line, struct str name)
{
	if (line->len <= name.len || line->ptr[name.len] != ':' ||
	    !str_equal_ascii_nocase(str_slice(*line, 0, name.len), name))
		return false;
	*line = str_trim(str_slice(*line, name.len + 1, line->len));
	return true;
}

static bool read_head(struct multipart *m, struct err *err)
{
	struct str rest = buf_str(&m->head);
	bool disposed = false;

	m->part = (struct pair){ .value = STR_NONE };
	rest = str_copy(m->arena, str_slice(rest, 0, rest.len - 4)); /* names are views into it */
	while (rest.len > 0) {
		size_t end = str_find(rest, STR("\r\n"), 0);
		struct str line = str_slice(rest, 0, end);
		rest = end == SIZE_MAX ? STR_NONE : str_slice(rest, end + 2, rest.len);
		if (!utf8_valid_text(line) || str_contains(line, STR("\n")) ||
		    str_contains(line, STR("\r")))
			return bad(err);
		if (header_is(&line, STR("Content-Disposition"))) {
			if (disposed || !read_disposition(m, line, err))
				return bad(err);
			disposed = true;
		} else if (!header_is(&line, STR("Content-Type")) &&
			   !header_is(&line, STR("Content-Length"))) {
			return bad(err);
		}
	}
	m->part_max = m->part.is_file ? m->file_max : LIMIT_FIELD_BYTES;
	m->view = STR_NONE;
	m->copied = false;
	return disposed || bad(err);
}

static bool add_data(struct multipart *m, const char *ptr, size_t len, struct err *err)
{
	if (len == 0)
		return true;
	size_t have = m->copied ? m->copy.len : m->view.len;
	if (len > m->part_max - have)
		return err_set(err, ERR_LIMIT, "web.field_too_long", "%zu", m->part_max);
	if (!m->copied && m->view.len == 0) {
		m->view = (struct str){ ptr, len };
		return true;
	}
	if (!m->copied) {
		m->copy = buf_open(m->arena, have + len, m->part_max);
		buf_add(&m->copy, m->view);
		m->copied = true;
	}
	buf_add_bytes(&m->copy, ptr, len);
	return true;
}

/*
 * The caller's bytes may be gone at the next feed: what is a view at the end of one that did not
 * close the body is copied.
 */
static void keep_views(struct multipart *m)
{
	if (m->state == STATE_DONE)
		return;
	for (; m->kept < m->out->count; m->kept++)
		m->out->at[m->kept].value = str_copy(m->arena, m->out->at[m->kept].value);
	if (m->state != STATE_DATA || m->copied || m->view.len == 0)
		return;
	m->copy = buf_open(m->arena, m->view.len, m->part_max);
	buf_add(&m->copy, m->view);
	m->copied = true;
}

static bool end_part(struct multipart *m, struct err *err)
{
	m->part.value = m->copied ? buf_str(&m->copy) : m->view;
	if (!m->part.is_file && !utf8_valid_text(m->part.value))
		return bad(err);
	return pairs_add(m->out, m->part, err);
}

/* Data up to the delimiter. Only its first byte is a CR: a failed match needs no looking back. */
static bool feed_data(struct multipart *m, struct str in, size_t *used, struct err *err)
{
	size_t from = 0, at = 0; /* in[from..at) is data, but for the last `matched` bytes of it */

	while (at < in.len && m->matched < m->delimiter_len) {
		if (m->matched == 0) {
			const char *cr = memchr(in.ptr + at, '\r', in.len - at);
			at = cr == NULL ? in.len : (size_t)(cr - in.ptr) + 1;
			m->matched = cr == NULL ? 0 : 1;
			continue;
		}
		if (in.ptr[at] == m->delimiter[m->matched]) {
			m->matched++;
			at++;
			continue;
		}
		if (m->matched >
		    at) { /* began in an earlier feed: those bytes are known by the delimiter */
			if (!add_data(m, m->delimiter, m->matched - at, err))
				return false;
		}
		m->matched = 0;
	}
	*used = at;
	size_t data_end = m->matched > at ? 0 : at - m->matched;
	return data_end <= from || add_data(m, in.ptr + from, data_end - from, err);
}

static bool feed_head(struct multipart *m, struct str in, size_t *used, struct err *err)
{
	while (*used < in.len) {
		buf_add_char(&m->head, in.ptr[(*used)++]);
		if (!buf_ok(&m->head))
			return bad(err);
		if (!str_ends(buf_str(&m->head), STR("\r\n\r\n")))
			continue;
		m->state = STATE_DATA;
		m->matched = 0;
		return read_head(m, err);
	}
	return true;
}

/* The bytes around boundaries, one at a time. */
static bool feed_mark(struct multipart *m, char c, struct err *err)
{
	static const struct {
		enum state from;
		char c;
		enum state to;
	} step[] = {
		{ STATE_AFTER, '\r', STATE_AFTER_CR },	  { STATE_AFTER, '-', STATE_AFTER_DASH },
		{ STATE_AFTER_CR, '\n', STATE_HEAD },	  { STATE_AFTER_DASH, '-', STATE_CLOSED },
		{ STATE_CLOSED, '\r', STATE_CLOSED_CR }, { STATE_CLOSED_CR, '\n', STATE_DONE },
	};

	for (size_t i = 0; i < COUNT_OF(step); i++)
		if (step[i].from == m->state && step[i].c == c) {
			m->state = step[i].to;
			if (m->state == STATE_HEAD)
				buf_clear(&m->head);
			return true;
		}
	return bad(err);
}

static bool feed_some(struct multipart *m, struct str in, size_t *used, struct err *err)
{
	switch (m->state) {
	case STATE_FIRST:
		if (in.ptr[0] != m->delimiter[m->matched++])
			return bad(err);
		*used = 1;
		if (m->matched == m->delimiter_len)
			m->state = STATE_AFTER;
		return true;
	case STATE_HEAD:
		return feed_head(m, in, used, err);
	case STATE_DATA:
		if (!feed_data(m, in, used, err))
			return false;
		if (m->matched < m->delimiter_len)
			return true;
		m->state = STATE_AFTER;
		return end_part(m, err);
	case STATE_AFTER:
	case STATE_AFTER_CR:
	case STATE_AFTER_DASH:
	case STATE_CLOSED:
	case STATE_CLOSED_CR:
	case STATE_DONE:
		*used = 1;
		return feed_mark(m, in.ptr[0], err);
	}
	return bad(err);
}

bool multipart_feed(struct multipart *m, struct str bytes, struct err *err)
{
	while (bytes.len > 0) {
		size_t used = 0;
		if (!feed_some(m, bytes, &used, err))
			return false;
		bytes = str_slice(bytes, used, bytes.len);
	}
	keep_views(m);
	return true;
}

bool multipart_end(struct multipart *m, struct err *err)
{
	return m->state == STATE_CLOSED || m->state == STATE_DONE || bad(err);
}
