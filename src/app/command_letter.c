/*
 * command_letter.c - `gongkai letter`: the letters on file, and samples of every kind, as PDF,
 * Word and text.
 */
#include "app/commands.h"

#include "base/file.h"
#include "letter/letterhead.h"
#include "letter/template.h"

#include <string.h>

static const struct option letter_options[] = {
	{ "--unit", "CODE", "单位代码，默认本级政府", false },
	{ "--date", "DAY", "样张的成文日期，默认今天", false },
	{ "--format", "NAME", "样张的格式：text pdf docx，默认 text", false },
	{ "--output", "FILE", "写入文件，默认标准输出", false },
	OPTION_END
};

enum { LIST_MAX = 1000 };

static bool unit_of(struct ctx *ctx, struct invocation *in, struct unit *unit,
		    struct err *err)
{
	const char *code = option_value(in, "--unit");

	return code == NULL ? agency_root(ctx, unit, err)
			    : unit_named(ctx, str_from_c(code), unit, err);
}

/* ---- out */

static bool write_out(struct invocation *in, struct str bytes, struct err *err)
{
	const char *path = option_value(in, "--output");

	if (path != NULL)
		return file_write(in->arena, str_from_c(path), bytes, err);
	return sink_out(in, bytes);
}

static bool print_letter(struct ctx *ctx, struct invocation *in, const struct letter *l,
			 const char *format, struct err *err)
{
	struct str bytes;

	if (strcmp(format, "pdf") == 0) {
		if (!letter_pdf(ctx, in->arena, l, &bytes, err))
			return false;
	} else if (strcmp(format, "docx") == 0) {
		if (!letter_docx(ctx, in->arena, l, &bytes, err))
			return false;
	} else {
		bytes = letter_plain(in->arena, l);
	}
	return write_out(in, bytes, err);
}

/* ---- what may follow `gongkai letter` */

static bool list(struct ctx *ctx, struct invocation *in, struct err *err)
{
	struct opt_int which = { 0 };
	struct letter *letters;
	struct unit unit;
	size_t count;

	if (option_given(in, "--unit")) {
		if (!unit_of(ctx, in, &unit, err))
			return false;
		which = (struct opt_int){ true, unit.id.n };
	}
	if (!letter_page(ctx, which, 0, LIST_MAX, &letters, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct letter *l = &letters[i];
		struct str number = l->issued ? l->number : STR("草稿");
		struct str day = date_iso(ctx->arena, l->dated);
		say(in, "%lld\t" STR_FMT "\t" STR_FMT "\t%s\t" STR_FMT "\n", (long long)l->id.n,
		    STR_ARG(day), STR_ARG(number), l->kind->code, STR_ARG(l->title));
	}
	return true;
}

static bool templates(struct ctx *ctx, struct invocation *in, struct err *err)
{
	struct unit unit;

	if (!unit_of(ctx, in, &unit, err))
		return false;
	for (size_t i = 0; i < LETTER_KINDS; i++) {
		const struct letter_kind *kind = &letter_kinds[i];
		struct template_version version;
		if (!template_in_force(ctx, unit.id, kind, ctx->today, &version, err))
			return false;
		struct str since = version.built_in ? STR("内置")
						    : date_iso(ctx->arena, version.from);
		say(in, "%s\t" STR_FMT "\t" STR_FMT "\n", kind->code, STR_ARG(kind->name),
		    STR_ARG(since));
	}
	return true;
}

static bool one(struct ctx *ctx, struct invocation *in, const char *format, struct err *err)
{
	const char *word = operand(in, 1);
	struct letter l;
	int64_t id;

	if (word == NULL || !str_to_i64(str_from_c(word), &id))
		return err_set(err, ERR_NOT_FOUND, "letter.none", "%s", word == NULL ? "?" : word);
	return letter_load(ctx, (struct letter_id){ id }, &l, err) &&
	       print_letter(ctx, in, &l, format, err);
}

static bool sample(struct ctx *ctx, struct invocation *in, struct err *err)
{
	const char *code = operand(in, 1), *day = option_value(in, "--date");
	const char *format = option_value(in, "--format");
	struct date dated = ctx->today;
	struct unit unit;
	struct letter l;

	const struct letter_kind *kind = letter_kind_find(str_from_c(code));
	if (kind == NULL)
		return err_set(err, ERR_NOT_FOUND, "letter.no_kind", "%s",
			       code == NULL ? "?" : code);
	if (day != NULL && !date_parse(str_from_c(day), &dated))
		return err_set_field(err, "--date", ERR_INVALID, "letter.bad_day", "%s", day);
	return unit_of(ctx, in, &unit, err) &&
	       letter_sample(ctx, unit.id, kind, dated, &l, err) &&
	       print_letter(ctx, in, &l, format == NULL ? "text" : format, err);
}

static bool known_format(const char *format)
{
	return format == NULL || strcmp(format, "text") == 0 || strcmp(format, "pdf") == 0 ||
	       strcmp(format, "docx") == 0;
}

static bool run_verb(struct ctx *ctx, struct invocation *in, const char *verb,
		     struct err *err)
{
	if (strcmp(verb, "list") == 0)
		return list(ctx, in, err);
	if (strcmp(verb, "templates") == 0)
		return templates(ctx, in, err);
	if (strcmp(verb, "sample") == 0)
		return sample(ctx, in, err);
	return one(ctx, in, strcmp(verb, "show") == 0 ? "text" : verb, err);
}

static int letter_run(struct invocation *in)
{
	static const char *const verbs[] = { "list", "show", "pdf", "docx", "templates", "sample" };
	const char *verb = operand(in, 0);
	struct data_site site;
	struct err err = { 0 };
	bool known = false;

	for (size_t i = 0; i < COUNT_OF(verbs) && verb != NULL; i++)
		known = known || strcmp(verb, verbs[i]) == 0;
	if (!known || !known_format(option_value(in, "--format"))) {
		complain(in, "gongkai letter：请写明 list、show N、pdf N、docx N、templates 或 "
			     "sample KIND；--format 可用 text pdf docx。\n");
		return 2;
	}
	if (!site_of(in, DB_READ, "gongkai letter", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	bool done = run_verb(&ctx, in, verb, &err);
	site_done(in, &site);
	return done ? 0 : fail(in, &err);
}

const struct command letter_command = {
	"letter",
	"list | show N | pdf N | docx N | templates | sample KIND [--unit CODE] [--date DAY] "
	"[--format NAME] [--output FILE]",
	"文书：列表、全文、样张，PDF、Word和文本",
	letter_options,
	letter_run,
	0,
};
