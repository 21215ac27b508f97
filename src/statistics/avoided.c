/* avoided.c - requests that were not needed, because somebody found what is public already. */
#include "apply/found.h"
#include "statistics/statistics.h"

#include "statistics_sql.h"

bool statistics_avoided(struct ctx *ctx, const struct scope *s, struct figure *out,
			struct err *err)
{
	struct avoided_count_in in = { .year = s->year, .unit_id = s->unit.known ? s->unit.v : 0 };
	struct avoided_count_row row;
	struct arena *a = ctx->arena;
	bool found;

	if (!avoided_count(ctx, &in, &row, &found, err))
		return false;
	*out = (struct figure){
		.key = STR("ask.avoided"),
		.label = STR("不必提出的申请"),
		.unit = STR("件"),
		.definition = STR("先行查找时由查找人确认“这已经回答了我的问题”的次数；同一份填写中的内容对同一项"
				  "只计一次，之后仍提交申请的不计。本平台自定，不属于法定统计表。"),
		.hundredths = { true, found ? 100 * row.avoided : 0 },
		.href = str_format(a, "/request/avoided?year=%d", s->year),
	};
	if (s->unit.known)
		out->href = str_format(a, STR_FMT "&unit=%lld", STR_ARG(out->href),
				       (long long)s->unit.v);
	return true;
}

bool statistics_records_avoided(struct ctx *ctx, const struct scope *s, int64_t after_id,
				size_t max, struct record_row **rows, size_t *count,
				struct err *err)
{
	struct records_avoided_in in = { .year = s->year,
					 .unit_id = s->unit.known ? s->unit.v : 0,
					 .after = after_id,
					 .max = (int64_t)max };
	struct records_avoided_row *found;

	if (!records_avoided_all(ctx, &in, max, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct record_row);
	for (size_t i = 0; i < *count; i++) {
		enum found_source source = FOUND_ANSWER;
		(void)found_source_from(found[i].source, &source);
		(*rows)[i] = (struct record_row){ .id = found[i].id,
						  .unit_name = found[i].unit_name,
						  .what = found[i].title,
						  .state = found_source_label(source),
						  .received_on = { true, found[i].found_on } };
	}
	return true;
}
