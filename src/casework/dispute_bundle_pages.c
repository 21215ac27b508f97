/*
 * dispute_bundle_pages.c - a case bundle for an organ or a court, asked for with a reason.
 *
 * Letters are set and files are packed on a worker, reading; the writer only records that it was
 * done, and the bytes leave after that is committed. It stands in this room because the bundle
 * tells what happened to the request in the words of the timeline.
 */
#include "account/permission.h"
#include "base/limits.h"
#include "casework/casework_view.h"
#include "casework/dispute_bundle_view.h"
#include "casework/timeline.h"
#include "casework_html.h"

#include <errno.h>
#include <unistd.h>

const struct field bundle_fields[] = {
	{ .name = "reason", .label = "用途", .kind = FIELD_LINES, .required = true,
	  .max = DISPUTE_TEXT_BYTES },
	{ .name = "identity", .label = "附上身份材料", .kind = FIELD_BOOL },
	{ .name = "opinion", .label = "附上法律顾问意见", .kind = FIELD_BOOL },
	FIELD_END
};

struct prepared { struct bundle bundle; struct bundle_options options; struct str zip; };

/* Of the own unit: what is in it is not for those who only look. */
static bool own_dispute(struct web_request *rq, struct dispute *d, struct err *err)
{
	int64_t id = 0;

	(void)web_param_int(rq, "id", &id);
	if (!dispute_find(&rq->ctx, (struct dispute_id){ id }, d, err))
		return false;
	return d->unit.n == rq->ctx.actor.unit_id ||
	       err_set(err, ERR_NOT_FOUND, "dispute.none", "%lld", (long long)id);
}

bool bundle_page(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct bundle_form_view v = { .form = web_form_state(rq) };

	if (!own_dispute(rq, &v.d, err))
		return false;
	if (rq->method == METHOD_POST) {
		v.reason = web_text(rq, "reason");
		v.identity = web_has(rq, "identity");
		v.opinion = web_has(rq, "opinion");
	}
	struct str back = str_format(rq->ctx.arena, "/desk/disputes/%lld", (long long)v.d.id.n);
	struct crumb crumbs[] = { { STR("行政复议、行政诉讼"), STR("/desk/disputes") },
				  { v.d.case_no, back },
				  { STR("生成证据卷宗"), STR_NONE } };
	struct page page = { .title = STR("生成证据卷宗"), .errors = v.form.errors_count,
			     .crumbs = crumbs, .crumbs_count = COUNT_OF(crumbs) };
	struct html *h = web_page_begin(rq, rp, &page);
	bundle_form_html(h, &v);
	web_page_end(rq, rp, &page);
	return true;
}

static bool read_all(int fd, char *bytes, size_t len)
{
	size_t at = 0;

	while (at < len) {
		ssize_t got = read(fd, bytes + at, len - at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += (size_t)got;
	}
	return true;
}

static bool into_memory(struct arena *a, const struct bundle *b, struct str *out, struct err *err)
{
	if (b->bytes > LIMIT_BUNDLE_WEB)
		return err_set(err, ERR_LIMIT, "casework.bundle_too_large", "%d",
			       LIMIT_BUNDLE_WEB / (int)MIB);
	char *bytes = arena_alloc(a, (size_t)b->bytes);
	*out = (struct str){ bytes, (size_t)b->bytes };
	return read_all(b->fd, bytes, out->len) ||
	       err_set(err, ERR_UNAVAILABLE, "office.cannot_write", "zip");
}

bool bundle_prepare(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct prepared *p = ARENA_NEW(web_reply_arena(rp), struct prepared);
	struct dispute d;

	*p = (struct prepared){ .options = { .reason = web_text(rq, "reason"),
					     .identity = web_has(rq, "identity"),
					     .opinion = web_has(rq, "opinion") } };
	if (!own_dispute(rq, &d, err) || !timeline_for_bundle(&rq->ctx, &d, &p->options, err) ||
	    !bundle_make(&rq->ctx, d.id, &p->options, &p->bundle, err))
		return false;
	bool ok = into_memory(web_reply_arena(rp), &p->bundle, &p->zip, err);
	close(p->bundle.fd);
	rq->prepared = p;
	return ok;
}

bool bundle_post(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	const struct prepared *p = rq->prepared;
	struct dispute d;

	return own_dispute(rq, &d, err) &&
	       bundle_note(&rq->ctx, d.id, &p->options, &p->bundle, err) &&
	       web_bytes(rp, "application/zip", p->zip, DOWNLOAD,
			 str_format(rq->ctx.arena, "证据卷宗-%lld.zip", (long long)d.id.n));
}
