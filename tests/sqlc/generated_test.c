/* generated_test.c - the calls that sqlc makes of good.sql, used as a slice would. */
#include "base/vault.h"
#include "db/sealed.h"
#include "db/testdb.h"
#include "good_sql.h"

static const struct thing_add_in full = {
	.name = STR_INIT("full"), .size = 3, .body = { true, STR_INIT("\0x") }, .day = { 18414 },
	.other = { true, { 18415 } }, .at = 1590973200, .seen = { true, 1590973201 }, .open = true,
	.maybe = { true, 0 }, .share = 0.25, .parent = { 0 },
};
static const struct thing_add_in bare = {
	.name = STR_INIT("bare"), .size = -1, .day = { 0 }, .at = 0, .open = false, .share = -1.5,
};

static bool add(struct testdb *site, const struct thing_add_in *in, int64_t *id, bool *added, struct err *err)
{
	struct thing_add_row row = { 0 };

	if (!thing_add(&site->ctx, in, &row, added, err))
		return false;
	if (*added)
		*id = row.id;
	return true;
}

static void keeps_each_type(struct test *t, struct testdb *site, const void *arg)
{
	const struct thing_add_in *in = arg;
	const struct thing_get_in which = { in->name }, none = { STR("none") };
	struct thing_get_row row = { .size = 99 };
	struct err err = { 0 };
	bool added = false, found = true;
	int64_t id = 0;

	CHECK_OK(thing_get(&site->ctx, &none, &row, &found, &err));
	CHECK(!found && row.size == 99);
	CHECK_OK(add(site, in, &id, &added, &err));
	CHECK(added);
	CHECK_OK(add(site, in, &id, &added, &err));
	CHECK(!added);
	CHECK_OK(thing_get(&site->ctx, &which, &row, &found, &err));
	CHECK(found);
	CHECK_INT(row.id, id);
	CHECK_INT(row.size, in->size);
	CHECK(row.body.known == in->body.known);
	CHECK(!row.body.known || str_equal(row.body.v, in->body.v));
	CHECK_INT(row.day.ordinal, in->day.ordinal);
	CHECK(row.other.known == in->other.known && row.other.v.ordinal == in->other.v.ordinal);
	CHECK_INT(row.at, in->at);
	CHECK(row.seen.known == in->seen.known && row.seen.v == in->seen.v);
	CHECK(row.open == in->open);
	CHECK(row.maybe.known == in->maybe.known && row.maybe.v == in->maybe.v);
	CHECK(row.share == in->share);
	CHECK(!row.parent.known);
}

static void fill(struct test *t, struct testdb *site, int count)
{
	struct err err = { 0 };

	for (int i = 0; i < count; i++) {
		struct thing_add_in in = bare;
		bool added;
		int64_t id;

		in.name = str_format(t->arena, "n%03d", i);
		in.size = i;
		CHECK_OK(add(site, &in, &id, &added, &err));
	}
}

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	const struct thing_list_in after = { STR("n001") }, end = { STR("z") };
	struct thing_list_cursor c;
	struct thing_list_row row, *rows;
	struct err err = { 0 };
	size_t count = 99;
	int n = 2;

	(void)arg;
	fill(t, site, 40);
	CHECK_OK(thing_list_open(&site->ctx, &after, &c, &err));
	while (thing_list_next(&c, &row, &err)) {
		CHECK_STR(row.name, str_format(t->arena, "n%03d", n));
		CHECK(row.note.known == (n > 2));
		n++;
	}
	CHECK_OK(thing_list_close(&c, &err));
	CHECK_INT(n, 40);
	CHECK_OK(thing_list_all(&site->ctx, &after, 38, &rows, &count, &err));
	CHECK_INT((int64_t)count, 38);
	CHECK_STR(rows[0].name, STR("n002"));
	CHECK_STR(rows[37].note.v, STR("big: n039"));
	CHECK_FAILS(thing_list_all(&site->ctx, &after, 37, &rows, &count, &err), "db.too_many_rows");
	CHECK_INT((int64_t)count, 38);
	CHECK_OK(thing_list_all(&site->ctx, &end, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

static void changes(struct test *t, struct testdb *site, const void *arg)
{
	const struct thing_grow_in grow = { 10 };
	const struct thing_grow_all_in grow_all = { 1 };
	struct thing_grow_all_row *rows;
	struct thing_count_row row;
	struct err err = { 0 };
	bool found;
	int64_t changed = 0;
	size_t count;

	(void)arg;
	CHECK_OK(thing_count(&site->ctx, &row, &found, &err));
	CHECK(found && row.n == 0 && !row.total.known);
	fill(t, site, 3);
	CHECK_OK(thing_grow(&site->ctx, &grow, &changed, &err));
	CHECK_INT(changed, 3);
	CHECK_OK(thing_grow(&site->ctx, &grow, NULL, &err));
	CHECK_OK(thing_grow_all_all(&site->ctx, &grow_all, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_OK(thing_count(&site->ctx, &row, &found, &err));
	CHECK_INT(row.total.v, 0 + 1 + 2 + 3 * 21);
}

static void speaks_to_its_engine(struct test *t, struct testdb *site, const void *arg)
{
	struct engine_name_row row;
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(engine_name(&site->ctx, &row, &found, &err));
	CHECK(str_starts(row.name, db_engine(site->ctx.db) == DB_SQLITE ? STR("sqlite 3.") : STR("postgresql ")));
}

/* ---- sealed: plain to the caller, nothing to whoever has the file */

static bool told(struct testdb *site, struct thing_told_row *row, struct err *err)
{
	const struct thing_told_in in = { STR("n000") };
	bool found = false;

	return thing_told(&site->ctx, &in, row, &found, err) && found;
}

static void seals(struct test *t, struct testdb *site, const void *arg)
{
	const struct thing_tell_in tell = { STR("n000"), STR("申请人甲〇一"), { true, STR("020-00000000") } };
	const struct thing_tell_in bare_tell = { STR("n000"), STR_NONE, { false, STR_NONE } };
	const struct thing_raw_in which = { STR("n000") };
	const struct thing_tell_raw_in before = { STR("n000"), STR("before it was sealed") };
	const struct vault *own = site->ctx.vault;
	struct thing_told_list_row *rows, one;
	struct thing_told_list_cursor c;
	struct thing_told_row row = { 0 };
	struct thing_raw_row raw, again;
	struct vault other;
	struct err err = { 0 };
	bool found;
	size_t count;

	(void)arg;
	fill(t, site, 2);
	CHECK_OK(thing_tell(&site->ctx, &tell, NULL, &err));
	CHECK_OK(told(site, &row, &err));
	CHECK_STR(row.secret, STR("申请人甲〇一"));
	CHECK(row.hint.known && str_equal(row.hint.v, STR("020-00000000")));
	CHECK_OK(thing_raw(&site->ctx, &which, &raw, &found, &err));
	CHECK(sealed_marked(raw.secret) && !str_contains(raw.secret, STR("申请人")));
	CHECK(sealed_marked(raw.hint.v) && !str_contains(raw.hint.v, STR("020")));
	/* The same words twice are not the same in the column; one column's do not open in another. */
	CHECK_OK(thing_tell(&site->ctx, &tell, NULL, &err));
	CHECK_OK(thing_raw(&site->ctx, &which, &again, &found, &err));
	CHECK(!str_equal(raw.secret, again.secret));
	CHECK_OK(thing_tell_raw(&site->ctx, &(struct thing_tell_raw_in){ STR("n000"), raw.hint.v }, NULL, &err));
	CHECK_FAILS(told(site, &row, &err), "base.vault_damaged");
	CHECK_OK(thing_tell_raw(&site->ctx, &(struct thing_tell_raw_in){ STR("n000"), STR("\1%%") }, NULL, &err));
	CHECK_FAILS(told(site, &row, &err), "base.vault_damaged");
	/* Lists and cursors; a text of before stands beside sealed ones. */
	CHECK_OK(thing_tell_raw(&site->ctx, &before, NULL, &err));
	CHECK_OK(thing_tell(&site->ctx, &(struct thing_tell_in){ STR("n001"), STR("乙"), { false, STR_NONE } }, NULL, &err));
	CHECK_OK(thing_told_list_all(&site->ctx, 5, &rows, &count, &err));
	CHECK(count == 2 && str_equal(rows[0].secret, before.secret) && str_equal(rows[1].secret, STR("乙")));
	CHECK_OK(thing_told_list_open(&site->ctx, &c, &err));
	CHECK(thing_told_list_next(&c, &one, &err) && str_equal(one.secret, before.secret));
	CHECK(thing_told_list_next(&c, &one, &err) && str_equal(one.secret, STR("乙")));
	CHECK_OK(thing_told_list_close(&c, &err));
	/* Without the key, and with another. */
	CHECK_OK(thing_tell(&site->ctx, &tell, NULL, &err));
	site->ctx.vault = NULL;
	CHECK_FAILS(told(site, &row, &err), "base.vault_closed");
	CHECK_FAILS(thing_tell(&site->ctx, &tell, NULL, &err), "base.vault_closed");
	CHECK_OK(vault_from_key(STR("another vault of tests, 32 bytes"), &other, &err));
	site->ctx.vault = &other;
	CHECK_FAILS(told(site, &row, &err), "base.vault_damaged");
	/* Nothing needs no key. */
	site->ctx.vault = NULL;
	CHECK_OK(thing_tell(&site->ctx, &bare_tell, NULL, &err));
	CHECK_OK(told(site, &row, &err));
	CHECK(row.secret.len == 0 && !row.hint.known);
	site->ctx.vault = own;
}

/* ---- the fault family, on a verb of two statements */

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct thing_add_row row;
	bool added;

	(void)arg;
	return thing_add(ctx, &bare, &row, &added, err);
}

static bool verb(struct ctx *ctx, const void *arg, struct err *err)
{
	const struct thing_grow_in grow = { 5 };
	struct thing_add_row row;
	bool added;

	(void)arg;
	return thing_grow(ctx, &grow, NULL, err) && thing_add(ctx, &full, &row, &added, err);
}

static void check(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct thing_count_row row;
	struct err err = { 0 };
	bool found;

	(void)arg;
	CHECK_OK(thing_count(ctx, &row, &found, &err));
	CHECK_INT(row.n, done ? 2 : 1);
}

void generated_test(struct test *t)
{
	static const struct testdb_scenario scenario = { given, verb, check, NULL };

	testdb_each(t, "keeps each type: all known", keeps_each_type, &full);
	testdb_each(t, "keeps each type: as little as may be", keeps_each_type, &bare);
	testdb_each(t, "lists", lists, NULL);
	testdb_each(t, "changes", changes, NULL);
	testdb_each(t, "seals what may name people", seals, NULL);
	testdb_each(t, "speaks to its engine", speaks_to_its_engine, NULL);
	testdb_faults(t, "nothing half done", &scenario);
}
