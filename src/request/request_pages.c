/*
 * request_pages.c - the routes of requests, and what pages about a request share.
 */
#include "request/request_pages.h"

#include "base/json.h"
#include "request/request_person.h"
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

bool request_unit_asked(struct web_request *rq, struct opt_int *out, struct err *err)
{
	struct str code = web_text(rq, "unit");
	struct unit unit;
	bool found;

	*out = request_scope(rq);
	if (code.len == 0 || !web_may(rq, PERM_SITE_READ))
		return true;
	if (!agency_unit_by_code(&rq->ctx, code, &unit, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "request.no_unit_code", STR_FMT, STR_ARG(code));
	*out = (struct opt_int){ true, unit.id.n };
	return true;
}

struct choice *request_unit_choices(struct arena *a, const struct request_units *units,
				    size_t *count)
{
	struct choice *list = ARENA_ARRAY(a, units->count + 1, struct choice);

	list[0] = (struct choice){ .label = STR("全部单位") };
	for (size_t i = 0; i < units->count; i++)
		list[i + 1] = (struct choice){ .value = units->list[i].code,
					       .label = units->list[i].name };
	*count = units->count + 1;
	return list;
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
	json_object_set_new(out, "submitted_on", json_day(a, submitted));
	json_object_set_new(out, "received_on", json_day(a, r->received_on));
	json_object_set_new(out, "due_on", json_day(a, r->due));
	json_object_set_new(out, "decided_on", json_day(a, r->decided_on));
	json_object_set_new(out, "closed_on", json_day(a, r->closed_on));
	json_object_set_new(out, "served_on", json_day(a, r->served_on));
	json_object_set_new(out, "filed_on", json_day(a, r->filed_on));
	return out;
}

#define STEP(segment, who, row, text)                                               \
	{ METHOD_GET, "/desk/requests/:id/" segment, who, request_step_page,        \
	  .summary = text "：填写" },                                               \
	{                                                                           \
		METHOD_POST, "/desk/requests/:id/" segment, who, request_step_post, \
			.form = row, .summary = text                                \
	}

const struct route request_routes[] = {
	{ METHOD_GET, "/desk/request-practice", PERM_REQUEST_DECIDE, request_practice_page,
	  .summary = "办理惯例：补正和说明理由的期限" },
	{ METHOD_POST, "/desk/request-practice", PERM_REQUEST_DECIDE, request_practice_post,
	  .form = request_form_practice, .summary = "确定办理惯例" },
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
	{ METHOD_GET, "/desk/requests/:id/person", PERM_REQUEST_READ, request_person_page,
	  .summary = "申请人（隐去部分内容）、材料和查看记录" },
	{ METHOD_POST, "/desk/requests/:id/person", PERM_IDENTITY_LOOK, request_person_post,
	  .form = request_form_look, .summary = "说明理由后查看申请人的完整信息" },
	{ METHOD_GET, "/desk/requests/:id/files/:file", PERM_REQUEST_READ, request_file_page,
	  .summary = "下载一份材料；身份材料先说明理由" },
	{ METHOD_POST, "/desk/requests/:id/files/:file", PERM_IDENTITY_LOOK, request_file_post,
	  .form = request_form_look, .summary = "说明理由后下载身份材料" },
	STEP("confirm", PERM_REQUEST_WRITE, request_form_confirm, "确认收到申请之日"),
	STEP("split", PERM_REQUEST_WRITE, request_form_split, "按一事一申请分成几件"),
	STEP("transfer", PERM_REQUEST_WRITE, request_form_transfer, "转交承办单位"),
	STEP("ask-correction", PERM_REQUEST_WRITE, request_form_ask_correction, "告知补正"),
	STEP("receive-correction", PERM_REQUEST_WRITE, request_form_receive_correction, "登记收到补正"),
	STEP("open-inquiry", PERM_REQUEST_WRITE, request_form_open_inquiry, "登记征求意见"),
	STEP("close-inquiry", PERM_REQUEST_WRITE, request_form_close_inquiry, "登记收到意见"),
	STEP("tell-third", PERM_REQUEST_DECIDE, request_form_tell_third, "决定公开并告知第三方"),
	STEP("ask-reasons", PERM_REQUEST_WRITE, request_form_ask_reasons, "要求说明理由"),
	STEP("receive-reasons", PERM_REQUEST_WRITE, request_form_receive_reasons, "登记收到的理由"),
	STEP("judge-reasons", PERM_REQUEST_WRITE, request_form_judge_reasons, "判断理由是否合理"),
	STEP("delay", PERM_REQUEST_DECIDE, request_form_delay, "告知延迟答复的合理期限"),
	STEP("propose-extension", PERM_REQUEST_WRITE, request_form_propose_extension, "提出延期"),
	STEP("approve-extension", PERM_REQUEST_DECIDE, request_form_approve_extension, "审批延期"),
	STEP("extend", PERM_REQUEST_WRITE, request_form_extend, "登记告知延期"),
	STEP("fee-served", PERM_REQUEST_WRITE, request_form_fee_served, "登记收费通知送达"),
	STEP("pay", PERM_REQUEST_WRITE, request_form_pay, "登记缴费"),
	STEP("amend", PERM_REQUEST_DECIDE, request_form_amend, "更正登记"),
	ROUTE_END
};
