/*
 * permission.c - the roles of Art. 4's 工作机构 and of the graded protection scheme
 * (等保: system, security and audit administration are never one person).
 */
#include "account/permission.h"

#include "base/buf.h"

static const struct { const char *name; struct str label; } rows[PERM_COUNT] = {
	[PERM_NONE] = { "none", STR_INIT("无") },
	[PERM_PUBLIC] = { "public", STR_INIT("公开内容") },
	[PERM_SIGNED_IN] = { "signed_in", STR_INIT("登录") },
	[PERM_REQUEST_READ] = { "request_read", STR_INIT("查看本单位的申请") },
	[PERM_REQUEST_WRITE] = { "request_write", STR_INIT("登记、办理本单位的申请") },
	[PERM_REQUEST_DECIDE] = { "request_decide", STR_INIT("审核、签发答复") },
	[PERM_REQUEST_ADVISE] = { "request_advise", STR_INIT("出具法律顾问意见") },
	[PERM_REQUEST_IMPORT] = { "request_import", STR_INIT("导入申请台账") },
	[PERM_REQUEST_ASSIGN] = { "request_assign", STR_INIT("分办、交接申请") },
	[PERM_DISPUTE_WRITE] = { "dispute_write", STR_INIT("登记复议、诉讼") },
	[PERM_SITE_READ] = { "site_read", STR_INIT("查看全部单位") },
	[PERM_STATISTICS_WRITE] = { "statistics_write", STR_INIT("填报主动公开统计") },
	[PERM_REPORT_WRITE] = { "report_write", STR_INIT("起草年度报告") },
	[PERM_REPORT_APPROVE] = { "report_approve", STR_INIT("审定年度报告") },
	[PERM_REPORT_PUBLISH] = { "report_publish", STR_INIT("发布年度报告") },
	[PERM_CALENDAR_WRITE] = { "calendar_write", STR_INIT("载入日历") },
	[PERM_UNIT_WRITE] = { "unit_write", STR_INIT("管理单位") },
	[PERM_ACCOUNT_WRITE] = { "account_write", STR_INIT("管理账号") },
	[PERM_LEDGER_READ] = { "ledger_read", STR_INIT("查看操作记录") },
	[PERM_SUPERVISE] = { "supervise", STR_INIT("督办各单位") },
	[PERM_IDENTITY_LOOK] = { "identity_look", STR_INIT("说明理由后查看申请人信息") },
};

#define STAFF (PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN))

const struct role account_roles[] = {
	{ "public", STR_INIT("公众"), PERM_BIT(PERM_PUBLIC) },
	{ "clerk", STR_INIT("经办人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_WRITE) |
		  PERM_BIT(PERM_REQUEST_ASSIGN) | PERM_BIT(PERM_REQUEST_IMPORT) |
		  PERM_BIT(PERM_IDENTITY_LOOK) |
		  PERM_BIT(PERM_DISPUTE_WRITE) | PERM_BIT(PERM_STATISTICS_WRITE) |
		  PERM_BIT(PERM_REPORT_WRITE) },
	{ "reviewer", STR_INIT("审核人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_DECIDE) |
		  PERM_BIT(PERM_REQUEST_ASSIGN) | PERM_BIT(PERM_REPORT_WRITE) |
		  PERM_BIT(PERM_REPORT_APPROVE) | PERM_BIT(PERM_IDENTITY_LOOK) },
	{ "adviser", STR_INIT("法律顾问"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_ADVISE) },
	{ "signer", STR_INIT("签发人"),
	  STAFF | PERM_BIT(PERM_REQUEST_READ) | PERM_BIT(PERM_REQUEST_DECIDE) |
		  PERM_BIT(PERM_REPORT_APPROVE) | PERM_BIT(PERM_IDENTITY_LOOK) },
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
	return permission < PERM_COUNT ? rows[permission].name : "unknown";
}

struct str permission_label(unsigned permission)
{
	return permission < PERM_COUNT ? rows[permission].label : STR_NONE;
}

struct str permission_set_text(struct arena *a, uint64_t set)
{
	struct buf b = buf_open(a, 128, 4096);

	for (unsigned p = 1; p < PERM_COUNT; p++)
		if ((set & PERM_BIT(p)) != 0) {
			buf_add_c(&b, b.len > 0 ? " " : "");
			buf_add_c(&b, rows[p].name);
		}
	return buf_str(&b);
}

uint64_t permission_set_from(struct str text)
{
	struct str rest = text, name;
	uint64_t set = 0;

	while (rest.len > 0 && str_split_next(&rest, ' ', &name))
		for (unsigned p = 1; p < PERM_COUNT; p++)
			if (str_equal_c(name, rows[p].name))
				set |= PERM_BIT(p);
	return set;
}
