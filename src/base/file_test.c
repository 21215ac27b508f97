#include "base/file.h"

#include "base/limits.h"
#include "base/test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str in_dir(struct test *t, const char *name)
{
	return str_format(t->arena, "%s/%s", t->data_dir, name);
}

static int entries(struct test *t, const char *name)
{
	DIR *dir = opendir(str_to_c(t->arena, in_dir(t, name)));
	int count = 0;

	if (dir == NULL)
		return -1;
	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count - 2; /* . and .. */
}

static void writing(struct test *t)
{
	struct err err = { 0 };
	struct str path = in_dir(t, "w/a.txt"), back;

	CHECK_FAILS(file_write(t->arena, path, STR("x"), &err), "file.cannot_write");
	CHECK_OK(dir_make(t->arena, in_dir(t, "w"), &err));
	CHECK_OK(file_write(t->arena, path, STR("first"), &err));
	CHECK_OK(file_write(t->arena, path, STR("zweite\0x"), &err));
	CHECK_OK(file_read(t->arena, path, 100, &back, &err));
	CHECK_STR(back, STR("zweite\0x"));
	CHECK_OK(file_write(t->arena, path, STR_NONE, &err));
	CHECK_OK(file_read(t->arena, path, 0, &back, &err));
	CHECK_INT((int64_t)back.len, 0);
	CHECK_INT(entries(t, "w"), 1); /* nothing left aside */
	/* A folder cannot be replaced by a file: it fails and leaves nothing aside either. */
	CHECK_FAILS(file_write(t->arena, in_dir(t, "w"), STR("x"), &err), "file.cannot_write");
	CHECK_INT(entries(t, "w"), 1);
}

/* A full disk, played by a limit on the size of files: the old file stays, nothing lies aside. */
static void no_room(struct test *t)
{
	struct err err = { 0 };
	struct str path = in_dir(t, "full/a"), back = STR_NONE;
	struct str big = str_format(t->arena, "%05000d", 0);
	struct rlimit before, small;

	CHECK_OK(dir_make(t->arena, in_dir(t, "full"), &err));
	CHECK_OK(file_write(t->arena, path, STR("old"), &err));
	fflush(NULL);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	small = (struct rlimit){ 100, before.rlim_max };
	setrlimit(RLIMIT_FSIZE, &small);
	bool ok = file_write(t->arena, path, big, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	CHECK_FAILS(ok, "file.cannot_write");
	CHECK_OK(file_read(t->arena, path, 100, &back, &err));
	CHECK_STR(back, STR("old"));
	CHECK_INT(entries(t, "full"), 1);
}

static void reading(struct test *t)
{
	struct err err = { 0 };
	struct str path = in_dir(t, "r"), back = STR("untouched");
	struct str big = str_format(t->arena, "%0200000d", 7);

	CHECK_OK(file_write(t->arena, path, big, &err));
	CHECK_OK(file_read(t->arena, path, 200000, &back, &err));
	CHECK_STR(back, big);
	back = STR("untouched");
	CHECK_FAILS(file_read(t->arena, path, 199999, &back, &err), "file.too_large");
	CHECK_FAILS(file_read(t->arena, path, 0, &back, &err), "file.too_large");
	CHECK_FAILS(file_read(t->arena, in_dir(t, "absent"), 10, &back, &err), "file.missing");
	CHECK_FAILS(file_read(t->arena, in_dir(t, "r/below_a_file"), 10, &back, &err),
		    "file.missing");
	CHECK_FAILS(file_read(t->arena, str_from_c(t->data_dir), 10, &back, &err),
		    "file.unreadable");
	CHECK_FAILS(file_read(t->arena, STR("/dev/zero"), 10, &back, &err), "file.unreadable");
	const char *fifo = str_to_c(t->arena, in_dir(t, "fifo"));
	CHECK(mkfifo(fifo, 0600) == 0); /* must not wait for somebody to write */
	CHECK_FAILS(file_read(t->arena, str_from_c(fifo), 10, &back, &err), "file.unreadable");
	CHECK_STR(back, STR("untouched"));
	CHECK(file_exists(t->arena, path) && !file_exists(t->arena, in_dir(t, "absent")));
}

static void descriptors(struct test *t)
{
	struct err err = { 0 };
	struct str back = STR_NONE;
	int ends[2];

	CHECK(pipe(ends) == 0);
	CHECK(write(ends[1], "hello", 5) == 5);
	close(ends[1]);
	CHECK_OK(file_read_all_fd(t->arena, ends[0], 5, &back, &err));
	CHECK_STR(back, STR("hello"));
	close(ends[0]);
	CHECK(pipe(ends) == 0);
	CHECK(write(ends[1], "hello!", 6) == 6);
	close(ends[1]);
	CHECK_FAILS(file_read_all_fd(t->arena, ends[0], 5, &back, &err), "file.too_large");
	close(ends[0]);
	CHECK_FAILS(file_read_all_fd(t->arena, -1, 5, &back, &err), "file.unreadable");
}

static void folders(struct test *t)
{
	struct err err = { 0 };
	struct stat st;
	struct str deep = in_dir(t, "d/e//f/");

	CHECK_OK(dir_make(t->arena, deep, &err));
	CHECK_OK(dir_make(t->arena, deep, &err));
	CHECK(stat(str_to_c(t->arena, in_dir(t, "d/e/f")), &st) == 0);
	CHECK_INT(st.st_mode & 07777, 0700);
	CHECK_OK(file_write(t->arena, in_dir(t, "d/file"), STR("x"), &err));
	CHECK_OK(file_write(t->arena, in_dir(t, "d/e/file"), STR("x"), &err));
	CHECK_FAILS(dir_make(t->arena, in_dir(t, "d/file/x"), &err), "file.cannot_make_folder");
	/* A link out of the folder is removed, not followed. */
	CHECK_OK(file_write(t->arena, in_dir(t, "kept"), STR("x"), &err));
	CHECK(symlink(t->data_dir, str_to_c(t->arena, in_dir(t, "d/link"))) == 0);
	dir_remove(t->arena, in_dir(t, "d"));
	CHECK(!file_exists(t->arena, in_dir(t, "d")));
	CHECK(file_exists(t->arena, in_dir(t, "kept")));
}

/* More than a pipe or one write takes; and a file that takes nothing. */
static void in_memory(struct test *t)
{
	const size_t size = 3 * MIB;
	char *bytes = arena_alloc(t->arena, size);
	struct str content = { bytes, size }, back = STR_NONE;
	struct err err = { 0 };

	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)(i % 251);
	int fd = file_in_memory(content);
	if (CHECK(fd >= 0)) {
		CHECK_OK(file_read_all_fd(t->arena, fd, size, &back, &err));
		CHECK(str_equal(back, content));
		close(fd);
	}
	fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	CHECK(fd >= 0 && !file_write_fd(fd, STR("x")) && errno == ENOSPC);
	close(fd);
}

void file_test(struct test *t)
{
	if (test_case(t, "writing replaces whole files"))
		writing(t);
	if (test_case(t, "a file that cannot be written whole leaves the old one"))
		no_room(t);
	if (test_case(t, "reading, with its limit, and what is no file"))
		reading(t);
	if (test_case(t, "reading from a pipe"))
		descriptors(t);
	if (test_case(t, "a file in memory; and one that takes nothing"))
		in_memory(t);
	if (test_case(t, "folders"))
		folders(t);
}
