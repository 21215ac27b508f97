/*
 * import_check.c - one row of a register: what its cells say, and whether that can
 * be. A cell that cannot be understood is named with what is allowed there;
 * nothing is guessed.
 */
#include "request/import_parts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "db/sealed.h"
#include "request/case.h"
#include "text/number.h"

#define NO_CONTENT "（原台账未记录申请内容）"

struct str import_cell(const struct import *import, const struct sheet_row *row,
		       enum import_field f)
{
	const struct import_mapping *m = &import->summary.mapping;
	int column = m->column[f];
	struct str cell =
		column >= 0 && (size_t)column < row->count ? row->cells[column] : STR_NONE;

	cell = str_trim(cell);
	return cell.len > 0 ? cell : m->constant[f];
}

static struct str column_name(const struct import *import, enum import_field f)
{
	int column = import->summary.mapping.column[f];

	if (column < 0 || (size_t)column >= import->summary.head_count)
		return import_field_label(f);
	return utf8_prefix(str_trim(import->summary.head[column]), IMPORT_VALUE_SHOWN);
}

void import_trouble(struct import_trouble *t, enum import_field f, const char *key, struct str fact,
		    struct str second)
{
	struct import_place at = {
		.row = t->row->number,
		.column = column_name(t->import, f),
		.value = utf8_prefix(import_cell(t->import, t->row, f), IMPORT_VALUE_SHOWN),
	};

	if (t->count == IMPORT_ROW_PROBLEMS)
		return;
	t->list[t->count++] = (struct import_problem){
		.row = at.row,
		.field = f,
		.column = at.column,
		.value = at.value,
		.sentence = import_sentence(t->import->ctx.arena, t->import->ctx.locale, &at, key,
					    fact, second),
	};
}

static struct str number_text(struct import_trouble *t, int64_t n)
{
	return str_format(t->import->ctx.arena, "%lld", (long long)n);
}

/* ---- words */

static bool recall(const struct import_words *w, struct str text, int64_t *value)
{
	for (size_t i = 0; i < w->count; i++) {
		if (str_equal(w->list[i].text, text)) {
			*value = w->list[i].value;
			return true;
		}
	}
	return false;
}

static void keep(struct import *import, struct import_words *w, struct str text, int64_t value)
{
	if (w->count == IMPORT_WORDS_KEPT || text.len > 400)
		return;
	w->list[w->count].text = str_copy(import->arena, text);
	w->list[w->count++].value = value;
}

/* -1: not a word. */
static int64_t channel_value(struct str text)
{
	enum request_channel c;

	return channel_from(text, &c) ? (int64_t)c : -1;
}

static int64_t applicant_value(struct str text)
{
	enum applicant_class c;

	return applicant_from(text, &c) ? (int64_t)c : -1;
}

/* A kind of decision by its own name, else the outcome it is counted as. */
static int64_t decision_value(struct str text)
{
	enum request_outcome outcome;

	for (size_t i = 0; i < request_decisions_count; i++)
		if (str_equal_c(text, request_decisions[i].code) ||
		    str_equal(text, request_decisions[i].label))
			return (int64_t)i;
	if (!outcome_from(text, &outcome))
		return -1;
	return request_decision_of(outcome) - request_decisions;
}

static int64_t word(struct import *import, struct import_words *w, struct str text,
		    int64_t (*read)(struct str text))
{
	int64_t value;

	if (recall(w, text, &value))
		return value;
	value = read(text);
	keep(import, w, text, value);
	return value;
}

static void check_words(struct import_trouble *t, struct import_good *g)
{
	static const struct str channels = STR_INIT("当面提交、邮寄（需签收）、平常信函、传真、"
						    "网上提交、电子邮件、口头申请");
	static const struct str applicants = STR_INIT("自然人、商业企业、科研机构、社会公益组织、"
						      "法律服务机构、其他");
	static const struct str outcomes =
		STR_INIT("予以公开、部分公开、属于国家秘密等年度报告表三所列的"
			 "各项结果；未办结的留空");
	struct import *import = t->import;
	struct str cell = import_cell(import, t->row, IMPORT_CHANNEL);

	int64_t channel = word(import, &import->channels, cell, channel_value);
	if (channel < 0)
		import_trouble(t, IMPORT_CHANNEL, "import.unknown_word", channels, STR_NONE);
	cell = import_cell(import, t->row, IMPORT_APPLICANT);
	int64_t applicant = word(import, &import->applicants, cell, applicant_value);
	if (applicant < 0)
		import_trouble(t, IMPORT_APPLICANT, "import.unknown_word", applicants, STR_NONE);
	cell = import_cell(import, t->row, IMPORT_DECISION);
	int64_t decision =
		cell.len > 0 ? word(import, &import->decisions, cell, decision_value) : 0;
	if (decision < 0)
		import_trouble(t, IMPORT_DECISION, "import.unknown_word", outcomes, STR_NONE);
	if (channel < 0 || applicant < 0 || decision < 0)
		return;
	g->channel = (enum request_channel)channel;
	g->applicant = (enum applicant_class)applicant;
	g->kind = cell.len > 0 ? &request_decisions[decision] : NULL;
}

/* ---- units */

/* Twice as many places as names, so that a search ends soon. */
struct import_units {
	size_t slots;
	struct unit_name { struct str text; int64_t unit; int kind; } *names;
};

static struct unit_name *name_slot(const struct import_units *u, struct str text)
{
	for (uint64_t i = str_hash(text);; i++) {
		struct unit_name *n = &u->names[i & (u->slots - 1)];
		if (n->unit == 0 || str_equal(n->text, text))
			return n;
	}
}

enum { BY_NAME, BY_SHORT_NAME, BY_CODE, UNIT_NAME_KINDS };

static void add_name(struct import *import, struct import_units *u, const struct unit *unit,
		     int kind)
{
	struct str text = kind == BY_NAME	? unit->name
			  : kind == BY_SHORT_NAME ? unit->short_name
						  : unit->code;
	struct unit_name *n = name_slot(u, text);
	bool older = n->kind == kind && unit->id.n < n->unit;

	if (text.len > 0 && (n->unit == 0 || older))
		*n = (struct unit_name){ str_copy(import->arena, text), unit->id.n, kind };
}

/* As agency_unit_by_name: a name before a short name, of which the eldest has it, before a code. */
bool import_read_units(struct import *import, struct err *err)
{
	struct import_units *u = ARENA_NEW(import->arena, struct import_units);
	struct unit *units;
	size_t count;

	if (!agency_units(&import->ctx, &units, &count, err))
		return false;
	for (u->slots = 16; u->slots < 2 * UNIT_NAME_KINDS * count;)
		u->slots *= 2;
	u->names = ARENA_ARRAY(import->arena, u->slots, struct unit_name);
	for (int kind = 0; kind < UNIT_NAME_KINDS; kind++)
		for (size_t i = 0; i < count; i++)
			add_name(import, u, &units[i], kind);
	import->units = u;
	return true;
}

static void check_unit(struct import_trouble *t, struct import_good *g)
{
	struct import *import = t->import;
	struct str cell = import_cell(import, t->row, IMPORT_UNIT);
	struct opt_int only = import->options.only_unit;

	if (cell.len == 0 && only.known) {
		g->unit.n = only.v;
		return;
	}
	g->unit.n = name_slot(import->units, cell)->unit;
	if (g->unit.n == 0)
		import_trouble(t, IMPORT_UNIT, "import.unknown_unit", STR_NONE, STR_NONE);
	else if (only.known && g->unit.n != only.v)
		import_trouble(t, IMPORT_UNIT, "import.other_unit", STR_NONE, STR_NONE);
}

/* ---- days */

static struct opt_date check_day(struct import_trouble *t, enum import_field f)
{
	struct str cell = import_cell(t->import, t->row, f);
	struct opt_date day = { .known = cell.len > 0 };

	if (!day.known)
		return day;
	if (!import_day(cell, &day.v)) {
		import_trouble(t, f, "import.bad_date", STR_NONE, STR_NONE);
		day.known = false;
	} else if (date_compare(day.v, t->import->ctx.today) > 0) {
		import_trouble(t, f, "import.future_date", STR_NONE, STR_NONE);
	}
	return day;
}

static void check_order(struct import_trouble *t, enum import_field f, struct opt_date day,
			enum import_field f_before, struct opt_date before)
{
	if (!day.known || !before.known || date_compare(day.v, before.v) >= 0)
		return;
	struct str label = column_name(t->import, f_before);
	struct str cell = utf8_prefix(import_cell(t->import, t->row, f_before), IMPORT_VALUE_SHOWN);
	import_trouble(t, f, "import.too_early", label, cell);
}

static void check_days(struct import_trouble *t, struct import_good *g)
{
	const struct import_mapping *m = &t->import->summary.mapping;
	bool one_column = m->column[IMPORT_SUBMITTED_ON] == m->column[IMPORT_RECEIVED_ON];
	size_t before = t->count;

	g->received_on = check_day(t, IMPORT_RECEIVED_ON);
	g->closed_on = check_day(t, IMPORT_CLOSED_ON);
	struct opt_date submitted = one_column ? g->received_on : check_day(t, IMPORT_SUBMITTED_ON);
	if (!submitted.known && !g->received_on.known && t->count == before)
		import_trouble(t, IMPORT_RECEIVED_ON, "import.no_day", STR_NONE, STR_NONE);
	check_order(t, IMPORT_RECEIVED_ON, g->received_on, IMPORT_SUBMITTED_ON, submitted);
	check_order(t, IMPORT_CLOSED_ON, g->closed_on, IMPORT_RECEIVED_ON, g->received_on);
	g->submitted_on = submitted.known ? submitted.v : g->received_on.v;

	bool has_kind = import_cell(t->import, t->row, IMPORT_DECISION).len > 0;
	bool has_day = import_cell(t->import, t->row, IMPORT_CLOSED_ON).len > 0;
	if (has_kind && !has_day)
		import_trouble(t, IMPORT_CLOSED_ON, "import.no_closed_on", STR_NONE, STR_NONE);
	if (has_day && !has_kind)
		import_trouble(t, IMPORT_DECISION, "import.no_decision", STR_NONE, STR_NONE);
	if (has_kind && !g->received_on.known && t->count == before)
		import_trouble(t, IMPORT_RECEIVED_ON, "import.closed_unreceived", STR_NONE,
			       STR_NONE);
	if (g->kind != NULL && g->closed_on.known &&
	    !request_decision_in_force(g->kind, g->closed_on.v))
		import_trouble(t, IMPORT_DECISION, "import.not_in_force", STR_NONE, STR_NONE);
}

/* ---- the rest */

/* 否, 0; 5, 延期5个工作日; 是: the law's most, since such a register does not say how many. */
static bool read_extension(struct str cell, int *out)
{
	static const struct {
		struct str text;
		int days;
	} words[] = {
		{ STR_INIT("否"), 0 },
		{ STR_INIT("无"), 0 },
		{ STR_INIT("未延期"), 0 },
		{ STR_INIT("不延期"), 0 },
		{ STR_INIT("没有"), 0 },
		{ STR_INIT("是"), REQUEST_EXTENSION_MAX },
		{ STR_INIT("有"), REQUEST_EXTENSION_MAX },
		{ STR_INIT("已延期"), REQUEST_EXTENSION_MAX },
		{ STR_INIT("延期"), REQUEST_EXTENSION_MAX },
	};
	int64_t days;

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_equal(cell, words[i].text)) {
			*out = words[i].days;
			return true;
		}
	}
	(void)str_take_str(&cell, STR("延期"));
	(void)str_take_str(&cell, STR("延长"));
	if (!number_take(&cell, &days) || days < 0 || days > REQUEST_EXTENSION_MAX)
		return false;
	(void)str_take_str(&cell, STR("个"));
	(void)(str_take_str(&cell, STR("工作日")) || str_take_str(&cell, STR("日")) ||
	       str_take_str(&cell, STR("天")));
	*out = (int)days;
	return cell.len == 0;
}

/* -1: not understood. */
static int64_t extension_value(struct str text)
{
	int days;

	return read_extension(text, &days) ? days : -1;
}

static void check_texts(struct import_trouble *t, struct import_good *g)
{
	struct str cell = import_cell(t->import, t->row, IMPORT_EXTENSION);

	int64_t days = cell.len > 0 ? word(t->import, &t->import->extensions, cell, extension_value)
				    : 0;
	if (days < 0)
		import_trouble(t, IMPORT_EXTENSION, "import.bad_extension", STR_NONE, STR_NONE);
	g->extension = days < 0 ? 0 : (int)days;
	g->content = import_cell(t->import, t->row, IMPORT_CONTENT);
	while (sealed_marked(g->content)) /* written as it stands, and sealed later */
		g->content = str_trim(str_slice(g->content, 1, g->content.len));
	if (g->content.len == 0)
		g->content = STR(NO_CONTENT);
	if (g->content.len > LIMIT_REQUEST_CONTENT)
		import_trouble(t, IMPORT_CONTENT, "import.content_too_long",
			       number_text(t, LIMIT_REQUEST_CONTENT), STR_NONE);
	g->number = import_cell(t->import, t->row, IMPORT_NUMBER);
	if (g->number.len == 0)
		import_trouble(t, IMPORT_NUMBER, "import.no_number", STR_NONE, STR_NONE);
	if (g->number.len > REQUEST_NUMBER_BYTES)
		import_trouble(t, IMPORT_NUMBER, "import.number_too_long",
			       number_text(t, REQUEST_NUMBER_BYTES), STR_NONE);
}

void import_check(struct import *import, const struct sheet_row *row, struct import_good *out,
		  struct import_trouble *trouble)
{
	*out = (struct import_good){ .row = row->number };
	*trouble = (struct import_trouble){ .import = import, .row = row };
	check_texts(trouble, out);
	check_unit(trouble, out);
	check_words(trouble, out);
	check_days(trouble, out);
}
