/*
 * html.h - writing HTML that cannot be wrong.
 *
 * Pages are files under <slice>/pages/, compiled to C by tools/pagec, which
 * knows at each {{ value }} whether it stands in text, a quoted attribute, a
 * URL or a query part and calls the writer for that context. There is no way to
 * write unescaped text: struct html is made only here, and the functions that
 * emit markup take constants from the compiler of pages.
 *
 * Shared parts (shell, form, table, pager, empty state, chart) stand in
 * html/parts.h; each is itself a page file.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/buf.h"
#include "base/date.h"

struct html {
	struct buf *out;
	struct arena *arena;
};

/* ---- writers for generated code, one per context and type; _Generic picks by type */
/* Constants of page files only; checked by tools/pagec and tools/layers. */
void html_raw(struct html *h, const char *markup, size_t len);
void html_text_str(struct html *h, struct str s);
void html_text_int(struct html *h, int64_t n);
void html_text_size(struct html *h, size_t n);
void html_text_date(struct html *h, struct date d);		/* 2020-11-02 */
void html_text_opt_date(struct html *h, struct opt_date d);	/* nothing when unknown */
void html_text_opt_int(struct html *h, struct opt_int n);
void html_text_opt_str(struct html *h, struct opt_str s);
void html_attr_str(struct html *h, struct str s);
void html_attr_int(struct html *h, int64_t n);
void html_attr_size(struct html *h, size_t n);
void html_attr_date(struct html *h, struct date d);
/*
 * A whole URL in href/src/action: only a path of this site ("/x", not "//x"),
 * #fragment, ?query, http:, https:, mailto:, tel:. Anything else becomes "#".
 */
void html_url_str(struct html *h, struct str s);
/* One value inside a URL: percent-encoded. */
void html_query_str(struct html *h, struct str s);
void html_query_int(struct html *h, int64_t n);
void html_query_size(struct html *h, size_t n);
void html_query_date(struct html *h, struct date d);

/* clang-format off */
#define HTML_NUMBERS(context) \
	int: html_##context##_int, long: html_##context##_int, long long: html_##context##_int, \
	unsigned short: html_##context##_int, unsigned: html_##context##_int, \
	unsigned long: html_##context##_size
#define html_text(h, v) _Generic((v), struct str: html_text_str, struct date: html_text_date, \
	struct opt_date: html_text_opt_date, struct opt_int: html_text_opt_int, \
	struct opt_str: html_text_opt_str, HTML_NUMBERS(text))((h), (v))
#define html_attr(h, v) _Generic((v), struct str: html_attr_str, struct date: html_attr_date, \
	HTML_NUMBERS(attr))((h), (v))
#define html_query(h, v) _Generic((v), struct str: html_query_str, struct date: html_query_date, \
	HTML_NUMBERS(query))((h), (v))
/* The only writer for a whole URL; anything but a str does not compile. */
#define html_url(h, v) _Generic((v), struct str: html_url_str)((h), (v))
/* clang-format on */
#endif
