/*
 * message.c - the sentences of err.h, apart from err.c because the tools that
 * build the catalogue use errors and cannot have it.
 */
#include "base/buf.h"
#include "base/err.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX = 16 * 1024, FACTS_COUNT = 9 };

static int compare_key(const void *key, const void *row)
{
	return strcmp(key, ((const struct message *)row)->key);
}

static bool is_placeholder(struct str s)
{
	return s.len >= 3 && s.ptr[0] == '{' && s.ptr[1] >= '1' && s.ptr[1] <= '9' &&
	       s.ptr[2] == '}';
}

static struct str fill(struct arena *a, struct str text, struct str facts)
{
	struct str fact[FACTS_COUNT] = { 0 };
	size_t count = 0;

	while (count < FACTS_COUNT && str_split_next(&facts, '|', &fact[count]))
		count++;
	struct buf out = buf_open(a, text.len + 64, MESSAGE_MAX);
	while (text.len > 0) {
		size_t brace = str_find(text, STR("{"), 0);
		buf_add(&out, str_slice(text, 0, brace));
		text = str_slice(text, brace, text.len);
		if (is_placeholder(text)) {
			buf_add(&out, fact[text.ptr[1] - '1']);
			text = str_slice(text, 3, text.len);
		} else if (text.len > 0) {
			buf_add_char(&out, '{');
			text = str_slice(text, 1, text.len);
		}
	}
	/* Only absurd facts overflow: what fitted is still the sentence's beginning. */
	return buf_str(&out);
}

struct str message_text(struct arena *a, enum locale locale, const char *key, struct str facts)
{
	const struct message *m = bsearch(key, message_catalogue, message_catalogue_count,
					  sizeof *m, compare_key);

	assert(m != NULL);
	return fill(a, str_from_c(locale == LOCALE_EN ? m->en : m->zh), facts);
}

struct str err_text(struct arena *a, enum locale locale, const struct err *err)
{
	bool for_the_log_only = err->code == ERR_INTERNAL || err->code == ERR_UNAVAILABLE;

	assert(err->code != ERR_NONE);
	return message_text(a, locale, err->key,
			    for_the_log_only ? STR_NONE : str_from_c(err->facts));
}
