/*
 * mail_write.c - a message for a mail server.
 */
#include "office/mail.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "office/mail_code.h"

enum {
	/* Of one encoded word, in UTF-8: 52 letters, its frame and a name in a line. */
	WORD_BYTES = 39,
	LINE_BYTES = 57, /* 76 letters of base64 */
	HEAD_ROOM = 8 * 1024,
};

static void line(struct buf *b, const char *name, struct str value)
{
	buf_addf(b, "%s: " STR_FMT "\r\n", name, STR_ARG(value));
}

/* ---- words of a header */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < ' ' || s.ptr[i] > '~')
			return false;
	return s.len <= WORD_BYTES && !str_contains(s, STR("=?"));
}

/* The longest front of s of at most max bytes that ends between two characters. */
static size_t whole_characters(struct str s, size_t max)
{
	size_t len = s.len < max ? s.len : max;

	while (len > 0 && len < s.len && ((unsigned char)s.ptr[len] & 0xC0) == 0x80)
		len--;
	return len;
}

/* One line each: a reader joins them again without the line end between. */
static void add_encoded(struct buf *b, struct str s)
{
	for (bool first = true; s.len > 0; first = false) {
		size_t len = whole_characters(s, WORD_BYTES);
		buf_add_c(b, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		base64_add(b, str_slice(s, 0, len));
		buf_add_c(b, "?=");
		s = str_slice(s, len, s.len);
	}
}

static void add_address(struct buf *b, const char *header, const struct mail_address *who)
{
	buf_addf(b, "%s: ", header);
	if (who->name.len > 0) {
		add_encoded(b, who->name); /* always: what is special in a phrase is covered */
		buf_add_c(b, "\r\n ");
	}
	buf_addf(b, "<" STR_FMT ">\r\n", STR_ARG(who->address));
}

static struct str rfc_date(struct arena *a, int64_t at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct date day = instant_date(at);
	struct ymd d = date_split(day);
	int64_t second = at - date_start(day);

	return str_format(a, "%s, %d %s %d %02d:%02d:%02d +0800", days[date_weekday(day) - 1],
			  d.day, months[d.month - 1], d.year, (int)(second / 3600),
			  (int)(second / 60 % 60), (int)(second % 60));
}

/* ---- bodies */

static void add_base64_lines(struct buf *b, struct str content)
{
	while (content.len > 0) {
		size_t len = content.len < LINE_BYTES ? content.len : LINE_BYTES;
		base64_add(b, str_slice(content, 0, len));
		buf_add_c(b, "\r\n");
		content = str_slice(content, len, content.len);
	}
}

static void add_crlf(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n' && (i == 0 || text.ptr[i - 1] != '\r'))
			buf_add_char(b, '\r');
		buf_add_char(b, text.ptr[i]);
	}
}

static void add_text(struct arena *a, struct buf *b, struct str text)
{
	struct buf lines = buf_open(a, text.len + 64, 2 * text.len + 64);

	add_crlf(&lines, text);
	buf_add_c(b, "Content-Type: text/plain; charset=utf-8\r\n"
		     "Content-Transfer-Encoding: base64\r\n\r\n");
	add_base64_lines(b, buf_str(&lines));
}

/* RFC 2231, for readers that keep to it, and an encoded word for those that do not. */
static void add_file(struct buf *b, const struct mail_file *f)
{
	static const char hex[] = "0123456789ABCDEF";

	buf_addf(b, "Content-Type: " STR_FMT ";\r\n name=\"", STR_ARG(f->type));
	add_encoded(b, f->name);
	buf_add_c(b, "\"\r\nContent-Transfer-Encoding: base64\r\n"
		     "Content-Disposition: attachment;\r\n filename*=UTF-8''");
	for (size_t i = 0; i < f->name.len; i++) {
		unsigned char c = (unsigned char)f->name.ptr[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			     (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
		if (plain) {
			buf_add_char(b, (char)c);
			continue;
		}
		buf_add_char(b, '%');
		buf_add_char(b, hex[c >> 4]);
		buf_add_char(b, hex[c & 15]);
	}
	buf_add_c(b, "\r\n\r\n");
	add_base64_lines(b, f->content);
}

static size_t room_for(const struct mail_new *in)
{
	size_t bytes = 2 * in->text.len + 4 * in->subject.len + HEAD_ROOM;

	for (size_t i = 0; i < in->files_count; i++)
		bytes += in->files[i].content.len + 8 * in->files[i].name.len + KIB;
	return bytes / 2 * 3 + HEAD_ROOM;
}

struct str mail_write(struct arena *a, const struct mail_new *in)
{
	struct buf b = buf_open(a, room_for(in), room_for(in));

	line(&b, "Date", rfc_date(a, in->at));
	add_address(&b, "From", &in->from);
	add_address(&b, "To", &in->to);
	if (in->reply_to.len > 0)
		buf_addf(&b, "Reply-To: <" STR_FMT ">\r\n", STR_ARG(in->reply_to));
	buf_addf(&b, "Message-ID: <" STR_FMT ">\r\nSubject: ", STR_ARG(in->message_id));
	if (is_plain(in->subject))
		buf_add(&b, in->subject);
	else
		add_encoded(&b, in->subject);
	/* RFC 3834: so that machines do not answer a machine. */
	buf_add_c(&b, "\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"
		      "MIME-Version: 1.0\r\n");
	if (in->files_count == 0) {
		add_text(a, &b, in->text);
		return buf_str(&b);
	}
	struct digest d = digest_of(DIGEST_SHA256, in->message_id);
	struct str boundary = str_slice(digest_hex(a, d), 0, 32);
	buf_addf(&b, "Content-Type: multipart/mixed;\r\n boundary=\"=_" STR_FMT "\"\r\n\r\n",
		 STR_ARG(boundary));
	buf_addf(&b, "--=_" STR_FMT "\r\n", STR_ARG(boundary));
	add_text(a, &b, in->text);
	for (size_t i = 0; i < in->files_count; i++) {
		buf_addf(&b, "--=_" STR_FMT "\r\n", STR_ARG(boundary));
		add_file(&b, &in->files[i]);
	}
	buf_addf(&b, "--=_" STR_FMT "--\r\n", STR_ARG(boundary));
	return buf_str(&b);
}
