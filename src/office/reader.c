/*
 * reader.c - the limited child: what runs in it, and how its parent talks to it.
 *
 * The child is this program again, found by /proc/self/exe so that an upgrade
 * of the file on disk does not matter. It answers in the form of wire.h; for a
 * PDF it locks itself in and becomes pdftotext, whose text the parent cuts
 * into lines.
 */
#include "office/read.h"

#include "base/file.h"
#include "base/limits.h"
#include "office/child.h"
#include "office/csv.h"
#include "office/mail.h"
#include "office/mail_wire.h"
#include "office/package_digest.h"
#include "office/pdf_read.h"
#include "office/readers.h"
#include "office/sandbox.h"
#include "office/wire.h"
#include "office/xlsx.h"
#include "text/encoding.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <libxml/parser.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	EXIT_ANSWERED = 0,
	EXIT_USAGE = 2,
	EXIT_NO_SANDBOX = 3,
	EXIT_NO_PROGRAM = 4,
	READER_ARENA = 320 * 1024 * 1024,
	MAIL_OUTPUT = 64 * 1024 * 1024, /* a message and what is said about it */
	SHEET_ARENA = 192 * 1024 * 1024,
	FLUSH_BYTES = 64 * 1024,
	PIPE_BYTES =
		1024 *
		1024, /* under way from the child of a sheet: neither waits for the other often */
};

static const char *const own_program = "/proc/self/exe";

/* ---- a file as memory */

static bool map_file(int fd, size_t max, struct str *out, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(err, ERR_INVALID, "office.not_a_file", "%s", "");
	if (st.st_size == 0)
		return err_set(err, ERR_INVALID, "office.empty", "%s", "");
	if ((uint64_t)st.st_size > max)
		return err_set(err, ERR_LIMIT, "office.file_too_large", "%zu", max);
	void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "mmap: %s",
			       strerror(errno));
	*out = (struct str){ bytes, (size_t)st.st_size };
	return true;
}

static void unmap_file(struct str content)
{
	(void)munmap((void *)(uintptr_t)content.ptr, content.len);
}

/* ---- sheets, in this process */

static bool book_rows(struct arena *a, struct str content, struct str sheet_name, sheet_row_fn *fn,
		      void *arg, struct err *err)
{
	struct package package;
	struct xlsx_book book;

	if (!package_open(a, content, &package, err))
		return false;
	bool ok = xlsx_book_open(&package, &book, err);
	if (ok) {
		const struct xlsx_sheet *sheet = xlsx_find_sheet(&book, sheet_name);
		ok = sheet == NULL ? err_set(err, ERR_INVALID, "office.no_such_sheet", STR_FMT,
					     STR_ARG(sheet_name))
				   : xlsx_read_rows(&book, sheet, fn, arg, NULL, err);
	}
	package_close(&package);
	return ok;
}

static bool content_rows(struct str content, struct str name, struct str sheet, sheet_row_fn *fn,
			 void *arg, struct err *err)
{
	struct arena *own = arena_open(SHEET_ARENA);
	bool ok = false;

	switch (office_sniff(content, name)) {
	case OFFICE_XLSX:
		ok = book_rows(own, content, sheet, fn, arg, err);
		break;
	case OFFICE_CSV:
	case OFFICE_TEXT:
		ok = csv_rows_mapped(own, content, fn, arg, err);
		break;
	case OFFICE_OLD_OFFICE:
		err_set(err, ERR_INVALID, "office.old_format", "%s", "");
		break;
	case OFFICE_UNKNOWN:
	case OFFICE_HTML:
	case OFFICE_DOCX:
	case OFFICE_PDF:
		err_set(err, ERR_INVALID, "office.not_a_sheet", "%s", "");
		break;
	}
	arena_close(own);
	return ok;
}

bool sheet_read_here(struct arena *a, int fd, struct str name, struct str sheet, sheet_row_fn *fn,
		     void *arg, struct err *err)
{
	struct str content;

	(void)a;
	if (!map_file(fd, LIMIT_SHEET_INPUT, &content, err))
		return false;
	bool ok = content_rows(content, name, sheet, fn, arg, err);
	unmap_file(content);
	return ok;
}

/* ---- the child */

static bool write_all(struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t wrote = write(STDOUT_FILENO, bytes.ptr, bytes.len);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes = str_slice(bytes, (size_t)wrote, bytes.len);
	}
	return true;
}

/* What loads libraries or files does so now; afterwards the file may be looked at. */
static bool lock_in(unsigned cpu_seconds, size_t input_bytes)
{
	struct err ignored = { 0 };

	xmlInitParser();
	return encoding_prepare(&ignored) && sandbox_limits(cpu_seconds, input_bytes) &&
	       sandbox_for_parsing();
}

/* err: why the file cannot be read at all, if it cannot. */
static int answer_doc(struct arena *a, struct str name, struct str content, struct err *err)
{
	struct buf out = buf_open(a, FLUSH_BYTES, LIMIT_READER_OUTPUT);
	struct doc *d;

	if (err->code == ERR_NONE && office_read_here(a, name, content, &d, err))
		wire_add_doc(&out, d);
	if (!buf_ok(&out))
		err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_READER_OUTPUT);
	if (err->code != ERR_NONE) {
		buf_clear(&out);
		wire_add_error(&out, err);
	}
	return write_all(buf_str(&out)) ? EXIT_ANSWERED : EXIT_FAILURE;
}

static int answer_mail(struct arena *a, struct str content)
{
	struct buf out = buf_open(a, FLUSH_BYTES, MAIL_OUTPUT);
	struct mail m;

	mail_read_here(a, content, &m);
	mail_wire_add(&out, &m);
	return buf_ok(&out) && write_all(buf_str(&out)) ? EXIT_ANSWERED : EXIT_FAILURE;
}

/* A sheet_row_fn: rows go out in pieces as they come. */
static bool send_row(void *out, const struct sheet_row *row, struct err *err)
{
	struct buf *frames = out;

	wire_add_row(frames, row);
	if (!buf_ok(frames))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", WIRE_FRAME_MAX);
	if (frames->len < FLUSH_BYTES)
		return true;
	if (!write_all(buf_str(frames)))
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "pipe");
	buf_clear(frames);
	return true;
}

static int answer_sheet(struct arena *a, struct str name, struct str sheet, struct str content,
			struct err *err)
{
	struct buf out = buf_open(a, (size_t)FLUSH_BYTES * 2, WIRE_FRAME_MAX + FLUSH_BYTES);

	if (err->code == ERR_NONE && content_rows(content, name, sheet, send_row, &out, err))
		wire_add_end(&out);
	else
		wire_add_error_frame(&out, err);
	return write_all(buf_str(&out)) ? EXIT_ANSWERED : EXIT_FAILURE;
}

/* A row for each part: name, size, both digests, and its text in pieces. */
enum { PART_CELLS = 4, TEXT_PIECE = 30 * 1024 };

static bool send_part(void *out, const struct package_digest *part, struct err *err)
{
	struct str cells[LIMIT_SHEET_COLUMNS];
	struct arena *a = ((struct buf *)out)->arena;
	struct arena_mark mark = arena_mark(a);
	struct sheet_row row = { .number = 1, .cells = cells, .count = PART_CELLS };
	struct str text = part->text;

	cells[0] = part->name;
	cells[1] = str_format(a, "%lld", (long long)part->bytes);
	cells[2] = digest_hex(a, part->sha256);
	cells[3] = digest_hex(a, part->sm3);
	while (text.len > 0 && row.count < LIMIT_SHEET_COLUMNS) {
		size_t end = text.len < TEXT_PIECE ? text.len : TEXT_PIECE;
		while (end < text.len && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
			end--;
		cells[row.count++] = str_slice(text, 0, end);
		text = str_slice(text, end, text.len);
	}
	bool ok = send_row(out, &row, err);
	arena_rewind(a, mark);
	return ok;
}

static int answer_digests(struct arena *a, struct str wanted, struct str content, struct err *err)
{
	struct arena *own = arena_open((size_t)WIRE_FRAME_MAX * 2);
	struct buf out = buf_open(own, WIRE_FRAME_MAX + FLUSH_BYTES, WIRE_FRAME_MAX + FLUSH_BYTES);

	if (err->code == ERR_NONE &&
	    package_digests_here(a, content, wanted, send_part, &out, err))
		wire_add_end(&out);
	else
		wire_add_error_frame(&out, err);
	return write_all(buf_str(&out)) ? EXIT_ANSWERED : EXIT_FAILURE;
}

/* Digests are fetched from their library before the door is shut. */
static int run_digests(struct str wanted)
{
	struct arena *a = arena_open(SHEET_ARENA);
	struct str content;
	struct err err = { 0 };

	(void)digest_of(DIGEST_SHA256, STR_NONE);
	(void)digest_of(DIGEST_SM3, STR_NONE);
	if (!map_file(STDIN_FILENO, LIMIT_BUNDLE_BYTES, &content, &err))
		content = STR_NONE;
	if (!lock_in(LIMIT_READER_SHEET_CPU_S, content.len))
		return EXIT_NO_SANDBOX;
	return answer_digests(a, wanted, content, &err);
}

static int become_pdftotext(void)
{
	if (!sandbox_limits(LIMIT_READER_CPU_S, 0) || !sandbox_for_program())
		return EXIT_NO_SANDBOX;
	execv(pdftotext_argv[0], (char *const *)(uintptr_t)pdftotext_argv);
	return EXIT_NO_PROGRAM;
}

static int run_reader(struct str kind, struct str name, struct str sheet)
{
	bool mail = str_equal_c(kind, "mail"), whole_doc = mail || str_equal_c(kind, "doc");
	struct str content;
	struct err err = { 0 };

	if (str_equal_c(kind, "pdf"))
		return become_pdftotext();
	if (str_equal_c(kind, "digest"))
		return run_digests(sheet);
	if (!whole_doc && !str_equal_c(kind, "sheet"))
		return EXIT_USAGE;
	struct arena *a = arena_open(whole_doc ? READER_ARENA : 2 * (size_t)WIRE_FRAME_MAX + MIB);
	if (!map_file(STDIN_FILENO, whole_doc ? LIMIT_DOC_INPUT : LIMIT_SHEET_INPUT, &content,
		      &err))
		content = STR_NONE;
	if (!lock_in(whole_doc ? LIMIT_READER_CPU_S : LIMIT_READER_SHEET_CPU_S, content.len))
		return EXIT_NO_SANDBOX;
	if (mail)
		return answer_mail(a, content);
	return whole_doc ? answer_doc(a, name, content, &err)
			 : answer_sheet(a, name, sheet, content, &err);
}

int office_reader_main(int argc, char **argv)
{
	if (argc != 5)
		return EXIT_USAGE;
	int status = run_reader(str_from_c(argv[2]), str_from_c(argv[3]), str_from_c(argv[4]));
	/* Not exit: what libraries do at the end may be what the sandbox forbids. */
	_exit(status);
}

/* ---- the parent */

static bool start(struct arena *a, const char *kind, struct str name, struct str sheet, int input,
		  struct child *child, struct err *err)
{
	enum { NAME_MAX_BYTES = 255 };
	const char *argv[] = { "gongkai",
			       "--reader",
			       kind,
			       str_to_c(a, str_slice(name, 0, NAME_MAX_BYTES)),
			       str_to_c(a, str_slice(sheet, 0, NAME_MAX_BYTES)),
			       NULL };

	return child_start(own_program, argv, input, child, err);
}

/* How the child ended, if that is an error. exit 1 of pdftotext is judged by the caller. */
static bool check_end(enum child_end end, int status, int cpu_seconds, struct err *err)
{
	switch (end) {
	case CHILD_FINE:
		return true;
	case CHILD_FAILED:
		if (status == EXIT_NO_SANDBOX)
			return err_set(err, ERR_UNAVAILABLE, "office.no_sandbox", "%s", "");
		if (status == EXIT_NO_PROGRAM)
			return err_set(err, ERR_UNAVAILABLE, "office.no_pdftotext", "%s", "");
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "status %d", status);
	case CHILD_STALLED:
		return err_set(err, ERR_LIMIT, "office.timeout", "%d", cpu_seconds);
	case CHILD_CRASHED:
		return err_set(err, ERR_INVALID, "office.reader_crashed", "%s", "");
	}
	return false;
}

/* printed is made in scratch, the tree in a: what the child sent is not worth keeping. */
static bool read_by_child(struct arena *a, struct arena *scratch, struct str name,
			  struct str content, struct doc **out, struct err *err)
{
	bool pdf = office_sniff(content, name) == OFFICE_PDF;
	int input = file_in_memory(content), status = 0;
	struct child child;
	struct str printed;

	if (input < 0)
		return err_set(err, ERR_UNAVAILABLE, "office.no_child", "memory file");
	bool started = start(scratch, pdf ? "pdf" : "doc", name, STR_NONE, input, &child, err);
	close(input);
	if (!started)
		return false;
	if (!child_read_all(&child, scratch, LIMIT_READER_OUTPUT, &printed, err)) {
		child_kill(&child);
		return false;
	}
	enum child_end end = child_finish(&child, &status);
	bool told = pdf && end == CHILD_FAILED && status != EXIT_NO_SANDBOX &&
		    status != EXIT_NO_PROGRAM;
	if (!told && !check_end(end, status, LIMIT_READER_CPU_S, err))
		return false;
	return pdf ? pdf_pages(a, content, printed, told, out, err)
		   : wire_read_doc(a, printed, out, err);
}

bool mail_read(struct arena *a, struct str content, struct mail *out, struct err *err)
{
	struct arena *scratch = arena_open((size_t)MAIL_OUTPUT * 2 + MIB);
	int input = file_in_memory(str_slice(content, 0, LIMIT_MAIL_BYTES)), status = 0;
	struct child child;
	struct str printed;
	bool ok = false;

	if (input < 0) {
		err_set(err, ERR_UNAVAILABLE, "office.no_child", "memory file");
	} else if (start(scratch, "mail", STR_NONE, STR_NONE, input, &child, err)) {
		if (!child_read_all(&child, scratch, MAIL_OUTPUT, &printed, err))
			child_kill(&child);
		else
			ok = check_end(child_finish(&child, &status), status, LIMIT_READER_CPU_S,
				       err) &&
			     mail_wire_read(a, printed, out, err);
	}
	if (input >= 0)
		close(input);
	arena_close(scratch);
	return ok;
}

bool office_read(struct arena *a, struct str name, struct str content, struct doc **out,
		 struct err *err)
{
	switch (content.len > LIMIT_DOC_INPUT ? OFFICE_UNKNOWN : office_sniff(content, name)) {
	case OFFICE_UNKNOWN:
	case OFFICE_OLD_OFFICE:
		return office_read_here(a, name, content, out, err); /* nothing is parsed */
	case OFFICE_TEXT: case OFFICE_CSV: case OFFICE_HTML: case OFFICE_DOCX: case OFFICE_XLSX:
	case OFFICE_PDF:
		break;
	}
	struct arena *scratch = arena_open((size_t)LIMIT_READER_OUTPUT * 2 + MIB);
	bool ok = read_by_child(a, scratch, name, content, out, err);
	arena_close(scratch);
	return ok;
}

/* Takes whole frames from the front of *bytes and hands their rows on. */
static bool hand_on(struct str *bytes, struct str *cells, sheet_row_fn *fn, void *arg, bool *ended,
		    struct err *err)
{
	struct sheet_row row;

	for (;;) {
		switch (wire_take_frame(bytes, cells, &row, err)) {
		case WIRE_MORE:
			return true;
		case WIRE_END:
			*ended = true;
			return true;
		case WIRE_BAD:
			return false;
		case WIRE_ROW:
			if (!fn(arg, &row, err))
				return false;
			break;
		}
	}
}

static bool rows_of_child(struct child *child, struct arena *scratch, sheet_row_fn *fn, void *arg,
			  bool *ended, struct err *err)
{
	const size_t room = (size_t)WIRE_FRAME_MAX + FLUSH_BYTES;
	char *bytes = arena_alloc(scratch, room);
	struct str *cells = ARENA_ARRAY(scratch, LIMIT_SHEET_COLUMNS, struct str);
	size_t filled = 0, total = 0, got = 0;

	do {
		if (!child_read(child, bytes + filled,
				room - filled < FLUSH_BYTES ? room - filled : FLUSH_BYTES, &got,
				err))
			return false;
		filled += got;
		total += got;
		if (total > LIMIT_SHEET_OUTPUT)
			return err_set(err, ERR_LIMIT, "office.too_large", "%d",
				       LIMIT_SHEET_OUTPUT);
		struct str left = { bytes, filled };
		if (!hand_on(&left, cells, fn, arg, ended, err))
			return false;
		memmove(bytes, left.ptr, left.len);
		filled = left.len;
	} while (got > 0 && !*ended);
	return true;
}

struct sheet_reading { struct child child; };

struct sheet_reading *sheet_begin(struct arena *a, int fd, struct str name, struct str sheet,
				  struct err *err)
{
	struct sheet_reading *r = ARENA_NEW(a, struct sheet_reading);
	struct arena_mark mark = arena_mark(a);
	bool started = start(a, "sheet", name, sheet, fd, &r->child, err);

	arena_rewind(a, mark);
	if (!started)
		return NULL;
	(void)fcntl(r->child.output, F_SETPIPE_SZ, PIPE_BYTES); /* less does as well */
	return r;
}

bool sheet_rows(struct sheet_reading *r, sheet_row_fn *fn, void *arg, struct err *err)
{
	struct arena *scratch = arena_open(2 * (size_t)WIRE_FRAME_MAX + MIB);
	bool ended = false;
	int status = 0;

	bool ok = rows_of_child(&r->child, scratch, fn, arg, &ended, err);
	arena_close(scratch);
	if (!ok) {
		child_kill(&r->child);
		return false;
	}
	enum child_end end = child_finish(&r->child, &status);
	if (!ended && check_end(end, status, LIMIT_READER_SHEET_CPU_S, err))
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "no end");
	return ended;
}

void sheet_give_up(struct sheet_reading *r)
{
	if (r != NULL)
		child_kill(&r->child);
}

bool sheet_read(struct arena *a, int fd, struct str name, struct str sheet, sheet_row_fn *fn,
		void *arg, struct err *err)
{
	struct sheet_reading *r = sheet_begin(a, fd, name, sheet, err);

	return r != NULL && sheet_rows(r, fn, arg, err);
}

/* ---- what a zip holds */

struct parts { struct arena *arena; struct package_digest *list; size_t count; };

static bool keep_part(void *arg, const struct sheet_row *row, struct err *err)
{
	struct parts *p = arg;
	struct package_digest *out = &p->list[p->count];

	if (row->count < PART_CELLS || p->count == LIMIT_ZIP_ENTRIES ||
	    !str_to_i64(row->cells[1], &out->bytes) ||
	    !digest_from_hex(row->cells[2], &out->sha256) ||
	    !digest_from_hex(row->cells[3], &out->sm3))
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "part");
	struct buf text = buf_open(p->arena, 0, PACKAGE_TEXT_MAX);
	for (size_t i = PART_CELLS; i < row->count; i++)
		buf_add(&text, row->cells[i]);
	out->name = str_copy(p->arena, row->cells[0]);
	out->text = buf_str(&text);
	p->count++;
	return true;
}

bool package_digests(struct arena *a, int fd, struct str wanted, struct package_digest **out,
		     size_t *count, struct err *err)
{
	struct arena *scratch = arena_open(2 * (size_t)WIRE_FRAME_MAX + MIB);
	struct parts parts = { a, ARENA_ARRAY(a, LIMIT_ZIP_ENTRIES, struct package_digest), 0 };
	struct child child;
	bool ended = false;
	int status = 0;

	if (!start(scratch, "digest", STR_NONE, wanted, fd, &child, err)) {
		arena_close(scratch);
		return false;
	}
	bool ok = rows_of_child(&child, scratch, keep_part, &parts, &ended, err);
	arena_close(scratch);
	if (!ok) {
		child_kill(&child);
		return false;
	}
	enum child_end end = child_finish(&child, &status);
	if (!ended && check_end(end, status, LIMIT_READER_SHEET_CPU_S, err))
		return err_set(err, ERR_INTERNAL, "office.reader_failed", "no end");
	*out = parts.list;
	*count = parts.count;
	return ended;
}
