#include "web/multipart.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"

#define NAMED(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"
#define FILE_NAMED(name, file) \
	"Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"

/* "a=1|f=[name]bytes" */
static struct str print(struct test *t, const struct pairs *p)
{
	struct buf b = buf_open(t->arena, 256, MIB);

	for (size_t i = 0; i < p->count; i++) {
		buf_add_c(&b, i > 0 ? "|" : "");
		buf_add(&b, p->at[i].name);
		buf_add_char(&b, '=');
		if (p->at[i].is_file) {
			buf_add_char(&b, '[');
			buf_add(&b, p->at[i].file_name);
			buf_add_char(&b, ']');
		}
		buf_add(&b, p->at[i].value);
	}
	return buf_str(&b);
}

static const struct {
	const char *what;
	struct str body;
	struct str want;
	const char *key; /* refused */
} row[] = {
	{ "one field", STR_INIT("--B\r\n" NAMED("a") "\r\n1\r\n--B--\r\n"), STR_INIT("a=1"), NULL },
	{ "no fields", STR_INIT("--B--\r\n"), STR_INIT(""), NULL },
	{ "no last line end", STR_INIT("--B\r\n" NAMED("a") "\r\n1\r\n--B--"), STR_INIT("a=1"),
	  NULL },
	{ "two", STR_INIT("--B\r\n" NAMED("a") "\r\n1\r\n--B\r\n" NAMED("a") "\r\n\r\n--B--\r\n"),
	  STR_INIT("a=1|a="), NULL },
	{ "a file",
	  STR_INIT("--B\r\n" FILE_NAMED(
		  "f", "年.txt") "Content-Type: text/plain\r\n\r\n\0\r\n-\r\n--\r\n--BX"
				 "\r\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "a file with near boundaries",
	  STR_INIT("--B\r\n" FILE_NAMED(
		  "f",
		  "年.txt") "Content-Type: text/plain\r\n\r\n\0\r\n-\r\n--\r\n--C\r\r\n--B--\r\n"),
	  STR_INIT("f=[年.txt]\0\r\n-\r\n--\r\n--C\r"), NULL },
	{ "a value that begins like a boundary",
	  STR_INIT("--B\r\n" NAMED("a") "\r\n\r\n--x\r\n--B--\r\n"), STR_INIT("a=\r\n--x"), NULL },
	{ "a field without quotes at the end",
	  STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "a name too long",
	  STR_INIT("--B\r\n" NAMED(
		  "0123456789012345678901234567890123456789012345678901234567890123456"
		  "7890123456789012345678901234567890x") "\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "an unknown header", STR_INIT("--B\r\n" NAMED("a") "X: y\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "a name that is no text", STR_INIT("--B\r\n" NAMED("\xff") "\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "bare CR in a header", STR_INIT("--B\r\n" NAMED("a\rb") "\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "no file chosen", STR_INIT("--B\r\n" FILE_NAMED("f", "") "\r\n\r\n--B--\r\n"),
	  STR_INIT("f=[]"), NULL },
	{ "escaped name", STR_INIT("--B\r\n" FILE_NAMED("f%22", "a%0D%0Ab") "\r\nx\r\n--B--\r\n"),
	  STR_INIT("f\"=[a  b]x"), NULL },
	{ "header case", STR_INIT("--B\r\ncontent-disposition:form-data; name=a\r\n\r\n1\r\n--B--"),
	  STR_INIT("a=1"), NULL },
	{ "empty", STR_INIT(""), STR_INIT(""), "web.bad_multipart" },
	{ "preamble", STR_INIT("x\r\n--B--\r\n"), STR_INIT(""), "web.bad_multipart" },
	{ "epilogue", STR_INIT("--B--\r\nx"), STR_INIT(""), "web.bad_multipart" },
	{ "not closed", STR_INIT("--B\r\n" NAMED("a") "\r\n1\r\n--B"), STR_INIT(""),
	  "web.bad_multipart" },
	{ "cut in a value", STR_INIT("--B\r\n" NAMED("a") "\r\n1"), STR_INIT(""),
	  "web.bad_multipart" },
	{ "bare LF", STR_INIT("--B\n" NAMED("a") "\r\n1\r\n--B--\r\n"), STR_INIT(""),
	  "web.bad_multipart" },
	{ "blank after boundary", STR_INIT("--B \r\n" NAMED("a") "\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "no disposition", STR_INIT("--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "two dispositions", STR_INIT("--B\r\n" NAMED("a") NAMED("b") "\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "two names",
	  STR_INIT("--B\r\n"
		   "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "no name",
	  STR_INIT("--B\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "filename*",
	  STR_INIT("--B\r\n"
		   "Content-Disposition: form-data; name=\"a\";"
		   " filename*=utf-8''x\r\n\r\n1\r\n--B--"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "transfer encoding",
	  STR_INIT("--B\r\n" NAMED("a") "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "attachment",
	  STR_INIT("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "NUL in a field", STR_INIT("--B\r\n" NAMED("a") "\r\n\0\r\n--B--\r\n"), STR_INIT(""),
	  "web.bad_multipart" },
	{ "bad UTF-8 in a field", STR_INIT("--B\r\n" NAMED("a") "\r\n\xff\r\n--B--\r\n"),
	  STR_INIT(""), "web.bad_multipart" },
	{ "file too large",
	  STR_INIT("--B\r\n" FILE_NAMED("f",
					"x") "\r\n0123456789012345678901234567890\r\n--B--\r\n"),
	  STR_INIT(""), "web.field_too_long" },
};

enum { FILE_MAX_BYTES = 30 };

static bool read_split(struct test *t, struct str body, size_t step, struct pairs *out,
		       struct err *err)
{
	struct multipart *m = multipart_open(t->arena, STR("B"), FILE_MAX_BYTES, out);

	while (body.len > 0) {
		/* A copy that is spoilt afterwards: nothing may stay a view across feeds. */
		struct str piece = str_copy(t->arena, str_slice(body, 0, step));
		if (!multipart_feed(m, piece, err))
			return false;
		for (size_t i = 0; i < piece.len && body.len > step; i++)
			*(char *)(uintptr_t)(piece.ptr + i) = '?';
		body = str_slice(body, step, body.len);
	}
	return multipart_end(m, err);
}

static void bodies(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (!test_case(t, "multipart: %s", row[i].what))
			continue;
		for (size_t step = 1; step < 2000; step += step < 40 ? 1 : 960) {
			struct err err = { 0 };
			struct pairs p = pairs_open(t->arena);
			if (row[i].key != NULL) {
				CHECK_FAILS(read_split(t, row[i].body, step, &p, &err), row[i].key);
				continue;
			}
			CHECK_OK(read_split(t, row[i].body, step, &p, &err));
			CHECK_STR(print(t, &p), row[i].want);
		}
	}
	if (test_case(t, "multipart: one piece is not copied")) {
		struct str body = STR("--B\r\n" FILE_NAMED("f", "x") "\r\na\r\n--b\r\n--B--\r\n");
		struct pairs p = pairs_open(t->arena);
		struct err err = { 0 };
		struct multipart *m = multipart_open(t->arena, STR("B"), FILE_MAX_BYTES, &p);
		CHECK_OK(multipart_feed(m, body, &err));
		CHECK_OK(multipart_end(m, &err));
		CHECK_INT((int64_t)p.count, 1);
		CHECK(p.at[0].value.ptr > body.ptr && p.at[0].value.ptr < body.ptr + body.len);
	}
}

static const struct {
	const char *type, *boundary; /* NULL: refused */
} type_row[] = {
	{ "multipart/form-data; boundary=abc", "abc" },
	{ "Multipart/Form-Data;boundary=\"a b\"", NULL },
	{ "multipart/form-data; boundary=\"a+b\"", "a+b" },
	{ "multipart/form-data; charset=utf-8; boundary=----WebKitFormBoundary0",
	  "----WebKitFormBoundary0" },
	{ "multipart/form-data", NULL },
	{ "multipart/form-data; boundary=", NULL },
	{ "multipart/form-data; boundary=a; boundary=b", NULL },
	{ "multipart/form-data; boundary=\"a", NULL },
	{ "multipart/mixed; boundary=a", NULL },
	{ "multipart/form-data; boundary", NULL },
	{ "multipart/form-data x", NULL },
	{ "multipart/form-data; =a", NULL },
	{ "multipart/form-data; boundary=a\"b", NULL },
	{ "multipart/form-data; boundary="
	  "0123456789012345678901234567890123456789012345678901234567890123456789a",
	  NULL },
};

void multipart_test(struct test *t)
{
	bodies(t);
	for (size_t i = 0; i < COUNT_OF(type_row); i++) {
		struct str boundary;
		if (!test_case(t, "boundary of %s", type_row[i].type))
			continue;
		bool ok = multipart_boundary(str_from_c(type_row[i].type), &boundary);
		CHECK_INT(ok, type_row[i].boundary != NULL);
		if (ok && type_row[i].boundary != NULL)
			CHECK_STR(boundary, str_from_c(type_row[i].boundary));
	}
}
