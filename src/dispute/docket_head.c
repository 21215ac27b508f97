/* docket_head.c - which column holds what: by the words that offices write over their columns. */
#include "dispute/docket_parts.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { LABELS_MAX = 12 };

static const struct {
	const char *code;
	bool required;
	struct str words[LABELS_MAX]; /* the first is the label; earlier ones win */
} fields[DOCKET_FIELD_COUNT] = {
	[DOCKET_CASE_NO] = { "case_no",
			     true,
			     { STR_INIT("案号"), STR_INIT("案件编号"), STR_INIT("案件号"),
			       STR_INIT("案件文号"), STR_INIT("立案号"), STR_INIT("受案号") } },
	[DOCKET_UNIT] = { "unit",
			  true,
			  { STR_INIT("承办单位"), STR_INIT("被申请人、被告"),
			    STR_INIT("被申请人/被告"), STR_INIT("被申请人或被告"),
			    STR_INIT("应诉单位"), STR_INIT("答复单位"), STR_INIT("责任单位"),
			    STR_INIT("被申请人"), STR_INIT("被告"), STR_INIT("承办部门"),
			    STR_INIT("单位") } },
	[DOCKET_REQUEST] = { "request",
			     false,
			     { STR_INIT("申请登记编号"), STR_INIT("所涉申请登记编号"),
			       STR_INIT("所涉申请的登记编号"), STR_INIT("登记编号"),
			       STR_INIT("申请编号"), STR_INIT("所涉申请"),
			       STR_INIT("依申请公开编号"), STR_INIT("关联申请") } },
	[DOCKET_ROUTE] = { "route",
			   true,
			   { STR_INIT("类型"), STR_INIT("案件类型"), STR_INIT("案件类别"),
			     STR_INIT("案件性质"), STR_INIT("类别") } },
	[DOCKET_ORGAN] = { "organ",
			   false,
			   { STR_INIT("受理机关"), STR_INIT("机关或法院"),
			     STR_INIT("复议机关或法院"), STR_INIT("复议机关/法院"),
			     STR_INIT("复议机关、法院"), STR_INIT("受理机关或法院"),
			     STR_INIT("审理机关"), STR_INIT("受案机关"), STR_INIT("复议机关"),
			     STR_INIT("受理法院"), STR_INIT("审理法院"), STR_INIT("法院") } },
	[DOCKET_ACCEPTED_ON] = { "accepted_on",
				 true,
				 { STR_INIT("受理日期"), STR_INIT("受理时间"), STR_INIT("立案日期"),
				   STR_INIT("立案时间"), STR_INIT("收案日期"), STR_INIT("收案时间"),
				   STR_INIT("受理日") } },
	[DOCKET_RESULT] = { "result",
			    false,
			    { STR_INIT("结果"), STR_INIT("审理结果"), STR_INIT("案件结果"),
			      STR_INIT("裁判结果"), STR_INIT("复议结果"), STR_INIT("判决结果"),
			      STR_INIT("决定或裁判内容"), STR_INIT("审结结果"), STR_INIT("结案结果"),
			      STR_INIT("结案方式"), STR_INIT("处理结果") } },
	[DOCKET_OUTCOME] = { "outcome",
			     false,
			     { STR_INIT("结果类别"), STR_INIT("结果分类"), STR_INIT("审理结果类别"),
			       STR_INIT("表四结果"), STR_INIT("统计类别") } },
	[DOCKET_CONCLUDED_ON] = { "concluded_on",
				  true,
				  { STR_INIT("审结日期"), STR_INIT("审结时间"),
				    STR_INIT("结案日期"), STR_INIT("结案时间"),
				    STR_INIT("决定日期"), STR_INIT("裁判日期"),
				    STR_INIT("判决日期"), STR_INIT("办结日期"), STR_INIT("审结日") } },
	[DOCKET_EARLIER] = { "earlier",
			     false,
			     { STR_INIT("复议案号"), STR_INIT("在先的行政复议案号"),
			       STR_INIT("在先复议案号"), STR_INIT("行政复议案号"),
			       STR_INIT("原复议案号"), STR_INIT("前置复议案号") } },
};

struct str docket_field_code(enum docket_field f)
{
	return str_from_c(fields[f].code);
}

struct str docket_field_label(enum docket_field f)
{
	return fields[f].words[0];
}

/* The day of the end too: a file whose results are not found would be taken as open cases. */
bool docket_field_required(enum docket_field f)
{
	return fields[f].required;
}

struct str docket_field_words(struct arena *a, enum docket_field f)
{
	struct buf b = buf_open(a, 256, KIB);

	for (size_t w = 0; w < LABELS_MAX && fields[f].words[w].len > 0; w++) {
		buf_add_c(&b, w > 0 ? "、" : "");
		buf_add(&b, fields[f].words[w]);
	}
	return buf_str(&b);
}

void docket_columns(struct arena *a, const struct str *head, size_t count,
		    int column[DOCKET_FIELD_COUNT])
{
	struct str *labels = ARENA_ARRAY(a, count, struct str);
	bool *taken = ARENA_ARRAY(a, count, bool);

	for (size_t c = 0; c < count; c++)
		labels[c] = import_label(a, head[c]);
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++) {
		column[f] = import_column(labels, count, fields[f].words, LABELS_MAX, taken);
		if (column[f] >= 0)
			taken[column[f]] = true;
	}
}

static bool is_read(const struct docket_summary *s, size_t column)
{
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		if (s->column[f] == (int)column)
			return true;
	return false;
}

struct str docket_unread(struct arena *a, const struct docket_summary *s)
{
	struct buf b = buf_open(a, 256, 64 * KIB);

	for (size_t c = 0; c < s->head_count; c++) {
		struct str label = utf8_prefix(str_trim(s->head[c]), IMPORT_VALUE_SHOWN);
		if (label.len == 0 || is_read(s, c))
			continue;
		buf_add_c(&b, b.len > 0 ? "、" : "");
		buf_add(&b, label);
	}
	return buf_str(&b);
}
