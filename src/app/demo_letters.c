/*
 * demo_letters.c - letterheads of the sample bodies, and whom their remedies name.
 *
 * Full names follow from those of the units; marks, telephone and address are invented and
 * say so. Which court has such cases is an assumption of the sample.
 */
#include "app/demo.h"
#include "letter/letterhead.h"

/* Marks of a few; the others' are made of their codes. */
static const struct {
	const char *code, *mark;
	enum official_style style;
} marks[] = {
	{ "YXZF", "越府公开", OFFICIAL_RED_HEAD }, { "YXFG", "越发改公开", OFFICIAL_LETTER },
	{ "YXJY", "越教公开", OFFICIAL_LETTER },   { "YXMZ", "越民公开", OFFICIAL_LETTER },
	{ "YXSF", "越司公开", OFFICIAL_LETTER },   { "YXCZ", "越财公开", OFFICIAL_LETTER },
	{ "YXZJ", "越住建公开", OFFICIAL_LETTER },
};

static bool set_head(struct ctx *ctx, const struct demo_unit *u, struct unit_id id, size_t n,
		     struct err *err)
{
	struct arena *a = ctx->arena;
	struct str code = str_from_c(u->code), name = str_from_c(u->name);
	bool own_name = u->kind == UNIT_GOVERNMENT;
	struct str rest = name;
	struct letterhead head = {
		.unit = id,
		.full_name = name,
		.mark = str_concat(a, code, STR("公开")),
		.style = OFFICIAL_LETTER,
		.contact = STR("政府信息公开工作机构（示例）"),
		.phone = str_format(a, "020-0000%04zu（示例）", n + 1),
		.address = str_format(a, "广州市越秀区示例路%zu号", n + 1),
		.channel = STR("行政复议网上申请渠道（示例网址 http://www.example.gov.cn/fuyi）"),
		.justice = str_equal_c(code, "YXSF"),
	};

	if (!own_name) {
		(void)str_take_str(&rest, STR("区"));
		head.full_name = str_concat(a, STR("广州市越秀区"), rest);
	}
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (!str_equal_c(code, marks[i].code))
			continue;
		head.mark = str_from_c(marks[i].mark);
		head.style = marks[i].style;
	}
	return letterhead_set(ctx, &head, err);
}

static bool add_body(struct ctx *ctx, enum remedy_body_role role, struct opt_int unit,
		     struct str name, struct err *err)
{
	struct remedy_body body = { .role = role,
				    .unit = unit,
				    .name = name,
				    .from = date_make(2019, 5, 15) }; /* 条例 in force */

	return remedy_body_add(ctx, &body, err);
}

bool demo_letterheads(struct ctx *ctx, const struct unit_id *ids, struct err *err)
{
	static const struct opt_int everybody = { 0 };

	for (size_t i = 0; i < demo_units_count; i++) {
		const struct demo_unit *u = &demo_units[i];
		struct str rest = str_from_c(u->name);
		if (!set_head(ctx, u, ids[i], i, err))
			return false;
		if (u->kind != UNIT_DEPARTMENT)
			continue;
		(void)str_take_str(&rest, STR("区"));
		struct str above = str_format(ctx->arena, "广州市" STR_FMT "（示例）", STR_ARG(rest));
		if (!add_body(ctx, BODY_SUPERIOR_DEPARTMENT, (struct opt_int){ true, ids[i].n },
			      above, err))
			return false;
	}
	return add_body(ctx, BODY_SUPERIOR_GOVERNMENT, everybody, STR("广州市人民政府"), err) &&
	       add_body(ctx, BODY_COURT, everybody, STR("广州铁路运输法院"), err) &&
	       add_body(ctx, BODY_COURT, (struct opt_int){ true, ids[0].n },
			STR("广州铁路运输中级法院"), err);
}
