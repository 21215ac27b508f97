/* ledger_view.h - what the pages of the ledger draw. */
#ifndef PORTAL_LEDGER_VIEW_H
#define PORTAL_LEDGER_VIEW_H

#include "ledger/ledger.h"
#include "list/list.h"

/* What is bound into the chain, and how it reads. */
struct ledger_line { struct str subject, sentence; const struct ledger_row *row; };
struct ledger_view {
	const struct ledger_row *rows;
	const struct ledger_line *lines;
	size_t count;
	struct str next;
	struct list_foot foot;
};
struct verify_view { struct ledger_verdict verdict; struct str head; };
#endif
