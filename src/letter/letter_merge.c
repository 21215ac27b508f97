/*
 * letter_merge.c - template and facts into the text of a draft; and what is live in it.
 */
#include "letter/inside.h"

#include "base/buf.h"
#include "text/number.h"

#include <assert.h>

static struct str *value_of(const struct letter_values *v, const char *code)
{
	const struct letter_field *field = letter_field_by_code(str_from_c(code));

	assert(field != NULL);
	return &v->at[field - letter_fields];
}

void source_complete(struct letter_source *s, const struct letterhead *head)
{
	static const struct str you[] = { [LETTER_TO_PERSON] = STR_INIT("您"),
					  [LETTER_TO_ORGANISATION] = STR_INIT("你单位"),
					  [LETTER_TO_AGENCY] = STR_INIT("贵单位") };

	for (size_t i = 0; i <= s->items; i++) {
		struct str *information = value_of(&s->values[i], "information");
		*value_of(&s->values[i], "you") = you[s->to];
		*value_of(&s->values[i], "agency") = head->full_name;
		if (s->information[i].len > 0)
			*information = s->information[i];
		if (information->len == 0)
			*information = *value_of(&s->values[i], "content");
	}
}

static bool template_of(struct ctx *ctx, const struct letter_source *s,
			const struct letter_kind *kind, struct letter_template *out,
			struct err *err)
{
	struct template_findings findings = { 0 };
	struct template_version version;

	if (!template_in_force(ctx, s->unit, kind, s->dated, &version, err))
		return false;
	if (!template_parse(ctx->arena, version.text, out, &findings))
		return err_set(err, ERR_INVALID, "letter.template_bad", STR_FMT,
			       STR_ARG(template_finding_text(ctx->arena, ctx->locale,
							     &findings.at[0])));
	return true;
}

/*
 * Each thing asked for with the finding and ground of its kind, under a heading of its own
 * if there are several.
 */
static bool merge_items(struct ctx *ctx, const struct letter_source *s, struct buf *b,
			struct err *err)
{
	for (size_t i = 1; i <= s->items; i++) {
		struct letter_template t;
		if (!template_of(ctx, s, s->kinds[i], &t, err))
			return false;
		if (s->items > 1) {
			buf_add(b, number_chinese(ctx->arena, (int64_t)i));
			buf_addf(b, "、关于“" STR_FMT "”\n", STR_ARG(s->information[i]));
		}
		template_merge(&t, PART_ANSWER, &s->values[i], b);
	}
	return true;
}

bool source_fill(struct ctx *ctx, const struct letter_source *s, const struct letter_template *t,
		 struct str *text, struct err *err)
{
	struct buf b = buf_open(ctx->arena, 4096, LIMIT_LETTER_TEXT);

	template_merge(t, PART_OPENING, &s->values[0], &b);
	if (s->items == 0)
		template_merge(t, PART_ANSWER, &s->values[0], &b);
	else if (!merge_items(ctx, s, &b, err))
		return false;
	template_merge(t, PART_CLOSING, &s->values[0], &b);
	if (!buf_ok(&b))
		return err_set(err, ERR_LIMIT, "letter.too_long", "%d", LIMIT_LETTER_TEXT / 1024);
	*text = buf_str(&b);
	return true;
}

bool source_merge(struct ctx *ctx, const struct letter_source *s, struct str *title,
		  struct str *text, struct err *err)
{
	struct letter_template t;

	if (!template_of(ctx, s, s->kind, &t, err) || !source_fill(ctx, s, &t, text, err))
		return false;
	*title = t.title;
	return true;
}

/* ---- live */

static struct str contact_line(struct arena *a, const struct letterhead *head)
{
	const struct {
		const char *label;
		struct str value;
	} parts[] = {
		{ "联系人：", head->contact },
		{ "联系电话：", head->phone },
		{ "地址：", head->address },
	};
	struct buf b = buf_open(a, 256, 4096);

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i].value.len == 0)
			continue;
		if (b.len > 0)
			buf_add_c(&b, "；");
		buf_add_c(&b, parts[i].label);
		buf_add(&b, parts[i].value);
	}
	if (b.len > 0)
		buf_add_c(&b, "。");
	return buf_str(&b);
}

bool source_live(struct ctx *ctx, const struct letter_source *s, const struct letterhead *head,
		 struct letter_values *out, struct err *err)
{
	struct letter_values v = letter_values_new(ctx->arena);
	struct remedy_switches switches;
	struct remedy_case c;

	if (s->kind->remedy != REMEDY_NONE) {
		if (!remedy_switches_load(ctx, &switches, err) ||
		    !remedy_case_of(ctx, head, s->dated, &c, err))
			return false;
		c.self = s->kind->answer ? STR("本答复") : STR("本告知书");
		if (!s->online)
			c.channel = STR_NONE;
		for (size_t i = s->items > 0; i <= s->items; i++)
			remedy_add(&c.decisions, s->kinds[i], s->dated, &switches);
		*value_of(&v, "remedy") = remedy_text(ctx->arena, &c);
	}
	*value_of(&v, "contact") = contact_line(ctx->arena, head);
	*out = v;
	return true;
}

/* ---- numbers */

struct str letter_series_code(const struct letterhead *head, const struct letter_kind *kind)
{
	static const struct str groups[LETTER_GROUP_COUNT] = {
		[LETTER_ANSWER] = STR_INIT("answer"),
		[LETTER_NOTICE] = STR_INIT("notice"),
		[LETTER_OUTSIDE] = STR_INIT("outside"),
	};

	return head->series == SERIES_GROUP ? groups[kind->group] : STR("all");
}

/* 六角括号, no 第, no zeros before it: GB/T 9704-2012. The word of a group is ours. */
struct str letter_number(struct arena *a, const struct letterhead *head,
			 const struct letter_kind *kind, int year, int64_t n)
{
	static const struct str words[LETTER_GROUP_COUNT] = {
		[LETTER_ANSWER] = STR_INIT("答"),
		[LETTER_NOTICE] = STR_INIT("告"),
		[LETTER_OUTSIDE] = STR_INIT("函"),
	};
	struct str word = head->series == SERIES_GROUP ? words[kind->group] : STR_NONE;

	return str_format(a, STR_FMT STR_FMT "〔%d〕%lld号", STR_ARG(head->mark), STR_ARG(word),
			  year, (long long)n);
}
