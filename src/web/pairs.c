#include "web/pairs.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

struct pairs pairs_open(struct arena *a)
{
	return (struct pairs){ .at = ARENA_ARRAY(a, LIMIT_FORM_FIELDS, struct pair) };
}

bool pairs_add(struct pairs *p, struct pair pair, struct err *err)
{
	if (p->count == LIMIT_FORM_FIELDS)
		return err_set(err, ERR_LIMIT, "web.too_many_fields", "%d", LIMIT_FORM_FIELDS);
	p->at[p->count++] = pair;
	return true;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool percent_decode(struct arena *a, struct str raw, enum percent_plus plus, struct str *out)
{
	char *text = arena_alloc(a, raw.len);
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];
		if (c == '+' && plus == PLUS_IS_SPACE)
			c = ' ';
		if (c == '%') {
			if (raw.len - i < 3)
				return false;
			int high = hex_value(raw.ptr[i + 1]), low = hex_value(raw.ptr[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		text[len++] = c;
	}
	*out = (struct str){ text, len };
	return true;
}

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

struct str percent_encode(struct arena *a, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_array(a, text.len, 3);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (unreserved((char)c)) {
			out[len++] = (char)c;
			continue;
		}
		out[len++] = '%';
		out[len++] = digits[c >> 4];
		out[len++] = digits[c & 15];
	}
	return (struct str){ out, len };
}

static bool take_part(struct arena *a, struct str raw, struct str *out, struct err *err)
{
	if (!percent_decode(a, raw, PLUS_IS_SPACE, out) || !utf8_valid_text(*out))
		return err_set(err, ERR_INVALID, "web.bad_encoding", " ");
	if (out->len > LIMIT_FIELD_BYTES)
		return err_set(err, ERR_LIMIT, "web.field_too_long", "%d", LIMIT_FIELD_BYTES);
	return true;
}

bool pairs_from_query(struct arena *a, struct str raw, struct pairs *p, struct err *err)
{
	struct str piece;

	while (str_split_next(&raw, '&', &piece)) {
		struct pair pair = { .value = STR_NONE };
		if (piece.len == 0)
			continue;
		size_t equals = str_find(piece, STR("="), 0);
		struct str name = equals == SIZE_MAX ? piece : str_slice(piece, 0, equals);
		struct str value = equals == SIZE_MAX ? STR_NONE :
							str_slice(piece, equals + 1, piece.len);
		if (name.len == 0)
			return err_set(err, ERR_INVALID, "web.bad_encoding", " ");
		if (!take_part(a, name, &pair.name, err) ||
		    !take_part(a, value, &pair.value, err) || !pairs_add(p, pair, err))
			return false;
	}
	return true;
}
