/*
 * letter_paper.c - a letter as the tree that becomes PDF, Word and plain text; and samples.
 *
 * Lines of a letter are paragraphs. 一、… without a full stop is a heading (黑体), （一）… one
 * of the second level (楷体); lines that begin with | are rows of a table, the first its head;
 * 〔附页〕 begins an annex on a page of its own.
 */
#include "letter/inside.h"

#include "base/utf8.h"
#include "text/number.h"

enum { BLOCKS_MAX = 2000, ANNEXES_MAX = 20, CELLS_MAX = 4000, COLUMNS_MAX = 12 };
enum { TABLE_POINTS = 12 /* 小四 */, FORM_ROW_POINTS = 44 };

static const struct str annex_mark = STR_INIT("〔附页〕");

/* ---- lines */

/* 0: a paragraph. */
static int heading_level(struct str line)
{
	struct str rest = line;
	int64_t n;
	bool bracket = str_take_str(&rest, STR("（"));

	if (utf8_prefix(line, 40).len < line.len || str_contains(line, STR("。")) ||
	    str_contains(line, STR("：")))
		return 0;
	if (!(rest.len > 0 && (unsigned char)rest.ptr[0] >= 0x80) || !number_take(&rest, &n))
		return 0;
	if (bracket)
		return str_starts(rest, STR("）")) ? 2 : 0;
	return str_starts(rest, STR("、")) ? 1 : 0;
}

static bool is_row(struct str line)
{
	return line.len > 2 && line.ptr[0] == '|' && line.ptr[line.len - 1] == '|';
}

/* 1,250.00: a sum, which stands at the right; 2021 may be a year. */
static bool is_sum(struct str text)
{
	bool mark = false;

	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
		if (!digit && text.ptr[i] != '.' && text.ptr[i] != ',')
			return false;
		mark = mark || !digit;
	}
	return mark;
}

struct paper {
	struct arena *arena;
	struct doc *doc; /* where blocks go */
	struct doc_table *table; /* the rows just above belong to it, or NULL */
	struct official_annex *annexes;
	size_t annexes_count;
};

static struct doc_block *add_block(struct paper *p, enum doc_block_kind kind, struct str text)
{
	struct doc_block *block = &p->doc->blocks[p->doc->count++];

	*block = (struct doc_block){ .kind = kind, .text = text };
	return block;
}

static struct doc *new_doc(struct arena *a)
{
	struct doc *doc = ARENA_NEW(a, struct doc);

	doc->blocks = ARENA_ARRAY(a, BLOCKS_MAX, struct doc_block);
	return doc;
}

static void add_row(struct paper *p, struct str line)
{
	struct str rest = str_slice(line, 1, line.len - 1), cell;

	if (p->table == NULL) {
		p->table = ARENA_NEW(p->arena, struct doc_table);
		p->table->cells = ARENA_ARRAY(p->arena, CELLS_MAX, struct doc_cell);
		p->table->caption = STR_NONE;
		p->table->type_points = TABLE_POINTS;
		/* an annex is a form to be written in */
		p->table->row_points = p->annexes_count > 0 ? FORM_ROW_POINTS : 0;
		add_block(p, DOC_TABLE, STR_NONE)->table = p->table;
	}
	struct doc_table *t = p->table;
	uint16_t col = 0;
	while (col < COLUMNS_MAX && t->cells_count < CELLS_MAX && str_split_next(&rest, '|', &cell))
		t->cells[t->cells_count++] = (struct doc_cell){ .row = t->rows,
								.col = col++,
								.rowspan = 1,
								.colspan = 1,
								.head = t->rows == 0,
								.align = is_sum(str_trim(cell))
										 ? DOC_RIGHT
										 : DOC_LEFT,
								.text = str_trim(cell) };
	t->cols = col > t->cols ? col : t->cols;
	t->rows++;
}

static void add_line(struct paper *p, struct str line)
{
	struct str rest = line;

	if (is_row(line)) {
		add_row(p, line);
		return;
	}
	p->table = NULL;
	if (str_take_str(&rest, annex_mark) && p->annexes_count < ANNEXES_MAX) {
		p->doc = new_doc(p->arena);
		p->annexes[p->annexes_count++] =
			(struct official_annex){ .title = rest, .content = p->doc };
		return;
	}
	int level = heading_level(line);
	add_block(p, level > 0 ? DOC_HEADING : DOC_PARAGRAPH, line)->level = level;
}

/* ---- the tree */

static const struct str *attachment_names(struct arena *a, const struct letter *l,
					  const struct paper *p, size_t *count)
{
	enum { ATTACHMENTS_MAX = 200 };
	struct str *names = ARENA_ARRAY(a, ATTACHMENTS_MAX, struct str);
	struct str rest = l->attachments, line;
	size_t n = 0;

	while (rest.len > 0 && n + ANNEXES_MAX < ATTACHMENTS_MAX &&
	       str_split_next(&rest, '\n', &line))
		if (str_trim(line).len > 0)
			names[n++] = str_trim(line);
	for (size_t i = 0; i < p->annexes_count; i++)
		names[n++] = p->annexes[i].title;
	*count = n;
	return names;
}

struct official *letter_official(struct arena *a, const struct letter *l)
{
	struct official *o = ARENA_NEW(a, struct official);
	struct paper p = { .arena = a, .doc = new_doc(a) };
	struct str rest = l->body, line;

	p.annexes = ARENA_ARRAY(a, ANNEXES_MAX, struct official_annex);
	o->body = p.doc;
	while (p.doc->count < BLOCKS_MAX && str_split_next(&rest, '\n', &line))
		if (str_trim(line).len > 0)
			add_line(&p, str_trim(line));
	o->style = l->style;
	o->organ = l->organ;
	o->number = l->number;
	o->title = l->title;
	o->addressee = l->addressee;
	o->attachments = attachment_names(a, l, &p, &o->attachments_count);
	o->date = date_chinese(a, l->dated);
	o->seal_mark = !l->issued;
	o->note = STR_NONE;
	o->annexes = p.annexes;
	o->annexes_count = p.annexes_count;
	return o;
}

bool letter_pdf(struct ctx *ctx, struct arena *a, const struct letter *l, struct str *bytes,
		struct err *err)
{
	(void)ctx;
	return official_pdf(a, letter_official(a, l), bytes, err);
}

bool letter_docx(struct ctx *ctx, struct arena *a, const struct letter *l, struct str *bytes,
		 struct err *err)
{
	(void)ctx;
	return official_docx(a, letter_official(a, l), bytes, err);
}

struct str letter_plain(struct arena *a, const struct letter *l)
{
	return official_text(a, letter_official(a, l));
}

/* ---- open fields */

const struct letter_field **letter_open_fields(struct arena *a, const struct letter *l,
					       size_t *count)
{
	const struct letter_field **out =
		ARENA_ARRAY(a, letter_fields_count, const struct letter_field *);
	size_t n = 0;

	for (size_t i = 0; i < letter_fields_count; i++) {
		struct str gap = str_format(a, "{" STR_FMT "}", STR_ARG(letter_fields[i].name));
		if (letter_fields[i].value != VALUE_LIVE && str_contains(l->text, gap))
			out[n++] = &letter_fields[i];
	}
	*count = n;
	return out;
}

struct str letter_head_missing(const struct letter *l)
{
	size_t at = str_find(l->body, STR("{"), 0);

	if (at == SIZE_MAX)
		return STR_NONE;
	size_t end = str_find(l->body, STR("}"), at);
	return str_slice(l->body, at + 1, end == SIZE_MAX ? l->body.len : end);
}

/* ---- samples */

/* Is the field needed: does it stand outside 【 】 somewhere? */
static bool needed(const struct letter_template *t, const struct letter_field *field)
{
	for (size_t i = 0; i < t->count; i++) {
		bool optional = false;
		for (size_t n = 0; n < t->lines[i].count; n++) {
			const struct template_node *node = &t->lines[i].nodes[n];
			if (node->kind == TEMPLATE_OPEN || node->kind == TEMPLATE_CLOSE)
				optional = node->kind == TEMPLATE_OPEN;
			else if (node->kind == TEMPLATE_FIELD && node->field == field && !optional)
				return true;
		}
	}
	return false;
}

static bool sample_values(struct arena *a, const struct letter_template *t, struct date dated,
			  struct letter_values *v, struct err *err)
{
	for (size_t i = 0; i < letter_fields_count; i++) {
		const struct letter_field *field = &letter_fields[i];
		struct str value = str_from_c(field->sample);
		int64_t days;
		if (field->value == VALUE_LIVE ||
		    (str_take_str(&value, STR("?")) && !needed(t, field)))
			continue;
		if (field->value == VALUE_DATE && str_to_i64(value, &days))
			value = date_iso(a, date_plus(dated, (int)days));
		if (!letter_values_set(a, v, str_from_c(field->code), value, err))
			return false;
	}
	return true;
}

static enum letter_to sample_to(const struct letter_kind *kind, struct str *name)
{
	static const char *const agencies[] = { "ask_joint", "ask_other" };
	static const char *const thirds[] = { "ask_third", "tell_third" };

	for (size_t i = 0; i < COUNT_OF(agencies); i++) {
		if (str_equal_c(str_from_c(agencies[i]), kind->code)) {
			*name = STR("广州市示例局");
			return LETTER_TO_AGENCY;
		}
		if (str_equal_c(str_from_c(thirds[i]), kind->code)) {
			*name = STR("示例第三方有限公司");
			return LETTER_TO_ORGANISATION;
		}
	}
	*name = STR("申请人甲〇一");
	return LETTER_TO_PERSON;
}

static bool sample_filled(struct ctx *ctx, const struct letter_template *t,
			  struct letter_source *s, struct letter *l, struct err *err)
{
	struct letter_values live;
	struct letterhead head;

	if (!letterhead_of(ctx, s->unit, &head, err) ||
	    !sample_values(ctx->arena, t, s->dated, &s->values[0], err))
		return false;
	source_complete(s, &head);
	if (!source_fill(ctx, s, t, &l->text, err) || !source_live(ctx, s, &head, &live, err))
		return false;
	l->title = t->title;
	l->body = letter_expand(ctx->arena, l->text, &live);
	l->organ = head.full_name;
	l->style = head.style;
	l->number = letter_number(ctx->arena, &head, s->kind, date_year(s->dated), 12);
	return true;
}

bool letter_sample_of(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		      struct str template, struct date dated, struct letter *out, struct err *err)
{
	struct letter_source s = { .unit = unit, .kind = kind, .dated = dated, .online = true };
	struct letter l = { .unit = unit, .kind = kind, .subject_kind = STR(""), .dated = dated,
			    .attachments = STR(""), .commitment = STR("") };
	struct template_findings findings = { 0 };
	struct letter_template t;

	if (!letter_kind_in_force(kind, dated))
		return err_set_field(err, "dated", ERR_CONFLICT, "letter.kind_not_in_force",
				     STR_FMT "|" STR_FMT, STR_ARG(kind->name),
				     STR_ARG(date_iso(ctx->arena, dated)));
	if (!template_parse(ctx->arena, template, &t, &findings))
		return err_set(err, ERR_INVALID, "letter.template_bad", STR_FMT,
			       STR_ARG(template_finding_text(ctx->arena, ctx->locale,
							     &findings.at[0])));
	s.kinds[0] = kind;
	s.values[0] = letter_values_new(ctx->arena);
	s.to = l.to = sample_to(kind, &l.addressee);
	if (str_equal_c(STR("give"), kind->code) || str_equal_c(STR("part"), kind->code))
		l.attachments = STR("旧城改造项目批准文件");
	if (!sample_filled(ctx, &t, &s, &l, err))
		return false;
	*out = l;
	return true;
}

bool letter_sample(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		   struct date dated, struct letter *out, struct err *err)
{
	struct template_version version;

	return template_in_force(ctx, unit, kind, dated, &version, err) &&
	       letter_sample_of(ctx, unit, kind, version.text, dated, out, err);
}
