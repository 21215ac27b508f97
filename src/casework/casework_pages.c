/*
 * casework_pages.c - the routes of the desk.
 */
#include "casework/casework_pages.h"

#include "casework/casework_view.h"

static const char *const channel_codes[] = {
	"in_person", "registered_mail", "ordinary_mail", "fax", "web", "email", "oral", NULL
};
static const char *const applicant_codes[] = { "natural_person",     "commercial_enterprise",
					       "research_institution", "public_welfare_org",
					       "legal_service_org",    "other_org",
					       NULL };


static const struct field intake_form[] = {
	{ .name = "channel", .label = "申请方式", .kind = FIELD_CHOICE, .required = true,
	  .choices = channel_codes },
	{ .name = "applicant", .label = "申请人类别", .kind = FIELD_CHOICE, .required = true,
	  .choices = applicant_codes },
	{ .name = "submitted_on", .label = "提交日期", .kind = FIELD_DATE, .required = true },
	{ .name = "confirmed_on", .label = "签收或确认日期", .kind = FIELD_DATE },
	{ .name = "content", .label = "申请内容", .kind = FIELD_LINES, .required = true, .max = 20000 },
	{ .name = "number", .label = "登记编号", .kind = FIELD_TEXT, .max = 100 },
	FIELD_END
};

const struct route casework_routes[] = {
	{ METHOD_GET, "/desk/requests", PERM_REQUEST_READ, register_page,
	  .query = register_query, .summary = "依申请公开：申请列表，可筛选" },
	{ METHOD_GET, "/desk/requests.json", PERM_REQUEST_READ, register_json,
	  .query = register_query, .flags = ROUTE_API, .summary = "申请列表（机器可读）" },
	{ METHOD_GET, "/desk/requests.csv", PERM_REQUEST_READ, register_csv,
	  .query = register_query, .flags = ROUTE_SLOW, .summary = "导出筛选出的申请（CSV）" },
	{ METHOD_GET, "/desk/requests.xlsx", PERM_REQUEST_READ, register_xlsx,
	  .query = register_query, .flags = ROUTE_SLOW, .summary = "导出筛选出的申请（XLSX）" },
	{ METHOD_GET, "/desk/requests/new", PERM_REQUEST_WRITE, intake_page,
	  .summary = "登记申请：填写" },
	{ METHOD_POST, "/desk/requests/new", PERM_REQUEST_WRITE, intake_post, .form = intake_form,
	  .summary = "登记申请" },
	{ METHOD_GET, "/desk/requests/:id", PERM_REQUEST_READ, case_page,
	  .summary = "一件申请：事实、期限、经过" },
	{ METHOD_GET, "/desk/requests/:id.json", PERM_REQUEST_READ, case_json,
	  .flags = ROUTE_API, .summary = "一件申请（机器可读）" },
	ROUTE_END
};
