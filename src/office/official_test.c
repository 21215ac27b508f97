/*
 * official_test.c - an official letter on paper: the same words in every format, places as
 * GB/T 9704-2012 has them, titles whose words are whole.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "office/fixture.h"
#include "office/official.h"
#include "office/read.h"

#include <stdlib.h>

static const struct doc *content(struct arena *a, size_t paragraphs)
{
	static const char *const rows[] = { "#项目|#内容", "所涉政府信息|批准文件", "是否同意公开|同意" };
	struct doc *d = ARENA_NEW(a, struct doc);
	struct doc *table = fixture_table(a, rows, COUNT_OF(rows));

	d->blocks = ARENA_ARRAY(a, paragraphs + 3, struct doc_block);
	d->blocks[d->count++] = (struct doc_block){ .kind = DOC_HEADING, .level = 1,
						    .text = STR("一、关于“批准文件”") };
	d->blocks[d->count++] = table->blocks[0];
	for (size_t i = 0; i < paragraphs; i++)
		d->blocks[d->count++] = (struct doc_block){
			.kind = DOC_PARAGRAPH,
			.text = str_format(a,
					   "第%zu段：根据《中华人民共和国政府信息公开条例》第三十六条第二项"
					   "的规定，现于2024年2月20日向您提供12份文件。",
					   i + 1)
		};
	return d;
}

struct official *fixture_letter(struct arena *a, int style)
{
	static const struct str names[] = { STR_INIT("批准文件"), STR_INIT("第三方意见表"),
					    STR_INIT("说明") };
	struct official *o = ARENA_NEW(a, struct official);
	struct official_annex *annexes = ARENA_ARRAY(a, 2, struct official_annex);

	annexes[0] = (struct official_annex){ names[1], content(a, 0) };
	annexes[1] = (struct official_annex){ names[2], content(a, 2) };
	*o = (struct official){ .style = (enum official_style)style,
				.organ = STR("广州市越秀区示例局"),
				.number = STR("越示公开〔2024〕12号"),
				.title = STR("关于对某某某要求公开旧城改造项目批准文件的政府信息公开申请的答复"),
				.addressee = STR("申请人甲〇一"),
				.body = content(a, 9),
				.attachments = names,
				.attachments_count = COUNT_OF(names),
				.date = STR("2024年2月20日"),
				.seal_mark = true,
				.note = STR("联系电话：020-00000000"),
				.annexes = annexes,
				.annexes_count = 2 };
	return o;
}

static struct str without_blanks(struct arena *a, struct str text)
{
	struct buf out = buf_open(a, text.len + 16, 8 * MIB);

	while (text.len > 0) {
		if (str_take_str(&text, STR("　")))
			continue;
		if ((unsigned char)text.ptr[0] > ' ')
			buf_add_char(&out, text.ptr[0]);
		text = str_slice(text, 1, text.len);
	}
	return buf_str(&out);
}

/* Also without the numbers of pages, which stand between the words. */
static struct str squeezed(struct arena *a, struct str text)
{
	struct buf out = buf_open(a, text.len + 16, 8 * MIB);
	struct str dash = STR("—");

	text = without_blanks(a, text);
	while (text.len > 0) {
		struct str rest = text;
		uint64_t page;
		if (str_take_str(&rest, dash) && str_take_u64(&rest, 999, &page) &&
		    str_take_str(&rest, dash)) {
			text = rest;
			continue;
		}
		buf_add_char(&out, text.ptr[0]);
		text = str_slice(text, 1, text.len);
	}
	return buf_str(&out);
}

static struct str read_back(struct test *t, const char *name, struct str file)
{
	struct buf out = buf_open(t->arena, KIB, 4 * MIB);
	struct err err = { 0 };
	struct doc *d;

	if (!CHECK_OK(office_read(t->arena, str_from_c(name), file, &d, &err)))
		return STR_NONE;
	for (size_t i = 0; i < d->count; i++) {
		const struct doc_block *block = &d->blocks[i];
		buf_add(&out, block->text);
		for (size_t k = 0; block->kind == DOC_TABLE && k < block->table->cells_count; k++)
			buf_add(&out, block->table->cells[k].text);
		buf_add_char(&out, '\n');
	}
	return squeezed(t->arena, buf_str(&out));
}

static void same_words(struct test *t)
{
	for (int style = OFFICIAL_PLAIN; style <= OFFICIAL_LETTER; style++) {
		struct err err = { 0 };
		struct str file;
		if (!test_case(t, "the same words as text, PDF and Word, style %d", style))
			continue;
		const struct official *o = fixture_letter(t->arena, style);
		struct str text = squeezed(t->arena, official_text(t->arena, o));
		if (CHECK_OK(official_pdf(t->arena, o, &file, &err)))
			CHECK_STR(read_back(t, "x.pdf", file), text);
		if (CHECK_OK(official_docx(t->arena, o, &file, &err)))
			CHECK_STR(read_back(t, "x.docx", file), text);
	}
}

static void titles(struct test *t)
{
	static const struct {
		const char *title, *lines;
	} rows[] = {
		{ "政府信息公开申请答复书", "政府信息公开申请答复书" },
		{ "关于对某某某要求公开旧城改造项目批准文件的政府信息公开申请的答复",
		  "关于对某某某要求公开旧城改造/项目批准文件的政府信息公开申请的答复" },
		{ "关于印发《2020年政府信息公开工作要点》的通知及其说明",
		  "关于印发《2020年/政府信息公开工作要点》的通知及其说明" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str *lines;
		if (!test_case(t, "lines of a title %zu", i))
			continue;
		struct buf b = buf_open(t->arena, 256, 4096);
		size_t count =
			official_title_lines(t->arena, str_from_c(rows[i].title), 20, &lines);
		for (size_t l = 0; l < count; l++) {
			if (l > 0)
				buf_add_char(&b, '/');
			buf_add(&b, lines[l]);
		}
		CHECK_STR(buf_str(&b), str_from_c(rows[i].lines));
	}
}

/* A page that has the signature has text, wherever the pages break. */
static void signature_with_text(struct test *t)
{
	for (size_t paragraphs = 1; paragraphs < 12; paragraphs++) {
		struct err err = { 0 };
		struct str file;
		struct doc *d;
		if (!test_case(t, "the signature has text above it after %zu paragraphs",
			       paragraphs))
			continue;
		struct official *o = fixture_letter(t->arena, OFFICIAL_PLAIN);
		o->annexes_count = o->attachments_count = 0;
		o->body = content(t->arena, paragraphs);
		if (!CHECK_OK(official_pdf(t->arena, o, &file, &err)) ||
		    !CHECK_OK(office_read(t->arena, STR("x.pdf"), file, &d, &err)))
			continue;
		int above = 0;
		for (size_t i = 0; i < d->count; i++) {
			struct str text = str_trim(d->blocks[i].text);
			if (str_starts(text, STR("—")) || d->blocks[i].kind == DOC_PAGE_BREAK)
				above = 0;
			else if (str_equal(text, o->organ))
				break;
			else
				above += text.len > 0;
		}
		CHECK(above >= 2);
	}
}

void official_test(struct test *t)
{
	same_words(t);
	titles(t);
	signature_with_text(t);
}
