/*
 * dispute.h - 行政复议 and 行政诉讼 about a request, and what they became: table 四.
 *
 * A proceeding is counted by outcome in the year it is concluded, and as
 * 尚未审结 in every year at whose end it was open. A request that went to
 * reconsideration and then to court is two proceedings.
 */
#ifndef DISPUTE_DISPUTE_H
#define DISPUTE_DISPUTE_H

#include "request/request.h"

struct dispute_id { int64_t n; };
enum dispute_route {
	DISPUTE_RECONSIDERATION,
	DISPUTE_LITIGATION_DIRECT,
	DISPUTE_LITIGATION_AFTER,
	DISPUTE_ROUTE_COUNT
};
enum dispute_outcome { DISPUTE_UPHELD, DISPUTE_CORRECTED, DISPUTE_OTHER, DISPUTE_OUTCOME_COUNT };

struct dispute_open {
	struct unit_id unit;
	struct opt_int request; /* id of the request, if it is on this site */
	enum dispute_route route;
	struct str case_no;	/* of the organ or court; unique with route */
	struct str organ;
	struct date accepted_on;
};
NODISCARD bool dispute_open(struct ctx *ctx, const struct dispute_open *in, struct dispute_id *id,
			    struct err *err);
NODISCARD bool dispute_conclude(struct ctx *ctx, struct dispute_id id, enum dispute_outcome outcome,
				struct str result, struct date concluded_on, struct err *err);
/*
 * result: what the decision said (维持, 驳回, 撤销, 变更, 确认违法, 责令履行, 终止, 撤诉, 调解
 * …) -> outcome by annual-report.md 6.15.
 */
bool dispute_outcome_of(struct str result, enum dispute_outcome *out);
struct str dispute_route_code(enum dispute_route r);
struct str dispute_route_label(enum dispute_route r);
struct str dispute_outcome_code(enum dispute_outcome o);
struct str dispute_outcome_label(enum dispute_outcome o);
bool dispute_route_from(struct str code_or_label, enum dispute_route *out);
bool dispute_outcome_from(struct str code_or_label, enum dispute_outcome *out);

struct dispute {
	struct dispute_id id;
	struct unit_id unit;
	struct opt_int request;
	enum dispute_route route;
	struct str case_no, organ, result;
	struct date accepted_on;
	bool concluded;
	enum dispute_outcome outcome;
	struct opt_date concluded_on;
};
NODISCARD bool dispute_find(struct ctx *ctx, struct dispute_id id, struct dispute *out,
			    struct err *err);
/*
 * Newest first, of one unit or all; before: the id the last page ended with, 0 for the first
 * page.
 */
NODISCARD bool dispute_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
			    struct dispute **out, size_t *count, struct err *err);
#endif
