/*
 * attachment_pages.h - handing a file out over HTTP: always a download, with the type that was
 * found in it and never the one that was claimed. Whether somebody may have it has been asked.
 */
#ifndef ATTACHMENT_ATTACHMENT_PAGES_H
#define ATTACHMENT_ATTACHMENT_PAGES_H

#include "attachment/attachment.h"
#include "web/web.h"

NODISCARD bool attachment_serve(struct web_request *rq, struct web_reply *rp,
				struct attachment_id id, struct err *err);
#endif
