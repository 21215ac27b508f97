/*
 * notice_panel.h - the section 往来邮件 of a case page: what came in and what went out, newest
 * first; nothing when there is neither. Whether the reader may see the case has been asked.
 */
#ifndef NOTICE_NOTICE_PANEL_H
#define NOTICE_NOTICE_PANEL_H

#include "notice/inbox.h"
#include "web/web.h"

NODISCARD bool notice_panel(struct web_request *rq, struct html *h, const char *subject_kind,
			    int64_t subject_id, struct err *err);
#endif
