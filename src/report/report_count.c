/*
 * report_count.c - the tables of a report, from records and from the reports of units.
 *
 * The government's tables are the sum of its units' (annual-report practice: each
 * unit passes the identities before it is merged, and so the sum passes them).
 * A unit whose report is approved enters with the figures of that report, which
 * is what it handed in; any other as it is counted now.
 */
#include "report/inside.h"
#include "report_sql.h"

bool count_unit(struct ctx *ctx, struct unit_id unit, int year, int64_t as_of,
		struct report_tables *out, struct err *err)
{
	struct report_tables t = tables_empty(year, form_of_year(year));
	struct scope s = { .year = year, .unit = { true, unit.n }, .as_of = as_of, .form = t.form };

	if (!statistics_table2(ctx, &s, &t.t2, err) || !statistics_table3(ctx, &s, &t.t3, err) ||
	    !statistics_table4(ctx, &s, &t.t4, err) || !statistics_fees(ctx, &s, t.fee, err))
		return false;
	*out = t;
	return true;
}

static bool tables_of(struct ctx *ctx, const struct unit *unit, int year, int64_t as_of,
		      struct unit_tables *out, struct err *err)
{
	struct report r;
	bool found = false;

	*out = (struct unit_tables){ .unit = *unit };
	if (unit->parent.known && as_of == 0 && !report_of(ctx, unit->id, year, &r, &found, err))
		return false;
	if (found && report_is_frozen(&r)) {
		out->from_report = (struct opt_int){ true, r.id.n };
		return store_tables(ctx, &r, FROZEN_CORRECTED, &out->tables, err);
	}
	if (!count_unit(ctx, unit->id, year, as_of, &out->tables, err))
		return false;
	/* A body that hands in no report enters no figures of 表二: they are not missing. */
	for (size_t i = 0; !unit->reports && i < COUNT_OF(out->tables.t2.cell); i++)
		out->tables.t2.cell[i].known = true;
	return true;
}

bool count_merged(struct ctx *ctx, int year, int64_t as_of, struct report_tables *sum,
		  struct unit_tables **units, size_t *count, struct err *err)
{
	struct unit *all;

	if (!agency_units(ctx, &all, count, err))
		return false;
	*units = ARENA_ARRAY(ctx->arena, *count, struct unit_tables);
	for (size_t i = 0; i < *count; i++) {
		if (!tables_of(ctx, &all[i], year, as_of, &(*units)[i], err))
			return false;
		if (i == 0)
			*sum = (*units)[0].tables;
		else
			tables_add(sum, &(*units)[i].tables);
	}
	return *count > 0 || err_set(err, ERR_NOT_FOUND, "agency.no_root", " ");
}

bool count_report(struct ctx *ctx, const struct report *r, int64_t as_of, struct report_tables *out,
		  struct err *err)
{
	struct unit_tables *units;
	size_t count;

	if (r->rolls_up)
		return count_merged(ctx, r->year, as_of, out, &units, &count, err);
	return count_unit(ctx, r->unit, r->year, as_of, out, err);
}

/* Was anything counted at all? A site that began this year has no last year to compare with. */
static bool is_blank(const struct report_tables *t)
{
	static const struct str keys[] = { STR_INIT("t3.new_received.total"),
					   STR_INIT("t3.carried_in.total"),
					   STR_INIT("t3.results_total.total"),
					   STR_INIT("t3.carried_out.total"),
					   STR_INIT("t4.all.total") };
	struct opt_int v = { false, 0 };

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (tables_get(t, keys[i], &v) && v.v != 0)
			return false;
	return true;
}

bool report_last_year(struct ctx *ctx, const struct report *r, struct report_tables *out,
		      bool *found, struct err *err)
{
	struct report before;

	if (report_is_frozen(r))
		return store_last_year(ctx, r, out, found, err);
	if (!report_of(ctx, r->unit, r->year - 1, &before, found, err))
		return false;
	if (*found && report_is_frozen(&before))
		return store_tables(ctx, &before, FROZEN_CORRECTED, out, err);
	before = *r;
	before.year = r->year - 1;
	if (!count_report(ctx, &before, 0, out, err))
		return false;
	*found = !is_blank(out);
	return true;
}

/* ---- the units behind one figure */

static void add_share(struct report_share *shares, size_t *n, const struct unit *u,
		      struct opt_int value, bool from_report)
{
	shares[(*n)++] = (struct report_share){ .unit = u->id, .code = u->code, .name = u->name,
						.hundredths = value, .from_report = from_report };
}

/* A sum of cells has no row of its own: its cells are asked one by one. */
static bool add_merged(struct ctx *ctx, const struct report *r, struct str cell,
		       struct report_share *shares, size_t count, struct err *err)
{
	struct report_merged_list_row *rows;
	size_t n;

	if (!report_merged_list_all(
		    ctx, &(struct report_merged_list_in){ .report_id = r->id, .cell = cell }, 10000,
		    &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t u = 0; u < count; u++)
			if (shares[u].unit.n == rows[i].unit_id.n)
				shares[u].hundredths.v += rows[i].hundredths;
	return true;
}

static bool frozen_shares(struct ctx *ctx, const struct report *r, struct str key,
			  struct report_share **out, size_t *count, struct err *err)
{
	struct report_source_list_row *sources;
	size_t n, keys_count;
	struct str *keys = tables_keys(ctx->arena, r->form, &keys_count);
	struct report_tables probe = tables_empty(r->year, r->form);
	struct opt_int v;

	if (!report_source_list_all(ctx, &(struct report_source_list_in){ .report_id = r->id },
				    10000, &sources, &n, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, n, struct report_share);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		struct unit u;
		if (!agency_unit(ctx, sources[i].unit_id, &u, err))
			return false;
		add_share(*out, count, &u, (struct opt_int){ true, 0 },
			  sources[i].from_report_id.known);
	}
	/* Which cells make up the key: those that change it when they are one. */
	for (size_t i = 0; i < keys_count; i++) {
		struct report_tables one = probe;
		(void)tables_set(&one, keys[i], 100);
		if (tables_get(&one, key, &v) && v.known && v.v == 100 &&
		    !add_merged(ctx, r, keys[i], *out, *count, err))
			return false;
	}
	return true;
}

bool report_shares(struct ctx *ctx, const struct report *r, struct str key,
		   struct report_share **out, size_t *count, struct err *err)
{
	struct unit_tables *units;
	struct report_tables sum;
	struct opt_int v;
	size_t n;

	if (!r->rolls_up) {
		*count = 0;
		return true;
	}
	if (report_is_frozen(r))
		return frozen_shares(ctx, r, key, out, count, err);
	if (!count_merged(ctx, r->year, 0, &sum, &units, &n, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, n, struct report_share);
	*count = 0;
	for (size_t i = 0; i < n; i++)
		if (tables_get(&units[i].tables, key, &v))
			add_share(*out, count, &units[i].unit, v, units[i].from_report.known);
	return true;
}
