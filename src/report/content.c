/*
 * content.c - the sentences a report consists of beside its parts.
 */
#include "report/content.h"

#include "base/buf.h"

struct str content_title(struct arena *a, const struct report_content *c)
{
	return str_format(a, STR_FMT "%d年政府信息公开工作年度报告", STR_ARG(c->unit_name), c->year);
}

/* 条例第四十九条、第五十条; the period is the calendar year of the form's notice. */
struct str content_preamble(struct arena *a, const struct report_content *c)
{
	struct str basis = str_format(a,
				      "本报告依据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限为"
				      "%d年1月1日至12月31日。",
				      c->year);

	if (c->contact.len == 0)
		return basis;
	return str_format(a, STR_FMT "如对本报告有疑问，请联系" STR_FMT "。", STR_ARG(basis),
			  STR_ARG(c->contact));
}

struct str content_draft_note(struct arena *a, const struct report_content *c)
{
	if (str_equal(c->state, STR("published")))
		return STR_NONE;
	if (str_equal(c->state, STR("approved")))
		return STR("本件已审定，尚未发布。");
	if (c->position == 0)
		return STR("本件是草稿，数字随办理记录变动，不得作为正式报告使用。");
	return str_format(a, "本件是草稿，数字截至台账第%lld条，不得作为正式报告使用。",
			  (long long)c->position);
}

/* 其他处理 is shown when there was some: most bodies have none. */
struct result_slice *content_slices(struct arena *a, const struct report_content *c, size_t *count)
{
	static const struct { struct str key, label; } kinds[] = {
		{ STR_INIT("t3.granted.total"), STR_INIT("予以公开") },
		{ STR_INIT("t3.partly_granted.total"), STR_INIT("部分公开") },
		{ STR_INIT("t3.denied.total"), STR_INIT("不予公开") },
		{ STR_INIT("t3.unable.total"), STR_INIT("无法提供") },
		{ STR_INIT("t3.not_processed.total"), STR_INIT("不予处理") },
		{ STR_INIT("t3.other_handling.total"), STR_INIT("其他处理") },
	};
	struct result_slice *slices = ARENA_ARRAY(a, COUNT_OF(kinds), struct result_slice);

	*count = 0;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		struct opt_int value = { false, 0 };
		(void)tables_get(&c->tables, kinds[i].key,
				 &value); /* both forms have these lines */
		if (value.v == 0 && i + 1 == COUNT_OF(kinds))
			continue;
		slices[(*count)++] =
			(struct result_slice){ kinds[i].label, kinds[i].key, value.v / 100 };
	}
	return slices;
}

struct str content_chart_title(struct arena *a, const struct report_content *c)
{
	return str_format(a, "%d年政府信息公开申请答复情况", c->year);
}

bool content_places_chart(const struct report_content *c)
{
	for (size_t p = 0; p < REPORT_PARTS; p++)
		for (size_t i = 0; i < c->parts[p].count; i++)
			if (c->parts[p].paragraphs[i].kind == BLOCK_CHART)
				return true;
	return false;
}

static void add_value(struct buf *b, struct arena *a, struct opt_int v)
{
	buf_add(b, v.known ? figure_print(a, v.v) : STR("空"));
}

struct str content_erratum_text(struct arena *a, const struct report_content *c,
				const struct report_erratum *e)
{
	struct buf b = buf_open(a, 256, 64 * 1024);
	struct str day = date_chinese(a, e->on);

	buf_addf(&b, "第%d号更正（" STR_FMT "）：", e->number, STR_ARG(day));
	for (size_t i = 0; i < e->changes_count; i++) {
		if (i > 0)
			buf_add_c(&b, "；");
		buf_add(&b, tables_label(a, c->form, e->changes[i].key));
		buf_add_c(&b, "由");
		add_value(&b, a, e->changes[i].before);
		buf_add_c(&b, "更正为");
		add_value(&b, a, e->changes[i].after);
	}
	buf_addf(&b, "。更正理由：" STR_FMT, STR_ARG(e->reason));
	return buf_str(&b);
}
