#include "base/err.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FORMAT_MAX = 512, RAW_MAX = 1024 };

/*
 * Stands for the '|' of the format while values are filled in, because a value may contain
 * '|' itself. No text that was let in has this control byte (base/utf8.h).
 */
#define SEPARATOR '\x1f'

/*
 * Facts come from anywhere, so they are made plain text here: what is not valid
 * becomes U+FFFD, a line break a space, and a '|' inside a value the full-width
 * one, so that it cannot shift the facts after it.
 */
static void clean_into(char *out, size_t room, struct str raw)
{
	size_t n = 0;

	while (raw.len > 0) {
		size_t take = 1;
		struct str put = str_slice(raw, 0, 1);

		if (raw.ptr[0] == SEPARATOR) {
			put = STR("|");
		} else if (raw.ptr[0] == '|') {
			put = STR("｜");
		} else if (raw.ptr[0] == '\n' || raw.ptr[0] == '\r' || raw.ptr[0] == '\t') {
			put = STR(" ");
		} else {
			while (take < 4 && take < raw.len &&
			       !utf8_valid_text(str_slice(raw, 0, take)))
				take++;
			put = str_slice(raw, 0, take);
			if (!utf8_valid_text(put)) {
				take = 1;
				put = STR("\xEF\xBF\xBD");
			}
		}
		if (put.len >= room - n)
			break;
		memcpy(out + n, put.ptr, put.len);
		n += put.len;
		raw = str_slice(raw, take, raw.len);
	}
	out[n] = '\0';
}

static void set_facts(struct err *err, const char *fmt, va_list args)
{
	char format[FORMAT_MAX], raw[RAW_MAX];
	size_t len = strlen(fmt);

	assert(len < sizeof format);
	for (size_t i = 0; i <= len; i++)
		format[i] = fmt[i] == '|' ? SEPARATOR : fmt[i];
	int wrote = vsnprintf(raw, sizeof raw, format, args);
	assert(wrote >= 0);
	size_t kept = (size_t)wrote < sizeof raw ? (size_t)wrote : sizeof raw - 1;
	clean_into(err->facts, sizeof err->facts, (struct str){ raw, kept });
}

static void set(struct err *err, const char *field, enum err_code code, const char *key)
{
	assert(code != ERR_NONE && key != NULL);
	err->code = code;
	err->key = key;
	err->field = field;
}

bool err_set(struct err *err, enum err_code code, const char *key, const char *fmt, ...)
{
	va_list args;

	if (err->code != ERR_NONE)
		return false;
	set(err, NULL, code, key);
	va_start(args, fmt);
	set_facts(err, fmt, args);
	va_end(args);
	return false;
}

bool err_set_field(struct err *err, const char *field, enum err_code code, const char *key,
		   const char *fmt, ...)
{
	va_list args;

	if (err->code != ERR_NONE)
		return false;
	set(err, field, code, key);
	va_start(args, fmt);
	set_facts(err, fmt, args);
	va_end(args);
	return false;
}

void err_clear(struct err *err)
{
	*err = (struct err){ .code = ERR_NONE };
}
