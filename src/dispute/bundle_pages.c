/* bundle_pages.c - making the evidence bundle, one file in memory at a time. */
#include "dispute/bundle.h"

#include "base/asset.h"
#include "base/json.h"
#include "base/limits.h"
#include "dispute/bundle_view.h"
#include "dispute/dossier_work.h"
#include "dispute_html.h"
#include "dispute_sql.h"
#include "office/package_spool.h"
#include "reply/reply_dossier.h"

#include <assert.h>
#include <jansson.h>
#include <unistd.h>

enum { FILES_MAX = 1000, EVENTS_MAX = 2000, PAGE_MAX = 6 * 1024 * 1024, OPINIONS_MAX = 100 };

struct maker {
	struct ctx *ctx;
	const struct bundle_options *options;
	struct package_spool *spool;
	struct bundle_file *files;
	size_t count;
	struct bundle_view v;
};

/* Names are flat: a link to another file works wherever the bundle is unpacked. */
static struct str flat(struct arena *a, struct str path)
{
	struct buf b = buf_open(a, path.len, KIB);

	for (size_t i = 0; i < path.len; i++)
		buf_add_char(&b, path.ptr[i] == '/' ? '-' : path.ptr[i]);
	return buf_str(&b);
}

static bool add(struct maker *m, struct str name, struct str title, struct str content,
		struct err *err)
{
	struct arena *a = m->ctx->arena;

	if (m->count == FILES_MAX)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", FILES_MAX);
	m->files[m->count++] = (struct bundle_file){
		.name = flat(a, name),
		.title = str_copy(a, title),
		.bytes = (int64_t)content.len,
		.sha256 = digest_hex(a, digest_of(DIGEST_SHA256, content)),
		.sm3 = digest_hex(a, digest_of(DIGEST_SM3, content)),
	};
	return package_spool_add(m->spool, m->files[m->count - 1].name, content, err);
}

static bool take(void *arg, const struct dossier_file *file, struct err *err)
{
	return add(arg, file->path, file->title, file->content, err);
}

/* ---- papers of the proceeding */

static bool add_papers(struct maker *m, struct err *err)
{
	struct ctx own = *m->ctx;
	struct paper *list;
	size_t count;
	bool ok = true;

	if (!paper_list(m->ctx, m->v.d.id, &list, &count, err))
		return false;
	own.arena = arena_open(LIMIT_REQUEST_ARENA);
	for (size_t i = 0; ok && i < count; i++) {
		struct attachment file;
		if (list[i].withdrawn_on.known || list[i].attachment.n == 0 ||
		    (paper_is_personal(list[i].kind) && !m->options->identity))
			continue;
		ok = attachment_read(&own, list[i].attachment, &file, err) &&
		     add(m,
			 str_format(own.arena, "papers/%02zu-" STR_FMT "." STR_FMT, i + 1,
				    STR_ARG(paper_kind_code(list[i].kind)),
				    STR_ARG(attachment_type_code(file.type))),
			 list[i].title, file.content, err);
		arena_reset(own.arena);
	}
	arena_close(own.arena);
	return ok;
}

/* ---- the clocks, as text */

static struct str clock_text(struct arena *a, const char *title, struct str basis,
			     const struct period_result *clock)
{
	struct buf b = buf_open(a, 4 * KIB, MIB);

	buf_addf(&b, "%s\n" STR_FMT "\n\n", title, STR_ARG(basis));
	for (size_t i = 0; i < clock->lines_count; i++) {
		const struct period_line *l = &clock->lines[i];
		buf_addf(&b, STR_FMT " " STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
			 STR_ARG(date_iso(a, l->day)), STR_ARG(date_weekday_chinese(l->day)),
			 STR_ARG(working_count(a, l)), STR_ARG(l->reason));
	}
	struct str due = date_chinese(a, clock->due);
	buf_addf(&b, "\n期限届满之日：" STR_FMT "\n", STR_ARG(due));
	return buf_str(&b);
}

/* A clock that cannot be counted is no reason to have no bundle. */
static bool forgive(struct err *err)
{
	if (err->code != ERR_LIMIT && err->code != ERR_CONFLICT)
		return false;
	err_clear(err);
	return true;
}

static bool add_clocks(struct maker *m, struct err *err)
{
	struct bundle_view *v = &m->v;
	struct arena *a = m->ctx->arena;

	if (v->has_request) {
		v->has_request_clock = request_clock(m->ctx, (struct request_id){ v->d.request.v },
						     &v->request_clock, err);
		if (!v->has_request_clock && !forgive(err))
			return false;
	}
	v->has_clock = v->d.received_on.known &&
		       dispute_clock(m->ctx, &v->d, &v->clock, &v->rule, err);
	if (!v->has_clock && v->d.received_on.known && !forgive(err))
		return false;
	if (v->has_request_clock &&
	    !add(m, STR("clock-reply.txt"), STR("答复期限的逐日计算"),
		 clock_text(a, "政府信息公开申请的答复期限", STR("条例第三十三条"), &v->request_clock), err))
		return false;
	return !v->has_clock ||
	       add(m, STR("clock-answer.txt"), STR("向复议机关、法院提交答复的期限的逐日计算"),
		   clock_text(a, "提交答复、答辩的期限", v->rule.basis, &v->clock), err);
}

/* ---- the ledger */

static void hex_of(json_t *out, const char *name, struct arena *a, struct digest d)
{
	struct str hex = digest_hex(a, d);

	json_object_set_new(out, name, json_text(hex));
}

/* For or against is the opinion's: the link without its text stands, and proves it is there. */
static bool is_withheld(const struct maker *m, const struct ledger_link *l)
{
	return !m->options->opinion && str_equal_c(l->row.verb, "reply.advise");
}

static json_t *link_json(const struct maker *m, const struct ledger_link *l)
{
	struct arena *a = m->ctx->arena;
	json_t *out = json_object();

	json_object_set_new(out, "seq", json_integer(l->row.seq));
	json_object_set_new(out, "subject",
			    json_text(l->row.subject_kind));
	json_object_set_new(out, "verb", json_text(l->row.verb));
	json_object_set_new(out, "text",
			    is_withheld(m, l) ? json_null()
					      : json_text(l->text));
	hex_of(out, "before_sha256", a, l->before_sha256);
	hex_of(out, "before_sm3", a, l->before_sm3);
	hex_of(out, "sha256", a, l->sha256);
	hex_of(out, "sm3", a, l->sm3);
	return out;
}

static bool add_links(struct maker *m, json_t *list, const char *kind, int64_t id,
		      struct err *err)
{
	struct ledger_link *links;
	size_t count;

	if (!ledger_links(m->ctx, kind, id, EVENTS_MAX, &links, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, link_json(m, &links[i]));
	return true;
}

static struct str dump(struct arena *a, json_t *value)
{
	size_t flags = JSON_INDENT(1), len = json_dumpb(value, NULL, 0, flags);
	char *text = arena_alloc(a, len + 1);

	(void)json_dumpb(value, text, len, flags);
	json_decref(value);
	return (struct str){ text, len };
}

static bool add_ledger(struct maker *m, struct err *err)
{
	json_t *events = json_array(), *out = json_object();
	bool ok = (!m->v.has_request ||
		   add_links(m, events, "request", m->v.d.request.v, err)) &&
		  add_links(m, events, "dispute", m->v.d.id.n, err);

	json_object_set_new(out, "rule",
			    json_string("hash = H(before || text); text: length:bytes, of seq at "
					"actor_id actor_name role subject_kind subject_id verb "
					"changes reason"));
	json_object_set_new(out, "events", events);
	struct str text = dump(m->ctx->arena, out);
	return ok && add(m, STR("ledger.json"), STR("操作记录及其在台账链条中的位置"), text, err);
}

/* ---- the adviser */

static bool list_opinions(struct maker *m, struct buf *words, struct err *err)
{
	struct arena *a = m->ctx->arena;
	struct bundle_opinion *list = ARENA_ARRAY(a, OPINIONS_MAX, struct bundle_opinion);
	struct reply *rounds;
	size_t count;

	m->v.opinions = list;
	if (!m->v.has_request)
		return true;
	if (!reply_rounds(m->ctx, (struct request_id){ m->v.d.request.v }, &rounds, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct reply_opinion *opinions;
		size_t n;
		if (!reply_opinions(m->ctx, &rounds[i], &opinions, &n, err))
			return false;
		for (size_t k = 0; k < n && m->v.opinions_count < OPINIONS_MAX; k++) {
			bool given = m->options->opinion && opinions[k].readable;
			list[m->v.opinions_count++] = (struct bundle_opinion){
				opinions[k].person, opinions[k].digest, opinions[k].at, given
			};
			if (given)
				buf_addf(words, STR_FMT "\n" STR_FMT "\n\n",
					 STR_ARG(opinions[k].person),
					 STR_ARG(opinions[k].opinion));
		}
	}
	return true;
}

static bool add_opinions(struct maker *m, struct err *err)
{
	struct buf words = buf_open(m->ctx->arena, KIB, 4 * MIB);

	if (!list_opinions(m, &words, err))
		return false;
	return words.len == 0 ||
	       add(m, STR("adviser-opinion.txt"), STR("法律顾问意见"), buf_str(&words), err);
}

/* ---- the applicant */

static bool add_identity(struct maker *m, const struct request *r, struct err *err)
{
	struct identity_contact who;
	struct arena *a = m->ctx->arena;

	if (!m->options->identity || r->applicant_id.n == 0)
		return true;
	if (!identity_contact(m->ctx, r->applicant_id, &who, err))
		return false;
	struct str text = str_format(
		a,
		"申请人：" STR_FMT "\n通信地址：" STR_FMT "\n邮政编码：" STR_FMT
		"\n电话：" STR_FMT "\n电子邮箱：" STR_FMT "\n",
		STR_ARG(who.name), STR_ARG(who.address), STR_ARG(who.postcode), STR_ARG(who.phone),
		STR_ARG(who.email));
	return add(m, STR("applicant.txt"), STR("申请人的姓名或者名称、联系方式"), text, err);
}

static bool add_request(struct maker *m, struct err *err)
{
	struct request r;

	if (!m->v.has_request)
		return true;
	if (!request_find(m->ctx, (struct request_id){ m->v.d.request.v }, &r, err))
		return false;
	m->v.request_number = r.number;
	m->v.content = r.content;
	return add_identity(m, &r, err) &&
	       dossier_collect(m->ctx, r.id,
			       m->options->identity ? DOSSIER_WITH_IDENTITY
						    : DOSSIER_WITHOUT_IDENTITY,
			       take, m, err);
}

/* ---- the first page, and the manifest that ends it */

static bool add_index(struct maker *m, struct err *err)
{
	struct arena *a = m->ctx->arena;
	struct buf page = buf_open(a, 64 * KIB, PAGE_MAX);
	struct html h = { &page, a };

	m->v.files = m->files;
	m->v.files_count = m->count;
	bundle_index_html(&h, &m->v);
	if (!buf_ok(&page))
		return err_set(err, ERR_LIMIT, "office.too_large", "%d", PAGE_MAX);
	return add(m, STR("index.html"), STR("首页"), buf_str(&page), err) &&
	       add(m, STR("style.css"), STR("首页的样式"),
		   asset_text(asset_find(STR("data/bundle.css"))), err);
}

static json_t *files_json(const struct maker *m)
{
	json_t *out = json_array();

	for (size_t i = 0; i < m->count; i++) {
		const struct bundle_file *f = &m->files[i];
		json_t *one = json_object();
		json_object_set_new(one, "name", json_text(f->name));
		json_object_set_new(one, "title", json_text(f->title));
		json_object_set_new(one, "bytes", json_integer(f->bytes));
		json_object_set_new(one, "sha256", json_text(f->sha256));
		json_object_set_new(one, "sm3", json_text(f->sm3));
		json_array_append_new(out, one);
	}
	return out;
}

static struct str manifest_of(const struct maker *m, const struct ledger_end *end)
{
	struct arena *a = m->ctx->arena;
	json_t *out = json_object(), *head = json_object();

	json_object_set_new(out, "format", json_string("gongkai-bundle-1"));
	json_object_set_new(out, "site", json_text(m->v.site));
	json_object_set_new(out, "unit", json_text(m->v.unit));
	json_object_set_new(out, "dispute", json_integer(m->v.d.id.n));
	json_object_set_new(out, "case_no", json_text(m->v.d.case_no));
	json_object_set_new(out, "request", json_text(m->v.request_number));
	json_object_set_new(out, "made_at", json_text(instant_iso(a, m->v.made_at)));
	json_object_set_new(out, "made_by", json_text(m->v.made_by));
	json_object_set_new(out, "identity", json_boolean(m->options->identity));
	json_object_set_new(out, "opinion", json_boolean(m->options->opinion));
	if (m->v.erased_on.known)
		json_object_set_new(out, "erased_on", json_text(date_iso(a, m->v.erased_on.v)));
	if (m->v.request_erased_on.known)
		json_object_set_new(out, "request_erased_on",
				    json_text(date_iso(a, m->v.request_erased_on.v)));
	json_object_set_new(head, "seq", json_integer(end->seq));
	hex_of(head, "sha256", a, end->sha256);
	hex_of(head, "sm3", a, end->sm3);
	json_object_set_new(out, "ledger_end", head);
	json_object_set_new(out, "files", files_json(m));
	return dump(a, out);
}

/* The manifest is not in itself: its own digests stand beside it. */
static bool add_manifest(struct maker *m, const struct ledger_end *end, struct digest *digest,
			 struct err *err)
{
	struct str manifest = manifest_of(m, end);
	struct arena *a = m->ctx->arena;

	*digest = digest_of(DIGEST_SHA256, manifest);
	struct str sha256 = digest_hex(a, *digest);
	struct str sm3 = digest_hex(a, digest_of(DIGEST_SM3, manifest));
	struct str seal = str_format(a, "sha256 " STR_FMT "\nsm3 " STR_FMT "\n", STR_ARG(sha256),
				     STR_ARG(sm3));
	return package_spool_add(m->spool, STR("manifest.json"), manifest, err) &&
	       package_spool_add(m->spool, STR("manifest.digest"), seal, err);
}

static bool begin(struct maker *m, struct dispute_id id, struct ledger_end *end, struct err *err)
{
	struct history_line *events;
	struct bundle_view *v = &m->v;
	struct unit unit;
	struct site site;

	if (!dispute_find(m->ctx, id, &v->d, err) ||
	    !agency_unit(m->ctx, v->d.unit, &unit, err) || !agency_site(m->ctx, &site, err) ||
	    !dispute_history(m->ctx, id, &events, &v->events_count, err) ||
	    !ledger_end_of(m->ctx, end, err))
		return false;
	v->events = events;
	v->request_events = m->options->request_events;
	v->request_events_count = m->options->request_events_count;
	v->site = site.name;
	v->unit = unit.name;
	v->has_request = v->d.request.known;
	v->made_at = m->ctx->now;
	v->made_by = m->ctx->actor.name;
	v->reason = m->options->reason;
	v->identity = m->options->identity;
	v->head_seq = str_format(m->ctx->arena, "%lld", (long long)end->seq);
	v->head_sha256 = digest_hex(m->ctx->arena, end->sha256);
	return true;
}

/* What is not there because its time of keeping was over is told, in words and in the manifest. */
static bool note_erased(struct maker *m, struct err *err)
{
	struct bundle_view *v = &m->v;
	struct dispute_request_erased_in in = { .request_id = v->d.request.v };
	struct dispute_request_erased_row row;
	bool found;

	if (v->d.erased_at.known)
		v->erased_on = (struct opt_date){ true, instant_date(v->d.erased_at.v) };
	if (!v->has_request)
		return true;
	if (!dispute_request_erased(m->ctx, &in, &row, &found, err))
		return false;
	if (found)
		v->request_erased_on = (struct opt_date){ true, instant_date(row.erased_at) };
	return true;
}

bool bundle_make(struct ctx *ctx, struct dispute_id id, const struct bundle_options *o,
		 struct bundle *out, struct err *err)
{
	struct maker m = { .ctx = ctx, .options = o };
	struct ledger_end end;
	struct str reason;

	if (!dossier_text("reason", o->reason, &reason, err) || !begin(&m, id, &end, err) ||
	    !note_erased(&m, err) ||
	    !package_spool_open(ctx->arena, &m.spool, err))
		return false;
	m.files = ARENA_ARRAY(ctx->arena, FILES_MAX, struct bundle_file);
	*out = (struct bundle){ .fd = -1 };
	if (!add_request(&m, err) || !add_papers(&m, err) || !add_opinions(&m, err) ||
	    !add_clocks(&m, err) || !add_ledger(&m, err) || !add_index(&m, err) ||
	    !add_manifest(&m, &end, &out->manifest, err)) {
		package_spool_drop(m.spool);
		return false;
	}
	out->files = m.count;
	return package_spool_close(m.spool, &out->fd, &out->bytes, err);
}

/* ---- that it was made */

static bool note_looks(struct ctx *ctx, const struct dispute *d, struct str reason,
		       struct err *err)
{
	struct identity who;
	struct attachment *list;
	struct request r;
	size_t count;

	if (!request_find(ctx, (struct request_id){ d->request.v }, &r, err))
		return false;
	if (r.applicant_id.n != 0 && !identity_look(ctx, r.applicant_id, reason, &who, err))
		return false;
	if (!attachment_list(ctx, "request", r.id.n, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (attachment_is_personal(list[i].purpose) &&
		    !attachment_note_look(ctx, &list[i], reason, err))
			return false;
	return true;
}

bool bundle_note(struct ctx *ctx, struct dispute_id id, const struct bundle_options *o,
		 const struct bundle *made, struct err *err)
{
	struct dispute d;
	int64_t seq;

	if (!dispute_find(ctx, id, &d, err))
		return false;
	struct ledger_change changes[] = {
		{ "files", STR_NONE, str_format(ctx->arena, "%zu", made->files) },
		{ "identity", STR_NONE, o->identity ? STR("yes") : STR("no") },
		{ "opinion", STR_NONE, o->opinion ? STR("yes") : STR("no") },
		{ "manifest_sha256", STR_NONE, digest_hex(ctx->arena, made->manifest) },
	};
	struct ledger_event event = { .subject_kind = "dispute",
				      .subject_id = id.n,
				      .verb = "dispute.bundle",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes),
				      .reason = str_trim(o->reason) };
	if (o->identity && d.request.known && !note_looks(ctx, &d, event.reason, err))
		return false;
	return ledger_append(ctx, &event, &seq, err);
}
