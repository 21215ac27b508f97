/*
 * http_site.c - a site of two pages for bench/http.sh: the same from the page cache and rendered
 * anew, with one row of the database looked up and 40 drawn.
 *
 *	http_site FOLDER      prints its port, serves until its input ends
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "db/migrate.h"
#include "db/writer.h"
#include "web/web.h"

#include <stdio.h>
#include <unistd.h>

enum { PUBLIC = 1, ROWS = 40 };

static const struct db_stmt_def one_row = {
	.name = "bench_one_row", .file = "bench",
	.sqlite = "SELECT value FROM setting WHERE name = ?1",
	.postgres = "SELECT value FROM setting WHERE name = $1",
	.mode = DB_ONE, .params = 1, .param_types = "t", .columns = 1, .column_types = "t",
};
static const struct db_stmt_def add_row = {
	.name = "bench_add_row", .file = "bench",
	.sqlite = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
	.postgres = "INSERT INTO setting (name, value) VALUES ($1, $2)",
	.mode = DB_EXEC, .params = 2, .param_types = "tt", .column_types = "", .writes = true,
};

static bool text_of(struct ctx *ctx, struct str name, struct str *out, struct err *err)
{
	struct db_stmt *st;
	bool row = false;

	if (!db_stmt_get(ctx->db, &one_row, &st, err))
		return false;
	db_bind_text(st, 0, name);
	bool ok = db_step(st, &row, err);
	*out = ok && row ? str_copy(ctx->arena, db_text(st, 0)) : STR_NONE;
	db_stmt_reset(st);
	return ok;
}

static bool page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct page shell = { .title = STR("政府信息公开") };
	struct html *h = web_page_begin(rq, rp, &shell);

	struct str text;
	struct summary_row row[ROWS];
	if (!text_of(&rq->ctx, STR("row7"), &text, err))
		return false;
	for (int i = 0; i < ROWS; i++)
		row[i] = (struct summary_row){ .key = STR("索引号"), .value = text,
					       .href = STR("/documents"), .action = STR("查看") };
	html_summary_list(h, row, ROWS);
	web_page_end(rq, rp, &shell);
	return true;
}

static const struct route routes[] = {
	{ METHOD_GET, "/cached", PUBLIC, page, .flags = ROUTE_CACHED, .summary = "缓存页" },
	{ METHOD_GET, "/anew", PUBLIC, page, .summary = "重新生成的页" },
	ROUTE_END
};
static const struct route *const tables[] = { routes, NULL };

static void dress(struct web_request *rq, struct page *shell)
{
	(void)rq;
	shell->site_name = STR("测试站");
	shell->platform_name = STR("政府信息公开平台");
}

static bool fill(struct db *db, void *arg, struct err *err)
{
	struct arena *a = arg;

	for (int i = 0; i < ROWS; i++) {
		struct db_stmt *st;
		bool row;
		if (!db_stmt_get(db, &add_row, &st, err))
			return false;
		db_bind_text(st, 0, str_format(a, "row%d", i));
		db_bind_text(st, 1, str_format(a, "第%d条：关于公开本年度政府信息的说明", i));
		bool ok = db_step(st, &row, err);
		db_stmt_reset(st);
		if (!ok)
			return false;
	}
	return true;
}

static bool serve(struct arena *a, const char *folder, struct web_server **server,
		  struct writer **writer, struct err *err)
{
	struct db *db;
	int applied;
	struct web_config config = {
		.where = str_format(a, "%s/site.db", folder), .address = STR("127.0.0.1"),
		.route_tables = tables, .dress = dress, .public_permission = PUBLIC,
		.secret = STR("0123456789abcdef0123456789abcdef"), .now = clock_now,
		.cache_bytes = 64 * MIB,
	};

	if (!db_open(&db, config.where, DB_WRITE, err) || !migrate_up(db, &applied, err) ||
	    !db_tx(db, fill, a, err))
		return false;
	db_close(db);
	if (!writer_open(writer, config.where, NULL, NULL, err))
		return false;
	config.writer = *writer;
	return web_start(server, &config, err);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open(16 * MIB);
	struct web_server *server;
	struct writer *writer;
	struct err err = { .code = ERR_NONE };
	char byte;

	if (argc != 2 || !serve(a, argv[1], &server, &writer, &err)) {
		fprintf(stderr, "http_site: %s %s\n", err.key, err.facts);
		return 1;
	}
	printf("%u\n", web_port(server));
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		continue;
	web_stop(server, 1000);
	writer_close(writer);
	arena_close(a);
	return 0;
}
