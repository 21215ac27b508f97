/*
 * identity.c - keeping, telling and erasing who asks.
 *
 * The fields of a person are one JSON object, sealed whole: a new field needs
 * no migration, and nobody can tell from the row which of them are filled.
 */
#include "identity/identity.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/rand.h"
#include "base/vault.h"
#include "identity_sql.h"
#include "ledger/ledger.h"

#include <assert.h>
#include <jansson.h>
#include <stddef.h>

enum { SALT_BYTES = 16, SAME_MAX = 1000 };

/* The text fields under their names in the sealed object. */
static const struct { const char *name; size_t offset; } texts[] = {
	{ "name", offsetof(struct identity, name) },
	{ "document_no", offsetof(struct identity, document_no) },
	{ "phone", offsetof(struct identity, phone) },
	{ "email", offsetof(struct identity, email) },
	{ "address", offsetof(struct identity, address) },
	{ "postcode", offsetof(struct identity, postcode) },
	{ "contact_person", offsetof(struct identity, contact_person) },
	{ "agent_name", offsetof(struct identity, agent_name) },
	{ "agent_document_no", offsetof(struct identity, agent_document_no) },
};

static struct str *text_at(struct identity *i, size_t offset)
{
	return (struct str *)(void *)((char *)i + offset);
}

static struct str pack(struct arena *a, const struct identity *in)
{
	struct str document = document_code(in->document);
	json_t *object = json_object();

	json_object_set_new(object, "document", json_text(document));
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const struct str *s = (const struct str *)(const void *)((const char *)in +
									  texts[i].offset);
		if (s->len > 0)
			json_object_set_new(object, texts[i].name, json_stringn(s->ptr, s->len));
	}
	size_t len = json_dumpb(object, NULL, 0, JSON_COMPACT);
	char *out = arena_alloc(a, len);
	(void)json_dumpb(object, out, len, JSON_COMPACT);
	json_decref(object);
	return (struct str){ out, len };
}

static bool unpack(struct arena *a, struct str text, struct identity *out)
{
	json_t *object = json_loadb(text.ptr, text.len, 0, NULL);
	bool ok = document_from(str_from_c(json_string_value(json_object_get(object, "document"))),
				&out->document);

	for (size_t i = 0; ok && i < COUNT_OF(texts); i++) {
		const json_t *value = json_object_get(object, texts[i].name);
		*text_at(out, texts[i].offset) =
			str_copy(a, (struct str){ value != NULL ? json_string_value(value) : "",
						  json_string_length(value) });
	}
	json_decref(object);
	return ok;
}

static struct str place(struct arena *a, struct identity_id id)
{
	return str_format(a, "identity %lld", (long long)id.n);
}

/* Which person: by document, else by name and phone; so that two who share a name stay two. */
static struct str person_key(struct ctx *ctx, const struct identity *in)
{
	struct str document = document_code(in->document);
	struct str who;

	if (in->document_no.len > 0)
		who = str_format(ctx->arena, STR_FMT "\n" STR_FMT, STR_ARG(document),
				 STR_ARG(in->document_no));
	else
		who = str_format(ctx->arena, "name\n" STR_FMT "\n" STR_FMT, STR_ARG(in->name),
				 STR_ARG(in->phone));
	return vault_index(ctx->vault, ctx->arena, STR("person"), who);
}

static bool note(struct ctx *ctx, const char *verb, struct identity_id id, const char *field,
		 struct str value, struct str reason, struct err *err)
{
	struct ledger_change change = { field, STR_NONE, value };
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = "identity",
						     .subject_id = id.n,
						     .verb = verb,
						     .changes = &change,
						     .changes_count = field != NULL ? 1 : 0,
						     .reason = reason },
			     &seq, err);
}

static bool checked(struct ctx *ctx, struct identity *in, struct err *err)
{
	if (!identity_check_name(in, err) || !identity_check_contact(ctx->arena, in, err) ||
	    !identity_check_agent(ctx->arena, in, ctx->today, err))
		return false;
	return in->document_no.len == 0 ||
	       document_check(ctx->arena, in->document, in->document_no, ctx->today,
			      &in->document_no, err);
}

bool identity_add(struct ctx *ctx, const struct identity *given, struct identity_id *id,
		  struct err *err)
{
	struct identity in = *given;
	struct identity_next_id_row next;
	bool found;
	int64_t seq;

	/* The ledger is held before the id is taken, so no two take the same. */
	if (!vault_needed(ctx->vault, err) || !checked(ctx, &in, err) ||
	    !ledger_upcoming(ctx, &seq, err) || !identity_next_id(ctx, &next, &found, err))
		return false;
	assert(found);
	struct str packed = pack(ctx->arena, &in);
	struct str salt = random_hex(ctx->arena, SALT_BYTES);
	struct identity_insert_in row = {
		.id = next.id,
		.organisation = in.organisation,
		.sealed = vault_seal(ctx->vault, ctx->arena, place(ctx->arena, next.id), packed),
		.person_key = person_key(ctx, &in),
		.salt = salt,
		.made_at = ctx->now,
	};
	if (!identity_insert(ctx, &row, NULL, err) ||
	    !note(ctx, "identity.add", next.id, "identity_commitment",
		  ledger_commit(ctx->arena, salt, packed), STR_NONE, err))
		return false;
	*id = next.id;
	return true;
}

static bool load(struct ctx *ctx, struct identity_id id, struct identity *out, struct err *err)
{
	struct identity_by_id_row row;
	struct str packed;
	bool found;

	if (!identity_by_id(ctx, &(struct identity_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "identity.none", "%lld", (long long)id.n);
	*out = (struct identity){ .id = id, .organisation = row.organisation,
				  .erased = row.erased_at.known };
	if (out->erased)
		return true;
	if (!vault_unseal(ctx->vault, ctx->arena, place(ctx->arena, id), row.sealed, &packed, err))
		return false;
	return unpack(ctx->arena, packed, out) ||
	       err_set(err, ERR_INTERNAL, "identity.unreadable", "%lld", (long long)id.n);
}

bool identity_name(struct ctx *ctx, struct identity_id id, struct str *name, struct err *err)
{
	struct identity i;

	if (!load(ctx, id, &i, err))
		return false;
	*name = i.erased ? STR("（已删除）") : i.name;
	return true;
}

bool identity_masked(struct ctx *ctx, struct identity_id id, struct identity *out, struct err *err)
{
	struct arena *a = ctx->arena;
	struct identity i;

	if (!load(ctx, id, &i, err))
		return false;
	*out = (struct identity){
		.id = id,
		.organisation = i.organisation,
		.erased = i.erased,
		.document = i.document,
		.name = i.erased ? STR("（已删除）") : identity_mask_name(a, i.name, i.organisation),
		.document_no = identity_mask_number(a, i.document_no),
		.phone = identity_mask_number(a, i.phone),
		.email = identity_mask_email(a, i.email),
		.address = identity_mask_address(a, i.address),
		.contact_person = identity_mask_name(a, i.contact_person, false),
		.agent_name = identity_mask_name(a, i.agent_name, false),
		.agent_document_no = identity_mask_number(a, i.agent_document_no),
	};
	return true;
}

bool identity_look(struct ctx *ctx, struct identity_id id, struct str why, struct identity *out,
		   struct err *err)
{
	if (str_trim(why).len == 0)
		return err_set_field(err, "why", ERR_INVALID, "identity.no_reason", " ");
	return load(ctx, id, out, err) &&
	       note(ctx, "identity.look", id, NULL, STR_NONE, str_trim(why), err);
}

bool identity_looks(struct ctx *ctx, struct identity_id id, size_t max, struct identity_seen **out,
		    size_t *count, struct err *err)
{
	struct ledger_row *rows;
	size_t all;

	if (!ledger_history(ctx, "identity", id.n, max, &rows, &all, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, all, struct identity_seen);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (str_equal_c(rows[i].verb, "identity.look"))
			(*out)[(*count)++] = (struct identity_seen){ .at = rows[i].at,
								     .who = rows[i].actor_name,
								     .why = rows[i].reason };
	return true;
}

bool identity_key(struct ctx *ctx, struct identity_id id, struct str *key, struct err *err)
{
	struct identity_by_id_row row;
	bool found;

	if (!identity_by_id(ctx, &(struct identity_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "identity.none", "%lld", (long long)id.n);
	*key = row.person_key;
	return true;
}

bool identity_same(struct ctx *ctx, struct identity_id id, size_t max, struct identity_id **out,
		   size_t *count, struct err *err)
{
	struct identity_by_person_key_in in = { .max = (int64_t)(max < SAME_MAX ? max : SAME_MAX) };
	struct identity_by_person_key_row *rows;

	if (!identity_key(ctx, id, &in.person_key, err) ||
	    !identity_by_person_key_all(ctx, &in, SAME_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct identity_id);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = rows[i].id;
	return true;
}

bool identity_contact(struct ctx *ctx, struct identity_id id, struct identity_contact *out,
		      struct err *err)
{
	struct identity i;

	if (!load(ctx, id, &i, err))
		return false;
	*out = (struct identity_contact){ .name = i.name,
					  .email = i.email,
					  .phone = i.phone,
					  .address = i.address,
					  .postcode = i.postcode };
	return true;
}

bool identity_erase(struct ctx *ctx, struct identity_id id, struct str reason, struct err *err)
{
	struct identity_empty_in in = { .id = id, .sealed = STR_NONE, .erased_at = ctx->now };
	struct str key;
	int64_t changed;

	if (str_trim(reason).len == 0)
		return err_set_field(err, "reason", ERR_INVALID, "identity.no_reason", " ");
	if (!identity_key(ctx, id, &key, err) || !identity_empty(ctx, &in, &changed, err))
		return false;
	return changed == 0 ||
	       note(ctx, "identity.erase", id, NULL, STR_NONE, str_trim(reason), err);
}

/* ---- which key */

static bool mark_of(struct ctx *ctx, struct str *mark, bool *found, struct err *err)
{
	struct identity_key_mark_row row;

	if (!identity_key_mark(ctx, &row, found, err))
		return false;
	if (*found)
		*mark = row.mark;
	return true;
}

bool identity_bound(struct ctx *ctx, bool *bound, struct err *err)
{
	struct str mark;

	return mark_of(ctx, &mark, bound, err);
}

bool identity_bind(struct ctx *ctx, struct err *err)
{
	struct str mark, own;
	bool found;

	if (!vault_needed(ctx->vault, err) || !mark_of(ctx, &mark, &found, err))
		return false;
	own = vault_index(ctx->vault, ctx->arena, STR("key"), STR("1"));
	if (!found)
		return identity_key_insert(ctx, &(struct identity_key_insert_in){ .mark = own },
					   NULL, err);
	return str_equal(mark, own) || err_set(err, ERR_CONFLICT, "identity.other_key", " ");
}
