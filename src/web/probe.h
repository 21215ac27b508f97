/*
 * probe.h - a small HTTP client on raw sockets, and the matrix of routes and roles.
 *
 * It sends exactly the bytes it is given and waits with a limit, so that a test
 * can say what a careless or hostile client would. For tests only.
 */
#ifndef WEB_PROBE_H
#define WEB_PROBE_H

#include "base/test.h"
#include "web/web.h"

enum { PROBE_PATIENCE_MS = 10000 };

struct probe {
	int fd;
	char *bytes; /* read and not yet used */
	size_t len, cap;
	bool ended; /* the server has closed */
};
struct probe_answer {
	unsigned status;
	struct str head, body; /* head with its status line */
};

struct probe probe_open(uint16_t port);
/* From 127.0.0.last, as another client. */
struct probe probe_open_from(uint16_t port, uint8_t last);
void probe_close(struct probe *p);
bool probe_send(struct probe *p, struct str bytes); /* false: the server has closed */
bool probe_shut(struct probe *p); /* the sending half */
/* One answer, by its Content-Length; false if none comes whole. no_body: of HEAD, or a 304. */
bool probe_read(struct test *t, struct probe *p, bool no_body, struct probe_answer *out);
/* Whether the server closes, without another byte. */
bool probe_ends(struct probe *p, int patience_ms);
/* The value of a header; empty if absent. */
struct str probe_header(const struct probe_answer *a, struct str name);

/* One request on a connection of its own. headers: lines with CRLF. body empty: none. */
struct probe_answer probe_ask(struct test *t, uint16_t port, const char *method, struct str path,
			      struct str headers, struct str body);
struct probe_answer probe_get(struct test *t, uint16_t port, const char *path);

/* ---- every route × every role */

struct probe_role {
	const char *name;
	uint64_t permissions;
	bool anonymous;
};
struct probe_matrix {
	uint16_t port;
	const struct route *const *tables;
	const struct probe_role *roles;
	size_t roles_count;
	unsigned public_permission;
	struct str secret, session_cookie; /* name of the cookie */
	/* A fresh session of this role, and the seed of its CSRF token; not for the anonymous. */
	bool (*session)(void *arg, const struct probe_role *role, struct str *token,
			struct str *csrf_seed);
	/* The text of a path parameter; NULL: "1". */
	struct str (*parameter)(void *arg, const struct route *route, struct str name);
	void *arg;
};
/*
 * Asks each route as each role, a POST with a good token and an empty form, and checks that
 * exactly those who may are let through: 403 for the others, 303 to /sign-in or 401 for the public.
 * One case for each route. Returns the number of cells asked.
 */
size_t probe_roles(struct test *t, const struct probe_matrix *m);
#endif
