/* encoding_fuzz.c - any bytes: text comes out, or a refusal; and text folds once and for all. */
#include "text/encoding.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "text/normalise.h"

#include <assert.h>

static void walk(struct str text)
{
	size_t length = utf8_length(text), count = 0;
	uint32_t c;

	for (struct str rest = text; utf8_take(&rest, &c); count++)
		assert(c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF));
	assert(count == length);
	struct str half = utf8_prefix(text, length / 2);
	assert(utf8_valid_text(half) && utf8_length(half) == length / 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(8 * MIB);
	struct str bytes = { (const char *)data, size };
	struct err err = { 0 };
	struct decoded d;

	if (size > 256 * KIB) {
		arena_close(a);
		return 0;
	}
	/* Plain text is itself, whatever else the bytes might also be. */
	bool plain = utf8_valid_text(bytes) && !str_starts(bytes, STR("\xEF\xBB\xBF"));
	if (encoding_decode(a, bytes, &d, &err)) {
		assert(utf8_valid_text(d.text));
		assert(!plain || (d.charset == CHARSET_UTF8 && str_equal(d.text, bytes)));
		walk(d.text);
		struct str label = normalise_label(a, d.text), wide = normalise_width(a, d.text);
		assert(utf8_valid_text(label) && label.len <= d.text.len && wide.len <= d.text.len);
		assert(str_equal(label, normalise_label(a, label)));
		assert(str_equal(label, normalise_label(a, wide)));
	} else {
		uint64_t offset;
		struct str fact = str_from_c(err.facts);
		assert(!plain && str_take_u64(&fact, size, &offset) && fact.len == 0);
	}
	arena_close(a);
	return 0;
}
