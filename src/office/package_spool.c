#include "office/package_spool.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

/* 2020-01-01 00:00, as in package_write.c: no time zone of the machine comes in. */
enum { DOS_DATE = (2020 - 1980) << 9 | 1 << 5 | 1, DOS_TIME = 0 };

struct spooled { const char *name; int64_t start, len; };
struct package_spool {
	struct arena *arena;
	char path[32], zip_path[32];
	int fd;
	int64_t end;
	struct spooled parts[LIMIT_ZIP_ENTRIES];
	size_t count;
};

static bool cannot(struct err *err)
{
	return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "zip");
}

bool package_spool_open(struct arena *a, struct package_spool **out, struct err *err)
{
	struct package_spool *s = ARENA_NEW(a, struct package_spool);

	*s = (struct package_spool){ .arena = a, .path = "/tmp/gongkai-spool-XXXXXX",
				     .zip_path = "/tmp/gongkai-zip-XXXXXX" };
	s->fd = mkstemp(s->path);
	if (s->fd < 0)
		return cannot(err);
	int zip = mkstemp(s->zip_path);
	if (zip < 0) {
		(void)unlink(s->path);
		close(s->fd);
		return cannot(err);
	}
	close(zip);
	*out = s;
	return true;
}

void package_spool_drop(struct package_spool *s)
{
	close(s->fd);
	(void)unlink(s->path);
	(void)unlink(s->zip_path);
}

bool package_spool_add(struct package_spool *s, struct str name, struct str content,
		       struct err *err)
{
	struct str left = content;

	if (s->count == LIMIT_ZIP_ENTRIES)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", LIMIT_ZIP_ENTRIES);
	if (content.len > LIMIT_ZIP_ENTRY ||
	    (uint64_t)s->end + content.len > (uint64_t)LIMIT_ZIP_TOTAL)
		return err_set(err, ERR_LIMIT, "office.zip_bomb", STR_FMT "|%d", STR_ARG(name),
			       LIMIT_ZIP_TOTAL);
	while (left.len > 0) {
		ssize_t wrote = write(s->fd, left.ptr, left.len);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return cannot(err);
		left = str_slice(left, (size_t)wrote, left.len);
	}
	s->parts[s->count++] = (struct spooled){ str_to_c(s->arena, name), s->end,
						 (int64_t)content.len };
	s->end += (int64_t)content.len;
	return true;
}

static bool add_part(zip_t *zip, const struct package_spool *s, const struct spooled *part)
{
	zip_source_t *source =
		part->len > 0 ? zip_source_file(zip, s->path, (zip_uint64_t)part->start, part->len)
			      : zip_source_buffer(zip, "", 0, 0);
	if (source == NULL)
		return false;
	zip_int64_t index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_dostime(zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) == 0;
}

static bool pack(struct package_spool *s)
{
	int why;
	zip_t *zip = zip_open(s->zip_path, ZIP_CREATE | ZIP_TRUNCATE, &why);

	if (zip == NULL)
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (!add_part(zip, s, &s->parts[i])) {
			zip_discard(zip);
			return false;
		}
	if (zip_close(zip) == 0)
		return true;
	zip_discard(zip);
	return false;
}

bool package_spool_close(struct package_spool *s, int *fd, int64_t *bytes, struct err *err)
{
	bool ok = pack(s);

	/* libzip puts the zip in the place of the file of that name: opened only now. */
	*fd = ok ? open(s->zip_path, O_RDONLY | O_CLOEXEC) : -1;
	package_spool_drop(s);
	if (*fd < 0)
		return cannot(err);
	*bytes = (int64_t)lseek(*fd, 0, SEEK_END);
	(void)lseek(*fd, 0, SEEK_SET);
	return true;
}
