/*
 * command_mail.c - `gongkai mail`: the mail that came in, for a terminal or a script. When a
 * server holds the data folder the commands run in it (app/control.h).
 */
#include "app/commands.h"

#include "base/json.h"
#include "app/mail_in.h"
#include "attachment/attachment.h"
#include "mailroom/mailroom.h"
#include "request/request.h"


enum { LIST_ROWS = 200 };

static const struct option mail_options[] = {
	{ "--list", "NAME", "list：pen（待处理，默认）、assigned、report、discarded", false },
	{ "--reason", "TEXT", "assign、discard 的理由，记入操作记录", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct act {
	struct invocation *in;
	struct str verb;
	struct inbox_id id;
};

static bool number_of(struct ctx *ctx, const struct inbox_mail *m, struct str *number,
		      struct err *err)
{
	bool pen = m->state == INBOX_PEN;
	struct str kind = pen ? m->proposal_kind : m->subject_kind;
	struct request r;

	*number = STR_NONE;
	if (!str_equal_c(kind, "request"))
		return true;
	if (!request_find(ctx, (struct request_id){ pen ? m->proposal_id : m->subject_id }, &r,
			  err))
		return false;
	*number = r.number;
	return true;
}

static json_t *mail_json(struct arena *a, const struct inbox_mail *m, struct str number)
{
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(m->id.n));
	json_object_set_new(out, "state", json_text(inbox_state_code(m->state)));
	json_object_set_new(out, "received_at", json_text(instant_iso(a, m->received_at)));
	json_object_set_new(out, "from", json_text(m->sender));
	json_object_set_new(out, "subject", json_text(m->subject));
	json_object_set_new(out, "automatic", json_boolean(m->automatic));
	json_object_set_new(out, "how", json_text(inbox_how_code(m->how)));
	json_object_set_new(out, m->state == INBOX_PEN ? "proposal" : "request", json_text(number));
	return out;
}

/* ---- looking */

static bool list(struct ctx *ctx, const struct invocation *in, struct err *err)
{
	struct str word = str_from_c(option_value(in, "--list"));
	enum inbox_state state = INBOX_PEN;
	struct inbox_mail *rows;
	size_t count;

	if (word.len > 0 && !inbox_state_from(word, &state))
		return err_set(err, ERR_INVALID, "app.bad_value", "--list|" STR_FMT, STR_ARG(word));
	if (!inbox_list(ctx, state, (struct opt_int){ 0 }, 0, LIST_ROWS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct inbox_mail *m = &rows[i];
		struct str number;
		if (!number_of(ctx, m, &number, err))
			return false;
		if (option_given(in, "--json"))
			say_json(in, mail_json(in->arena, m, number), JSON_LINE);
		else
			say(in, "%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s" STR_FMT "\n",
			    (long long)m->id.n, STR_ARG(instant_minute(in->arena, m->received_at)),
			    STR_ARG(number), STR_ARG(m->sender), m->automatic ? "[自动回复] " : "",
			    STR_ARG(m->subject));
	}
	return true;
}

static bool show(struct ctx *ctx, const struct invocation *in, struct inbox_id id, struct err *err)
{
	struct attachment *files;
	struct inbox_mail m;
	struct str number;
	size_t count;

	if (!inbox_find(ctx, id, &m, err) || !number_of(ctx, &m, &number, err) ||
	    !attachment_list(ctx, "mail", id.n, &files, &count, err))
		return false;
	if (option_given(in, "--json")) {
		json_t *out = mail_json(in->arena, &m, number), *names = json_array();
		for (size_t i = 0; i < count; i++)
			json_array_append_new(names, json_text(files[i].file_name));
		json_object_set_new(out, "text", json_text(m.text));
		json_object_set_new(out, "files", names);
		json_object_set_new(out, "left_out", json_text(m.left_out));
		json_object_set_new(out, "diagnostic", json_text(m.diagnostic));
		say_json(in, out, JSON_LINE);
		return true;
	}
	say(in, "收到　" STR_FMT "\n发件　" STR_FMT "\n主题　" STR_FMT "\n状态　" STR_FMT " " STR_FMT "\n",
	    STR_ARG(instant_minute(in->arena, m.received_at)), STR_ARG(m.sender),
	    STR_ARG(m.subject), STR_ARG(inbox_state_label(m.state)), STR_ARG(number));
	for (size_t i = 0; i < count; i++)
		say(in, "附件　" STR_FMT "\n", STR_ARG(files[i].file_name));
	if (m.left_out.len > 0)
		say(in, "未收　" STR_FMT "\n", STR_ARG(m.left_out));
	say(in, "\n" STR_FMT "\n", STR_ARG(m.text));
	return true;
}

/* ---- doing */

static bool address(struct ctx *ctx, const struct data_site *site, const struct invocation *in,
		    struct err *err)
{
	struct str number = str_from_c(operand(in, 1));
	struct request r;
	bool found;

	if (!request_by_number(ctx, number, &r, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "request.none", STR_FMT, STR_ARG(number));
	struct str to = post_case_address(in->arena, &site->notice, STR("request"), r.id.n);
	if (to.len == 0)
		return err_set(err, ERR_CONFLICT, "app.no_mail_from", " ");
	say(in, STR_FMT "\n", STR_ARG(to));
	return true;
}

static bool fetch(struct data_site *site, const struct invocation *in, struct actor actor,
		  struct err *err)
{
	struct mail_round round;
	bool ok;

	if (site->notice.mail_in.len == 0)
		return err_set(err, ERR_CONFLICT, "app.no_mail_in", " ");
	ok = mail_in_round(site, actor, &round, err);
	if (option_given(in, "--json"))
		say_json(in, json_pack("{s:I, s:I, s:I}", "taken", (json_int_t)round.taken,
				       "known", (json_int_t)round.known, "left",
				       (json_int_t)round.left), JSON_LINE);
	else
		say(in, "收下%lld封，已有%lld封，未能收下%lld封。\n", (long long)round.taken,
		    (long long)round.known, (long long)round.left);
	return ok;
}

static bool settle(struct ctx *ctx, void *arg, struct err *err)
{
	const struct act *a = arg;
	struct str reason = str_from_c(option_value(a->in, "--reason"));

	if (str_equal_c(a->verb, "discard"))
		return inbox_discard(ctx, a->id, reason, err);
	return mailroom_assign(ctx, a->id, str_from_c(operand(a->in, 2)), reason, err);
}

static bool run_verb(struct ctx *ctx, struct data_site *site, struct act *a, struct err *err)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct invocation *in = a->in;

	if (str_equal_c(a->verb, "list"))
		return list(ctx, in, err);
	if (str_equal_c(a->verb, "show"))
		return show(ctx, in, a->id, err);
	/* A server has read it already, with the passwords it names. */
	if (in->server_site == NULL && !site_read_notice(site, err))
		return false;
	if (str_equal_c(a->verb, "address"))
		return address(ctx, site, in, err);
	if (str_equal_c(a->verb, "fetch"))
		return fetch(site, in, actor, err);
	return site_write(site, in->arena, actor, settle, a, err) && show(ctx, in, a->id, err);
}

static bool take_words(struct invocation *in, struct act *a)
{
	static const struct { const char *verb; int words; bool mail; } verbs[] = {
		{ "list", 1, false },	{ "show", 2, true },	{ "fetch", 1, false },
		{ "address", 2, false }, { "assign", 3, true }, { "discard", 2, true },
	};

	a->verb = str_from_c(operand(in, 0));
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (str_equal_c(a->verb, verbs[i].verb))
			return operand(in, verbs[i].words - 1) != NULL &&
			       (!verbs[i].mail ||
				str_to_i64(str_from_c(operand(in, 1)), &a->id.n));
	return false;
}

static int mail_run(struct invocation *in)
{
	struct act a = { .in = in };
	struct data_site site;
	struct err err = { 0 };

	if (!take_words(in, &a)) {
		complain(in, "gongkai mail：请写明 list、show N、fetch、assign N 登记编号、discard N "
			     "或 address 登记编号。\n");
		return 2;
	}
	bool reads = str_equal_c(a.verb, "list") || str_equal_c(a.verb, "show") ||
		     in->server_site != NULL;
	if (!site_of(in, reads ? DB_READ : DB_WRITE, "gongkai mail", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = run_verb(&ctx, &site, &a, &err);
	site_done(in, &site);
	return done ? 0 : fail(in, &err);
}

const struct command mail_command = {
	"mail",
	"list|show N|fetch|assign N NUMBER|discard N|address NUMBER [--reason TEXT] [--json]",
	"来信：列出、查看、立即收取、归入申请、不作处理、某件申请的专用地址",
	mail_options,
	mail_run,
	COMMAND_HANDS_OVER
};
