/*
 * agency.c - the site's bodies: adding, finding, listing.
 */
#include "agency/agency.h"

#include "agency_sql.h"
#include "ledger/ledger.h"

static const struct { const char *code; struct str label; } kinds[] = {
	[UNIT_GOVERNMENT] = { "government", STR_INIT("人民政府") },
	[UNIT_DEPARTMENT] = { "department", STR_INIT("政府部门") },
	[UNIT_SUBDISTRICT] = { "subdistrict", STR_INIT("街道办事处") },
	[UNIT_TOWN] = { "town", STR_INIT("镇人民政府") },
	[UNIT_VERTICAL] = { "vertical", STR_INIT("垂直管理单位") },
	[UNIT_OTHER] = { "other", STR_INIT("其他机构") },
};
enum { UNITS_MAX = 2000, SCOPE_NOTES_MAX = 200 };

struct str unit_kind_label(enum unit_kind kind)
{
	return kinds[kind].label;
}

struct str unit_kind_code(enum unit_kind kind)
{
	return str_from_c(kinds[kind].code);
}

bool unit_kind_from(struct str code, enum unit_kind *out)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_equal_c(code, kinds[i].code)) {
			*out = (enum unit_kind)i;
			return true;
		}
	}
	return false;
}

/* The rows of all unit_* statements have the same members but different types. */
#define UNIT_FROM(row)                                                                            \
	(struct unit)                                                                             \
	{                                                                                         \
		.id = (row).id, .code = (row).code, .name = (row).name,                           \
		.short_name = (row).short_name, .kind = kind_of((row).kind),                      \
		.parent = (row).parent_id, .reports = (row).reports, .closed_on = (row).closed_on \
	}

static enum unit_kind kind_of(struct str code)
{
	enum unit_kind kind = UNIT_OTHER;

	(void)unit_kind_from(code, &kind); /* the column's CHECK allows these codes only */
	return kind;
}

bool agency_add_unit(struct ctx *ctx, const struct unit_new *u, struct unit_id *id, struct err *err)
{
	struct unit_insert_row row;
	struct unit taken;
	bool found;

	if (u->code.len == 0 || u->code.len > 16)
		return err_set_field(err, "code", ERR_INVALID, "agency.bad_code", STR_FMT,
				     STR_ARG(u->code));
	if (u->name.len == 0 || u->name.len > 200)
		return err_set_field(err, "name", ERR_INVALID, "agency.no_name", " ");
	if (!agency_unit_by_code(ctx, u->code, &taken, &found, err))
		return false;
	if (found)
		return err_set_field(err, "code", ERR_CONFLICT, "agency.code_taken",
				     STR_FMT "|" STR_FMT, STR_ARG(u->code), STR_ARG(taken.name));
	if (!agency_unit_by_name(ctx, u->name, &taken, &found, err))
		return false;
	if (found && str_equal(taken.name, u->name))
		return err_set_field(err, "name", ERR_CONFLICT, "agency.name_taken", STR_FMT,
				     STR_ARG(u->name));

	struct str short_name = u->short_name.len > 0 ? u->short_name : u->name;
	if (!unit_insert(ctx,
			 &(struct unit_insert_in){ .code = u->code,
						   .name = u->name,
						   .short_name = short_name,
						   .kind = unit_kind_code(u->kind),
						   .parent_id = u->parent,
						   .reports = u->reports },
			 &row, &found, err))
		return false;

	struct ledger_change changes[] = { { "code", STR_NONE, u->code },
					   { "name", STR_NONE, u->name } };
	int64_t seq;
	if (!ledger_append(ctx,
			   &(struct ledger_event){ .subject_kind = "unit",
						   .subject_id = row.id.n,
						   .verb = "agency.add_unit",
						   .changes = changes,
						   .changes_count = COUNT_OF(changes) },
			   &seq, err))
		return false;
	*id = row.id;
	return true;
}

static bool check_names(struct ctx *ctx, struct unit_id id, const struct unit_new *u,
			struct err *err)
{
	struct unit_by_name_in in = { .name = u->name };
	struct unit_by_name_row row;
	bool found;

	if (u->name.len == 0 || u->name.len > 200)
		return err_set_field(err, "name", ERR_INVALID, "agency.no_name", " ");
	if (!unit_by_name(ctx, &in, &row, &found, err))
		return false;
	return !found || row.id.n == id.n ||
	       err_set_field(err, "name", ERR_CONFLICT, "agency.name_taken", STR_FMT,
			     STR_ARG(u->name));
}

bool agency_change_unit(struct ctx *ctx, struct unit_id id, const struct unit_new *u,
			struct err *err)
{
	struct unit before;
	int64_t seq;

	if (!agency_unit(ctx, id, &before, err) || !check_names(ctx, id, u, err))
		return false;
	struct unit_change_in in = { .id = id,
				     .name = u->name,
				     .short_name = u->short_name.len > 0 ? u->short_name : u->name,
				     .kind = unit_kind_code(u->kind),
				     .reports = u->reports };
	struct ledger_change changes[] = {
		{ "name", before.name, u->name },
		{ "short_name", before.short_name, in.short_name },
		{ "kind", unit_kind_code(before.kind), in.kind },
		{ "reports", before.reports ? STR("yes") : STR("no"),
		  u->reports ? STR("yes") : STR("no") },
	};
	return unit_change(ctx, &in, NULL, err) &&
	       ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "unit",
						     .subject_id = id.n,
						     .verb = "agency.change_unit",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

static struct str day_text(struct arena *a, struct opt_date day)
{
	return day.known ? date_iso(a, day.v) : STR_NONE;
}

bool agency_close_unit(struct ctx *ctx, struct unit_id id, struct opt_date day, struct str reason,
		       struct err *err)
{
	struct unit_close_in in = { .id = id, .closed_on = day };
	struct unit before;
	int64_t seq;

	if (!agency_unit(ctx, id, &before, err))
		return false;
	if (!before.parent.known)
		return err_set(err, ERR_CONFLICT, "agency.root_stays", " ");
	if (before.closed_on.known == day.known)
		return err_set(err, ERR_CONFLICT,
			       day.known ? "agency.closed_already" : "agency.open_already", STR_FMT,
			       STR_ARG(before.name));
	if (reason.len == 0 || reason.len > 600)
		return err_set_field(err, "reason", ERR_INVALID, "agency.no_reason", " ");
	struct ledger_change change = { "closed_on", day_text(ctx->arena, before.closed_on),
					day_text(ctx->arena, day) };
	return unit_close(ctx, &in, NULL, err) &&
	       ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "unit",
						     .subject_id = id.n,
						     .verb = day.known ? "agency.close_unit" :
									 "agency.reopen_unit",
						     .changes = &change,
						     .changes_count = 1,
						     .reason = reason },
			     &seq, err);
}

bool agency_unit(struct ctx *ctx, struct unit_id id, struct unit *out, struct err *err)
{
	struct unit_by_id_row row;
	bool found;

	if (!unit_by_id(ctx, &(struct unit_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "agency.no_unit", "%lld", (long long)id.n);
	*out = UNIT_FROM(row);
	return true;
}

bool agency_unit_by_code(struct ctx *ctx, struct str code, struct unit *out, bool *found,
			 struct err *err)
{
	struct unit_by_code_row row;

	if (!unit_by_code(ctx, &(struct unit_by_code_in){ .code = code }, &row, found, err))
		return false;
	if (*found)
		*out = UNIT_FROM(row);
	return true;
}

bool agency_unit_by_name(struct ctx *ctx, struct str name, struct unit *out, bool *found,
			 struct err *err)
{
	struct unit_by_name_row by_name;
	struct unit_by_short_name_row by_short;

	if (!unit_by_name(ctx, &(struct unit_by_name_in){ .name = name }, &by_name, found, err))
		return false;
	if (*found) {
		*out = UNIT_FROM(by_name);
		return true;
	}
	if (!unit_by_short_name(ctx, &(struct unit_by_short_name_in){ .short_name = name },
				&by_short, found, err))
		return false;
	if (*found) {
		*out = UNIT_FROM(by_short);
		return true;
	}
	return agency_unit_by_code(ctx, name, out, found, err);
}

bool agency_units(struct ctx *ctx, struct unit **out, size_t *count, struct err *err)
{
	struct unit_list_row *rows;
	size_t n, at = 0;

	if (!unit_list_all(ctx, UNITS_MAX, &rows, &n, err))
		return false;
	struct unit *units = ARENA_ARRAY(ctx->arena, n, struct unit);
	for (size_t i = 0; i < n; i++)
		if (!rows[i].parent_id.known)
			units[at++] = UNIT_FROM(rows[i]);
	for (size_t i = 0; i < n; i++)
		if (rows[i].parent_id.known)
			units[at++] = UNIT_FROM(rows[i]);
	*out = units;
	*count = n;
	return true;
}

bool agency_root(struct ctx *ctx, struct unit *out, struct err *err)
{
	struct unit_root_row row;
	bool found;

	if (!unit_root(ctx, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "agency.no_root", " ");
	*out = UNIT_FROM(row);
	return true;
}

bool agency_site(struct ctx *ctx, struct site *out, struct err *err)
{
	struct site_row_read_row row;
	bool found;

	if (!site_row_read(ctx, &row, &found, err))
		return false;
	if (!found) {
		*out = (struct site){ .name = STR("（尚未命名的站点）"), .platform_name = STR("政府信息公开平台"),
				      .url = STR(""), .office_name = STR(""), .contact = STR("") };
		return true;
	}
	*out = (struct site){ .name = row.name,
			      .platform_name = row.platform_name,
			      .url = row.url,
			      .office_name = row.office_name,
			      .contact = row.contact,
			      .sample = row.sample };
	return true;
}

bool agency_set_site(struct ctx *ctx, const struct site *site, struct err *err)
{
	struct site before;
	int64_t seq;

	if (site->name.len == 0 || site->name.len > 200)
		return err_set_field(err, "name", ERR_INVALID, "agency.no_name", " ");
	if (!agency_site(ctx, &before, err) ||
	    !site_row_write(ctx,
			    &(struct site_row_write_in){ .name = site->name,
							 .platform_name = site->platform_name,
							 .url = site->url,
							 .office_name = site->office_name,
							 .contact = site->contact,
							 .sample = site->sample },
			    NULL, err))
		return false;
	struct ledger_change changes[] = { { "name", before.name, site->name },
					   { "url", before.url, site->url },
					   { "contact", before.contact, site->contact } };
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "site",
						     .subject_id = 1,
						     .verb = "agency.set_site",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

bool agency_add_scope_note(struct ctx *ctx, const struct scope_note *n, struct err *err)
{
	struct scope_note_insert_row row;
	bool found;
	int64_t seq;

	if (n->body_name.len == 0 || n->counted_by.len == 0)
		return err_set_field(err, "body_name", ERR_INVALID, "agency.no_name", " ");
	if (!scope_note_insert(ctx, &(struct scope_note_insert_in){ .body_name = n->body_name,
								    .counted_by = n->counted_by,
								    .reason = n->reason,
								    .from_year = n->from_year,
								    .until_year = n->until_year },
			       &row, &found, err))
		return false;
	struct ledger_change changes[] = { { "body_name", STR_NONE, n->body_name },
					   { "counted_by", STR_NONE, n->counted_by } };
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "scope_note",
						     .subject_id = row.id,
						     .verb = "agency.add_scope_note",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes),
						     .reason = n->reason },
			     &seq, err);
}

bool agency_scope_notes(struct ctx *ctx, int year, struct scope_note **out, size_t *count,
			struct err *err)
{
	struct scope_note_of_year_row *rows;

	if (!scope_note_of_year_all(ctx, &(struct scope_note_of_year_in){ .year = year },
				    SCOPE_NOTES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct scope_note);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct scope_note){ .id = rows[i].id,
						 .body_name = rows[i].body_name,
						 .counted_by = rows[i].counted_by,
						 .reason = rows[i].reason,
						 .from_year = (int)rows[i].from_year,
						 .until_year = rows[i].until_year };
	return true;
}
