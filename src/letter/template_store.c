/*
 * template_store.c - which words are in force for a unit on a day: its own, else those of the
 * government above it, else the built-in ones; saved versions are kept for ever.
 */
#include "letter/template.h"

#include "base/asset.h"
#include "ledger/ledger.h"
#include "letter_sql.h"

#include <assert.h>
#include <string.h>

enum { VERSIONS_MAX = 200 };

struct str template_built_in(const struct letter_kind *kind)
{
	char path[64] = "data/letters/";
	size_t at = strlen(path), len = strlen(kind->code);
	const char ending[] = ".txt";

	assert(at + len + sizeof ending <= sizeof path);
	memcpy(path + at, kind->code, len);
	memcpy(path + at + len, ending, sizeof ending);
	const struct asset *asset = asset_find(str_from_c(path));
	assert(asset != NULL);
	return asset_text(asset);
}

/* The versions of one unit; found is false if it has none that holds on that day. */
static bool own_version(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
			struct date day, struct template_version *out, bool *found, struct err *err)
{
	struct letter_template_of_row row;

	if (!letter_template_of(ctx,
				&(struct letter_template_of_in){ .unit_id = unit,
								 .kind = str_from_c(kind->code),
								 .day = day },
				&row, found, err))
		return false;
	if (*found)
		*out = (struct template_version){
			.id = row.id,
			.from = row.from_on,
			.text = row.content.len > 0 ? row.content : template_built_in(kind),
			.built_in = row.content.len == 0,
			.saved_by = row.saved_by,
			.saved_at = row.saved_at
		};
	return true;
}

bool template_in_force(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		       struct date day, struct template_version *out, struct err *err)
{
	struct unit root;
	bool found;

	if (!own_version(ctx, unit, kind, day, out, &found, err))
		return false;
	if (found)
		return true;
	if (!agency_root(ctx, &root, err) ||
	    !own_version(ctx, root.id, kind, day, out, &found, err))
		return false;
	if (!found)
		*out = (struct template_version){ .from = kind->from.v,
						  .text = template_built_in(kind),
						  .built_in = true,
						  .saved_by = STR("") };
	return true;
}

bool template_history(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		      struct template_version **out, size_t *count, struct err *err)
{
	struct letter_template_versions_row *rows;

	if (!letter_template_versions_all(
		    ctx,
		    &(struct letter_template_versions_in){ .unit_id = unit,
							   .kind = str_from_c(kind->code) },
		    VERSIONS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct template_version);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct template_version){
			.id = rows[i].id,
			.from = rows[i].from_on,
			.text = rows[i].content.len > 0 ? rows[i].content : template_built_in(kind),
			.built_in = rows[i].content.len == 0,
			.saved_by = rows[i].saved_by,
			.saved_at = rows[i].saved_at
		};
	return true;
}

static bool store(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		  struct date from, struct str text, const char *verb, struct err *err)
{
	struct letter_template_insert_row row;
	bool found;
	int64_t seq;

	if (!letter_template_insert(
		    ctx,
		    &(struct letter_template_insert_in){ .unit_id = unit,
							 .kind = str_from_c(kind->code),
							 .from_on = from,
							 .content = text,
							 .saved_at = ctx->now,
							 .saved_by = ctx->actor.name },
		    &row, &found, err))
		return false;
	struct digest digest = digest_of(DIGEST_SHA256, text);
	struct ledger_change changes[] = {
		{ "kind", STR_NONE, str_from_c(kind->code) },
		{ "from", STR_NONE, date_iso(ctx->arena, from) },
		{ "sha256", STR_NONE, digest_hex(ctx->arena, digest) },
	};
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "letter_template",
						     .subject_id = row.id,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

bool template_save(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		   struct date from, struct str text, struct err *err)
{
	struct template_findings findings = { 0 };
	struct letter_template t;

	if (template_parse(ctx->arena, text, &t, &findings))
		template_check(ctx->arena, &t, kind, &findings);
	if (findings.count > 0) {
		struct str first =
			template_finding_text(ctx->arena, ctx->locale, &findings.at[0]);
		return err_set_field(err, "text", ERR_INVALID, "letter.template_bad", STR_FMT,
				     STR_ARG(first));
	}
	if (kind->from.known && date_compare(from, kind->from.v) < 0)
		return err_set_field(err, "from", ERR_INVALID, "letter.kind_not_in_force",
				     STR_FMT "|" STR_FMT, STR_ARG(kind->name),
				     STR_ARG(date_iso(ctx->arena, from)));
	return store(ctx, unit, kind, from, text, "letter.template_save", err);
}

bool template_restore(struct ctx *ctx, struct unit_id unit, const struct letter_kind *kind,
		      struct date from, struct err *err)
{
	return store(ctx, unit, kind, from, STR_NONE, "letter.template_restore", err);
}
