/*
 * command_dispute.c - `gongkai dispute`: proceedings for scripts, by the verbs that the pages use.
 * A proceeding is named by its id or its case number. A bundle goes to the standard output.
 */
#include "app/commands.h"

#include "account/account.h"
#include "base/json.h"
#include "base/limits.h"
#include "calendar/working.h"
#include "casework/timeline.h"
#include "dispute/bundle.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { LIST_ROWS = 1000, CHUNK = 64 * 1024 };

static const struct option dispute_options[] = {
	{ "--unit", "CODE", "list：只列这个单位的；open：被申请人、被告", false },
	{ "--list", "NAME", "list：open due late concluded all，默认 open", false },
	{ "--on", "DATE", "这一步的日期，默认今天；open：受理日期；hearing：开庭、听证的日期", false },
	{ "--route", "CODE",
	  "open、correct：reconsideration litigation_direct litigation_after_reconsideration", false },
	{ "--case-no", "TEXT", "open、correct：案号", false },
	{ "--organ", "TEXT", "open、correct：复议机关或者法院", false },
	{ "--request", "NUMBER", "open、correct：所涉申请的登记编号；correct：空的取消关联", false },
	{ "--earlier", "CASE", "open、correct：在先的行政复议案号；correct：空的取消关联", false },
	{ "--accepted", "DATE", "correct：受理日期", false },
	{ "--received", "DATE", "correct：收到通知之日；空的删去", false },
	{ "--answered", "DATE", "correct：提交答复之日；空的删去", false },
	{ "--simplified", NULL, "receive：通知写明适用简易程序", false },
	{ "--kind", "CODE", "hearing：trial hearing inquiry mediation reading", false },
	{ "--time", "HH:MM", "hearing：时间", false },
	{ "--place", "TEXT", "hearing：地点", false },
	{ "--result", "TEXT", "conclude：决定或裁判内容，表四的列由此得出", false },
	{ "--redo", NULL, "conclude：要求重新作出答复", false },
	{ "--redo-until", "DATE", "conclude：重新答复的期限", false },
	{ "--reason", "TEXT", "bundle：用途；correct、undo、void：为什么。写入操作记录", false },
	{ "--version", "N", "看到的版本；已被别人修改过的不办理", false },
	{ "--identity", NULL, "bundle：附上身份材料", false },
	{ "--opinion", NULL, "bundle：附上法律顾问意见（须用 --as 指明可以查看的账号）", false },
	{ "--as", "NAME", "以这个账号的名义和权限办理", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct act {
	struct invocation *in;
	struct str verb, which;
	struct dispute d;
	struct opt_date on, redo_until;
	struct bundle bundle;
	struct bundle_options options;
	struct dispute_id opened;
	int64_t version; /* 0: whichever it is */
};

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

static bool wrong_value(const struct invocation *in, const char *name, struct err *err)
{
	return err_set(err, ERR_INVALID, "app.bad_value", "%s|" STR_FMT, name,
		       STR_ARG(given(in, name)));
}

static bool take_day(const struct invocation *in, const char *name, struct opt_date *out,
		     struct err *err)
{
	if (!option_given(in, name))
		return true;
	out->known = date_parse(given(in, name), &out->v);
	return out->known || wrong_value(in, name, err);
}

/* By id, or by the case number of any route. */
static bool find(struct ctx *ctx, struct str which, struct dispute *out, struct err *err)
{
	int64_t id;

	if (str_to_i64(which, &id))
		return dispute_find(ctx, (struct dispute_id){ id }, out, err);
	for (int r = 0; r < DISPUTE_ROUTE_COUNT; r++) {
		bool found;
		if (!dispute_by_case_no(ctx, (enum dispute_route)r, which, out, &found, err))
			return false;
		if (found)
			return true;
	}
	return err_set(err, ERR_NOT_FOUND, "dispute.none", STR_FMT, STR_ARG(which));
}

/* ---- telling */

static void tell(const struct invocation *in, const struct dispute *d)
{
	struct arena *a = in->arena;
	struct str state = d->voided	  ? STR("误登记")
			   : d->concluded ? dispute_outcome_label(d->outcome)
					  : STR("尚未审结");
	struct str next_on = d->next_on.known ? date_iso(a, d->next_on.v) : STR("-");

	if (!option_given(in, "--json")) {
		say(in, "%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
		    (long long)d->id.n, STR_ARG(d->case_no),
		    STR_ARG(dispute_route_label(d->route)), STR_ARG(state), STR_ARG(next_on),
		    STR_ARG(dispute_next_label(d->next)));
		return;
	}
	json_t *out = json_object();
	json_object_set_new(out, "id", json_integer(d->id.n));
	json_object_set_new(out, "case_no", json_text(d->case_no));
	json_object_set_new(out, "route", json_text(dispute_route_code(d->route)));
	json_object_set_new(out, "organ", json_text(d->organ));
	json_object_set_new(out, "request", d->request.known ? json_integer(d->request.v)
							     : json_null());
	json_object_set_new(out, "earlier", d->earlier.known ? json_integer(d->earlier.v)
							     : json_null());
	json_object_set_new(out, "voided", json_boolean(d->voided));
	json_object_set_new(out, "redo", json_boolean(d->redo));
	json_object_set_new(out, "version", json_integer(d->version));
	json_object_set_new(out, "accepted_on",
			    json_day(a, (struct opt_date){ true, d->accepted_on }));
	json_object_set_new(out, "received_on", json_day(a, d->received_on));
	json_object_set_new(out, "answer_due_on", json_day(a, d->answer_due));
	json_object_set_new(out, "answered_on", json_day(a, d->answered_on));
	json_object_set_new(out, "next", json_text(dispute_next_code(d->next)));
	json_object_set_new(out, "next_on", json_day(a, d->next_on));
	json_object_set_new(out, "outcome",
			    json_text(d->concluded ? dispute_outcome_code(d->outcome)
					      : STR("pending")));
	json_object_set_new(out, "concluded_on", json_day(a, d->concluded_on));
	say_json(in, out, JSON_LINE);
}

static bool list(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	struct dispute_filter f = { .which = WHICH_OPEN };
	struct str place = STR_NONE, code = given(in, "--unit"), which = given(in, "--list");
	struct unit unit;
	bool found;

	if (which.len > 0 && !dispute_which_from(which, &f.which))
		return wrong_value(in, "--list", err);
	if (code.len > 0) {
		if (!agency_unit_by_code(ctx, code, &unit, &found, err))
			return false;
		if (!found)
			return wrong_value(in, "--unit", err);
		f.unit = (struct opt_int){ true, unit.id.n };
	}
	do {
		struct dispute *rows;
		size_t count;
		if (!dispute_page(ctx, &f, place, LIST_ROWS, &rows, &count, &place, err))
			return false;
		for (size_t i = 0; i < count; i++)
			tell(in, &rows[i]);
	} while (place.len > 0);
	return true;
}

/* The proceeding, the working of its clock, and what happened. */
static bool show(struct ctx *ctx, const struct invocation *in, const struct dispute *d,
		 struct err *err)
{
	struct history_line *events;
	struct period_result clock;
	struct dispute_rule rule;
	size_t count;

	tell(in, d);
	if (option_given(in, "--json"))
		return true;
	if (d->received_on.known && dispute_clock(ctx, d, &clock, &rule, err)) {
		say(in, STR_FMT "\n" STR_FMT, STR_ARG(rule.basis),
		    STR_ARG(working_lines(in->arena, &clock)));
	}
	err_clear(err); /* past the calendar there is no clock to show */
	if (!dispute_history(ctx, d->id, &events, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str at = instant_minute(in->arena, events[i].at);
		say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT STR_FMT "\n", STR_ARG(at),
		    STR_ARG(events[i].who), STR_ARG(events[i].what), STR_ARG(events[i].reason));
	}
	return true;
}

/* ---- acting */

static bool act_as(struct ctx *ctx, const struct invocation *in, struct unit_id unit,
		   struct err *err)
{
	struct str name = given(in, "--as");
	struct account account;
	bool found;

	if (name.len == 0)
		return true;
	if (!account_find(ctx, name, &account, &found, err))
		return false;
	if (!found || account.disabled_at.known)
		return wrong_value(in, "--as", err);
	ctx->actor = account_actor(&account);
	return ((ctx->actor.permissions & PERM_BIT(PERM_DISPUTE_WRITE)) != 0 &&
		ctx->actor.unit_id == unit.n) ||
	       err_set(err, ERR_FORBIDDEN, "app.request_not_yours", STR_FMT, STR_ARG(name));
}

static bool add_hearing(struct ctx *ctx, struct act *a, struct dispute_edit at, struct err *err)
{
	struct hearing_new in = { .day = a->on.v, .time = given(a->in, "--time"),
				  .place = given(a->in, "--place") };
	struct hearing_id id;

	if (!hearing_kind_from(given(a->in, "--kind"), &in.kind))
		return wrong_value(a->in, "--kind", err);
	return hearing_add(ctx, at, &in, &id, err);
}

/* Of the unit that answers: a case number names one of its own requests. */
static bool request_named(struct ctx *ctx, const struct invocation *in, struct unit_id unit,
			  struct opt_int *out, struct err *err)
{
	struct str number = given(in, "--request");
	struct request request;
	bool found;

	if (!option_given(in, "--request"))
		return true;
	*out = (struct opt_int){ 0 };
	if (number.len == 0)
		return true;
	if (!request_by_number(ctx, number, &request, &found, err))
		return false;
	if (!found || request.unit.n != unit.n)
		return err_set(err, ERR_INVALID, "dispute.no_such_request", STR_FMT,
			       STR_ARG(number));
	*out = (struct opt_int){ true, request.id.n };
	return true;
}

/* A day that is given empty is taken out. */
static bool change_day(const struct invocation *in, const char *name, struct opt_date *out,
		       struct err *err)
{
	if (option_given(in, name) && given(in, name).len == 0)
		*out = (struct opt_date){ 0 };
	else if (!take_day(in, name, out, err))
		return false;
	return true;
}

static bool change_earlier(struct ctx *ctx, const struct invocation *in, struct opt_int *out,
			   struct err *err)
{
	struct str which = given(in, "--earlier");
	struct dispute earlier;

	if (!option_given(in, "--earlier"))
		return true;
	*out = (struct opt_int){ 0 };
	if (which.len == 0)
		return true;
	if (!find(ctx, which, &earlier, err))
		return false;
	*out = (struct opt_int){ true, earlier.id.n };
	return true;
}

static bool open_one(struct ctx *ctx, struct act *a, struct err *err)
{
	struct dispute_open in = { .case_no = given(a->in, "--case-no"),
				   .organ = given(a->in, "--organ"), .accepted_on = a->on.v };
	struct unit unit;
	bool found;

	if (!agency_unit_by_code(ctx, given(a->in, "--unit"), &unit, &found, err))
		return false;
	if (!found)
		return wrong_value(a->in, "--unit", err);
	if (!dispute_route_from(given(a->in, "--route"), &in.route))
		return wrong_value(a->in, "--route", err);
	in.unit = unit.id;
	return act_as(ctx, a->in, unit.id, err) &&
	       request_named(ctx, a->in, unit.id, &in.request, err) &&
	       change_earlier(ctx, a->in, &in.earlier, err) &&
	       dispute_open(ctx, &in, &a->opened, err);
}

/* What is not given stays as it is. */
static bool correct_one(struct ctx *ctx, struct act *a, struct dispute_edit at, struct err *err)
{
	const struct dispute *d = &a->d;
	struct opt_date accepted = { true, d->accepted_on };
	struct dispute_correction in = { .route = d->route,
					 .case_no = d->case_no,
					 .organ = d->organ,
					 .request = d->request,
					 .earlier = d->earlier,
					 .received_on = d->received_on,
					 .answered_on = d->answered_on,
					 .simplified = d->simplified };

	if (option_given(a->in, "--route") &&
	    !dispute_route_from(given(a->in, "--route"), &in.route))
		return wrong_value(a->in, "--route", err);
	if (option_given(a->in, "--case-no"))
		in.case_no = given(a->in, "--case-no");
	if (option_given(a->in, "--organ"))
		in.organ = given(a->in, "--organ");
	if (!take_day(a->in, "--accepted", &accepted, err) ||
	    !change_day(a->in, "--received", &in.received_on, err) ||
	    !change_day(a->in, "--answered", &in.answered_on, err) ||
	    !request_named(ctx, a->in, d->unit, &in.request, err) ||
	    !change_earlier(ctx, a->in, &in.earlier, err))
		return false;
	in.accepted_on = accepted.v;
	return dispute_correct(ctx, at, &in, given(a->in, "--reason"), err);
}

/* What puts right or goes on; *mine: the word was one of these. */
static bool write_more(struct ctx *ctx, struct act *a, struct dispute_edit at, bool *mine,
		       struct err *err)
{
	struct str reason = given(a->in, "--reason");
	struct reply_id reply;

	*mine = true;
	if (str_equal_c(a->verb, "correct"))
		return correct_one(ctx, a, at, err);
	if (str_equal_c(a->verb, "undo"))
		return dispute_undo_end(ctx, at, reason, err);
	if (str_equal_c(a->verb, "void"))
		return dispute_void(ctx, at, reason, err);
	if (str_equal_c(a->verb, "again"))
		return dispute_reopen(ctx, at, &reply, err);
	*mine = false;
	return true;
}

static bool write_act(struct ctx *ctx, void *arg, struct err *err)
{
	struct act *a = arg;
	struct dispute_edit at = { a->d.id, a->version };
	struct dispute_end end = { .result = given(a->in, "--result"),
				   .on = a->on.v,
				   .redo = option_given(a->in, "--redo"),
				   .redo_until = a->redo_until };

	bool mine;

	if (str_equal_c(a->verb, "open"))
		return open_one(ctx, a, err);
	if (!act_as(ctx, a->in, a->d.unit, err) || !write_more(ctx, a, at, &mine, err))
		return false;
	if (mine)
		return true;
	if (str_equal_c(a->verb, "receive"))
		return dispute_receive(ctx, at, a->on.v, option_given(a->in, "--simplified"), err);
	if (str_equal_c(a->verb, "answer"))
		return dispute_answer(ctx, at, a->on.v, err);
	if (str_equal_c(a->verb, "hearing"))
		return add_hearing(ctx, a, at, err);
	if (str_equal_c(a->verb, "bundle"))
		return bundle_note(ctx, a->d.id, &a->options, &a->bundle, err);
	return dispute_end(ctx, at, &end, err);
}

static bool copy_out(const struct invocation *in, int fd, struct err *err)
{
	char *bytes = arena_alloc(in->arena, CHUNK);
	ssize_t got;

	while ((got = read(fd, bytes, CHUNK)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || !sink_out((void *)(uintptr_t)in,
					 (struct str){ bytes, (size_t)got }))
			return err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "zip");
	}
	return true;
}

/* Made reading, recorded in a transaction, and only then handed out. */
static bool make_bundle(struct ctx *ctx, struct data_site *site, struct act *a,
			struct actor actor, struct err *err)
{
	a->options = (struct bundle_options){ .reason = given(a->in, "--reason"),
					      .identity = option_given(a->in, "--identity"),
					      .opinion = option_given(a->in, "--opinion") };
	ctx->actor = actor;
	if (!act_as(ctx, a->in, a->d.unit, err) ||
	    !timeline_for_bundle(ctx, &a->d, &a->options, err) ||
	    !bundle_make(ctx, a->d.id, &a->options, &a->bundle, err))
		return false;
	bool ok = site_write(site, a->in->arena, actor, write_act, a, err) &&
		  copy_out(a->in, a->bundle.fd, err);
	close(a->bundle.fd);
	return ok;
}

static bool run_writing(struct ctx *ctx, struct data_site *site, struct act *a, struct err *err)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct dispute after;

	if (!take_day(a->in, "--on", &a->on, err) ||
	    !take_day(a->in, "--redo-until", &a->redo_until, err))
		return false;
	if (option_given(a->in, "--version") && !str_to_i64(given(a->in, "--version"), &a->version))
		return wrong_value(a->in, "--version", err);
	if (str_equal_c(a->verb, "bundle"))
		return make_bundle(ctx, site, a, actor, err);
	if (!site_write(site, a->in->arena, actor, write_act, a, err) ||
	    !dispute_find(ctx, a->opened.n != 0 ? a->opened : a->d.id, &after, err))
		return false;
	tell(a->in, &after);
	return true;
}

static bool is_one_of(struct str word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_equal_c(word, *words))
			return true;
	return false;
}

static int dispute_run(struct invocation *in)
{
	static const char *const reading[] = { "list", "show", NULL };
	static const char *const writing[] = { "receive", "answer", "hearing", "conclude",
					       "bundle", "open", "correct", "undo", "void",
					       "again", NULL };
	struct act a = { .in = in, .verb = str_from_c(operand(in, 0)),
			 .which = str_from_c(operand(in, 1)) };
	bool reads = is_one_of(a.verb, reading), lists = str_equal_c(a.verb, "list");
	bool opens = str_equal_c(a.verb, "open"), of_none = lists || opens;
	struct data_site site;
	struct err err = { 0 };

	if ((!reads && !is_one_of(a.verb, writing)) || (!of_none && a.which.len == 0)) {
		complain(in, "gongkai dispute：请写明 list、open，或者 show、receive、answer、hearing、"
			     "conclude、again、correct、undo、void、bundle 和案件的编号或者案号。\n");
		return 2;
	}
	bool here = reads || in->server_site != NULL;
	if (!site_of(in, here ? DB_READ : DB_WRITE, "gongkai dispute", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	a.on = (struct opt_date){ true, ctx.today };
	bool ok = of_none || find(&ctx, a.which, &a.d, &err);
	if (ok && lists)
		ok = list(&ctx, in, &err);
	else if (ok)
		ok = reads ? show(&ctx, in, &a.d, &err) : run_writing(&ctx, &site, &a, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

const struct command dispute_command = {
	"dispute",
	"list|open|show CASE|receive CASE|answer CASE|hearing CASE|conclude CASE|again CASE|"
	"correct CASE|undo CASE|void CASE|bundle CASE [--json]",
	"办理复议、诉讼：列出、登记、查看、通知、答复、开庭、结果、重新答复，更正登记，生成证据卷宗",
	dispute_options,
	dispute_run,
	COMMAND_HANDS_OVER
};
