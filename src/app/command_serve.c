/*
 * command_serve.c - serving a site, bringing its schema up to date, verifying its
 * ledger, listing its addresses.
 */
#include "app/commands.h"

#include "account/permission.h"
#include "app/server.h"
#include "db/migrate.h"
#include "dispute/bundle_check.h"
#include "ledger/ledger.h"

#include <fcntl.h>
#include <unistd.h>

/* ---- serve */

static void announce(void *arg, uint16_t port)
{
	struct invocation *in = arg;

	say(in, "正在服务：http://127.0.0.1:%u/\n", port);
	const struct data_site *s = in->server_site;
	struct str path = str_concat(in->arena, s->dir, STR("/sample-accounts.txt"));
	if (access(str_to_c(in->arena, path), R_OK) == 0)
		say(in, "示例账号（登录名与密码）见 " STR_FMT "，登录页：http://127.0.0.1:%u/sign-in\n",
		    STR_ARG(path), port);
	say(in, "按 Ctrl-C 停止。\n");
}

static const struct option serve_options[] = {
	{ "--port", "N", "监听端口，默认取配置（8080）；0 为任意空闲端口", false },
	OPTION_END
};

static int serve_run(struct invocation *in)
{
	const char *dir = option_value(in, "--data");
	struct data_site site;
	struct err err = { 0 };
	int64_t port;

	if (option_int(in, "--port", 0, 65535, -1, &port) != 0)
		return 2;
	if (!site_init(&site, in->arena, str_from_c(dir != NULL ? dir : "var"), &err) ||
	    !site_lock(&site, "gongkai serve", &err))
		return fail(in, &err);
	if (port >= 0)
		site.config.port = port;
	in->server_site = &site;
	return server_supervise(&site, announce, in);
}
const struct command serve_command = { "serve", "[--data DIR] [--port N]", "启动网站", serve_options,
					      serve_run, 0 };

/* ---- migrate, verify */

static int migrate_run(struct invocation *in)
{
	struct data_site site;
	struct err err = { 0 };

	if (!site_of(in, DB_WRITE, "gongkai migrate", &site, &err))
		return fail(in, &err);
	say(in, "数据库结构已是最新（共 %zu 个迁移文件）。\n", migration_list_count);
	site_done(in, &site);
	return 0;
}
const struct command migrate_command = { "migrate", "[--data DIR]", "把数据库结构升级到本版本", NULL,
						migrate_run, 0 };

static const struct option verify_options[] = {
	{ "--json", NULL, "核对证据卷宗时输出JSON", false },
	OPTION_END
};

static void tell_bundle_json(const struct invocation *in, const struct bundle_verdict *v)
{
	struct str manifest = digest_hex(in->arena, v->manifest);
	json_t *faults = json_array();

	for (size_t i = 0; i < v->faults_count; i++) {
		struct str kind = bundle_fault_code(v->faults[i].kind);
		json_array_append_new(faults, json_pack("{s:s%, s:s%}", "kind", kind.ptr, kind.len,
							"where", v->faults[i].where.ptr,
							v->faults[i].where.len));
	}
	json_t *out = json_pack("{s:b, s:s%, s:s%, s:s%, s:s%, s:I, s:I, s:I, s:s%, s:o}", "intact",
				(int)(v->faults_count == 0), "case_no", v->case_no.ptr,
				v->case_no.len, "made_at", v->made_at.ptr, v->made_at.len,
				"erased_on", str_to_c(in->arena, v->erased_on), v->erased_on.len,
				"request_erased_on", str_to_c(in->arena, v->request_erased_on),
				v->request_erased_on.len, "files",
				(json_int_t)v->files, "events", (json_int_t)v->events, "withheld",
				(json_int_t)v->withheld, "manifest_sha256", manifest.ptr,
				manifest.len, "faults", faults);
	say_json(in, out, JSON_COMPACT);
}

static void tell_bundle(const struct invocation *in, const struct bundle_verdict *v)
{
	struct str manifest = digest_hex(in->arena, v->manifest);

	for (size_t i = 0; i < v->faults_count; i++)
		say(in, STR_FMT "：" STR_FMT "\n", STR_ARG(v->faults[i].where),
		    STR_ARG(bundle_fault_label(v->faults[i].kind)));
	if (v->faults_count > 0) {
		say(in, "证据卷宗不完整：%zu 处不符。\n", v->faults_count);
		return;
	}
	say(in, "证据卷宗完整：案件 " STR_FMT "，%lld 个文件、%lld 条记录都与摘要相符", STR_ARG(v->case_no),
	    (long long)v->files, (long long)v->events);
	if (v->withheld > 0)
		say(in, "（其中 %lld 条不随卷提供全文）", (long long)v->withheld);
	if (v->erased_on.len > 0)
		say(in, "。\n本案的材料和参加人的信息在生成以前已按保存期限删除（" STR_FMT "）",
		    STR_ARG(v->erased_on));
	if (v->request_erased_on.len > 0)
		say(in, "。\n所涉申请的内容、材料和文书在生成以前已按保存期限删除（" STR_FMT "）",
		    STR_ARG(v->request_erased_on));
	say(in, "。\n清单的摘要 " STR_FMT "，可与生成单位操作记录中的摘要对照。\n", STR_ARG(manifest));
}

/* A bundle proves itself: no site, no key, no network. */
static int verify_bundle(struct invocation *in, const char *path)
{
	struct bundle_verdict v;
	struct err err = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		(void)err_set(&err, ERR_NOT_FOUND, "file.missing", "%s", path);
		return fail(in, &err);
	}
	bool read = bundle_verify(in->arena, fd, &v, &err);
	close(fd);
	if (!read) {
		(void)fail(in, &err);
		return 2;
	}
	if (option_given(in, "--json"))
		tell_bundle_json(in, &v);
	else
		tell_bundle(in, &v);
	return v.faults_count == 0 ? 0 : 1;
}

static int verify_run(struct invocation *in)
{
	if (operand(in, 0) != NULL)
		return verify_bundle(in, operand(in, 0));

	struct data_site site;
	struct err err = { 0 };
	struct ledger_verdict verdict;

	if (!site_of(in, DB_READ, "gongkai verify", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool begun = db_snapshot_begin(site.db, &err);
	bool read = begun && ledger_verify(&ctx, &verdict, &err);
	if (begun)
		db_snapshot_end(site.db);
	site_done(in, &site);
	if (!read)
		return fail(in, &err);
	struct str head = digest_hex(in->arena, verdict.head);
	if (!verdict.intact) {
		say(in, "台账链条不完整：第 %lld 条起不符。" STR_FMT "\n", (long long)verdict.first_bad,
		    STR_ARG(verdict.why));
		return 1;
	}
	say(in, "台账链条完整：共 %lld 条，最后一条的摘要 " STR_FMT "\n", (long long)verdict.events, STR_ARG(head));
	return 0;
}
const struct command verify_command = {
	"verify", "[--data DIR] | FILE.zip [--json]", "核对台账链条是否完整；给出文件时离线核对一份证据卷宗",
	verify_options, verify_run, 0
};

/* ---- routes */

static int openapi_run(struct invocation *in)
{
	json_t *api = web_openapi(app_routes, PERM_PUBLIC, STR("政府信息公开平台"),
				  STR(GONGKAI_VERSION));
	size_t len = json_dumpb(api, NULL, 0, JSON_INDENT(1));
	char *text = arena_alloc(in->arena, len);

	json_dumpb(api, text, len, JSON_INDENT(1));
	json_decref(api);
	return sink_out(in, (struct str){ text, len }) ? 0 : 1;
}

static const struct option routes_options[] = {
	{ "--openapi", NULL, "输出OpenAPI 3.1描述（JSON），与 /api/openapi.json 相同", false },
	OPTION_END
};

static int routes_run(struct invocation *in)
{
	size_t count;

	if (option_given(in, "--openapi"))
		return openapi_run(in);
	const struct route **routes = web_routes(in->arena, app_routes, &count);

	for (size_t i = 0; i < count; i++)
		say(in, "%-5s %-44s %-18s %s\n", routes[i]->method == METHOD_GET ? "GET" : "POST",
		    routes[i]->path, permission_name(routes[i]->permission),
		    routes[i]->summary != NULL ? routes[i]->summary : "");
	return 0;
}
const struct command routes_command = {
	"routes", "[--openapi]", "列出全部网址、所需权限和用途", routes_options, routes_run, 0
};
