/*
 * hostile_test.c - files made to hurt: each is refused with its own error, by
 * the reader in this process and by the child alike, and none crashes either.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/package_write.h"
#include "office/read.h"
#include "office/write.h"

#include <string.h>
#include <zip.h>

#define DOCUMENT_HEAD \
	"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"

static void check_refused(struct test *t, const char *name, struct str file, const char *key)
{
	struct err err = { 0 };
	struct doc *d;

	CHECK_FAILS(office_read_here(t->arena, str_from_c(name), file, &d, &err), key);
	CHECK_FAILS(office_read(t->arena, str_from_c(name), file, &d, &err), key);
}

/* ---- whole files */

static const struct {
	const char *name, *file_name;
	struct str content;
	const char *key;
} files[] = {
	{ "nothing", "x.docx", STR_INIT(""), "office.empty" },
	{ "an old Word file", "x.docx", STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"),
	  "office.old_format" },
	{ "RTF", "x.doc", STR_INIT("{\\rtf1 x}"), "office.old_format" },
	{ "a spreadsheet of 2003", "x.xls",
	  STR_INIT("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>"),
	  "office.old_format" },
	{ "an encrypted workbook", "x.xlsx",
	  STR_INIT(
		  "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
			   " E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
	  "office.encrypted" },
	{ "a picture", "x.pdf", STR_INIT("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "office.unknown_type" },
	{ "data for machines", "x.json", STR_INIT("{\n \"year\": 2020}"), "office.unknown_type" },
	{ "a list of such data", "x.txt", STR_INIT("\xEF\xBB\xBF[ {\"year\": 2020}]"),
	  "office.unknown_type" },
	{ "a program", "x.txt",
	  STR_INIT("\x7F"
		   "ELF\2\1\1\0\0"),
	  "office.unknown_type" },
	{ "bytes that are no text", "x.txt", STR_INIT("abc\x80\xFF"), "text.unknown_encoding" },
	{ "control bytes", "x.txt", STR_INIT("abc\x01"), "text.control_byte" },
	{ "a zip of something else", "x.docx", STR_INIT("PK\x03\x04 nothing we know"),
	  "office.unknown_type" },
	{ "the beginning of a Word file", "x.docx", STR_INIT("PK\x03\x04 word/document.xml"),
	  "office.bad_zip" },
	{ "the beginning of a PDF", "x.pdf", STR_INIT("%PDF-1.4\n1 0 obj\n"), "office.bad_pdf" },
	{ "an encrypted PDF", "x.pdf", STR_INIT("%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\n"),
	  "office.encrypted" },
};

/* ---- XML inside a Word file */

static const struct { const char *name, *document; const char *key;
} documents[] = {
	{ "a billion laughs",
	  "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
	  "<!ENTITY c \"&b;&b;&b;&b;\">]>" DOCUMENT_HEAD
	  "<w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>",
	  "office.bad_xml" },
	{ "an entity from a file",
	  "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>" DOCUMENT_HEAD
	  "<w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>",
	  "office.bad_xml" },
	{ "a document type from the net",
	  "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">" DOCUMENT_HEAD "</w:document>",
	  "office.bad_xml" },
	{ "an entity nobody declared", DOCUMENT_HEAD "&x;</w:document>", "office.bad_xml" },
	{ "not closed", DOCUMENT_HEAD "<w:body>", "office.bad_xml" },
	{ "closed wrongly", DOCUMENT_HEAD "<w:body></w:p></w:document>", "office.bad_xml" },
	{ "two roots", DOCUMENT_HEAD "</w:document><x/>", "office.bad_xml" },
	{ "bad UTF-8", DOCUMENT_HEAD "\xFF</w:document>", "office.bad_xml" },
	{ "a NUL", DOCUMENT_HEAD "&#0;</w:document>", "office.bad_xml" },
	{ "empty", "", "office.bad_xml" },
	{ "an encoding nobody has",
	  "<?xml version=\"1.0\" encoding=\"x-none\"?>" DOCUMENT_HEAD "</w:document>",
	  "office.bad_xml" },
};

static struct str with_document(struct test *t, struct str document)
{
	struct err err = { 0 };
	struct str out = STR_NONE;
	struct package_entry entries[] = { { "word/document.xml", document } };

	CHECK_OK(package_write(t->arena, entries, COUNT_OF(entries), &out, &err));
	return out;
}

static void test_depths(struct test *t)
{
	struct buf deep = buf_open(t->arena, KIB, 4 * MIB);

	buf_add_c(&deep, DOCUMENT_HEAD);
	for (int i = 0; i < 5000; i++)
		buf_add_c(&deep, "<w:sdt>");
	for (int i = 0; i < 5000; i++)
		buf_add_c(&deep, "</w:sdt>");
	buf_add_c(&deep, "</w:document>");
	check_refused(t, "x", with_document(t, buf_str(&deep)),
		      "office.bad_xml"); /* libxml2's own limit */
	buf_clear(&deep);
	buf_add_c(&deep, DOCUMENT_HEAD);
	for (int i = 0; i < 60; i++)
		buf_add_c(&deep, "<w:tbl><w:tr><w:tc>");
	check_refused(t, "x", with_document(t, buf_str(&deep)), "office.too_deep");
	buf_clear(&deep);
	buf_add_c(&deep, DOCUMENT_HEAD);
	for (int i = 0; i < 60; i++)
		buf_add_c(&deep, "<w:p>");
	check_refused(t, "x", with_document(t, buf_str(&deep)), "office.too_deep");
}

/* ---- zips */

static struct str zip_with_name(struct test *t, const char *name, struct str content)
{
	struct err err = { 0 };
	struct str out = STR_NONE;
	struct package_entry entries[] = {
		{ "word/document.xml", STR(DOCUMENT_HEAD "</w:document>") }, { name, content }
	};

	CHECK_OK(package_write(t->arena, entries, COUNT_OF(entries), &out, &err));
	return out;
}

/* A copy with every `from` replaced by `to` of the same length. */
static struct str patched(struct test *t, struct str file, struct str from, struct str to)
{
	struct buf out = buf_open(t->arena, file.len, file.len);

	for (size_t i = 0; i < file.len;) {
		bool here = str_starts(str_slice(file, i, file.len), from);
		buf_add(&out, here ? to : str_slice(file, i, i + 1));
		i += here ? from.len : 1;
	}
	return buf_str(&out);
}

static struct str encrypted_zip(struct test *t)
{
	struct str path = str_format(t->arena, "%s/e.zip", t->data_dir),
		   content = STR(DOCUMENT_HEAD "</w:document>");
	int error = 0;
	zip_t *zip = zip_open(str_to_c(t->arena, path), ZIP_CREATE | ZIP_TRUNCATE, &error);
	zip_int64_t index = zip_file_add(zip, "word/document.xml",
					 zip_source_buffer(zip, content.ptr, content.len, 0), 0);
	struct err err = { 0 };
	struct str out = STR_NONE;

	CHECK(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_128, "x") == 0);
	CHECK(zip_close(zip) == 0);
	CHECK_OK(file_read(t->arena, path, MIB, &out, &err));
	return out;
}

static void test_zips(struct test *t)
{
	static const char *const paths[] = { "../word/x.xml", "/etc/x", "word\\x.xml", "a/../x",
					     "./x",	      "c:x",	"a/./b" };
	static char zeros[4 * 1024 * 1024];

	if (test_case(t, "zip: paths that lead elsewhere"))
		for (size_t i = 0; i < COUNT_OF(paths); i++)
			check_refused(t, "x", zip_with_name(t, paths[i], STR("x")),
				      "office.bad_zip");
	if (test_case(t, "zip: a bomb in a part nobody reads"))
		check_refused(t, "x",
			      zip_with_name(t, "word/x.xml", (struct str){ zeros, sizeof zeros }),
			      "office.zip_bomb");
	if (test_case(t, "zip: encrypted"))
		check_refused(t, "x", encrypted_zip(t), "office.encrypted");
	if (test_case(t, "zip: the same name twice")) {
		struct str file = zip_with_name(t, "word/document.xmm", STR("<x/>"));
		check_refused(t, "x",
			      patched(t, file, STR("word/document.xmm"), STR("word/document.xml")),
			      "office.bad_zip");
	}
	if (test_case(t, "zip: no document in it")) {
		struct str file = zip_with_name(t, "x", STR("<x/>"));
		check_refused(t, "x",
			      patched(t, file, STR("word/document.xml"), STR("word/documents.xm")),
			      "office.unknown_type");
		file = zip_with_name(t, "xl/workbook.xml", STR("<workbook/>"));
		check_refused(t, "x",
			      patched(t, file, STR("word/document.xml"), STR("word/documents.xm")),
			      "office.part_missing");
	}
}

/* Cut anywhere, and with any byte changed: an error or a document, never a crash. */
static void test_damage(struct test *t, const char *name, struct str file)
{
	struct arena *own = arena_open(256 * MIB);
	size_t failed = 0, tried = 0;

	for (size_t i = 0; i < 200; i++) {
		struct err err = { 0 };
		struct doc *d;
		struct str damaged = str_copy(own, str_slice(file, 0, file.len * i / 200));
		failed += !office_read_here(own, str_from_c(name), damaged, &d, &err);
		arena_reset(own);
		damaged = str_copy(own, file);
		size_t at = file.len * i / 200;
		((char *)(uintptr_t)damaged.ptr)[at] = (char)(damaged.ptr[at] ^ (char)(1 + i));
		(void)!office_read_here(own, str_from_c(name), damaged, &d, &err);
		arena_reset(own);
		tried++;
	}
	CHECK_INT((int64_t)tried, 200);
	CHECK_INT((int64_t)failed, 200); /* a zip without its end is none */
	arena_close(own);
}

void hostile_test(struct test *t)
{
	struct err err = { 0 };
	struct str file;

	for (size_t i = 0; i < COUNT_OF(files); i++)
		if (test_case(t, "%s", files[i].name))
			check_refused(t, files[i].file_name, files[i].content, files[i].key);
	for (size_t i = 0; i < COUNT_OF(documents); i++)
		if (test_case(t, "document.xml: %s", documents[i].name))
			check_refused(t, "x", with_document(t, str_from_c(documents[i].document)),
				      documents[i].key);
	if (test_case(t, "document.xml: too deep"))
		test_depths(t);
	test_zips(t);
	if (test_case(t, "a Word file, damaged") &&
	    CHECK_OK(office_write_docx(t->arena, fixture_report(t->arena), &file, &err)))
		test_damage(t, "x.docx", file);
	if (test_case(t, "a workbook, damaged") &&
	    CHECK_OK(office_write_xlsx(t->arena, fixture_report(t->arena), &file, &err)))
		test_damage(t, "x.xlsx", file);
	if (test_case(t, "a name that lies")) {
		struct doc *d;
		if (CHECK_OK(office_read(
			    t->arena, STR("x.pdf"),
			    fixture_docx(t, "<w:p><w:r><w:t>a</w:t></w:r></w:p>", NULL, NULL), &d,
			    &err)))
			CHECK_INT(d->source, DOC_SOURCE_DOCX);
		if (CHECK_OK(office_read(t->arena, STR("x.docx"), STR("<html><p>a"), &d, &err)))
			CHECK_INT(d->source, DOC_SOURCE_HTML);
	}
}
