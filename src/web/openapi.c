/*
 * openapi.c - the description of the machine routes (OpenAPI 3.1), made from the tables:
 * what is read as .json or .atom, and every POST, which answers machines by itself.
 */
#include "web/web.h"

#include "base/buf.h"
#include "base/json.h"
#include "web/router.h"

#include <assert.h>

static bool for_machines(const struct route *route)
{
	return route->method == METHOD_POST || (route->flags & ROUTE_API) != 0 ||
	       router_suffix(route->path, STR(".json")) || router_suffix(route->path, STR(".atom"));
}

static json_t *reference(const char *to)
{
	return json_pack("{s:s}", "$ref", to);
}

/* ---- fields */

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
		json_object_set_new(schema, "contentMediaType",
				    json_string("application/octet-stream"));
	if (f->kind == FIELD_CODE)
		json_object_set_new(schema, "pattern", json_string("^[A-Za-z0-9_.-]*$"));
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

static bool has_version(const struct route *route)
{
	for (const struct field *f = route->form; f != NULL && f->name != NULL; f++)
		if (str_equal_c(STR("version"), f->name))
			return true;
	return false;
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
	if (route->method == METHOD_POST && (route->flags & ROUTE_KEEPS_NOTHING) == 0)
		json_array_append_new(all, reference("#/components/parameters/IdempotencyKey"));
	if (has_version(route))
		json_array_append_new(all, reference("#/components/parameters/IfMatch"));
	return all;
}

static json_t *body_of(const struct route *route)
{
	json_t *properties = json_object(), *required = json_array();
	bool file = false;

	for (const struct field *f = route->form; f->name != NULL; f++) {
		json_t *schema = schema_of(f);
		json_object_set_new(schema, "description", json_string(f->label));
		json_object_set_new(properties, f->name, schema);
		/* The version may come by If-Match instead. */
		if (f->required && !str_equal_c(STR("version"), f->name))
			json_array_append_new(required, json_string(f->name));
		file = file || f->kind == FIELD_FILE;
	}
	json_t *schema = json_pack("{s:s, s:o}", "type", "object", "properties", properties);
	if (json_array_size(required) > 0)
		json_object_set(schema, "required", required);
	json_decref(required);
	json_t *content = json_object();
	if ((route->flags & ROUTE_UPLOAD) != 0)
		json_object_set_new(content, "multipart/form-data",
				    json_pack("{s:O}", "schema", schema));
	if (!file)
		json_object_set_new(content, "application/json",
				    json_pack("{s:O}", "schema", schema));
	json_decref(schema);
	return json_pack("{s:b, s:o}", "required", 1, "content", content);
}

/* ---- answers */

static json_t *answer(const char *description, const char *type, json_t *schema)
{
	return json_pack("{s:s, s:{s:{s:o}}}", "description", description, "content", type,
			 "schema", schema);
}

static json_t *read_answer(const struct route *route)
{
	bool atom = router_suffix(route->path, STR(".atom"));

	return answer("成功", atom ? "application/atom+xml" : "application/json",
		      atom ? json_pack("{s:s}", "type", "string") : json_object());
}

static json_t *problem(const char *description)
{
	return answer(description, "application/problem+json",
		      reference("#/components/schemas/Problem"));
}

static const struct { const char *status, *description; } refusal_row[] = {
	{ "400", "请求有误" },
	{ "401", "需要有效的访问令牌或者登录" },
	{ "403", "没有权限，或者会话中的提交缺少 CSRF 令牌" },
	{ "404", "没有这个对象" },
	{ "409", "当前状态不允许，或者已被他人修改" },
	{ "412", "If-Match 与当前版本不符" },
	{ "415", "不支持的内容类型" },
	{ "422", "填写有误，errors 列出全部字段" },
	{ "default", "出错（RFC 9457）" },
};

static json_t *responses_of(const struct route *route)
{
	json_t *all = json_object();
	bool post = route->method == METHOD_POST;

	for (size_t i = 0; i < COUNT_OF(refusal_row); i++) {
		struct str status = str_from_c(refusal_row[i].status);
		if ((str_equal_c(status, "412") && !has_version(route)) ||
		    (!post && (str_equal_c(status, "409") || str_equal_c(status, "415") ||
			       str_equal_c(status, "422"))))
			continue;
		json_object_set_new(all, refusal_row[i].status,
				    problem(refusal_row[i].description));
	}
	if (!post) {
		json_object_set_new(all, "200", read_answer(route));
		return all;
	}
	json_object_set_new(all, "200", answer("已办理", "application/json",
					       reference("#/components/schemas/Done")));
	if ((route->flags & ROUTE_KEEPS_NOTHING) == 0)
		json_object_set_new(all, "201", answer("已新建", "application/json",
						       reference("#/components/schemas/Done")));
	return all;
}

/* ---- operations */

/* "post /desk/a/:id.json" -> "post_desk_a_id_json" */
static struct str operation_id(struct arena *a, const struct route *route)
{
	struct buf b = buf_open(a, 80, 400);

	buf_add_c(&b, route->method == METHOD_POST ? "post" : "get");
	for (const char *p = route->path; *p != '\0'; p++) {
		if (*p == '/' || *p == '.' || *p == '-')
			buf_add_char(&b, '_');
		else if (*p != ':')
			buf_add_char(&b, *p);
	}
	return buf_str(&b);
}

static json_t *operation_of(struct arena *a, const struct route *route, unsigned public_permission)
{
	json_t *operation = json_pack("{s:o, s:s, s:o, s:o}", "operationId",
				      json_text(operation_id(a, route)), "summary", route->summary,
				      "parameters", parameters_of(a, route), "responses",
				      responses_of(route));

	if (route->permission == public_permission)
		json_object_set_new(operation, "security", json_array());
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

/* ---- what all have in common */

static json_t *string_of(const char *description)
{
	return json_pack("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *done_schema(void)
{
	return json_pack("{s:s, s:{s:o, s:o, s:{s:s, s:s}}}", "type", "object", "properties",
			 "location", string_of("办理结果所在的地址"), "message",
			 string_of("一句说明"), "version", "type", "integer", "description",
			 "当前版本");
}

static json_t *problem_schema(void)
{
	json_t *errors = json_pack(
		"{s:s, s:{s:s, s:{s:{s:s}, s:{s:s}}}}", "type", "array", "items", "type", "object",
		"properties", "field", "type", "string", "message", "type", "string");

	return json_pack("{s:s, s:[s, s, s], s:{s:o, s:o, s:{s:s}, s:o, s:o, s:o, s:{s:s, s:s}, "
			 "s:o}}",
			 "type", "object", "required", "type", "title", "status", "properties",
			 "type", string_of("about:blank"), "title", string_of("一类错误的名称"),
			 "status", "type", "integer", "detail", string_of("原因和办法"), "code",
			 string_of("供程序判断的代码，不随文字变化"), "instance",
			 string_of("故障编号"), "version", "type", "integer", "description",
			 "当前版本（409、412）", "errors", errors);
}

static json_t *components(void)
{
	json_t *key = parameter(
		"Idempotency-Key", "header",
		"8至200个可见字符；24小时内以同一值重发同样的内容，得到同一答复，只办理一次", false,
		json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", 8, "maxLength", 200));
	json_t *match = parameter("If-Match", "header",
				  "所见版本（ETag），代替字段 version；已变化时答复412", false,
				  json_pack("{s:s}", "type", "string"));

	return json_pack("{s:{s:o, s:o}, s:{s:o, s:o}, s:{s:{s:s, s:s}, s:{s:s, s:s, s:s}}}",
			 "parameters", "IdempotencyKey", key, "IfMatch", match, "schemas", "Done",
			 done_schema(), "Problem", problem_schema(), "securitySchemes", "token",
			 "type", "http", "scheme", "bearer", "session", "type", "apiKey", "in",
			 "cookie", "name", "gk");
}

json_t *web_openapi(const struct route *const *tables, unsigned public_permission,
		    struct str title, struct str version)
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
				    operation_of(a, rows[i], public_permission));
	}
	json_t *info =
		json_pack("{s:o, s:o}", "title", json_text(title), "version", json_text(version));
	json_t *all = json_pack("{s:s, s:o, s:[{s:[]}, {s:[]}], s:o, s:o}", "openapi", "3.1.0",
				"info", info, "security", "token", "session", "paths", paths,
				"components", components());
	arena_close(a);
	assert(all != NULL);
	return all;
}
