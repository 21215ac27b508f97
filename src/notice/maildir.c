/*
 * maildir.c - new/ read, cur/ written.
 */
#include "notice/maildir.h"

#include "base/buf.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 10000 }; /* looked at in one go */

static bool away(struct err *err, struct str path)
{
	return err_set(err, ERR_NOT_FOUND, "notice.no_maildir", STR_FMT "|%s", STR_ARG(path),
		       strerror(errno));
}

static int folder(struct arena *a, struct str path, const char *name)
{
	struct str whole = str_format(a, STR_FMT "/%s", STR_ARG(path), name);

	return open(str_to_c(a, whole), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool maildir_open(struct arena *a, struct str path, struct maildir *out, struct err *err)
{
	struct maildir m = { folder(a, path, "new"), -1 };

	if (m.new_fd < 0)
		return away(err, path);
	m.cur_fd = folder(a, path, "cur");
	if (m.cur_fd < 0) {
		(void)away(err, path);
		close(m.new_fd);
		return false;
	}
	*out = m;
	return true;
}

void maildir_close(struct maildir *m)
{
	close(m->new_fd);
	close(m->cur_fd);
	*m = (struct maildir){ -1, -1 };
}

/* Names begin with the second of delivery in every server we know, so their order is the mails'. */
static int compare_names(const void *left, const void *right)
{
	const struct str *a = left, *b = right;
	size_t digits_a = 0, digits_b = 0;

	while (digits_a < a->len && a->ptr[digits_a] >= '0' && a->ptr[digits_a] <= '9')
		digits_a++;
	while (digits_b < b->len && b->ptr[digits_b] >= '0' && b->ptr[digits_b] <= '9')
		digits_b++;
	if (digits_a != digits_b)
		return digits_a < digits_b ? -1 : 1;
	return str_compare(*a, *b);
}

bool maildir_list(struct arena *a, const struct maildir *m, size_t max, const struct str **out,
		  size_t *count, struct err *err)
{
	struct str *names = ARENA_ARRAY(a, NAMES_MAX, struct str);
	int fd = openat(m->new_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t n = 0;

	if (dir == NULL) {
		(void)away(err, STR("new"));
		if (fd >= 0)
			close(fd);
		return false;
	}
	for (const struct dirent *e = readdir(dir); e != NULL && n < NAMES_MAX; e = readdir(dir))
		if (e->d_name[0] != '.' && (e->d_type == DT_REG || e->d_type == DT_UNKNOWN))
			names[n++] = str_copy(a, str_from_c(e->d_name));
	closedir(dir);
	qsort(names, n, sizeof *names, compare_names);
	*out = names;
	*count = n < max ? n : max;
	return true;
}

/* A pipe or a link laid into the mailbox is nobody's message; opening must not wait for one. */
static bool read_open(struct arena *a, int fd, struct maildir_message *out, bool *found,
		      struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return true;
	size_t size = (uint64_t)st.st_size > LIMIT_MAIL_BYTES ? LIMIT_MAIL_BYTES + 1 :
								 (size_t)st.st_size;
	struct buf b = buf_open(a, size + 1, LIMIT_MAIL_BYTES + 2);
	char *room = buf_room(&b, size + 1);
	size_t got = 0;

	while (got < size) {
		ssize_t n = read(fd, room + got, size - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return away(err, STR("new"));
		if (n == 0)
			break;
		got += (size_t)n;
	}
	*out = (struct maildir_message){ { room, got }, st.st_mtime };
	*found = true;
	return true;
}

bool maildir_read(struct arena *a, const struct maildir *m, struct str name,
		  struct maildir_message *out, bool *found, struct err *err)
{
	int fd = openat(m->new_fd, str_to_c(a, name),
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	*found = false;
	if (fd < 0)
		return errno == ENOENT || errno == ELOOP || away(err, name);
	bool ok = read_open(a, fd, out, found, err);
	close(fd);
	return ok;
}

bool maildir_taken(struct arena *a, const struct maildir *m, struct str name, struct err *err)
{
	bool marked = str_contains(name, STR(":2,"));
	struct str to = marked ? name : str_concat(a, name, STR(":2,S"));

	if (renameat(m->new_fd, str_to_c(a, name), m->cur_fd, str_to_c(a, to)) == 0)
		return true;
	return errno == ENOENT || away(err, name);
}
