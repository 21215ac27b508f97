/* hostile.c - draws hostile.html with data that wants out of every place it stands in. */
#include "hostile_html.h"

#include <stdio.h>

int main(void)
{
	static const struct {
		struct str text, url;
	} ROWS[] = {
		{ STR_INIT("\"><img src=x onerror=alert(1)>'&"), STR_INIT("javascript:alert(1)") },
		{ STR_INIT("</textarea></title><script>alert(1)</script>"),
		  STR_INIT("/a?b=\"><script>&c=中") },
	};
	struct arena *a = arena_open((size_t)1024 * 1024);
	struct buf out = buf_open(a, 4096, 65536);
	struct html h = { &out, a };

	for (size_t i = 0; i < 2; i++) {
		hostile_begin_html(&h, ROWS[i].text);
		hostile_html(&h, ROWS[i].text, ROWS[i].url, i + 1);
		hostile_end_html(&h);
		buf_add_char(&out, '\n');
	}
	fwrite(out.ptr, 1, out.len, stdout);
	return buf_ok(&out) ? 0 : 1;
}
