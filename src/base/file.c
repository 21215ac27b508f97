#include "base/file.h"

#include "base/buf.h"
#include "base/rand.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read_all_fd(struct arena *a, int fd, size_t max, struct str *out, struct err *err)
{
	enum { STEP = 64 * 1024 };
	struct stat st;
	size_t estimate = STEP;

	assert(max < SIZE_MAX / 4 - 1);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0)
		estimate = (size_t)st.st_size + 1;
	/* One byte over max tells "as much as allowed" from "too much". */
	struct buf b = buf_open(a, estimate, max + 1);
	for (;;) {
		size_t want = b.cap > b.len ? b.cap - b.len : STEP;
		if (want > max + 1 - b.len)
			want = max + 1 - b.len;
		if (want == 0)
			return err_set(err, ERR_LIMIT, "file.too_large", "%zu", max);
		ssize_t got = read(fd, buf_room(&b, want), want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_INVALID, "file.unreadable", "%s", strerror(errno));
		if (got == 0)
			break;
		buf_grew(&b, (size_t)got);
	}
	*out = buf_str(&b);
	return true;
}

bool file_read(struct arena *a, struct str path, size_t max, struct str *out, struct err *err)
{
	struct stat st;
	int fd = open(str_to_c(a, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, ERR_NOT_FOUND, "file.missing", STR_FMT, STR_ARG(path));
	if (fd < 0)
		return err_set(err, ERR_INVALID, "file.unreadable", STR_FMT ": %s", STR_ARG(path),
			       strerror(errno));
	bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (!ok)
		err_set(err, ERR_INVALID, "file.unreadable", STR_FMT, STR_ARG(path));
	else
		ok = file_read_all_fd(a, fd, max, out, err);
	close(fd);
	return ok;
}

bool file_write_fd(int fd, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_slice(bytes, (size_t)n, bytes.len);
	}
	return true;
}

int file_in_memory(struct str content)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	if (fd >= 0 && (!file_write_fd(fd, content) || lseek(fd, 0, SEEK_SET) != 0)) {
		int why = errno;
		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

/* A rename is durable only when the folder that holds the name is. */
static bool sync_folder_of(struct arena *a, struct str path)
{
	size_t slash = path.len;

	while (slash > 0 && path.ptr[slash - 1] != '/')
		slash--;
	const char *folder = slash == 0 ? "." : str_to_c(a, str_slice(path, 0, slash));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool ok = fsync(fd) == 0;
	close(fd);
	return ok;
}

bool file_write(struct arena *a, struct str path, struct str data, struct err *err)
{
	struct str suffix = random_hex(a, 8);
	const char *aside = str_to_c(a, str_format(a, STR_FMT "." STR_FMT ".new", STR_ARG(path),
						   STR_ARG(suffix)));
	int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(err, ERR_UNAVAILABLE, "file.cannot_write", STR_FMT ": %s",
			       STR_ARG(path), strerror(errno));
	bool ok = file_write_fd(fd, data) && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok && rename(aside, str_to_c(a, path)) != 0) {
		ok = false;
		why = errno;
	}
	if (!ok) {
		unlink(aside);
		return err_set(err, ERR_UNAVAILABLE, "file.cannot_write", STR_FMT ": %s",
			       STR_ARG(path), strerror(why));
	}
	if (!sync_folder_of(a, path))
		return err_set(err, ERR_UNAVAILABLE, "file.cannot_write", STR_FMT ": %s",
			       STR_ARG(path), strerror(errno));
	return true;
}

bool file_exists(struct arena *a, struct str path)
{
	struct stat st;

	return stat(str_to_c(a, path), &st) == 0;
}

static bool make_one(struct arena *a, struct str path, struct err *err)
{
	const char *name = str_to_c(a, path);
	struct stat st;

	if (mkdir(name, 0700) == 0)
		return true;
	int why = errno;
	if (why == EEXIST && stat(name, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	return err_set(err, ERR_UNAVAILABLE, "file.cannot_make_folder", STR_FMT ": %s",
		       STR_ARG(path), strerror(why));
}

bool dir_make(struct arena *a, struct str path, struct err *err)
{
	for (size_t i = 1; i < path.len; i++)
		if (path.ptr[i] == '/' && path.ptr[i - 1] != '/' &&
		    !make_one(a, str_slice(path, 0, i), err))
			return false;
	return make_one(a, path, err);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *place)
{
	(void)st;
	(void)kind;
	(void)place;
	remove(path); /* what cannot be removed stays: the caller has nothing better to do */
	return 0;
}

void dir_remove(struct arena *a, struct str path)
{
	enum { OPEN_FOLDERS = 16 };

	assert(path.len > 1); /* neither "" nor "/" */
	nftw(str_to_c(a, path), remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
