/* casework_panel.h - what the desk's first page shows of the cases. */
#ifndef CASEWORK_CASEWORK_PANEL_H
#define CASEWORK_CASEWORK_PANEL_H

#include "html/html.h"
#include "web/web.h"

/*
 * 我的, 本单位待认领, 已逾期或将到期: the most urgent of each. Who may see all units has the last
 * list of all of them; who may not read cases has nothing.
 */
NODISCARD bool casework_panel(struct web_request *rq, struct html *h, struct err *err);
#endif
