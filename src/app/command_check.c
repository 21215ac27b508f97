/*
 * command_check.c - `gongkai check`: any body's report, judged on the command line.
 */
#include "app/commands.h"

#include "lint/lint.h"
#include "office/read.h"

#include <string.h>

static const struct option check_options[] = {
	{ "--previous", "FILE", "同一机关上一年的报告，核对跨年关系", false },
	{ "--units", "FILE…", "所属单位的报告，核对汇总；后面的文件都是，写在要核查的文件之后", true },
	{ "--published", "DATE", "发布日期，核对是否逾期", false },
	{ "--strict", NULL, "警告也计入退出状态", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

enum { FILES_MAX = 1000 };

static bool out(void *arg, struct str bytes, struct err *err)
{
	(void)err;
	return sink_out(arg, bytes);
}

static int check_run(struct invocation *in)
{
	struct str *files = ARENA_ARRAY(in->arena, FILES_MAX, struct str);
	struct str *units = ARENA_ARRAY(in->arena, FILES_MAX, struct str);
	struct lint_job job = { .files = files, .units = units, .read = office_read,
				.json = option_given(in, "--json"),
				.strict = option_given(in, "--strict"),
				.previous = str_from_c(option_value(in, "--previous")) };
	const char *date = option_value(in, "--published");

	while (job.files_count < FILES_MAX && operand(in, (int)job.files_count) != NULL) {
		files[job.files_count] = str_from_c(operand(in, (int)job.files_count));
		job.files_count++;
	}
	while (job.units_count < FILES_MAX &&
	       option_value_at(in, "--units", (int)job.units_count) != NULL) {
		units[job.units_count] =
			str_from_c(option_value_at(in, "--units", (int)job.units_count));
		job.units_count++;
	}
	if (job.files_count == 0) {
		complain(in, "gongkai check：请写明要核查的文件，例如 gongkai check 2020年报.docx"
			     "（--units 后面的都是所属单位的报告）\n");
		return 2;
	}
	if (date != NULL &&
	    !(job.published.known = date_parse(str_from_c(date), &job.published.v))) {
		complain(in, "gongkai check：“%s”不是日期：请写成 2021-03-30。\n", date);
		return 2;
	}
	return lint_run(in->arena, &job, out, in);
}

const struct command check_command = {
	"check",
	"FILE… [--previous FILE] [--units FILE…] [--json] [--strict]",
	"核查任何机关的年度报告（HTML、DOCX、PDF、XLSX、文本）",
	check_options,
	check_run,
	0,
};
