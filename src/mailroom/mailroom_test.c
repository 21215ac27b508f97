/* mailroom_test.c - proposals, calendars by RFC 5545, and the mail of the morning. */
#include "casework/fixture.h"
#include "dispute/dossier.h"
#include "ledger/ledger.h"
#include "mailroom/ical.h"
#include "mailroom/mailroom.h"
#include "mailroom/progress.h"
#include "mailroom/reader.h"

/* ---- numbers in a text */

struct number_row { const char *text, *first, *second; };
static const struct number_row numbers[] = {
	{ "about YX-2020-0012, and CZ-2021-0003.", "YX-2020-0012", "CZ-2021-0003" },
	{ "编号YX-2020-0012的申请", "YX-2020-0012", "" },
	{ "2020-11-02", "", "" },
	{ "-2020-0012", "", "" },
	{ "YX-20-0012 YX-2020- YX-2020", "", "" },
	{ "YX-2020-", "", "" },
	{ "", "", "" },
};

static void found_numbers(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		struct str out[2] = { STR_NONE, STR_NONE };
		(void)mailroom_numbers_in(str_from_c(numbers[i].text), out, COUNT_OF(out));
		CHECK_STR(out[0], str_from_c(numbers[i].first));
		CHECK_STR(out[1], str_from_c(numbers[i].second));
	}
}

/* ---- content lines */

static void lines(struct test *t)
{
	struct str text = STR_NONE;
	struct buf b = buf_open(t->arena, 100, 100000);

	for (int i = 0; i < 40; i++)
		text = str_format(t->arena, STR_FMT "期限%d;\\,\n", STR_ARG(text), i);
	ical_line(&b, "SUMMARY", text, true);
	struct str rest = buf_str(&b), line;
	struct buf whole = buf_open(t->arena, 100, 100000);
	size_t count = 0;
	while (str_split_next(&rest, '\n', &line) && (line.len > 0 || rest.len > 0)) {
		if (!CHECK(str_ends(line, STR("\r"))))
			return;
		CHECK(line.len - 1 <= 75);
		CHECK(count == 0 || line.ptr[0] == ' ');
		/* Every line holds whole characters. */
		buf_add(&whole, str_slice(line, count++ > 0 ? 1 : 0, line.len - 1));
		CHECK(((unsigned char)line.ptr[line.len - 2] & 0xC0) != 0xC0);
	}
	CHECK(count > 5);
	CHECK(str_starts(buf_str(&whole), STR("SUMMARY:期限0\\;\\\\\\,\\n期限1\\;")));
}

/* ---- on a site */

static bool set_up(struct ctx *ctx, struct fixture *f, struct err *err)
{
	return fixture_make(ctx, f, err);
}

static struct feed_of feed(struct test *t, struct ctx *ctx, struct str token, bool *found)
{
	struct feed_of of = { .scope = FEED_MINE };
	struct err err = { 0 };

	CHECK_OK(reader_of_token(ctx, token, &of, found, &err));
	return of;
}

/* Days before an organ or a court stand in the unit's calendar, in nobody's own. */
static void disputes_in_calendar(struct test *t, struct testdb *site, const void *arg)
{
	struct dispute_open in = { .route = DISPUTE_LITIGATION_DIRECT, .case_no = STR("示行初1号"),
				   .organ = STR("示例法院"), .accepted_on = date_make(2020, 5, 25) };
	struct hearing_new hearing = { .kind = HEARING_TRIAL, .day = date_make(2020, 6, 22),
				       .time = STR("09:30"), .place = STR("第一法庭") };
	struct ctx *ctx = &site->ctx;
	struct dispute_edit at = { { 1 }, 0 };
	struct hearing_id hearing_id;
	struct str token, text;
	struct err err = { 0 };
	struct fixture f;
	struct feed_of of;
	bool found;

	(void)arg;
	CHECK_OK(set_up(ctx, &f, &err));
	ctx = fixture_as(&f, "甲");
	in.unit = f.root;
	CHECK_OK(dispute_open(ctx, &in, &at.id, &err));
	CHECK_OK(dispute_receive(ctx, at, date_make(2020, 5, 29), false, &err));
	CHECK_OK(hearing_add(ctx, at, &hearing, &hearing_id, &err));
	CHECK_OK(reader_open_feed(ctx, fixture_account(&f, "甲"), FEED_UNIT, &token, &err));
	of = feed(t, ctx, token, &found);
	CHECK_OK(feed_text(ctx, &of, STR_NONE, &text, &err));
	CHECK(str_contains(text, STR("UID:dispute-1-answer@gongkai\r\n")));
	CHECK(str_contains(text, STR("DTSTART;VALUE=DATE:20200615\r\n"))); /* 15 days: a Saturday */
	CHECK(str_contains(text, STR("UID:hearing-1@gongkai\r\n")));
	CHECK(str_contains(text, STR("DTSTART;VALUE=DATE:20200622\r\n")));
	CHECK_OK(hearing_cancel(ctx, at, hearing_id, STR("撤诉"), &err));
	CHECK_OK(feed_text(ctx, &of, STR_NONE, &text, &err));
	CHECK(!str_contains(text, STR("hearing-1")));
	of.scope = FEED_MINE;
	CHECK_OK(feed_text(ctx, &of, STR_NONE, &text, &err));
	CHECK(!str_contains(text, STR("dispute-1")));
}

static void calendars(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct str first, second, text;
	struct err err = { 0 };
	struct fixture f;
	struct feed_of of;
	bool found;

	(void)arg;
	CHECK_OK(set_up(ctx, &f, &err));
	ctx = fixture_as(&f, "甲");
	struct request_id id = fixture_request(t, &f, "2020-06-01");
	CHECK_OK(case_claim(ctx, id, &err));
	struct account_id a = fixture_account(&f, "甲"), b = fixture_account(&f, "乙");
	CHECK_OK(reader_open_feed(ctx, a, FEED_MINE, &first, &err));
	of = feed(t, ctx, first, &found);
	CHECK(found && of.account.id.n == a.n);
	CHECK_OK(feed_text(ctx, &of, STR("https://zwgk.example"), &text, &err));
	CHECK(str_contains(text, STR("UID:request-1-due@gongkai\r\n")));
	/* 端午节 takes 25 and 26 June, 28 June makes one up: the 20th working day is 30 June. */
	CHECK(str_contains(text, STR("DTSTART;VALUE=DATE:20200630\r\n")));
	CHECK(str_contains(text, STR("URL:https://zwgk.example/desk/requests/1\r\n")));
	CHECK(!str_contains(text, STR("部门决算")));
	/* A colleague's own calendar does not have it, that of the unit does. */
	CHECK_OK(reader_open_feed(ctx, b, FEED_MINE, &second, &err));
	of = feed(t, ctx, second, &found);
	CHECK_OK(feed_text(ctx, &of, STR_NONE, &text, &err));
	CHECK(!str_contains(text, STR("VEVENT")));
	of.scope = FEED_SITE; /* more than the role may: only the unit */
	CHECK_OK(feed_text(ctx, &of, STR_NONE, &text, &err));
	CHECK(str_contains(text, STR("VEVENT")));
	/* A new address ends the old one; so do closing and leaving. */
	CHECK_OK(reader_open_feed(ctx, a, FEED_UNIT, &second, &err));
	(void)feed(t, ctx, first, &found);
	CHECK(!found);
	(void)feed(t, ctx, second, &found);
	CHECK(found);
	CHECK_OK(account_set_disabled(ctx, a, true, STR("调离"), &err));
	(void)feed(t, ctx, second, &found);
	CHECK(!found);
	CHECK_OK(reader_close_feed(ctx, b, &err));
	(void)feed(t, ctx, STR("short"), &found);
	CHECK(!found);
}

static int64_t notices(struct test *t, struct ctx *ctx, struct notice **list)
{
	struct err err = { 0 };
	size_t count;

	CHECK_OK(notice_list(ctx, (struct opt_int){ 0 }, 0, 20, list, &count, &err));
	return (int64_t)count;
}

static void at_day(struct ctx *ctx, const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	ctx_set_time(ctx, date_start(d) + 8 * 3600);
}

static void mornings(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct notice *list;
	struct fixture f;
	bool more;

	(void)arg;
	CHECK_OK(set_up(ctx, &f, &err));
	ctx = fixture_as(&f, "甲");
	CHECK_OK(case_claim(ctx, fixture_request(t, &f, "2020-06-01"), &err));
	struct account_id a = fixture_account(&f, "甲"), b = fixture_account(&f, "乙");
	CHECK_FAILS(reader_set(ctx, a, STR("jia"), DIGEST_NEEDED, &err), "notice.bad_address");
	CHECK_OK(reader_set(ctx, a, STR("jia@staff.example"), DIGEST_NEEDED, &err));
	CHECK_OK(reader_set(ctx, b, STR("yi@staff.example"), DIGEST_DAILY, &err));
	/* Nothing is near: only who asked for it every day is written to. */
	at_day(ctx, "2020-06-02");
	CHECK_OK(digest_write(ctx, STR_NONE, &more, &err));
	if (CHECK_INT(notices(t, ctx, &list), 1))
		CHECK_STR(list[0].to, STR("yi@staff.example"));
	/* Once a day, and not on a rest day. */
	CHECK_OK(digest_write(ctx, STR_NONE, &more, &err));
	CHECK_INT(notices(t, ctx, &list), 1);
	at_day(ctx, "2020-06-06");
	CHECK_OK(digest_write(ctx, STR_NONE, &more, &err));
	CHECK_INT(notices(t, ctx, &list), 1);
	/* Late. */
	at_day(ctx, "2020-07-06");
	CHECK_OK(digest_write(ctx, STR("https://zwgk.example"), &more, &err));
	if (CHECK_INT(notices(t, ctx, &list), 3)) {
		CHECK_STR(list[1].to, STR("jia@staff.example"));
		CHECK(str_contains(list[1].text, STR("您承办的，已经逾期（红牌、黑牌）：1件")));
		CHECK(str_contains(list[1].text, STR("YX-2020-0001　答复期限 2020-06-30")));
		CHECK(str_contains(list[1].text, STR("https://zwgk.example/desk/requests/1")));
		CHECK(!str_contains(list[1].text, STR("部门决算")));
	}
	/* Reminded of by a person: at once, to whoever has it. */
	ctx = fixture_as(&f, "审");
	CHECK_OK(case_remind(ctx, (struct request_id){ 1 }, STR("请抓紧"), &err));
	const struct job job = { .topic = STR("case.reminded"), .subject_kind = STR("request"),
				 .subject_id = 1 };
	CHECK_OK(reader_on_reminder(ctx, &job, &err));
	if (CHECK_INT(notices(t, ctx, &list), 4)) {
		CHECK_STR(list[0].to, STR("jia@staff.example"));
		CHECK(!str_contains(list[0].text, STR("请抓紧")));
	}
}

/* ---- applicants */

static bool of_applicant(struct ctx *ctx, struct fixture *f, enum give_way way,
			 struct request_id *id, struct err *err)
{
	struct identity who = { .name = STR("申请人甲〇一"), .phone = STR("13800000001"),
				.email = STR("jia01@applicant.example"),
				.document = DOCUMENT_RESIDENT_ID };
	struct request_register in = { .unit = f->root, .channel = CHANNEL_EMAIL,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = ctx->today,
				       .content = STR("2019年度部门决算"), .wanted_way = way };

	return identity_add(ctx, &who, &in.applicant_id, err) &&
	       request_register(ctx, &in, id, err);
}

/* All jobs that are due, the two of progress with their listeners. */
static void run_jobs(struct test *t, struct ctx *ctx)
{
	static const struct job_listener listeners[] = {
		{ "request.registered", progress_on_registered, NULL },
		{ "request.step", progress_on_step, NULL },
	};
	struct err err = { 0 };
	struct job job;
	bool found = true;

	for (int i = 0; i < 20 && found; i++)
		if (!CHECK_OK(jobs_next(ctx, &job, &found, &err)) ||
		    (found && !CHECK_OK(jobs_run(ctx, &job, listeners, COUNT_OF(listeners), &err))))
			return;
}

static void progress(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id id, other;
	struct err err = { 0 };
	struct notice *list;
	struct fixture f;

	(void)arg;
	CHECK_OK(set_up(ctx, &f, &err));
	ctx = fixture_as(&f, "甲");
	CHECK_OK(of_applicant(ctx, &f, GIVE_BY_EMAIL, &id, &err));
	CHECK_OK(of_applicant(ctx, &f, GIVE_BY_POST, &other, &err));
	run_jobs(t, ctx);
	/* Only who chose e-mail; it is not confirmed yet (Art. 31). */
	if (!CHECK_INT(notices(t, ctx, &list), 1))
		return;
	CHECK_STR(list[0].to, STR("jia01@applicant.example"));
	CHECK_INT(list[0].subject_id, id.n);
	CHECK(list[0].answerable && str_contains(list[0].text, STR("尚待与您确认")));
	CHECK(!str_contains(list[0].text, STR("部门决算")));
	CHECK_OK(request_confirm(ctx, id, ctx->today, &err));
	CHECK_OK(request_confirm(ctx, other, ctx->today, &err));
	run_jobs(t, ctx);
	if (CHECK_INT(notices(t, ctx, &list), 2))
		CHECK(str_contains(list[0].text,
				   STR("收到申请之日为2020年6月1日，答复期限为2020年6月30日")));
	/* What was told late is no news: nobody is written to about last week. */
	const struct job job = { .topic = STR("request.step"), .subject_kind = STR("request"),
				 .subject_id = id.n, .payload = STR("request.confirm|2020-05-20") };
	CHECK_OK(progress_on_step(ctx, &job, &err));
	CHECK_INT(notices(t, ctx, &list), 2);
}

void mailroom_test(struct test *t)
{
	if (test_case(t, "the numbers of cases that a text names"))
		found_numbers(t);
	if (test_case(t, "RFC 5545: a long line is folded between characters and escaped"))
		lines(t);
	testdb_each(t, "days before an organ or a court stand in the unit's calendar",
		    disputes_in_calendar, NULL);
	testdb_each(t, "a calendar holds days of those cases its owner may see, until it ends",
		    calendars, NULL);
	testdb_each(t, "31: applicants who chose e-mail are told how far their case is", progress,
		    NULL);
	testdb_each(t, "the mail of the morning: once, on working days, without what is asked",
		    mornings, NULL);
}
