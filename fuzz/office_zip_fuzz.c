/* office_zip_fuzz.c - whole files of any kind but PDF, which another program reads. */
#include "office/read.h"
#include "office_fuzz.h"

static bool read_any(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	return office_read_here(a, STR("x.csv"), content, out, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str content = { (const char *)data, size };

	if (office_sniff(content, STR("x.csv")) != OFFICE_PDF)
		fuzz_read(read_any, content);
	return 0;
}
