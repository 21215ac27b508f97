/* server_test.c - requests as browsers and programs send them, over a socket. */
#include "web/test_app.h"

#include "base/buf.h"
#include "base/limits.h"
#include "db/testdb.h"
#include "web/exchange.h"

#define HOST "Host: gk.test\r\n"
#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"

static struct str header(const struct probe_answer *a, const char *name)
{
	return probe_header(a, str_from_c(name));
}

static struct probe_answer get_with(struct test *t, struct test_app *app, const char *path,
				    const char *headers)
{
	return probe_ask(t, app->port, "GET", str_from_c(path), str_from_c(headers), STR_NONE);
}

/* ---- connections */

static void connections(struct test *t, struct test_app *app)
{
	struct probe_answer a = { 0 };

	if (test_case(t, "a connection is kept, and HEAD has the length of GET and no body")) {
		struct probe p = probe_open(app->port);
		CHECK(probe_send(&p, STR("GET /plain HTTP/1.1\r\n" HOST "\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 200);
		CHECK_STR(header(&a, "Connection"), STR_NONE);
		struct str length = header(&a, "Content-Length");
		CHECK(probe_send(&p, STR("HEAD /plain HTTP/1.1\r\n" HOST "\r\n")));
		CHECK(probe_read(t, &p, true, &a));
		CHECK_STR(header(&a, "Content-Length"), length);
		CHECK(probe_send(
			&p, STR("GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_STR(a.body, STR("ok\n"));
		CHECK_STR(header(&a, "Connection"), STR("close"));
		CHECK(probe_ends(&p, PROBE_PATIENCE_MS));
		probe_close(&p);
	}
	if (test_case(t, "HTTP/1.0 is answered and closed")) {
		struct probe p = probe_open(app->port);
		CHECK(probe_send(&p, STR("GET /healthz HTTP/1.0\r\n" HOST "\r\n")));
		CHECK(probe_read(t, &p, false, &a) && probe_ends(&p, PROBE_PATIENCE_MS));
		probe_close(&p);
	}
	if (test_case(t, "a client that has closed its half still gets its answer")) {
		struct probe p = probe_open(app->port);
		CHECK(probe_send(&p, STR("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
		CHECK(probe_shut(&p) && probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 200);
		CHECK(probe_ends(&p, PROBE_PATIENCE_MS));
		probe_close(&p);
	}
}

static void pipelines(struct test *t, struct test_app *app)
{
	struct probe_answer a = { 0 };

	if (test_case(t, "pipelined requests are answered in order, through workers and writer")) {
		struct probe p = probe_open(app->port);
		struct buf all = buf_open(t->arena, 4096, MIB);
		for (int i = 0; i < 20; i++)
			buf_addf(&all,
				 "GET /items/%d HTTP/1.1\r\n" HOST "\r\n"
				 "GET /slow HTTP/1.1\r\n" HOST "\r\n"
				 "GET /?q=%d HTTP/1.1\r\n" HOST "\r\n"
				 "POST /api/things HTTP/1.1\r\n" HOST
				 "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n"
				 "{\"name\":\"p%02d\"}",
				 i, i, i);
		CHECK(probe_send(&p, buf_str(&all)));
		for (int i = 0; i < 20; i++) {
			CHECK(probe_read(t, &p, false, &a));
			CHECK(str_contains(a.body, str_format(t->arena, "id=%d<", i)));
			CHECK(probe_read(t, &p, false, &a));
			CHECK(str_contains(a.body, str_format(t->arena, "things=%d ", i)));
			CHECK(probe_read(t, &p, false, &a));
			CHECK(str_contains(a.body, str_format(t->arena, "q=%d ", i)));
			CHECK(probe_read(t, &p, false, &a));
			CHECK_STR(a.body, str_format(t->arena, "{\"added\":\"p%02d\"}", i));
		}
		probe_close(&p);
	}
	if (test_case(t, "a request may come byte by byte, head, chunks and all")) {
		struct str bytes =
			STR("POST /api/things HTTP/1.1\r\n" HOST
			    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
			    "\r\n6;x\r\n{\"name\r\n9\r\n\":\"slow\"}\r\n0\r\nX: y\r\n\r\n");
		struct probe p = probe_open(app->port);
		for (size_t i = 0; i < bytes.len; i++)
			CHECK(probe_send(&p, str_slice(bytes, i, i + 1)));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_STR(a.body, STR("{\"added\":\"slow\"}"));
		probe_close(&p);
	}
	if (test_case(t, "100-continue is said before the body, and only then")) {
		struct probe p = probe_open(app->port);
		CHECK(probe_send(
			&p, STR("POST /api/things HTTP/1.1\r\n" HOST "Expect: 100-continue\r\n"
				"Content-Type: application/json\r\nContent-Length: 15\r\n\r\n")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 100);
		CHECK(probe_send(&p, STR("{\"name\":\"cont\"}")));
		CHECK(probe_read(t, &p, false, &a));
		CHECK_INT(a.status, 200);
		probe_close(&p);
	}
}

/* ---- pages */

static const struct {
	const char *path;
	unsigned status;
	const char *contains; /* of the body; NULL: anything */
} page_row[] = {
	{ "/plain", 200, "things=" },
	{ "/items/12", 200, "id=12<" },
	{ "/items/x", 404, "找不到页面" },
	{ "/nowhere", 404, "您访问的页面不存在" },
	{ "/nowhere.json", 404, "\"status\":404" },
	{ "/api/nowhere", 404, "\"type\":\"about:blank\"" },
	{ "/plain/", 301, NULL },
	{ "//plain", 404, NULL },
	{ "/query?n=5", 200, "n=5<" },
	{ "/query?n=5&utm_source=x", 200, "n=5<" },
	{ "/query?n=50", 400, "“数量”应在1到9之间" },
	{ "/query?n=5&n=6", 400, "“数量”被重复提交" },
	{ "/query?n=%zz", 400, "请求中的文字编码有误" },
	{ "/asked?n=50", 422, "50<" },
	{ "/broken", 500, "错误编号" },
	{ "/lone", 405, "不支持这种操作" },
	{ "/api/things", 405, "\"status\":405" },
	{ "/things.json", 200, "{\"things\":" },
	{ "/api/openapi.json", 200, "\"/staff/{id}.json\"" },
	{ "/healthz", 200, "ok" },
	{ "/assets/none.css", 404, NULL },
};

static void pages(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(page_row); i++) {
		if (!test_case(t, "GET %s is %u", page_row[i].path, page_row[i].status))
			continue;
		struct probe_answer a = probe_get(t, app->port, page_row[i].path);
		CHECK_INT(a.status, page_row[i].status);
		if (page_row[i].contains != NULL)
			CHECK(str_contains(a.body, str_from_c(page_row[i].contains)));
		CHECK(!str_contains(a.body, STR("the secret detail")));
		CHECK_STR(header(&a, "X-Content-Type-Options"), STR("nosniff"));
	}
	if (test_case(t, "a slash too many leads back, and nowhere else")) {
		struct probe_answer a = probe_get(t, app->port, "/plain/");
		CHECK_STR(header(&a, "Location"), STR("/plain"));
		a = probe_get(t, app->port, "//gk.other/");
		CHECK_INT(a.status, 404);
	}
	if (test_case(t, "405 says what is allowed")) {
		struct probe_answer a = probe_get(t, app->port, "/lone");
		CHECK_STR(header(&a, "Allow"), STR("POST"));
	}
}

static const struct {
	const char *name, *value;
} header_row[] = {
	{ "Content-Security-Policy",
	  "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
	  "form-action 'self'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "Strict-Transport-Security", "" },
};

static void headers(struct test *t, struct test_app *app)
{
	static const char *const paths[] = { "/plain", "/nowhere", "/broken", "/" };

	for (size_t p = 0; p < COUNT_OF(paths); p++) {
		if (!test_case(t, "the headers of %s guard the browser", paths[p]))
			continue;
		struct probe_answer a = probe_get(t, app->port, paths[p]);
		for (size_t i = 0; i < COUNT_OF(header_row); i++)
			CHECK_STR(header(&a, header_row[i].name), str_from_c(header_row[i].value));
		CHECK(header(&a, "Date").len == 29);
	}
	if (test_case(t, "a page of a signed-in person is stored nowhere")) {
		struct probe_answer a = get_with(t, app, "/plain", "Cookie: gk=staff1\r\n");
		CHECK_STR(header(&a, "Cache-Control"), STR("no-store"));
		CHECK(str_contains(a.body, STR("who=staff1<")));
		a = get_with(t, app, "/plain", "");
		CHECK_STR(header(&a, "Cache-Control"), STR("no-cache"));
	}
	if (test_case(t, "a download has its name in UTF-8, runs nothing, and comes whole")) {
		struct probe_answer a = probe_get(t, app->port, "/big.txt");
		CHECK_STR(header(&a, "Content-Disposition"),
			  STR("attachment; filename=\"_______2020.txt\"; "
			      "filename*=UTF-8''%E5%B9%B4%E6%8A%A5%202020.txt"));
		CHECK_STR(header(&a, "Content-Security-Policy"),
			  STR("default-src 'none'; frame-ancestors 'none'; sandbox"));
		CHECK_INT((int64_t)a.body.len, 4 * MIB);
		CHECK(a.body.ptr[4 * MIB - 1] == (char)('a' + (4 * MIB - 1) % 26));
	}
}

static void modes(struct test *t, struct test_app *app)
{
	if (test_case(t, "?mode= becomes a cookie and the same page without it")) {
		struct probe_answer a = get_with(t, app, "/query?n=5&mode=elder&n2=6", "");
		CHECK_INT(a.status, 303);
		CHECK_STR(header(&a, "Location"), STR("/query?n=5&n2=6"));
		CHECK(str_starts(header(&a, "Set-Cookie"), STR("gk-mode=elder; Path=/; HttpOnly")));
		a = get_with(t, app, "/?mode=dark", "");
		CHECK_STR(header(&a, "Location"), STR("/"));
		a = get_with(t, app, "/nowhere?mode=elder", "");
		CHECK_INT(a.status, 303);
		CHECK_STR(header(&a, "Location"), STR("/nowhere"));
		a = get_with(t, app, "/plain?mode=other", "");
		CHECK_INT(a.status, 200);
	}
	if (test_case(t, "the cookie of the mode is obeyed, and a strange one is plain")) {
		struct probe_answer a = get_with(t, app, "/plain", "Cookie: gk-mode=contrast\r\n");
		CHECK(str_contains(a.body, STR("mode=2 ")));
		a = get_with(t, app, "/plain", "Cookie: gk-mode=\"><script>\r\n");
		CHECK(str_contains(a.body, STR("mode=0 ")));
		a = get_with(t, app, "/", "Cookie: gk-mode=dark\r\n");
		CHECK(str_contains(a.body, STR("gk-dark")));
	}
}

/* ---- forms */

static struct probe_answer post(struct test *t, struct test_app *app, const char *path,
				struct str headers_more, struct str body)
{
	return probe_ask(t, app->port, "POST", str_from_c(path),
			 str_concat(t->arena, headers_more, STR(FORM_TYPE)), body);
}

static void saved_forms(struct test *t, struct test_app *app)
{
	struct str cookie, token;

	if (test_case(t, "a form is saved before its answer, and says so once on the next page")) {
		test_app_visitor(t, app, &cookie, &token);
		int64_t before = test_app_things(t, app);
		struct probe_answer a = post(t, app, "/form", cookie,
					     str_format(t->arena, "_csrf=" STR_FMT "&name=first",
							STR_ARG(token)));
		CHECK_INT(a.status, 303);
		CHECK_STR(header(&a, "Location"), STR("/plain"));
		CHECK_INT(test_app_things(t, app), before + 1);
		struct str flash = header(&a, "Set-Cookie");
		flash = str_slice(flash, 0, str_find(flash, STR(";"), 0));
		CHECK(str_starts(flash, STR("gk-flash=web.form_wrong~")));
		a = get_with(t, app, "/plain",
			     str_to_c(t->arena, str_format(t->arena, "Cookie: " STR_FMT "\r\n",
							   STR_ARG(flash))));
		CHECK(str_contains(a.body, STR("提交的内容有误，没有保存。")));
		CHECK(str_contains(a.head, STR("Set-Cookie: gk-flash=; ")));
		a = get_with(t, app, "/plain", "Cookie: gk-flash=web.form_wrong~00\r\n");
		CHECK(!str_contains(a.body, STR("提交的内容有误")));
	}
}

static void refused_forms(struct test *t, struct test_app *app)
{
	struct str cookie, token;

	if (test_case(t, "a wrong field shows the form again, filled, and nothing is saved")) {
		test_app_visitor(t, app, &cookie, &token);
		int64_t before = test_app_things(t, app);
		struct str body =
			str_format(t->arena,
				   "_csrf=" STR_FMT "&_form=0123456789abcdef0123456789abcdef"
				   "&name=%%3Cb%%3E0123456789012345678901234567890",
				   STR_ARG(token));
		struct probe_answer a = post(t, app, "/form", cookie, body);
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("“名称”过长")));
		CHECK(str_contains(a.body, STR("name=[&lt;b&gt;0123")));
		CHECK(str_contains(a.body, STR("value=\"0123456789abcdef0123456789abcdef\"")));
		a = post(t, app, "/lone", cookie,
			 str_format(t->arena, "_csrf=" STR_FMT, STR_ARG(token)));
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("请填写“名称”。")));
		CHECK_INT(test_app_things(t, app), before);
	}
	if (test_case(t, "what a handler refuses is undone, and what it keeps is kept")) {
		static const struct {
			const char *name;
			unsigned status;
			int saved;
		} row[] = { { "undone", 409, 0 }, { "at-field", 422, 0 }, { "kept", 422, 1 } };
		test_app_visitor(t, app, &cookie, &token);
		for (size_t i = 0; i < COUNT_OF(row); i++) {
			int64_t before = test_app_things(t, app);
			struct probe_answer a =
				post(t, app, "/form", cookie,
				     str_format(t->arena, "_csrf=" STR_FMT "&name=%s",
						STR_ARG(token), row[i].name));
			CHECK_INT(a.status, row[i].status);
			CHECK_INT(test_app_things(t, app), before + row[i].saved);
		}
	}
	if (test_case(t, "a prepare step runs first, and its refusal ends it")) {
		test_app_visitor(t, app, &cookie, &token);
		struct probe_answer a = post(t, app, "/prepared", cookie,
					     str_format(t->arena, "_csrf=" STR_FMT "&name=it",
							STR_ARG(token)));
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("prepared-it")));
		a = post(t, app, "/prepared", cookie,
			 str_format(t->arena, "_csrf=" STR_FMT "&name=unprepared", STR_ARG(token)));
		CHECK_INT(a.status, 403);
	}
}

static void uploads(struct test *t, struct test_app *app)
{
	struct str cookie, token;

	if (test_case(t, "a file is uploaded, with its name and its bytes")) {
		test_app_visitor(t, app, &cookie, &token);
		size_t size = 3 * MIB;
		char *bytes = arena_alloc(t->arena, size);
		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)(i * 7);
		struct str first = str_format(
			t->arena,
			"--B\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" STR_FMT
			"\r\n--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n备注"
			"\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; "
			"filename=\"表.xlsx\"\r\n\r\n",
			STR_ARG(token));
		struct str body = str_concat(t->arena, first, (struct str){ bytes, size });
		body = str_concat(t->arena, body, STR("\r\n--B--\r\n"));
		struct str type = STR("Content-Type: multipart/form-data; boundary=B\r\n");
		struct probe_answer a = probe_ask(t, app->port, "POST", STR("/upload"),
						  str_concat(t->arena, cookie, type), body);
		CHECK_INT(a.status, 200);
		CHECK(str_contains(a.body, STR("file=表.xlsx bytes=3145728 note=备注")));
		a = probe_ask(t, app->port, "POST", STR("/form"),
			      str_concat(t->arena, cookie, type), body);
		CHECK_INT(a.status, 413);
		a = probe_ask(t, app->port, "POST", STR("/form"),
			      str_concat(t->arena, cookie, type), STR("--B--\r\n"));
		CHECK_INT(a.status, 415);
	}
}

/* ---- forms of others */

enum { GOOD_TOKEN = 1, GOOD_COOKIE = 2, AS_STAFF = 4 };
static const struct {
	const char *what, *headers;
	unsigned send;
	unsigned status;
} csrf_row[] = {
	{ "nothing but the token", "", GOOD_TOKEN | GOOD_COOKIE, 303 },
	{ "our own origin", "Origin: http://gk.test\r\nSec-Fetch-Site: same-origin\r\n",
	  GOOD_TOKEN | GOOD_COOKIE, 303 },
	{ "our own origin behind TLS", "Origin: https://GK.test\r\n", GOOD_TOKEN | GOOD_COOKIE,
	  303 },
	{ "typed by the person", "Sec-Fetch-Site: none\r\n", GOOD_TOKEN | GOOD_COOKIE, 303 },
	{ "no token", "", GOOD_COOKIE, 403 },
	{ "no cookie", "", GOOD_TOKEN, 403 },
	{ "neither", "", 0, 403 },
	{ "another origin", "Origin: http://other.test\r\n", GOOD_TOKEN | GOOD_COOKIE, 403 },
	{ "a longer origin", "Origin: http://gk.test.other\r\n", GOOD_TOKEN | GOOD_COOKIE, 403 },
	{ "another port", "Origin: http://gk.test:81\r\n", GOOD_TOKEN | GOOD_COOKIE, 403 },
	{ "origin null", "Origin: null\r\n", GOOD_TOKEN | GOOD_COOKIE, 403 },
	{ "cross-site", "Sec-Fetch-Site: cross-site\r\n", GOOD_TOKEN | GOOD_COOKIE, 403 },
	{ "same-site is another host", "Sec-Fetch-Site: same-site\r\n", GOOD_TOKEN | GOOD_COOKIE,
	  403 },
	{ "a visitor's token in a session", "Cookie: gk=staff1\r\n", GOOD_TOKEN, 403 },
	{ "a session's own token", "Cookie: gk=staff1\r\n", GOOD_TOKEN | AS_STAFF, 303 },
	{ "another session's token", "Cookie: gk=staff2\r\n", GOOD_TOKEN | AS_STAFF, 403 },
	{ "a planted cookie of wrong form", "Cookie: gk-form=x\r\n", GOOD_TOKEN, 403 },
	{ "an empty token", "X-CSRF-Token: \r\n", GOOD_COOKIE, 403 },
};

static void foreign_forms(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(csrf_row); i++) {
		struct str cookie, token, headers_more = str_from_c(csrf_row[i].headers);
		if (!test_case(t, "CSRF: %s is %u", csrf_row[i].what, csrf_row[i].status))
			continue;
		test_app_visitor(t, app, &cookie, &token);
		if ((csrf_row[i].send & AS_STAFF) != 0)
			token = csrf_token_for(t->arena, test_app_secret(), true, STR("staff1"));
		if ((csrf_row[i].send & GOOD_COOKIE) != 0)
			headers_more = str_concat(t->arena, headers_more, cookie);
		int64_t before = test_app_things(t, app);
		struct str body = (csrf_row[i].send & GOOD_TOKEN) != 0
					  ? str_format(t->arena, "name=csrf%zu&_csrf=" STR_FMT, i,
						       STR_ARG(token))
					  : str_format(t->arena, "name=csrf%zu&_csrf=", i);
		struct probe_answer a = post(t, app, "/form", headers_more, body);
		CHECK_INT(a.status, csrf_row[i].status);
		/* A visitor whose page is too old finds what was typed, ready to be sent again. */
		if (a.status == 403 && headers_more.len > 0 &&
		    str_starts(headers_more, STR("Cookie: gk-form")))
			CHECK(str_contains(a.body, str_format(t->arena, "name=[csrf%zu]", i)));
		CHECK_INT(test_app_things(t, app), before + (csrf_row[i].status == 303));
	}
	if (test_case(t, "a token twice is no token")) {
		struct str cookie, token;
		test_app_visitor(t, app, &cookie, &token);
		struct probe_answer a =
			post(t, app, "/form", cookie,
			     str_format(t->arena, "name=x&_csrf=" STR_FMT "&_csrf=" STR_FMT,
					STR_ARG(token), STR_ARG(token)));
		CHECK_INT(a.status, 403);
	}
}

static const struct {
	const char *what, *path, *headers, *body;
	unsigned status;
} api_row[] = {
	{ "JSON of the public", "/api/things", "Content-Type: application/json\r\n",
	  "{\"name\":\"j1\"}", 200 },
	{ "JSON from another site", "/api/things",
	  "Content-Type: application/json\r\nOrigin: http://other.test\r\n", "{\"name\":\"j2\"}",
	  403 },
	{ "a form of the public", "/api/things", FORM_TYPE, "name=j3", 403 },
	{ "text", "/api/things", "Content-Type: text/plain\r\n", "{\"name\":\"j4\"}", 415 },
	{ "JSON with a session's cookie and no token", "/api/things",
	  "Content-Type: application/json\r\nCookie: gk=staff1\r\n", "{\"name\":\"j5\"}", 403 },
	{ "bearer", "/api/staff",
	  "Content-Type: application/json\r\nAuthorization: Bearer staff1\r\n", "{\"name\":\"j6\"}",
	  200 },
	{ "unknown bearer", "/api/staff",
	  "Content-Type: application/json\r\nAuthorization: Bearer nobody\r\n", "{\"name\":\"j7\"}",
	  401 },
	{ "wrong field", "/api/things", "Content-Type: application/json\r\n", "{\"name\":\"\"}",
	  422 },
	{ "no object", "/api/things", "Content-Type: application/json\r\n", "[]", 400 },
};

static void machines(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(api_row); i++) {
		if (!test_case(t, "API: %s is %u", api_row[i].what, api_row[i].status))
			continue;
		struct probe_answer a = probe_ask(t, app->port, "POST", str_from_c(api_row[i].path),
						  str_from_c(api_row[i].headers),
						  str_from_c(api_row[i].body));
		CHECK_INT(a.status, api_row[i].status);
		if (a.status >= 400)
			CHECK_STR(header(&a, "Content-Type"),
				  STR("application/problem+json; charset=utf-8"));
		if (a.status == 422)
			CHECK(str_contains(
				a.body,
				STR("\"errors\":[{\"field\":\"name\",\"message\":\"请填写“名称”。\"}]")));
	}
	if (test_case(t, "API: a session's token in the header is enough")) {
		struct str token = csrf_token_for(t->arena, test_app_secret(), true, STR("staff1"));
		struct str more =
			str_format(t->arena,
				   "Content-Type: application/json\r\nCookie: gk=staff1\r\n"
				   "X-CSRF-Token: " STR_FMT "\r\n",
				   STR_ARG(token));
		struct probe_answer a = probe_ask(t, app->port, "POST", STR("/api/staff"), more,
						  STR("{\"name\":\"j9\"}"));
		CHECK_INT(a.status, 200);
	}
}

/* ---- who may */

static bool open_session(void *arg, const struct probe_role *role, struct str *token,
			 struct str *csrf_seed)
{
	(void)arg;
	*token = *csrf_seed = str_from_c(role->name);
	return true;
}

static const struct probe_role roles[] = {
	{ "public", UINT64_C(1) << TEST_PUBLIC, true },
	{ "staff", UINT64_C(1) << TEST_PUBLIC | UINT64_C(1) << TEST_STAFF, false },
	{ "boss", UINT64_C(1) << TEST_PUBLIC | UINT64_C(1) << TEST_STAFF | UINT64_C(1) << TEST_BOSS,
	  false },
};

static void matrix(struct test *t)
{
	/* A site without the page that is meant to break. */
	struct test_app app;
	static struct route kept[64];
	static const struct route *const tables[] = { kept, NULL };
	size_t n = 0;

	if (!test_case(t, "the site of the matrix starts") || !test_app_start(t, &app, NULL))
		return;
	for (const struct route *r = test_app_tables[0]; r->path != NULL; r++)
		if (!str_contains(str_from_c(r->path), STR("broken")))
			kept[n++] = *r;
	kept[n] = (struct route)ROUTE_END;
	struct probe_matrix m = { .port = app.port, .tables = tables, .roles = roles,
				  .roles_count = COUNT_OF(roles), .public_permission = TEST_PUBLIC,
				  .secret = test_app_secret(), .session_cookie = STR("gk"),
				  .session = open_session };
	size_t cells = probe_roles(t, &m);
	if (test_case(t, "the matrix has a cell for each route and role"))
		CHECK(cells == 0 || cells == n * COUNT_OF(roles));
	if (test_case(t, "an anonymous visitor comes back to where he was going")) {
		struct probe_answer a = probe_get(t, app.port, "/staff?x=1");
		CHECK_STR(header(&a, "Location"), STR("/sign-in?next=%2Fstaff%3Fx%3D1"));
	}
	test_app_stop(&app);
}

/* ---- stopping */

static void stops(struct test *t)
{
	struct test_app app;
	struct probe_answer a = { 0 };

	if (!test_case(t, "answers already begun are finished when the site stops") ||
	    !test_app_start(t, &app, NULL))
		return;
	struct probe idle = probe_open(app.port), busy = probe_open(app.port);
	CHECK(probe_send(&idle, STR("GET /plain HTTP/1.1\r\n" HOST "\r\n")));
	CHECK(probe_read(t, &idle, false, &a));
	CHECK(probe_send(&busy, STR("POST /api/things HTTP/1.1\r\n" HOST
				    "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n"
				    "{\"name\":\"last\"}GET /big.txt HTTP/1.1\r\n" HOST "\r\n")));
	test_app_stop(&app);
	CHECK(probe_ends(&idle, PROBE_PATIENCE_MS));
	/* Both, one or none have been begun; what has been is whole. */
	while (probe_read(t, &busy, false, &a))
		CHECK(a.status == 200 && (a.body.len < 100 || a.body.len == 4 * MIB));
	CHECK_INT((int64_t)busy.len, 0);
	probe_close(&idle);
	probe_close(&busy);
}

/* ---- over PostgreSQL, where every question to the database is a worker's */

static void over_postgres(struct test *t)
{
	struct str cookie, token;
	struct test_app app;
	struct testdb site;

	if (!test_case(t, "pages, forms and errors over PostgreSQL") ||
	    !testdb_open(t, DB_POSTGRES, &site))
		return;
	if (!test_app_start_at(t, &app, site.where, NULL))
		return;
	test_app_visitor(t, &app, &cookie, &token);
	struct str form = str_format(t->arena, "_csrf=" STR_FMT "&name=", STR_ARG(token));
	CHECK(str_contains(probe_get(t, app.port, "/").body, STR("things=0 ")));
	CHECK(str_contains(probe_get(t, app.port, "/slow").body, STR("things=0 ")));
	CHECK_INT(post(t, &app, "/form", cookie, str_concat(t->arena, form, STR("a"))).status, 303);
	CHECK(str_contains(probe_get(t, app.port, "/").body, STR("things=1 ")));
	CHECK_INT(post(t, &app, "/form", cookie, str_concat(t->arena, form, STR("undone"))).status,
		  409);
	struct probe_answer a = post(t, &app, "/form", cookie,
				     str_concat(t->arena, form, STR("at-field")));
	CHECK_INT(a.status, 422);
	CHECK(str_contains(a.body, STR("name=[at-field]")));
	a = post(t, &app, "/prepared", cookie, str_concat(t->arena, form, STR("b")));
	CHECK(str_contains(a.body, STR("prepared-b")));
	CHECK_INT(post(t, &app, "/form", cookie, form).status, 422);
	CHECK_INT(probe_get(t, app.port, "/nowhere").status, 404);
	CHECK_INT(probe_get(t, app.port, "/broken").status, 500);
	CHECK_INT(probe_get(t, app.port, "/staff").status, 303);
	CHECK_INT(test_app_things(t, &app), 2);
	test_app_stop(&app);
	testdb_close(&site);
}

void server_test(struct test *t)
{
	struct test_app app;

	if (test_case(t, "the site starts") && test_app_start(t, &app, NULL)) {
		connections(t, &app);
		pipelines(t, &app);
		pages(t, &app);
		headers(t, &app);
		modes(t, &app);
		saved_forms(t, &app);
		refused_forms(t, &app);
		uploads(t, &app);
		foreign_forms(t, &app);
		machines(t, &app);
		test_app_stop(&app);
	}
	matrix(t);
	stops(t);
	over_postgres(t);
}
