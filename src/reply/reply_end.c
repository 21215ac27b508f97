/*
 * reply_end.c - 终止办理 and 归档: the other ends of a request, what its dossier must hold, and
 * filing it.
 */
#include "reply/reply_work.h"

#include "reply_sql.h"

enum { RECORDS_MAX = 200, ARCHIVE_NO_BYTES = 100, HISTORY_MAX = 500 };

/* ---- closing */

bool reply_close(struct ctx *ctx, struct request_id request, const struct reply_closing *in,
		 struct err *err)
{
	struct request_step step = { .verb = VERB_CLOSE,
				     .on = in->on,
				     .kind = in->kind,
				     .reason = in->reason };
	struct request r;

	return request_find(ctx, request, &r, err) &&
	       (in->addressee.len == 0 || work_closing_letter(ctx, &r, in, err)) &&
	       request_take_step(ctx, request, &step, err) && reply_drop_closed(ctx, request, err);
}

bool reply_drop_closed(struct ctx *ctx, struct request_id request, struct err *err)
{
	struct reply reply;
	struct request r;
	bool found;

	if (!request_find(ctx, request, &r, err) || !reply_of(ctx, request, &reply, &found, err))
		return false;
	if (r.state != REQUEST_CLOSED || !found || reply.stage == REPLY_SIGNED ||
	    reply.stage == REPLY_DROPPED)
		return true;
	struct work w = { .reply = reply, .request = r };
	struct ledger_change change = { "stage", reply_stage_code(reply.stage),
					reply_stage_code(REPLY_DROPPED) };
	w.reply.stage = REPLY_DROPPED;
	struct work_note note = { .verb = "reply.drop",
				  .what = STR("终止办理，稿件作废"),
				  .changes = &change,
				  .changes_count = 1 };
	return work_end(ctx, &w, &note, err);
}

/* ---- the dossier's contents (条例第四十五条) */

struct records {
	struct reply_record *list;
	size_t count;
};

static void add(struct records *r, struct reply_record record)
{
	if (r->count < RECORDS_MAX)
		r->list[r->count++] = record;
}

/* 登记 and 办理: what the ledger has of the request's own steps. */
static const struct { const char *verb; struct str duty, what; } steps[] = {
	{ "request.register", STR_INIT("登记"), STR_INIT("登记申请") },
	{ "request.import", STR_INIT("登记"), STR_INIT("由台账导入") },
	{ "request.confirm", STR_INIT("登记"), STR_INIT("与申请人确认收到申请之日") },
	{ "request.ask_correction", STR_INIT("办理"), STR_INIT("一次性告知补正") },
	{ "request.receive_correction", STR_INIT("办理"), STR_INIT("收到补正") },
	{ "request.open_inquiry", STR_INIT("办理"), STR_INIT("书面征求意见") },
	{ "request.close_inquiry", STR_INIT("办理"), STR_INIT("收到意见或者期限届满") },
	{ "request.extend", STR_INIT("办理"), STR_INIT("延期并告知申请人") },
	{ "request.charge", STR_INIT("办理"), STR_INIT("通知缴纳信息处理费") },
	{ "request.fee_served", STR_INIT("办理"), STR_INIT("收费通知送达") },
	{ "request.pay", STR_INIT("办理"), STR_INIT("收到信息处理费") },
	{ "request.decide", STR_INIT("答复"), STR_INIT("作出答复") },
	{ "request.close", STR_INIT("答复"), STR_INIT("终止办理") },
};

static bool add_steps(struct ctx *ctx, struct request_id request, struct records *r,
		      struct err *err)
{
	struct ledger_row *rows;
	size_t count;

	if (!ledger_history(ctx, "request", request.n, HISTORY_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		for (size_t s = 0; s < COUNT_OF(steps); s++)
			if (str_equal_c(rows[i].verb, steps[s].verb))
				add(r, (struct reply_record){ .duty = steps[s].duty,
							      .what = steps[s].what,
							      .who = rows[i].actor_name,
							      .at = rows[i].at,
							      .there = true,
							      .required = true });
	return true;
}

/* 审核: one line for each gate; those that the unit asks for are required. */
static bool add_gates(struct ctx *ctx, const struct request *q, const struct reply *reply,
		      struct records *r, struct err *err)
{
	struct gate_pass *list;
	struct gates gates;
	size_t count;

	if (!gate_passes(ctx, reply->id.n, &list, &count, err) ||
	    !gates_of_unit(ctx, q->unit, &gates, err))
		return false;
	bool needed[GATE_COUNT] = { true, gates.review, gates.advice, true };
	for (int g = 0; g < GATE_COUNT; g++) {
		struct reply_record record = { .duty = STR("审核"),
					       .what = gate_label((enum gate)g),
					       .required = needed[g] };
		for (size_t i = 0; i < count; i++)
			if (list[i].gate == (enum gate)g &&
			    str_equal(list[i].digest, reply->digest)) {
				record.there = true;
				record.who = list[i].person;
				record.at = list[i].at;
			}
		add(r, record);
	}
	return true;
}

/* 送达: an attempt that did not fail, and its proof. */
static bool add_services(struct ctx *ctx, struct request_id request, struct records *r,
			 struct err *err)
{
	struct reply_record served = { .duty = STR("答复"),
				       .what = STR("送达"),
				       .required = true };
	struct reply_record proof = { .duty = STR("答复"),
				      .what = STR("送达凭证（签收日期或者回执文件）"),
				      .required = true };
	struct service *list;
	size_t count;

	if (!reply_services(ctx, request, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (list[i].failed)
			continue;
		bool sent =
			service_rules[list[i].way].counts == DAY_SENT && list[i].counts_on.known;
		served.there = served.there || list[i].counts_on.known;
		served.who = list[i].person;
		served.at = list[i].at;
		if (list[i].signed_on.known || list[i].receipt.known || sent) {
			proof.there = true;
			proof.who = list[i].person;
			proof.at = list[i].at;
		}
	}
	add(r, served);
	add(r, proof);
	return true;
}

static bool add_filing(struct ctx *ctx, struct request_id request, struct records *r,
		       struct err *err)
{
	struct reply_filing filing;
	bool found;

	if (!reply_filing_of(ctx, request, &filing, &found, err))
		return false;
	add(r, (struct reply_record){ .duty = STR("归档"),
				      .what = STR("归档"),
				      .who = found ? filing.person : STR_NONE,
				      .at = found ? date_start(filing.filed_on) : 0,
				      .there = found });
	return true;
}

bool reply_checklist(struct ctx *ctx, struct request_id request, struct reply_record **out,
		     size_t *count, struct err *err)
{
	struct records r = { .list = ARENA_ARRAY(ctx->arena, RECORDS_MAX, struct reply_record) };
	struct request q;
	struct reply reply;
	bool found;

	if (!request_find(ctx, request, &q, err) || !reply_of(ctx, request, &reply, &found, err) ||
	    !add_steps(ctx, request, &r, err))
		return false;
	/* What was decided before it came here has its papers elsewhere. */
	if (found && reply.stage != REPLY_DROPPED && !add_gates(ctx, &q, &reply, &r, err))
		return false;
	if (q.decided_on.known && !add_services(ctx, request, &r, err))
		return false;
	if (!add_filing(ctx, request, &r, err))
		return false;
	*out = r.list;
	*count = r.count;
	return true;
}

/* ---- filing */

bool reply_filing_of(struct ctx *ctx, struct request_id request, struct reply_filing *out,
		     bool *found, struct err *err)
{
	struct filing_of_in in = { .request_id = request };
	struct filing_of_row row;

	if (!filing_of(ctx, &in, &row, found, err))
		return false;
	if (*found)
		*out = (struct reply_filing){ row.filed_on, row.archive_no, row.person,
					      (int)row.years };
	return true;
}

static bool check_complete(struct ctx *ctx, const struct request *r, struct err *err)
{
	struct reply_record *list;
	size_t count;

	if (!reply_checklist(ctx, r->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].required && !list[i].there)
			return err_set(err, ERR_CONFLICT, "reply.not_complete", STR_FMT "|" STR_FMT,
				       STR_ARG(r->number), STR_ARG(list[i].what));
	return true;
}

bool reply_file(struct ctx *ctx, struct request_id request, struct date on, struct str archive_no,
		int years, struct err *err)
{
	struct filing_insert_in in = { .request_id = request,
				       .filed_on = on,
				       .archive_no = archive_no,
				       .years = years,
				       .person = ctx->actor.name,
				       .at = ctx->now };
	struct reply_filing filing;
	struct request r;
	bool filed;

	if (!request_find(ctx, request, &r, err) ||
	    !reply_filing_of(ctx, request, &filing, &filed, err))
		return false;
	if (filed)
		return err_set(err, ERR_CONFLICT, "reply.filed_already", STR_FMT "|" STR_FMT,
			       STR_ARG(r.number), STR_ARG(filing.archive_no));
	if (str_trim(archive_no).len == 0 || archive_no.len > ARCHIVE_NO_BYTES)
		return err_set_field(err, "archive_no", ERR_INVALID, "reply.archive_no", "%d",
				     ARCHIVE_NO_BYTES);
	if (years < 0 || years > 100)
		return err_set_field(err, "years", ERR_INVALID, "reply.years", "%d", years);
	/* One closed without a reply has no step of filing: it is done already. */
	if (r.state == REQUEST_SERVED &&
	    (!check_complete(ctx, &r, err) || !request_file(ctx, request, on, err)))
		return false;
	if (r.state != REQUEST_SERVED && r.state != REQUEST_CLOSED)
		return err_set(err, ERR_CONFLICT, "reply.not_served_yet", STR_FMT "|" STR_FMT,
			       STR_ARG(r.number), STR_ARG(request_state_label(r.state)));
	struct ledger_change changes[] = {
		{ "archive_no", STR_NONE, archive_no },
		{ "years", STR_NONE, str_format(ctx->arena, "%d", years) },
	};
	struct work_note note = { .verb = "reply.file",
				  .changes = changes,
				  .changes_count = COUNT_OF(changes) };
	return filing_insert(ctx, &in, NULL, err) && work_record(ctx, request, &note, err);
}
