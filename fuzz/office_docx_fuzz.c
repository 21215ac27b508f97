/*
 * office_docx_fuzz.c - the parts of a Word file: the input is document.xml, then after a line of
 * "====" styles.xml, then numbering.xml. Zips are mutated poorly by bytes, so they are made here.
 */
#include "office_fuzz.h"

/* The next part of the input, up to a line of its own. */
static struct str take_part(struct str *rest)
{
	size_t end = str_find(*rest, STR("\n====\n"), 0);
	struct str part = str_slice(*rest, 0, end);

	*rest = end == SIZE_MAX ? STR_NONE : str_slice(*rest, end + 6, rest->len);
	return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(64 * MIB);
	struct str rest = { (const char *)data, size }, file;
	struct package_entry entries[] = {
		{ "word/document.xml", take_part(&rest) },
		{ "word/styles.xml", take_part(&rest) },
		{ "word/numbering.xml", take_part(&rest) },
	};
	struct err err = { 0 };
	size_t count = 1;

	while (count < COUNT_OF(entries) && entries[count].content.len > 0)
		count++;
	bool made = package_write(a, entries, count, &file, &err);
	assert(made);
	fuzz_read(read_docx, file);
	arena_close(a);
	return 0;
}
