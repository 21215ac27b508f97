/* reply_test.c - the way of a reply: drafting, the gates, the signature, service, the archive. */
#include "reply/fixture.h"

#include "ledger/ledger.h"
#include "reply/reply_panel.h"

/* ---- the aid */

static void asks_one_by_one(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply_id id;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_open(ctx, request, &id, &err));
	CHECK_FAILS(reply_open(ctx, request, &id, &err), "reply.open_already");
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	struct reply_item_id item = reply.items[0].id;
	CHECK_FAILS(reply_answer_test(ctx, at, item, reply_kind("no_law"), true, STR_NONE, &err),
		    "reply.not_this_test");
	for (size_t i = 0; i < request_decisions_count; i++) {
		const struct decision_kind *test = reply_next_test(&reply.items[0]);
		if (!CHECK(test == &request_decisions[i]))
			return;
		bool yes = test == reply_kind("no_law");
		CHECK_OK(reply_answer_test(ctx, at, item, test, yes, STR("看过"), &err));
		at = reply_now(ctx, request, &reply, &err);
		if (yes)
			break;
	}
	CHECK(reply_next_test(&reply.items[0]) == NULL);
	CHECK(reply_proposed(&reply.items[0]) == reply_kind("no_law"));
	CHECK(reply.items[0].decision == reply_kind("no_law"));
	CHECK_STR(reply.items[0].answers[0].person, STR("经办人甲"));

	/* otherwise than proposed: with a reason only */
	CHECK_FAILS(reply_decide_item(ctx, at, item, reply_kind("give"), STR_NONE, &err),
		    "reply.why_otherwise");
	CHECK_FAILS(reply_decide_item(ctx, at, item, reply_kind("withdraw"), STR("因为"), &err),
		    "request.kind_closes");
	/* answered anew: what followed from it is gone */
	CHECK_OK(reply_answer_test(ctx, at, item, reply_kind("petition"), true, STR_NONE, &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK(reply_proposed(&reply.items[0]) == reply_kind("petition"));
	CHECK_INT((int64_t)reply.items[0].answers_count, 3);
}

/* ---- facts and gaps */

static void names_what_is_missing(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply_id id;
	struct reply reply;
	struct reply_gap *gaps;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_open(ctx, request, &id, &err));
	for (size_t d = 0; d < request_decisions_count; d++) {
		const struct decision_kind *kind = &request_decisions[d];
		if (!kind->needs_letter)
			continue;
		struct reply_edit at = reply_now(ctx, request, &reply, &err);
		CHECK_OK(reply_decide_item(ctx, at, reply.items[0].id, kind, STR("理由"), &err));
		(void)reply_now(ctx, request, &reply, &err);
		CHECK_OK(reply_gaps(ctx, &reply, &gaps, &count, &err));
		size_t missing = 0;
		for (size_t i = 0; i < reply_fact_rules_count; i++) {
			const struct reply_fact_rule *rule = &reply_fact_rules[i];
			if (!str_equal_c(str_from_c(rule->decision), kind->code) || !rule->required)
				continue;
			missing++;
			bool named = false;
			for (size_t g = 0; g < count; g++)
				named = named || str_equal(gaps[g].label, rule->label);
			CHECK(named);
		}
		CHECK(count >= missing);
	}
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_submit(ctx, at, &err), "reply.gaps");
	struct reply_fact wrong = { STR("keywords"), STR("征收") };
	CHECK_FAILS(reply_set_facts(ctx, at, reply.items[0].id, &wrong, 1, &err),
		    "reply.no_such_fact");
}

static void checks_facts(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply_id id;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_open(ctx, request, &id, &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	struct reply_item_id item = reply.items[0].id;
	struct reply_fact earlier = { STR("earlier_on"), STR("去年") };
	CHECK_FAILS(reply_set_facts(ctx, at, item, &earlier, 1, &err), "reply.decide_first");
	CHECK_OK(reply_decide_item(ctx, at, item, reply_kind("repeat"), STR("已答复"), &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_set_facts(ctx, at, item, &earlier, 1, &err), "reply.no_day");
	earlier.value = STR("2023-05-06");
	CHECK_OK(reply_set_facts(ctx, at, item, &earlier, 1, &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_STR(reply_fact_of(&reply.items[0], "earlier_on"), STR("2023-05-06"));
	/* another decision has other facts */
	CHECK_OK(reply_decide_item(ctx, at, item, reply_kind("give"), STR("可以"), &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT((int64_t)reply.items[0].facts_count, 0);
}

/* ---- several items, redactions */

static void items_and_redactions(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;
	struct reply_result result;
	struct reply_gap *gaps;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	struct reply_edit first = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_remove_item(ctx, first, reply.items[0].id, &err), "reply.last_item");
	CHECK_FAILS(reply_add_item(ctx, reply_now(ctx, request, &reply, &err), STR(" "), &err),
		    "reply.nothing_asked");
	CHECK_OK(reply_add_item(ctx, reply_now(ctx, request, &reply, &err), STR("附图"), &err));
	CHECK_OK(reply_add_item(ctx, reply_now(ctx, request, &reply, &err), STR("会议纪要"), &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_INT((int64_t)reply.items_count, 3);
	CHECK_OK(reply_result_of(ctx, &reply, &result, &err));
	CHECK(result.kind == NULL);
	CHECK_OK(reply_remove_item(ctx, at, reply.items[1].id, &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.items[1].position, 2);
	CHECK_STR(reply.items[1].asked, STR("会议纪要"));
	CHECK_OK(reply_decide_item(ctx, at, reply.items[1].id, reply_kind("no_process"),
				   STR("讨论记录"), &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_result_of(ctx, &reply, &result, &err));
	CHECK(result.kind == reply_kind("part"));

	struct reply_item_id item = reply.items[0].id;
	CHECK_FAILS(reply_redact(ctx, at, item, STR("第3页"), reply_kind("not_exist"), STR("无"),
				 &err),
		    "reply.no_ground");
	CHECK_FAILS(reply_redact(ctx, at, item, STR("第3页"), reply_kind("no_third"), STR_NONE,
				 &err),
		    "reply.why_redacted");
	CHECK_OK(reply_redact(ctx, at, item, STR("第3页第2段"), reply_kind("no_third"),
			      STR("住户姓名、住址"), &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_gaps(ctx, &reply, &gaps, &count, &err));
	bool wants_copy = false;
	for (size_t i = 0; i < count; i++)
		wants_copy = wants_copy || str_equal_c(str_from_c(gaps[i].name), "redacted");
	CHECK(wants_copy);
	CHECK_OK(reply_unredact(ctx, at, reply.items[0].redactions[0].id, &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT((int64_t)reply.items[0].redactions_count, 0);
}

/* ---- the gates */

static void passes_the_gates(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct request r;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNING, &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_sign(ctx, at, reply_day("2024-03-12"), STR_NONE, &err),
		    "reply.sign_in_future");
	CHECK_OK(reply_sign(ctx, at, ctx->today, STR_NONE, &err));
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_SIGNED);
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_DECIDED);
	CHECK_STR(r.decision, STR("give"));
	CHECK_STR(date_iso(t->arena, r.decided_on.v), STR("2024-03-11"));
	struct letter letter;
	CHECK_OK(letter_load(ctx, (struct letter_id){ reply.letter.v }, &letter, &err));
	CHECK(letter.issued);
	CHECK_STR(letter.number, STR("示府公开〔2024〕1号"));
	CHECK_STR(date_iso(t->arena, letter.dated), STR("2024-03-11"));
	CHECK(str_contains(letter.body, STR("某地块的征收批复及其附图")));
	CHECK(str_contains(letter.body, STR("行政复议")));
	struct reply_letter *told;
	size_t count;
	CHECK_OK(reply_letters_for_applicant(ctx, request, &told, &count, &err));
	CHECK(count == 1 && told[0].answer && !told[0].served_on.known);
	CHECK_STR(told[0].number, letter.number);
	struct gate_pass *list;
	CHECK_OK(gate_passes(ctx, reply.id.n, &list, &count, &err));
	CHECK_INT((int64_t)count, GATE_COUNT);
	for (size_t i = 0; i < count; i++)
		CHECK_STR(list[i].digest, reply.digest);
}

static void nobody_decides_without_gates(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	struct request_step step = { .verb = VERB_DECIDE,
				     .on = ctx->today,
				     .kind = reply_kind("give") };
	CHECK_FAILS(request_take_step(ctx, request, &step, &err), "gate.not_passed");
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNING, &err));
	(void)reply_now(ctx, request, &reply, &err);
	step.reply = reply.id.n;
	step.digest = reply.digest; /* reviewed and advised, not signed */
	CHECK_FAILS(request_take_step(ctx, request, &step, &err), "gate.not_passed");
	step.historical = true;
	CHECK_OK(request_take_step(ctx, request, &step, &err));
	struct ledger_row *rows;
	size_t count;
	CHECK_OK(ledger_history(ctx, "request", request.n, 100, &rows, &count, &err));
	CHECK(str_contains(rows[count - 1].changes_json, STR("[\"historical\",\"\",\"yes\"]")));
}

static void no_person_twice(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_REVIEW, &err));
	reply_sit(ctx, DESK_CLERK);
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_review(ctx, at, REPLY_FOR, STR_NONE, &err), "gate.same_person");
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_OK(reply_review(ctx, at, REPLY_FOR, STR_NONE, &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_advise(ctx, at, REPLY_FOR, STR("可以"), &err), "gate.same_person");
	reply_sit(ctx, DESK_ADVISER);
	CHECK_OK(reply_advise(ctx, at, REPLY_FOR, STR("可以"), &err));
	reply_sit(ctx, DESK_REVIEWER);
	at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_sign(ctx, at, ctx->today, STR_NONE, &err), "gate.same_person");
	/* where the unit asks for no signature of its own, the reviewer signs */
	struct gates gates = { .review = true, .advice = true, .sign_off = false };
	CHECK_OK(gates_set(ctx, (struct unit_id){ 1 }, &gates, &err));
	ctx->actor.account_id = 0;
	CHECK_FAILS(reply_sign(ctx, at, ctx->today, STR_NONE, &err), "gate.no_person");
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_OK(reply_sign(ctx, at, ctx->today, STR_NONE, &err));
}

static void gates_are_a_setting(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct gates none = { false, false, true };
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(gates_set(ctx, (struct unit_id){ 1 }, &none, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_SIGNING);
	/* asked for meanwhile: what was passed over is missing */
	struct gates all = { true, true, true };
	CHECK_OK(gates_set(ctx, (struct unit_id){ 1 }, &all, &err));
	reply_sit(ctx, DESK_SIGNER);
	struct request r;
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_FAILS(gate_check(ctx, &r, reply.id.n, reply.digest, &err), "gate.not_passed");
	CHECK_OK(gates_set(ctx, (struct unit_id){ 1 }, &none, &err));
	CHECK_OK(reply_sign(ctx, at, ctx->today, STR_NONE, &err));
}

static void goes_back_and_forth(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_REVIEW, &err));
	reply_sit(ctx, DESK_REVIEWER);
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_FAILS(reply_review(ctx, at, REPLY_AGAINST, STR(" "), &err), "reply.no_remark");
	CHECK_OK(reply_review(ctx, at, REPLY_AGAINST, STR("页数没有写"), &err));
	struct gate_pass *list;
	size_t count;
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_DRAFTING);
	CHECK_OK(gate_passes(ctx, reply.id.n, &list, &count, &err));
	CHECK_STR(list[count - 1].remark, STR("页数没有写"));
	CHECK(!list[count - 1].agrees);

	reply_sit(ctx, DESK_CLERK);
	struct reply_fact facts[] = { { STR("form"), STR("纸质复印件") }, { STR("pages"), STR("12") } };
	at = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_set_facts(ctx, at, reply.items[0].id, facts, 2, &err));
	struct str was = reply.digest;
	/* the letter is of what was there before */
	CHECK_FAILS(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err), "reply.gaps");
	CHECK_OK(reply_fixture_letter(ctx, request, &err));
	CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
	at = reply_now(ctx, request, &reply, &err);
	CHECK(!str_equal(was, reply.digest));
	CHECK_FAILS(reply_recall(ctx, at, STR_NONE, &err), "reply.no_reason");
	CHECK_OK(reply_recall(ctx, at, STR("补一页"), &err));
	CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_OK(reply_review(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR, STR_NONE,
			      &err));
	reply_sit(ctx, DESK_ADVISER);
	CHECK_OK(reply_advise(ctx, reply_now(ctx, request, &reply, &err), REPLY_AGAINST,
			      STR("应当先征求第三方意见"), &err));
	reply_sit(ctx, DESK_SIGNER);
	at = reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_SIGNING);
	CHECK_FAILS(reply_sign(ctx, at, ctx->today, STR_NONE, &err), "reply.why_against");
	CHECK_OK(reply_sign(ctx, at, ctx->today, STR("不涉及第三方"), &err));
}

/* ---- who was slower sees who was faster, and with what */

static void tells_who_was_faster(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	struct reply_edit seen = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_add_item(ctx, seen, STR("附图"), &err));
	reply_sit(ctx, DESK_REVIEWER);
	CHECK(!reply_submit(ctx, seen, &err));
	CHECK_STR(str_from_c(err.key), STR("reply.changed_meanwhile"));
	CHECK_INT(err.code, ERR_CONFLICT);
	struct str text = err_text(t->arena, LOCALE_ZH_CN, &err);
	CHECK(str_contains(text, STR("经办人甲")));
	CHECK(str_contains(text, STR("第2项：增加")));
}

/* ---- every other pair of stage and act */

static bool act(struct ctx *ctx, struct reply_edit at, enum reply_verb verb, struct err *err)
{
	switch (verb) {
	case REPLY_EDIT:
		return reply_add_item(ctx, at, STR("另一项"), err);
	case REPLY_SUBMIT:
		return reply_submit(ctx, at, err);
	case REPLY_RECALL:
		return reply_recall(ctx, at, STR("理由"), err);
	case REPLY_AGREE:
		return reply_review(ctx, at, REPLY_FOR, STR_NONE, err);
	case REPLY_RETURN:
		return reply_return(ctx, at, STR("意见"), err);
	case REPLY_ADVISE:
		return reply_advise(ctx, at, REPLY_FOR, STR("意见"), err);
	case REPLY_SIGN:
		return reply_sign(ctx, at, ctx->today, STR_NONE, err);
	case REPLY_DROP:
		return reply_drop(ctx, at, STR("理由"), err);
	case REPLY_VERB_COUNT:
		break;
	}
	return true;
}

static void refuses_every_other_act(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id first, request;
	struct request r;
	struct reply reply;
	int refused = 0;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &first, &err));
	CHECK_OK(request_find(ctx, first, &r, &err));
	for (int s = 0; s < REPLY_STAGE_COUNT; s++) {
		struct request_register in = { .unit = r.unit,
					       .channel = CHANNEL_IN_PERSON,
					       .applicant = APPLICANT_NATURAL_PERSON,
					       .submitted_on = ctx->today,
					       .content = STR("另一件") };
		reply_sit(ctx, DESK_CLERK);
		CHECK_OK(request_register(ctx, &in, &request, &err));
		if (!CHECK_OK(reply_fixture_to(ctx, request, (enum reply_stage)s, &err)))
			return;
		struct reply_edit at = reply_now(ctx, request, &reply, &err);
		CHECK_INT(reply.stage, s);
		for (int v = 0; v < REPLY_VERB_COUNT; v++) {
			if (reply_transition((enum reply_stage)s, (enum reply_verb)v) != NULL)
				continue;
			CHECK(!act(ctx, at, (enum reply_verb)v, &err));
			CHECK_STR(str_from_c(err.key), STR("reply.not_allowed"));
			struct str text = err_text(t->arena, LOCALE_ZH_CN, &err);
			CHECK(str_contains(text, reply_stage_label((enum reply_stage)s)));
			CHECK(str_contains(text, reply_verb_label((enum reply_verb)v)));
			err_clear(&err);
			refused++;
		}
	}
	CHECK_INT(refused + (int)reply_transitions_count, REPLY_STAGE_COUNT * REPLY_VERB_COUNT);
}

/* ---- the opinion is privileged */

static void keeps_the_opinion(struct test *t, struct testdb *site, const void *arg)
{
	static const enum desk may[] = { DESK_CLERK, DESK_REVIEWER, DESK_ADVISER, DESK_SIGNER };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;
	struct reply_opinion *list;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNED, &err));
	(void)reply_now(ctx, request, &reply, &err);
	for (size_t i = 0; i < COUNT_OF(may); i++) {
		reply_sit(ctx, may[i]);
		CHECK_OK(reply_opinions(ctx, &reply, &list, &count, &err));
		CHECK(count == 1 && list[0].readable);
		CHECK_STR(list[0].opinion, STR("依据充分"));
	}
	reply_sit(ctx, DESK_STRANGER); /* sees that it is there, not what it says */
	CHECK_OK(reply_opinions(ctx, &reply, &list, &count, &err));
	CHECK(count == 1 && !list[0].readable && list[0].agrees);
	CHECK_INT((int64_t)list[0].opinion.len, 0);
	CHECK_STR(list[0].person, STR("法律顾问丙"));
	reply_sit(ctx, DESK_CLERK);
	ctx->actor.unit_id = 77; /* of another unit */
	CHECK_OK(reply_opinions(ctx, &reply, &list, &count, &err));
	CHECK(!list[0].readable && list[0].opinion.len == 0);

	struct ledger_row *rows;
	size_t events;
	bool proved = false;
	CHECK_OK(ledger_history(ctx, "request", request.n, 100, &rows, &events, &err));
	for (size_t i = 0; i < events; i++) {
		CHECK(!str_contains(rows[i].changes_json, STR("依据充分")));
		CHECK(!str_contains(rows[i].reason, STR("依据充分")));
		proved = proved || str_contains(rows[i].changes_json, list[0].digest);
	}
	CHECK(proved);
}

/* ---- service and archive */

static void serves_and_files(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct request r;
	struct service *list;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	struct service_new in = { .way = SERVICE_EMAIL,
				  .sent_on = reply_day("2024-03-11"),
				  .failed = true,
				  .note = STR("邮箱不存在") };
	CHECK_FAILS(reply_serve(ctx, request, &in, &err), "reply.not_decided_yet");
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNED, &err));
	reply_sit(ctx, DESK_CLERK);
	reply_today(ctx, "2024-03-15");
	CHECK_OK(reply_serve(ctx, request, &in, &err));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_DECIDED);
	CHECK_FAILS(reply_file(ctx, request, ctx->today, STR("2024-D30-001"), 30, &err),
		    "reply.not_served_yet");
	in = (struct service_new){ .way = SERVICE_POST,
				   .sent_on = reply_day("2024-03-10"),
				   .tracking = STR("1234567890123") };
	CHECK_FAILS(reply_serve(ctx, request, &in, &err), "request.too_early");
	in.sent_on = reply_day("2024-03-12");
	CHECK_OK(reply_serve(ctx, request, &in, &err));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_SERVED);
	CHECK_STR(date_iso(t->arena, r.served_on.v), STR("2024-03-12"));
	CHECK_OK(reply_services(ctx, request, &list, &count, &err));
	CHECK_INT((int64_t)count, 2);
	CHECK_INT(reply_timing(&r, list, count), TIMING_IN_TIME);
	/* no proof yet */
	CHECK_FAILS(reply_file(ctx, request, ctx->today, STR("2024-D30-001"), 30, &err),
		    "reply.not_complete");
	CHECK_FAILS(reply_prove(ctx, request, list[1].id, reply_day("2024-03-11"), STR_NONE,
				(struct opt_int){ 0 }, &err),
		    "reply.signed_before_sent");
	CHECK_OK(reply_prove(ctx, request, list[1].id, reply_day("2024-03-14"), STR("本人"),
			     (struct opt_int){ 0 }, &err));
	CHECK_FAILS(reply_service_failed(ctx, request, list[1].id, STR("退回"), &err),
		    "reply.service_failed_already");
	CHECK_FAILS(reply_file(ctx, request, ctx->today, STR(" "), 30, &err), "reply.archive_no");
	CHECK_FAILS(reply_file(ctx, request, ctx->today, STR("1"), 101, &err), "reply.years");
	CHECK_OK(reply_file(ctx, request, ctx->today, STR("2024-D30-001"), 30, &err));
	CHECK_FAILS(reply_file(ctx, request, ctx->today, STR("2"), 30, &err),
		    "reply.filed_already");
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_CLOSED);
	struct reply_record *records;
	CHECK_OK(reply_checklist(ctx, request, &records, &count, &err));
	for (size_t i = 0; i < count; i++)
		CHECK(records[i].there && records[i].who.len > 0);
}

static void a_letter_comes_back(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct request r;
	struct service *list;
	size_t count;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNED, &err));
	reply_sit(ctx, DESK_CLERK);
	reply_today(ctx, "2024-03-15");
	struct service_new in = { .way = SERVICE_ENTRUSTED, .sent_on = reply_day("2024-03-12") };
	CHECK_OK(reply_serve(ctx, request, &in, &err));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_DECIDED); /* by whom it is signed is not known yet */
	CHECK_OK(reply_services(ctx, request, &list, &count, &err));
	CHECK_FAILS(reply_service_failed(ctx, request, list[0].id, STR_NONE, &err),
		    "reply.why_failed");
	CHECK_OK(reply_service_failed(ctx, request, list[0].id, STR("地址无此人"), &err));
	CHECK_FAILS(reply_prove(ctx, request, list[0].id, ctx->today, STR_NONE,
				(struct opt_int){ 0 }, &err),
		    "reply.service_failed_already");
	in = (struct service_new){ .way = SERVICE_NOTICE, .sent_on = ctx->today };
	CHECK_OK(reply_serve(ctx, request, &in, &err));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_SERVED);
	CHECK_FAILS(reply_prove(ctx, request, 999, ctx->today, STR_NONE,
				(struct opt_int){ 0 }, &err), "reply.no_service");
}

static void names_the_channel(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct request r;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_draft(ctx, request, &err));
	struct service_new in = { .way = SERVICE_EMAIL, .sent_on = ctx->today };
	struct reply_letter_new letter = { .dated = ctx->today, .addressee = STR("申请人甲〇一") };
	for (int online = 0; online < 2; online++) {
		reply_sit(ctx, DESK_CLERK);
		letter.online = online == 1;
		if (online == 1) { /* another round, with the channel in it */
			struct reply_id id;
			struct reply_fact form = { STR("form"), STR("纸质复印件") };
			CHECK_OK(reply_open_again(ctx, request, STR("重新送达"), &id, &err));
			struct reply_edit at = reply_now(ctx, request, &reply, &err);
			CHECK_OK(reply_decide_item(ctx, at, reply.items[0].id, reply_kind("give"),
						   STR("同前"), &err));
			at = reply_now(ctx, request, &reply, &err);
			CHECK_OK(reply_set_facts(ctx, at, reply.items[0].id, &form, 1, &err));
		}
		CHECK_OK(reply_draft_letter(ctx, reply_now(ctx, request, &reply, &err), &letter,
					    &err));
		CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
		reply_sit(ctx, DESK_REVIEWER);
		CHECK_OK(reply_review(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR,
				      STR_NONE, &err));
		reply_sit(ctx, DESK_ADVISER);
		CHECK_OK(reply_advise(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR,
				      STR("可以"), &err));
		reply_sit(ctx, DESK_SIGNER);
		CHECK_OK(reply_sign(ctx, reply_now(ctx, request, &reply, &err), ctx->today,
				    STR_NONE, &err));
		if (online == 0)
			CHECK_FAILS(reply_serve(ctx, request, &in, &err),
				    "reply.letter_not_online");
	}
	CHECK_OK(reply_serve(ctx, request, &in, &err));
	CHECK_OK(request_find(ctx, request, &r, &err));
	CHECK_INT(r.state, REQUEST_SERVED);
}

/* ---- the other ends, and a second round */

static void closes_and_drops(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_ADVICE, &err));
	reply_sit(ctx, DESK_REVIEWER);
	struct reply_closing in = { .kind = reply_kind("withdraw"),
				    .on = ctx->today,
				    .reason = STR("申请人撤回"),
				    .addressee = STR("申请人甲〇一") };
	struct letter *letters;
	size_t count;
	CHECK_OK(reply_close(ctx, request, &in, &err));
	CHECK_OK(letter_list(ctx, "request", request.n, &letters, &count, &err));
	CHECK_STR(str_from_c(letters[count - 1].kind->code), STR("withdraw"));
	CHECK(letters[count - 1].issued && letters[count - 1].number.len > 0);
	(void)reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.stage, REPLY_DROPPED);
	CHECK_OK(reply_file(ctx, request, ctx->today, STR("2024-D10-002"), 10, &err));
	struct reply_id id;
	CHECK_FAILS(reply_open(ctx, request, &id, &err), "reply.cannot_open");
}

static void answers_again(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct request before, after;
	struct reply_id id;
	struct reply reply;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_FAILS(reply_open_again(ctx, request, STR("复议决定"), &id, &err),
		    "reply.not_decided_yet");
	CHECK_OK(reply_fixture_to(ctx, request, REPLY_SIGNED, &err));
	reply_sit(ctx, DESK_CLERK);
	CHECK_FAILS(reply_open_again(ctx, request, STR_NONE, &id, &err), "reply.no_cause");
	CHECK_OK(request_find(ctx, request, &before, &err));
	CHECK_OK(reply_open_again(ctx, request, STR("复决〔2024〕5号：责令重新答复"), &id, &err));
	struct reply_edit at = reply_now(ctx, request, &reply, &err);
	CHECK_INT(reply.round, 2);
	CHECK_OK(reply_decide_item(ctx, at, reply.items[0].id, reply_kind("not_ours"), STR("另查"),
				   &err));
	struct reply_fact facts[] = { { STR("not_ours_why"), STR("由上级制作") },
				      { STR("other_agency"), STR("示例市政府") } };
	at = reply_now(ctx, request, &reply, &err);
	CHECK_OK(reply_set_facts(ctx, at, reply.items[0].id, facts, 2, &err));
	CHECK_OK(reply_fixture_letter(ctx, request, &err));
	CHECK_OK(reply_submit(ctx, reply_now(ctx, request, &reply, &err), &err));
	reply_sit(ctx, DESK_REVIEWER);
	CHECK_OK(reply_review(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR, STR_NONE,
			      &err));
	reply_sit(ctx, DESK_ADVISER);
	CHECK_OK(reply_advise(ctx, reply_now(ctx, request, &reply, &err), REPLY_FOR, STR("可以"),
			      &err));
	reply_sit(ctx, DESK_SIGNER);
	CHECK_OK(reply_sign(ctx, reply_now(ctx, request, &reply, &err), ctx->today, STR_NONE,
			    &err));
	CHECK_OK(request_find(ctx, request, &after, &err));
	CHECK_STR(after.decision, before.decision); /* counted once, as it was */
	CHECK_INT(after.version, before.version);
}

/* ---- faults */

static bool given_case(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id request;

	(void)arg;
	return reply_fixture(ctx, &request, err);
}

static bool whole_reply(struct ctx *ctx, const void *arg, struct err *err)
{
	struct request_id request = { 1 };
	struct service_new in = { .way = SERVICE_IN_PERSON,
				  .sent_on = reply_day("2024-03-11"),
				  .signed_on = { true, reply_day("2024-03-11") } };

	(void)arg;
	reply_sit(ctx, DESK_CLERK);
	if (!reply_fixture_to(ctx, request, REPLY_SIGNED, err))
		return false;
	reply_sit(ctx, DESK_CLERK);
	return reply_serve(ctx, request, &in, err) &&
	       reply_file(ctx, request, ctx->today, STR("2024-D30-003"), 30, err);
}

static void chain_intact(struct test *t, struct ctx *ctx, const void *arg, bool done)
{
	struct ledger_verdict verdict;
	struct err err = { 0 };

	(void)arg;
	(void)done;
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
}

static void settings(struct test *t, struct testdb *site, const void *arg)
{
	struct reply_setting setting = { .years = 10, .given_and_missing_is_part = true };
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct request_id request;
	struct reply_setting got;

	(void)arg;
	CHECK_OK(reply_fixture(ctx, &request, &err));
	CHECK_OK(reply_setting_of(ctx, (struct unit_id){ 1 }, &got, &err));
	CHECK_INT(got.years, REPLY_YEARS_DEFAULT);
	CHECK_OK(reply_set(ctx, (struct unit_id){ 1 }, &setting, &err));
	CHECK_OK(reply_setting_of(ctx, (struct unit_id){ 1 }, &got, &err));
	CHECK(got.years == 10 && got.given_and_missing_is_part);
	setting.years = 101;
	CHECK_FAILS(reply_set(ctx, (struct unit_id){ 1 }, &setting, &err), "reply.years");
}

void reply_test(struct test *t)
{
	testdb_each(t, "the tests one by one, the first yes decides", asks_one_by_one, NULL);
	testdb_each(t, "36: what is missing is named field by field", names_what_is_missing, NULL);
	testdb_each(t, "facts are those of the decision, days are days", checks_facts, NULL);
	testdb_each(t, "37: items with their own decisions and redactions", items_and_redactions,
		    NULL);
	testdb_each(t, "through every gate to the signature", passes_the_gates, NULL);
	testdb_each(t, "nobody decides without the gates, but history is recorded",
		    nobody_decides_without_gates, NULL);
	testdb_each(t, "no person stands in two gates", no_person_twice, NULL);
	testdb_each(t, "a unit says which gates it has", gates_are_a_setting, NULL);
	testdb_each(t, "sent back, changed, submitted again", goes_back_and_forth, NULL);
	testdb_each(t, "who was slower is told who was faster", tells_who_was_faster, NULL);
	testdb_each(t, "every other act at a stage is refused with a reason",
		    refuses_every_other_act, NULL);
	testdb_each(t, "the opinion is privileged, that it was given is proved", keeps_the_opinion,
		    NULL);
	testdb_each(t, "45: served with proof, then filed", serves_and_files, NULL);
	testdb_each(t, "22: served over the internet only if the letter names that channel",
		    names_the_channel, NULL);
	testdb_each(t, "a letter comes back", a_letter_comes_back, NULL);
	testdb_each(t, "closed otherwise, the draft is dropped", closes_and_drops, NULL);
	testdb_each(t, "a further round after a dispute", answers_again, NULL);
	testdb_each(t, "retention and counting are settings", settings, NULL);
	testdb_faults(t, "a whole reply is all or nothing",
		      &(struct testdb_scenario){
			      .given = given_case, .verb = whole_reply, .check = chain_intact });
}
