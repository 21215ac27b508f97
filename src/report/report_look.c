/*
 * report_look.c - the check before a report is signed.
 *
 * The identities of the tables (勾稽关系), blanks, the year before, the words
 * against the figures, the six parts, and for the government's report the units
 * that have not handed in. What only a person can judge may be answered for
 * with a reason; a broken identity may not.
 */
#include "report/inside.h"
#include "report_sql.h"

#include "base/buf.h"
#include "base/digest.h"

enum { FOUND_MAX = 3000, LIKENESS_MAX = 50 };

struct look {
	struct ctx *ctx;
	const struct report *r;
	const struct report_tables *tables, *last; /* last: NULL if not known */
	const struct str *words;
	struct report_findings *out;
};

bool report_blocked(const struct report_findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->rows[i].severity == REPORT_BLOCKS && f->rows[i].waived.len == 0)
			return true;
	return false;
}

static struct report_finding *add(struct look *l, enum report_severity severity, struct str key,
				  struct str where, struct str text)
{
	struct report_finding *f = &l->out->rows[l->out->count];

	if (l->out->count < FOUND_MAX) /* beyond it the spare row is written again and again */
		l->out->count++;
	*f = (struct report_finding){
		.key = key, .severity = severity, .where = where, .text = text
	};
	return f;
}

static struct str text_of(struct look *l, const char *key, struct str facts)
{
	return message_text(l->ctx->arena, l->ctx->locale, key, facts);
}

/* ---- tables 三 and 四 */

static void look_sums(struct look *l)
{
	struct cross_foot *rows;
	size_t count;
	struct arena *a = l->ctx->arena;

	if (statistics_cross_foot(a, &l->tables->t3, &l->tables->t4, &rows, &count))
		return;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].holds)
			continue;
		struct str facts =
			str_format(a, STR_FMT "|%lld|" STR_FMT "|%lld", STR_ARG(rows[i].left_text),
				   (long long)rows[i].left, STR_ARG(rows[i].right_text),
				   (long long)rows[i].right);
		add(l, REPORT_BLOCKS, rows[i].key, rows[i].where,
		    text_of(l, "report.found_sum", facts));
	}
}

/* T3-4: what was carried out of last year comes in. Only a warning: the scope may have changed. */
static void look_carried(struct look *l)
{
	size_t count;
	struct arena *a = l->ctx->arena;

	for (size_t c = 0; l->last != NULL && c < APPLICANT_COLUMNS; c++) {
		const struct form_line *now = form_table3(l->tables->form, &count);
		int in = form_table3_find(l->tables->form, STR("carried_in"));
		int out = form_table3_find(l->last->form, STR("carried_out"));
		int64_t here = l->tables->t3.cell[in][c], before = l->last->t3.cell[out][c];
		if (here == before)
			continue;
		struct str facts = str_format(a, "%lld|%lld", (long long)here, (long long)before);
		struct str where = str_format(a, "表三“" STR_FMT "”" STR_FMT, STR_ARG(now[in].label),
					      STR_ARG(form_applicants[c].label));
		struct str key = str_concat(a, STR("T3-4/"), form_applicants[c].key);
		add(l, REPORT_WARNS, key, where, text_of(l, "report.found_carried", facts));
	}
}

/* ---- table 二 */

static void look_blanks(struct look *l)
{
	size_t count;
	const struct form_cell2 *cell = form_table2(l->tables->form, &count);
	struct arena *a = l->ctx->arena;

	for (size_t i = 0; i < count; i++) {
		struct str key = tables_key2(a, &cell[i]);
		if (l->tables->t2.cell[i].known)
			continue;
		struct report_finding *f = add(l, REPORT_BLOCKS, str_concat(a, STR("blank/"), key),
					       tables_label(a, l->tables->form, key),
					       text_of(l, "report.found_blank", STR_NONE));
		f->waivable = true;
		f->href = STR("/desk/statistics");
	}
}

static bool cell2(const struct report_tables *t, struct arena *a, struct str row,
		  const char *column, int64_t *whole)
{
	struct opt_int v;
	struct str key = str_format(a, "t2." STR_FMT ".%s", STR_ARG(row), column);

	if (t == NULL || !tables_get(t, key, &v) || !v.known)
		return false;
	*whole = v.v / 100;
	return true;
}

static void rule2(struct look *l, const char *rule, struct str row, const char *message,
		  int64_t left, int64_t right)
{
	struct arena *a = l->ctx->arena;
	struct str where = STR("表二");
	size_t count;
	const struct form_cell2 *cell = form_table2(l->tables->form, &count);

	for (size_t i = 0; i < count; i++)
		if (str_ends(row, cell[i].row) && str_starts(row, cell[i].section))
			where = str_concat(a, STR("表二"), cell[i].row_label);
	add(l, REPORT_WARNS, str_format(a, "%s/" STR_FMT, rule, STR_ARG(row)), where,
	    text_of(l, message, str_format(a, "%lld|%lld", (long long)left, (long long)right)));
}

/* T2-1 … T2-4: warnings, because stocks also change outside the acts of a year. */
static void look_stocks(struct look *l)
{
	static const struct str rows[] = {
		STR_INIT("art20_1.rules"),
		STR_INIT("art20_1.normative_documents"),
		STR_INIT("art20_5.administrative_licensing"),
		STR_INIT("art20_5.other_external_services"),
		STR_INIT("art20_6.administrative_penalty"),
		STR_INIT("art20_6.administrative_coercion"),
		STR_INIT("art20_8.administrative_fees"),
	};
	const struct report_tables *now = l->tables, *last = l->last;
	struct arena *a = l->ctx->arena;
	int64_t x, y, z, w;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str row = rows[i];
		if (cell2(now, a, row, "items_last_year", &x) &&
		    cell2(now, a, row, "items_change", &y) && x + y < 0)
			rule2(l, "T2-1", row, "report.found_negative_stock", x, y);
		if (cell2(now, a, row, "items_last_year", &x) &&
		    cell2(last, a, row, "items_last_year", &y) &&
		    cell2(last, a, row, "items_change", &z) && x != y + z)
			rule2(l, "T2-2", row, "report.found_stock", x, y + z);
		if (cell2(now, a, row, "valid", &x) && cell2(last, a, row, "valid", &y) &&
		    cell2(now, a, row, "made", &z) && cell2(now, a, row, "repealed", &w) &&
		    x != y + z - w)
			rule2(l, "T2-3", row, "report.found_valid", x, y + z - w);
		if (cell2(now, a, row, "published_this_year", &x) &&
		    cell2(now, a, row, "public_total", &y) && x > y)
			rule2(l, "T2-4", row, "report.found_published", x, y);
	}
}

/* ---- words */

/* Of the words and of what the tables say: when either changes, the answer is asked for again. */
static struct str typed_key(struct arena *a, size_t part, const struct narrative_finding *f)
{
	struct str of = str_format(a, STR_FMT "|%d|" STR_FMT, STR_ARG(f->quoted), (int)f->kind,
				   STR_ARG(f->expected));
	struct digest d = digest_of(DIGEST_SHA256, of);
	struct str hex = str_slice(digest_hex(a, d), 0, 8);

	return str_format(a, "typed/%zu/" STR_FMT "/" STR_FMT, part + 1, STR_ARG(f->number),
			  STR_ARG(hex));
}

static void look_part(struct look *l, size_t part, const struct narrative_facts *facts)
{
	struct arena *a = l->ctx->arena;
	struct narrative_finding *found;
	struct narrative n;
	size_t count;
	struct err err = { 0 };
	struct str where = form_parts[part].heading;
	struct str href = str_format(a, "#part-%zu", part + 1);

	if (!narrative_parse(a, l->words[part], &n, &err)) {
		struct str text = err_text(a, l->ctx->locale, &err);
		add(l, REPORT_BLOCKS, str_format(a, "words/%zu", part + 1), where, text)->href =
			href;
		return;
	}
	if (n.count == 0 && (part == 0 || part == 4))
		add(l, REPORT_BLOCKS, str_format(a, "empty/%zu", part + 1), where,
		    text_of(l, "report.found_empty_part", STR_NONE))->href = href;
	narrative_check(a, &n, facts, &found, &count);
	for (size_t i = 0; i < count; i++) {
		bool typed = narrative_finding_is_typed(found[i].kind);
		bool blocks = narrative_finding_blocks(found[i].kind);
		struct str key = typed ? typed_key(a, part, &found[i]) :
					 str_format(a, "words/%zu/%d/%d", part + 1,
						    found[i].place.line, found[i].place.column);
		struct report_finding *f =
			add(l, blocks ? REPORT_BLOCKS : REPORT_WARNS, key, where,
			    narrative_finding_text(a, l->ctx->locale, &found[i]));
		f->waivable = typed && blocks;
		f->href = href;
	}
}

static bool look_words(struct look *l, struct err *err)
{
	struct arena *a = l->ctx->arena;
	struct figure_set now = tables_figures(a, l->tables, STR_NONE), before;
	struct report_names names;
	struct str *notes;
	size_t count;

	if (!load_names(l->ctx, l->r, &names, err) ||
	    !load_notes(l->ctx, l->r, &notes, &count, err))
		return false;
	if (l->last != NULL)
		before = tables_figures(a, l->last, STR_NONE);
	struct narrative_facts facts = { .figures = &now,
					 .last_year = l->last != NULL ? &before : NULL,
					 .unit_name = names.unit_name,
					 .unit_short_name = names.unit_short_name,
					 .office_name = names.office_name,
					 .office_contact = names.contact,
					 .scope_notes = notes,
					 .scope_notes_count = count };
	for (size_t p = 0; p < REPORT_PARTS; p++)
		look_part(l, p, &facts);
	return true;
}

/* 国办公开办函〔2021〕30号: a report that repeats the year before is answered for. */
static bool look_likeness(struct look *l, struct err *err)
{
	struct report before;
	struct str words[REPORT_PARTS];
	bool found;
	enum { PROBLEMS = 4 };

	if (!report_of(l->ctx, l->r->unit, l->r->year - 1, &before, &found, err))
		return false;
	if (!found)
		return true;
	if (!report_words(l->ctx, before.id, words, err))
		return false;
	int share = narrative_likeness(l->ctx->arena, l->words[PROBLEMS], words[PROBLEMS]);
	if (share > LIKENESS_MAX)
		add(l, REPORT_WARNS, STR("alike/5"), form_parts[PROBLEMS].heading,
		    text_of(l, "report.found_alike", str_format(l->ctx->arena, "%d", share)))
			->href = STR("#part-5");
	return true;
}

/* ---- the units of the government's report */

static bool look_units(struct look *l, struct err *err)
{
	struct report_board board;
	struct arena *a = l->ctx->arena;

	if (!l->r->rolls_up)
		return true;
	if (!report_board(l->ctx, l->r->year, &board, err))
		return false;
	for (size_t i = 0; i < board.count; i++) {
		const struct report_board_row *row = &board.rows[i];
		if (!row->unit.parent.known || row->handed_in)
			continue;
		struct str state = row->exists ? report_state_label(row->report.state) : STR("未开始");
		struct str facts = str_format(a, STR_FMT "|" STR_FMT, STR_ARG(row->unit.name),
					      STR_ARG(state));
		struct report_finding *f =
			add(l, REPORT_BLOCKS, str_concat(a, STR("unit/"), row->unit.code),
			    row->unit.name, text_of(l, "report.found_unit", facts));
		f->waivable = true;
		f->href = str_format(a, "/desk/reports?year=%d", l->r->year);
	}
	return true;
}

/* What units handed in against what the records say today: a request amended since shows here. */
static bool look_drift(struct look *l, struct err *err)
{
	static const struct str keys[] = { STR_INIT("t3.new_received.total"),
					   STR_INIT("t3.carried_in.total"),
					   STR_INIT("t3.results_total.total"),
					   STR_INIT("t3.carried_out.total"),
					   STR_INIT("t4.all.total") };
	struct report_tables live = tables_empty(l->r->year, l->r->form);
	struct scope s = { .year = l->r->year, .form = l->r->form };
	struct arena *a = l->ctx->arena;
	struct opt_int x = { 0 }, y = { 0 };

	if (!l->r->rolls_up)
		return true;
	if (!statistics_table3(l->ctx, &s, &live.t3, err) ||
	    !statistics_table4(l->ctx, &s, &live.t4, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (!tables_get(l->tables, keys[i], &x) || !tables_get(&live, keys[i], &y) ||
		    x.v == y.v)
			continue;
		struct str facts =
			str_format(a, "%lld|%lld", (long long)x.v / 100, (long long)y.v / 100);
		add(l, REPORT_WARNS, str_concat(a, STR("drift/"), keys[i]),
		    tables_label(a, l->r->form, keys[i]), text_of(l, "report.found_drift", facts));
	}
	return true;
}

static void look_late(struct look *l)
{
	struct date due = report_due(l->r->year, l->r->rolls_up);

	if (l->r->state == REPORT_PUBLISHED || date_compare(l->ctx->today, due) <= 0)
		return;
	add(l, REPORT_WARNS, STR("late"), STR("报送期限"),
	    text_of(l, "report.found_late", date_chinese(l->ctx->arena, due)));
}

static bool put_waivers(struct look *l, struct err *err)
{
	struct report_waiver_list_row *rows;
	size_t count;

	if (!report_waiver_list_all(l->ctx,
				    &(struct report_waiver_list_in){ .report_id = l->r->id },
				    FOUND_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < l->out->count; i++)
		for (size_t k = 0; l->out->rows[i].waivable && k < count; k++)
			if (str_equal(l->out->rows[i].key, rows[k].finding))
				l->out->rows[i].waived = rows[k].reason;
	return true;
}

bool look_at(struct ctx *ctx, const struct report *r, const struct report_tables *tables,
	     const struct str words[REPORT_PARTS], struct report_findings *out, struct err *err)
{
	struct report_tables before;
	bool found;

	*out = (struct report_findings){ .rows = ARENA_ARRAY(ctx->arena, FOUND_MAX + 1,
							     struct report_finding) };
	if (!report_last_year(ctx, r, &before, &found, err))
		return false;
	struct look l = { .ctx = ctx, .r = r, .tables = tables, .last = found ? &before : NULL,
			  .words = words, .out = out };
	look_sums(&l);
	look_blanks(&l);
	if (!look_words(&l, err) || !look_units(&l, err))
		return false;
	look_carried(&l);
	look_stocks(&l);
	look_late(&l);
	return look_likeness(&l, err) && look_drift(&l, err) && put_waivers(&l, err);
}

bool report_look(struct ctx *ctx, const struct report *r, struct report_findings *out,
		 struct err *err)
{
	struct report_tables tables;
	struct str words[REPORT_PARTS];

	if (report_is_frozen(r) ? !store_tables(ctx, r, FROZEN_CORRECTED, &tables, err) :
				  !count_report(ctx, r, 0, &tables, err))
		return false;
	return report_words(ctx, r->id, words, err) && look_at(ctx, r, &tables, words, out, err);
}
