/* list_test.c - a small list on a server of its own: links, pages, order, files. */
#include "list/list.h"

#include "base/limits.h"
#include "base/test.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "office/read.h"
#include "web/probe.h"

#include <sys/mman.h>
#include <unistd.h>

enum { ANYBODY = 1, THINGS = 1203, SHOWN = 100 };

static const char *const colours[] = { "red", "green", NULL };
static const struct field query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = colours },
	{ .name = "name", .label = "名称", .kind = FIELD_TEXT, .max = 40 },
	{ .name = "year", .label = "年份", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	{ .name = "tag", .label = "标签", .kind = FIELD_TEXT, .max = 40, .many = true },
	LIST_ORDER("按名称排序"),
	LIST_PLACE_ID,
	FIELD_END
};

/* Things are the numbers 1 to THINGS; year=2001 keeps three of them. */
static int64_t last_of(const struct web_request *rq)
{
	return web_int(rq, "year", 0) == 2001 ? 3 : THINGS;
}

static int64_t page_of(int64_t after, int64_t last, int64_t max)
{
	return last - after < max ? last - after : max;
}

static bool things_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	int64_t after = list_place_id(rq), count = page_of(after, last_of(rq), SHOWN);
	struct str next = list_next_id(a, (size_t)count, SHOWN, after + count);
	struct column c = list_sorted(rq, STR("名称"));
	struct list_foot foot = list_foot(rq, (size_t)count, (struct opt_int){ true, last_of(rq) },
					  1000, next, LIST_WITH_FILES);
	const struct list_tab tabs[] = {
		{ STR("红"), list_href_with(rq, "list", STR("red")), { true, 7 }, true, true },
		{ STR("绿"), list_href_with(rq, "list", STR("green")), { false, 0 }, false, false },
	};
	struct page page = { .title = STR("东西"), .json = list_href(rq, ".json") };

	(void)err;
	struct html *h = web_page_begin(rq, rp, &page);
	list_tabs(h, tabs, COUNT_OF(tabs), 5);
	html_table_begin(h, STR("东西"), &c, 1);
	html_table_end(h);
	list_end(h, &foot);
	html_paragraphs(h, str_format(a, "filter[" STR_FMT "] %s", STR_ARG(list_filter(rq)),
				      list_is_filtered(rq) ? "filtered" : "whole"));
	web_page_end(rq, rp, &page);
	return true;
}

static bool things_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	int64_t after = list_place_id(rq), count = page_of(after, last_of(rq), SHOWN);
	struct str next = list_next_id(rq->ctx.arena, (size_t)count, SHOWN, after + count);
	json_t *items = json_array();

	if (!list_filter_good(rq, err)) {
		json_decref(items);
		return false;
	}
	for (int64_t i = after + 1; i <= after + count; i++)
		json_array_append_new(items, json_integer(i));
	return web_json(rp, list_as_json(rq, items, next));
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const int64_t *last = arg;
	int64_t after = list_id(place), count = page_of(after, *last, LIST_FILE_ROWS);

	for (int64_t i = after + 1; i <= after + count; i++) {
		const struct str cells[] = { str_format(ctx->arena, "%lld", (long long)i),
					     STR("=1+1") };
		if (!list_row(w, cells, err))
			return false;
	}
	*next = list_next_id(ctx->arena, (size_t)count, LIST_FILE_ROWS, after + count);
	return true;
}

static bool things_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("编号"), STR_INIT("内容") };
	int64_t last = last_of(rq);
	const struct list_file file = { STR("东西"), heads, COUNT_OF(heads), give_page, &last };

	return list_send(rq, rp, &file, err);
}

/* Pages without end: the bound of a file is met. */
static bool large_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		       struct str *next, struct err *err)
{
	const struct str *cell = arg;
	const struct str cells[] = { *cell };

	(void)ctx;
	(void)place;
	for (int i = 0; i < LIST_FILE_ROWS; i++)
		if (!list_row(w, cells, err))
			return false;
	*next = STR("on");
	return true;
}

static bool large_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("内容") };
	struct buf b = buf_open(rq->ctx.arena, 30000, 40000);

	while (b.len < 30000)
		buf_add_c(&b, "内容");
	struct str cell = buf_str(&b);
	const struct list_file file = { STR("大"), heads, COUNT_OF(heads), large_page, &cell };
	return list_send(rq, rp, &file, err);
}

static const struct route routes[] = {
	{ METHOD_GET, "/things", ANYBODY, things_page, .query = query, .summary = "东西" },
	{ METHOD_GET, "/things.json", ANYBODY, things_json, .query = query, .flags = ROUTE_API,
	  .summary = "东西（机器可读）" },
	LIST_FILES("/things", ANYBODY, things_file, query, "东西"),
	LIST_FILES("/large", ANYBODY, large_file, query, "大的"),
	ROUTE_END
};
static const struct route *const tables[] = { routes, NULL };

/* ---- what the pages say */

static const struct {
	const char *name, *path, *has, *hasnt;
} rows[] = {
	{ "a list that fits counts itself", "/things?year=2001", "共 3 条", "下一页" },
	{ "a longer one has its bounded count", "/things", "超过 1000 条", "第一页" },
	{ "the next page keeps the filter", "/things?name=%E5%B9%B4%26&year=2020",
	  "href=\"/things?name=%E5%B9%B4%26&amp;year=2020&amp;after=100\"", NULL },
	{ "back is the first page", "/things?name=a&after=100", "href=\"/things?name=a\"", NULL },
	{ "a repeated field is kept whole", "/things?tag=a&tag=b",
	  "?tag=a&amp;tag=b&amp;after=100", NULL },
	{ "sorting begins at the start", "/things?name=a&after=100",
	  "href=\"/things?name=a&amp;order=up\"", "order=up&amp;after" },
	{ "pressed again it turns", "/things?order=up", "href=\"/things?order=down\"", NULL },
	{ "a column says how it is sorted", "/things?order=down", "aria-sort=\"descending\"",
	  NULL },
	{ "a tab keeps what else is filtered", "/things?name=a&after=100",
	  "href=\"/things?list=green&amp;name=a\"", NULL },
	{ "a count at its bound has a plus", "/things", "<b>7+ 件</b>", "0 件" },
	{ "files are of the whole filter", "/things?name=a&after=100",
	  "href=\"/things.xlsx?name=a\"", "csv?name=a&amp;after" },
	{ "the twin is of the same filter", "/things?name=a", "href=\"/things.json?name=a\"",
	  NULL },
	{ "order and tab are no filter", "/things?order=up&list=red", "whole", "filtered" },
	{ "a name is", "/things?name=a&order=up", "filtered", "whole" },
	{ "what is not declared is not kept", "/things?utm=1", "filter[]", "utm" },
	{ "a twin's next is a twin", "/things.json?name=a", "\"/things.json?name=a&after=100\"",
	  NULL },
	{ "the last page has none", "/things.json?after=1200", "1203", "next" },
};

static void pages(struct test *t, uint16_t port)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!test_case(t, "%s", rows[i].name))
			continue;
		struct probe_answer a = probe_get(t, port, rows[i].path);
		CHECK_INT(a.status, 200);
		if (!CHECK(str_contains(a.body, str_from_c(rows[i].has))))
			CHECK_STR(a.body, str_from_c(rows[i].has));
		if (rows[i].hasnt != NULL)
			CHECK(!str_contains(a.body, str_from_c(rows[i].hasnt)));
	}
	if (test_case(t, "a filter that is none is refused, not ignored")) {
		CHECK_INT(probe_get(t, port, "/things.json?year=x").status, 400);
		CHECK_INT(probe_get(t, port, "/things.csv?year=x").status, 400);
		CHECK_INT(probe_get(t, port, "/things.xlsx?list=blue").status, 400);
	}
}

/* ---- files */

struct seen { int64_t rows, wrong; };

static bool see(void *arg, const struct sheet_row *row, struct err *err)
{
	struct seen *s = arg;
	int64_t n = 0;

	(void)err;
	s->rows++;
	if (s->rows == 1)
		s->wrong += !str_equal_c(row->cells[0], "编号");
	else
		s->wrong += !str_to_i64(row->cells[0], &n) || n != s->rows - 1 ||
			    !str_equal_c(row->cells[1], "=1+1");
	return true;
}

static struct seen read_again(struct test *t, struct str name, struct str bytes)
{
	struct seen seen = { .rows = 0 };
	struct err err = { 0 };
	int fd = memfd_create("test", MFD_CLOEXEC);

	CHECK_INT(write(fd, bytes.ptr, bytes.len), (int64_t)bytes.len);
	CHECK_INT(lseek(fd, 0, SEEK_SET), 0);
	CHECK_OK(sheet_read_here(t->arena, fd, name, STR_NONE, see, &seen, &err));
	close(fd);
	return seen;
}

static void files(struct test *t, uint16_t port)
{
	static const char *const endings[] = { "csv", "xlsx" };

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		if (test_case(t, "every row of every page is in the %s, in order", endings[i])) {
			struct str path = str_format(t->arena, "/things.%s", endings[i]);
			struct probe_answer a = probe_get(t, port, str_to_c(t->arena, path));
			struct str name = str_format(t->arena, "x.%s", endings[i]);
			CHECK_INT(a.status, 200);
			CHECK(str_contains(probe_header(&a, STR("Content-Disposition")),
					   str_format(t->arena, "-2020-11-02.%s", endings[i])));
			struct seen seen = read_again(t, name, a.body);
			CHECK_INT(seen.rows, THINGS + 1);
			CHECK_INT(seen.wrong, 0);
		}
	}
	if (test_case(t, "a file past its bound is refused with what to do"))
		CHECK(str_contains(probe_get(t, port, "/large.csv").body, STR("请缩小筛选范围")));
	if (test_case(t, "a filtered file holds what is filtered")) {
		struct probe_answer a = probe_get(t, port, "/things.csv?year=2001");
		CHECK_INT(read_again(t, STR("x.csv"), a.body).rows, 4);
	}
}

static void small(struct test *t)
{
	if (test_case(t, "a page that is not full is the last")) {
		CHECK_STR(list_next_id(t->arena, 9, 10, 77), STR_NONE);
		CHECK_STR(list_next_id(t->arena, 10, 10, 77), STR("77"));
	}
	if (test_case(t, "a cell shows a first line, shortened")) {
		CHECK_STR(list_excerpt(t->arena, STR("短文"), 3), STR("短文"));
		CHECK_STR(list_excerpt(t->arena, STR("一二三四"), 3), STR("一二三…"));
		CHECK_STR(list_excerpt(t->arena, STR("一\n二"), 3), STR("一…"));
	}
	if (test_case(t, "a day that is unknown is an empty cell")) {
		CHECK_STR(list_day(t->arena, (struct opt_date){ .known = false }), STR_NONE);
		CHECK_STR(list_day(t->arena, (struct opt_date){ true, date_make(2020, 2, 29) }),
			  STR("2020-02-29"));
	}
}

static int64_t now(void)
{
	return INT64_C(1604280600); /* 2020-11-02 09:30 in China */
}

static bool nobody(struct ctx *ctx, enum web_token how, struct str token,
		   struct web_identity *out, struct err *err)
{
	(void)ctx;
	(void)how;
	(void)token;
	(void)err;
	out->known = false;
	return true;
}

void list_test(struct test *t)
{
	struct arena *kept = arena_open(MIB); /* a case's own ends with it */
	struct err err = { 0 };
	struct web_server *web = NULL;
	struct writer *writer = NULL;
	struct db *db;
	int applied;

	small(t);
	if (!test_case(t, "the small list starts")) {
		arena_close(kept);
		return;
	}
	struct str where = str_format(kept, "%s/site.db", t->data_dir);
	if (!CHECK_OK(db_open(&db, where, DB_WRITE, &err)))
		return;
	CHECK_OK(migrate_up(db, &applied, &err));
	db_close(db);
	CHECK_OK(writer_open(&writer, where, NULL, NULL, &err));
	struct web_config config = {
		.where = where,
		.writer = writer,
		.address = STR("127.0.0.1"),
		.threads = 1,
		.route_tables = tables,
		.identify = nobody,
		.public_permission = ANYBODY,
		.secret = STR("0123456789abcdef0123456789abcdef"),
		.now = now,
	};
	if (CHECK_OK(web_start(&web, &config, &err))) {
		pages(t, web_port(web));
		files(t, web_port(web));
		web_stop(web, 1000);
	}
	writer_close(writer);
	arena_close(kept);
}
