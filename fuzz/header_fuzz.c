/* header_fuzz.c - cookies, accepted encodings, entity tags, media types. */
#include "web/header.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size }, value;

	if (cookie_find(s, STR("gk"), &value))
		assert(value.len > 0 && value.ptr > s.ptr &&
		       value.ptr + value.len <= s.ptr + s.len && !str_contains(value, STR(";")));
	enum encoding encoding = encoding_choose(s);
	assert(encoding >= ENCODING_IDENTITY && encoding <= ENCODING_BROTLI);
	(void)etag_matches(s, STR("\"a\""));
	(void)media_type_is(s, STR("application/json"));
	return 0;
}
