/* notice_view.h - what notice's own page part draws. */
#ifndef NOTICE_NOTICE_VIEW_H
#define NOTICE_NOTICE_VIEW_H

#include "html/parts.h"
#include "notice/inbox.h"

struct notice_panel_row {
	int64_t at;
	const struct notice *out;    /* or NULL */
	const struct inbox_mail *in; /* or NULL */
	struct str who;		     /* out: masked */
};
struct notice_panel_view {
	const struct notice_panel_row *rows;
	size_t count;
};
#endif
