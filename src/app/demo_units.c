/*
 * demo_units.c - the bodies, staff and typed figures of the sample site.
 *
 * Kinds of bodies as any district has them. Accounts are one per role, named as
 * samples; their passwords are drawn at random and written beside the data.
 */
#include "account/account.h"
#include "app/demo.h"
#include "base/asset.h"
#include "base/buf.h"
#include "base/rand.h"
#include "statistics/statistics.h"

#include <assert.h>

const struct demo_unit demo_units[] = {
	{ "YXZF", "广州市越秀区人民政府", "区政府", UNIT_GOVERNMENT },
	{ "YXFG", "区发展和改革局", "区发改局", UNIT_DEPARTMENT },
	{ "YXKG", "区科技工业商务和信息化局", "区科工商信局", UNIT_DEPARTMENT },
	{ "YXJY", "区教育局", "区教育局", UNIT_DEPARTMENT },
	{ "YXMZ", "区民政局", "区民政局", UNIT_DEPARTMENT },
	{ "YXSF", "区司法局", "区司法局", UNIT_DEPARTMENT },
	{ "YXCZ", "区财政局", "区财政局", UNIT_DEPARTMENT },
	{ "YXRS", "区人力资源和社会保障局", "区人社局", UNIT_DEPARTMENT },
	{ "YXZJ", "区住房和建设局", "区住建局", UNIT_DEPARTMENT },
	{ "YXSW", "区水务局", "区水务局", UNIT_DEPARTMENT },
	{ "YXWG", "区文化广电旅游体育局", "区文广旅体局", UNIT_DEPARTMENT },
	{ "YXWJ", "区卫生健康局", "区卫健局", UNIT_DEPARTMENT },
	{ "YXYJ", "区应急管理局", "区应急局", UNIT_DEPARTMENT },
	{ "YXSJ", "区审计局", "区审计局", UNIT_DEPARTMENT },
	{ "YXSC", "区市场监督管理局", "区市监局", UNIT_DEPARTMENT },
	{ "YXTJ", "区统计局", "区统计局", UNIT_DEPARTMENT },
	{ "YXCG", "区城市管理和综合执法局", "区城管局", UNIT_DEPARTMENT },
	{ "YXZS", "区政务服务数据管理局", "区政数局", UNIT_DEPARTMENT },
	{ "YXGZ", "区国有资产监督管理局", "区国资局", UNIT_DEPARTMENT },
	{ "YXTY", "区退役军人事务局", "区退役军人局", UNIT_DEPARTMENT },
	{ "YXXF", "区信访局", "区信访局", UNIT_DEPARTMENT },
	{ "YXGX", "区城市更新局", "区更新局", UNIT_DEPARTMENT },
	{ "YX01", "第一街道办事处（示例）", "第一街道", UNIT_SUBDISTRICT },
	{ "YX02", "第二街道办事处（示例）", "第二街道", UNIT_SUBDISTRICT },
	{ "YX03", "第三街道办事处（示例）", "第三街道", UNIT_SUBDISTRICT },
	{ "YX04", "第四街道办事处（示例）", "第四街道", UNIT_SUBDISTRICT },
	{ "YX05", "第五街道办事处（示例）", "第五街道", UNIT_SUBDISTRICT },
	{ "YX06", "第六街道办事处（示例）", "第六街道", UNIT_SUBDISTRICT },
};
const size_t demo_units_count = COUNT_OF(demo_units);

const char *const demo_topics[] = {
	"房屋征收补偿安置方案", "旧城改造项目批准文件", "老旧小区改造资金使用情况",
	"加装电梯审批材料",	"违法建设查处结果",	"学位分配方案",
	"积分入学审核标准",	"养老服务补贴发放标准", "低保资金发放汇总",
	"道路施工许可文件",	"污水管网改造计划",	"食品安全抽检结果",
	"行政处罚决定书",	"政府投资项目概算批复", "公房租金减免政策执行情况",
	"社区微改造验收材料",	"城市更新片区策划方案", "企业扶持资金名单",
	"政府采购合同",		"信访事项办理材料",	"物业管理备案材料",
	"业主大会成立备案",	"消防验收资料",		"文物保护单位修缮批复",
};
const size_t demo_topics_count = COUNT_OF(demo_topics);

static bool add_units(struct ctx *ctx, struct unit_id *ids, struct err *err)
{
	for (size_t i = 0; i < demo_units_count; i++) {
		const struct demo_unit *u = &demo_units[i];
		struct unit_new in = { .code = str_from_c(u->code),
				       .name = str_from_c(u->name),
				       .short_name = str_from_c(u->short_name),
				       .kind = u->kind,
				       .reports = true,
				       .parent = { .known = i > 0, .v = ids[0].n } };
		if (!agency_add_unit(ctx, &in, &ids[i], err))
			return false;
	}
	return true;
}

/*
 * The gates of a reply want a person each, in every unit. Those of the units cannot sign in until
 * a password is set for them: what stands in place of the hash fits no password.
 */
static const char *const staff_roles[] = { "clerk", "reviewer", "adviser", "signer" };

static struct str staff_name(struct arena *a, size_t unit, size_t role)
{
	return unit == 0 ? str_from_c(staff_roles[role])
			 : str_format(a, "unit%02zu-%s", unit, staff_roles[role]);
}

static bool add_staff(struct ctx *ctx, const struct unit_id *ids, struct err *err)
{
	for (size_t u = 1; u < demo_units_count; u++) {
		for (size_t i = 0; i < COUNT_OF(staff_roles); i++) {
			const struct role *role = role_find(str_from_c(staff_roles[i]));
			struct account_new in = { .name = staff_name(ctx->arena, u, i),
						  .role = str_from_c(role->code),
						  .person = str_format(ctx->arena, "示例" STR_FMT,
								       STR_ARG(role->label)),
						  .unit = ids[u],
						  .password_hash = STR("*") };
			struct account_id id;
			if (!account_add(ctx, &in, &id, err))
				return false;
		}
	}
	return true;
}

bool demo_staff_of(struct ctx *ctx, struct arena *a, size_t unit, struct demo_staff *out,
		   struct err *err)
{
	struct actor *const people[] = { &out->clerk, &out->reviewer, &out->adviser, &out->signer };
	struct account account;
	bool found;

	for (size_t i = 0; i < COUNT_OF(people); i++) {
		if (!account_find(ctx, staff_name(ctx->arena, unit, i), &account, &found, err))
			return false;
		assert(found);
		*people[i] = account_actor(&account);
		people[i]->name = str_copy(a, people[i]->name);
		people[i]->role = str_copy(a, people[i]->role);
	}
	return true;
}

static bool add_accounts(struct ctx *ctx, struct unit_id root, struct str *text, struct err *err)
{
	struct buf b = buf_open(ctx->arena, 2048, 16384);

	buf_add_c(&b, "# 示例账号：角色、登录名、密码。删除本文件不影响登录。\n");
	for (size_t i = 1; i < account_roles_count; i++) {
		const struct role *role = &account_roles[i];
		struct str password = random_code(ctx->arena, 16);
		struct account_new in = { .name = str_from_c(role->code),
					  .role = str_from_c(role->code),
					  .person = str_format(ctx->arena, "示例" STR_FMT,
							       STR_ARG(role->label)),
					  .unit = root };
		struct account_id id;
		if (!account_hash_password(ctx->arena, password, &in.password_hash, err) ||
		    !account_add(ctx, &in, &id, err))
			return false;
		buf_addf(&b, STR_FMT "\t%s\t" STR_FMT "\n", STR_ARG(role->label), role->code,
			 STR_ARG(password));
	}
	*text = buf_str(&b);
	return true;
}

/* Rows of a CSV without quoted commas: those of samples/. Splits one line; false at the end. */
static bool next_line(struct str *rest, struct str *cells, size_t max, size_t *count)
{
	struct str line, cell;

	if (!str_split_next(rest, '\n', &line) || line.len == 0)
		return false;
	*count = 0;
	line = str_trim(line);
	while (*count < max && str_split_next(&line, ',', &cell))
		cells[(*count)++] = cell;
	return true;
}

static struct str sample(const char *name)
{
	const struct asset *asset = asset_find(str_from_c(name));

	assert(asset != NULL);
	return asset_text(asset);
}

int64_t demo_cell3(struct arena *a, struct str line, struct str column)
{
	struct str rest = sample("samples/yuexiu-2020/table3.csv"), head[16], cells[16];
	size_t columns, count;
	int64_t value = 0;

	(void)a;
	(void)next_line(&rest, head, COUNT_OF(head), &columns);
	while (next_line(&rest, cells, COUNT_OF(cells), &count)) {
		if (!str_equal(cells[1], line))
			continue;
		for (size_t i = 0; i < count; i++)
			if (str_equal(head[i], column) && str_to_i64(cells[i], &value))
				return value;
	}
	assert(false && "no such cell in table3.csv");
	return 0;
}

int64_t demo_cell4(struct arena *a, struct str route, struct str outcome)
{
	struct str rest = sample("samples/yuexiu-2020/table4.csv"), cells[8];
	size_t count;
	int64_t value = 0;

	(void)a;
	while (next_line(&rest, cells, COUNT_OF(cells), &count))
		if (count == 5 && str_equal(cells[0], route) && str_equal(cells[2], outcome) &&
		    str_to_i64(cells[4], &value))
			return value;
	assert(false && "no such cell in table4.csv");
	return 0;
}

/*
 * A total is handed out over the units so that each cell's parts add up to it:
 * the remainder of an uneven division stays with the first unit.
 */
static bool enter_cell(struct ctx *ctx, const struct unit_id *ids, int year, int cell,
		       int64_t total, struct err *err)
{
	int64_t share = total / (int64_t)demo_units_count;

	for (size_t u = 0; u < demo_units_count; u++) {
		int64_t part = u > 0 ? share : total - share * ((int64_t)demo_units_count - 1);
		if (!statistics_enter(ctx, ids[u], year, form_of_year(year), cell, part * 100,
				      STR("示例数据：年度统计台账"), err))
			return false;
	}
	return true;
}

/* The published table, for the years of its form. */
static bool enter_table2_2019(struct ctx *ctx, const struct unit_id *ids, int year, struct err *err)
{
	struct str rest = sample("samples/yuexiu-2020/table2.csv"), cells[8];
	size_t count;
	int64_t value;

	while (next_line(&rest, cells, COUNT_OF(cells), &count)) {
		if (count != 7 || !str_to_i64(cells[6], &value))
			continue; /* the head */
		int cell = form_table2_find(FORM_2019, cells[0], cells[2], cells[4]);
		assert(cell >= 0);
		if (!enter_cell(ctx, ids, year, cell, value, err))
			return false;
	}
	return true;
}

/* Invented, but so that one year follows from the other: valid = valid before + made - repealed. */
static bool enter_table2_2021(struct ctx *ctx, const struct unit_id *ids, int year, struct err *err)
{
	enum { VALID_2020 = 82, MADE = 6, REPEALED = 2 };
	const struct {
		const char *section, *row, *column;
		int64_t value;
	} cells[] = {
		{ "art20_1", "rules", "made", 0 },
		{ "art20_1", "rules", "repealed", 0 },
		{ "art20_1", "rules", "valid", 0 },
		{ "art20_1", "normative_documents", "made", MADE },
		{ "art20_1", "normative_documents", "repealed", REPEALED },
		{ "art20_1", "normative_documents", "valid",
		  VALID_2020 + (year - 2020) * (MADE - REPEALED) },
		{ "art20_5", "administrative_licensing", "decisions", 218000 + year },
		{ "art20_6", "administrative_penalty", "decisions", 4000 + year },
		{ "art20_6", "administrative_coercion", "decisions", 380 },
		{ "art20_8", "administrative_fees", "amount_wan_yuan", 1250 },
	};

	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		int cell = form_table2_find(FORM_2021, str_from_c(cells[i].section),
					    str_from_c(cells[i].row), str_from_c(cells[i].column));
		assert(cell >= 0);
		if (!enter_cell(ctx, ids, year, cell, cells[i].value, err))
			return false;
	}
	return true;
}

static bool enter_table2(struct ctx *ctx, const struct unit_id *ids, const struct demo_options *o,
			 struct err *err)
{
	for (int i = 0; i < o->times && o->year + i <= DEMO_YEAR_LAST; i++) {
		int year = o->year + i;
		if (form_of_year(year) == FORM_2019 ? !enter_table2_2019(ctx, ids, year, err)
						    : !enter_table2_2021(ctx, ids, year, err))
			return false;
	}
	return true;
}

bool demo_setup(struct ctx *ctx, struct arena *a, const struct demo_options *o,
		struct str *accounts_text, struct err *err)
{
	struct unit_id *ids = ARENA_ARRAY(a, demo_units_count, struct unit_id);
	struct site site = { .name = STR("广州市越秀区人民政府"),
			     .platform_name = STR("政府信息公开平台"),
			     .url = STR("http://127.0.0.1:8080"),
			     .office_name = STR("越秀区人民政府办公室（示例站点）"),
			     .contact = STR("本站为软件示例，人物和案件均为虚构"),
			     .sample = true };
	struct scope_note note = { .body_name = STR("广州市规划和自然资源局越秀区分局"),
				   .counted_by = STR("广州市规划和自然资源局"),
				   .reason = STR("依申请公开数据自2019年起由市局统一统计"),
				   .from_year = 2019 };
	struct unit *units;
	size_t count;

	if (!agency_units(ctx, &units, &count, err))
		return false;
	if (count > 0)
		return err_set(err, ERR_CONFLICT, "app.demo_not_empty", "%zu", count);
	return agency_set_site(ctx, &site, err) && add_units(ctx, ids, err) &&
	       add_accounts(ctx, ids[0], accounts_text, err) && add_staff(ctx, ids, err) &&
	       agency_add_scope_note(ctx, &note, err) && enter_table2(ctx, ids, o, err) &&
	       demo_letterheads(ctx, ids, err);
}
