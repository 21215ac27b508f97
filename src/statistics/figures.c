/*
 * figures.c - every number a report may print, by name.
 *
 * Keys: t3.<line>.<column>, t4.<route>.<outcome>, t4.all.<outcome> over the three
 * routes, t2.<section>.<row>.<column>, in the later form fee.<figure>. A group line of
 * table 三 (denied, unable, not_processed, other_handling in the later form) has no cell
 * of its own in the statutory table; its figure is the sum of its lines.
 */
#include "statistics/statistics.h"

#include "base/buf.h"

enum { FIGURES_MAX = 512 };

struct str figure_print(struct arena *a, int64_t hundredths)
{
	int64_t whole = hundredths / 100, rest = hundredths % 100;
	const char *sign = hundredths < 0 ? "-" : "";

	whole = whole < 0 ? -whole : whole;
	rest = rest < 0 ? -rest : rest;
	if (rest == 0)
		return str_format(a, "%s%lld", sign, (long long)whole);
	if (rest % 10 == 0)
		return str_format(a, "%s%lld.%lld", sign, (long long)whole, (long long)(rest / 10));
	return str_format(a, "%s%lld.%02lld", sign, (long long)whole, (long long)rest);
}

bool figure_parse(struct str s, int64_t *hundredths)
{
	bool negative = str_take_char(&s, '-');
	uint64_t whole, part = 0;

	if (!str_take_u64(&s, UINT64_C(1000000000000), &whole))
		return false;
	if (str_take_char(&s, '.')) {
		size_t digits = s.len;
		if (digits < 1 || digits > 2 || !str_take_u64(&s, 99, &part))
			return false;
		part *= digits == 1 ? 10 : 1;
	}
	*hundredths = (int64_t)(whole * 100 + part) * (negative ? -1 : 1);
	return s.len == 0;
}

static int64_t line_value(const struct table3 *t, const struct form_line *lines, size_t count,
			  size_t i, int column)
{
	int64_t sum = 0;

	if (lines[i].kind != LINE_GROUP)
		return t->cell[i][column];
	if (str_equal(lines[i].key, STR("results")))
		return t->cell[form_table3_find(t->form, STR("results_total"))][column];
	for (size_t k = 0; k < count; k++)
		if (str_equal(lines[k].parent, lines[i].key))
			sum += t->cell[k][column];
	return sum;
}

static void add(struct figure_set *set, struct figure f)
{
	if (set->count < FIGURES_MAX)
		set->figures[set->count++] = f;
}

static struct str records_href(struct arena *a, const struct scope *s, const char *rest)
{
	struct str unit = s->unit.known ? str_format(a, "%lld", (long long)s->unit.v) : STR("all");

	return str_format(a, "/reports/%d/" STR_FMT "/records?%s", s->year, STR_ARG(unit), rest);
}

static void add_table3(struct arena *a, const struct table3 *t, struct figure_set *set)
{
	size_t count;
	const struct form_line *lines = form_table3(t->form, &count);

	for (size_t i = 0; i < count; i++) {
		for (int c = 0; c < APPLICANT_COLUMNS; c++) {
			struct str column = form_applicants[c].key;
			struct str query = str_format(a, "table=3&line=" STR_FMT "&column=" STR_FMT,
						      STR_ARG(lines[i].key), STR_ARG(column));
			add(set,
			    (struct figure){
				    .key = str_format(a, "t3." STR_FMT "." STR_FMT,
						      STR_ARG(lines[i].key), STR_ARG(column)),
				    .label = str_format(a, STR_FMT "（" STR_FMT "）",
							STR_ARG(lines[i].label),
							STR_ARG(form_applicants[c].label)),
				    .unit = STR("件"),
				    .definition =
					    lines[i].basis.len > 0
						    ? str_format(a,
								 "表三“" STR_FMT "”，依据" STR_FMT,
								 STR_ARG(lines[i].label),
								 STR_ARG(lines[i].basis))
						    : lines[i].label,
				    .hundredths = { true, 100 * line_value(t, lines, count, i, c) },
				    .href = records_href(a, &set->scope, str_to_c(a, query)) });
		}
	}
}

static void add_table4(struct arena *a, const struct table4 *t, struct figure_set *set)
{
	for (int r = 0; r <= ROUTES; r++) {
		for (int o = 0; o < ROUTE_OUTCOMES; o++) {
			int64_t value = 0;
			for (int k = 0; k < ROUTES; k++)
				value += k == r || r == ROUTES ? t->cell[k][o] : 0;
			struct str route = r < ROUTES ? form_routes[r].key : STR("all");
			struct str label = r < ROUTES ? form_routes[r].label : STR("行政复议、行政诉讼合计");
			struct str query =
				str_format(a, "table=4&line=" STR_FMT "&column=" STR_FMT,
					   STR_ARG(route), STR_ARG(form_outcomes[o].key));
			add(set, (struct figure){
				.key = str_format(a, "t4." STR_FMT "." STR_FMT, STR_ARG(route),
						  STR_ARG(form_outcomes[o].key)),
				.label = str_format(a, STR_FMT "·" STR_FMT, STR_ARG(label),
						    STR_ARG(form_outcomes[o].label)),
				.unit = STR("件"),
				.definition = STR("表四：本年度审结的按结果计，年末未审结的计入尚未审结"),
				.hundredths = { true, 100 * value },
				.href = records_href(a, &set->scope, str_to_c(a, query)) });
		}
	}
}

static void add_table2(struct arena *a, const struct table2 *t, struct figure_set *set)
{
	size_t count;
	const struct form_cell2 *cells = form_table2(t->form, &count);

	for (size_t i = 0; i < count; i++) {
		const struct form_cell2 *c = &cells[i];
		struct str key = str_format(a, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(c->section),
					    STR_ARG(c->row), STR_ARG(c->column));
		struct str query = str_format(a, "table=2&line=" STR_FMT, STR_ARG(key));
		add(set,
		    (struct figure){
			    .key = str_concat(a, STR("t2."), key),
			    .label = str_format(a, STR_FMT "·" STR_FMT "·" STR_FMT,
						STR_ARG(c->section_label), STR_ARG(c->row_label),
						STR_ARG(c->column_label)),
			    .unit = c->kind == CELL_AMOUNT ? STR("万元") : STR("件"),
			    .definition =
				    str_format(a, "表二：条例" STR_FMT "，由各单位填报并注明来源",
					       STR_ARG(c->section_label)),
			    .hundredths = { t->cell[i].known, t->cell[i].hundredths },
			    .href = records_href(a, &set->scope, str_to_c(a, query)) });
	}
}

static void add_fees(struct arena *a, const int64_t fees[FEES], struct figure_set *set)
{
	for (int f = 0; set->scope.form == FORM_2021 && f < FEES; f++) {
		struct str key = statistics_fee_figures[f].key;
		struct str query = str_format(a, "table=fee&line=" STR_FMT, STR_ARG(key));
		add(set, (struct figure){
				 .key = str_concat(a, STR("fee."), key),
				 .label = str_concat(a, STR("信息处理费"),
						     statistics_fee_figures[f].label),
				 .unit = f == FEE_NOTICES ? STR("件") : STR("元"),
				 .definition = STR("条例第四十二条，国办函〔2020〕109号：通知按通知日期，"
						   "收取按缴费日期计入年度"),
				 .hundredths = { true, fees[f] },
				 .href = records_href(a, &set->scope, str_to_c(a, query)) });
	}
}

bool statistics_figures(struct ctx *ctx, const struct scope *s, struct figure_set *out,
			struct err *err)
{
	struct table2 t2;
	struct table3 t3;
	struct table4 t4;
	int64_t fees[FEES];
	struct figure_set set = { .scope = *s };

	if (!statistics_table2(ctx, s, &t2, err) || !statistics_table3(ctx, s, &t3, err) ||
	    !statistics_table4(ctx, s, &t4, err) || !statistics_fees(ctx, s, fees, err))
		return false;
	set.figures = ARENA_ARRAY(ctx->arena, FIGURES_MAX, struct figure);
	add_table3(ctx->arena, &t3, &set);
	add_table4(ctx->arena, &t4, &set);
	add_table2(ctx->arena, &t2, &set);
	add_fees(ctx->arena, fees, &set);
	*out = set;
	return true;
}

const struct figure *figure_find(const struct figure_set *set, struct str key)
{
	for (size_t i = 0; i < set->count; i++)
		if (str_equal(set->figures[i].key, key))
			return &set->figures[i];
	return NULL;
}

bool statistics_keys(struct arena *a, enum form_kind form, struct str **keys, size_t *count)
{
	struct figure_set set = { .scope = { .form = form },
				  .figures = ARENA_ARRAY(a, FIGURES_MAX, struct figure) };

	add_table3(a, &(struct table3){ .form = form }, &set);
	add_table4(a, &(struct table4){ .cell = { { 0 } } }, &set);
	add_table2(a, &(struct table2){ .form = form }, &set);
	add_fees(a, (int64_t[FEES]){ 0 }, &set);
	*keys = ARENA_ARRAY(a, set.count, struct str);
	for (size_t i = 0; i < set.count; i++)
		(*keys)[i] = set.figures[i].key;
	*count = set.count;
	return true;
}

/* ---- 勾稽关系 */

struct checks { struct arena *arena; struct cross_foot *rows; size_t count; };

static void check(struct checks *k, struct str key, struct str where, struct str left_text,
		  int64_t left, struct str right_text, int64_t right)
{
	k->rows[k->count++] = (struct cross_foot){ .key = key,
						   .where = where,
						   .left_text = left_text,
						   .right_text = right_text,
						   .left = left,
						   .right = right,
						   .holds = left == right };
}

bool statistics_cross_foot(struct arena *a, const struct table3 *t3, const struct table4 *t4,
			   struct cross_foot **out, size_t *count)
{
	size_t lines;
	const struct form_line *form = form_table3(t3->form, &lines);
	struct checks k = {
		a, ARENA_ARRAY(a, 2 * APPLICANT_COLUMNS + lines + ROUTES, struct cross_foot), 0
	};
	int received = form_table3_find(t3->form, STR("new_received"));
	int carried_in = form_table3_find(t3->form, STR("carried_in"));
	int total = form_table3_find(t3->form, STR("results_total"));
	int carried_out = form_table3_find(t3->form, STR("carried_out"));
	bool all = true;

	for (int c = 0; c < APPLICANT_COLUMNS; c++) {
		int64_t leaves = 0;
		for (size_t i = 0; i < lines; i++)
			leaves += form_table3_is_leaf(&form[i]) ? t3->cell[i][c] : 0;
		struct str key = form_applicants[c].key, label = form_applicants[c].label;
		check(&k, str_concat(a, STR("T3-1/"), key), label, STR("一＋二"),
		      t3->cell[received][c] + t3->cell[carried_in][c], STR("三（七）＋四"),
		      t3->cell[total][c] + t3->cell[carried_out][c]);
		check(&k, str_concat(a, STR("T3-2/"), key), label, STR("三（七）总计"), t3->cell[total][c],
		      STR("三各项之和"), leaves);
	}
	for (size_t i = 0; i < lines; i++) {
		int64_t sum = 0;
		if (form[i].kind == LINE_GROUP)
			continue;
		for (int c = 0; c < APPLICANT_TOTAL; c++)
			sum += t3->cell[i][c];
		check(&k, str_concat(a, STR("T3-3/"), form[i].key), form[i].label, STR("总计"),
		      t3->cell[i][APPLICANT_TOTAL], STR("六类申请人之和"), sum);
	}
	for (int r = 0; r < ROUTES; r++) {
		int64_t sum = 0;
		for (int o = 0; o < ROUTE_TOTAL; o++)
			sum += t4->cell[r][o];
		check(&k, str_concat(a, STR("T4-1/"), form_routes[r].key), form_routes[r].label, STR("总计"),
		      t4->cell[r][ROUTE_TOTAL], STR("四项结果之和"), sum);
	}
	for (size_t i = 0; i < k.count; i++)
		all = all && k.rows[i].holds;
	*out = k.rows;
	*count = k.count;
	return all;
}
