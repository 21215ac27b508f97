/* archive_fuzz.c - a backup somebody else has written: read to its end, or refused. */
#include "app/archive.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open((size_t)8 << 20);
	struct archive what;
	struct err err = { 0 };
	int fd = memfd_create("backup", 0);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	struct str path = str_format(a, "/proc/self/fd/%d", fd);
	if (archive_read(a, path, &what, &err)) {
		uint64_t total = 0;
		assert(what.parts_count > 0 && what.parts_count <= ARCHIVE_PARTS);
		for (size_t i = 0; i < what.parts_count; i++)
			total += what.parts[i].size;
		assert(total < size);
	} else {
		assert(err.code != ERR_NONE);
	}
	close(fd);
	arena_close(a);
	return 0;
}
