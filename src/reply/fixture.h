/* fixture.h - a request in hand and the people of a unit, for the tests of replies. */
#ifndef REPLY_FIXTURE_H
#define REPLY_FIXTURE_H

#include "attachment/attachment.h"
#include "db/testdb.h"
#include "letter/letterhead.h"
#include "reply/reply.h"

enum desk { DESK_CLERK = 1, DESK_REVIEWER, DESK_ADVISER, DESK_SIGNER, DESK_STRANGER };

static inline struct date reply_day(const char *iso)
{
	struct date d = { 0 };

	(void)date_parse(str_from_c(iso), &d);
	return d;
}

static inline void reply_today(struct ctx *ctx, const char *iso)
{
	ctx_set_time(ctx, date_start(reply_day(iso)) + 10 * 3600);
}

/* Who sits at the desk now; the unit is the site's own. */
static inline void reply_sit(struct ctx *ctx, enum desk who)
{
	static const struct { const char *role; struct str name; } people[] = {
		[DESK_CLERK] = { "clerk", STR_INIT("经办人甲") },
		[DESK_REVIEWER] = { "reviewer", STR_INIT("审核人乙") },
		[DESK_ADVISER] = { "adviser", STR_INIT("法律顾问丙") },
		[DESK_SIGNER] = { "signer", STR_INIT("签发人丁") },
		[DESK_STRANGER] = { "auditor", STR_INIT("审计员戊") },
	};
	const struct role *role = role_find(str_from_c(people[who].role));

	ctx->actor = (struct actor){ .account_id = (int64_t)who,
				     .unit_id = 1,
				     .permissions = role->permissions,
				     .role = str_from_c(role->code),
				     .name = people[who].name };
}

static inline const struct decision_kind *reply_kind(const char *code)
{
	return request_decision(str_from_c(code));
}

/* Who writes letters, and whom they name. */
static inline bool reply_fixture_head(struct ctx *ctx, struct unit_id unit, struct err *err)
{
	struct letterhead head = { .unit = unit,
				   .full_name = STR("示例市示例区人民政府"),
				   .mark = STR("示府公开"),
				   .style = OFFICIAL_LETTER,
				   .contact = STR("信息公开办公室"),
				   .phone = STR("020-00000000"),
				   .address = STR("示例路1号"),
				   .channel = STR("行政复议网上申请平台（http://www.example.gov.cn/fy）") };
	struct remedy_body above = { .role = BODY_SUPERIOR_GOVERNMENT,
				     .name = STR("示例市人民政府"),
				     .from = date_make(2019, 5, 15) };
	struct remedy_body court = { .role = BODY_COURT,
				     .name = STR("示例铁路运输法院"),
				     .from = date_make(2019, 5, 15) };

	return letterhead_set(ctx, &head, err) && remedy_body_add(ctx, &above, err) &&
	       remedy_body_add(ctx, &court, err);
}

static inline bool reply_fixture(struct ctx *ctx, struct request_id *id, struct err *err)
{
	struct unit_new root = { .code = STR("YX"),
				 .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT,
				 .reports = true };
	struct request_register in = { .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .submitted_on = reply_day("2024-03-04"),
				       .content = STR("某地块的征收批复及其附图") };

	reply_today(ctx, "2024-03-04");
	reply_sit(ctx, DESK_CLERK);
	if (!agency_add_unit(ctx, &root, &in.unit, err) || !reply_fixture_head(ctx, in.unit, err) ||
	    !request_register(ctx, &in, id, err))
		return false;
	reply_today(ctx, "2024-03-11");
	return true;
}

/* The version as it is now. */
static inline struct reply_edit reply_now(struct ctx *ctx, struct request_id request,
					  struct reply *reply, struct err *err)
{
	bool found = false;

	if (!reply_of(ctx, request, reply, &found, err) || !found)
		return (struct reply_edit){ { 0 }, 0 };
	return (struct reply_edit){ reply->id, reply->version };
}

/* The letter of what was decided so far. */
static inline bool reply_fixture_letter(struct ctx *ctx, struct request_id request, struct err *err)
{
	struct reply_letter_new in = { .dated = ctx->today, .addressee = STR("申请人甲〇一") };
	struct reply reply;

	return reply_draft_letter(ctx, reply_now(ctx, request, &reply, err), &in, err);
}

/* A draft that may be given: one item, its decision, its facts. */
static inline bool reply_fixture_draft(struct ctx *ctx, struct request_id request, struct err *err)
{
	struct reply_fact form = { STR("form"), STR("纸质复印件") };
	struct reply_id id;
	struct reply reply;

	if (!reply_open(ctx, request, &id, err))
		return false;
	struct reply_edit at = reply_now(ctx, request, &reply, err);
	if (at.reply.n == 0 || !reply_decide_item(ctx, at, reply.items[0].id, reply_kind("give"),
						  STR("显然可以公开"), err))
		return false;
	at = reply_now(ctx, request, &reply, err);
	return at.reply.n != 0 &&
	       reply_set_facts(ctx, at, reply.items[0].id, &form, 1, err) &&
	       reply_fixture_letter(ctx, request, err);
}

/* Brings the draft to the stage, each act by the one whose it is. */
static inline bool reply_fixture_to(struct ctx *ctx, struct request_id request,
				    enum reply_stage stage, struct err *err)
{
	struct reply reply;

	if (!reply_fixture_draft(ctx, request, err))
		return false;
	if (stage == REPLY_DROPPED)
		return reply_drop(ctx, reply_now(ctx, request, &reply, err), STR("重拟"), err);
	if (stage >= REPLY_REVIEW &&
	    !reply_submit(ctx, reply_now(ctx, request, &reply, err), err))
		return false;
	reply_sit(ctx, DESK_REVIEWER);
	if (stage >= REPLY_ADVICE && !reply_review(ctx, reply_now(ctx, request, &reply, err),
						   REPLY_FOR, STR_NONE, err))
		return false;
	reply_sit(ctx, DESK_ADVISER);
	if (stage >= REPLY_SIGNING && !reply_advise(ctx, reply_now(ctx, request, &reply, err),
						    REPLY_FOR, STR("依据充分"), err))
		return false;
	reply_sit(ctx, DESK_SIGNER);
	return stage < REPLY_SIGNED || reply_sign(ctx, reply_now(ctx, request, &reply, err),
						  ctx->today, STR_NONE, err);
}

/* Signed, with one file enclosed. */
static inline bool reply_fixture_enclosed(struct ctx *ctx, struct request_id r,
					  struct attachment_id *enclosed, struct err *err)
{
	struct attachment_new file = { .subject_kind = "reply", .purpose = ATTACHMENT_REPLY,
				       .who = BROUGHT_BY_AGENCY, .file_name = STR("a.txt"),
				       .content = STR("甲〇一的批复全文") };
	struct attachment kept;
	struct reply reply;

	if (!reply_fixture_draft(ctx, r, err))
		return false;
	struct reply_edit at = reply_now(ctx, r, &reply, err);
	file.subject_id = reply.id.n;
	if (!attachment_add(ctx, &file, enclosed, err) ||
	    !attachment_find(ctx, *enclosed, &kept, err))
		return false;
	struct reply_enclosure_new in = { .attachment = enclosed->n, .title = STR("批复"),
					  .sha256 = kept.sha256, .pages = 2 };
	if (!reply_enclose(ctx, at, &in, err) || !reply_fixture_letter(ctx, r, err) ||
	    !reply_submit(ctx, reply_now(ctx, r, &reply, err), err))
		return false;
	reply_sit(ctx, DESK_REVIEWER);
	if (!reply_review(ctx, reply_now(ctx, r, &reply, err), REPLY_FOR, STR_NONE, err))
		return false;
	reply_sit(ctx, DESK_ADVISER);
	if (!reply_advise(ctx, reply_now(ctx, r, &reply, err), REPLY_FOR, STR("依据充分"), err))
		return false;
	reply_sit(ctx, DESK_SIGNER);
	return reply_sign(ctx, reply_now(ctx, r, &reply, err), ctx->today, STR_NONE, err);
}
#endif
