/* openapi.c - the description of the machine routes (OpenAPI 3.1), made from the tables. */
#include "web/web.h"

#include "web/router.h"

#include <assert.h>

static bool for_machines(const struct route *route)
{
	return (route->flags & ROUTE_API) != 0 ||
	       router_suffix(route->path, STR(".json")) || router_suffix(route->path, STR(".atom"));
}

static json_t *text(struct str s)
{
	return json_stringn(s.ptr, s.len);
}

static json_t *schema_of(const struct field *f)
{
	json_t *schema = json_object();
	static const char *const type[] = {
		[FIELD_TEXT] = "string", [FIELD_LINES] = "string",    [FIELD_INT] = "integer",
		[FIELD_DATE] = "string", [FIELD_BOOL] = "boolean",    [FIELD_CHOICE] = "string",
		[FIELD_CODE] = "string", [FIELD_PASSWORD] = "string", [FIELD_FILE] = "string",
	};

	json_object_set_new(schema, "type", json_string(type[f->kind]));
	if (f->kind == FIELD_DATE)
		json_object_set_new(schema, "format", json_string("date"));
	if (f->kind == FIELD_FILE)
		json_object_set_new(schema, "format", json_string("binary"));
	if (f->kind == FIELD_CODE)
		json_object_set_new(schema, "pattern", json_string("^[A-Za-z0-9_.-]+$"));
	if (f->kind == FIELD_INT && f->low < f->high) {
		json_object_set_new(schema, "minimum", json_integer(f->low));
		json_object_set_new(schema, "maximum", json_integer(f->high));
	}
	if (f->choices != NULL) {
		json_t *choices = json_array();
		for (size_t i = 0; f->choices[i] != NULL; i++)
			json_array_append_new(choices, json_string(f->choices[i]));
		json_object_set_new(schema, "enum", choices);
	}
	if (!f->many)
		return schema;
	return json_pack("{s:s, s:o}", "type", "array", "items", schema);
}

static json_t *parameter(const char *name, const char *where, const char *label, bool required,
			 json_t *schema)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:o}", "name", name, "in", where, "description",
			 label, "required", (int)required, "schema", schema);
}

static json_t *parameters_of(struct arena *a, const struct route *route)
{
	json_t *all = json_array();
	struct str rest = str_from_c(route->path), piece;

	while (str_split_next(&rest, '/', &piece)) {
		if (!str_take_char(&piece, ':'))
			continue;
		piece = str_slice(piece, 0, str_find(piece, STR("."), 0));
		json_array_append_new(all, parameter(str_to_c(a, piece), "path", "", true,
						     json_pack("{s:s}", "type", "string")));
	}
	for (const struct field *f = route->query; f != NULL && f->name != NULL; f++)
		json_array_append_new(all, parameter(f->name, "query", f->label, f->required,
						     schema_of(f)));
	return all;
}

static json_t *body_of(const struct route *route)
{
	json_t *properties = json_object(), *required = json_array();

	for (const struct field *f = route->form; f->name != NULL; f++) {
		json_t *schema = schema_of(f);
		json_object_set_new(schema, "description", json_string(f->label));
		json_object_set_new(properties, f->name, schema);
		if (f->required)
			json_array_append_new(required, json_string(f->name));
	}
	json_t *schema = json_pack("{s:s, s:o}", "type", "object", "properties", properties);
	if (json_array_size(required) > 0)
		json_object_set(schema, "required", required);
	json_decref(required);
	const char *type = (route->flags & ROUTE_UPLOAD) != 0 ? "multipart/form-data" :
								"application/json";
	return json_pack("{s:{s:{s:o}}}", "content", type, "schema", schema);
}

static const char *type_of(const struct route *route)
{
	return router_suffix(route->path, STR(".atom")) ? "application/atom+xml" :
							  "application/json";
}

static json_t *operation_of(struct arena *a, const struct route *route)
{
	json_t *responses = json_pack("{s:{s:s, s:{s:{}}}, s:{s:s, s:{s:{}}}}", "200",
				      "description", "成功", "content", type_of(route), "default",
				      "description", "出错（RFC 9457）", "content",
				      "application/problem+json");
	json_t *operation = json_pack("{s:s, s:o, s:o}", "summary", route->summary, "parameters",
				      parameters_of(a, route), "responses", responses);

	if (route->method == METHOD_POST)
		json_object_set_new(operation, "requestBody", body_of(route));
	return operation;
}

/* "/a/:id.json" -> "/a/{id}.json" */
static struct str template_of(struct arena *a, const char *path)
{
	struct str rest = str_slice(str_from_c(path), 1, SIZE_MAX), piece, out = STR_NONE;

	while (str_split_next(&rest, '/', &piece)) {
		if (str_take_char(&piece, ':')) {
			size_t dot = str_find(piece, STR("."), 0);
			struct str suffix = dot == SIZE_MAX ? STR_NONE :
							      str_slice(piece, dot, piece.len);
			piece = str_format(a, "{" STR_FMT "}" STR_FMT,
					   STR_ARG(str_slice(piece, 0, dot)), STR_ARG(suffix));
		}
		out = str_format(a, STR_FMT "/" STR_FMT, STR_ARG(out), STR_ARG(piece));
	}
	return out;
}

json_t *web_openapi(const struct route *const *tables, struct str title, struct str version)
{
	struct arena *a = arena_open((size_t)1 << 22);
	json_t *paths = json_object();
	size_t count;
	const struct route **rows = web_routes(a, tables, &count);

	for (size_t i = 0; i < count; i++) {
		if (!for_machines(rows[i]))
			continue;
		const char *path = str_to_c(a, template_of(a, rows[i]->path));
		json_t *item = json_object_get(paths, path);
		if (item == NULL) {
			item = json_object();
			json_object_set_new(paths, path, item);
		}
		json_object_set_new(item, rows[i]->method == METHOD_GET ? "get" : "post",
				    operation_of(a, rows[i]));
	}
	json_t *info = json_pack("{s:o, s:o}", "title", text(title), "version", text(version));
	json_t *all =
		json_pack("{s:s, s:o, s:o}", "openapi", "3.1.0", "info", info, "paths", paths);
	arena_close(a);
	assert(all != NULL);
	return all;
}
