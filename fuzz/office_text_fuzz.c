/* office_text_fuzz.c - plain text in any encoding, and what pdftotext might print. */
#include "office/pdf_read.h"
#include "office_fuzz.h"

static bool read_printed(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	return pdf_pages(a, STR_NONE, content, false, out, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_read(read_text, (struct str){ (const char *)data, size });
	fuzz_read(read_printed, (struct str){ (const char *)data, size });
	return 0;
}
