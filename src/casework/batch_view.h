/* batch_view.h - what the pages of batches draw; private to the edge of src/casework. */
#ifndef CASEWORK_BATCH_VIEW_H
#define CASEWORK_BATCH_VIEW_H

#include "casework/batch.h"
#include "casework/casework_pages.h"
#include "html/parts.h"

struct batch_view {
	struct form_state form;
	struct choice acts[BATCH_ACT_COUNT], *people;
	size_t acts_count, people_count;
	struct str act, title, to, reason, text, days, prefix, due_on;
	bool chosen, complete; /* an act is chosen; what it needs is given */
	bool has_to, has_reason, has_text, has_days, has_prefix, has_due;
	const struct request_id *ids;
	size_t count, good;
	const struct batch_line *lines;
};
struct batch_done_view {
	struct batch_done done;
};
web_handler batch_page, batch_post, batch_done_page, batch_done_json;
extern const struct field batch_query[], batch_form[];
#endif
