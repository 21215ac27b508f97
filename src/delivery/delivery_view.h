/* delivery_view.h - what the page of deliveries draws; private to the edge of src/delivery. */
#ifndef DELIVERY_DELIVERY_VIEW_H
#define DELIVERY_DELIVERY_VIEW_H

#include "delivery/delivery.h"
#include "html/parts.h"
#include "letter/letter_panel.h"
#include "web/web.h"

struct delivery_view {
	struct form_state form;
	struct letter l;
	const struct official *paper;
	struct delivery_reader reader;
	struct str email; /* masked */
	const struct delivery *list;
	size_t count;
	struct choice ways[SERVICE_WAY_COUNT];
	bool may_write, may_issue;
	struct str here, back, back_label;
	size_t open; /* fields of a draft that wait for a value */
	/* As typed. */
	struct str issued_on, to, way, sent_on, signed_on, tracking, addressee, note, proved_on;
	bool failed;
	int64_t proving; /* the delivery whose receipt is being entered */
};
#endif
