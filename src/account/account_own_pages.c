/*
 * account_own_pages.c - what a person does to the own account: a new password,
 * tokens for programs. Not by a token: who found one could stay for ever.
 */
#include "account/account_token.h"
#include "account/account_view.h"
#include "account_html.h"
#include "base/limits.h"

static bool in_person(const struct web_request *rq, struct err *err)
{
	return !rq->by_token || err_set(err, ERR_FORBIDDEN, "account.not_by_token", " ");
}

/* ---- password */

const struct field account_password_form[] = { { .name = "password",
						 .label = "当前密码",
						 .kind = FIELD_PASSWORD,
						 .required = true,
						 .max = LIMIT_PASSWORD_BYTES },
					       { .name = "new",
						 .label = "新密码",
						 .kind = FIELD_PASSWORD,
						 .required = true,
						 .max = LIMIT_PASSWORD_BYTES },
					       { .name = "again",
						 .label = "再次填写新密码",
						 .kind = FIELD_PASSWORD,
						 .required = true,
						 .max = LIMIT_PASSWORD_BYTES },
					       FIELD_END };

struct new_password { struct sign_in_check check; struct str hash; };

bool account_password_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct password_view view = { .form = web_form_state(rq), .person = rq->ctx.actor.name };
	struct page page = { .title = STR("修改密码"), .errors = view.form.errors_count };

	(void)err;
	struct html *h = web_page_begin(rq, rp, &page);
	password_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool own_account(struct web_request *rq, struct account *out, struct err *err)
{
	struct account *all;
	size_t count;

	if (!account_list(&rq->ctx, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (all[i].id.n == rq->ctx.actor.account_id) {
			*out = all[i];
			return true;
		}
	return err_set(err, ERR_NOT_FOUND, "account.none", " ");
}

/* The current password by the same door as at a sign-in, its limits included. */
bool account_password_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct new_password *n = ARENA_NEW(rq->ctx.arena, struct new_password);
	struct account account;
	struct str fresh = web_text(rq, "new");

	(void)rp;
	rq->prepared = n;
	if (!in_person(rq, err) || !own_account(rq, &account, err) ||
	    !account_check(&rq->ctx, account.name, web_text(rq, "password"), rq->remote, &n->check,
			   err))
		return false;
	if (!str_equal(fresh, web_text(rq, "again")))
		web_field_error(rq, "again", STR("两次填写的新密码不同：请重新填写。"));
	else if (str_equal(fresh, web_text(rq, "password")))
		web_field_error(rq, "new", STR("新密码与当前密码相同：请换一个。"));
	else if (!account_hash_password(rq->ctx.arena, fresh, &n->hash, err)) {
		if (err->code != ERR_INVALID)
			return false;
		web_field_error(rq, "new", err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
	}
	return true;
}

bool account_password_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct new_password *n = rq->prepared;
	struct str token;

	if (n->check.result == SIGN_IN_LIMITED)
		web_field_error(rq, "password", STR("尝试次数过多：请在15分钟后再试。"));
	else if (n->check.result == SIGN_IN_WRONG)
		web_field_error(rq, "password", STR("当前密码不正确：请核对后重新输入。"));
	if (web_field_errors(rq) > 0) {
		/* A wrong one counts as at a sign-in; a right one opens nothing yet. */
		if (n->check.result == SIGN_IN_WRONG &&
		    !account_sign_in(&rq->ctx, &n->check, &token, err))
			return false;
		return web_form_again(rq, rp, account_password_page, err);
	}
	/* All sessions end, and this person stays signed in by a new one. */
	if (!account_set_password(&rq->ctx, n->check.account.id, n->hash, err) ||
	    !account_sign_in(&rq->ctx, &n->check, &token, err))
		return false;
	web_set_session(rp, token, LIMIT_SESSION_TOTAL_S);
	return web_redirect(rp, STR("/desk"), "account.password_set");
}

/* ---- tokens */

const struct field account_token_form[] = {
	{ .name = "label", .label = "用途", .kind = FIELD_TEXT, .required = true, .max = 80 },
	{ .name = "days",
	  .label = "有效天数",
	  .kind = FIELD_INT,
	  .required = true,
	  .low = 1,
	  .high = LIMIT_TOKEN_DAYS },
	{ .name = "scope", .label = "权限", .kind = FIELD_CODE, .many = true, .max = 60 },
	FIELD_END
};

static uint64_t scope_of(const struct web_request *rq)
{
	uint64_t scope = 0;

	for (size_t i = 0; i < web_count(rq, "scope"); i++)
		scope |= permission_set_from(web_text_at(rq, "scope", i));
	return scope;
}

static struct str labels_of(struct arena *a, uint64_t scope)
{
	struct str out = STR_NONE;

	for (unsigned p = PERM_SIGNED_IN + 1; p < PERM_COUNT; p++)
		if ((scope & PERM_BIT(p)) != 0)
			out = str_format(a, STR_FMT "%s" STR_FMT, STR_ARG(out),
					 out.len > 0 ? "；" : "", STR_ARG(permission_label(p)));
	return out;
}

static struct str day_of(struct arena *a, int64_t at)
{
	struct ctx then = { .arena = a };

	ctx_set_time(&then, at);
	return date_iso(a, then.today);
}

static bool fill_tokens(struct web_request *rq, struct token_list_view *view, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct account_token *tokens;

	if (!account_token_list(&rq->ctx, (struct account_id){ rq->ctx.actor.account_id }, &tokens,
				&view->count, err))
		return false;
	struct token_row *rows = ARENA_ARRAY(a, view->count, struct token_row);
	for (size_t i = 0; i < view->count; i++) {
		const struct account_token *k = &tokens[i];
		bool ended = k->expires_at <= rq->ctx.now;
		rows[i] = (struct token_row){ .id = k->id, .label = k->label,
					      .scope = labels_of(a, k->scope),
					      .created = day_of(a, k->created_at),
					      .expires = day_of(a, k->expires_at),
					      .live = !ended && !k->revoked_at.known };
		rows[i].state = k->revoked_at.known ? STR("已作废") :
				ended		    ? STR("已过期") :
						      STR("有效");
	}
	view->rows = rows;
	return true;
}

static void fill_scopes(struct web_request *rq, struct token_list_view *view)
{
	struct token_scope *scopes = ARENA_ARRAY(rq->ctx.arena, PERM_COUNT, struct token_scope);
	uint64_t chosen = rq->method == METHOD_POST && view->fresh.len == 0 ? scope_of(rq) : 0;

	for (unsigned p = PERM_SIGNED_IN + 1; p < PERM_COUNT; p++)
		if (web_may(rq, p))
			scopes[view->scopes_count++] = (struct token_scope){
				permission_name(p), permission_label(p),
				(chosen & PERM_BIT(p)) != 0
			};
	view->scopes = scopes;
}

static bool draw_tokens(struct web_request *rq, struct web_reply *rp, struct str fresh,
			struct err *err)
{
	struct token_list_view view = { .form = web_form_state(rq), .fresh = fresh,
					.days = STR("90") };

	if (!fill_tokens(rq, &view, err))
		return false;
	fill_scopes(rq, &view);
	if (rq->method == METHOD_POST && fresh.len == 0 && web_has(rq, "label")) {
		view.label = web_text(rq, "label");
		view.days = web_text(rq, "days");
	}
	for (size_t i = 0; i < view.form.errors_count; i++)
		if (str_equal_c(STR("scope"), view.form.errors[i].field))
			view.scope_error = view.form.errors[i].text;
	struct page page = { .title = STR("访问令牌"), .errors = view.form.errors_count,
			     .json = STR("/desk/tokens.json") };
	struct html *h = web_page_begin(rq, rp, &page);
	token_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

bool account_tokens_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return draw_tokens(rq, rp, STR_NONE, err);
}

bool account_tokens_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct account_token *tokens;
	size_t count;

	if (!account_token_list(&rq->ctx, (struct account_id){ rq->ctx.actor.account_id }, &tokens,
				&count, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++) {
		const struct account_token *k = &tokens[i];
		struct str scope = permission_set_text(rq->ctx.arena, k->scope);
		json_array_append_new(
			items, json_pack("{s:I, s:s%, s:s%, s:I, s:I, s:b}", "id",
					 (json_int_t)k->id, "label", k->label.ptr, k->label.len,
					 "scope", scope.ptr, scope.len, "created_at",
					 (json_int_t)k->created_at, "expires_at",
					 (json_int_t)k->expires_at, "revoked",
					 (int)k->revoked_at.known));
	}
	return web_json(rp, json_pack("{s:o}", "items", items));
}

bool account_token_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct account_token_new in = { .label = web_text(rq, "label"), .scope = scope_of(rq),
					.days = web_int(rq, "days", 0) };
	struct str token;
	int64_t id;

	if (!in_person(rq, err) || !own_account(rq, &in.account, err) ||
	    !account_token_add(&rq->ctx, &in, &id, &token, err))
		return false;
	if (!rq->wants_json)
		return draw_tokens(rq, rp, token, err);
	web_status(rp, 201);
	return web_json(rp, json_pack("{s:I, s:s%, s:s}", "id", (json_int_t)id, "token", token.ptr,
				      token.len, "location", "/desk/tokens"));
}

bool account_token_revoke_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t id;

	if (!in_person(rq, err))
		return false;
	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "account.no_token", " ");
	return account_token_revoke(&rq->ctx, (struct account_id){ rq->ctx.actor.account_id }, id,
				    err) &&
	       web_redirect(rp, STR("/desk/tokens"), "account.token_revoked");
}
