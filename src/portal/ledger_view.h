/* ledger_view.h - what the pages of the ledger draw. */
#ifndef PORTAL_LEDGER_VIEW_H
#define PORTAL_LEDGER_VIEW_H

#include "html/parts.h"
#include "ledger/ledger.h"

struct ledger_view { const struct ledger_row *rows; size_t count; struct pager pager; };
struct verify_view { struct ledger_verdict verdict; struct str head; };
#endif
