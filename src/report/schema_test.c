#include "report/fixture.h"

#include "base/asset.h"

#include <string.h>

/*
 * As much of JSON Schema as docs/schema/report.schema.json uses, patterns left out. *where is the
 * path to what does not fit.
 */
struct fit { struct test *t; const json_t *root; struct str where; };

static bool fits(struct fit *f, const json_t *schema, const json_t *value, struct str path);

static bool no_fit(struct fit *f, struct str path)
{
	if (f->where.len == 0)
		f->where = path;
	return false;
}

static bool is_type(const char *type, const json_t *v)
{
	return (strcmp(type, "object") == 0 && json_is_object(v)) ||
	       (strcmp(type, "array") == 0 && json_is_array(v)) ||
	       (strcmp(type, "string") == 0 && json_is_string(v)) ||
	       (strcmp(type, "integer") == 0 && json_is_integer(v)) ||
	       (strcmp(type, "number") == 0 && json_is_number(v)) ||
	       (strcmp(type, "null") == 0 && json_is_null(v));
}

static bool fits_type(const json_t *type, const json_t *v)
{
	size_t i;
	json_t *one;

	if (type == NULL)
		return true;
	if (json_is_string(type))
		return is_type(json_string_value(type), v);
	json_array_foreach(type, i, one)
		if (is_type(json_string_value(one), v))
			return true;
	return false;
}

static bool fits_enum(const json_t *allowed, const json_t *v)
{
	size_t i;
	json_t *one;

	json_array_foreach(allowed, i, one)
		if (json_equal(one, v))
			return true;
	return allowed == NULL;
}

static bool fits_object(struct fit *f, const json_t *schema, const json_t *v, struct str path)
{
	const json_t *properties = json_object_get(schema, "properties");
	const char *name;
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(schema, "required"), i, one)
		if (json_object_get(v, json_string_value(one)) == NULL)
			return no_fit(f, str_format(f->t->arena, STR_FMT " lacks %s", STR_ARG(path),
						    json_string_value(one)));
	json_object_foreach((json_t *)(uintptr_t)v, name, one) {
		const json_t *of = json_object_get(properties, name);
		struct str at = str_format(f->t->arena, STR_FMT "/%s", STR_ARG(path), name);
		if (of == NULL || !fits(f, of, one, at))
			return no_fit(f, at);
	}
	return true;
}

static bool fits_array(struct fit *f, const json_t *schema, const json_t *v, struct str path)
{
	const json_t *least = json_object_get(schema, "minItems"),
		     *most = json_object_get(schema, "maxItems");
	json_int_t count = (json_int_t)json_array_size(v);
	json_t *one;
	size_t i;

	if ((least != NULL && count < json_integer_value(least)) ||
	    (most != NULL && count > json_integer_value(most)))
		return no_fit(f, path);
	json_array_foreach(v, i, one)
		if (!fits(f, json_object_get(schema, "items"), one,
			  str_format(f->t->arena, STR_FMT "/%zu", STR_ARG(path), i)))
			return false;
	return true;
}

static bool fits(struct fit *f, const json_t *schema, const json_t *v, struct str path)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref"));
	const json_t *least = json_object_get(schema, "minimum");

	if (ref != NULL)
		schema = json_object_get(json_object_get(f->root, "$defs"),
					 ref + strlen("#/$defs/"));
	if (schema == NULL || !fits_type(json_object_get(schema, "type"), v) ||
	    !fits_enum(json_object_get(schema, "enum"), v) ||
	    (least != NULL && json_integer_value(v) < json_integer_value(least)))
		return no_fit(f, path);
	if (json_is_object(v))
		return fits_object(f, schema, v, path);
	return json_is_array(v) ? fits_array(f, schema, v, path) : true;
}

static json_t *schema_root(struct test *t)
{
	const struct asset *asset = asset_find(STR("docs/schema/report.schema.json"));

	CHECK(asset != NULL);
	return asset != NULL ? json_loadb((const char *)asset->bytes, asset->len, 0, NULL) : NULL;
}

static void check_report(struct test *t, struct report_content *c)
{
	static const struct table_change changes[] = {
		{ STR_INIT("t3.granted.natural_person"), { true, 10500 }, { true, 10600 } },
		{ STR_INIT("t2.art20_8.administrative_fees.amount_wan_yuan"),
		  { false, 0 },
		  { true, 12 } },
	};
	const struct report_erratum erratum = { .number = 1,
						.on = date_make(2021, 5, 6),
						.reason = STR("理由"),
						.changes = changes,
						.changes_count = COUNT_OF(changes) };
	json_t *root = schema_root(t);

	c->errata = &erratum;
	c->errata_count = 1;
	json_t *report = content_json(t->arena, c);
	struct fit f = { .t = t, .root = root };
	CHECK(root != NULL && fits(&f, root, report, STR("")));
	CHECK_STR(f.where, STR_NONE);

	/* and the check can fail */
	json_object_set_new(json_object_get(report, "unit"), "code", json_integer(1));
	CHECK(root != NULL && !fits(&f, root, report, STR("")));
	CHECK_STR(f.where, STR("/unit/code"));
	json_decref(report);
	json_decref(root);
}

void schema_test(struct test *t);
void schema_test(struct test *t)
{
	if (test_case(t, "the JSON of a report of the earlier form is what the schema says")) {
		struct report_content c =
			fixture_content(t, fixture_2020(t),
					fixture_file(t, "samples/yuexiu-2020/narrative.template"), "某区人民政府",
					NULL, 0);
		check_report(t, &c);
	}
	if (test_case(t, "the JSON of a draft of the later form too, with a blank cell")) {
		struct report_content c = fixture_content(
			t, fixture_2025(), fixture_file(t, "data/report/narrative-2021.txt"),
			"某市人民政府", NULL, 0);
		c.tables.t2.cell[0].known = false;
		c.state = STR("draft");
		c.published_on.known = false;
		check_report(t, &c);
	}
}
