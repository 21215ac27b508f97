/*
 * attachment_fuzz.c - what a file is: decided within bounds, the same each time; and what it may be
 * called: one name without a folder, with the suffix of its type, whatever it was brought as.
 */
#include "attachment/type.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>

static void name(struct str brought)
{
	struct arena *a = arena_open(MIB);

	for (int t = 0; t < ATTACHMENT_TYPE_COUNT; t++) {
		struct str kept = attachment_plain_name(a, brought, (enum attachment_type)t);
		assert(utf8_valid_text(kept) && kept.len <= LIMIT_ATTACHMENT_NAME);
		for (size_t i = 0; i < kept.len; i++)
			assert((unsigned char)kept.ptr[i] >= ' ' && kept.ptr[i] != '/' &&
			       kept.ptr[i] != '"');
		struct str again = attachment_plain_name(a, kept, (enum attachment_type)t);
		assert(kept.ptr[0] != '.' && str_equal(kept, again));
		struct str end = str_slice(kept, kept.len - 4, kept.len);
		assert(t != ATTACHMENT_PDF || str_equal_ascii_nocase(end, STR(".pdf")));
	}
	arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size };
	enum attachment_type type = ATTACHMENT_TYPE_COUNT, again = ATTACHMENT_TYPE_COUNT;
	struct err err = { 0 }, second = { 0 };

	bool ok = attachment_check(s, &type, &err);
	assert(ok == attachment_check(s, &again, &second) && type == again);
	if (ok) {
		enum attachment_type named;
		assert(type < ATTACHMENT_TYPE_COUNT && size > 0);
		assert(attachment_type_from(attachment_type_code(type), &named) && named == type);
	} else {
		assert(err.code == ERR_INVALID && err.field != NULL &&
		       type == ATTACHMENT_TYPE_COUNT);
	}
	if (size < 4 * KIB)
		name(s);
	return 0;
}
