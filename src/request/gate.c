/* gate.c - gates: settings, passes, and what still stands in the way. */
#include "request/gate.h"

#include "gate_sql.h"
#include "ledger/ledger.h"

enum { PASSES_MAX = 200 };

static const struct {
	const char *code;
	struct str label;
} names[GATE_COUNT] = {
	[GATE_DRAFT] = { "draft", STR_INIT("承办人送审") },
	[GATE_REVIEW] = { "review", STR_INIT("审核人审核") },
	[GATE_ADVICE] = { "advice", STR_INIT("法律顾问出具意见") },
	[GATE_SIGN] = { "sign", STR_INIT("负责人签发") },
};

struct str gate_code(enum gate g)
{
	return str_from_c(names[g].code);
}

struct str gate_label(enum gate g)
{
	return names[g].label;
}

bool gate_from(struct str code, enum gate *out)
{
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (str_equal_c(code, names[i].code)) {
			*out = (enum gate)i;
			return true;
		}
	}
	return false;
}

bool gates_of_unit(struct ctx *ctx, struct unit_id unit, struct gates *out, struct err *err)
{
	struct gate_setting_of_in in = { .unit_id = unit };
	struct gate_setting_of_row row = { .review = true, .advice = true, .sign_off = true };
	bool found;

	if (!gate_setting_of(ctx, &in, &row, &found, err))
		return false;
	*out = (struct gates){ row.review, row.advice, row.sign_off };
	return true;
}

static struct str yes_no(bool yes)
{
	return yes ? STR("yes") : STR("no");
}

bool gates_set(struct ctx *ctx, struct unit_id unit, const struct gates *gates, struct err *err)
{
	struct gates was;
	int64_t seq;

	if (!gates_of_unit(ctx, unit, &was, err))
		return false;
	struct ledger_change changes[] = {
		{ "review", yes_no(was.review), yes_no(gates->review) },
		{ "advice", yes_no(was.advice), yes_no(gates->advice) },
		{ "sign_off", yes_no(was.sign_off), yes_no(gates->sign_off) },
	};
	struct ledger_event event = { .subject_kind = "unit",
				      .subject_id = unit.n,
				      .verb = "gate.set",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) };
	struct gate_setting_put_in in = { .unit_id = unit,
					  .review = gates->review,
					  .advice = gates->advice,
					  .sign_off = gates->sign_off };
	return ledger_append(ctx, &event, &seq, err) && gate_setting_put(ctx, &in, NULL, err);
}

bool gate_passes(struct ctx *ctx, int64_t reply, struct gate_pass **out, size_t *count,
		 struct err *err)
{
	struct gate_list_in in = { .reply_id = reply };
	struct gate_list_row *rows;

	if (!gate_list_all(ctx, &in, PASSES_MAX, &rows, count, err))
		return false;
	struct gate_pass *list = ARENA_ARRAY(ctx->arena, *count, struct gate_pass);
	for (size_t i = 0; i < *count; i++) {
		list[i] = (struct gate_pass){ .account = rows[i].account_id,
					      .at = rows[i].at,
					      .person = rows[i].person,
					      .digest = rows[i].digest,
					      .remark = rows[i].remark,
					      .agrees = rows[i].agrees };
		(void)gate_from(rows[i].gate, &list[i].gate); /* the table holds no other */
	}
	*out = list;
	return true;
}

/* The other gate in which the person stood, or NULL. */
static const struct gate_pass *stood(const struct gate_pass *list, size_t count, int64_t account,
				     enum gate gate, const struct gates *gates)
{
	for (size_t i = 0; i < count; i++) {
		bool may_both = !gates->sign_off &&
				((list[i].gate == GATE_REVIEW && gate == GATE_SIGN) ||
				 (list[i].gate == GATE_SIGN && gate == GATE_REVIEW));
		if (list[i].account == account && list[i].gate != gate && !may_both)
			return &list[i];
	}
	return NULL;
}

bool gate_may(struct ctx *ctx, struct unit_id unit, int64_t reply, enum gate gate, bool *may,
	      struct err *err)
{
	struct gate_pass *list;
	struct gates gates;
	size_t count;

	if (!gates_of_unit(ctx, unit, &gates, err) ||
	    !gate_passes(ctx, reply, &list, &count, err))
		return false;
	*may = ctx->actor.account_id != 0 &&
	       stood(list, count, ctx->actor.account_id, gate, &gates) == NULL;
	return true;
}

bool gate_record(struct ctx *ctx, const struct gate_new *in, struct err *err)
{
	struct gate_pass *list;
	struct request r;
	struct gates gates;
	size_t count;

	if (ctx->actor.account_id == 0)
		return err_set(err, ERR_FORBIDDEN, "gate.no_person", STR_FMT,
			       STR_ARG(gate_label(in->gate)));
	if (!request_find(ctx, in->request, &r, err) || !gates_of_unit(ctx, r.unit, &gates, err) ||
	    !gate_passes(ctx, in->reply, &list, &count, err))
		return false;
	const struct gate_pass *other =
		stood(list, count, ctx->actor.account_id, in->gate, &gates);
	if (other != NULL)
		return err_set(err, ERR_CONFLICT, "gate.same_person",
			       STR_FMT "|" STR_FMT "|" STR_FMT, STR_ARG(ctx->actor.name),
			       STR_ARG(gate_label(other->gate)), STR_ARG(gate_label(in->gate)));
	struct gate_insert_in row = { .request_id = in->request,
				      .reply_id = in->reply,
				      .gate = gate_code(in->gate),
				      .account_id = ctx->actor.account_id,
				      .person = ctx->actor.name,
				      .at = ctx->now,
				      .agrees = in->agrees,
				      .digest = in->digest,
				      .remark = in->remark };
	return gate_insert(ctx, &row, NULL, err);
}

/* The last word in the gate on these words. An opinion counts whether for or against. */
static bool passed(const struct gate_pass *list, size_t count, enum gate gate, struct str digest)
{
	bool yes = false;

	for (size_t i = 0; i < count; i++)
		if (list[i].gate == gate && str_equal(list[i].digest, digest))
			yes = list[i].agrees || gate == GATE_ADVICE;
	return yes;
}

bool gate_check(struct ctx *ctx, const struct request *r, int64_t reply, struct str digest,
		struct err *err)
{
	struct gate_pass *list;
	struct gates gates;
	size_t count;

	if (!gates_of_unit(ctx, r->unit, &gates, err) ||
	    !gate_passes(ctx, reply, &list, &count, err))
		return false;
	bool needed[GATE_COUNT] = { [GATE_DRAFT] = true,
				    [GATE_REVIEW] = gates.review,
				    [GATE_ADVICE] = gates.advice,
				    [GATE_SIGN] = true };
	for (int g = 0; g < GATE_COUNT; g++)
		if (needed[g] && (digest.len == 0 || !passed(list, count, (enum gate)g, digest)))
			return err_set(err, ERR_CONFLICT, "gate.not_passed", STR_FMT "|" STR_FMT,
				       STR_ARG(r->number), STR_ARG(gate_label((enum gate)g)));
	return true;
}
