/* fee_view.h - what the pages of fees draw; private to src/fee. */
#ifndef FEE_FEE_VIEW_H
#define FEE_FEE_VIEW_H

#include "fee/fee_pages.h"
#include "html/parts.h"

/* ---- the fee of one request */

/* What one tariff would come to, or why it comes to nothing. */
struct fee_offer_view {
	enum fee_kind kind;
	bool computed;
	struct fee_sum sum;
	struct str why; /* not computed */
	struct str quantity;
};
struct fee_page_view {
	struct form_state form;
	const struct request *r;
	struct str unit;
	bool charged, may_charge, may_record, may_close, may_refund;
	/* before it is charged */
	struct fee_place place;
	struct str month; /* 2025年3月 */
	const struct fee_counted *counted;
	size_t counted_count;
	struct fee_practice practice;
	struct fee_offer_view offers[FEE_KINDS];
	struct str tariff, pages, sheets, number, on, delivered_on; /* as typed */
	/* charged */
	struct fee fee;
	struct fee_notice notice;
	struct fee_work work;
	bool has_work;
	const struct letter *letters; /* of this kind */
	size_t letters_count;
};
enum tag_colour fee_state_colour(enum fee_state s);

struct fee_refund_view {
	struct form_state form;
	const struct request *r;
	struct fee fee;
	struct str yuan, on, reason;
};

/* ---- the list, settings, the published tariffs */

struct fee_list_row {
	const struct fee *fee;
	struct str unit;
};
struct fee_list_view {
	bool all_units;
	const struct fee_list_row *rows;
	size_t count;
	struct fee_totals totals;
	int64_t late; /* of the unit or site, whatever the filter shows */
	struct list_foot foot;
	struct str state, year, unit, next;
	struct choice *states, *units;
	size_t states_count, units_count;
	bool filtered, may_settle;
};
struct fee_practice_view {
	struct form_state form;
	struct str tariff, sheet_pages, pay_how;
	bool ended_count, quantity_counts;
};
struct fee_public_view {
	struct str requests, pages, error;
	bool has_requests, has_pages;
	struct fee_work month, last, copies; /* F(n), p(n), Q(m) */
};

web_handler fee_page, fee_json, fee_post, fee_refund_page, fee_refund_post, fee_list_page,
	fee_list_json, fee_list_file, fee_practice_page, fee_practice_post, fee_public_page,
	fee_public_json;
extern const struct field fee_query[], fee_form[], fee_refund_form[], fee_list_query[],
	fee_practice_form[], fee_public_query[];

#endif
