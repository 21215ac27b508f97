/*
 * letter_pages_test.c - letters over HTTP, as people work with them: a clerk drafts, fills,
 * edits and issues; a reviewer changes the words; others see nothing that is not theirs.
 */
#include "letter/letter_pages.h"
#include "letter/fixture.h"

#include "account/permission.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/vault.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "web/probe.h"

struct pages {
	struct test *t;
	struct writer *writer;
	struct web_server *web;
	uint16_t port;
	struct arena *arena; /* outlives a case */
};

/* "clerk-YXFG-11": role, unit, account. */
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
	out->actor = (struct actor){ .account_id = id,
				     .unit_id = u.id.n,
				     .role = role,
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
	return INT64_C(1709258400); /* 2024-03-01 10:00 in China */
}

/* For the draft that is there and for the server. */
static struct vault vault;

struct filling {
	struct test *t;
	struct arena *arena;
};

/* The sample district, and a draft of an answer that belongs to request 7. */
static bool fill(struct db *db, void *arg, struct err *err)
{
	struct filling *f = arg;
	struct testdb site = {
		.ctx = { .arena = f->arena, .db = db, .locale = LOCALE_ZH_CN, .vault = &vault }
	};
	struct letter_id id;

	site.ctx.actor = (struct actor){ .role = STR("system"), .name = STR("测试") };
	ctx_set_time(&site.ctx, now());
	fixture_units(f->t, &site);
	struct letter_new in = { .unit = fixture_department(&site),
				 .kind = letter_kind_find(STR("give")),
				 .subject_kind = "request",
				 .subject_id = 7,
				 .addressee = STR("申请人甲〇一"),
				 .dated = date_make(2024, 2, 20) };
	return letter_draft(&site.ctx, &in, &id, err);
}

static bool open_pages(struct test *t, struct pages *p)
{
	static const struct route *const tables[] = { letter_routes, letter_template_routes,
						      letterhead_routes, NULL };
	struct err err = { 0 };
	struct db *db;
	int applied;

	CHECK_OK(vault_from_key(STR("the vault of the tests, 32 bytes"), &vault, &err));
	*p = (struct pages){ .t = t, .arena = arena_open(64 * MIB) };
	struct filling filling = { t, p->arena };
	struct str where = str_format(p->arena, "%s/site.db", t->data_dir);
	if (!CHECK_OK(db_open(&db, where, DB_WRITE, &err)))
		return false;
	bool ready = CHECK_OK(migrate_up(db, &applied, &err)) &&
		     CHECK_OK(db_tx(db, fill, &filling, &err));
	db_close(db);
	struct web_config config = { .where = where,
				     .address = STR("127.0.0.1"),
				     .threads = 1,
				     .route_tables = tables,
				     .identify = identify,
				     .dress = dress,
				     .permission_name = permission_name,
				     .public_permission = PERM_PUBLIC,
				     .secret = STR("0123456789abcdef0123456789abcdef"),
				     .now = now,
				     .vault = &vault,
				     .cache_bytes = MIB };
	if (!ready || !CHECK_OK(writer_open(&p->writer, where, NULL, NULL, &err)))
		return false;
	config.writer = p->writer;
	if (!CHECK_OK(web_start(&p->web, &config, &err)))
		return false;
	p->port = web_port(p->web);
	return true;
}

static struct probe_answer get(struct pages *p, const char *who, const char *path)
{
	struct str cookie = str_format(p->t->arena, "Cookie: gk=%s\r\n", who);

	return probe_ask(p->t, p->port, "GET", str_from_c(path), cookie, STR_NONE);
}

/* The value of the first hidden field `name` on a page. */
static struct str hidden(struct str body, const char *name)
{
	struct str head = str_from_c(name);

	for (size_t at = 0; (at = str_find(body, STR("name=\""), at)) != SIZE_MAX; at++) {
		struct str rest = str_slice(body, at + 6, body.len);
		if (str_take_str(&rest, head) && str_take_str(&rest, STR("\" value=\"")))
			return str_slice(rest, 0, str_find(rest, STR("\""), 0));
	}
	return STR_NONE;
}

/* name=value&… with each value percent-encoded as browsers do. */
static struct str encoded(struct arena *a, const char *const *fields, size_t count)
{
	struct buf b = buf_open(a, 1024, MIB);

	for (size_t i = 0; i + 1 < count; i += 2) {
		buf_addf(&b, "&%s=", fields[i]);
		for (const char *c = fields[i + 1]; *c != '\0'; c++)
			buf_addf(&b, "%%%02X", (unsigned)(unsigned char)*c);
	}
	return buf_str(&b);
}

#define FIELDS(...)                                                                                \
	(const char *const[]){ __VA_ARGS__ },                                                      \
		sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)

/* Opens `page`, then sends its form to `path`, with its version. */
static struct probe_answer post(struct pages *p, const char *who, const char *page,
				const char *path, const char *const *fields, size_t count)
{
	struct arena *a = p->t->arena;
	struct probe_answer form = get(p, who, page);
	struct str version = hidden(form.body, "version");
	struct str body = str_format(
		a, "_csrf=" STR_FMT "&_form=" STR_FMT STR_FMT STR_FMT,
		STR_ARG(hidden(form.body, "_csrf")), STR_ARG(hidden(form.body, "_form")),
		STR_ARG(version.len > 0 ? str_concat(a, STR("&version="), version) : STR_NONE),
		STR_ARG(encoded(a, fields, count)));
	struct str head = str_format(a,
				     "Cookie: gk=%s\r\n"
				     "Content-Type: application/x-www-form-urlencoded\r\n",
				     who);

	return probe_ask(p->t, p->port, "POST", str_from_c(path), head, body);
}

#define CLERK "clerk-YXFG-11"
#define REVIEWER "reviewer-YXFG-12"

/* ---- letters */

static void letters(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "a letter is drafted, filled and issued from its pages")) {
		CHECK_INT(post(p, CLERK, "/desk/letters", "/desk/letters",
			       FIELDS("kind", "ask_other", "addressee", "广州市示例局",
				      "addressee_is", "agency", "dated", "2024-03-01"))
				  .status,
			  303);
		struct probe_answer a = get(p, CLERK, "/desk/letters/2");
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("商请贵单位{商请事项}")));
		CHECK_INT(post(p, CLERK, "/desk/letters/2", "/desk/letters/2/issue",
			       FIELDS("issued_on", "2024-03-01"))
				  .status,
			  422);
		CHECK_INT(post(p, CLERK, "/desk/letters/2", "/desk/letters/2/fill",
			       FIELDS("field", "matter", "value", "核实文件", "field", "information",
				      "value", "", "field", "reply_by", "value", "2024年3月20日"))
				  .status,
			  303);
		CHECK_INT(post(p, CLERK, "/desk/letters/2", "/desk/letters/2/fill",
			       FIELDS("field", "information", "value", "会议纪要"))
				  .status,
			  303);
		CHECK_INT(post(p, CLERK, "/desk/letters/2", "/desk/letters/2/issue",
			       FIELDS("issued_on", "2024-03-01"))
				  .status,
			  303);
		a = get(p, CLERK, "/desk/letters/2");
		CHECK(str_contains(a.body, STR("越发改公开〔2024〕1号")));
		CHECK(str_contains(a.body, STR("商请贵单位核实文件，并请于2024年3月20日前函复。")));
		CHECK(!str_contains(a.body, STR("编号印发")));
	}
}

static void drafts(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "what is wrong with an edit stands at its field, and nothing is lost")) {
		struct probe_answer a =
			post(p, CLERK, "/desk/letters/1", "/desk/letters/1/text",
			     FIELDS("title", "答复", "addressee", "申请人甲〇一", "text",
				    "可以申请行政复议。\n{救济途径}\n{联系方式}"));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("救济途径由程序按日期、文书种类和单位生成，不能手写")));
		CHECK(str_contains(a.body, STR("可以申请行政复议。\n{救济途径}")));
		a = post(p, CLERK, "/desk/letters/1", "/desk/letters/1/text",
			 FIELDS("title", "答复书", "addressee", "申请人甲〇一", "text",
				"现予公开。\n{救济途径}\n{联系方式}"));
		CHECK_INT(a.status, 303);
		CHECK(str_contains(get(p, CLERK, "/desk/letters/1").body, STR("现予公开。")));
	}
	if (test_case(t, "an answer is not numbered from here: it is signed where it is decided")) {
		CHECK(!str_contains(get(p, CLERK, "/desk/letters/1").body, STR("编号印发")));
		CHECK_INT(post(p, CLERK, "/desk/letters/1", "/desk/letters/1/issue",
			       FIELDS("issued_on", "2024-03-01"))
				  .status,
			  409);
	}
	if (test_case(t, "letters of another unit are nobody's to know")) {
		CHECK_INT(get(p, "clerk-YXSF-21", "/desk/letters/1").status, 404);
		CHECK_INT(get(p, "clerk-YXSF-21", "/desk/letters/1.json").status, 404);
		CHECK_INT(get(p, "clerk-YXSF-21", "/desk/letters/1/letter.pdf").status, 404);
		CHECK(!str_contains(get(p, "clerk-YXSF-21", "/desk/letters").body,
				    STR("/desk/letters/1")));
		CHECK_INT(get(p, "supervisor-YXZF-31", "/desk/letters/1").status, 200);
	}
}

static void paper(struct pages *p)
{
	struct test *t = p->t;

	if (!test_case(t, "a letter is to be had as PDF, Word, text and JSON"))
		return;
	struct probe_answer a = get(p, CLERK, "/desk/letters/2/letter.pdf");
	CHECK(str_starts(a.body, STR("%PDF-")));
	CHECK_STR(probe_header(&a, STR("Content-Type")), STR("application/pdf"));
	CHECK(str_starts(get(p, CLERK, "/desk/letters/2/letter.docx").body, STR("PK")));
	CHECK(str_contains(get(p, CLERK, "/desk/letters/2/letter.txt").body,
			   STR("越发改公开〔2024〕1号\n关于商请协助办理政府信息公开申请的函\n广州市示例局：")));
	a = get(p, CLERK, "/desk/letters/2.json");
	CHECK(str_contains(a.body, STR("\"issued\":")) && str_contains(a.body, STR("越发改公开〔2024〕1号")));
	a = get(p, CLERK, "/desk/letters.json");
	CHECK(str_contains(a.body, STR("ask_other")) && !str_contains(a.body, STR("申请人甲")));
}

/* ---- words and heads */

static void words(struct pages *p)
{
	struct test *t = p->t;
	static const char bad[] = "标题：撤回申请确认书\n[答复]\n{随便}\n[尾段]\n{联系方式}\n";
	static const char own[] =
		"标题：撤回确认书\n[首段]\n编号{受理编号}，“{申请内容}”。\n[答复]\n已于{撤回日期}撤回。\n"
		"[尾段]\n{联系方式}\n";

	if (test_case(t, "a template is previewed, refused by line, saved, and given back")) {
		CHECK_INT(get(p, REVIEWER, "/desk/letter-templates").status, 200);
		struct probe_answer a =
			post(p, REVIEWER, "/desk/letter-templates/withdraw",
			     "/desk/letter-templates/withdraw",
			     FIELDS("text", bad, "from", "2024-03-01", "go", "save"));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("第3行：没有“随便”这个字段")));
		a = post(p, REVIEWER, "/desk/letter-templates/withdraw",
			 "/desk/letter-templates/withdraw",
			 FIELDS("text", own, "from", "2024-03-01", "go", "preview"));
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("已于2024年2月29日撤回。")));
		CHECK(str_contains(get(p, REVIEWER, "/desk/letter-templates/withdraw").body,
				   STR("没有修改过")));
		CHECK_INT(post(p, REVIEWER, "/desk/letter-templates/withdraw",
			       "/desk/letter-templates/withdraw",
			       FIELDS("text", own, "from", "2024-03-01", "go", "save"))
				  .status,
			  303);
		a = get(p, REVIEWER, "/desk/letter-templates/withdraw");
		CHECK(str_contains(a.body, STR("本单位修改")) && str_contains(a.body, STR("示例人员")));
		CHECK(str_contains(
			get(p, "reviewer-YXSF-22", "/desk/letter-templates/withdraw").body,
			STR("没有修改过")));
		CHECK_INT(post(p, REVIEWER, "/desk/letter-templates/withdraw",
			       "/desk/letter-templates/withdraw/restore", FIELDS("go", "1"))
				  .status,
			  303);
		a = get(p, REVIEWER, "/desk/letter-templates/withdraw");
		CHECK(str_contains(a.body, STR("恢复内置模板")) && str_contains(a.body, STR("撤回系{您}自愿")));
		CHECK(str_contains(
			get(p, REVIEWER, "/desk/letter-templates/withdraw?version=1").body,
			STR("已于{撤回日期}撤回")));
		CHECK_INT(get(p, REVIEWER, "/desk/letter-templates/nothing").status, 404);
	}
}

static void heads(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "the letterhead of the own unit; no two units number alike")) {
		struct probe_answer a =
			post(p, REVIEWER, "/desk/letterhead", "/desk/letterhead",
			     FIELDS("full_name", "广州市越秀区发展和改革局", "mark", "越府公开", "series",
				    "unit", "style", "red"));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("已由广州市越秀区人民政府使用")));
		a = post(p, REVIEWER, "/desk/letterhead", "/desk/letterhead",
			 FIELDS("full_name", "广州市越秀区发展和改革局", "mark", "越发改", "series", "group",
				"style", "red"));
		CHECK_INT(a.status, 303);
		CHECK(str_contains(get(p, REVIEWER, "/desk/letterhead").body, STR("value=\"越发改\"")));
		CHECK(str_contains(get(p, REVIEWER, "/desk/letterhead.json").body, STR("越发改")));
		CHECK_INT(post(p, CLERK, "/desk/letters", "/desk/letterhead",
			       FIELDS("full_name", "x", "mark", "y", "series", "unit", "style",
				      "red"))
				  .status,
			  403);
	}
}

static void bodies(struct pages *p)
{
	struct test *t = p->t;

	if (test_case(t, "courts and doubts are data with days")) {
		const char *who = "sysadmin-YXZF-41";
		CHECK_INT(post(p, who, "/desk/letter-bodies", "/desk/letter-bodies",
			       FIELDS("role", "court", "name", "新设法院", "unit", "YXFG", "from",
				      "2025-01-01"))
				  .status,
			  303);
		CHECK_INT(post(p, who, "/desk/letter-bodies", "/desk/letter-bodies",
			       FIELDS("role", "court", "name", "某法院", "unit", "NONE", "from",
				      "2025-01-01"))
				  .status,
			  422);
		CHECK_INT(post(p, who, "/desk/letter-bodies", "/desk/letter-bodies/doubt",
			       FIELDS("doubt", "inquiry_first", "doubt_from", "2024-01-01",
				      "doubt_until", "2023-01-01"))
				  .status,
			  422);
		CHECK_INT(post(p, who, "/desk/letter-bodies", "/desk/letter-bodies/doubt",
			       FIELDS("doubt", "inquiry_first", "doubt_from", "2024-01-01"))
				  .status,
			  303);
		struct probe_answer a = get(p, who, "/desk/letter-bodies");
		CHECK(str_contains(a.body, STR("新设法院")) && str_contains(a.body, STR("2024-01-01起")));
		CHECK(str_contains(get(p, who, "/desk/letter-bodies.json").body, STR("新设法院")));
	}
}

void letter_pages_test(struct test *t)
{
	struct pages p;

	if (!test_case(t, "the pages of letters start") || !open_pages(t, &p))
		return;
	letters(&p);
	drafts(&p);
	paper(&p);
	words(&p);
	heads(&p);
	bodies(&p);
	web_stop(p.web, 1000);
	writer_close(p.writer);
	arena_close(p.arena);
}
