#include "office/mail_head.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/mail_code.h"

#include <string.h>

enum { FIELD_BYTES = 16 * 1024, NAME_BYTES = 78, ID_BYTES = 250, ADDRESS_BYTES = 254, PIECES = 20 };

/* ---- fields */

static struct str take_line(struct str *rest)
{
	size_t end = str_find(*rest, STR("\n"), 0);
	struct str line = str_slice(*rest, 0, end);

	*rest = end == SIZE_MAX ? STR_NONE : str_slice(*rest, end + 1, rest->len);
	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

void head_split(struct str entity, struct str *head, struct str *body, bool *cut)
{
	struct str rest = entity;

	while (rest.len > 0) {
		struct str at = rest;
		if (take_line(&rest).len == 0) {
			*head = str_slice(entity, 0, (size_t)(at.ptr - entity.ptr));
			*body = rest;
			break;
		}
		if (rest.len == 0) {
			*head = entity;
			*body = STR_NONE;
		}
	}
	if (entity.len == 0)
		*head = *body = STR_NONE;
	if (head->len > LIMIT_MAIL_HEAD) {
		*cut = true;
		*head = str_slice(*head, 0, LIMIT_MAIL_HEAD);
	}
}

static bool is_folded(struct str rest)
{
	return rest.len > 0 && (rest.ptr[0] == ' ' || rest.ptr[0] == '\t');
}

bool head_next(struct str *head, struct str *name, struct str *value)
{
	while (head->len > 0) {
		const char *start = head->ptr;
		struct str line = take_line(head);
		size_t end = line.len, colon = str_find(line, STR(":"), 0);
		while (is_folded(*head)) {
			struct str more = take_line(head);
			end = (size_t)(more.ptr - start) + more.len;
		}
		if (colon == SIZE_MAX || colon == 0 || colon > NAME_BYTES)
			continue;
		*name = str_trim(str_slice(line, 0, colon));
		*value = str_slice((struct str){ start, end }, colon + 1, end);
		*value = str_trim(str_slice(*value, 0, FIELD_BYTES));
		return true;
	}
	return false;
}

struct str head_find(struct str head, const char *name)
{
	struct str wanted = str_from_c(name), field, value;

	while (head_next(&head, &field, &value))
		if (str_equal_ascii_nocase(field, wanted))
			return value;
	return STR_NONE;
}

bool head_has(struct str head, const char *name)
{
	struct str wanted = str_from_c(name), field, value;

	while (head_next(&head, &field, &value))
		if (str_equal_ascii_nocase(field, wanted))
			return true;
	return false;
}

/* ---- parameters */

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static struct str lower_case(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len);

	for (size_t i = 0; i < s.len; i++)
		out[i] = lower(s.ptr[i]);
	return (struct str){ out, s.len };
}

struct str head_token(struct arena *a, struct str value)
{
	return lower_case(a, str_trim(str_slice(value, 0, str_find(value, STR(";"), 0))));
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes a quoted string or a bare word from the front of a parameter's value. */
static struct str take_value(struct arena *a, struct str *rest)
{
	struct buf b = buf_open(a, 64, rest->len + 64);
	bool quoted = str_take_char(rest, '"');

	while (rest->len > 0) {
		char c = rest->ptr[0];
		if (!quoted && (c == ';' || is_space(c)))
			break;
		*rest = str_slice(*rest, 1, rest->len);
		if (quoted && c == '"')
			break;
		if (quoted && c == '\\' && rest->len > 0) {
			c = rest->ptr[0];
			*rest = str_slice(*rest, 1, rest->len);
		}
		if (c != '\r' && c != '\n')
			buf_add_char(&b, c);
	}
	return buf_str(&b);
}

/* Takes "; name=value" from the front. */
static bool take_parameter(struct arena *a, struct str *rest, struct str *name, struct str *value)
{
	while (rest->len > 0) {
		size_t semicolon = str_find(*rest, STR(";"), 0);
		if (semicolon == SIZE_MAX)
			return false;
		*rest = str_slice(*rest, semicolon + 1, rest->len);
		size_t equals = str_find(*rest, STR("="), 0);
		size_t next = str_find(*rest, STR(";"), 0);
		if (equals == SIZE_MAX || equals > next)
			continue;
		*name = lower_case(a, str_trim(str_slice(*rest, 0, equals)));
		*rest = str_slice(*rest, equals + 1, rest->len);
		while (rest->len > 0 && is_space(rest->ptr[0]))
			*rest = str_slice(*rest, 1, rest->len);
		*value = take_value(a, rest);
		return true;
	}
	return false;
}

/* An escape that is none stays as it is. */
static struct str percent_read(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		int high = s.ptr[i] == '%' && i + 2 < s.len ? hex_value(s.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.ptr[i + 2]) : -1;
		out[len++] = low >= 0 ? (char)(unsigned char)(high << 4 | low) : s.ptr[i];
		i += low >= 0 ? 2 : 0;
	}
	return (struct str){ out, len };
}

/* charset'language'percent-encoded */
static struct str extended(struct arena *a, struct str value)
{
	size_t first = str_find(value, STR("'"), 0);
	size_t second = first == SIZE_MAX ? SIZE_MAX : str_find(value, STR("'"), first + 1);
	struct str charset = STR_NONE;

	if (second != SIZE_MAX) {
		charset = str_slice(value, 0, first);
		value = str_slice(value, second + 1, value.len);
	}
	return mail_text(a, percent_read(a, value), charset);
}

/* name*0=, name*1*=: pieces in order of their numbers. */
static struct str continued(struct arena *a, struct str value, const char *name)
{
	struct buf b = buf_open(a, 256, FIELD_BYTES + 256);
	bool encoded = false;

	for (int n = 0; n < PIECES; n++) {
		struct str plain = str_format(a, "%s*%d", name, n);
		struct str star = str_format(a, "%s*%d*", name, n);
		struct str rest = value, found, piece;
		bool there = false;
		while (!there && take_parameter(a, &rest, &found, &piece)) {
			there = str_equal(found, plain) || str_equal(found, star);
			encoded = encoded || str_equal(found, star);
		}
		if (!there)
			break;
		buf_add(&b, piece);
	}
	return encoded ? extended(a, buf_str(&b)) : mail_words(a, buf_str(&b));
}

struct str head_parameter(struct arena *a, struct str value, const char *name)
{
	struct str plain = str_from_c(name), star = str_format(a, "%s*", name);
	struct str rest = value, found, piece, result = STR_NONE;

	while (take_parameter(a, &rest, &found, &piece)) {
		if (str_equal(found, star))
			return extended(a, piece); /* RFC 2231 wins over the old spelling */
		if (str_equal(found, plain) && result.len == 0)
			result = mail_words(a, piece);
	}
	return result.len > 0 ? result : continued(a, value, name);
}

/* ---- addresses and ids */

static bool is_address(struct str s)
{
	size_t at = str_find(s, STR("@"), 0);

	if (s.len > ADDRESS_BYTES || at == SIZE_MAX || at == 0 || at + 1 == s.len)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~' || strchr("<>,;\"()", s.ptr[i]) != NULL)
			return false;
	return true;
}

bool head_next_address(struct arena *a, struct str *list, struct str *address)
{
	while (list->len > 0) {
		size_t i = 0, start;
		while (i < list->len &&
		       (is_space(list->ptr[i]) || strchr("<>,;\"():", list->ptr[i]) != NULL))
			i++;
		start = i;
		while (i < list->len && !is_space(list->ptr[i]) &&
		       strchr("<>,;\"()", list->ptr[i]) == NULL)
			i++;
		struct str word = str_slice(*list, start, i);
		*list = str_slice(*list, i, list->len);
		if (is_address(word)) {
			*address = str_copy(a, word);
			return true;
		}
	}
	return false;
}

struct mail_address head_address(struct arena *a, struct str value)
{
	struct mail_address who = { STR_NONE, STR_NONE };
	size_t open = str_find(value, STR("<"), 0);
	struct str rest = open == SIZE_MAX ? value : str_slice(value, open, value.len);

	if (!head_next_address(a, &rest, &who.address))
		who.address = STR_NONE;
	if (open != SIZE_MAX && open > 0) {
		struct str name = str_trim(mail_words(a, str_slice(value, 0, open)));
		name = utf8_prefix(name, 100);
		while (name.len > 0 && (name.ptr[0] == '"' || name.ptr[0] == ' '))
			name = str_slice(name, 1, name.len);
		while (name.len > 0 && strchr("\" ", name.ptr[name.len - 1]) != NULL)
			name.len--;
		who.name = str_trim(name);
	}
	return who;
}

bool head_next_id(struct arena *a, struct str *list, struct str *id)
{
	for (;;) {
		size_t open = str_find(*list, STR("<"), 0);
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(*list, STR(">"), open);
		if (close == SIZE_MAX)
			return false;
		struct str found = str_slice(*list, open + 1, close);
		*list = str_slice(*list, close + 1, list->len);
		bool ok = found.len > 0 && found.len <= ID_BYTES;
		for (size_t i = 0; ok && i < found.len; i++)
			ok = found.ptr[i] > ' ' && found.ptr[i] <= '~';
		if (ok) {
			*id = str_copy(a, found);
			return true;
		}
	}
}
