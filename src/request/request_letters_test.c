/* request_letters_test.c - each step drafts its letters, and what the case knows stands in them. */
#include "request/request_letters.h"

#include "db/testdb.h"

static struct date day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

#define ON .on = { 18571 } /* 2020-11-05 */
#define UNTIL .until = { 18584 }
#define TEXT(words) .text = STR_INIT(words)

/* What goes before, and the step whose letters are looked at: the last one that is set. */
static const struct row {
	const char *title;
	struct request_step steps[6];
	struct { const char *kind, *addressee, *says[4], *open[2]; } letters[2];
} rows[] = {
	{ "the receipt",
	  { { .verb = VERB_CONFIRM, ON } },
	  { { "receipt", "申请人甲〇一", { "YX-2020-0001", "2020年11月30日" }, { NULL } } } },
	{ "the correction, all points numbered",
	  { { .verb = VERB_ASK_CORRECTION,
	      ON,
	      UNTIL,
	      TEXT("年份不明确\n名称不全"),
	      .guidance = STR_INIT("可以写文号") } },
	  { { "correct",
	      "申请人甲〇一",
	      { "一、年份不明确", "二、名称不全", "2020年11月18日", "可以写文号" },
	      { NULL } } } },
	{ "a third party, and the applicant is told",
	  { { .verb = VERB_OPEN_INQUIRY, ON, .target = STR_INIT("某示例公司"), TEXT("投标报价") } },
	  { { "ask_third", "某示例公司", { "“投标报价”", "你单位", "15个工作日" }, { "涉及权益" } },
	    { "tell_asking", "申请人甲〇一", { "第三方", "2020年11月5日" }, { NULL } } } },
	{ "a joint maker",
	  { { .verb = VERB_OPEN_INQUIRY,
	      .inquiry = INQUIRY_JOINT_MAKER,
	      ON,
	      .target = STR_INIT("区示例局"),
	      TEXT("联合通知") } },
	  { { "ask_joint", "区示例局", { "联合通知", "视为同意公开" }, { NULL } },
	    { "tell_asking", "申请人甲〇一", { "有关行政机关" }, { NULL } } } },
	{ "another agency",
	  { { .verb = VERB_OPEN_INQUIRY,
	      .inquiry = INQUIRY_OTHER_AGENCY,
	      ON,
	      .target = STR_INIT("市示例局"),
	      TEXT("会商文件") } },
	  { { "ask_other", "市示例局", { "会商文件", "第十一条" }, { "回复期限" } },
	    { "tell_asking", "申请人甲〇一", { "有关行政机关" }, { NULL } } } },
	{ "published against a third party's reasons",
	  { { .verb = VERB_OPEN_INQUIRY, ON, .target = STR_INIT("某示例公司"), TEXT("投标报价") },
	    { .verb = VERB_CLOSE_INQUIRY,
	      ON,
	      .answer = INQUIRY_REFUSES_WITH_REASONS,
	      TEXT("商业秘密") },
	    { .verb = VERB_TELL_THIRD,
	      ON,
	      .reason = STR_INIT("不公开可能对公共利益造成重大影响") } },
	  { { "tell_third",
	      "某示例公司",
	      { "投标报价", "不公开可能对公共利益造成重大影响", "第三十二条" },
	      { "公开日期" } } } },
	{ "reasons asked for",
	  { { .verb = VERB_ASK_REASONS,
	      ON,
	      UNTIL,
	      .since = { 18400 },
	      .till = { 18560 },
	      .count = 43 } },
	  { { "explain", "申请人甲〇一", { "43件", "2020年5月18日", "2020年11月18日" }, { NULL } } } },
	{ "a reasonable later day",
	  { { .verb = VERB_ASK_REASONS,
	      ON,
	      UNTIL,
	      .since = { 18400 },
	      .till = { 18560 },
	      .count = 43 },
	    { .verb = VERB_RECEIVE_REASONS, ON, TEXT("研究") },
	    { .verb = VERB_JUDGE_REASONS, ON, .agreed = true, .reason = STR_INIT("确有需要") },
	    { .verb = VERB_DELAY, ON, .until = { 18659 }, .reason = STR_INIT("件数多") } },
	  { { "delay_reasonable", "申请人甲〇一", { "43件", "2021年2月1日" }, { NULL } } } },
	{ "an extension that is approved",
	  { { .verb = VERB_PROPOSE_EXTENSION, ON, .days = 10, .reason = STR_INIT("涉及档案较多") },
	    { .verb = VERB_APPROVE_EXTENSION, ON, .agreed = true } },
	  { { "extend",
	      "申请人甲〇一",
	      { "因涉及档案较多", "2020年11月30日", "10个工作日", "2020年12月14日" },
	      { NULL } } } },
	{ "an extension that is not",
	  { { .verb = VERB_PROPOSE_EXTENSION, ON, .days = 10, .reason = STR_INIT("涉及档案较多") },
	    { .verb = VERB_APPROVE_EXTENSION, ON, .reason = STR_INIT("可以按期") } },
	  { { NULL, NULL, { NULL }, { NULL } } } },
};

static bool take(struct ctx *ctx, struct request_id id, const struct request_step *step,
		 struct err *err)
{
	ctx->actor.account_id = step->verb == VERB_APPROVE_EXTENSION ? 2 : 1;
	return step->verb == VERB_CONFIRM || request_take_step(ctx, id, step, err);
}

static void look_at(struct test *t, struct ctx *ctx, struct letter_id id, const struct row *row,
		    size_t which)
{
	struct letter letter;
	struct err err = { 0 };
	size_t open;

	if (!CHECK_OK(letter_load(ctx, id, &letter, &err)))
		return;
	CHECK_STR(str_from_c(letter.kind->code), str_from_c(row->letters[which].kind));
	CHECK_STR(letter.addressee, str_from_c(row->letters[which].addressee));
	struct str plain = letter_plain(t->arena, &letter);
	for (size_t i = 0; i < 4 && row->letters[which].says[i] != NULL; i++)
		if (!CHECK(str_contains(plain, str_from_c(row->letters[which].says[i]))))
			CHECK_STR(plain, str_from_c(row->letters[which].says[i]));
	const struct letter_field **fields = letter_open_fields(t->arena, &letter, &open);
	for (size_t i = 0; i < open; i++)
		CHECK_STR(fields[i]->name,
			  i < 2 && row->letters[which].open[i] != NULL
				  ? str_from_c(row->letters[which].open[i])
				  : STR_NONE);
}

static void drafts(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	const struct row *row = arg;
	const struct request_step *last = NULL;
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT };
	struct request_register in = { .channel = CHANNEL_IN_PERSON,
				       .submitted_on = day("2020-11-02"),
				       .content = STR("某项目的环评批复") };
	struct request_letters letters;
	struct err err = { 0 };
	struct request_id id;
	size_t expected = 0;

	ctx_set_time(ctx, date_start(day("2020-11-05")) + 10 * 3600);
	CHECK_OK(agency_add_unit(ctx, &root, &in.unit, &err));
	struct identity person = { .name = STR("申请人甲〇一"), .phone = STR("13800000000"),
				   .address = STR("示例路1号") };
	CHECK_OK(identity_add(ctx, &person, &in.applicant_id, &err));
	CHECK_OK(request_register(ctx, &in, &id, &err));
	for (size_t i = 0; i < COUNT_OF(row->steps) && row->steps[i].on.ordinal != 0; i++) {
		last = &row->steps[i];
		CHECK_OK(take(ctx, id, last, &err));
	}
	CHECK_OK(request_draft_letters(ctx, id, last, &letters, &err));
	while (expected < 2 && row->letters[expected].kind != NULL)
		expected++;
	CHECK_INT((int64_t)letters.count, (int64_t)expected);
	for (size_t i = 0; i < letters.count && i < expected; i++)
		look_at(t, ctx, letters.ids[i], row, i);
}

void request_letters_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		testdb_each(t, rows[i].title, drafts, &rows[i]);
}
