/*
 * amendment_erase.c - an application whose time of keeping is over. Number, days and result stay,
 * and the ledger, which held only a commitment.
 */
#include "amendment/amendment.h"

#include "amendment_sql.h"
#include "attachment/attachment.h"
#include "ledger/ledger.h"
#include "letter/letter.h"
#include "notice/inbox.h"
#include "notice/notice.h"

static bool erase_files(struct ctx *ctx, struct amendment_id id, struct err *err)
{
	struct attachment *files;
	size_t count;

	if (!attachment_list(ctx, "amendment", id.n, &files, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!attachment_remove(ctx, files[i].id, err))
			return false;
	return true;
}

bool amendment_erase(struct ctx *ctx, struct amendment_id id, struct str words, struct str reason,
		     struct err *err)
{
	struct ledger_event event = { .subject_kind = "amendment", .subject_id = id.n,
				      .verb = "amendment.erase", .reason = reason };
	struct amendment a;
	int64_t seq;

	if (!amendment_find(ctx, id, &a, err))
		return false;
	if (a.erased_at.known)
		return true;
	struct amendment_erase_row_in row = { .id = id, .record = words, .wrong = words,
					      .evidence = words, .at = ctx->now };
	row.finding = a.finding.len > 0 ? words : STR_NONE;
	return erase_files(ctx, id, err) &&
	       letter_erase(ctx, "amendment", id.n, words, err) &&
	       notice_erase_of(ctx, "amendment", id.n, err) &&
	       inbox_erase_of(ctx, "amendment", id.n, err) &&
	       amendment_erase_row(ctx, &row, NULL, err) && ledger_append(ctx, &event, &seq, err);
}
