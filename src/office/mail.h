/*
 * mail.h - one e-mail: written for a mail server, and read as it lies in a mailbox.
 *
 * Writing follows RFC 5322 and MIME in the one form every reader understands:
 * ASCII, lines of at most 78 columns, header words of RFC 2047, bodies in base64.
 * Reading believes nothing. It happens in the limited child of read.h, within the
 * limits of LIMIT_MAIL_*: what is over them is left out and told (`cut`), never a
 * reason to lose the message. Nothing is fetched, run or followed; a message in the
 * message is a file like any other.
 */
#ifndef OFFICE_MAIL_H
#define OFFICE_MAIL_H

#include "base/date.h"
#include "base/err.h"

struct mail_address { struct str name, address; }; /* name may be empty */
struct mail_file { struct str name, type, content; };

/* ---- writing */

struct mail_new {
	struct mail_address from, to;
	struct str reply_to; /* an address, or empty */
	struct str subject, text;
	struct str message_id; /* with its @, without <> */
	int64_t at;
	const struct mail_file *files;
	size_t files_count;
};
/*
 * The message with CRLF, ready for SMTP; the same input gives the same bytes. Addresses are
 * ASCII and hold no white space, brackets or quotes: that is the caller's to check.
 */
struct str mail_write(struct arena *a, const struct mail_new *in);

/* ---- reading */

/* What a server tells of a message it could not deliver (RFC 3464). */
enum mail_action { MAIL_NO_REPORT, MAIL_FAILED, MAIL_DELAYED, MAIL_DELIVERED };
struct mail_report {
	enum mail_action action;
	struct str status;     /* 5.1.1 */
	struct str diagnostic; /* its own words */
	struct str message_id; /* of the message it is about, without <>; or empty */
};
struct mail {
	struct mail_address from; /* address empty: none that can be read */
	struct str subject;
	struct str message_id; /* without <> */
	const struct str *references; /* In-Reply-To first, then References from the end */
	size_t references_count;
	const struct str *recipients; /* Delivered-To, X-Original-To, To, Cc: addresses alone */
	size_t recipients_count;
	struct str text; /* the plain text, or the text of the HTML if there is only that */
	const struct mail_file *files;
	size_t files_count;
	/*
	 * The answer of a machine (RFC 3834): Auto-Submitted, a Precedence of bulk, junk or list,
	 * an empty Return-Path, a report.
	 */
	bool automatic;
	bool cut; /* more than the limits allow was left out */
	struct mail_report report;
};
/* All texts are utf8_valid_text; bytes that are none of the encodings of text/ become U+FFFD. */
NODISCARD bool mail_read(struct arena *a, struct str content, struct mail *out, struct err *err);
/* The same work in this process: for the child, for tests and for fuzzing. */
void mail_read_here(struct arena *a, struct str content, struct mail *out);
#endif
