/* papers.c - who acts for the unit in a proceeding, and what was filed or came. */
#include "dispute/dossier_work.h"

#include "base/rand.h"
#include "dispute_sql.h"

enum { SALT_BYTES = 16, PERSONS_MAX = 50, PAPERS_MAX = 200, NAME_BYTES = 200 };

static const struct { const char *code; struct str label; } roles[PERSON_ROLE_COUNT] = {
	[PERSON_ADVISER] = { "adviser", STR_INIT("法律顾问") },
	[PERSON_LAWYER] = { "lawyer", STR_INIT("委托的律师") },
	[PERSON_STAFF] = { "staff", STR_INIT("委托的工作人员") },
	[PERSON_HEAD] = { "head", STR_INIT("出庭、参加听证的负责人") },
};
static const struct {
	const char *code;
	struct str label;
	bool personal;
} kinds[PAPER_KIND_COUNT] = {
	[PAPER_NOTICE] = { "notice", STR_INIT("答复通知书、应诉通知书"), false },
	[PAPER_CLAIM] = { "claim", STR_INIT("复议申请书、起诉状副本"), true },
	[PAPER_ANSWER] = { "answer", STR_INIT("答复书、答辩状"), false },
	[PAPER_EVIDENCE] = { "evidence", STR_INIT("证据"), false },
	[PAPER_BASIS] = { "basis", STR_INIT("依据"), false },
	[PAPER_AUTHORITY] = { "authority", STR_INIT("授权委托书、身份证明"), true },
	[PAPER_RECORD] = { "record", STR_INIT("笔录"), true },
	[PAPER_DECISION] = { "decision", STR_INIT("决定书、裁判文书"), true },
	[PAPER_OTHER] = { "other", STR_INIT("其他材料"), false },
};

struct str person_role_code(enum person_role r)
{
	return str_from_c(roles[r].code);
}

struct str person_role_label(enum person_role r)
{
	return roles[r].label;
}

bool person_role_from(struct str code, enum person_role *out)
{
	for (int r = 0; r < PERSON_ROLE_COUNT; r++)
		if (str_equal_c(code, roles[r].code) || str_equal(code, roles[r].label)) {
			*out = (enum person_role)r;
			return true;
		}
	return false;
}

struct str paper_kind_code(enum paper_kind k)
{
	return str_from_c(kinds[k].code);
}

struct str paper_kind_label(enum paper_kind k)
{
	return kinds[k].label;
}

bool paper_kind_from(struct str code, enum paper_kind *out)
{
	for (int k = 0; k < PAPER_KIND_COUNT; k++)
		if (str_equal_c(code, kinds[k].code) || str_equal(code, kinds[k].label)) {
			*out = (enum paper_kind)k;
			return true;
		}
	return false;
}

bool paper_is_personal(enum paper_kind k)
{
	return kinds[k].personal;
}

/* ---- people */

bool person_list(struct ctx *ctx, struct dispute_id id, struct dispute_person **out, size_t *count,
		 struct err *err)
{
	struct persons_of_row *rows;

	if (!persons_of_all(ctx, &(struct persons_of_in){ .dispute_id = id }, PERSONS_MAX, &rows,
			    count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct dispute_person);
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = (struct dispute_person){ .id = rows[i].id,
						     .name = rows[i].name,
						     .contact = rows[i].contact,
						     .since = rows[i].since,
						     .until = rows[i].until };
		(void)person_role_from(rows[i].role, &(*out)[i].role);
	}
	return true;
}

bool person_add(struct ctx *ctx, struct dispute_edit at, enum person_role role, struct str name,
		struct str contact, struct err *err)
{
	struct str salt = random_hex(ctx->arena, SALT_BYTES);
	struct dispute_person *list;
	struct dispute before;
	size_t count;

	if (!dossier_load(ctx, at, &before, err) || !dossier_text("name", name, &name, err) ||
	    !person_list(ctx, at.id, &list, &count, err))
		return false;
	if (name.len > NAME_BYTES || contact.len > NAME_BYTES)
		return err_set_field(err, name.len > NAME_BYTES ? "name" : "contact", ERR_INVALID,
				     "dispute.text_too_long", "%d", NAME_BYTES);
	if (count == PERSONS_MAX)
		return err_set(err, ERR_LIMIT, "dispute.too_many", "%d", PERSONS_MAX);
	struct person_insert_in values = { .dispute_id = at.id, .role = person_role_code(role),
					   .name = name, .contact = contact, .salt = salt,
					   .since = ctx->today };
	struct ledger_change changes[] = {
		{ "person_role", STR_NONE, values.role },
		{ "text_commitment", STR_NONE, ledger_commit(ctx->arena, salt, name) },
	};
	struct dossier_note note = { .verb = "dispute.person", .changes = changes,
				     .changes_count = COUNT_OF(changes) };
	struct dispute after = before;
	return person_insert(ctx, &values, NULL, err) &&
	       dossier_save(ctx, &before, &after, &note, err);
}

bool person_end(struct ctx *ctx, struct dispute_edit at, int64_t person, struct str reason,
		struct err *err)
{
	struct person_end_write_in in = { .id = person, .dispute_id = at.id, .until = ctx->today };
	struct dossier_note note = { .verb = "dispute.person_end" };
	struct dispute before;
	int64_t changed;

	if (!dossier_load(ctx, at, &before, err) ||
	    !dossier_text("reason", reason, &note.reason, err) ||
	    !person_end_write(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_person", "%lld", (long long)person);
	struct dispute after = before;
	return dossier_save(ctx, &before, &after, &note, err);
}

/* ---- papers */

bool paper_list(struct ctx *ctx, struct dispute_id id, struct paper **out, size_t *count,
		struct err *err)
{
	struct papers_of_row *rows;

	if (!papers_of_all(ctx, &(struct papers_of_in){ .dispute_id = id }, PAPERS_MAX, &rows,
			   count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct paper);
	for (size_t i = 0; i < *count; i++) {
		struct attachment file = { .file_name = STR_NONE };
		if (rows[i].attachment_id.n != 0 &&
		    !attachment_find(ctx, rows[i].attachment_id, &file, err))
			return false;
		(*out)[i] = (struct paper){ .id = rows[i].id,
					    .attachment = rows[i].attachment_id,
					    .title = rows[i].title,
					    .sha256 = rows[i].sha256,
					    .person = rows[i].person,
					    .file_name = file.file_name,
					    .day = rows[i].day,
					    .withdrawn_on = rows[i].withdrawn_on };
		(void)paper_kind_from(rows[i].kind, &(*out)[i].kind);
	}
	return true;
}

static bool keep(struct ctx *ctx, struct dispute_id id, const struct paper_new *in,
		 struct attachment *out, struct err *err)
{
	struct attachment_new file = { .subject_kind = "dispute",
				       .subject_id = id.n,
				       .purpose = ATTACHMENT_OTHER,
				       .file_name = in->file_name,
				       .content = in->content,
				       .who = BROUGHT_BY_AGENCY };
	struct attachment_id attachment;

	return attachment_add(ctx, &file, &attachment, err) &&
	       attachment_find(ctx, attachment, out, err);
}

bool paper_add(struct ctx *ctx, struct dispute_edit at, const struct paper_new *in,
	       struct err *err)
{
	struct str title = str_trim(in->title);
	struct attachment file;
	struct dispute before;

	if (title.len == 0)
		title = paper_kind_label(in->kind);
	if (!dossier_load(ctx, at, &before, err) || !dossier_text("title", title, &title, err) ||
	    !dossier_day(ctx, "day", in->day, err) || !keep(ctx, at.id, in, &file, err))
		return false;
	struct paper_insert_in values = { .dispute_id = at.id,
					  .attachment_id = file.id,
					  .kind = paper_kind_code(in->kind),
					  .title = title,
					  .day = in->day,
					  .sha256 = file.sha256,
					  .person = ctx->actor.name };
	struct ledger_change changes[] = {
		{ "paper", STR_NONE, values.kind },
		{ "paper_day", STR_NONE, date_iso(ctx->arena, in->day) },
		{ "sha256", STR_NONE, file.sha256 },
	};
	struct dossier_note note = { .verb = "dispute.paper", .changes = changes,
				     .changes_count = COUNT_OF(changes) };
	struct dispute after = before;
	return paper_insert(ctx, &values, NULL, err) &&
	       dossier_save(ctx, &before, &after, &note, err);
}

bool paper_withdraw(struct ctx *ctx, struct dispute_edit at, int64_t paper, struct str reason,
		    struct err *err)
{
	struct paper_withdraw_write_in in = { .id = paper, .dispute_id = at.id,
					      .withdrawn_on = ctx->today };
	struct dossier_note note = { .verb = "dispute.paper_withdraw" };
	struct dispute before;
	int64_t changed;

	if (!dossier_load(ctx, at, &before, err) ||
	    !dossier_text("reason", reason, &note.reason, err) ||
	    !paper_withdraw_write(ctx, &in, &changed, err))
		return false;
	if (changed == 0)
		return err_set(err, ERR_NOT_FOUND, "dispute.no_paper", "%lld", (long long)paper);
	struct dispute after = before;
	return dossier_save(ctx, &before, &after, &note, err);
}
