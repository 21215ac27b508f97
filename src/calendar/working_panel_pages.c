#include "calendar/working_panel.h"

#include "calendar_html.h"

void working_table(struct html *h, const struct period_result *r)
{
	working_html(h, r);
}
