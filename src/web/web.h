/*
 * web.h - what a slice sees of HTTP: routes, a request that has passed every
 * check, and a reply.
 *
 * A route row carries all that must be passed before its handler runs: method,
 * permission, a form with a validator per field, then the CSRF rule for every
 * POST. A handler cannot forget a check nor see an undeclared parameter. GET
 * handlers get a reading connection on an HTTP thread and answer inline, from
 * one snapshot of the database. POST handlers run on the writer inside a
 * transaction: the reply leaves only after COMMIT, and a handler that returns
 * false has written nothing. A handler on the writer may run again: it writes
 * only the database and its reply. A route with a `prepare` step (password
 * hashing, reading a file) runs that first on a worker thread with a reading
 * connection; what it leaves in request->prepared the handler finds there.
 * ROUTE_SLOW sends a GET to the worker pool (exports, PDF).
 *
 * Every POST has a twin for machines, which is the same row and the same handler
 * (machine.h): whoever sends JSON, asks for JSON, names an Idempotency-Key or
 * shows a bearer token is answered in JSON. A handler does nothing for it: its
 * redirect becomes {location, message}, its refusals problem+json. One that draws
 * a page as the answer of a POST looks at wants_json and calls web_json.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "db/ctx.h"
#include "html/parts.h"

#include <jansson.h>

/* ---- forms and parameters */

enum field_kind {
	FIELD_TEXT,	/* one line, trimmed */
	FIELD_LINES,	/* several lines, \r\n folded to \n */
	FIELD_INT,
	FIELD_DATE,	/* YYYY-MM-DD, or a Chinese spelling of a day */
	FIELD_BOOL,	/* a checkbox: present or not */
	FIELD_CHOICE,	/* one of choices, NULL-terminated list of codes */
	FIELD_CODE,	/* [A-Za-z0-9_.-]+ : identifiers */
	FIELD_PASSWORD, /* not trimmed, never refilled */
	FIELD_FILE,	/* multipart only */
};
struct field {
	const char *name;
	const char *label; /* Chinese, for error sentences and OpenAPI */
	enum field_kind kind;
	bool required, many; /* many: may be repeated */
	size_t max;	     /* bytes for text and files; 0 means the kind's default */
	int64_t low, high;   /* for FIELD_INT when low < high */
	const char *const *choices;
};
#define FIELD_END { .name = NULL }

struct upload {
	struct str file_name, content; /* content is in memory, at most LIMIT_UPLOAD */
};

/* ---- routes */

enum method { METHOD_GET, METHOD_POST }; /* HEAD is answered by every GET */
enum route_flags {
	ROUTE_CACHED = 1, /* anonymous answers go to the page cache */
	ROUTE_SLOW = 2,	  /* run on the worker pool */
	ROUTE_API = 4,	  /* for machines only: errors are always problem+json */
	ROUTE_UPLOAD = 8, /* multipart/form-data with files is accepted */
	ROUTE_KEEPS_NOTHING = 16, /* POST that writes nothing: on the worker pool, reading */
	/*
	 * Costly: web_config.costly_per_minute limits how often an address that is not signed in
	 * gets it (429). ROUTE_SLOW and ROUTE_KEEPS_NOTHING are too, without saying so.
	 */
	ROUTE_COSTLY = 32,
};

struct web_request;
struct web_reply;
typedef bool web_handler(struct web_request *rq, struct web_reply *rp, struct err *err);

struct route {
	enum method method;
	/* "/requests/:id.json": a segment beginning with ':' is a parameter; a suffix may follow */
	const char *path;
	unsigned permission; /* a value of enum permission; 0 is refused at start */
	web_handler *handler;
	/* Parameters after '?' of a GET. What is not declared (utm_…) is ignored. */
	const struct field *query;
	const struct field *form; /* of a POST; a POST without one is refused at start */
	web_handler *prepare;
	unsigned flags;
	const char *summary; /* one Chinese sentence: `gongkai routes`, OpenAPI, the manual */
};
#define ROUTE_END { .path = NULL }

/* ---- the request, after all checks */

struct web_request {
	struct ctx ctx;
	const struct route *route;
	enum method method;
	struct str path, query_text; /* decoded path; raw query */
	struct str remote;	     /* bucket_network() of the address, for rate limits */
	enum page_mode mode;
	/* This session's token; empty for the public: web_form_state makes theirs when asked. */
	struct str csrf;
	struct str session_token; /* raw cookie or bearer value, or empty */
	/* What came in the hidden field _form, or was made of Idempotency-Key; or empty. */
	struct str form_id;
	bool wants_json; /* the .json twin was asked for, ROUTE_API, or a POST of a machine */
	bool by_token;	 /* a program showed a token: this is no person at a browser */
	void *prepared;
	/* Given `prepared` when the request is over, whatever became of it; set by prepare. */
	void (*release)(void *prepared);
	void *app; /* app's own: struct app (configuration) */
	void *private_state;
};

/* Path parameter, without its suffix; asserts that the route has it. */
struct str web_param(const struct web_request *rq, const char *name);
/* false: not a number -> answer 404 */
bool web_param_int(const struct web_request *rq, const char *name, int64_t *out);
/*
 * Form of a POST, or query of a GET. Asserts that the row declares the name, or, so that a page can
 * fill its form first and again, that the other row of the same path does. A field that failed its
 * check has its text as it was typed, and no int or date.
 */
bool web_has(const struct web_request *rq, const char *name);
struct str web_text(const struct web_request *rq, const char *name); /* empty if absent */
int64_t web_int(const struct web_request *rq, const char *name, int64_t absent);
struct opt_date web_date(const struct web_request *rq, const char *name);
size_t web_count(const struct web_request *rq, const char *name);
struct str web_text_at(const struct web_request *rq, const char *name, size_t index);
bool web_file(const struct web_request *rq, const char *name, struct upload *out);
bool web_may(const struct web_request *rq, unsigned permission);

/*
 * A failed form. web checks the fields of a POST by its row first, and if one fails renders the GET
 * page of the same path with the errors and what was typed, as 422 (API: problem+json with all
 * fields). A handler that finds more wrong adds it here and returns web_form_again; what it has
 * written is kept. A handler that returns false with err->field naming a field of its form gets
 * the same page, and nothing is written. A GET whose query fails is called, and answers for the
 * errors by looking (web_field_errors or web_form_state); if it does not look, 400.
 */
void web_field_error(struct web_request *rq, const char *field, struct str text);
size_t web_field_errors(const struct web_request *rq);
bool web_form_again(struct web_request *rq, struct web_reply *rp, web_handler *page,
		    struct err *err);
/* For page files: errors, csrf token, and a fresh _form id. The page is then not cached. */
struct form_state web_form_state(struct web_request *rq);

/* ---- the reply */

/*
 * Begins an HTML page with the shell; write the body with the page function, then web_page_end.
 * Fills what page leaves empty of path, mode, csrf, flash and errors, and has config.dress fill
 * the rest.
 */
struct html *web_page_begin(struct web_request *rq, struct web_reply *rp, struct page *page);
void web_page_end(struct web_request *rq, struct web_reply *rp, struct page *page);
/*
 * 303 to a path of this site; anything else goes to "/". The sentence of flash_key, which takes no
 * facts, is shown once on the next page.
 */
bool web_redirect(struct web_reply *rp, struct str to, const char *flash_key);
/* The same for what has just been made and is to be found at `to`: machines get 201. */
bool web_created(struct web_reply *rp, struct str to, const char *flash_key);
/*
 * The version of what this request is about, as it stands: machines get it as ETag and as the
 * member "version", of a refusal too. A handler that refuses a stale `version` of its form says so
 * first; whoever sent it by If-Match then gets 412 instead of 409.
 */
void web_version(struct web_request *rq, int64_t version);
bool web_json(struct web_reply *rp, json_t *value); /* takes the reference */
/*
 * A file to download (Content-Disposition: attachment, nosniff) or to show. The content must live
 * in the reply's arena or be constant.
 */
enum disposition { SHOW_INLINE, DOWNLOAD };
bool web_bytes(struct web_reply *rp, const char *content_type, struct str content,
	       enum disposition how, struct str file_name);
/* For a handler that returns false too: its status is then used instead of the error's. */
void web_status(struct web_reply *rp, unsigned status);
void web_header(struct web_reply *rp, const char *name, struct str value);
/* An empty token removes it. */
void web_set_session(struct web_reply *rp, struct str token, int64_t max_age_s);
/*
 * A cookie of a room's own, for visitors without an account: of this host alone, not for scripts.
 * name: a constant of small letters. An empty token removes it.
 */
struct str web_cookie(const struct web_request *rq, const char *name);
void web_set_cookie(struct web_reply *rp, const char *name, struct str token, int64_t max_age_s);
struct arena *web_reply_arena(struct web_reply *rp);

/* ---- the server */

/* A browser's cookie, or what a program shows in the header Authorization. */
enum web_token { TOKEN_COOKIE, TOKEN_BEARER };
struct web_identity {
	struct actor actor;
	struct str csrf_seed;
	bool known;
	bool to_touch; /* its last noted use is some time ago: web_config.touch, in a while */
};
struct web_config {
	struct str where; /* database, for reading connections */
	struct writer *writer;
	uint16_t port;
	struct str address; /* "127.0.0.1" or "::" … */
	unsigned threads;   /* 0: one per core */
	/* NULL-terminated list of ROUTE_END-terminated tables. */
	const struct route *const *route_tables;
	/* Whose is this token? Called with a reading connection; app binds account's. */
	bool (*identify)(struct ctx *ctx, enum web_token how, struct str token,
			 struct web_identity *out, struct err *err);
	/* Notes the use of a session; on the writer, when web_identity.to_touch said so. */
	bool (*touch)(struct ctx *ctx, struct str token, struct err *err);
	/* Fills names, nav, sample_data of a page before it is drawn. */
	void (*dress)(struct web_request *rq, struct page *page);
	const char *(*permission_name)(unsigned permission);
	unsigned public_permission; /* PERM_PUBLIC: anybody */
	struct str secret;	    /* 32 bytes: CSRF tokens, form ids */
	const struct vault *vault;  /* for ctx; may be NULL */
	struct str trusted_proxy;   /* whose X-Forwarded-For is believed, or empty */
	bool secure_cookies;	    /* __Host- and Secure; off only on loopback without TLS */
	int64_t (*now)(void);	    /* the program's clock */
	size_t cache_bytes;	    /* page cache cap; 0 turns it off */
	unsigned costly_per_minute; /* costly answers for an address; 0: as many as it likes */
	void *app;
	bool log_requests; /* one line for each request: method, path without query, status, ms */
};
struct web_server;
/*
 * Checks all routes (permission, form, duplicates, parameters) before listening: ERR_INVALID
 * "web.bad_route". ERR_CONFLICT "web.port_taken".
 */
NODISCARD bool web_start(struct web_server **out, const struct web_config *config,
			 struct err *err);
uint16_t web_port(const struct web_server *s); /* the real one when config.port was 0 */
/* Refuses new ones, finishes begun answers. The writer must still run. */
void web_stop(struct web_server *s, int drain_ms);
/* After a commit that changed something public: bumps the cache's generation. */
void web_public_changed(struct web_server *s);
/* All rows of all tables in order of path; for `gongkai routes`, OpenAPI and the matrix test. */
const struct route **web_routes(struct arena *a, const struct route *const *tables, size_t *count);
/* OpenAPI 3.1 of every route that answers machines. */
json_t *web_openapi(const struct route *const *tables, unsigned public_permission,
		    struct str title, struct str version);
#endif
