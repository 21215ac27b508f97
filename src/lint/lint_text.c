/* lint_text.c - findings for people: what, where, both values, what would help. */
#include "base/utf8.h"
#include "lint/lint_internal.h"

static void add_quote(struct buf *b, const struct lint_quote *q)
{
	if (q->text.len == 0 && q->place.len == 0)
		return;
	buf_add_c(b, "      ");
	if (q->file.len > 0)
		buf_addf(b, STR_FMT "，", STR_ARG(q->file));
	if (q->place.len > 0)
		buf_addf(b, STR_FMT "，", STR_ARG(q->place));
	buf_addf(b, "“" STR_FMT "”", STR_ARG(utf8_prefix(q->text, 120)));
	if (q->value.len > 0)
		buf_addf(b, "（" STR_FMT "）", STR_ARG(q->value));
	buf_add_char(b, '\n');
}

static void add_finding(struct buf *b, const struct lint_finding *f)
{
	buf_addf(b, "  [%s] " STR_FMT "  " STR_FMT "\n", f->severity == LINT_ERROR ? "错误" : "提示", STR_ARG(f->key),
		 STR_ARG(f->message));
	add_quote(b, &f->left);
	add_quote(b, &f->right);
	if (f->hint.len > 0)
		buf_addf(b, "      建议：" STR_FMT "\n", STR_ARG(f->hint));
}

struct str lint_print_text(struct arena *a, const struct lint_report *r,
			   const struct lint_result *result)
{
	struct buf b = buf_open(a, 8192, 4 * MIB);

	buf_addf(&b, STR_FMT "\n", STR_ARG(r->file));
	buf_addf(&b, "  " STR_FMT "，", STR_ARG(r->agency.len > 0 ? r->agency : STR("（没有读出机关名称）")));
	if (r->year.known)
		buf_addf(&b, "%lld年\n", (long long)r->year.v);
	else
		buf_add_c(&b, "（没有读出年份）\n");
	for (size_t i = 0; i < result->count; i++)
		add_finding(&b, &result->findings[i]);
	buf_addf(
		&b,
		"  %s错误%zu个，提示%zu个。核对%zu项：成立%zu，不成立%zu，无法判断%zu，不适用%zu。\n",
		result->count == 0 ? "没有发现问题。" : "", result->errors, result->warnings,
		result->verdicts_count, result->totals[LINT_HOLDS], result->totals[LINT_BROKEN],
		result->totals[LINT_CANNOT_JUDGE], result->totals[LINT_NOT_APPLICABLE]);
	return buf_str(&b);
}
