/*
 * postgres.c - PostgreSQL by libpq: one connection, statements prepared on it once.
 *
 * Parameters and answers travel in binary, with the types that "-- in" and
 * "-- out" declare, so nothing is quoted, parsed or guessed. Answers are
 * buffered whole: a list must have its bound. A site is a schema: search_path
 * is set at connect, which a pooler that hands a connection to others between
 * transactions would break.
 */
#include "db/engine.h"

#include "base/buf.h"
#include "base/log.h"
#include "db/libpq.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 16, SCHEMA_MAX = 63, SETTINGS_MAX = 1024 };

/* Object identifiers of the types, fixed in PostgreSQL's pg_type. */
enum {
	OID_BOOL = 16, OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23,
	OID_TEXT = 25, OID_FLOAT4 = 700, OID_FLOAT8 = 701, OID_VARCHAR = 1043,
};

struct postgres_db {
	struct db db;
	PGconn *conn;
	const char *conninfo; /* without schema */
	struct str schema;
	int64_t connections; /* which connection this is; prepared statements belong to one */
	int next_name;
	bool broken; /* to be replaced before the next use */
};

struct postgres_stmt {
	struct db_stmt st;
	char name[NAME_BYTES];
	int64_t connection; /* the one it is prepared on */
	PGresult *result;   /* NULL until the first step */
	int row;
	const char **values;
	int *lengths, *formats;
	Oid *types;
	uint64_t *numbers; /* in network order */
};

/* The same for all connections, filled before the first. */
static struct pq pq;

static struct postgres_db *of_db(struct db *db)
{
	return (struct postgres_db *)db;
}

static struct postgres_stmt *of_stmt(struct db_stmt *st)
{
	return (struct postgres_stmt *)st;
}

/* ---- errors */

static const struct {
	const char *state; /* a whole SQLSTATE or its class */
	enum err_code code;
	const char *key;
} states[] = {
	{ "40001", ERR_BUSY, "db.busy" }, /* serialization_failure */
	{ "40P01", ERR_BUSY, "db.busy" }, /* deadlock_detected */
	{ "55P03", ERR_BUSY, "db.busy" }, /* lock_not_available */
	{ "23505", ERR_CONFLICT, "db.unique" },
	{ "23P01", ERR_CONFLICT, "db.unique" },
	{ "23503", ERR_CONFLICT, "db.foreign_key" },
	{ "23", ERR_INTERNAL, "db.bad_value" },
	{ "22", ERR_INTERNAL, "db.bad_value" },
	{ "25006", ERR_INTERNAL, "db.read_only" },
	{ "25P02", ERR_INTERNAL, "db.tx_failed" },
	{ "53100", ERR_UNAVAILABLE, "db.disk_full" },
	{ "53", ERR_UNAVAILABLE, "db.failed" }, /* out of memory, of connections */
	{ "57P", ERR_UNAVAILABLE, "db.lost" },	/* the server is shutting down */
	{ "08", ERR_UNAVAILABLE, "db.lost" },
	{ "0A000", ERR_UNAVAILABLE, "db.failed" }, /* a table has changed under the plan */
	{ "26000", ERR_UNAVAILABLE, "db.failed" }, /* the statement is not there: a pooler */
	{ "XX001", ERR_INTERNAL, "db.corrupt" },
	{ "XX002", ERR_INTERNAL, "db.corrupt" },
	{ "42", ERR_INTERNAL, "db.bad_statement" },
};

/* Always false. Only the first line of the message: the others quote people's data. */
static bool failed(struct db *db, const PGresult *result, const char *what, struct err *err)
{
	struct postgres_db *p = of_db(db);
	const char *state = result != NULL ? pq.PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *message =
		result != NULL ? pq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (pq.PQstatus(p->conn) != CONNECTION_OK) {
		p->broken = true;
		return err_set(err, ERR_UNAVAILABLE, "db.lost", "%s|%s", what,
			       pq.PQerrorMessage(p->conn));
	}
	for (size_t i = 0; state != NULL && i < COUNT_OF(states); i++) {
		if (strncmp(state, states[i].state, strlen(states[i].state)) != 0)
			continue;
		if (states[i].code == ERR_UNAVAILABLE)
			p->broken = true;
		return err_set(err, states[i].code, states[i].key, "%s|%s|%s", what, state,
			       message != NULL ? message : "");
	}
	return err_set(err, ERR_INTERNAL, "db.failed", "%s|%s|%s", what, state != NULL ? state : "",
		       message != NULL ? message : pq.PQerrorMessage(p->conn));
}

/* ---- the connection */

static bool set_up(struct db *db, struct err *err);

static void quiet(void *arg, const char *message)
{
	(void)arg;
	log_write(LOG_DEBUG, "postgres_notice", "%s", message);
}

static bool connect_now(struct db *db, struct err *err)
{
	struct postgres_db *p = of_db(db);
	/* What stands before dbname may be changed by the connection text, the rest not. */
	static const char *const keys[] = { "connect_timeout",		 "tcp_user_timeout",
					    "fallback_application_name", "dbname",
					    "client_encoding",		 NULL };
	const char *const values[] = { "5", "30000", "gongkai", p->conninfo, "UTF8", NULL };

	pq.PQfinish(p->conn);
	p->conn = pq.PQconnectdbParams(keys, values, 1);
	p->connections++;
	p->broken = false;
	if (pq.PQstatus(p->conn) != CONNECTION_OK) {
		p->broken = true;
		return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", "%s",
			       pq.PQerrorMessage(p->conn));
	}
	pq.PQsetNoticeProcessor(p->conn, quiet, NULL);
	if (set_up(db, err))
		return true;
	p->broken = true;
	return false;
}

/* A transaction dies with its connection; outside one a new connection is as good. */
static bool alive(struct db *db, struct err *err)
{
	struct postgres_db *p = of_db(db);

	if (!p->broken && pq.PQstatus(p->conn) == CONNECTION_OK)
		return true;
	if (db->tx != DB_TX_NONE)
		return err_set(err, ERR_UNAVAILABLE, "db.lost", "in a transaction");
	return connect_now(db, err);
}

static bool run_once(struct db *db, const char *sql, struct err *err)
{
	PGresult *result = pq.PQexec(of_db(db)->conn, sql);
	ExecStatusType status = pq.PQresultStatus(result);

	bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
	if (!ok)
		failed(db, result, "exec", err);
	else if (strcmp(sql, "COMMIT") == 0 && strcmp(pq.PQcmdStatus(result), "COMMIT") != 0)
		ok = err_set(err, ERR_INTERNAL, "db.tx_failed", "%s", pq.PQcmdStatus(result));
	pq.PQclear(result);
	return ok;
}

/* The connection may have gone while it was idle: what begins anew begins on a new one. */
static bool run(struct db *db, const char *sql, struct err *err)
{
	struct err first = { 0 };

	if (!alive(db, err))
		return false;
	if (run_once(db, sql, &first))
		return true;
	if (db->tx == DB_TX_NONE && of_db(db)->broken && strncmp(sql, "BEGIN", 5) == 0)
		return connect_now(db, err) && run_once(db, sql, err);
	*err = first;
	return false;
}

static bool one_text(struct db *db, const char *sql, const char *want, bool *same, struct err *err)
{
	PGresult *result = pq.PQexec(of_db(db)->conn, sql);
	bool ok = pq.PQresultStatus(result) == PGRES_TUPLES_OK && pq.PQntuples(result) == 1;

	if (ok)
		*same = strcmp(pq.PQgetvalue(result, 0, 0), want) == 0;
	else
		failed(db, result, "set up", err);
	pq.PQclear(result);
	return ok;
}

static bool check_collation(struct db *db, struct err *err)
{
	bool good = false;

	if (!one_text(
		    db,
		    "SELECT CASE WHEN pg_encoding_to_char(encoding) = 'UTF8'"
		    " AND datlocprovider = 'c' AND"
		    " datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') THEN 'good' ELSE 'bad' END"
		    " FROM pg_database WHERE datname = current_database()",
		    "good", &good, err))
		return false;
	return good ||
	       err_set(err, ERR_UNAVAILABLE, "db.wrong_collation", "%s", pq.PQdb(of_db(db)->conn));
}

static bool set_schema(struct db *db, struct err *err)
{
	struct postgres_db *p = of_db(db);
	char sql[SETTINGS_MAX];
	bool missing = false;

	if (p->schema.len == 0)
		return true;
	snprintf(sql, sizeof sql, "SELECT to_regnamespace('" STR_FMT "') IS NULL",
		 STR_ARG(p->schema));
	if (!one_text(db, sql, "t", &missing, err))
		return false;
	if (missing && db->access == DB_READ)
		return err_set(err, ERR_UNAVAILABLE, "db.cannot_open", "no schema " STR_FMT,
			       STR_ARG(p->schema));
	snprintf(sql, sizeof sql, "CREATE SCHEMA IF NOT EXISTS " STR_FMT, STR_ARG(p->schema));
	if (missing && !run_once(db, sql, err))
		return false;
	snprintf(sql, sizeof sql, "SET search_path TO " STR_FMT, STR_ARG(p->schema));
	return run_once(db, sql, err);
}

static bool set_up(struct db *db, struct err *err)
{
	/* Without just-in-time compilation: it takes seconds over statements of milliseconds. */
	static const char *const common =
		"SET lock_timeout = '5s'; SET TIME ZONE 'UTC'; SET jit = off;"
		"SET idle_in_transaction_session_timeout = '60s';"
		"SET standard_conforming_strings = on;";

	return run_once(db, common, err) && check_collation(db, err) && set_schema(db, err) &&
	       (db->access == DB_WRITE ||
		run_once(db, "SET default_transaction_read_only = on", err));
}

/* ---- statements */

static Oid oid_of(char letter)
{
	switch (letter) {
	case 't': case 'd':
		return OID_TEXT;
	case 'b':
		return OID_BYTEA;
	case 'r':
		return OID_FLOAT8;
	default:
		return OID_INT8;
	}
}

static enum db_value value_of(Oid oid)
{
	switch (oid) {
	case OID_BOOL: case OID_INT2: case OID_INT4: case OID_INT8:
		return DB_VALUE_INT;
	case OID_FLOAT4: case OID_FLOAT8:
		return DB_VALUE_REAL;
	case OID_TEXT: case OID_VARCHAR: case OID_NAME:
		return DB_VALUE_TEXT;
	case OID_BYTEA:
		return DB_VALUE_BLOB;
	default:
		return DB_VALUE_NULL;
	}
}

static bool column_fits(Oid oid, char letter)
{
	enum db_value value = value_of(oid), want = value_of(oid_of(letter));

	return value == want || (letter == 'r' && value == DB_VALUE_INT);
}

static bool check_columns(struct db *db, const struct db_stmt_def *def, const char *name,
			  struct err *err)
{
	PGresult *result = pq.PQdescribePrepared(of_db(db)->conn, name);
	bool ok = pq.PQresultStatus(result) == PGRES_COMMAND_OK;

	if (!ok)
		failed(db, result, def->name, err);
	else if (pq.PQnfields(result) != def->columns)
		ok = err_set(err, ERR_INTERNAL, "db.bad_statement", "%s|columns differ", def->name);
	for (int i = 0; ok && i < def->columns; i++)
		if (!column_fits(pq.PQftype(result, i), def->column_types[i]))
			ok = err_set(err, ERR_INTERNAL, "db.bad_column", "%s|column %d|type %u",
				     def->name, i + 1, pq.PQftype(result, i));
	pq.PQclear(result);
	return ok;
}

static bool prepare_there(struct db *db, struct db_stmt *st, struct err *err)
{
	struct postgres_stmt *s = of_stmt(st);
	PGresult *result =
		pq.PQprepare(of_db(db)->conn, s->name, st->def->postgres, st->def->params,
			     s->types);
	bool ok = pq.PQresultStatus(result) == PGRES_COMMAND_OK;

	if (!ok)
		failed(db, result, st->def->name, err);
	pq.PQclear(result);
	ok = ok && check_columns(db, st->def, s->name, err);
	if (ok)
		s->connection = of_db(db)->connections;
	return ok;
}

static bool prepare(struct db *db, const struct db_stmt_def *def, struct db_stmt **out,
		    struct err *err)
{
	size_t n = (size_t)def->params;

	if (!alive(db, err))
		return false;
	struct db_stmt *st = db_stmt_new(db, def, sizeof(struct postgres_stmt));
	struct postgres_stmt *s = of_stmt(st);
	snprintf(s->name, sizeof s->name, "s%d", of_db(db)->next_name++);
	s->values = ARENA_ARRAY(db->arena, n, const char *);
	s->lengths = ARENA_ARRAY(db->arena, n, int);
	s->formats = ARENA_ARRAY(db->arena, n, int);
	s->types = ARENA_ARRAY(db->arena, n, Oid);
	s->numbers = ARENA_ARRAY(db->arena, n, uint64_t);
	for (size_t i = 0; i < n; i++) {
		s->types[i] = oid_of(def->param_types[i]);
		s->formats[i] = 1;
	}
	if (!prepare_there(db, st, err))
		return false;
	*out = st;
	return true;
}

static bool ready(struct db *db, struct db_stmt *st, struct err *err)
{
	if (!alive(db, err))
		return false;
	return of_stmt(st)->connection == of_db(db)->connections || prepare_there(db, st, err);
}

static void bind(struct db_stmt *st, int index, const char *value, size_t length)
{
	struct postgres_stmt *s = of_stmt(st);

	assert(length <= INT32_MAX);
	s->values[index] = value;
	s->lengths[index] = (int)length;
}

static void bind_number(struct db_stmt *st, int index, uint64_t bits)
{
	uint64_t *number = &of_stmt(st)->numbers[index];

	*number = htobe64(bits);
	bind(st, index, (const char *)number, sizeof *number);
}

static void bind_int(struct db_stmt *st, int index, int64_t v)
{
	bind_number(st, index, (uint64_t)v);
}

static void bind_real(struct db_stmt *st, int index, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	bind_number(st, index, bits);
}

static void bind_bytes(struct db_stmt *st, int index, struct str v, enum db_value kind)
{
	(void)kind;
	bind(st, index, v.ptr != NULL ? v.ptr : "", v.len); /* NULL would be SQL's NULL */
}

static void bind_null(struct db_stmt *st, int index)
{
	bind(st, index, NULL, 0);
}

static bool execute_once(struct db_stmt *st, struct err *err)
{
	struct postgres_stmt *s = of_stmt(st);
	PGresult *result = pq.PQexecPrepared(of_db(st->db)->conn, s->name, st->def->params,
					     s->values, s->lengths, s->formats, 1);
	ExecStatusType status = pq.PQresultStatus(result);

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
		s->result = result;
		s->row = -1;
		return true;
	}
	failed(st->db, result, st->def->name, err);
	pq.PQclear(result);
	return false;
}

/* A reading statement outside a transaction may as well be asked again. */
static bool execute(struct db_stmt *st, struct err *err)
{
	struct err first = { 0 };

	if (execute_once(st, &first))
		return true;
	if (st->db->tx == DB_TX_NONE && of_db(st->db)->broken && !st->def->writes)
		return ready(st->db, st, err) && execute_once(st, err);
	*err = first;
	return false;
}

static bool step(struct db_stmt *st, bool *row, struct err *err)
{
	struct postgres_stmt *s = of_stmt(st);

	if (s->result == NULL && !execute(st, err))
		return false;
	*row = s->row + 1 < pq.PQntuples(s->result);
	if (*row)
		s->row++;
	return true;
}

static void reset(struct db_stmt *st)
{
	pq.PQclear(of_stmt(st)->result);
	of_stmt(st)->result = NULL;
}

/* ---- rows */

static enum db_value type(struct db_stmt *st, int column)
{
	struct postgres_stmt *s = of_stmt(st);

	if (pq.PQgetisnull(s->result, s->row, column))
		return DB_VALUE_NULL;
	return value_of(pq.PQftype(s->result, column));
}

static struct str get_bytes(struct db_stmt *st, int column)
{
	struct postgres_stmt *s = of_stmt(st);
	int length = pq.PQgetlength(s->result, s->row, column);

	return (struct str){ pq.PQgetvalue(s->result, s->row, column), (size_t)length };
}

/* A number of 1, 2, 4 or 8 bytes in network order, as its bits. */
static uint64_t bits_of(struct str bytes)
{
	uint64_t bits = 0;

	assert(bytes.len <= sizeof bits);
	for (size_t i = 0; i < bytes.len; i++)
		bits = bits << 8 | (unsigned char)bytes.ptr[i];
	return bits;
}

static int64_t get_int(struct db_stmt *st, int column)
{
	struct str bytes = get_bytes(st, column);
	uint64_t bits = bits_of(bytes);

	switch (bytes.len) {
	case 2:
		return (int16_t)bits;
	case 4:
		return (int32_t)bits;
	default:
		return (int64_t)bits;
	}
}

static double get_real(struct db_stmt *st, int column)
{
	struct postgres_stmt *s = of_stmt(st);
	struct str bytes = get_bytes(st, column);
	uint64_t bits = bits_of(bytes);
	uint32_t short_bits = (uint32_t)bits;
	double v;
	float short_v;

	if (value_of(pq.PQftype(s->result, column)) == DB_VALUE_INT)
		return (double)get_int(st, column);
	memcpy(&v, &bits, sizeof v);
	memcpy(&short_v, &short_bits, sizeof short_v);
	return bytes.len == sizeof short_v ? (double)short_v : v;
}

static int64_t changes(struct db_stmt *st)
{
	int64_t n = 0;

	return str_to_i64(str_from_c(pq.PQcmdTuples(of_stmt(st)->result)), &n) ? n : 0;
}

static void close_connection(struct db *db)
{
	pq.PQfinish(of_db(db)->conn);
}

static const struct db_ops ops = {
	.prepare = prepare,
	.ready = ready,
	.bind_int = bind_int,
	.bind_real = bind_real,
	.bind_bytes = bind_bytes,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.type = type,
	.get_int = get_int,
	.get_real = get_real,
	.get_bytes = get_bytes,
	.changes = changes,
	.exec = run,
	.close = close_connection,
	.begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED",
	.begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
};

/* ---- the connection text */

static bool is_schema_name(struct str s)
{
	if (s.len == 0 || s.len > SCHEMA_MAX || (s.ptr[0] >= '0' && s.ptr[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}

/* Takes schema=… out of the query part: libpq does not know it. */
static bool split_where(struct arena *a, struct str where, struct str *conninfo, struct str *schema)
{
	struct buf out = buf_open(a, where.len + 1, where.len + 16);
	struct str rest = where, piece = STR_NONE;
	char sign = '?';

	if (!str_split_next(&rest, '?', &piece))
		return false;
	buf_add(&out, piece);
	while (str_split_next(&rest, '&', &piece)) {
		if (str_take_str(&piece, STR("schema="))) {
			*schema = piece;
			if (!is_schema_name(piece))
				return false;
			continue;
		}
		buf_add_char(&out, sign);
		buf_add(&out, piece);
		sign = '&';
	}
	*conninfo = buf_str(&out);
	return buf_ok(&out);
}

bool postgres_open(struct db **out, struct str where, enum db_access access, struct err *err)
{
	static const struct library library = { "libpq.so.5", { PQ_FUNCTIONS(LIBRARY_NAME) } };

	if (!library_load(&library, &pq, err))
		return false;
	struct db *db = db_new(&ops, DB_POSTGRES, access, sizeof(struct postgres_db));
	struct postgres_db *p = of_db(db);
	struct str conninfo = STR_NONE;
	struct err why = { 0 };

	/* The text holds a password: it is never repeated in an error. */
	bool ok = split_where(db->arena, where, &conninfo, &p->schema);
	if (!ok)
		err_set(&why, ERR_UNAVAILABLE, "db.cannot_open", "the name of the schema");
	p->conninfo = str_to_c(db->arena, conninfo);
	ok = ok && connect_now(db, &why);
	if (!ok) {
		db_close(db);
		err_set(err, ERR_UNAVAILABLE,
			strcmp(why.key, "db.wrong_collation") == 0 ? why.key : "db.cannot_open",
			"%s", why.facts);
		return false;
	}
	*out = db;
	return true;
}
