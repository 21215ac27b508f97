/*
 * inbox.c - taking a mail in: where it belongs, what of it is kept.
 */
#include "notice/inbox.h"

#include "attachment/attachment.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/rand.h"
#include "base/vault.h"
#include "inbox_sql.h"
#include "notice/inbox_inside.h"
#include "notice/inside.h"
#include "notice/seal.h"
#include "notice_sql.h"

#include <assert.h>

#define MESSAGE_INDEX "message id"
enum { SALT_BYTES = 16, LEFT_OUT_BYTES = 8000 };

/* ---- knowing it again */

/*
 * Trace fields differ between two copies of one message, so its head is left out, unless it has no
 * Message-ID: then only the very same bytes are the same message.
 */
static struct str digest_of_message(struct arena *a, struct str content, struct str message_id)
{
	size_t lf = str_find(content, STR("\n\n"), 0), crlf = str_find(content, STR("\r\n\r\n"), 0);
	size_t at = lf < crlf ? lf : crlf;

	if (message_id.len == 0 || at == SIZE_MAX)
		return digest_hex(a, digest_of(DIGEST_SHA256, content));
	return digest_hex(a, digest_of_two(DIGEST_SHA256, str_concat(a, message_id, STR("\n")),
					   str_slice(content, at, content.len)));
}

static bool is_there(struct ctx *ctx, struct str digest, struct inbox_id *id, bool *known,
		     struct err *err)
{
	struct inbox_by_digest_row row;

	if (!inbox_by_digest(ctx, &(struct inbox_by_digest_in){ .digest = digest }, &row, known,
			     err))
		return false;
	if (*known)
		*id = row.id;
	return true;
}

/* ---- where it belongs */

struct place {
	struct str kind;
	int64_t id;
	struct unit_id unit;
	enum inbox_state state;
	enum inbox_how how;
	struct opt_int notice;
	struct str proposal_kind;
	int64_t proposal_id;
	const char *proposal_why;
};

static void assign_to(struct place *p, struct str kind, int64_t id, enum inbox_how how)
{
	p->kind = kind;
	p->id = id;
	p->how = how;
	p->state = INBOX_ASSIGNED;
}

static bool by_address(struct arena *a, const struct notice_settings *s, const struct mail *m,
		       struct place *p)
{
	struct str kind;
	int64_t id;

	for (size_t i = 0; i < m->recipients_count; i++)
		if (post_case_of_address(a, s, m->recipients[i], &kind, &id)) {
			assign_to(p, kind, id, INBOX_BY_TOKEN);
			return true;
		}
	return false;
}

/* Left of the @, our Message-IDs are 128 random bits: who names one has been sent the message. */
static bool our_notice(struct ctx *ctx, struct str message_id, struct notice_by_message_id_row *row,
		       bool *found, struct err *err)
{
	size_t at = str_find(message_id, STR("@"), 0);
	struct notice_by_message_id_in in = { .message_id = str_slice(message_id, 0, at) };

	return notice_by_message_id(ctx, &in, row, found, err);
}

static bool by_thread(struct ctx *ctx, const struct mail *m, struct place *p, struct err *err)
{
	for (size_t i = 0; i < m->references_count && p->state == INBOX_PEN; i++) {
		struct notice_by_message_id_row ours;
		struct inbox_by_message_row theirs;
		bool found;
		if (!our_notice(ctx, m->references[i], &ours, &found, err))
			return false;
		if (found && ours.subject_kind.len > 0) {
			assign_to(p, ours.subject_kind, ours.subject_id, INBOX_BY_THREAD);
			p->unit = ours.unit_id;
			break;
		}
		struct inbox_by_message_in in = {
			.message_index = seal_index(ctx, MESSAGE_INDEX, m->references[i])
		};
		if (!inbox_by_message(ctx, &in, &theirs, &found, err))
			return false;
		if (found) {
			assign_to(p, theirs.subject_kind, theirs.subject_id, INBOX_BY_THREAD);
			p->unit = theirs.unit_id;
		}
	}
	return true;
}

/* Whom we have written to about a case may be writing about it. */
static bool by_sender(struct ctx *ctx, const struct mail *m, struct place *p, struct err *err)
{
	struct notice_by_recipient_in in = {
		.recipient_index = seal_index(ctx, NOTICE_ADDRESS_INDEX, m->from.address)
	};
	struct notice_by_recipient_row row;
	bool found;

	if (m->from.address.len == 0)
		return true;
	if (!notice_by_recipient(ctx, &in, &row, &found, err))
		return false;
	if (found) {
		p->proposal_kind = row.subject_kind;
		p->proposal_id = row.subject_id;
		p->proposal_why = "sender";
	}
	return true;
}

/* ---- reports of mail servers */

static bool bounced(struct ctx *ctx, const struct notice_by_message_id_row *n,
		    const struct mail_report *report, struct err *err)
{
	struct str answer = notice_bare_answer(ctx->arena,
					       str_format(ctx->arena, STR_FMT " " STR_FMT,
							  STR_ARG(report->status),
							  STR_ARG(report->diagnostic)));
	struct notice_came_back_in in = { .id = n->id, .at = ctx->now, .answer = answer };
	const struct ledger_change changes[] = { { .field = "server", .after = answer } };
	int64_t changed;

	if (!notice_came_back(ctx, &in, &changed, err))
		return false;
	return changed == 0 || (notice_event(ctx, n->subject_kind, n->subject_id, n->id,
					     "notice.bounced", changes, COUNT_OF(changes), err) &&
				notice_tell_end(ctx, n->id, err));
}

/* A report without the notice it is about is a mail like any other: somebody looks at it. */
static bool by_report(struct ctx *ctx, const struct mail *m, struct place *p, struct err *err)
{
	struct notice_by_message_id_row row;
	bool found = false;

	if (m->report.action == MAIL_NO_REPORT)
		return true;
	if (m->report.message_id.len > 0 &&
	    !our_notice(ctx, m->report.message_id, &row, &found, err))
		return false;
	for (size_t i = 0; i < m->references_count && !found; i++)
		if (!our_notice(ctx, m->references[i], &row, &found, err))
			return false;
	if (!found)
		return true;
	*p = (struct place){ .kind = row.subject_kind,
			     .id = row.subject_id,
			     .unit = row.unit_id,
			     .state = INBOX_REPORT,
			     .how = INBOX_BY_THREAD,
			     .notice = { true, row.id.n },
			     .proposal_kind = STR_NONE };
	return m->report.action != MAIL_FAILED || bounced(ctx, &row, &m->report, err);
}

static bool find_place(struct ctx *ctx, const struct notice_settings *s, const struct mail *m,
		       struct place *p, struct err *err)
{
	struct unit root;

	if (!agency_root(ctx, &root, err))
		return false;
	*p = (struct place){ .kind = STR_NONE, .unit = root.id, .proposal_kind = STR_NONE };
	if (m == NULL)
		return true;
	if (!by_report(ctx, m, p, err))
		return false;
	if (p->state != INBOX_PEN || by_address(ctx->arena, s, m, p))
		return true;
	if (!by_thread(ctx, m, p, err))
		return false;
	return p->state != INBOX_PEN || by_sender(ctx, m, p, err);
}

/* ---- keeping */

/* What is told of a message that no reader could read. */
static const struct mail unreadable = {
	.subject = STR_INIT("（无法读取的邮件）"),
	.text = STR_INIT(""),
	.cut = true,
};

static bool is_refusal(const struct err *err)
{
	return err->code == ERR_INVALID || err->code == ERR_LIMIT;
}

/* Files of a kind or size that are not taken stay in the mailbox: the mail tells of them. */
static bool keep_files(struct ctx *ctx, struct inbox_id id, const struct mail *m,
		       struct str *left_out, struct err *err)
{
	struct buf told = buf_open(ctx->arena, 200, LEFT_OUT_BYTES);

	for (size_t i = 0; i < m->files_count; i++) {
		struct attachment_new in = { .subject_kind = "mail",
					     .subject_id = id.n,
					     .purpose = ATTACHMENT_OTHER,
					     .file_name = m->files[i].name,
					     .content = m->files[i].content,
					     .who = BROUGHT_BY_MAIL };
		struct attachment_id kept;
		struct err why = { 0 };
		if (attachment_add(ctx, &in, &kept, &why))
			continue;
		if (!is_refusal(&why)) {
			*err = why;
			return false;
		}
		buf_addf(&told, "%s" STR_FMT "：" STR_FMT, told.len > 0 ? "\n" : "",
			 STR_ARG(m->files[i].name),
			 STR_ARG(err_text(ctx->arena, ctx->locale, &why)));
	}
	*left_out = str_copy(ctx->arena, buf_str(&told));
	return true;
}

struct str inbox_place(struct arena *a, struct inbox_id id)
{
	return str_format(a, "mail %lld", (long long)id.n);
}

static struct str seal_of(struct ctx *ctx, struct inbox_id id, const struct mail *m,
			  struct str left_out)
{
	struct mail copy = *m;
	struct str left = left_out;
	const struct seal_text texts[] = {
		{ "sender", &copy.from.address },
		{ "name", &copy.from.name },
		{ "subject", &copy.subject },
		{ "text", &copy.text },
		{ "left_out", &left },
		{ "diagnostic", &copy.report.diagnostic },
	};

	return seal_texts(ctx, inbox_place(ctx->arena, id), texts, COUNT_OF(texts));
}

static bool note(struct ctx *ctx, const struct place *p, struct inbox_id id, const struct mail *m,
		 struct str salt, struct str digest, struct err *err)
{
	struct arena *a = ctx->arena;
	const struct ledger_change changes[] = {
		{ .field = "mail", .after = str_format(a, "%lld", (long long)id.n) },
		{ .field = "how", .after = inbox_how_code(p->how) },
		{ .field = "automatic", .after = m->automatic ? STR("yes") : STR("no") },
		{ .field = "from", .after = ledger_commit(a, salt, m->from.address) },
		{ .field = "sha256", .after = digest },
	};

	return inbox_event(ctx, p->kind, p->id, id, "mail.come", changes, COUNT_OF(changes),
			   STR_NONE, err);
}

static bool insert(struct ctx *ctx, const struct place *p, struct inbox_id id,
		   const struct inbox_new *in, const struct mail *m, struct str left_out,
		   struct str salt, struct str digest, struct err *err)
{
	struct inbox_insert_in row = {
		.id = id,
		.digest = digest,
		.received_at = in->at < ctx->now ? in->at : ctx->now,
		.sealed = seal_of(ctx, id, m, left_out),
		.sender_index = seal_index(ctx, NOTICE_ADDRESS_INDEX, m->from.address),
		.message_index = seal_index(ctx, MESSAGE_INDEX, m->message_id),
		.salt = salt,
		.automatic = m->automatic,
		.cut = m->cut || left_out.len > 0,
		.state = inbox_state_code(p->state),
		.how = inbox_how_code(p->how),
		.unit_id = p->unit,
		.subject_kind = p->kind,
		.subject_id = p->id,
		.notice_id = p->notice,
		.proposal_kind = p->proposal_kind,
		.proposal_id = p->proposal_id,
		.proposal_why = str_from_c(p->proposal_why),
	};

	return inbox_insert(ctx, &row, NULL, err);
}

static bool add_job(struct ctx *ctx, struct inbox_id id, struct err *err)
{
	return jobs_add(ctx,
			&(struct job_new){ .topic = "mail.came",
					   .subject_kind = "mail",
					   .subject_id = id.n },
			err);
}

bool inbox_take(struct ctx *ctx, const struct notice_settings *s, const struct inbox_new *in,
		struct inbox_id *id, bool *known, struct err *err)
{
	const struct mail *m = in->mail != NULL ? in->mail : &unreadable;
	struct str digest = digest_of_message(ctx->arena, in->content, m->message_id);
	struct str salt = random_hex(ctx->arena, SALT_BYTES), left_out;
	struct inbox_next_id_row next;
	struct place place;
	int64_t seq;
	bool found;

	/* The ledger is held before one looks, so no two take the same message or the same id. */
	if (!vault_needed(ctx->vault, err) || !ledger_upcoming(ctx, &seq, err) ||
	    !is_there(ctx, digest, id, known, err))
		return false;
	if (*known)
		return true;
	if (!find_place(ctx, s, in->mail, &place, err) || !inbox_next_id(ctx, &next, &found, err))
		return false;
	*id = next.id;
	return keep_files(ctx, next.id, m, &left_out, err) &&
	       insert(ctx, &place, next.id, in, m, left_out, salt, digest, err) &&
	       note(ctx, &place, next.id, m, salt, digest, err) && add_job(ctx, next.id, err);
}
