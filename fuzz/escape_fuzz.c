/*
 * escape_fuzz.c - the writers of text, attributes and URLs: nothing they write ends what it stands
 * in, both escapers agree, and a whole URL leads where the rule allows or nowhere.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "html/escape.h"
#include "html/html.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool holds_any(struct str s, const char *bytes)
{
	for (size_t i = 0; i < s.len; i++)
		for (const char *b = bytes; *b != '\0'; b++)
			if (s.ptr[i] == *b)
				return true;
	return false;
}

static void check_url(struct str url)
{
	assert(url.len > 0 && !holds_any(url, "<>\"'\\ \t\n\r"));
	if (url.ptr[0] == '#' || url.ptr[0] == '?')
		return;
	if (url.ptr[0] == '/') {
		assert(url.len == 1 || url.ptr[1] != '/');
		return;
	}
	size_t colon = str_find(url, STR(":"), 0);
	assert(colon != SIZE_MAX);
	struct str scheme = str_slice(url, 0, colon);
	assert(str_equal_ascii_nocase(scheme, STR("http")) ||
	       str_equal_ascii_nocase(scheme, STR("https")) ||
	       str_equal_ascii_nocase(scheme, STR("mailto")) ||
	       str_equal_ascii_nocase(scheme, STR("tel")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data, size };
	struct arena *a = arena_open(32 * MIB);
	struct buf vector = buf_open(a, 16, 6 * size + 64), scalar = buf_open(a, 16, 6 * size + 64);
	struct buf url = buf_open(a, 16, 6 * size + 64), query = buf_open(a, 16, 6 * size + 64);

	escape_vector(&vector, in);
	escape_scalar(&scalar, in);
	assert(buf_ok(&vector) && buf_ok(&scalar));
	assert(str_equal(buf_str(&vector), buf_str(&scalar)));
	assert(!holds_any(buf_str(&vector), "<>\"'"));

	html_url_str(&(struct html){ &url, a }, in);
	assert(buf_ok(&url));
	check_url(buf_str(&url));

	html_query_str(&(struct html){ &query, a }, in);
	assert(buf_ok(&query) && !holds_any(buf_str(&query), "<>\"'&?#/ =+"));
	arena_close(a);
	return 0;
}
