/*
 * office_html_fuzz.c - pages: whatever the scan lets through is read in bounded time into a sound
 * tree.
 */
#include "office_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_read(read_html, (struct str){ (const char *)data, size });
	return 0;
}
