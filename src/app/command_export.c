/*
 * command_export.c - `gongkai export requests` and `gongkai export disputes`: registers in the
 * columns that `gongkai import` reads.
 */
#include "app/commands.h"

#include "app/command_import.h"
#include "base/file.h"
#include "dispute/docket.h"
#include "office/write.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

bool bytes_to_fd(void *arg, struct str bytes, struct err *err)
{
	return file_write_fd(*(int *)arg, bytes) ||
	       err_set(err, ERR_UNAVAILABLE, "app.cannot_write", "%s", strerror(errno));
}

static const char *const formats[] = { "csv", "xlsx", NULL };
static const struct option export_options_list[] = {
	{ "--year", "YYYY", "只要这一年办理过的：上年结转和当年新收", false },
	{ "--unit", "CODE", "只要这个单位的", false },
	{ "--format", "csv|xlsx", "默认 csv", false },
	{ "--output", "FILE", "写入文件；csv 默认写到标准输出", false },
	OPTION_END
};

struct export {
	bool disputes;
	int64_t year; /* 0: all */
	bool head_written;
	struct csv_writer csv;
	struct xlsx_rows *xlsx;
	bool is_xlsx;
	struct str path;
	struct arena *arena;
};

static int64_t year_in(struct str iso)
{
	int64_t year = 0;

	return iso.len >= 4 && str_to_i64(str_slice(iso, 0, 4), &year) ? year : 0;
}

/* Counted in that year's tables: received by its end, and not finished before it. */
static bool in_year(const struct export *x, const struct str *cells)
{
	int64_t received = year_in(cells[IMPORT_RECEIVED_ON]);
	int64_t closed = year_in(cells[IMPORT_CLOSED_ON]);

	return x->year == 0 || x->disputes || /* docket_export knows the year */
	       (received > 0 && received <= x->year && (closed == 0 || closed >= x->year));
}

static bool export_row(void *arg, const struct str *cells, size_t count, struct err *err)
{
	struct export *x = arg;
	bool head = !x->head_written;
	struct str sheet = x->disputes ? STR("复议诉讼") : STR("依申请公开");

	x->head_written = true;
	if (head && x->is_xlsx)
		return xlsx_rows_open(x->arena, x->path, sheet, cells, count, &x->xlsx, err);
	if (head && !csv_begin(&x->csv, true, err))
		return false;
	if (!head && !in_year(x, cells))
		return true;
	return x->is_xlsx ? xlsx_rows_add(x->xlsx, cells, count, err)
			  : csv_row(&x->csv, cells, count, err);
}

static bool run_export(struct invocation *in, struct ctx *ctx, struct export *x, int fd,
		       struct err *err)
{
	struct opt_int unit;

	x->csv = csv_open(in->arena, bytes_to_fd, &fd);
	if (!unit_option(in, ctx, &unit, err) || !db_snapshot_begin(ctx->db, err))
		return false;
	bool ok = x->disputes ? docket_export(ctx, unit, (int)x->year, export_row, x, err)
			      : request_export(ctx, unit, export_row, x, err);
	db_snapshot_end(ctx->db);
	if (x->xlsx != NULL)
		ok = xlsx_rows_close(x->xlsx, err) && ok;
	return ok;
}

static int export_checked(struct invocation *in, struct export *x)
{
	struct data_site site;
	struct err err = { 0 };
	int fd = in->out;

	if (!x->is_xlsx && x->path.len > 0)
		fd = open(str_to_c(in->arena, x->path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			  0600);
	if (fd < 0) {
		complain(in, "gongkai export：无法写入文件 " STR_FMT "：%s\n", STR_ARG(x->path),
			 strerror(errno));
		return 2;
	}
	bool ok = site_of(in, DB_READ, "gongkai export", &site, &err);
	if (ok) {
		struct ctx ctx = site_ctx(&site, in->arena);
		ok = run_export(in, &ctx, x, fd, &err);
		site_done(in, &site);
	}
	if (fd != in->out)
		close(fd);
	return ok ? 0 : fail(in, &err);
}

static int export_run(struct invocation *in)
{
	struct str what = str_from_c(operand(in, 0)), format = given(in, "--format");
	struct export x = { .disputes = str_equal_c(what, "disputes"),
			    .is_xlsx = str_equal_c(format, formats[1]),
			    .path = given(in, "--output"),
			    .arena = in->arena };

	if (!x.disputes && !str_equal_c(what, "requests")) {
		complain(in, "gongkai export：请写明 requests 或者 disputes\n");
		return 2;
	}
	if (format.len > 0 && !x.is_xlsx && !str_equal_c(format, formats[0])) {
		complain(in, "gongkai export：没有格式“" STR_FMT "”，可用 csv 或 xlsx。\n", STR_ARG(format));
		return 2;
	}
	if (x.is_xlsx && x.path.len == 0) {
		complain(in, "gongkai export：xlsx 需要用 --output 写明文件。\n");
		return 2;
	}
	if (option_int(in, "--year", 1900, 2199, 0, &x.year) != 0)
		return 2;
	return export_checked(in, &x);
}

const struct command export_command = {
	"export",
	"requests|disputes [--year YYYY] [--unit CODE] [--format csv|xlsx] [--output FILE]",
	"导出申请台账、复议诉讼台账，列与导入的相同",
	export_options_list,
	export_run,
	0
};
