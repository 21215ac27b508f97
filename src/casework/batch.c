/* batch.c - the acts, each as a check and a deed. */
#include "casework/batch.h"

#include "casework/casework_internal.h"
#include "casework_sql.h"
#include "reply/reply.h"

#include <assert.h>

typedef bool batch_fn(struct ctx *ctx, const struct batch *in, const struct request *r,
		      struct err *err);

static bool check_assign(struct ctx *ctx, const struct batch *in, const struct request *r,
			 struct err *err)
{
	return case_may_assign(ctx, r, in->to, in->reason, err);
}

static bool do_assign(struct ctx *ctx, const struct batch *in, const struct request *r,
		      struct err *err)
{
	return case_assign(ctx, r->id, in->to, in->reason, err);
}

static bool check_return(struct ctx *ctx, const struct batch *in, const struct request *r,
			 struct err *err)
{
	return case_may_return(ctx, r, in->reason, err);
}

static bool do_return(struct ctx *ctx, const struct batch *in, const struct request *r,
		      struct err *err)
{
	return case_return(ctx, r->id, in->reason, err);
}

static bool check_open(const struct request *r, struct err *err)
{
	return !r->closed_on.known ||
	       err_set(err, ERR_CONFLICT, "casework.closed", STR_FMT "|" STR_FMT,
		       STR_ARG(r->number), STR_ARG(request_state_label(r->state)));
}

static bool check_own(struct ctx *ctx, const struct request *r, struct err *err)
{
	return r->unit.n == ctx->actor.unit_id ||
	       err_set(err, ERR_FORBIDDEN, "request.not_yours", STR_FMT, STR_ARG(r->number));
}

static bool check_remind(struct ctx *ctx, const struct batch *in, const struct request *r,
			 struct err *err)
{
	struct str text;

	return check_open(r, err) &&
	       (casework_actor_may(ctx, PERM_SUPERVISE) || check_own(ctx, r, err)) &&
	       casework_text("text", in->text, CASE_TEXT_BYTES, &text, err);
}

static bool do_remind(struct ctx *ctx, const struct batch *in, const struct request *r,
		      struct err *err)
{
	return case_remind(ctx, r->id, in->text, err);
}

static struct request_step proposal(struct ctx *ctx, const struct batch *in)
{
	return (struct request_step){ .verb = VERB_PROPOSE_EXTENSION,
				      .on = ctx->today,
				      .days = in->days,
				      .reason = in->reason };
}

static bool check_propose(struct ctx *ctx, const struct batch *in, const struct request *r,
			  struct err *err)
{
	struct request_step step = proposal(ctx, in);

	return check_own(ctx, r, err) && request_check_step(ctx, r->id, &step, err);
}

static bool do_propose(struct ctx *ctx, const struct batch *in, const struct request *r,
		       struct err *err)
{
	struct request_step step = proposal(ctx, in);

	return request_take_step(ctx, r->id, &step, err);
}

/* The dossier is whole, and not in the archive yet. */
static bool check_file(struct ctx *ctx, const struct batch *in, const struct request *r,
		       struct err *err)
{
	struct reply_record *records;
	struct reply_filing filing;
	size_t count;
	bool filed;

	(void)in;
	if (!check_own(ctx, r, err) || !reply_filing_of(ctx, r->id, &filing, &filed, err))
		return false;
	if (filed || r->filed_on.known)
		return err_set(err, ERR_CONFLICT, "casework.filed", STR_FMT, STR_ARG(r->number));
	if (r->state != REQUEST_SERVED)
		return err_set(err, ERR_CONFLICT, "reply.not_served_yet", STR_FMT "|" STR_FMT,
			       STR_ARG(r->number), STR_ARG(request_state_label(r->state)));
	if (!reply_checklist(ctx, r->id, &records, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (records[i].required && !records[i].there && !str_equal_c(records[i].duty, "归档"))
			return err_set(err, ERR_CONFLICT, "casework.dossier_lacks",
				       STR_FMT "|" STR_FMT, STR_ARG(r->number),
				       STR_ARG(records[i].what));
	return true;
}

static bool do_file(struct ctx *ctx, const struct batch *in, const struct request *r,
		    struct err *err)
{
	struct str archive_no = str_concat(ctx->arena, in->archive_prefix, r->number);
	struct reply_setting setting;

	return reply_setting_of(ctx, r->unit, &setting, err) &&
	       reply_file(ctx, r->id, ctx->today, archive_no, setting.years, err);
}

static bool check_order(struct ctx *ctx, const struct batch *in, const struct request *r,
			struct err *err)
{
	struct str text;

	if (!check_open(r, err) || !casework_text("text", in->text, CASE_TEXT_BYTES, &text, err))
		return false;
	return date_compare(in->due_on, ctx->today) > 0 ||
	       err_set_field(err, "due_on", ERR_INVALID, "casework.day_passed", STR_FMT,
			     STR_ARG(date_iso(ctx->arena, in->due_on)));
}

static bool do_order(struct ctx *ctx, const struct batch *in, const struct request *r,
		     struct err *err)
{
	struct order_new order = { .request = { true, r->id.n }, .text = in->text,
				   .due_on = in->due_on };
	struct order_id id;

	return order_issue(ctx, &order, &id, err);
}

static const struct {
	const char *code;
	struct str label, will, done;
	enum permission permission;
	batch_fn *check, *run;
} acts[BATCH_ACT_COUNT] = {
	[BATCH_ASSIGN] = { "assign", STR_INIT("转办"), STR_INIT("将转办"), STR_INIT("已转办"),
			   PERM_REQUEST_ASSIGN, check_assign, do_assign },
	[BATCH_RETURN] = { "return", STR_INIT("退回待认领"), STR_INIT("将退回待认领"),
			   STR_INIT("已退回待认领"), PERM_REQUEST_ASSIGN, check_return, do_return },
	[BATCH_REMIND] = { "remind", STR_INIT("催办"), STR_INIT("将催办"), STR_INIT("已催办"),
			   PERM_REQUEST_READ, check_remind, do_remind },
	[BATCH_PROPOSE_EXTENSION] = { "propose-extension", STR_INIT("提出延期"),
				      STR_INIT("将提出延期，待审批"), STR_INIT("已提出延期，待审批"),
				      PERM_REQUEST_WRITE, check_propose, do_propose },
	[BATCH_FILE] = { "file", STR_INIT("归档"), STR_INIT("将归档"), STR_INIT("已归档"),
			 PERM_REQUEST_WRITE, check_file, do_file },
	[BATCH_ORDER] = { "order", STR_INIT("督办"), STR_INIT("将督办"), STR_INIT("已督办"),
			  PERM_SUPERVISE, check_order, do_order },
};

struct str batch_act_code(enum batch_act act)
{
	return str_from_c(acts[act].code);
}

struct str batch_act_label(enum batch_act act)
{
	return acts[act].label;
}

enum permission batch_act_permission(enum batch_act act)
{
	return acts[act].permission;
}

bool batch_act_from(struct str code, enum batch_act *out)
{
	for (int i = 0; i < BATCH_ACT_COUNT; i++) {
		if (str_equal_c(code, acts[i].code)) {
			*out = (enum batch_act)i;
			return true;
		}
	}
	return false;
}

/* ---- each case */

/* A rule that refuses is the case's answer; anything else is trouble and stops. */
static bool refuses(const struct err *why)
{
	return why->code == ERR_CONFLICT || why->code == ERR_INVALID ||
	       why->code == ERR_FORBIDDEN || why->code == ERR_NOT_FOUND ||
	       why->code == ERR_LIMIT;
}

static bool may_see(const struct ctx *ctx, const struct request *r)
{
	return r->unit.n == ctx->actor.unit_id || casework_actor_may(ctx, PERM_SITE_READ);
}

static bool look(struct ctx *ctx, const struct batch *in, struct request_id id, struct request *r,
		 struct batch_line *line, struct err *err)
{
	struct err why = { 0 };

	*line = (struct batch_line){ .request = id };
	if (!request_find(ctx, id, r, &why) || !may_see(ctx, r)) {
		if (why.code != ERR_NONE && why.code != ERR_NOT_FOUND) {
			*err = why;
			return false;
		}
		line->number = str_format(ctx->arena, "%lld", (long long)id.n);
		line->result = STR("没有这件申请");
		return true;
	}
	line->number = r->number;
	line->good = acts[in->act].check(ctx, in, r, &why);
	line->result = line->good ? acts[in->act].will : err_text(ctx->arena, ctx->locale, &why);
	if (line->good || refuses(&why))
		return true;
	*err = why;
	return false;
}

bool batch_preview(struct ctx *ctx, const struct batch *in, struct batch_line **out,
		   struct err *err)
{
	struct request r;

	assert(in->count <= BATCH_MAX);
	*out = ARENA_ARRAY(ctx->arena, in->count, struct batch_line);
	for (size_t i = 0; i < in->count; i++)
		if (!look(ctx, in, in->ids[i], &r, &(*out)[i], err))
			return false;
	return true;
}

static bool keep_line(struct ctx *ctx, int64_t batch, size_t n, const struct batch_line *line,
		      struct err *err)
{
	struct case_batch_line_insert_in in = { .batch_id = batch,
						.line = (int64_t)n,
						.request_id = line->request,
						.number = line->number,
						.done = line->good,
						.result = line->result };

	return case_batch_line_insert(ctx, &in, NULL, err);
}

static bool sweep_old(struct ctx *ctx, struct err *err)
{
	int64_t before = ctx->now - (int64_t)BATCH_KEPT_DAYS * 24 * 3600;
	struct case_batch_lines_sweep_in lines = { .before = before };
	struct case_batch_sweep_in heads = { .before = before };

	return case_batch_lines_sweep(ctx, &lines, NULL, err) &&
	       case_batch_sweep(ctx, &heads, NULL, err);
}

bool batch_run(struct ctx *ctx, const struct batch *in, int64_t *id, struct err *err)
{
	struct case_batch_insert_in head = { .account_id = { ctx->actor.account_id },
					     .unit_id = { ctx->actor.unit_id },
					     .person = ctx->actor.name,
					     .act = batch_act_code(in->act),
					     .at = ctx->now };
	struct case_batch_insert_row row;
	bool found;

	assert(in->count <= BATCH_MAX);
	if (in->count == 0)
		return err_set(err, ERR_INVALID, "casework.nothing_picked", " ");
	if (!casework_actor_may(ctx, acts[in->act].permission))
		return err_set(err, ERR_FORBIDDEN, "casework.act_not_yours", STR_FMT,
			       STR_ARG(acts[in->act].label));
	if (!sweep_old(ctx, err) || !case_batch_insert(ctx, &head, &row, &found, err))
		return false;
	for (size_t i = 0; i < in->count; i++) {
		struct batch_line line;
		struct request r;
		if (!look(ctx, in, in->ids[i], &r, &line, err))
			return false;
		if (line.good) {
			if (!acts[in->act].run(ctx, in, &r, err))
				return false;
			line.result = acts[in->act].done;
		}
		if (!keep_line(ctx, row.id, i, &line, err))
			return false;
	}
	*id = row.id;
	return true;
}

bool batch_find(struct ctx *ctx, int64_t id, struct batch_done *out, struct err *err)
{
	struct case_batch_lines_row *rows;
	struct case_batch_by_id_row head;
	struct batch_done done = { .count = 0 };
	bool found;

	if (!case_batch_by_id(ctx, &(struct case_batch_by_id_in){ .id = id }, &head, &found, err))
		return false;
	if (!found || !batch_act_from(head.act, &done.act))
		return err_set(err, ERR_NOT_FOUND, "casework.no_batch", "%lld", (long long)id);
	if (!case_batch_lines_all(ctx, &(struct case_batch_lines_in){ .batch_id = id }, BATCH_MAX,
				  &rows, &done.count, err))
		return false;
	done.person = head.person;
	done.at = head.at;
	done.account = head.account_id.n;
	done.lines = ARENA_ARRAY(ctx->arena, done.count, struct batch_line);
	for (size_t i = 0; i < done.count; i++) {
		done.lines[i] = (struct batch_line){ rows[i].request_id, rows[i].number,
						     rows[i].done, rows[i].result };
		done.good += rows[i].done ? 1 : 0;
	}
	*out = done;
	return true;
}
