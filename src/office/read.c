#include "office/read.h"

#include "base/limits.h"
#include "office/readers.h"

#include <string.h>

/* ---- what it is */

static bool has_prefix_nocase(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);

	return s.len >= len && str_equal_ascii_nocase(str_slice(s, 0, len), str_from_c(prefix));
}

/* The first tag is one of a page. Comments and the like may stand before it. */
static bool looks_like_html(struct str s)
{
	static const char *const tags[] = { "!doctype html",
					    "html",
					    "head",
					    "body",
					    "table",
					    "div",
					    "p",
					    "meta",
					    "h1",
					    "h2",
					    "h3",
					    "span",
					    "title",
					    "style",
					    "br",
					    "article",
					    "section",
					    "main",
					    "font",
					    "center",
					    "ul",
					    "ol" };

	(void)str_take_str(&s, STR("\xEF\xBB\xBF"));
	for (int skipped = 0; skipped < 16; skipped++) {
		s = str_trim(s);
		size_t end = SIZE_MAX;
		if (str_starts(s, STR("<!--")))
			end = str_find(s, STR("-->"), 0);
		else if (str_starts(s, STR("<?xml")))
			end = str_find(s, STR("?>"), 0);
		if (end == SIZE_MAX)
			break;
		s = str_slice(s, end + 2, s.len);
		(void)str_take_char(&s, '>');
	}
	if (!str_take_char(&s, '<'))
		return false;
	for (size_t i = 0; i < COUNT_OF(tags); i++) {
		size_t len = strlen(tags[i]);
		if (has_prefix_nocase(s, tags[i]) && s.len > len &&
		    strchr(" \t\r\n>/", s.ptr[len]) != NULL)
			return true;
	}
	return false;
}

/* The same for UTF-16: tags are ASCII, so every second byte of them is zero. */
static bool looks_like_wide_html(struct str s)
{
	char narrow[512];
	size_t len = 0;

	for (size_t i = 2; i < s.len && len < sizeof narrow; i++)
		if (s.ptr[i] != '\0')
			narrow[len++] = s.ptr[i];
	return looks_like_html((struct str){ narrow, len });
}

static enum office_type sniff_zip(struct str content)
{
	/* The names stand unpacked in the file; which part counts is decided when it is opened. */
	if (str_contains(content, STR("word/document.xml")))
		return OFFICE_DOCX;
	if (str_contains(content, STR("xl/workbook.xml")))
		return OFFICE_XLSX;
	return OFFICE_UNKNOWN;
}

/* {"…" or [{…: data for machines. A text may begin with a bracket, too, but not like this. */
static bool looks_like_json(struct str s)
{
	(void)str_take_str(&s, STR("\xEF\xBB\xBF"));
	s = str_trim(s);
	bool list = str_take_char(&s, '[');
	s = str_trim(s);
	bool object = str_take_char(&s, '{');
	s = str_trim(s);
	return object && (str_starts(s, STR("\"")) || (list && str_starts(s, STR("}"))));
}

static bool is_old_office(struct str content)
{
	static const struct str heads[] = {
		/* .doc .xls .wps .et, and encrypted OOXML */
		STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
		STR_INIT("{\\rtf"),
		STR_INIT("MIME-Version:"),
	};

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		if (str_starts(content, heads[i]))
			return true;
	return str_starts(content, STR("<?xml")) &&
	       str_contains(str_slice(content, 0, KIB), STR("mso-application"));
}

static bool ends_nocase(struct str name, struct str end)
{
	return name.len >= end.len &&
	       str_equal_ascii_nocase(str_slice(name, name.len - end.len, name.len), end);
}

enum office_type office_sniff(struct str content, struct str file_name)
{
	struct str head = str_slice(content, 0, 4 * KIB);
	bool utf16 = str_starts(head, STR("\xFF\xFE")) || str_starts(head, STR("\xFE\xFF"));

	if (str_contains(str_slice(head, 0, KIB), STR("%PDF-")))
		return OFFICE_PDF;
	if (str_starts(head, STR("PK\x03\x04")))
		return sniff_zip(content);
	if (is_old_office(content))
		return OFFICE_OLD_OFFICE;
	if (utf16 ? looks_like_wide_html(head) : looks_like_html(content))
		return OFFICE_HTML;
	if (looks_like_json(head) || (!utf16 && memchr(head.ptr, '\0', head.len) != NULL))
		return OFFICE_UNKNOWN;
	if (ends_nocase(file_name, STR(".csv")) || ends_nocase(file_name, STR(".tsv")))
		return OFFICE_CSV;
	return OFFICE_TEXT;
}

/* ---- reading it here */

/* The compound file of an encrypted DOCX or XLSX names its stream in UTF-16. */
static bool is_encrypted_ooxml(struct str content)
{
	return str_contains(content, STR("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"));
}

static bool check_size(struct str content, size_t max, struct err *err)
{
	if (content.len == 0)
		return err_set(err, ERR_INVALID, "office.empty", "%s", "");
	if (content.len > max)
		return err_set(err, ERR_LIMIT, "office.file_too_large", "%zu", max);
	return true;
}

bool office_read_here(struct arena *a, struct str name, struct str content, struct doc **out,
		      struct err *err)
{
	if (!check_size(content, LIMIT_DOC_INPUT, err))
		return false;
	switch (office_sniff(content, name)) {
	case OFFICE_TEXT:
		return read_text(a, content, out, err);
	case OFFICE_CSV:
		return read_csv(a, content, out, err);
	case OFFICE_HTML:
		return read_html(a, content, out, err);
	case OFFICE_DOCX:
		return read_docx(a, content, out, err);
	case OFFICE_XLSX:
		return read_xlsx(a, content, out, err);
	case OFFICE_PDF:
		return read_pdf(a, content, out, err);
	case OFFICE_OLD_OFFICE:
		if (is_encrypted_ooxml(content))
			return err_set(err, ERR_INVALID, "office.encrypted", "%s", "");
		return err_set(err, ERR_INVALID, "office.old_format", "%s", "");
	case OFFICE_UNKNOWN:
		return err_set(err, ERR_INVALID, "office.unknown_type", "%s", "");
	}
	return false;
}
