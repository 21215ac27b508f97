#include "office/package.h"

#include "base/limits.h"

#include <assert.h>
#include <zip.h>

/* Below this size a ratio says nothing: a page of spaces packs well. */
enum { RATIO_FROM_BYTES = 256 * 1024 };

struct part {
	struct str name;
	zip_file_t *file;
	uint64_t left; /* of what the directory promised */
	enum { PART_FINE, PART_BROKEN, PART_LONGER } state;
};

static bool bad_zip(struct err *err, const char *why)
{
	return err_set(err, ERR_INVALID, "office.bad_zip", "%s", why);
}

/* A path that stays inside: no root, no way up, no other system's separators. */
static bool is_plain_path(struct str name)
{
	struct str rest = name, step;

	if (name.len == 0 || name.len > 512 || name.ptr[0] == '/')
		return false;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.ptr[i] < 0x20 || name.ptr[i] == '\\' || name.ptr[i] == ':')
			return false;
	while (str_split_next(&rest, '/', &step))
		if (str_equal_c(step, "..") || str_equal_c(step, "."))
			return false;
	return true;
}

static bool check_entry(const zip_stat_t *st, uint64_t *total, struct err *err)
{
	const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
				    ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;

	if ((st->valid & needed) != needed)
		return bad_zip(err, "directory");
	if (st->encryption_method != ZIP_EM_NONE)
		return err_set(err, ERR_INVALID, "office.encrypted", "%s", "");
	if (!is_plain_path(str_from_c(st->name)))
		return bad_zip(err, "path");
	if (st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE)
		return bad_zip(err, "method");
	if (st->size > LIMIT_ZIP_ENTRY)
		return err_set(err, ERR_LIMIT, "office.zip_bomb", "%s|%d", st->name,
			       LIMIT_ZIP_ENTRY);
	if (st->size > RATIO_FROM_BYTES &&
	    (st->comp_size == 0 || st->size / st->comp_size > LIMIT_ZIP_RATIO))
		return err_set(err, ERR_LIMIT, "office.zip_bomb", "%s|%d", st->name,
			       LIMIT_ZIP_ENTRY);
	*total += st->size;
	if (*total > LIMIT_ZIP_TOTAL)
		return err_set(err, ERR_LIMIT, "office.zip_bomb", "%s|%d", st->name,
			       LIMIT_ZIP_TOTAL);
	return true;
}

static bool check_entries(zip_t *zip, struct err *err)
{
	zip_int64_t entries = zip_get_num_entries(zip, 0);
	uint64_t total = 0;

	if (entries <= 0)
		return bad_zip(err, "empty");
	if (entries > LIMIT_ZIP_ENTRIES)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", LIMIT_ZIP_ENTRIES);
	for (zip_int64_t i = 0; i < entries; i++) {
		zip_stat_t st;
		zip_stat_init(&st);
		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &st) != 0)
			return bad_zip(err, "directory");
		if (!check_entry(&st, &total, err))
			return false;
	}
	return true;
}

bool package_open(struct arena *a, struct str content, struct package *out, struct err *err)
{
	zip_error_t why;

	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(content.ptr, content.len, 0, &why);
	if (source == NULL)
		return bad_zip(err, "memory");
	/* CHECKCONS: the local headers must tell the same story as the directory. */
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why);
	if (zip == NULL) {
		zip_source_free(source);
		zip_error_fini(&why);
		return bad_zip(err, "structure");
	}
	if (!check_entries(zip, err)) {
		zip_discard(zip);
		return false;
	}
	*out = (struct package){ .zip = zip, .arena = a };
	return true;
}

void package_close(struct package *p)
{
	if (p->zip != NULL)
		zip_discard(p->zip);
	p->zip = NULL;
}

size_t package_count(const struct package *p)
{
	zip_int64_t entries = zip_get_num_entries(p->zip, 0);

	return entries > 0 ? (size_t)entries : 0;
}

struct str package_name(const struct package *p, size_t index)
{
	return str_copy(p->arena, str_from_c(zip_get_name(p->zip, index, 0)));
}

bool package_has(const struct package *p, struct str name)
{
	return zip_name_locate(p->zip, str_to_c(p->arena, name), 0) >= 0;
}

/* The same name twice lets one reader see another document than the next one. */
static bool is_twice(const struct package *p, const char *name, zip_int64_t found)
{
	zip_int64_t entries = zip_get_num_entries(p->zip, 0);

	for (zip_int64_t i = 0; i < entries; i++) {
		const char *other = zip_get_name(p->zip, (zip_uint64_t)i, 0);
		if (i != found && other != NULL && str_equal_c(str_from_c(other), name))
			return true;
	}
	return false;
}

bool part_open(struct package *p, struct str name, struct part **out, struct err *err)
{
	const char *path = str_to_c(p->arena, name);
	zip_int64_t index = zip_name_locate(p->zip, path, 0);
	zip_stat_t st;

	if (index < 0)
		return err_set(err, ERR_INVALID, "office.part_missing", STR_FMT, STR_ARG(name));
	zip_stat_init(&st);
	if (is_twice(p, path, index) || zip_stat_index(p->zip, (zip_uint64_t)index, 0, &st) != 0)
		return bad_zip(err, "directory");
	zip_file_t *file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
	if (file == NULL)
		return bad_zip(err, "data");
	*out = ARENA_NEW(p->arena, struct part);
	**out = (struct part){ .name = str_copy(p->arena, name), .file = file, .left = st.size };
	return true;
}

int part_read(struct part *part, char *bytes, int size)
{
	assert(size > 0);
	if (part->state != PART_FINE)
		return -1;
	zip_int64_t got = zip_fread(part->file, bytes, (zip_uint64_t)size);
	if (got < 0) {
		part->state = PART_BROKEN;
		return -1;
	}
	if ((uint64_t)got > part->left) {
		part->state = PART_LONGER;
		return -1;
	}
	part->left -= (uint64_t)got;
	return (int)got;
}

bool part_error(const struct part *part, struct err *err)
{
	switch (part->state) {
	case PART_FINE:
		return true;
	case PART_BROKEN:
		return bad_zip(err, "data");
	case PART_LONGER:
		return err_set(err, ERR_LIMIT, "office.zip_bomb", STR_FMT "|%d",
			       STR_ARG(part->name), LIMIT_ZIP_ENTRY);
	}
	return true;
}

struct str part_name(const struct part *part)
{
	return part->name;
}

void part_close(struct part *part)
{
	if (part->file != NULL)
		(void)zip_fclose(part->file);
	part->file = NULL;
}
