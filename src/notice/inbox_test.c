/* inbox_test.c - mail that comes in: taken once, threaded, settled; nothing readable at rest. */
#include "attachment/attachment.h"
#include "base/file.h"
#include "db/testdb.h"
#include "ledger/ledger.h"
#include "notice/inbox.h"
#include "notice/maildir.h"
#include "office/mail.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct notice_settings settings(void)
{
	return (struct notice_settings){ .from = STR("zwgk@gov.example"),
					 .key = STR("0123456789abcdef0123456789abcdef") };
}

static bool office(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_new second = { .code = STR("CZ"), .name = STR("区财政局"),
				   .kind = UNIT_DEPARTMENT };
	struct unit_id id;

	(void)arg;
	if (!agency_add_unit(ctx, &root, &id, err))
		return false;
	second.parent = (struct opt_int){ true, id.n };
	return agency_add_unit(ctx, &second, &id, err);
}

/* A message as a server lays it down; %s: more head lines, each with its line end. */
static struct str message(struct arena *a, const char *head, const char *body)
{
	return str_format(a,
			  "Return-Path: <jia01@applicant.example>\r\n"
			  "From: =?UTF-8?B?55Sz6K+35Lq655Sy?= <jia01@applicant.example>\r\n"
			  "Subject: tax\r\n%s\r\n%s\r\n",
			  head, body);
}

static bool take(struct ctx *ctx, struct str content, struct inbox_id *id, bool *known,
		 struct err *err)
{
	struct notice_settings s = settings();
	struct mail m;

	mail_read_here(ctx->arena, content, &m);
	return inbox_take(ctx, &s, &(struct inbox_new){ content, &m, ctx->now - 60 }, id, known,
			  err);
}

static struct inbox_mail taken(struct test *t, struct ctx *ctx, struct str content)
{
	struct inbox_mail m = { .sender = STR_NONE };
	struct err err = { 0 };
	struct inbox_id id = { 0 };
	bool known;

	if (CHECK_OK(take(ctx, content, &id, &known, &err)) && CHECK(!known))
		CHECK_OK(inbox_find(ctx, id, &m, &err));
	return m;
}

static bool write_to_applicant(struct ctx *ctx, struct notice_id *id, struct err *err)
{
	struct unit root;

	if (!agency_root(ctx, &root, err))
		return false;
	struct notice_new in = { .unit = root.id, .subject_kind = "request", .subject_id = 7,
				 .why = STR("登记回执"), .to = STR("jia01@applicant.example"),
				 .subject = STR("已登记"), .text = STR("您的申请已登记。"),
				 .answerable = true };
	return notice_mail(ctx, &in, id, err);
}

/* ---- where it belongs */

static void by_address(struct test *t, struct testdb *site, const void *arg)
{
	struct notice_settings s = settings();
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct ledger_row *rows;
	size_t count;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	struct str to = post_case_address(t->arena, &s, STR("request"), 7);
	struct str head = str_format(
		t->arena, "Delivered-To: " STR_FMT "\r\nMessage-ID: <a1@x>\r\n", STR_ARG(to));
	struct inbox_mail m = taken(t, ctx, message(t->arena, str_to_c(t->arena, head), "hello"));
	CHECK(m.state == INBOX_ASSIGNED && m.how == INBOX_BY_TOKEN);
	CHECK_STR(m.subject_kind, STR("request"));
	CHECK_INT(m.subject_id, 7);
	CHECK_STR(m.sender, STR("jia01@applicant.example"));
	CHECK_STR(m.sender_name, STR("申请人甲"));
	CHECK_INT(m.received_at, ctx->now - 60);
	CHECK(!m.automatic);
	CHECK_OK(ledger_history(ctx, "request", 7, 9, &rows, &count, &err));
	if (CHECK_INT((int64_t)count, 1)) {
		CHECK_STR(rows[0].verb, STR("mail.come"));
		CHECK(!str_contains(rows[0].changes_json, STR("jia01")));
	}
	/* A guess at another case's address is mail like any other. */
	head = str_format(t->arena, "To: zwgk+request-8-" STR_FMT "\r\nMessage-ID: <a2@x>\r\n",
			  STR_ARG(str_slice(to, 17, to.len)));
	m = taken(t, ctx, message(t->arena, str_to_c(t->arena, head), "hello"));
	CHECK(m.state == INBOX_PEN);
}

static void by_thread(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct notice_id id;
	struct notice n;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	CHECK_OK(write_to_applicant(ctx, &id, &err));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	struct str head = str_format(t->arena,
				     "In-Reply-To: <" STR_FMT "@gov.example>\r\n"
				     "Message-ID: <b1@x>\r\n",
				     STR_ARG(n.message_id));
	struct inbox_mail m = taken(t, ctx, message(t->arena, str_to_c(t->arena, head), "one"));
	CHECK(m.state == INBOX_ASSIGNED && m.how == INBOX_BY_THREAD);
	CHECK_INT(m.subject_id, 7);
	/* An answer to the answer, from somebody the message was passed on to. */
	m = taken(t, ctx,
		  message(t->arena, "References: <zz@y> <b1@x>\r\nMessage-ID: <b2@x>\r\n", "two"));
	CHECK(m.state == INBOX_ASSIGNED && m.how == INBOX_BY_THREAD);
	/* Neither: but we have written to this address. */
	m = taken(t, ctx, message(t->arena, "Message-ID: <b3@x>\r\n", "three"));
	CHECK(m.state == INBOX_PEN);
	CHECK_STR(m.proposal_kind, STR("request"));
	CHECK_INT(m.proposal_id, 7);
	CHECK_STR(m.proposal_why, STR("sender"));
}

static void automatic(struct test *t, struct testdb *site, const void *arg)
{
	static const char *const heads[] = { "Auto-Submitted: auto-replied\r\n",
					     "Precedence: bulk\r\n", "X-Autoreply: yes\r\n" };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	for (size_t i = 0; i < COUNT_OF(heads); i++)
		CHECK(taken(t, ctx, message(t->arena, heads[i], "away")).automatic);
	CHECK(!taken(t, ctx, message(t->arena, "Auto-Submitted: no\r\n", "here")).automatic);
}

/* As exim writes it. */
static struct str report(struct arena *a, const char *action, struct str message_id)
{
	return str_format(
		a,
		"Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@mx.example>\r\n"
		"To: zwgk@gov.example\r\nSubject: failure\r\nMessage-ID: <dsn-%s@mx>\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
		"Auto-Submitted: auto-replied\r\n\r\n"
		"--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
		"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
		"Reporting-MTA: dns; mx.example\r\n\r\nAction: %s\r\n"
		"Final-Recipient: rfc822;jia01@applicant.example\r\nStatus: 5.1.1\r\n"
		"Diagnostic-Code: smtp; 550 <jia01@applicant.example> unknown\r\n\r\n"
		"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
		"Message-ID: <" STR_FMT "@gov.example>\r\n\r\n--b--\r\n",
		action, action, STR_ARG(message_id));
}


static void reports(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct ledger_row *rows;
	struct notice_id id;
	struct notice n;
	size_t count;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	CHECK_OK(write_to_applicant(ctx, &id, &err));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	struct inbox_mail m = taken(t, ctx, report(t->arena, "delayed", n.message_id));
	CHECK(m.state == INBOX_REPORT && m.automatic);
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK(n.state == NOTICE_WAITING);
	m = taken(t, ctx, report(t->arena, "failed", n.message_id));
	CHECK(m.state == INBOX_REPORT);
	CHECK_INT(m.notice.v, id.n);
	CHECK_INT(m.subject_id, 7);
	CHECK(str_contains(m.diagnostic, STR("550")));
	CHECK_OK(notice_find(ctx, id, &n, &err));
	CHECK(n.state == NOTICE_BOUNCED);
	CHECK_STR(n.answer, STR("5.1.1 smtp; 550 … unknown"));
	CHECK_OK(ledger_history(ctx, "request", 7, 9, &rows, &count, &err));
	bool told = false;
	for (size_t i = 0; i < count; i++) {
		told = told || str_equal_c(rows[i].verb, "notice.bounced");
		CHECK(!str_contains(rows[i].changes_json, STR("jia01")));
	}
	CHECK(told);
	/* Of a message that was none of ours: somebody looks at it. */
	m = taken(t, ctx, report(t->arena, "relayed", STR("0123")));
	CHECK(m.state == INBOX_PEN && m.automatic);
}

/* ---- once, and whole */

static void once(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct inbox_id first, second;
	struct err err = { 0 };
	struct inbox_mail *rows;
	size_t count;
	bool known;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	CHECK_OK(take(ctx, message(t->arena, "Message-ID: <c1@x>\r\n", "same"), &first, &known,
		      &err));
	CHECK(!known);
	/* Delivered twice: another trace, the same message. */
	CHECK_OK(take(ctx,
		      message(t->arena, "Received: by other\r\nMessage-ID: <c1@x>\r\n", "same"),
		      &second, &known, &err));
	CHECK(known);
	CHECK_INT(second.n, first.n);
	/* A Message-ID given twice by a careless program, with other words: two messages. */
	CHECK_OK(take(ctx, message(t->arena, "Message-ID: <c1@x>\r\n", "other"), &second, &known,
		      &err));
	CHECK(!known);
	/* None at all. */
	CHECK_OK(take(ctx, message(t->arena, "", "none"), &second, &known, &err));
	CHECK(!known);
	CHECK_OK(take(ctx, message(t->arena, "", "none"), &second, &known, &err));
	CHECK(known);
	CHECK_OK(inbox_list(ctx, INBOX_PEN, (struct opt_int){ 0 }, 0, 9, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
}

static struct str with_files(struct arena *a)
{
	return message(
		a,
		"Message-ID: <f1@x>\r\nMIME-Version: 1.0\r\n"
		"Content-Type: multipart/mixed; boundary=b\r\n",
		"--b\r\nContent-Type: text/plain\r\n\r\nsee there\r\n"
		"--b\r\nContent-Type: text/plain\r\n"
		"Content-Disposition: attachment; filename=list.txt\r\n\r\nsome words here\r\n"
		"--b\r\nContent-Type: application/x-msdownload\r\n"
		"Content-Disposition: attachment; filename=run.exe\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n"
		"TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=\r\n--b--\r\n");
}

static void files(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct attachment *list;
	size_t count;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	struct inbox_mail m = taken(t, ctx, with_files(t->arena));
	CHECK_STR(str_trim(m.text), STR("see there"));
	CHECK(m.cut);
	CHECK(str_starts(m.left_out, STR("run.exe：")));
	CHECK_OK(attachment_list(ctx, "mail", m.id.n, &list, &count, &err));
	if (CHECK_INT((int64_t)count, 1))
		CHECK_STR(list[0].file_name, STR("list.txt"));
}

/* ---- settling */

static void settled(struct test *t, struct testdb *site, const void *arg)
{
	struct opt_int root = { true, 1 }, other = { true, 2 };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	int64_t pen;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	ctx->actor.name = STR("甲");
	struct inbox_mail m = taken(t, ctx, message(t->arena, "Message-ID: <d1@x>\r\n", "x"));
	struct inbox_assign in = { .kind = "request", .subject_id = 7, .unit = { 2 },
				   .how = INBOX_BY_CLERK, .reason = STR_NONE };
	CHECK_OK(inbox_pen_count(ctx, root, &pen, &err));
	CHECK_INT(pen, 1);
	CHECK_OK(inbox_forward(ctx, m.id, (struct unit_id){ 2 }, STR("属于财政局"), &err));
	CHECK_FAILS(inbox_forward(ctx, m.id, (struct unit_id){ 2 }, STR_NONE, &err),
		    "notice.mail_same_unit");
	CHECK_OK(inbox_pen_count(ctx, root, &pen, &err));
	CHECK_INT(pen, 0);
	CHECK_OK(inbox_pen_count(ctx, other, &pen, &err));
	CHECK_INT(pen, 1);
	CHECK_FAILS(inbox_discard(ctx, m.id, STR(" "), &err), "notice.why");
	CHECK_OK(inbox_discard(ctx, m.id, STR("广告"), &err));
	CHECK_FAILS(inbox_discard(ctx, m.id, STR("广告"), &err), "notice.mail_settled");
	CHECK_FAILS(inbox_assign(ctx, m.id, &in, &err), "notice.why");
	in.reason = STR("误弃");
	CHECK_OK(inbox_assign(ctx, m.id, &in, &err));
	CHECK_FAILS(inbox_assign(ctx, m.id, &in, &err), "notice.mail_there");
	CHECK_FAILS(inbox_forward(ctx, m.id, (struct unit_id){ 1 }, STR_NONE, &err),
		    "notice.mail_settled");
	CHECK_OK(inbox_find(ctx, m.id, &m, &err));
	CHECK(m.state == INBOX_ASSIGNED && m.how == INBOX_BY_CLERK);
	CHECK_STR(m.person, STR("甲"));
	CHECK_STR(m.reason, STR("误弃"));
	in.subject_id = 8;
	CHECK_OK(inbox_assign(ctx, m.id, &in, &err));
}

static void forgotten(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct ledger_verdict verdict;
	struct attachment *list;
	size_t count;

	(void)arg;
	CHECK_OK(office(ctx, NULL, &err));
	struct inbox_mail m = taken(t, ctx, with_files(t->arena));
	ctx->now += 30 * 24 * 3600;
	CHECK_OK(inbox_erase_old(ctx, 31, &err));
	CHECK_OK(inbox_find(ctx, m.id, &m, &err));
	CHECK(m.sender.len > 0);
	CHECK_OK(inbox_erase_old(ctx, 29, &err));
	CHECK_OK(inbox_find(ctx, m.id, &m, &err));
	CHECK_INT((int64_t)(m.sender.len + m.text.len + m.subject.len), 0);
	CHECK(m.erased_at.known);
	CHECK_OK(attachment_list(ctx, "mail", m.id.n, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

static bool take_one(struct ctx *ctx, const void *arg, struct err *err)
{
	struct inbox_id id;
	bool known;

	(void)arg;
	return take(ctx, with_files(ctx->arena), &id, &known, err);
}

/* ---- the mailbox */

static void put(struct test *t, struct str dir, const char *name, struct str content)
{
	struct err err = { 0 };

	CHECK_OK(file_write(t->arena, str_format(t->arena, STR_FMT "/new/%s", STR_ARG(dir), name),
			    content, &err));
}

static void mailbox(struct test *t)
{
	struct str dir = str_format(t->arena, "%s/box", t->data_dir);
	struct maildir_message message;
	struct err err = { 0 };
	const struct str *names;
	struct maildir m;
	size_t count;
	bool found;

	CHECK_FAILS(maildir_open(t->arena, dir, &m, &err), "notice.no_maildir");
	CHECK_OK(dir_make(t->arena, str_concat(t->arena, dir, STR("/new")), &err));
	CHECK_OK(dir_make(t->arena, str_concat(t->arena, dir, STR("/cur")), &err));
	put(t, dir, "1000000000.b", STR("late"));
	put(t, dir, "999999999.a", STR("early"));
	put(t, dir, ".hidden", STR("no"));
	struct str link = str_concat(t->arena, dir, STR("/new/5.link"));
	struct str pipe = str_concat(t->arena, dir, STR("/new/6.pipe"));
	CHECK_INT(symlink("/etc/passwd", str_to_c(t->arena, link)), 0);
	CHECK_INT(mkfifo(str_to_c(t->arena, pipe), 0600), 0);
	if (!CHECK_OK(maildir_open(t->arena, dir, &m, &err)) ||
	    !CHECK_OK(maildir_list(t->arena, &m, 9, &names, &count, &err)))
		return;
	if (CHECK_INT((int64_t)count, 2)) {
		CHECK_STR(names[0], STR("999999999.a"));
		CHECK_STR(names[1], STR("1000000000.b"));
	}
	CHECK_OK(maildir_read(t->arena, &m, STR("999999999.a"), &message, &found, &err));
	CHECK(found);
	CHECK_STR(message.content, STR("early"));
	CHECK_OK(maildir_read(t->arena, &m, STR("5.link"), &message, &found, &err));
	CHECK(!found);
	CHECK_OK(maildir_read(t->arena, &m, STR("6.pipe"), &message, &found, &err));
	CHECK(!found);
	CHECK_OK(maildir_taken(t->arena, &m, STR("999999999.a"), &err));
	CHECK_OK(maildir_taken(t->arena, &m, STR("999999999.a"), &err));
	CHECK(file_exists(t->arena, str_concat(t->arena, dir, STR("/cur/999999999.a:2,S"))));
	maildir_close(&m);
}

void inbox_test(struct test *t)
{
	static const struct testdb_scenario scenario = { .given = office, .verb = take_one };

	testdb_each(t, "the address of a case brings a mail to it, a forged one does not",
		    by_address, NULL);
	testdb_each(t, "an answer finds the case of what it answers", by_thread, NULL);
	testdb_each(t, "what a machine answers is told apart", automatic, NULL);
	testdb_each(t, "a report finds the notice that came back", reports, NULL);
	testdb_each(t, "the same message is taken once", once, NULL);
	testdb_each(t, "files are kept, what is not taken is told", files, NULL);
	testdb_each(t, "a mail is handed on, put away, and assigned after all", settled, NULL);
	testdb_each(t, "sender, words and files are erased, the chain stays whole", forgotten,
		    NULL);
	testdb_faults(t, "taking a mail is all or nothing", &scenario);
	if (test_case(t, "a mailbox gives plain files, the oldest first, and keeps what was taken"))
		mailbox(t);
}
