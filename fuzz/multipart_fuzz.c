/*
 * multipart_fuzz.c - a multipart body with the boundary "B": the first byte is
 * the size of the pieces it arrives in, and every size gives the same parts.
 */
#include "base/limits.h"
#include "web/multipart.h"

#include <assert.h>

enum { FILE_MAX_BYTES = 4096 };

static bool read_all(struct arena *a, struct str in, size_t step, struct pairs *out)
{
	struct multipart *m = multipart_open(a, STR("B"), FILE_MAX_BYTES, out);
	struct err err = { 0 };

	while (in.len > 0) {
		if (!multipart_feed(m, str_slice(in, 0, step), &err))
			return false;
		in = str_slice(in, step, in.len);
	}
	return multipart_end(m, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str boundary;

	(void)multipart_boundary((struct str){ (const char *)data, size }, &boundary);
	if (size == 0)
		return 0;
	struct arena *a = arena_open(64 * MIB);
	struct str in = { (const char *)data + 1, size - 1 };
	struct pairs whole = pairs_open(a), split = pairs_open(a);
	bool ok = read_all(a, in, SIZE_MAX / 2, &whole);
	bool ok_split = read_all(a, in, (size_t)data[0] % 64 + 1, &split);
	assert(ok == ok_split);
	if (ok) {
		assert(whole.count == split.count);
		for (size_t i = 0; i < whole.count; i++)
			assert(str_equal(whole.at[i].name, split.at[i].name) &&
			       str_equal(whole.at[i].value, split.at[i].value) &&
			       str_equal(whole.at[i].file_name, split.at[i].file_name) &&
			       whole.at[i].is_file == split.at[i].is_file);
	}
	arena_close(a);
	return 0;
}
