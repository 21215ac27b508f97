/*
 * permission.h - what an account may do; roles are sets of these.
 *
 * The numbers are bit positions in actor.permissions. PERM_PUBLIC is anybody,
 * signed in or not; it is explicit, because 0 in a route row is refused.
 */
#ifndef ACCOUNT_PERMISSION_H
#define ACCOUNT_PERMISSION_H

#include "base/str.h"

enum permission {
	PERM_NONE,
	PERM_PUBLIC,
	PERM_SIGNED_IN,	     /* any staff account */
	PERM_REQUEST_READ,   /* requests of the own unit; with SITE_READ of all */
	PERM_REQUEST_WRITE,  /* register and work requests of the own unit */
	PERM_REQUEST_DECIDE, /* review and sign */
	PERM_REQUEST_ADVISE, /* legal adviser's opinion */
	PERM_REQUEST_IMPORT,
	PERM_REQUEST_ASSIGN, /* who of the own unit has a case */
	PERM_DISPUTE_WRITE,
	PERM_SITE_READ,	     /* everything of all units: supervisor, auditor */
	PERM_STATISTICS_WRITE, /* typed figures of table 二 for the own unit */
	PERM_REPORT_WRITE,   /* draft and check the own unit's report */
	PERM_REPORT_APPROVE, /* approve */
	PERM_REPORT_PUBLISH, /* publish, freeze, erratum; the roll-up board */
	PERM_CALENDAR_WRITE,
	PERM_UNIT_WRITE,
	PERM_ACCOUNT_WRITE,
	PERM_LEDGER_READ,
	PERM_SUPERVISE, /* letters of supervision to any unit, thresholds of cards */
	PERM_IDENTITY_LOOK, /* an applicant of the own unit in full, with a reason each time */
	PERM_COUNT
};
#define PERM_BIT(p) (UINT64_C(1) << (p))

struct role { const char *code; struct str label; uint64_t permissions; };
/*
 * clerk 经办人, reviewer 审核人, adviser 法律顾问, signer 签发人, supervisor 主管部门监督员,
 * auditor 审计员, sysadmin 系统管理员, secadmin 安全管理员; public first.
 */
extern const struct role account_roles[];
extern const size_t account_roles_count;
const struct role *role_find(struct str code); /* NULL if unknown */
const char *permission_name(unsigned permission);
struct str permission_label(unsigned permission);
/* A set as names with blanks between, and back; a name that no longer exists is nothing. */
struct str permission_set_text(struct arena *a, uint64_t set);
uint64_t permission_set_from(struct str text);
#endif
