/*
 * ledger_test.c - the chain holds, and any byte changed by hand is found.
 */
#include "base/test.h"
#include "db/testdb.h"
#include "ledger/ledger.h"

#include <sqlite3.h>
#include <stdio.h>

enum { EVENTS = 5 };

static bool add_events(struct ctx *ctx, const void *arg, struct err *err)
{
	int64_t seq;

	(void)arg;
	ctx->actor = (struct actor){ .account_id = 7,
				     .role = STR("clerk"),
				     .name = STR("申请人甲〇一") };
	for (int i = 0; i < EVENTS; i++) {
		struct ledger_change changes[] = { { "state", STR("handling"), STR("decided") },
						   { "note", STR_NONE,
						     STR("引号\"、反斜杠\\、换行\n") } };
		if (!ledger_append(ctx,
				   &(struct ledger_event){ .subject_kind = "request",
							   .subject_id = i % 2,
							   .verb = "request.decide",
							   .changes = changes,
							   .changes_count = COUNT_OF(changes),
							   .reason = STR("补正后") },
				   &seq, err))
			return false;
	}
	return true;
}

static void chain_holds(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct ledger_verdict verdict;
	struct ledger_row *rows;
	size_t count;
	int64_t position;

	(void)arg;
	CHECK_OK(ledger_verify(&site->ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, 0);
	CHECK_OK(add_events(&site->ctx, NULL, &err));
	CHECK_OK(ledger_position(&site->ctx, &position, &err));
	CHECK_INT(position, EVENTS);
	CHECK_OK(ledger_verify(&site->ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, EVENTS);
	CHECK_OK(ledger_history(&site->ctx, "request", 0, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_INT(rows[2].seq, 5);
	CHECK_STR(rows[0].changes_json,
		  STR("[[\"state\",\"handling\",\"decided\"],"
		      "[\"note\",\"\",\"引号\\\"、反斜杠\\\\、换行\\u000a\"]]"));
	CHECK_OK(ledger_recent(&site->ctx, 4, 2, &rows, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_INT(rows[0].seq, 3);
}

/* Two alone, a run of three, one alone: the same chain as six alone. */
static void runs_join_the_chain(struct test *t, struct testdb *site, const void *arg)
{
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = 1,
				  .verb = "request.file" };
	struct ctx *ctx = &site->ctx;
	struct ledger_verdict verdict;
	struct ledger_run run;
	struct err err = { 0 };
	int64_t seq, upcoming;

	(void)arg;
	CHECK_OK(ledger_upcoming(ctx, &upcoming, &err));
	CHECK_INT(upcoming, 1);
	CHECK_OK(ledger_run_begin(ctx, &run, &err));
	CHECK_OK(ledger_run_end(ctx, &err));
	CHECK_OK(ledger_append(ctx, &e, &seq, &err));
	CHECK_OK(ledger_append(ctx, &e, &seq, &err));
	CHECK_INT(seq, 2);
	CHECK_OK(ledger_run_begin(ctx, &run, &err));
	for (int64_t want = 3; want <= 5; want++) {
		CHECK_OK(ledger_upcoming(ctx, &upcoming, &err));
		CHECK_OK(ledger_append(ctx, &e, &seq, &err));
		CHECK_INT(seq, want);
		CHECK_INT(upcoming, want);
	}
	CHECK_OK(ledger_run_end(ctx, &err));
	CHECK(ctx->ledger_run == NULL);
	CHECK_OK(ledger_upcoming(ctx, &upcoming, &err));
	CHECK_OK(ledger_append(ctx, &e, &seq, &err));
	CHECK_INT(seq, 6);
	CHECK_INT(upcoming, 6);
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, 6);
}

static bool add_run(struct ctx *ctx, const void *arg, struct err *err)
{
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = 1,
				  .verb = "request.file" };
	struct ledger_run run;
	int64_t seq;

	(void)arg;
	ctx->ledger_run = NULL; /* of an attempt that failed */
	return ledger_run_begin(ctx, &run, err) && ledger_append(ctx, &e, &seq, err) &&
	       ledger_run_end(ctx, err);
}

/* ---- events stored as values alone */

enum { PACKED = 4, FIRST_SUBJECT = 10 };

static void seal_one(struct ctx *ctx, int64_t subject, struct ledger_sealed *out)
{
	struct str values[LEDGER_PACK_FIELDS] = { STR_INIT("甲\"1"), STR_INIT("1") };

	ledger_seal(ctx->arena, ctx, ctx->ledger_run,
		    &(struct ledger_event){ .subject_kind = "request",
					    .subject_id = subject,
					    .verb = "request.import",
					    .values = values },
		    out);
}

/* An event of subject 11, then one each of 10 to 13 as values, then another of subject 11. */
static bool add_packed(struct ctx *ctx, const void *arg, struct err *err)
{
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = FIRST_SUBJECT + 1,
				  .verb = "request.file" };
	struct ledger_sealed sealed[PACKED];
	struct ledger_run run;
	int64_t seq;

	(void)arg;
	ctx->ledger_run = NULL; /* of an attempt that failed */
	if (!ledger_append(ctx, &e, &seq, err) || !ledger_run_begin(ctx, &run, err))
		return false;
	for (int i = 0; i < PACKED; i++)
		seal_one(ctx, FIRST_SUBJECT + i, &sealed[i]);
	return ledger_write_sealed(ctx, sealed, PACKED, err) && ledger_run_end(ctx, err) &&
	       ledger_append(ctx, &e, &seq, err);
}

static void packed_are_found(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct ledger_verdict verdict;
	struct ledger_link *links;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(add_packed(ctx, NULL, &err));
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_OK(ledger_history(ctx, "request", FIRST_SUBJECT + 1, 10, &rows, &count, &err));
	if (!CHECK_INT((int64_t)count, 3))
		return;
	CHECK_STR(rows[0].verb, STR("request.file"));
	CHECK_INT(rows[1].seq, 3);
	CHECK_STR(rows[1].changes_json,
		  STR("[[\"number\",\"\",\"甲\\\"1\"],[\"unit\",\"\",\"1\"]]"));
	CHECK_INT(rows[2].seq, 6);
	CHECK_OK(ledger_links(ctx, "request", FIRST_SUBJECT + 1, 10, &links, &count, &err));
	if (CHECK_INT((int64_t)count, 3))
		for (size_t i = 0; i < count; i++)
			CHECK(ledger_link_fits(&links[i]));
	for (int64_t i = 0; i < 2; i++) {
		int64_t beside = i == 0 ? FIRST_SUBJECT - 1 : FIRST_SUBJECT + PACKED;
		CHECK_OK(ledger_history(ctx, "request", beside, 10, &rows, &count, &err));
		CHECK_INT((int64_t)count, 0);
	}
	CHECK_OK(ledger_history(ctx, "dispute", FIRST_SUBJECT, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

/* Runs `sql` on the site's file as somebody with a shell would. */
static bool by_hand(struct testdb *site, const char *sql)
{
	struct str path = site->where;
	sqlite3 *raw;

	(void)str_take_str(&path, STR("sqlite:"));
	if (sqlite3_open(str_to_c(site->ctx.arena, path), &raw) != SQLITE_OK)
		return false;
	bool ok = sqlite3_exec(raw, sql, NULL, NULL, NULL) == SQLITE_OK &&
		  sqlite3_total_changes(raw) > 0;
	sqlite3_close(raw);
	return ok;
}

static void tampering_is_found(struct test *t, struct testdb *site, const void *arg)
{
	struct err err = { 0 };
	struct ledger_verdict verdict;

	CHECK_OK(add_events(&site->ctx, NULL, &err));
	CHECK(by_hand(site, arg));
	CHECK_OK(ledger_verify(&site->ctx, &verdict, &err));
	CHECK(!verdict.intact);
	CHECK(verdict.why.len > 0);
}

/* Where they are said to be is looked at, too. */
static void lost_is_found(struct test *t, struct testdb *site, const void *arg)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	CHECK_OK(add_packed(&site->ctx, NULL, &err));
	CHECK(by_hand(site, arg));
	CHECK_OK(ledger_verify(&site->ctx, &verdict, &err));
	CHECK(!verdict.intact && verdict.first_bad > 0);
	CHECK(str_contains(verdict.why, STR("批量导入")));
}

/* Two of them, one that was registered by hand, two of them: each of the next subject. */
static bool add_joined(struct ctx *ctx, struct err *err)
{
	struct ledger_event one = { .subject_kind = "request",
				    .subject_id = FIRST_SUBJECT + 2,
				    .verb = "request.register" };
	struct ledger_sealed sealed[2];
	struct ledger_run runs[2];
	int64_t seq;

	for (int i = 0; i < 2; i++) {
		if (!ledger_run_begin(ctx, &runs[i], err))
			return false;
		seal_one(ctx, FIRST_SUBJECT + 3 * i, &sealed[0]);
		seal_one(ctx, FIRST_SUBJECT + 3 * i + 1, &sealed[1]);
		if (!ledger_write_sealed(ctx, sealed, 2, err) || !ledger_run_end(ctx, err) ||
		    (i == 0 && !ledger_append(ctx, &one, &seq, err)))
			return false;
	}
	return true;
}

/* As migration 0057 has found them in an older site: one run, with another's event inside. */
static void joined_runs_hold(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *c = &site->ctx;
	struct ledger_verdict verdict;
	struct ledger_link *links;
	struct ledger_row *rows;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(add_joined(c, &err));
	CHECK(by_hand(site, "DELETE FROM ledger_packed;"
			    "INSERT INTO ledger_packed (subject_kind, first_id, last_id, first_seq)"
			    " SELECT subject_kind, min(subject_id), max(subject_id), min(seq)"
			    " FROM ledger_event WHERE verb = 'request.import'"
			    " GROUP BY subject_kind, subject_id - seq"));
	CHECK_OK(ledger_verify(c, &verdict, &err));
	CHECK(verdict.intact);
	for (int n = 0; n < 5; n++) {
		CHECK_OK(ledger_history(c, "request", FIRST_SUBJECT + n, 10, &rows, &count, &err));
		if (CHECK_INT((int64_t)count, 1))
			CHECK_INT(rows[0].seq, n + 1);
		CHECK_OK(ledger_links(c, "request", FIRST_SUBJECT + n, 10, &links, &count, &err));
		CHECK_INT((int64_t)count, 1);
	}
}

static void packed_all_or_none(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, done ? PACKED + 2 : 0);
}

/* Every column of every row, changed alone. */
static void every_column(struct test *t)
{
	static const struct {
		const char *name, *value;
	} columns[] = {
		{ "at", "at + 1" },
		{ "actor_id", "actor_id + 1" },
		{ "actor_name", "actor_name || 'x'" },
		{ "role", "'signer'" },
		{ "subject_kind", "'requesT'" },
		{ "subject_id", "subject_id + 1" },
		{ "verb", "replace(verb, 'd', 'b')" },
		{ "changes", "replace(changes, 'decided', 'denied')" },
		{ "reason", "reason || ' '" },
		{ "sha256", "zeroblob(32)" },
		{ "sm3", "zeroblob(32)" },
	};
	for (size_t c = 0; c < COUNT_OF(columns); c++) {
		for (int row = 1; row <= EVENTS; row += 2) {
			char sql[200];
			snprintf(sql, sizeof sql,
				 "UPDATE "
				 "ledger_event SET %s = %s WHERE seq = %d",
				 columns[c].name, columns[c].value, row);
			char name[80];
			snprintf(name, sizeof name, "%s of event %d changed by hand is found",
				 columns[c].name, row);
			testdb_on(t, DB_SQLITE, name, tampering_is_found, sql);
		}
	}
}

static bool add_one(struct ctx *ctx, const void *arg, struct err *err)
{
	int64_t seq;

	(void)arg;
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "request",
						     .subject_id = 1,
						     .verb = "request.file" },
			     &seq, err);
}

static void still_intact(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_INT(verdict.events, EVENTS + (done ? 1 : 0));
}

void ledger_test(struct test *t)
{
	static const char *const losses[] = {
		"DELETE FROM ledger_packed",
		"UPDATE ledger_packed SET first_seq = first_seq + 1",
		"UPDATE ledger_packed SET first_id = first_id + 1",
		"UPDATE ledger_packed SET last_id = last_id - 1",
		"UPDATE ledger_packed SET last_id = last_id + 1",
		"UPDATE ledger_packed SET subject_kind = 'dispute'",
		"INSERT INTO ledger_packed VALUES ('request', 900, 901, 1)",
		/* one that says too much, and one that makes up for it */
		"UPDATE ledger_packed SET last_id = last_id + 1;"
		"INSERT INTO ledger_packed VALUES ('request', 900, 898, 6)",
		"INSERT INTO ledger_packed SELECT subject_kind, first_id + 1, last_id,"
		" first_seq + 1 FROM ledger_packed",
		/* wholly inside another */
		"INSERT INTO ledger_packed SELECT subject_kind, first_id + 1, last_id - 1,"
		" first_seq + 1 FROM ledger_packed",
	};

	testdb_each(t, "the chain of what was appended holds", chain_holds, NULL);
	every_column(t);
	testdb_on(t, DB_SQLITE, "an event cut out of the middle is found", tampering_is_found,
		  "DELETE FROM "
		  "ledger_event WHERE seq = 3");
	testdb_on(t, DB_SQLITE, "a tail cut off is found", tampering_is_found,
		  "DELETE FROM "
		  "ledger_event WHERE seq >= 4");
	testdb_on(t, DB_SQLITE, "two events that changed places are found", tampering_is_found,
		  "UPDATE "
		  "ledger_event SET seq = -1 WHERE seq = 2;"
		  "UPDATE "
		  "ledger_event SET seq = 2 WHERE seq = 3;"
		  "UPDATE "
		  "ledger_event SET seq = 3 WHERE seq = -1");
	testdb_on(t, DB_SQLITE, "a wiped ledger is found", tampering_is_found,
		  "DELETE FROM "
		  "ledger_event");
	testdb_each(t, "a run joins the chain", runs_join_the_chain, NULL);
	testdb_each(t, "events as values are found by their subject", packed_are_found, NULL);
	testdb_on(t, DB_SQLITE, "also in a run over another event", joined_runs_hold, NULL);
	for (size_t i = 0; i < COUNT_OF(losses); i++)
		testdb_on(t, DB_SQLITE, "a wrong place of events as values is found", lost_is_found,
			  losses[i]);
	testdb_faults(t, "events as values are all or none",
		      &(struct testdb_scenario){ .verb = add_packed, .check = packed_all_or_none });
	testdb_faults(t, "a run is all or nothing",
		      &(struct testdb_scenario){
			      .given = add_events, .verb = add_run, .check = still_intact });
	testdb_faults(t, "appending is all or nothing",
		      &(struct testdb_scenario){
			      .given = add_events, .verb = add_one, .check = still_intact });
}
