#include "app/import_units.h"

#include "agency/agency.h"

enum { CODE_MAX = 16 };

static bool is_listed(const struct new_units *u, struct str name)
{
	for (size_t i = 0; i < u->count; i++)
		if (str_equal(u->list[i].name, name))
			return true;
	return false;
}

static bool is_code_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* YXJY of YXJY-2020-0003; empty if that is no code. */
static struct str code_in(struct str number)
{
	size_t dash = str_find(number, STR("-"), 0);
	struct str code = str_slice(number, 0, dash == SIZE_MAX ? 0 : dash);

	for (size_t i = 0; i < code.len; i++)
		if (!is_code_letter(code.ptr[i]))
			return STR_NONE;
	return code.len <= CODE_MAX ? code : STR_NONE;
}

static struct str cell(const struct sheet_row *row, int column)
{
	return column >= 0 && (size_t)column < row->count ? str_trim(row->cells[column]) : STR_NONE;
}

bool new_units_row(void *arg, const struct sheet_row *row, struct err *err)
{
	struct new_units *u = arg;
	struct str name = cell(row, u->unit);
	struct unit found;
	bool known;

	if (row->number <= u->head_row || name.len == 0 || str_equal(name, u->last) ||
	    is_listed(u, name))
		return true;
	if (!agency_unit_by_name(u->ctx, name, &found, &known, err))
		return false;
	u->last = str_copy(u->ctx->arena, name);
	if (known)
		return true;
	if (u->count == NEW_UNITS_MAX)
		return err_set(err, ERR_LIMIT, "app.too_many_units", "%d", NEW_UNITS_MAX);
	u->list[u->count++] = (struct new_unit){
		u->last, str_copy(u->ctx->arena, code_in(cell(row, u->number)))
	};
	return true;
}

/* The unit's own code, or the first free D1, D2 … */
static bool free_code(struct ctx *ctx, struct str wanted, int *next, struct str *out,
		      struct err *err)
{
	struct unit unit;
	bool taken = true;

	*out = wanted;
	if (wanted.len > 0 && !agency_unit_by_code(ctx, wanted, &unit, &taken, err))
		return false;
	while (taken) {
		*out = str_format(ctx->arena, "D%d", (*next)++);
		if (!agency_unit_by_code(ctx, *out, &unit, &taken, err))
			return false;
	}
	return true;
}

bool new_units_add(struct ctx *ctx, const struct new_units *units, struct err *err)
{
	struct unit *all;
	size_t count;
	int next = 1;

	if (!agency_units(ctx, &all, &count, err))
		return false;
	for (size_t i = 0; i < units->count; i++) {
		struct unit_new u = { .name = units->list[i].name, .reports = true,
				      .kind = UNIT_DEPARTMENT,
				      .parent = { count > 0, count > 0 ? all[0].id.n : 0 } };
		struct unit_id id;
		if (!free_code(ctx, units->list[i].code, &next, &u.code, err) ||
		    !agency_add_unit(ctx, &u, &id, err))
			return false;
	}
	return true;
}
