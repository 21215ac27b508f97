#include "office/html_scan.h"

#include "base/buf.h"
#include "base/limits.h"

#include <string.h>

enum {
	NAME_MAX_BYTES = 24,		/* longer names are told apart by this much */
	TAG_BYTES_MAX = 16 * 1024,
	TAG_ATTRIBUTES_MAX = 256,
	CLONES_MAX = 2 * 1000 * 1000,	/* elements the parser may have to open again */
	CLONED_BYTES_MAX = 32 * 1024 * 1024,
};

struct name { char text[NAME_MAX_BYTES]; size_t len; };
struct open_element { struct name name; size_t bytes; bool formatting; };

struct scan {
	struct str html;
	size_t at;
	struct buf copy;	/* from `copied` on html is still to be copied */
	size_t copied;
	struct open_element open[LIMIT_HTML_OPEN_ELEMENTS];
	size_t count, formatting, formatting_bytes, foreign;
	size_t clones, cloned_bytes;
};

struct tag { struct name name; size_t bytes; bool closes_itself; };

static bool in_list(const struct name *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == name->len && memcmp(list[i], name->text, name->len) == 0)
			return true;
	return false;
}

/* Elements that have no content, or that the next one of their kind closes. */
static bool never_piles_up(const struct name *name)
{
	static const char *const list[] = {
		"area",	    "base",    "br",	 "col",	  "embed",  "hr",    "img",	 "input",
		"link",	    "meta",    "p",	 "param", "source", "track", "wbr",	 "li",
		"dt",	    "dd",      "td",	 "th",	  "tr",	    "tbody", "thead",	 "tfoot",
		"colgroup", "caption", "option", "html",  "head",   "body",  "optgroup", "keygen",
	};

	return in_list(name, list, COUNT_OF(list));
}

/* What the parser opens again in the next paragraph if it was left open. */
static bool is_formatting(const struct name *name)
{
	static const char *const list[] = { "a", "b", "big", "code", "em", "font", "i", "nobr", "s",
					    "small", "strike", "strong", "tt", "u" };

	return in_list(name, list, COUNT_OF(list));
}

static bool holds_raw_text(const struct name *name)
{
	static const char *const list[] = { "script", "style", "textarea", "title", "xmp" };

	return in_list(name, list, COUNT_OF(list));
}

static bool is_foreign(const struct name *name)
{
	static const char *const list[] = { "svg", "math" };

	return in_list(name, list, COUNT_OF(list));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char peek(const struct scan *s, size_t ahead)
{
	return s->at + ahead < s->html.len ? s->html.ptr[s->at + ahead] : '\0';
}

static void skip_to_after(struct scan *s, struct str end)
{
	size_t found = str_find(s->html, end, s->at);

	s->at = found == SIZE_MAX ? s->html.len : found + end.len;
}

static struct name read_name(struct scan *s)
{
	struct name name = { .len = 0 };

	for (; s->at < s->html.len; s->at++) {
		char c = s->html.ptr[s->at];
		if (is_space(c) || c == '/' || c == '>')
			break;
		if (name.len < NAME_MAX_BYTES)
			name.text[name.len++] = lower(c);
	}
	return name;
}

/* Leaves the bytes from `from` to the current place out of the copy. */
static void leave_out(struct scan *s, size_t from)
{
	buf_add(&s->copy, str_slice(s->html, s->copied, from));
	s->copied = s->at;
}

/* An attribute's value; one that holds a picture's bytes is left out. Returns the bytes kept. */
static size_t read_value(struct scan *s)
{
	char quote = peek(s, 0);
	size_t start = s->at;

	if (quote == '"' || quote == '\'') {
		s->at++;
		start = s->at;
		const char *end = memchr(s->html.ptr + s->at, quote, s->html.len - s->at);
		s->at = end == NULL ? s->html.len : (size_t)(end - s->html.ptr);
	} else {
		while (s->at < s->html.len && !is_space(peek(s, 0)) && peek(s, 0) != '>')
			s->at++;
	}
	struct str value = str_trim(str_slice(s->html, start, s->at));
	size_t bytes = s->at - start;
	if (str_equal_ascii_nocase(str_slice(value, 0, 5), STR("data:"))) {
		leave_out(s, start);
		bytes = 0;
	}
	if (quote == '"' || quote == '\'')
		s->at++;
	return bytes;
}

/* From after "<" or "</" to after ">". */
static bool read_tag(struct scan *s, struct tag *tag, struct err *err)
{
	size_t start = s->at, attributes = 0;

	*tag = (struct tag){ .name = read_name(s) };
	tag->bytes = s->at - start;
	while (s->at < s->html.len && peek(s, 0) != '>') {
		char c = peek(s, 0);
		tag->closes_itself = c == '/';
		if (is_space(c) || c == '/') {
			s->at++;
			continue;
		}
		/* the name of an attribute, then perhaps = and its value */
		size_t name = s->at;
		s->at++;
		while (s->at < s->html.len && !is_space(peek(s, 0)) && peek(s, 0) != '/' &&
		       peek(s, 0) != '>' && peek(s, 0) != '=')
			s->at++;
		tag->bytes += s->at - name + 1;
		while (is_space(peek(s, 0)))
			s->at++;
		if (peek(s, 0) == '=') {
			s->at++;
			while (is_space(peek(s, 0)))
				s->at++;
			tag->bytes += read_value(s);
		}
		if (++attributes > TAG_ATTRIBUTES_MAX || tag->bytes > TAG_BYTES_MAX)
			return err_set(err, ERR_LIMIT, "office.html_tag", "%zu|%d", start,
				       TAG_BYTES_MAX);
	}
	s->at = s->at < s->html.len ? s->at + 1 : s->html.len;
	return true;
}

static void remove_open(struct scan *s, size_t index)
{
	if (s->open[index].formatting) {
		s->formatting--;
		s->formatting_bytes -= s->open[index].bytes;
	}
	if (is_foreign(&s->open[index].name))
		s->foreign--;
	memmove(&s->open[index], &s->open[index + 1], (s->count - index - 1) * sizeof s->open[0]);
	s->count--;
}

/* Closing a block closes what stands open in it, but not the formatting: that is opened again. */
static void note_closing(struct scan *s, const struct tag *tag)
{
	bool formatting = is_formatting(&tag->name);

	for (size_t i = s->count; i-- > 0;) {
		const struct name *name = &s->open[i].name;
		if (name->len != tag->name.len ||
		    memcmp(name->text, tag->name.text, name->len) != 0)
			continue;
		if (!formatting)
			for (size_t k = s->count; k-- > i + 1;)
				if (!s->open[k].formatting)
					remove_open(s, k);
		remove_open(s, i);
		return;
	}
}

static bool too_deep(struct err *err)
{
	return err_set(err, ERR_LIMIT, "office.html_too_deep", "%d", LIMIT_HTML_OPEN_ELEMENTS);
}

static bool note_opening(struct scan *s, const struct tag *tag, struct err *err)
{
	s->clones += s->formatting;
	s->cloned_bytes += s->formatting_bytes;
	if (s->clones > CLONES_MAX || s->cloned_bytes > CLONED_BYTES_MAX)
		return too_deep(err);
	if (never_piles_up(&tag->name) || (s->foreign > 0 && tag->closes_itself))
		return true;
	if (tag->name.len == 1 && tag->name.text[0] == 'a')
		note_closing(s, tag); /* a link ends where the next one begins */
	if (s->count == LIMIT_HTML_OPEN_ELEMENTS)
		return too_deep(err);
	struct open_element *open = &s->open[s->count++];
	*open = (struct open_element){ .name = tag->name, .bytes = tag->bytes,
				       .formatting = is_formatting(&tag->name) };
	if (open->formatting) {
		s->formatting++;
		s->formatting_bytes += open->bytes;
	}
	if (is_foreign(&open->name))
		s->foreign++;
	return true;
}

/* To the closing tag of script, style and the like: what stands between is no markup. */
static void skip_raw_text(struct scan *s, const struct name *name)
{
	while (s->at < s->html.len) {
		const char *found = memchr(s->html.ptr + s->at, '<', s->html.len - s->at);
		s->at = found == NULL ? s->html.len : (size_t)(found - s->html.ptr);
		if (peek(s, 1) == '/' &&
		    str_equal_ascii_nocase(str_slice(s->html, s->at + 2, s->at + 2 + name->len),
					   (struct str){ name->text, name->len }))
			return;
		if (s->at < s->html.len)
			s->at++;
	}
}

/* At a '<'. */
static bool scan_markup(struct scan *s, struct err *err)
{
	struct tag tag;

	if (peek(s, 1) == '!' && peek(s, 2) == '-' && peek(s, 3) == '-') {
		s->at += 2; /* <!--> is a whole comment */
		skip_to_after(s, STR("-->"));
		return true;
	}
	if (peek(s, 1) == '!' || peek(s, 1) == '?') {
		skip_to_after(s, STR(">"));
		return true;
	}
	if (peek(s, 1) == '/') {
		if (!is_letter(peek(s, 2))) {
			skip_to_after(s, STR(">"));
			return true;
		}
		s->at += 2;
		if (!read_tag(s, &tag, err))
			return false;
		note_closing(s, &tag);
		return true;
	}
	s->at++;
	if (!is_letter(peek(s, 0)))
		return true;
	if (!read_tag(s, &tag, err) || !note_opening(s, &tag, err))
		return false;
	if (s->foreign == 0 && holds_raw_text(&tag.name))
		skip_raw_text(s, &tag.name);
	return true;
}

bool html_scan(struct arena *a, struct str html, struct str *out, struct err *err)
{
	struct scan *s = ARENA_NEW(a, struct scan);

	if (html.len > LIMIT_HTML_BYTES * 4)
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_HTML_BYTES);
	s->html = html;
	s->copy = buf_open(a, 0, html.len);
	while (s->at < html.len) {
		const char *found = memchr(html.ptr + s->at, '<', html.len - s->at);
		if (found == NULL)
			break;
		s->at = (size_t)(found - html.ptr);
		if (!scan_markup(s, err))
			return false;
	}
	if (s->copied == 0) {
		*out = html;
	} else {
		buf_add(&s->copy, str_slice(html, s->copied, html.len));
		*out = buf_str(&s->copy);
	}
	if (out->len > LIMIT_HTML_BYTES)
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_HTML_BYTES);
	return true;
}
