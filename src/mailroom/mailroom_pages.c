/* mailroom_pages.c - the routes of the mailroom. */
#include "mailroom/mailroom_pages.h"

#include "account/permission.h"
#include "mailroom/mailroom_view.h"

static const char *const mail_lists[] = { "pen", "assigned", "report", "discarded", NULL };
static const char *const notice_lists[] = { "waiting", "sent",	   "refused",
					    "bounced", "given_up", NULL };

#define REASON_FIELD(must)                                                                      \
	{                                                                                       \
		.name = "reason", .label = "理由", .kind = FIELD_TEXT, .required = must, .max = 1000 \
	}

static const struct field mail_query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = mail_lists },
	LIST_PLACE_ID,
	FIELD_END
};
static const struct field notice_query[] = {
	{ .name = "list", .label = "列表", .kind = FIELD_CHOICE, .choices = notice_lists },
	LIST_PLACE_ID,
	FIELD_END
};
static const struct field assign_form[] = {
	{ .name = "number", .label = "登记编号", .kind = FIELD_TEXT, .required = true, .max = 60 },
	REASON_FIELD(false),
	FIELD_END
};
static const struct field discard_form[] = { REASON_FIELD(true), FIELD_END };
static const struct field forward_form[] = {
	{ .name = "unit", .label = "转给", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	REASON_FIELD(false),
	FIELD_END
};
static const char *const digest_codes[] = { "none", "needed", "daily", NULL };
static const char *const scope_codes[] = { "mine", "unit", "site", NULL };
static const struct field told_form[] = {
	{ .name = "email", .label = "工作邮箱", .kind = FIELD_TEXT, .max = 254 },
	{ .name = "digest", .label = "每日提醒", .kind = FIELD_CHOICE, .required = true,
	  .choices = digest_codes },
	FIELD_END
};
static const struct field feed_form[] = {
	{ .name = "scope", .label = "日历中列出", .kind = FIELD_CHOICE, .required = true,
	  .choices = scope_codes },
	FIELD_END
};
static const struct field no_form[] = { FIELD_END };

const struct route mailroom_routes[] = {
	{ METHOD_GET, "/desk/mail", PERM_REQUEST_READ, mail_list_page, .query = mail_query,
	  .summary = "来信：待处理、已归入申请、投递报告、不作处理" },
	{ METHOD_GET, "/desk/mail.json", PERM_REQUEST_READ, mail_list_json, .query = mail_query,
	  .flags = ROUTE_API, .summary = "来信（机器可读）" },
	LIST_FILES("/desk/mail", PERM_REQUEST_READ, mail_list_file, mail_query, "来信列表"),
	{ METHOD_GET, "/desk/mail/:id", PERM_REQUEST_READ, mail_page, .summary = "一封来信" },
	{ METHOD_GET, "/desk/mail/:id.json", PERM_REQUEST_READ, mail_json, .flags = ROUTE_API,
	  .summary = "一封来信（机器可读）" },
	{ METHOD_POST, "/desk/mail/:id/files/:file", PERM_REQUEST_READ, mail_file_post,
	  .form = no_form, .summary = "下载来信的附件，留下记录" },
	{ METHOD_GET, "/desk/mail/:id/assign", PERM_REQUEST_WRITE, mail_page,
	  .summary = "把来信归入一件申请：填写" },
	{ METHOD_POST, "/desk/mail/:id/assign", PERM_REQUEST_WRITE, mail_assign_post,
	  .form = assign_form, .summary = "把来信归入一件申请" },
	{ METHOD_GET, "/desk/mail/:id/discard", PERM_REQUEST_WRITE, mail_page,
	  .summary = "来信不作处理：填写" },
	{ METHOD_POST, "/desk/mail/:id/discard", PERM_REQUEST_WRITE, mail_discard_post,
	  .form = discard_form, .summary = "来信不作处理" },
	{ METHOD_GET, "/desk/mail/:id/forward", PERM_REQUEST_WRITE, mail_page,
	  .summary = "把来信转给其他单位：填写" },
	{ METHOD_POST, "/desk/mail/:id/forward", PERM_REQUEST_WRITE, mail_forward_post,
	  .form = forward_form, .summary = "把来信转给其他单位" },
	{ METHOD_GET, "/desk/notices", PERM_REQUEST_READ, notice_list_page, .query = notice_query,
	  .summary = "发出的邮件和短信" },
	{ METHOD_GET, "/desk/notices.json", PERM_REQUEST_READ, notice_list_json,
	  .query = notice_query, .flags = ROUTE_API, .summary = "发出的邮件和短信（机器可读）" },
	LIST_FILES("/desk/notices", PERM_REQUEST_READ, notice_list_file, notice_query, "通知列表"),
	{ METHOD_POST, "/desk/notices/:id/resend", PERM_REQUEST_WRITE, notice_resend_post,
	  .form = no_form, .summary = "重新发送一封失败的邮件或短信" },
	{ METHOD_GET, "/desk/told", PERM_REQUEST_READ, told_page,
	  .summary = "我的提醒：邮件和日历" },
	{ METHOD_GET, "/desk/told.json", PERM_REQUEST_READ, told_json, .flags = ROUTE_API,
	  .summary = "我的提醒（机器可读）" },
	{ METHOD_POST, "/desk/told", PERM_REQUEST_READ, told_post, .form = told_form,
	  .summary = "设置我的提醒" },
	{ METHOD_GET, "/desk/told/calendar", PERM_REQUEST_READ, told_page,
	  .summary = "期限日历：填写" },
	{ METHOD_POST, "/desk/told/calendar", PERM_REQUEST_READ, feed_open_post, .form = feed_form,
	  .summary = "开通期限日历，或者重新生成地址" },
	{ METHOD_POST, "/desk/told/calendar/close", PERM_REQUEST_READ, feed_close_post,
	  .form = no_form, .summary = "停用期限日历" },
	{ METHOD_GET, "/calendar/:token.ics", PERM_PUBLIC, feed_ics,
	  .flags = ROUTE_CACHED | ROUTE_API, .summary = "期限日历（iCalendar），凭专用地址" },
	ROUTE_END
};
