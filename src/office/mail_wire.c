/*
 * mail_wire.c - a message on its way from the limited child to its parent, which
 * believes nothing: every length and text is checked, a byte too many or too few
 * refuses the whole.
 */
#include "office/mail_wire.h"

#include "base/limits.h"
#include "base/utf8.h"

/* ---- writing */

static void add_number(struct buf *out, size_t n)
{
	for (int i = 0; i < 4; i++)
		buf_add_char(out, (char)(unsigned char)(n >> (8 * i) & 0xFF));
}

static void add_bytes(struct buf *out, struct str s)
{
	add_number(out, s.len);
	buf_add(out, s);
}

void mail_wire_add(struct buf *out, const struct mail *m)
{
	buf_add_char(out, 'M');
	add_bytes(out, m->from.name);
	add_bytes(out, m->from.address);
	add_bytes(out, m->subject);
	add_bytes(out, m->message_id);
	add_bytes(out, m->text);
	add_bytes(out, m->report.status);
	add_bytes(out, m->report.diagnostic);
	add_bytes(out, m->report.message_id);
	add_number(out, (size_t)m->report.action);
	add_number(out, (m->automatic ? 1 : 0) | (m->cut ? 2 : 0));
	add_number(out, m->references_count);
	for (size_t i = 0; i < m->references_count; i++)
		add_bytes(out, m->references[i]);
	add_number(out, m->recipients_count);
	for (size_t i = 0; i < m->recipients_count; i++)
		add_bytes(out, m->recipients[i]);
	add_number(out, m->files_count);
	for (size_t i = 0; i < m->files_count; i++) {
		add_bytes(out, m->files[i].name);
		add_bytes(out, m->files[i].type);
		add_bytes(out, m->files[i].content);
	}
	buf_add_char(out, 'Z');
}

/* ---- reading: a view that goes bad once and stays so */

struct source { struct arena *arena; struct str left; bool bad; };

static size_t take_number(struct source *s, size_t max)
{
	size_t n = 0;

	if (s->bad || s->left.len < 4) {
		s->bad = true;
		return 0;
	}
	for (size_t i = 0; i < 4; i++)
		n |= (size_t)(unsigned char)s->left.ptr[i] << (8 * i);
	s->left = str_slice(s->left, 4, s->left.len);
	s->bad = n > max;
	return s->bad ? 0 : n;
}

static struct str take_bytes(struct source *s, size_t max)
{
	size_t len = take_number(s, max);

	if (s->bad || len > s->left.len) {
		s->bad = true;
		return STR_NONE;
	}
	struct str bytes = str_copy(s->arena, str_slice(s->left, 0, len));
	s->left = str_slice(s->left, len, s->left.len);
	return bytes;
}

static struct str take_text(struct source *s, size_t max)
{
	struct str text = take_bytes(s, max);

	s->bad = s->bad || !utf8_valid_text(text);
	return s->bad ? STR_NONE : text;
}

static const struct str *take_list(struct source *s, size_t *count)
{
	*count = take_number(s, LIMIT_MAIL_REFERENCES);
	struct str *list = ARENA_ARRAY(s->arena, *count, struct str);

	for (size_t i = 0; i < *count; i++)
		list[i] = take_text(s, KIB);
	return list;
}

static void take_files(struct source *s, struct mail *m)
{
	m->files_count = take_number(s, LIMIT_MAIL_FILES);
	struct mail_file *files = ARENA_ARRAY(s->arena, m->files_count, struct mail_file);

	for (size_t i = 0; i < m->files_count; i++) {
		files[i].name = take_text(s, KIB);
		files[i].type = take_text(s, KIB);
		files[i].content = take_bytes(s, LIMIT_MAIL_BYTES);
	}
	m->files = files;
}

bool mail_wire_read(struct arena *a, struct str bytes, struct mail *out, struct err *err)
{
	struct source s = { .arena = a, .left = bytes };
	struct mail m = { .subject = STR_NONE };

	s.bad = !str_take_char(&s.left, 'M');
	m.from.name = take_text(&s, KIB);
	m.from.address = take_text(&s, KIB);
	m.subject = take_text(&s, 4 * KIB);
	m.message_id = take_text(&s, KIB);
	m.text = take_text(&s, LIMIT_MAIL_TEXT);
	m.report.status = take_text(&s, KIB);
	m.report.diagnostic = take_text(&s, 4 * KIB);
	m.report.message_id = take_text(&s, KIB);
	m.report.action = (enum mail_action)take_number(&s, MAIL_DELIVERED);
	size_t flags = take_number(&s, 3);
	m.automatic = (flags & 1) != 0;
	m.cut = (flags & 2) != 0;
	m.references = take_list(&s, &m.references_count);
	m.recipients = take_list(&s, &m.recipients_count);
	take_files(&s, &m);
	if (s.bad || !str_take_char(&s.left, 'Z') || s.left.len > 0)
		return err_set(err, ERR_INTERNAL, "office.reader_failed",
			       "the answer of the reader makes no sense");
	*out = m;
	return true;
}
