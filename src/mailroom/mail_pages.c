/*
 * mail_pages.c - the mail that came in: what waits in the pen, and one mail with what may be done
 * with it. A mail of a case is seen by whoever sees the case, one in a pen by its unit.
 */
#include "base/json.h"
#include "attachment/attachment_pages.h"
#include "mailroom/mailroom_view.h"
#include "mailroom_html.h"
#include "notice/post.h"

enum { MAIL_ROWS = 50 };

struct str mail_from(const struct inbox_mail *m)
{
	if (m->erased_at.known)
		return STR("（已按保存期限删除）");
	if (m->sender_name.len > 0)
		return m->sender_name;
	return m->sender.len > 0 ? m->sender : STR("（没有发件人）");
}

/* ---- whose */

static bool sees_unit(const struct web_request *rq, struct unit_id unit)
{
	struct opt_int scope = request_scope(rq);

	return !scope.known || scope.v == unit.n;
}

static bool case_of(struct ctx *ctx, struct str kind, int64_t id, struct request *r, bool *found,
		    struct err *err)
{
	struct err why = { 0 };

	*found = false;
	if (!str_equal_c(kind, "request"))
		return true;
	*found = request_find(ctx, (struct request_id){ id }, r, &why);
	if (*found || why.code == ERR_NOT_FOUND)
		return true;
	*err = why;
	return false;
}

bool mail_of_path(struct web_request *rq, struct inbox_mail *out, struct err *err)
{
	struct request r;
	int64_t id;
	bool found;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "notice.no_mail", "?");
	if (!inbox_find(&rq->ctx, (struct inbox_id){ id }, out, err) ||
	    !case_of(&rq->ctx, out->subject_kind, out->subject_id, &r, &found, err))
		return false;
	return sees_unit(rq, found ? r.unit : out->unit) ||
	       err_set(err, ERR_NOT_FOUND, "notice.no_mail", "%lld", (long long)id);
}

static bool row_of(struct web_request *rq, const struct inbox_mail *m,
		   const struct request_units *units, struct mail_row *out, struct err *err)
{
	bool pen = m->state == INBOX_PEN, found;
	struct request r;

	*out = (struct mail_row){ .m = m,
				  .from = mail_from(m),
				  .number = STR_NONE,
				  .number_href = STR_NONE,
				  .unit = request_unit_name(units, m->unit.n) };
	if (!case_of(&rq->ctx, pen ? m->proposal_kind : m->subject_kind,
		     pen ? m->proposal_id : m->subject_id, &r, &found, err))
		return false;
	if (!found)
		return true;
	out->number = r.number;
	if (sees_unit(rq, r.unit))
		out->number_href = str_format(rq->ctx.arena, "/desk/requests/%lld",
					      (long long)r.id.n);
	return true;
}

/* ---- the list */

static enum inbox_state state_asked(const struct web_request *rq)
{
	enum inbox_state state = INBOX_PEN;

	(void)inbox_state_from(web_text(rq, "list"), &state);
	return state;
}

static bool fill_tabs(struct web_request *rq, enum inbox_state state, struct mail_list_view *v,
		      struct err *err)
{
	struct list_tab *tabs = ARENA_ARRAY(rq->ctx.arena, INBOX_STATE_COUNT, struct list_tab);

	for (int s = 0; s < INBOX_STATE_COUNT; s++) {
		struct str code = inbox_state_code((enum inbox_state)s);
		tabs[s] = (struct list_tab){ .label = inbox_state_label((enum inbox_state)s),
					     .href = list_href_with(rq, "list", code),
					     .current = s == (int)state };
	}
	tabs[INBOX_PEN].count.known = true;
	v->tabs = tabs;
	v->tabs_count = INBOX_STATE_COUNT;
	return inbox_pen_count(&rq->ctx, request_scope(rq), &tabs[INBOX_PEN].count.v, err);
}

static bool load(struct web_request *rq, struct mail_list_view *v, struct err *err)
{
	enum inbox_state state = state_asked(rq);
	struct request_units units;
	struct inbox_mail *list;

	if (!list_filter_good(rq, err) || !fill_tabs(rq, state, v, err) ||
	    !request_units_load(&rq->ctx, &units, err) ||
	    !inbox_list(&rq->ctx, state, request_scope(rq), list_place_id(rq), MAIL_ROWS, &list,
			&v->count, err))
		return false;
	struct mail_row *rows = ARENA_ARRAY(rq->ctx.arena, v->count, struct mail_row);
	for (size_t i = 0; i < v->count; i++)
		if (!row_of(rq, &list[i], &units, &rows[i], err))
			return false;
	v->rows = rows;
	v->pen = state == INBOX_PEN;
	v->all_units = !request_scope(rq).known;
	v->title = inbox_state_label(state);
	if (v->count > 0)
		v->next = list_next_id(rq->ctx.arena, v->count, MAIL_ROWS,
				       list[v->count - 1].id.n);
	v->foot = list_foot(rq, v->count, v->tabs[state].count, INT64_MAX, v->next,
			    LIST_WITH_FILES);
	return true;
}

bool mail_list_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct mail_list_view v = { .count = 0 };
	bool leaves;

	if (!load(rq, &v, err) || !post_mail_leaves(&rq->ctx, &leaves, err))
		return false;
	v.mail_stays = !leaves;
	struct page page = { .title = STR("来信"), .json = list_href(rq, ".json") };
	struct html *h = web_page_begin(rq, rp, &page);
	mail_list_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static json_t *row_json(struct arena *a, const struct mail_row *row)
{
	const struct inbox_mail *m = row->m;
	json_t *out = json_object();

	json_object_set_new(out, "id", json_integer(m->id.n));
	json_object_set_new(out, "state", json_text(inbox_state_code(m->state)));
	json_object_set_new(out, "received_at", json_text(instant_iso(a, m->received_at)));
	json_object_set_new(out, "from", json_text(m->sender));
	json_object_set_new(out, "from_name", json_text(m->sender_name));
	json_object_set_new(out, "subject", json_text(m->subject));
	json_object_set_new(out, "automatic", json_boolean(m->automatic));
	json_object_set_new(out, "cut", json_boolean(m->cut));
	json_object_set_new(out, "how", json_text(inbox_how_code(m->how)));
	json_object_set_new(out, m->state == INBOX_PEN ? "proposal" : "request",
			    json_text(row->number));
	json_object_set_new(out, "unit", json_text(row->unit));
	return out;
}

bool mail_list_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct mail_list_view v = { .count = 0 };

	if (!load(rq, &v, err))
		return false;
	json_t *items = json_array();
	for (size_t i = 0; i < v.count; i++)
		json_array_append_new(items, row_json(rq->ctx.arena, &v.rows[i]));
	json_t *out = list_as_json(rq, items, v.next);
	json_object_set_new(out, "pen", json_integer(v.tabs[INBOX_PEN].count.v));
	return web_json(rp, out);
}

/* Who wrote and what stays on the page: a file goes further than its reader may. */
struct give { const struct web_request *rq; enum inbox_state state; struct request_units units; };

static bool give_row(struct list_writer *w, struct ctx *ctx, const struct give *g,
		     const struct inbox_mail *m, struct err *err)
{
	bool pen = m->state == INBOX_PEN, found;
	struct request r;

	if (!case_of(ctx, pen ? m->proposal_kind : m->subject_kind,
		     pen ? m->proposal_id : m->subject_id, &r, &found, err))
		return false;
	const struct str cells[] = {
		instant_minute(ctx->arena, m->received_at),
		request_unit_name(&g->units, m->unit.n),
		inbox_state_label(m->state),
		found ? r.number : STR_NONE,
		m->automatic ? STR("是") : STR("否"),
		pen ? STR_NONE : inbox_how_label(m->how),
		m->person,
		m->reason,
	};
	return list_row(w, cells, err);
}

static bool give_page(struct list_writer *w, struct ctx *ctx, const void *arg, struct str place,
		      struct str *next, struct err *err)
{
	const struct give *g = arg;
	struct inbox_mail *list;
	size_t count;

	if (!inbox_list(ctx, g->state, request_scope(g->rq), list_id(place), LIST_FILE_ROWS, &list,
			&count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!give_row(w, ctx, g, &list[i], err))
			return false;
	if (count > 0)
		*next = list_next_id(ctx->arena, count, LIST_FILE_ROWS, list[count - 1].id.n);
	return true;
}

bool mail_list_file(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	static const struct str heads[] = { STR_INIT("收到"),	 STR_INIT("单位"),
					    STR_INIT("情况"),	 STR_INIT("申请或者可能的申请"),
					    STR_INIT("自动回复"), STR_INIT("归入方式"),
					    STR_INIT("办理人"),	 STR_INIT("理由") };
	struct give g = { .rq = rq, .state = state_asked(rq) };
	const struct list_file file = { STR("来信"), heads, COUNT_OF(heads), give_page, &g };

	return request_units_load(&rq->ctx, &g.units, err) && list_send(rq, rp, &file, err);
}

/* ---- one */

static bool fill_units(struct web_request *rq, const struct inbox_mail *m,
		       const struct request_units *units, struct mail_view *v)
{
	v->units = ARENA_ARRAY(rq->ctx.arena, units->count, struct choice);
	for (size_t i = 0; i < units->count; i++)
		if (units->list[i].id.n != m->unit.n && !units->list[i].closed_on.known)
			v->units[v->units_count++] = (struct choice){
				.value = str_format(rq->ctx.arena, "%lld",
						    (long long)units->list[i].id.n),
				.label = units->list[i].name,
			};
	return true;
}

static struct str why_of(const struct inbox_mail *m)
{
	if (m->state != INBOX_PEN)
		return inbox_how_label(m->how);
	if (str_equal_c(m->proposal_why, "number"))
		return STR("信中写了这个登记编号");
	if (str_equal_c(m->proposal_why, "sender"))
		return STR("本机关就这件申请给这个地址发过邮件");
	return STR_NONE;
}

static void fill_may(struct web_request *rq, const struct inbox_mail *m, struct mail_view *v)
{
	bool own = m->unit.n == rq->ctx.actor.unit_id && web_may(rq, PERM_REQUEST_WRITE);

	v->in_pen = m->state == INBOX_PEN;
	v->may_settle = own && !m->erased_at.known;
	v->may_move = v->may_settle && v->in_pen;
}

static bool fill(struct web_request *rq, struct inbox_mail *m, struct mail_view *v,
		 struct err *err)
{
	struct request_units units;
	struct attachment *files;

	if (!mail_of_path(rq, m, err) || !request_units_load(&rq->ctx, &units, err) ||
	    !row_of(rq, m, &units, &v->row, err) ||
	    !attachment_list(&rq->ctx, "mail", m->id.n, &files, &v->files_count, err))
		return false;
	v->files = files;
	v->why = why_of(m);
	fill_may(rq, m, v);
	return fill_units(rq, m, &units, v);
}

/* What was typed into the form that failed stands again; each of the three has its own fields. */
static void fill_typed(struct web_request *rq, struct mail_view *v)
{
	v->reason = web_text(rq, "reason");
	if (str_ends(rq->path, STR("/assign")))
		v->number = web_text(rq, "number");
	if (str_ends(rq->path, STR("/forward")))
		v->unit = web_text(rq, "unit");
}

bool mail_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct mail_view v = { .form = web_form_state(rq) };
	struct inbox_mail m;

	if (!fill(rq, &m, &v, err))
		return false;
	v.number = v.in_pen ? v.row.number : STR_NONE;
	if (rq->method == METHOD_POST)
		fill_typed(rq, &v);
	struct crumb crumbs[] = { { STR("来信"), STR("/desk/mail") },
				  { v.row.from, STR_NONE } };
	struct page page = { .title = STR("来信"),
			     .errors = v.form.errors_count,
			     .crumbs = crumbs,
			     .crumbs_count = COUNT_OF(crumbs),
			     .json = str_format(rq->ctx.arena, "/desk/mail/%lld.json",
						(long long)m.id.n) };
	struct html *h = web_page_begin(rq, rp, &page);
	mail_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

bool mail_json(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct mail_view v = { .files_count = 0 };
	struct inbox_mail m;

	if (!fill(rq, &m, &v, err))
		return false;
	json_t *out = row_json(rq->ctx.arena, &v.row), *files = json_array();
	for (size_t i = 0; i < v.files_count; i++)
		json_array_append_new(
			files, json_pack("{s:I, s:o, s:I, s:o}", "id",
					 (json_int_t)v.files[i].id.n, "name",
					 json_text(v.files[i].file_name), "bytes",
					 (json_int_t)v.files[i].bytes, "sha256",
					 json_text(v.files[i].sha256)));
	json_object_set_new(out, "text", json_text(m.text));
	json_object_set_new(out, "files", files);
	json_object_set_new(out, "left_out", json_text(m.left_out));
	json_object_set_new(out, "diagnostic", json_text(m.diagnostic));
	json_object_set_new(out, "reason", json_text(m.reason));
	return web_json(rp, out);
}

/* Nobody knows what a stranger has sent, papers of identity among it: each opening is recorded. */
bool mail_file_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct attachment file;
	struct inbox_mail m;
	int64_t id;

	if (!mail_of_path(rq, &m, err))
		return false;
	if (!web_param_int(rq, "file", &id) ||
	    !attachment_find(&rq->ctx, (struct attachment_id){ id }, &file, err))
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "?");
	if (!str_equal_c(file.subject_kind, "mail") || file.subject_id != m.id.n)
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)id);
	return attachment_note_look(&rq->ctx, &file, STR("处理来信"), err) &&
	       attachment_serve(rq, rp, file.id, err);
}

/* ---- what is done with it */

static bool own_of_path(struct web_request *rq, struct inbox_mail *m, struct err *err)
{
	if (!mail_of_path(rq, m, err))
		return false;
	return m->unit.n == rq->ctx.actor.unit_id ||
	       err_set(err, ERR_FORBIDDEN, "mailroom.not_yours", "%lld", (long long)m->id.n);
}

static bool back(struct web_request *rq, struct web_reply *rp, const struct inbox_mail *m,
		 const char *flash)
{
	struct str to = str_format(rq->ctx.arena, "/desk/mail/%lld", (long long)m->id.n);

	return web_redirect(rp, to, flash);
}

bool mail_assign_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct inbox_mail m;

	return own_of_path(rq, &m, err) &&
	       mailroom_assign(&rq->ctx, m.id, web_text(rq, "number"), web_text(rq, "reason"),
			       err) &&
	       web_redirect(rp, STR("/desk/mail"), "mailroom.assigned");
}

bool mail_discard_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct inbox_mail m;

	return own_of_path(rq, &m, err) &&
	       inbox_discard(&rq->ctx, m.id, web_text(rq, "reason"), err) &&
	       back(rq, rp, &m, "mailroom.discarded");
}

bool mail_forward_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct inbox_mail m;

	return own_of_path(rq, &m, err) &&
	       inbox_forward(&rq->ctx, m.id, (struct unit_id){ web_int(rq, "unit", 0) },
			     web_text(rq, "reason"), err) &&
	       web_redirect(rp, STR("/desk/mail"), "mailroom.forwarded");
}
