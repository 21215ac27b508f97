/*
 * letterhead.c - who writes, and whom remedies name: read, made up where nothing is on file,
 * and set.
 */
#include "letter/letterhead.h"

#include "ledger/ledger.h"
#include "letter_sql.h"

enum { BODIES_MAX = 1000, NAME_MAX_BYTES = 200 };

struct word {
	const char *code;
	struct str label;
};
static const struct word styles[] = {
	[OFFICIAL_PLAIN] = { "plain", STR_INIT("不带发文机关标志") },
	[OFFICIAL_RED_HEAD] = { "red", STR_INIT("红头文件格式") },
	[OFFICIAL_LETTER] = { "letter", STR_INIT("信函格式") },
};
static const struct word roles[BODY_ROLES] = {
	[BODY_SUPERIOR_GOVERNMENT] = { "superior_government", STR_INIT("上一级人民政府") },
	[BODY_SUPERIOR_DEPARTMENT] = { "superior_department", STR_INIT("上一级主管部门") },
	[BODY_COURT] = { "court", STR_INIT("有管辖权的人民法院") },
};

struct str official_style_code(enum official_style s)
{
	return str_from_c(styles[s].code);
}

struct str official_style_label(enum official_style s)
{
	return styles[s].label;
}

bool official_style_from(struct str code, enum official_style *out)
{
	for (size_t i = 0; i < COUNT_OF(styles); i++) {
		if (str_equal_c(code, styles[i].code)) {
			*out = (enum official_style)i;
			return true;
		}
	}
	return false;
}

struct str remedy_body_role_code(enum remedy_body_role r)
{
	return str_from_c(roles[r].code);
}

struct str remedy_body_role_label(enum remedy_body_role r)
{
	return roles[r].label;
}

bool remedy_body_role_from(struct str code, enum remedy_body_role *out)
{
	for (size_t i = 0; i < BODY_ROLES; i++) {
		if (str_equal_c(code, roles[i].code)) {
			*out = (enum remedy_body_role)i;
			return true;
		}
	}
	return false;
}

/* ---- letterheads */

/* Until an office has entered its own: its name, and a mark made of its code. */
static bool make_up(struct ctx *ctx, struct unit_id id, struct letterhead *out, struct err *err)
{
	struct unit unit;

	if (!agency_unit(ctx, id, &unit, err))
		return false;
	*out = (struct letterhead){ .unit = id,
				    .full_name = unit.name,
				    .mark = str_concat(ctx->arena, unit.code, STR("公开")),
				    .contact = STR(""),
				    .phone = STR(""),
				    .address = STR(""),
				    .channel = STR("") };
	return true;
}

bool letterhead_of(struct ctx *ctx, struct unit_id unit, struct letterhead *out, struct err *err)
{
	struct letter_head_read_row row;
	bool found;

	if (!letter_head_read(ctx, &(struct letter_head_read_in){ .unit_id = unit }, &row, &found,
			      err))
		return false;
	if (!found)
		return make_up(ctx, unit, out, err);
	*out = (struct letterhead){
		.unit = unit,
		.full_name = row.full_name,
		.mark = row.mark,
		.series = str_equal(row.series, STR("group")) ? SERIES_GROUP : SERIES_UNIT,
		.contact = row.contact,
		.phone = row.phone,
		.address = row.address,
		.channel = row.channel,
		.justice = row.justice,
		.stored = true
	};
	(void)official_style_from(row.style, &out->style); /* by CHECK */
	return true;
}

static bool check_head(struct ctx *ctx, const struct letterhead *in, struct err *err)
{
	struct letter_mark_owner_row owner;
	struct unit unit;
	bool found;

	if (in->full_name.len == 0 || in->full_name.len > NAME_MAX_BYTES)
		return err_set_field(err, "full_name", ERR_INVALID, "letter.no_full_name", " ");
	if (in->mark.len == 0 || in->mark.len > 60 || str_contains(in->mark, STR("〔")))
		return err_set_field(err, "mark", ERR_INVALID, "letter.bad_mark", STR_FMT,
				     STR_ARG(in->mark));
	if (!letter_mark_owner(ctx,
			       &(struct letter_mark_owner_in){ .mark = in->mark,
							       .unit_id = in->unit },
			       &owner, &found, err))
		return false;
	if (!found)
		return true;
	if (!agency_unit(ctx, owner.unit_id, &unit, err))
		return false;
	return err_set_field(err, "mark", ERR_CONFLICT, "letter.mark_taken", STR_FMT "|" STR_FMT,
			     STR_ARG(in->mark), STR_ARG(unit.name));
}

bool letterhead_set(struct ctx *ctx, const struct letterhead *in, struct err *err)
{
	struct letterhead before;
	struct str series = in->series == SERIES_GROUP ? STR("group") : STR("unit");
	int64_t seq;

	if (!check_head(ctx, in, err) || !letterhead_of(ctx, in->unit, &before, err) ||
	    !letter_head_write(ctx,
			       &(struct letter_head_write_in){
				       .unit_id = in->unit,
				       .full_name = in->full_name,
				       .mark = in->mark,
				       .series = series,
				       .style = official_style_code(in->style),
				       .contact = in->contact,
				       .phone = in->phone,
				       .address = in->address,
				       .channel = in->channel,
				       .justice = in->justice },
			       NULL, err))
		return false;
	struct ledger_change changes[] = {
		{ "full_name", before.full_name, in->full_name },
		{ "mark", before.mark, in->mark },
		{ "style", official_style_code(before.style), official_style_code(in->style) },
		{ "channel", before.channel, in->channel },
	};
	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "unit",
						     .subject_id = in->unit.n,
						     .verb = "letter.head_set",
						     .changes = changes,
						     .changes_count = COUNT_OF(changes) },
			     &seq, err);
}

/* ---- organs and courts */

bool remedy_bodies(struct ctx *ctx, struct remedy_body **out, size_t *count, struct err *err)
{
	struct remedy_body_list_row *rows;

	if (!remedy_body_list_all(ctx, BODIES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct remedy_body);
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = (struct remedy_body){ .id = rows[i].id,
						  .unit = rows[i].unit_id,
						  .name = rows[i].name,
						  .from = rows[i].from_on,
						  .until = rows[i].until_on };
		(void)remedy_body_role_from(rows[i].role, &(*out)[i].role);
	}
	return true;
}

static bool note(struct ctx *ctx, const char *verb, int64_t id, struct ledger_change *changes,
		 size_t count, struct err *err)
{
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "remedy_body",
						     .subject_id = id,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = count },
			     &seq, err);
}

bool remedy_body_add(struct ctx *ctx, const struct remedy_body *in, struct err *err)
{
	struct remedy_body_insert_row row;
	bool found;

	if (in->name.len == 0 || in->name.len > NAME_MAX_BYTES)
		return err_set_field(err, "name", ERR_INVALID, "letter.no_full_name", " ");
	if (in->until.known && date_compare(in->until.v, in->from) < 0)
		return err_set_field(err, "until", ERR_INVALID, "letter.span_backwards", " ");
	if (!remedy_body_insert(ctx,
				&(struct remedy_body_insert_in){
					.unit_id = in->unit,
					.role = remedy_body_role_code(in->role),
					.name = in->name,
					.from_on = in->from,
					.until_on = in->until },
				&row, &found, err))
		return false;
	struct ledger_change changes[] = {
		{ "role", STR_NONE, remedy_body_role_code(in->role) },
		{ "name", STR_NONE, in->name },
		{ "from", STR_NONE, date_iso(ctx->arena, in->from) },
	};
	return note(ctx, "letter.body_add", row.id, changes, COUNT_OF(changes), err);
}

/* ---- doubts */

bool remedy_switches_load(struct ctx *ctx, struct remedy_switches *out, struct err *err)
{
	struct remedy_switch_list_row *rows;
	struct remedy_switches s = { 0 };
	enum remedy_doubt doubt;
	size_t count;

	if (!remedy_switch_list_all(ctx, REMEDY_DOUBTS, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (remedy_doubt_from(rows[i].name, &doubt))
			s.at[doubt] = (struct remedy_span){ rows[i].from_on, rows[i].until_on };
	*out = s;
	return true;
}

bool remedy_switch_set(struct ctx *ctx, enum remedy_doubt doubt, struct remedy_span span,
		       struct err *err)
{
	struct str code = str_from_c(remedy_doubt_code(doubt));

	if (span.until.known && (!span.from.known || date_compare(span.until.v, span.from.v) < 0))
		return err_set_field(err, "until", ERR_INVALID, "letter.span_backwards", " ");
	struct ledger_change changes[] = {
		{ "name", STR_NONE, code },
		{ "from", STR_NONE,
		  span.from.known ? date_iso(ctx->arena, span.from.v) : STR_NONE },
		{ "until", STR_NONE,
		  span.until.known ? date_iso(ctx->arena, span.until.v) : STR_NONE },
	};
	return remedy_switch_write(ctx,
				   &(struct remedy_switch_write_in){ .name = code,
								     .from_on = span.from,
								     .until_on = span.until },
				   NULL, err) &&
	       note(ctx, "letter.switch_set", doubt, changes, COUNT_OF(changes), err);
}

/* ---- for one letter */

/* The unit's own before the site's; of several the one that began last. */
static struct str body_name(const struct remedy_body *bodies, size_t count,
			    enum remedy_body_role role, struct unit_id unit, struct date day)
{
	const struct remedy_body *best = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct remedy_body *b = &bodies[i];
		if (b->role != role || (b->unit.known && b->unit.v != unit.n) ||
		    date_compare(day, b->from) < 0 ||
		    (b->until.known && date_compare(b->until.v, day) < 0))
			continue;
		if (best == NULL || b->unit.known || !best->unit.known)
			best = b; /* they come in order of their first day */
	}
	return best == NULL ? STR_NONE : best->name;
}

struct organs {
	struct str names[REMEDY_ORGANS];
};

bool remedy_case_of(struct ctx *ctx, const struct letterhead *head, struct date dated,
		    struct remedy_case *out, struct err *err)
{
	struct organs organs = { { STR_NONE, STR_NONE, STR_NONE, STR_NONE } };
	struct remedy_body *bodies;
	struct unit unit, root;
	size_t count;

	if (!agency_unit(ctx, head->unit, &unit, err) || !agency_root(ctx, &root, err) ||
	    !remedy_bodies(ctx, &bodies, &count, err))
		return false;
	struct letterhead government;
	if (!letterhead_of(ctx, root.id, &government, err))
		return false;
	organs.names[ORGAN_OWN_GOVERNMENT] = government.full_name;
	organs.names[ORGAN_SUPERIOR_GOVERNMENT] =
		body_name(bodies, count, BODY_SUPERIOR_GOVERNMENT, unit.id, dated);
	organs.names[ORGAN_SUPERIOR_DEPARTMENT] =
		body_name(bodies, count, BODY_SUPERIOR_DEPARTMENT, unit.id, dated);
	const struct organ_rule *rule = organ_rule_find(unit.kind, head->justice, dated);
	struct str second = rule == NULL ? STR_NONE : organs.names[rule->second];
	if (rule != NULL && rule->second != ORGAN_NONE && second.len == 0)
		second = STR("{复议机关}");
	*out = (struct remedy_case){
		.dated = dated,
		.first = rule == NULL ? STR_NONE : organs.names[rule->first],
		.second = second,
		.court = body_name(bodies, count, BODY_COURT, unit.id, dated),
		.channel = head->channel,
	};
	return true;
}
