/* attachment_fuzz.c - what a file is: decided within bounds, the same each time. */
#include "attachment/type.h"

#include <assert.h>

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
	return 0;
}
