/*
 * letterhead.h - who writes: full name, mark of the numbers, contact; and the organs and
 * courts that remedies name, as data with dates.
 */
#ifndef LETTER_LETTERHEAD_H
#define LETTER_LETTERHEAD_H

#include "letter/remedy.h"

enum letter_series { SERIES_UNIT, SERIES_GROUP }; /* one for all letters, or one for each group */
struct letterhead {
	struct unit_id unit;
	struct str full_name; /* 发文机关: over the date and in the head */
	struct str mark;      /* 代字: 越府公开 */
	enum letter_series series;
	enum official_style style;
	struct str contact, phone, address;
	struct str channel; /* for reconsideration over the internet */
	bool justice;	    /* runs reconsideration itself: 司法行政部门 */
	bool stored;	    /* false: made up from the unit's name */
};
NODISCARD bool letterhead_of(struct ctx *ctx, struct unit_id unit, struct letterhead *out,
			     struct err *err);
/* ERR_INVALID with the field's name. Event "letter.head_set". */
NODISCARD bool letterhead_set(struct ctx *ctx, const struct letterhead *in, struct err *err);
struct str official_style_code(enum official_style s);
struct str official_style_label(enum official_style s);
bool official_style_from(struct str code, enum official_style *out);

/* An organ above, or a court, for all units of the site or for one. */
enum remedy_body_role {
	BODY_SUPERIOR_GOVERNMENT,
	BODY_SUPERIOR_DEPARTMENT,
	BODY_COURT,
	BODY_ROLES
};
struct remedy_body {
	int64_t id;
	struct opt_int unit; /* unknown: the whole site */
	enum remedy_body_role role;
	struct str name;
	struct date from;
	struct opt_date until;
};
struct str remedy_body_role_code(enum remedy_body_role r);
struct str remedy_body_role_label(enum remedy_body_role r);
bool remedy_body_role_from(struct str code, enum remedy_body_role *out);
NODISCARD bool remedy_bodies(struct ctx *ctx, struct remedy_body **out, size_t *count,
			     struct err *err);
NODISCARD bool remedy_body_add(struct ctx *ctx, const struct remedy_body *in, struct err *err);

NODISCARD bool remedy_switches_load(struct ctx *ctx, struct remedy_switches *out, struct err *err);
NODISCARD bool remedy_switch_set(struct ctx *ctx, enum remedy_doubt doubt, struct remedy_span span,
				 struct err *err);

/* Organs and court for a letter of the unit on that day; what is not on file stays empty. */
NODISCARD bool remedy_case_of(struct ctx *ctx, const struct letterhead *head, struct date dated,
			      struct remedy_case *out, struct err *err);
#endif
