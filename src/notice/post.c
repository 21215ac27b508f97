/*
 * post.c - a notice on its way out: read, sent without a transaction, its end written.
 */
#include "notice/post.h"

#include "base/limits.h"
#include "notice/inside.h"
#include "notice_sql.h"
#include "office/mail.h"

#include <jansson.h>
#include <string.h>

/* ---- addresses of cases */

enum { TOKEN_LETTERS = 16, KIND_MAX = 20 };

/* 80 bits, in letters and digits that survive a mail program and a pencil. */
static struct str token_of(struct arena *a, struct str key, struct str kind, int64_t id)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	struct digest d = digest_hmac(key, str_format(a, "mail|" STR_FMT "|%lld", STR_ARG(kind),
						     (long long)id));
	char *out = arena_alloc(a, TOKEN_LETTERS);

	for (int i = 0; i < TOKEN_LETTERS; i++)
		out[i] = letters[d.bytes[i] & 31];
	return (struct str){ out, TOKEN_LETTERS };
}

static void cut_at(struct str address, struct str *local, struct str *domain)
{
	size_t at = str_find(address, STR("@"), 0);

	*local = str_slice(address, 0, at);
	*domain = at == SIZE_MAX ? STR_NONE : str_slice(address, at + 1, address.len);
}

struct str post_case_address(struct arena *a, const struct notice_settings *s, struct str kind,
			     int64_t id)
{
	struct str local, domain, token = token_of(a, s->key, kind, id);

	if (s->from.len == 0)
		return STR_NONE;
	cut_at(s->from, &local, &domain);
	return str_format(a, STR_FMT "+" STR_FMT "-%lld-" STR_FMT "@" STR_FMT, STR_ARG(local),
			  STR_ARG(kind), (long long)id, STR_ARG(token), STR_ARG(domain));
}

static bool is_kind(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && s.ptr[i] != '_')
			return false;
	return s.len > 0 && s.len <= KIND_MAX;
}

bool post_case_of_address(struct arena *a, const struct notice_settings *s, struct str address,
			  struct str *kind, int64_t *id)
{
	struct str local, domain, rest, number;
	size_t plus = str_find(address, STR("+"), 0);

	if (plus == SIZE_MAX)
		return false;
	cut_at(str_slice(address, plus + 1, address.len), &local, &domain);
	rest = local;
	if (!str_split_next(&rest, '-', kind) || !is_kind(*kind) ||
	    !str_split_next(&rest, '-', &number) || !str_to_i64(number, id) || *id <= 0)
		return false;
	char *lower = arena_alloc(a, rest.len);
	for (size_t i = 0; i < rest.len; i++)
		lower[i] = (char)(rest.ptr[i] >= 'A' && rest.ptr[i] <= 'Z' ? rest.ptr[i] | 0x20
									    : rest.ptr[i]);
	return secret_equal((struct str){ lower, rest.len }, token_of(a, s->key, *kind, *id));
}

/* ---- whether anything leaves */

bool post_set_up(struct ctx *ctx, const struct notice_settings *s, struct err *err)
{
	bool leaves = s->smtp_url.len > 0 && s->from.len > 0, was;
	struct post_setup_write_in in = { .value = leaves ? STR("yes") : STR("no") };

	return post_mail_leaves(ctx, &was, err) &&
	       (was == leaves || post_setup_write(ctx, &in, NULL, err));
}

bool post_mail_leaves(struct ctx *ctx, bool *leaves, struct err *err)
{
	struct post_setup_read_row row;
	bool found;

	if (!post_setup_read(ctx, &row, &found, err))
		return false;
	*leaves = found && str_equal_c(row.value, "yes");
	return true;
}

/* ---- first step: what is to be sent */

struct plan {
	struct notice notice;
	struct mail_file *files;
	size_t files_count;
	struct str from_name;
	struct post_result result;
};

static bool prepare(struct ctx *ctx, const struct job *job, void **out, struct err *err)
{
	struct plan *plan = ARENA_NEW(ctx->arena, struct plan);
	struct notice_file *files;
	struct notice_id id = { job->subject_id };
	struct site site;

	*out = NULL;
	if (!notice_find(ctx, id, &plan->notice, err))
		return false;
	if (plan->notice.state != NOTICE_WAITING || plan->notice.erased_at.known)
		return true;
	if (!agency_site(ctx, &site, err) ||
	    !notice_files(ctx, id, &files, &plan->files_count, err))
		return false;
	plan->from_name = site.office_name.len > 0 ? site.office_name : site.name;
	plan->files = ARENA_ARRAY(ctx->arena, plan->files_count, struct mail_file);
	for (size_t i = 0; i < plan->files_count; i++)
		plan->files[i] =
			(struct mail_file){ files[i].name, files[i].type, files[i].content };
	*out = plan;
	return true;
}

/* ---- second step: out of any transaction */

static struct str message_of(struct arena *a, const struct notice_settings *s,
			     const struct plan *plan)
{
	const struct notice *n = &plan->notice;
	struct str local, domain;

	cut_at(s->from, &local, &domain);
	return mail_write(
		a, &(struct mail_new){
			   .from = { plan->from_name, s->from },
			   .to = { STR_NONE, n->to },
			   .reply_to = n->answerable ? post_case_address(a, s, n->subject_kind,
									 n->subject_id) :
						       STR_NONE,
			   .subject = n->subject,
			   .text = n->text,
			   .message_id = str_format(a, STR_FMT "@" STR_FMT,
						    STR_ARG(n->message_id), STR_ARG(domain)),
			   .at = n->created_at,
			   .files = plan->files,
			   .files_count = plan->files_count });
}

static struct str sms_body(struct arena *a, const struct notice *n)
{
	struct str at = instant_iso(a, n->created_at);
	json_t *body = json_pack("{s:s%, s:s%, s:s%, s:s%}", "id", n->message_id.ptr,
				 n->message_id.len, "to", n->to.ptr, n->to.len, "text",
				 n->text.ptr, n->text.len, "written_at", at.ptr, at.len);
	size_t size = json_dumpb(body, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(a, size);

	size = json_dumpb(body, text, size, JSON_COMPACT);
	json_decref(body);
	return (struct str){ text, size };
}

static enum job_answer told(const struct post_result *r, struct err *why)
{
	switch (r->end) {
	case POST_TAKEN:
	case POST_REFUSED:
		return JOB_ANSWERED;
	case POST_LATER:
		err_set(why, ERR_UNAVAILABLE, "notice.later", "%s", "");
		return JOB_AGAIN;
	case POST_AWAY:
		break;
	}
	err_set(why, ERR_UNAVAILABLE, "notice.away", "%s", "");
	return JOB_TOPIC_AGAIN;
}

static enum job_answer work(struct arena *a, void *world, void *arg, struct err *why)
{
	struct post_world *w = world;
	const struct notice_settings *s = w->settings;
	struct plan *plan = arg;
	bool mail = plan->notice.way == NOTICE_MAIL;

	if (mail ? s->smtp_url.len == 0 || s->from.len == 0 : s->sms_url.len == 0) {
		err_set(why, ERR_UNAVAILABLE, "notice.not_set_up", "%s", "");
		return JOB_NOT_NOW;
	}
	struct arena *scratch = arena_open((size_t)LIMIT_NOTICE_FILES * 8);
	if (mail) {
		plan->result = smtp_send(scratch, w, plan->notice.to,
					 message_of(scratch, s, plan));
	} else {
		struct str body = sms_body(scratch, &plan->notice);
		plan->result = hook_send(scratch, w, plan->notice.message_id, w->now(), body);
	}
	plan->result.answer = str_copy(a, plan->result.answer);
	arena_close(scratch);
	return told(&plan->result, why);
}

/* ---- third step: its end, in the transaction of the job's */

static bool finish(struct ctx *ctx, const struct job *job, void *arg, enum job_answer answer,
		   const struct err *why, bool last, struct err *err)
{
	static const struct { enum notice_state state; const char *verb; } ends[] = {
		[POST_TAKEN] = { NOTICE_SENT, "notice.sent" },
		[POST_REFUSED] = { NOTICE_REFUSED, "notice.refused" },
		[POST_LATER] = { NOTICE_WAITING, "notice.failed" },
		[POST_AWAY] = { NOTICE_WAITING, "notice.failed" },
	};
	const struct plan *plan = arg;
	const struct notice *n = &plan->notice;
	enum notice_state state = ends[plan->result.end].state;
	const char *verb = ends[plan->result.end].verb;
	struct str bare = notice_bare_answer(ctx->arena, plan->result.answer);
	int64_t changed;

	(void)job, (void)why;
	if (last && answer != JOB_ANSWERED) {
		state = NOTICE_GIVEN_UP;
		verb = "notice.give_up";
	}
	if (!notice_answered(ctx,
			     &(struct notice_answered_in){ .id = n->id,
							   .state = notice_state_code(state),
							   .at = ctx->now,
							   .answer = bare },
			     &changed, err))
		return false;
	const struct ledger_change changes[] = {
		{ .field = "attempt",
		  .after = str_format(ctx->arena, "%lld", (long long)n->attempts + 1) },
		{ .field = "server", .after = bare },
	};
	return changed == 0 || (notice_event(ctx, n->subject_kind, n->subject_id, n->id, verb,
					     changes, COUNT_OF(changes), err) &&
				(state == NOTICE_WAITING || notice_tell_end(ctx, n->id, err)));
}

const struct job_outside notice_sending = { prepare, work, finish };
