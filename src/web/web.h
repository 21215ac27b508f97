/*
 * web.h - what a slice sees of HTTP: routes, a request that has passed every
 * check, and a reply.
 *
 * A route row carries all that must be passed before its handler runs: method,
 * permission, a form with a validator per field, then the CSRF rule for every
 * POST. A handler cannot forget a check nor see an undeclared parameter. GET
 * handlers get a reading connection on an HTTP thread and answer inline. POST
 * handlers run on the writer inside a transaction: the reply leaves only after
 * COMMIT, and a handler that returns false has written nothing. A route with a
 * `prepare` step (password hashing, reading a file) runs that first on a worker
 * thread with a reading connection; what it leaves in request->prepared the
 * handler finds there. ROUTE_SLOW sends a GET to the worker pool (exports, PDF).
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

struct upload { struct str file_name, content; }; /* content is in memory, at most LIMIT_UPLOAD */

/* ---- routes */

enum method { METHOD_GET, METHOD_POST }; /* HEAD is answered by every GET */
enum route_flags {
	ROUTE_CACHED = 1, /* anonymous answers go to the page cache */
	ROUTE_SLOW = 2,	  /* run on the worker pool */
	ROUTE_API =
		4, /* errors as application/problem+json; POST bodies may be JSON; CSRF by token header or bearer */
	ROUTE_UPLOAD = 8, /* multipart/form-data with files is accepted */
	ROUTE_KEEPS_NOTHING =
		16, /* POST that writes nothing: runs on the worker pool with a reading connection */
};

struct web_request;
struct web_reply;
typedef bool web_handler(struct web_request *rq, struct web_reply *rp, struct err *err);

struct route {
	enum method method;
	const char *
		path; /* "/requests/:id"; a segment that begins with ':' is a parameter; ".json" may follow it */
	unsigned permission; /* a value of enum permission; 0 is refused at start */
	web_handler *handler;
	const struct field *
		query; /* parameters after '?' (GET); NULL: none are accepted but ignored ones (utm_…) */
	const struct field *form;  /* of a POST; a POST without one is refused at start */
	web_handler *prepare;
	unsigned flags;
	const char
		*summary; /* one Chinese sentence, for `gongkai routes`, OpenAPI and the manual */
};
#define ROUTE_END { .path = NULL }

/* ---- the request, after all checks */

struct web_request {
	struct ctx ctx;
	const struct route *route;
	enum method method;
	struct str path, query_text; /* decoded path; raw query */
	struct str remote;	     /* address, for rate limits */
	enum page_mode mode;
	struct str csrf;	     /* this session's token (also for anonymous forms) */
	struct str session_token;    /* raw cookie value, or empty */
	bool wants_json;	     /* the .json twin was asked for, or ROUTE_API */
	void *prepared;
	void *app;		     /* app's own: struct app (configuration) */
	void *private_state;
};

struct str web_param(const struct web_request *rq,
		     const char *name); /* path parameter; asserts that the route has it */
bool web_param_int(const struct web_request *rq, const char *name,
		   int64_t *out); /* false: not a number -> answer 404 */
/* Form of a POST, or query of a GET. Asserts that the row declares the name. */
bool web_has(const struct web_request *rq, const char *name);
struct str web_text(const struct web_request *rq, const char *name);	   /* empty if absent */
int64_t web_int(const struct web_request *rq, const char *name, int64_t absent);
struct opt_date web_date(const struct web_request *rq, const char *name);
size_t web_count(const struct web_request *rq, const char *name);
struct str web_text_at(const struct web_request *rq, const char *name, size_t index);
bool web_file(const struct web_request *rq, const char *name, struct upload *out);
bool web_may(const struct web_request *rq, unsigned permission);

/*
 * A failed form: web checks fields by the row first and calls the handler with
 * errors already present only if the route says so; by default it renders the
 * GET page of the same path again. A handler that finds more wrong adds it here
 * and returns web_form_again, which calls `page` with the errors and the filled
 * form and answers 422 (API: problem+json with all fields).
 */
void web_field_error(struct web_request *rq, const char *field, struct str text);
size_t web_field_errors(const struct web_request *rq);
bool web_form_again(struct web_request *rq, struct web_reply *rp, web_handler *page,
		    struct err *err);
/* For page files: errors, csrf token, and a fresh _form id. */
struct form_state web_form_state(struct web_request *rq);

/* ---- the reply */

/* Begins an HTML page with the shell; write the body with the page function, then web_page_end. */
struct html *web_page_begin(struct web_request *rq, struct web_reply *rp, struct page *page);
void web_page_end(struct web_request *rq, struct web_reply *rp, struct page *page);
bool web_redirect(
	struct web_reply *rp, struct str to,
	const char *flash_key); /* 303; the flash sentence is shown once on the next page */
bool web_json(struct web_reply *rp, json_t *value); /* takes the reference */
/* A file to download (Content-Disposition: attachment, nosniff) or to show. The content must live in ctx.arena or be constant. */
enum disposition { SHOW_INLINE, DOWNLOAD };
bool web_bytes(struct web_reply *rp, const char *content_type, struct str content,
	       enum disposition how, struct str file_name);
void web_status(struct web_reply *rp, unsigned status);
void web_header(struct web_reply *rp, const char *name, struct str value);
void web_set_session(struct web_reply *rp, struct str token,
		     int64_t max_age_s); /* empty token: removes it */
struct arena *web_reply_arena(struct web_reply *rp);

/* ---- the server */

struct web_identity { struct actor actor; struct str csrf_seed; bool known; };
struct web_config {
	struct str where;	   /* database, for reading connections */
	struct writer *writer;
	uint16_t port;
	struct str address;	   /* "127.0.0.1" or "::" … */
	unsigned threads;	   /* 0: one per core */
	const struct route *const
		*route_tables; /* NULL-terminated list of ROUTE_END-terminated tables */
	/* Who is this session token? Called with a reading connection; app binds account's function. */
	bool (*identify)(struct ctx *ctx, struct str token, struct web_identity *out,
			 struct err *err);
	/* Fills names, nav, sample_data of a page before it is drawn. */
	void (*dress)(struct web_request *rq, struct page *page);
	const char *(*permission_name)(unsigned permission);
	unsigned public_permission; /* PERM_PUBLIC: anybody */
	struct str secret;	   /* 32 bytes: CSRF tokens, form ids */
	struct str trusted_proxy;  /* address whose X-Forwarded-For is believed, or empty */
	bool secure_cookies;	   /* __Host- prefix and Secure; off only on loopback without TLS */
	int64_t (*now)(void);	   /* the program's clock */
	size_t cache_bytes;	   /* page cache cap; 0 turns it off */
	void *app;
};
struct web_server;
/* Checks all routes (permission, form, duplicates, parameters) before listening. ERR_CONFLICT "web.port_taken". */
NODISCARD bool web_start(struct web_server **out, const struct web_config *config, struct err *err);
uint16_t web_port(const struct web_server *s); /* the real one when config.port was 0 */
void web_stop(struct web_server *s, int drain_ms); /* refuses new ones, finishes begun answers */
void web_public_changed(
	struct web_server *
		s); /* after a commit that changed something public: bumps the cache's generation */
/* All rows of all tables in order of path; for `gongkai routes`, OpenAPI and the matrix test. */
const struct route **web_routes(struct arena *a, const struct route *const *tables, size_t *count);
json_t *web_openapi(const struct route *const *tables, struct str title, struct str version);
#endif
