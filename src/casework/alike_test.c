/* alike_test.c - what is alike is found, what is not is left alone; and what several ask for. */
#include "casework/alike.h"

#include "casework/fixture.h"
#include "identity/identity.h"

static const struct pair_row {
	const char *left, *right;
	int low, high;
} pair_rows[] = {
	{ "申请公开2019年度部门决算", "申请公开2019年度部门决算", 100, 100 },
	{ "申请公开2019年度部门决算。", "请求公开：2019年度部门决算", 100, 100 },
	{ "东山口片区城市更新项目补偿标准及批准文件", "东山口片区城市更新项目的补偿标准和批准文件", 70, 99 },
	{ "2019年度部门决算", "大塘街道低保资金发放明细", 0, 10 },
	{ "", "", 0, 0 },
	{ "的", "信息公开", 0, 0 },
};

static void scores(struct test *t)
{
	if (!test_case(t, "texts are as alike as their pairs of characters"))
		return;
	for (size_t i = 0; i < COUNT_OF(pair_rows); i++) {
		struct str left = str_from_c(pair_rows[i].left),
			   right = str_from_c(pair_rows[i].right);
		int score = alike_score(t->arena, left, right);
		CHECK(score >= pair_rows[i].low && score <= pair_rows[i].high);
		CHECK_INT(alike_score(t->arena, right, left), score);
	}
}

/* ---- planted among others: subjects put together from parts, so that many share some */

enum { SUBJECTS = 8, KINDS = 8, PLACES = 6, PLANTED = 40 };
static const char *const subjects[SUBJECTS] = {
	"旧城改造项目征收补偿安置方案", "幼儿园学位供给与收费备案材料", "行政处罚决定书及案卷目录",
	"政府投资项目初步设计批复",	"低保资金发放汇总明细表",	"道路绿化养护招标采购合同",
	"环境影响评价报告批准文件",	"公租房分配轮候名册统计",
};
static const char *const kinds[KINDS] = {
	"二〇一九年度全年", "二〇二〇年上半年", "近三年以来历次", "最近一次修订后", "首次公布时原始", "会议讨论通过的",
	"专家论证意见和", "财政评审结论与",
};
static const char *const places[PLACES] = { "大塘街道", "东山口片区", "北京路商圈", "黄花岗街", "矿泉街", "登峰街" };

static struct str subject_of(struct arena *a, int i)
{
	return str_format(a, "申请公开%s%s%s", places[i % PLACES], kinds[i / PLACES % KINDS],
			  subjects[i / (PLACES * KINDS) % SUBJECTS]);
}

/* The same asked for in other words. */
static struct str rephrased(struct arena *a, int way, struct str text)
{
	switch (way % 4) {
	case 0: return str_concat(a, STR("您好，"), str_concat(a, text, STR("，谢谢。")));
	case 1: return str_concat(a, text, STR("的电子版"));
	case 2: return str_concat(a, STR("现依法"), str_concat(a, text, STR("（加盖公章）")));
	default: return str_format(a, "本人请求公开：" STR_FMT "。",
				   STR_ARG(str_slice(text, STR("申请公开").len, text.len)));
	}
}

static bool add(struct fixture *f, struct str content, struct request_id *id, struct err *err)
{
	struct request_register in = { .unit = f->root,
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = date_make(2020, 5, 29),
				       .content = content };

	return request_register(f->ctx, &in, id, err);
}

/* Whatever was lost or spoilt in the index, it is made again as it was. */
static void made_again(struct test *t, struct testdb *site, const void *arg)
{
	enum { SOME = 30 };
	struct ctx *ctx = &site->ctx;
	struct alike *before, *after;
	size_t before_count, after_count, indexed = 0;
	struct request_id id, again;
	struct err err = { 0 };
	struct hint hint, first;
	struct fixture f;
	bool more = true, found;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	for (int i = 0; i < SOME; i++)
		CHECK_OK(add(&f, subject_of(t->arena, i), &id, &err));
	CHECK_OK(add(&f, subject_of(t->arena, 0), &again, &err));
	while (more)
		CHECK_OK(alike_catch_up(ctx, 10, &more, &err));
	CHECK_OK(alike_of(ctx, again, &before, &before_count, &err));
	CHECK(before_count > 0 && before[0].id.n == 1);
	CHECK_OK(hint_of(ctx, again, &first, &found, &err));
	(void)fixture_as(&f, "甲");
	CHECK_OK(hint_settle(ctx, (struct request_id){ 1 }, HINT_KEPT, STR("涉及个人"), &err));
	for (int round = 0; round < 2; round++) {
		CHECK_OK(alike_rebuild(ctx, &indexed, &err));
		CHECK_INT((int64_t)indexed, SOME + 1);
		CHECK_OK(alike_of(ctx, again, &after, &after_count, &err));
		CHECK_INT((int64_t)after_count, (int64_t)before_count);
		for (size_t i = 0; i < after_count && i < before_count; i++)
			CHECK(after[i].id.n == before[i].id.n && after[i].score == before[i].score);
		/* What people have settled is no view of anything: it stays. */
		CHECK_OK(hint_of(ctx, again, &hint, &found, &err));
		CHECK(found && hint.state == HINT_KEPT);
		CHECK_INT(hint.requests, first.requests);
		CHECK_STR(hint.reason, STR("涉及个人"));
	}
}

/*
 * 384 subjects and 40 that ask again for one of them. Of a pair whose exact score is 60 or more
 * 19 in 20 must be found (recall), whatever is shown must truly score 50 (precision).
 */
static void finds_planted(struct test *t, struct testdb *site, const void *arg)
{
	enum { ALL = SUBJECTS * KINDS * PLACES };
	struct ctx *ctx = &site->ctx;
	int wanted = 0, found = 0, shown = 0, right = 0;
	struct err err = { 0 };
	struct request_id id;
	struct fixture f;
	bool more = true;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	for (int i = 0; i < ALL; i++)
		CHECK_OK(add(&f, subject_of(t->arena, i), &id, &err));
	while (more)
		CHECK_OK(alike_catch_up(ctx, 100, &more, &err));
	for (int i = 0; i < PLANTED; i++) {
		int of = i * 9 % ALL;
		struct str text = rephrased(t->arena, i, subject_of(t->arena, of));
		struct alike *list;
		size_t count;
		CHECK_OK(alike_search(ctx, f.root, text, &list, &count, &err));
		bool is_wanted =
			alike_score(t->arena, text, subject_of(t->arena, of)) >= ALIKE_SAME;
		wanted += is_wanted ? 1 : 0;
		for (size_t k = 0; k < count; k++) {
			int exact = alike_score(t->arena, text,
						subject_of(t->arena, (int)list[k].id.n - 1));
			found += is_wanted && list[k].id.n == of + 1 ? 1 : 0;
			right += exact == list[k].score && exact >= ALIKE_SHOWN ? 1 : 0;
			shown++;
		}
		CHECK(!is_wanted || (count > 0 && list[0].id.n == of + 1) ||
		      found * 20 >= wanted * 19);
	}
	CHECK(wanted >= PLANTED * 3 / 4);
	CHECK(found * 20 >= wanted * 19);
	CHECK_INT(right, shown);
}

/* ---- Art. 44 */

static bool by_person(struct fixture *f, const char *name, const char *phone, struct request_id *id,
		      struct err *err)
{
	struct identity who = { .name = str_from_c(name), .phone = str_from_c(phone),
				.address = STR("示例路1号") };
	struct request_register in = { .unit = f->root,
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = date_make(2020, 5, 29),
				       .content = STR("申请公开旧城改造项目征收补偿安置方案") };
	bool more;

	return identity_add(f->ctx, &who, &in.applicant_id, err) &&
	       request_register(f->ctx, &in, id, err) && alike_catch_up(f->ctx, 10, &more, err);
}

static void hints(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct request_id first, again, other;
	struct err err = { 0 };
	struct hint hint, *list;
	struct fixture f;
	size_t count;
	bool found;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	CHECK_OK(by_person(&f, "申请人甲〇一", "13800000001", &first, &err));
	CHECK_OK(hint_of(ctx, first, &hint, &found, &err));
	CHECK(!found);
	CHECK_OK(by_person(&f, "申请人甲〇一", "13800000001", &again, &err));
	CHECK_OK(hint_of(ctx, again, &hint, &found, &err));
	CHECK(!found); /* one person twice is a repeat, no wish of several */
	CHECK_OK(by_person(&f, "申请人乙〇二", "13800000002", &other, &err));
	CHECK_OK(hint_of(ctx, again, &hint, &found, &err));
	CHECK(found);
	CHECK_INT(hint.applicants, 2);
	CHECK_INT(hint.requests, 3);
	CHECK_INT(hint.topic.n, first.n);
	CHECK_OK(hint_list(ctx, f.root, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	CHECK_FAILS(hint_settle(fixture_as(&f, "丙"), first, HINT_KEPT, STR("不公开"), &err),
		    "request.not_yours");
	CHECK_OK(hint_settle(fixture_as(&f, "审"), first, HINT_PUBLISHED, STR("已发布"), &err));
	CHECK_FAILS(hint_settle(fixture_as(&f, "审"), first, HINT_KEPT, STR("再议"), &err),
		    "casework.no_hint");
	CHECK_OK(hint_list(ctx, f.root, 0, 10, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

void alike_test(struct test *t)
{
	scores(t);
	testdb_each(t, "36(6): planted requests are found again among others", finds_planted, NULL);
	testdb_each(t, "44: several ask for the same, one person twice is no hint", hints, NULL);
	testdb_each(t, "the index of what is alike is made again from nothing", made_again, NULL);
}
