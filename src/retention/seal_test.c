/* seal_test.c - rows from before a column was sealed: all of them, once, from where it stopped. */
#include "retention/seal.h"

#include "base/test.h"
#include "db/sealed.h"
#include "ledger/ledger.h"
#include "retention/sample.h"
#include "retention/sample_rows.h"
#include "seal_sql.h"

enum { CELLS_MAX = 20000, JOBS_MAX = 60 };

static bool given(struct testdb *site, struct request_id *id, struct err *err)
{
	struct seal_place_write_in from = { .value = STR("0 0 ") }; /* as of an earlier release */
	struct dispute_id dispute;
	size_t left;

	/* A site that begins with this release has nothing of before. */
	if (!seal_left(&site->ctx, &left, err) || left != 0 ||
	    !seal_place_write(&site->ctx, &from, NULL, err))
		return false;
	return sample_filed(&site->ctx, 10, id, err) &&
	       sample_dispute(&site->ctx, *id, "〔2024〕示复1号", &dispute, err) &&
	       sample_in_clear(site, err);
}

/* Cells of a column, and how many of them do not bear the mark. */
static size_t plain_of(const struct testdb_cell *cells, size_t count, size_t row, size_t *all)
{
	size_t plain = 0;

	*all = 0;
	for (size_t i = 0; i < count; i++) {
		if (!str_equal_c(cells[i].table, sample_plain[row].table) ||
		    !str_equal_c(cells[i].column, sample_plain[row].column))
			continue;
		(*all)++;
		plain += cells[i].value.len > 0 && !sealed_marked(cells[i].value);
	}
	return plain;
}

static size_t plain_cells(struct test *t, struct testdb *site)
{
	struct testdb_cell *cells = ARENA_ARRAY(t->arena, CELLS_MAX, struct testdb_cell);
	size_t count = testdb_cells(site, cells, CELLS_MAX), plain = 0, all;

	for (size_t i = 0; i < COUNT_OF(sample_plain); i++) {
		size_t of = plain_of(cells, count, i, &all);
		if (all == 0)
			CHECK_STR(str_from_c(sample_plain[i].table), STR("a table with rows"));
		plain += of;
	}
	return plain;
}

static void all_of_them(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct dispute_person *people;
	struct ledger_verdict chain;
	struct service *services;
	struct request_id id;
	struct reply reply;
	struct err err = { 0 };
	size_t left, count, changed;
	bool found;

	(void)arg;
	CHECK_OK(given(site, &id, &err));
	CHECK(plain_cells(t, site) >= COUNT_OF(sample_plain));
	CHECK_OK(seal_left(ctx, &left, &err));
	CHECK(left > 0);
	struct job job = { .id = 1 };
	for (int i = 0; i < JOBS_MAX; i++)
		CHECK_OK(seal_on_job(ctx, &job, &err));
	CHECK_OK(seal_left(ctx, &left, &err));
	CHECK_INT((int64_t)left, 0);
	CHECK_INT((int64_t)plain_cells(t, site), 0);
	/* Read by the verbs, they are what they were. */
	CHECK_OK(reply_of(ctx, id, &reply, &found, &err));
	CHECK_STR(reply.items[0].asked, STR("旧 甲〇一"));
	CHECK_OK(reply_services(ctx, id, &services, &count, &err));
	CHECK(count == 1 && str_equal_c(services[0].addressee, "旧 甲〇一"));
	CHECK_OK(person_list(ctx, (struct dispute_id){ 1 }, &people, &count, &err));
	CHECK(count == 1 && str_equal_c(people[0].contact, "旧 甲〇一"));
	/* Through is through; from the first table on again it finds nothing. */
	CHECK_OK(seal_before(ctx, &changed, &err));
	CHECK_INT((int64_t)changed, 0);
	CHECK_OK(ledger_verify(ctx, &chain, &err));
	CHECK(chain.intact);
}

/* More than a stretch of one table, and a stop in the middle of it. */
static void goes_on(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct job job = { .id = 1 };
	struct request_id id;
	struct err err = { 0 };
	size_t before, left;

	(void)arg;
	CHECK_OK(given(site, &id, &err));
	for (int i = 0; i < 1200; i++)
		CHECK_OK(testdb_put(site, "case_note",
				    "request_id, account_id, person, at, kind, text, salt",
				    "2, 1, 'y', 0, 'note', '旧 甲〇一', 's'", &err));
	do {
		CHECK_OK(seal_left(ctx, &before, &err));
		CHECK_OK(seal_on_job(ctx, &job, &err));
		CHECK_OK(seal_left(ctx, &left, &err));
	} while (left != before);
	/* One stretch of the notes is sealed, the rest is not. */
	CHECK(plain_cells(t, site) >= 700);
	for (int i = 0; i < JOBS_MAX; i++)
		CHECK_OK(seal_on_job(ctx, &job, &err));
	CHECK_INT((int64_t)plain_cells(t, site), 0);
}

void seal_test(struct test *t)
{
	testdb_each(t, "every column of before is sealed, once", all_of_them, NULL);
	testdb_each(t, "the pass goes on where it stopped", goes_on, NULL);
}
