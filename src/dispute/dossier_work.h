/*
 * dossier_work.h - one proceeding loaded for change, and how a change is written; for src/dispute
 * alone.
 */
#ifndef DISPUTE_DOSSIER_WORK_H
#define DISPUTE_DOSSIER_WORK_H

#include "dispute/dossier.h"

/*
 * The proceeding at the version its officer saw. ERR_CONFLICT "dispute.changed_meanwhile",
 * "dispute.is_void", "dispute.erased".
 */
NODISCARD bool dossier_load(struct ctx *ctx, struct dispute_edit at, struct dispute *out,
			 struct err *err);
struct dossier_note {
	const char *verb; /* of the ledger */
	const struct ledger_change *changes; /* beside those of the proceeding's own facts */
	size_t changes_count;
	struct str reason;
};
/*
 * Writes `after`, with what is owed next counted anew; keeps the counted facts of `before` in the
 * history if they changed; appends one event that names every fact that changed.
 */
NODISCARD bool dossier_save(struct ctx *ctx, const struct dispute *before, struct dispute *after,
			 const struct dossier_note *note, struct err *err);
/* The day to answer by, unknown where nothing came or the calendar ends before it. */
NODISCARD bool dossier_answer_due(struct ctx *ctx, struct dispute *d, struct err *err);
/* Stands in the column of the next day where none is set: after every other. */
struct date dossier_no_day(void);
/* Trimmed, not empty, within DISPUTE_TEXT_BYTES. */
NODISCARD bool dossier_text(const char *field, struct str in, struct str *out, struct err *err);
/* Not after today. */
NODISCARD bool dossier_day(struct ctx *ctx, const char *field, struct date day, struct err *err);
#endif
