/*
 * command_fee.c - `gongkai fee`: what a number of requests or pages comes to, and the fees of a
 * site, for scripts. Computing needs no site: the tariffs are in the program.
 */
#include "app/command_case.h"
#include "app/commands.h"
#include "base/clock.h"

#include "fee/fee_pages.h"


enum { LIST_DEFAULT = 50, LIST_MAX = 1000 };

static const struct option fee_options[] = {
	{ "--requests", "N", "compute：同一申请人一个自然月内的申请件数", false },
	{ "--pages", "N", "compute、charge：一件申请提供的页数（A4及以下的单面）", false },
	{ "--sheets", "N", "charge：大于A4的单面", false },
	{ "--number", "N", "charge：没有申请人身份信息的，本月第几件", false },
	{ "--tariff", "CODE", "charge：piece（按件计收）或 quantity（按量计收）", false },
	{ "--on", "DATE", "compute、charge：收费通知日期，默认今天", false },
	{ "--delivered", "DATE", "charge：当面送达的日期", false },
	{ "--as", "NAME", "charge：以这个账号的名义和权限办理", false },
	{ "--unit", "CODE", "list：只列这个单位的", false },
	{ "--state", "CODE", "list：sent、due、late、paid、lapsed 或 dropped", false },
	{ "--year", "YYYY", "list：只列这一年通知的", false },
	{ "--max", "N", "list：最多几件，默认 50", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

/* ---- computing, without a site */

static void print_work(const struct invocation *in, const struct fee_work *w)
{
	for (size_t i = 0; i < w->lines_count; i++)
		say(in, STR_FMT "\n", STR_ARG(fee_line_text(in->arena, w, &w->lines[i])));
}

static bool amount_of(const struct invocation *in, const char *name, int64_t *n, struct err *err)
{
	if (!case_number(in, name, n, err))
		return false;
	return !option_given(in, name) || (*n >= 1 && *n <= FEE_UNITS_MAX) ||
	       case_wrong(in, name, err);
}

static bool tariff_of(const struct invocation *in, enum fee_kind kind,
		      const struct fee_tariff **out, struct err *err)
{
	struct opt_date on = { true, instant_date(clock_now()) };

	if (!case_day(in, "--on", &on, err))
		return false;
	*out = fee_tariff_on(kind, on.v);
	return *out != NULL ||
	       err_set(err, ERR_CONFLICT, "fee.none_yet", STR_FMT "|" STR_FMT,
		       STR_ARG(date_iso(in->arena, on.v)),
		       STR_ARG(date_iso(in->arena, fee_tariffs[0].from)));
}

static bool compute(const struct invocation *in, struct err *err)
{
	bool by_piece = option_given(in, "--requests");
	const char *name = by_piece ? "--requests" : "--pages";
	const struct fee_tariff *tariff;
	int64_t n = 0;

	if (!amount_of(in, name, &n, err) ||
	    !tariff_of(in, by_piece ? FEE_BY_PIECE : FEE_BY_QUANTITY, &tariff, err))
		return false;
	struct fee_work all = fee_work(in->arena, tariff, 1, n);
	struct fee_work last = fee_work(in->arena, tariff, n, n);
	if (option_given(in, "--json")) {
		json_t *out = fee_work_json(in->arena, &all);
		if (by_piece)
			json_object_set_new(out, "last_fen", json_integer(last.fen));
		say_json(in, out, JSON_INDENT(2));
		return true;
	}
	say(in, STR_FMT "，" STR_FMT "\n", STR_ARG(tariff->label), STR_ARG(tariff->basis));
	print_work(in, &all);
	say(in, "合计" STR_FMT "元\n", STR_ARG(fee_yuan(in->arena, all.fen)));
	if (by_piece)
		say(in, "其中第%lld件" STR_FMT "元\n", (long long)n,
		    STR_ARG(fee_yuan(in->arena, last.fen)));
	return true;
}

/* ---- reading */

static void print_fee(const struct invocation *in, const struct fee *f)
{
	struct arena *a = in->arena;
	struct str until = f->facts.pay_until.known ? date_iso(a, f->facts.pay_until.v) : STR("-");

	say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
	    STR_ARG(f->number), STR_ARG(fee_state_label(f->state)),
	    STR_ARG(fee_yuan(a, f->facts.fen)), STR_ARG(until), STR_ARG(fee_working(a, f)));
}

static bool as_json(struct ctx *ctx, const struct fee *f, json_t **out, struct err *err)
{
	struct unit unit;

	if (!agency_unit(ctx, f->facts.unit, &unit, err))
		return false;
	*out = fee_as_json(ctx->arena, f, unit.name);
	return true;
}

static bool tell(struct ctx *ctx, const struct invocation *in, struct request_id id,
		 struct err *err)
{
	struct fee fee;
	json_t *out;
	bool found;

	if (!fee_of(ctx, id, &fee, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "fee.none", " ");
	if (!option_given(in, "--json")) {
		print_fee(in, &fee);
		return true;
	}
	if (!as_json(ctx, &fee, &out, err))
		return false;
	say_json(in, out, JSON_INDENT(2));
	return true;
}

static bool filter_of(struct ctx *ctx, const struct invocation *in, struct fee_filter *f,
		      int64_t *max, struct err *err)
{
	enum fee_state state;
	int64_t year = 0;

	*f = (struct fee_filter){ .year = 0 };
	*max = LIST_DEFAULT;
	if (!case_unit(ctx, in, &f->unit, err) || !case_number(in, "--max", max, err) ||
	    !case_number(in, "--year", &year, err))
		return false;
	if (*max < 1 || *max > LIST_MAX)
		return case_wrong(in, "--max", err);
	if (option_given(in, "--year") && (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX))
		return case_wrong(in, "--year", err);
	f->year = (int)year;
	if (!option_given(in, "--state"))
		return true;
	if (!fee_state_from(case_word(in, "--state"), &state))
		return case_wrong(in, "--state", err);
	f->state = (struct opt_int){ true, state };
	return true;
}

static bool list(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	bool json = option_given(in, "--json");
	json_t *all = json_array(), *one;
	struct fee_filter f;
	size_t count = 0;
	struct fee *rows;
	struct str next;
	int64_t max;

	bool ok = filter_of(ctx, in, &f, &max, err) &&
		  fee_list(ctx, &f, STR_NONE, (size_t)max, &rows, &count, &next, err);
	for (size_t i = 0; ok && i < count; i++) {
		if (!json)
			print_fee(in, &rows[i]);
		else if ((ok = as_json(ctx, &rows[i], &one, err)))
			json_array_append_new(all, one);
	}
	if (ok && json)
		say_json(in, all, JSON_INDENT(2));
	else
		json_decref(all);
	return ok;
}

/* ---- charging */

struct act {
	const struct invocation *in;
	struct str number;
	struct fee_wish wish;
	struct request_id id;
};

static bool take_wish(struct ctx *ctx, const struct invocation *in, struct fee_wish *wish,
		      struct err *err)
{
	struct opt_date on = { true, ctx->today };

	if (!fee_kind_from(case_word(in, "--tariff"), &wish->kind))
		return case_wrong(in, "--tariff", err);
	if (!case_day(in, "--on", &on, err) ||
	    !case_day(in, "--delivered", &wish->delivered_on, err) ||
	    !case_number(in, "--pages", &wish->pages, err) ||
	    !case_number(in, "--sheets", &wish->sheets, err) ||
	    !case_number(in, "--number", &wish->number, err))
		return false;
	wish->on = on.v;
	return true;
}

static bool write_act(struct ctx *ctx, void *arg, struct err *err)
{
	struct act *a = arg;
	struct letter_id notice;
	struct request r;

	if (!case_find(ctx, a->number, &r, err) ||
	    !case_act_as(ctx, a->in, PERM_REQUEST_WRITE, r.unit, err))
		return false;
	a->id = r.id;
	return fee_charge(ctx, r.id, &a->wish, &notice, err);
}

static bool charge(struct ctx *ctx, struct data_site *site, struct invocation *in,
		   struct err *err)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct act a = { .in = in, .number = str_from_c(operand(in, 1)) };

	return take_wish(ctx, in, &a.wish, err) &&
	       site_write(site, in->arena, actor, write_act, &a, err) && tell(ctx, in, a.id, err);
}

/* ---- the command */

static bool show(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	struct request r;

	return case_find(ctx, str_from_c(operand(in, 1)), &r, err) && tell(ctx, in, r.id, err);
}

static int run_compute(struct invocation *in)
{
	struct err err = { 0 };

	if (option_given(in, "--requests") == option_given(in, "--pages")) {
		complain(in, "gongkai fee compute：请写明 --requests 或者 --pages，只写一个。\n");
		return 2;
	}
	return compute(in, &err) ? 0 : fail(in, &err);
}

static int fee_run(struct invocation *in)
{
	struct str verb = str_from_c(operand(in, 0));
	bool lists = str_equal_c(verb, "list"), shows = str_equal_c(verb, "show");
	bool charges = str_equal_c(verb, "charge");
	struct data_site site;
	struct err err = { 0 };

	if (str_equal_c(verb, "compute"))
		return run_compute(in);
	if ((!lists && !shows && !charges) || (!lists && operand(in, 1) == NULL)) {
		complain(in, "gongkai fee：请写明 list、show 编号、charge 编号或者 compute。\n");
		return 2;
	}
	bool here = !charges || in->server_site != NULL;
	if (!site_of(in, here ? DB_READ : DB_WRITE, "gongkai fee", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = lists	  ? list(&ctx, in, &err)
		  : shows ? show(&ctx, in, &err)
			  : charge(&ctx, &site, in, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

const struct command fee_command = {
	"fee",
	"list|show NUMBER|charge NUMBER --tariff CODE|compute --requests N|--pages N [--json]",
	"信息处理费：计算、通知、列出",
	fee_options,
	fee_run,
	COMMAND_HANDS_OVER
};
