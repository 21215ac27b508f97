/*
 * digest.c - the mail in the morning: what is late, what is due, what is new; and the mail when
 * somebody reminds of a case. Numbers and days only, with links: the rest is read on the desk.
 */
#include "mailroom/reader.h"

#include "base/buf.h"
#include "base/limits.h"
#include "calendar/calendar.h"
#include "casework/desk.h"
#include "jobs/jobs.h"
#include "mailroom/mailroom.h"
#include "reader_sql.h"

enum { SHOWN = 30, OPEN_SHOWN = 500 };

struct morning {
	struct ctx *ctx;
	struct str base;
	struct account account;
	struct card_days days;
	struct buf *b;
	size_t things; /* that somebody must look at */
};

static void link_to(struct morning *m, const char *path)
{
	if (m->base.len > 0)
		buf_addf(m->b, "　" STR_FMT "%s", STR_ARG(m->base), path);
	buf_add_char(m->b, '\n');
}

static void one_case(struct morning *m, const struct request *r)
{
	struct arena *a = m->ctx->arena;
	struct str due = date_iso(a, r->due.v);

	buf_addf(m->b, "　" STR_FMT "　答复期限 " STR_FMT, STR_ARG(r->number), STR_ARG(due));
	link_to(m, str_to_c(a, str_format(a, "/desk/requests/%lld", (long long)r->id.n)));
}

static bool is_card(const struct morning *m, const struct request *r, enum case_card from,
		    enum case_card to)
{
	enum case_card card = case_card_of(&m->days, r->due);

	return card >= from && card <= to;
}

static void section(struct morning *m, const char *title, const struct request *rows, size_t count,
		    enum case_card from, enum case_card to)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += is_card(m, &rows[i], from, to) ? 1 : 0;
	if (n == 0)
		return;
	buf_addf(m->b, "%s：%zu件\n", title, n);
	for (size_t i = 0, shown = 0; i < count && shown < SHOWN; i++)
		if (is_card(m, &rows[i], from, to)) {
			one_case(m, &rows[i]);
			shown++;
		}
	buf_add_char(m->b, '\n');
	m->things += n;
}

static bool mine(struct morning *m, struct err *err)
{
	struct queue_filter f = { .queue = QUEUE_MINE,
				  .unit = { true, m->account.unit.n },
				  .person = m->account.id };
	struct request *rows;
	struct str next;
	size_t count;

	if (!desk_queue_page(m->ctx, &f, STR_NONE, OPEN_SHOWN, &rows, &count, &next, err))
		return false;
	section(m, "您承办的，已经逾期（红牌、黑牌）", rows, count, CARD_RED, CARD_BLACK);
	section(m, "您承办的，即将到期（黄牌）", rows, count, CARD_YELLOW, CARD_YELLOW);
	return true;
}

static void figure(struct morning *m, const char *label, int64_t n, const char *path)
{
	if (n == 0)
		return;
	buf_addf(m->b, "%s：%lld", label, (long long)n);
	link_to(m, path);
	m->things += (size_t)n;
}

/* Who sees all units is told of all, everybody else of the own one. */
static bool unit_figures(struct morning *m, struct err *err)
{
	struct actor actor = account_actor(&m->account);
	bool all = (actor.permissions & PERM_BIT(PERM_SITE_READ)) != 0;
	struct opt_int unit = { !all, m->account.unit.n };
	struct desk_counts counts;
	int64_t pen;

	if (!desk_counts(m->ctx, unit, m->account.id, &counts, err) ||
	    !inbox_pen_count(m->ctx, unit, &pen, err))
		return false;
	buf_addf(m->b, "%s\n", all ? "全部单位" : "本单位");
	figure(m, "　已经逾期", counts.of[QUEUE_LATE], "/desk/queue?list=late");
	figure(m, "　即将到期", counts.of[QUEUE_YELLOW], "/desk/queue?list=yellow");
	if (!all) {
		figure(m, "　待认领", counts.of[QUEUE_UNCLAIMED], "/desk/queue?list=unclaimed");
		figure(m, "　已答复、待送达或者归档", counts.of[QUEUE_UNFILED],
		       "/desk/queue?list=unfiled");
		figure(m, "　待反馈的协办事项", counts.tasks, "/desk/tasks");
		figure(m, "　待报送的督办", counts.orders, "/desk/orders");
	}
	figure(m, "　待处理的来信", pen, "/desk/mail");
	return true;
}

static bool compose(struct morning *m, struct err *err)
{
	struct str today = date_chinese(m->ctx->arena, m->ctx->today);

	buf_addf(m->b, STR_FMT "：\n\n" STR_FMT "，依申请公开的期限：\n\n", STR_ARG(m->account.person),
		 STR_ARG(today));
	if (!case_card_days(m->ctx, &m->days, err) || !mine(m, err) || !unit_figures(m, err))
		return false;
	if (m->things == 0)
		buf_add(m->b, STR("　没有逾期、即将到期或者待处理的事项。\n"));
	buf_add(m->b, STR("\n不想再收到，或者要改时间，请在工作台的“我的提醒”中设置"));
	link_to(m, "/desk/told");
	return true;
}

static bool send(struct ctx *ctx, const struct account *to, struct str email, struct str subject,
		 struct str text, const char *why, struct err *err)
{
	struct notice_new in = { .unit = to->unit, .why = str_from_c(why), .to = email,
				 .subject = subject, .text = text };
	struct notice_id id;

	return notice_mail(ctx, &in, &id, err);
}

static bool one(struct ctx *ctx, struct str base, const struct readers_without_row *row,
		struct err *err)
{
	struct buf b = buf_open(ctx->arena, 4 * KIB, 256 * KIB);
	struct morning m = { .ctx = ctx, .base = base, .b = &b };
	enum reader_digest digest = DIGEST_NEEDED;
	struct reader_told_in told = { row->account_id, date_iso(ctx->arena, ctx->today) };
	bool found;

	(void)reader_digest_from(row->digest, &digest);
	if (!account_find(ctx, row->name, &m.account, &found, err) ||
	    (found && !compose(&m, err)))
		return false;
	struct str subject = str_format(ctx->arena, "依申请公开提醒：" STR_FMT,
					STR_ARG(date_chinese(ctx->arena, ctx->today)));
	if (found && reader_may(&m.account) &&
	    (m.things > 0 || digest == DIGEST_DAILY) &&
	    !send(ctx, &m.account, row->email, subject, buf_str(&b), "期限提醒", err))
		return false;
	return reader_told(ctx, &told, NULL, err);
}

/* A calendar that ends before today tells nothing: then every day is one. */
static bool is_working_day(struct ctx *ctx, bool *yes, struct err *err)
{
	const struct workday_calendar *calendar;

	if (!calendar_current(ctx, &calendar, err))
		return false;
	*yes = date_compare(ctx->today, calendar->first) < 0 ||
	       date_compare(ctx->today, calendar->last) > 0 || workday_is(calendar, ctx->today);
	return true;
}

bool digest_write(struct ctx *ctx, struct str base, bool *more, struct err *err)
{
	struct readers_without_in in = { date_iso(ctx->arena, ctx->today), DIGESTS_AT_ONCE };
	struct readers_without_row *rows;
	size_t count;
	bool working;

	*more = false;
	if (!is_working_day(ctx, &working, err))
		return false;
	if (!working)
		return true;
	if (!readers_without_all(ctx, &in, DIGESTS_AT_ONCE, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!one(ctx, base, &rows[i], err))
			return false;
	*more = count == DIGESTS_AT_ONCE;
	return true;
}

/* ---- a reminder by a person, at once */

bool reader_on_reminder(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct request_id id = { job->subject_id };
	struct case_person handler;
	struct reader reader;
	struct request r;
	struct site site;

	if (!request_find(ctx, id, &r, err) || !case_handler(ctx, id, &handler, err) ||
	    !reader_of(ctx, handler.id, &reader, err) || !agency_site(ctx, &site, err))
		return false;
	if (handler.id.n == 0 || reader.email.len == 0)
		return true;
	struct account to = { .id = handler.id, .person = handler.person, .unit = r.unit };
	while (str_ends(site.url, STR("/")))
		site.url.len--;
	struct str due = r.due.known ? date_chinese(ctx->arena, r.due.v) : STR("停止计算");
	struct str text = str_format(ctx->arena,
				     STR_FMT "：\n\n有人催办申请 " STR_FMT "（答复期限：" STR_FMT
					     "）。催办的内容写在该件申请的备注中。\n" STR_FMT
					     "/desk/requests/%lld\n",
				     STR_ARG(handler.person), STR_ARG(r.number), STR_ARG(due),
				     STR_ARG(site.url), (long long)id.n);
	return send(ctx, &to, reader.email,
		    str_format(ctx->arena, "催办：" STR_FMT, STR_ARG(r.number)), text, "催办提醒",
		    err);
}
