/* office_pdf_fuzz.c - whatever pdftotext prints: a sound tree, or a reason. */
#include "office/pdf_read.h"
#include "office_fuzz.h"

/* The first byte says whether it failed; the rest is the file and what was printed of it. */
static bool printed(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	bool failed = content.len > 0 && content.ptr[0] == '!';

	return pdf_pages(a, content, str_slice(content, 1, content.len), failed, out, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 256 * KIB)
		return 0;
	fuzz_read(printed, (struct str){ (const char *)data, size });
	return 0;
}
