/* answer_pages.c - the routes of answers told to all: searching before one asks, and the desk. */
#include "apply/answer_pages.h"

#include "account/permission.h"
#include "apply/answer_view.h"

#define VERSION { .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, \
		  .low = 1, .high = INT64_MAX }
#define TEXTS                                                                                    \
	{ .name = "title", .label = "信息的名称", .kind = FIELD_TEXT, .required = true,          \
	  .max = ANSWER_TITLE_BYTES },                                                           \
	{ .name = "answer", .label = "答复的内容", .kind = FIELD_LINES, .required = true,        \
	  .max = ANSWER_TEXT_BYTES },                                                            \
	{ .name = "place", .label = "获取的网址或者地点", .kind = FIELD_TEXT, .max = ANSWER_PLACE_BYTES }
#define REASON(of, text)                                                          \
	{ .name = of, .label = text, .kind = FIELD_LINES, .required = true,       \
	  .max = ANSWER_REASON_BYTES }

static const char *const source_codes[] = { "answer", "report", NULL };
static const struct field answers_query[] = {
	{ .name = "q", .label = "要找的信息", .kind = FIELD_TEXT, .max = 2000 }, LIST_PLACE_ID, FIELD_END
};
static const struct field answered_form[] = {
	{ .name = "source", .label = "种类", .kind = FIELD_CHOICE, .required = true, .choices = source_codes },
	{ .name = "ref", .label = "编号", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX },
	FIELD_END
};
static const struct field desk_query[] = { LIST_PLACE_ID, FIELD_END };
static const struct field new_form[] = { TEXTS, FIELD_END };
static const struct field edit_form[] = { VERSION, TEXTS, FIELD_END };
static const struct field publish_form[] = { VERSION, REASON("review", "审核意见"), FIELD_END };
static const struct field withdraw_form[] = { REASON("reason", "撤下的理由"), FIELD_END };

const struct route answer_routes[] = {
	{ METHOD_GET, "/request/before", PERM_PUBLIC, before_page,
	  .summary = "提出申请之前：已经公开的相近内容" },
	{ METHOD_GET, "/request/before.json", PERM_PUBLIC, before_json,
	  .summary = "与所写内容相近的已公开内容（机器可读）" },
	{ METHOD_POST, "/request/answered", PERM_PUBLIC, answered_post, .form = answered_form,
	  .flags = ROUTE_COSTLY, .summary = "已公开的内容回答了问题，不必申请" },
	{ METHOD_GET, "/answers", PERM_PUBLIC, answers_page, .query = answers_query,
	  .summary = "向社会公开的答复，可以检索" },
	{ METHOD_GET, "/answers.json", PERM_PUBLIC, answers_json, .query = answers_query,
	  .summary = "向社会公开的答复（机器可读）" },
	{ METHOD_GET, "/answers/:id", PERM_PUBLIC, answer_page, .summary = "一件向社会公开的答复" },
	{ METHOD_GET, "/answers/:id.json", PERM_PUBLIC, answer_json,
	  .summary = "一件向社会公开的答复（机器可读）" },

	{ METHOD_GET, "/desk/answers", PERM_REQUEST_READ, desk_answers_page, .query = desk_query,
	  .summary = "向社会公开的答复：待审核、已公开、已撤下" },
	{ METHOD_GET, "/desk/answers.json", PERM_REQUEST_READ, desk_answers_json,
	  .query = desk_query, .flags = ROUTE_API, .summary = "向社会公开的答复列表（机器可读）" },
	LIST_FILES("/desk/answers", PERM_REQUEST_READ, desk_answers_file, desk_query,
		   "向社会公开的答复列表"),
	{ METHOD_GET, "/desk/answers/:id", PERM_REQUEST_READ, desk_answer_page,
	  .summary = "一件拟公开的答复：审核、修改、撤下" },
	{ METHOD_GET, "/desk/answers/:id.json", PERM_REQUEST_READ, desk_answer_json,
	  .flags = ROUTE_API, .summary = "一件拟公开的答复（机器可读）" },
	{ METHOD_GET, "/desk/answers/:id/edit", PERM_REQUEST_WRITE, desk_answer_page,
	  .summary = "修改拟公开的答复：填写" },
	{ METHOD_POST, "/desk/answers/:id/edit", PERM_REQUEST_WRITE, desk_answer_edit_post,
	  .form = edit_form, .summary = "修改拟公开的答复" },
	{ METHOD_GET, "/desk/answers/:id/publish", PERM_REQUEST_DECIDE, desk_answer_page,
	  .summary = "审核拟公开的答复：填写" },
	{ METHOD_POST, "/desk/answers/:id/publish", PERM_REQUEST_DECIDE, desk_answer_publish_post,
	  .form = publish_form, .summary = "审核并公开一件答复" },
	{ METHOD_GET, "/desk/answers/:id/withdraw", PERM_REQUEST_DECIDE, desk_answer_page,
	  .summary = "撤下公开的答复：填写" },
	{ METHOD_POST, "/desk/answers/:id/withdraw", PERM_REQUEST_DECIDE, desk_answer_withdraw_post,
	  .form = withdraw_form, .summary = "撤下一件公开的答复" },
	{ METHOD_GET, "/desk/requests/:id/make-public", PERM_REQUEST_WRITE, desk_answer_new_page,
	  .summary = "把答复向社会公开：填写" },
	{ METHOD_POST, "/desk/requests/:id/make-public", PERM_REQUEST_WRITE, desk_answer_new_post,
	  .form = new_form, .summary = "拟写向社会公开的答复" },
	ROUTE_END
};
