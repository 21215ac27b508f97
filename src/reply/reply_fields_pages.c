/* reply_fields_pages.c - the fields of every form of a reply. */
#include "reply/reply_view.h"

#define SEEN                                                                              \
	{                                                                                 \
		.name = "version", .label = "版本", .kind = FIELD_INT, .required = true,  \
		.low = 1, .high = INT64_MAX                                               \
	}
#define LINES(n, text, must) \
	{ .name = n, .label = text, .kind = FIELD_LINES, .required = must, .max = REPLY_TEXT_BYTES }
#define LINE(n, text, must) \
	{ .name = n, .label = text, .kind = FIELD_TEXT, .required = must, .max = 500 }
#define DAY(n, text, must) { .name = n, .label = text, .kind = FIELD_DATE, .required = must }
#define CODE(n, text) \
	{ .name = n, .label = text, .kind = FIELD_CODE, .required = true, .max = 40 }

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const verdicts[] = { "for", "against", NULL };
static const char *const ways[] = { "in_person", "post",      "email",	"web",
				    "fax",	 "entrusted", "notice", NULL };

const struct field reply_fields_test[] = {
	CODE("test", "判断"),
	{ .name = "answer", .label = "回答", .kind = FIELD_CHOICE, .required = true, .choices = yes_no },
	LINES("note", "依据或者说明", false), SEEN, FIELD_END
};
const struct field reply_fields_decide[] = { CODE("decision", "处理结果"),
					    LINES("reason", "理由", false), SEEN, FIELD_END };
const struct field reply_fields_asked[] = { LINES("asked", "申请公开的信息", true), SEEN, FIELD_END };
const struct field reply_fields_redact[] = {
	LINE("place", "位置", true), CODE("ground", "依据"),
	LINES("reason", "不予公开的理由", true), SEEN, FIELD_END
};
const struct field reply_fields_pick[] = {
	{ .name = "decision", .label = "主要理由", .kind = FIELD_CODE, .max = 40 },
	LINES("reason", "为什么", false), SEEN, FIELD_END
};
const struct field reply_fields_letter[] = {
	DAY("dated", "预定的成文日期", true), LINE("addressee", "受文者（申请人姓名或者名称）", false),
	{ .name = "online", .label = "以电子邮件或者网上领取的方式送达", .kind = FIELD_BOOL },
	{ .name = "keep", .label = "保留现有文书，已经核对过", .kind = FIELD_BOOL },
	SEEN, FIELD_END
};
const struct field reply_fields_reason[] = { LINES("reason", "理由", true), SEEN, FIELD_END };
const struct field reply_fields_review[] = {
	{ .name = "verdict", .label = "审核结论", .kind = FIELD_CHOICE, .required = true,
	  .choices = verdicts },
	LINES("remark", "审核意见", false), SEEN, FIELD_END
};
const struct field reply_fields_advise[] = {
	{ .name = "verdict", .label = "结论", .kind = FIELD_CHOICE, .required = true, .choices = verdicts },
	{ .name = "opinion", .label = "法律意见", .kind = FIELD_LINES, .required = true,
	  .max = REPLY_OPINION_BYTES },
	SEEN, FIELD_END
};
const struct field reply_fields_return[] = { LINES("remark", "退回意见", true), SEEN, FIELD_END };
const struct field reply_fields_sign[] = { DAY("on", "成文日期", true), LINES("reason", "说明", false),
					  SEEN, FIELD_END };
const struct field reply_fields_again[] = { LINES("cause", "重新答复的原因", true), SEEN, FIELD_END };
const struct field reply_fields_serve[] = {
	{ .name = "way", .label = "送达方式", .kind = FIELD_CHOICE, .required = true, .choices = ways },
	DAY("sent_on", "送出日期", true), LINE("tracking", "邮件号码", false),
	DAY("signed_on", "签收日期", false), LINE("addressee", "签收人", false),
	{ .name = "send", .label = "由本系统发送电子邮件", .kind = FIELD_BOOL },
	LINE("email", "收件邮箱", false),
	{ .name = "file", .label = "凭证", .kind = FIELD_FILE },
	{ .name = "failed", .label = "没有送达", .kind = FIELD_BOOL },
	{ .name = "note", .label = "说明", .kind = FIELD_LINES, .max = 2000 }, SEEN, FIELD_END
};
const struct field reply_fields_prove[] = { DAY("signed_on", "签收日期", true),
					   LINE("addressee", "签收人", false),
					   { .name = "file", .label = "凭证", .kind = FIELD_FILE },
					   SEEN, FIELD_END };
const struct field reply_fields_enclose[] = {
	{ .name = "title", .label = "附件名称", .kind = FIELD_TEXT, .required = true, .max = 300 },
	{ .name = "pages", .label = "页数", .kind = FIELD_INT, .low = 0, .high = 100000 },
	{ .name = "redacted", .label = "这是遮盖后的副本", .kind = FIELD_BOOL },
	{ .name = "file", .label = "文件", .kind = FIELD_FILE, .required = true }, SEEN, FIELD_END
};
const struct field reply_fields_failed[] = {
	{ .name = "note", .label = "为什么没有送达", .kind = FIELD_LINES, .required = true, .max = 2000 },
	SEEN, FIELD_END
};
const struct field reply_fields_close[] = {
	CODE("decision", "终止的原因"), DAY("on", "终止日期", true),
	LINE("addressee", "受文者（申请人姓名或者名称）", false), LINES("reason", "说明", false), SEEN, FIELD_END
};
const struct field reply_fields_file[] = {
	DAY("on", "归档日期", true),
	{ .name = "archive_no", .label = "档号", .kind = FIELD_TEXT, .required = true, .max = 100 },
	{ .name = "years", .label = "保管期限（年）", .kind = FIELD_INT, .required = true, .low = 0,
	  .high = 100 },
	SEEN, FIELD_END
};
