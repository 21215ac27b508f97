/*
 * demo_report.c - the reports of the sample year: units hand theirs in by the end
 * of January, the government publishes in March, each through draft, check,
 * approval by another person, and publication.
 *
 * Two units are left late on purpose, so that the board has something to show.
 */
#include "app/demo.h"

#include "account/account.h"
#include "base/asset.h"
#include "report/report.h"

enum { TEN_O_CLOCK = 10 * 3600, LATE_UNITS = 2 };

static const char words[] =
	"一、总体情况\n\n{{year}}年，本单位认真贯彻《中华人民共和国政府信息公开条例》，按时公开应当主动公开的信息。"
	"全年新收政府信息公开申请{{t3.new_received.total}}件，办结{{t3.results_total.total}}件。\n\n"
	"二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n\n"
	"四、政府信息公开行政复议、行政诉讼情况\n\n五、存在的主要问题及改进情况\n\n"
	"公开目录与日常业务结合还不够紧密，下一年将对照目录逐项核对。\n\n"
	"六、其他需要报告的事项\n\n{{scope_notes}}\n";

/* Acts as the sample account of a role, for a unit, on a day. */
static bool act_as(struct ctx *ctx, const char *role, struct unit_id unit, struct date day,
		   struct err *err)
{
	struct account account;
	bool found;

	if (!account_find(ctx, str_from_c(role), &account, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_INTERNAL, "account.none", "%s", role);
	ctx->actor = account_actor(&account);
	ctx->actor.unit_id = unit.n;
	ctx_set_time(ctx, date_start(day) + TEN_O_CLOCK);
	return true;
}

/* Warnings that stand against a figure typed in words are answered for, as a clerk would. */
static bool answer_for(struct ctx *ctx, struct report_id id, const struct report_findings *found,
		       struct err *err)
{
	for (size_t i = 0; i < found->count; i++) {
		struct report r;
		if (!found->rows[i].waivable || found->rows[i].waived.len > 0 ||
		    found->rows[i].severity != REPORT_BLOCKS)
			continue;
		if (!report_find(ctx, id, &r, err) ||
		    !report_waive(ctx, id, r.version, found->rows[i].key,
				  STR("该数字另有统计口径，已核对原始材料"), err))
			return false;
	}
	return true;
}

static bool draft(struct ctx *ctx, struct unit_id unit, int year, struct str text,
		  struct report_id *id, struct err *err)
{
	struct report_findings found;
	struct report r;

	return report_start(ctx, unit, year, id, err) && report_find(ctx, *id, &r, err) &&
	       report_edit_whole(ctx, *id, r.version, text, err) &&
	       report_find(ctx, *id, &r, err) && report_check(ctx, *id, r.version, &found, err) &&
	       answer_for(ctx, *id, &found, err) && report_find(ctx, *id, &r, err) &&
	       report_check(ctx, *id, r.version, &found, err);
}

static bool approve(struct ctx *ctx, struct report_id id, struct err *err)
{
	struct report r;

	return report_find(ctx, id, &r, err) && report_approve(ctx, id, r.version, err);
}

static bool publish(struct ctx *ctx, struct report_id id, struct err *err)
{
	struct report r;

	return report_find(ctx, id, &r, err) && report_publish(ctx, id, r.version, err);
}

static bool hand_in(struct ctx *ctx, struct unit_id unit, int year, struct str text,
		    struct date day, struct err *err)
{
	struct report_id id;

	return act_as(ctx, "clerk", unit, day, err) && draft(ctx, unit, year, text, &id, err) &&
	       act_as(ctx, "reviewer", unit, date_plus(day, 1), err) && approve(ctx, id, err) &&
	       act_as(ctx, "supervisor", unit, date_plus(day, 2), err) && publish(ctx, id, err);
}

bool demo_reports(struct ctx *ctx, int year, struct err *err)
{
	const struct asset *own = asset_find(STR("samples/yuexiu-2020/narrative.template"));
	struct unit *units;
	size_t count;

	if (!agency_units(ctx, &units, &count, err))
		return false;
	for (size_t i = 1; i + LATE_UNITS < count; i++) {
		struct date day = date_make(year + 1, 1, 11 + (int)(i % 15));
		if (!hand_in(ctx, units[i].id, year, str_from_c(words), day, err))
			return false;
	}
	return hand_in(ctx, units[0].id, year, asset_text(own), date_make(year + 1, 3, 15), err);
}
