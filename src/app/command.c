/*
 * command.c - finding and running a subcommand; its options; its output.
 */
#include "app/command.h"

#include "app/control.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option common_options[] = {
	{ "--data", "DIR", "数据目录，默认 ./var", false },
	{ "--help", NULL, "显示本说明", false },
	OPTION_END
};

/* If nobody reads, the exit status still tells. */
static void put(int fd, struct str text)
{
	(void)!file_write_fd(fd, text);
}

static void put_formatted(const struct invocation *in, int fd, const char *fmt, va_list args)
{
	struct buf b = buf_open(in->arena, 512, LIMIT_PAGE);
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	char *room = n >= 0 ? buf_room(&b, (size_t)n + 1) : NULL;
	if (room != NULL) {
		vsnprintf(room, (size_t)n + 1, fmt, args);
		put(fd, (struct str){ room, (size_t)n });
	}
}

void say(const struct invocation *in, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_formatted(in, in->out, fmt, args);
	va_end(args);
}

void say_json(const struct invocation *in, json_t *value, size_t flags)
{
	char *text = json_dumps(value, flags);

	say(in, "%s\n", text);
	free(text); /* allow: jansson's own */
	json_decref(value);
}

void complain(const struct invocation *in, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_formatted(in, in->err, fmt, args);
	va_end(args);
}

bool sink_out(void *invocation, struct str text)
{
	put(((struct invocation *)invocation)->out, text);
	return true;
}

int fail(const struct invocation *in, const struct err *err)
{
	struct str text = err_text(in->arena, LOCALE_ZH_CN, err);

	complain(in, "gongkai %s：" STR_FMT "\n", in->command->name, STR_ARG(text));
	if (err->code == ERR_INTERNAL || err->code == ERR_UNAVAILABLE)
		complain(in, "  （%s）\n", err->facts);
	return err->code == ERR_INVALID || err->code == ERR_NOT_FOUND ? 2 : 1;
}

bool unit_named(struct ctx *ctx, struct str code, struct unit *out, struct err *err)
{
	bool found;

	if (!agency_unit_by_code(ctx, code, out, &found, err))
		return false;
	return found || err_set_field(err, "--unit", ERR_NOT_FOUND, "app.no_unit_code", STR_FMT,
				      STR_ARG(code));
}

bool unit_option(struct invocation *in, struct ctx *ctx, struct opt_int *out, struct err *err)
{
	struct str code = str_from_c(option_value(in, "--unit"));
	struct unit unit;

	*out = (struct opt_int){ 0 };
	if (code.len == 0)
		return true;
	if (!unit_named(ctx, code, &unit, err))
		return false;
	*out = (struct opt_int){ true, unit.id.n };
	return true;
}

static const struct option *option_row(const struct command *c, const char *name)
{
	for (const struct option *o = common_options; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	for (const struct option *o = c->options; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

static void list_options(const struct invocation *in, const struct option *o)
{
	for (; o != NULL && o->name != NULL; o++)
		complain(in, "  %s%s%s\t%s\n", o->name, o->value != NULL ? " " : "",
			 o->value != NULL ? o->value : "", o->sentence);
}

/* How many words behind argv[i] are values of the option there: of "FILE…" all up to the next. */
static int values_behind(const struct invocation *in, int i, const struct option *o)
{
	int n = 0;

	if (o == NULL || o->value == NULL)
		return 0;
	if (!str_ends(str_from_c(o->value), STR("…")))
		return i + 1 < in->argc ? 1 : 0;
	while (i + n + 1 < in->argc && strncmp(in->argv[i + n + 1], "--", 2) != 0)
		n++;
	return n;
}

/* The same option once more, where one value is all there can be. */
static bool given_twice(const struct invocation *in, int at, const struct option *o)
{
	for (int i = 0; i < at; i++) {
		if (strncmp(in->argv[i], "--", 2) != 0)
			continue;
		if (strcmp(in->argv[i], o->name) == 0)
			return !o->many && o->value != NULL;
		i += values_behind(in, i, option_row(in->command, in->argv[i]));
	}
	return false;
}

bool options_check(const struct invocation *in)
{
	for (int i = 0; i < in->argc; i++) {
		const char *word = in->argv[i];
		if (strncmp(word, "--", 2) != 0)
			continue;
		const struct option *o = option_row(in->command, word);
		if (o == NULL) {
			complain(in, "gongkai %s：没有选项 %s。可用的选项：\n", in->command->name, word);
			list_options(in, in->command->options);
			list_options(in, common_options);
			return false;
		}
		if (o->value != NULL && values_behind(in, i, o) == 0) {
			complain(in, "gongkai %s：选项 %s 后面缺少 %s。\n", in->command->name, word, o->value);
			return false;
		}
		if (given_twice(in, i, o)) {
			complain(in, "gongkai %s：选项 %s 给了两次，不知道以哪一个为准。请只留一个。\n",
				 in->command->name, word);
			return false;
		}
		i += values_behind(in, i, o);
	}
	return true;
}

const char *option_value_at(const struct invocation *in, const char *name, int n)
{
	assert(option_row(in->command, name) != NULL);
	for (int i = 0; i < in->argc; i++) {
		if (strncmp(in->argv[i], "--", 2) != 0)
			continue;
		int values = values_behind(in, i, option_row(in->command, in->argv[i]));
		bool named = strcmp(in->argv[i], name) == 0;
		if (named && n < (values > 0 ? values : 1))
			return values > 0 ? in->argv[i + 1 + n] : "";
		if (named)
			n -= values > 0 ? values : 1;
		i += values;
	}
	return NULL;
}

const char *option_value(const struct invocation *in, const char *name)
{
	return option_value_at(in, name, 0);
}

bool option_given(const struct invocation *in, const char *name)
{
	return option_value(in, name) != NULL;
}

int option_int(const struct invocation *in, const char *name, int64_t low, int64_t high,
	       int64_t absent, int64_t *out)
{
	const char *text = option_value(in, name);

	*out = absent;
	if (text == NULL)
		return 0;
	if (str_to_i64(str_from_c(text), out) && *out >= low && *out <= high)
		return 0;
	complain(in, "gongkai %s：选项 %s 的值“%s”不可用：请填 %lld 到 %lld 之间的整数。\n", in->command->name,
		 name, text, (long long)low, (long long)high);
	return 2;
}

const char *operand(const struct invocation *in, int n)
{
	for (int i = 0; i < in->argc; i++) {
		if (strncmp(in->argv[i], "--", 2) == 0) {
			i += values_behind(in, i, option_row(in->command, in->argv[i]));
			continue;
		}
		if (n-- == 0)
			return in->argv[i];
	}
	return NULL;
}

static void help(const struct invocation *in)
{
	const struct command *c = in->command;
	struct invocation to_out = *in;

	to_out.err = in->out; /* asked for: not a complaint */
	say(in, "用法：gongkai %s %s\n%s\n\n选项：\n", c->name, c->arguments, c->summary);
	list_options(&to_out, c->options);
	list_options(&to_out, common_options);
}

static int usage(int fd)
{
	struct arena *a = arena_open(1024 * 1024);
	struct buf b = buf_open(a, 4096, 512 * KIB);

	buf_add_c(&b, "gongkai " GONGKAI_VERSION " - 政府信息公开工作平台\n\n用法：gongkai 命令 [选项]\n\n命令：\n");
	for (const struct command *const *c = app_commands; *c != NULL; c++)
		buf_addf(&b, "  %-10s %s\n", (*c)->name, (*c)->summary);
	buf_add_c(&b, "\n每个命令都有 --help。退出状态：0 完成，1 发现问题或失败，2 用法错误或无法读取。\n");
	put(fd, buf_str(&b));
	arena_close(a);
	return fd == STDOUT_FILENO ? 0 : 2;
}

const struct command *command_find(const char *name)
{
	for (const struct command *const *c = app_commands; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

int command_run(struct invocation *in)
{
	if (!options_check(in))
		return 2;
	if (option_given(in, "--help")) {
		help(in);
		return 0;
	}
	return in->command->run(in);
}

bool site_of(struct invocation *in, enum db_access access, const char *purpose, struct data_site *s,
	     struct err *err)
{
	if (in->server_site != NULL) {
		*s = *in->server_site;
		return access == DB_WRITE || db_open(&s->db, s->where, DB_READ, err);
	}
	const char *dir = option_value(in, "--data");
	if (!site_init(s, in->arena, str_from_c(dir != NULL ? dir : "var"), err))
		return false;
	if (access == DB_WRITE && !site_lock(s, purpose, err))
		return false;
	return site_open(s, access, err);
}

void site_done(struct invocation *in, struct data_site *s)
{
	if (in->server_site == NULL)
		site_close(s);
	else
		db_close(s->db);
}

int command_main(int argc, char **argv)
{
	if (argc < 2)
		return usage(STDERR_FILENO);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(STDOUT_FILENO);
	if (strcmp(argv[1], "--version") == 0) {
		put(STDOUT_FILENO, STR("gongkai " GONGKAI_VERSION "\n"));
		return 0;
	}
	const struct command *c = command_find(argv[1]);
	if (c == NULL) {
		put(STDERR_FILENO, STR("gongkai：没有命令“"));
		put(STDERR_FILENO, str_from_c(argv[1]));
		put(STDERR_FILENO, STR("”。可用的命令：\n\n"));
		return usage(STDERR_FILENO);
	}
	struct arena *a = arena_open(LIMIT_COMMAND_ARENA);
	struct invocation in = { .arena = a,
				 .argc = argc - 2,
				 .command = c,
				 .out = STDOUT_FILENO,
				 .err = STDERR_FILENO,
				 .in = STDIN_FILENO,
				 .file = -1,
				 .output = -1 };
	in.argv = ARENA_ARRAY(a, (size_t)argc, const char *);
	for (int i = 2; i < argc; i++)
		in.argv[i - 2] = argv[i];
	int status;

	if (!control_hand_over(&in, &status))
		status = command_run(&in);
	arena_close(a);
	return status;
}
