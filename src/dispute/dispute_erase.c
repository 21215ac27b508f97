/*
 * dispute_erase.c - a proceeding whose time of keeping is over: who acted, what was filed, who
 * came. Numbers, days, outcome and figures stay as they were.
 */
#include "dispute/dossier.h"

#include "dispute_sql.h"
#include "letter/letter.h"
#include "notice/inbox.h"
#include "notice/notice.h"

static bool erase_files(struct ctx *ctx, struct dispute_id id, struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "dispute", id.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return true;
}

static bool erase_words(struct ctx *ctx, struct dispute_id id, struct str words, struct err *err)
{
	struct dispute_erase_persons_in persons = { .id = id, .name = words };
	struct dispute_erase_papers_in papers = { .id = id, .title = words };

	return dispute_erase_persons(ctx, &persons, NULL, err) &&
	       dispute_erase_hearings(ctx, &(struct dispute_erase_hearings_in){ id }, NULL, err) &&
	       dispute_erase_papers(ctx, &papers, NULL, err);
}

bool dispute_erase(struct ctx *ctx, struct dispute_id id, struct str words, struct str reason,
		   struct err *err)
{
	struct dispute_erase_row_in row = { .id = id, .at = ctx->now };
	struct ledger_event event = { .subject_kind = "dispute", .subject_id = id.n,
				      .verb = "dispute.erase", .reason = reason };
	struct dispute d;
	int64_t seq;

	if (!dispute_find(ctx, id, &d, err))
		return false;
	if (d.erased_at.known)
		return true;
	return erase_words(ctx, id, words, err) && erase_files(ctx, id, err) &&
	       letter_erase(ctx, "dispute", id.n, words, err) &&
	       notice_erase_of(ctx, "dispute", id.n, err) &&
	       inbox_erase_of(ctx, "dispute", id.n, err) &&
	       dispute_erase_row(ctx, &row, NULL, err) && ledger_append(ctx, &event, &seq, err);
}
