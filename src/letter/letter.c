/*
 * letter.c - the verbs: drafting, editing, dating, issuing; and reading letters back.
 */
#include "jobs/jobs.h"
#include "letter/inside.h"

#include "base/buf.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "ledger/ledger.h"
#include "letter_sql.h"

#include <assert.h>

enum {
	FACTS_MAX = 4000,
	SUBJECT_LETTERS_MAX = 500,
	NAME_BYTES = 300,
	ATTACHMENTS_BYTES = 8 * 1024,
	CHANGES_MAX = 6,
};

static const struct str to_codes[] = { [LETTER_TO_PERSON] = STR_INIT("person"),
				       [LETTER_TO_ORGANISATION] = STR_INIT("organisation"),
				       [LETTER_TO_AGENCY] = STR_INIT("agency") };

static enum letter_to to_from(struct str code)
{
	size_t i = 0;

	while (i + 1 < COUNT_OF(to_codes) && !str_equal(code, to_codes[i]))
		i++;
	return (enum letter_to)i;
}

static bool note(struct ctx *ctx, const char *verb, struct letter_id id,
		 const struct ledger_change *changes, size_t count, struct str reason,
		 struct err *err)
{
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "letter",
						     .subject_id = id.n,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = count,
						     .reason = reason },
			     &seq, err);
}

/* ---- what names people is sealed, each piece for its own place */

static struct str place(struct arena *a, struct letter_id id, const char *what)
{
	return str_format(a, "letter %lld %s", (long long)id.n, what);
}

static struct str seal(struct ctx *ctx, struct letter_id id, const char *what, struct str plain)
{
	return vault_seal(ctx->vault, ctx->arena, place(ctx->arena, id, what), plain);
}

static bool unseal(struct ctx *ctx, struct letter_id id, const char *what, struct str *sealed,
		   struct err *err)
{
	return vault_unseal(ctx->vault, ctx->arena, place(ctx->arena, id, what), *sealed, sealed,
			    err);
}

/* ---- a row with what it was merged from */

struct opened {
	struct letter_row_row row;
	const struct letter_kind *kind;
	struct letterhead head;
	struct letter_source source;
};

static bool add_facts(struct ctx *ctx, struct letter_source *s, struct letter_id id,
		      struct err *err)
{
	struct letter_items_of_row *items;
	struct letter_facts_of_row *facts;
	size_t count;

	if (!letter_items_of_all(ctx, &(struct letter_items_of_in){ .letter_id = id },
				 LETTER_ITEMS_MAX + 1, &items, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t at = (size_t)items[i].item;
		assert(at <= LETTER_ITEMS_MAX);
		if (!unseal(ctx, id, "information", &items[i].information, err))
			return false;
		s->kinds[at] = letter_kind_find(items[i].kind);
		s->information[at] = letter_asked(ctx->arena, items[i].information);
		s->items = at > s->items ? at : s->items;
	}
	if (!letter_facts_of_all(ctx, &(struct letter_facts_of_in){ .letter_id = id }, FACTS_MAX,
				 &facts, &count, err))
		return false;
	for (size_t i = 0; i <= s->items; i++)
		s->values[i] = letter_values_new(ctx->arena);
	for (size_t i = 0; i < count; i++)
		if (!unseal(ctx, id, "fact", &facts[i].value, err))
			return false;
	for (size_t i = 0; i < count; i++)
		for (size_t at = 0; at <= s->items; at++)
			/* an item knows what the letter knows; its own comes later and wins */
			if (((size_t)facts[i].item == at || facts[i].item == 0) &&
			    !letter_values_set(ctx->arena, &s->values[at], facts[i].name,
					       facts[i].value, err))
				return false;
	return true;
}

static bool open_row(struct ctx *ctx, struct letter_id id, struct opened *o, struct err *err)
{
	bool found;

	if (!letter_row(ctx, &(struct letter_row_in){ .id = id }, &o->row, &found, err))
		return false;
	if (!found || str_equal(o->row.state, STR("discarded")))
		return err_set(err, ERR_NOT_FOUND, "letter.none", "%lld", (long long)id.n);
	if (!unseal(ctx, id, "addressee", &o->row.addressee, err) ||
	    !unseal(ctx, id, "text", &o->row.content, err) ||
	    !unseal(ctx, id, "attachments", &o->row.attachments, err))
		return false;
	o->kind = letter_kind_find(o->row.kind);
	assert(o->kind != NULL);
	o->source = (struct letter_source){ .unit = o->row.unit_id,
					    .kind = o->kind,
					    .dated = o->row.dated,
					    .online = o->row.online,
					    .to = to_from(o->row.addressee_is) };
	return true;
}

static bool open_draft(struct ctx *ctx, struct letter_id id, struct opened *o, struct err *err)
{
	if (!open_row(ctx, id, o, err))
		return false;
	if (str_equal(o->row.state, STR("issued")))
		return err_set(err, ERR_CONFLICT, "letter.issued", STR_FMT, STR_ARG(o->row.number));
	if (!letterhead_of(ctx, o->row.unit_id, &o->head, err) ||
	    !add_facts(ctx, &o->source, id, err))
		return false;
	source_complete(&o->source, &o->head);
	return true;
}

static bool open_version(struct ctx *ctx, struct letter_id id, int64_t version, struct opened *o,
			 struct err *err)
{
	if (!open_draft(ctx, id, o, err))
		return false;
	if (o->row.version != version)
		return err_set(err, ERR_CONFLICT, "letter.changed_meanwhile", STR_FMT,
			       STR_ARG(o->row.title));
	return true;
}

/* ---- drafting */

static bool check_new(const struct letter_new *in, struct arena *a, struct err *err)
{
	if (!letter_kind_in_force(in->kind, in->dated))
		return err_set_field(err, "dated", ERR_CONFLICT, "letter.kind_not_in_force",
				     STR_FMT "|" STR_FMT, STR_ARG(in->kind->name),
				     STR_ARG(date_iso(a, in->dated)));
	if (in->addressee.len == 0 || in->addressee.len > NAME_BYTES)
		return err_set_field(err, "addressee", ERR_INVALID, "letter.no_addressee", " ");
	if (in->items_count > LETTER_ITEMS_MAX)
		return err_set(err, ERR_LIMIT, "letter.too_many_items", "%d", LETTER_ITEMS_MAX);
	if (in->attachments.len > ATTACHMENTS_BYTES)
		return err_set_field(err, "attachments", ERR_LIMIT, "letter.too_long", "%d",
				     ATTACHMENTS_BYTES / 1024);
	return true;
}

static bool set_facts(struct arena *a, struct letter_values *v, const struct letter_fact *facts,
		      size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!letter_values_set(a, v, str_from_c(facts[i].name), facts[i].value, err))
			return false;
	return true;
}

static bool source_of_new(struct arena *a, const struct letter_new *in, struct letter_source *s,
			  struct err *err)
{
	*s = (struct letter_source){ .unit = in->unit,
				     .kind = in->kind,
				     .dated = in->dated,
				     .online = in->online,
				     .to = in->to,
				     .items = in->items_count };
	s->kinds[0] = in->kind;
	for (size_t i = 0; i <= in->items_count; i++) {
		s->values[i] = letter_values_new(a);
		if (!set_facts(a, &s->values[i], in->facts, in->facts_count, err))
			return false;
		if (i == 0)
			continue;
		const struct letter_item *item = &in->items[i - 1];
		s->kinds[i] = item->kind;
		s->information[i] = letter_asked(a, item->information);
		if (!set_facts(a, &s->values[i], item->facts, item->facts_count, err))
			return false;
	}
	return true;
}

/* Kept by code, whichever of its names the caller used. */
static bool keep_facts(struct ctx *ctx, struct letter_id id, size_t item,
		       const struct letter_fact *facts, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct str name = str_from_c(facts[i].name);
		const struct letter_field *field = letter_field_by_code(name);
		if (field == NULL)
			field = letter_field_by_name(name);
		struct letter_fact_write_in in = { .letter_id = id,
						   .item = (int64_t)item,
						   .name = str_from_c(field->code),
						   .value = str_trim(facts[i].value) };
		if (in.value.len == 0)
			continue;
		in.value = seal(ctx, id, "fact", in.value);
		if (!letter_fact_write(ctx, &in, NULL, err))
			return false;
	}
	return true;
}

static bool keep_source(struct ctx *ctx, struct letter_id id, const struct letter_new *in,
			struct err *err)
{
	struct letter_item_insert_in own = { .letter_id = id,
					     .kind = str_from_c(in->kind->code),
					     .information = seal(ctx, id, "information",
							 STR_NONE) };

	if (!letter_item_insert(ctx, &own, NULL, err) ||
	    !keep_facts(ctx, id, 0, in->facts, in->facts_count, err))
		return false;
	for (size_t i = 0; i < in->items_count; i++) {
		const struct letter_item *item = &in->items[i];
		struct letter_item_insert_in row = { .letter_id = id,
						     .item = (int64_t)i + 1,
						     .kind = str_from_c(item->kind->code),
						     .information = seal(ctx, id, "information",
									 item->information) };
		if (!letter_item_insert(ctx, &row, NULL, err) ||
		    !keep_facts(ctx, id, i + 1, item->facts, item->facts_count, err))
			return false;
	}
	return true;
}

bool letter_draft(struct ctx *ctx, const struct letter_new *in, struct letter_id *id,
		  struct err *err)
{
	struct letter_next_id_row next;
	struct letter_source source;
	struct letterhead head;
	struct str title, text;
	bool found;
	int64_t seq;

	if (!vault_needed(ctx->vault, err) || !check_new(in, ctx->arena, err) ||
	    !source_of_new(ctx->arena, in, &source, err) ||
	    !letterhead_of(ctx, in->unit, &head, err))
		return false;
	source_complete(&source, &head);
	/* the ledger is held before the id is taken, so no two take the same */
	if (!source_merge(ctx, &source, &title, &text, err) ||
	    !ledger_upcoming(ctx, &seq, err) || !letter_next_id(ctx, &next, &found, err))
		return false;
	if (!letter_insert(ctx,
			   &(struct letter_insert_in){
				   .id = next.id,
				   .unit_id = in->unit,
				   .kind = str_from_c(in->kind->code),
				   .subject_kind = str_from_c(in->subject_kind),
				   .subject_id = in->subject_id,
				   .addressee = seal(ctx, next.id, "addressee", in->addressee),
				   .addressee_is = to_codes[in->to],
				   .dated = in->dated,
				   .online = in->online,
				   .title = title,
				   .content = seal(ctx, next.id, "text", text),
				   .attachments = seal(ctx, next.id, "attachments",
						       in->attachments),
				   .organ = head.full_name,
				   .style = official_style_code(head.style),
				   .salt = random_hex(ctx->arena, 16) },
			   NULL, err) ||
	    !keep_source(ctx, next.id, in, err))
		return false;
	struct ledger_change changes[] = {
		{ "kind", STR_NONE, str_from_c(in->kind->code) },
		{ "dated", STR_NONE, date_iso(ctx->arena, in->dated) },
	};
	if (!note(ctx, "letter.draft", next.id, changes, COUNT_OF(changes), STR_NONE, err))
		return false;
	*id = next.id;
	return true;
}

/* ---- editing a draft */

static bool rewrite(struct ctx *ctx, const struct opened *o, const struct letter_text *text,
		    struct date dated, bool online, const char *verb, struct err *err)
{
	struct letter_id id = o->row.id;
	struct letter_rewrite_in in = {
		.id = id,
		.addressee = seal(ctx, id, "addressee", text->addressee),
		.dated = dated,
		.online = online,
		.title = text->title,
		.content = seal(ctx, id, "text", text->text),
		.attachments = seal(ctx, id, "attachments", text->attachments),
	};
	struct ledger_change changes[CHANGES_MAX];
	size_t count = 0;

	if (date_compare(dated, o->row.dated) != 0)
		changes[count++] =
			(struct ledger_change){ "dated", date_iso(ctx->arena, o->row.dated),
						date_iso(ctx->arena, dated) };
	/* the text names people: the chain gets a commitment to it */
	if (!str_equal(text->text, o->row.content))
		changes[count++] = (struct ledger_change){
			"content_commitment",
			ledger_commit(ctx->arena, o->row.salt, o->row.content),
			ledger_commit(ctx->arena, o->row.salt, text->text)
		};
	return letter_rewrite(ctx, &in, NULL, err) &&
	       note(ctx, verb, o->row.id, changes, count, STR_NONE, err);
}

static struct letter_text text_of(const struct letter_row_row *row)
{
	return (struct letter_text){ .title = row->title,
				     .text = row->content,
				     .attachments = row->attachments,
				     .addressee = row->addressee };
}

static size_t lines_equal(struct str text, struct str wanted)
{
	struct str line;
	size_t count = 0;

	while (str_split_next(&text, '\n', &line))
		count += str_equal(str_trim(line), wanted);
	return count;
}

/* Every {…} is a field; live ones are alone on their lines, and there if the kind wants them. */
static bool check_text(const struct letter_kind *kind, struct str text, struct err *err)
{
	for (struct str rest = text; rest.len > 0;) {
		size_t open = str_find(rest, STR("{"), 0);
		if (open == SIZE_MAX)
			break;
		size_t close = str_find(rest, STR("}"), open);
		struct str name = str_slice(rest, open + 1, close);
		if (close == SIZE_MAX || letter_field_by_name(name) == NULL)
			return err_set_field(err, "text", ERR_INVALID, "letter.unknown_field",
					     STR_FMT, STR_ARG(utf8_prefix(name, 30)));
		rest = str_slice(rest, close + 1, rest.len);
	}
	if (lines_equal(text, STR("{救济途径}")) != (kind->remedy != REMEDY_NONE))
		return err_set_field(err, "text", ERR_INVALID,
				     kind->remedy != REMEDY_NONE ? "letter.live_missing"
								 : "letter.no_remedy_here",
				     "{救济途径}");
	if (lines_equal(text, STR("{联系方式}")) != 1)
		return err_set_field(err, "text", ERR_INVALID, "letter.live_missing", "{联系方式}");
	if (str_contains(text, STR("申请行政复议")) || str_contains(text, STR("提起行政诉讼")))
		return err_set_field(err, "text", ERR_INVALID, "letter.remedy_typed", " ");
	return true;
}

bool letter_set_text(struct ctx *ctx, struct letter_id id, int64_t version,
		     const struct letter_text *text, struct err *err)
{
	struct opened o;

	if (!open_version(ctx, id, version, &o, err))
		return false;
	if (text->addressee.len == 0 || text->addressee.len > NAME_BYTES)
		return err_set_field(err, "addressee", ERR_INVALID, "letter.no_addressee", " ");
	if (text->title.len == 0 || text->title.len > NAME_BYTES ||
	    str_contains(text->title, STR("{")))
		return err_set_field(err, "title", ERR_INVALID, "letter.no_title", " ");
	if (text->text.len > LIMIT_LETTER_TEXT || text->attachments.len > ATTACHMENTS_BYTES)
		return err_set_field(err, "text", ERR_LIMIT, "letter.too_long", "%d",
				     LIMIT_LETTER_TEXT / 1024);
	return check_text(o.kind, text->text, err) &&
	       rewrite(ctx, &o, text, o.row.dated, o.row.online, "letter.set_text", err);
}

bool letter_fill(struct ctx *ctx, struct letter_id id, int64_t version,
		 const struct letter_fact *facts, size_t count, struct err *err)
{
	struct letter_values v = letter_values_new(ctx->arena);
	struct opened o;

	if (!open_version(ctx, id, version, &o, err) ||
	    !set_facts(ctx->arena, &v, facts, count, err) ||
	    !keep_facts(ctx, id, 0, facts, count, err))
		return false;
	struct letter_text text = text_of(&o.row);
	text.text = letter_expand(ctx->arena, text.text, &v);
	return rewrite(ctx, &o, &text, o.row.dated, o.row.online, "letter.fill", err);
}

bool letter_redate(struct ctx *ctx, struct letter_id id, int64_t version, struct date dated,
		   bool online, struct err *err)
{
	struct opened o;

	if (!open_version(ctx, id, version, &o, err))
		return false;
	if (!letter_kind_in_force(o.kind, dated))
		return err_set_field(err, "dated", ERR_CONFLICT, "letter.kind_not_in_force",
				     STR_FMT "|" STR_FMT, STR_ARG(o.kind->name),
				     STR_ARG(date_iso(ctx->arena, dated)));
	struct letter_text text = text_of(&o.row);
	return rewrite(ctx, &o, &text, dated, online, "letter.redate", err);
}

bool letter_remerge(struct ctx *ctx, struct letter_id id, int64_t version, struct err *err)
{
	struct opened o;

	if (!open_version(ctx, id, version, &o, err))
		return false;
	struct letter_text text = text_of(&o.row);
	return source_merge(ctx, &o.source, &text.title, &text.text, err) &&
	       rewrite(ctx, &o, &text, o.row.dated, o.row.online, "letter.remerge", err);
}

bool letter_discard(struct ctx *ctx, struct letter_id id, struct str reason, struct err *err)
{
	struct opened o;

	return open_draft(ctx, id, &o, err) &&
	       letter_throw_away(ctx, &(struct letter_throw_away_in){ .id = id }, NULL, err) &&
	       note(ctx, "letter.discard", id, NULL, 0, reason, err);
}

/* ---- reading */

static void from_row(const struct opened *o, struct letter *out)
{
	const struct letter_row_row *row = &o->row;

	*out = (struct letter){ .id = row->id,
				.unit = row->unit_id,
				.kind = o->kind,
				.subject_kind = row->subject_kind,
				.subject_id = row->subject_id,
				.addressee = row->addressee,
				.to = o->source.to,
				.issued = str_equal(row->state, STR("issued")),
				.dated = row->dated,
				.number = row->number,
				.organ = row->organ,
				.title = row->title,
				.text = row->content,
				.body = row->content,
				.attachments = row->attachments,
				.online = row->online,
				.commitment = row->commitment,
				.version = row->version };
	(void)official_style_from(row->style, &out->style); /* written from the same table */
}

/* A draft is shown with what is live in it as it is today. */
static bool show_live(struct ctx *ctx, struct opened *o, struct letter *out, struct err *err)
{
	struct letter_values live;

	if (!letterhead_of(ctx, o->row.unit_id, &o->head, err) ||
	    !add_facts(ctx, &o->source, o->row.id, err) ||
	    !source_live(ctx, &o->source, &o->head, &live, err))
		return false;
	out->organ = o->head.full_name;
	out->style = o->head.style;
	out->body = letter_expand(ctx->arena, out->text, &live);
	return true;
}

bool letter_load(struct ctx *ctx, struct letter_id id, struct letter *out, struct err *err)
{
	struct opened o;
	struct letter letter;

	if (!open_row(ctx, id, &o, err))
		return false;
	from_row(&o, &letter);
	if (!letter.issued && !show_live(ctx, &o, &letter, err))
		return false;
	*out = letter;
	return true;
}

bool letter_list(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
		 struct letter **out, size_t *count, struct err *err)
{
	struct letter_ids_of_subject_in in = { .subject_kind = str_from_c(subject_kind),
					       .subject_id = subject_id };
	struct letter_ids_of_subject_row *rows;
	size_t n;

	if (!letter_ids_of_subject_all(ctx, &in, SUBJECT_LETTERS_MAX, &rows, &n, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, n, struct letter);
	for (size_t i = 0; i < n; i++)
		if (!letter_load(ctx, rows[i].id, &(*out)[i], err))
			return false;
	*count = n;
	return true;
}

static bool ids_of_page(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			struct letter_id **ids, size_t *count, struct err *err)
{
	int64_t from = before > 0 ? before : INT64_MAX;

	*ids = ARENA_ARRAY(ctx->arena, max, struct letter_id);
	if (unit.known) {
		struct letter_ids_of_unit_row *rows;
		if (!letter_ids_of_unit_all(
			    ctx,
			    &(struct letter_ids_of_unit_in){ .unit_id = { unit.v },
							     .before = from,
							     .max = (int64_t)max },
			    max, &rows, count, err))
			return false;
		for (size_t i = 0; i < *count; i++)
			(*ids)[i] = rows[i].id;
		return true;
	}
	struct letter_ids_all_row *rows;
	if (!letter_ids_all_all(ctx,
				&(struct letter_ids_all_in){ .before = from, .max = (int64_t)max },
				max, &rows, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		(*ids)[i] = rows[i].id;
	return true;
}

bool letter_page(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		 struct letter **out, size_t *count, struct err *err)
{
	struct letter_id *ids;
	struct opened o;

	if (!ids_of_page(ctx, unit, before, max, &ids, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct letter);
	for (size_t i = 0; i < *count; i++) {
		if (!open_row(ctx, ids[i], &o, err))
			return false;
		from_row(&o, &(*out)[i]);
	}
	return true;
}

/* ---- issuing */

static bool next_number(struct ctx *ctx, struct opened *o, int year, struct letter_freeze_in *f,
			struct err *err)
{
	struct str series = letter_series_code(&o->head, o->kind);
	struct letter_series_last_row last;
	bool found;

	if (!letter_series_count(ctx,
				 &(struct letter_series_count_in){ .unit_id = o->row.unit_id,
								   .series = series,
								   .year = year },
				 NULL, err) ||
	    !letter_series_last(ctx,
				&(struct letter_series_last_in){ .unit_id = o->row.unit_id,
								 .series = series,
								 .year = year },
				&last, &found, err))
		return false;
	assert(found);
	f->series = series;
	f->series_year = year;
	f->series_number = last.last;
	f->number = letter_number(ctx->arena, &o->head, o->kind, year, last.last);
	return true;
}

/* Nothing may be open: neither what the clerk has to say, nor what the unit has to enter. */
static bool check_filled(struct arena *a, const struct letter *l, struct err *err)
{
	size_t count;
	const struct letter_field **open = letter_open_fields(a, l, &count);
	struct str missing = letter_head_missing(l);

	if (count > 0)
		return err_set(err, ERR_CONFLICT, "letter.unfilled", "%zu|" STR_FMT, count,
			       STR_ARG(open[0]->name));
	if (missing.len > 0)
		return err_set(err, ERR_CONFLICT, "letter.head_missing", STR_FMT, STR_ARG(missing));
	return true;
}

/* Whoever brings letters to their readers; answers have a service of their own. */
static bool tell_issued(struct ctx *ctx, const struct letter *l, struct err *err)
{
	struct job_new job = { .topic = "letter.issued",
			       .subject_kind = "letter",
			       .subject_id = l->id.n,
			       .payload = str_format(ctx->arena, "%lld", (long long)l->id.n) };

	return l->kind->answer || l->subject_kind.len == 0 || jobs_add(ctx, &job, err);
}

bool letter_issue(struct ctx *ctx, struct letter_id id, struct date dated, struct err *err)
{
	struct letter_freeze_in f = { .id = id, .dated = dated };
	struct letter l;
	struct opened o;

	if (!open_draft(ctx, id, &o, err))
		return false;
	if (date_compare(dated, ctx->today) > 0)
		return err_set_field(err, "dated", ERR_INVALID, "letter.in_future",
				     STR_FMT "|" STR_FMT, STR_ARG(date_iso(ctx->arena, dated)),
				     STR_ARG(date_iso(ctx->arena, ctx->today)));
	if (!letter_kind_in_force(o.kind, dated))
		return err_set_field(err, "dated", ERR_CONFLICT, "letter.kind_not_in_force",
				     STR_FMT "|" STR_FMT, STR_ARG(o.kind->name),
				     STR_ARG(date_iso(ctx->arena, dated)));
	o.row.dated = o.source.dated = dated;
	from_row(&o, &l);
	if (!show_live(ctx, &o, &l, err) || !check_filled(ctx->arena, &l, err) ||
	    !next_number(ctx, &o, date_year(dated), &f, err))
		return false;
	l.number = f.number;
	f.content = seal(ctx, id, "text", l.body);
	f.organ = l.organ;
	f.style = official_style_code(l.style);
	f.commitment = ledger_commit(ctx->arena, o.row.salt, letter_plain(ctx->arena, &l));
	struct ledger_change changes[] = {
		{ "kind", STR_NONE, str_from_c(o.kind->code) },
		{ "number", STR_NONE, f.number },
		{ "dated", STR_NONE, date_iso(ctx->arena, dated) },
		{ "commitment", STR_NONE, f.commitment },
	};
	return letter_freeze(ctx, &f, NULL, err) &&
	       note(ctx, "letter.issue", id, changes, COUNT_OF(changes), STR_NONE, err) &&
	       tell_issued(ctx, &l, err);
}

/* ---- erasing */

enum { LETTERS_OF_SUBJECT = 1000 };

static bool empty_one(struct ctx *ctx, struct letter_id id, struct str words, struct err *err)
{
	struct letter_empty_in in = { .id = id,
				      .title = words,
				      .addressee = seal(ctx, id, "addressee", words),
				      .content = seal(ctx, id, "text", words),
				      .attachments = seal(ctx, id, "attachments", STR_NONE) };
	struct letter_items_empty_in items = { .letter_id = id,
					       .information = seal(ctx, id, "information",
								   STR_NONE) };

	return letter_empty(ctx, &in, NULL, err) &&
	       letter_facts_empty(ctx, &(struct letter_facts_empty_in){ .letter_id = id }, NULL,
				  err) &&
	       letter_items_empty(ctx, &items, NULL, err);
}

bool letter_erase(struct ctx *ctx, const char *subject_kind, int64_t subject_id, struct str words,
		  struct err *err)
{
	struct letter_ids_to_erase_in in = { .subject_kind = str_from_c(subject_kind),
					       .subject_id = subject_id };
	struct letter_ids_to_erase_row *rows;
	size_t count;

	if (!vault_needed(ctx->vault, err) ||
	    !letter_ids_to_erase_all(ctx, &in, LETTERS_OF_SUBJECT, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!empty_one(ctx, rows[i].id, words, err))
			return false;
	return true;
}
