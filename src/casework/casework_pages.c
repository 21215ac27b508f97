/*
 * casework_pages.c - the routes of the desk.
 */
#include "casework/casework_pages.h"

#include "base/limits.h"
#include "casework/batch_view.h"
#include "casework/board_view.h"
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
	{ .name = "file", .label = "申请原件", .kind = FIELD_FILE, .max = LIMIT_UPLOAD },
	{ .name = "name", .label = "姓名或者名称", .kind = FIELD_TEXT, .max = 200 },
	{ .name = "document", .label = "身份证明", .kind = FIELD_CODE, .max = 40 },
	{ .name = "document_no", .label = "证件号码", .kind = FIELD_TEXT, .max = 60 },
	{ .name = "phone", .label = "电话", .kind = FIELD_TEXT, .max = 60 },
	{ .name = "email", .label = "电子邮箱", .kind = FIELD_TEXT, .max = 200 },
	{ .name = "address", .label = "通信地址", .kind = FIELD_TEXT, .max = 400 },
	{ .name = "postcode", .label = "邮政编码", .kind = FIELD_TEXT, .max = 20 },
	{ .name = "contact_person", .label = "联系人", .kind = FIELD_TEXT, .max = 200 },
	{ .name = "agent_name", .label = "代理人", .kind = FIELD_TEXT, .max = 200 },
	{ .name = "agent_document_no", .label = "代理人身份证号码", .kind = FIELD_TEXT, .max = 60 },
	{ .name = "wanted_form", .label = "提供政府信息的形式", .kind = FIELD_CODE, .max = 40 },
	{ .name = "wanted_way", .label = "获取信息的方式", .kind = FIELD_CODE, .max = 40 },
	{ .name = "handler", .label = "承办人", .kind = FIELD_INT, .low = 0, .high = INT64_MAX },
	{ .name = "looked", .label = "已核对以前的申请", .kind = FIELD_BOOL },
	{ .name = "mail", .label = "来信", .kind = FIELD_INT, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field intake_query[] = {
	{ .name = "mail", .label = "来信", .kind = FIELD_INT, .low = 1, .high = INT64_MAX },
	FIELD_END
};

#define REASON { .name = "reason", .label = "理由", .kind = FIELD_LINES, .max = 1000 }
#define LONG_TEXT(of, text)                                                                   \
	{                                                                                     \
		.name = of, .label = text, .kind = FIELD_LINES, .required = true, .max = 8000 \
	}
#define DUE(text) { .name = "due_on", .label = text, .kind = FIELD_DATE, .required = true }
#define WHO(of, text, least)                                                                  \
	{                                                                                     \
		.name = of, .label = text, .kind = FIELD_INT, .required = true, .low = least, \
		.high = INT64_MAX                                                             \
	}

static const struct field seen_form[] = { WHO("version", "版本", 1), FIELD_END };
static const struct field nothing_form[] = { FIELD_END };
static const struct field assign_form[] = { WHO("to", "承办人", 1), REASON, FIELD_END };
static const struct field return_form[] = { REASON, FIELD_END };
static const struct field note_form[] = { LONG_TEXT("text", "内容"), FIELD_END };
static const struct field ask_form[] = {
	WHO("unit", "协办单位", 1),
	{ .name = "office", .label = "科室", .kind = FIELD_TEXT, .max = 200 },
	LONG_TEXT("question", "需要办理的事项"), DUE("要求反馈的日期"), FIELD_END
};
static const struct field order_form[] = { LONG_TEXT("text", "督办要求"), DUE("报送期限"), FIELD_END };
static const struct field order_new_form[] = {
	WHO("unit", "单位", 1), LONG_TEXT("text", "督办要求"), DUE("报送期限"), FIELD_END
};
static const struct field answer_form[] = { LONG_TEXT("answer", "内容"), FIELD_END };
#define TASK_FILE { .name = "file", .label = "文件", .kind = FIELD_FILE, .max = LIMIT_UPLOAD }
static const struct field task_answer_form[] = { LONG_TEXT("answer", "内容"), TASK_FILE, FIELD_END };
static const struct field task_file_form[] = { TASK_FILE, FIELD_END };
static const struct field back_form[] = {
	{ .name = "reason", .label = "退回的理由", .kind = FIELD_TEXT, .required = true, .max = 1000 },
	DUE("重新报送的期限"), FIELD_END
};
static const struct field withdraw_form[] = {
	{ .name = "reason", .label = "撤回的理由", .kind = FIELD_TEXT, .required = true, .max = 1000 },
	FIELD_END
};
static const struct field hand_over_form[] = { WHO("from", "谁的申请", 1), WHO("to", "交给", 0),
					       REASON, FIELD_END };
static const struct field cards_form[] = {
	{ .name = "yellow_days", .label = "黄牌", .kind = FIELD_INT, .required = true, .low = 1, .high = 200 },
	{ .name = "black_days", .label = "黑牌", .kind = FIELD_INT, .required = true, .low = 1, .high = 200 },
	FIELD_END
};
static const char *const hint_codes[] = { "published", "kept", NULL };
static const struct field hint_form[] = {
	WHO("topic", "最早的申请", 1),
	{ .name = "state", .label = "处理", .kind = FIELD_CHOICE, .required = true, .choices = hint_codes },
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true, .max = 1000 },
	FIELD_END
};
static const struct field place_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field board_query[] = {
	{ .name = "year", .label = "办结年份", .kind = FIELD_INT, .low = 2000, .high = 2199 },
	FIELD_END
};
/* A form on a page of its own: acts[] of act_pages.c has its row. */
#define ACT(segment, who, row, text)                                                               \
	{ METHOD_GET, "/desk/requests/:id/" segment, who, act_page, .summary = text "：填写" },    \
	{                                                                                          \
		METHOD_POST, "/desk/requests/:id/" segment, who, act_post, .form = row,            \
			.summary = text                                                            \
	}

const struct route casework_routes[] = {
	{ METHOD_GET, "/desk/requests", PERM_REQUEST_READ, register_page,
	  .query = register_query, .summary = "依申请公开：申请列表，可筛选" },
	{ METHOD_GET, "/desk/requests.json", PERM_REQUEST_READ, register_json,
	  .query = register_query, .flags = ROUTE_API, .summary = "申请列表（机器可读）" },
	LIST_FILES("/desk/requests", PERM_REQUEST_READ, register_file, register_query,
		   "筛选出的申请"),
	{ METHOD_GET, "/desk/filters", PERM_REQUEST_READ, filters_page, .query = filters_query,
	  .summary = "常用筛选：查看、保存" },
	{ METHOD_POST, "/desk/filters", PERM_REQUEST_READ, filter_post, .form = filter_form,
	  .summary = "保存一个筛选" },
	{ METHOD_POST, "/desk/filters/:id/delete", PERM_REQUEST_READ, filter_delete_post,
	  .form = nothing_form, .summary = "删除保存的筛选" },
	{ METHOD_GET, "/desk/requests/new", PERM_REQUEST_WRITE, intake_page,
	  .query = intake_query, .summary = "登记申请：填写" },
	{ METHOD_POST, "/desk/requests/new", PERM_REQUEST_WRITE, intake_post, .form = intake_form,
	  .flags = ROUTE_UPLOAD, .summary = "登记申请" },
	{ METHOD_GET, "/desk/requests/:id", PERM_REQUEST_READ, case_page,
	  .summary = "一件申请：事实、期限、经过" },
	{ METHOD_GET, "/desk/requests/:id.json", PERM_REQUEST_READ, case_json,
	  .flags = ROUTE_API, .summary = "一件申请（机器可读）" },
	{ METHOD_POST, "/desk/requests/:id/claim", PERM_REQUEST_WRITE, claim_post,
	  .form = seen_form, .summary = "认领一件申请" },
	ACT("assign", PERM_REQUEST_ASSIGN, assign_form, "转办一件申请"),
	ACT("return", PERM_REQUEST_ASSIGN, return_form, "退回待认领"),
	ACT("note", PERM_REQUEST_READ, note_form, "添加备注"),
	ACT("remind", PERM_REQUEST_READ, note_form, "催办一件申请"),
	ACT("ask", PERM_REQUEST_WRITE, ask_form, "交有关单位协办"),
	ACT("order", PERM_SUPERVISE, order_form, "督办一件申请"),
	{ METHOD_GET, "/desk/queue", PERM_REQUEST_READ, queue_page, .query = queue_query,
	  .summary = "待办申请：我的、待认领、预警、逾期" },
	{ METHOD_GET, "/desk/queue.json", PERM_REQUEST_READ, queue_json, .query = queue_query,
	  .flags = ROUTE_API, .summary = "待办申请（机器可读）" },
	LIST_FILES("/desk/queue", PERM_REQUEST_READ, queue_file, queue_query, "待办列表"),
	{ METHOD_GET, "/desk/batch", PERM_REQUEST_READ, batch_page, .query = batch_query,
	  .summary = "批量办理：选择和预览" },
	{ METHOD_GET, "/desk/batch/preview", PERM_REQUEST_READ, batch_page, .query = batch_query,
	  .summary = "批量办理：填写" },
	{ METHOD_POST, "/desk/batch/preview", PERM_REQUEST_READ, batch_page, .form = batch_form,
	  .flags = ROUTE_KEEPS_NOTHING, .summary = "批量办理：预览" },
	{ METHOD_POST, "/desk/batch", PERM_REQUEST_READ, batch_post, .form = batch_form,
	  .summary = "批量办理" },
	{ METHOD_GET, "/desk/batches/:id", PERM_REQUEST_READ, batch_done_page,
	  .summary = "批量办理的结果" },
	{ METHOD_GET, "/desk/batches/:id.json", PERM_REQUEST_READ, batch_done_json,
	  .flags = ROUTE_API, .summary = "批量办理的结果（机器可读）" },
	{ METHOD_GET, "/desk/board", PERM_SITE_READ, casework_board_page, .query = board_query,
	  .flags = ROUTE_SLOW, .summary = "各单位办理情况" },
	{ METHOD_GET, "/desk/board.json", PERM_SITE_READ, casework_board_json, .query = board_query,
	  .flags = ROUTE_API | ROUTE_SLOW, .summary = "各单位办理情况（机器可读）" },
	{ METHOD_GET, "/desk/hints", PERM_REQUEST_READ, hints_page, .query = place_query,
	  .summary = "多人申请的相同信息：可以主动公开" },
	LIST_FILES("/desk/hints", PERM_REQUEST_READ, hints_file, place_query, "多人申请的相同信息"),
	{ METHOD_POST, "/desk/hints", PERM_REQUEST_ASSIGN, hint_post, .form = hint_form,
	  .summary = "处理主动公开提示" },
	{ METHOD_GET, "/desk/workload", PERM_REQUEST_READ, workload_page,
	  .summary = "本单位各人承办情况" },
	{ METHOD_GET, "/desk/workload.json", PERM_REQUEST_READ, workload_json, .flags = ROUTE_API,
	  .summary = "本单位各人承办情况（机器可读）" },
	{ METHOD_POST, "/desk/workload", PERM_REQUEST_ASSIGN, hand_over_post,
	  .form = hand_over_form, .summary = "移交一个人的全部申请" },
	{ METHOD_GET, "/desk/tasks", PERM_REQUEST_READ, task_list_page, .query = place_query,
	  .summary = "请本单位协办的事项" },
	{ METHOD_GET, "/desk/tasks.json", PERM_REQUEST_READ, task_list_json, .query = place_query,
	  .flags = ROUTE_API, .summary = "请本单位协办的事项（机器可读）" },
	LIST_FILES("/desk/tasks", PERM_REQUEST_READ, task_list_file, place_query, "协办事项"),
	{ METHOD_GET, "/desk/tasks/:id", PERM_REQUEST_READ, task_page, .summary = "一件协办事项" },
	{ METHOD_POST, "/desk/tasks/:id", PERM_REQUEST_WRITE, task_answer_post,
	  .form = task_answer_form, .flags = ROUTE_UPLOAD, .summary = "反馈协办事项" },
	{ METHOD_POST, "/desk/tasks/:id/files", PERM_REQUEST_WRITE, task_file_post,
	  .form = task_file_form, .flags = ROUTE_UPLOAD, .summary = "上传协办事项的文件" },
	{ METHOD_GET, "/desk/tasks/:id/files/:file", PERM_REQUEST_READ, task_file_download,
	  .summary = "协办事项的文件：下载" },
	{ METHOD_POST, "/desk/tasks/:id/remind", PERM_REQUEST_WRITE, task_remind_post,
	  .form = nothing_form, .summary = "催办协办事项" },
	{ METHOD_POST, "/desk/tasks/:id/withdraw", PERM_REQUEST_WRITE, task_withdraw_post,
	  .form = withdraw_form, .summary = "撤回协办事项" },
	{ METHOD_GET, "/desk/orders", PERM_REQUEST_READ, order_list_page, .query = place_query,
	  .summary = "督办列表" },
	{ METHOD_GET, "/desk/orders.json", PERM_REQUEST_READ, order_list_json,
	  .query = place_query, .flags = ROUTE_API, .summary = "督办列表（机器可读）" },
	LIST_FILES("/desk/orders", PERM_REQUEST_READ, order_list_file, place_query, "督办列表"),
	{ METHOD_GET, "/desk/orders/new", PERM_SUPERVISE, order_new_page,
	  .summary = "督办一个单位：填写" },
	{ METHOD_POST, "/desk/orders/new", PERM_SUPERVISE, order_new_post, .form = order_new_form,
	  .summary = "督办一个单位" },
	{ METHOD_GET, "/desk/orders/:id", PERM_REQUEST_READ, order_page, .summary = "一件督办" },
	{ METHOD_POST, "/desk/orders/:id", PERM_REQUEST_ASSIGN, order_answer_post,
	  .form = answer_form, .summary = "报送督办办理情况" },
	{ METHOD_POST, "/desk/orders/:id/close", PERM_SUPERVISE, order_close_post,
	  .form = nothing_form, .summary = "督办办结" },
	{ METHOD_POST, "/desk/orders/:id/send-back", PERM_SUPERVISE, order_back_post,
	  .form = back_form, .summary = "退回督办办理情况" },
	{ METHOD_GET, "/desk/disputes/:id/bundle", PERM_DISPUTE_WRITE, bundle_page,
	  .summary = "生成证据卷宗：表单" },
	{ METHOD_POST, "/desk/disputes/:id/bundle", PERM_DISPUTE_WRITE, bundle_post,
	  .form = bundle_fields, .prepare = bundle_prepare, .summary = "生成并下载证据卷宗（ZIP）" },
	{ METHOD_GET, "/desk/cards", PERM_SUPERVISE, cards_page, .summary = "预警设置：填写" },
	{ METHOD_POST, "/desk/cards", PERM_SUPERVISE, cards_post, .form = cards_form,
	  .summary = "预警设置" },
	ROUTE_END
};
