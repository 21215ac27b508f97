/* notice_panel_pages.c - mails in and notices out of one case, in one list by time. */
#include "notice/notice_panel.h"

#include "identity/identity.h"
#include "notice/notice_view.h"
#include "notice_html.h"

#include <stdlib.h>

enum { PANEL_ROWS = 30 };

static int compare_rows(const void *left, const void *right)
{
	const struct notice_panel_row *a = left, *b = right;

	return (a->at < b->at) - (a->at > b->at);
}

static struct str who_of(struct arena *a, const struct notice *n)
{
	if (n->to.len == 0)
		return STR("（已删除）");
	return n->way == NOTICE_MAIL ? identity_mask_email(a, n->to) :
				       identity_mask_number(a, n->to);
}

/* As the applicant is shown on the page it stands in; the mail itself tells more. */
static struct str sender_of(struct arena *a, const struct inbox_mail *m)
{
	if (m->sender_name.len > 0)
		return identity_mask_name(a, m->sender_name, false);
	return m->sender.len > 0 ? identity_mask_email(a, m->sender) : STR_NONE;
}

bool notice_panel(struct web_request *rq, struct html *h, const char *subject_kind,
		  int64_t subject_id, struct err *err)
{
	struct arena *a = rq->ctx.arena;
	struct inbox_mail *in;
	struct notice *out;
	size_t in_count, out_count;

	if (!inbox_of_subject(&rq->ctx, subject_kind, subject_id, PANEL_ROWS, &in, &in_count,
			      err) ||
	    !notice_of_subject(&rq->ctx, subject_kind, subject_id, PANEL_ROWS, &out, &out_count,
			       err))
		return false;
	if (in_count + out_count == 0)
		return true;
	struct notice_panel_row *rows =
		ARENA_ARRAY(a, in_count + out_count, struct notice_panel_row);
	for (size_t i = 0; i < in_count; i++)
		rows[i] = (struct notice_panel_row){ .at = in[i].received_at,
						     .in = &in[i],
						     .who = sender_of(a, &in[i]) };
	for (size_t i = 0; i < out_count; i++)
		rows[in_count + i] = (struct notice_panel_row){ .at = out[i].created_at,
								.out = &out[i],
								.who = who_of(a, &out[i]) };
	qsort(rows, in_count + out_count, sizeof *rows, compare_rows);
	struct notice_panel_view v = { .rows = rows, .count = in_count + out_count };
	notice_panel_html(h, &v);
	return true;
}
