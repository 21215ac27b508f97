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
		{ "asked_whom", STR_INIT("第三方") },
		{ "asked_on", STR_INIT("2024-02-05") },
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

/* ---- numbers */

static bool draft_and_issue(struct testdb *site, const char *kind, struct date dated,
			    struct str *number, struct err *err)
{
	struct letter_new in = reply(site, kind);
	struct letter_id id;
	struct letter l;

	in.dated = dated;
	if (!letter_draft(&site->ctx, &in, &id, err) ||
	    !letter_issue(&site->ctx, id, dated, err) || !letter_load(&site->ctx, id, &l, err))
		return false;
	*number = l.number;
	return true;
}

/* A draft thrown away takes no number; a new year begins at 1; groups count apart if so set. */
static void numbers(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_new in;
	struct letter_id lost;
	struct str number;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	ctx_set_time(&site->ctx, date_start(date_make(2025, 3, 1)));
	struct date day = date_make(2024, 12, 31), next = date_make(2025, 1, 1);
	CHECK_OK(draft_and_issue(site, "public_already", day, &number, &err));
	CHECK_STR(number, STR("越发改公开〔2024〕1号"));
	in = reply(site, "public_already");
	CHECK_OK(letter_draft(&site->ctx, &in, &lost, &err));
	CHECK_OK(letter_discard(&site->ctx, lost, STR("重复起草"), &err));
	CHECK_OK(draft_and_issue(site, "public_already", day, &number, &err));
	CHECK_STR(number, STR("越发改公开〔2024〕2号"));
	CHECK_OK(draft_and_issue(site, "public_already", next, &number, &err));
	CHECK_STR(number, STR("越发改公开〔2025〕1号"));

	struct letterhead head;
	CHECK_OK(letterhead_of(&site->ctx, fixture_department(site), &head, &err));
	head.series = SERIES_GROUP;
	CHECK_OK(letterhead_set(&site->ctx, &head, &err));
	CHECK_OK(draft_and_issue(site, "public_already", next, &number, &err));
	CHECK_STR(number, STR("越发改公开答〔2025〕1号"));
	CHECK_OK(draft_and_issue(site, "tell_asking", next, &number, &err));
	CHECK_STR(number, STR("越发改公开告〔2025〕1号"));
	CHECK_OK(draft_and_issue(site, "public_already", next, &number, &err));
	CHECK_STR(number, STR("越发改公开答〔2025〕2号"));
}

/* ---- what may be edited */

static void edits(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_new in;
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	ctx_set_time(&site->ctx, date_start(date_make(2024, 3, 1)));
	in = reply(site, "no_danger");
	if (!CHECK_OK(letter_draft(&site->ctx, &in, &id, &err)) ||
	    !CHECK_OK(letter_load(&site->ctx, id, &l, &err)))
		return;
	size_t open;
	const struct letter_field **fields = letter_open_fields(t->arena, &l, &open);
	CHECK_INT((int64_t)open, 2);
	CHECK_STR(fields[0]->name, STR("危及事项"));
	CHECK_FAILS(letter_issue(&site->ctx, id, in.dated, &err), "letter.unfilled");
	const struct letter_fact facts[] = { { "danger", STR_INIT("公共安全") },
					     { "danger_why", STR_INIT("可能被用于破坏活动") } };
	CHECK_OK(letter_fill(&site->ctx, id, l.version, facts, COUNT_OF(facts), &err));
	CHECK_FAILS(letter_fill(&site->ctx, id, l.version, facts, COUNT_OF(facts), &err),
		    "letter.changed_meanwhile");
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(str_contains(l.body, STR("公开后可能危及公共安全：可能被用于破坏活动。")));

	struct letter_text text = { .title = l.title, .text = l.text, .addressee = l.addressee,
				    .attachments = STR("") };
	text.text = str_concat(t->arena, l.text, STR("也可以申请行政复议。\n"));
	CHECK_FAILS(letter_set_text(&site->ctx, id, l.version, &text, &err), "letter.remedy_typed");
	text.text = STR("全部不予公开。\n{联系方式}\n");
	CHECK_FAILS(letter_set_text(&site->ctx, id, l.version, &text, &err), "letter.live_missing");
	text.text = STR("{随便}\n{救济途径}\n{联系方式}\n");
	CHECK_FAILS(letter_set_text(&site->ctx, id, l.version, &text, &err),
		    "letter.unknown_field");
	text.text = STR("经审查，不予公开。\n{救济途径}\n{联系方式}\n");
	CHECK_OK(letter_set_text(&site->ctx, id, l.version, &text, &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(str_starts(l.body, STR("经审查，不予公开。\n如不服本答复，应当自收到本答复之日起60日内先向")));

	/* another day, another remedy: nobody has to remember it */
	CHECK_OK(letter_redate(&site->ctx, id, l.version, date_make(2023, 12, 31), false, &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(str_contains(l.body, STR("向广州市越秀区人民政府或者广州市发展和改革委员会申请行政复议，或者")));
	CHECK_OK(letter_remerge(&site->ctx, id, l.version, &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(str_contains(l.body, STR("可能被用于破坏活动")));
	CHECK_FAILS(letter_issue(&site->ctx, id, date_make(2024, 3, 2), &err), "letter.in_future");
}

static void refuses(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_new in;
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };
	static const struct letter_fact bad[] = { { "remedy", STR_INIT("不服可以起诉") } };

	(void)arg;
	fixture_units(t, site);
	in = reply(site, "fee");
	in.dated = date_make(2020, 12, 31);
	CHECK_FAILS(letter_draft(&site->ctx, &in, &id, &err), "letter.kind_not_in_force");
	in = reply(site, "give");
	in.addressee = STR("");
	CHECK_FAILS(letter_draft(&site->ctx, &in, &id, &err), "letter.no_addressee");
	in = reply(site, "give");
	in.facts = bad;
	in.facts_count = 1;
	CHECK_FAILS(letter_draft(&site->ctx, &in, &id, &err), "letter.live_given");
	CHECK_FAILS(letter_load(&site->ctx, (struct letter_id){ 99 }, &l, &err), "letter.none");
}

/* A unit whose court nobody has entered cannot send what must name one. */
static void names_missing(struct test *t, struct testdb *site, const void *arg)
{
	struct unit_new unit = { .code = STR("YX"), .name = STR("某区人民政府"),
				 .kind = UNIT_GOVERNMENT };
	struct letter_new in = reply(site, "public_already");
	struct letter_id id;
	struct err err = { 0 };

	(void)arg;
	in.dated = site->ctx.today;
	CHECK_OK(agency_add_unit(&site->ctx, &unit, &in.unit, &err));
	CHECK_OK(letter_draft(&site->ctx, &in, &id, &err));
	CHECK_FAILS(letter_issue(&site->ctx, id, in.dated, &err), "letter.head_missing");
}

/* ---- several things asked for */

static void items(struct test *t, struct testdb *site, const void *arg)
{
	static const struct letter_fact where[] = { { "where", STR_INIT("政府门户网站") } };
	static const struct letter_fact process[] = { { "process", STR_INIT("讨论记录") } };
	const struct letter_item list[] = {
		{ letter_kind_find(STR("public_already")), STR_INIT("道路施工许可"), where, 1 },
		{ letter_kind_find(STR("no_process")), STR_INIT("讨论记录"), process, 1 },
		{ letter_kind_find(STR("needs_work")), STR_INIT("分类汇总"), NULL, 0 },
	};
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	struct letter_new in = reply(site, "part");
	in.items = list;
	in.items_count = COUNT_OF(list);
	if (!CHECK_OK(letter_draft(&site->ctx, &in, &id, &err)) ||
	    !CHECK_OK(letter_load(&site->ctx, id, &l, &err)))
		return;
	CHECK(str_contains(l.body, STR("现答复如下：\n一、关于“道路施工许可”\n经查，您申请公开的“道路施工许可”"
				       "本机关已主动公开。")));
	CHECK(str_contains(l.body, STR("二、关于“讨论记录”\n经审查，您申请公开的“讨论记录”是本机关")));
	CHECK(str_contains(l.body, STR("三、关于“分类汇总”\n经审查，本机关现有{现有信息}")));
	CHECK(str_contains(l.body, STR("对不予公开部分，如不服本答复，应当")));
	CHECK(str_contains(l.body, STR("对其他部分，如不服本答复，可以")));
	CHECK_OK(letter_remerge(&site->ctx, id, l.version, &err));
	struct str before = l.text;
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK_STR(l.text, before);

	in.items_count = 1; /* one alone has no heading */
	in.kind = list[0].kind;
	CHECK_OK(letter_draft(&site->ctx, &in, &id, &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK(str_contains(l.body, STR("现答复如下：\n经查，您申请公开的“道路施工许可”")));
	CHECK(!str_contains(l.body, STR("一、")));
}

/* ---- lists */

static void lists(struct test *t, struct testdb *site, const void *arg)
{
	struct opt_int unit;
	struct letter *letters;
	struct letter_id id;
	size_t count;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	unit = (struct opt_int){ true, fixture_department(site).n };
	for (int i = 0; i < 5; i++) {
		struct letter_new in = reply(site, "give");
		in.subject_id = 7 + i % 2;
		CHECK_OK(letter_draft(&site->ctx, &in, &id, &err));
	}
	CHECK_OK(letter_discard(&site->ctx, id, STR("误写"), &err));
	CHECK_OK(letter_list(&site->ctx, "request", 7, &letters, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_OK(letter_page(&site->ctx, unit, 0, 3, &letters, &count, &err));
	CHECK_INT((int64_t)count, 3);
	CHECK_OK(letter_page(&site->ctx, unit, letters[2].id.n, 3, &letters, &count, &err));
	CHECK_INT((int64_t)count, 1);
	unit.v++;
	CHECK_OK(letter_page(&site->ctx, unit, 0, 3, &letters, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

/* ---- the ledger */

/* What is frozen is bound to the chain; no name of a person is in it. */
static void bound(struct test *t, struct testdb *site, const void *arg)
{
	struct ledger_row *rows;
	size_t count;
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	ctx_set_time(&site->ctx, date_start(date_make(2024, 3, 1)));
	struct letter_new in = reply(site, "public_already");
	CHECK_OK(letter_draft(&site->ctx, &in, &id, &err));
	CHECK_OK(letter_issue(&site->ctx, id, in.dated, &err));
	CHECK_OK(letter_load(&site->ctx, id, &l, &err));
	CHECK_OK(ledger_history(&site->ctx, "letter", id.n, 10, &rows, &count, &err));
	if (!CHECK_INT((int64_t)count, 2))
		return;
	CHECK_STR(rows[1].verb, STR("letter.issue"));
	CHECK(str_contains(rows[1].changes_json, l.commitment) && l.commitment.len == 64);
	CHECK(str_contains(rows[1].changes_json, STR("越发改公开〔2024〕1号")));
	for (size_t i = 0; i < count; i++)
		CHECK(!str_contains(rows[i].changes_json, STR("申请人甲")));
}

/* Who has the database has no names: without the key nothing of a letter opens. */
static void sealed(struct test *t, struct testdb *site, const void *arg)
{
	struct letter_id id;
	struct letter l;
	struct err err = { 0 };

	(void)arg;
	fixture_units(t, site);
	ctx_set_time(&site->ctx, date_start(date_make(2024, 3, 1)));
	struct letter_new in = reply(site, "public_already");
	CHECK_OK(letter_draft(&site->ctx, &in, &id, &err));
	site->ctx.vault = NULL;
	CHECK_FAILS(letter_load(&site->ctx, id, &l, &err), "base.vault_closed");
	CHECK_FAILS(letter_draft(&site->ctx, &in, &id, &err), "base.vault_closed");
}

static bool given(struct ctx *ctx, const void *arg, struct err *err)
{
	struct unit_new unit = { .code = STR("YX"), .name = STR("某区人民政府"),
				 .kind = UNIT_GOVERNMENT };
	struct unit_id id;
	struct remedy_body body = { .role = BODY_COURT, .name = STR("某法院"),
				    .from = date_make(2019, 5, 15) };

	(void)arg;
	if (!agency_add_unit(ctx, &unit, &id, err) || !remedy_body_add(ctx, &body, err))
		return false;
	body.role = BODY_SUPERIOR_GOVERNMENT;
	body.name = STR("某市人民政府");
	struct letterhead head = { .unit = id,
				   .full_name = STR("某区人民政府"),
				   .mark = STR("某府公开"),
				   .contact = STR("某科"),
				   .phone = STR(""),
				   .address = STR(""),
				   .channel = STR("") };
	return remedy_body_add(ctx, &body, err) && letterhead_set(ctx, &head, err);
}

static bool whole_life(struct ctx *ctx, const void *arg, struct err *err)
{
	static const struct letter_fact facts[] = {
		{ "number", STR_INIT("YX-1") },		{ "content", STR_INIT("文件") },
		{ "received_on", STR_INIT("2020-05-06") },
	};
	static const struct letter_fact late[] = { { "where", STR_INIT("门户网站") } };
	struct letter_new in = { .kind = letter_kind_find(STR("public_already")),
				 .subject_kind = "request",
				 .addressee = STR("申请人甲〇一"),
				 .dated = ctx->today,
				 .facts = facts,
				 .facts_count = COUNT_OF(facts) };
	struct unit root;
	struct letter_id id;

	(void)arg;
	if (!agency_root(ctx, &root, err))
		return false;
	in.unit = root.id;
	return letter_draft(ctx, &in, &id, err) && letter_fill(ctx, id, 1, late, 1, err) &&
	       letter_redate(ctx, id, 2, date_plus(ctx->today, -1), true, err) &&
	       letter_remerge(ctx, id, 3, err) && letter_issue(ctx, id, ctx->today, err);
}

void letter_test(struct test *t)
{
	static const struct testdb_scenario life = { .given = given, .verb = whole_life };

	testdb_each(t, "a letter is drafted, issued, and then stands", issues, NULL);
	testdb_each(t, "numbers have no gap, and each series its own", numbers, NULL);
	testdb_each(t, "a draft is filled, edited, dated; what is computed stays so", edits, NULL);
	testdb_each(t, "what cannot be a letter is refused", refuses, NULL);
	testdb_each(t, "no letter without the names that it must give", names_missing, NULL);
	testdb_each(t, "several things in one letter, each with its own ground", items, NULL);
	testdb_each(t, "letters of a subject, and of a unit page by page", lists, NULL);
	testdb_each(t, "what is frozen is bound to the ledger, without names", bound, NULL);
	testdb_each(t, "without the key no letter opens", sealed, NULL);
	testdb_faults(t, "a letter's life is all or nothing", &life);
}
