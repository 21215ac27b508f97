/*
 * apply_pages.c - the routes of the citizen's side. Fields of the steps are taken as they come
 * and judged after they were saved; only what is far too long is refused at the door.
 */
#include "apply/apply_pages.h"

#include "account/permission.h"
#include "apply/apply_view.h"
#include "base/limits.h"

#define TEXT(n, l, m) { .name = n, .label = l, .kind = FIELD_TEXT, .max = m }
#define FILE_FIELD { .name = "file", .label = "文件", .kind = FIELD_FILE, .max = LIMIT_UPLOAD }
#define FROM TEXT("from", "来自", 10)
#define STEP(segment, form, summary)                                                    \
	{ METHOD_GET, "/request/" segment, PERM_PUBLIC, apply_step_page, from_query, NULL, NULL, \
	  0, "填写申请：" summary },                                                       \
	{ METHOD_POST, "/request/" segment, PERM_PUBLIC, apply_step_post, NULL, form, NULL, 0, \
	  "保存：" summary }

static const struct field from_query[] = { FROM, FIELD_END };
static const struct field empty_form[] = { TEXT("act", "操作", 20), FIELD_END };
static const struct field ask_form[] = {
	TEXT("unit", "受理单位", 60),
	{ .name = "content", .label = "所需政府信息的内容描述", .kind = FIELD_LINES, .max = 60000 },
	FROM, FIELD_END
};
static const struct field who_form[] = { TEXT("class", "申请人类别", 60), FROM, FIELD_END };
static const struct field identity_form[] = { TEXT("name", "姓名或者名称", 1000),
					      TEXT("document", "身份证明", 60),
					      TEXT("document_no", "证件号码", 200), FROM, FIELD_END };
static const struct field contact_form[] = {
	TEXT("contact_person", "联系人", 400), TEXT("phone", "电话", 200),
	TEXT("email", "电子邮箱", 400),	       TEXT("address", "通信地址", 2000),
	TEXT("postcode", "邮政编码", 60),      FROM, FIELD_END
};
static const struct field agent_form[] = { TEXT("agent_name", "代理人姓名", 1000),
					   TEXT("agent_document_no", "代理人公民身份号码", 200),
					   FROM, FIELD_END };
static const struct field receive_form[] = { TEXT("form", "形式", 60), TEXT("way", "方式", 60),
					     FROM, FIELD_END };
static const struct field add_form[] = { TEXT("purpose", "用途", 40), TEXT("act", "操作", 20),
					 FILE_FIELD, FIELD_END };
static const struct field remove_form[] = {
	{ .name = "id", .label = "附件", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field number_query[] = { TEXT("number", "登记编号", 200), FIELD_END };
/* kept: what was typed when the session had ended. */
static const struct field enter_form[] = {
	TEXT("number", "登记编号", 200), TEXT("code", "查询码", 200),
	TEXT("kept_for", "用途", 20),	 TEXT("kept_ground", "事项", 40),
	{ .name = "kept", .label = "刚才填写的内容", .kind = FIELD_LINES, .max = 60000 },
	FIELD_END
};
#define FILE_NAMED(n) { .name = n, .label = "文件", .kind = FIELD_FILE, .max = LIMIT_UPLOAD }
static const struct field answer_form[] = {
	{ .name = "text", .label = "内容", .kind = FIELD_LINES, .max = 60000 },
	FILE_NAMED("file"), FILE_NAMED("file2"), FILE_NAMED("file3"), FIELD_END
};
static const struct field suggest_form[] = {
	{ .name = "text", .label = "建议的理由", .kind = FIELD_LINES, .max = 60000 }, FIELD_END
};
static const struct field complain_form[] = {
	{ .name = "ground", .label = "投诉的事项", .kind = FIELD_TEXT, .required = true, .max = 40 },
	{ .name = "text", .label = "具体内容", .kind = FIELD_LINES, .required = true, .max = 60000 },
	FIELD_END
};
static const struct field desk_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field decide_form[] = {
	{ .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = INT64_MAX },
	TEXT("finding", "处理结果", 40),
	{ .name = "answer", .label = "给申请人的答复", .kind = FIELD_LINES, .max = 60000 },
	FIELD_END
};
static const struct field code_form[] = {
	{ .name = "reason", .label = "核对身份的方式", .kind = FIELD_TEXT, .required = true, .max = 400 },
	FIELD_END
};
static const char *const confirm_codes[] = { "sending", "hand", NULL };
static const struct field setting_form[] = {
	{ .name = "draft_days", .label = "保存期限", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = APPLY_DRAFT_DAYS_MAX },
	{ .name = "opens", .label = "工作时间开始", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = 23 },
	{ .name = "closes", .label = "工作时间结束", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = 24 },
	{ .name = "confirm", .label = "收到申请之日的确认", .kind = FIELD_CHOICE, .required = true,
	  .choices = confirm_codes },
	FIELD_END
};
#define DESK(segment, see, decide, what)                                                           \
	{ METHOD_GET, "/desk/" segment, see, desk_follows_page, .query = desk_query,               \
	  .summary = what "：待处理和已处理" },                                                    \
	{ METHOD_GET, "/desk/" segment ".json", see, desk_follows_json, .query = desk_query,       \
	  .flags = ROUTE_API, .summary = what "列表（机器可读）" },                                \
	LIST_FILES("/desk/" segment, see, desk_follows_file, desk_query, what "列表"),             \
	{ METHOD_GET, "/desk/" segment "/:id", see, desk_follow_page, .summary = "一件" what },    \
	{ METHOD_GET, "/desk/" segment "/:id.json", see, desk_follow_json, .flags = ROUTE_API,     \
	  .summary = "一件" what "（机器可读）" },                                                 \
	{                                                                                          \
		METHOD_POST, "/desk/" segment "/:id", decide, desk_follow_post,                    \
			.form = decide_form, .summary = "处理一件" what                            \
	}

const struct route apply_routes[] = {
	{ METHOD_GET, "/request", PERM_PUBLIC, apply_start_page, .summary = "提出政府信息公开申请" },
	{ METHOD_GET, "/request.json", PERM_PUBLIC, apply_start_json, .summary = "可以受理申请的单位" },
	{ METHOD_POST, "/request", PERM_PUBLIC, apply_begin_post, .form = empty_form,
	  .flags = ROUTE_COSTLY, .summary = "开始或继续填写申请" },
	STEP("ask", ask_form, "所需信息"),
	STEP("who", who_form, "申请人类别"),
	STEP("identity", identity_form, "申请人"),
	STEP("contact", contact_form, "联系方式"),
	STEP("agent", agent_form, "代理人"),
	STEP("receive", receive_form, "形式和方式"),
	STEP("files", empty_form, "附件"),
	{ METHOD_POST, "/request/files/add", PERM_PUBLIC, apply_file_post, .form = add_form,
	  .flags = ROUTE_UPLOAD, .summary = "上传申请的附件" },
	{ METHOD_POST, "/request/files/remove", PERM_PUBLIC, apply_file_remove_post,
	  .form = remove_form, .summary = "删除申请的附件" },
	{ METHOD_GET, "/request/check", PERM_PUBLIC, apply_check_page, .summary = "核对申请" },
	{ METHOD_GET, "/request/check.json", PERM_PUBLIC, apply_check_json,
	  .summary = "正在填写的申请" },
	/* The check page: where a form that could not be sent now is shown again. */
	{ METHOD_GET, "/request/send", PERM_PUBLIC, apply_check_page, .summary = "核对申请：提交" },
	{ METHOD_POST, "/request/send", PERM_PUBLIC, apply_send_post, .form = empty_form,
	  .flags = ROUTE_COSTLY, .summary = "提交申请" },
	{ METHOD_POST, "/request/forget", PERM_PUBLIC, apply_forget_post, .form = empty_form,
	  .summary = "删除填写的内容" },
	{ METHOD_GET, "/request/receipt", PERM_PUBLIC, apply_receipt_page, .summary = "登记回执" },
	{ METHOD_GET, "/request/receipt.pdf", PERM_PUBLIC, apply_receipt_pdf, .flags = ROUTE_SLOW,
	  .summary = "登记回执（PDF）" },
	{ METHOD_GET, "/request/progress", PERM_PUBLIC, apply_progress_page, .query = number_query,
	  .summary = "查询办理进度" },
	{ METHOD_GET, "/request/progress.json", PERM_PUBLIC, apply_progress_json,
	  .summary = "办理进度" },
	{ METHOD_POST, "/request/progress", PERM_PUBLIC, apply_enter_post, .form = enter_form,
	  .summary = "用登记编号和查询码查询" },
	{ METHOD_POST, "/request/progress/leave", PERM_PUBLIC, apply_leave_post, .form = empty_form,
	  .summary = "退出查询" },
	/* The same page: where a form that was refused is shown again. */
	{ METHOD_GET, "/request/progress/correct", PERM_PUBLIC, apply_progress_page,
	  .summary = "办理进度：补正" },
	{ METHOD_GET, "/request/progress/explain", PERM_PUBLIC, apply_progress_page,
	  .summary = "办理进度：说明理由" },
	{ METHOD_POST, "/request/progress/correct", PERM_PUBLIC, apply_correct_post,
	  .form = answer_form, .flags = ROUTE_UPLOAD, .summary = "申请人提交补正" },
	{ METHOD_POST, "/request/progress/explain", PERM_PUBLIC, apply_explain_post,
	  .form = answer_form, .flags = ROUTE_UPLOAD, .summary = "申请人说明理由" },
	{ METHOD_GET, "/request/progress/withdraw", PERM_PUBLIC, apply_withdraw_page,
	  .summary = "撤回申请：确认" },
	{ METHOD_POST, "/request/progress/withdraw", PERM_PUBLIC, apply_withdraw_post,
	  .form = empty_form, .summary = "申请人撤回申请" },
	{ METHOD_GET, "/request/progress/receipt", PERM_PUBLIC, apply_own_receipt_page,
	  .summary = "登记回执，供打印" },
	{ METHOD_GET, "/request/progress/receipt.pdf", PERM_PUBLIC, apply_own_receipt_pdf,
	  .flags = ROUTE_SLOW, .summary = "登记回执（PDF）" },
	{ METHOD_GET, "/request/progress/clock", PERM_PUBLIC, apply_clock_page,
	  .summary = "答复期限逐日计算，供打印" },
	{ METHOD_GET, "/request/progress/letters/:id", PERM_PUBLIC, apply_letter_page,
	  .summary = "已送达申请人的一件文书" },
	{ METHOD_GET, "/request/progress/letters/:id/letter.pdf", PERM_PUBLIC, apply_letter_pdf,
	  .flags = ROUTE_SLOW, .summary = "已送达申请人的一件文书（PDF）" },
	{ METHOD_GET, "/request/progress/suggest", PERM_PUBLIC, apply_follow_page,
	  .summary = "建议主动公开：填写" },
	{ METHOD_POST, "/request/progress/suggest", PERM_PUBLIC, apply_follow_post,
	  .form = suggest_form, .flags = ROUTE_COSTLY, .summary = "申请人建议把向其公开的信息纳入主动公开" },
	{ METHOD_GET, "/request/progress/complain", PERM_PUBLIC, apply_follow_page,
	  .summary = "投诉、举报：填写" },
	{ METHOD_POST, "/request/progress/complain", PERM_PUBLIC, apply_follow_post,
	  .form = complain_form, .flags = ROUTE_COSTLY, .summary = "申请人向主管部门投诉、举报" },
	{ METHOD_GET, "/request/progress/files/:id", PERM_PUBLIC, apply_file_get,
	  .summary = "申请人取附件" },
	DESK("suggestions", PERM_REQUEST_READ, PERM_REQUEST_DECIDE, "主动公开的建议"),
	DESK("complaints", PERM_SUPERVISE, PERM_SUPERVISE, "投诉举报"),
	{ METHOD_GET, "/desk/requests/:id/code", PERM_REQUEST_WRITE, desk_code_page,
	  .summary = "发放查询码：填写" },
	{ METHOD_POST, "/desk/requests/:id/code", PERM_REQUEST_WRITE, desk_code_post,
	  .form = code_form, .summary = "向到场的申请人发放查询码" },
	{ METHOD_GET, "/desk/apply-settings", PERM_SUPERVISE, apply_setting_page,
	  .summary = "网上申请设置：填写" },
	{ METHOD_POST, "/desk/apply-settings", PERM_SUPERVISE, apply_setting_post,
	  .form = setting_form, .summary = "网上申请设置" },
	ROUTE_END
};
