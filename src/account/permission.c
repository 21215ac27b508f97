/*
 * permission.c - the roles of Art. 4's 工作机构 and of the graded protection scheme
 * (等保: system, security and audit administration are never one person).
 */
#include "account/permission.h"

static const char *const names[PERM_COUNT] = {
	[PERM_NONE] = "none",
	[PERM_PUBLIC] = "public",
	[PERM_SIGNED_IN] = "signed_in",
	[PERM_REQUEST_READ] = "request_read",
	[PERM_REQUEST_WRITE] = "request_write",
	[PERM_REQUEST_DECIDE] = "request_decide",
	[PERM_REQUEST_ADVISE] = "request_advise",
	[PERM_REQUEST_IMPORT] = "request_import",
	[PERM_REQUEST_ASSIGN] = "request_assign",
	[PERM_DISPUTE_WRITE] = "dispute_write",
	[PERM_SITE_READ] = "site_read",
	[PERM_STATISTICS_WRITE] = "statistics_write",
	[PERM_REPORT_WRITE] = "report_write",
	[PERM_REPORT_APPROVE] = "report_approve",
	[PERM_REPORT_PUBLISH] = "report_publish",
	[PERM_CALENDAR_WRITE] = "calendar_write",
	[PERM_UNIT_WRITE] = "unit_write",
	[PERM_ACCOUNT_WRITE] = "account_write",
	[PERM_LEDGER_READ] = "ledger_read",
	[PERM_SUPERVISE] = "supervise",
};

#define STAFF (PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN))

const struct role account_roles[] = {
	{ "public", STR_INIT("公众"), PERM_BIT(PERM_PUBLIC) },
	{ "clerk", STR_INIT("经办人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_WRITE) |
		  PERM_BIT(PERM_REQUEST_ASSIGN) | PERM_BIT(PERM_REQUEST_IMPORT) |
		  PERM_BIT(PERM_DISPUTE_WRITE) | PERM_BIT(PERM_STATISTICS_WRITE) |
		  PERM_BIT(PERM_REPORT_WRITE) },
	{ "reviewer", STR_INIT("审核人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_DECIDE) |
		  PERM_BIT(PERM_REQUEST_ASSIGN) | PERM_BIT(PERM_REPORT_WRITE) |
		  PERM_BIT(PERM_REPORT_APPROVE) },
	{ "adviser", STR_INIT("法律顾问"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_ADVISE) },
	{ "signer", STR_INIT("签发人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_DECIDE) |
		  PERM_BIT(PERM_REPORT_APPROVE) },
	{ "supervisor", STR_INIT("主管部门监督员"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_SITE_READ) |
		  PERM_BIT(PERM_SUPERVISE) | PERM_BIT(PERM_REPORT_WRITE) |
		  PERM_BIT(PERM_REPORT_PUBLISH) | PERM_BIT(PERM_STATISTICS_WRITE) |
		  PERM_BIT(PERM_CALENDAR_WRITE) },
	{ "auditor", STR_INIT("审计员"),
	  STAFF | PERM_BIT(PERM_SITE_READ) | PERM_BIT(PERM_LEDGER_READ) },
	{ "sysadmin", STR_INIT("系统管理员"),
	  STAFF | PERM_BIT(PERM_UNIT_WRITE) | PERM_BIT(PERM_CALENDAR_WRITE) },
	{ "secadmin", STR_INIT("安全管理员"), STAFF | PERM_BIT(PERM_ACCOUNT_WRITE) },
};
const size_t account_roles_count = COUNT_OF(account_roles);

const struct role *role_find(struct str code)
{
	for (size_t i = 0; i < COUNT_OF(account_roles); i++)
		if (str_equal_c(code, account_roles[i].code))
			return &account_roles[i];
	return NULL;
}

const char *permission_name(unsigned permission)
{
	return permission < PERM_COUNT ? names[permission] : "unknown";
}
