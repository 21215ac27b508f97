#include "web/router.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

/* A segment of a pattern: a literal, or a parameter with what must follow it. */
struct segment {
	bool parameter;
	struct str name;   /* of a parameter */
	struct str suffix; /* of a parameter; a literal's whole text */
};

struct node {
	struct segment segment;
	struct route_pair pair;
	struct node *child, *next; /* next: in order of who is asked first */
};

struct router {
	struct node root;
};

static struct segment read_segment(struct str piece)
{
	struct segment s = { .suffix = piece };

	if (!str_take_char(&piece, ':'))
		return s;
	size_t dot = str_find(piece, STR("."), 0);
	s.parameter = true;
	s.name = str_slice(piece, 0, dot);
	s.suffix = dot == SIZE_MAX ? STR_NONE : str_slice(piece, dot, piece.len);
	return s;
}

/* The next segment of a pattern; false at its end. */
static bool next_segment(struct str *rest, struct segment *out)
{
	struct str piece;

	if (!str_split_next(rest, '/', &piece))
		return false;
	*out = read_segment(piece);
	return true;
}

static struct str pattern_rest(const char *pattern)
{
	return str_slice(str_from_c(pattern), 1, SIZE_MAX);
}

static bool same_shape(const struct segment *a, const struct segment *b)
{
	return a->parameter == b->parameter && str_equal(a->suffix, b->suffix);
}

/* Whether a is asked before b. */
static bool before(const struct segment *a, const struct segment *b)
{
	if (a->parameter != b->parameter)
		return !a->parameter;
	return a->suffix.len > b->suffix.len;
}

static struct node *child_of(struct arena *arena, struct node *parent, const struct segment *s)
{
	struct node **at = &parent->child;

	for (; *at != NULL; at = &(*at)->next)
		if (same_shape(&(*at)->segment, s))
			return *at;
	for (at = &parent->child; *at != NULL && !before(s, &(*at)->segment);)
		at = &(*at)->next;
	struct node *made = ARENA_NEW(arena, struct node);
	made->segment = *s;
	made->next = *at;
	*at = made;
	return made;
}

/* ---- checking the rows */

static bool refuse(const struct route *route, const char *why, struct err *err)
{
	return err_set(err, ERR_INVALID, "web.bad_route", "%s %s|%s",
		       route->method == METHOD_GET ? "GET" : "POST", route->path, why);
}

static bool identifier(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-' || c == '.'))
			return false;
	}
	return s.len > 0;
}

static bool check_path(const struct route *route, struct err *err)
{
	struct str rest = pattern_rest(route->path);
	struct segment s, other;
	size_t count = 0;

	if (route->path[0] != '/')
		return refuse(route, "the path does not begin with /", err);
	if (str_equal_c(STR("/"), route->path))
		return true;
	if (str_starts(str_from_c(route->path), STR("/assets/")) ||
	    str_equal_c(STR("/healthz"), route->path) ||
	    str_equal_c(STR("/api/openapi.json"), route->path))
		return refuse(route, "the path is the server's own", err);
	while (next_segment(&rest, &s)) {
		struct str earlier = pattern_rest(route->path);
		if (++count > HTTP_SEGMENTS_MAX)
			return refuse(route, "the path has too many segments", err);
		if (!s.parameter && !identifier(s.suffix))
			return refuse(route, "a segment is empty or no identifier", err);
		if (!s.parameter)
			continue;
		if (!identifier(s.name) || (s.suffix.len > 0 && !identifier(s.suffix)))
			return refuse(route, "a parameter is no identifier", err);
		for (size_t i = 1; i < count && next_segment(&earlier, &other); i++)
			if (other.parameter && str_equal(other.name, s.name))
				return refuse(route, "a parameter stands twice", err);
	}
	return true;
}

static bool check_field(const struct route *route, const struct field *f, bool in_form,
			struct err *err)
{
	struct str name = str_from_c(f->name);

	/* name[]: one of several controls that share a name, as HTML has it. */
	if (f->many && str_ends(name, STR("[]")))
		name = str_slice(name, 0, name.len - 2);
	if (!identifier(name) || name.ptr[0] == '_' ||
	    (!in_form && str_equal_c(name, "mode")))
		return refuse(route, "a field's name is empty, reserved or no identifier", err);
	if (f->label == NULL)
		return refuse(route, "a field has no label", err);
	if ((f->kind == FIELD_CHOICE) != (f->choices != NULL && f->choices[0] != NULL))
		return refuse(route, "a field has choices and is none, or the reverse", err);
	if (f->low > f->high)
		return refuse(route, "a field's range is empty", err);
	if (f->max > (f->kind == FIELD_FILE ? LIMIT_UPLOAD : LIMIT_FIELD_BYTES))
		return refuse(route, "a field's max is over the program's limit", err);
	if (f->kind == FIELD_FILE && !(in_form && (route->flags & ROUTE_UPLOAD) != 0))
		return refuse(route, "a file field without ROUTE_UPLOAD", err);
	if (f->kind == FIELD_PASSWORD && !in_form)
		return refuse(route, "a password in a query", err);
	return true;
}

static bool check_fields(const struct route *route, const struct field *fields, bool in_form,
			 struct err *err)
{
	size_t count = 0;

	if (fields == NULL)
		return true;
	for (const struct field *f = fields; f->name != NULL; f++) {
		if (++count > LIMIT_FORM_FIELDS)
			return refuse(route, "too many fields", err);
		if (!check_field(route, f, in_form, err))
			return false;
		for (const struct field *g = fields; g < f; g++)
			if (str_equal_c(str_from_c(f->name), g->name))
				return refuse(route, "a field stands twice", err);
	}
	return true;
}

static bool check_flags(const struct route *route, unsigned public_permission, struct err *err)
{
	const unsigned only_post = ROUTE_UPLOAD | ROUTE_KEEPS_NOTHING;
	const unsigned only_get = ROUTE_CACHED | ROUTE_SLOW;

	if (route->method == METHOD_GET && (route->flags & only_post) != 0)
		return refuse(route, "a flag of POST", err);
	if (route->method == METHOD_POST && (route->flags & only_get) != 0)
		return refuse(route, "a flag of GET", err);
	if ((route->flags & ROUTE_CACHED) != 0 && route->permission != public_permission)
		return refuse(route, "cached, but not public", err);
	return true;
}

static bool check(const struct route *route, unsigned public_permission, struct err *err)
{
	if (!check_path(route, err))
		return false;
	if (route->handler == NULL || route->summary == NULL)
		return refuse(route, "no handler or no summary", err);
	if (route->permission == 0 || route->permission >= 64)
		return refuse(route, "no permission", err);
	if (route->method == METHOD_POST ? route->form == NULL : route->form != NULL)
		return refuse(route, "a POST without a form, or a GET with one", err);
	if (route->method == METHOD_POST ? route->query != NULL : route->prepare != NULL)
		return refuse(route, "a POST with a query, or a GET with a prepare step", err);
	return check_flags(route, public_permission, err) &&
	       check_fields(route, route->query, false, err) &&
	       check_fields(route, route->form, true, err);
}

/* ---- building and finding */

static bool add(struct arena *a, struct router *r, const struct route *route, struct err *err)
{
	struct str rest = pattern_rest(route->path);
	struct node *node = &r->root;
	struct segment s;

	while (next_segment(&rest, &s))
		node = child_of(a, node, &s);
	const struct route **row = route->method == METHOD_GET ? &node->pair.get :
								 &node->pair.post;
	if (*row != NULL)
		return refuse(route, "another row has the same path", err);
	*row = route;
	return true;
}

bool router_open(struct arena *a, const struct route *const *tables, unsigned public_permission,
		 struct router **out, struct err *err)
{
	struct router *r = ARENA_NEW(a, struct router);

	for (const struct route *const *table = tables; *table != NULL; table++)
		for (const struct route *route = *table; route->path != NULL; route++)
			if (!check(route, public_permission, err) || !add(a, r, route, err))
				return false;
	*out = r;
	return true;
}

static bool fits(const struct segment *s, struct str text)
{
	if (!s->parameter)
		return str_equal(s->suffix, text);
	return text.len > s->suffix.len && str_ends(text, s->suffix);
}

/* Depth is bounded by HTTP_SEGMENTS_MAX. */
static const struct route_pair *find(const struct node *node, const struct http_path *path,
				     size_t depth)
{
	if (depth == path->count)
		return node->pair.get != NULL || node->pair.post != NULL ? &node->pair : NULL;
	for (const struct node *c = node->child; c != NULL; c = c->next) {
		if (!fits(&c->segment, path->segment[depth]))
			continue;
		const struct route_pair *found = find(c, path, depth + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

const struct route_pair *router_find(const struct router *r, const struct http_path *path)
{
	return find(&r->root, path, 0);
}

bool router_param(const char *pattern, const struct http_path *path, struct str name,
		  struct str *out)
{
	struct str rest = pattern_rest(pattern);
	struct segment s;

	for (size_t i = 0; i < path->count && next_segment(&rest, &s); i++) {
		if (!s.parameter || !str_equal(s.name, name))
			continue;
		struct str text = path->segment[i];
		*out = str_slice(text, 0, text.len - s.suffix.len);
		return true;
	}
	return false;
}

bool router_suffix(const char *pattern, struct str suffix)
{
	return str_ends(str_from_c(pattern), suffix);
}

/* ---- all rows in order */

static int compare_rows(const void *left, const void *right)
{
	const struct route *a = *(const struct route *const *)left;
	const struct route *b = *(const struct route *const *)right;
	int order = str_compare(str_from_c(a->path), str_from_c(b->path));

	return order != 0 ? order : (a->method > b->method) - (a->method < b->method);
}

const struct route **web_routes(struct arena *a, const struct route *const *tables, size_t *count)
{
	size_t n = 0;

	for (const struct route *const *table = tables; *table != NULL; table++)
		for (const struct route *route = *table; route->path != NULL; route++)
			n++;
	const struct route **rows = ARENA_ARRAY(a, n, const struct route *);
	*count = n;
	n = 0;
	for (const struct route *const *table = tables; *table != NULL; table++)
		for (const struct route *route = *table; route->path != NULL; route++)
			rows[n++] = route;
	qsort(rows, n, sizeof *rows, compare_rows);
	return rows;
}
