/* reply_pages.c - the routes of replies. */
#include "reply/reply_pages.h"

#include "reply/reply_view.h"

#define SEEN                                                                              \
	{                                                                                 \
		.name = "version", .label = "版本", .kind = FIELD_INT, .required = true,  \
		.low = 1, .high = INT64_MAX                                               \
	}

static const struct field test_query[] = {
	{ .name = "test", .label = "判断", .kind = FIELD_CODE, .max = 40 }, FIELD_END
};

#define BASE "/desk/requests/:id/reply"
#define WRITE PERM_REQUEST_WRITE
#define DECIDE PERM_REQUEST_DECIDE
#define FORM(segment, who, row, text)                                                       \
	{ METHOD_GET, BASE "/" segment, who, reply_form_page, .summary = text "：填写" },   \
	{                                                                                   \
		METHOD_POST, BASE "/" segment, who, reply_form_post, .form = row,           \
			.summary = text                                                     \
	}

#define UPLOAD(segment, who, row, text)                                                     \
	{ METHOD_GET, BASE "/" segment, who, reply_form_page, .summary = text "：填写" },   \
	{                                                                                   \
		METHOD_POST, BASE "/" segment, who, reply_form_post, .form = row,           \
			.flags = ROUTE_UPLOAD, .summary = text                              \
	}

static const struct field unenclose_form[] = {
	{ .name = "enclosure", .label = "附件", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = INT64_MAX },
	SEEN, FIELD_END
};
static const struct field seen_form[] = { SEEN, FIELD_END };
static const struct field nothing_form[] = { FIELD_END };
static const struct field unredact_form[] = {
	{ .name = "redaction", .label = "遮盖", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = INT64_MAX },
	SEEN, FIELD_END
};
static const struct field setting_form[] = {
	{ .name = "review", .label = "第二人审核", .kind = FIELD_BOOL },
	{ .name = "advice", .label = "法律顾问出具意见", .kind = FIELD_BOOL },
	{ .name = "sign_off", .label = "审核人以外的人签发", .kind = FIELD_BOOL },
	{ .name = "years", .label = "保管期限（年）", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = 100 },
	{ .name = "missing_is_part", .label = "有的公开、有的不存在的，计“部分公开”", .kind = FIELD_BOOL },
	FIELD_END
};

const struct route reply_routes[] = {
	{ METHOD_GET, BASE, PERM_REQUEST_READ, reply_page, .summary = "一件申请的答复" },
	{ METHOD_GET, BASE ".json", PERM_REQUEST_READ, reply_json, .flags = ROUTE_API,
	  .summary = "一件申请的答复（机器可读）" },
	{ METHOD_GET, BASE "/letter.pdf", PERM_REQUEST_READ, reply_letter_pdf, .flags = ROUTE_SLOW,
	  .summary = "答复文书（PDF）" },
	{ METHOD_GET, BASE "/dossier.zip", PERM_REQUEST_READ, reply_dossier_zip,
	  .flags = ROUTE_SLOW, .summary = "卷宗：目录、文书和记录（ZIP）" },
	{ METHOD_POST, BASE "/open", WRITE, reply_open_post, .form = nothing_form,
	  .summary = "开始拟稿" },
	{ METHOD_POST, BASE "/submit", WRITE, reply_submit_post, .form = seen_form,
	  .summary = "送审" },
	FORM("items/new", WRITE, reply_fields_asked, "增加一项"),
	{ METHOD_GET, BASE "/items/:item/test", WRITE, reply_form_page, .query = test_query,
	  .summary = "逐项判断：填写" },
	{ METHOD_POST, BASE "/items/:item/test", WRITE, reply_form_post, .form = reply_fields_test,
	  .summary = "逐项判断" },
	FORM("items/:item/decide", WRITE, reply_fields_decide, "选定处理结果"),
	FORM("items/:item/asked", WRITE, reply_fields_asked, "改写这一项"),
	FORM("items/:item/redact", WRITE, reply_fields_redact, "登记遮盖"),
	{ METHOD_GET, BASE "/items/:item/facts", WRITE, reply_facts_page,
	  .summary = "填写要素：填写" },
	{ METHOD_POST, BASE "/items/:item/facts", WRITE, reply_facts_post, .form = reply_facts_form,
	  .summary = "填写要素" },
	{ METHOD_POST, BASE "/items/:item/remove", WRITE, reply_remove_post, .form = seen_form,
	  .summary = "删去一项" },
	{ METHOD_POST, BASE "/items/:item/unredact", WRITE, reply_unredact_post,
	  .form = unredact_form, .summary = "取消遮盖" },
	UPLOAD("enclosures", WRITE, reply_fields_enclose, "随答复提供的文件"),
	{ METHOD_POST, BASE "/enclosures/remove", WRITE, reply_unenclose_post,
	  .form = unenclose_form, .summary = "取消附件" },
	{ METHOD_GET, BASE "/files/:file", PERM_REQUEST_READ, reply_file_download,
	  .summary = "随答复提供的文件、送达凭证：下载" },
	FORM("pick", WRITE, reply_fields_pick, "选定主要理由"),
	FORM("letter", WRITE, reply_fields_letter, "起草文书"),
	FORM("recall", WRITE, reply_fields_reason, "撤回修改"),
	FORM("drop", WRITE, reply_fields_reason, "作废答复稿"),
	FORM("review", DECIDE, reply_fields_review, "审核答复"),
	FORM("advise", PERM_REQUEST_ADVISE, reply_fields_advise, "出具法律意见"),
	FORM("return", DECIDE, reply_fields_return, "退回答复稿"),
	FORM("sign", DECIDE, reply_fields_sign, "签发答复"),
	FORM("again", WRITE, reply_fields_again, "重新答复"),
	UPLOAD("serve", WRITE, reply_fields_serve, "登记送达"),
	UPLOAD("services/:service/prove", WRITE, reply_fields_prove, "补记签收"),
	FORM("services/:service/failed", WRITE, reply_fields_failed, "登记未能送达"),
	FORM("close", DECIDE, reply_fields_close, "终止办理"),
	FORM("file", WRITE, reply_fields_file, "归档"),
	{ METHOD_GET, "/desk/replies", PERM_REQUEST_READ, reply_queue_page,
	  .query = reply_queue_query, .summary = "等待审核、法律意见和签发的答复" },
	{ METHOD_GET, "/desk/replies.json", PERM_REQUEST_READ, reply_queue_json,
	  .query = reply_queue_query, .flags = ROUTE_API,
	  .summary = "等待审核、法律意见和签发的答复（机器可读）" },
	LIST_FILES("/desk/replies", PERM_REQUEST_READ, reply_queue_file, reply_queue_query,
		   "在办的答复"),
	{ METHOD_GET, "/desk/reply-settings", PERM_UNIT_WRITE, reply_settings_page,
	  .summary = "各单位的答复环节" },
	{ METHOD_GET, "/desk/reply-settings/:unit", PERM_UNIT_WRITE, reply_setting_page,
	  .summary = "一个单位的答复环节：填写" },
	{ METHOD_POST, "/desk/reply-settings/:unit", PERM_UNIT_WRITE, reply_setting_post,
	  .form = setting_form, .summary = "设定一个单位的答复环节" },
	ROUTE_END
};
