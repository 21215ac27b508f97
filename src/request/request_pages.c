/*
 * request_pages.c - the routes of requests, and what pages about a request share.
 */
#include "request/request_pages.h"

#include "request/request_view.h"

struct opt_int request_scope(const struct web_request *rq)
{
	return (struct opt_int){ !web_may(rq, PERM_SITE_READ), rq->ctx.actor.unit_id };
}

bool request_is_own(const struct web_request *rq, const struct request *r)
{
	return rq->ctx.actor.unit_id == r->unit.n;
}

bool request_of_path(struct web_request *rq, struct request *out, struct err *err)
{
	int64_t id;

	if (!web_param_int(rq, "id", &id))
		return err_set(err, ERR_NOT_FOUND, "request.none", "?");
	if (!request_find(&rq->ctx, (struct request_id){ id }, out, err))
		return false;
	if (!web_may(rq, PERM_SITE_READ) && !request_is_own(rq, out))
		return err_set(err, ERR_NOT_FOUND, "request.none", "%lld", (long long)id);
	return true;
}

bool request_units_load(struct ctx *ctx, struct request_units *out, struct err *err)
{
	struct unit *units;

	if (!agency_units(ctx, &units, &out->count, err))
		return false;
	out->list = units;
	return true;
}

struct str request_unit_name(const struct request_units *units, int64_t id)
{
	for (size_t i = 0; i < units->count; i++)
		if (units->list[i].id.n == id)
			return units->list[i].name;
	return STR_NONE;
}

enum tag_colour request_state_colour(enum request_state state)
{
	switch (state) {
	case REQUEST_CONFIRMING:
	case REQUEST_CORRECTING:
	case REQUEST_UNPAID:
		return TAG_YELLOW;
	case REQUEST_HANDLING:
	case REQUEST_INQUIRING:
	case REQUEST_DECIDED:
		return TAG_BLUE;
	case REQUEST_SERVED:
		return TAG_GREEN;
	case REQUEST_CLOSED:
	case REQUEST_STATE_COUNT:
		break;
	}
	return TAG_GREY;
}

struct str request_result(const struct request *r)
{
	const struct decision_kind *kind = request_decision(r->decision);

	if (kind != NULL)
		return kind->label;
	return r->has_outcome ? outcome_label(r->outcome) : STR_NONE;
}

json_t *request_json_day(struct arena *a, struct opt_date d)
{
	struct str text = d.known ? date_iso(a, d.v) : STR_NONE;

	return d.known ? json_stringn(text.ptr, text.len) : json_null();
}

json_t *request_json(struct arena *a, const struct request *r, struct str unit)
{
	struct str channel = channel_code(r->channel), applicant = applicant_code(r->applicant);
	struct str state = request_state_code(r->state);
	struct str outcome = r->has_outcome ? outcome_code(r->outcome) : STR_NONE;
	struct opt_date submitted = { true, r->submitted_on };
	json_t *out =
		json_pack("{s:I, s:s%, s:s%, s:s%, s:s%, s:s%, s:s%, s:i, s:s%, s:s%}", "id",
			  (json_int_t)r->id.n, "number", r->number.ptr, r->number.len, "unit",
			  unit.ptr, unit.len, "channel", channel.ptr, channel.len, "applicant",
			  applicant.ptr, applicant.len, "content", r->content.ptr, r->content.len,
			  "state", state.ptr, state.len, "extension", r->extension, "outcome",
			  outcome.ptr, outcome.len, "decision", r->decision.ptr, r->decision.len);

	json_object_set_new(out, "version", json_integer(r->version));
	json_object_set_new(out, "submitted_on", request_json_day(a, submitted));
	json_object_set_new(out, "received_on", request_json_day(a, r->received_on));
	json_object_set_new(out, "due_on", request_json_day(a, r->due));
	json_object_set_new(out, "decided_on", request_json_day(a, r->decided_on));
	json_object_set_new(out, "closed_on", request_json_day(a, r->closed_on));
	json_object_set_new(out, "served_on", request_json_day(a, r->served_on));
	json_object_set_new(out, "filed_on", request_json_day(a, r->filed_on));
	return out;
}

/* ---- forms of the steps */

#define ON(text) { .name = "on", .label = text, .kind = FIELD_DATE, .required = true }
/* The version the officer saw: who was slower is told. */
#define SEEN { .name = "version", .label = "版本", .kind = FIELD_INT, .required = true, .low = 1, .high = INT64_MAX }
#define DECISION { .name = "decision", .label = "处理结果", .kind = FIELD_CODE, .required = true, .max = 40 }

static const char *const inquiry_codes[] = { "third_party", "joint_maker", "other_agency", NULL };
static const char *const applicant_codes[] = { "natural_person",     "commercial_enterprise",
					       "research_institution", "public_welfare_org",
					       "legal_service_org",    "other_org",
					       NULL };

static const struct field confirm_form[] = { ON("确认日期"), SEEN, FIELD_END };
static const struct field correction_form[] = {
	ON("告知日期"), { .name = "until", .label = "补正期限", .kind = FIELD_DATE, .required = true },
	SEEN, FIELD_END
};
static const struct field corrected_form[] = { ON("收到补正的日期"), SEEN, FIELD_END };
static const struct field inquiry_form[] = {
	{ .name = "inquiry", .label = "征求谁的意见", .kind = FIELD_CHOICE, .required = true,
	  .choices = inquiry_codes },
	ON("发出日期"), SEEN, FIELD_END
};
static const struct field answer_form[] = { ON("收到意见的日期"), SEEN, FIELD_END };
static const struct field extend_form[] = {
	{ .name = "days", .label = "延长的工作日", .kind = FIELD_INT, .required = true, .low = 1, .high = 20 },
	ON("告知日期"),
	{ .name = "reason", .label = "理由", .kind = FIELD_LINES, .required = true, .max = 2000 },
	SEEN, FIELD_END
};
static const struct field charge_form[] = {
	{ .name = "yuan", .label = "金额（元）", .kind = FIELD_INT, .required = true, .low = 1,
	  .high = 10000000 },
	ON("通知送达日期"), SEEN, FIELD_END
};
static const struct field pay_form[] = { ON("缴费日期"), SEEN, FIELD_END };
static const struct field decide_form[] = { DECISION, ON("答复日期"), SEEN, FIELD_END };
static const struct field serve_form[] = { ON("送达日期"), SEEN, FIELD_END };
static const struct field close_form[] = { DECISION, ON("终止日期"), SEEN, FIELD_END };
static const struct field file_form[] = { ON("归档日期"), SEEN, FIELD_END };
static const struct field amend_form[] = {
	{ .name = "applicant", .label = "申请人类别", .kind = FIELD_CHOICE, .required = true,
	  .choices = applicant_codes },
	DECISION,
	{ .name = "reason", .label = "更正的理由", .kind = FIELD_LINES, .required = true, .max = 2000 },
	SEEN, FIELD_END
};

#define STEP(segment, who, row, text)                                               \
	{ METHOD_GET, "/desk/requests/:id/" segment, who, request_step_page,        \
	  .summary = text "：填写" },                                               \
	{                                                                           \
		METHOD_POST, "/desk/requests/:id/" segment, who, request_step_post, \
			.form = row, .summary = text                                \
	}

const struct route request_routes[] = {
	{ METHOD_GET, "/desk/requests/import", PERM_REQUEST_IMPORT, request_import_page,
	  .query = request_import_query, .summary = "导入申请台账：选择文件" },
	{ METHOD_POST, "/desk/requests/import", PERM_REQUEST_IMPORT, request_import_post,
	  .form = request_import_form, .flags = ROUTE_UPLOAD, .summary = "上传申请台账" },
	{ METHOD_GET, "/desk/requests/import/:upload", PERM_REQUEST_IMPORT, request_preview_page,
	  .query = request_preview_query, .flags = ROUTE_SLOW, .summary = "导入申请台账：核对和预览" },
	{ METHOD_POST, "/desk/requests/import/:upload", PERM_REQUEST_IMPORT, request_preview_post,
	  .form = request_preview_form, .prepare = request_preview_prepare,
	  .summary = "导入申请台账" },
	{ METHOD_GET, "/desk/requests/import/:upload/rejects.csv", PERM_REQUEST_IMPORT,
	  request_rejects_csv, .query = request_preview_query, .flags = ROUTE_SLOW,
	  .summary = "有问题的行及其原因（CSV）" },
	STEP("confirm", PERM_REQUEST_WRITE, confirm_form, "确认收到申请之日"),
	STEP("ask-correction", PERM_REQUEST_WRITE, correction_form, "告知补正"),
	STEP("receive-correction", PERM_REQUEST_WRITE, corrected_form, "登记收到补正"),
	STEP("open-inquiry", PERM_REQUEST_WRITE, inquiry_form, "登记征求意见"),
	STEP("close-inquiry", PERM_REQUEST_WRITE, answer_form, "登记收到意见"),
	STEP("extend", PERM_REQUEST_DECIDE, extend_form, "延期答复"),
	STEP("charge", PERM_REQUEST_WRITE, charge_form, "登记收费通知"),
	STEP("pay", PERM_REQUEST_WRITE, pay_form, "登记缴费"),
	STEP("decide", PERM_REQUEST_DECIDE, decide_form, "作出答复"),
	STEP("serve", PERM_REQUEST_WRITE, serve_form, "登记送达"),
	STEP("close", PERM_REQUEST_DECIDE, close_form, "终止办理"),
	STEP("file", PERM_REQUEST_WRITE, file_form, "归档"),
	STEP("amend", PERM_REQUEST_DECIDE, amend_form, "更正登记"),
	ROUTE_END
};
