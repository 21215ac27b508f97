/*
 * import_stream_test.c - a long register, written while it is read: the same as in
 * two parts, nothing at all when a row is bad or the power goes.
 */
#include "request/import.h"

#include "db/testdb.h"
#include "ledger/ledger.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 6000, CELLS = 10, SCHEMA_MAX = 1000 };

static bool make_site(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .short_name = STR("区政府"),
				 .kind = UNIT_GOVERNMENT,
				 .reports = true };
	struct unit_id id;
	struct date today;

	(void)arg;
	if (!date_parse(STR("2021-03-01"), &today))
		return false;
	ctx_set_time(ctx, date_start(today) + 36000);
	return agency_add_unit(ctx, &root, &id, err);
}

/* ---- a register that is made while it is read */

struct source {
	uint32_t rows, bad_row, kill_row; /* 0: none */
	bool cut;			  /* the reader fails at the end */
};

static bool give(sheet_row_fn *row, void *row_arg, uint32_t number, struct str *cells,
		 struct err *err)
{
	return row(row_arg, &(struct sheet_row){ number, cells, CELLS }, err);
}

static bool give_row(const struct source *s, struct arena *a, uint32_t n, sheet_row_fn *row,
		     void *row_arg, struct err *err)
{
	struct date received = { .ordinal = 17930 + (int32_t)(n * 700 / s->rows) };
	bool open = n % 5 == 0;
	struct str cells[CELLS] = {
		str_format(a, "GK-%u", (unsigned)n),
		n % 2 == 0 ? STR("区政府") : STR("YX"),
		STR("网上提交"),
		n % 3 == 0 ? STR("自然人") : STR("商业企业"),
		date_iso(a, received),
		date_iso(a, received),
		str_format(a, "申请“%u”", (unsigned)n),
		STR("0"),
		open ? STR_NONE : STR("予以公开"),
		open ? STR_NONE : date_iso(a, date_plus(received, 12)),
	};

	if (n == s->bad_row)
		cells[2] = STR("信鸽");
	if (n == s->kill_row)
		(void)kill(getpid(), SIGKILL);
	return give(row, row_arg, n + 1, cells, err);
}

static bool feed(void *arg, sheet_row_fn *row, void *row_arg, struct err *err)
{
	const struct source *s = arg;
	struct arena *a = arena_open((size_t)1024 * 1024);
	struct str head[CELLS];

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		head[f] = import_field_label((enum import_field)f);
	bool ok = give(row, row_arg, 1, head, err);
	for (uint32_t n = 1; ok && n <= s->rows; n++) {
		ok = give_row(s, a, n, row, row_arg, err);
		arena_reset(a);
	}
	arena_close(a);
	return ok && (!s->cut || err_set(err, ERR_LIMIT, "office.timeout", "%d", 60));
}

/* ---- streamed, and in two parts */

struct writing {
	struct testdb *site;
	struct source source;
	struct import_options options;
	struct import *import;
	struct import_summary summary;
	size_t added;
};

static bool stream(struct db *db, void *arg, struct err *err)
{
	struct writing *j = arg;
	struct ctx ctx = j->site->ctx;

	ctx.db = db;
	return import_open(&ctx, &j->options, &j->import, err) &&
	       import_stream(&ctx, j->import, feed, &j->source, &j->summary, &j->added, err);
}

static bool stream_alone(struct writing *j, struct err *err)
{
	struct db *db = j->site->ctx.db;

	if (!db_alone_begin(db))
		return err_set(err, ERR_BUSY, "db.busy", "not alone");
	bool ok = db_tx(db, stream, j, err);
	db_alone_end(db);
	return ok;
}

static bool in_two_parts(struct db *db, void *arg, struct err *err)
{
	struct writing *j = arg;
	struct ctx ctx = j->site->ctx;

	ctx.db = db;
	return import_open(&ctx, &j->options, &j->import, err) &&
	       feed(&j->source, import_row, j->import, err) &&
	       import_done(j->import, &j->summary, err) &&
	       import_write(&ctx, j->import, &j->added, err);
}

static const struct db_stmt_def schema_def = {
	.name = "schema",
	.file = __FILE__,
	.sqlite = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema"
		  " ORDER BY 1",
	.mode = DB_MANY,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
};
static const struct db_stmt_def mode_def = {
	.name = "journal_mode",
	.file = __FILE__,
	.sqlite = "SELECT journal_mode FROM pragma_journal_mode",
	.mode = DB_ONE,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
};

/* References and CHECK are not looked at while rows are streamed: they hold all the same. */
static const struct db_stmt_def whole_def = {
	.name = "whole",
	.file = __FILE__,
	.sqlite = "SELECT integrity_check FROM pragma_integrity_check UNION ALL "
		  "SELECT 'reference of ' || \"table\" FROM pragma_foreign_key_check UNION ALL "
		  "SELECT 'checks are off' FROM pragma_ignore_check_constraints "
		  "WHERE ignore_check_constraints <> 0 UNION ALL "
		  "SELECT 'references are off' FROM pragma_foreign_keys WHERE foreign_keys <> 1",
	.mode = DB_MANY,
	.param_types = "",
	.columns = 1,
	.column_types = "t",
};

/* All that a statement gives, line by line. */
static struct str lines_of(struct test *t, struct db *db, const struct db_stmt_def *def)
{
	struct str all = STR_NONE;
	struct err err = { 0 };
	struct db_stmt *st;
	bool row = true;

	if (!CHECK_OK(db_stmt_get(db, def, &st, &err)))
		return STR_NONE;
	for (int i = 0; i < SCHEMA_MAX && row; i++) {
		if (!CHECK_OK(db_step(st, &row, &err)))
			break;
		if (row)
			all = str_concat(t->arena, all,
					 str_concat(t->arena, db_text(st, 0), STR("\n")));
	}
	db_stmt_reset(st);
	return all;
}

static int64_t events_of(struct test *t, struct ctx *ctx)
{
	struct ledger_verdict v = { .events = -1 };
	struct err err = { 0 };

	CHECK_OK(ledger_verify(ctx, &v, &err));
	CHECK(v.intact);
	return v.events;
}

struct sheet { struct arena *arena; struct str text; };

static bool to_text(void *arg, const struct str *cells, size_t count, struct err *err)
{
	struct sheet *s = arg;

	(void)err;
	for (size_t i = 0; i < count; i++)
		s->text = str_concat(s->arena, s->text, str_concat(s->arena, cells[i], STR("|")));
	return true;
}

/* The digest of what the site exports. */
static struct str exported(struct test *t, struct ctx *ctx)
{
	struct arena *a = arena_open((size_t)2000 * 1024 * 1024);
	struct sheet s = { .arena = a };
	struct err err = { 0 };

	CHECK_OK(request_export(ctx, (struct opt_int){ 0 }, to_text, &s, &err));
	struct str digest = digest_hex(t->arena, digest_of(DIGEST_SHA256, s.text));
	arena_close(a);
	return digest;
}

static void same_as_in_two_parts(struct test *t, struct testdb *site, const void *arg)
{
	struct writing streamed = { .site = site, .source = { .rows = 800 } }, parts = streamed;
	struct testdb other;
	struct err err = { 0 };

	(void)arg;
	if (db_engine(site->ctx.db) != DB_SQLITE || !testdb_open(t, DB_SQLITE, &other))
		return;
	parts.site = &other;
	CHECK_OK(make_site(&site->ctx, NULL, &err) && make_site(&other.ctx, NULL, &err));
	struct str schema = lines_of(t, site->ctx.db, &schema_def);
	CHECK_OK(stream_alone(&streamed, &err));
	CHECK_OK(db_tx(other.ctx.db, in_two_parts, &parts, &err));
	CHECK_INT((int64_t)streamed.added, 800);
	CHECK_INT((int64_t)parts.added, 800);
	CHECK_INT((int64_t)streamed.summary.good, 800);
	CHECK_STR(exported(t, &site->ctx), exported(t, &other.ctx));
	CHECK_INT(events_of(t, &site->ctx), 801);
	CHECK_INT(events_of(t, &other.ctx), 801);
	CHECK_STR(lines_of(t, site->ctx.db, &schema_def), schema);
	CHECK_STR(lines_of(t, site->ctx.db, &mode_def), STR("wal\n"));
	CHECK_STR(lines_of(t, site->ctx.db, &whole_def), STR("ok\n"));
	import_close(streamed.import);
	import_close(parts.import);
	testdb_close(&other);
}

static void event_reads_as_ever(struct test *t, struct testdb *site, const void *arg)
{
	struct writing j = { .site = site, .source = { .rows = 2 } };
	struct ledger_row *rows = NULL;
	struct err err = { 0 };
	size_t count = 0;

	(void)arg;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(db_tx(site->ctx.db, in_two_parts, &j, &err));
	CHECK_OK(ledger_history(&site->ctx, "request", 1, 10, &rows, &count, &err));
	if (CHECK_INT((int64_t)count, 1))
		CHECK(str_starts(rows[0].changes_json,
				 STR("[[\"number\",\"\",\"GK-1\"],[\"unit\",\"\",\"1\"],"
				     "[\"channel\",\"\",\"web\"],"
				     "[\"applicant\",\"\",\"commercial_enterprise\"],"
				     "[\"submitted_on\",\"\",\"2020-01-19\"],"
				     "[\"received_on\",\"\",\"2020-01-19\"],"
				     "[\"decision\",\"\",\"give\"],"
				     "[\"closed_on\",\"\",\"2020-01-31\"],"
				     "[\"content_commitment\",\"\",\"")));
	import_close(j.import);
}

/* ---- nothing at all */

static const struct nothing {
	const char *title, *key;
	struct source source;
} nothings[] = {
	{ "a bad row near the end", "import.bad_rows", { .rows = ROWS, .bad_row = ROWS - 3 } },
	{ "a bad row at once", "import.bad_rows", { .rows = ROWS, .bad_row = 1 } },
	{ "a file that cannot be read to its end",
	  "office.timeout",
	  { .rows = ROWS, .cut = true } },
	{ "no rows", "import.empty", { .rows = 0 } },
};

static void writes_nothing(struct test *t, struct testdb *site, const void *arg)
{
	const struct nothing *row = arg;
	struct writing j = { .site = site, .source = row->source };
	struct err err = { 0 };

	if (db_engine(site->ctx.db) != DB_SQLITE)
		return;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str before = testdb_digest(site), schema = lines_of(t, site->ctx.db, &schema_def);
	CHECK_FAILS(stream_alone(&j, &err), row->key);
	CHECK_STR(testdb_digest(site), before);
	CHECK_STR(lines_of(t, site->ctx.db, &schema_def), schema);
	if (row->source.bad_row > 0) {
		CHECK_INT((int64_t)j.summary.rows, ROWS);
		CHECK_INT((int64_t)j.summary.good, ROWS - 1);
		CHECK_INT((int64_t)j.summary.bad, 1);
		CHECK_INT(j.summary.problems[0].row, row->source.bad_row + 1);
	}
	import_close(j.import);
}

static void skips(struct test *t, struct testdb *site, const void *arg)
{
	struct writing j = { .site = site,
			 .source = { .rows = ROWS, .bad_row = 700 },
			 .options = { .bad_rows = IMPORT_SKIPS } };
	struct err err = { 0 };

	(void)arg;
	if (db_engine(site->ctx.db) != DB_SQLITE)
		return;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(stream_alone(&j, &err));
	CHECK_INT((int64_t)j.added, ROWS - 1);
	CHECK_INT((int64_t)j.summary.bad, 1);
	CHECK_INT(events_of(t, &site->ctx), ROWS);
	import_close(j.import);
}

/* A child of our own does what the program does, and is killed there. */
static void killed(struct test *t, struct testdb *site, const void *arg)
{
	const uint32_t *at = arg;
	struct err err = { 0 };
	int status = 0;

	if (db_engine(site->ctx.db) != DB_SQLITE)
		return;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	struct str before = testdb_digest(site), schema = lines_of(t, site->ctx.db, &schema_def);
	db_close(site->ctx.db);
	pid_t child = fork();
	if (child == 0) {
		struct writing j = { .site = site, .source = { .rows = 40000, .kill_row = *at } };
		if (db_open(&site->ctx.db, site->where, DB_WRITE, &err))
			(void)stream_alone(&j, &err);
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
	if (!CHECK_OK(db_open(&site->ctx.db, site->where, DB_WRITE, &err)))
		return;
	CHECK_STR(testdb_digest(site), before);
	CHECK_STR(lines_of(t, site->ctx.db, &schema_def), schema);
	struct writing again = { .site = site, .source = { .rows = 500 } };
	CHECK_OK(stream_alone(&again, &err));
	CHECK_INT(events_of(t, &site->ctx), 501);
	import_close(again.import);
}

static void not_beside_a_reader(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct db *reader = NULL;

	(void)arg;
	if (db_engine(site->ctx.db) != DB_SQLITE)
		return;
	CHECK_OK(make_site(&site->ctx, NULL, &err));
	CHECK_OK(db_open(&reader, site->where, DB_READ, &err));
	CHECK(!db_alone_begin(site->ctx.db));
	CHECK_STR(lines_of(t, site->ctx.db, &mode_def), STR("wal\n"));
	CHECK_INT(events_of(t, &(struct ctx){ .arena = t->arena, .db = reader }), 1);
	db_close(reader);
}

/* ---- any call of the database may fail */

static bool stream_in_tx(struct ctx *ctx, const void *arg, struct err *err)
{
	struct source source = { .rows = 600 };
	struct import_options options = { .bad_rows = IMPORT_STOPS };
	struct import_summary summary;
	struct import *import = NULL;
	size_t added;

	(void)arg;
	bool ok = import_open(ctx, &options, &import, err);
	if (ok && db_engine(ctx->db) == DB_SQLITE)
		ok = import_stream(ctx, import, feed, &source, &summary, &added, err);
	else if (ok)
		ok = feed(&source, import_row, import, err) && import_done(import, &summary, err) &&
		     import_write(ctx, import, &added, err);
	import_close(import);
	return ok;
}

static void intact(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	(void)arg;
	CHECK_INT(events_of(t, ctx), done ? 601 : 1);
}

void import_stream_test(struct test *t)
{
	static const uint32_t kills[] = { 2, 3000, 39000 };

	testdb_each(t, "streamed is the same as in two parts", same_as_in_two_parts, NULL);
	testdb_each(t, "an event stored as values reads as ever", event_reads_as_ever, NULL);
	for (size_t i = 0; i < COUNT_OF(nothings); i++)
		testdb_each(t, nothings[i].title, writes_nothing, &nothings[i]);
	testdb_each(t, "bad rows are skipped", skips, NULL);
	for (size_t i = 0; i < COUNT_OF(kills); i++)
		testdb_each(t, "killed in the middle: the site as it was", killed, &kills[i]);
	testdb_each(t, "not beside somebody who reads", not_beside_a_reader, NULL);
	testdb_faults(t, "streaming is all or nothing",
		      &(struct testdb_scenario){
			      .given = make_site, .verb = stream_in_tx, .check = intact });
}
