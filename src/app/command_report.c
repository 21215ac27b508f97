/*
 * command_report.c - `gongkai report`: a year's report, or one of its tables, in
 * any format, from what is frozen or as the records stand.
 */
#include "app/commands.h"

#include "base/file.h"
#include "ledger/ledger.h"
#include "report/report.h"
#include "report/report_pages.h"
#include "base/buf.h"

#include <string.h>

static const struct option report_options[] = {
	{ "--year", "YYYY", "年度", false },
	{ "--unit", "CODE", "单位代码，默认本级政府（汇总）", false },
	{ "--table", "N", "只要表二、表三或表四：2、3、4", false },
	{ "--as-of", "SEQ", "以操作记录的这一位置为准重新统计，now 为最新；不写时，定稿的报告用定稿的数字", false },
	{ "--format", "NAME", "csv json html text docx pdf xlsx，默认 text", false },
	{ "--output", "FILE", "写入文件，默认标准输出", false },
	OPTION_END
};

struct produce { struct invocation *in; int table; const char *format; };

static bool gather(void *arg, struct str bytes, struct err *err)
{
	struct buf *b = arg;

	buf_add(b, bytes);
	return buf_ok(b) || err_set(err, ERR_LIMIT, "app.too_large", " ");
}

static bool print_csv(struct arena *a, const struct report_content *c, int table, struct str *text,
		      struct err *err)
{
	struct buf b = buf_open(a, 64 * 1024, 64 * 1024 * 1024);

	for (int i = 2; i <= 4; i++)
		if ((table == 0 || table == i) &&
		    !content_csv(a, c, i, CSV_FOR_SCRIPTS, gather, &b, err))
			return false;
	*text = buf_str(&b);
	return true;
}

/* Only the tables asked for: a document's other blocks are left out. */
static void keep_table(struct doc *d, int table)
{
	size_t kept = 0;
	int number = 1;

	for (size_t i = 0; i < d->count; i++)
		if (d->blocks[i].kind == DOC_TABLE && ++number == table)
			d->blocks[kept++] = d->blocks[i];
	d->count = kept;
}

static bool print_report(const struct produce *p, const struct report_content *c, struct str *text,
			 struct err *err)
{
	struct arena *a = p->in->arena;
	const char *f = p->format;

	if (strcmp(f, "csv") == 0)
		return print_csv(a, c, p->table, text, err);
	if (strcmp(f, "json") == 0) {
		*text = content_json_text(a, c);
		return true;
	}
	if (strcmp(f, "html") == 0) {
		*text = report_html_file(a, c);
		return true;
	}
	struct doc *d = content_doc(a, c);
	if (p->table != 0)
		keep_table(d, p->table);
	if (strcmp(f, "docx") == 0)
		return office_write_docx(a, d, text, err);
	if (strcmp(f, "pdf") == 0)
		return office_write_pdf(a, d, text, err);
	if (strcmp(f, "xlsx") == 0)
		return office_write_xlsx(a, d, text, err);
	*text = office_write_text(a, d);
	return true;
}

static bool load(struct ctx *ctx, const struct invocation *in, int year, int64_t as_of,
		 struct report_content *c, struct err *err)
{
	const char *code = option_value(in, "--unit");
	struct report report;
	struct unit unit;
	bool found;

	if (code == NULL) {
		if (!agency_root(ctx, &unit, err))
			return false;
	} else if (!unit_named(ctx, str_from_c(code), &unit, err)) {
		return false;
	}
	if (!report_of(ctx, unit.id, year, &report, &found, err))
		return false;
	/* Asked as of a position, or without a report: counted from the records. */
	if (found && as_of == 0)
		return report_load(ctx, &report, 0, c, err);
	return report_preview(ctx, unit.id, year, as_of, c, err);
}

static bool known_format(const char *format)
{
	static const char *const names[] = { "csv",  "json", "html", "text",
					     "docx", "pdf",  "xlsx" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(format, names[i]) == 0)
			return true;
	return false;
}

enum { AS_OF_NOW = -1 };

static bool read_position(struct invocation *in, int64_t *out)
{
	const char *text = option_value(in, "--as-of");

	*out = AS_OF_NOW;
	if (text != NULL && strcmp(text, "now") == 0)
		return true;
	return option_int(in, "--as-of", 1, INT64_MAX, 0, out) == 0;
}

static int report_run(struct invocation *in)
{
	struct produce p = { .in = in, .format = option_value(in, "--format") };
	const char *path = option_value(in, "--output");
	struct report_content content;
	struct data_site site;
	struct err err = { 0 };
	struct str text;
	int64_t year, table, as_of;

	p.format = p.format != NULL ? p.format : "text";
	if (option_int(in, "--year", 2008, 2199, 0, &year) != 0 ||
	    option_int(in, "--table", 2, 4, 0, &table) != 0 || !read_position(in, &as_of))
		return 2;
	if (year == 0 || !known_format(p.format)) {
		complain(in, "gongkai report：请写明 --year，--format 可用 csv json html text docx pdf xlsx。\n");
		return 2;
	}
	p.table = (int)table;
	if (!site_of(in, DB_READ, "gongkai report", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = (as_of != AS_OF_NOW || ledger_position(&ctx, &as_of, &err)) &&
		    load(&ctx, in, (int)year, as_of, &content, &err) &&
		    print_report(&p, &content, &text, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	if (path == NULL)
		return sink_out(in, text) ? 0 : 1;
	return file_write(in->arena, str_from_c(path), text, &err) ? 0 : fail(in, &err);
}

const struct command report_command = {
	"report",
	"--year YYYY [--unit CODE] [--table 2|3|4] [--as-of SEQ] [--format NAME] [--output FILE]",
	"年度报告或其中一张表，各种格式",
	report_options,
	report_run,
	0,
};
