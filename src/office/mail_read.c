/*
 * mail_read.c - the parts of a message, within limits.
 *
 * One walk over the bytes: a multipart is cut at its boundaries, up to
 * LIMIT_MAIL_DEPTH deep and LIMIT_MAIL_PARTS in all; each leaf is the text, part of
 * a report, or a file. Nothing here fails: a message that is no message has neither
 * sender nor text, and somebody will look at it.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/mail_code.h"
#include "office/mail_head.h"
#include "office/readers.h"
#include "office/write.h"

enum { BOUNDARY_MAX = 70, NAME_MAX = 60, SUBJECT_MAX = 300, DIAGNOSTIC_MAX = 400 };

struct walk {
	struct arena *arena;
	struct mail *mail;
	struct mail_file *files;
	int parts;
	bool has_text, has_html;
	struct str html;
	bool report; /* inside a multipart/report */
};

/* What an entity says of itself. */
struct entity { struct str head, body, type, content_type, disposition; };

static struct entity entity_of(struct walk *w, struct str bytes)
{
	struct entity e = { .head = STR_NONE, .body = STR_NONE };

	head_split(bytes, &e.head, &e.body, &w->mail->cut);
	e.content_type = head_find(e.head, "Content-Type");
	e.type = head_token(w->arena, e.content_type);
	if (e.type.len == 0)
		e.type = STR("text/plain");
	e.disposition = head_find(e.head, "Content-Disposition");
	return e;
}

static struct str decoded(struct walk *w, const struct entity *e)
{
	struct str coding = head_token(w->arena, head_find(e->head, "Content-Transfer-Encoding"));

	if (str_equal_c(coding, "base64"))
		return base64_read(w->arena, e->body);
	if (str_equal_c(coding, "quoted-printable"))
		return quoted_read(w->arena, e->body, QUOTED_BODY);
	return e->body;
}

/* ---- leaves */

/* The last part of a path, without what a file system or a page could stumble over. */
static struct str file_name(struct walk *w, const struct entity *e)
{
	struct str name = head_parameter(w->arena, e->disposition, "filename");

	if (name.len == 0)
		name = head_parameter(w->arena, e->content_type, "name");
	for (size_t i = name.len; i > 0; i--)
		if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\') {
			name = str_slice(name, i, name.len);
			break;
		}
	name = str_trim(name);
	if (name.len == 0 || name.ptr[0] == '.')
		name = str_format(w->arena, "附件%zu", w->mail->files_count + 1);
	return utf8_prefix(name, NAME_MAX);
}

static void keep_file(struct walk *w, const struct entity *e)
{
	if (w->mail->files_count == LIMIT_MAIL_FILES) {
		w->mail->cut = true;
		return;
	}
	w->files[w->mail->files_count] =
		(struct mail_file){ .name = file_name(w, e),
				    .type = utf8_prefix(mail_words(w->arena, e->type), 100),
				    .content = decoded(w, e) };
	w->mail->files_count++;
}

static struct str bounded(struct walk *w, struct str bytes, size_t max)
{
	w->mail->cut = w->mail->cut || bytes.len > max;
	return str_slice(bytes, 0, max);
}

static struct str text_of(struct walk *w, const struct entity *e)
{
	struct str bytes = bounded(w, decoded(w, e), LIMIT_MAIL_TEXT);

	return mail_text(w->arena, bytes, head_parameter(w->arena, e->content_type, "charset"));
}

/* The first text is what was written; a second one beside it is a file. */
static void take_text(struct walk *w, const struct entity *e)
{
	if (str_equal_c(e->type, "text/html")) {
		if (w->has_html) {
			keep_file(w, e);
			return;
		}
		w->has_html = true;
		w->html = text_of(w, e);
		return;
	}
	if (w->has_text) {
		keep_file(w, e);
		return;
	}
	w->has_text = true;
	w->mail->text = text_of(w, e);
}

/* ---- reports (RFC 3464): fields of the message, an empty line, fields of each recipient */

static void take_status(struct walk *w, const struct entity *e)
{
	static const struct { const char *word; enum mail_action action; } words[] = {
		{ "failed", MAIL_FAILED },
		{ "delayed", MAIL_DELAYED },
		{ "delivered", MAIL_DELIVERED },
		{ "relayed", MAIL_DELIVERED },
		{ "expanded", MAIL_DELIVERED },
	};
	struct mail_report *report = &w->mail->report;
	struct str rest = decoded(w, e), name, value;

	while (head_next(&rest, &name, &value)) {
		if (str_equal_ascii_nocase(name, STR("Action")))
			for (size_t i = 0; i < COUNT_OF(words); i++)
				if (str_equal_ascii_nocase(value, str_from_c(words[i].word)) &&
				    (report->action == MAIL_NO_REPORT ||
				     words[i].action == MAIL_FAILED))
					report->action = words[i].action;
		if (str_equal_ascii_nocase(name, STR("Status")))
			report->status = utf8_prefix(mail_words(w->arena, value), 20);
		if (str_equal_ascii_nocase(name, STR("Diagnostic-Code")))
			report->diagnostic =
				utf8_prefix(mail_words(w->arena, value), DIAGNOSTIC_MAX);
	}
}

static void take_original(struct walk *w, const struct entity *e)
{
	struct str head, body, id = decoded(w, e), found;

	head_split(id, &head, &body, &w->mail->cut);
	struct str list = head_find(head, "Message-ID");
	if (head_next_id(w->arena, &list, &found))
		w->mail->report.message_id = found;
}

static void take_leaf(struct walk *w, const struct entity *e)
{
	bool text = str_equal_c(e->type, "text/plain") || str_equal_c(e->type, "text/html");
	bool file = str_starts(head_token(w->arena, e->disposition), STR("attachment"));

	if (w->report && (str_equal_c(e->type, "message/delivery-status") ||
			  str_equal_c(e->type, "message/global-delivery-status")))
		take_status(w, e);
	else if (w->report && (str_equal_c(e->type, "message/rfc822") ||
			       str_equal_c(e->type, "text/rfc822-headers")))
		take_original(w, e);
	else if (text && !file)
		take_text(w, e);
	else
		keep_file(w, e);
}

/* ---- the walk */

/* A line that is "--boundary" or "--boundary--", and the place behind it. */
static bool next_boundary(struct str body, struct str mark, size_t from, size_t *at, size_t *after)
{
	for (size_t i = str_find(body, mark, from); i != SIZE_MAX;
	     i = str_find(body, mark, i + 1)) {
		size_t end = str_find(body, STR("\n"), i);
		struct str rest = str_trim(str_slice(body, i + mark.len, end));
		if ((i > 0 && body.ptr[i - 1] != '\n') ||
		    (rest.len > 0 && !str_equal_c(rest, "--")))
			continue;
		*at = i;
		*after = end == SIZE_MAX ? body.len : end + 1;
		return true;
	}
	return false;
}

static void take_entity(struct walk *w, struct str bytes, int depth);

/* The line end before a boundary belongs to the boundary. */
static struct str without_last_line_end(struct str part)
{
	if (part.len > 0 && part.ptr[part.len - 1] == '\n')
		part.len--;
	if (part.len > 0 && part.ptr[part.len - 1] == '\r')
		part.len--;
	return part;
}

static void take_multipart(struct walk *w, const struct entity *e, struct str boundary, int depth)
{
	struct str mark = str_concat(w->arena, STR("--"), boundary);
	size_t at, start, next;

	if (!next_boundary(e->body, mark, 0, &at, &start)) {
		take_leaf(w, e); /* cut off before its parts begin: as it is, a file */
		return;
	}
	while (!str_starts(str_slice(e->body, at + mark.len, e->body.len), STR("--"))) {
		bool more = next_boundary(e->body, mark, start, &at, &next);
		struct str part = str_slice(e->body, start, more ? at : e->body.len);
		take_entity(w, without_last_line_end(part), depth + 1);
		if (!more)
			return;
		start = next;
	}
}

static void take_entity(struct walk *w, struct str bytes, int depth)
{
	if (++w->parts > LIMIT_MAIL_PARTS) {
		w->mail->cut = true;
		return;
	}
	struct entity e = entity_of(w, bytes);
	struct str boundary = head_parameter(w->arena, e.content_type, "boundary");
	bool multipart = str_starts(e.type, STR("multipart/")) && boundary.len > 0 &&
			 boundary.len <= BOUNDARY_MAX;
	if (!multipart) {
		take_leaf(w, &e);
		return;
	}
	if (depth == LIMIT_MAIL_DEPTH) {
		w->mail->cut = true;
		keep_file(w, &e);
		return;
	}
	bool outer = w->report;
	w->report = outer || str_equal_c(e.type, "multipart/report");
	take_multipart(w, &e, boundary, depth);
	w->report = outer;
}

/* ---- the head of the whole */

static bool is_automatic(struct arena *a, struct str head)
{
	static const char *const precedences[] = { "bulk", "junk", "list", "auto_reply" };
	struct str submitted = head_token(a, head_find(head, "Auto-Submitted"));
	struct str precedence = head_token(a, head_find(head, "Precedence"));
	struct str path = head_find(head, "Return-Path");

	for (size_t i = 0; i < COUNT_OF(precedences); i++)
		if (str_equal_c(precedence, precedences[i]))
			return true;
	return (submitted.len > 0 && !str_equal_c(submitted, "no")) ||
	       str_equal_c(path, "<>") || head_has(head, "X-Autoreply") ||
	       head_has(head, "X-Autorespond");
}

static void add_references(struct arena *a, struct str *ids, size_t *count, struct str value,
			   bool from_end)
{
	struct str found[LIMIT_MAIL_REFERENCES];
	size_t n = 0;

	while (n < COUNT_OF(found) && head_next_id(a, &value, &found[n]))
		n++;
	for (size_t i = 0; i < n && *count < LIMIT_MAIL_REFERENCES; i++)
		ids[(*count)++] = found[from_end ? n - 1 - i : i];
}

static void read_head(struct arena *a, struct str head, struct mail *m)
{
	static const char *const to[] = { "Delivered-To", "X-Original-To", "Envelope-To", "To",
					  "Cc" };
	struct str *ids = ARENA_ARRAY(a, LIMIT_MAIL_REFERENCES, struct str);
	struct str *recipients = ARENA_ARRAY(a, LIMIT_MAIL_REFERENCES, struct str);
	struct str id = head_find(head, "Message-ID");

	m->from = head_address(a, head_find(head, "From"));
	m->subject = str_trim(
		utf8_prefix(mail_words(a, head_find(head, "Subject")), SUBJECT_MAX));
	if (!head_next_id(a, &id, &m->message_id))
		m->message_id = STR_NONE;
	add_references(a, ids, &m->references_count, head_find(head, "In-Reply-To"), false);
	add_references(a, ids, &m->references_count, head_find(head, "References"), true);
	m->references = ids;
	for (size_t i = 0; i < COUNT_OF(to); i++) {
		struct str rest = head, name, value;
		while (head_next(&rest, &name, &value)) {
			if (!str_equal_ascii_nocase(name, str_from_c(to[i])))
				continue;
			while (m->recipients_count < LIMIT_MAIL_REFERENCES &&
			       head_next_address(a, &value, &recipients[m->recipients_count]))
				m->recipients_count++;
		}
	}
	m->recipients = recipients;
	m->automatic = is_automatic(a, head);
}

/* A message of HTML alone, as the text one sees. */
static void text_from_html(struct walk *w)
{
	struct err ignored = { 0 };
	struct doc *d;

	if (w->has_text && str_trim(w->mail->text).len > 0)
		return;
	if (w->html.len > 0 && read_html(w->arena, w->html, &d, &ignored))
		w->mail->text = bounded(w, office_write_text(w->arena, d), LIMIT_MAIL_TEXT);
}

void mail_read_here(struct arena *a, struct str content, struct mail *out)
{
	struct mail m = { .subject = STR_NONE };
	struct str head, body;
	struct walk w = { .arena = a,
			  .mail = &m,
			  .files = ARENA_ARRAY(a, LIMIT_MAIL_FILES, struct mail_file),
			  .html = STR_NONE };

	m.cut = content.len > LIMIT_MAIL_BYTES;
	content = str_slice(content, 0, LIMIT_MAIL_BYTES);
	head_split(content, &head, &body, &m.cut);
	read_head(a, head, &m);
	take_entity(&w, content, 0);
	text_from_html(&w);
	m.files = w.files;
	m.automatic = m.automatic || m.report.action != MAIL_NO_REPORT;
	/* A cut in the middle of a character, or what a library let through. */
	size_t bad = utf8_first_bad(m.text);
	m.text = str_slice(m.text, 0, bad);
	*out = m;
}
