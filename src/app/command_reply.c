/*
 * command_reply.c - `gongkai reply`: the reply to a request for scripts, by the verbs that
 * the pages use. When a server holds the data folder they run in it (app/control.h).
 *
 * A gate is passed by a person: what writes needs --as, and the account's permissions and
 * unit count as on a page. Without --version the reply is taken as it is now.
 */
#include "base/json.h"
#include "app/command_case.h"
#include "app/commands.h"

#include "reply/reply.h"


enum { LIST_DEFAULT = 50, LIST_MAX = 1000 };

static const struct option reply_options[] = {
	{ "--as", "NAME", "以这个账号的名义和权限办理，写入的每一步都要", false },
	{ "--stage", "CODE", "list：drafting、review、advice 或 signing，默认全部", false },
	{ "--unit", "CODE", "list：只列这个单位的", false },
	{ "--max", "N", "list：每个环节最多几件，默认 50", false },
	{ "--version", "N", "看到的是第几版；不写则按现在的", false },
	{ "--item", "N", "draft：第几项，默认 1", false },
	{ "--decision", "CODE", "draft：处理结果，例如 give", false },
	{ "--fact", "NAME=TEXT", "draft：要素，可重复", true },
	{ "--addressee", "TEXT", "draft：受文者；serve：签收人", false },
	{ "--online", NULL, "draft：以电子邮件或者网上领取的方式送达", false },
	{ "--verdict", "for|against", "review、advise：结论", false },
	{ "--text", "TEXT", "审核意见、法律意见、退回意见、送达说明", false },
	{ "--reason", "TEXT", "选定、签发、撤回、作废的理由", false },
	{ "--on", "DATE", "成文、送出、归档的日期，默认今天", false },
	{ "--way", "CODE", "serve：送达方式，例如 post", false },
	{ "--tracking", "TEXT", "serve：邮件号码", false },
	{ "--signed", "DATE", "serve：签收日期", false },
	{ "--failed", NULL, "serve：没有送达", false },
	{ "--archive", "TEXT", "file：档号", false },
	{ "--years", "N", "file：保管期限（年），默认按本单位的设定", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct act {
	struct invocation *in;
	struct request r;
	struct reply_edit at;
	struct date on;
};

/* ---- telling */

static json_t *items_json(const struct reply *reply)
{
	json_t *out = json_array();

	for (size_t i = 0; i < reply->items_count; i++) {
		const struct reply_item *item = &reply->items[i];
		json_t *one = json_object(), *facts = json_object();
		for (size_t f = 0; f < item->facts_count; f++)
			json_object_setn_new(facts, item->facts[f].name.ptr,
					     item->facts[f].name.len,
					     json_text(item->facts[f].value));
		json_object_set_new(one, "position", json_integer(item->position));
		json_object_set_new(one, "asked", json_text(item->asked));
		json_object_set_new(one, "decision",
				    item->decision != NULL ? json_string(item->decision->code)
							   : json_null());
		json_object_set_new(one, "facts", facts);
		json_array_append_new(out, one);
	}
	return out;
}

/* What still stands between the draft and the first gate. */
static bool gaps_json(struct ctx *ctx, const struct reply *reply, json_t *out, struct err *err)
{
	struct reply_gap *gaps;
	size_t count;

	if (!reply_gaps(ctx, reply, &gaps, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(out, json_pack("{s:i, s:s, s:o, s:o}", "item",
						     gaps[i].position, "name", gaps[i].name,
						     "label", json_text(gaps[i].label), "remedy",
						     json_text(gaps[i].remedy)));
	return true;
}

static bool tell_json(struct ctx *ctx, const struct invocation *in, const struct request *r,
		      const struct reply *reply, struct err *err)
{
	json_t *gaps = json_array(), *out = json_object();
	struct reply_result result;

	bool ok = reply_result_of(ctx, reply, &result, err) &&
		  (reply->stage != REPLY_DRAFTING || gaps_json(ctx, reply, gaps, err));
	json_object_set_new(out, "number", json_text(r->number));
	json_object_set_new(out, "round", json_integer(reply->round));
	json_object_set_new(out, "stage", json_text(reply_stage_code(reply->stage)));
	json_object_set_new(out, "version", json_integer(reply->version));
	json_object_set_new(out, "due_on", json_day(ctx->arena, r->due));
	json_object_set_new(out, "signed_on", json_day(ctx->arena, reply->signed_on));
	json_object_set_new(out, "decision",
			    ok && result.kind != NULL ? json_string(result.kind->code)
						      : json_null());
	json_object_set_new(out, "state", json_text(request_state_code(r->state)));
	json_object_set_new(out, "items", items_json(reply));
	json_object_set_new(out, "gaps", gaps);
	if (ok)
		say_json(in, out, JSON_INDENT(2));
	else
		json_decref(out);
	return ok;
}

static bool tell(struct ctx *ctx, const struct invocation *in, const struct request *r,
		 struct err *err)
{
	struct reply reply;
	bool found;

	if (!reply_of(ctx, r->id, &reply, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "reply.not_begun", STR_FMT, STR_ARG(r->number));
	if (option_given(in, "--json"))
		return tell_json(ctx, in, r, &reply, err);
	struct str due = r->due.known ? date_iso(ctx->arena, r->due.v) : STR("-");
	say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%lld\n", STR_ARG(r->number),
	    STR_ARG(reply_stage_label(reply.stage)), STR_ARG(due), (long long)reply.version);
	return true;
}

/* ---- the list */

static bool list_stage(struct ctx *ctx, const struct invocation *in, const struct reply_filter *f,
		       int64_t max, json_t *all, struct err *err)
{
	struct reply_waiting *rows;
	struct str next;
	size_t count;

	if (!reply_queue(ctx, f, STR_NONE, (size_t)max, &rows, &count, &next, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct reply_waiting *w = &rows[i];
		struct str due = w->due.known ? date_iso(ctx->arena, w->due.v) : STR("-");
		if (!option_given(in, "--json")) {
			say(in, STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
			    STR_ARG(w->number), STR_ARG(reply_stage_label(f->stage)), STR_ARG(due),
			    STR_ARG(w->by));
			continue;
		}
		json_array_append_new(
			all, json_pack("{s:o, s:o, s:o, s:o}", "number", json_text(w->number),
				       "stage", json_text(reply_stage_code(f->stage)), "due_on",
				       json_day(ctx->arena, w->due), "by", json_text(w->by)));
	}
	return true;
}

static bool list(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	struct str only = case_word(in, "--stage");
	struct reply_filter f = { .stage = REPLY_DRAFTING };
	int64_t max = LIST_DEFAULT;

	if (!case_unit(ctx, in, &f.unit, err) || !case_number(in, "--max", &max, err))
		return false;
	if (max < 1 || max > LIST_MAX)
		return case_wrong(in, "--max", err);
	if (only.len > 0 && (!reply_stage_from(only, &f.stage) || f.stage >= REPLY_SIGNED))
		return case_wrong(in, "--stage", err);
	json_t *all = json_array();
	bool ok = true;
	for (int s = REPLY_DRAFTING; s < REPLY_SIGNED && ok; s++) {
		if (only.len > 0 && (enum reply_stage)s != f.stage)
			continue;
		struct reply_filter one = { f.unit, (enum reply_stage)s };
		ok = list_stage(ctx, in, &one, max, all, err);
	}
	if (ok && option_given(in, "--json"))
		say_json(in, all, JSON_INDENT(2));
	else
		json_decref(all);
	return ok;
}

/* ---- drafting: one item with its decision, its facts, and the letter */

static bool refresh(struct ctx *ctx, struct act *a, struct reply *reply, struct err *err)
{
	bool found;

	if (!reply_of(ctx, a->r.id, reply, &found, err))
		return false;
	a->at = (struct reply_edit){ found ? reply->id : (struct reply_id){ 0 },
				     found ? reply->version : 0 };
	return true;
}

static bool put_facts(struct ctx *ctx, struct act *a, struct reply_item_id item, struct err *err)
{
	struct reply_fact facts[REPLY_FACTS_MAX];
	size_t count = 0;

	for (const char *word; (word = option_value_at(a->in, "--fact", (int)count)) != NULL;
	     count++) {
		struct str fact = str_from_c(word);
		size_t equals = str_find(fact, STR("="), 0);
		if (equals == SIZE_MAX || count == REPLY_FACTS_MAX)
			return case_wrong(a->in, "--fact", err);
		facts[count] = (struct reply_fact){ str_slice(fact, 0, equals),
						    str_slice(fact, equals + 1, fact.len) };
	}
	return count == 0 || reply_set_facts(ctx, a->at, item, facts, count, err);
}

static bool act_draft(struct ctx *ctx, struct act *a, struct err *err)
{
	struct str code = case_word(a->in, "--decision"),
		   addressee = case_word(a->in, "--addressee");
	const struct decision_kind *kind = request_decision(code);
	int64_t position = 1;
	struct reply_id opened;
	struct reply reply;

	if (code.len > 0 && kind == NULL)
		return case_wrong(a->in, "--decision", err);
	if (!case_number(a->in, "--item", &position, err))
		return false;
	bool begun = a->at.reply.n != 0;
	if (!begun && !reply_open(ctx, a->r.id, &opened, err))
		return false;
	if ((!begun && !refresh(ctx, a, &reply, err)) ||
	    !reply_load(ctx, a->at.reply, &reply, err))
		return false;
	if (position < 1 || position > (int64_t)reply.items_count)
		return case_wrong(a->in, "--item", err);
	struct reply_item_id item = reply.items[position - 1].id;
	if (kind != NULL && (!reply_decide_item(ctx, a->at, item, kind,
						case_word(a->in, "--reason"), err) ||
			     !refresh(ctx, a, &reply, err)))
		return false;
	if (!put_facts(ctx, a, item, err) || !refresh(ctx, a, &reply, err))
		return false;
	struct reply_letter_new letter = { .dated = a->on,
					   .addressee = addressee,
					   .online = option_given(a->in, "--online") };
	return addressee.len == 0 || reply_draft_letter(ctx, a->at, &letter, err);
}

/* ---- gates */

static bool verdict(const struct invocation *in, enum reply_verdict *out, struct err *err)
{
	struct str word = case_word(in, "--verdict");

	*out = str_equal_c(word, "for") ? REPLY_FOR : REPLY_AGAINST;
	return *out == REPLY_FOR || str_equal_c(word, "against") ||
	       case_wrong(in, "--verdict", err);
}

static bool act_submit(struct ctx *ctx, struct act *a, struct err *err)
{
	return reply_submit(ctx, a->at, err);
}

static bool act_recall(struct ctx *ctx, struct act *a, struct err *err)
{
	return reply_recall(ctx, a->at, case_word(a->in, "--reason"), err);
}

static bool act_review(struct ctx *ctx, struct act *a, struct err *err)
{
	enum reply_verdict v;

	return verdict(a->in, &v, err) &&
	       reply_review(ctx, a->at, v, case_word(a->in, "--text"), err);
}

static bool act_advise(struct ctx *ctx, struct act *a, struct err *err)
{
	enum reply_verdict v;

	return verdict(a->in, &v, err) &&
	       reply_advise(ctx, a->at, v, case_word(a->in, "--text"), err);
}

static bool act_return(struct ctx *ctx, struct act *a, struct err *err)
{
	return reply_return(ctx, a->at, case_word(a->in, "--text"), err);
}

static bool act_sign(struct ctx *ctx, struct act *a, struct err *err)
{
	return reply_sign(ctx, a->at, a->on, case_word(a->in, "--reason"), err);
}

static bool act_drop(struct ctx *ctx, struct act *a, struct err *err)
{
	return reply_drop(ctx, a->at, case_word(a->in, "--reason"), err);
}

/* ---- after the signature */

static bool act_serve(struct ctx *ctx, struct act *a, struct err *err)
{
	struct service_new in = { .sent_on = a->on,
				  .tracking = case_word(a->in, "--tracking"),
				  .addressee = case_word(a->in, "--addressee"),
				  .note = case_word(a->in, "--text"),
				  .failed = option_given(a->in, "--failed") };

	if (!service_way_from(case_word(a->in, "--way"), &in.way))
		return case_wrong(a->in, "--way", err);
	return case_day(a->in, "--signed", &in.signed_on, err) &&
	       reply_serve(ctx, a->r.id, &in, err);
}

static bool act_file(struct ctx *ctx, struct act *a, struct err *err)
{
	struct reply_setting setting;
	int64_t years;

	if (!reply_setting_of(ctx, a->r.unit, &setting, err))
		return false;
	years = setting.years;
	if (!case_number(a->in, "--years", &years, err))
		return false;
	if (years < 0 || years > 100)
		return case_wrong(a->in, "--years", err);
	return reply_file(ctx, a->r.id, a->on, case_word(a->in, "--archive"), (int)years, err);
}

static const struct {
	const char *word;
	enum permission who;
	bool needs_reply;
	bool (*run)(struct ctx *ctx, struct act *a, struct err *err);
	struct str label;
} acts[] = {
	{ "draft", PERM_REQUEST_WRITE, false, act_draft, STR_INIT("拟稿：选定结果、填写要素、起草文书") },
	{ "submit", PERM_REQUEST_WRITE, true, act_submit, STR_INIT("送审") },
	{ "recall", PERM_REQUEST_WRITE, true, act_recall, STR_INIT("撤回修改") },
	{ "review", PERM_REQUEST_DECIDE, true, act_review, STR_INIT("审核") },
	{ "advise", PERM_REQUEST_ADVISE, true, act_advise, STR_INIT("出具法律意见") },
	{ "return", PERM_REQUEST_DECIDE, true, act_return, STR_INIT("退回修改") },
	{ "sign", PERM_REQUEST_DECIDE, true, act_sign, STR_INIT("签发") },
	{ "drop", PERM_REQUEST_WRITE, true, act_drop, STR_INIT("作废") },
	{ "serve", PERM_REQUEST_WRITE, false, act_serve, STR_INIT("登记送达") },
	{ "file", PERM_REQUEST_WRITE, false, act_file, STR_INIT("归档") },
};

/* ---- the command */

static size_t act_of(struct str word)
{
	size_t i = 0;

	while (i < COUNT_OF(acts) && !str_equal_c(word, acts[i].word))
		i++;
	return i;
}

static bool write_act(struct ctx *ctx, void *arg, struct err *err)
{
	struct act *a = arg;
	size_t which = act_of(str_from_c(operand(a->in, 0)));
	struct opt_date on = { true, ctx->today };
	int64_t version;
	struct reply reply;

	if (!case_find(ctx, str_from_c(operand(a->in, 1)), &a->r, err) ||
	    !case_act_as(ctx, a->in, acts[which].who, a->r.unit, err) ||
	    !case_day(a->in, "--on", &on, err) || !refresh(ctx, a, &reply, err))
		return false;
	if (acts[which].needs_reply && a->at.reply.n == 0)
		return err_set(err, ERR_CONFLICT, "reply.not_begun", STR_FMT,
			       STR_ARG(a->r.number));
	a->on = on.v;
	version = a->at.version;
	if (!case_number(a->in, "--version", &version, err))
		return false;
	a->at.version = version;
	return acts[which].run(ctx, a, err);
}

static bool run(struct ctx *ctx, struct data_site *site, struct invocation *in, struct err *err)
{
	struct actor nobody = { .role = STR("system"), .name = STR("命令行") };
	struct str word = str_from_c(operand(in, 0));
	struct act a = { .in = in };
	struct request r;

	if (str_equal_c(word, "list"))
		return list(ctx, in, err);
	if (!str_equal_c(word, "show") &&
	    !site_write(site, in->arena, nobody, write_act, &a, err))
		return false;
	return case_find(ctx, str_from_c(operand(in, 1)), &r, err) && tell(ctx, in, &r, err);
}

static void list_words(const struct invocation *in)
{
	complain(in, "gongkai reply：请写明 list、show 或者：\n");
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		complain(in, "  %s\t" STR_FMT "\n", acts[i].word, STR_ARG(acts[i].label));
}

static int reply_run(struct invocation *in)
{
	struct str word = str_from_c(operand(in, 0));
	bool lists = str_equal_c(word, "list"), shows = str_equal_c(word, "show");
	struct data_site site;
	struct err err = { 0 };

	if (!lists && !shows && act_of(word) == COUNT_OF(acts)) {
		list_words(in);
		return 2;
	}
	if (!lists && operand(in, 1) == NULL) {
		complain(in, "gongkai reply：请写明登记编号。\n");
		return 2;
	}
	if (!lists && !shows && !option_given(in, "--as")) {
		complain(in, "gongkai reply：请用 --as 写明由谁办理。\n");
		return 2;
	}
	bool here = lists || shows || in->server_site != NULL;
	if (!site_of(in, here ? DB_READ : DB_WRITE, "gongkai reply", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool ok = run(&ctx, &site, in, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}

const struct command reply_command = {
	"reply",
	"list|show NUMBER|STEP NUMBER --as NAME [--json]",
	"办理答复：列出、查看、拟稿、送审、审核、法律意见、签发、送达、归档",
	reply_options,
	reply_run,
	COMMAND_HANDS_OVER
};
