#include "lint/sample_test.h"

#include "base/file.h"

struct str test_file(struct test *t, struct str path)
{
	struct err err = { 0 };
	struct str text = STR_NONE;

	CHECK_OK(file_read(t->arena, path, 1024 * 1024, &text, &err));
	return text;
}

struct str csv_field(struct str line, size_t n)
{
	struct str piece = STR_NONE;

	for (size_t i = 0; i <= n; i++)
		if (!str_split_next(&line, ',', &piece))
			return STR_NONE;
	return str_trim(piece);
}

struct doc *doc_of_text(struct arena *a, struct str text)
{
	struct doc *doc = ARENA_NEW(a, struct doc);
	struct str rest = text, line;
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	doc->blocks = ARENA_ARRAY(a, n + 1, struct doc_block);
	doc->source = DOC_SOURCE_TEXT;
	doc->layout_text = true;
	while (str_split_next(&rest, '\n', &line)) {
		struct str place = str_format(a, "第%zu行", doc->count + 1);
		doc->blocks[doc->count++] = (struct doc_block){ .kind = DOC_PARAGRAPH, .text = line,
								.place = { place } };
	}
	return doc;
}

/* The harness takes the name of every file for a test. */
void sample_test(struct test *t);
void sample_test(struct test *t)
{
	if (test_case(t, "text becomes a paragraph a line"))
		CHECK_INT((int64_t)doc_of_text(t->arena, STR("a\nb"))->count, 2);
}
