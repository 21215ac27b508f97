/*
 * import.c - taking the rows of a register: head, rows, preview, summary.
 *
 * What is kept between rows is bounded: the good rows' texts by
 * LIMIT_IMPORT_BYTES, the problems by IMPORT_PROBLEMS_MAX. What one row needs is
 * given back after it.
 */
#include "request/import_parts.h"

#include "base/limits.h"
#include "request/case.h"

#include <assert.h>

enum {
	PROGRESS_ROWS = 1000,
	OWN_BYTES = 64 * 1024 * 1024, /* head, problems, words */
	SCRATCH_BYTES = 64 * 1024 * 1024,
};

bool import_open(struct ctx *ctx, const struct import_options *options, struct import **out,
		 struct err *err)
{
	struct arena *a = arena_open(OWN_BYTES + (size_t)LIMIT_IMPORT_BYTES +
				     (size_t)LIMIT_IMPORT_ROWS * 2 * sizeof(struct import_good));
	struct import *import = ARENA_NEW(a, struct import);

	if (err->code != ERR_NONE) {
		arena_close(a);
		return false;
	}
	import->arena = a;
	import->scratch = arena_open(SCRATCH_BYTES);
	import->ctx = *ctx;
	import->ctx.arena = import->scratch;
	import->options = *options;
	import->numbers = import_numbers_open();
	import->problems = ARENA_ARRAY(a, IMPORT_PROBLEMS_MAX, struct import_problem);
	if (!import_note_site(import, err) || !import_read_units(import, err)) {
		import_close(import);
		return false;
	}
	arena_reset(import->scratch);
	*out = import;
	return true;
}

void import_close(struct import *import)
{
	if (import == NULL)
		return;
	arena_close(import->scratch);
	import_numbers_close(import->numbers);
	arena_close(import->arena);
}

bool import_will_not_be_written(const struct import *import)
{
	return import->summary.bad > 0 &&
	       (import->options.bad_rows == IMPORT_STOPS || import->fields_missing);
}

/* ---- problems */

static void keep_problem(struct import *import, const struct import_problem *p)
{
	struct import_summary *s = &import->summary;
	struct arena *a = import->arena;

	s->problems_all++;
	if (s->problems_count == IMPORT_PROBLEMS_MAX)
		return;
	import->problems[s->problems_count++] =
		(struct import_problem){ .row = p->row,
					 .field = p->field,
					 .column = str_copy(a, p->column),
					 .value = str_copy(a, p->value),
					 .sentence = str_copy(a, p->sentence) };
}

static void refuse_row(struct import *import, const struct import_trouble *t)
{
	struct str reasons = STR_NONE;

	import->summary.bad++;
	if (import->sealer != NULL && import_will_not_be_written(import))
		import_pipe_end(&import->sealer->pipe); /* only to be told of what else is bad */
	for (size_t i = 0; i < t->count; i++) {
		keep_problem(import, &t->list[i]);
		if (import->options.rejected != NULL)
			reasons = str_concat(import->ctx.arena, reasons, t->list[i].sentence);
	}
	if (import->options.rejected != NULL)
		import->options.rejected(import->options.arg, t->row, reasons);
}

/* ---- the head */

static bool missing(const struct import *import, enum import_field f)
{
	const struct import_mapping *m = &import->summary.mapping;

	if (!import_field_required(f) || m->column[f] >= 0 || m->constant[f].len > 0)
		return false;
	return f != IMPORT_UNIT || !import->options.only_unit.known;
}

static void look_for_missing(struct import *import)
{
	struct sheet_row head = { .number = import->summary.head_row };
	struct import_trouble t = { .import = import, .row = &head };

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		if (missing(import, (enum import_field)f))
			import_trouble(&t, (enum import_field)f, "import.field_missing", STR_NONE,
				       STR_NONE);
	for (size_t i = 0; i < t.count; i++)
		keep_problem(import, &t.list[i]);
	import->fields_missing = t.count > 0;
}

static bool keep_mapping(struct import *import, const struct import_mapping *m, struct err *err)
{
	size_t columns = import->summary.head_count;

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		struct str label = import_field_label((enum import_field)f);
		if (m->column[f] >= 0 && (size_t)m->column[f] >= columns)
			return err_set_field(err, import_field_code((enum import_field)f).ptr,
					     ERR_INVALID, "import.no_column", STR_FMT "|%d",
					     STR_ARG(label), m->column[f] + 1);
		import->summary.mapping.column[f] = m->column[f];
		import->summary.mapping.constant[f] = str_copy(import->arena, m->constant[f]);
	}
	return true;
}

static bool take_head(struct import *import, const struct import_kept_row *row,
		      const struct import_mapping *mapping, struct err *err)
{
	import->summary.head = row->cells;
	import->summary.head_count = row->count;
	import->summary.head_row = row->number;
	import->head_known = true;
	if (!keep_mapping(import, mapping, err))
		return false;
	look_for_missing(import);
	return true;
}

/* A head names at least a number and a day; titles and notes above it do not. */
static bool is_head(const struct import_mapping *m)
{
	return (m->column[IMPORT_NUMBER] >= 0 || m->constant[IMPORT_NUMBER].len > 0) &&
	       m->column[IMPORT_RECEIVED_ON] >= 0;
}

static bool try_head(struct import *import, const struct import_kept_row *row, struct err *err)
{
	struct import_mapping proposed;
	int known;

	if (import->options.mapping != NULL)
		return import->options.head_row != row->number ||
		       take_head(import, row, import->options.mapping, err);
	if (!import_propose(&import->ctx, row->cells, row->count, &proposed, &known, err))
		return false;
	return !is_head(&proposed) || take_head(import, row, &proposed, err);
}

static struct import_kept_row *keep_row(struct import *import, const struct sheet_row *row)
{
	struct import_kept_row *kept = &import->before_head[import->before_head_count++];

	*kept = (struct import_kept_row){ row->number,
					  ARENA_ARRAY(import->arena, row->count, struct str),
					  row->count };
	for (size_t i = 0; i < row->count; i++)
		kept->cells[i] = str_copy(import->arena, row->cells[i]);
	return kept;
}

/* No row looked like a head: the longest one is taken for it, and its missing columns are named. */
static bool settle_head(struct import *import, struct err *err)
{
	const struct import_kept_row *longest = &import->before_head[0];
	struct import_mapping proposed;
	int known;

	for (size_t i = 1; i < import->before_head_count; i++)
		if (import->before_head[i].count > longest->count)
			longest = &import->before_head[i];
	return import_propose(&import->ctx, longest->cells, longest->count, &proposed, &known,
			      err) &&
	       take_head(import, longest, &proposed, err);
}

/* ---- rows */

static bool keep_good(struct import *import, const struct import_good *g, struct err *err)
{
	struct import_chunk *chunk = import->last;
	struct import_summary *s = &import->summary;

	import->bytes += g->number.len + g->content.len;
	if (s->good == LIMIT_IMPORT_ROWS || import->bytes > LIMIT_IMPORT_BYTES)
		return err_set(err, ERR_LIMIT, "import.too_large", "%d|%d", LIMIT_IMPORT_ROWS,
			       LIMIT_IMPORT_BYTES / (int)MIB);
	import_numbers_note(import->numbers, g);
	s->good++;
	if (import->sealer != NULL)
		return import_will_not_be_written(import) || import_seal(import->sealer, g, err);
	if (chunk == NULL || chunk->count == IMPORT_CHUNK) {
		chunk = ARENA_NEW(import->arena, struct import_chunk);
		if (import->last == NULL)
			import->first = chunk;
		else
			import->last->next = chunk;
		import->last = chunk;
	}
	struct import_good *kept = &chunk->rows[chunk->count++];
	*kept = *g;
	kept->number = str_copy(import->arena, g->number);
	kept->content = str_copy(import->arena, g->content);
	return true;
}

/* Against the file itself, then against what is registered. */
static bool check_number(struct import *import, const struct import_good *g,
			 struct import_trouble *t, bool *same, struct err *err)
{
	uint32_t twin = import_numbers_row(import->numbers, g);
	enum import_there there;
	enum import_field differs;
	struct str value;

	*same = false;
	if (twin != 0) {
		import_trouble(t, IMPORT_NUMBER, "import.repeated",
			       str_format(import->ctx.arena, "%u", (unsigned)twin), STR_NONE);
		return true;
	}
	if (import->none_registered)
		return true;
	if (!import_compare(&import->ctx, g, &there, &differs, &value, err))
		return false;
	if (there == IMPORT_DIFFERENT)
		import_trouble(t, IMPORT_NUMBER, "import.conflict", import_field_label(differs),
			       value);
	*same = there == IMPORT_SAME;
	return true;
}

static struct str day_text(struct arena *a, struct opt_date d)
{
	return d.known ? date_iso(a, d.v) : STR_NONE;
}

/* As understood, so that a wrong mapping is seen at a glance. */
static void preview(struct import *import, const struct sheet_row *row, const struct import_good *g,
		    const struct import_trouble *t)
{
	struct import_summary *s = &import->summary;
	struct import_preview_row *p = &s->preview[s->preview_count++];
	struct arena *a = import->arena;

	p->row = row->number;
	p->bad = t->count > 0;
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		p->values[f] = str_copy(a, import_cell(import, row, (enum import_field)f));
	if (p->bad) {
		for (size_t i = 0; i < t->count; i++)
			p->values[t->list[i].field] = STR_NONE;
		return;
	}
	p->values[IMPORT_CHANNEL] = channel_label(g->channel);
	p->values[IMPORT_APPLICANT] = applicant_label(g->applicant);
	p->values[IMPORT_SUBMITTED_ON] = date_iso(a, g->submitted_on);
	p->values[IMPORT_RECEIVED_ON] = day_text(a, g->received_on);
	p->values[IMPORT_CLOSED_ON] = day_text(a, g->closed_on);
	p->values[IMPORT_EXTENSION] = str_format(a, "%d", g->extension);
	p->values[IMPORT_DECISION] = g->kind != NULL ? g->kind->label : STR_NONE;
}

static bool take_row(struct import *import, const struct sheet_row *row, struct err *err)
{
	struct import_summary *s = &import->summary;
	struct import_trouble trouble;
	struct import_good good;
	bool same = false;

	if (import_row_is_blank(row))
		return true;
	s->rows++;
	if (import->fields_missing) {
		s->bad++; /* why is said once, about the head */
		return true;
	}
	import_check(import, row, &good, &trouble);
	if (trouble.count == 0 && !check_number(import, &good, &trouble, &same, err))
		return false;
	if (s->preview_count < IMPORT_PREVIEW_ROWS)
		preview(import, row, &good, &trouble);
	if (trouble.count > 0)
		refuse_row(import, &trouble);
	else if (same)
		s->same++;
	else if (!keep_good(import, &good, err))
		return false;
	if (import->options.progress != NULL && s->rows % PROGRESS_ROWS == 0)
		import->options.progress(import->options.arg, s->rows);
	return true;
}

/* Rows that came before the head was found; those above it are titles. */
static bool take_kept(struct import *import, struct err *err)
{
	for (size_t i = 0; i < import->before_head_count; i++) {
		const struct import_kept_row *kept = &import->before_head[i];
		struct sheet_row row = { kept->number, kept->cells, kept->count };
		if (kept->number > import->summary.head_row && !take_row(import, &row, err))
			return false;
	}
	return true;
}

bool import_row(void *arg, const struct sheet_row *row, struct err *err)
{
	struct import *import = arg;
	bool ok;

	assert(import->head_known || import->sealer == NULL || import->sealer->pipe.put == 0);
	if (import->head_known) {
		ok = take_row(import, row, err);
	} else {
		ok = try_head(import, keep_row(import, row), err);
		if (ok && !import->head_known && import->before_head_count == IMPORT_HEAD_ROWS)
			ok = settle_head(import, err) && take_kept(import, err);
	}
	arena_reset(import->scratch);
	return ok;
}

void import_head(const struct import *import, const struct str **labels, size_t *count)
{
	*labels = import->summary.head;
	*count = import->summary.head_count;
}

bool import_done(struct import *import, struct import_summary *out, struct err *err)
{
	if (!import->head_known && import->before_head_count > 0 &&
	    (!settle_head(import, err) || !take_kept(import, err)))
		return false;
	if (!import->head_known || import->summary.rows == 0)
		return err_set(err, ERR_INVALID, "import.empty", " ");
	import->summary.problems = import->problems;
	*out = import->summary;
	return true;
}
