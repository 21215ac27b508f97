/* follow.c - suggestions and complaints: sent once, decided once. */
#include "apply/follow_work.h"

#include "base/rand.h"
#include "base/vault.h"
#include "follow_sql.h"
#include "ledger/ledger.h"
#include "request/request_letters.h"

#include <assert.h>

enum { SALT_BYTES = 16 };

static const struct { const char *code; struct str label; } kinds[FOLLOW_KINDS] = {
	[FOLLOW_SUGGESTION] = { "suggestion", STR_INIT("建议主动公开") },
	[FOLLOW_COMPLAINT] = { "complaint", STR_INIT("投诉、举报") },
};
static const struct { const char *code; struct str label; } grounds[FOLLOW_GROUNDS] = {
	[GROUND_NONE] = { "", STR_INIT("") },
	[GROUND_NOT_PUBLISHED] = { "not_published", STR_INIT("未按照要求主动公开政府信息") },
	[GROUND_NOT_ANSWERED] = { "not_answered", STR_INIT("对申请不依法答复处理") },
	[GROUND_RIGHTS] = { "rights", STR_INIT("在政府信息公开工作中侵犯合法权益") },
};
static const struct {
	const char *code;
	struct str label;
	enum follow_kind kind;
} findings[FOLLOW_FINDINGS] = {
	[FINDING_OPEN] = { "", STR_INIT("正在处理"), FOLLOW_KINDS },
	[FINDING_ACCEPTED] = { "accepted", STR_INIT("采纳，纳入主动公开"), FOLLOW_SUGGESTION },
	[FINDING_REFUSED] = { "refused", STR_INIT("不属于主动公开的范围"), FOLLOW_SUGGESTION },
	[FINDING_UPHELD] = { "upheld", STR_INIT("查证属实，督促整改"), FOLLOW_COMPLAINT },
	[FINDING_NOT_UPHELD] = { "not_upheld", STR_INIT("查证不属实"), FOLLOW_COMPLAINT },
};

struct str follow_kind_code(enum follow_kind k)
{
	return str_from_c(kinds[k].code);
}

struct str follow_kind_label(enum follow_kind k)
{
	return kinds[k].label;
}

struct str follow_ground_code(enum follow_ground g)
{
	return str_from_c(grounds[g].code);
}

struct str follow_ground_label(enum follow_ground g)
{
	return grounds[g].label;
}

bool follow_ground_from(struct str code, enum follow_ground *out)
{
	for (int g = GROUND_NONE + 1; g < FOLLOW_GROUNDS; g++)
		if (str_equal_c(code, grounds[g].code)) {
			*out = (enum follow_ground)g;
			return true;
		}
	return false;
}

struct str follow_finding_code(enum follow_finding f)
{
	return str_from_c(findings[f].code);
}

struct str follow_finding_label(enum follow_finding f)
{
	return findings[f].label;
}

enum follow_kind follow_finding_kind(enum follow_finding f)
{
	return findings[f].kind;
}

bool follow_finding_from(struct str code, enum follow_finding *out)
{
	for (int f = FINDING_OPEN + 1; f < FOLLOW_FINDINGS; f++)
		if (str_equal_c(code, findings[f].code)) {
			*out = (enum follow_finding)f;
			return true;
		}
	return false;
}

/* ---- reading */

static struct str place(struct arena *a, struct str salt, const char *what)
{
	return str_format(a, "follow " STR_FMT " %s", STR_ARG(salt), what);
}

bool follow_find(struct ctx *ctx, struct follow_id id, struct follow *out, struct err *err)
{
	struct arena *a = ctx->arena;
	struct follow_by_id_row row;
	bool found;

	if (!follow_by_id(ctx, &(struct follow_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "follow.none", "%lld", (long long)id.n);
	*out = (struct follow){ .id = row.id,
				.kind = str_equal_c(row.kind, "complaint") ? FOLLOW_COMPLAINT :
									     FOLLOW_SUGGESTION,
				.request = row.request_id,
				.unit = row.unit_id,
				.submitted_at = row.submitted_at,
				.submitted_on = row.submitted_on,
				.decided_on = row.decided_on,
				.decided_person = row.decided_person,
				.version = row.version };
	(void)follow_ground_from(row.ground, &out->ground);
	(void)follow_finding_from(row.finding, &out->finding);
	if (!vault_unseal(ctx->vault, a, place(a, row.salt, "text"), row.sealed, &out->text, err))
		return false;
	return !row.answer_sealed.known ||
	       vault_unseal(ctx->vault, a, place(a, row.salt, "answer"), row.answer_sealed.v,
			    &out->answer, err);
}

#define FOLLOWS_FROM(rows, count)                                             \
	do {                                                                  \
		*out = ARENA_ARRAY(ctx->arena, (count), struct follow);       \
		for (size_t i = 0; i < (count); i++)                          \
			if (!follow_find(ctx, (rows)[i].id, &(*out)[i], err)) \
				return false;                                 \
		return true;                                                  \
	} while (0)

bool follow_list_of(struct ctx *ctx, struct request_id request, struct follow **out,
		    size_t *count, struct err *err)
{
	struct follows_of_request_in in = { .request_id = request, .max = FOLLOW_MAX };
	struct follows_of_request_row *rows;

	if (!follows_of_request_all(ctx, &in, FOLLOW_MAX, &rows, count, err))
		return false;
	FOLLOWS_FROM(rows, *count);
}

bool follow_list_open(struct ctx *ctx, enum follow_kind kind, struct opt_int unit, size_t max,
		      struct follow **out, size_t *count, struct err *err)
{
	struct str code = follow_kind_code(kind);

	if (unit.known) {
		struct follows_open_in in = { code, { unit.v }, (int64_t)max };
		struct follows_open_row *rows;
		if (!follows_open_all(ctx, &in, max, &rows, count, err))
			return false;
		FOLLOWS_FROM(rows, *count);
	}
	struct follows_open_all_in in = { code, (int64_t)max };
	struct follows_open_all_row *rows;
	if (!follows_open_all_all(ctx, &in, max, &rows, count, err))
		return false;
	FOLLOWS_FROM(rows, *count);
}

bool follow_count_open(struct ctx *ctx, enum follow_kind kind, struct opt_int unit, int64_t *count,
		       struct err *err)
{
	struct follow_open_count_in in = { follow_kind_code(kind), unit.known ? unit.v : 0,
					   FOLLOW_COUNT_MAX };
	struct follow_open_count_row row;
	bool found;

	if (!follow_open_count(ctx, &in, &row, &found, err))
		return false;
	*count = found ? row.open : 0;
	return true;
}

bool follow_list(struct ctx *ctx, enum follow_kind kind, struct opt_int unit, int64_t before,
		 size_t max, struct follow **out, size_t *count, struct err *err)
{
	struct str code = follow_kind_code(kind);
	int64_t from = before > 0 ? before : INT64_MAX;

	if (unit.known) {
		struct follows_of_unit_in in = { code, { unit.v }, from, (int64_t)max };
		struct follows_of_unit_row *rows;
		if (!follows_of_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		FOLLOWS_FROM(rows, *count);
	}
	struct follows_all_in in = { code, from, (int64_t)max };
	struct follows_all_row *rows;
	if (!follows_all_all(ctx, &in, max, &rows, count, err))
		return false;
	FOLLOWS_FROM(rows, *count);
}

/* ---- sending */

static bool was_given(const struct request *r)
{
	return r->has_outcome && r->served_on.known &&
	       (r->outcome == OUTCOME_GRANTED || r->outcome == OUTCOME_PARTLY_GRANTED);
}

bool follow_may(struct ctx *ctx, const struct request *r, enum follow_kind kind, struct err *err)
{
	struct follow *list;
	size_t count, open = 0;
	bool accepted = false;

	if (kind == FOLLOW_SUGGESTION && !was_given(r))
		return err_set(err, ERR_CONFLICT, "follow.not_given", " ");
	if (!follow_list_of(ctx, r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		open += list[i].kind == kind && list[i].finding == FINDING_OPEN ? 1 : 0;
		accepted = accepted || list[i].finding == FINDING_ACCEPTED;
	}
	if (kind == FOLLOW_SUGGESTION && accepted)
		return err_set(err, ERR_CONFLICT, "follow.accepted", " ");
	if (open >= (kind == FOLLOW_SUGGESTION ? 1 : FOLLOW_OPEN_MAX) || count >= FOLLOW_MAX)
		return err_set(err, ERR_LIMIT, "follow.waiting", " ");
	return true;
}

/*
 * A suggestion in the story of its request; a complaint apart, since those complained of read that
 * story.
 */
static bool event(struct ctx *ctx, const struct follow *f, const char *verb, struct str salt,
		  struct str words, struct err *err)
{
	struct arena *a = ctx->arena;
	bool complaint = f->kind == FOLLOW_COMPLAINT;
	struct ledger_change changes[] = {
		{ "follow_no", STR_NONE, str_format(a, "%lld", (long long)f->id.n) },
		{ "text_commitment", STR_NONE, ledger_commit(a, salt, words) },
		{ "ground", STR_NONE, follow_ground_label(f->ground) },
		{ "finding", STR_NONE, follow_finding_label(f->finding) },
	};
	struct ledger_event e = { .subject_kind = complaint ? "complaint" : "request",
				  .subject_id = complaint ? f->id.n : f->request.n,
				  .verb = verb,
				  .changes = changes,
				  .changes_count = COUNT_OF(changes) };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

static bool check_new(const struct follow_new *in, struct str *text, struct err *err)
{
	*text = str_trim(in->text);
	if (in->kind == FOLLOW_COMPLAINT && in->ground == GROUND_NONE)
		return err_set_field(err, "ground", ERR_INVALID, "follow.no_ground", " ");
	if (text->len == 0)
		return err_set_field(err, "text", ERR_INVALID, "follow.no_text", " ");
	return text->len <= FOLLOW_TEXT_BYTES || err_set_field(err, "text", ERR_INVALID,
							       "follow.too_long", "%d",
							       FOLLOW_TEXT_BYTES);
}

/* The unit that has the information; of a complaint the body in charge: the government's own. */
static bool whose(struct ctx *ctx, const struct request *r, enum follow_kind kind,
		  struct unit_id *out, struct err *err)
{
	struct unit root;

	*out = r->unit;
	if (kind == FOLLOW_SUGGESTION)
		return true;
	if (!agency_root(ctx, &root, err))
		return false;
	*out = root.id;
	return true;
}

bool follow_send(struct ctx *ctx, const struct follow_new *in, struct follow_id *id,
		 struct err *err)
{
	struct follow f = { .kind = in->kind, .request = in->request, .ground = in->ground };
	struct follow_by_form_row before;
	struct follow_insert_row row;
	struct arena *a = ctx->arena;
	struct request r;
	bool found;

	if (!follow_by_form(ctx, &(struct follow_by_form_in){ in->form_id }, &before, &found, err))
		return false;
	if (found) {
		*id = before.id;
		return true;
	}
	if (!vault_needed(ctx->vault, err) || !request_find(ctx, in->request, &r, err) ||
	    !check_new(in, &f.text, err) || !follow_may(ctx, &r, in->kind, err) ||
	    !whose(ctx, &r, in->kind, &f.unit, err))
		return false;
	struct str salt = random_hex(a, SALT_BYTES);
	struct follow_insert_in values = {
		.kind = follow_kind_code(f.kind),
		.request_id = f.request,
		.unit_id = f.unit,
		.ground = follow_ground_code(f.ground),
		.salt = salt,
		.sealed = vault_seal(ctx->vault, a, place(a, salt, "text"), f.text),
		.form_id = in->form_id.len > 0 ? in->form_id : salt,
		.submitted_at = ctx->now,
		.submitted_on = ctx->today,
	};
	if (!follow_insert(ctx, &values, &row, &found, err))
		return false;
	assert(found);
	*id = f.id = row.id;
	return event(ctx, &f,
		     f.kind == FOLLOW_COMPLAINT ? "follow.complain" : "follow.suggest", salt,
		     f.text, err);
}

/* ---- deciding */

static bool draft_letter(struct ctx *ctx, const struct follow *f, struct letter_id *id,
			 struct err *err)
{
	struct letter_new in = { .kind = letter_kind_find(STR("suggest")),
				 .subject_kind = "request",
				 .subject_id = f->request.n,
				 .unit = f->unit,
				 .dated = ctx->today };
	struct request r;

	if (!request_find(ctx, f->request, &r, err) ||
	    !request_addressee(ctx, &r, &in.addressee, &in.to, err))
		return false;
	struct letter_fact facts[] = {
		{ "number", r.number },
		{ "received_on", date_iso(ctx->arena, f->submitted_on) },
		{ "information", r.content },
		{ "suggest_result", f->answer },
	};
	in.facts = facts;
	in.facts_count = COUNT_OF(facts);
	return letter_draft(ctx, &in, id, err);
}

static bool check_decision(struct ctx *ctx, const struct follow *f, enum follow_finding finding,
			   struct str answer, struct err *err)
{
	if (f->kind == FOLLOW_SUGGESTION && f->unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "follow.not_yours", " ");
	if (f->finding != FINDING_OPEN)
		return err_set(err, ERR_CONFLICT, "follow.decided", STR_FMT,
			       STR_ARG(date_iso(ctx->arena, f->decided_on.v)));
	if (finding == FINDING_OPEN || findings[finding].kind != f->kind)
		return err_set_field(err, "finding", ERR_INVALID, "follow.no_finding", " ");
	if (answer.len == 0)
		return err_set_field(err, "answer", ERR_INVALID, "follow.no_answer", " ");
	return answer.len <= FOLLOW_ANSWER_BYTES || err_set_field(err, "answer", ERR_INVALID,
								  "follow.too_long", "%d",
								  FOLLOW_ANSWER_BYTES);
}

bool follow_decide(struct ctx *ctx, struct follow_id id, int64_t version,
		   enum follow_finding finding, struct str answer, struct letter_id *letter,
		   struct err *err)
{
	struct follow_by_id_row row;
	struct arena *a = ctx->arena;
	struct follow f;
	int64_t changed;
	bool found;

	*letter = (struct letter_id){ 0 };
	answer = str_trim(answer);
	if (!follow_find(ctx, id, &f, err) ||
	    !follow_by_id(ctx, &(struct follow_by_id_in){ .id = id }, &row, &found, err) ||
	    !check_decision(ctx, &f, finding, answer, err))
		return false;
	f.finding = finding;
	f.answer = answer;
	struct follow_update_in in = {
		.id = id,
		.version = version,
		.finding = follow_finding_code(finding),
		.answer_sealed = vault_seal(ctx->vault, a, place(a, row.salt, "answer"), answer),
		.decided_on = ctx->today,
		.decided_person = ctx->actor.name,
	};
	if (!follow_update(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_CONFLICT, "follow.changed", " ");
	if (f.kind == FOLLOW_SUGGESTION && !draft_letter(ctx, &f, letter, err))
		return false;
	return event(ctx, &f, "follow.decide", row.salt, answer, err) && follow_tell(ctx, &f, err);
}

/* ---- forgetting */

bool follow_erase(struct ctx *ctx, struct request_id request, struct str word, struct err *err)
{
	struct follows_of_request_in in = { .request_id = request, .max = FOLLOW_MAX };
	struct follows_of_request_row *rows;
	struct arena *a = ctx->arena;
	size_t count;

	if (!follows_of_request_all(ctx, &in, FOLLOW_MAX, &rows, &count, err) ||
	    (count > 0 && !vault_needed(ctx->vault, err)))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct follow_by_id_in key = { .id = rows[i].id };
		struct follow_set_words_in words = { .id = rows[i].id };
		struct follow_by_id_row row;
		bool found;
		if (!follow_by_id(ctx, &key, &row, &found, err))
			return false;
		assert(found);
		struct str text = place(a, row.salt, "text"), answer = place(a, row.salt, "answer");
		words.sealed = vault_seal(ctx->vault, a, text, word);
		words.answer_sealed.known = row.answer_sealed.known;
		words.answer_sealed.v = vault_seal(ctx->vault, a, answer, word);
		if (!follow_set_words(ctx, &words, NULL, err))
			return false;
	}
	return true;
}
