#include "web/exchange.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/rand.h"
#include "db/writer.h"
#include "web/assets.h"
#include "web/bucket.h"
#include "web/once.h"

#include <assert.h>

/* ---- opening: what must happen to this request */

static enum page_mode mode_of(const struct exchange *x)
{
	static const char *const name[] = { [MODE_PLAIN] = "plain", [MODE_ELDER] = "elder",
					    [MODE_CONTRAST] = "contrast", [MODE_DARK] = "dark" };
	struct str value;

	if (!cookie_find(x->head.header[HEADER_COOKIE], x->server->cookies.mode, &value))
		return MODE_PLAIN;
	for (size_t i = 0; i < COUNT_OF(name); i++)
		if (str_equal_c(value, name[i]))
			return (enum page_mode)i;
	return MODE_PLAIN;
}

static bool looks_like_address(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
		      (c >= 'A' && c <= 'F') || c == ':' || c == '.'))
			return false;
	}
	return s.len >= 2 && s.len <= 45;
}

static void set_request(struct exchange *x, struct str remote)
{
	struct web_request *rq = &x->rq;
	struct str forwarded = x->head.header[HEADER_FORWARDED_FOR], last;

	ctx_set_time(&rq->ctx, x->server->config.now());
	rq->ctx.arena = x->arena;
	rq->ctx.locale = LOCALE_ZH_CN;
	rq->ctx.vault = x->server->config.vault;
	rq->method = x->head.method == HTTP_POST ? METHOD_POST : METHOD_GET;
	rq->path = x->path.text;
	rq->query_text = x->head.query;
	rq->mode = mode_of(x);
	rq->csrf = rq->session_token = rq->form_id = STR_NONE;
	rq->app = x->server->config.app;
	rq->private_state = x;
	if (str_equal(remote, x->server->config.trusted_proxy)) /* only the last is its own word */
		while (str_split_next(&forwarded, ',', &last))
			if (forwarded.ptr == NULL && looks_like_address(str_trim(last)))
				remote = str_trim(last);
	rq->remote = bucket_network(x->arena, remote);
}

static bool machine_path(struct str path)
{
	return str_starts(path, STR("/api/")) || str_ends(path, STR(".json"));
}

/* The row for the method, or an error. */
static void set_route(struct exchange *x)
{
	x->pair = router_find(x->server->router, &x->path);
	x->rq.wants_json = machine_path(x->path.text) || machine_speaks(x);
	if (x->pair == NULL) {
		err_set(&x->err, ERR_NOT_FOUND, "web.no_page", " ");
		return;
	}
	x->rq.route = x->rq.method == METHOD_GET ? x->pair->get : x->pair->post;
	if (x->rq.route == NULL) {
		x->rp.status = 405;
		web_header(&x->rp, "Allow",
			   x->pair->get != NULL ? STR("GET, HEAD") : STR("POST"));
		err_set(&x->err, ERR_INVALID, "web.no_method", " ");
		return;
	}
	x->rq.wants_json = (x->rq.route->flags & ROUTE_API) != 0 || machine_speaks(x) ||
			   router_suffix(x->rq.route->path, STR(".json"));
}

static bool is_anonymous(const struct exchange *x)
{
	struct str cookies = x->head.header[HEADER_COOKIE], ignored;

	return !cookie_find(cookies, x->server->cookies.session, &ignored) &&
	       !cookie_find(cookies, x->server->cookies.flash, &ignored) &&
	       x->head.header[HEADER_AUTHORIZATION].len == 0;
}

static void set_plan(struct exchange *x)
{
	const struct route *route = x->rq.route;
	unsigned flags = route != NULL ? route->flags : 0;

	x->plan = x->server->database_waits || (flags & ROUTE_SLOW) != 0 ? PLAN_POOL : PLAN_INLINE;
	if (x->err.code != ERR_NONE) {
		/* The body, if there is one, stays unread. */
		x->close = x->close || x->head.length > 0 || x->head.chunked;
		return;
	}
	if (x->rq.method == METHOD_POST) {
		x->body_max = (flags & ROUTE_UPLOAD) != 0 ? LIMIT_UPLOAD + LIMIT_FORM_BODY :
							    LIMIT_FORM_BODY;
		x->runs_inline = x->plan == PLAN_INLINE && route->prepare == NULL &&
				 (flags & ROUTE_KEEPS_NOTHING) == 0;
		x->plan = PLAN_BODY;
		if (x->head.length > x->body_max)
			x->refused = 413;
		return;
	}
	x->uses_cache = (flags & ROUTE_CACHED) != 0 && x->server->cache != NULL && is_anonymous(x);
	if (x->uses_cache)
		x->plan = PLAN_CACHE;
}

/* /a/ is a slip of the hand for /a. */
static bool redirect_slash(struct exchange *x)
{
	struct http_path shorter = x->path;
	struct str path = x->head.path;

	if (x->err.code != ERR_NOT_FOUND || x->rq.method != METHOD_GET || x->path.count < 2 ||
	    x->path.segment[x->path.count - 1].len > 0)
		return false;
	shorter.count--;
	if (router_find(x->server->router, &shorter) == NULL)
		return false;
	err_clear(&x->err);
	path.len--;
	web_redirect(&x->rp, path, NULL);
	x->rp.status = 301;
	return true;
}

/*
 * ---- the mode of pages: ?mode=elder becomes a cookie and the same page without it; of every
 * page, those that say what is wrong too.
 */

static bool mode_asked(struct exchange *x, struct str *mode, struct str *rest_of_query)
{
	static const char *const name[] = { "plain", "elder", "contrast", "dark" };
	struct str rest = x->head.query, piece;
	struct buf kept = buf_open(x->arena, x->head.query.len, x->head.query.len);
	bool asked = false;

	while (rest.len > 0 && str_split_next(&rest, '&', &piece)) {
		if (str_take_str(&piece, STR("mode="))) {
			for (size_t i = 0; i < COUNT_OF(name); i++)
				if (str_equal_c(piece, name[i])) {
					*mode = piece;
					asked = true;
				}
			continue;
		}
		buf_add(&kept, kept.len > 0 ? STR("&") : STR_NONE);
		buf_add(&kept, piece);
	}
	*rest_of_query = buf_str(&kept);
	return asked;
}

static bool set_mode(struct exchange *x)
{
	enum { YEAR_S = 365 * 24 * 60 * 60 };
	struct str mode, query, to = x->head.path;

	if (x->rq.method != METHOD_GET || !str_contains(x->head.query, STR("mode=")) ||
	    !mode_asked(x, &mode, &query))
		return false;
	err_clear(&x->err);
	reply_cookie(&x->rp, x->server->cookies.mode, mode, YEAR_S);
	if (query.len > 0)
		to = str_format(x->arena, STR_FMT "?" STR_FMT, STR_ARG(to), STR_ARG(query));
	return web_redirect(&x->rp, to, NULL);
}

/* ---- opening */

struct exchange *exchange_open(struct web_server *s, struct arena *a, struct str head,
			       struct str remote)
{
	struct exchange *x = ARENA_NEW(a, struct exchange);

	x->server = s;
	x->arena = a;
	x->began_ms = clock_monotonic_ms();
	reply_reset(x);
	x->refused = http_read_head(head, &x->head);
	if (x->refused == 0 && !http_read_path(a, x->head.path, &x->path))
		x->refused = 400;
	x->plan = PLAN_REFUSE;
	if (x->refused != 0)
		return x;
	x->close = x->head.close;
	set_request(x, remote);
	if (assets_answer(x)) {
		x->plan = PLAN_READY;
		return x;
	}
	set_route(x);
	if (set_mode(x) || redirect_slash(x)) {
		reply_finish(x);
		x->plan = PLAN_READY;
		return x;
	}
	set_plan(x);
	if (x->refused != 0)
		x->plan = PLAN_REFUSE;
	return x;
}

/* ---- running */

/* A handler that fails without saying why is our fault. Always false. */
static bool no_reason(struct err *err)
{
	return err->code != ERR_NONE ? false : err_set(err, ERR_INTERNAL, "web.no_reason", " ");
}

static bool run_get(struct exchange *x)
{
	if (!exchange_read_query(x) || !x->rq.route->handler(&x->rq, &x->rp, &x->err))
		return no_reason(&x->err);
	if (x->errors.count == 0 || x->errors_looked_at)
		return true;
	x->rp.status = 0;
	return err_set(&x->err, ERR_INVALID, "web.bad_query", " ");
}

static bool form_again(struct exchange *x)
{
	if (!page_form_again(x))
		return no_reason(&x->err);
	if (x->shown_again != 0)
		x->rp.status = x->shown_again;
	if (x->shown_again == 429)
		web_header(&x->rp, "Retry-After", str_format(x->arena, "%u", x->wait_s));
	return true;
}

/* *submit: everything is checked and the writer must do the rest. */
static bool run_post(struct exchange *x, bool *submit)
{
	const struct route *route = x->rq.route;

	if (!exchange_read_form(x))
		return false;
	if (x->errors.count > 0)
		return form_again(x);
	if (x->once != NULL) {
		bool found;
		if (!once_find(x, &found, &x->err) || found)
			return x->err.code == ERR_NONE;
	}
	if (route->prepare != NULL && !route->prepare(&x->rq, &x->rp, &x->err))
		return no_reason(&x->err);
	if ((route->flags & ROUTE_KEEPS_NOTHING) != 0)
		return (route->handler(&x->rq, &x->rp, &x->err) && machine_answer(x, &x->err)) ||
		       no_reason(&x->err);
	*submit = true;
	return true;
}

static bool answer(struct exchange *x, bool *submit)
{
	if (!exchange_identify(x) || x->err.code != ERR_NONE)
		return false;
	if (!exchange_permit(x) || !exchange_spare(x))
		return false;
	return x->rq.method == METHOD_GET ? run_get(x) : run_post(x, submit);
}

static unsigned status_of(const struct err *err)
{
	switch (err->code) {
	case ERR_NONE:
	case ERR_INTERNAL:
		break;
	case ERR_INVALID:
		return 400;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_FORBIDDEN:
		return 403;
	case ERR_CONFLICT:
		return 409;
	case ERR_LIMIT:
		return str_starts(str_from_c(err->key), STR("web.")) ? 413 : 422;
	case ERR_BUSY:
	case ERR_UNAVAILABLE:
		return 503;
	}
	return 500;
}

static bool names_a_field(const struct exchange *x)
{
	const struct route *route = x->rq.route;

	if (x->err.field == NULL || route == NULL || x->err.code == ERR_INTERNAL)
		return false;
	for (const struct field *f = route->form; f != NULL && f->name != NULL; f++)
		if (str_equal_c(str_from_c(f->name), x->err.field))
			return true;
	return false;
}

/* The last resort: no page could be drawn. */
static void give_up(struct exchange *x)
{
	log_write(LOG_ERROR, "web.no_error_page", "%s %s", x->err.key != NULL ? x->err.key : "",
		  x->err.facts);
	exchange_refuse(x, x->err.code == ERR_INTERNAL ? 500 : 503);
}

/* RFC 9110 13.1.1: the condition of If-Match did not hold. A stale `version` of a body is 409. */
static bool is_stale(const struct exchange *x)
{
	return x->version_asked.known && x->version_now.known &&
	       x->version_asked.v != x->version_now.v;
}

static void draw_failure(struct exchange *x)
{
	struct str incident = STR_NONE;
	unsigned status = x->rp.status >= 400 ? x->rp.status : status_of(&x->err);
	struct str sentence = err_text(x->arena, x->rq.ctx.locale, &x->err);
	struct err drawn = x->err;

	if (status == 409 && is_stale(x))
		status = 412;
	if (names_a_field(x) && x->rq.wants_json) {
		field_error_add(x->arena, &x->errors, x->err.field, sentence);
		if (status == 400)
			status = 422;
	} else if (names_a_field(x)) {
		field_error_add(x->arena, &x->errors, x->err.field, sentence);
		err_clear(&x->err);
		if (page_form_again(x))
			return;
		status = status_of(&x->err);
		sentence = err_text(x->arena, x->rq.ctx.locale, &x->err);
		drawn = x->err;
	}
	/* Headers of refusals stay (Allow, WWW-Authenticate, Retry-After). */
	if (status != 405 && status != 401 && !(status == 429 && x->rp.headers_open))
		reply_reset(x);
	if (status >= 500) {
		incident = random_hex(x->arena, 6);
		log_write(LOG_ERROR, "web.failed",
			  "incident=" STR_FMT " path=" STR_FMT " key=%s %s", STR_ARG(incident),
			  STR_ARG(x->rq.path), drawn.key, drawn.facts);
	}
	if (status == 503)
		web_header(&x->rp, "Retry-After", STR("5"));
	err_clear(&x->err);
	bool ok = x->rq.wants_json ? page_problem(x, status, drawn.key, sentence, incident) :
				     page_error(x, status, sentence, incident);
	if (!ok)
		exchange_refuse(x, status >= 500 ? status : 500);
	else
		reply_finish(x);
}

void exchange_fail(struct exchange *x, struct db *db)
{
	x->rq.ctx.db = db;
	if (db == NULL) {
		give_up(x);
		return;
	}
	draw_failure(x);
	if (x->answer_head.len == 0)
		reply_finish(x);
}

/* A page over its limit is no page. */
static bool page_whole(struct exchange *x)
{
	if (x->rp.page.ptr == NULL || buf_ok(&x->rp.page))
		return true;
	return err_set(&x->err, ERR_INTERNAL, "web.page_too_large", "%d", LIMIT_PAGE);
}

static void end_fill(struct exchange *x, bool ok)
{
	struct cache_waiter *waiters;
	struct cache_slot *slot = x->fill;
	bool good = ok && x->rp.status <= 200 && !x->rp.sets_cookie && !x->form_made && !x->known &&
		    x->rp.body.len > 0;

	if (slot == NULL)
		return;
	x->fill = NULL;
	if (good) {
		bool fresh;
		struct cache_entry *entry =
			cache_fill(x->server->cache, slot, x->rp.body, x->rq.ctx.today,
				   reply_cached_head, x, &fresh, &waiters);
		exchange_from_cache(x, entry);
	} else {
		cache_cancel(x->server->cache, slot, &waiters);
		for (struct cache_waiter *w = waiters; w != NULL; w = w->next)
			exchange_waiting(w)->uses_cache = false; /* it would not be kept again */
	}
	exchange_wake(waiters);
}

/* ---- writing */

static bool write_once(struct exchange *x, struct db *db, struct err *err)
{
	arena_rewind(x->arena, x->before_write);
	x->errors.count = x->errors_before_write;
	reply_reset(x);
	x->version_now.known = false;
	x->rq.ctx.db = db;
	err_clear(&x->err);
	if (x->once != NULL) { /* it may have been done since run_post looked */
		bool found;
		if (!once_find(x, &found, err) || found)
			return err->code == ERR_NONE;
	}
	if (!x->rq.route->handler(&x->rq, &x->rp, err)) {
		if (err->code == ERR_NONE)
			*err = x->err; /* web_json sets it there */
		return no_reason(err);
	}
	if (x->rp.page.ptr != NULL && !buf_ok(&x->rp.page))
		return err_set(err, ERR_INTERNAL, "web.page_too_large", "%d", LIMIT_PAGE);
	return machine_answer(x, err) && (x->once == NULL || once_keep(x, err));
}

/*
 * On PostgreSQL others write at the same time: whoever sends a form twice may meet himself at its
 * id or key. What he has done is there the next time, and is his answer; what was there before is
 * not gone by asking again.
 */
static bool met_itself(struct exchange *x, struct db *db, const struct err *err)
{
	if (x->met_itself || db_engine(db) != DB_POSTGRES ||
	    (x->once == NULL && x->rq.form_id.len == 0))
		return false;
	x->met_itself = err->code == ERR_CONFLICT && str_equal_c(STR("db.unique"), err->key);
	return x->met_itself;
}

static bool write_run(struct db *db, void *arg, struct err *err)
{
	struct exchange *x = arg;

	if (write_once(x, db, err))
		return true;
	if (!met_itself(x, db, err))
		return false;
	err_clear(err);
	return err_set(err, ERR_BUSY, "db.busy", "form"); /* again, by db_tx */
}

static void write_done(void *arg, bool ok, const struct err *err)
{
	struct exchange *x = arg;

	x->rq.ctx.db = NULL;
	if (!ok)
		x->err = *err;
	else
		reply_finish(x);
	exchange_home(x, ok ? RETURN_READY : RETURN_FAILED);
}

static bool submit_write(struct exchange *x)
{
	struct write_job job = { .run = write_run, .done = write_done, .arg = x };

	/* Made before the mark, so that a second run rewinds to what the first one found. */
	if (x->errors.at == NULL)
		x->errors.at = ARENA_ARRAY(x->arena, LIMIT_FORM_FIELDS, struct field_error);
	x->errors_before_write = x->errors.count;
	x->before_write = arena_mark(x->arena);
	x->rq.ctx.db = NULL;
	return writer_submit(x->server->config.writer, &job, &x->err);
}

enum exchange_next exchange_run(struct exchange *x, struct db *db)
{
	bool submit = false, snapshot;

	x->rq.ctx.db = db;
	if (db == NULL) {
		err_set(&x->err, ERR_UNAVAILABLE, "web.no_database", " ");
		give_up(x);
		end_fill(x, false);
		return EXCHANGE_READY;
	}
	snapshot = db_snapshot_begin(db, &x->err);
	bool ok = snapshot && answer(x, &submit) && page_whole(x);
	/* Before an error page: a transaction that has failed answers no more questions. */
	if (snapshot)
		db_snapshot_end(db);
	if (submit && ok) {
		if (submit_write(x))
			return EXCHANGE_SUBMITTED;
		ok = false;
	}
	if (x->err.code == ERR_NONE)
		reply_finish(x);
	else
		exchange_fail(x, db);
	end_fill(x, ok);
	return EXCHANGE_READY;
}

/* ---- the page cache's key */

bool exchange_cache_key(struct exchange *x, struct str *key)
{
	struct pairs pairs = { .count = 0 };
	struct buf b = buf_open(x->arena, 256, LIMIT_HTTP_HEAD);
	struct err ignored = { .code = ERR_NONE };

	if (x->head.query.len > 0) {
		pairs = pairs_open(x->arena);
		if (str_contains(x->head.query, STR("mode=")) ||
		    !pairs_from_query(x->arena, x->head.query, &pairs, &ignored))
			return false;
	}
	buf_add_char(&b, (char)('0' + (int)x->rq.mode));
	buf_add(&b, x->path.text);
	/* What is not declared changes nothing, nor the order of what is. */
	for (const struct field *f = x->rq.route->query; f != NULL && f->name != NULL; f++)
		for (size_t i = 0; i < pairs.count; i++)
			if (str_equal_c(pairs.at[i].name, f->name))
				buf_addf(&b, "\n%s=%zu:" STR_FMT, f->name, pairs.at[i].value.len,
					 STR_ARG(pairs.at[i].value));
	*key = buf_str(&b);
	return buf_ok(&b);
}
