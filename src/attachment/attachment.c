/*
 * attachment.c - keeping and handing out files.
 */
#include "attachment/attachment.h"

#include "attachment_sql.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "ledger/ledger.h"

#include <assert.h>
#include <string.h>

static const struct { const char *code; struct str label; } purposes[] = {
	[ATTACHMENT_IDENTITY] = { "identity", STR_INIT("身份证明") },
	[ATTACHMENT_AUTHORITY] = { "authority", STR_INIT("授权委托书") },
	[ATTACHMENT_REQUEST] = { "request", STR_INIT("申请的附件") },
	[ATTACHMENT_CORRECTION] = { "correction", STR_INIT("补正材料") },
	[ATTACHMENT_REASONS] = { "reasons", STR_INIT("说明理由的材料") },
	[ATTACHMENT_OPINION] = { "opinion", STR_INIT("意见") },
	[ATTACHMENT_PROOF] = { "proof", STR_INIT("凭证") },
	[ATTACHMENT_REPLY] = { "reply", STR_INIT("随答复提供的信息") },
	[ATTACHMENT_OTHER] = { "other", STR_INIT("其他") },
};

struct str attachment_purpose_code(enum attachment_purpose p)
{
	return str_from_c(purposes[p].code);
}

struct str attachment_purpose_label(enum attachment_purpose p)
{
	return purposes[p].label;
}

bool attachment_is_personal(enum attachment_purpose p)
{
	return p == ATTACHMENT_IDENTITY || p == ATTACHMENT_AUTHORITY;
}

/* The words are what the column holds. */
static const struct str bringers[] = {
	[BROUGHT_BY_APPLICANT] = STR_INIT("申请人"),
	[BROUGHT_ON_PAPER] = STR_INIT("申请人（纸质）"),
	[BROUGHT_BY_AGENCY] = STR_INIT("本机关"),
	[BROUGHT_BY_THIRD_PARTY] = STR_INIT("第三方"),
	[BROUGHT_BY_OTHER_AGENCY] = STR_INIT("其他机关"),
	[BROUGHT_BY_MAIL] = STR_INIT("来信"),
};

struct str attachment_bringer_label(enum attachment_bringer b)
{
	return bringers[b];
}

static bool bringer_from(struct str label, enum attachment_bringer *out)
{
	for (int b = 0; b < BROUGHT_BY_COUNT; b++)
		if (str_equal(label, bringers[b])) {
			*out = (enum attachment_bringer)b;
			return true;
		}
	return false;
}

static bool purpose_from(struct str code, enum attachment_purpose *out)
{
	for (int p = 0; p < ATTACHMENT_PURPOSE_COUNT; p++)
		if (str_equal_c(code, purposes[p].code)) {
			*out = (enum attachment_purpose)p;
			return true;
		}
	return false;
}

static struct str place(struct arena *a, struct attachment_id id)
{
	return str_format(a, "attachment %lld", (long long)id.n);
}

static bool note(struct ctx *ctx, const char *verb, const char *kind, int64_t id,
		 struct str purpose, struct str sha256, struct str reason, struct err *err)
{
	struct ledger_change changes[] = { { "purpose", STR_NONE, purpose },
					   { "sha256", STR_NONE, sha256 } };
	int64_t seq;

	return ledger_append(ctx,
			     &(struct ledger_event){ .subject_kind = kind,
						     .subject_id = id,
						     .verb = verb,
						     .changes = changes,
						     .changes_count = COUNT_OF(changes),
						     .reason = reason },
			     &seq, err);
}

/* One subject's files so far: is there room, and is this one among them? */
static bool room_for(struct ctx *ctx, const struct attachment_new *in, struct str sha256,
		     struct attachment_id *same, struct err *err)
{
	struct attachment *list;
	size_t count;
	int64_t bytes = (int64_t)in->content.len;

	*same = (struct attachment_id){ 0 };
	if (!attachment_list(ctx, in->subject_kind, in->subject_id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bytes += list[i].bytes;
		if (str_equal(list[i].sha256, sha256) && list[i].purpose == in->purpose)
			*same = list[i].id;
	}
	if (same->n != 0)
		return true;
	if (count >= LIMIT_ATTACHMENTS)
		return err_set_field(err, "file", ERR_LIMIT, "attachment.too_many", "%d",
				     LIMIT_ATTACHMENTS);
	return bytes <= LIMIT_ATTACHMENTS_BYTES ||
	       err_set_field(err, "file", ERR_LIMIT, "attachment.too_much", "%u",
			     LIMIT_ATTACHMENTS_BYTES / MIB);
}

static bool is_draft(const char *kind)
{
	return strcmp(kind, "draft") == 0;
}

static bool insert(struct ctx *ctx, const struct attachment_new *in, enum attachment_type type,
		   struct str sha256, struct attachment_id *id, struct err *err)
{
	struct arena *a = ctx->arena;
	struct attachment_next_id_row next;
	bool found;
	int64_t seq;

	/* The ledger is held before the id is taken, so no two take the same. */
	if (!ledger_upcoming(ctx, &seq, err) || !attachment_next_id(ctx, &next, &found, err))
		return false;
	assert(found);
	struct attachment_content_insert_in content = {
		.sha256 = sha256,
		.type = attachment_type_code(type),
		.bytes = (int64_t)in->content.len,
		.sealed = vault_seal(ctx->vault, a, sha256, in->content),
	};
	struct attachment_insert_in link = {
		.id = next.id,
		.subject_kind = str_from_c(in->subject_kind),
		.subject_id = in->subject_id,
		.purpose = attachment_purpose_code(in->purpose),
		.who = bringers[in->who],
		.name_sealed = vault_seal(ctx->vault, a, place(a, next.id),
					  attachment_plain_name(a, in->file_name, type)),
		.sha256 = sha256,
		.added_at = ctx->now,
	};
	*id = next.id;
	return attachment_content_insert(ctx, &content, NULL, err) &&
	       attachment_insert(ctx, &link, NULL, err) &&
	       (is_draft(in->subject_kind) ||
		note(ctx, "attachment.add", in->subject_kind, in->subject_id, link.purpose, sha256,
		     STR_NONE, err));
}

bool attachment_add(struct ctx *ctx, const struct attachment_new *in, struct attachment_id *id,
		    struct err *err)
{
	enum attachment_type type;
	struct attachment_id same;

	if (!vault_needed(ctx->vault, err) || !attachment_check(in->content, &type, err))
		return false;
	struct str sha256 = digest_hex(ctx->arena, digest_of(DIGEST_SHA256, in->content));
	if (!room_for(ctx, in, sha256, &same, err))
		return false;
	if (same.n != 0) {
		*id = same;
		return true;
	}
	return insert(ctx, in, type, sha256, id, err);
}

/* Names that were kept by an earlier release may still promise another type. */
static bool open_name(struct ctx *ctx, struct str sealed, struct attachment *a, struct err *err)
{
	struct str name;

	if (!vault_unseal(ctx->vault, ctx->arena, place(ctx->arena, a->id), sealed, &name, err))
		return false;
	a->file_name = attachment_plain_name(ctx->arena, name, a->type);
	return true;
}

bool attachment_list(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
		     struct attachment **out, size_t *count, struct err *err)
{
	struct attachment_of_subject_in in = { .subject_kind = str_from_c(subject_kind),
					       .subject_id = subject_id };
	struct attachment_of_subject_row *rows;

	/* Moved files may come on top of those that were there. */
	if (!attachment_of_subject_all(ctx, &in, 10 * LIMIT_ATTACHMENTS, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct attachment);
	for (size_t i = 0; i < *count; i++) {
		struct attachment *a = &(*out)[i];
		*a = (struct attachment){ .id = rows[i].id, .subject_kind = in.subject_kind,
					  .subject_id = subject_id,
					  .sha256 = rows[i].sha256, .bytes = rows[i].bytes,
					  .added_at = rows[i].added_at };
		if (!purpose_from(rows[i].purpose, &a->purpose) ||
		    !bringer_from(rows[i].who, &a->who) ||
		    !attachment_type_from(rows[i].type, &a->type))
			return err_set(err, ERR_INTERNAL, "attachment.unreadable", "%lld",
				       (long long)a->id.n);
		if (!open_name(ctx, rows[i].name_sealed, a, err))
			return false;
	}
	return true;
}

bool attachment_find(struct ctx *ctx, struct attachment_id id, struct attachment *out,
		     struct err *err)
{
	struct attachment_by_id_row row;
	bool found;

	if (!attachment_by_id(ctx, &(struct attachment_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)id.n);
	*out = (struct attachment){ .id = id, .subject_kind = row.subject_kind,
				    .subject_id = row.subject_id,
				    .sha256 = row.sha256, .bytes = row.bytes,
				    .added_at = row.added_at };
	if (!purpose_from(row.purpose, &out->purpose) || !bringer_from(row.who, &out->who) ||
	    !attachment_type_from(row.type, &out->type))
		return err_set(err, ERR_INTERNAL, "attachment.unreadable", "%lld", (long long)id.n);
	return open_name(ctx, row.name_sealed, out, err);
}

bool attachment_read(struct ctx *ctx, struct attachment_id id, struct attachment *out,
		     struct err *err)
{
	struct attachment_content_read_row row;
	bool found;

	if (!attachment_find(ctx, id, out, err) ||
	    !attachment_content_read(ctx,
				     &(struct attachment_content_read_in){ .sha256 = out->sha256 },
				     &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_INTERNAL, "attachment.unreadable", "%lld", (long long)id.n);
	return vault_unseal(ctx->vault, ctx->arena, out->sha256, row.sealed, &out->content, err);
}

bool attachment_remove(struct ctx *ctx, struct attachment_id id, struct err *err)
{
	struct attachment a;

	if (!attachment_find(ctx, id, &a, err))
		return false;
	const char *kind = str_to_c(ctx->arena, a.subject_kind);
	return attachment_delete(ctx, &(struct attachment_delete_in){ .id = id }, NULL, err) &&
	       attachment_content_sweep(ctx,
					&(struct attachment_content_sweep_in){ .sha256 = a.sha256 },
					NULL, err) &&
	       (is_draft(kind) || note(ctx, "attachment.remove", kind, a.subject_id,
				       attachment_purpose_code(a.purpose), a.sha256, STR_NONE,
				       err));
}

bool attachment_move(struct ctx *ctx, const char *from_kind, int64_t from_id, const char *to_kind,
		     int64_t to_id, struct err *err)
{
	struct attachment_relink_in in = { .from_kind = str_from_c(from_kind), .from_id = from_id,
					   .to_kind = str_from_c(to_kind), .to_id = to_id };
	struct attachment *list;
	size_t count;

	if (!attachment_list(ctx, from_kind, from_id, &list, &count, err))
		return false;
	if (count == 0)
		return true;
	if (!attachment_relink(ctx, &in, NULL, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!note(ctx, "attachment.add", to_kind, to_id,
			  attachment_purpose_code(list[i].purpose), list[i].sha256, STR_NONE,
			  err))
			return false;
	return true;
}

bool attachment_note_look(struct ctx *ctx, const struct attachment *a, struct str why,
			  struct err *err)
{
	if (str_trim(why).len == 0)
		return err_set_field(err, "why", ERR_INVALID, "attachment.no_reason", " ");
	return note(ctx, "attachment.look", str_to_c(ctx->arena, a->subject_kind), a->subject_id,
		    attachment_purpose_code(a->purpose), a->sha256, str_trim(why), err);
}
