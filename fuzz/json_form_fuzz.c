/* json_form_fuzz.c - a JSON body read as a form: every value is good text within its limit. */
#include "base/limits.h"
#include "base/utf8.h"
#include "web/pairs.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(16 * MIB);
	struct pairs p = pairs_open(a);
	struct err err = { 0 };

	if (pairs_from_json(a, (struct str){ (const char *)data, size }, &p, &err))
		for (size_t i = 0; i < p.count; i++)
			assert(p.at[i].name.len > 0 && utf8_valid_text(p.at[i].name) &&
			       utf8_valid_text(p.at[i].value) &&
			       p.at[i].value.len <= LIMIT_FIELD_BYTES);
	arena_close(a);
	return 0;
}
