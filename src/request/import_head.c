/*
 * import_head.c - which column holds what: by a mapping saved for the same head,
 * or by the words offices write over their columns.
 */
#include "request/import_parts.h"

#include "base/buf.h"
#include "import_sql.h"
#include "ledger/ledger.h"
#include "text/normalise.h"

enum { LABELS_MAX = 16, MAPPING_BYTES = 16 * 1024 };

static const struct import_field_words {
	const char *code;
	bool required;
	struct str words[LABELS_MAX]; /* the first is the label; earlier ones win */
} fields[IMPORT_FIELD_COUNT] = {
	[IMPORT_NUMBER] = { "number",
			    true,
			    { STR_INIT("登记编号"), STR_INIT("受理编号"), STR_INIT("申请编号"),
			      STR_INIT("登记号"), STR_INIT("受理号"), STR_INIT("申请书编号"),
			      STR_INIT("收件编号"), STR_INIT("申请号"), STR_INIT("编号"),
			      STR_INIT("流水号") } },
	[IMPORT_UNIT] = { "unit",
			  true,
			  { STR_INIT("承办单位"), STR_INIT("责任单位"), STR_INIT("办理单位"),
			    STR_INIT("答复单位"), STR_INIT("受理单位"), STR_INIT("承办部门"),
			    STR_INIT("责任部门"), STR_INIT("受理机关"), STR_INIT("被申请机关"),
			    STR_INIT("被申请单位"), STR_INIT("单位") } },
	[IMPORT_CHANNEL] = { "channel",
			     true,
			     { STR_INIT("申请方式"), STR_INIT("申请渠道"), STR_INIT("接收渠道"),
			       STR_INIT("提交方式"), STR_INIT("接收方式"), STR_INIT("受理方式"),
			       STR_INIT("受理渠道"), STR_INIT("申请来源"), STR_INIT("来件方式"),
			       STR_INIT("来件渠道"), STR_INIT("收件方式"), STR_INIT("申请途径"),
			       STR_INIT("渠道") } },
	[IMPORT_APPLICANT] = { "applicant",
			       true,
			       { STR_INIT("申请人类别"), STR_INIT("申请人类型"),
				 STR_INIT("申请人性质"), STR_INIT("申请人身份"),
				 STR_INIT("申请人分类"), STR_INIT("申请主体类型"),
				 STR_INIT("申请主体"), STR_INIT("主体类型") } },
	[IMPORT_SUBMITTED_ON] = { "submitted_on",
				  false,
				  { STR_INIT("提交日期"), STR_INIT("申请日期"),
				    STR_INIT("提交时间"), STR_INIT("申请时间") } },
	[IMPORT_RECEIVED_ON] = { "received_on",
				 true,
				 { STR_INIT("收到申请之日"), STR_INIT("收到日期"),
				   STR_INIT("收到申请日期"), STR_INIT("收到时间"),
				   STR_INIT("收到申请时间"), STR_INIT("收件日期"),
				   STR_INIT("收件时间"), STR_INIT("收文日期"), STR_INIT("受理日期"),
				   STR_INIT("受理时间"), STR_INIT("登记日期"),
				   STR_INIT("登记时间"), STR_INIT("来件日期"),
				   STR_INIT("来件时间"), STR_INIT("接收日期"),
				   STR_INIT("接收时间") } },
	[IMPORT_CONTENT] = { "content",
			     false,
			     { STR_INIT("申请内容"), STR_INIT("所需信息"), STR_INIT("申请事项"),
			       STR_INIT("所需政府信息"), STR_INIT("所需信息内容描述"),
			       STR_INIT("所需信息的内容描述"), STR_INIT("申请公开内容"),
			       STR_INIT("申请公开的内容"), STR_INIT("申请公开的政府信息"),
			       STR_INIT("申请公开信息"), STR_INIT("申请信息"), STR_INIT("内容描述"),
			       STR_INIT("申请内容摘要"), STR_INIT("申请公开事项") } },
	[IMPORT_EXTENSION] = { "extension",
			       false,
			       { STR_INIT("延期天数"), STR_INIT("是否延期"), STR_INIT("延期工作日"),
				 STR_INIT("延长期限"), STR_INIT("延期情况"), STR_INIT("延期") } },
	[IMPORT_DECISION] = { "decision",
			      false,
			      { STR_INIT("处理结果"), STR_INIT("答复类型"), STR_INIT("办理结果"),
				STR_INIT("答复结果"), STR_INIT("答复情况"), STR_INIT("答复种类"),
				STR_INIT("处理决定"), STR_INIT("决定类型"), STR_INIT("答复意见"),
				STR_INIT("办理情况"), STR_INIT("处理情况"), STR_INIT("办理结论"),
				STR_INIT("答复结论"), STR_INIT("处理结论") } },
	[IMPORT_CLOSED_ON] = { "closed_on",
			       false,
			       { STR_INIT("办结日期"), STR_INIT("答复日期"), STR_INIT("办结时间"),
				 STR_INIT("答复时间"), STR_INIT("作出答复日期"),
				 STR_INIT("答复书日期"), STR_INIT("办理完成日期"),
				 STR_INIT("完成日期"), STR_INIT("答复文书日期"),
				 STR_INIT("办结日"), STR_INIT("答复日") } },
};

struct str import_field_code(enum import_field f)
{
	return str_from_c(fields[f].code);
}

struct str import_field_label(enum import_field f)
{
	return fields[f].words[0];
}

bool import_field_required(enum import_field f)
{
	return fields[f].required;
}

static int propose_by_words(struct arena *a, const struct str *head, size_t count,
			    struct import_mapping *out)
{
	struct str *labels = ARENA_ARRAY(a, count, struct str);
	bool *taken = ARENA_ARRAY(a, count, bool);
	int known = 0;

	for (size_t c = 0; c < count; c++)
		labels[c] = import_label(a, head[c]);
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		out->column[f] = import_column(labels, count, fields[f].words, LABELS_MAX, taken);
		out->constant[f] = STR_NONE;
		if (out->column[f] >= 0) {
			taken[out->column[f]] = true;
			known++;
		}
	}
	/* Many registers have one day only, and call it the day of the application. */
	if (out->column[IMPORT_RECEIVED_ON] < 0 && out->column[IMPORT_SUBMITTED_ON] >= 0) {
		out->column[IMPORT_RECEIVED_ON] = out->column[IMPORT_SUBMITTED_ON];
		known++;
	}
	return known;
}

/* ---- saved mappings */

static struct str head_digest(struct arena *a, const struct str *head, size_t count)
{
	struct buf b = buf_open(a, 1024, MAPPING_BYTES);

	for (size_t c = 0; c < count; c++) {
		buf_add(&b, normalise_label(a, head[c]));
		buf_add_char(&b, '\n');
	}
	return buf_ok(&b) ? digest_hex(a, digest_of(DIGEST_SHA256, buf_str(&b))) : STR_NONE;
}

static struct str mapping_text(struct arena *a, const struct import_mapping *m)
{
	struct buf b = buf_open(a, 512, MAPPING_BYTES);

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		if (m->column[f] >= 0)
			buf_addf(&b, "%s:%d\n", fields[f].code, m->column[f]);
		else if (m->constant[f].len > 0)
			buf_addf(&b, "%s=" STR_FMT "\n", fields[f].code, STR_ARG(m->constant[f]));
	}
	return buf_ok(&b) ? buf_str(&b) : STR_NONE;
}

static bool read_line(struct str line, size_t columns, struct import_mapping *m)
{
	uint64_t column;

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		struct str rest = line;
		if (!str_take_str(&rest, str_from_c(fields[f].code)))
			continue;
		if (str_take_char(&rest, '=')) {
			m->constant[f] = rest;
			return true;
		}
		if (str_take_char(&rest, ':') && columns > 0 &&
		    str_take_u64(&rest, columns - 1, &column)) {
			m->column[f] = (int)column;
			return true;
		}
	}
	return false;
}

static int read_mapping(struct str text, size_t columns, struct import_mapping *m)
{
	struct str line;
	int known = 0;

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		m->column[f] = -1;
		m->constant[f] = STR_NONE;
	}
	while (str_split_next(&text, '\n', &line))
		known += read_line(line, columns, m) ? 1 : 0;
	return known;
}

bool import_propose(struct ctx *ctx, const struct str *head, size_t count,
		    struct import_mapping *out, int *known, struct err *err)
{
	struct import_mapping_by_head_in in = { .head = head_digest(ctx->arena, head, count) };
	struct import_mapping_by_head_row row;
	bool found;

	if (!import_mapping_by_head(ctx, &in, &row, &found, err))
		return false;
	*known = found ? read_mapping(row.mapping, count, out)
		       : propose_by_words(ctx->arena, head, count, out);
	return true;
}

static bool check_mapping(const struct import_mapping *m, size_t count, struct err *err)
{
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		if (m->column[f] >= 0 && (size_t)m->column[f] >= count)
			return err_set_field(err, fields[f].code, ERR_INVALID, "import.no_column",
					     STR_FMT "|%d", STR_ARG(fields[f].words[0]),
					     m->column[f] + 1);
		if (str_contains(m->constant[f], STR("\n")) || m->constant[f].len > 500)
			return err_set_field(err, fields[f].code, ERR_INVALID,
					     "import.bad_constant", STR_FMT,
					     STR_ARG(fields[f].words[0]));
	}
	return true;
}

bool import_save_mapping(struct ctx *ctx, const struct str *head, size_t count,
			 const struct import_mapping *mapping, struct err *err)
{
	struct buf labels = buf_open(ctx->arena, 512, MAPPING_BYTES);
	int64_t seq;

	if (!check_mapping(mapping, count, err))
		return false;
	for (size_t c = 0; c < count; c++) {
		buf_add_c(&labels, c > 0 ? "、" : "");
		buf_add(&labels, head[c]);
	}
	struct import_mapping_write_in in = { .head = head_digest(ctx->arena, head, count),
					      .mapping = mapping_text(ctx->arena, mapping),
					      .labels =
						      buf_ok(&labels) ? buf_str(&labels) : STR_NONE,
					      .saved_at = ctx->now };
	if (in.head.len == 0 || in.mapping.len == 0)
		return err_set(err, ERR_LIMIT, "import.head_too_long", "%d", MAPPING_BYTES);
	struct ledger_change changes[] = { { "mapping", STR_NONE, in.mapping } };
	struct ledger_event event = { .subject_kind = "import_mapping",
				      .verb = "import.save_mapping",
				      .changes = changes,
				      .changes_count = COUNT_OF(changes) };
	return import_mapping_write(ctx, &in, NULL, err) && ledger_append(ctx, &event, &seq, err);
}
