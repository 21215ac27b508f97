/*
 * retention_left_test.c - what a copy of the database holds of a person, before and after.
 *
 * Before: no word in clear, in no column of no table, the ledger included. After: of everything
 * that lay sealed not one value is left, so that nobody opens it with the key either.
 */
#include "apply/follow.h"
#include "base/test.h"
#include "casework/alike.h"
#include "db/sealed.h"
#include "ledger/ledger.h"
#include "retention/sample.h"
#include "retention/sample_rows.h"
#include "retention/seal.h"

enum { CELLS_MAX = 20000, BLOB_DIGITS = 48 };

/* Hashes of the chain are no one's words. The key's mark says which key it is. */
static bool is_sealed(const struct testdb_cell *c)
{
	static const char *const names[] = { "sealed", "name_sealed", "answer_sealed", "addressee",
					     "content", "attachments", "information", "value" };

	if (sealed_marked(c->value))
		return true;
	if (str_equal_c(c->table, "setting") || c->value.len < BLOB_DIGITS)
		return false;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_c(c->column, names[i]))
			return true;
	return false;
}

static struct str where(struct test *t, const struct testdb_cell *c)
{
	return str_format(t->arena, STR_FMT "." STR_FMT ": " STR_FMT, STR_ARG(c->table),
			  STR_ARG(c->column), STR_ARG(str_slice(c->value, 0, 60)));
}

static void names_nobody(struct test *t, const struct testdb_cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t w = 0; w < COUNT_OF(sample_words); w++)
			if (str_contains(cells[i].value, sample_words[w]))
				CHECK_STR(where(t, &cells[i]), STR("nowhere"));
}

static bool is_in(const struct testdb_cell *cells, size_t count, struct str value)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(cells[i].value, value))
			return true;
	return false;
}

/* A case with all that can be in one, a proceeding about it, a correction. */
static bool play(struct testdb *site, struct request_id *id, struct err *err)
{
	struct ctx *ctx = &site->ctx;
	struct follow_new complaint = { .kind = FOLLOW_COMPLAINT, .ground = GROUND_RIGHTS,
					.text = STR("甲〇一不服"), .form_id = STR("f1") };
	struct notice_new mail = { .unit = { 1 }, .subject_kind = "request",
				   .why = STR("登记回执"), .to = STR("jia@example.org"),
				   .subject = STR("甲〇一"), .text = STR("甲〇一，您好") };
	struct notice_id sent;
	struct amendment_id amendment;
	struct dispute_id dispute;
	struct identity_id who;
	struct follow_id follow;

	if (!sample_filed(ctx, 10, id, err) ||
	    !sample_dispute(ctx, *id, "〔2024〕示复1号", &dispute, err) ||
	    !sample_person(ctx, &who, err) || !sample_amendment(ctx, who, &amendment, err))
		return false;
	complaint.request = *id;
	mail.subject_id = id->n;
	if (!follow_send(ctx, &complaint, &follow, err) || !notice_mail(ctx, &mail, &sent, err))
		return false;
	size_t changed;
	/* A form that was sent keeps for its receipt what it was: here the person, sealed. */
	return testdb_put(site, "apply_draft", "token_hash, sealed, saved_at, request_id",
			  "'h', (SELECT sealed FROM identity WHERE id = 1), 0, 2", err) &&
	       sample_in_clear(site, err) && seal_before(ctx, &changed, err) &&
	       alike_rebuild(ctx, &changed, err);
}

static bool erase_all(struct ctx *ctx, struct err *err)
{
	size_t erased;

	for (int k = 0; k < RETENTION_KIND_COUNT; k++)
		if (!sample_settle(ctx, (enum retention_kind)k, 1, err))
			return false;
	reply_today(ctx, "2060-03-11");
	for (int k = RETENTION_KIND_COUNT - 1; k >= 0; k--)
		if (!retention_run(ctx, (enum retention_kind)k, 10, &erased, err))
			return false;
	return true;
}

static void nothing_is_left(struct test *t, struct testdb *site, const void *arg)
{
	struct testdb_cell *before = ARENA_ARRAY(t->arena, CELLS_MAX, struct testdb_cell);
	struct testdb_cell *after = ARENA_ARRAY(t->arena, CELLS_MAX, struct testdb_cell);
	struct ledger_verdict chain;
	struct request_id id;
	struct err err = { 0 };
	size_t sealed = 0, kept = 0;

	(void)arg;
	CHECK_OK(play(site, &id, &err));
	size_t was = testdb_cells(site, before, CELLS_MAX);
	names_nobody(t, before, was);
	CHECK_OK(erase_all(&site->ctx, &err));
	size_t is = testdb_cells(site, after, CELLS_MAX);
	names_nobody(t, after, is);
	for (size_t i = 0; i < was; i++) {
		const struct testdb_cell *c = &before[i];
		if (!is_sealed(c))
			continue;
		sealed++;
		/* Request 1 is the fixture's own, still open: its content alone stays. */
		if (str_equal_c(c->table, "request") && is_in(after, is, c->value)) {
			kept++;
			continue;
		}
		if (is_in(after, is, c->value))
			CHECK_STR(where(t, c), STR("nowhere"));
	}
	CHECK(sealed > COUNT_OF(sample_plain));
	CHECK_INT((int64_t)kept, 1);
	for (size_t i = 0; i < is; i++)
		CHECK(!str_equal_c(after[i].table, "apply_session") &&
		      !str_equal_c(after[i].table, "request_code"));
	for (size_t i = 0; i < is; i++)
		CHECK(!str_equal_c(after[i].table, "case_band") ||
		      !str_equal_c(after[i].column, "request_id") ||
		      !str_equal(after[i].value, str_format(t->arena, "%lld", (long long)id.n)));
	CHECK_OK(ledger_verify(&site->ctx, &chain, &err));
	CHECK(chain.intact);
}

void retention_left_test(struct test *t)
{
	testdb_each(t, "nothing names a person in clear, and nothing sealed is left of one",
		    nothing_is_left, NULL);
}
