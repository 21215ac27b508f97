/*
 * roundtrip_test.c - what is written comes back: the cells of a table are the
 * same after a way through each format.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "base/utf8.h"
#include "office/fixture.h"
#include "office/read.h"
#include "office/write.h"

#include <string.h>

/* ---- tables drawn in text */

struct sketch { struct str rows[64][40]; size_t count, cols; };

static void read_sketch(struct sketch *s, const char *const *rows, size_t count)
{
	s->count = count;
	for (size_t r = 0; r < count; r++) {
		struct str rest = str_from_c(rows[r]), piece;
		size_t c = 0;
		while (str_split_next(&rest, '|', &piece))
			s->rows[r][c++] = piece;
		s->cols = c > s->cols ? c : s->cols;
	}
}

static bool goes_on(const struct sketch *s, size_t row, size_t col, const char *sign)
{
	return row < s->count && col < s->cols && str_equal_c(s->rows[row][col], sign);
}

/* A cell that begins with # is a head. */
static struct doc_cell sketched_cell(const struct sketch *s, size_t row, size_t col)
{
	struct doc_cell cell = { .row = (uint16_t)row,
				 .col = (uint16_t)col,
				 .rowspan = 1,
				 .colspan = 1,
				 .align = DOC_CENTRE,
				 .text = s->rows[row][col] };

	cell.head = str_take_char(&cell.text, '#');
	while (goes_on(s, row, (size_t)col + cell.colspan, "<"))
		cell.colspan++;
	while (goes_on(s, (size_t)row + cell.rowspan, col, "^"))
		cell.rowspan++;
	return cell;
}

static struct doc_table *sketched(struct arena *a, const char *const *rows, size_t count)
{
	struct sketch *s = ARENA_NEW(a, struct sketch);
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	read_sketch(s, rows, count);
	*t = (struct doc_table){ .rows = (uint16_t)s->count, .cols = (uint16_t)s->cols };
	t->cells = ARENA_ARRAY(a, s->count * s->cols, struct doc_cell);
	for (size_t r = 0; r < s->count; r++)
		for (size_t c = 0; c < s->cols; c++)
			if (!goes_on(s, r, c, "<") && !goes_on(s, r, c, "^"))
				t->cells[t->cells_count++] = sketched_cell(s, r, c);
	return t;
}

struct doc *fixture_table(struct arena *a, const char *const *rows, size_t count)
{
	struct doc *d = ARENA_NEW(a, struct doc);

	d->blocks = ARENA_NEW(a, struct doc_block);
	d->count = 1;
	d->title = STR("表");
	d->blocks[0] = (struct doc_block){ .kind = DOC_TABLE, .table = sketched(a, rows, count) };
	return d;
}

/* ---- the report */

static const char *const table_two[] = {
	"#第二十条第（一）项|<|<|<",
	"#信息内容|#本年制发件数|#本年废止件数|#现行有效件数",
	"规章|0|0|0",
	"行政规范性文件|3|1|12",
	"#第二十条第（五）项|<|<|<",
	"#信息内容|#本年处理决定数量|<|<",
	"行政许可|10234|<|<",
	"#第二十条第（八）项|<|<|<",
	"#信息内容|#本年收费金额（单位：万元）|<|<",
	"行政事业性收费|1520.50|<|<",
};

#define NUMBERS "7|1|0|0|2|4|14"
static const char *const table_three[] = {
	"#（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|#申请人情况|<|<|<|<|<|<",
	"^|<|<|#自然人|#法人或其他组织|<|<|<|<|#总计",
	"^|<|<|^|#商业企业|#科研机构|#社会公益组织|#法律服务机构|#其他|^",
	"一、本年新收政府信息公开申请数量|<|<|253|18|0|0|2|4|277",
	"二、上年结转政府信息公开申请数量|<|<|17|0|0|0|0|0|17",
	"三、本年度办理结果|（一）予以公开|<|105|14|0|0|1|3|123",
	"^|（二）部分公开（区分处理的，只计这一情形，不计其他情形）|<|16|1|0|0|0|0|17",
	"^|（三）不予公开|1.属于国家秘密|0|0|0|0|0|0|0",
	"^|^|2.其他法律行政法规禁止公开|4|0|0|0|0|0|4",
	"^|^|3.危及“三安全一稳定”|0|0|0|0|0|0|0",
	"^|^|4.保护第三方合法权益|3|0|0|0|1|0|4",
	"^|^|5.属于三类内部事务信息|4|0|0|0|0|0|4",
	"^|^|6.属于四类过程性信息|2|0|0|0|0|0|2",
	"^|^|7.属于行政执法案卷|16|0|0|0|0|0|16",
	"^|^|8.属于行政查询事项|8|0|0|0|0|0|8",
	"^|（四）无法提供|1.本机关不掌握相关政府信息|61|3|0|0|0|1|65",
	"^|^|2.没有现成信息需要另行制作|20|0|0|0|0|0|20",
	"^|^|3.补正后申请内容仍不明确|4|0|0|0|0|0|4",
	"^|（五）不予处理|1.信访举报投诉类申请|" NUMBERS,
	"^|^|2.重复申请|" NUMBERS,
	"^|^|3.要求提供公开出版物|0|0|0|0|0|0|0",
	"^|^|4.无正当理由大量反复申请|" NUMBERS,
	"^|^|5.要求行政机关确认或重新出具已获取信息|0|0|0|0|0|0|0",
	"^|（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|" NUMBERS,
	"^|^|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|" NUMBERS,
	"^|^|3.其他|" NUMBERS,
	"^|（七）总计|<|252|18|0|0|2|4|276",
	"四、结转下年度继续办理|<|<|18|0|0|0|0|0|18",
};

static const char *const table_four[] = {
	"#行政复议|<|<|<|<|#行政诉讼|<|<|<|<|<|<|<|<|<",
	"#结果维持|#结果纠正|#其他结果|#尚未审结|#总计|#未经复议直接起诉|<|<|<|<|#复议后起诉|<|<|<|<",
	"^|^|^|^|^|#结果维持|#结果纠正|#其他结果|#尚未审结|#总计|#结果维持|#结果纠正|#其他结果|#尚未审结|#总计",
	"7|1|0|1|9|1|0|2|1|4|5|0|1|2|8",
};

static void add(struct doc *d, enum doc_block_kind kind, int level, struct str text)
{
	d->blocks[d->count++] = (struct doc_block){ .kind = kind, .level = level, .text = text };
}

static void add_sketch(struct arena *a, struct doc *d, const char *const *rows, size_t count,
		       const uint16_t *widths)
{
	add(d, DOC_TABLE, 0, STR_NONE);
	d->blocks[d->count - 1].table = sketched(a, rows, count);
	d->blocks[d->count - 1].table->widths = widths;
}

static void add_prose(struct doc *d, size_t paragraphs)
{
	static const struct str prose[] = {
		STR_INIT("2020年，我区坚持以公开为常态、不公开为例外，全年主动公开政府信息12345条，"
			 "其中通过政府网站公开8210条，通过政务新媒体公开4135条，同比增长6.8%。"),
		STR_INIT("加强政策解读，全年发布解读材料23篇；开展意见征集19次，收到意见建议45条，"
			 "采纳33条。“政务公开专区”接待群众1.2万人次，办理“一件事”主题服务27项。"),
		STR_INIT("严格执行《中华人民共和国政府信息公开条例》，落实先审查、后公开（国办函〔2020〕1号）"
			 "，对规范性文件实行Word与PDF两种格式公开，方便公众查阅、下载和使用。"),
	};

	for (size_t i = 0; i < paragraphs; i++)
		add(d, DOC_PARAGRAPH, 0, prose[i % COUNT_OF(prose)]);
}

static void add_chart(struct arena *a, struct doc *d)
{
	static const struct doc_slice slices[] = {
		{ STR_INIT("予以公开"), 123 }, { STR_INIT("部分公开"), 17 }, { STR_INIT("不予公开"), 38 },
		{ STR_INIT("无法提供"), 89 },  { STR_INIT("不予处理"), 9 },  { STR_INIT("其他处理"), 0 },
	};
	struct doc_slice *own = ARENA_ARRAY(a, COUNT_OF(slices), struct doc_slice);

	memcpy(own, slices, sizeof slices);
	add(d, DOC_CHART, 0, STR("政府信息公开申请办理结果（单位：件）"));
	d->blocks[d->count - 1].slices = own;
	d->blocks[d->count - 1].slices_count = COUNT_OF(slices);
}

struct doc *fixture_report(struct arena *a)
{
	static const uint16_t wide[] = { 9, 17, 46, 12, 12, 12, 12, 12, 12, 12 };
	struct doc *d = ARENA_NEW(a, struct doc);

	d->blocks = ARENA_ARRAY(a, 64, struct doc_block);
	d->title = STR("某市示例区2020年政府信息公开工作年度报告");
	add(d, DOC_TITLE, 0, STR("某市示例区2020年政府信息公开\n工作年度报告"));
	add_prose(d, 1);
	add(d, DOC_HEADING, 1, STR("一、总体情况"));
	add(d, DOC_HEADING, 2, STR("（一）主动公开情况"));
	add_prose(d, 5);
	add(d, DOC_HEADING, 2, STR("（二）依申请公开情况"));
	add_prose(d, 2);
	add_chart(a, d);
	add_prose(d, 2);
	add(d, DOC_HEADING, 1, STR("二、主动公开政府信息情况"));
	add_sketch(a, d, table_two, COUNT_OF(table_two), NULL);
	add(d, DOC_HEADING, 1, STR("三、收到和处理政府信息公开申请情况"));
	add_sketch(a, d, table_three, COUNT_OF(table_three), wide);
	add(d, DOC_HEADING, 1, STR("四、政府信息公开行政复议、行政诉讼情况"));
	add_sketch(a, d, table_four, COUNT_OF(table_four), NULL);
	add(d, DOC_HEADING, 1, STR("五、存在的主要问题及改进情况"));
	add_prose(d, 9);
	add(d, DOC_HEADING, 1, STR("六、其他需要报告的事项"));
	add(d, DOC_HEADING, 3, STR("1.信息处理费"));
	add_prose(d, 4);
	return d;
}

/* ---- the same cells */

static const struct doc_table *nth_table(const struct doc *d, size_t n)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->blocks[i].kind == DOC_TABLE && n-- == 0)
			return d->blocks[i].table;
	return NULL;
}

static void check_same(struct test *t, const struct doc_table *got, const struct doc_table *want)
{
	if (!CHECK(got != NULL) || !CHECK_INT(got->rows, want->rows) ||
	    !CHECK_INT(got->cols, want->cols) ||
	    !CHECK_INT((int64_t)got->cells_count, (int64_t)want->cells_count))
		return;
	for (size_t i = 0; i < want->cells_count; i++) {
		const struct doc_cell *g = &got->cells[i], *w = &want->cells[i];
		CHECK_STR(g->text, w->text);
		CHECK(g->row == w->row && g->col == w->col && g->rowspan == w->rowspan &&
		      g->colspan == w->colspan);
	}
}

typedef bool write_fn(struct arena *a, const struct doc *d, struct str *out, struct err *err);

static bool write_html(struct arena *a, const struct doc *d, struct str *out, struct err *err)
{
	struct buf html = buf_open(a, KIB, 4 * MIB);
	const struct doc_table *table = nth_table(d, 0);
	int row = -1;

	(void)err;
	buf_add_c(&html, "<!DOCTYPE html><title>x</title><table>");
	for (size_t i = 0; i < table->cells_count; i++) {
		const struct doc_cell *cell = &table->cells[i];
		for (; row < cell->row; row++)
			buf_add_c(&html, "<tr>");
		buf_addf(&html, "<td rowspan=%d colspan=%d>", cell->rowspan, cell->colspan);
		for (size_t k = 0; k < cell->text.len; k++)
			if (cell->text.ptr[k] == '<')
				buf_add_c(&html, "&lt;");
			else if (cell->text.ptr[k] == '&')
				buf_add_c(&html, "&amp;");
			else if (cell->text.ptr[k] == '\n')
				buf_add_c(&html, "<br>");
			else
				buf_add_char(&html, cell->text.ptr[k]);
	}
	*out = buf_str(&html);
	return true;
}

static const struct format { const char *name; write_fn *write; } formats[] = {
	{ "docx", office_write_docx },
	{ "xlsx", office_write_xlsx },
	{ "html", write_html },
};

/* Every format, for each of the tables below. */
struct sample_table { const char *name; const char *rows[8]; size_t count; };
static const struct sample_table samples[] = {
	{ "plain", { "a|b", "c|d" }, 2 },
	{ "a row", { "1|2|3" }, 1 },
	{ "a column", { "甲", "乙", "丙" }, 3 },
	{ "spans in both directions", { "a|<|b", "^|<|c", "d|e|f" }, 3 },
	{ "spans that meet", { "a|b|<", "a2|c|<", "^|d|e" }, 3 },
	{ "numbers", { "0|-5|1.50|0.1", "007|1,234|1e5|440104199001011234", "-0|+1|.5|5." }, 3 },
	{ "percent and dates", { "32.2%|2020-11-02|2020年11月2日", "1|2|3" }, 2 },
	{ "markup", { "<b>&amp;|\"q\" 'a'", "a & b < c > d|]]>" }, 2 },
	{ "formulas", { "=1+1|@x", "+a|-b" }, 2 },
	{ "blanks", { "x||y", "||z", "|w|" }, 3 },
	{ "lines in a cell", { "甲\n乙|丙", "丁|戊\n己\n庚" }, 2 },
	{ "rare characters", { "䶮𬭚|€①　x", "“三安全一稳定”|…—" }, 2 },
	{ "a wide title", { "总标题|<|<|<", "a|b|c|d" }, 2 },
	{ "a tall side", { "旁|1", "^|2", "^|3" }, 3 },
	{ "heads", { "#甲|#乙", "1|2", "3|4" }, 3 },
};

static void check_format(struct test *t, const struct format *f, const struct doc *d)
{
	struct err err = { 0 };
	struct str file;
	struct doc *back;

	if (!CHECK_OK(f->write(t->arena, d, &file, &err)) ||
	    !CHECK_OK(office_read_here(t->arena, STR("x"), file, &back, &err)))
		return;
	check_same(t, nth_table(back, 0), nth_table(d, 0));
}

static void check_report(struct test *t, const struct format *f)
{
	struct err err = { 0 };
	struct doc *d = fixture_report(t->arena), *back;
	struct str file, again;

	if (!CHECK_OK(f->write(t->arena, d, &file, &err)) ||
	    !CHECK_OK(office_read(t->arena, STR("报告"), file, &back, &err)))
		return;
	/* the chart is a table too, before the statutory ones */
	for (size_t n = 0; n < 3; n++)
		check_same(t, nth_table(back, n + 1), nth_table(d, n));
	CHECK_INT(nth_table(back, 0)->rows, 7);
	CHECK_STR(nth_table(back, 0)->cells[5].text, STR("44.6%"));
	if (CHECK_OK(f->write(t->arena, d, &again, &err)))
		CHECK(str_equal(file, again));
}

void roundtrip_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		for (size_t k = 0; k < COUNT_OF(formats); k++)
			if (test_case(t, "%s: %s", formats[k].name, samples[i].name))
				check_format(
					t, &formats[k],
					fixture_table(t->arena, samples[i].rows, samples[i].count));
	for (size_t k = 0; k < 2; k++)
		if (test_case(t, "%s: a whole report, twice the same bytes", formats[k].name))
			check_report(t, &formats[k]);
}
