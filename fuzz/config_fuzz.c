/*
 * config_fuzz.c - any text as gongkai.conf: refused with its line, or read; and what was read is
 * printed as a file that is read as the same.
 */
#include "app/config.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(4 * MIB);
	struct config c = config_default(a), again = config_default(a);
	struct err err = { 0 };

	if (size > 16 * KIB) {
		arena_close(a);
		return 0;
	}
	struct str given = { (const char *)data, size };
	if (config_parse(a, STR("gongkai.conf"), given, &c, &err)) {
		struct str text = config_print(a, &c);
		bool sound = config_parse(a, STR("again"), text, &again, &err);
		assert(sound && str_equal(config_print(a, &again), text));
		assert(c.port >= 0 && c.port <= 65535);
	} else {
		assert(err.code == ERR_INVALID && utf8_valid_text(err_text(a, LOCALE_ZH_CN, &err)));
	}
	arena_close(a);
	return 0;
}
