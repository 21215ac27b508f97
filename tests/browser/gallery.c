/*
 * gallery - every part of html/parts.h on five pages in four modes, as files.
 *
 *	gallery FOLDER     writes FOLDER/<mode>/<page>.html and FOLDER/assets/
 *
 * For looking at, and for tests/browser/run.mjs while no server is needed. The
 * content is invented; the figures of table 三 are those of a real form's shape.
 */
#include "base/asset.h"
#include "base/file.h"
#include "gallery_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct gallery_document DOCUMENTS[] = {
	{ STR_INIT("区人民政府办公室关于印发2021年政务公开工作要点的通知"),
	  STR_INIT("规范性文件"),
	  STR_INIT("样府办〔2021〕9号"),
	  { 18765 } },
	{ STR_INIT("2020年度财政决算草案及说明"),
	  STR_INIT("财政预决算"),
	  STR_INIT("区财政局"),
	  { 18810 } },
	{ STR_INIT("关于《促进老字号传承创新若干措施（征求意见稿）》公开征求意见的公告"),
	  STR_INIT("意见征集"),
	  STR_INIT("区商务局"),
	  { 18789 } },
	{ STR_INIT("图解：“暖企10条”申报指引一览表（第三批）"),
	  STR_INIT("政策解读"),
	  STR_INIT("区政务服务数据管理局"),
	  { 18743 } },
	{ STR_INIT("2021年第二季度最低生活保障、特困人员救助供养公示"),
	  STR_INIT("基层公开"),
	  STR_INIT("街道办事处"),
	  { 18726 } },
	{ STR_INIT("2021年春季学期义务教育招生地段与学位预警信息"),
	  STR_INIT("教育公开"),
	  STR_INIT("区教育局"),
	  { 18716 } },
};
static const struct slice TOPICS[] = {
	{ STR_INIT("机构职能"), 31, STR_INIT("") },
	{ STR_INIT("规章与规范性文件"), 82, STR_INIT("") },
	{ STR_INIT("行政许可"), 467, STR_INIT("") },
	{ STR_INIT("行政处罚"), 3463, STR_INIT("") },
	{ STR_INIT("行政强制"), 148, STR_INIT("") },
	{ STR_INIT("行政事业性收费"), 30, STR_INIT("") },
	{ STR_INIT("财政预决算"), 64, STR_INIT("") },
	{ STR_INIT("政府集中采购"), 806, STR_INIT("") },
	{ STR_INIT("重大项目"), 19, STR_INIT("") },
};
static const struct slice OUTCOMES[] = {
	{ STR_INIT("予以公开"), 123, STR_INIT("") }, { STR_INIT("部分公开"), 17, STR_INIT("") },
	{ STR_INIT("不予公开"), 38, STR_INIT("") },  { STR_INIT("无法提供"), 89, STR_INIT("") },
	{ STR_INIT("不予处理"), 9, STR_INIT("") },   { STR_INIT("其他处理"), 0, STR_INIT("") },
};
static const struct slice OUTCOMES_LINKED[] = {
	{ STR_INIT("予以公开"), 123, STR_INIT("/f/granted") },
	{ STR_INIT("部分公开（区分处理）"), 17, STR_INIT("/f/partly") },
	{ STR_INIT("不予公开"), 38, STR_INIT("/f/denied") },
	{ STR_INIT("无法提供"), 89, STR_INIT("/f/unable") },
	{ STR_INIT("不予处理"), 9, STR_INIT("/f/not") },
	{ STR_INIT("其他处理"), 0, STR_INIT("/f/other") },
};
static const struct column OUTCOME_COLUMNS[] = {
	{ .label = STR_INIT("答复类型") },
	{ .label = STR_INIT("件数"), .number = true },
};
static const struct column COLUMNS[] = {
	{ .label = STR_INIT("编号"), .sort_href = STR_INIT("/desk?sort=number") },
	{ .label = STR_INIT("申请人") },
	{ .label = STR_INIT("申请内容") },
	{ .label = STR_INIT("收到日期"), .sort_href = STR_INIT("/desk?sort=received") },
	{ .label = STR_INIT("答复期限"),
	  .sort_href = STR_INIT("/desk?sort=due"),
	  .sorted_up = true },
	{ .label = STR_INIT("状态") },
};
static const struct gallery_case CASES[] = {
	{ STR_INIT("YX2021-0117"),
	  STR_INIT("申请人甲〇一"),
	  STR_INIT("自然人"),
	  STR_INIT("2020年度城市更新项目补偿标准及批准文件"),
	  STR_INIT("区住建局"),
	  { 18810 },
	  { 18838 },
	  STR_INIT("今日到期"),
	  TAG_RED },
	{ STR_INIT("YX2021-0116"),
	  STR_INIT("申请单位乙〇二律师事务所"),
	  STR_INIT("法律服务机构"),
	  STR_INIT("片区规划调整征求意见采纳情况"),
	  STR_INIT("区规划资源分局"),
	  { 18808 },
	  { 18836 },
	  STR_INIT("逾期2日"),
	  TAG_RED },
	{ STR_INIT("YX2021-0115"),
	  STR_INIT("申请人甲〇三"),
	  STR_INIT("自然人"),
	  STR_INIT("街道2020年度低保资金发放明细（汇总）"),
	  STR_INIT("区民政局"),
	  { 18807 },
	  { 18863 },
	  STR_INIT("已延期"),
	  TAG_BLUE },
	{ STR_INIT("YX2021-0114"),
	  STR_INIT("申请单位乙〇四商贸有限公司"),
	  STR_INIT("商业企业"),
	  STR_INIT("行政处罚决定书〔2021〕33号案卷目录"),
	  STR_INIT("区市场监管局"),
	  { 18806 },
	  { 18834 },
	  STR_INIT("待审核"),
	  TAG_YELLOW },
	{ STR_INIT("YX2021-0113"),
	  STR_INIT("申请人甲〇五"),
	  STR_INIT("自然人"),
	  STR_INIT("区政府2019年常务会议纪要（第12期）"),
	  STR_INIT("区政府办公室"),
	  { 18803 },
	  { 18831 },
	  STR_INIT("待补正"),
	  TAG_GREY },
	{ STR_INIT("YX2021-0112"),
	  STR_INIT("申请人甲〇六"),
	  STR_INIT("自然人"),
	  STR_INIT("区属公办幼儿园学位供给与收费备案信息"),
	  STR_INIT("区教育局"),
	  { 18802 },
	  { 18830 },
	  STR_INIT("已答复"),
	  TAG_GREEN },
};
static const struct choice STATES[] = {
	{ .value = STR_INIT(""), .label = STR_INIT("全部状态") },
	{ .value = STR_INIT("open"), .label = STR_INIT("办理中") },
	{ .value = STR_INIT("closed"), .label = STR_INIT("已答复") },
};
static const struct choice KINDS[] = {
	{ .value = STR_INIT("natural_person"), .label = STR_INIT("自然人") },
	{ .value = STR_INIT("company"),
	  .label = STR_INIT("商业企业"),
	  .hint = STR_INIT("须提供营业执照复印件") },
	{ .value = STR_INIT("other"), .label = STR_INIT("其他组织") },
};
static const struct field_error ERRORS[] = {
	{ "id_no", STR_INIT("身份证号码应当是18位，最后一位可以是X") },
	{ "proof", STR_INIT("请附身份证明") },
	{ "agree", STR_INIT("请先阅读公开指南") },
	{ NULL, STR_INIT("保存期间服务中断过，请再提交一次") },
};
static const struct summary_row SUMMARY[] = {
	{ STR_INIT("申请人"), STR_INIT("申请人甲〇一（自然人）"), STR_INIT("/x"),
	  STR_INIT("修改") },
	{ STR_INIT("申请内容"), STR_INIT("2020年度城市更新项目补偿标准及批准文件"), STR_INIT("/y"),
	  STR_INIT("修改") },
	{ STR_INIT("收到日期"), STR_INIT("2021-07-02（网上提交）"), STR_INIT(""), STR_INIT("") },
	{ STR_INIT("答复期限"), STR_INIT("2021-07-30，依《条例》第三十三条"), STR_INIT(""),
	  STR_INIT("") },
};
static const struct nav_item NAV[] = {
	{ STR_INIT("首页"), STR_INIT("/"), true },
	{ STR_INIT("政府信息公开指南"), STR_INIT("/guide"), false },
	{ STR_INIT("法定主动公开内容"), STR_INIT("/catalogue"), false },
	{ STR_INIT("依申请公开"), STR_INIT("/apply"), false },
	{ STR_INIT("政府信息公开年报"), STR_INIT("/reports"), false },
	{ STR_INIT("统计"), STR_INIT("/figures"), false },
};
static const struct nav_item DESK_NAV[] = {
	{ STR_INIT("工作台"), STR_INIT("/desk"), false },
	{ STR_INIT("依申请公开"), STR_INIT("/desk/requests"), true },
	{ STR_INIT("复议诉讼"), STR_INIT("/desk/disputes"), false },
	{ STR_INIT("年度报告"), STR_INIT("/desk/reports"), false },
	{ STR_INIT("统计"), STR_INIT("/desk/figures"), false },
	{ STR_INIT("系统管理"), STR_INIT("/desk/settings"), false },
};

/* ---- table 三 in its printed shape */

struct line {
	const char *group, *label;
	int span;
	int values[7];
};
static const struct line LINES[] = {
	{ NULL, "（一）予以公开", 0, { 105, 14, 0, 0, 1, 3, 123 } },
	{ NULL,
	  "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
	  0,
	  { 16, 1, 0, 0, 0, 0, 17 } },
	{ "（三）不予公开", "1.属于国家秘密", 3, { 0 } },
	{ NULL, "2.其他法律行政法规禁止公开", 1, { 4, 0, 0, 0, 0, 0, 4 } },
	{ NULL, "3.危及“三安全一稳定”", 1, { 0 } },
	{ "（四）无法提供", "1.本机关不掌握相关政府信息", 3, { 61, 3, 0, 0, 0, 1, 65 } },
	{ NULL, "2.没有现成信息需另行制作", 1, { 20, 0, 0, 0, 0, 0, 20 } },
	{ NULL, "3.补正后申请内容仍不明确", 1, { 4, 0, 0, 0, 0, 0, 4 } },
	{ NULL, "（七）总计", 0, { 252, 18, 0, 0, 2, 4, 276 } },
};

static struct grid_cell *add(struct grid_cell *c, size_t row, size_t col, size_t rows, size_t cols,
			     struct str text)
{
	*c = (struct grid_cell){ (uint16_t)row, (uint16_t)col, (uint16_t)rows, (uint16_t)cols,
				 true,		false,	       text,	       STR_NONE };
	return c + 1;
}

static struct grid_cell *add_values(struct arena *a, struct grid_cell *c, size_t row,
				    const int *values)
{
	for (size_t i = 0; i < 7; i++) {
		c = add(c, row, 3 + i, 1, 1, str_format(a, "%d", values[i]));
		c[-1].head = false;
		c[-1].number = true;
		if (values[i] > 0)
			c[-1].href = str_format(a, "/figures/t3?row=%zu&column=%zu", row, i);
	}
	return c;
}

static void make_grid(struct arena *a, struct gallery *g)
{
	static const char *const COMPANIES[] = { "商业企业", "科研机构", "社会公益组织",
						 "法律服务机构", "其他" };
	struct grid_cell *first = ARENA_ARRAY(a, 200, struct grid_cell), *c = first;
	size_t row = 5;

	c = add(c, 0, 0, 3, 3,
		STR("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"));
	c = add(c, 0, 3, 1, 7, STR("申请人情况"));
	c = add(c, 1, 3, 2, 1, STR("自然人"));
	c = add(c, 1, 4, 1, 5, STR("法人或其他组织"));
	c = add(c, 1, 9, 2, 1, STR("总计"));
	for (size_t i = 0; i < 5; i++)
		c = add(c, 2, 4 + i, 1, 1, str_from_c(COMPANIES[i]));
	c = add(c, 3, 0, 1, 3, STR("一、本年新收政府信息公开申请数量"));
	c = add_values(a, c, 3, (const int[]){ 253, 18, 0, 0, 2, 4, 277 });
	c = add(c, 4, 0, 1, 3, STR("二、上年结转政府信息公开申请数量"));
	c = add_values(a, c, 4, (const int[]){ 17, 0, 0, 0, 0, 0, 17 });
	c = add(c, row, 0, COUNT_OF(LINES), 1, STR("三、本年度办理结果"));
	for (size_t i = 0; i < COUNT_OF(LINES); i++, row++) {
		const struct line *l = &LINES[i];
		if (l->group != NULL)
			c = add(c, row, 1, (size_t)l->span, 1, str_from_c(l->group));
		c = add(c, row, l->span > 0 ? 2 : 1, 1, l->span > 0 ? 1 : 2, str_from_c(l->label));
		c = add_values(a, c, row, l->values);
	}
	c = add(c, row, 0, 1, 3, STR("四、结转下年度继续办理"));
	c = add_values(a, c, row, (const int[]){ 18, 0, 0, 0, 0, 0, 18 });
	g->grid = first;
	g->grid_rows = row + 1;
	g->grid_cols = 10;
	g->grid_count = (size_t)(c - first);
}

/* ---- pages */

typedef void draw(struct html *h, const struct gallery *g);
static const struct {
	const char *name, *title;
	draw *draw;
	bool staff;
} PAGES[] = {
	{ "home", "首页", gallery_home_html, false },
	{ "register", "待办申请", gallery_register_html, true },
	{ "form", "申请公开政府信息", gallery_form_html, false },
	{ "report", "2020年政府信息公开工作年度报告", gallery_report_html, false },
	{ "case", "YX2021-0117", gallery_case_html, true },
};
static const char *const MODE_NAMES[] = { "plain", "elder", "contrast", "dark" };

static void write_or_die(struct arena *a, struct str path, struct str data)
{
	struct err err = { 0 };

	if (!file_write(a, path, data, &err)) {
		fprintf(stderr, "gallery: " STR_FMT ": %s %s\n", STR_ARG(path), err.key, err.facts);
		exit(2);
	}
}

static void make_folder(struct arena *a, struct str path)
{
	struct err err = { 0 };

	if (!dir_make(a, path, &err)) {
		fprintf(stderr, "gallery: " STR_FMT ": %s %s\n", STR_ARG(path), err.key, err.facts);
		exit(2);
	}
}

static void draw_page(struct arena *a, const char *folder, const struct gallery *g, size_t i,
		      enum page_mode mode)
{
	static const struct crumb CRUMBS[] = {
		{ STR_INIT("首页"), STR_INIT("/") },
		{ STR_INIT("依申请公开"), STR_INIT("/apply") },
		{ STR_INIT("本页"), STR_INIT("") },
	};
	static const struct meta_tag META[] = { { STR_INIT("ColumnName"),
						  STR_INIT("依申请公开") } };
	struct buf out = buf_open(a, 65536, 8 * 1024 * 1024);
	struct html h = { &out, a };
	bool staff = PAGES[i].staff;
	struct page page = {
		.title = str_from_c(PAGES[i].title),
		.site_name = STR("样例市样例区人民政府"),
		.platform_name = staff ? STR("政务公开工作平台") : STR("政府信息公开平台"),
		.site_url = STR("https://www.example.gov.cn"),
		.path = str_format(a, "/%s/%s.html", MODE_NAMES[mode], PAGES[i].name),
		.mode = mode,
		.staff = staff,
		.who = staff ? STR("区政府办公室 · 经办人丙〇一") : STR_NONE,
		.csrf = staff ? STR("token") : STR_NONE,
		.nav = staff ? DESK_NAV : NAV,
		.nav_count = COUNT_OF(NAV),
		.crumbs = CRUMBS,
		.crumbs_count = i == 0 ? 0 : COUNT_OF(CRUMBS),
		.meta = META,
		.meta_count = 1,
		.feed = i == 0 ? STR("/documents.atom") : STR_NONE,
		.flash = i == 4 ? STR("已登记，答复期限为2021年7月30日。") : STR_NONE,
		.today = { true, { 18838 } },
		.sample_data = true,
		.errors = i == 2 ? COUNT_OF(ERRORS) : 0,
	};

	html_page_begin(&h, &page);
	PAGES[i].draw(&h, g);
	html_page_end(&h, &page);
	write_or_die(a, str_format(a, "%s" STR_FMT, folder, STR_ARG(page.path)), buf_str(&out));
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open((size_t)64 * 1024 * 1024);
	struct gallery g = {
		DOCUMENTS,
		COUNT_OF(DOCUMENTS),
		TOPICS,
		OUTCOMES,
		OUTCOMES_LINKED,
		COUNT_OF(TOPICS),
		COUNT_OF(OUTCOMES),
		COLUMNS,
		OUTCOME_COLUMNS,
		COUNT_OF(COLUMNS),
		CASES,
		COUNT_OF(CASES),
		STATES,
		KINDS,
		COUNT_OF(STATES),
		COUNT_OF(KINDS),
		{ ERRORS, COUNT_OF(ERRORS), STR_INIT("csrf"), STR_INIT("form-1") },
		NULL,
		0,
		0,
		0,
		SUMMARY,
		COUNT_OF(SUMMARY),
	};

	if (argc != 2) {
		fputs("usage: gallery FOLDER\n", stderr);
		return 2;
	}
	make_grid(a, &g);
	make_folder(a, str_format(a, "%s/assets", argv[1]));
	for (size_t i = 0; i < asset_list_count; i++)
		if (strncmp(asset_list[i].path, "assets/", 7) == 0)
			write_or_die(a, str_format(a, "%s/%s", argv[1], asset_list[i].path),
				     asset_text(&asset_list[i]));
	for (enum page_mode mode = MODE_PLAIN; mode <= MODE_DARK; mode++) {
		make_folder(a, str_format(a, "%s/%s", argv[1], MODE_NAMES[mode]));
		for (size_t i = 0; i < COUNT_OF(PAGES); i++)
			draw_page(a, argv[1], &g, i, mode);
	}
	return 0;
}
