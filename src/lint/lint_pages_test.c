/* lint_pages_test.c - /check over HTTP: pasted, uploaded, wrong, and nothing kept. */
#include "lint/lint_pages.h"
#include "lint/sample_test.h"

#include "account/permission.h"
#include "base/limits.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "web/probe.h"

struct site {
	struct test *t;
	struct writer *writer;
	struct web_server *web;
	struct arena *arena; /* outlives a case */
	struct str where, cookie, token;
	uint16_t port;
};

static bool identify(struct ctx *ctx, enum web_token how, struct str token,
		     struct web_identity *out, struct err *err)
{
	(void)ctx, (void)how, (void)err;
	out->csrf_seed = token;
	return true;
}

static void dress(struct web_request *rq, struct page *page)
{
	(void)rq;
	page->site_name = STR("示例区人民政府");
	page->platform_name = STR("平台");
}

static int64_t now(void)
{
	return INT64_C(1610330400); /* 2021-01-11 10:00 in China */
}

static bool open_site(struct test *t, struct site *s)
{
	static const struct route *const tables[] = { lint_routes, NULL };
	struct err err = { 0 };
	struct db *db;
	int applied;

	*s = (struct site){ .t = t, .arena = arena_open(64 * MIB) };
	s->where = str_format(s->arena, "%s/site.db", t->data_dir);
	if (!CHECK_OK(db_open(&db, s->where, DB_WRITE, &err)))
		return false;
	bool ready = CHECK_OK(migrate_up(db, &applied, &err));
	db_close(db);
	if (!ready || !CHECK_OK(writer_open(&s->writer, s->where, NULL, NULL, &err)))
		return false;
	struct web_config config = { .where = s->where, .address = STR("127.0.0.1"), .threads = 1,
				     .route_tables = tables, .identify = identify, .dress = dress,
				     .permission_name = permission_name,
				     .public_permission = PERM_PUBLIC, .writer = s->writer,
				     .secret = STR("0123456789abcdef0123456789abcdef"), .now = now,
				     .cache_bytes = MIB };
	if (!CHECK_OK(web_start(&s->web, &config, &err)))
		return false;
	s->port = web_port(s->web);
	return true;
}

static struct str between(struct str text, const char *before, const char *after)
{
	struct str head = str_from_c(before);
	size_t from = str_find(text, head, 0);

	if (from == SIZE_MAX)
		return STR_NONE;
	text = str_slice(text, from + head.len, text.len);
	return str_slice(text, 0, str_find(text, str_from_c(after), 0));
}

/* Opens the form as a browser does: its cookie and its token go with what follows. */
static void visit(struct site *s)
{
	struct test *t = s->t;
	struct probe_answer a = probe_get(t, s->port, "/check");

	CHECK_INT(a.status, 200);
	s->token = str_copy(s->arena, between(a.body, "name=\"_csrf\" value=\"", "\""));
	s->cookie = str_copy(s->arena, between(a.head, "Set-Cookie: ", ";"));
	CHECK(s->token.len > 0);
}

static void add_part(struct buf *b, const char *name, const char *file, struct str content)
{
	buf_addf(b, "--edge\r\nContent-Disposition: form-data; name=\"%s\"", name);
	if (file != NULL)
		buf_addf(b, "; filename=\"%s\"\r\nContent-Type: application/octet-stream", file);
	buf_add_c(b, "\r\n\r\n");
	buf_add(b, content);
	buf_add_c(b, "\r\n");
}

static struct probe_answer post(struct site *s, const char *path, const char *file,
				struct str content)
{
	struct test *t = s->t;
	struct buf body = buf_open(t->arena, 65536, MIB);
	struct str head = str_format(t->arena,
				     "Cookie: " STR_FMT "\r\n"
				     "Content-Type: multipart/form-data; boundary=edge\r\n",
				     STR_ARG(s->cookie));

	add_part(&body, "_csrf", NULL, s->token);
	add_part(&body, "_form", NULL, STR("0123456789abcdef0123456789abcdef"));
	add_part(&body, file != NULL ? "file" : "text", file, content);
	buf_add_c(&body, "--edge--\r\n");
	return probe_ask(t, s->port, "POST", str_from_c(path), head, buf_str(&body));
}

static void right(struct site *s)
{
	struct test *t = s->t;

	if (test_case(t, "a report pasted from a browser, cells run together")) {
		struct sample *year = sample_read(t);
		year->digest = sample_digest(t->arena, year);
		struct probe_answer a =
			post(s, "/check", NULL, sample_text(t->arena, year, SAMPLE_GLUED));
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("广州市越秀区人民政府")));
		CHECK(str_contains(a.body, STR("没有发现错误，提示6个。")));
	}
	if (test_case(t, "what was pasted stands in the form again, to be mended")) {
		struct sample *year = sample_read(t);
		struct str text = sample_text(t->arena, year, SAMPLE_TABS);
		struct probe_answer a = post(s, "/check", NULL, text);
		size_t at = str_find(a.body, STR("<textarea"), 0);
		struct str box = str_slice(a.body, at, a.body.len);
		CHECK_INT(a.status, 200);
		CHECK(str_contains(box, STR("四、结转下年度继续办理")));
		CHECK(!str_contains(a.body, STR("粘贴的内容.txt")));
		CHECK(!str_contains(a.body, STR("--previous")));
	}
	if (test_case(t, "a file with a wrong figure, and as JSON")) {
		struct sample *year = sample_read(t);
		year->three[0][0] = STR("254");
		struct str text = sample_text(t->arena, year, SAMPLE_LAYOUT);
		struct probe_answer a = post(s, "/check", "x.txt", text);
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR(">T3-3</td>")));
		CHECK(!str_contains(a.body, STR("new_received"))); /* codes are for programs */
		CHECK(str_contains(a.body, STR("由254改为253")));
		a = post(s, "/check.json", "x.txt", text);
		CHECK_INT(a.status, 200);
		json_t *o = json_loadb(a.body.ptr, a.body.len, 0, NULL);
		CHECK(o != NULL);
		CHECK_INT(
			json_integer_value(json_object_get(json_object_get(o, "totals"), "errors")),
			2);
		json_decref(o);
	}
}

static void wrong(struct site *s)
{
	struct test *t = s->t;

	if (test_case(t, "nothing given")) {
		struct probe_answer a = post(s, "/check", NULL, STR_NONE);
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("请选择报告文件，或者粘贴报告全文。")));
	}
	if (test_case(t, "text that is no report stands in the form again")) {
		struct probe_answer a = post(s, "/check", NULL, STR("今天 <b>天气</b> 很好"));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("没有找到政府信息公开工作年度报告")));
		CHECK(str_contains(a.body, STR("今天 &lt;b&gt;天气&lt;/b&gt; 很好")));
	}
	if (test_case(t, "a file that cannot be read says why")) {
		struct probe_answer a = post(s, "/check", "x.pdf", STR("%PDF-1.4 nothing"));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("govuk-error-message")));
		a = post(s, "/check.json", "x.pdf", STR("%PDF-1.4 nothing"));
		CHECK_INT(a.status, 422);
	}
	if (test_case(t, "without a token nobody is served")) {
		struct str token = s->token;
		s->token = STR("x");
		CHECK_INT(post(s, "/check", NULL, STR("一、总体情况")).status, 403);
		s->token = token;
	}
}

void lint_pages_test(struct test *t);
void lint_pages_test(struct test *t)
{
	struct site s;

	(void)test_case(t, "the form is there for anybody");
	if (open_site(t, &s)) {
		visit(&s);
		right(&s);
		wrong(&s);
	}
	if (s.web != NULL)
		web_stop(s.web, 1000);
	if (s.writer != NULL)
		writer_close(s.writer);
	arena_close(s.arena);
}
