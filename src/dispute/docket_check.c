/*
 * docket_check.c - one row of a register of proceedings: what its cells say, and whether that can
 * be. A cell that cannot be understood is named with what is allowed there; nothing is guessed.
 */
#include "dispute/docket_parts.h"

#include "base/utf8.h"
#include "docket_sql.h"
#include "text/normalise.h"

struct str docket_cell(const struct docket *docket, const struct docket_line *line,
		       enum docket_field f)
{
	int column = docket->summary.column[f];

	return column >= 0 && (size_t)column < line->row.count ? str_trim(line->row.cells[column])
							       : STR_NONE;
}

static struct str column_name(const struct docket *docket, enum docket_field f)
{
	int column = docket->summary.column[f];

	return column < 0 ? docket_field_label(f)
			  : utf8_prefix(str_trim(docket->summary.head[column]), IMPORT_VALUE_SHOWN);
}

static struct str shown(const struct docket *docket, const struct docket_line *line,
			enum docket_field f)
{
	return utf8_prefix(docket_cell(docket, line, f), IMPORT_VALUE_SHOWN);
}

void docket_say(struct docket_trouble *t, enum docket_field f, const char *key, struct str fact,
		struct str second)
{
	struct import_place at = { t->line->row.number, column_name(t->docket, f),
				   shown(t->docket, t->line, f) };

	if (t->count == DOCKET_ROW_PROBLEMS)
		return;
	t->list[t->count++] = (struct docket_problem){
		.row = at.row,
		.field = f,
		.column = at.column,
		.value = at.value,
		.sentence = import_sentence(t->ctx->arena, t->ctx->locale, &at, key, fact, second),
	};
}

/* ---- the type */

/* Without brackets, dashes and colons: offices write 行政诉讼（复议后起诉） in many ways. */
static const struct { struct str word; enum dispute_route route; } route_words[] = {
	{ STR_INIT("行政复议"), DISPUTE_RECONSIDERATION },
	{ STR_INIT("复议"), DISPUTE_RECONSIDERATION },
	{ STR_INIT("行政复议案件"), DISPUTE_RECONSIDERATION },
	{ STR_INIT("行政诉讼未经复议直接起诉"), DISPUTE_LITIGATION_DIRECT },
	{ STR_INIT("行政诉讼直接起诉"), DISPUTE_LITIGATION_DIRECT },
	{ STR_INIT("行政诉讼未经复议"), DISPUTE_LITIGATION_DIRECT },
	{ STR_INIT("未经复议直接起诉"), DISPUTE_LITIGATION_DIRECT },
	{ STR_INIT("直接起诉"), DISPUTE_LITIGATION_DIRECT },
	{ STR_INIT("行政诉讼复议后起诉"), DISPUTE_LITIGATION_AFTER },
	{ STR_INIT("行政诉讼经复议后起诉"), DISPUTE_LITIGATION_AFTER },
	{ STR_INIT("行政诉讼经复议"), DISPUTE_LITIGATION_AFTER },
	{ STR_INIT("经复议后起诉"), DISPUTE_LITIGATION_AFTER },
	{ STR_INIT("复议后起诉"), DISPUTE_LITIGATION_AFTER },
};

static struct str without_marks(struct arena *a, struct str text)
{
	static const struct str marks[] = { STR_INIT("("), STR_INIT(")"), STR_INIT("—"),
					    STR_INIT("–"), STR_INIT("-"), STR_INIT(":"),
					    STR_INIT("["), STR_INIT("]"), STR_INIT("/") };
	struct str folded = normalise_label(a, text);

	for (size_t m = 0; m < COUNT_OF(marks); m++) {
		size_t at = str_find(folded, marks[m], 0);
		while (at != SIZE_MAX) {
			folded = str_concat(a, str_slice(folded, 0, at),
					    str_slice(folded, at + marks[m].len, folded.len));
			at = str_find(folded, marks[m], at);
		}
	}
	return folded;
}

static bool is_plain_suit(struct str text)
{
	return str_equal(text, STR("行政诉讼")) || str_equal(text, STR("诉讼")) ||
	       str_equal(text, STR("行政诉讼案件"));
}

/* A suit that names a reconsideration came after it. */
static enum dispute_route route_in(struct arena *a, struct str cell, struct str earlier)
{
	enum dispute_route route;

	if (cell.len > DISPUTE_CASE_NO_BYTES)
		return DISPUTE_ROUTE_COUNT;
	struct str text = without_marks(a, cell);
	if (dispute_route_from(cell, &route))
		return route;
	for (size_t i = 0; i < COUNT_OF(route_words); i++)
		if (str_equal(text, route_words[i].word))
			return route_words[i].route;
	return is_plain_suit(text) && earlier.len > 0 ? DISPUTE_LITIGATION_AFTER
						      : DISPUTE_ROUTE_COUNT;
}

static struct str all_routes(struct arena *a)
{
	struct str out = dispute_route_label(DISPUTE_RECONSIDERATION);

	for (int r = DISPUTE_RECONSIDERATION + 1; r < DISPUTE_ROUTE_COUNT; r++)
		out = str_format(a, STR_FMT "、" STR_FMT, STR_ARG(out),
				 STR_ARG(dispute_route_label((enum dispute_route)r)));
	return out;
}

/* ---- units */

static bool find_unit(struct ctx *ctx, struct docket *docket, struct str name, struct unit_id *out,
		      struct err *err)
{
	struct unit unit;
	bool found;

	if (!str_equal(name, docket->unit_text)) {
		if (!agency_unit_by_name(ctx, name, &unit, &found, err))
			return false;
		docket->unit_text = name; /* a cell of the file */
		docket->unit.n = found ? unit.id.n : 0;
	}
	*out = docket->unit;
	return true;
}

bool docket_note_key(struct ctx *ctx, struct docket *docket, struct docket_line *line,
		     struct err *err)
{
	struct arena_mark mark = arena_mark(ctx->arena);
	struct str unit = docket_cell(docket, line, DOCKET_UNIT);

	line->case_no = docket_cell(docket, line, DOCKET_CASE_NO);
	line->earlier = docket_cell(docket, line, DOCKET_EARLIER);
	line->route = route_in(ctx->arena, docket_cell(docket, line, DOCKET_ROUTE), line->earlier);
	if (unit.len == 0 && docket->options.only_unit.known)
		line->unit.n = docket->options.only_unit.v;
	else if (unit.len > 0 && !find_unit(ctx, docket, unit, &line->unit, err))
		return false;
	arena_rewind(ctx->arena, mark);
	return true;
}

static void check_key(struct docket_trouble *t)
{
	const struct docket_line *line = t->line, *first;
	struct opt_int only = t->docket->options.only_unit;
	struct arena *a = t->ctx->arena;

	if (line->case_no.len == 0)
		docket_say(t, DOCKET_CASE_NO, "docket.no_case_no", STR_NONE, STR_NONE);
	if (line->case_no.len > DISPUTE_CASE_NO_BYTES)
		docket_say(t, DOCKET_CASE_NO, "docket.text_too_long",
			   str_format(a, "%d", DISPUTE_CASE_NO_BYTES), STR_NONE);
	if (line->unit.n == 0)
		docket_say(t, DOCKET_UNIT, "import.unknown_unit", STR_NONE, STR_NONE);
	else if (only.known && line->unit.n != only.v)
		docket_say(t, DOCKET_UNIT, "docket.other_unit", STR_NONE, STR_NONE);
	if (line->route == DISPUTE_ROUTE_COUNT)
		docket_say(t, DOCKET_ROUTE, "import.unknown_word", all_routes(a), STR_NONE);
	if (line->route == DISPUTE_ROUTE_COUNT || line->case_no.len == 0)
		return;
	first = docket_first_with(t->docket, line->route, line->case_no);
	if (first != line)
		docket_say(t, DOCKET_CASE_NO, "docket.repeated",
			   str_format(a, "%u", (unsigned)first->row.number), STR_NONE);
}

/* ---- the request, and the reconsideration before */

/* Of the unit; else, where units are not kept apart, the only one of that number. */
static bool find_request(struct ctx *ctx, struct str number, struct unit_id unit, bool any_unit,
			 struct opt_int *out, struct err *err)
{
	struct docket_request_of_unit_in own = { .number = number, .unit_id = unit };
	struct docket_requests_of_number_in in = { .number = number };
	struct docket_requests_of_number_row *rows;
	struct docket_request_of_unit_row row;
	size_t count;
	bool found;

	if (!docket_request_of_unit(ctx, &own, &row, &found, err))
		return false;
	*out = (struct opt_int){ found, found ? row.id.n : 0 };
	if (found || !any_unit)
		return true;
	if (!docket_requests_of_number_all(ctx, &in, 2, &rows, &count, err))
		return false;
	if (count == 1)
		*out = (struct opt_int){ true, rows[0].id.n };
	return true;
}

static bool check_request(struct ctx *ctx, struct docket_line *line, struct docket_trouble *t,
			  struct err *err)
{
	struct str number = docket_cell(t->docket, line, DOCKET_REQUEST);

	if (number.len == 0)
		return true;
	if (!find_request(ctx, number, line->unit, !t->docket->options.only_unit.known,
			  &line->request, err))
		return false;
	if (!line->request.known)
		docket_say(t, DOCKET_REQUEST, "docket.no_request", STR_NONE, STR_NONE);
	return true;
}

static bool check_earlier(struct ctx *ctx, struct docket_line *line, struct docket_trouble *t,
			  struct err *err)
{
	struct dispute there;
	bool found;

	if (line->earlier.len == 0 || line->route == DISPUTE_ROUTE_COUNT)
		return true;
	if (line->route != DISPUTE_LITIGATION_AFTER) {
		docket_say(t, DOCKET_EARLIER, "docket.earlier_needless",
			   dispute_route_label(DISPUTE_LITIGATION_AFTER), STR_NONE);
		return true;
	}
	const struct docket_line *here =
		docket_first_with(t->docket, DISPUTE_RECONSIDERATION, line->earlier);
	if (here != NULL && here->unit.n == line->unit.n)
		return true;
	if (!dispute_by_case_no(ctx, DISPUTE_RECONSIDERATION, line->earlier, &there, &found, err))
		return false;
	if (!found || there.unit.n != line->unit.n)
		docket_say(t, DOCKET_EARLIER, "docket.no_earlier", STR_NONE, STR_NONE);
	return true;
}

/* ---- days and the end */

static struct opt_date check_day(struct docket_trouble *t, enum docket_field f)
{
	struct str cell = docket_cell(t->docket, t->line, f);
	struct opt_date day = { .known = cell.len > 0 };

	if (!day.known)
		return day;
	if (!import_day(cell, &day.v)) {
		docket_say(t, f, "import.bad_date", STR_NONE, STR_NONE);
		day.known = false;
	} else if (date_compare(day.v, t->ctx->today) > 0) {
		docket_say(t, f, "import.future_date", STR_NONE, STR_NONE);
	}
	return day;
}

/* An open case, as lists say it; an empty cell says the same. */
static struct str said(const struct docket_trouble *t, enum docket_field f)
{
	static const struct str open[] = { STR_INIT("尚未审结"), STR_INIT("未审结"), STR_INIT("未结"),
					   STR_INIT("审理中"), STR_INIT("未结案") };
	struct str cell = docket_cell(t->docket, t->line, f);

	for (size_t i = 0; i < COUNT_OF(open); i++)
		if (str_equal(cell, open[i]))
			return STR_NONE;
	return cell;
}

static bool outcome_word(struct str text, enum dispute_outcome *out)
{
	static const struct { struct str word; enum dispute_outcome outcome; } words[] = {
		{ STR_INIT("维持"), DISPUTE_UPHELD },
		{ STR_INIT("纠正"), DISPUTE_CORRECTED },
		{ STR_INIT("其他"), DISPUTE_OTHER },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_equal(text, words[i].word)) {
			*out = words[i].outcome;
			return true;
		}
	}
	return dispute_outcome_from(text, out);
}

static struct str all_outcomes(struct arena *a)
{
	struct str out = dispute_outcome_label(DISPUTE_UPHELD);

	for (int o = DISPUTE_UPHELD + 1; o < DISPUTE_OUTCOME_COUNT; o++)
		out = str_format(a, STR_FMT "、" STR_FMT, STR_ARG(out),
				 STR_ARG(dispute_outcome_label((enum dispute_outcome)o)));
	return out;
}

/* The office's own column of table 四 if it gives one; else what the decision's word comes to. */
static void check_outcome(struct docket_line *line, struct docket_trouble *t)
{
	struct str column = said(t, DOCKET_OUTCOME), labels = all_outcomes(t->ctx->arena);

	if (column.len > 0) {
		if (!outcome_word(column, &line->outcome))
			docket_say(t, DOCKET_OUTCOME, "import.unknown_word", labels, STR_NONE);
		return;
	}
	if (!dispute_outcome_from(line->result, &line->outcome) &&
	    !dispute_outcome_of(line->result, &line->outcome))
		docket_say(t, DOCKET_RESULT, "docket.unclear", labels, STR_NONE);
}

static void check_end(struct docket_line *line, struct docket_trouble *t)
{
	struct opt_date accepted = check_day(t, DOCKET_ACCEPTED_ON);
	struct arena *a = t->ctx->arena;

	line->result = said(t, DOCKET_RESULT);
	line->concluded_on = check_day(t, DOCKET_CONCLUDED_ON);
	line->accepted_on = accepted.v;
	bool has_day = docket_cell(t->docket, line, DOCKET_CONCLUDED_ON).len > 0;
	bool has_result = line->result.len > 0 || said(t, DOCKET_OUTCOME).len > 0;

	if (docket_cell(t->docket, line, DOCKET_ACCEPTED_ON).len == 0)
		docket_say(t, DOCKET_ACCEPTED_ON, "docket.no_day", STR_NONE, STR_NONE);
	if (accepted.known && line->concluded_on.known &&
	    date_compare(line->concluded_on.v, accepted.v) < 0)
		docket_say(t, DOCKET_CONCLUDED_ON, "import.too_early",
			   column_name(t->docket, DOCKET_ACCEPTED_ON),
			   shown(t->docket, line, DOCKET_ACCEPTED_ON));
	if (line->result.len > DISPUTE_TEXT_BYTES)
		docket_say(t, DOCKET_RESULT, "docket.text_too_long",
			   str_format(a, "%d", DISPUTE_TEXT_BYTES), STR_NONE);
	if (has_result && !has_day)
		docket_say(t, DOCKET_CONCLUDED_ON, "docket.no_concluded_on", STR_NONE, STR_NONE);
	if (has_day && !has_result)
		docket_say(t, DOCKET_RESULT, "docket.no_result", STR_NONE, STR_NONE);
	if (has_result)
		check_outcome(line, t);
}

/* ---- all of a row */

static bool check_there(struct ctx *ctx, struct docket_line *line, struct docket_trouble *t,
			struct err *err)
{
	enum docket_field differs;
	enum docket_there there;
	struct str value;

	if (!docket_compare(ctx, line, &there, &differs, &value, err))
		return false;
	if (there == DOCKET_DIFFERENT)
		docket_say(t, differs, "docket.conflict", line->case_no, value);
	line->same = there == DOCKET_SAME;
	return true;
}

bool docket_check(struct ctx *ctx, struct docket *docket, struct docket_line *line,
		  struct docket_trouble *t, struct err *err)
{
	check_key(t);
	line->organ = docket_cell(docket, line, DOCKET_ORGAN);
	if (line->organ.len > DISPUTE_TEXT_BYTES)
		docket_say(t, DOCKET_ORGAN, "docket.text_too_long",
			   str_format(ctx->arena, "%d", DISPUTE_TEXT_BYTES), STR_NONE);
	check_end(line, t);
	if (!check_request(ctx, line, t, err) || !check_earlier(ctx, line, t, err))
		return false;
	return t->count > 0 || check_there(ctx, line, t, err);
}
