#include "app/archive.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_LINE "gongkai-backup 1\n"
enum { HEAD_MAX = 64 * 1024, PIECE = 256 * 1024, TRAILER = sizeof "sha256 \n" - 1 + 64 };

static bool io_failed(struct err *err, struct str path)
{
	return err_set(err, ERR_INVALID, "app.backup_io", STR_FMT "|%s", STR_ARG(path),
		       strerror(errno));
}

static bool bad(struct err *err, const struct archive *what, const char *why)
{
	return err_set(err, ERR_INVALID, "app.bad_backup", STR_FMT "|%s", STR_ARG(what->path),
		       why);
}

static struct str folder_of(struct str path)
{
	size_t end = path.len;

	while (end > 0 && path.ptr[end - 1] != '/')
		end--;
	return end == 0 ? STR(".") : str_slice(path, 0, end);
}

static bool sync_folder(struct arena *a, struct str path, struct err *err)
{
	int fd = open(str_to_c(a, folder_of(path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok || io_failed(err, path);
}

/* At most `left` bytes of fd; digests and `to` may be absent. *read counts them. */
struct pump {
	int from, to; /* to: -1, nowhere */
	struct digest_stream *whole, *part;
	char *piece;
};

static bool pump(const struct pump *p, uint64_t left, uint64_t *count)
{
	for (*count = 0; left > 0;) {
		size_t want = left < PIECE ? (size_t)left : PIECE;
		ssize_t n = read(p->from, p->piece, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			return true;
		struct str bytes = { p->piece, (size_t)n };
		if (p->whole != NULL)
			digest_feed(p->whole, bytes);
		if (p->part != NULL)
			digest_feed(p->part, bytes);
		if (p->to >= 0 && !file_write_fd(p->to, bytes))
			return false;
		left -= (uint64_t)n;
		*count += (uint64_t)n;
	}
	return true;
}

/* ---- writing */

static bool measure(struct arena *a, struct archive_part *part, char *piece, struct err *err)
{
	struct pump p = { .from = open(str_to_c(a, part->path), O_RDONLY | O_CLOEXEC),
			  .to = -1, .piece = piece };

	if (p.from < 0)
		return io_failed(err, part->path);
	p.part = digest_begin(DIGEST_SHA256);
	bool ok = pump(&p, UINT64_MAX, &part->size);
	part->sha256 = digest_hex(a, digest_end(p.part));
	close(p.from);
	return ok || io_failed(err, part->path);
}

static struct str head_of(struct arena *a, const struct archive *what)
{
	struct buf b = buf_open(a, 1024, HEAD_MAX);

	buf_add(&b, STR(FIRST_LINE));
	for (size_t i = 0; i < what->facts_count; i++)
		buf_addf(&b, STR_FMT " " STR_FMT "\n", STR_ARG(what->facts[i].name),
			 STR_ARG(what->facts[i].value));
	for (size_t i = 0; i < what->parts_count; i++)
		buf_addf(&b, "file " STR_FMT " %" PRIu64 " " STR_FMT "\n",
			 STR_ARG(what->parts[i].name), what->parts[i].size,
			 STR_ARG(what->parts[i].sha256));
	buf_add_char(&b, '\n');
	assert(buf_ok(&b));
	return buf_str(&b);
}

static bool write_part(struct arena *a, const struct archive_part *part, struct pump *p,
		       struct err *err)
{
	uint64_t size;

	p->from = open(str_to_c(a, part->path), O_RDONLY | O_CLOEXEC);
	if (p->from < 0)
		return io_failed(err, part->path);
	p->part = digest_begin(DIGEST_SHA256);
	bool ok = pump(p, UINT64_MAX, &size);
	struct str digest = digest_hex(a, digest_end(p->part));
	close(p->from);
	if (!ok)
		return io_failed(err, part->path);
	return (size == part->size && str_equal(digest, part->sha256)) ||
	       err_set(err, ERR_CONFLICT, "app.backup_changed", STR_FMT, STR_ARG(part->path));
}

static bool write_body(struct arena *a, const struct archive *what, int fd, char *piece,
		       struct err *err)
{
	struct pump p = { .to = fd, .whole = digest_begin(DIGEST_SHA256), .piece = piece };
	struct str head = head_of(a, what);
	bool ok = file_write_fd(fd, head) || io_failed(err, what->path);

	digest_feed(p.whole, head);
	for (size_t i = 0; ok && i < what->parts_count; i++)
		ok = write_part(a, &what->parts[i], &p, err);
	struct str digest = digest_hex(a, digest_end(p.whole));
	struct str trailer = str_format(a, "sha256 " STR_FMT "\n", STR_ARG(digest));
	return ok && ((file_write_fd(fd, trailer) && fsync(fd) == 0) || io_failed(err, what->path));
}

bool archive_write(struct arena *a, struct archive *what, struct err *err)
{
	const char *path = str_to_c(a, what->path),
		   *part = str_to_c(a, str_concat(a, what->path, STR(".part")));
	char *piece = arena_alloc(a, PIECE);

	for (size_t i = 0; i < what->parts_count; i++)
		if (!measure(a, &what->parts[i], piece, err))
			return false;
	(void)unlink(part); /* of a run that was killed */
	int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return io_failed(err, what->path);
	bool ok = write_body(a, what, fd, piece, err);
	close(fd);
	if (ok && rename(part, path) != 0)
		ok = io_failed(err, what->path);
	if (!ok) {
		(void)unlink(part);
		return false;
	}
	return sync_folder(a, what->path, err);
}

/* ---- reading */

static bool good_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
			return false;
	}
	return s.len > 0 && s.len <= 40 && s.ptr[0] != '.';
}

static bool read_file_line(struct archive *out, struct str line, uint64_t *at)
{
	struct archive_part *part = &out->parts[out->parts_count];
	struct str size, sha256;
	struct digest ignored;

	if (out->parts_count == ARCHIVE_PARTS || !str_split_next(&line, ' ', &part->name) ||
	    !str_split_next(&line, ' ', &size) || line.ptr == NULL)
		return false;
	sha256 = line;
	if (!good_name(part->name) || !str_take_u64(&size, INT64_MAX, &part->size) ||
	    size.len > 0 || !digest_from_hex(sha256, &ignored) ||
	    part->size > (uint64_t)INT64_MAX - *at)
		return false;
	part->sha256 = sha256;
	part->at = *at;
	*at += part->size;
	out->parts_count++;
	return true;
}

/* lines: between the first line and the empty one. */
static bool read_lines(struct archive *out, struct str lines, uint64_t at)
{
	struct str line, name;

	while (lines.len > 0 && str_split_next(&lines, '\n', &line)) {
		if (str_take_str(&line, STR("file "))) {
			if (!read_file_line(out, line, &at))
				return false;
			continue;
		}
		if (out->facts_count == ARCHIVE_FACTS || !str_split_next(&line, ' ', &name) ||
		    line.ptr == NULL)
			return false;
		out->facts[out->facts_count++] = (struct archive_fact){ name, line };
	}
	return out->parts_count > 0;
}

static bool read_head(struct arena *a, int fd, struct archive *out, size_t *len, struct err *err)
{
	char *bytes = arena_alloc(a, HEAD_MAX);
	struct str head = { bytes, 0 };

	while (head.len < HEAD_MAX) {
		ssize_t n = pread(fd, bytes + head.len, HEAD_MAX - head.len, (off_t)head.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return io_failed(err, out->path);
		if (n == 0)
			break;
		head.len += (size_t)n;
	}
	size_t end = str_find(head, STR("\n\n"), 0), first = sizeof FIRST_LINE - 1;
	if (!str_starts(head, STR(FIRST_LINE)) || end == SIZE_MAX)
		return bad(err, out, "不是 gongkai 的备份文件");
	*len = end + 2;
	if (end < first)
		return bad(err, out, "开头不完整");
	return read_lines(out, str_slice(head, first, end), *len) ||
	       bad(err, out, "开头有误");
}

static bool check_all(struct arena *a, int fd, const struct archive *out, size_t head,
		      struct err *err)
{
	struct pump p = { .from = fd, .to = -1, .piece = arena_alloc(a, PIECE) };
	uint64_t count;
	char trailer[TRAILER + 1];
	bool ok = true;

	p.whole = digest_begin(DIGEST_SHA256);
	ok = pump(&p, head, &count) && count == head;
	for (size_t i = 0; ok && i < out->parts_count; i++) {
		p.part = digest_begin(DIGEST_SHA256);
		ok = pump(&p, out->parts[i].size, &count) && count == out->parts[i].size;
		struct str digest = digest_hex(a, digest_end(p.part));
		ok = ok && str_equal(digest, out->parts[i].sha256);
	}
	struct str whole = digest_hex(a, digest_end(p.whole));
	struct str want = str_format(a, "sha256 " STR_FMT "\n", STR_ARG(whole));
	ssize_t n = ok ? read(fd, trailer, sizeof trailer) : 0; /* one byte more than there is */
	return (ok && n == TRAILER && str_equal((struct str){ trailer, TRAILER }, want)) ||
	       bad(err, out, "摘要不符，文件已损坏或者被改动");
}

bool archive_read(struct arena *a, struct str path, struct archive *out, struct err *err)
{
	int fd = open(str_to_c(a, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	size_t head = 0;

	*out = (struct archive){ .path = path };
	if (fd < 0)
		return io_failed(err, path);
	bool ok = read_head(a, fd, out, &head, err) && check_all(a, fd, out, head, err);
	close(fd);
	return ok;
}

const struct archive_part *archive_part(const struct archive *what, const char *name)
{
	for (size_t i = 0; i < what->parts_count; i++)
		if (str_equal_c(what->parts[i].name, name))
			return &what->parts[i];
	return NULL;
}

struct str archive_fact(const struct archive *what, const char *name)
{
	for (size_t i = 0; i < what->facts_count; i++)
		if (str_equal_c(what->facts[i].name, name))
			return what->facts[i].value;
	return STR_NONE;
}

bool archive_extract(struct arena *a, const struct archive *what, const struct archive_part *part,
		     struct str to, struct err *err)
{
	struct pump p = { .piece = arena_alloc(a, PIECE) };
	uint64_t count = 0;

	p.from = open(str_to_c(a, what->path), O_RDONLY | O_CLOEXEC);
	if (p.from < 0)
		return io_failed(err, what->path);
	p.to = open(str_to_c(a, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (p.to < 0) {
		close(p.from);
		return io_failed(err, to);
	}
	p.part = digest_begin(DIGEST_SHA256);
	bool ok = lseek(p.from, (off_t)part->at, SEEK_SET) >= 0 && pump(&p, part->size, &count) &&
		  count == part->size && fsync(p.to) == 0;
	struct str digest = digest_hex(a, digest_end(p.part));
	close(p.from);
	close(p.to);
	if (!ok)
		return io_failed(err, to);
	return (str_equal(digest, part->sha256) || bad(err, what, "文件在恢复中被改动")) &&
	       sync_folder(a, to, err);
}
