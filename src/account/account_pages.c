/*
 * account_pages.c - sign-in, sign-out, and the list of staff accounts.
 *
 * The password is hashed in the prepare step, on a worker, so that the slow
 * function holds up neither the HTTP threads nor the writer.
 */
#include "account/account_pages.h"

#include "account/account_token.h"
#include "account/account_view.h"
#include "account_html.h"
#include "base/limits.h"

/* Only a path of this site may follow a sign-in: no open redirect. */
static struct str safe_next(struct str next)
{
	if (next.len == 0 || next.len > 500 || next.ptr[0] != '/' || str_starts(next, STR("//")) ||
	    str_contains(next, STR("\\")) || str_contains(next, STR("\n")))
		return STR("/desk");
	return next;
}

static bool sign_in_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct site site;

	if (!agency_site(&rq->ctx, &site, err))
		return false;
	struct sign_in_view view = { .form = web_form_state(rq), .sample = site.sample,
				     .name = web_text(rq, "name"), .next = web_text(rq, "next") };
	struct page page = { .title = STR("工作人员登录"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	sign_in_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool sign_in_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct sign_in_check *check = ARENA_NEW(rq->ctx.arena, struct sign_in_check);

	(void)rp;
	if (!account_check(&rq->ctx, web_text(rq, "name"), web_text(rq, "password"), rq->remote,
			   check, err))
		return false;
	rq->prepared = check;
	return true;
}

static bool sign_in_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct sign_in_check *check = rq->prepared;
	struct str token;

	if (!account_sign_in(&rq->ctx, check, &token, err))
		return false;
	if (check->result == SIGN_IN_LIMITED)
		web_field_error(rq, "name", STR("尝试次数过多：请在15分钟后再试，或联系安全管理员重置密码。"));
	else if (check->result == SIGN_IN_WRONG)
		web_field_error(rq, "name", STR("登录名或密码不正确：请核对后重新输入。"));
	if (token.len == 0)
		return web_form_again(rq, rp, sign_in_page, err);
	web_set_session(rp, token, LIMIT_SESSION_TOTAL_S);
	return web_redirect(rp, safe_next(web_text(rq, "next")), NULL);
}

static bool sign_out_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	if (!account_sign_out(&rq->ctx, rq->session_token, err))
		return false;
	web_set_session(rp, STR_NONE, 0);
	return web_redirect(rp, STR("/"), "account.signed_out");
}

static bool unit_choices(struct ctx *ctx, struct choice **out, size_t *count, struct err *err)
{
	struct unit *units;

	if (!agency_units(ctx, &units, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct choice);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct choice){ .value = units[i].code, .label = units[i].name };
	return true;
}

static const struct unit *unit_of(const struct unit *units, size_t count, struct unit_id id)
{
	for (size_t u = 0; u < count; u++)
		if (units[u].id.n == id.n)
			return &units[u];
	return NULL;
}

/* Those of the unit view->at, or all. */
static bool account_rows(struct ctx *ctx, struct account_list_view *view, struct err *err)
{
	struct account *accounts;
	struct unit *units;
	size_t count, units_count;

	if (!account_list(ctx, &accounts, &count, err) ||
	    !agency_units(ctx, &units, &units_count, err))
		return false;
	view->rows = ARENA_ARRAY(ctx->arena, count, struct account_row);
	for (size_t i = 0; i < count; i++) {
		const struct role *role = role_find(accounts[i].role);
		const struct unit *unit = unit_of(units, units_count, accounts[i].unit);
		if (view->at.len > 0 && (unit == NULL || !str_equal(unit->code, view->at)))
			continue;
		view->rows[view->count++] =
			(struct account_row){ .name = accounts[i].name,
					      .person = accounts[i].person,
					      .role = role != NULL ? role->label : accounts[i].role,
					      .unit = unit != NULL ? unit->name : STR_NONE,
					      .disabled = accounts[i].disabled_at.known,
					      .id = accounts[i].id.n };
	}
	return true;
}

static const struct choice *places(struct arena *a, const struct choice *units, size_t count)
{
	struct choice *out = ARENA_ARRAY(a, count + 1, struct choice);

	out[0] = (struct choice){ .value = STR_NONE, .label = STR("全部单位") };
	for (size_t i = 0; i < count; i++)
		out[i + 1] = units[i];
	return out;
}

static bool accounts_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct account_list_view view = { .form = web_form_state(rq) };
	struct choice *roles = ARENA_ARRAY(rq->ctx.arena, account_roles_count, struct choice);
	struct choice *units;

	if (rq->method == METHOD_GET)
		view.at = web_text(rq, "at");
	if (!account_rows(&rq->ctx, &view, err) ||
	    !unit_choices(&rq->ctx, &units, &view.units_count, err))
		return false;
	for (size_t i = 1; i < account_roles_count; i++) /* the first role is the public */
		roles[view.roles_count++] =
			(struct choice){ .value = str_from_c(account_roles[i].code),
					 .label = account_roles[i].label };
	view.roles = roles;
	view.units = units;
	view.places = places(rq->ctx.arena, units, view.units_count);
	view.places_count = view.units_count + 1;
	if (rq->method == METHOD_POST && rq->route->form != NULL && web_has(rq, "name")) {
		view.name = web_text(rq, "name");
		view.person = web_text(rq, "person");
		view.role = web_text(rq, "role");
		view.unit = web_text(rq, "unit");
	}
	struct page page = { .title = STR("工作人员账号"), .errors = view.form.errors_count };
	struct html *h = web_page_begin(rq, rp, &page);
	account_list_html(h, &view);
	web_page_end(rq, rp, &page);
	return true;
}

static bool add_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str *hash = ARENA_NEW(rq->ctx.arena, struct str);

	(void)rp;
	if (!account_hash_password(rq->ctx.arena, web_text(rq, "password"), hash, err)) {
		if (err->code != ERR_INVALID)
			return false;
		web_field_error(rq, "password", err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
	}
	rq->prepared = hash;
	return true;
}

static bool add_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct str *hash = rq->prepared;
	struct unit unit = { 0 };
	struct account_id id;
	bool found;

	if (!agency_unit_by_code(&rq->ctx, web_text(rq, "unit"), &unit, &found, err))
		return false;
	if (!found)
		web_field_error(rq, "unit", STR("请从列表中选择单位。"));
	if (web_field_errors(rq) > 0)
		return web_form_again(rq, rp, accounts_page, err);
	struct account_new in = { .name = web_text(rq, "name"),
				  .person = web_text(rq, "person"),
				  .role = web_text(rq, "role"),
				  .unit = unit.id,
				  .password_hash = *hash };
	if (!account_add(&rq->ctx, &in, &id, err)) {
		if (err->field == NULL)
			return false;
		web_field_error(rq, err->field, err_text(rq->ctx.arena, rq->ctx.locale, err));
		err_clear(err);
		return web_form_again(rq, rp, accounts_page, err);
	}
	return web_redirect(rp, STR("/desk/accounts"), "account.added");
}

static bool set_disabled(struct web_request *rq, struct web_reply *rp, bool disabled,
			 struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "account.none", " ");
	if (id == rq->ctx.actor.account_id)
		return err_set(err, ERR_CONFLICT, "account.not_oneself", " ");
	if (!account_set_disabled(&rq->ctx, (struct account_id){ id }, disabled, STR_NONE, err))
		return false;
	return web_redirect(rp, STR("/desk/accounts"),
			    disabled ? "account.disabled" : "account.enabled");
}

static bool disable_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return set_disabled(rq, rp, true, err);
}

static bool enable_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	return set_disabled(rq, rp, false, err);
}

static const struct field next_field[] = {
	{ .name = "next", .label = "登录后前往", .kind = FIELD_TEXT, .max = 500 },
	{ .name = "name", .label = "登录名", .kind = FIELD_TEXT, .max = 80 },
	FIELD_END
};
static const struct field sign_in_form[] = {
	{ .name = "name", .label = "登录名", .kind = FIELD_TEXT, .required = true, .max = 80 },
	{ .name = "password", .label = "密码", .kind = FIELD_PASSWORD, .required = true, .max = LIMIT_PASSWORD_BYTES },
	{ .name = "next", .label = "登录后前往", .kind = FIELD_TEXT, .max = 500 },
	FIELD_END
};
static const struct field empty_form[] = { FIELD_END };
static const struct field add_form[] = {
	{ .name = "name", .label = "登录名", .kind = FIELD_TEXT, .required = true, .max = 80 },
	{ .name = "person",
	  .label = "人员显示名称",
	  .kind = FIELD_TEXT,
	  .required = true,
	  .max = 100 },
	{ .name = "role", .label = "角色", .kind = FIELD_CODE, .required = true, .max = 40 },
	{ .name = "unit", .label = "单位", .kind = FIELD_TEXT, .required = true, .max = 40 },
	{ .name = "password",
	  .label = "初始密码",
	  .kind = FIELD_PASSWORD,
	  .required = true,
	  .max = LIMIT_PASSWORD_BYTES },
	FIELD_END
};

static const struct field list_query[] = {
	{ .name = "at", .label = "单位", .kind = FIELD_TEXT, .max = 40 },
	FIELD_END
};
const struct route account_routes[] = {
	{ METHOD_GET, "/sign-in", PERM_PUBLIC, sign_in_page, .query = next_field,
	  .summary = "工作人员登录页" },
	{ METHOD_POST, "/sign-in", PERM_PUBLIC, sign_in_post, .form = sign_in_form,
	  .prepare = sign_in_prepare, .summary = "登录" },
	{ METHOD_POST, "/sign-out", PERM_SIGNED_IN, sign_out_post, .form = empty_form,
	  .summary = "退出登录" },
	{ METHOD_GET, "/desk/accounts", PERM_ACCOUNT_WRITE, accounts_page, .query = list_query,
	  .summary = "工作人员账号列表" },
	{ METHOD_POST, "/desk/accounts", PERM_ACCOUNT_WRITE, add_post, .form = add_form,
	  .prepare = add_prepare, .summary = "添加账号" },
	{ METHOD_POST, "/desk/accounts/:id/disable", PERM_ACCOUNT_WRITE, disable_post,
	  .form = empty_form, .summary = "停用账号" },
	{ METHOD_POST, "/desk/accounts/:id/enable", PERM_ACCOUNT_WRITE, enable_post,
	  .form = empty_form, .summary = "启用账号" },
	{ METHOD_GET, "/desk/password", PERM_SIGNED_IN, account_password_page,
	  .summary = "修改自己的密码" },
	{ METHOD_POST, "/desk/password", PERM_SIGNED_IN, account_password_post,
	  .form = account_password_form, .prepare = account_password_prepare,
	  .summary = "修改自己的密码" },
	{ METHOD_GET, "/desk/tokens", PERM_SIGNED_IN, account_tokens_page,
	  .summary = "自己的访问令牌" },
	{ METHOD_GET, "/desk/tokens.json", PERM_SIGNED_IN, account_tokens_json,
	  .flags = ROUTE_API, .summary = "自己的访问令牌（机器可读）" },
	{ METHOD_POST, "/desk/tokens", PERM_SIGNED_IN, account_token_post,
	  .form = account_token_form, .summary = "创建访问令牌" },
	{ METHOD_POST, "/desk/tokens/:id/revoke", PERM_SIGNED_IN, account_token_revoke_post,
	  .form = empty_form, .summary = "作废访问令牌" },
	ROUTE_END
};

bool account_identify(struct ctx *ctx, enum web_token how, struct str token,
		      struct web_identity *out, struct err *err)
{
	struct account_session session;

	if (how == TOKEN_BEARER)
		return account_of_token(ctx, token, &out->actor, &out->known, err);
	if (!account_of_session(ctx, token, &session, &out->known, err))
		return false;
	if (out->known) {
		out->actor = account_actor(&session.account);
		out->csrf_seed = token;
		out->to_touch = session.to_touch;
	}
	return true;
}
