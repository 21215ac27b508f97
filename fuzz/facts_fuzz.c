/*
 * facts_fuzz.c - whatever a value holds, it stays one fact of plain text and cannot
 * push another out of its place in the sentence.
 */
#include "base/err.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

static size_t count_bars(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += s.ptr[i] == '|';
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(MIB);
	struct str value = { (const char *)data, size };
	struct err err = { 0 };

	/* A separator byte cannot be in any text that was let in (base/err.c). */
	if (size > 4096 || memchr(data, 0x1F, size) != NULL) {
		arena_close(a);
		return 0;
	}
	err_set(&err, ERR_INVALID, "file.missing", "%d|%s|%d", 1, str_to_c(a, value), 2);
	struct str facts = str_from_c(err.facts);
	assert(utf8_valid_text(facts));
	assert(count_bars(facts) == 2 || facts.len > sizeof err.facts - 8);
	assert(str_starts(facts, STR("1|")));
	struct str text = err_text(a, LOCALE_ZH_CN, &err);
	assert(str_starts(text, STR("找不到文件 1。")) && utf8_valid_text(text));

	/* Facts handed over as they are, with everything in them. */
	text = message_text(a, LOCALE_EN, "file.missing", value);
	assert(str_starts(text, STR("The file ")));
	arena_close(a);
	return 0;
}
