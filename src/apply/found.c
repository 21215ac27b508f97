/* found.c - near items by their pairs of signs, and requests that were not needed. */
#include "apply/found.h"

#include "answer_sql.h"
#include "base/utf8.h"
#include "ledger/ledger.h"
#include "text/pairs.h"

#include <stdlib.h>

enum {
	PAIRS_MAX = 400,   /* of a question */
	TITLE_PAIRS = 200,
	TEXT_PAIRS = 1500, /* of an answer */
	OF_PAIR = 50,	   /* newest answers that have it */
	SCORED = 30,	   /* those that share most pairs are compared exactly */
	REPORTS = 300,
	LEAST_SHARED = 3, /* two signs in common say nothing */
	EXCERPT = 200,
};

static const struct { const char *code; struct str label; } sources[FOUND_SOURCES] = {
	[FOUND_ANSWER] = { "answer", STR_INIT("已公开的答复") },
	[FOUND_REPORT] = { "report", STR_INIT("年度报告") },
};

/* What every question and every report says, and so tells none apart [design]. */
static const char *const common_words[] = {
	"申请公开", "政府信息公开", "政府信息", "请求公开", "依法公开", "信息公开", "本人", "我想",
	"了解",	    "请问",	    "请",	"关于",	    "有关",	"相关",	    "的",
};

struct str found_source_code(enum found_source s)
{
	return str_from_c(sources[s].code);
}

struct str found_source_label(enum found_source s)
{
	return sources[s].label;
}

bool found_source_from(struct str code, enum found_source *out)
{
	for (int s = 0; s < FOUND_SOURCES; s++)
		if (str_equal_c(code, sources[s].code)) {
			*out = (enum found_source)s;
			return true;
		}
	return false;
}

static struct pairs pairs_of(struct arena *a, struct str text, size_t max)
{
	return text_pairs(a, text, common_words, COUNT_OF(common_words), max);
}

/* Of the shorter of the two; nothing while too little is shared to mean anything. */
static int nearness(const struct pairs *question, const struct pairs *item)
{
	size_t both = pairs_shared(question, item);
	size_t least = question->count < item->count ? question->count : item->count;

	return both < LEAST_SHARED || least == 0 ? 0 : (int)(both * 100 / least);
}

/* ---- items */

static struct found of_answer(struct arena *a, const struct answer *answer)
{
	struct str line = utf8_prefix(answer->text.answer, EXCERPT);

	return (struct found){ .source = FOUND_ANSWER,
			       .ref = answer->id.n,
			       .title = answer->text.title,
			       .excerpt = line.len < answer->text.answer.len ?
						  str_concat(a, line, STR("……")) :
						  line,
			       .href = str_format(a, "/answers/%lld", (long long)answer->id.n),
			       .unit = answer->unit,
			       .public_on = answer->public_on.v };
}

static struct found of_report(struct arena *a, const struct public_reports_row *r)
{
	return (struct found){
		.source = FOUND_REPORT,
		.ref = r->id,
		.title = str_format(a, STR_FMT "%lld年政府信息公开工作年度报告",
				    STR_ARG(r->unit_name), (long long)r->year),
		.excerpt = STR("主动公开、收到和处理申请、行政复议和行政诉讼的数字，每个数字可以打开其记录。"),
		.href = str_format(a, "/reports/%lld/" STR_FMT, (long long)r->year,
				   STR_ARG(r->unit_code)),
		.unit = r->unit_id,
		.unit_name = r->unit_name,
		.public_on = r->published_on,
	};
}

bool found_item(struct ctx *ctx, enum found_source source, int64_t ref, struct found *out,
		struct err *err)
{
	struct public_report_row row;
	struct answer answer;
	struct unit unit;
	bool found = true;

	if (source == FOUND_ANSWER) {
		if (!answer_find(ctx, (struct answer_id){ ref }, &answer, err))
			return false;
		if (answer.state != ANSWER_PUBLIC)
			return err_set(err, ERR_NOT_FOUND, "apply.not_public", " ");
		if (!agency_unit(ctx, answer.unit, &unit, err))
			return false;
		*out = of_answer(ctx->arena, &answer);
		out->unit_name = unit.name;
		return true;
	}
	if (!public_report(ctx, &(struct public_report_in){ .id = ref }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "apply.not_public", " ");
	struct public_reports_row same = { row.id,	  row.year,	 row.unit_id,
					   row.unit_code, row.unit_name, row.published_on };
	*out = of_report(ctx->arena, &same);
	return true;
}

/* ---- searching */

struct hits { struct found *list; size_t count, max; };

static void add(struct hits *h, struct found item, int score, int least)
{
	if (score < least || h->count == h->max)
		return;
	item.score = score;
	h->list[h->count++] = item;
}

static int compare_i64(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct shared { int64_t id; int pairs; };

static int compare_shared(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	if (x->pairs != y->pairs)
		return y->pairs - x->pairs;
	return (y->id > x->id) - (y->id < x->id);
}

/* Answers by how many pairs they share with the question, most first. */
static bool sharing(struct ctx *ctx, const struct pairs *q, struct shared **out, size_t *count,
		    struct err *err)
{
	int64_t *ids = ARENA_ARRAY(ctx->arena, q->count * OF_PAIR, int64_t);
	size_t n = 0;

	for (size_t i = 0; i < q->count; i++) {
		struct answers_with_pair_in in = { .pair = (int64_t)q->list[i], .max = OF_PAIR };
		struct answers_with_pair_row *rows;
		size_t found;
		if (!answers_with_pair_all(ctx, &in, OF_PAIR, &rows, &found, err))
			return false;
		for (size_t k = 0; k < found; k++)
			ids[n++] = rows[k].answer_id.n;
	}
	qsort(ids, n, sizeof *ids, compare_i64);
	*out = ARENA_ARRAY(ctx->arena, n, struct shared);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || ids[i] != ids[i - 1])
			(*out)[(*count)++] = (struct shared){ ids[i], 0 };
		(*out)[*count - 1].pairs++;
	}
	qsort(*out, *count, sizeof **out, compare_shared);
	return true;
}

static bool search_answers(struct ctx *ctx, const struct pairs *q, int least, struct hits *h,
			   struct err *err)
{
	struct arena *a = ctx->arena;
	struct shared *list;
	size_t count;

	if (!sharing(ctx, q, &list, &count, err))
		return false;
	for (size_t i = 0; i < count && i < SCORED; i++) {
		struct answer answer;
		struct unit unit;
		if (!answer_find(ctx, (struct answer_id){ list[i].id }, &answer, err) ||
		    !agency_unit(ctx, answer.unit, &unit, err))
			return false;
		if (answer.state != ANSWER_PUBLIC)
			continue;
		struct str all = str_concat(a, answer.text.title, answer.text.answer);
		struct pairs title = pairs_of(a, answer.text.title, TITLE_PAIRS);
		struct pairs whole = pairs_of(a, all, TEXT_PAIRS);
		int by_title = nearness(q, &title), by_all = nearness(q, &whole);
		struct found item = of_answer(a, &answer);
		item.unit_name = unit.name;
		add(h, item, by_title > by_all ? by_title : by_all, least);
	}
	return true;
}

static bool search_reports(struct ctx *ctx, const struct pairs *q, int least, struct hits *h,
			   struct err *err)
{
	struct public_reports_in in = { .max = REPORTS };
	struct public_reports_row *rows;
	size_t count;

	if (!public_reports_all(ctx, &in, REPORTS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct found item = of_report(ctx->arena, &rows[i]);
		struct pairs title = pairs_of(ctx->arena, item.title, TITLE_PAIRS);
		add(h, item, nearness(q, &title), least);
	}
	return true;
}

static int compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	if (x->source != y->source)
		return (int)x->source - (int)y->source;
	int later = date_compare(y->public_on, x->public_on);
	return later != 0 ? later : (y->ref > x->ref) - (y->ref < x->ref);
}

bool found_search(struct ctx *ctx, struct str text, int least, size_t max, struct found **out,
		  size_t *count, struct err *err)
{
	struct pairs q = pairs_of(ctx->arena, text, PAIRS_MAX);
	struct hits h = { ARENA_ARRAY(ctx->arena, SCORED + REPORTS, struct found), 0,
			  SCORED + REPORTS };

	if (!search_answers(ctx, &q, least, &h, err) || !search_reports(ctx, &q, least, &h, err))
		return false;
	qsort(h.list, h.count, sizeof *h.list, compare_found);
	*out = h.list;
	*count = h.count < max ? h.count : max;
	return true;
}

/* ---- the index of answers */

bool found_index(struct ctx *ctx, const struct answer *a, struct err *err)
{
	struct str all = str_concat(ctx->arena, a->text.title, a->text.answer);
	struct pairs p = pairs_of(ctx->arena, all, TEXT_PAIRS);

	for (size_t i = 0; i < p.count; i++) {
		struct answer_pair_insert_in in = { (int64_t)p.list[i], a->id };
		if (!answer_pair_insert(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

bool found_forget(struct ctx *ctx, struct answer_id id, struct err *err)
{
	struct answer_pair_delete_in in = { .answer_id = id };

	return answer_pair_delete(ctx, &in, NULL, err);
}

bool found_rebuild(struct ctx *ctx, size_t *changed, struct err *err)
{
	enum { AT_ONCE = 100 };
	struct answer *list;
	int64_t before = 0;
	size_t count;

	*changed = 0;
	do {
		if (!answer_list_public(ctx, before, AT_ONCE, &list, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!found_forget(ctx, list[i].id, err) || !found_index(ctx, &list[i], err))
				return false;
		*changed += count;
		before = count > 0 ? list[count - 1].id.n : 0;
	} while (count == AT_ONCE);
	return true;
}

/* ---- requests that were not needed */

bool found_answered(struct ctx *ctx, struct str visitor, const struct found *item,
		    struct err *err)
{
	struct avoided_insert_in in = { .visitor = visitor,
					.source = found_source_code(item->source),
					.ref = item->ref,
					.title = item->title,
					.unit_id = item->unit,
					.found_on = ctx->today,
					.year = date_year(ctx->today) };
	struct avoided_of_visitor_in who = { .visitor = visitor };
	struct ledger_change change = { "title", STR_NONE, item->title };
	struct ledger_event e = { .subject_kind = sources[item->source].code,
				  .subject_id = item->ref,
				  .verb = "apply.avoid",
				  .changes = &change,
				  .changes_count = 1 };
	struct avoided_of_visitor_row row;
	int64_t seq, added;
	bool found;

	if (!avoided_of_visitor(ctx, &who, &row, &found, err))
		return false;
	if (found && row.found >= FOUND_VISITOR_MAX)
		return true;
	return avoided_insert(ctx, &in, &added, err) &&
	       (added == 0 || ledger_append(ctx, &e, &seq, err));
}

bool found_asked_after_all(struct ctx *ctx, struct str visitor, struct request_id sent,
			   struct err *err)
{
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = sent.n,
				  .verb = "apply.not_avoided" };
	int64_t gone, seq;

	return avoided_delete(ctx, &(struct avoided_delete_in){ .visitor = visitor }, &gone, err) &&
	       (gone == 0 || ledger_append(ctx, &e, &seq, err));
}
