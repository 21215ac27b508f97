/*
 * report_pages_test.c - a report's life over HTTP: the clerk writes, the reviewer
 * approves, the supervisor publishes, everybody reads; and who sees what.
 */
#include "report/report_pages.h"
#include "report/fixture.h"
#include "report/site_fixture.h"

#include "base/limits.h"
#include "base/vault.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "office/read.h"
#include "web/probe.h"

#include <string.h>

struct pages {
	struct test *t;
	struct writer *writer;
	struct web_server *web;
	struct str where;
	uint16_t port;
	struct arena *arena; /* outlives a case */
	const struct vault *vault;
};

/* "clerk-CZ-11": role, unit, account. */
static bool identify(struct ctx *ctx, enum web_token how, struct str token,
		     struct web_identity *out, struct err *err)
{
	struct str role, unit, account;
	struct unit u = { 0 };
	int64_t id;
	bool found;

	(void)how;
	out->csrf_seed = token;
	if (!str_split_next(&token, '-', &role) || !str_split_next(&token, '-', &unit) ||
	    !str_split_next(&token, '-', &account) || !str_to_i64(account, &id) ||
	    role_find(role) == NULL)
		return true;
	if (!agency_unit_by_code(ctx, unit, &u, &found, err))
		return false;
	out->known = found;
	out->actor = (struct actor){ .account_id = id, .unit_id = u.id.n, .role = role,
				     .name = STR("示例人员"),
				     .permissions = role_find(role)->permissions };
	return true;
}

static void dress(struct web_request *rq, struct page *page)
{
	page->site_name = STR("示例区人民政府");
	page->platform_name = STR("平台");
	if (rq->ctx.actor.account_id != 0)
		page->csrf = rq->csrf;
}

static int64_t now(void)
{
	return INT64_C(1610330400); /* 2021-01-11 10:00 in China */
}

static bool fill(struct db *db, void *arg, struct err *err)
{
	struct pages *p = arg;
	struct ctx ctx = { .arena = p->arena, .db = db, .locale = LOCALE_ZH_CN,
			   .vault = p->vault };
	struct site_units u;

	ctx.actor = (struct actor){ .role = STR("system"), .name = STR("测试") };
	return fixture_site(&ctx, &u, err);
}

static void committed(void *arg)
{
	struct pages *p = arg;

	if (p->web != NULL)
		web_public_changed(p->web);
}

static bool open_pages(struct test *t, struct pages *p)
{
	static const struct route *const tables[] = { report_routes, NULL };
	struct err err = { 0 };
	struct db *db;
	int applied;

	*p = (struct pages){ .t = t, .arena = arena_open(64 * MIB) };
	struct vault *vault = ARENA_NEW(p->arena, struct vault);
	CHECK_OK(vault_from_key(STR("the vault of the tests, 32 bytes"), vault, &err));
	p->vault = vault;
	p->where = str_format(p->arena, "%s/site.db", t->data_dir);
	if (!CHECK_OK(db_open(&db, p->where, DB_WRITE, &err)))
		return false;
	bool ready = CHECK_OK(migrate_up(db, &applied, &err)) &&
		     CHECK_OK(db_tx(db, fill, p, &err));
	db_close(db);
	struct web_config config = { .where = p->where, .port = 0, .address = STR("127.0.0.1"),
				     .threads = 1, .route_tables = tables, .identify = identify,
				     .dress = dress, .permission_name = permission_name,
				     .public_permission = PERM_PUBLIC,
				     .secret = STR("0123456789abcdef0123456789abcdef"), .now = now,
				     .vault = p->vault,
				     .cache_bytes = 16 * MIB };
	if (!ready || !CHECK_OK(writer_open(&p->writer, p->where, committed, p, &err)))
		return false;
	config.writer = p->writer;
	if (!CHECK_OK(web_start(&p->web, &config, &err)))
		return false;
	p->port = web_port(p->web);
	return true;
}

static void close_pages(struct pages *p)
{
	web_stop(p->web, 1000);
	writer_close(p->writer);
	arena_close(p->arena);
}

static struct probe_answer get(struct pages *p, const char *who, const char *path)
{
	struct str cookie = STR_NONE;

	if (who != NULL)
		cookie = str_format(p->t->arena, "Cookie: gk=%s\r\n", who);
	return probe_ask(p->t, p->port, "GET", str_from_c(path), cookie, STR_NONE);
}

/* The value of the hidden field `name` on a page. */
static struct str hidden(struct str body, const char *name)
{
	struct str head = str_from_c(name);

	for (size_t at = 0; (at = str_find(body, STR("name=\""), at)) != SIZE_MAX; at++) {
		struct str rest = str_slice(body, at + 6, body.len);
		if (!str_take_str(&rest, head) || !str_take_str(&rest, STR("\" value=\"")))
			continue;
		return str_slice(rest, 0, str_find(rest, STR("\""), 0));
	}
	return STR_NONE;
}

/* Opens `page`, then sends its form to `path` with `more` fields: as a browser does. */
static struct probe_answer post(struct pages *p, const char *who, const char *page,
				const char *path, const char *more)
{
	struct arena *a = p->t->arena;
	struct probe_answer form = get(p, who, page);
	struct str body =
		str_format(a, "_csrf=" STR_FMT "&_form=" STR_FMT "&version=" STR_FMT "%s%s",
			   STR_ARG(hidden(form.body, "_csrf")), STR_ARG(hidden(form.body, "_form")),
			   STR_ARG(hidden(form.body, "version")), more[0] != '\0' ? "&" : "", more);
	struct str head = str_format(a,
				     "Cookie: gk=%s\r\n"
				     "Content-Type: application/x-www-form-urlencoded\r\n", who);

	return probe_ask(p->t, p->port, "POST", str_from_c(path), head, body);
}

static void done(struct pages *p, struct probe_answer a)
{
	struct test *t = p->t;

	CHECK_INT(a.status, 303);
	if (a.status != 303)
		CHECK_STR(a.body, STR_NONE);
}

#define CLERK_CZ "clerk-CZ-11"
#define REVIEWER_CZ "reviewer-CZ-12"
#define SUPERVISOR_YX "supervisor-YX-13"
/* 一、总体情况 …新收…件。 五、存在的主要问题及改进情况 …, as a browser encodes them. */
#define WORDS                                                                                  \
	"text=%E4%B8%80%E3%80%81%E6%80%BB%E4%BD%93%E6%83%85%E5%86%B5%0A{{year}}"               \
	"%E5%B9%B4%E6%96%B0%E6%94%B6{{t3.new_received.total}}%E4%BB%B6%E3%80%82%0A"            \
	"%E4%BA%94%E3%80%81%E5%AD%98%E5%9C%A8%E7%9A%84%E4%B8%BB%E8%A6%81%E9%97%AE%E9%A2%98"    \
	"%E5%8F%8A%E6%94%B9%E8%BF%9B%E6%83%85%E5%86%B5%0A%E9%97%AE%E9%A2%98%E3%80%82%0A"

/* ---- nothing yet */

static void empty(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "without a published report the list says when they come")) {
		struct probe_answer a = get(p, NULL, "/reports");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("没有符合条件的年度报告")));
		CHECK_INT(get(p, NULL, "/reports/2020/CZ").status, 404);
		CHECK_INT(get(p, NULL, "/reports/2020/NONE").status, 404);
		CHECK_INT(get(p, NULL, "/reports/abcd/CZ").status, 404);
	}
	if (test_case(t, "the board lists every unit that reports; the own one may be started")) {
		struct probe_answer a = get(p, CLERK_CZ, "/desk/reports?year=2020");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("示例区财政局")));
		CHECK(str_contains(a.body, STR("第一街道办事处")));
		CHECK(str_contains(a.body, STR("value=\"CZ\"")));
		CHECK(!str_contains(a.body, STR("value=\"J1\"")));
		CHECK(str_contains(a.body, STR("2021-01-31")));
		CHECK(str_contains(a.body, STR("2021-03-31")));
	}
}

/* ---- the life */

static void drafts(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "a clerk starts the report and sees what is missing")) {
		done(p, post(p, CLERK_CZ, "/desk/reports?year=2020", "/desk/reports",
			     "unit=CZ&year=2020"));
		struct probe_answer a = get(p, CLERK_CZ, "/desk/reports/1");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("待填写")));
		CHECK(str_contains(a.body, STR("建立报告")));
		a = post(p, CLERK_CZ, "/desk/reports?year=2020", "/desk/reports",
			 "unit=CZ&year=2020");
		CHECK_INT(a.status, 422); /* twice: the board again, with the reason */
		CHECK(str_contains(a.body, STR("已经建立")));
	}
	if (test_case(
		    t,
		    "a draft is seen by its unit and the supervisor alone")) {
		CHECK_INT(get(p, CLERK_CZ, "/reports/2020/CZ").status, 200);
		CHECK_INT(get(p, SUPERVISOR_YX, "/reports/2020/CZ").status, 200);
		CHECK(str_contains(get(p, CLERK_CZ, "/reports/2020/CZ").body, STR("本件是草稿")));
		CHECK_INT(get(p, "clerk-J1-15", "/reports/2020/CZ").status, 404);
		CHECK_INT(get(p, "clerk-J1-15", "/desk/reports/1").status, 403);
		CHECK_INT(get(p, NULL, "/reports/2020/CZ").status, 404);
		CHECK_INT(get(p, NULL, "/reports/2020/CZ.docx").status, 404);
		CHECK_INT(get(p, NULL, "/reports/2020/CZ/records?table=3&line=granted&column=total")
				  .status,
			  404);
		CHECK_INT(get(p, NULL, "/desk/reports/1").status, 303);
	}
	if (test_case(
		    t,
		    "a part stands beside its figures; a wrong reference comes back")) {
		struct probe_answer a = get(p, CLERK_CZ, "/desk/reports/1/parts/1");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("{{t3.granted.total}}")));
		CHECK_INT(get(p, CLERK_CZ, "/desk/reports/1/parts/7").status, 404);
		a = post(p, CLERK_CZ, "/desk/reports/1/parts/1", "/desk/reports/1/parts/1",
			 "text=abc{{t3.gr");
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("第1行第4字")));
		CHECK(str_contains(a.body, STR("abc{{t3.gr")));
	}
	if (test_case(t, "the whole text is saved, checked and found good")) {
		done(p, post(p, CLERK_CZ, "/desk/reports/1/whole", "/desk/reports/1/whole", WORDS));
		done(p, post(p, CLERK_CZ, "/desk/reports/1", "/desk/reports/1/check", ""));
		struct probe_answer a = get(p, CLERK_CZ, "/desk/reports/1");
		CHECK(str_contains(a.body, STR("已核查")));
		CHECK(!str_contains(a.body, STR("/desk/reports/1/approve"))); /* who edited last */
		a = post(p, CLERK_CZ, "/desk/reports/1", "/desk/reports/1/approve", "");
		CHECK_INT(a.status, 403);
	}
}

static void publishes(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "another person approves; the supervisor publishes")) {
		CHECK(str_contains(get(p, REVIEWER_CZ, "/desk/reports/1").body,
				   STR("/desk/reports/1/approve")));
		done(p, post(p, REVIEWER_CZ, "/desk/reports/1/approve", "/desk/reports/1/approve",
			     ""));
		CHECK_INT(get(p, NULL, "/reports/2020/CZ").status, 404);
		CHECK_INT(post(p, REVIEWER_CZ, "/desk/reports/1/return", "/desk/reports/1/publish",
			       "")
				  .status,
			  403);
		done(p, post(p, SUPERVISOR_YX, "/desk/reports/1/publish", "/desk/reports/1/publish",
			     ""));
	}
	if (test_case(t, "what is done already is not asked for again")) {
		struct str body = get(p, SUPERVISOR_YX, "/desk/reports/1/publish").body;
		CHECK(str_contains(body, STR("报告目前“已发布”，不能办理这一步")));
		CHECK(!str_contains(body, STR("确认发布")));
	}
	if (test_case(t, "now everybody reads it, and every number opens")) {
		struct probe_answer a = get(p, NULL, "/reports/2020/CZ");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("示例区财政局2020年政府信息公开工作年度报告")));
		CHECK(str_contains(a.body, STR("2020年新收<a href=\"/reports/2020/CZ/records?table=3&amp;"
					       "line=new_received&amp;column=total\">2</a>件。")));
		CHECK(str_contains(a.body, STR("数据校验码：GK1-")));
		CHECK(!str_contains(a.body, STR("草稿")));
		CHECK(!str_contains(a.body, STR("/desk/")));
		CHECK(str_contains(get(p, NULL, "/reports").body,
				   STR("href=\"/reports/2020/CZ\"")));
		CHECK(!str_contains(get(p, NULL, "/reports?year=2019").body,
				    STR("href=\"/reports/2020/CZ\"")));
		CHECK(str_contains(get(p, NULL, "/reports.json").body,
				   STR("\"/reports/2020/CZ.json\"")));
	}
}

static void records(struct pages *p)
{
	struct test *t = p->t;
	struct probe_answer a;

	if (test_case(t, "the public sees number, class, days and outcome, never what was asked")) {
		a = get(p, NULL, "/reports/2020/CZ/records?table=3&line=denied&column=total");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("属于国家秘密")));
		CHECK(str_contains(a.body, STR("自然人")));
		CHECK(str_contains(a.body, STR("2020-03-05")));
		CHECK(!str_contains(a.body, STR("示例申请")));
		CHECK(!str_contains(a.body, STR("/desk/requests/")));
		a = get(p, NULL, "/reports/2020/CZ/records.json?table=3&line=denied&column=total");
		CHECK(!str_contains(a.body, STR("示例申请")));
		CHECK(str_contains(a.body, STR("\"value\":\"1\"")) ||
		      str_contains(a.body, STR("\"value\": \"1\"")));
		a = get(p, NULL, "/reports/2020/CZ/records.csv?table=3&line=denied&column=total");
		CHECK_INT(a.status, 200);
		CHECK(!str_contains(a.body, STR("示例申请")));
	}
	if (test_case(t, "staff of the unit see what was asked and the way to the case")) {
		a = get(p, CLERK_CZ, "/reports/2020/CZ/records?table=3&line=denied&column=total");
		CHECK(str_contains(a.body, STR("示例申请")));
		CHECK(str_contains(a.body, STR("/desk/requests/")));
		a = get(p, "clerk-J1-15",
			"/reports/2020/CZ/records?table=3&line=denied&column=total");
		CHECK(!str_contains(a.body, STR("示例申请")));
	}
	if (test_case(t, "proceedings, typed figures, zero, and what is no figure")) {
		a = get(p, NULL, "/reports/2020/CZ/records?table=4&line=all&column=upheld");
		CHECK(str_contains(a.body, STR("示复〔2020〕1号")));
		a = get(p, NULL,
			"/reports/2020/CZ/records?table=2&line=art20_1.rules"
			"&column=made_this_year");
		CHECK(str_contains(a.body, STR("示例来源")));
		a = get(p, NULL,
			"/reports/2020/CZ/records?table=3&line=unable_not_held&column=total");
		CHECK(str_contains(a.body, STR("这个数字没有办理记录")));
		CHECK_INT(
			get(p, NULL, "/reports/2020/CZ/records?table=3&line=x&column=total").status,
			404);
		CHECK_INT(
			get(p, NULL, "/reports/2020/CZ/records?table=5&line=x&column=total").status,
			404);
		CHECK_INT(get(p, NULL, "/reports/2020/CZ/records").status, 404);
	}
}

static void files(struct pages *p)
{
	static const struct { const char *path, *type, *begins; } rows[] = {
		{ "/reports/2020/CZ.json", "application/json; charset=utf-8", "{" },
		{ "/reports/2020/CZ.docx",
		  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK" },
		{ "/reports/2020/CZ.xlsx",
		  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK" },
		{ "/reports/2020/CZ.pdf", "application/pdf", "%PDF-" },
		{ "/reports/2020/CZ.txt", "text/plain; charset=utf-8", "示例区财政局" },
		{ "/reports/2020/CZ/table2.csv", "text/csv; charset=utf-8",
		  "\xEF\xBB\xBF\"section_key\"" },
		{ "/reports/2020/CZ/table3.csv", "text/csv; charset=utf-8",
		  "\xEF\xBB\xBF\"order\"" },
		{ "/reports/2020/CZ/table4.csv", "text/csv; charset=utf-8",
		  "\xEF\xBB\xBF\"route_key\"" },
		{ "/api/schema/report.json", "application/schema+json", "{" },
	};
	struct test *t = p->t;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "the file %s", rows[i].path))
			continue;
		struct probe_answer a = get(p, NULL, rows[i].path);
		CHECK_INT(a.status, 200);
		CHECK_STR(probe_header(&a, STR("Content-Type")), str_from_c(rows[i].type));
		CHECK(str_starts(a.body, str_from_c(rows[i].begins)));
	}
}

static void corrects(struct pages *p)
{
	struct test *t = p->t;
	struct probe_answer a;
	const char *page = "/desk/reports/1/erratum";

	if (test_case(t, "an erratum that breaks a sum comes back with the sum")) {
		a = post(p, SUPERVISOR_YX, page, page,
			 "cell1=t3.granted.natural_person&value1=2&reason=x");
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("更正后勾稽关系不成立")));
		a = post(p, SUPERVISOR_YX, page, page,
			 "cell1=t3.granted.natural_person&value1=many&reason=x");
		CHECK(str_contains(a.body, STR("请填写更正后的数")));
		a = post(p, SUPERVISOR_YX, page, page, "reason=x");
		CHECK(str_contains(a.body, STR("请选择要更正的数字")));
	}
	if (test_case(t, "a good one is shown to everybody, with both values")) {
		done(p,
		     post(p, SUPERVISOR_YX, page, page,
			  "cell1=t3.granted.natural_person&value1=2"
			  "&cell2=t3.new_received.natural_person"
			  "&value2=3&reason=%E6%BC%8F%E8%AE%A1"));
		a = get(p, NULL, "/reports/2020/CZ");
		CHECK(str_contains(a.body, STR("更正理由：漏计")));
		CHECK(str_contains(a.body, STR("由1更正为2")));
		CHECK(str_contains(a.body, STR("1 次更正")));
		a = get(p, NULL, "/reports/2020/CZ/records?table=3&line=granted&column=total");
		CHECK(str_contains(a.body, STR("报告定稿以后有记录被更正")));
	}
	if (test_case(t, "an old page of a report that has moved on is told so")) {
		a = probe_ask(t, p->port, "GET", STR("/desk/reports/1"),
			      STR("Cookie: gk=" SUPERVISOR_YX "\r\n"), STR_NONE);
		struct str body =
			str_format(t->arena,
				   "_csrf=" STR_FMT "&version=1&reason=x&cell1="
				   "t3.granted.natural_person&value1=9",
				   STR_ARG(hidden(get(p, SUPERVISOR_YX, page).body, "_csrf")));
		a = probe_ask(t, p->port, "POST", str_from_c(page),
			      STR("Cookie: gk=" SUPERVISOR_YX "\r\n"
				  "Content-Type: application/x-www-form-urlencoded\r\n"),
			      body);
		CHECK_INT(a.status, 409);
		CHECK(str_contains(a.body, STR("刚被他人修改")));
	}
}

static void rolls_up(struct pages *p)
{
	struct test *t = p->t;
	struct probe_answer a;

	if (test_case(t, "the government's report tells its figures apart by unit")) {
		done(p, post(p, SUPERVISOR_YX, "/desk/reports?year=2020", "/desk/reports",
			     "unit=YX&year=2020"));
		a = get(p, SUPERVISOR_YX,
			"/reports/2020/YX/records?table=3&line=new_received&column=total");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("由哪些单位组成")));
		CHECK(str_contains(a.body, STR("第一街道办事处")));
		CHECK(str_contains(a.body, STR("单位年度报告"))); /* the bureau's, handed in */
		a = get(p, SUPERVISOR_YX, "/desk/reports/2");
		CHECK(str_contains(a.body, STR("尚未报送")));
		CHECK(str_contains(a.body, STR("/desk/reports/2/waive?finding=unit%2FJ1")) ||
		      str_contains(a.body, STR("/desk/reports/2/waive?finding=unit/J1")));
	}
	if (test_case(t, "a finding is answered for on a page of its own")) {
		const char *page = "/desk/reports/2/waive?finding=unit/J1";
		a = get(p, SUPERVISOR_YX, page);
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("第一街道办事处尚未报送")));
		a = post(p, SUPERVISOR_YX, page, "/desk/reports/2/waive",
			 "finding=unit/J1&reason=");
		CHECK_INT(a.status, 422);
		done(p, post(p, SUPERVISOR_YX, page, "/desk/reports/2/waive",
			     "finding=unit/J1&reason=%E8%A1%A5%E6%8A%A5"));
		CHECK(str_contains(get(p, SUPERVISOR_YX, "/desk/reports/2").body, STR("理由：补报")));
		CHECK_INT(get(p, SUPERVISOR_YX, "/desk/reports/2/waive?finding=none").status, 404);
	}
}

static void twins(struct pages *p)
{
	static const char *const paths[] = {
		"/desk/reports.json?year=2020", "/desk/reports/1.json",
		"/desk/reports/2/parts/1.json", "/reports/2020/YX.json",
		"/reports/2020/YX/records.json?table=4&line=all&column=total"
	};
	struct test *t = p->t;

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (!test_case(t, "the machine twin %s", paths[i]))
			continue;
		struct probe_answer a = get(p, SUPERVISOR_YX, paths[i]);
		json_t *j = json_loadb(a.body.ptr, a.body.len, 0, NULL);
		CHECK_INT(a.status, 200);
		CHECK(json_is_object(j));
		json_decref(j);
	}
}

/* One file to hand on: the reader of foreign reports finds the same tables in it. */
static void stands_alone(struct test *t)
{
	struct err err = { 0 };
	struct doc *read;

	if (!test_case(t, "a report as one HTML file holds its tables and no link"))
		return;
	struct str words = fixture_file(t, "samples/yuexiu-2020/narrative.template");
	struct report_content c = fixture_content(t, fixture_2020(t), words, "某区人民政府", NULL, 0);
	struct str html = report_html_file(t->arena, &c);
	CHECK(str_starts(html, STR("<!DOCTYPE html>")));
	CHECK(!str_contains(html, STR("<a ")));
	CHECK(str_contains(html, STR("新收政府信息公开申请277件")));
	if (!CHECK_OK(office_read_here(t->arena, STR("r.html"), html, &read, &err)))
		return;
	size_t tables = 0;
	for (size_t i = 0; i < read->count; i++) {
		const struct doc_table *table = read->blocks[i].table;
		if (read->blocks[i].kind != DOC_TABLE || ++tables != 3)
			continue;
		CHECK_INT(table->rows, 26);
		CHECK_INT(table->cols, 10);
		CHECK_STR(doc_cell_at(table, 3, 9)->text, STR("277"));
		CHECK_STR(doc_cell_at(table, 24, 9)->text, STR("276"));
		CHECK_INT(doc_cell_at(table, 5, 0)->rowspan, 20);
	}
	CHECK_INT((int64_t)tables, 4);
}

void report_pages_test(struct test *t);
void report_pages_test(struct test *t)
{
	struct pages p;

	stands_alone(t);
	if (!test_case(t, "a site with records starts") || !open_pages(t, &p))
		return;
	test_story(t);
	empty(&p);
	drafts(&p);
	publishes(&p);
	records(&p);
	files(&p);
	corrects(&p);
	rolls_up(&p);
	twins(&p);
	close_pages(&p);
}
