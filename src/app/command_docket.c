/*
 * command_docket.c - `gongkai import disputes`: a register of proceedings kept in a spreadsheet,
 * checked first, then written in one transaction or not at all. In the server, if one holds the
 * data folder.
 */
#include "app/command_import.h"

#include "base/json.h"
#include "dispute/docket.h"

enum { PROBLEMS_SHOWN = 50 };

struct intake {
	struct invocation *in;
	struct data_site site;
	struct docket *docket;
	struct docket_summary summary;
	size_t added;
	bool written;
};

static bool write_all(struct ctx *ctx, void *arg, struct err *err)
{
	struct intake *j = arg;

	return docket_write(ctx, j->docket, &j->added, err);
}

/* From one snapshot: what the file is compared with stays as it is meanwhile. */
static bool check(struct intake *j, struct ctx *ctx, struct err *err)
{
	if (!db_snapshot_begin(ctx->db, err))
		return false;
	bool ok = docket_done(ctx, j->docket, &j->summary, err);
	db_snapshot_end(ctx->db);
	return ok;
}

static bool take(struct intake *j, struct ctx *ctx, int fd, const char *path, struct err *err)
{
	struct actor actor = { .role = STR("system"), .name = STR("命令行") };
	struct docket_options options = { .only_unit = { .known = false } };
	struct str sheet = str_from_c(option_value(j->in, "--sheet"));

	if (!unit_option(j->in, ctx, &options.only_unit, err))
		return false;
	docket_open(&options, &j->docket);
	if (!sheet_read(j->in->arena, fd, str_from_c(path), sheet, docket_row, j->docket, err) ||
	    !check(j, ctx, err))
		return false;
	if (option_given(j->in, "--dry-run") || j->summary.bad > 0 || j->summary.good == 0)
		return true;
	j->written = site_write(&j->site, j->in->arena, actor, write_all, j, err);
	return j->written;
}

/* ---- what is told */

static void tell(const struct intake *j)
{
	const struct docket_summary *s = &j->summary;
	struct invocation *in = j->in;
	struct str unread = docket_unread(in->arena, s);

	say(in, "表头在第%u行。列的对应：\n", (unsigned)s->head_row);
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		if (s->column[f] >= 0)
			say(in, "  " STR_FMT " ← " STR_FMT "\n",
			    STR_ARG(docket_field_label((enum docket_field)f)),
			    STR_ARG(str_trim(s->head[s->column[f]])));
	if (unread.len > 0)
		say(in, "没有用到的列：" STR_FMT "\n", STR_ARG(unread));
	for (size_t i = 0; i < s->problems_count && i < PROBLEMS_SHOWN; i++)
		say(in, STR_FMT "\n", STR_ARG(s->problems[i].sentence));
	if (s->problems_all > PROBLEMS_SHOWN)
		say(in, "……共%zu处问题，这里只列出%d处。\n", s->problems_all, PROBLEMS_SHOWN);
	say(in, "共%zu行：新%zu行，已登记且相同%zu行，有问题%zu行。\n", s->rows, s->good, s->same, s->bad);
	if (j->written)
		say(in, "已导入%zu件。\n", j->added);
	else if (s->bad > 0)
		say(in, "没有导入任何内容：请改正后重新导入。\n");
	else if (option_given(in, "--dry-run"))
		say(in, "只检查，没有写入。\n");
	else
		say(in, "没有新的案件可导入。\n");
}

static void tell_json(const struct intake *j)
{
	const struct docket_summary *s = &j->summary;
	json_t *problems = json_array(), *mapping = json_object();

	for (size_t i = 0; i < s->problems_count; i++) {
		const struct docket_problem *p = &s->problems[i];
		json_t *one = json_object();
		json_object_set_new(one, "row", json_integer(p->row));
		json_object_set_new(one, "field", json_text(docket_field_code(p->field)));
		json_object_set_new(one, "column", json_text(p->column));
		json_object_set_new(one, "value", json_text(p->value));
		json_object_set_new(one, "problem", json_text(p->sentence));
		json_array_append_new(problems, one);
	}
	for (int f = 0; f < DOCKET_FIELD_COUNT; f++)
		if (s->column[f] >= 0)
			json_object_set_new(mapping, docket_field_code((enum docket_field)f).ptr,
					    json_text(str_trim(s->head[s->column[f]])));
	struct str unread = docket_unread(j->in->arena, s);
	json_t *out = json_pack("{s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:o, s:I, s:b, s:I, s:o}",
				"head_row", (json_int_t)s->head_row, "mapping", mapping, "rows",
				(json_int_t)s->rows, "good", (json_int_t)s->good, "same",
				(json_int_t)s->same, "bad", (json_int_t)s->bad, "problems_all",
				(json_int_t)s->problems_all, "problems", problems, "added",
				(json_int_t)j->added, "written", j->written, "version",
				(json_int_t)1, "unread", json_text(unread));
	say_json(j->in, out, JSON_INDENT(2) | JSON_SORT_KEYS);
}

static bool only_of_requests(struct invocation *in)
{
	static const char *const names[] = { "--map", "--set", "--add-units", "--skip-bad",
					     "--save-mapping" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (option_given(in, names[i])) {
			complain(in, "gongkai import：%s 只用于 requests。\n", names[i]);
			return true;
		}
	}
	return false;
}

int import_disputes(struct invocation *in, int fd, const char *path)
{
	enum db_access access = in->server_site != NULL ? DB_READ : DB_WRITE;
	struct intake j = { .in = in };
	struct err err = { 0 };

	if (only_of_requests(in))
		return 2;
	if (!site_of(in, access, "gongkai import", &j.site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&j.site, in->arena);
	bool ok = take(&j, &ctx, fd, path, &err);
	if (ok && option_given(in, "--json"))
		tell_json(&j);
	else if (ok)
		tell(&j);
	docket_close(j.docket);
	site_done(in, &j.site);
	if (!ok)
		return fail(in, &err);
	return j.summary.bad > 0 ? 1 : 0;
}
