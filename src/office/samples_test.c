/* samples_test.c - published reports, in the folder that GONGKAI_SAMPLES names. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "office/read.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Text of a document, all blocks and cells, without blanks. */
static struct str squeezed(struct arena *a, const struct doc *d)
{
	struct buf out = buf_open(a, 64 * KIB, 16 * MIB);

	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		for (size_t k = 0; k < block->text.len; k++)
			if (block->text.ptr[k] != ' ')
				buf_add_char(&out, block->text.ptr[k]);
		for (size_t k = 0; block->kind == DOC_TABLE && k < block->table->cells_count; k++)
			buf_add(&out, block->table->cells[k].text);
	}
	return buf_str(&out);
}

static void check_sample(struct test *t, const char *folder, const char *file)
{
	struct err err = { 0 };
	struct str path = str_format(t->arena, "%s/%s", folder, file), content;
	struct doc *here = NULL, *child = NULL;

	if (!CHECK_OK(file_read(t->arena, path, LIMIT_DOC_INPUT, &content, &err)) ||
	    !CHECK_OK(office_read_here(t->arena, str_from_c(file), content, &here, &err)) ||
	    !CHECK_OK(office_read(t->arena, str_from_c(file), content, &child, &err)))
		return;
	CHECK(here->count > 0);
	CHECK_INT((int64_t)child->count, (int64_t)here->count);
	struct str text = squeezed(t->arena, child);
	CHECK_STR(text, squeezed(t->arena, here));
	if (!str_ends(str_from_c(file), STR(".csv")))
		CHECK(str_contains(text, STR("政府信息公开")));
}

void samples_test(struct test *t)
{
	const char *folder = getenv("GONGKAI_SAMPLES");
	DIR *dir = folder == NULL ? NULL : opendir(folder);

	if (dir == NULL) {
		if (test_case(t, "published reports"))
			test_skip(t, "GONGKAI_SAMPLES names no folder of reports");
		return;
	}
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "README.md") != 0 &&
		    test_case(t, "%s", entry->d_name))
			check_sample(t, folder, entry->d_name);
	closedir(dir);
}
