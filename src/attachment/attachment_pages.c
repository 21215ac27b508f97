#include "attachment/attachment_pages.h"

bool attachment_serve(struct web_request *rq, struct web_reply *rp, struct attachment_id id,
		      struct err *err)
{
	struct attachment a;

	if (!attachment_read(&rq->ctx, id, &a, err))
		return false;
	web_header(rp, "Cache-Control", STR("no-store"));
	return web_bytes(rp, attachment_type_media(a.type).ptr,
			 str_copy(web_reply_arena(rp), a.content), DOWNLOAD, a.file_name);
}
