/*
 * report_load.c - everything that is printed of one report, put together.
 */
#include "report/inside.h"
#include "report_sql.h"

#include "base/asset.h"

bool load_names(struct ctx *ctx, const struct report *r, struct report_names *out, struct err *err)
{
	struct unit unit;
	struct site site;

	if (!agency_unit(ctx, r->unit, &unit, err) || !agency_site(ctx, &site, err))
		return false;
	*out = (struct report_names){ .unit_code = unit.code,
				      .unit_name = unit.name,
				      .unit_short_name = unit.short_name,
				      .office_name = unit.name };
	if (report_is_frozen(r)) {
		out->unit_name = r->unit_name;
		out->unit_short_name = r->unit_short_name;
		out->office_name = r->office_name;
		out->contact = r->contact;
		return true;
	}
	if (!r->rolls_up) /* a unit's own office is not known here: its name stands for it */
		return true;
	if (site.office_name.len > 0)
		out->office_name = site.office_name;
	if (site.contact.len > 0)
		out->contact = str_format(ctx->arena, STR_FMT "（" STR_FMT "）",
					  STR_ARG(out->office_name), STR_ARG(site.contact));
	return true;
}

bool load_notes(struct ctx *ctx, const struct report *r, struct str **out, size_t *count,
		struct err *err)
{
	struct scope_note *notes;

	*count = 0;
	*out = NULL;
	if (!r->rolls_up)
		return true;
	if (report_is_frozen(r))
		return store_notes(ctx, r, out, count, err);
	if (!agency_scope_notes(ctx, r->year, &notes, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct str);
	for (size_t i = 0; i < *count; i++) {
		struct str until = STR("起");
		if (notes[i].until_year.known)
			until = str_format(ctx->arena, "至%lld年", (long long)notes[i].until_year.v);
		struct str note = str_format(
			ctx->arena,
			"自%d年" STR_FMT "，" STR_FMT "的依申请公开数据由" STR_FMT "归口统计，不计入本报告。",
			notes[i].from_year, STR_ARG(until), STR_ARG(notes[i].body_name),
			STR_ARG(notes[i].counted_by));
		if (notes[i].reason.len > 0)
			note = str_format(ctx->arena, STR_FMT "原因：" STR_FMT "。", STR_ARG(note),
					  STR_ARG(notes[i].reason));
		(*out)[i] = note;
	}
	return true;
}

bool load_default_words(struct ctx *ctx, enum form_kind form, struct str parts[REPORT_PARTS],
			struct err *err)
{
	const struct asset *asset = asset_find(form == FORM_2019 ?
						       STR("data/report/narrative-2019.txt") :
						       STR("data/report/narrative-2021.txt"));

	if (asset == NULL)
		return err_set(err, ERR_INTERNAL, "report.no_default_words", " ");
	return narrative_split(ctx->arena, asset_text(asset), parts, err);
}

struct str load_records(struct arena *a, const struct report *r, struct str unit_code)
{
	return str_format(a, "/reports/%d/" STR_FMT "/records", r->year, STR_ARG(unit_code));
}

static bool load_figures(struct ctx *ctx, const struct report *r, int64_t as_of,
			 struct report_content *c, struct figure_set **last, struct err *err)
{
	struct report_tables before;
	bool found;
	struct str records = load_records(ctx->arena, r, c->unit_code);

	if (report_is_frozen(r) ? !store_tables(ctx, r, FROZEN_CORRECTED, &c->tables, err) :
				  !count_report(ctx, r, as_of, &c->tables, err))
		return false;
	c->figures = tables_figures(ctx->arena, &c->tables, records);
	if (!report_last_year(ctx, r, &before, &found, err))
		return false;
	*last = NULL;
	if (found) {
		*last = ARENA_NEW(ctx->arena, struct figure_set);
		**last = tables_figures(ctx->arena, &before, records);
	}
	return true;
}

static bool put_together(struct ctx *ctx, const struct report *r, int64_t as_of,
			 const struct str words[REPORT_PARTS], struct report_content *c,
			 struct err *err)
{
	struct report_names names;
	struct figure_set *last;
	struct str *notes;
	size_t notes_count;

	if (!load_names(ctx, r, &names, err) || !load_notes(ctx, r, &notes, &notes_count, err))
		return false;
	*c = (struct report_content){ .year = r->year,
				      .form = r->form,
				      .unit_code = names.unit_code,
				      .unit_name = names.unit_name,
				      .contact = names.contact,
				      .state = report_state_code(r->state),
				      .published_on = r->published_on,
				      .position = r->frozen_seq.known ? r->frozen_seq.v : as_of };
	if (!load_figures(ctx, r, as_of, c, &last, err))
		return false;
	struct narrative_facts facts = { .figures = &c->figures, .last_year = last,
					 .unit_name = names.unit_name,
					 .unit_short_name = names.unit_short_name,
					 .office_name = names.office_name,
					 .office_contact = names.contact, .scope_notes = notes,
					 .scope_notes_count = notes_count };
	for (size_t p = 0; p < REPORT_PARTS; p++) {
		struct narrative n;
		if (!narrative_parse(ctx->arena, words[p], &n, err))
			return false;
		narrative_render(ctx->arena, &n, &facts, &c->parts[p]);
	}
	return true;
}

bool report_load(struct ctx *ctx, const struct report *r, int64_t as_of, struct report_content *out,
		 struct err *err)
{
	struct str words[REPORT_PARTS];
	struct report_erratum *errata;
	size_t count;

	if (!report_words(ctx, r->id, words, err) ||
	    !put_together(ctx, r, as_of, words, out, err) ||
	    !store_errata(ctx, r, &errata, &count, err))
		return false;
	out->errata = errata;
	out->errata_count = count;
	return true;
}

bool report_preview(struct ctx *ctx, struct unit_id unit, int year, int64_t as_of,
		    struct report_content *out, struct err *err)
{
	struct report r;
	struct unit u;
	bool found;
	struct str words[REPORT_PARTS];

	if (!report_of(ctx, unit, year, &r, &found, err))
		return false;
	if (found && as_of == 0)
		return report_load(ctx, &r, 0, out, err);
	if (!agency_unit(ctx, unit, &u, err))
		return false;
	struct report draft = { .unit = unit, .year = year, .form = form_of_year(year),
				.rolls_up = !u.parent.known, .state = REPORT_DRAFT };
	if (found ? !report_words(ctx, r.id, words, err) :
		    !load_default_words(ctx, draft.form, words, err))
		return false;
	return put_together(ctx, &draft, as_of, words, out, err);
}
