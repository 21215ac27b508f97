#include "office/builder.h"
#include "office/readers.h"

#include "base/utf8.h"
#include "text/encoding.h"

#include <string.h>

struct str clean_text(struct arena *a, struct str s)
{
	bool clean = true;
	uint32_t c;

	for (size_t i = 0; i < s.len && clean; i++)
		clean = (unsigned char)s.ptr[i] >= 0x20 && s.ptr[i] != 0x7F;
	if (clean)
		return s;
	struct buf out = buf_open(a, s.len, s.len);
	while (utf8_take(&s, &c))
		if (c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7F))
			buf_add_utf8(&out, c);
	return buf_str(&out);
}

/* The line without blanks at its end; those at its beginning say where its columns stand. */
static struct str trim_right(struct str s)
{
	while (s.len > 0 && strchr(" \t\r", s.ptr[s.len - 1]) != NULL)
		s.len--;
	return s;
}

static bool add_page(struct builder *b, struct str page, size_t number, bool paged, size_t *lines,
		     struct err *err)
{
	struct str line;
	struct str place = paged ? str_format(b->arena, "第%zu页", number) : STR_NONE;

	while (str_split_next(&page, '\n', &line)) {
		struct doc_block block = { .kind = DOC_PARAGRAPH };
		++*lines;
		if (page.ptr == NULL && line.len == 0)
			break; /* what follows the last line feed is no line */
		block.text = clean_text(b->arena, trim_right(line));
		block.place.text = paged ? place : str_format(b->arena, "第%zu行", *lines);
		if (!builder_add(b, block, err))
			return false;
	}
	return true;
}

bool read_layout(struct arena *a, struct str text, enum doc_source source, struct doc **out,
		 struct err *err)
{
	struct builder b = builder_open(a);
	bool paged = str_contains(text, STR("\f"));
	size_t number = 0, lines = 0;
	struct str page;

	while (str_split_next(&text, '\f', &page)) {
		if (text.ptr == NULL && page.len == 0)
			break; /* pdftotext ends every page with a form feed */
		number++;
		if (number > 1) {
			struct doc_block block = { .kind = DOC_PAGE_BREAK, .text = STR_NONE };
			block.place.text = str_format(a, "第%zu页", number);
			if (!builder_add(&b, block, err))
				return false;
		}
		if (!add_page(&b, page, number, paged || source == DOC_SOURCE_PDF, &lines, err))
			return false;
	}
	*out = builder_finish(&b, source);
	(*out)->layout_text = true;
	(*out)->pages = source == DOC_SOURCE_PDF ? (int)number : 0;
	return true;
}

/*
 * The decoder takes form feeds for line ends, but they are what tells pages
 * apart. So each page is decoded alone, in the encoding found for the whole; a
 * page in GB18030 goes behind an ideographic space, which no UTF-8 text can
 * begin with in those two bytes.
 */
static bool decode_pages(struct arena *a, struct str content, enum charset charset,
			 struct buf *out, struct err *err)
{
	struct str page;
	bool first = true;

	while (str_split_next(&content, '\f', &page)) {
		struct decoded decoded;
		if (!first)
			buf_add_char(out, '\f');
		first = false;
		if (charset == CHARSET_GB18030)
			page = str_concat(a, STR("\xA1\xA1"), page);
		if (!encoding_decode(a, page, &decoded, err))
			return false;
		if (charset == CHARSET_GB18030)
			(void)str_take_str(&decoded.text, STR("\xE3\x80\x80"));
		buf_add(out, decoded.text);
	}
	return buf_ok(out) || err_set(err, ERR_LIMIT, "office.too_large", "%d", LIMIT_TEXT_BYTES);
}

bool read_text(struct arena *a, struct str content, struct doc **out, struct err *err)
{
	struct decoded decoded;

	if (!encoding_decode(a, content, &decoded, err))
		return false;
	bool bytes_are_text =
		decoded.charset == CHARSET_UTF8 || decoded.charset == CHARSET_GB18030;
	if (bytes_are_text && str_contains(content, STR("\f"))) {
		struct buf pages = buf_open(a, content.len, (size_t)LIMIT_TEXT_BYTES * 2);
		if (!decode_pages(a, content, decoded.charset, &pages, err))
			return false;
		return read_layout(a, buf_str(&pages), DOC_SOURCE_TEXT, out, err);
	}
	return read_layout(a, decoded.text, DOC_SOURCE_TEXT, out, err);
}
