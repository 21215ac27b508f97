/*
 * router.h - which row of the tables answers a path.
 *
 * Built once at start, when every row is checked: a row without a permission,
 * a POST without a form, two rows for one path, a field table that cannot work
 * are refused then, because a program that starts must have no such hole.
 * A literal segment wins over a parameter with a suffix, that one over a
 * parameter alone. Nothing else is a pattern.
 */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "web/http.h"
#include "web/web.h"

struct router;
/* The rows of one path. */
struct route_pair {
	const struct route *get, *post;
};

NODISCARD bool router_open(struct arena *a, const struct route *const *tables,
			   unsigned public_permission, struct router **out, struct err *err);
/* NULL if no row has this path. */
const struct route_pair *router_find(const struct router *r, const struct http_path *path);
/* The value of :name in a path that matched the pattern; false if the pattern has no such name. */
bool router_param(const char *pattern, const struct http_path *path, struct str name,
		  struct str *out);
/* Whether the last segment ends with it: ".json". */
bool router_suffix(const char *pattern, struct str suffix);
#endif
