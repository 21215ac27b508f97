/* fee_pages.h - the routes of fees, and the section on a case's page. */
#ifndef FEE_FEE_PAGES_H
#define FEE_FEE_PAGES_H

#include "fee/fee.h"
#include "request/request_pages.h"

extern const struct route fee_routes[];

/* On the page of a case: what was charged and what has become of it; nothing where nothing was. */
NODISCARD bool fee_panel(struct web_request *rq, struct html *h, const struct request *r,
			 struct err *err);
/* For machines, on pages and by command. */
json_t *fee_as_json(struct arena *a, const struct fee *fee, struct str unit);
json_t *fee_work_json(struct arena *a, const struct fee_work *work);
#endif
