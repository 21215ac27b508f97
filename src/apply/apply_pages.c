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
#define STEP(segment, form, summary)                                                    \
	{ METHOD_GET, "/request/" segment, PERM_PUBLIC, apply_step_page, NULL, NULL, NULL, 0, \
	  "填写申请：" summary },                                                       \
	{ METHOD_POST, "/request/" segment, PERM_PUBLIC, apply_step_post, NULL, form, NULL, 0, \
	  "保存：" summary }

static const struct field empty_form[] = { TEXT("act", "操作", 20), FIELD_END };
static const struct field ask_form[] = {
	TEXT("unit", "受理单位", 60),
	{ .name = "content", .label = "所需政府信息的内容描述", .kind = FIELD_LINES, .max = 60000 },
	FIELD_END
};
static const struct field who_form[] = { TEXT("class", "申请人类别", 60), FIELD_END };
static const struct field identity_form[] = { TEXT("name", "姓名或者名称", 1000),
					      TEXT("document", "身份证明", 60),
					      TEXT("document_no", "证件号码", 200), FIELD_END };
static const struct field contact_form[] = {
	TEXT("contact_person", "联系人", 400), TEXT("phone", "电话", 200),
	TEXT("email", "电子邮箱", 400),	       TEXT("address", "通信地址", 2000),
	TEXT("postcode", "邮政编码", 60),      FIELD_END
};
static const struct field agent_form[] = { TEXT("agent_name", "代理人姓名", 1000),
					   TEXT("agent_document_no", "代理人公民身份号码", 200),
					   FIELD_END };
static const struct field receive_form[] = { TEXT("form", "形式", 60), TEXT("way", "方式", 60),
					     FIELD_END };
static const struct field add_form[] = { TEXT("purpose", "用途", 40), TEXT("act", "操作", 20),
					 FILE_FIELD, FIELD_END };
static const struct field remove_form[] = {
	{ .name = "id", .label = "附件", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field number_query[] = { TEXT("number", "登记编号", 200), FIELD_END };
static const struct field enter_form[] = { TEXT("number", "登记编号", 200),
					   TEXT("code", "查询码", 200), FIELD_END };
static const struct field answer_form[] = {
	{ .name = "text", .label = "内容", .kind = FIELD_LINES, .max = 60000 },
	FILE_FIELD, FIELD_END
};

const struct route apply_routes[] = {
	{ METHOD_GET, "/request", PERM_PUBLIC, apply_start_page, .summary = "提出政府信息公开申请" },
	{ METHOD_GET, "/request.json", PERM_PUBLIC, apply_start_json, .summary = "可以受理申请的单位" },
	{ METHOD_POST, "/request", PERM_PUBLIC, apply_begin_post, .form = empty_form,
	  .summary = "开始或继续填写申请" },
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
	{ METHOD_POST, "/request/send", PERM_PUBLIC, apply_send_post, .form = empty_form,
	  .summary = "提交申请" },
	{ METHOD_POST, "/request/forget", PERM_PUBLIC, apply_forget_post, .form = empty_form,
	  .summary = "删除填写的内容" },
	{ METHOD_GET, "/request/receipt", PERM_PUBLIC, apply_receipt_page, .summary = "登记回执" },
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
	{ METHOD_POST, "/request/progress/withdraw", PERM_PUBLIC, apply_withdraw_post,
	  .form = empty_form, .summary = "申请人撤回申请" },
	{ METHOD_GET, "/request/progress/files/:id", PERM_PUBLIC, apply_file_get,
	  .summary = "申请人取附件" },
	ROUTE_END
};
