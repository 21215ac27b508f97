#include "statistics/form.h"

#include "base/buf.h"
#include "base/digest.h"

#include <assert.h>

/*
 * The 2019 form is for the reports on 2019 and 2020; 国办公开办函〔2021〕30号 came on
 * 2021-09-26.
 */
enum form_kind form_of_year(int year)
{
	return year < 2021 ? FORM_2019 : FORM_2021;
}

/* ---- table 三 */

const struct form_column form_applicants[APPLICANT_COLUMNS] = {
	{ STR_INIT("natural_person"), STR_INIT("自然人") },
	{ STR_INIT("commercial_enterprise"), STR_INIT("商业企业") },
	{ STR_INIT("research_institution"), STR_INIT("科研机构") },
	{ STR_INIT("public_welfare_org"), STR_INIT("社会公益组织") },
	{ STR_INIT("legal_service_org"), STR_INIT("法律服务机构") },
	{ STR_INIT("other_org"), STR_INIT("其他") },
	{ STR_INIT("total"), STR_INIT("总计") },
};

#define LINE(k, p, kind_, l, b) { STR_INIT(k), STR_INIT(p), STR_INIT(l), kind_, STR_INIT(b) }
#define DATA(k, p, l, b) LINE(k, p, LINE_DATA, l, b)
#define GROUP(k, p, l, b) LINE(k, p, LINE_GROUP, l, b)

/* Both forms agree on the lines from 一 to （五）5 and on the last two. */
#define FIRST_LINES \
	DATA("new_received", "", "一、本年新收政府信息公开申请数量", "条例第二十九条、第三十一条"), \
	DATA("carried_in", "", "二、上年结转政府信息公开申请数量", "条例第三十三条"), \
	GROUP("results", "", "三、本年度办理结果", "条例第三十三条、第三十六条"), \
	DATA("granted", "results", "（一）予以公开", "条例第三十六条第一项、第二项"), \
	DATA("partly_granted", "results", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", \
	     "条例第三十七条"), \
	GROUP("denied", "results", "（三）不予公开", "条例第三十六条第三项"), \
	DATA("denied_state_secret", "denied", "1.属于国家秘密", "条例第十四条"), \
	DATA("denied_law_forbids", "denied", "2.其他法律行政法规禁止公开", "条例第十四条"), \
	DATA("denied_three_securities", "denied", "3.危及“三安全一稳定”", "条例第十四条"), \
	DATA("denied_third_party", "denied", "4.保护第三方合法权益", "条例第十五条、第三十二条"), \
	DATA("denied_internal_affairs", "denied", "5.属于三类内部事务信息", "条例第十六条第一款"), \
	DATA("denied_process_info", "denied", "6.属于四类过程性信息", "条例第十六条第二款"), \
	DATA("denied_enforcement_file", "denied", "7.属于行政执法案卷", "条例第十六条第二款"), \
	DATA("denied_admin_inquiry", "denied", "8.属于行政查询事项", "条例第三十六条第七项"), \
	GROUP("unable", "results", "（四）无法提供", "条例第三十条、第三十六条、第三十八条"), \
	DATA("unable_not_held", "unable", "1.本机关不掌握相关政府信息", "条例第三十六条第四项、第五项"), \
	DATA("unable_needs_creation", "unable", "2.没有现成信息需要另行制作", "条例第三十八条"), \
	DATA("unable_still_unclear", "unable", "3.补正后申请内容仍不明确", "条例第三十条"), \
	GROUP("not_processed", "results", "（五）不予处理", "条例第三十五条、第三十六条、第三十九条"), \
	DATA("not_processed_petition", "not_processed", "1.信访举报投诉类申请", "条例第三十九条第一款"), \
	DATA("not_processed_repeat", "not_processed", "2.重复申请", "条例第三十六条第六项"), \
	DATA("not_processed_publication", "not_processed", "3.要求提供公开出版物", \
	     "条例第三十九条第二款"), \
	DATA("not_processed_excessive", "not_processed", "4.无正当理由大量反复申请", "条例第三十五条"), \
	DATA("not_processed_confirm", "not_processed", "5.要求行政机关确认或重新出具已获取信息", \
	     "条例无专门条款，按年度报告格式统计")
#define LAST_LINES \
	LINE("results_total", "results", LINE_SUM, "（七）总计", "年度报告格式：（一）至（六）各项之和"), \
	DATA("carried_out", "", "四、结转下年度继续办理", "条例第三十三条")

static const struct form_line lines_2019[] = {
	FIRST_LINES,
	DATA("other_handling", "results", "（六）其他处理", "条例第三十条；申请人撤回等情形"),
	LAST_LINES,
};

static const struct form_line lines_2021[] = {
	FIRST_LINES,
	GROUP("other_handling", "results", "（六）其他处理", "条例第三十条、第四十二条"),
	DATA("other_overdue_correction", "other_handling",
	     "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "条例第三十条"),
	DATA("other_overdue_fee", "other_handling",
	     "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
	     "条例第四十二条，国办函〔2020〕109号"),
	DATA("other_rest", "other_handling", "3.其他", "申请人撤回等情形"),
	LAST_LINES,
};

static_assert(COUNT_OF(lines_2019) == 27, "27 lines, groups included");
static_assert(COUNT_OF(lines_2021) == 30, "27 lines and three under （六）");

const struct form_line *form_table3(enum form_kind form, size_t *count)
{
	*count = form == FORM_2019 ? COUNT_OF(lines_2019) : COUNT_OF(lines_2021);
	return form == FORM_2019 ? lines_2019 : lines_2021;
}

int form_table3_find(enum form_kind form, struct str key)
{
	size_t count;
	const struct form_line *lines = form_table3(form, &count);

	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i].key, key))
			return (int)i;
	return -1;
}

bool form_table3_is_leaf(const struct form_line *line)
{
	return line->kind == LINE_DATA && line->parent.len > 0;
}

int form_table3_line_of_outcome(enum form_kind form, struct str outcome)
{
	int fine = form_table3_find(FORM_2021, outcome);

	if (fine < 0 || !form_table3_is_leaf(&lines_2021[fine]))
		return -1;
	if (form == FORM_2021)
		return fine;
	if (str_equal_c(lines_2021[fine].parent, "other_handling"))
		return form_table3_find(FORM_2019, STR("other_handling"));
	return form_table3_find(FORM_2019, outcome);
}

/* ---- table 四 */

const struct form_column form_routes[ROUTES] = {
	{ STR_INIT("reconsideration"), STR_INIT("行政复议") },
	{ STR_INIT("litigation_direct"), STR_INIT("未经复议直接起诉") },
	{ STR_INIT("litigation_after_reconsideration"), STR_INIT("复议后起诉") },
};
const struct form_column form_outcomes[ROUTE_OUTCOMES] = {
	{ STR_INIT("upheld"), STR_INIT("结果维持") },
	{ STR_INIT("corrected"), STR_INIT("结果纠正") },
	{ STR_INIT("other"), STR_INIT("其他结果") },
	{ STR_INIT("pending"), STR_INIT("尚未审结") },
	{ STR_INIT("total"), STR_INIT("总计") },
};

/* ---- table 二: the blocks are 条例第二十条 items 1, 5, 6, 8 and, until 2020, 9 */

#define CELL(s, sl, r, rl, c, cl, kind_) \
	{ STR_INIT(s),	STR_INIT(sl), STR_INIT(r), STR_INIT(rl), \
	  STR_INIT(c), STR_INIT(cl), kind_ }
#define ITEM1(r, rl, c, cl) CELL("art20_1", "第二十条第（一）项", r, rl, c, cl, CELL_COUNT)
#define ITEM5(r, rl, c, cl, kind_) CELL("art20_5", "第二十条第（五）项", r, rl, c, cl, kind_)
#define ITEM6(r, rl, c, cl, kind_) CELL("art20_6", "第二十条第（六）项", r, rl, c, cl, kind_)
#define ITEM8(c, cl, kind_) \
	CELL("art20_8", "第二十条第（八）项", "administrative_fees", "行政事业性收费", c, cl, kind_)
#define ITEM9(c, cl, kind_) \
	CELL("art20_9", "第二十条第（九）项", "centralized_procurement", "政府集中采购", c, cl, kind_)
#define DOCUMENTS_2019(r, rl) \
	ITEM1(r, rl, "made_this_year", "本年新制作数量"), \
	ITEM1(r, rl, "published_this_year", "本年新公开数量"), \
	ITEM1(r, rl, "public_total", "对外公开总数量")
#define DOCUMENTS_2021(r, rl) \
	ITEM1(r, rl, "made", "本年制发件数"), ITEM1(r, rl, "repealed", "本年废止件数"), \
	ITEM1(r, rl, "valid", "现行有效件数")
#define POWERS_2019(ITEM, r, rl) \
	ITEM(r, rl, "items_last_year", "上一年项目数量", CELL_COUNT), \
	ITEM(r, rl, "items_change", "本年增/减", CELL_SIGNED), \
	ITEM(r, rl, "decisions", "处理决定数量", CELL_COUNT)

static const struct form_cell2 cells_2019[] = {
	DOCUMENTS_2019("rules", "规章"),
	DOCUMENTS_2019("normative_documents", "规范性文件"),
	POWERS_2019(ITEM5, "administrative_licensing", "行政许可"),
	POWERS_2019(ITEM5, "other_external_services", "其他对外管理服务事项"),
	POWERS_2019(ITEM6, "administrative_penalty", "行政处罚"),
	POWERS_2019(ITEM6, "administrative_coercion", "行政强制"),
	ITEM8("items_last_year", "上一年项目数量", CELL_COUNT),
	ITEM8("items_change", "本年增/减", CELL_SIGNED),
	ITEM9("project_count", "采购项目数量", CELL_COUNT),
	ITEM9("amount_wan_yuan", "采购总金额（万元）", CELL_AMOUNT),
};

static const struct form_cell2 cells_2021[] = {
	DOCUMENTS_2021("rules", "规章"),
	DOCUMENTS_2021("normative_documents", "行政规范性文件"),
	ITEM5("administrative_licensing", "行政许可", "decisions", "本年处理决定数量", CELL_COUNT),
	ITEM6("administrative_penalty", "行政处罚", "decisions", "本年处理决定数量", CELL_COUNT),
	ITEM6("administrative_coercion", "行政强制", "decisions", "本年处理决定数量", CELL_COUNT),
	ITEM8("amount_wan_yuan", "本年收费金额（单位：万元）", CELL_AMOUNT),
};

const struct form_cell2 *form_table2(enum form_kind form, size_t *count)
{
	*count = form == FORM_2019 ? COUNT_OF(cells_2019) : COUNT_OF(cells_2021);
	return form == FORM_2019 ? cells_2019 : cells_2021;
}

int form_table2_find(enum form_kind form, struct str section, struct str row, struct str column)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(form, &count);

	for (size_t i = 0; i < count; i++)
		if (str_equal(cells[i].section, section) && str_equal(cells[i].row, row) &&
		    str_equal(cells[i].column, column))
			return (int)i;
	return -1;
}

/* ---- the parts */

const struct form_part form_parts[6] = {
	{ 1, STR_INIT("一、总体情况"), STR_INIT("一、总体情况") },
	{ 2, STR_INIT("二、主动公开政府信息情况"), STR_INIT("二、主动公开政府信息情况") },
	{ 3, STR_INIT("三、收到和处理政府信息公开申请情况"), STR_INIT("三、收到和处理政府信息公开申请情况") },
	{ 4, STR_INIT("四、政府信息公开行政复议、行政诉讼情况"),
	  STR_INIT("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况") },
	{ 5, STR_INIT("五、存在的主要问题及改进情况"),
	  STR_INIT("五、政府信息公开工作存在的主要问题及改进情况") },
	{ 6, STR_INIT("六、其他需要报告的事项"), STR_INIT("六、其他需要报告的事项") },
};

/* ---- the check code */

static void add_figure(struct buf *b, struct opt_int hundredths)
{
	buf_add_char(b, ' ');
	if (hundredths.known)
		buf_add_i64(b, hundredths.v);
	else
		buf_add_char(b, '-');
}

/* One line of text for the digest: it may never change under the name GK1. */
static struct str canonical(struct arena *a, const struct form_values *v)
{
	struct buf b = buf_open(a, 4096, 65536);
	size_t cells, lines;
	const struct form_line *line = form_table3(v->form, &lines);

	form_table2(v->form, &cells);
	buf_addf(&b, "GK1 %d %d 2", v->year, v->form == FORM_2019 ? 2019 : 2021);
	for (size_t i = 0; i < cells; i++)
		add_figure(&b, v->table2[i]);
	buf_add_c(&b, " 3");
	for (size_t i = 0; i < lines; i++)
		for (size_t c = 0; line[i].kind != LINE_GROUP && c < APPLICANT_COLUMNS; c++)
			add_figure(&b, (struct opt_int){ true, v->table3[i][c] * 100 });
	buf_add_c(&b, " 4");
	for (size_t r = 0; r < ROUTES; r++)
		for (size_t o = 0; o < ROUTE_OUTCOMES; o++)
			add_figure(&b, (struct opt_int){ true, v->table4[r][o] * 100 });
	assert(buf_ok(&b));
	return buf_str(&b);
}

struct str form_digest(struct arena *a, const struct form_values *v)
{
	static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* no 0 O 1 I */
	struct digest d = digest_of(DIGEST_SHA256, canonical(a, v));
	struct buf b = buf_open(a, FORM_DIGEST_LEN, FORM_DIGEST_LEN);
	uint64_t bits = 0;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | d.bytes[i];
	buf_add_c(&b, "GK1");
	for (int i = 0; i < 12; i++) {
		if (i % 4 == 0)
			buf_add_char(&b, '-');
		buf_add_char(&b, alphabet[bits >> 59]);
		bits <<= 5;
	}
	return buf_str(&b);
}
