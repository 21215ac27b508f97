/*
 * seal.c - texts of before their column was sealed, a stretch at a time.
 *
 * Each row of the list below reads one table in order of its key and writes what does not bear
 * the mark, by statements that seal by the same names as the rooms do. The place where the last
 * stretch ended is kept, so that the pass goes on after a stop, and a table that a later release
 * adds at the end of the list has its turn by itself.
 */
#include "retention/seal.h"

#include "ledger/ledger.h"
#include "seal_sql.h"

enum { STRETCH = 500 };

/* Where the pass stands: table, and the key of the last row looked at. */
struct place { int64_t table, id; struct str key; };
struct stretch { size_t read, sealed; };

static const struct str mark = STR_INIT("\001");

/* step: what of a row's key is kept beside its number; the rest: what is written back. */
#define SEAL_ROWS(name, step, ...)                                                              \
	struct seal_##name##_row *rows;                                                         \
	if (!seal_##name##_all(ctx, &in, STRETCH, &rows, &out->read, err))                      \
		return false;                                                                   \
	for (size_t i = 0; i < out->read; i++) {                                                \
		const struct seal_##name##_row *r = &rows[i];                                   \
		struct seal_##name##_write_in w = { .id = r->id, __VA_ARGS__ };                 \
		at->id = r->id;                                                                 \
		step;                                                                           \
		if (!r->plain)                                                                  \
			continue;                                                               \
		if (!seal_##name##_write(ctx, &w, NULL, err))                                   \
			return false;                                                           \
		out->sealed++;                                                                  \
	}                                                                                       \
	return true;

#define STRETCH_OF(name, ...)                                                                   \
	static bool name(struct ctx *ctx, struct place *at, struct stretch *out, struct err *err) \
	{                                                                                       \
		struct seal_##name##_in in = { .after = at->id, .mark = mark, .max = STRETCH }; \
		SEAL_ROWS(name, (void)0, __VA_ARGS__)                                           \
	}

/* Of a table whose key is a number and a word. */
#define KEYED_STRETCH_OF(name, ...)                                                             \
	static bool name(struct ctx *ctx, struct place *at, struct stretch *out, struct err *err) \
	{                                                                                       \
		struct seal_##name##_in in = { .after = at->id, .after_key = at->key,           \
					       .mark = mark, .max = STRETCH };                  \
		SEAL_ROWS(name, at->key = r->key, .key = r->key, __VA_ARGS__)                   \
	}

STRETCH_OF(corrections, .points = r->points, .guidance = r->guidance, .answer = r->answer)
STRETCH_OF(explanations, .reasons = r->reasons, .judgement = r->judgement)
STRETCH_OF(inquiries, .target = r->target, .contact = r->contact, .asked = r->asked,
	   .opinion = r->opinion, .told_reason = r->told_reason)
STRETCH_OF(wholes, .content = r->content)
STRETCH_OF(gates, .remark = r->remark)
STRETCH_OF(replies, .decision_reason = r->decision_reason, .cause = r->cause)
STRETCH_OF(items, .asked = r->asked, .decision_reason = r->decision_reason)
KEYED_STRETCH_OF(facts, .value = r->value)
KEYED_STRETCH_OF(answers, .note = r->note)
STRETCH_OF(redactions, .place = r->place, .reason = r->reason)
STRETCH_OF(enclosures, .title = r->title)
STRETCH_OF(opinions, .opinion = r->opinion)
STRETCH_OF(services, .tracking = r->tracking, .addressee = r->addressee, .note = r->note)
STRETCH_OF(notes, .text = r->text)
STRETCH_OF(tasks, .question = r->question, .answer = r->answer)
STRETCH_OF(orders, .text = r->text, .answer = r->answer)
STRETCH_OF(letters, .title = r->title)
STRETCH_OF(persons, .name = r->name, .contact = r->contact)
STRETCH_OF(hearings, .attended = r->attended)
STRETCH_OF(papers, .title = r->title)

/* In this order for good: a place is a number of this list. New ones go to the end. */
static bool (*const tables[])(struct ctx *, struct place *, struct stretch *, struct err *) = {
	corrections, explanations, inquiries, wholes, gates, replies, items, facts, answers,
	redactions, enclosures, opinions, services, notes, tasks, orders, letters, persons,
	hearings, papers,
};

static bool read_place(struct ctx *ctx, struct place *at, struct err *err)
{
	struct seal_place_row row;
	struct str word;
	bool found;

	*at = (struct place){ .key = STR_NONE };
	if (!seal_place(ctx, &row, &found, err))
		return false;
	if (!found)
		return true;
	if (str_split_next(&row.value, ' ', &word))
		(void)str_to_i64(word, &at->table);
	if (str_split_next(&row.value, ' ', &word))
		(void)str_to_i64(word, &at->id);
	at->key = row.value;
	return true;
}

static bool write_place(struct ctx *ctx, const struct place *at, struct err *err)
{
	struct seal_place_write_in in = {
		.value = str_format(ctx->arena, "%lld %lld " STR_FMT, (long long)at->table,
				    (long long)at->id, STR_ARG(at->key)),
	};

	return seal_place_write(ctx, &in, NULL, err);
}

bool seal_left(struct ctx *ctx, size_t *left, struct err *err)
{
	struct place at;

	if (!read_place(ctx, &at, err))
		return false;
	*left = at.table < (int64_t)COUNT_OF(tables) ? COUNT_OF(tables) - (size_t)at.table : 0;
	return true;
}

static bool seal_stretch(struct ctx *ctx, size_t *changed, bool *more, struct err *err)
{
	struct stretch done = { 0 };
	struct place at;

	*more = false;
	if (!read_place(ctx, &at, err))
		return false;
	if (at.table >= (int64_t)COUNT_OF(tables))
		return true;
	if (!tables[at.table](ctx, &at, &done, err))
		return false;
	if (done.read < STRETCH)
		at = (struct place){ .table = at.table + 1, .key = STR_NONE };
	*changed += done.sealed;
	*more = at.table < (int64_t)COUNT_OF(tables);
	return write_place(ctx, &at, err);
}

bool seal_before(struct ctx *ctx, size_t *changed, struct err *err)
{
	struct place start = { .key = STR_NONE };
	bool more = true;

	*changed = 0;
	if (!write_place(ctx, &start, err))
		return false;
	while (more) {
		struct arena_mark mark_of_arena = arena_mark(ctx->arena);
		if (!seal_stretch(ctx, changed, &more, err))
			return false;
		arena_rewind(ctx->arena, mark_of_arena);
	}
	return true;
}

/* The end of the pass is an event: an auditor sees when the last plain text went. */
bool seal_on_job(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct job_new again = { .topic = "retention.seal", .subject_kind = "" };
	struct ledger_event event = { .subject_kind = "site", .subject_id = 1,
				      .verb = "site.sealed" };
	size_t left, changed = 0;
	bool more;
	int64_t seq;

	(void)job;
	if (!seal_left(ctx, &left, err))
		return false;
	if (left == 0)
		return true;
	if (!seal_stretch(ctx, &changed, &more, err))
		return false;
	return more ? jobs_add(ctx, &again, err) : ledger_append(ctx, &event, &seq, err);
}
