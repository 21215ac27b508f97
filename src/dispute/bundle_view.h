/* bundle_view.h - the first page of a bundle. */
#ifndef DISPUTE_BUNDLE_VIEW_H
#define DISPUTE_BUNDLE_VIEW_H

#include "calendar/working_panel.h"
#include "dispute/bundle.h"
#include "html/parts.h"

struct bundle_file { struct str name, title; int64_t bytes; struct str sha256, sm3; };
struct bundle_opinion { struct str person, digest; int64_t at; bool given; };
struct bundle_view {
	struct dispute d;
	struct str site, unit, request_number, made_by, reason, content;
	int64_t made_at;
	bool has_request, identity;
	struct opt_date erased_on, request_erased_on;
	const struct bundle_file *files;
	size_t files_count;
	bool has_clock;
	struct period_result clock;
	struct dispute_rule rule;
	bool has_request_clock;
	struct period_result request_clock;
	const struct history_line *events, *request_events;
	size_t events_count, request_events_count;
	const struct bundle_opinion *opinions;
	size_t opinions_count;
	struct str head_seq, head_sha256;
};
#endif
