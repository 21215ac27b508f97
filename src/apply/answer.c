/* answer.c - telling to all what was answered to one: who may, what may stand in it. */
#include "apply/answer.h"

#include "answer_sql.h"
#include "apply/found.h"
#include "base/utf8.h"
#include "ledger/ledger.h"

#include <assert.h>

static const struct { const char *code; struct str label; } states[] = {
	[ANSWER_DRAFT] = { "draft", STR_INIT("待审核") },
	[ANSWER_PUBLIC] = { "public", STR_INIT("已公开") },
	[ANSWER_WITHDRAWN] = { "withdrawn", STR_INIT("已撤下") },
};

struct str answer_state_code(enum answer_state s)
{
	return str_from_c(states[s].code);
}

struct str answer_state_label(enum answer_state s)
{
	return states[s].label;
}

bool answer_find(struct ctx *ctx, struct answer_id id, struct answer *out, struct err *err)
{
	struct answer_by_id_row row;
	bool found;

	if (!answer_by_id(ctx, &(struct answer_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "answer.none", "%lld", (long long)id.n);
	*out = (struct answer){ .id = row.id,
				.request = row.request_id,
				.unit = row.unit_id,
				.text = { row.title, row.answer, row.place },
				.answered_on = row.answered_on,
				.state = row.withdrawn_on.known ? ANSWER_WITHDRAWN :
					 row.public_on.known	? ANSWER_PUBLIC :
								  ANSWER_DRAFT,
				.review = row.review,
				.drafted_by = row.drafted_by,
				.drafted_person = row.drafted_person,
				.reviewed_person = row.reviewed_person,
				.public_on = row.public_on,
				.withdrawn_on = row.withdrawn_on,
				.reason = row.reason,
				.version = row.version };
	return true;
}

bool answer_of(struct ctx *ctx, struct request_id request, struct answer *out, bool *found,
	       struct err *err)
{
	struct answer_live_row row;

	return answer_live(ctx, &(struct answer_live_in){ .request_id = request }, &row, found,
			   err) &&
	       (!*found || answer_find(ctx, row.id, out, err));
}

/* ---- what may stand in it */

/*
 * Eleven digits that begin with 1 are a mobile number; seventeen and more those of an identity
 * card. Numbers of documents, amounts and telephones of offices are shorter or parted by signs.
 */
static bool has_number_of_person(struct str s)
{
	enum { MOBILE = 11, CARD = 17 };

	for (size_t i = 0; i < s.len;) {
		size_t n = 0;
		while (i + n < s.len && s.ptr[i + n] >= '0' && s.ptr[i + n] <= '9')
			n++;
		if (n >= CARD || (n == MOBILE && s.ptr[i] == '1'))
			return true;
		i += n > 0 ? n : 1;
	}
	return false;
}

static bool names(struct str text, struct str what, size_t least)
{
	return utf8_length(what) >= least && str_contains(text, what);
}

/* Nothing by which the applicant is known. Texts that are short by chance are left out. */
static bool names_applicant(const struct identity_contact *who, struct str text)
{
	enum { NAME = 2, OTHER = 6 };

	return names(text, who->name, NAME) || names(text, who->email, OTHER) ||
	       names(text, who->phone, OTHER) || names(text, who->address, OTHER);
}

static bool check_field(const char *field, struct str text, const struct identity_contact *who,
			size_t max, struct err *err)
{
	if (text.len > max)
		return err_set_field(err, field, ERR_INVALID, "answer.too_long", "%zu", max);
	if (names_applicant(who, text))
		return err_set_field(err, field, ERR_INVALID, "answer.names_applicant", " ");
	return !has_number_of_person(text) ||
	       err_set_field(err, field, ERR_INVALID, "answer.number", " ");
}

static bool check_text(struct ctx *ctx, const struct request *r, const struct answer_text *in,
		       struct answer_text *out, struct err *err)
{
	struct identity_contact who = { .name = STR_NONE };

	*out = (struct answer_text){ str_trim(in->title), str_trim(in->answer),
				     str_trim(in->place) };
	if (out->title.len == 0)
		return err_set_field(err, "title", ERR_INVALID, "answer.no_title", " ");
	if (out->answer.len == 0)
		return err_set_field(err, "answer", ERR_INVALID, "answer.no_answer", " ");
	if (r->applicant_id.n != 0 && !identity_contact(ctx, r->applicant_id, &who, err))
		return false;
	return check_field("title", out->title, &who, ANSWER_TITLE_BYTES, err) &&
	       check_field("answer", out->answer, &who, ANSWER_TEXT_BYTES, err) &&
	       check_field("place", out->place, &who, ANSWER_PLACE_BYTES, err);
}

bool answer_may(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct answer before;
	bool found;

	if (r->unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "answer.not_yours", " ");
	if (!r->has_outcome ||
	    (r->outcome != OUTCOME_GRANTED && r->outcome != OUTCOME_PARTLY_GRANTED) ||
	    !r->served_on.known)
		return err_set(err, ERR_CONFLICT, "answer.not_given", STR_FMT, STR_ARG(r->number));
	if (!answer_of(ctx, r->id, &before, &found, err))
		return false;
	return !found || err_set(err, ERR_CONFLICT, "answer.there", STR_FMT "|%lld",
				 STR_ARG(r->number), (long long)before.id.n);
}

/* ---- verbs: each an event of the request whose answer it is */

static bool event(struct ctx *ctx, const struct answer *a, const char *verb, struct str before,
		  struct str reason, struct err *err)
{
	struct ledger_change changes[] = {
		{ "answer_no", STR_NONE, str_format(ctx->arena, "%lld", (long long)a->id.n) },
		{ "answer_state", before, answer_state_label(a->state) },
		{ "answer_title", STR_NONE, a->text.title },
	};
	struct ledger_event e = { .subject_kind = "request",
				  .subject_id = a->request.n,
				  .verb = verb,
				  .changes = changes,
				  .changes_count = COUNT_OF(changes),
				  .reason = reason };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

bool answer_draft(struct ctx *ctx, struct request_id request, const struct answer_text *text,
		  struct answer_id *id, struct err *err)
{
	struct answer a = { .request = request, .state = ANSWER_DRAFT };
	struct answer_insert_row row;
	struct request r;
	bool found;

	if (!request_find(ctx, request, &r, err) || !answer_may(ctx, &r, err) ||
	    !check_text(ctx, &r, text, &a.text, err))
		return false;
	struct answer_insert_in in = { .request_id = request,
				       .unit_id = r.unit,
				       .title = a.text.title,
				       .answer = a.text.answer,
				       .place = a.text.place,
				       .answered_on = r.decided_on.v,
				       .drafted_by = ctx->actor.account_id,
				       .drafted_person = ctx->actor.name };
	if (!answer_insert(ctx, &in, &row, &found, err))
		return false;
	assert(found);
	*id = a.id = row.id;
	return event(ctx, &a, "answer.draft", STR_NONE, STR_NONE, err);
}

static bool save(struct ctx *ctx, const struct answer *a, struct err *err)
{
	struct answer_update_in in = { .id = a->id,
				       .version = a->version,
				       .title = a->text.title,
				       .answer = a->text.answer,
				       .place = a->text.place,
				       .review = a->review,
				       .drafted_by = a->drafted_by,
				       .drafted_person = a->drafted_person,
				       .reviewed_person = a->reviewed_person,
				       .public_on = a->public_on,
				       .withdrawn_on = a->withdrawn_on,
				       .reason = a->reason };
	int64_t changed;

	if (!answer_update(ctx, &in, &changed, err))
		return false;
	return changed > 0 || err_set(err, ERR_CONFLICT, "answer.changed", " ");
}

/* The own unit's, as it was looked at, in one of the states that the verb is for. */
static bool load(struct ctx *ctx, struct answer_id id, int64_t version, enum answer_state last,
		 struct answer *a, struct err *err)
{
	if (!answer_find(ctx, id, a, err))
		return false;
	if (a->unit.n != ctx->actor.unit_id)
		return err_set(err, ERR_FORBIDDEN, "answer.not_yours", " ");
	if (version != 0 && version != a->version)
		return err_set(err, ERR_CONFLICT, "answer.changed", " ");
	return a->state <= last || err_set(err, ERR_CONFLICT, "answer.not_now", STR_FMT "|" STR_FMT,
					   STR_ARG(a->text.title),
					   STR_ARG(answer_state_label(a->state)));
}

bool answer_edit(struct ctx *ctx, struct answer_id id, int64_t version,
		 const struct answer_text *text, struct err *err)
{
	struct answer a;
	struct request r;

	if (!load(ctx, id, version, ANSWER_DRAFT, &a, err) ||
	    !request_find(ctx, a.request, &r, err) || !check_text(ctx, &r, text, &a.text, err))
		return false;
	a.drafted_by = ctx->actor.account_id;
	a.drafted_person = ctx->actor.name;
	return save(ctx, &a, err) &&
	       event(ctx, &a, "answer.edit", answer_state_label(a.state), STR_NONE, err);
}

static bool sentence(const char *field, struct str in, struct str *out, struct err *err)
{
	*out = str_trim(in);
	if (out->len == 0)
		return err_set_field(err, field, ERR_INVALID, "answer.no_reason", " ");
	return out->len <= ANSWER_REASON_BYTES ||
	       err_set_field(err, field, ERR_INVALID, "answer.too_long", "%d", ANSWER_REASON_BYTES);
}

bool answer_publish(struct ctx *ctx, struct answer_id id, int64_t version, struct str review,
		    struct err *err)
{
	struct answer a;

	if (!load(ctx, id, version, ANSWER_DRAFT, &a, err) ||
	    !sentence("review", review, &a.review, err))
		return false;
	if (a.drafted_by == ctx->actor.account_id)
		return err_set(err, ERR_FORBIDDEN, "answer.same_person", STR_FMT,
			       STR_ARG(a.drafted_person));
	a.state = ANSWER_PUBLIC;
	a.public_on = (struct opt_date){ true, ctx->today };
	a.reviewed_person = ctx->actor.name;
	return save(ctx, &a, err) && found_index(ctx, &a, err) &&
	       event(ctx, &a, "answer.publish", answer_state_label(ANSWER_DRAFT), a.review, err);
}

bool answer_withdraw(struct ctx *ctx, struct answer_id id, struct str reason, struct err *err)
{
	struct answer a;

	if (!load(ctx, id, 0, ANSWER_PUBLIC, &a, err) ||
	    !sentence("reason", reason, &a.reason, err))
		return false;
	struct str before = answer_state_label(a.state);
	a.state = ANSWER_WITHDRAWN;
	a.withdrawn_on = (struct opt_date){ true, ctx->today };
	return save(ctx, &a, err) && found_forget(ctx, a.id, err) &&
	       event(ctx, &a, "answer.withdraw", before, a.reason, err);
}

/* ---- lists */

#define ANSWERS_FROM(rows, count)                                             \
	do {                                                                  \
		*out = ARENA_ARRAY(ctx->arena, (count), struct answer);       \
		for (size_t i = 0; i < (count); i++)                          \
			if (!answer_find(ctx, (rows)[i].id, &(*out)[i], err)) \
				return false;                                 \
		return true;                                                  \
	} while (0)

bool answer_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		 struct answer **out, size_t *count, struct err *err)
{
	int64_t from = before > 0 ? before : INT64_MAX;

	if (unit.known) {
		struct answers_of_unit_in in = { .unit_id = { unit.v },
						 .before = from,
						 .max = (int64_t)max };
		struct answers_of_unit_row *rows;
		if (!answers_of_unit_all(ctx, &in, max, &rows, count, err))
			return false;
		ANSWERS_FROM(rows, *count);
	}
	struct answers_of_all_in in = { .before = from, .max = (int64_t)max };
	struct answers_of_all_row *rows;
	if (!answers_of_all_all(ctx, &in, max, &rows, count, err))
		return false;
	ANSWERS_FROM(rows, *count);
}

bool answer_list_public(struct ctx *ctx, int64_t before, size_t max, struct answer **out,
			size_t *count, struct err *err)
{
	struct answers_public_in in = { .before = before > 0 ? before : INT64_MAX,
					.max = (int64_t)max };
	struct answers_public_row *rows;

	if (!answers_public_all(ctx, &in, max, &rows, count, err))
		return false;
	ANSWERS_FROM(rows, *count);
}
