/* machine_test.c - every POST as a program sends it: JSON, keys, versions, tokens. */
#include "base/buf.h"
#include "base/limits.h"
#include "db/testdb.h"
#include "web/exchange.h"
#include "web/test_app.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define STAFF "Authorization: Bearer staff1\r\n"

static struct probe_answer ask(struct test *t, struct test_app *app, const char *path,
			       const char *headers, const char *body)
{
	return probe_ask(t, app->port, "POST", str_from_c(path), str_from_c(headers),
			 str_from_c(body));
}

static struct str header(const struct probe_answer *a, const char *name)
{
	return probe_header(a, str_from_c(name));
}

/* ---- one row each: the answer, and whether something was written */

static const struct {
	const char *what, *path, *headers, *body;
	unsigned status;
	const char *contains;
	int written;
} row[] = {
	{ "a page's form by JSON", "/form", JSON_TYPE, "{\"name\":\"m1\"}", 200,
	  "{\"location\":\"/plain\",\"message\":\"提交的内容有误，没有保存。", 1 },
	{ "what is made is 201", "/made", JSON_TYPE, "{\"name\":\"m2\"}", 201,
	  "{\"location\":\"/items/12\",", 1 },
	{ "a form, asking for JSON, by a token", "/made",
	  STAFF "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\n",
	  "name=m3", 201, "{\"location\":\"/items/12\",", 1 },
	{ "a browser's Accept is a browser's", "/lone",
	  "Content-Type: application/x-www-form-urlencoded\r\n"
	  "Accept: text/html,application/json;q=0.9\r\n",
	  "name=m4", 403, "<html", 0 },
	{ "a wrong field", "/form", JSON_TYPE, "{\"name\":\"\"}", 422,
	  "\"errors\":[{\"field\":\"name\",\"message\":\"请填写“名称”。\"}]", 0 },
	{ "all wrong fields at once", "/form", JSON_TYPE, "{\"nmae\":\"x\",\"other\":1}", 422,
	  "{\"field\":\"name\",\"message\":\"请填写“名称”。\"},{\"field\":\"nmae\",", 0 },
	{ "a field the handler refuses", "/form", JSON_TYPE, "{\"name\":\"at-field\"}", 409,
	  "\"errors\":[{\"field\":\"name\",", 0 },
	{ "what the handler refuses", "/form", JSON_TYPE, "{\"name\":\"undone\"}", 409,
	  "\"code\":\"web.form_wrong\"", 0 },
	{ "what the handler keeps and asks again", "/form", JSON_TYPE, "{\"name\":\"kept\"}", 422,
	  "写入后发现有误", 1 },
	{ "a page as an answer is its title", "/prepared", JSON_TYPE, "{\"name\":\"m5\"}", 200,
	  "{\"message\":\"已备\"}", 1 },
	{ "nowhere", "/nowhere", JSON_TYPE, "{}", 404, "\"status\":404", 0 },
	{ "a page that takes no form", "/plain", JSON_TYPE, "{}", 405, "\"status\":405", 0 },
	{ "a stranger", "/staff", JSON_TYPE, "{}", 401, "\"status\":401", 0 },
	{ "a bad token, even where anybody may", "/form",
	  JSON_TYPE "Authorization: Bearer nobody\r\n", "{\"name\":\"m6\"}", 401,
	  "\"code\":\"web.bad_token\"", 0 },
	{ "an empty token", "/form", JSON_TYPE "Authorization: Bearer \r\n", "{\"name\":\"m6\"}",
	  401, "\"code\":\"web.bad_token\"", 0 },
	{ "a token that does not reach", "/boss", STAFF JSON_TYPE, "{}", 405, "\"status\":405", 0 },
	{ "a cookie without the form's token", "/form", JSON_TYPE "Cookie: gk=staff1\r\n",
	  "{\"name\":\"m7\"}", 403, "\"code\":\"web.stale_form\"", 0 },
	{ "a token beside a cookie", "/form", STAFF JSON_TYPE "Cookie: gk=staff2\r\n",
	  "{\"name\":\"m8\"}", 200, "location", 1 },
	{ "from another site", "/form", STAFF JSON_TYPE "Origin: http://other.test\r\n",
	  "{\"name\":\"m9\"}", 403, "\"code\":\"web.foreign_form\"", 0 },
	{ "a token in the address", "/form?access_token=staff1", JSON_TYPE, "{\"name\":\"m10\"}",
	  400, "\"code\":\"web.token_in_address\"", 0 },
	{ "a token in the body", "/form", JSON_TYPE,
	  "{\"name\":\"m11\",\"access_token\":\"staff1\"}", 422, "access_token", 0 },
	{ "text", "/form", STAFF "Content-Type: text/plain\r\n", "{\"name\":\"m12\"}", 415,
	  "\"status\":415", 0 },
	{ "no type", "/form", STAFF, "{\"name\":\"m13\"}", 415, "\"status\":415", 0 },
	{ "an array", "/form", JSON_TYPE, "[]", 400, "\"code\":\"web.bad_json\"", 0 },
	{ "nested 9 deep", "/form", JSON_TYPE, "{\"name\":[[[[[[[[1]]]]]]]]}", 400, "web.bad_json",
	  0 },
	{ "the same name twice", "/form", JSON_TYPE, "{\"name\":\"a\",\"name\":\"b\"}", 400,
	  "web.bad_json", 0 },
	{ "an array for one value", "/form", JSON_TYPE, "{\"name\":[\"a\",\"b\"]}", 422,
	  "被重复提交", 0 },
	{ "an object for a value", "/form", JSON_TYPE, "{\"name\":{}}", 400, "web.bad_json", 0 },
	{ "a number beyond all", "/versioned", JSON_TYPE, "{\"version\":99999999999999999999}", 400,
	  "web.bad_json", 0 },
	{ "1e400", "/versioned", JSON_TYPE, "{\"version\":1e400}", 400, "web.bad_json", 0 },
	{ "a fraction", "/versioned", JSON_TYPE, "{\"version\":7.5}", 400, "web.bad_json", 0 },
	{ "a number below", "/versioned", JSON_TYPE, "{\"version\":-1}", 422, "“版本”应在", 0 },
	{ "NUL in a value", "/form", JSON_TYPE, "{\"name\":\"a\\u0000b\"}", 400, "web.bad_json",
	  0 },
	{ "half a surrogate", "/form", JSON_TYPE, "{\"name\":\"\\ud800\"}", 400, "web.bad_json",
	  0 },
	{ "the version as it stands", "/versioned", JSON_TYPE, "{\"version\":7}", 200,
	  "\"version\":8}", 0 },
	{ "a stale version", "/versioned", JSON_TYPE, "{\"version\":6}", 409, "\"version\":7}", 0 },
	{ "no version", "/versioned", JSON_TYPE, "{}", 422, "\"field\":\"version\"", 0 },
	{ "If-Match holds", "/versioned", JSON_TYPE "If-Match: \"7\"\r\n", "{}", 200,
	  "\"version\":8}", 0 },
	{ "If-Match does not", "/versioned", JSON_TYPE "If-Match: \"6\"\r\n", "{}", 412,
	  "\"version\":7}", 0 },
	{ "a weak tag", "/versioned", JSON_TYPE "If-Match: W/\"7\"\r\n", "{}", 400,
	  "web.bad_if_match", 0 },
	{ "any version", "/versioned", JSON_TYPE "If-Match: *\r\n", "{}", 400, "web.bad_if_match",
	  0 },
	{ "two versions", "/versioned", JSON_TYPE "If-Match: \"7\"\r\n", "{\"version\":7}", 400,
	  "web.version_twice", 0 },
	{ "If-Match where nothing has a version", "/form", JSON_TYPE "If-Match: \"7\"\r\n",
	  "{\"name\":\"m14\"}", 400, "web.no_version", 0 },
	{ "a short key", "/form", JSON_TYPE "Idempotency-Key: 1234567\r\n", "{\"name\":\"m15\"}",
	  400, "web.bad_key", 0 },
	{ "two keys", "/form",
	  JSON_TYPE "Idempotency-Key: 12345678\r\nIdempotency-Key: 12345678\r\n",
	  "{\"name\":\"m16\"}", 400, NULL, 0 },
};

static void rows(struct test *t, struct test_app *app)
{
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		if (!test_case(t, "a program: %s is %u", row[i].what, row[i].status))
			continue;
		int64_t before = test_app_things(t, app);
		struct probe_answer a =
			ask(t, app, row[i].path, row[i].headers, row[i].body);
		CHECK_INT(a.status, row[i].status);
		if (row[i].contains != NULL)
			CHECK(str_contains(a.body, str_from_c(row[i].contains)));
		CHECK_INT(test_app_things(t, app), before + row[i].written);
	}
	if (test_case(t,
		      "a program: 201 has its Location, 200 has none, no sentence is a cookie")) {
		struct probe_answer a = ask(t, app, "/made", JSON_TYPE, "{\"name\":\"l1\"}");
		CHECK_STR(header(&a, "Location"), STR("/items/12"));
		CHECK_STR(header(&a, "Set-Cookie"), STR_NONE);
		a = ask(t, app, "/form", JSON_TYPE, "{\"name\":\"l2\"}");
		CHECK_STR(header(&a, "Location"), STR_NONE);
		CHECK_STR(header(&a, "Set-Cookie"), STR_NONE);
		CHECK_STR(header(&a, "Content-Type"), STR("application/json; charset=utf-8"));
	}
	if (test_case(t, "a program: the version is an ETag that If-Match takes back")) {
		struct probe_answer a = probe_get(t, app->port, "/versioned.json");
		CHECK_STR(header(&a, "ETag"), STR("\"7\""));
	}
	if (test_case(t, "a program: a bad token on a page is 401 and no way to the sign-in")) {
		struct probe_answer a =
			probe_ask(t, app->port, "GET", STR("/staff"),
				  STR("Authorization: Bearer nobody\r\n"), STR_NONE);
		CHECK_INT(a.status, 401);
		CHECK_STR(header(&a, "WWW-Authenticate"), STR("Bearer error=\"invalid_token\""));
		a = probe_get(t, app->port, "/things.json?access_token=staff1");
		CHECK_INT(a.status, 400);
	}
}

/* ---- the same key, the same answer, once */

static void keys(struct test *t, struct test_app *app)
{
	if (test_case(t, "a key: sent again, the same answer and nothing written")) {
		const char *more = JSON_TYPE "Idempotency-Key: 6b1f0d3c-key-one\r\n";
		int64_t before = test_app_things(t, app);
		struct probe_answer first = ask(t, app, "/made", more, "{\"name\":\"k1\"}");
		struct probe_answer again = ask(t, app, "/made", more, "{\"name\":\"k1\"}");
		CHECK_INT(first.status, 201);
		CHECK_INT(again.status, 201);
		CHECK_STR(again.body, first.body);
		CHECK_STR(header(&again, "Location"), STR("/items/12"));
		CHECK_STR(header(&first, "Idempotency-Replayed"), STR_NONE);
		CHECK_STR(header(&again, "Idempotency-Replayed"), STR("true"));
		CHECK_INT(test_app_things(t, app), before + 1);
	}
	if (test_case(t, "a key: another body, another path, another account")) {
		const char *more = JSON_TYPE "Idempotency-Key: 6b1f0d3c-key-two\r\n";
		struct probe_answer a = ask(t, app, "/made", more, "{\"name\":\"k2\"}");
		CHECK_INT(a.status, 201);
		a = ask(t, app, "/made", more, "{\"name\":\"k3\"}");
		CHECK_INT(a.status, 422);
		CHECK(str_contains(a.body, STR("web.key_reused")));
		a = ask(t, app, "/form", more, "{\"name\":\"k2\"}");
		CHECK_INT(a.status, 422);
		a = ask(t, app, "/made", STAFF JSON_TYPE "Idempotency-Key: 6b1f0d3c-key-two\r\n",
			"{\"name\":\"k4\"}");
		CHECK_INT(a.status, 201);
	}
	if (test_case(t, "a key: what was refused may be tried again under it")) {
		const char *more = JSON_TYPE "Idempotency-Key: 6b1f0d3c-key-three\r\n";
		int64_t before = test_app_things(t, app);
		CHECK_INT(ask(t, app, "/form", more, "{\"name\":\"undone\"}").status, 409);
		CHECK_INT(ask(t, app, "/form", more, "{\"name\":\"undone\"}").status, 409);
		CHECK_INT(ask(t, app, "/form", more, "{\"name\":\"k5\"}").status, 200);
		CHECK_INT(test_app_things(t, app), before + 1);
	}
	if (test_case(t, "a key: a prepared act is not prepared twice")) {
		const char *more = JSON_TYPE "Idempotency-Key: 6b1f0d3c-key-four\r\n";
		CHECK_INT(ask(t, app, "/prepared", more, "{\"name\":\"k6\"}").status, 200);
		struct probe_answer a = ask(t, app, "/prepared", more, "{\"name\":\"k6\"}");
		CHECK_INT(a.status, 200);
		CHECK_STR(header(&a, "Idempotency-Replayed"), STR("true"));
	}
}

/* Sent at once on many connections: one is done, all get its answer. */
static void keys_at_once(struct test *t, struct test_app *app)
{
	enum { CLIENTS = 16 };
	struct probe p[CLIENTS];
	const struct str bytes =
		STR("POST /made HTTP/1.1\r\nHost: gk.test\r\n" JSON_TYPE
		    "Idempotency-Key: 6b1f0d3c-key-at-once\r\nContent-Length: 13\r\n\r\n"
		    "{\"name\":\"k7\"}");
	int64_t before = test_app_things(t, app);
	int created = 0;

	for (int i = 0; i < CLIENTS; i++)
		p[i] = probe_open(app->port);
	for (int i = 0; i < CLIENTS; i++)
		CHECK(probe_send(&p[i], bytes));
	for (int i = 0; i < CLIENTS; i++) {
		struct probe_answer a = { 0 };
		CHECK(probe_read(t, &p[i], false, &a));
		CHECK_INT(a.status, 201);
		created += a.status == 201;
		probe_close(&p[i]);
	}
	CHECK(created >= 1);
	CHECK_INT(test_app_things(t, app), before + 1);
}

/* ---- files */

static void uploads(struct test *t, struct test_app *app)
{
	if (!test_case(t, "a program uploads by multipart with its token, and a new boundary is "
			  "the same form"))
		return;
	struct probe_answer a =
		ask(t, app, "/upload", STAFF "Content-Type: multipart/form-data; boundary=B\r\n",
		    "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
		    "\r\nabc\r\n--B--\r\n");
	CHECK_INT(a.status, 200);
	CHECK_STR(header(&a, "Content-Type"), STR("application/json; charset=utf-8"));
	a = ask(t, app, "/upload", JSON_TYPE, "{\"file\":\"abc\"}");
	CHECK_INT(a.status, 422);
	const char *key = STAFF "Idempotency-Key: 6b1f0d3c-multipart\r\n"
				"Content-Type: multipart/form-data; boundary=";
	for (int i = 0; i < 2; i++) {
		struct str head = str_format(t->arena, "%sB%d\r\n", key, i);
		struct str body = str_format(t->arena,
					     "--B%d\r\nContent-Disposition: form-data; "
					     "name=\"name\"\r\n\r\nfiled\r\n--B%d--\r\n",
					     i, i);
		a = probe_ask(t, app->port, "POST", STR("/filed"), head, body);
		CHECK_INT(a.status, 201);
	}
	CHECK_STR(header(&a, "Idempotency-Replayed"), STR("true"));
}

/* ---- what is said about it */

static bool has_members(json_t *object, const char *const *names)
{
	for (; *names != NULL; names++)
		if (json_object_get(object, *names) == NULL)
			return false;
	return true;
}

static void check_operation(struct test *t, json_t *operation, bool post)
{
	static const char *const always[] = { "operationId", "summary", "parameters", "responses",
					      NULL };
	json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");

	CHECK(has_members(operation, always));
	CHECK(json_object_get(json_object_get(operation, "responses"), "200") != NULL);
	CHECK(post == (json_object_size(content) > 0));
}

static void description(struct test *t)
{
	struct arena *a = arena_open(MIB);
	size_t count, posts = 0, described = 0;
	const char *path, *method;
	json_t *item, *operation;

	json_t *api = web_openapi(test_app_tables, TEST_PUBLIC, STR("x"), STR("1"));
	const struct route **routes = web_routes(a, test_app_tables, &count);
	for (size_t i = 0; i < count; i++)
		posts += routes[i]->method == METHOD_POST;
	json_object_foreach(json_object_get(api, "paths"), path, item) {
		CHECK(path[0] == '/');
		json_object_foreach(item, method, operation) {
			bool post = str_equal_c(STR("post"), method);
			check_operation(t, operation, post);
			described += post;
		}
	}
	CHECK_INT((int64_t)described, (int64_t)posts);
	json_t *made = json_object_get(json_object_get(json_object_get(api, "paths"), "/staff"),
				       "post");
	CHECK(json_object_get(made, "security") == NULL); /* that of the document */
	json_decref(api);
	arena_close(a);
}

static void over(struct test *t, struct testdb *site, const void *arg)
{
	struct test_app app;

	(void)arg;
	if (!test_app_start_at(t, &app, site->where, NULL))
		return;
	keys_at_once(t, &app);
	test_app_stop(&app);
}

void machine_test(struct test *t)
{
	struct test_app app;

	if (test_case(t, "the site for programs starts") && test_app_start(t, &app, NULL)) {
		rows(t, &app);
		keys(t, &app);
		uploads(t, &app);
		test_app_stop(&app);
	}
	testdb_each(t, "a key: sent at once, done once", over, NULL);
	if (test_case(t, "every POST is described for programs"))
		description(t);
}
