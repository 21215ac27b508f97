#include "web/router.h"

#include "base/test.h"

enum { PUBLIC = 1, CLERK = 2 };

static bool nothing(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	(void)rq;
	(void)rp;
	(void)err;
	return true;
}

#define GET(p) { METHOD_GET, p, PUBLIC, nothing, .summary = p }
#define POST(p) { METHOD_POST, p, CLERK, nothing, .form = no_fields, .summary = p }
static const struct field no_fields[] = { FIELD_END };
static const struct route first_table[] = {
	GET("/"), GET("/a"), GET("/a/:id"), GET("/a/new"), GET("/a/:id.json"), GET("/a.json"),
	POST("/a/:id"), GET("/a/:id/b/:n.csv"), POST("/a/:id/close"), ROUTE_END
};
static const struct route second_table[] = { GET("/b"), GET("/a/:id/files/:file"), ROUTE_END };
static const struct route *const tables[] = { first_table, second_table, NULL };

static const struct {
	const char *path, *get, *post, *id; /* patterns found; value of :id */
} find_row[] = {
	{ "/", "/", NULL, NULL },
	{ "/a", "/a", NULL, NULL },
	{ "/b", "/b", NULL, NULL },
	{ "/a.json", "/a.json", NULL, NULL },
	{ "/a/new", "/a/new", NULL, NULL },
	{ "/a/12", "/a/:id", "/a/:id", "12" },
	{ "/a/12.json", "/a/:id.json", NULL, "12" },
	{ "/a/.json", "/a/:id", "/a/:id", ".json" },
	{ "/a/new.json", "/a/:id.json", NULL, "new" },
	{ "/a/%E4%B8%AD", "/a/:id", "/a/:id", "中" },
	{ "/a/1/b/2.csv", "/a/:id/b/:n.csv", NULL, "1" },
	{ "/a/new/close", NULL, "/a/:id/close", "new" },
	{ "/a/1/files/x.pdf", "/a/:id/files/:file", NULL, "1" },
	{ "/a/", NULL, NULL, NULL },
	{ "//a", NULL, NULL, NULL },
	{ "/A", NULL, NULL, NULL },
	{ "/a/1/b/2", NULL, NULL, NULL },
	{ "/a/1/2", NULL, NULL, NULL },
	{ "/a.xml", NULL, NULL, NULL },
};

static const char *path_of(const struct route *route)
{
	return route != NULL ? route->path : NULL;
}

static void finds(struct test *t)
{
	struct err err = { 0 };
	struct router *r = NULL;
	struct arena *a = arena_open(1 << 20);
	bool ok = router_open(a, tables, PUBLIC, &r, &err);

	for (size_t i = 0; i < COUNT_OF(find_row); i++) {
		struct http_path path;
		struct str id;
		if (!test_case(t, "path %s", find_row[i].path))
			continue;
		CHECK_OK(ok);
		CHECK(http_read_path(t->arena, str_from_c(find_row[i].path), &path));
		const struct route_pair *pair = router_find(r, &path);
		CHECK_INT(pair != NULL, find_row[i].get != NULL || find_row[i].post != NULL);
		if (pair == NULL)
			continue;
		CHECK_STR(str_from_c(path_of(pair->get)), str_from_c(find_row[i].get));
		CHECK_STR(str_from_c(path_of(pair->post)), str_from_c(find_row[i].post));
		const char *pattern = path_of(pair->get != NULL ? pair->get : pair->post);
		CHECK_INT(router_param(pattern, &path, STR("id"), &id), find_row[i].id != NULL);
		if (find_row[i].id != NULL)
			CHECK_STR(id, str_from_c(find_row[i].id));
		CHECK(!router_param(pattern, &path, STR("other"), &id));
	}
	arena_close(a);
}

static const char *const choices[] = { "a", "b", NULL };
static const struct field two_alike[] = {
	{ .name = "x", .label = "甲" }, { .name = "x", .label = "乙" }, FIELD_END
};
static const struct field reserved[] = { { .name = "_csrf", .label = "甲" }, FIELD_END };
static const struct field mode_field[] = { { .name = "mode", .label = "甲" }, FIELD_END };
static const struct field no_label[] = { { .name = "x" }, FIELD_END };
static const struct field no_choices[] = { { .name = "x", .label = "甲", .kind = FIELD_CHOICE },
					   FIELD_END };
static const struct field choices_of_text[] = { { .name = "x", .label = "甲", .choices = choices },
						FIELD_END };
static const struct field file_field[] = { { .name = "x", .label = "甲", .kind = FIELD_FILE },
					   FIELD_END };
static const struct field password[] = { { .name = "x", .label = "甲", .kind = FIELD_PASSWORD },
					 FIELD_END };
static const struct field empty_range[] = {
	{ .name = "x", .label = "甲", .kind = FIELD_INT, .low = 2, .high = 1 }, FIELD_END
};
static const struct field huge[] = { { .name = "x", .label = "甲", .max = (size_t)1 << 30 },
				     FIELD_END };

#define G METHOD_GET
#define P METHOD_POST
static const struct {
	const char *what;
	struct route route;
} bad_row[] = {
	{ "no permission", { G, "/x", 0, nothing, .summary = "x" } },
	{ "permission out of range", { G, "/x", 64, nothing, .summary = "x" } },
	{ "POST without a form", { P, "/x", PUBLIC, nothing, .summary = "x" } },
	{ "GET with a form", { G, "/x", PUBLIC, nothing, .form = no_fields, .summary = "x" } },
	{ "GET with a prepare step",
	  { G, "/x", PUBLIC, nothing, .prepare = nothing, .summary = "x" } },
	{ "no handler", { G, "/x", PUBLIC, NULL, .summary = "x" } },
	{ "no summary", { G, "/x", PUBLIC, nothing, .summary = NULL } },
	{ "the same path again", { G, "/a", PUBLIC, nothing, .summary = "x" } },
	{ "the same shape again", { G, "/a/:other", PUBLIC, nothing, .summary = "x" } },
	{ "relative path", { G, "x", PUBLIC, nothing, .summary = "x" } },
	{ "empty segment", { G, "/x//y", PUBLIC, nothing, .summary = "x" } },
	{ "slash at the end", { G, "/x/", PUBLIC, nothing, .summary = "x" } },
	{ "parameter without name", { G, "/x/:", PUBLIC, nothing, .summary = "x" } },
	{ "parameter twice", { G, "/x/:id/:id", PUBLIC, nothing, .summary = "x" } },
	{ "odd characters", { G, "/x/*", PUBLIC, nothing, .summary = "x" } },
	{ "the server's own path", { G, "/healthz", PUBLIC, nothing, .summary = "x" } },
	{ "an asset", { G, "/assets/x.css", PUBLIC, nothing, .summary = "x" } },
	{ "cached, but not public",
	  { G, "/x", CLERK, nothing, .flags = ROUTE_CACHED, .summary = "x" } },
	{ "cached POST",
	  { P, "/x", PUBLIC, nothing, .form = no_fields, .flags = ROUTE_CACHED, .summary = "x" } },
	{ "upload by GET", { G, "/x", PUBLIC, nothing, .flags = ROUTE_UPLOAD, .summary = "x" } },
	{ "two fields alike", { G, "/x", PUBLIC, nothing, .query = two_alike, .summary = "x" } },
	{ "reserved field", { P, "/x", PUBLIC, nothing, .form = reserved, .summary = "x" } },
	{ "mode in a query", { G, "/x", PUBLIC, nothing, .query = mode_field, .summary = "x" } },
	{ "field without label", { G, "/x", PUBLIC, nothing, .query = no_label, .summary = "x" } },
	{ "choice without choices",
	  { G, "/x", PUBLIC, nothing, .query = no_choices, .summary = "x" } },
	{ "text with choices",
	  { G, "/x", PUBLIC, nothing, .query = choices_of_text, .summary = "x" } },
	{ "file without ROUTE_UPLOAD",
	  { P, "/x", PUBLIC, nothing, .form = file_field, .summary = "x" } },
	{ "password in a query", { G, "/x", PUBLIC, nothing, .query = password, .summary = "x" } },
	{ "empty range", { G, "/x", PUBLIC, nothing, .query = empty_range, .summary = "x" } },
	{ "huge field", { G, "/x", PUBLIC, nothing, .query = huge, .summary = "x" } },
};

void router_test(struct test *t)
{
	finds(t);
	for (size_t i = 0; i < COUNT_OF(bad_row); i++) {
		struct err err = { 0 };
		struct router *r;
		if (!test_case(t, "refused at start: %s", bad_row[i].what))
			continue;
		const struct route table[] = { bad_row[i].route, ROUTE_END };
		const struct route *const all[] = { first_table, table, NULL };
		CHECK_FAILS(router_open(t->arena, all, PUBLIC, &r, &err), "web.bad_route");
	}
	if (test_case(t, "rows are listed in order of path, GET before POST")) {
		size_t count;
		const struct route **rows = web_routes(t->arena, tables, &count);
		CHECK_INT((int64_t)count, 11);
		for (size_t i = 1; i < count; i++) {
			int order = str_compare(str_from_c(rows[i - 1]->path),
						str_from_c(rows[i]->path));
			CHECK(order < 0 || (order == 0 && rows[i - 1]->method < rows[i]->method));
		}
	}
}
