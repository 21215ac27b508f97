/* ledger_pages.h - the handlers of /desk/ledger, for portal's route table. */
#ifndef PORTAL_LEDGER_PAGES_H
#define PORTAL_LEDGER_PAGES_H

#include "web/web.h"

bool ledger_page(struct web_request *rq, struct web_reply *rp, struct err *err);
bool ledger_json(struct web_request *rq, struct web_reply *rp, struct err *err);
bool ledger_verify_page(struct web_request *rq, struct web_reply *rp, struct err *err);
#endif
