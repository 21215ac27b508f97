/*
 * command_desk.c - `gongkai queue` and `gongkai board`: what is to be done, and how all
 * units are doing, for a terminal or a script.
 */
#include "app/commands.h"

#include "base/json.h"
#include "base/utf8.h"
#include "casework/board_json.h"
#include "casework/desk.h"

enum { QUEUE_ROWS = 1000, EXCERPT = 24 };

static const struct option queue_options[] = {
	{ "--list", "NAME", "open unclaimed yellow late red black unfiled，默认 open", false },
	{ "--unit", "CODE", "单位代码；不填为全站（unclaimed、unfiled 必须填写）", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

static bool filter_of(struct invocation *in, struct ctx *ctx, struct queue_filter *f,
		      struct err *err)
{
	const char *list = option_value(in, "--list"), *code = option_value(in, "--unit");
	struct unit unit;

	*f = (struct queue_filter){ .queue = QUEUE_OPEN };
	if (list != NULL && (!desk_queue_from(str_from_c(list), &f->queue) ||
			     f->queue == QUEUE_MINE || f->queue >= QUEUE_CLOSED))
		return err_set_field(err, "--list", ERR_INVALID, "app.no_such_list", "%s", list);
	if (code != NULL) {
		if (!unit_named(ctx, str_from_c(code), &unit, err))
			return false;
		f->unit = (struct opt_int){ true, unit.id.n };
	}
	bool of_unit = f->queue == QUEUE_UNCLAIMED || f->queue == QUEUE_UNFILED;
	return !of_unit || f->unit.known ||
	       err_set_field(err, "--unit", ERR_INVALID, "app.list_needs_unit", "%s", list);
}

static void print_json(struct invocation *in, const struct request *rows, size_t count,
		       const struct card_days *days)
{
	struct arena *a = in->arena;

	for (size_t i = 0; i < count; i++) {
		const struct request *r = &rows[i];
		enum case_card card =
			r->closed_on.known ? CARD_NONE : case_card_of(days, r->due);
		json_t *one = json_object();
		json_object_set_new(one, "id", json_integer(r->id.n));
		json_object_set_new(one, "number", json_text(r->number));
		json_object_set_new(one, "state", json_text(request_state_code(r->state)));
		json_object_set_new(one, "due_on",
				    r->due.known ? json_text(date_iso(a, r->due.v)) : json_null());
		json_object_set_new(one, "card", json_text(case_card_code(card)));
		say_json(in, one, JSON_LINE);
	}
}

static void print_lines(struct invocation *in, const struct request *rows, size_t count,
			const struct card_days *days)
{
	struct arena *a = in->arena;

	for (size_t i = 0; i < count; i++) {
		const struct request *r = &rows[i];
		struct str due = r->due.known ? date_iso(a, r->due.v) : STR("停止计算  ");
		struct str card = case_card_label(
			r->closed_on.known ? CARD_NONE : case_card_of(days, r->due));
		struct str state = request_state_label(r->state);
		struct str content = utf8_prefix(r->content, EXCERPT);
		say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
		    STR_ARG(due), STR_ARG(card), STR_ARG(r->number), STR_ARG(state),
		    STR_ARG(content));
	}
}

static bool show_queue(struct invocation *in, struct ctx *ctx, struct err *err)
{
	struct str place = STR_NONE;
	struct queue_filter f;
	struct card_days days;
	bool json = option_given(in, "--json");

	if (!filter_of(in, ctx, &f, err) || !case_card_days(ctx, &days, err))
		return false;
	do {
		struct request *rows;
		size_t count;
		if (!desk_queue_page(ctx, &f, place, QUEUE_ROWS, &rows, &count, &place, err))
			return false;
		if (json)
			print_json(in, rows, count, &days);
		else
			print_lines(in, rows, count, &days);
	} while (place.len > 0);
	return true;
}

static int with_site(struct invocation *in, const char *purpose,
		     bool (*show)(struct invocation *, struct ctx *, struct err *))
{
	struct data_site site;
	struct err err = { 0 };

	if (!site_of(in, DB_READ, purpose, &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = show(in, &ctx, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

static int queue_run(struct invocation *in)
{
	return with_site(in, "gongkai queue", show_queue);
}

const struct command queue_command = {
	.name = "queue",
	.arguments = "[--data DIR] [--list NAME] [--unit CODE] [--json]",
	.summary = "列出待办的申请，期限近的在前",
	.options = queue_options,
	.run = queue_run,
};

/* ---- the board */

static const struct option board_options[] = {
	{ "--year", "YYYY", "办结情况的年度，默认今年", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

static bool show_board(struct invocation *in, struct ctx *ctx, struct err *err)
{
	struct arena *a = in->arena;
	int64_t year;
	struct board b;

	/* board_run has looked at it. */
	(void)option_int(in, "--year", 2000, 2199, date_year(ctx->today), &year);
	if (!board_load(ctx, (int)year, &b, err))
		return false;
	if (option_given(in, "--json")) {
		say_json(in, board_as_json(a, &b), JSON_LINE);
		return true;
	}
	say(in, "未办结\t黄牌\t红牌\t黑牌\t办结\t逾期\t按时率\t平均用时\t单位\n");
	for (size_t i = 0; i <= b.count; i++) {
		const struct board_row *r = i < b.count ? &b.rows[i] : &b.sum;
		struct str rate = board_rate(a, r), average = board_average(a, r);
		struct str name = i < b.count ? r->name : STR("合计");
		say(in,
		    "%lld\t%lld\t%lld\t%lld\t%lld\t%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
		    (long long)r->open, (long long)r->yellow, (long long)r->red,
		    (long long)r->black, (long long)r->closed, (long long)r->closed_late,
		    STR_ARG(rate), STR_ARG(average), STR_ARG(name));
	}
	return true;
}

static int board_run(struct invocation *in)
{
	int64_t year;
	int status = option_int(in, "--year", 2000, 2199, 2000, &year);

	return status != 0 ? status : with_site(in, "gongkai board", show_board);
}

const struct command board_command = {
	.name = "board",
	.arguments = "[--data DIR] [--year YYYY] [--json]",
	.summary = "各单位办理情况：未办结、预警、按时率、平均用时",
	.options = board_options,
	.run = board_run,
};
