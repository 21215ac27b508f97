/* document_fuzz.c - document numbers: what is accepted is normal already, and masks hide it. */
#include "base/limits.h"
#include "base/utf8.h"
#include "identity/identity.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(MIB);
	struct str s = { (const char *)data + 1, size > 0 ? size - 1 : 0 };

	if (size < 1 || size > 1024 || !utf8_valid_text(s)) {
		arena_close(a);
		return 0;
	}
	for (int kind = 0; kind < DOCUMENT_COUNT; kind++) {
		struct str normal, again;
		struct err err = { 0 };
		if (!document_check(a, (enum identity_document)kind, s, date_make(2020, 6, 1),
				    &normal, &err)) {
			assert(err.code == ERR_INVALID && err.field != NULL);
			continue;
		}
		assert(normal.len >= 4 && normal.len <= 40);
		assert(document_check(a, (enum identity_document)kind, normal,
				      date_make(2020, 6, 1), &again, &err));
		assert(str_equal(again, normal));
		struct str mask = identity_mask_number(a, normal);
		assert(mask.len == normal.len && str_contains(mask, STR("*")));
	}
	assert(utf8_valid_text(identity_mask_name(a, s, false)));
	assert(utf8_valid_text(identity_mask_address(a, s)));
	struct identity i = { .name = s, .phone = s, .email = s, .address = s, .postcode = s,
			      .agent_name = s, .agent_document_no = s };
	struct err err = { 0 };
	if (!identity_check_contact(a, &i, &err))
		assert(err.code == ERR_INVALID && err.field != NULL);
	err_clear(&err);
	if (!identity_check_agent(a, &i, date_make(2020, 6, 1), &err))
		assert(err.code == ERR_INVALID && err.field != NULL);
	arena_close(a);
	return 0;
}
