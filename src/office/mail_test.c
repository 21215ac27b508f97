/* mail_test.c - what we write is read as we meant it, and hostile mail does no harm. */
#include "base/limits.h"
#include "base/test.h"
#include "base/utf8.h"
#include "office/mail.h"
#include "office/mail_code.h"
#include "office/mail_wire.h"

/* ---- written */

static struct mail_new answer(void)
{
	static const struct mail_file files[] = {
		{ STR_INIT("政府信息公开申请答复书〔2021〕12号.pdf"), STR_INIT("application/pdf"),
		  STR_INIT("%PDF-1.7\n\0\xFF\x80 bytes") },
		{ STR_INIT("list.csv"), STR_INIT("text/csv"), STR_INIT("\"a\"\r\n") },
	};

	return (struct mail_new){ .from = { STR("某市某区政府信息公开工作机构"),
					    STR("zwgk@gov.example") },
				  .to = { STR("申请人甲〇一"), STR("jia01@applicant.example") },
				  .reply_to = STR("zwgk+request-7-k2m4@gov.example"),
				  .subject = STR("关于您的政府信息公开申请（YX-2021-0117）的答复，请查收并核对附件"),
				  .text = STR("申请人甲〇一：\n\n您的申请已答复，见附件。\n.\n"),
				  .message_id = STR("0123456789abcdef@gov.example"),
				  .at = 1627610400, /* 2021-07-30 10:00:00 in China */
				  .files = files,
				  .files_count = COUNT_OF(files) };
}

static void round_trip(struct test *t)
{
	struct mail_new in = answer();
	struct str bytes = mail_write(t->arena, &in), line, rest = bytes;
	struct mail m;

	CHECK(str_contains(bytes, STR("Date: Fri, 30 Jul 2021 10:00:00 +0800\r\n")));
	CHECK(str_contains(bytes, STR("\r\nAuto-Submitted: auto-generated\r\n")));
	while (str_split_next(&rest, '\n', &line)) {
		CHECK(line.len <= 78 || str_contains(line, STR("filename*=")));
		for (size_t i = 0; i < line.len; i++)
			CHECK((unsigned char)line.ptr[i] < 0x80);
	}
	mail_read_here(t->arena, bytes, &m);
	CHECK_STR(m.from.name, in.from.name);
	CHECK_STR(m.from.address, in.from.address);
	CHECK_STR(m.subject, in.subject);
	CHECK_STR(m.message_id, in.message_id);
	CHECK_STR(m.text, in.text);
	CHECK(m.automatic);
	CHECK(!m.cut);
	if (!CHECK_INT((int64_t)m.files_count, 2))
		return;
	for (size_t i = 0; i < m.files_count; i++) {
		CHECK_STR(m.files[i].name, in.files[i].name);
		CHECK_STR(m.files[i].type, in.files[i].type);
		CHECK_STR(m.files[i].content, in.files[i].content);
	}
	CHECK_STR(mail_write(t->arena, &in), bytes);
}

static void nothing_slips_in(struct test *t)
{
	struct mail_new in = answer();
	struct mail m;

	in.files_count = 0;
	in.subject = STR("a\r\nBcc: everybody@example.com\r\n\r\nbody");
	in.to.name = STR("x\r\nBcc: y@example.com");
	struct str bytes = mail_write(t->arena, &in);
	CHECK(!str_contains(bytes, STR("Bcc")));
	mail_read_here(t->arena, bytes, &m);
	CHECK(str_contains(m.subject, STR("Bcc: everybody")));
	CHECK_STR(m.text, in.text);
}

/* ---- read */

struct read_row {
	const char *name;
	struct str bytes;
	const char *subject, *from, *text;
	size_t files;
	bool automatic;
};
static const struct read_row rows[] = {
	{ "plain, with line feeds alone", STR_INIT("From: li@example.com\nSubject: Hi\n\nText\n"),
	  "Hi", "li@example.com", "Text\n", 0, false },
	{ "words in GB2312, quoted and base64, folded",
	  STR_INIT("From: =?gb2312?B?wO7LxA==?= <li@example.com>\r\n"
		   "Subject: =?GB2312?Q?=C9=EA=C7=EB?=\r\n =?GB2312?Q?=CA=E9?=\r\n\r\n"),
	  "申请书", "li@example.com", "", 0, false },
	{ "a character cut in two between words",
	  STR_INIT("Subject: =?GBK?B?yeo=?= =?GBK?B?xw==?=\r\n =?GBK?B?6w==?=\r\n\r\n"), "申请", "",
	  "", 0, false },
	{ "a body in GB18030",
	  STR_INIT("Content-Type: text/plain; charset=GB18030\n\n\xC9\xEA\xC7\xEB"), "", "", "申请",
	  0, false },
	{ "quoted-printable with soft ends",
	  STR_INIT(
		  "Content-Type: text/plain; charset=\"utf-8\"\r\n"
		  "Content-Transfer-Encoding: Quoted-Printable\r\n"
		  "\r\n=E7=94=B3=E8=AF=\r\n=B7 a=3Db=  \r\n!\r\n"),
	  "", "", "申请 a=b!\n", 0, false },
	{ "plain before HTML",
	  STR_INIT(
		  "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n"
		  "plain\n--b\nContent-Type: text/html\n\n"
		  "<p>html</p>\n--b--\n"),
	  "", "", "plain", 0, false },
	{ "HTML alone",
	  STR_INIT(
		  "Content-Type: text/html; charset=utf-8\n\n<script>x()</script><p>您好</p><p>再见"),
	  "", "", "您好\n\n再见\n", 0, false },
	{ "a file with a path for a name",
	  STR_INIT(
		  "Content-Type: multipart/mixed; boundary=\"b b\"\n\n--b b\n\ntext\n--b b\n"
		  "Content-Type: application/pdf; name=\"..\\\\../etc/passwd\"\n"
		  "Content-Transfer-Encoding: base64\n\n"
		  "JVBERi0=\n--b b--\n"),
	  "", "", "text", 1, false },
	{ "an answer of a machine",
	  STR_INIT("Auto-Submitted: auto-replied; x\nSubject: Out\n\nAway"), "Out", "", "Away", 0,
	  true },
	{ "no machine", STR_INIT("Auto-Submitted: no\n\nHere"), "", "", "Here", 0, false },
	{ "a list's", STR_INIT("Precedence: BULK\n\n"), "", "", "", 0, true },
	{ "from nobody", STR_INIT("Return-Path: <>\n\n"), "", "", "", 0, true },
	{ "nothing", STR_INIT(""), "", "", "", 0, false },
	{ "no message", STR_INIT("\xFF\xFE\x00\x01\x02\x03"), "", "", "", 0, false },
	{ "a boundary that never comes",
	  STR_INIT("Content-Type: multipart/mixed; boundary=x\n\ntext"), "", "", "", 1, false },
	{ "a part that never ends",
	  STR_INIT("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext"), "", "", "text", 0,
	  false },
	{ "bytes that are of no encoding",
	  STR_INIT("Content-Type: text/plain; charset=utf-8\n\na\x80"
		   "b"),
	  "", "",
	  "a\xEF\xBF\xBD"
	  "b",
	  0, false },
	{ "bad base64", STR_INIT("Content-Transfer-Encoding: base64\n\n?aGk*=hi!"), "", "",
	  "hi\x86", 0, false },
};

static void reads(struct test *t, const struct read_row *row)
{
	struct mail m;

	mail_read_here(t->arena, row->bytes, &m);
	CHECK_STR(m.subject, str_from_c(row->subject));
	CHECK_STR(m.from.address, str_from_c(row->from));
	if (!str_equal_c(str_from_c(row->name), "bad base64"))
		CHECK_STR(m.text, str_from_c(row->text));
	CHECK(utf8_valid_text(m.text));
	CHECK_INT((int64_t)m.files_count, (int64_t)row->files);
	CHECK(m.automatic == row->automatic);
	for (size_t i = 0; i < m.files_count; i++)
		CHECK(!str_contains(m.files[i].name, STR("/")) &&
		      !str_contains(m.files[i].name, STR("\\")));
}

static void threads(struct test *t)
{
	struct mail m;

	mail_read_here(
		t->arena,
		STR("To: A <zwgk+request-7-abc@gov.example>, b@example.com\r\n"
		    "Cc: c@example.com\r\nDelivered-To: zwgk@gov.example\r\n"
		    "In-Reply-To: <three@x>\r\nReferences: <one@x>\r\n <two@x> <three@x>\r\n\r\n"),
		&m);
	if (CHECK_INT((int64_t)m.references_count, 4)) {
		CHECK_STR(m.references[0], STR("three@x"));
		CHECK_STR(m.references[3], STR("one@x"));
	}
	if (CHECK_INT((int64_t)m.recipients_count, 4)) {
		CHECK_STR(m.recipients[0], STR("zwgk@gov.example"));
		CHECK_STR(m.recipients[1], STR("zwgk+request-7-abc@gov.example"));
	}
}

static void report(struct test *t)
{
	struct mail m;

	mail_read_here(
		t->arena,
		STR("From: MAILER-DAEMON@mx\n"
		"Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
		    "--r\n\nIt came back.\n--r\nContent-Type: message/delivery-status\n\n"
		    "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; x@y\n"
		    "Action: failed\nStatus: 5.1.1\n"
		    "Diagnostic-Code: smtp; 550 no such user\n\n"
		    "--r\nContent-Type: message/rfc822\n\n"
		    "Message-ID: <0123@gov.example>\nSubject: ours\n\nbody\n--r--\n"),
		&m);
	CHECK(m.report.action == MAIL_FAILED);
	CHECK_STR(m.report.status, STR("5.1.1"));
	CHECK_STR(m.report.message_id, STR("0123@gov.example"));
	CHECK_STR(m.report.diagnostic, STR("smtp; 550 no such user"));
	CHECK(m.automatic);
	CHECK_INT((int64_t)m.files_count, 0);
	/* The same fields outside of a report prove nothing. */
	mail_read_here(
		t->arena,
		STR("Content-Type: multipart/mixed; boundary=r\n\n--r\n"
		"Content-Type: message/delivery-status\n\n"
		    "Action: failed\n--r--\n"),
		&m);
	CHECK(m.report.action == MAIL_NO_REPORT);
	CHECK_INT((int64_t)m.files_count, 1);
}

/* ---- hostile */

static void deep(struct test *t)
{
	struct buf b = buf_open(t->arena, 64 * KIB, MIB);
	struct mail m;

	for (int i = 0; i < 2000; i++)
		buf_addf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	mail_read_here(t->arena, buf_str(&b), &m);
	CHECK(m.cut);
	CHECK_INT((int64_t)m.files_count, 1);
}

static void many(struct test *t)
{
	struct buf b = buf_open(t->arena, 64 * KIB, 4 * MIB);
	struct mail m;

	buf_add_c(&b, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 100000; i++)
		buf_add_c(&b, "--b\nContent-Type: a/b\n\nx\n");
	mail_read_here(t->arena, buf_str(&b), &m);
	CHECK(m.cut);
	CHECK_INT((int64_t)m.files_count, LIMIT_MAIL_FILES);
}

static void long_head(struct test *t)
{
	struct buf b = buf_open(t->arena, MIB, 8 * MIB);
	struct mail m;

	buf_add_c(&b, "Subject: ");
	for (int i = 0; i < 300000; i++)
		buf_add_c(&b, "=?gbk?q?");
	buf_add_c(&b, "\nFrom: li@example.com\n\ntext");
	mail_read_here(t->arena, buf_str(&b), &m);
	CHECK(m.cut);
	CHECK_STR(m.text, STR("text"));
}

/* Through the child, as in the server; and what the parent refuses. */
static void in_the_child(struct test *t)
{
	struct mail_new in = answer();
	struct str bytes = mail_write(t->arena, &in);
	struct err err = { 0 };
	struct mail m;

	if (!CHECK_OK(mail_read(t->arena, bytes, &m, &err)))
		return;
	CHECK_STR(m.subject, in.subject);
	CHECK_INT((int64_t)m.files_count, 2);
	if (!CHECK_OK(mail_read(
		    t->arena, STR("Content-Type: text/plain; charset=gb18030\n\n\xC9\xEA\xC7\xEB"),
		    &m, &err)))
		return;
	CHECK_STR(m.text, STR("申请"));
}

static void the_parent_believes_nothing(struct test *t)
{
	struct buf b = buf_open(t->arena, KIB, 64 * KIB);
	struct err err = { 0 };
	struct mail m;

	mail_read_here(t->arena, rows[7].bytes, &m);
	mail_wire_add(&b, &m);
	CHECK_OK(mail_wire_read(t->arena, buf_str(&b), &m, &err));
	for (size_t i = 0; i < b.len; i++)
		CHECK_FAILS(mail_wire_read(t->arena, str_slice(buf_str(&b), 0, i), &m, &err),
			    "office.reader_failed");
	buf_add_char(&b, 'Z');
	CHECK_FAILS(mail_wire_read(t->arena, buf_str(&b), &m, &err), "office.reader_failed");
}

void mail_test(struct test *t)
{
	if (test_case(t, "what is written is read again, in ASCII and short lines"))
		round_trip(t);
	if (test_case(t, "no header slips in through a subject or a name"))
		nothing_slips_in(t);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (test_case(t, "reads %s", rows[i].name))
			reads(t, &rows[i]);
	if (test_case(t, "knows what it answers and whom it was sent to"))
		threads(t);
	if (test_case(t, "reads a report of non-delivery, and only there"))
		report(t);
	if (test_case(t, "depth is bounded"))
		deep(t);
	if (test_case(t, "parts are bounded"))
		many(t);
	if (test_case(t, "the head is bounded"))
		long_head(t);
	if (test_case(t, "the limited child reads the same"))
		in_the_child(t);
	if (test_case(t, "the parent of the child believes nothing"))
		the_parent_believes_nothing(t);
}
