/* alike.c - pairs of characters, min-hashes, and what they find. */
#include "casework/alike.h"

#include "alike_sql.h"
#include "casework/casework_internal.h"
#include "casework_sql.h"
#include "text/pairs.h"

#include <assert.h>
#include <stdlib.h>

#define UNTIL_SETTING "casework.alike_until"

enum {
	BANDS = 16,
	ROWS = 4, /* 16 bands of 4 find 0.5 in two of three cases, 0.7 in 99 of 100 */
	PAIRS_MAX = 1500,
	OF_BAND = 64,	 /* newest candidates of each band */
	SCORED = 50,	 /* those that share most bands are compared exactly */
	CHUNK = 200,	 /* indexed in one transaction */
	MEMBERS = 200,	 /* of a topic, whose applicants are told apart */
};

/* What every request says, and so tells none apart [design]. */
static const char *const common_words[] = { "申请公开", "政府信息公开", "政府信息", "请求公开",
					    "依法公开", "信息公开",	"本人申请", "的" };

static struct pairs pairs_of(struct arena *a, struct str text)
{
	return text_pairs(a, text, common_words, COUNT_OF(common_words), PAIRS_MAX);
}

static int score_of(const struct pairs *a, const struct pairs *b)
{
	size_t both = pairs_shared(a, b), all = a->count + b->count - both;

	return all == 0 ? 0 : (int)(both * 100 / all);
}

int alike_score(struct arena *a, struct str left, struct str right)
{
	struct pairs l = pairs_of(a, left), r = pairs_of(a, right);

	return score_of(&l, &r);
}

static void sketch(const struct pairs *p, int64_t hash[BANDS])
{
	for (int band = 0; band < BANDS; band++) {
		uint64_t joined = (uint64_t)band + 1;
		for (int row = 0; row < ROWS; row++) {
			uint64_t seed = pairs_mix((uint64_t)(band * ROWS + row + 1) *
					    UINT64_C(0x9e3779b97f4a7c15));
			uint64_t least = UINT64_MAX;
			for (size_t i = 0; i < p->count; i++) {
				uint64_t h = pairs_mix(p->list[i] ^ seed);
				least = h < least ? h : least;
			}
			joined = pairs_mix(joined ^ least);
		}
		hash[band] = (int64_t)(joined >> 1); /* both engines' integers have a sign */
	}
}

/* ---- candidates */

struct candidate {
	int64_t id;
	int shared;
};
struct candidates {
	struct candidate list[BANDS * OF_BAND];
	size_t count;
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->shared != y->shared)
		return y->shared - x->shared;
	return (y->id > x->id) - (y->id < x->id);
}

static void add_candidate(struct candidates *c, int64_t id)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->list[i].id == id) {
			c->list[i].shared++;
			return;
		}
	}
	c->list[c->count++] = (struct candidate){ id, 1 };
}

static bool find_candidates(struct ctx *ctx, struct unit_id unit, const int64_t hash[BANDS],
			    int64_t before, struct candidates *c, struct err *err)
{
	for (int band = 0; band < BANDS; band++) {
		struct alike_of_band_in in = { .unit_id = unit, .hash = hash[band],
					       .before = before, .max = OF_BAND };
		struct alike_of_band_row *rows;
		size_t count;
		if (!alike_of_band_all(ctx, &in, OF_BAND, &rows, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			add_candidate(c, rows[i].request_id.n);
	}
	qsort(c->list, c->count, sizeof c->list[0], compare_candidates);
	return true;
}

static int compare_alike(const void *a, const void *b)
{
	const struct alike *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	return (y->id.n > x->id.n) - (y->id.n < x->id.n);
}

/* The exact score of the best candidates, best first. */
static bool search(struct ctx *ctx, struct unit_id unit, const struct pairs *p,
		   const int64_t hash[BANDS], int64_t before, struct alike **out, size_t *count,
		   struct err *err)
{
	struct candidates *c = ARENA_NEW(ctx->arena, struct candidates);

	*count = 0;
	*out = ARENA_ARRAY(ctx->arena, SCORED, struct alike);
	if (p->count == 0)
		return true;
	if (!find_candidates(ctx, unit, hash, before, c, err))
		return false;
	size_t scored = c->count < SCORED ? c->count : SCORED;
	struct request_id *ids = ARENA_ARRAY(ctx->arena, scored, struct request_id);
	struct request *list;
	for (size_t i = 0; i < scored; i++)
		ids[i] = (struct request_id){ c->list[i].id };
	if (!request_find_many(ctx, ids, scored, &list, err))
		return false;
	for (size_t i = 0; i < scored; i++) {
		struct pairs other = pairs_of(ctx->arena, list[i].content);
		int score = score_of(p, &other);
		if (score >= ALIKE_SHOWN && list[i].unit.n == unit.n)
			(*out)[(*count)++] = (struct alike){ list[i].id, score };
	}
	qsort(*out, *count, sizeof **out, compare_alike);
	if (*count > ALIKE_MAX)
		*count = ALIKE_MAX;
	return true;
}

bool alike_search(struct ctx *ctx, struct unit_id unit, struct str text, struct alike **out,
		  size_t *count, struct err *err)
{
	struct pairs p = pairs_of(ctx->arena, text);
	int64_t hash[BANDS];

	sketch(&p, hash);
	return search(ctx, unit, &p, hash, INT64_MAX, out, count, err);
}

bool alike_of(struct ctx *ctx, struct request_id id, struct alike **out, size_t *count,
	      struct err *err)
{
	struct alike_rows_in in = { .request_id = id, .max = ALIKE_MAX };
	struct alike_rows_row *rows;

	if (!alike_rows_all(ctx, &in, ALIKE_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct alike);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct alike){ rows[i].other_id, (int)rows[i].score };
	return true;
}

/* ---- indexing */

/* The topic is that of the earlier request most like it, if they ask for the same. */
static bool set_topic(struct ctx *ctx, struct request_id id, struct unit_id unit,
		      const struct alike *best, struct err *err)
{
	struct alike_insert_topic_in in = { .request_id = id, .topic_id = id };
	struct alike_topic_row row;
	bool found = false;

	if (best == NULL || best->score < ALIKE_SAME)
		return alike_insert_topic(ctx, &in, NULL, err);
	if (!alike_topic(ctx, &(struct alike_topic_in){ .request_id = best->id }, &row, &found,
			 err))
		return false;
	in.topic_id = found ? row.topic_id : best->id;
	struct alike_count_hint_in hint = { .topic_id = in.topic_id, .unit_id = unit };
	return alike_insert_topic(ctx, &in, NULL, err) && alike_count_hint(ctx, &hint, NULL, err);
}

static bool index_one(struct ctx *ctx, const struct alike_next_row *row, struct err *err)
{
	struct pairs p = pairs_of(ctx->arena, row->content);
	int64_t hash[BANDS];
	struct alike *list;
	size_t count;

	sketch(&p, hash);
	if (!search(ctx, row->unit_id, &p, hash, row->id.n, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct alike_insert_in one = { row->id, list[i].id, list[i].score };
		struct alike_insert_in back = { list[i].id, row->id, list[i].score };
		if (!alike_insert(ctx, &one, NULL, err) || !alike_insert(ctx, &back, NULL, err))
			return false;
	}
	for (int band = 0; band < BANDS && p.count > 0; band++) {
		struct alike_insert_band_in in = { row->unit_id, hash[band], row->id };
		if (!alike_insert_band(ctx, &in, NULL, err))
			return false;
	}
	return set_topic(ctx, row->id, row->unit_id, count > 0 ? &list[0] : NULL, err);
}

static bool catch_up(struct ctx *ctx, size_t max, size_t *indexed, struct err *err)
{
	struct alike_next_in in = { .max = (int64_t)max };
	struct alike_next_row *rows;
	size_t count;

	if (!casework_setting(ctx, UNTIL_SETTING, 0, &in.after, err) ||
	    !alike_next_all(ctx, &in, max, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct arena_mark mark = arena_mark(ctx->arena);
		if (!index_one(ctx, &rows[i], err))
			return false;
		arena_rewind(ctx->arena, mark);
	}
	*indexed = count;
	if (count == 0)
		return true;
	struct case_setting_write_in until = {
		.name = STR(UNTIL_SETTING),
		.value = str_format(ctx->arena, "%lld", (long long)rows[count - 1].id.n),
	};
	return case_setting_write(ctx, &until, NULL, err);
}

bool alike_catch_up(struct ctx *ctx, size_t max, bool *more, struct err *err)
{
	size_t indexed;

	if (!catch_up(ctx, max, &indexed, err))
		return false;
	*more = indexed == max;
	return true;
}

bool alike_rebuild(struct ctx *ctx, size_t *indexed, struct err *err)
{
	struct case_setting_write_in from_start = { .name = STR(UNTIL_SETTING), .value = STR("0") };
	bool more = true;

	*indexed = 0;
	if (!alike_forget_bands(ctx, NULL, err) || !alike_forget_pairs(ctx, NULL, err) ||
	    !alike_forget_topics(ctx, NULL, err) || !alike_forget_hints(ctx, NULL, err) ||
	    !alike_zero_hints(ctx, NULL, err) || !case_setting_write(ctx, &from_start, NULL, err))
		return false;
	while (more) {
		struct arena_mark mark = arena_mark(ctx->arena);
		size_t some;
		if (!catch_up(ctx, CHUNK, &some, err))
			return false;
		arena_rewind(ctx->arena, mark);
		*indexed += some;
		more = some == CHUNK;
	}
	return true;
}

bool alike_on_job(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct job_new again = { .topic = "alike.more", .subject_kind = "" };
	bool more;

	(void)job; /* whichever it was: all that came since the last time */
	return alike_catch_up(ctx, CHUNK, &more, err) && (!more || jobs_add(ctx, &again, err));
}

/* ---- 条例第四十四条 */

static const char *const hint_codes[] = { [HINT_OPEN] = "open", [HINT_PUBLISHED] = "published",
					  [HINT_KEPT] = "kept" };

static bool count_applicants(struct ctx *ctx, struct hint *h, struct err *err)
{
	struct alike_applicants_in in = { .topic_id = h->topic, .max = MEMBERS };
	struct alike_applicants_row row;
	bool found;

	if (!alike_applicants(ctx, &in, &row, &found, err))
		return false;
	h->applicants = row.known;
	h->unknown = row.unknown;
	return true;
}

static bool load_hint(struct ctx *ctx, struct request_id topic, struct hint *out, bool *found,
		      struct err *err)
{
	struct alike_hint_row row;

	if (!alike_hint(ctx, &(struct alike_hint_in){ .topic_id = topic }, &row, found, err))
		return false;
	if (!*found)
		return true;
	*out = (struct hint){ .topic = topic, .unit = row.unit_id, .requests = row.requests,
			      .reason = row.reason };
	for (int s = HINT_OPEN; s <= HINT_KEPT; s++)
		if (str_equal_c(row.state, hint_codes[s]))
			out->state = (enum hint_state)s;
	return count_applicants(ctx, out, err);
}

bool hint_of(struct ctx *ctx, struct request_id id, struct hint *out, bool *found, struct err *err)
{
	struct alike_topic_row row;

	if (!alike_topic(ctx, &(struct alike_topic_in){ .request_id = id }, &row, found, err))
		return false;
	if (!*found)
		return true;
	if (!load_hint(ctx, row.topic_id, out, found, err))
		return false;
	*found = *found && out->applicants + out->unknown >= 2;
	return true;
}

bool hint_list(struct ctx *ctx, struct unit_id unit, int64_t after, size_t max, struct hint **out,
	       size_t *count, struct err *err)
{
	struct alike_hints_open_in in = { .unit_id = unit, .after = after, .max = (int64_t)max };
	struct alike_hints_open_row *rows;
	bool found;

	if (!alike_hints_open_all(ctx, &in, max, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct hint);
	for (size_t i = 0; i < *count; i++)
		if (!load_hint(ctx, rows[i].topic_id, &(*out)[i], &found, err))
			return false;
	return true;
}

bool hint_settle(struct ctx *ctx, struct request_id topic, enum hint_state state,
		 struct str reason, struct err *err)
{
	struct alike_settle_in in = { .topic_id = topic, .state = str_from_c(hint_codes[state]) };
	struct ledger_change change = { "hint", STR("open"), in.state };
	struct request r;
	int64_t changed;

	assert(state != HINT_OPEN);
	if (!request_find(ctx, topic, &r, err) ||
	    !casework_text("reason", reason, CASE_REASON_BYTES, &reason, err))
		return false;
	if (r.unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT,
			       STR_ARG(r.number));
	in.reason = reason;
	if (!alike_settle(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "casework.no_hint", STR_FMT, STR_ARG(r.number));
	return casework_event(ctx, topic, "case.hint", &change, 1, reason, err);
}
