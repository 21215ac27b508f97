/* ledger_view.h - what the pages of the ledger draw. */
#ifndef PORTAL_LEDGER_VIEW_H
#define PORTAL_LEDGER_VIEW_H

#include "ledger/ledger.h"
#include "list/list.h"

struct ledger_view {
	const struct ledger_row *rows;
	size_t count;
	struct str next;
	struct list_foot foot;
};
struct verify_view { struct ledger_verdict verdict; struct str head; };
#endif
