/*
 * command_request.c - `gongkai request`: cases for scripts, by the verbs that the pages
 * use. When a server holds the data folder they run in it (app/control.h).
 *
 * A step is named as in its page's address: ask-correction, open-inquiry, close. With
 * --as the act is that account's, with its permissions and within its unit; without,
 * it is the machine's, which may do what no second person must.
 */
#include "app/command_case.h"
#include "app/commands.h"

#include "account/account.h"
#include "base/buf.h"
#include "calendar/working.h"
#include "reply/reply.h"
#include "request/request_letters.h"
#include "request/request_pages.h"

#include <string.h>

enum { LIST_DEFAULT = 50, LIST_MAX = 1000, PARTS_MAX = 20 };

static const struct option request_options[] = {
	{ "--unit", "CODE", "单位代码：list 只列它的，register 登记给它，transfer 转交给它", false },
	{ "--open", NULL, "list：只列未办结的，最紧急的在前", false },
	{ "--max", "N", "list：最多几件，默认 50", false },
	{ "--as", "NAME", "以这个账号的名义和权限办理", false },
	{ "--channel", "CODE", "register：申请方式，例如 in_person 或 当面提交", false },
	{ "--applicant", "CODE", "register、amend：申请人类别，例如 natural_person 或 自然人", false },
	{ "--submitted", "DATE", "register：提交日期", false },
	{ "--confirmed", "DATE", "register：签收或者确认日期", false },
	{ "--number", "TEXT", "register：登记编号，不写则自动编号", false },
	{ "--on", "DATE", "这一步的日期，默认今天", false },
	{ "--until", "DATE", "补正、说明理由、延迟答复的期限", false },
	{ "--delivered", "DATE", "征求意见书、收费通知的送达日期", false },
	{ "--since", "DATE", "ask-reasons：自何日起", false },
	{ "--till", "DATE", "ask-reasons：至何日止", false },
	{ "--count", "N", "ask-reasons：其间的申请件数", false },
	{ "--days", "N", "propose-extension：延长的工作日", false },
	{ "--fen", "N", "charge --historical：金额（分）；在这里计算的用 gongkai fee charge", false },
	{ "--inquiry", "CODE", "third_party、joint_maker 或 other_agency", false },
	{ "--inquiry-id", "N", "哪一份征求意见书，默认最早未答复的", false },
	{ "--target", "TEXT", "征求谁的意见", false },
	{ "--contact", "TEXT", "其联系方式", false },
	{ "--answer", "CODE", "agrees、refuses、refuses_bare、silent 或 given_up", false },
	{ "--decision", "CODE", "处理结果，例如 withdraw", false },
	{ "--agreed", "yes|no", "是否同意延期；理由是否合理", false },
	{ "--text", "TEXT", "内容：申请、补正事项（换行分条）、征求的内容、意见、理由", false },
	{ "--guidance", "TEXT", "ask-correction：指导和释明", false },
	{ "--part", "TEXT", "split：一件的内容，可重复", true },
	{ "--reason", "TEXT", "理由，写入操作记录", false },
	{ "--historical", NULL, "补录在本系统之外已经办完的步骤，须写明 --on 和 --reason", false },
	{ "--no-letter", NULL, "不拟文书", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct act {
	struct invocation *in;
	struct str number;
	struct request_step step;
	bool registers;
	struct request_register form;
	struct request_id id;
	struct request_letters letters;
};

/* ---- what the words say */

static bool take_days(const struct invocation *in, struct act *a, struct err *err)
{
	struct request_step *s = &a->step;
	struct opt_date on = { true, s->on }, until = { 0 }, since = { 0 }, till = { 0 };

	if (!case_day(in, "--on", &on, err) || !case_day(in, "--until", &until, err) ||
	    !case_day(in, "--since", &since, err) || !case_day(in, "--till", &till, err) ||
	    !case_day(in, "--delivered", &s->delivered_on, err))
		return false;
	s->on = on.v;
	s->until = until.v;
	s->since = since.v;
	s->till = till.v;
	return true;
}

static bool take_numbers(const struct invocation *in, struct act *a, struct err *err)
{
	struct request_step *s = &a->step;
	int64_t count = 0, days = 0;

	if (!case_number(in, "--count", &count, err) || !case_number(in, "--days", &days, err) ||
	    !case_number(in, "--fen", &s->fen, err) ||
	    !case_number(in, "--inquiry-id", &s->inquiry_id, err))
		return false;
	if (count < 0 || count > INT32_MAX)
		return case_wrong(in, "--count", err);
	if (days < 0 || days > INT32_MAX)
		return case_wrong(in, "--days", err);
	s->count = (int)count;
	s->days = (int)days;
	return true;
}

static bool take_words(const struct invocation *in, struct act *a, struct err *err)
{
	struct request_step *s = &a->step;
	struct str inquiry = case_word(in, "--inquiry"), answer = case_word(in, "--answer"),
		   decision = case_word(in, "--decision"), class = case_word(in, "--applicant");

	if (inquiry.len > 0 && !inquiry_from(inquiry, &s->inquiry))
		return case_wrong(in, "--inquiry", err);
	if (answer.len > 0 && !inquiry_answer_from(answer, &s->answer))
		return case_wrong(in, "--answer", err);
	if (class.len > 0 && !applicant_from(class, &s->applicant))
		return case_wrong(in, "--applicant", err);
	s->kind = request_decision(decision);
	if (s->kind == NULL &&
	    (decision.len > 0 || s->verb == VERB_DECIDE || s->verb == VERB_CLOSE ||
	     s->verb == VERB_AMEND))
		return case_wrong(in, "--decision", err);
	s->agreed = str_equal_c(case_word(in, "--agreed"), "yes");
	s->target = case_word(in, "--target");
	s->contact = case_word(in, "--contact");
	s->text = case_word(in, "--text");
	s->guidance = case_word(in, "--guidance");
	s->reason = case_word(in, "--reason");
	s->historical = option_given(in, "--historical");
	/* The mark is never set in passing: the day it was done, and why it is recorded now. */
	if (s->historical && (!option_given(in, "--on") || str_trim(s->reason).len == 0))
		return err_set(err, ERR_INVALID, "app.historical_needs", " ");
	return true;
}

static void take_parts(const struct invocation *in, struct act *a)
{
	struct str *parts = ARENA_ARRAY(in->arena, PARTS_MAX + 1, struct str);

	while (a->step.parts_count <= PARTS_MAX &&
	       option_value_at(in, "--part", (int)a->step.parts_count) != NULL) {
		parts[a->step.parts_count] = str_from_c(
			option_value_at(in, "--part", (int)a->step.parts_count));
		a->step.parts_count++;
	}
	a->step.parts = parts;
}

static bool take_form(struct ctx *ctx, const struct invocation *in, struct act *a, struct err *err)
{
	struct opt_date submitted = { true, ctx->today };
	struct opt_int unit;

	if (!case_unit(ctx, in, &unit, err) || !case_day(in, "--submitted", &submitted, err) ||
	    !case_day(in, "--confirmed", &a->form.confirmed_on, err))
		return false;
	if (!unit.known)
		return case_wrong(in, "--unit", err);
	if (!channel_from(case_word(in, "--channel"), &a->form.channel))
		return case_wrong(in, "--channel", err);
	if (!applicant_from(case_word(in, "--applicant"), &a->form.applicant))
		return case_wrong(in, "--applicant", err);
	a->form.unit = (struct unit_id){ unit.v };
	a->form.submitted_on = submitted.v;
	a->form.content = case_word(in, "--text");
	a->form.number = case_word(in, "--number");
	return true;
}

/* request.ask_correction is the word ask-correction. */
static struct str word_of(struct arena *a, enum request_verb verb)
{
	size_t prefix = strlen("request.");
	struct str code = request_verb_code(verb);
	struct buf b = buf_open(a, 32, 64);

	for (size_t i = prefix; i < code.len; i++)
		buf_add_char(&b, code.ptr[i] == '_' ? '-' : code.ptr[i]);
	return buf_str(&b);
}

static bool verb_of(struct arena *a, struct str word, enum request_verb *out)
{
	for (int v = 0; v < REQUEST_VERB_COUNT; v++) {
		*out = (enum request_verb)v;
		if (str_equal(word, word_of(a, *out)))
			return true;
	}
	return false;
}

/* ---- acting */

/* What is drafted here is not decided elsewhere: its gates are not passed by. */
static bool check_historical(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct reply reply;
	bool found;

	if (!reply_of(ctx, r->id, &reply, &found, err))
		return false;
	return !found || reply.stage >= REPLY_SIGNED ||
	       err_set(err, ERR_CONFLICT, "app.historical_reply", STR_FMT "|" STR_FMT,
		       STR_ARG(r->number), STR_ARG(reply_stage_label(reply.stage)));
}

static bool write_step(struct ctx *ctx, struct act *a, struct err *err)
{
	struct opt_int unit;
	struct request r;

	if (!case_find(ctx, a->number, &r, err) || !case_unit(ctx, a->in, &unit, err))
		return false;
	if (a->step.historical && !check_historical(ctx, &r, err))
		return false;
	const struct request_transition *t = request_transition(r.state, a->step.verb);
	if (t != NULL && !case_act_as(ctx, a->in, t->who, r.unit, err))
		return false;
	a->step.unit = (struct unit_id){ unit.known ? unit.v : 0 };
	a->id = r.id;
	return request_take_step(ctx, r.id, &a->step, err);
}

static bool write_form(struct ctx *ctx, struct act *a, struct err *err)
{
	struct request r;

	if (!case_act_as(ctx, a->in, PERM_REQUEST_WRITE, a->form.unit, err) ||
	    !request_register(ctx, &a->form, &a->id, err) ||
	    !request_find(ctx, a->id, &r, err))
		return false;
	a->step = (struct request_step){ .verb = r.received_on.known ? VERB_CONFIRM : VERB_FILE,
					 .on = ctx->today };
	return true;
}

static bool write_act(struct ctx *ctx, void *arg, struct err *err)
{
	struct act *a = arg;
	bool letter = !option_given(a->in, "--no-letter") && !option_given(a->in, "--historical");

	a->letters.count = 0; /* it may run again */
	return (a->registers ? write_form(ctx, a, err) : write_step(ctx, a, err)) &&
	       (!letter || request_draft_letters(ctx, a->id, &a->step, &a->letters, err)) &&
	       (a->step.verb != VERB_CLOSE || reply_drop_closed(ctx, a->id, err));
}

/* ---- telling */

static bool as_json(struct ctx *ctx, const struct request *r, json_t **out, struct err *err)
{
	struct unit unit;

	if (!agency_unit(ctx, r->unit, &unit, err))
		return false;
	*out = request_json(ctx->arena, r, unit.name);
	return true;
}

static void print_line(const struct invocation *in, const struct request *r)
{
	struct str due = r->due.known ? date_iso(in->arena, r->due.v) : STR("-");

	say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n", STR_ARG(r->number),
	    STR_ARG(request_state_label(r->state)), STR_ARG(due), STR_ARG(request_result(r)));
}

static bool tell_case(struct ctx *ctx, const struct invocation *in, const struct request *r,
		      const struct request_letters *letters, struct err *err)
{
	json_t *out, *drafts = json_array();

	if (!option_given(in, "--json")) {
		print_line(in, r);
		json_decref(drafts);
		return true;
	}
	if (!as_json(ctx, r, &out, err)) {
		json_decref(drafts);
		return false;
	}
	for (size_t i = 0; letters != NULL && i < letters->count; i++)
		json_array_append_new(drafts, json_integer(letters->ids[i].n));
	if (letters != NULL)
		json_object_set(out, "letters", drafts);
	json_decref(drafts);
	say_json(in, out, JSON_INDENT(2));
	return true;
}

static bool list(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	bool json = option_given(in, "--json");
	json_t *all = json_array(), *one;
	struct request *rows;
	struct opt_int unit;
	int64_t max = LIST_DEFAULT;
	size_t count = 0;

	bool ok = case_unit(ctx, in, &unit, err) && case_number(in, "--max", &max, err) &&
		  ((max > 0 && max <= LIST_MAX) || case_wrong(in, "--max", err)) &&
		  (option_given(in, "--open")
			   ? request_list_open(ctx, unit, NULL, (size_t)max, &rows, &count, err)
			   : request_list(ctx, unit, 0, (size_t)max, &rows, &count, err));
	for (size_t i = 0; ok && i < count; i++) {
		if (!json)
			print_line(in, &rows[i]);
		else if ((ok = as_json(ctx, &rows[i], &one, err)))
			json_array_append_new(all, one);
	}
	if (ok && json)
		say_json(in, all, JSON_INDENT(2));
	else
		json_decref(all);
	return ok;
}

static bool show_clock(struct ctx *ctx, const struct invocation *in, const struct request *r,
		       struct err *err)
{
	struct period_result clock;

	if (!request_clock(ctx, r->id, &clock, err))
		return false;
	if (!option_given(in, "--json")) {
		say(in, STR_FMT, STR_ARG(working_lines(in->arena, &clock)));
		return true;
	}
	struct str due = date_iso(ctx->arena, clock.due);
	json_t *out = json_pack("{s:s%, s:s%, s:i, s:b}", "number", r->number.ptr, r->number.len,
				"due", due.ptr, due.len, "excluded", clock.excluded, "suspended",
				(int)clock.suspended);
	json_object_set_new(out, "days_left",
			    clock.left_known ? json_integer(clock.days_left) : json_null());
	say_json(in, out, JSON_INDENT(2));
	return true;
}

/* ---- the command */

static bool read_only(struct str verb)
{
	return str_equal_c(verb, "list") || str_equal_c(verb, "show") || str_equal_c(verb, "clock");
}

static bool run_reading(struct ctx *ctx, const struct invocation *in, struct str verb,
			struct err *err)
{
	struct request r;

	if (str_equal_c(verb, "list"))
		return list(ctx, in, err);
	if (!case_find(ctx, str_from_c(operand(in, 1)), &r, err))
		return false;
	return str_equal_c(verb, "show") ? tell_case(ctx, in, &r, NULL, err)
					 : show_clock(ctx, in, &r, err);
}

static bool run_writing(struct ctx *ctx, struct data_site *site, struct invocation *in,
			struct str verb, struct err *err)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct act a = { .in = in,
			 .number = str_from_c(operand(in, 1)),
			 .registers = str_equal_c(verb, "register"),
			 .step = { .on = ctx->today } };
	struct request r;

	if (a.registers) {
		if (!take_form(ctx, in, &a, err))
			return false;
	} else {
		(void)verb_of(in->arena, verb, &a.step.verb);
		take_parts(in, &a);
		if (!take_days(in, &a, err) || !take_numbers(in, &a, err) ||
		    !take_words(in, &a, err))
			return false;
	}
	return site_write(site, in->arena, actor, write_act, &a, err) &&
	       request_find(ctx, a.id, &r, err) && tell_case(ctx, in, &r, &a.letters, err);
}

static void list_words(const struct invocation *in)
{
	complain(in, "gongkai request：请写明 list、show、clock、register 或者一个步骤：\n");
	for (int v = 0; v < REQUEST_VERB_COUNT; v++)
		complain(in, "  " STR_FMT "\t" STR_FMT "\n",
			 STR_ARG(word_of(in->arena, (enum request_verb)v)),
			 STR_ARG(request_verb_label((enum request_verb)v)));
}

static int request_run(struct invocation *in)
{
	struct str verb = str_from_c(operand(in, 0));
	enum request_verb step;
	struct data_site site;
	struct err err = { 0 };
	bool reads = read_only(verb), registers = str_equal_c(verb, "register");

	if (!reads && !registers && !verb_of(in->arena, verb, &step)) {
		list_words(in);
		return 2;
	}
	if (!registers && !str_equal_c(verb, "list") && operand(in, 1) == NULL) {
		complain(in, "gongkai request：请写明登记编号。\n");
		return 2;
	}
	bool here = reads || in->server_site != NULL;
	if (!site_of(in, here ? DB_READ : DB_WRITE, "gongkai request", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = reads ? run_reading(&ctx, in, verb, &err)
			: run_writing(&ctx, &site, in, verb, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

const struct command request_command = {
	"request",
	"list|show NUMBER|clock NUMBER|register|STEP NUMBER [--on DATE] [--as NAME] [--json]",
	"办理依申请公开：列出、查看、计算期限、登记、办理每一步",
	request_options,
	request_run,
	COMMAND_HANDS_OVER
};
