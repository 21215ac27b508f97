/*
 * lists_test.c - a list costs as many statements for fifty rows as for one; filters that one keeps;
 * files on what another unit answers.
 */
#include "casework/desk.h"
#include "casework/filter.h"
#include "casework/fixture.h"

#include "attachment/attachment.h"
#include "db/engine.h"

enum { FEW = 2, MANY = 60 };

/* What a case page or a list asks for, each told apart by its name when it grows. */
static bool queue(struct fixture *f, struct err *err)
{
	struct queue_filter filter = { .queue = QUEUE_UNCLAIMED, .unit = { true, f->root.n } };
	struct request *rows;
	struct str next;
	size_t count;

	return desk_queue_page(f->ctx, &filter, STR_NONE, MANY, &rows, &count, &next, err);
}

static bool register_by_number(struct fixture *f, struct err *err)
{
	struct desk_filter filter = { .unit = { true, f->root.n }, .order = DESK_NUMBER_UP };
	struct request *rows;
	struct str next;
	size_t count;

	return desk_page(f->ctx, &filter, STR_NONE, MANY, &rows, &count, &next, err);
}

static bool facets(struct fixture *f, struct err *err)
{
	struct desk_filter filter = { .unit = { true, f->root.n } };
	struct desk_facet *list;
	size_t count;

	return desk_facets(f->ctx, &filter, &list, &count, err);
}

static bool tasks(struct fixture *f, struct err *err)
{
	struct case_task *list;
	size_t count;

	return task_list(f->ctx, f->request, &list, &count, err) &&
	       task_list_all(f->ctx, f->other, 0, MANY, &list, &count, err);
}

static bool orders(struct fixture *f, struct err *err)
{
	struct case_order *list;
	size_t count;

	return order_list_of(f->ctx, f->request, &list, &count, err) &&
	       order_list(f->ctx, (struct opt_int){ true, f->root.n }, 0, MANY, &list, &count,
			  err);
}

static bool notes(struct fixture *f, struct err *err)
{
	struct case_note *list;
	size_t count;

	return case_notes(f->ctx, f->request, &list, &count, err);
}

static bool counts(struct fixture *f, struct err *err)
{
	struct desk_counts all;

	return desk_counts(f->ctx, (struct opt_int){ true, f->root.n }, fixture_account(f, "甲"),
			   &all, err);
}

static const struct {
	const char *name;
	bool (*read)(struct fixture *f, struct err *err);
} reads[] = {
	{ "queue", queue },   { "register", register_by_number }, { "facets", facets },
	{ "tasks", tasks },   { "orders", orders },		  { "notes", notes },
	{ "counts", counts },
};

/* One more of everything that stands in a row of a list. */
static bool grow(struct fixture *f, struct err *err)
{
	struct task_new task = { .request = f->request, .unit = f->other,
				 .question = STR("有无此件"), .due_on = date_make(2020, 6, 10) };
	struct order_new order = { .unit = f->root, .request = { true, f->request.n },
				   .text = STR("请从速办理"), .due_on = date_make(2020, 6, 10) };
	struct request_id id;
	struct task_id task_id;
	struct order_id order_id;

	(void)fixture_as(f, "甲");
	if (!fixture_register(f, "2020-05-29", &id, err) ||
	    !case_note_add(f->ctx, f->request, STR("已电话联系"), err) ||
	    !task_ask(f->ctx, &task, &task_id, err))
		return false;
	(void)fixture_as(f, "督");
	return order_issue(f->ctx, &order, &order_id, err);
}

static void same_for_many(struct test *t, struct testdb *site, const void *arg)
{
	int64_t few[COUNT_OF(reads)];
	struct err err = { 0 };
	struct fixture f;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	ctx_set_time(f.ctx, date_start(date_make(2020, 5, 29)) + 36000);
	(void)fixture_as(&f, "甲");
	f.request = fixture_request(t, &f, "2020-05-29");
	for (int i = 0; i < MANY; i++) {
		CHECK_OK(grow(&f, &err));
		if (i != FEW - 1 && i != MANY - 1)
			continue;
		for (size_t r = 0; r < COUNT_OF(reads); r++) {
			int64_t before = f.ctx->db->used;
			CHECK_OK(reads[r].read(&f, &err));
			int64_t used = f.ctx->db->used - before;
			if (i == FEW - 1)
				few[r] = used;
			else if (!CHECK(used <= few[r]))
				CHECK_STR(STR("grows"), str_from_c(reads[r].name));
		}
	}
}

/* ---- filters */

static void keeps(struct test *t, struct testdb *site, const void *arg)
{
	struct case_filter *list;
	struct err err = { 0 };
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	struct ctx *ctx = fixture_as(&f, "甲");
	CHECK_FAILS(case_filter_save(ctx, STR("  "), STR("state=open"), &err), "casework.no_text");
	CHECK_FAILS(case_filter_save(ctx, STR("全部"), STR_NONE, &err), "casework.empty_filter");
	CHECK_OK(case_filter_save(ctx, STR("今年的"), STR("year=2020"), &err));
	CHECK_OK(case_filter_save(ctx, STR("待补正"), STR("state=correcting"), &err));
	/* The same name again is the same filter, changed. */
	CHECK_OK(case_filter_save(ctx, STR("今年的"), STR("state=open&year=2020"), &err));
	CHECK_OK(case_filters(ctx, &list, &count, &err));
	CHECK_INT((int64_t)count, 2);
	int64_t id = 0;
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(list[i].name, "今年的")) {
			CHECK_STR(list[i].query, STR("state=open&year=2020"));
			id = list[i].id;
		}
	/* Nobody else's: neither seen nor deleted. */
	ctx = fixture_as(&f, "乙");
	CHECK_OK(case_filters(ctx, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
	CHECK_FAILS(case_filter_delete(ctx, id, &err), "casework.no_filter");
	ctx = fixture_as(&f, "甲");
	CHECK_OK(case_filter_delete(ctx, id, &err));
	CHECK_OK(case_filters(ctx, &list, &count, &err));
	CHECK_INT((int64_t)count, 1);
	for (int i = 1; i < CASE_FILTERS_MAX; i++)
		CHECK_OK(case_filter_save(ctx, str_format(t->arena, "第%d个", i),
					  STR("state=open"), &err));
	CHECK_FAILS(case_filter_save(ctx, STR("多一个"), STR("state=open"), &err),
		    "casework.too_many_filters");
}

static void facets_count(struct test *t, struct testdb *site, const void *arg)
{
	struct desk_filter filter = { .year = 0 };
	struct desk_facet *list;
	struct err err = { 0 };
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	ctx_set_time(f.ctx, date_start(date_make(2020, 5, 29)) + 36000);
	(void)fixture_as(&f, "甲");
	for (int i = 0; i < FEW; i++)
		(void)fixture_request(t, &f, "2020-05-29");
	for (int unit = 0; unit <= 2; unit++) {
		filter.unit = (struct opt_int){ unit > 0, unit == 2 ? f.other.n : f.root.n };
		CHECK_OK(desk_facets(f.ctx, &filter, &list, &count, &err));
		CHECK_INT((int64_t)count, 5);
		for (size_t i = 0; i < count; i++)
			CHECK_INT(list[i].count,
				  str_equal_c(list[i].state, "handling") && unit < 2 ? FEW : 0);
	}
	filter = (struct desk_filter){ .year = 2019 };
	CHECK_OK(desk_facets(f.ctx, &filter, &list, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK_INT(list[i].count, 0);
}

/* ---- files */

static void files(struct test *t, struct testdb *site, const void *arg)
{
	struct task_new task = { .question = STR("有无此件"), .due_on = date_make(2020, 6, 10) };
	struct str text = STR("会议纪要全文\n");
	struct attachment *list;
	struct task_id id;
	struct err err = { 0 };
	struct fixture f;
	size_t count;

	(void)arg;
	CHECK_OK(fixture_open(site, &f, &err));
	ctx_set_time(f.ctx, date_start(date_make(2020, 5, 29)) + 36000);
	struct ctx *ctx = fixture_as(&f, "甲");
	f.request = fixture_request(t, &f, "2020-05-29");
	task.request = f.request;
	task.unit = f.other;
	CHECK_OK(task_ask(ctx, &task, &id, &err));
	CHECK_FAILS(task_attach(ctx, id, STR("纪要.txt"), text, &err), "casework.not_your_task");
	ctx = fixture_as(&f, "丙");
	CHECK_OK(task_attach(ctx, id, STR("纪要.txt"), text, &err));
	CHECK_OK(task_answer(ctx, id, STR("有，见附件"), &err));
	CHECK_OK(task_attach(ctx, id, STR("附图.txt"), STR("附图\n"), &err));
	CHECK_OK(attachment_list(ctx, TASK_SUBJECT, id.n, &list, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK(list[0].who == BROUGHT_BY_OTHER_AGENCY);
	/* The applicant's own files are those of the request: none of these. */
	CHECK_OK(attachment_list(ctx, "request", f.request.n, &list, &count, &err));
	CHECK_INT((int64_t)count, 0);
}

void lists_test(struct test *t);
void lists_test(struct test *t)
{
	testdb_each(t, "as many statements for sixty rows as for two", same_for_many, NULL);
	testdb_each(t, "a filter is kept under a name, by one person for itself", keeps, NULL);
	testdb_each(t, "each open state says how many it would show", facets_count, NULL);
	testdb_each(t, "an asked unit sends files along, before its answer and after", files, NULL);
}
