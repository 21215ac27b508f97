/* working_panel.h - the working of a period as other rooms show it on their pages. */
#ifndef CALENDAR_WORKING_PANEL_H
#define CALENDAR_WORKING_PANEL_H

#include "calendar/working.h"
#include "html/html.h"

/* A table: 日期, 星期, 计入, 理由. */
void working_table(struct html *h, const struct period_result *r);
#endif
