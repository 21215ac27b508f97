#include "office/package_write.h"

#include <zip.h>

/* 2020-01-01 00:00 as a zip writes it; given so, no time zone of the machine comes in. */
enum { DOS_DATE = (2020 - 1980) << 9 | 1 << 5 | 1, DOS_TIME = 0 };

static bool add_entries(zip_t *zip, const struct package_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		zip_source_t *source =
			zip_source_buffer(zip, entries[i].content.ptr, entries[i].content.len, 0);
		if (source == NULL)
			return false;
		zip_int64_t index = zip_file_add(zip, entries[i].name, source, ZIP_FL_ENC_UTF_8);
		if (index < 0) {
			zip_source_free(source);
			return false;
		}
		if (zip_file_set_dostime(zip, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) != 0)
			return false;
	}
	return true;
}

static bool copy_out(struct arena *a, zip_source_t *source, struct str *out)
{
	zip_stat_t st;

	zip_stat_init(&st);
	if (zip_source_stat(source, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0 ||
	    zip_source_open(source) != 0)
		return false;
	char *bytes = arena_alloc(a, st.size);
	zip_int64_t got = zip_source_read(source, bytes, st.size);
	zip_source_close(source);
	*out = (struct str){ bytes, st.size };
	return got >= 0 && (zip_uint64_t)got == st.size;
}

bool package_write(struct arena *a, const struct package_entry *entries, size_t count,
		   struct str *out, struct err *err)
{
	zip_error_t why;
	zip_t *zip = NULL;

	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
	if (source != NULL)
		zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &why);
	zip_error_fini(&why);
	if (zip == NULL) {
		zip_source_free(source);
		return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "zip");
	}
	zip_source_keep(source); /* zip_close would let it go */
	bool ok = add_entries(zip, entries, count);
	if (!ok || zip_close(zip) != 0) {
		zip_discard(zip);
		ok = false;
	}
	ok = ok && copy_out(a, source, out);
	zip_source_free(source);
	return ok || err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "zip");
}
