/*
 * matrix_test.c - every route of the program × every role: exactly those who may
 * are let through. Derived from the route tables; a new route is in it by itself.
 */
#include "account/account.h"
#include "app/demo.h"
#include "app/server.h"
#include "base/limits.h"
#include "base/test.h"
#include "db/testdb.h"
#include "report/report.h"
#include "web/probe.h"

enum { ROLES_MAX = 16 };

struct roles {
	struct arena *arena;
	struct data_site *site;
	struct probe_role rows[ROLES_MAX];
	size_t count;
	struct str report; /* id of the report of the unit that all sample accounts belong to */
};

struct signing { const char *name; struct str token; };

static bool sign_in(struct ctx *ctx, void *arg, struct err *err)
{
	struct signing *s = arg;
	struct sign_in_check check = { .result = SIGN_IN_OK, .remote = STR("127.0.0.1") };
	bool found;

	return account_find(ctx, str_from_c(s->name), &check.account, &found, err) && found &&
	       account_sign_in(ctx, &check, &s->token, err);
}

/* A fresh one each time: a cell may end it. */
static bool session_of(void *arg, const struct probe_role *role, struct str *token,
		       struct str *seed)
{
	struct roles *r = arg;
	struct signing s = { .name = role->name };
	struct actor actor = { .role = STR("system"), .name = STR("测试") };
	struct err err = { 0 };

	if (!site_write(r->site, r->arena, actor, sign_in, &s, &err))
		return false;
	*token = *seed = s.token;
	return true;
}

/* Paths lead to things that exist where that matters to nobody: what is asked is who may knock. */
static struct str parameter(void *arg, const struct route *route, struct str name)
{
	const struct roles *r = arg;

	if (str_starts(str_from_c(route->path), STR("/desk/reports/:id")) &&
	    str_equal_c(name, "id"))
		return r->report; /* the own unit's: another's is nobody's to know */
	if (str_starts(str_from_c(route->path), STR("/desk/accounts")))
		return STR("999999"); /* nobody: a role must not be disabled halfway through */
	if (str_equal_c(name, "year"))
		return STR("2020");
	if (str_equal_c(name, "unit"))
		return STR("all");
	return STR("1");
}

static void all_roles(struct roles *r)
{
	for (size_t i = 0; i < account_roles_count; i++) {
		const struct role *role = &account_roles[i];
		bool anonymous = str_equal_c(STR("public"), role->code);
		r->rows[r->count++] =
			(struct probe_role){ role->code, role->permissions, anonymous };
	}
}

static bool own_report(struct data_site *site, struct arena *a, struct str *id, struct err *err)
{
	struct ctx ctx = site_ctx(site, a);
	struct report report;
	struct unit root;
	bool found;

	if (!agency_root(&ctx, &root, err) ||
	    !report_of(&ctx, root.id, 2020, &report, &found, err) || !found)
		return false;
	*id = str_format(a, "%lld", (long long)report.id.n);
	return true;
}

static bool start(struct test *t, struct arena *a, struct data_site *site, struct app *app,
		  struct str *report)
{
	struct demo_options o = { .seed = 2020, .year = 2020, .times = 1 };
	struct err err = { 0 };

	if (!CHECK_OK(site_init(site, a, str_from_c(t->data_dir), &err)) ||
	    !CHECK_OK(site_open(site, DB_WRITE, &err)) || !CHECK_OK(demo_play(site, a, &o, &err)))
		return false;
	if (!CHECK_OK(own_report(site, a, report, &err)))
		return false;
	db_close(site->db);
	site->db = NULL;
	if (!CHECK_OK(writer_open(&site->writer, site->where, NULL, NULL, &err)))
		return false;
	site->config.port = 0;
	site->config.costly_per_minute = 0; /* all cells are asked from one address */
	struct web_config config = app_web_config(app);
	return CHECK_OK(web_start(&app->web, &config, &err));
}

void matrix_test(struct test *t)
{
	struct data_site site = { .lock_fd = -1 };
	struct app app = { .site = &site };
	size_t routes;

	if (!test_case(t, "the sample site starts for the matrix"))
		return;
	struct arena *a = arena_open(256 * MIB); /* the test's own ends with each case */
	struct roles roles = { .arena = a, .site = &site };
	if (!start(t, a, &site, &app, &roles.report))
		return;
	all_roles(&roles);
	(void)web_routes(a, app_routes, &routes);
	struct probe_matrix m = { .port = web_port(app.web),
				  .tables = app_routes,
				  .roles = roles.rows,
				  .roles_count = roles.count,
				  .public_permission = PERM_PUBLIC,
				  .secret = site.secret,
				  .session_cookie = STR("gk"),
				  .session = session_of,
				  .parameter = parameter,
				  .arg = &roles };
	size_t cells = probe_roles(t, &m);
	if (test_case(t, "the matrix has a cell for each route and role"))
		CHECK_INT((int64_t)cells, (int64_t)(routes * roles.count));
	web_stop(app.web, 1000);
	writer_close(site.writer);
	arena_close(a);
}
