/*
 * office_xlsx_fuzz.c - the parts of a workbook: the input is a sheet, then after a line of "===="
 * the shared strings, then the styles, then the workbook itself.
 */
#include "office_fuzz.h"

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
	struct str sheet = take_part(&rest), strings = take_part(&rest), styles = take_part(&rest);
	struct str book = rest.len > 0 ? rest
				       : STR("<workbook><sheets><sheet name=\"s\" id=\"r\"/>"
					     "</sheets></workbook>");
	struct package_entry entries[] = {
		{ "xl/workbook.xml", book },
		{ "xl/_rels/workbook.xml.rels",
		  STR("<r><Relationship Id=\"r\" Target=\"s.xml\"/></r>") },
		{ "xl/s.xml", sheet },
		{ "xl/sharedStrings.xml", strings.len > 0 ? strings : STR("<sst/>") },
		{ "xl/styles.xml", styles.len > 0 ? styles : STR("<styleSheet/>") },
	};
	struct err err = { 0 };

	bool made = package_write(a, entries, COUNT_OF(entries), &file, &err);
	assert(made);
	fuzz_read(read_xlsx, file);
	arena_close(a);
	return 0;
}
