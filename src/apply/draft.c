/*
 * draft.c - what somebody is filling in, kept until it is sent or forgotten.
 */
#include "apply/apply_work.h"

#include "apply_sql.h"
#include "base/json.h"
#include "base/rand.h"
#include "base/vault.h"

#include <assert.h>
#include <jansson.h>

enum { TOKEN_BYTES = 32 };

const char *const apply_field_names[APPLY_FIELD_COUNT] = {
	[APPLY_CONTENT] = "content",	   [APPLY_UNIT] = "unit",
	[APPLY_CLASS] = "class",	   [APPLY_NAME] = "name",
	[APPLY_DOCUMENT] = "document",	   [APPLY_DOCUMENT_NO] = "document_no",
	[APPLY_PHONE] = "phone",	   [APPLY_EMAIL] = "email",
	[APPLY_ADDRESS] = "address",	   [APPLY_POSTCODE] = "postcode",
	[APPLY_CONTACT_PERSON] = "contact_person", [APPLY_AGENT_NAME] = "agent_name",
	[APPLY_AGENT_DOCUMENT_NO] = "agent_document_no", [APPLY_FORM] = "form",
	[APPLY_WAY] = "way",
};

struct str apply_hash(struct ctx *ctx, const char *purpose, struct str token)
{
	return vault_index(ctx->vault, ctx->arena, str_from_c(purpose), token);
}

struct str apply_token(struct ctx *ctx)
{
	return random_hex(ctx->arena, TOKEN_BYTES);
}

static struct str pack(struct arena *a, const struct apply_draft *d)
{
	json_t *object = json_object();

	for (int f = 0; f < APPLY_FIELD_COUNT; f++)
		if (d->texts[f].len > 0)
			json_object_set_new(object, apply_field_names[f],
					    json_text(d->texts[f]));
	if (d->code.len > 0)
		json_object_set_new(object, "code", json_text(d->code));
	size_t len = json_dumpb(object, NULL, 0, JSON_COMPACT);
	char *out = arena_alloc(a, len);
	(void)json_dumpb(object, out, len, JSON_COMPACT);
	json_decref(object);
	return (struct str){ out, len };
}

static struct str member(struct arena *a, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_string(value))
		return STR_NONE;
	return str_copy(a, (struct str){ json_string_value(value), json_string_length(value) });
}

static void unpack(struct arena *a, struct str text, struct apply_draft *d)
{
	json_t *object = json_loadb(text.ptr, text.len, 0, NULL);

	for (int f = 0; f < APPLY_FIELD_COUNT; f++)
		d->texts[f] = member(a, object, apply_field_names[f]);
	d->code = member(a, object, "code");
	json_decref(object);
}

static struct str sealed(struct ctx *ctx, const struct apply_draft *d)
{
	return vault_seal(ctx->vault, ctx->arena, apply_hash(ctx, "draft", d->token),
			  pack(ctx->arena, d));
}

bool apply_find(struct ctx *ctx, struct str token, struct apply_draft *out, bool *found,
		struct err *err)
{
	struct apply_draft_by_token_row row;
	struct str plain;

	*found = false;
	if (token.len != 2 * TOKEN_BYTES)
		return true;
	if (!vault_needed(ctx->vault, err))
		return false;
	struct apply_draft_by_token_in in = { .token_hash = apply_hash(ctx, "draft", token) };
	if (!apply_draft_by_token(ctx, &in, &row, found, err) || !*found)
		return err->code == ERR_NONE;
	if (!vault_unseal(ctx->vault, ctx->arena, in.token_hash, row.sealed, &plain, err))
		return false;
	*out = (struct apply_draft){ .id = row.id, .token = token };
	unpack(ctx->arena, plain, out);
	out->sent.n = row.request_id.known ? row.request_id.v : 0;
	if (out->sent.n != 0 && row.saved_at < ctx->now - APPLY_RECEIPT_S)
		out->code = STR_NONE;
	return true;
}

bool apply_begin(struct ctx *ctx, struct apply_draft *out, struct err *err)
{
	struct apply_draft d = { .id = 0 };
	struct apply_draft_insert_row row;
	bool found;

	if (!vault_needed(ctx->vault, err))
		return false;
	d.token = apply_token(ctx);
	struct apply_draft_insert_in in = { .token_hash = apply_hash(ctx, "draft", d.token),
					    .sealed = sealed(ctx, &d),
					    .saved_at = ctx->now };
	if (!apply_draft_insert(ctx, &in, &row, &found, err))
		return false;
	assert(found);
	d.id = row.id;
	*out = d;
	return true;
}

bool apply_save(struct ctx *ctx, const struct apply_draft *d, struct err *err)
{
	struct apply_draft_update_in in = { .id = d->id,
					    .sealed = sealed(ctx, d),
					    .saved_at = ctx->now,
					    .request_id = { d->sent.n != 0, d->sent.n } };

	return apply_draft_update(ctx, &in, NULL, err);
}

static bool erase(struct ctx *ctx, int64_t id, struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "draft", id, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return apply_draft_delete(ctx, &(struct apply_draft_delete_in){ .id = id }, NULL, err);
}

bool apply_erase(struct ctx *ctx, const struct apply_draft *d, struct err *err)
{
	return erase(ctx, d->id, err);
}

bool apply_forget_old(struct ctx *ctx, struct err *err)
{
	enum { AT_ONCE = 200, DAY_S = 24 * 60 * 60 };
	struct apply_draft_old_in in = { .max = AT_ONCE };
	struct apply_session_delete_old_in sessions = { .before = ctx->now - APPLY_SESSION_S };
	struct apply_draft_old_row *rows;
	struct apply_setting s;
	size_t count;

	if (!apply_setting_of(ctx, &s, err))
		return false;
	in.before = ctx->now - (int64_t)s.draft_days * DAY_S;
	if (!apply_draft_old_all(ctx, &in, AT_ONCE, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!erase(ctx, rows[i].id, err))
			return false;
	return apply_session_delete_old(ctx, &sessions, NULL, err);
}
