/* number_fuzz.c - numbers: what is read can be written in words and is then read the same. */
#include "base/limits.h"
#include "base/utf8.h"
#include "text/number.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(MIB);
	struct str s = { (const char *)data, size }, rest = s;
	struct err err = { 0 };
	int64_t value = 0, again = -1;

	if (!utf8_valid_text(s) || size > 4096) {
		arena_close(a);
		return 0;
	}
	if (number_take(&rest, &value)) {
		struct str taken = str_slice(s, 0, s.len - rest.len);
		assert(value >= 0 && rest.len < s.len && utf8_valid_text(rest));
		assert(number_parse(taken, &again, &err) && again == value);
		if (value <= NUMBER_CHINESE_MAX) {
			assert(number_parse(number_chinese(a, value), &again, &err) &&
			       again == value);
			struct str money = money_chinese(a, value * 100);
			assert(str_take_str(&money, STR("")) && str_ends(money, STR("元整")));
		}
	} else {
		assert(rest.ptr == s.ptr && rest.len == s.len);
	}
	if (!number_parse(s, &value, &err))
		assert(err.code == ERR_INVALID || err.code == ERR_LIMIT);
	arena_close(a);
	return 0;
}
