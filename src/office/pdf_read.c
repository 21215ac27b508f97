#include "office/pdf_read.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/child.h"
#include "office/readers.h"

#include <unistd.h>

const char *const pdftotext_argv[] = {
	"/usr/bin/pdftotext", "-layout", "-enc", "UTF-8", "-q", "-", "-", NULL
};

static bool has_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > ' ')
			return true;
	return false;
}

/* pdftotext prints what the fonts of the file say, which may be control bytes. */
static struct str printable(struct arena *a, struct str s)
{
	struct buf out = buf_open(a, s.len, s.len);

	while (s.len > 0) {
		size_t bad = utf8_first_bad(s);
		size_t good = bad == SIZE_MAX ? s.len : bad;
		buf_add(&out, str_slice(s, 0, good));
		if (good < s.len && s.ptr[good] == '\f')
			buf_add_char(&out, '\f');
		s = str_slice(s, good + 1, s.len);
	}
	return buf_str(&out);
}

bool pdf_pages(struct arena *a, struct str content, struct str printed, bool failed,
	       struct doc **out, struct err *err)
{
	/* The entry that every encrypted PDF has; one with an empty password was read. */
	if (failed && str_contains(content, STR("/Encrypt")))
		return err_set(err, ERR_INVALID, "office.encrypted", "%s", "");
	if (failed)
		return err_set(err, ERR_INVALID, "office.bad_pdf", "%s", "");
	struct str text = printable(a, printed);
	if (!has_text(text))
		return err_set(err, ERR_INVALID, "office.no_text", "%s", "");
	return read_layout(a, text, DOC_SOURCE_PDF, out, err);
}

bool read_pdf(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	int input = file_in_memory(content), status = 0;
	struct str printed = STR_NONE;
	struct child child;

	if (input < 0)
		return err_set(err, ERR_UNAVAILABLE, "office.no_child", "memory file");
	bool started = child_start(pdftotext_argv[0], pdftotext_argv, input, &child, err);
	close(input);
	if (!started)
		return false;
	child_limit(&child);
	if (!child_read_all(&child, a, LIMIT_READER_OUTPUT, &printed, err)) {
		child_kill(&child);
		return false;
	}
	switch (child_finish(&child, &status)) {
	case CHILD_FINE:
	case CHILD_FAILED:
		return pdf_pages(a, content, printed, status != 0, out, err);
	case CHILD_STALLED:
		return err_set(err, ERR_LIMIT, "office.timeout", "%d", LIMIT_READER_CPU_S);
	case CHILD_CRASHED:
		return err_set(err, ERR_INVALID, "office.reader_crashed", "%s", "");
	}
	return false;
}
