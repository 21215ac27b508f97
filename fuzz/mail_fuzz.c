/*
 * mail_fuzz.c - any bytes as a message: what is read must pass the strict decoder of
 * the parent, and what is written from it must be read as the same.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "office/mail.h"
#include "office/mail_wire.h"

#include <assert.h>

static void write_and_read(struct arena *a, const struct mail *m)
{
	struct mail_new again = { .from = { m->from.name, STR("a@b.example") },
				  .to = { STR_NONE, STR("c@d.example") },
				  .subject = m->subject,
				  .text = m->text,
				  .message_id = STR("1@b.example"),
				  .files = m->files,
				  .files_count = m->files_count };
	struct mail back;

	mail_read_here(a, mail_write(a, &again), &back);
	assert(str_equal(back.subject, m->subject));
	assert(str_equal(back.from.name, m->from.name));
	assert(str_equal(back.text, m->text));
	assert(back.files_count == m->files_count);
	for (size_t i = 0; i < m->files_count; i++)
		assert(str_equal(back.files[i].content, m->files[i].content));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(512 * (size_t)MIB);
	struct buf bytes = buf_open(a, KIB, 64 * MIB);
	struct err err = { 0 };
	struct mail m, sent;

	mail_read_here(a, (struct str){ (const char *)data, size }, &m);
	mail_wire_add(&bytes, &m);
	bool sound = buf_ok(&bytes) && mail_wire_read(a, buf_str(&bytes), &sent, &err);
	assert(sound);
	assert(m.files_count <= LIMIT_MAIL_FILES && m.text.len <= LIMIT_MAIL_TEXT);
	for (size_t i = 0; i < m.files_count; i++)
		assert(!str_contains(m.files[i].name, STR("/")));
	if (size < 16 * KIB)
		write_and_read(a, &m);
	if (mail_wire_read(a, (struct str){ (const char *)data, size }, &m, &err))
		assert(utf8_valid_text(m.text));
	arena_close(a);
	return 0;
}
