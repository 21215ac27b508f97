/*
 * query_fuzz.c - queries and urlencoded forms: what is read, printed and read
 * again is the same.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "web/pairs.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(16 * MIB);
	struct pairs first = pairs_open(a), second = pairs_open(a);
	struct err err = { 0 };

	if (pairs_from_query(a, (struct str){ (const char *)data, size }, &first, &err)) {
		struct buf text = buf_open(a, size, 4 * MIB);
		for (size_t i = 0; i < first.count; i++) {
			assert(first.at[i].name.len > 0 && utf8_valid_text(first.at[i].value));
			buf_add_c(&text, i > 0 ? "&" : "");
			buf_add(&text, percent_encode(a, first.at[i].name));
			buf_add_char(&text, '=');
			buf_add(&text, percent_encode(a, first.at[i].value));
		}
		bool again = pairs_from_query(a, buf_str(&text), &second, &err);
		assert(again && first.count == second.count);
		for (size_t i = 0; i < first.count; i++)
			assert(str_equal(first.at[i].name, second.at[i].name) &&
			       str_equal(first.at[i].value, second.at[i].value));
	}
	arena_close(a);
	return 0;
}
