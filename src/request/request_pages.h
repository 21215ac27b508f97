/*
 * request_pages.h - the routes of requests, and what pages about a request share,
 * whichever room they belong to.
 */
#ifndef REQUEST_REQUEST_PAGES_H
#define REQUEST_REQUEST_PAGES_H

#include "request/request.h"
#include "list/list.h"

extern const struct route request_routes[];

/* Whose requests somebody sees: all with SITE_READ, else the own unit's. */
struct opt_int request_scope(const struct web_request *rq);
bool request_is_own(const struct web_request *rq, const struct request *r);
/* The request of the path's :id, if the reader may see it; ERR_NOT_FOUND otherwise. */
NODISCARD bool request_of_path(struct web_request *rq, struct request *out, struct err *err);

/*
 * The field "file" of a form that takes a register of any kind. false: it is none, and the field
 * says what is wrong with it.
 */
bool request_register_file(struct web_request *rq, struct upload *out);

struct request_units {
	const struct unit *list;
	size_t count;
};
NODISCARD bool request_units_load(struct ctx *ctx, struct request_units *out, struct err *err);
struct str request_unit_name(const struct request_units *units, int64_t id);

/*
 * The field "unit" of a list's filter: the reader's scope, which one who sees all units narrows
 * by a unit's code; others' is not read. ERR_NOT_FOUND "request.no_unit_code".
 */
NODISCARD bool request_unit_asked(struct web_request *rq, struct opt_int *out, struct err *err);
#define REQUEST_UNIT_FIELD(text) { .name = "unit", .label = text, .kind = FIELD_TEXT, .max = 40 }
/* To choose one by its code: all of them first. */
struct choice *request_unit_choices(struct arena *a, const struct request_units *units,
				    size_t *count);

enum tag_colour request_state_colour(enum request_state state);
struct str request_result(const struct request *r); /* the kind of decision in words, or empty */

json_t *request_json(struct arena *a, const struct request *r, struct str unit);

/* The steps that this officer may take now, what comes next first; each leads to its form. */
struct request_action {
	enum request_verb verb;
	struct str href, label;
	bool secondary; /* beside the way, not along it */
};
NODISCARD bool request_actions(struct web_request *rq, const struct request *r,
			       struct request_action **out, size_t *count, struct err *err);
#endif
