/* attachment_test.c - files are what their content says, kept once, sealed, found again. */
#include "attachment/attachment.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"
#include "ledger/ledger.h"

#include <string.h>

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define PNG(width, height) STR_INIT(PNG_HEAD width height "\x08\x02\0\0\0" "crc!")
#define ENTRY(packed, unpacked, name_len, name)                                            \
	"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0crc!" packed unpacked name_len "\0\0\0\0\0\0\0\0" \
	"\0\0\0\0\0\0\0\0" name
#define END(count, at) "PK\x05\x06\0\0\0\0" count count "\0\0\0\0" at "\0\0"
#define SMALL "\x10\0\0\0"

static const struct row {
	const char *what;
	struct str content;
	enum attachment_type type;
	const char *key; /* NULL: good */
} files[] = {
	{ "a text", STR_INIT("申请公开某批复的全文。\n"), ATTACHMENT_TEXT, NULL },
	{ "nothing", STR_INIT(""), 0, "attachment.empty" },
	{ "a text in GBK", STR_INIT("\xc9\xea\xc7\xeb"), 0, "attachment.unknown_type" },
	{ "a program",
	  STR_INIT("\x7f"
		   "ELF\x02\x01\x01\0"),
	  0, "attachment.unknown_type" },
	{ "an old Word file", STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 0,
	  "attachment.unknown_type" },
	{ "a PDF", STR_INIT("%PDF-1.7\n\x93\x8c\x8b\x9e\n%%EOF"), ATTACHMENT_PDF, NULL },
	{ "a PDF behind a line of a scanner", STR_INIT("\xff\xfe scan\n%PDF-1.4"), ATTACHMENT_PDF,
	  NULL },
	{ "a PNG", PNG("\0\0\x04\0", "\0\0\x03\0"), ATTACHMENT_PNG, NULL },
	{ "a PNG of too many pixels", PNG("\0\0\x4e\x20", "\0\0\x4e\x20"), 0,
	  "attachment.too_many_pixels" },
	{ "a PNG that claims a side without end", PNG("\x7f\xff\xff\xff", "\0\0\0\1"), 0,
	  "attachment.too_many_pixels" },
	{ "a PNG without width", PNG("\0\0\0\0", "\0\0\0\1"), 0, "attachment.broken" },
	{ "a PNG that is cut", STR_INIT("\x89PNG\r\n\x1a\n\0\0"), 0, "attachment.broken" },
	{ "a JPEG",
	  STR_INIT("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
		   "\xff\xc0\0\x11\x08\x03\0\x04\0\3\1\x22\0"),
	  ATTACHMENT_JPEG, NULL },
	{ "a JPEG without a frame",
	  STR_INIT("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda\0\2xx"), 0,
	  "attachment.broken" },
	{ "a DOCX",
	  STR_INIT("PK\x03\x04" ENTRY(SMALL, SMALL, "\x13\0", "[Content_Types].xml") ENTRY(
		  SMALL, SMALL, "\x11\0", "word/document.xml") END("\2\0", "\4\0\0\0")),
	  ATTACHMENT_DOCX, NULL },
	{ "an XLSX",
	  STR_INIT("PK\x03\x04" ENTRY(SMALL, SMALL, "\x13\0", "[Content_Types].xml") ENTRY(
		  SMALL, SMALL, "\x0f\0", "xl/workbook.xml") END("\2\0", "\4\0\0\0")),
	  ATTACHMENT_XLSX, NULL },
	{ "an OFD",
	  STR_INIT("PK\x03\x04" ENTRY(SMALL, SMALL, "\7\0", "OFD.xml") END("\1\0", "\4\0\0\0")),
	  ATTACHMENT_OFD, NULL },
	{ "any other ZIP",
	  STR_INIT("PK\x03\x04" ENTRY(SMALL, SMALL, "\5\0", "a.exe") END("\1\0", "\4\0\0\0")), 0,
	  "attachment.unknown_type" },
	{ "a ZIP that unpacks to gigabytes",
	  STR_INIT("PK\x03\x04" ENTRY(SMALL, "\xff\xff\xff\x7f", "\7\0", "OFD.xml")
			   END("\1\0", "\4\0\0\0")),
	  0, "attachment.unpacks_too_large" },
	{ "a ZIP with too many entries", STR_INIT("PK\x03\x04" END("\xff\xff", "\4\0\0\0")), 0,
	  "attachment.unpacks_too_large" },
	{ "a ZIP whose directory is elsewhere",
	  STR_INIT("PK\x03\x04" END("\1\0", "\xff\xff\xff\xff")), 0, "attachment.broken" },
	{ "a ZIP without an end", STR_INIT("PK\x03\x04 and then nothing more of it"), 0,
	  "attachment.broken" },
};

static void types(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		enum attachment_type type = ATTACHMENT_TYPE_COUNT;
		struct err err = { 0 };

		if (!test_case(t, "%s", files[i].what))
			continue;
		if (files[i].key != NULL) {
			CHECK_FAILS(attachment_check(files[i].content, &type, &err), files[i].key);
			CHECK_INT(type, ATTACHMENT_TYPE_COUNT);
		} else {
			CHECK_OK(attachment_check(files[i].content, &type, &err));
			CHECK_INT(type, files[i].type);
		}
	}
}

/* The name that is handed out cannot promise what the content is not. */
static const struct {
	const char *label, *brought;
	enum attachment_type type;
	const char *kept;
} name_rows[] = {
	{ "its own suffix stays", "批复.PDF", ATTACHMENT_PDF, "批复.PDF" },
	{ "so does another of the type", "照片.jpeg", ATTACHMENT_JPEG, "照片.jpeg" },
	{ "a table as text", "目录.csv", ATTACHMENT_TEXT, "目录.csv" },
	{ "a text is no program", "说明.bat", ATTACHMENT_TEXT, "说明.bat.txt" },
	{ "nor a page", "说明.txt.hta", ATTACHMENT_TEXT, "说明.txt.hta.txt" },
	{ "a document is none with macros", "材料.docm", ATTACHMENT_DOCX, "材料.docm.docx" },
	{ "a name without one gets one", "身份证", ATTACHMENT_PNG, "身份证.png" },
	{ "nothing but one", ".htaccess", ATTACHMENT_TEXT, "附件.txt" },
	{ "nothing but its own", ".pdf", ATTACHMENT_PDF, "附件.pdf" },
	{ "nothing", "", ATTACHMENT_OFD, "附件.ofd" },
	{ "turned around on the screen", "发票\u202Efdp.exe", ATTACHMENT_TEXT, "发票fdp.exe.txt" },
	{ "blank ends", " a.txt \u200B", ATTACHMENT_TEXT, "a.txt" },
	{ "lines of a header", "a\r\nX: y\".txt", ATTACHMENT_TEXT, "aX y.txt" },
	{ "folders", "C:\\我的\\..\\x.txt", ATTACHMENT_TEXT, "x.txt" },
	{ "a stream of another system", "x.txt::$DATA", ATTACHMENT_TEXT, "x.txt$DATA.txt" },
	{ "no UTF-8", "\xFF.txt", ATTACHMENT_TEXT, "附件.txt" },
};

static void names(struct test *t)
{
	struct str s;

	for (size_t i = 0; i < COUNT_OF(name_rows); i++) {
		if (!test_case(t, "%s", name_rows[i].label))
			continue;
		s = attachment_plain_name(t->arena, str_from_c(name_rows[i].brought),
					  name_rows[i].type);
		CHECK_STR(s, str_from_c(name_rows[i].kept));
		CHECK_STR(attachment_plain_name(t->arena, s, name_rows[i].type), s);
	}
	if (!test_case(t, "a long name keeps its suffix"))
		return;
	struct buf b = buf_open(t->arena, 256, KIB);
	for (int i = 0; i < LIMIT_ATTACHMENT_NAME; i++)
		buf_add_c(&b, "长");
	buf_add_c(&b, ".pdf");
	s = attachment_plain_name(t->arena, buf_str(&b), ATTACHMENT_PDF);
	CHECK(str_ends(s, STR("长.pdf")) && s.len <= LIMIT_ATTACHMENT_NAME);
}

static struct attachment_new paper(const char *kind, struct str name, struct str content)
{
	return (struct attachment_new){ .subject_kind = kind,
					.subject_id = 7,
					.purpose = ATTACHMENT_REQUEST,
					.file_name = name,
					.content = content,
					.who = BROUGHT_BY_APPLICANT };
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct attachment_new one = paper("draft", STR("C:\\我的\\批 复\".txt"), STR("正文"));
	struct attachment_new two = paper("request", STR("../../.x"), STR("正文"));
	struct attachment_id first, second, again;
	struct attachment *list, a;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(attachment_add(ctx, &one, &first, &err));
	CHECK_OK(attachment_add(ctx, &one, &again, &err));
	CHECK_INT(again.n, first.n);
	CHECK_OK(attachment_add(ctx, &two, &second, &err));
	CHECK_OK(attachment_list(ctx, "draft", 7, &list, &count, &err));
	CHECK(count == 1 && list[0].type == ATTACHMENT_TEXT && list[0].bytes == 6);
	CHECK_STR(list[0].file_name, STR("批 复.txt"));
	CHECK_OK(attachment_find(ctx, second, &a, &err));
	CHECK_STR(a.file_name, STR("附件.txt"));
	CHECK_OK(attachment_remove(ctx, second, &err));
	CHECK_OK(attachment_read(ctx, first, &a, &err)); /* the content has another link */
	CHECK_STR(a.content, STR("正文"));
	CHECK_FAILS(attachment_find(ctx, second, &a, &err), "attachment.none");
	CHECK_OK(ledger_history(ctx, "draft", 7, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(attachment_move(ctx, "draft", 7, "request", 7, &err));
	CHECK_OK(attachment_list(ctx, "draft", 7, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(attachment_read(ctx, first, &a, &err));
	CHECK_STR(a.subject_kind, STR("request"));
	CHECK_FAILS(attachment_note_look(ctx, &a, STR(" "), &err), "attachment.no_reason");
	CHECK_OK(attachment_note_look(ctx, &a, STR("核对证件"), &err));
	CHECK_OK(ledger_history(ctx, "request", 7, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 4); /* added and removed, moved here, looked at */
	for (size_t i = 0; i < count; i++)
		CHECK(!str_contains(rows[i].changes_json, STR("批")));
	CHECK_OK(attachment_remove(ctx, first, &err));
	CHECK_FAILS(attachment_read(ctx, first, &a, &err), "attachment.none");
	ctx->vault = NULL;
	CHECK_FAILS(attachment_add(ctx, &one, &first, &err), "base.vault_closed");
}

static void limits(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct attachment_new in = paper("request", STR("a.txt"), STR_NONE);
	struct attachment_id id;
	struct err err = { 0 };

	(void)arg;
	for (int i = 0; i < LIMIT_ATTACHMENTS; i++) {
		in.content = str_format(t->arena, "第%d页", i);
		CHECK_OK(attachment_add(ctx, &in, &id, &err));
	}
	in.content = STR("再一页");
	CHECK_FAILS(attachment_add(ctx, &in, &id, &err), "attachment.too_many");
	in.subject_id = 8;
	char *large = arena_alloc(t->arena, LIMIT_ATTACHMENT + 1);
	memset(large, 'a', LIMIT_ATTACHMENT + 1);
	in.content = (struct str){ large, LIMIT_ATTACHMENT + 1 };
	CHECK_FAILS(attachment_add(ctx, &in, &id, &err), "attachment.too_large");
}

static bool add_and_move(struct ctx *ctx, const void *arg, struct err *err)
{
	struct attachment_new in = paper("draft", STR("a.txt"), STR("正文"));
	struct attachment_id id;

	(void)arg;
	return attachment_add(ctx, &in, &id, err) &&
	       attachment_move(ctx, "draft", 7, "request", 3, err) &&
	       attachment_remove(ctx, id, err);
}

void attachment_test(struct test *t)
{
	names(t);
	static const struct testdb_scenario whole = { .verb = add_and_move };

	types(t);
	testdb_each(t, "a file is kept once, sealed, and goes with its last link", life, NULL);
	testdb_each(t, "one subject has so many files and no more", limits, NULL);
	testdb_faults(t, "adding, moving and removing a file is all or nothing", &whole);
}
