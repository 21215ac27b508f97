/*
 * head.c - whose report, on which year, published when; and the check code a system of ours
 * printed.
 */
#include "lint/lint_internal.h"

#include <string.h>

enum { TITLE_LINES = 200, TITLE_BYTES = 180, AGENCY_BYTES = 120 };

bool take_year(struct str s, int *year)
{
	uint64_t n;

	if (s.len < 4 || (s.len > 4 && is_digit(s.ptr[4])))
		return false;
	struct str digits = str_slice(s, 0, 4);
	if (!str_take_u64(&digits, 2199, &n) || digits.len > 0 || n < 1990)
		return false;
	*year = (int)n;
	return true;
}

static bool take_number(struct str *s, uint64_t max, int *out)
{
	uint64_t n;

	if (!str_take_u64(s, max, &n))
		return false;
	*out = (int)n;
	return true;
}

bool take_date(struct str s, struct date *out)
{
	static const char *const between[] = { "年", "-", "/", "." };
	int year, month, day;

	if (!take_year(s, &year))
		return false;
	s = str_slice(s, 4, s.len);
	for (size_t i = 0; i < COUNT_OF(between); i++) {
		struct str rest = s;
		struct str second = i == 0 ? STR("月") : str_from_c(between[i]);
		if (str_take_str(&rest, str_from_c(between[i])) && take_number(&rest, 12, &month) &&
		    str_take_str(&rest, second) && take_number(&rest, 31, &day) &&
		    date_valid(year, month, day)) {
			*out = date_make(year, month, day);
			return true;
		}
	}
	return false;
}

/* Where "2020年" stands in s, or SIZE_MAX. */
static size_t find_year(struct str s, size_t from, int *year)
{
	struct str mark = STR("年");

	for (size_t at = str_find(s, mark, from); at != SIZE_MAX; at = str_find(s, mark, at + 1))
		if (at >= from + 4 && take_year(str_slice(s, at - 4, at), year) &&
		    (at == 4 || !is_digit(s.ptr[at - 5])))
			return at - 4;
	return SIZE_MAX;
}

static bool is_title(struct str s)
{
	return s.len <= TITLE_BYTES && str_contains(s, STR("政府信息公开")) &&
	       (str_contains(s, STR("年度报告")) || str_ends(s, STR("年报"))) &&
	       !str_contains(s, STR("。")) && !str_contains(s, STR("，")) && !str_contains(s, STR("《"));
}

/* The line above with words in it. */
static struct str line_above(const struct pages *p, size_t line)
{
	while (line-- > 0) {
		struct str s = plain_squeeze(p->arena, p->lines[line].plain);
		if (p->lines[line].kind == TEXT_LINE && s.len > 0)
			return s;
	}
	return STR_NONE;
}

static bool is_name(struct str s)
{
	static const char *const no[] = { "。", "，", "：", "#", "http", "年度报告", NULL };

	return s.len > 0 && s.len <= AGENCY_BYTES && !has_any(s, no);
}

static void read_title(const struct pages *p, struct lint_report *r, size_t line, struct str s)
{
	int year;
	size_t at = find_year(s, 0, &year);
	struct str above = line_above(p, line);

	/* Of a path of links the last one counts. */
	for (size_t link = str_find(s, STR(">"), 0); link != SIZE_MAX;
	     link = str_find(s, STR(">"), 0)) {
		s = str_slice(s, link + 1, s.len);
		at = find_year(s, 0, &year);
	}
	r->title = s;
	r->agency = STR_NONE;
	if (at != SIZE_MAX) {
		struct str behind = str_slice(s, at + 4 + strlen("年"), s.len);
		size_t end = str_find(behind, STR("政府信息公开"), 0);
		struct str named = str_slice(behind, 0, end == SIZE_MAX ? 0 : end);
		str_take_str(&named, STR("度"));
		r->year = (struct opt_int){ true, year };
		r->agency = at > 0 ? str_slice(s, 0, at) : named;
	} else {
		/* The year on a line of its own, or none. */
		size_t end = str_find(s, STR("政府信息公开"), 0);
		r->agency = str_slice(s, 0, end);
	}
	if (r->agency.len == 0 && is_name(above)) {
		r->agency = above;
		r->title = str_concat(p->arena, above, s);
	}
	str_take_str(&r->agency, STR("关于"));
}

/* The year most often named; the later one of two. */
static struct opt_int usual_year(const struct pages *p)
{
	int count[2200] = { 0 }, best = 0, year;

	for (size_t i = 0; i < p->count; i++) {
		if (p->lines[i].kind != TEXT_LINE)
			continue;
		struct str s = plain_squeeze(p->arena, p->lines[i].plain);
		for (size_t at = find_year(s, 0, &year); at != SIZE_MAX;
		     at = find_year(s, at + 4, &year))
			count[year]++;
	}
	for (int y = 2008; y < 2200; y++)
		if (count[y] > 0 && count[y] >= count[best])
			best = y;
	return (struct opt_int){ best > 0, best };
}

static void read_period(struct lint_report *r, struct str s)
{
	size_t at = str_find(s, STR("统计期限"), 0);
	int year;

	if (at == SIZE_MAX || r->period_year.known)
		return;
	size_t found = find_year(s, at, &year);
	if (found == SIZE_MAX || found - at > 60)
		return;
	r->period = str_slice(s, at, found + 4 + strlen("年"));
	r->period_year = (struct opt_int){ true, year };
}

static void read_published(struct lint_report *r, struct str s)
{
	static const char *const words[] = { "发布日期", "发布时间", "公布日期", "发布于" };

	for (size_t i = 0; i < COUNT_OF(words) && !r->published.known; i++) {
		size_t at = str_find(s, str_from_c(words[i]), 0);
		if (at == SIZE_MAX)
			continue;
		struct str rest = str_slice(s, at + strlen(words[i]), s.len);
		str_take_str(&rest, STR("："));
		r->published.known = take_date(rest, &r->published.v);
	}
}

static bool is_code_letter(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* GK1-XXXX-XXXX-XXXX, also with the dashes lost. */
static void read_digest(struct arena *a, struct lint_report *r, struct str s, struct str place)
{
	size_t at = str_find(s, STR("GK1"), 0);
	struct buf b = buf_open(a, FORM_DIGEST_LEN, 64);

	if (at == SIZE_MAX) {
		if (str_contains(s, STR("数据校验码"))) {
			r->digest_broken = true;
			r->digest_place = place;
		}
		return;
	}
	buf_add_c(&b, "GK1");
	for (size_t i = at + 3, letters = 0; i < s.len && letters < 12; i++) {
		if (s.ptr[i] == '-')
			continue;
		if (!is_code_letter(s.ptr[i]))
			break;
		if (letters++ % 4 == 0)
			buf_add_char(&b, '-');
		buf_add_char(&b, s.ptr[i]);
	}
	r->digest = buf_str(&b);
	r->digest_place = place;
	r->digest_broken = r->digest.len != FORM_DIGEST_LEN;
}

/* 广州市越秀区人民政府2020年政府信息公开工 / 作年度报告: a long title takes two lines. */
static struct str title_here(const struct pages *p, size_t line, struct str s)
{
	enum { TAIL_BYTES = 60 };

	if (is_title(s) || line + 1 >= p->count || p->lines[line + 1].kind != TEXT_LINE ||
	    s.len < strlen("年报") || s.len > TITLE_BYTES)
		return s;
	struct str below = plain_squeeze(p->arena, p->lines[line + 1].plain);
	if (below.len == 0 || below.len > TAIL_BYTES || is_title(below))
		return s;
	struct str both = str_concat(p->arena, s, below);
	int year;
	return is_title(both) && find_year(both, 0, &year) != SIZE_MAX ? both : s;
}

void read_head(struct pages *p, struct lint_report *r)
{
	size_t seen = 0;
	bool dated = false;
	int year;

	for (size_t i = 0; i < p->count; i++) {
		if (p->lines[i].kind != TEXT_LINE)
			continue;
		struct str s = plain_squeeze(p->arena, p->lines[i].plain);
		/* A menu says 年报, too; a title says the year. */
		bool better = r->title.len == 0 || !dated;
		struct str title = better && seen++ < TITLE_LINES ? title_here(p, i, s) : STR_NONE;
		if (title.len > 0 && is_title(title) &&
		    (r->title.len == 0 || find_year(title, 0, &year) != SIZE_MAX)) {
			read_title(p, r, i, title);
			dated = find_year(title, 0, &year) != SIZE_MAX;
		}
		if (!r->year.known && str_ends(s, STR("年报告")) && s.len == 4 + strlen("年报告") &&
		    take_year(str_slice(s, 0, 4), &year))
			r->year = (struct opt_int){ true, year };
		/* The sentence may run over two lines. */
		struct str both = s;
		if (p->layout && i + 1 < p->count && p->lines[i + 1].kind == TEXT_LINE)
			both = str_concat(p->arena, s,
					  plain_squeeze(p->arena, p->lines[i + 1].plain));
		read_period(r, both);
		read_published(r, s);
		read_digest(p->arena, r, s, p->lines[i].place);
	}
	if (!r->year.known)
		r->year = r->period_year.known ? r->period_year : usual_year(p);
}

bool is_government(const struct lint_report *r)
{
	return str_ends(r->agency, STR("人民政府"));
}

/* ---- the check code */

/* Hundredths, as the code wants them; unknown if there are more decimals than that. */
static bool hundredths(const struct lint_cell *c, bool may_be_blank, struct opt_int *out)
{
	*out = (struct opt_int){ c->state == LINT_VALUE, c->value / (LINT_SCALE / 100) };
	if (c->state == LINT_VALUE)
		return c->value % (LINT_SCALE / 100) == 0;
	return may_be_blank && (c->state == LINT_BLANK || c->state == LINT_SLASH);
}

static bool whole(const struct lint_cell *c, int64_t *out)
{
	*out = c->value / LINT_SCALE;
	return c->state == LINT_VALUE && c->value % LINT_SCALE == 0;
}

struct opt_str computed_digest(struct arena *a, const struct lint_report *r)
{
	struct opt_int two[LINT_CELLS2];
	int64_t three[LINT_LINES][APPLICANT_COLUMNS] = { { 0 } }, four[ROUTES][ROUTE_OUTCOMES];
	size_t cells, lines, own = 0;
	enum form_kind form = r->two.form;
	const struct form_line *line = form_table3(form, &lines),
			       *all = form_table3(FORM_2021, &cells);
	bool known = r->year.known && r->two.found && r->three.found && r->four.found;

	form_table2(form, &cells);
	for (size_t i = 0; i < cells; i++)
		known = hundredths(&r->two.cell[i], true, &two[i]) && known;
	for (size_t l = 0; l < lines; l++) {
		/* Both forms have their lines in one order. */
		while (!str_equal(all[own].key, line[l].key))
			own++;
		for (size_t c = 0; c < APPLICANT_COLUMNS && line[l].kind != LINE_GROUP; c++)
			known = whole(&r->three.cell[own][c], &three[l][c]) && known;
	}
	for (size_t o = 0; o < ROUTES * ROUTE_OUTCOMES; o++)
		known = whole(&r->four.cell[o / ROUTE_OUTCOMES][o % ROUTE_OUTCOMES],
			      &four[o / ROUTE_OUTCOMES][o % ROUTE_OUTCOMES]) && known;
	if (!known)
		return (struct opt_str){ .known = false };
	struct form_values v = { form, (int)r->year.v, two,
				 (const int64_t(*)[APPLICANT_COLUMNS])three,
				 (const int64_t(*)[ROUTE_OUTCOMES])four };
	return (struct opt_str){ true, form_digest(a, &v) };
}

void resolve_digest(struct arena *a, struct lint_report *r)
{
	long combinations = r->choices != NULL ? choice_combinations(r->choices) : 0, right = -1,
	     hits = 0;

	if (r->digest.len == 0 || r->digest_broken)
		return;
	for (long n = 0; n < combinations; n++) {
		struct arena_mark mark = arena_mark(a);
		choice_take_all(r->choices, n);
		struct opt_str code = computed_digest(a, r);
		if (!code.known)
			combinations = 0; /* another cell is missing: no combination can tell */
		else if (str_equal(code.v, r->digest)) {
			right = n;
			hits++;
		}
		arena_rewind(a, mark);
	}
	if (combinations == 0) {
		if (r->choices != NULL)
			choice_reopen(r->choices);
		return;
	}
	r->choices->refuted = hits == 0;
	if (hits == 1) {
		choice_take_all(r->choices, right);
		r->choices->count = 0;
		return;
	}
	choice_reopen(r->choices);
}
