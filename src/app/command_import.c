/*
 * command_import.c - `gongkai import requests` takes a register kept in a spreadsheet.
 *
 * The file is read and checked before anything is written; then all of it is
 * written in one transaction, or nothing. When a server holds the data folder the
 * import runs in it, with files the caller's side has opened.
 */
#include "app/commands.h"

#include "app/command_import.h"
#include "app/import_units.h"
#include "app/ticker.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "office/write.h"
#include "request/import.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOOK_ROWS = 40,
	PROBLEMS_SHOWN = 50,
	CELLS_BYTES = 64 * 1024 * 1024,
	LONG_FILE = 256 * 1024,
};

static const struct option import_options_list[] = {
	{ "--map", "字段=列名", "requests：某个字段取自哪一列，可重复；例如 --map 收到申请之日=登记时间", true },
	{ "--set", "字段=值", "requests：整个文件同一个值，可重复；例如 --set 申请方式=网上提交", true },
	{ "--unit", "CODE", "只导入这个单位的；单位一列为空的也算它的", false },
	{ "--sheet", "NAME", "工作表，默认第一张", false },
	{ "--add-units", NULL, "requests：本站没有的单位作为部门一起添加，例如导入一个空站点", false },
	{ "--skip-bad", "FILE", "requests：跳过有问题的行，并连同原因写入这个CSV文件", false },
	{ "--save-mapping", NULL, "requests：记住列的对应关系，下次表头相同时自动使用", false },
	{ "--dry-run", NULL, "只检查，不写入", false },
	{ "--json", NULL, "输出JSON", false },
	OPTION_END
};

struct intake {
	struct invocation *in;
	struct data_site site;
	struct ctx ctx;
	int fd;
	struct str name, sheet;
	struct sheet_reading *reading; /* begun already; NULL: not yet, or taken */
	struct import_options options;
	struct import_mapping mapping;
	bool mapped;
	struct import *import;
	struct import_summary summary;
	const struct new_units *units; /* --add-units */
	struct ticker *ticker;
	size_t added;
	/* --skip-bad */
	struct arena *line;
	struct csv_writer rejects;
	bool reject_head_written, reject_failed;
	int reject_fd;
};

static struct str given(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

/* ---- the file */

/* While the site is being opened. Not if the head is looked at first: then it is read anew. */
static bool begin_reading(struct intake *j, struct err *err)
{
	if (option_given(j->in, "--map") || option_given(j->in, "--set") ||
	    option_given(j->in, "--add-units"))
		return true;
	j->reading = sheet_begin(j->in->arena, j->fd, j->name, j->sheet, err);
	return j->reading != NULL;
}

static bool read_rows(struct intake *j, sheet_row_fn *row, void *arg, struct err *err)
{
	struct sheet_reading *begun = j->reading;

	j->reading = NULL;
	return begun != NULL
		       ? sheet_rows(begun, row, arg, err)
		       : sheet_read(j->in->arena, j->fd, j->name, j->sheet, row, arg, err);
}

/* ---- which column is which */

struct look { struct import *import; size_t rows; bool enough; };

static bool look_row(void *arg, const struct sheet_row *row, struct err *err)
{
	struct look *look = arg;

	look->enough = ++look->rows > LOOK_ROWS;
	return !look->enough && import_row(look->import, row, err);
}

static bool find_column(const struct import_summary *s, struct str label, int *column)
{
	for (size_t c = 0; c < s->head_count; c++) {
		if (str_equal(str_trim(s->head[c]), str_trim(label))) {
			*column = (int)c;
			return true;
		}
	}
	return false;
}

static bool find_field(struct str text, enum import_field *out)
{
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		if (str_equal(text, import_field_label((enum import_field)f)) ||
		    str_equal(text, import_field_code((enum import_field)f))) {
			*out = (enum import_field)f;
			return true;
		}
	}
	return false;
}

static struct str list_of(struct arena *a, const struct str *labels, size_t count)
{
	struct buf b = buf_open(a, 256, 400);

	for (size_t i = 0; i < count && b.len + labels[i].len < 380; i++) {
		buf_add_c(&b, i > 0 ? "、" : "");
		buf_add(&b, labels[i]);
	}
	return buf_str(&b);
}

static struct str field_list(struct arena *a)
{
	struct str labels[IMPORT_FIELD_COUNT];

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++)
		labels[f] = import_field_label((enum import_field)f);
	return list_of(a, labels, IMPORT_FIELD_COUNT);
}

static bool overlay(struct intake *j, const char *word, bool constant, struct err *err)
{
	struct str value = str_from_c(word), field;
	enum import_field f;

	(void)str_split_next(&value, '=', &field);
	if (value.ptr == NULL || !find_field(field, &f))
		return err_set(err, ERR_INVALID, "app.import_field", "%s|" STR_FMT, word,
			       STR_ARG(field_list(j->in->arena)));
	if (constant) {
		j->mapping.constant[f] = value;
		return true;
	}
	return find_column(&j->summary, value, &j->mapping.column[f]) ||
	       err_set(err, ERR_INVALID, "app.import_column", STR_FMT "|" STR_FMT, STR_ARG(value),
		       STR_ARG(list_of(j->in->arena, j->summary.head, j->summary.head_count)));
}

/* Reads as far as the head, so that columns can be named by their labels. */
static bool look_at_head(struct intake *j, struct err *err)
{
	struct look look = { .rows = 0 };
	struct err looked = { 0 };

	if (!import_open(&j->ctx, &j->options, &look.import, err))
		return false;
	bool read = read_rows(j, look_row, &look, &looked);
	bool ok = (read || look.enough) && looked.code == ERR_NONE &&
		  import_done(look.import, &j->summary, &looked);
	if (!ok)
		*err = looked;
	j->mapping = j->summary.mapping;
	j->options.head_row = j->summary.head_row;
	for (int n = 0; ok && option_value_at(j->in, "--map", n) != NULL; n++)
		ok = overlay(j, option_value_at(j->in, "--map", n), false, err);
	for (int n = 0; ok && option_value_at(j->in, "--set", n) != NULL; n++)
		ok = overlay(j, option_value_at(j->in, "--set", n), true, err);
	for (int f = 0; ok && f < IMPORT_FIELD_COUNT; f++)
		j->mapping.constant[f] = str_copy(j->in->arena, j->mapping.constant[f]);
	import_close(look.import);
	j->options.mapping = &j->mapping;
	return ok;
}

/* ---- rows that are left out */

static bool reject_line(struct intake *j, const struct str *cells, size_t count, struct str reason)
{
	struct arena_mark mark = arena_mark(j->line);
	struct str *all = ARENA_ARRAY(j->line, count + 1, struct str);
	struct err err = { 0 };

	for (size_t i = 0; i < count; i++)
		all[i] = cells[i];
	all[count] = reason;
	bool ok = csv_row(&j->rejects, all, count + 1, &err);
	arena_rewind(j->line, mark);
	return ok;
}

/* The columns of the file, and one for the reasons: corrected, it can be imported again. */
static void rejected(void *arg, const struct sheet_row *row, struct str reasons)
{
	struct intake *j = arg;
	const struct str *head;
	size_t count;
	struct err err = { 0 };

	if (j->reject_failed)
		return;
	if (!j->reject_head_written) {
		import_head(j->import, &head, &count);
		j->reject_head_written = true;
		j->reject_failed = !csv_begin(&j->rejects, true, &err) ||
				   !reject_line(j, head, count, STR("原因"));
	}
	if (!j->reject_failed && !reject_line(j, row->cells, row->count, reasons))
		j->reject_failed = true;
}

static bool open_rejects(struct intake *j, struct err *err)
{
	const char *path = option_value(j->in, "--skip-bad");

	j->reject_fd = j->in->output;
	if (path == NULL)
		return true;
	if (j->reject_fd < 0)
		j->reject_fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (j->reject_fd < 0)
		return err_set(err, ERR_INVALID, "app.cannot_open", "%s|%s", path, strerror(errno));
	j->line = arena_open(CELLS_BYTES);
	j->rejects = csv_open(j->line, bytes_to_fd, &j->reject_fd);
	j->options.bad_rows = IMPORT_SKIPS;
	j->options.rejected = rejected;
	return true;
}

/* ---- the two steps */

static void progress(void *arg, size_t rows)
{
	ticker_count(((struct intake *)arg)->ticker, rows);
}

/* From one snapshot: a read on its own takes a lock of the file for each row. */
static bool check_rows(struct intake *j, struct err *err)
{
	if (!db_snapshot_begin(j->ctx.db, err))
		return false;
	bool ok = read_rows(j, import_row, j->import, err) &&
		  import_done(j->import, &j->summary, err);
	db_snapshot_end(j->ctx.db);
	return ok;
}

static bool prepare(struct intake *j, struct err *err)
{
	if (option_given(j->in, "--map") || option_given(j->in, "--set"))
		if (!look_at_head(j, err))
			return false;
	j->options.progress = progress;
	j->options.arg = j;
	return open_rejects(j, err);
}

static bool check(struct intake *j, struct err *err)
{
	if (!prepare(j, err))
		return false;
	ticker_phase(j->ticker, "已检查");
	return import_open(&j->ctx, &j->options, &j->import, err) && check_rows(j, err) &&
	       (!j->reject_failed ||
		err_set(err, ERR_UNAVAILABLE, "app.cannot_write", "--skip-bad"));
}

/* ---- the two steps in one */

/*
 * Whether the rows are written while the file is read. Not beside a server, whose
 * writer must not wait for a file; not where a number may be taken already; and not
 * for a short file, for which nobody who reads the site shall wait.
 */
static bool may_stream(struct intake *j, bool *stream, struct err *err)
{
	struct stat st;

	*stream = false;
	if (option_given(j->in, "--dry-run") || j->site.writer != NULL ||
	    db_engine(j->ctx.db) != DB_SQLITE || fstat(j->fd, &st) != 0 || st.st_size < LONG_FILE)
		return true;
	return import_into_nothing(&j->ctx, stream, err);
}

static bool feed(void *arg, sheet_row_fn *row, void *row_arg, struct err *err)
{
	return read_rows(arg, row, row_arg, err);
}

static bool save_mapping(struct ctx *ctx, const struct intake *j, struct err *err)
{
	const struct import_summary *s = &j->summary;

	return !option_given(j->in, "--save-mapping") ||
	       import_save_mapping(ctx, s->head, s->head_count, &s->mapping, err);
}

static bool stream_all(struct ctx *ctx, void *arg, struct err *err)
{
	struct intake *j = arg;

	return import_open(ctx, &j->options, &j->import, err) &&
	       import_stream(ctx, j->import, feed, j, &j->summary, &j->added, err) &&
	       (!j->reject_failed ||
		err_set(err, ERR_UNAVAILABLE, "app.cannot_write", "--skip-bad")) &&
	       save_mapping(ctx, j, err);
}

/* Bad rows are no failure: they are told, and nothing is written. */
static bool stream(struct intake *j, bool *written, struct err *err)
{
	if (!prepare(j, err))
		return false;
	ticker_phase(j->ticker, "已导入");
	bool ok = site_write(&j->site, j->in->arena, j->ctx.actor, stream_all, j, err);
	*written = ok && j->summary.good > 0;
	if (ok || strcmp(err->key, "import.bad_rows") != 0)
		return ok;
	err_clear(err);
	return true;
}

static bool may_write(const struct intake *j)
{
	return !option_given(j->in, "--dry-run") &&
	       (j->summary.bad == 0 || j->options.bad_rows == IMPORT_SKIPS) && j->summary.good > 0;
}

static bool write_all(struct ctx *ctx, void *arg, struct err *err)
{
	struct intake *j = arg;

	return import_write(ctx, j->import, &j->added, err) && save_mapping(ctx, j, err);
}

static bool check_and_write(struct intake *j, bool *written, struct err *err)
{
	if (!check(j, err))
		return false;
	if (!may_write(j))
		return true;
	ticker_phase(j->ticker, "已写入");
	*written = site_write(&j->site, j->in->arena, j->ctx.actor, write_all, j, err);
	return *written;
}

/* ---- with the units that are not there yet, all in one transaction */

static bool units_and_rows(struct ctx *ctx, void *arg, struct err *err)
{
	struct intake *j = arg;

	if (!new_units_add(ctx, j->units, err) ||
	    !import_open(ctx, &j->options, &j->import, err) ||
	    !read_rows(j, import_row, j->import, err) ||
	    !import_done(j->import, &j->summary, err))
		return false;
	if (!may_write(j))
		return err_set(err, ERR_INVALID, "import.bad_rows", "%zu|%zu",
			       j->summary.rows, j->summary.bad);
	return write_all(ctx, j, err);
}

/* Bad rows, and a mere look, leave no unit behind. */
static bool with_units(struct intake *j, bool *written, struct err *err)
{
	struct new_units *units = ARENA_NEW(j->in->arena, struct new_units);

	if (j->site.writer != NULL)
		return err_set(err, ERR_CONFLICT, "app.units_beside_server", " ");
	if (!look_at_head(j, err) || !prepare(j, err))
		return false;
	*units = (struct new_units){ .ctx = &j->ctx, .head_row = j->options.head_row,
				     .unit = j->mapping.column[IMPORT_UNIT],
				     .number = j->mapping.column[IMPORT_NUMBER] };
	j->units = units;
	if (!read_rows(j, new_units_row, units, err))
		return false;
	ticker_phase(j->ticker, "已导入");
	*written = site_write(&j->site, j->in->arena, j->ctx.actor, units_and_rows, j, err);
	if (*written || strcmp(err->key, "import.bad_rows") != 0)
		return *written;
	err_clear(err);
	return true;
}

/* Streams if the site can be had for oneself. */
static bool import_all(struct intake *j, bool *written, struct err *err)
{
	bool streams;

	if (option_given(j->in, "--add-units"))
		return with_units(j, written, err);
	if (!may_stream(j, &streams, err))
		return false;
	if (!streams || !db_alone_begin(j->site.db))
		return check_and_write(j, written, err);
	bool ok = stream(j, written, err);
	db_alone_end(j->site.db);
	return ok;
}

/* ---- what is told */

static void tell_columns(const struct intake *j)
{
	const struct import_summary *s = &j->summary;

	say(j->in, "表头在第%u行。列的对应：\n", s->head_row);
	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		struct str label = import_field_label((enum import_field)f);
		int column = s->mapping.column[f];
		if (column >= 0)
			say(j->in, "  " STR_FMT " ← " STR_FMT "\n", STR_ARG(label),
			    STR_ARG(str_trim(s->head[column])));
		if (s->mapping.constant[f].len > 0)
			say(j->in, "  " STR_FMT " ← 整个文件为“" STR_FMT "”\n", STR_ARG(label),
			    STR_ARG(s->mapping.constant[f]));
	}
}

static void tell(const struct intake *j, bool written)
{
	const struct import_summary *s = &j->summary;
	struct invocation *in = j->in;

	tell_columns(j);
	for (size_t i = 0; i < s->problems_count && i < PROBLEMS_SHOWN; i++)
		say(in, STR_FMT "\n", STR_ARG(s->problems[i].sentence));
	if (s->problems_all > PROBLEMS_SHOWN)
		say(in, "……共%zu处问题，这里只列出%d处。\n", s->problems_all, PROBLEMS_SHOWN);
	say(in, "共%zu行：新%zu行，已登记且相同%zu行，有问题%zu行。\n", s->rows, s->good, s->same, s->bad);
	if (written)
		say(in, "已导入%zu件。\n", j->added);
	else if (option_given(in, "--dry-run"))
		say(in, "只检查，没有写入。\n");
	else if (s->bad > 0 && j->options.bad_rows == IMPORT_STOPS)
		say(in, "没有导入任何内容：请改正后重新导入，或用 --skip-bad FILE 跳过有问题的行。\n");
	else
		say(in, "没有新的申请可导入。\n");
}

static json_t *text_of(struct str s)
{
	return json_text(s);
}

static json_t *mapping_json(const struct import_summary *s)
{
	json_t *out = json_object();

	for (int f = 0; f < IMPORT_FIELD_COUNT; f++) {
		json_t *origin = json_object();
		if (s->mapping.column[f] >= 0)
			json_object_set_new(origin, "column",
					    text_of(str_trim(s->head[s->mapping.column[f]])));
		if (s->mapping.constant[f].len > 0)
			json_object_set_new(origin, "constant", text_of(s->mapping.constant[f]));
		json_object_set_new(out, import_field_code((enum import_field)f).ptr, origin);
	}
	return out;
}

static void tell_json(const struct intake *j, bool written)
{
	const struct import_summary *s = &j->summary;
	json_t *problems = json_array();

	for (size_t i = 0; i < s->problems_count; i++) {
		const struct import_problem *p = &s->problems[i];
		json_array_append_new(
			problems, json_pack("{s:I, s:s%, s:s%, s:s%}", "row", (json_int_t)p->row,
					    "column", p->column.ptr, p->column.len, "value",
					    p->value.ptr, p->value.len, "problem", p->sentence.ptr,
					    p->sentence.len));
	}
	json_t *out = json_pack("{s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:o, s:I, s:b, s:I}",
				"head_row", (json_int_t)s->head_row, "mapping", mapping_json(s),
				"rows", (json_int_t)s->rows, "good", (json_int_t)s->good, "same",
				(json_int_t)s->same, "bad", (json_int_t)s->bad, "problems_all",
				(json_int_t)s->problems_all, "problems", problems, "added",
				(json_int_t)j->added, "written", written, "version", (json_int_t)1);
	say_json(j->in, out, JSON_INDENT(2) | JSON_SORT_KEYS);
}

static int end(struct intake *j, bool ok, bool written, const struct err *err)
{
	if (!ok)
		return fail(j->in, err);
	if (option_given(j->in, "--json"))
		tell_json(j, written);
	else
		tell(j, written);
	return j->summary.bad > 0 ? 1 : 0;
}

static int run_import(struct intake *j)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct err err = { 0 };
	bool written = false;

	j->ctx = site_ctx(&j->site, j->in->arena);
	j->ctx.actor = actor;
	j->ticker = ticker_start(j->in);
	bool ok = import_all(j, &written, &err);
	ticker_stop(j->ticker);
	int status = end(j, ok, written, &err);
	import_close(j->import);
	if (j->reject_fd >= 0 && j->reject_fd != j->in->output)
		close(j->reject_fd);
	arena_close(j->line);
	return status;
}

static int import_requests(struct invocation *in, int fd, const char *path)
{
	struct intake j = { .in = in, .fd = fd, .name = str_from_c(path),
			    .sheet = given(in, "--sheet"), .reject_fd = -1 };
	enum db_access access = in->server_site != NULL ? DB_READ : DB_WRITE;
	struct err err = { 0 };
	int status = 1;

	if (begin_reading(&j, &err) && site_of(in, access, "gongkai import", &j.site, &err)) {
		struct ctx ctx = site_ctx(&j.site, in->arena);
		status = unit_option(in, &ctx, &j.options.only_unit, &err) ? run_import(&j)
									   : fail(in, &err);
		site_done(in, &j.site);
	} else {
		status = fail(in, &err);
	}
	sheet_give_up(j.reading);
	return status;
}

static int import_run(struct invocation *in)
{
	struct str what = str_from_c(operand(in, 0));
	const char *path = operand(in, 1);
	bool disputes = str_equal_c(what, "disputes");
	int fd = in->file;

	if ((!disputes && !str_equal_c(what, "requests")) || path == NULL) {
		complain(in, "gongkai import：请写明 requests 或者 disputes，以及 FILE.xlsx 或 FILE.csv\n");
		return 2;
	}
	if (fd < 0 && in->server_site == NULL)
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* nobody waits for a pipe */
	if (fd < 0) {
		complain(in, "gongkai import：无法打开文件 %s：%s\n", path, strerror(errno));
		return 2;
	}
	int status = disputes ? import_disputes(in, fd, path) : import_requests(in, fd, path);
	if (fd != in->file)
		close(fd);
	return status;
}

const struct command import_command = {
	"import",
	"requests|disputes FILE.xlsx|FILE.csv [--dry-run] [--json]",
	"导入申请台账、复议诉讼台账：先检查，再一次写入，可重复导入",
	import_options_list,
	import_run,
	COMMAND_HANDS_OVER | COMMAND_READS_FILE | COMMAND_WRITES_FILE
};
