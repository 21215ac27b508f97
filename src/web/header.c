#include "web/header.h"

#include <string.h>

static struct str trim(struct str s)
{
	while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = str_slice(s, 1, s.len);
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

bool header_token_char(char c)
{
	static const char more[] = "!#$%&'*+-.^_`|~";

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr(more, c) != NULL);
}

bool header_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!header_token_char(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* RFC 6265 4.1.1: visible ASCII without DQUOTE, comma, semicolon and backslash. */
static bool cookie_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return s.len > 0;
}

bool cookie_find(struct str header, struct str name, struct str *value)
{
	struct str rest = header, piece, found = STR_NONE;
	int times = 0;

	if (header.len == 0)
		return false;
	while (str_split_next(&rest, ';', &piece)) {
		piece = trim(piece);
		size_t equals = str_find(piece, STR("="), 0);
		if (equals == SIZE_MAX || !str_equal(str_slice(piece, 0, equals), name))
			continue;
		found = str_slice(piece, equals + 1, piece.len);
		times++;
	}
	if (times != 1 || !cookie_value(found))
		return false;
	*value = found;
	return true;
}

/* RFC 9110 12.4.2, in thousandths; -1 if it is no weight. */
static int weight(struct str s)
{
	int value, unit = 100;

	if (s.len == 0 || (s.ptr[0] != '0' && s.ptr[0] != '1'))
		return -1;
	value = (s.ptr[0] - '0') * 1000;
	s = str_slice(s, 1, s.len);
	if (s.len == 0)
		return value;
	if (s.ptr[0] != '.' || s.len > 4)
		return -1;
	for (size_t i = 1; i < s.len; i++, unit /= 10) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		value += (s.ptr[i] - '0') * unit;
	}
	return value <= 1000 ? value : -1;
}

/* "gzip;q=0.8" -> its name and weight. false if it cannot be read. */
static bool read_coding(struct str piece, struct str *name, int *q)
{
	size_t semicolon = str_find(piece, STR(";"), 0);

	*name = trim(str_slice(piece, 0, semicolon));
	*q = 1000;
	if (semicolon != SIZE_MAX) {
		struct str parameter = trim(str_slice(piece, semicolon + 1, piece.len));
		if (!str_take_str(&parameter, STR("q=")) && !str_take_str(&parameter, STR("Q=")))
			return false;
		*q = weight(parameter);
	}
	return header_token(*name) && *q >= 0;
}

enum encoding encoding_choose(struct str header)
{
	int q[ENCODING_COUNT] = { -1, -1, -1 }, q_any = -1, q_one;
	struct str rest = header, piece, name;

	if (header.len == 0)
		return ENCODING_IDENTITY;
	while (str_split_next(&rest, ',', &piece)) {
		if (trim(piece).len == 0)
			continue;
		if (!read_coding(piece, &name, &q_one))
			return ENCODING_IDENTITY;
		if (str_equal_ascii_nocase(name, STR("gzip")))
			q[ENCODING_GZIP] = q_one;
		else if (str_equal_ascii_nocase(name, STR("br")))
			q[ENCODING_BROTLI] = q_one;
		else if (str_equal_ascii_nocase(name, STR("identity")))
			q[ENCODING_IDENTITY] = q_one;
		else if (str_equal_c(name, "*"))
			q_any = q_one;
	}
	for (int e = ENCODING_GZIP; e < ENCODING_COUNT; e++)
		if (q[e] < 0)
			q[e] = q_any > 0 ? q_any : 0;
	/* Unnamed, identity is acceptable, but only behind everything that was asked for. */
	enum encoding best = ENCODING_IDENTITY;
	int best_q = q[ENCODING_IDENTITY] > 0 ? q[ENCODING_IDENTITY] : 0;
	if (q[ENCODING_GZIP] > 0 && q[ENCODING_GZIP] >= best_q) {
		best = ENCODING_GZIP;
		best_q = q[ENCODING_GZIP];
	}
	if (q[ENCODING_BROTLI] > 0 && q[ENCODING_BROTLI] >= best_q)
		best = ENCODING_BROTLI;
	return best;
}

/* Takes an entity tag, weak or not, and gives the part in quotes with them. */
static bool take_tag(struct str *s, struct str *tag)
{
	struct str rest = *s;

	str_take_str(&rest, STR("W/"));
	if (rest.len == 0 || rest.ptr[0] != '"')
		return false;
	size_t end = str_find(rest, STR("\""), 1);
	if (end == SIZE_MAX)
		return false;
	*tag = str_slice(rest, 0, end + 1);
	*s = str_slice(rest, end + 1, rest.len);
	return true;
}

bool etag_matches(struct str header, struct str etag)
{
	struct str rest = trim(header), tag;

	if (str_equal_c(rest, "*"))
		return true;
	while (rest.len > 0) {
		if (!take_tag(&rest, &tag))
			return false;
		if (str_equal(tag, etag))
			return true;
		rest = trim(rest);
		if (rest.len > 0 && !str_take_char(&rest, ','))
			return false;
		rest = trim(rest);
	}
	return false;
}

bool media_type_is(struct str content_type, struct str type)
{
	size_t semicolon = str_find(content_type, STR(";"), 0);

	return str_equal_ascii_nocase(trim(str_slice(content_type, 0, semicolon)), type);
}

static bool names_type(struct str header, struct str type)
{
	struct str rest = header, piece;

	while (rest.len > 0 && str_split_next(&rest, ',', &piece))
		if (media_type_is(trim(piece), type))
			return true;
	return false;
}

bool header_asks_json(struct str accept)
{
	return (names_type(accept, STR("application/json")) ||
		names_type(accept, STR("application/problem+json"))) &&
	       !names_type(accept, STR("text/html"));
}

bool header_bearer(struct str *authorization)
{
	const size_t len = sizeof "Bearer" - 1;
	struct str s = *authorization;

	if (!str_equal_ascii_nocase(str_slice(s, 0, len), STR("Bearer")) ||
	    (s.len > len && s.ptr[len] != ' '))
		return false;
	*authorization = trim(str_slice(s, len, s.len));
	return true;
}
