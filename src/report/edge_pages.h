/*
 * edge_pages.h - what the page handlers of this folder share.
 */
#ifndef REPORT_EDGE_PAGES_H
#define REPORT_EDGE_PAGES_H

#include "report/report_view.h"
#include "web/web.h"

/* The report that :year and :unit name. */
struct edge_report {
	struct unit unit;
	struct report report;
	bool staff; /* may see drafts and the records behind it in full */
};
/* ERR_NOT_FOUND "report.not_published" for who may not see it, and when there is none. */
NODISCARD bool edge_report(struct web_request *rq, struct edge_report *out, struct err *err);
struct str edge_report_href(struct arena *a, const struct report *r, struct str unit_code);
bool edge_all_records(const struct web_request *rq, const struct report *r);

/* records_pages.c */
web_handler records_page, records_json, records_csv;
extern const struct field records_query[];

/* desk_pages.c */
web_handler board_page, board_json, desk_report_page, desk_report_json, desk_part_page,
	desk_part_json;
extern const struct field board_query[];
NODISCARD bool edge_desk_report(struct web_request *rq, struct report *out, struct err *err);
struct str edge_desk_href(struct arena *a, struct report_id id);
struct finding_view edge_finding(struct arena *a, const struct report *r,
				 const struct report_finding *f);
struct field;

/* acts_pages.c */
web_handler start_post, part_post, check_post, whole_page, whole_post, waive_page, waive_post,
	approve_page, approve_post, publish_page, publish_post, return_page, return_post,
	send_back_page, send_back_post, erratum_page, erratum_post;
extern const struct field start_form[], part_form[], version_form[], whole_form[], waive_form[],
	waive_query[], reason_form[], erratum_form[];

/* report_api.c */
web_handler report_json, list_json, schema_json;
json_t *api_date(struct arena *a, struct opt_date d);
bool api_send(struct web_reply *rp, json_t *value);
#endif
