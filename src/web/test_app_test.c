#include "web/test_app.h"

#include "base/limits.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "web/exchange.h"

#include <poll.h>

/* ---- the database: rows of the table of settings stand for the site's facts */

static const struct db_stmt_def count_things = {
	.name = "test_count_things",
	.file = "test",
	.sqlite = "SELECT count(*) FROM setting WHERE value = 'x'",
	.postgres = "SELECT count(*) FROM setting WHERE value = 'x'",
	.mode = DB_ONE,
	.param_types = "",
	.columns = 1,
	.column_types = "i",
};
static const struct db_stmt_def add_thing = {
	.name = "test_add_thing",
	.file = "test",
	.sqlite = "INSERT INTO setting (name, value) VALUES (?1, 'x')",
	.postgres = "INSERT INTO setting (name, value) VALUES ($1, 'x')",
	.mode = DB_EXEC,
	.params = 1,
	.param_types = "t",
	.column_types = "",
	.writes = true,
};

static bool things(struct db *db, int64_t *out, struct err *err)
{
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, &count_things, &st, err))
		return false;
	bool ok = db_step(st, &row, err);
	if (ok)
		*out = db_int(st, 0);
	db_stmt_reset(st);
	return ok;
}

static bool add(struct db *db, struct str name, struct err *err)
{
	struct db_stmt *st;
	bool row;

	if (!db_stmt_get(db, &add_thing, &st, err))
		return false;
	db_bind_text(st, 0, name);
	bool ok = db_step(st, &row, err);
	db_stmt_reset(st);
	return ok;
}

/* ---- pages */

static struct test_app *app_of(struct web_request *rq)
{
	return rq->app;
}

static void wait_while(atomic_bool *flag)
{
	while (atomic_load(flag))
		poll(NULL, 0, 1);
}

static bool draw(struct web_request *rq, struct web_reply *rp, const char *title, struct str text)
{
	struct page page = { .title = str_from_c(title) };
	struct html *h = web_page_begin(rq, rp, &page);

	html_text_str(h, text);
	web_page_end(rq, rp, &page);
	return true;
}

static bool home_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t n;

	wait_while(&app_of(rq)->hold_cached);
	if (!things(rq->ctx.db, &n, err))
		return false;
	int drawn = atomic_fetch_add(&app_of(rq)->drawn, 1) + 1;
	struct str long_text = STR_NONE;
	for (int i = 0; i < 6; i++)
		long_text = str_format(rq->ctx.arena, STR_FMT "政府信息公开平台首页。", STR_ARG(long_text));
	return draw(rq, rp, "首页",
		    str_format(rq->ctx.arena, "things=%d drawn=%d q=" STR_FMT " " STR_FMT, (int)n,
			       drawn, STR_ARG(web_text(rq, "q")), STR_ARG(long_text)));
}

static bool plain_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t n;

	if (!things(rq->ctx.db, &n, err))
		return false;
	return draw(rq, rp, "普通", str_format(rq->ctx.arena, "things=%d mode=%d who=" STR_FMT,
					      (int)n, (int)rq->mode, STR_ARG(rq->ctx.actor.name)));
}

static bool slow_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	wait_while(&app_of(rq)->hold);
	return plain_page(rq, rp, err);
}

static bool big_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	size_t len = 4 * MIB;
	char *bytes = arena_alloc(rq->ctx.arena, len);

	(void)err;
	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)('a' + i % 26);
	return web_bytes(rp, "text/plain; charset=utf-8", (struct str){ bytes, len }, DOWNLOAD,
			 STR("年报 2020.txt"));
}

static bool query_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)err;
	return draw(rq, rp, "查询", str_format(rq->ctx.arena, "n=%d", (int)web_int(rq, "n", -1)));
}

static bool asked_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)err;
	if (web_field_errors(rq) > 0)
		web_status(rp, 422);
	return draw(rq, rp, "查询", web_text(rq, "n"));
}

static bool param_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "web.no_page", " ");
	return draw(rq, rp, "编号", str_format(rq->ctx.arena, "id=%d", (int)id));
}

static bool remote_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct opt_date day = web_date(rq, "day");

	(void)err;
	return draw(rq, rp, "来源",
		    str_format(rq->ctx.arena, "remote=" STR_FMT " day=%d/%d", STR_ARG(rq->remote),
			       (int)web_has(rq, "day"), (int)day.known));
}

static bool away_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)err;
	return web_redirect(rp, web_text(rq, "to"), NULL);
}

/* More than a page may be, or more JSON. */
static bool huge_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	size_t len = LIMIT_PAGE;
	char *text = arena_alloc(rq->ctx.arena, len);

	(void)err;
	for (size_t i = 0; i < len; i++)
		text[i] = 'x';
	if (rq->wants_json)
		return web_json(rp, json_pack("{s:s%}", "text", text, len));
	return draw(rq, rp, "过大", (struct str){ text, len });
}

static bool limit_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	if (web_has(rq, "n"))
		web_status(rp, 429);
	return err_set(err, web_has(rq, "day") ? ERR_BUSY : ERR_LIMIT, "web.no_database", " ");
}

static bool broken_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)rq;
	(void)rp;
	return err_set(err, ERR_INTERNAL, "web.no_reason", "the secret detail");
}

static bool form_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct form_state form = web_form_state(rq);
	struct page page = { .title = STR("表单") };
	struct html *h = web_page_begin(rq, rp, &page);

	(void)err;
	html_error_summary(h, &form);
	html_form_hidden(h, &form);
	html_text_str(
		h, str_format(rq->ctx.arena, "name=[" STR_FMT "]", STR_ARG(web_text(rq, "name"))));
	web_page_end(rq, rp, &page);
	return true;
}

static bool cached_form_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct form_state form = web_form_state(rq);

	(void)err;
	return draw(rq, rp, "表单", form.csrf);
}

static bool thing_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t n;

	return things(rq->ctx.db, &n, err) &&
	       web_json(rp, json_pack("{s:I}", "things", (json_int_t)n));
}

/* ---- forms */

static bool add_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str name = web_text(rq, "name");

	atomic_fetch_add(&app_of(rq)->writes, 1);
	if (!add(rq->ctx.db, name, err))
		return false;
	if (str_equal_c(name, "undone")) /* written, then refused: nothing of it may stay */
		return err_set(err, ERR_CONFLICT, "web.form_wrong", " ");
	if (str_equal_c(name, "at-field"))
		return err_set_field(err, "name", ERR_CONFLICT, "web.form_wrong", " ");
	if (str_equal_c(name, "kept")) {
		web_field_error(rq, "name", STR("写入后发现有误"));
		return web_form_again(rq, rp, form_page, err);
	}
	if ((rq->route->flags & ROUTE_API) != 0)
		return web_json(rp, json_pack("{s:s%}", "added", name.ptr, name.len));
	return web_redirect(rp, STR("/plain"), "web.form_wrong");
}

static bool made_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	atomic_fetch_add(&app_of(rq)->writes, 1);
	return add(rq->ctx.db, web_text(rq, "name"), err) &&
	       web_created(rp, STR("/items/12"), "web.form_wrong");
}

/* Of something that stands at version 7. */
static bool versioned_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	web_version(rq, 7);
	if (web_int(rq, "version", 0) != 7)
		return err_set(err, ERR_CONFLICT, "web.stale_form", " ");
	web_version(rq, 8);
	return web_redirect(rp, STR("/plain"), NULL);
}

static bool versioned_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)err;
	web_version(rq, 7);
	return web_json(rp, json_pack("{s:i}", "version", 7));
}

static bool upload_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct upload file;

	(void)err;
	if (!web_file(rq, "file", &file))
		return draw(rq, rp, "上传", STR("no file"));
	return draw(rq, rp, "上传", str_format(rq->ctx.arena, "file=" STR_FMT " bytes=%zu note=" STR_FMT,
					      STR_ARG(file.file_name), file.content.len,
					      STR_ARG(web_text(rq, "note"))));
}

static bool prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct str *made = ARENA_NEW(rq->ctx.arena, struct str);

	(void)rp;
	if (str_equal_c(web_text(rq, "name"), "unprepared"))
		return err_set(err, ERR_FORBIDDEN, "web.forbidden", " ");
	*made = str_concat(rq->ctx.arena, STR("prepared-"), web_text(rq, "name"));
	rq->prepared = made;
	return true;
}

static bool prepared_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct str *made = rq->prepared;

	return add(rq->ctx.db, *made, err) && draw(rq, rp, "已备", *made);
}

const struct field test_app_form[] = {
	{ .name = "name", .label = "名称", .kind = FIELD_TEXT, .required = true, .max = 30 }, FIELD_END
};
static const struct field upload_form[] = {
	{ .name = "file", .label = "附件", .kind = FIELD_FILE },
	{ .name = "note", .label = "说明", .kind = FIELD_TEXT }, FIELD_END
};
static const struct field version_form[] = {
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field empty_form[] = { FIELD_END };
static const struct field home_query[] = { { .name = "q", .label = "检索词" }, FIELD_END };
static const struct field n_query[] = {
	{ .name = "n", .label = "数量", .kind = FIELD_INT, .low = 1, .high = 9 }, FIELD_END
};

static const struct field odd_query[] = {
	{ .name = "day", .label = "日期", .kind = FIELD_DATE },
	{ .name = "to", .label = "去处" },
	{ .name = "n", .label = "数量" }, FIELD_END
};

static const struct route routes[] = {
	{ METHOD_GET, "/", TEST_PUBLIC, home_page, .query = home_query, .flags = ROUTE_CACHED,
	  .summary = "首页" },
	{ METHOD_GET, "/plain", TEST_PUBLIC, plain_page, .summary = "普通页" },
	{ METHOD_GET, "/slow", TEST_PUBLIC, slow_page, .flags = ROUTE_SLOW, .summary = "慢页" },
	{ METHOD_GET, "/big.txt", TEST_PUBLIC, big_page, .summary = "大文件" },
	{ METHOD_GET, "/query", TEST_PUBLIC, query_page, .query = n_query, .summary = "查询" },
	{ METHOD_GET, "/asked", TEST_PUBLIC, asked_page, .query = n_query, .summary = "查询" },
	{ METHOD_GET, "/items/:id", TEST_PUBLIC, param_page, .summary = "编号" },
	{ METHOD_GET, "/remote", TEST_PUBLIC, remote_page, .query = odd_query, .summary = "来源" },
	{ METHOD_GET, "/away", TEST_PUBLIC, away_page, .query = odd_query, .summary = "去处" },
	{ METHOD_GET, "/limit", TEST_PUBLIC, limit_page, .query = odd_query, .summary = "限制" },
	{ METHOD_GET, "/huge-broken", TEST_PUBLIC, huge_page, .summary = "过大" },
	{ METHOD_GET, "/huge-broken.json", TEST_PUBLIC, huge_page, .summary = "过大" },
	{ METHOD_GET, "/broken", TEST_PUBLIC, broken_page, .summary = "故障" },
	{ METHOD_GET, "/cached-broken", TEST_PUBLIC, broken_page, .flags = ROUTE_CACHED,
	  .summary = "故障" },
	{ METHOD_GET, "/cached-form", TEST_PUBLIC, cached_form_page, .flags = ROUTE_CACHED,
	  .summary = "表单" },
	{ METHOD_GET, "/form", TEST_PUBLIC, form_page, .summary = "表单" },
	{ METHOD_POST, "/form", TEST_PUBLIC, add_post, .form = test_app_form, .summary = "提交" },
	{ METHOD_GET, "/seldom", TEST_PUBLIC, form_page, .summary = "不常提交的表单" },
	{ METHOD_POST, "/seldom", TEST_PUBLIC, add_post, .form = test_app_form,
	  .flags = ROUTE_COSTLY, .summary = "不常提交" },
	{ METHOD_POST, "/lone", TEST_PUBLIC, add_post, .form = test_app_form, .summary = "提交" },
	{ METHOD_POST, "/made", TEST_PUBLIC, made_post, .form = test_app_form, .summary = "新建" },
	{ METHOD_POST, "/filed", TEST_PUBLIC, made_post, .form = test_app_form,
	  .flags = ROUTE_UPLOAD, .summary = "附件" },
	{ METHOD_POST, "/versioned", TEST_PUBLIC, versioned_post, .form = version_form,
	  .summary = "按版本办理" },
	{ METHOD_GET, "/versioned.json", TEST_PUBLIC, versioned_json, .summary = "版本" },
	{ METHOD_POST, "/prepared", TEST_PUBLIC, prepared_post, .form = test_app_form,
	  .prepare = prepare, .summary = "先备后写" },
	{ METHOD_POST, "/upload", TEST_PUBLIC, upload_post, .form = upload_form,
	  .flags = ROUTE_UPLOAD | ROUTE_KEEPS_NOTHING, .summary = "上传" },
	{ METHOD_GET, "/staff", TEST_STAFF, plain_page, .summary = "工作页" },
	{ METHOD_POST, "/staff", TEST_STAFF, plain_page, .form = empty_form, .summary = "工作" },
	{ METHOD_GET, "/boss", TEST_BOSS, plain_page, .summary = "主管页" },
	{ METHOD_GET, "/things.json", TEST_PUBLIC, thing_json, .summary = "数据" },
	{ METHOD_GET, "/staff/:id.json", TEST_STAFF, thing_json, .summary = "数据" },
	{ METHOD_POST, "/api/things", TEST_PUBLIC, add_post, .form = test_app_form,
	  .flags = ROUTE_API, .summary = "新增" },
	{ METHOD_POST, "/api/staff", TEST_STAFF, add_post, .form = test_app_form,
	  .flags = ROUTE_API, .summary = "新增" },
	ROUTE_END
};
const struct route *const test_app_tables[] = { routes, NULL };

/* ---- the site */

static bool identify(struct ctx *ctx, enum web_token how, struct str token,
		     struct web_identity *out, struct err *err)
{
	(void)how;
	(void)ctx;
	(void)err;
	bool boss = str_starts(token, STR("boss")), staff = boss || str_starts(token, STR("staff"));
	if (!staff)
		return true;
	*out = (struct web_identity){ .known = true, .csrf_seed = token,
				      .to_touch = str_ends(token, STR("-idle")) };
	out->actor = (struct actor){ .account_id = 7, .name = token, .role = STR("clerk"),
				     .permissions = UINT64_C(1) << TEST_PUBLIC |
						    UINT64_C(1) << TEST_STAFF |
						    (boss ? UINT64_C(1) << TEST_BOSS : 0) };
	return true;
}

/* The use of a session stands as a row, so that a test sees it. */
static bool touch(struct ctx *ctx, struct str token, struct err *err)
{
	return add(ctx->db, token, err);
}

static void dress(struct web_request *rq, struct page *page)
{
	page->site_name = STR("测试站");
	page->platform_name = STR("政府信息公开平台");
	if (rq->ctx.actor.account_id != 0)
		page->csrf = rq->csrf;
}

static int64_t now(void)
{
	return INT64_C(1604280600); /* 2020-11-02 09:30 in China */
}

static void committed(void *arg)
{
	struct test_app *app = arg;

	if (app->web != NULL)
		web_public_changed(app->web);
}

struct str test_app_secret(void)
{
	return STR("0123456789abcdef0123456789abcdef");
}

static struct str where_of(struct test *t)
{
	return str_format(t->arena, "%s/site.db", t->data_dir);
}

bool test_app_start(struct test *t, struct test_app *app, const struct web_limits *limits)
{
	struct err err = { .code = ERR_NONE };
	struct str where = where_of(t);
	struct db *db;
	int applied;

	if (!CHECK_OK(db_open(&db, where, DB_WRITE, &err)))
		return false;
	CHECK_OK(migrate_up(db, &applied, &err));
	db_close(db);
	return test_app_start_at(t, app, where, limits);
}

bool test_app_start_at(struct test *t, struct test_app *app, struct str where,
		       const struct web_limits *limits)
{
	struct err err = { .code = ERR_NONE };
	struct web_limits standard = web_limits_default();

	*app = (struct test_app){ .arena = arena_open(MIB) };
	where = str_copy(app->arena, where);
	if (!CHECK_OK(writer_open(&app->writer, where, committed, app, &err)))
		return false;
	struct web_config config = {
		.where = where,
		.writer = app->writer,
		.address = STR("127.0.0.1"),
		.threads = 2,
		.route_tables = test_app_tables,
		.identify = identify,
		.touch = touch,
		.dress = dress,
		.public_permission = TEST_PUBLIC,
		.secret = test_app_secret(),
		.now = now,
		.cache_bytes = 16 * MIB,
		.app = app,
	};
	CHECK_OK(web_start_limited(&app->web, &config, limits != NULL ? limits : &standard, &err));
	if (app->web == NULL)
		return false;
	app->port = web_port(app->web);
	return true;
}

void test_app_stop(struct test_app *app)
{
	web_stop(app->web, 2000);
	app->web = NULL;
	writer_close(app->writer);
	arena_close(app->arena);
}

static struct str between(struct str text, struct str before, char end)
{
	size_t from = str_find(text, before, 0);

	if (from == SIZE_MAX)
		return STR_NONE;
	text = str_slice(text, from + before.len, text.len);
	size_t len = 0;
	while (len < text.len && text.ptr[len] != end)
		len++;
	return str_slice(text, 0, len);
}

void test_app_visitor(struct test *t, struct test_app *app, struct str *cookie, struct str *token)
{
	struct probe_answer a = probe_get(t, app->port, "/form");

	*cookie = str_format(t->arena, "Cookie: gk-form=" STR_FMT "\r\n",
			     STR_ARG(between(a.head, STR("Set-Cookie: gk-form="), ';')));
	*token = between(a.body, STR("name=\"_csrf\" value=\""), '"');
}

int64_t test_app_things(struct test *t, struct test_app *app)
{
	struct probe_answer a = probe_get(t, app->port, "/things.json");
	struct str text = between(a.body, STR("\"things\":"), '}');
	int64_t n = -1;

	(void)str_to_i64(text, &n);
	return n;
}

void test_app_test(struct test *t)
{
	struct test_app app;

	if (!test_case(t, "a site starts, answers and stops") || !test_app_start(t, &app, NULL))
		return;
	struct probe_answer a = probe_get(t, app.port, "/plain");
	CHECK_INT(a.status, 200);
	CHECK(str_contains(a.body, STR("things=0")));
	CHECK_STR(probe_header(&a, STR("Content-Type")), STR("text/html; charset=utf-8"));
	struct err err = { .code = ERR_NONE };
	struct web_server *other;
	struct web_config config = app.web->config;
	config.port = app.port;
	CHECK_FAILS(web_start(&other, &config, &err), "web.port_taken");
	config.address = STR("localhost");
	CHECK_FAILS(web_start(&other, &config, &err), "web.bad_address");
	test_app_stop(&app);
}
