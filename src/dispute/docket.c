/* docket.c - the rows of a register of proceedings: kept, the head found, checked, summed up. */
#include "dispute/docket_parts.h"

#include "base/limits.h"

#include <assert.h>

enum {
	LINES_MAX = LIMIT_DOCKET_ROWS + IMPORT_HEAD_ROWS,
	OWN_BYTES = 32 * 1024 * 1024, /* lines, table, problems, preview */
};

void docket_open(const struct docket_options *options, struct docket **out)
{
	struct arena *a = arena_open(OWN_BYTES + 2 * (size_t)LIMIT_DOCKET_BYTES);
	struct docket *docket = ARENA_NEW(a, struct docket);

	docket->arena = a;
	docket->options = *options;
	docket->lines = ARENA_ARRAY(a, LINES_MAX, struct docket_line);
	docket->problems = ARENA_ARRAY(a, DOCKET_PROBLEMS_MAX, struct docket_problem);
	docket->preview = ARENA_ARRAY(a, DOCKET_PREVIEW_ROWS, struct docket_preview_row);
	*out = docket;
}

void docket_close(struct docket *docket)
{
	if (docket != NULL)
		arena_close(docket->arena);
}

/* ---- taking rows */

bool docket_row(void *arg, const struct sheet_row *row, struct err *err)
{
	struct docket *docket = arg;
	struct docket_line *line = &docket->lines[docket->count];
	size_t count = row->count;

	if (import_row_is_blank(row))
		return true;
	while (row->cells[count - 1].len == 0)
		count--;
	docket->bytes += count * sizeof(struct str);
	for (size_t i = 0; i < count; i++)
		docket->bytes += row->cells[i].len;
	if (docket->count == LINES_MAX || docket->bytes > LIMIT_DOCKET_BYTES)
		return err_set(err, ERR_LIMIT, "import.too_large", "%d|%d", LIMIT_DOCKET_ROWS,
			       LIMIT_DOCKET_BYTES / (int)MIB);
	struct str *cells = ARENA_ARRAY(docket->arena, count, struct str);
	for (size_t i = 0; i < count; i++)
		cells[i] = str_copy(docket->arena, row->cells[i]);
	*line = (struct docket_line){ .row = { row->number, cells, count } };
	docket->count++;
	return true;
}

/* ---- the head */

static bool is_head(const int column[DOCKET_FIELD_COUNT])
{
	return column[DOCKET_CASE_NO] >= 0 && column[DOCKET_ACCEPTED_ON] >= 0;
}

/* No row looks like a head: the longest is taken for it, and its missing columns are named. */
static void find_head(struct docket *docket)
{
	struct docket_summary *s = &docket->summary;
	size_t found = 0, most = docket->count < IMPORT_HEAD_ROWS ? docket->count
								  : IMPORT_HEAD_ROWS;

	for (size_t i = 0; i < most; i++) {
		const struct sheet_row *row = &docket->lines[i].row;
		docket_columns(docket->arena, row->cells, row->count, s->column);
		if (is_head(s->column)) {
			found = i;
			break;
		}
		if (row->count > docket->lines[found].row.count)
			found = i;
	}
	const struct sheet_row *head = &docket->lines[found].row;
	docket_columns(docket->arena, head->cells, head->count, s->column);
	s->head = head->cells;
	s->head_count = head->count;
	s->head_row = head->number;
	docket->first = found + 1;
}

/* ---- problems */

static void keep_problems(struct docket_trouble *t)
{
	struct docket *docket = t->docket;
	struct docket_summary *s = &docket->summary;

	for (size_t i = 0; i < t->count; i++, s->problems_all++) {
		const struct docket_problem *p = &t->list[i];
		if (s->problems_count == DOCKET_PROBLEMS_MAX)
			continue;
		docket->problems[s->problems_count++] = (struct docket_problem){
			.row = p->row,
			.field = p->field,
			.column = str_copy(docket->arena, p->column),
			.value = str_copy(docket->arena, p->value),
			.sentence = str_copy(docket->arena, p->sentence),
		};
	}
}

/* Every row is bad then, and why is said once, about the head. */
static bool columns_missing(struct ctx *ctx, struct docket *docket)
{
	struct docket_line head = { .row.number = docket->summary.head_row };
	struct docket_trouble t = { .docket = docket, .ctx = ctx, .line = &head };

	for (int f = 0; f < DOCKET_FIELD_COUNT; f++) {
		enum docket_field field = (enum docket_field)f;
		bool own = field == DOCKET_UNIT && docket->options.only_unit.known;
		if (docket_field_required(field) && docket->summary.column[f] < 0 && !own)
			docket_say(&t, field, "docket.field_missing",
				   docket_field_words(ctx->arena, field), STR_NONE);
	}
	keep_problems(&t);
	return t.count > 0;
}

/* ---- rows by type and number */

static uint32_t *slot_of(const struct docket *docket, enum dispute_route route, struct str case_no)
{
	for (uint64_t i = str_hash(case_no) + (uint64_t)route;; i++) {
		uint32_t *slot = &docket->table[i & (docket->slots - 1)];
		const struct docket_line *line = &docket->lines[*slot - (*slot > 0 ? 1 : 0)];
		if (*slot == 0 || (line->route == route && str_equal(line->case_no, case_no)))
			return slot;
	}
}

struct docket_line *docket_first_with(const struct docket *docket, enum dispute_route route,
				      struct str case_no)
{
	uint32_t slot = *slot_of(docket, route, case_no);

	return slot == 0 ? NULL : &docket->lines[slot - 1];
}

/* Twice as many places as rows, so that a search ends soon. */
static bool note_keys(struct ctx *ctx, struct docket *docket, struct err *err)
{
	for (docket->slots = 16; docket->slots < 2 * docket->count;)
		docket->slots *= 2;
	docket->table = ARENA_ARRAY(docket->arena, docket->slots, uint32_t);
	for (size_t i = docket->first; i < docket->count; i++) {
		struct docket_line *line = &docket->lines[i];
		if (!docket_note_key(ctx, docket, line, err))
			return false;
		if (line->route == DISPUTE_ROUTE_COUNT || line->case_no.len == 0)
			continue;
		uint32_t *slot = slot_of(docket, line->route, line->case_no);
		if (*slot == 0)
			*slot = (uint32_t)i + 1;
	}
	return true;
}

/* ---- each row, and the sum */

/* As understood, so that a column that was taken for another is seen at a glance. */
static void preview(const struct docket_trouble *t)
{
	struct docket *docket = t->docket;
	const struct docket_line *line = t->line;
	struct docket_preview_row *p = &docket->preview[docket->summary.preview_count++];
	struct arena *a = docket->arena;

	p->row = line->row.number;
	p->bad = t->count > 0;
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		p->values[f] = docket_cell(docket, line, (enum docket_field)f);
	for (size_t i = 0; i < t->count; i++)
		p->values[t->list[i].field] = STR_NONE;
	if (p->bad)
		return;
	p->values[DOCKET_ROUTE] = dispute_route_label(line->route);
	p->values[DOCKET_ACCEPTED_ON] = date_iso(a, line->accepted_on);
	p->values[DOCKET_RESULT] = line->result;
	p->values[DOCKET_OUTCOME] = STR_NONE;
	if (!line->concluded_on.known)
		return;
	p->values[DOCKET_OUTCOME] = dispute_outcome_label(line->outcome);
	p->values[DOCKET_CONCLUDED_ON] = date_iso(a, line->concluded_on.v);
}

static bool check_line(struct ctx *ctx, struct docket *docket, struct docket_line *line,
		       struct err *err)
{
	struct docket_summary *s = &docket->summary;
	struct arena_mark mark = arena_mark(ctx->arena);
	struct docket_trouble t = { .docket = docket, .ctx = ctx, .line = line };

	if (!docket_check(ctx, docket, line, &t, err))
		return false;
	if (s->preview_count < DOCKET_PREVIEW_ROWS)
		preview(&t);
	keep_problems(&t);
	if (t.count > 0)
		s->bad++;
	else if (line->same)
		s->same++;
	else
		s->good++;
	arena_rewind(ctx->arena, mark);
	return true;
}

bool docket_done(struct ctx *ctx, struct docket *docket, struct docket_summary *out,
		 struct err *err)
{
	struct docket_summary *s = &docket->summary;

	if (docket->count > 0)
		find_head(docket);
	if (docket->count == docket->first)
		return err_set(err, ERR_INVALID, "import.empty", " ");
	if (docket->count - docket->first > LIMIT_DOCKET_ROWS)
		return err_set(err, ERR_LIMIT, "import.too_large", "%d|%d", LIMIT_DOCKET_ROWS,
			       LIMIT_DOCKET_BYTES / (int)MIB);
	s->rows = docket->count - docket->first;
	if (columns_missing(ctx, docket)) {
		s->bad = s->rows;
	} else {
		if (!note_keys(ctx, docket, err))
			return false;
		for (size_t i = docket->first; i < docket->count; i++)
			if (!check_line(ctx, docket, &docket->lines[i], err))
				return false;
	}
	assert(s->good + s->same + s->bad == s->rows);
	s->problems = docket->problems;
	s->preview = docket->preview;
	*out = *s;
	return true;
}
