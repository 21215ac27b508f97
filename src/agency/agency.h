/*
 * agency.h - the bodies of a site: the government itself, its departments,
 * sub-district offices and other units that answer requests and hand in reports.
 *
 * A site is one government; its units form a tree of depth two at most for the
 * roll-up: the root unit (区政府, answered by its office) and the units below.
 * A scope note says who counts a unit's figures when it is not this site
 * (seed part 六: a branch bureau counted by the city bureau since 2019).
 */
#ifndef AGENCY_AGENCY_H
#define AGENCY_AGENCY_H

#include "db/ctx.h"

struct unit_id { int64_t n; };
enum unit_kind {
	UNIT_GOVERNMENT,
	UNIT_DEPARTMENT,
	UNIT_SUBDISTRICT,
	UNIT_TOWN,
	UNIT_VERTICAL,
	UNIT_OTHER
};
struct unit {
	struct unit_id id;
	struct str code;      /* short code used in numbers: "YX", "YXCZ" */
	struct str name, short_name;
	enum unit_kind kind;
	struct opt_int parent;
	bool reports;	      /* hands in an annual report of its own */
	struct opt_date closed_on;
};
struct unit_new {
	struct str code, name, short_name;
	enum unit_kind kind;
	struct opt_int parent;
	bool reports;
};

struct str unit_kind_label(enum unit_kind kind);
struct str unit_kind_code(enum unit_kind kind); /* government, department … */
bool unit_kind_from(struct str code, enum unit_kind *out);
NODISCARD bool agency_add_unit(struct ctx *ctx, const struct unit_new *u, struct unit_id *id,
			       struct err *err);
/* Name, short name, kind and reports; the code stays, since numbers carry it. */
NODISCARD bool agency_change_unit(struct ctx *ctx, struct unit_id id, const struct unit_new *u,
				  struct err *err);
/*
 * A closed unit hands in no report for the year of closing and later; its records stay.
 * Not the government itself: ERR_CONFLICT "agency.root_stays". day unknown: opens it again.
 */
NODISCARD bool agency_close_unit(struct ctx *ctx, struct unit_id id, struct opt_date day,
				 struct str reason, struct err *err);
NODISCARD bool agency_unit(struct ctx *ctx, struct unit_id id, struct unit *out,
			   struct err *err); /* ERR_NOT_FOUND "agency.no_unit" */
NODISCARD bool agency_unit_by_code(struct ctx *ctx, struct str code, struct unit *out, bool *found,
				   struct err *err);
/* By exact name, short name or code: for imports. */
NODISCARD bool agency_unit_by_name(struct ctx *ctx, struct str name, struct unit *out, bool *found,
				   struct err *err);
NODISCARD bool agency_units(struct ctx *ctx, struct unit **out, size_t *count,
			    struct err *err); /* root first, then by code */
NODISCARD bool agency_root(struct ctx *ctx, struct unit *out, struct err *err);

struct site { struct str name, platform_name, url, office_name, contact; bool sample; };
NODISCARD bool agency_site(struct ctx *ctx, struct site *out, struct err *err);
NODISCARD bool agency_set_site(struct ctx *ctx, const struct site *site, struct err *err);

struct scope_note {
	int64_t id;
	struct str body_name, counted_by, reason;
	int from_year;
	struct opt_int until_year;
};
NODISCARD bool agency_add_scope_note(struct ctx *ctx, const struct scope_note *n, struct err *err);
NODISCARD bool agency_scope_notes(struct ctx *ctx, int year, struct scope_note **out, size_t *count,
				  struct err *err);
#endif
