/*
 * letter_test.c - letters from draft to number: what is merged, what may be edited, what is
 * frozen.
 */
#include "letter/fixture.h"

#include "ledger/ledger.h"

static struct letter_new reply(struct testdb *site, const char *kind)
{
	static const struct letter_fact facts[] = {
		{ "number", STR_INIT("YX-2024-0007") },
		{ "content", STR_INIT("道路施工许可文件") },
		{ "received_on", STR_INIT("2024-02-01") },
		{ "where", STR_INIT("政府门户网站") },
	};

	return (struct letter_new){ .unit = fixture_department(site),
				    .kind = letter_kind_find(str_from_c(kind)),
				    .subject_kind = "request",
				    .subject_id = 7,
				    .addressee = STR("申请人甲〇一"),
				    .dated = date_make(2024, 2, 20),
				    .facts = facts,
				    .facts_count = COUNT_OF(facts) };
}

static void issues(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_new in = reply(site, "public_already");
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	in.unit = fixture_department(site);
	ctx_set_time(&site->ctx, date_start(date_make(2024, 3, 1)));
	if (!CHECK_OK(letter_draft(&site->ctx, &in, &id, &err)) ||
	    !CHECK_OK(letter_load(&site->ctx, id, &l, &err)))
		return;
	CHECK(!l.issued);
	CHECK_INT((int64_t)l.number.len, 0);
	CHECK(str_contains(l.text, STR("{救济途径}")));
	CHECK(str_contains(l.body, STR("自收到本答复之日起60日内向广州市越秀区人民政府申请行政复议，或者")));
	CHECK(str_contains(l.body, STR("申请公开“道路施工许可文件”。现答复如下：")));
	CHECK_OK(letter_issue(&site->ctx, id, date_make(2024, 2, 20), &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(l.issued);
	CHECK_STR(l.number, STR("越发改公开〔2024〕1号"));
	CHECK(!str_contains(l.text, STR("{")));
	CHECK_FAILS(letter_remerge(&site->ctx, id, l.version, &err), "letter.issued");
	CHECK_FAILS(letter_discard(&site->ctx, id, STR("误写"), &err), "letter.issued");
	CHECK_FAILS(letter_issue(&site->ctx, id, date_make(2024, 2, 20), &err), "letter.issued");
}

void letter_test(struct test *t)
{
	testdb_each(t, "a letter is drafted, issued, and then stands", issues, NULL);
}
