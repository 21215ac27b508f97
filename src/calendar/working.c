#include "calendar/working.h"

#include "base/buf.h"
#include "base/limits.h"

struct str working_count(struct arena *a, const struct period_line *l)
{
	if (l->kind != PERIOD_COUNTED)
		return STR("不计");
	return l->number > 0 ? str_format(a, "第%d日", l->number) : STR("届满");
}

struct str working_lines(struct arena *a, const struct period_result *r)
{
	struct buf b = buf_open(a, 64 * (r->lines_count + 1), LIMIT_PAGE);

	for (size_t i = 0; i < r->lines_count; i++) {
		const struct period_line *l = &r->lines[i];
		buf_addf(&b, STR_FMT "\t" STR_FMT "\t%d\t" STR_FMT "\n",
			 STR_ARG(date_iso(a, l->day)), STR_ARG(period_kind_code(l->kind)),
			 l->number, STR_ARG(l->reason));
	}
	buf_addf(&b, "due " STR_FMT "\n", STR_ARG(date_iso(a, r->due)));
	return buf_str(&b);
}

json_t *working_json(struct arena *a, const struct period_result *r)
{
	json_t *lines = json_array();

	for (size_t i = 0; i < r->lines_count; i++) {
		const struct period_line *l = &r->lines[i];
		json_array_append_new(lines,
				      json_pack("{s:o, s:o, s:i, s:o}", "day",
						json_text(date_iso(a, l->day)), "kind",
						json_text(period_kind_code(l->kind)), "number",
						l->number, "reason", json_text(l->reason)));
	}
	return lines;
}
