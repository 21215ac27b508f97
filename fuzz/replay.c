/*
 * replay.c - runs one fuzz target over the files of the folders it is given, once.
 *
 * The same inputs that libFuzzer starts from, for an ordinary test run and any compiler. An
 * input that crashes, or takes longer than a minute, is named.
 */
#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 16 * MIB, SECONDS_MAX = 60 };

static char current[4096];

static void name_input(int signal_number)
{
	ssize_t ignored = write(STDERR_FILENO, current, strlen(current));

	(void)ignored;
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* The sanitizers end by abort, so that name_input is asked. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "abort_on_error=1";
}

const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void)
{
	return "abort_on_error=1:print_stacktrace=1";
}

static bool replay(struct arena *a, const char *dir, const char *name)
{
	struct err err = { 0 };
	struct str input;

	arena_reset(a);
	if (!file_read(a, str_format(a, "%s/%s", dir, name), INPUT_MAX, &input, &err)) {
		fprintf(stderr, "%s/%s: %s\n", dir, name, err.key);
		return false;
	}
	snprintf(current, sizeof current, "%s/%s: it failed on this input\n", dir, name);
	/* A copy of the exact size, so that the sanitizer sees who reads behind it. */
	input = str_concat(a, input, STR_NONE);
	alarm(SECONDS_MAX);
	LLVMFuzzerTestOneInput((const uint8_t *)input.ptr, input.len);
	return true;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open(4 * INPUT_MAX);
	int count = 0;
	bool ok = argc > 1;

	signal(SIGABRT, name_input);
	signal(SIGALRM, name_input);

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
	printf("%s: %d inputs replayed\n", argv[0], count);
	arena_close(a);
	return ok && count > 0 ? 0 : 1;
}
