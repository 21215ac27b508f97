#include "web/probe.h"

#include "base/clock.h"
#include "base/limits.h"
#include "web/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 64 * MIB };

struct probe probe_open_from(uint16_t port, uint8_t last)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in from = { .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last) };
	struct probe p = { .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };

	p.ended = p.fd < 0 || bind(p.fd, (const struct sockaddr *)&from, sizeof from) != 0 ||
		  connect(p.fd, (const struct sockaddr *)&to, sizeof to) != 0;
	return p;
}

struct probe probe_open(uint16_t port)
{
	return probe_open_from(port, 1);
}

void probe_close(struct probe *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

bool probe_send(struct probe *p, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = send(p->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = str_slice(bytes, (size_t)n, bytes.len);
	}
	return true;
}

bool probe_shut(struct probe *p)
{
	return shutdown(p->fd, SHUT_WR) == 0;
}

/* false: closed, or nothing came in time. */
static bool read_more(struct test *t, struct probe *p, int patience_ms)
{
	struct pollfd wait = { .fd = p->fd, .events = POLLIN };

	if (p->ended || poll(&wait, 1, patience_ms) <= 0)
		return false;
	if (p->len == p->cap) {
		size_t cap = p->cap == 0 ? 16 * KIB : p->cap * 2;
		char *bytes = arena_alloc(t->arena, cap);
		if (p->len > 0)
			memcpy(bytes, p->bytes, p->len);
		p->bytes = bytes;
		p->cap = cap;
	}
	ssize_t n = recv(p->fd, p->bytes + p->len, p->cap - p->len, 0);
	if (n <= 0) {
		p->ended = true;
		return false;
	}
	p->len += (size_t)n;
	return p->len <= ANSWER_MAX;
}

struct str probe_header(const struct probe_answer *a, struct str name)
{
	struct str rest = a->head, line;

	while (rest.len > 0 && str_split_next(&rest, '\n', &line)) {
		if (line.len <= name.len || line.ptr[name.len] != ':' ||
		    !str_equal_ascii_nocase(str_slice(line, 0, name.len), name))
			continue;
		return str_trim(str_slice(line, name.len + 1, line.len));
	}
	return STR_NONE;
}

static unsigned status_of(struct str head)
{
	uint64_t status = 0;

	if (!str_take_str(&head, STR("HTTP/1.1 ")) || !str_take_u64(&head, 999, &status))
		return 0;
	return (unsigned)status;
}

bool probe_read(struct test *t, struct probe *p, bool no_body, struct probe_answer *out)
{
	size_t end;
	uint64_t length = 0;

	for (;;) {
		end = str_find((struct str){ p->bytes != NULL ? p->bytes : "", p->len },
			       STR("\r\n\r\n"), 0);
		if (end != SIZE_MAX)
			break;
		if (!read_more(t, p, PROBE_PATIENCE_MS))
			return false;
	}
	end += 4;
	out->head = str_copy(t->arena, (struct str){ p->bytes, end });
	out->status = status_of(out->head);
	struct str text = probe_header(out, STR("Content-Length"));
	if (text.len > 0 && !str_take_u64(&text, ANSWER_MAX, &length))
		return false;
	if (no_body || out->status == 304 || out->status == 100)
		length = 0;
	while (p->len < end + length)
		if (!read_more(t, p, PROBE_PATIENCE_MS))
			return false;
	out->body = str_copy(t->arena, (struct str){ p->bytes + end, (size_t)length });
	p->len -= end + (size_t)length;
	memmove(p->bytes, p->bytes + end + (size_t)length, p->len);
	return out->status != 0;
}

bool probe_ends(struct probe *p, int patience_ms)
{
	struct pollfd wait = { .fd = p->fd, .events = POLLIN };
	char byte;

	if (p->len > 0)
		return false;
	if (p->ended)
		return true;
	if (poll(&wait, 1, patience_ms) <= 0)
		return false;
	p->ended = recv(p->fd, &byte, 1, 0) <= 0;
	return p->ended;
}

struct probe_answer probe_ask(struct test *t, uint16_t port, const char *method, struct str path,
			      struct str headers, struct str body)
{
	struct probe_answer answer = { .status = 0, .head = STR_NONE, .body = STR_NONE };
	struct probe p = probe_open(port);
	bool post = str_equal_c(STR("POST"), method);
	struct str length = post ? str_format(t->arena, "Content-Length: %zu\r\n", body.len) :
				   STR_NONE;
	struct str head = str_format(t->arena,
				     "%s " STR_FMT " HTTP/1.1\r\nHost: gk.test\r\nConnection: close"
				     "\r\n" STR_FMT STR_FMT "\r\n",
				     method, STR_ARG(path), STR_ARG(headers), STR_ARG(length));

	if (probe_send(&p, str_concat(t->arena, head, body)))
		(void)probe_read(t, &p, str_equal_c(STR("HEAD"), method), &answer);
	probe_close(&p);
	return answer;
}

struct probe_answer probe_get(struct test *t, uint16_t port, const char *path)
{
	return probe_ask(t, port, "GET", str_from_c(path), STR_NONE, STR_NONE);
}

/* ---- the matrix */

static struct str fill_path(struct test *t, const struct probe_matrix *m, const struct route *route)
{
	struct str rest = str_slice(str_from_c(route->path), 1, SIZE_MAX), piece, out = STR_NONE;

	while (str_split_next(&rest, '/', &piece)) {
		if (str_take_char(&piece, ':')) {
			size_t dot = str_find(piece, STR("."), 0);
			struct str suffix = dot == SIZE_MAX ? STR_NONE :
							      str_slice(piece, dot, piece.len);
			struct str name = str_slice(piece, 0, dot);
			struct str value = m->parameter != NULL ?
						   m->parameter(m->arg, route, name) :
						   STR("1");
			piece = str_concat(t->arena, percent_encode(t->arena, value), suffix);
		}
		out = str_format(t->arena, STR_FMT "/" STR_FMT, STR_ARG(out), STR_ARG(piece));
	}
	return out;
}

static struct probe_answer ask_cell(struct test *t, const struct probe_matrix *m,
				    const struct route *route, const struct probe_role *role)
{
	static const struct str seed_text = STR_INIT("0123456789abcdef0123456789abcdef");
	bool secure = str_starts(m->session_cookie, STR("__Host-"));
	struct str token = STR_NONE, seed = seed_text;
	struct str cookie;

	if (role->anonymous) {
		cookie = str_format(t->arena, "Cookie: %sgk-form=" STR_FMT "\r\n",
				    secure ? "__Host-" : "", STR_ARG(seed_text));
	} else {
		CHECK(m->session(m->arg, role, &token, &seed));
		cookie = str_format(t->arena, "Cookie: " STR_FMT "=" STR_FMT "\r\n",
				    STR_ARG(m->session_cookie), STR_ARG(token));
	}
	struct str path = fill_path(t, m, route);
	if (route->method == METHOD_GET)
		return probe_ask(t, m->port, "GET", path, cookie, STR_NONE);
	struct str csrf = csrf_token_for(t->arena, m->secret, !role->anonymous, seed);
	struct str headers =
		str_format(t->arena,
			   STR_FMT "Content-Type: application/x-www-form-urlencoded\r\n"
				   "Origin: http://gk.test\r\n",
			   STR_ARG(cookie));
	return probe_ask(t, m->port, "POST", path, headers,
			 str_format(t->arena, "_csrf=" STR_FMT, STR_ARG(csrf)));
}

/* The same cell as a program asks it: JSON, and JSON is what comes back. */
static void check_twin(struct test *t, const struct probe_matrix *m, const struct route *route,
		       const struct probe_role *role, bool may)
{
	struct str token = STR_NONE, seed = STR_NONE, who = STR_NONE;

	if (!role->anonymous) {
		CHECK(m->session(m->arg, role, &token, &seed));
		who = str_format(t->arena,
				 "Cookie: " STR_FMT "=" STR_FMT "\r\nX-CSRF-Token: " STR_FMT "\r\n",
				 STR_ARG(m->session_cookie), STR_ARG(token),
				 STR_ARG(csrf_token_for(t->arena, m->secret, true, seed)));
	}
	struct probe_answer a = probe_ask(
		t, m->port, "POST", fill_path(t, m, route),
		str_concat(t->arena, who, STR("Content-Type: application/json\r\n")), STR("{}"));
	struct str type = probe_header(&a, STR("Content-Type"));
	if (!may)
		CHECK_INT(a.status, role->anonymous ? 401 : 403);
	else
		CHECK(a.status != 401 && a.status != 403 && a.status != 415 && a.status < 500);
	CHECK(a.status < 300 || a.status >= 400);
	CHECK(str_starts(type, a.status >= 400 ? STR("application/problem+json") :
						 STR("application/json")));
}

static bool sent_away(const struct probe_answer *a)
{
	return a->status == 401 || a->status == 403 ||
	       (a->status == 303 &&
		str_starts(probe_header(a, STR("Location")), STR("/sign-in")));
}

static void check_cell(struct test *t, const struct probe_matrix *m, const struct route *route,
		       const struct probe_role *role)
{
	struct probe_answer a = ask_cell(t, m, route, role);
	bool may = route->permission == m->public_permission ||
		   (role->permissions >> route->permission & 1) != 0;
	bool machine = (route->flags & ROUTE_API) != 0 ||
		       str_ends(str_from_c(route->path), STR(".json"));

	CHECK(a.status != 0 && a.status != 500);
	if (may)
		CHECK(!sent_away(&a));
	else if (!role->anonymous)
		CHECK_INT(a.status, 403);
	else if (machine)
		CHECK_INT(a.status, 401);
	else /* a form is kept on a page that leads there, see check.c */
		CHECK(sent_away(&a) && a.status != 403 &&
		      (a.status == 303 || route->method == METHOD_POST));
	if (route->method == METHOD_POST)
		check_twin(t, m, route, role, may);
}

size_t probe_roles(struct test *t, const struct probe_matrix *m)
{
	struct arena *names = arena_open(MIB);
	size_t count, cells = 0;
	const struct route **routes = web_routes(names, m->tables, &count);

	for (size_t i = 0; i < count; i++) {
		const char *method = routes[i]->method == METHOD_GET ? "GET" : "POST";
		if (!test_case(t, "who may %s %s", method, routes[i]->path))
			continue;
		for (size_t r = 0; r < m->roles_count; r++, cells++)
			check_cell(t, m, routes[i], &m->roles[r]);
	}
	arena_close(names);
	return cells;
}
