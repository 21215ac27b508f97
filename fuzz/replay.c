/*
 * replay.c - runs one fuzz target over the files of the folders it is given, once.
 *
 * The same inputs that libFuzzer starts from, for an ordinary test run and any compiler. A crash
 * names the input it happened on, because its name is printed before.
 */
#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 16 * MIB };

static bool replay(struct arena *a, const char *dir, const char *name)
{
	struct err err = { 0 };
	struct str input;

	arena_reset(a);
	if (!file_read(a, str_format(a, "%s/%s", dir, name), INPUT_MAX, &input, &err)) {
		fprintf(stderr, "%s/%s: %s\n", dir, name, err.key);
		return false;
	}
	fprintf(stderr, "\r%s/%s\033[K", dir, name);
	LLVMFuzzerTestOneInput((const uint8_t *)input.ptr, input.len);
	return true;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open(4 * INPUT_MAX);
	int count = 0;
	bool ok = argc > 1;

	for (int i = 1; i < argc && ok; i++) {
		DIR *dir = opendir(argv[i]);
		ok = dir != NULL;
		const struct dirent *entry = ok ? readdir(dir) : NULL;
		for (; ok && entry != NULL; entry = readdir(dir)) {
			if (entry->d_name[0] == '.')
				continue;
			ok = replay(a, argv[i], entry->d_name);
			count++;
		}
		if (dir != NULL)
			closedir(dir);
	}
	fprintf(stderr, "\r\033[K");
	printf("%s: %d inputs replayed\n", argv[0], count);
	arena_close(a);
	return ok && count > 0 ? 0 : 1;
}
