/* archive_test.c - a backup reads back to the byte, and with any one byte changed not at all. */
#include "app/archive.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"

#include <string.h>

static struct str in_data(struct test *t, const char *name)
{
	return str_format(t->arena, "%s/%s", t->data_dir, name);
}

static bool make(struct test *t, struct archive *what)
{
	struct err err = { 0 };

	*what = (struct archive){ .path = in_data(t, "b.gkb") };
	CHECK_OK(file_write(t->arena, in_data(t, "one"), STR("first\n\nfile"), &err));
	CHECK_OK(file_write(t->arena, in_data(t, "two"), STR_NONE, &err));
	what->facts[what->facts_count++] =
		(struct archive_fact){ STR("made"), STR("2026-11-28 09:00") };
	what->parts[what->parts_count++] =
		(struct archive_part){ .name = STR("site.db"), .path = in_data(t, "one") };
	what->parts[what->parts_count++] =
		(struct archive_part){ .name = STR("secret"), .path = in_data(t, "two") };
	return CHECK_OK(archive_write(t->arena, what, &err));
}

static void round_trip(struct test *t)
{
	struct archive what, back;
	struct err err = { 0 };
	struct str text;

	if (!make(t, &what) || !CHECK_OK(archive_read(t->arena, what.path, &back, &err)))
		return;
	CHECK_STR(archive_fact(&back, "made"), STR("2026-11-28 09:00"));
	CHECK(archive_part(&back, "nothing") == NULL);
	const struct archive_part *part = archive_part(&back, "site.db");
	CHECK_OK(archive_extract(t->arena, &back, part, in_data(t, "out"), &err));
	CHECK_OK(file_read(t->arena, in_data(t, "out"), KIB, &text, &err));
	CHECK_STR(text, STR("first\n\nfile"));
	CHECK(!archive_extract(t->arena, &back, part, in_data(t, "out"), &err)); /* is there */
	CHECK(!file_exists(t->arena, in_data(t, "b.gkb.part")));
}

static void every_byte(struct test *t)
{
	struct archive what, back;
	struct err err = { 0 };
	struct str whole;

	if (!make(t, &what) || !CHECK_OK(file_read(t->arena, what.path, 64 * KIB, &whole, &err)))
		return;
	struct str path = in_data(t, "bad.gkb");
	for (size_t i = 0; i <= whole.len; i++) {
		struct str bytes = str_copy(t->arena, str_slice(whole, 0, i)); /* cut there */
		CHECK_OK(file_write(t->arena, path, bytes, &err));
		CHECK(archive_read(t->arena, path, &back, &err) == (i == whole.len));
		err_clear(&err);
		if (i == whole.len)
			continue;
		char *changed = arena_alloc(t->arena, whole.len);
		memcpy(changed, whole.ptr, whole.len);
		changed[i] = (char)(changed[i] ^ 1);
		CHECK_OK(file_write(t->arena, path, (struct str){ changed, whole.len }, &err));
		CHECK(!archive_read(t->arena, path, &back, &err));
		CHECK_STR(str_from_c(err.key), STR("app.bad_backup"));
		err_clear(&err);
	}
	CHECK_OK(file_write(t->arena, path, str_concat(t->arena, whole, STR("x")), &err));
	CHECK_FAILS(archive_read(t->arena, path, &back, &err), "app.bad_backup");
}

void archive_test(struct test *t)
{
	if (test_case(t, "a backup reads back to the byte"))
		round_trip(t);
	if (test_case(t, "a backup cut anywhere, or with any byte changed, is refused"))
		every_byte(t);
}
