/* date_fuzz.c - days in every spelling: what is taken is a real day and can be written again. */
#include "base/limits.h"
#include "base/utf8.h"
#include "text/number.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(MIB);
	struct str s = { (const char *)data, size };
	struct err err = { 0 };
	struct date day = { INT32_MIN }, again = { INT32_MIN };

	if (date_parse(s, &day)) {
		assert(str_equal(date_iso(a, day), s));
		assert(date_from_people(s, &again, &err) && again.ordinal == day.ordinal);
	}
	if (utf8_valid_text(s) && size < 4096) {
		if (date_from_people(s, &day, &err)) {
			struct ymd v = date_split(day);
			assert(date_valid(v.year, v.month, v.day));
			assert(date_from_people(date_chinese(a, day), &again, &err));
			assert(again.ordinal == day.ordinal);
		} else {
			assert(err.code == ERR_INVALID || err.code == ERR_LIMIT);
		}
	}
	arena_close(a);
	return 0;
}
