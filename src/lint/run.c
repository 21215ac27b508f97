/*
 * run.c - gongkai check FILE…: read, check, tell, and an exit status that scripts can use.
 *
 * A file that cannot be read does not stop the others; its reason is told and
 * the status is 2. Nothing is written anywhere but to the sink.
 */
#include "base/file.h"
#include "base/json.h"
#include "lint/lint_internal.h"

#include <stdlib.h>

enum { STATUS_CLEAN, STATUS_FINDINGS, STATUS_UNREADABLE };

static bool read_one(struct arena *a, const struct lint_job *job, struct str path,
		     struct lint_report **out, struct err *err)
{
	struct str content;
	struct doc *doc;

	return file_read(a, path, LIMIT_UPLOAD, &content, err) &&
	       job->read(a, path, content, &doc, err) && lint_read(a, doc, path, out, err);
}

struct teller {
	struct arena *arena;
	const struct lint_job *job;
	office_sink *sink;
	void *arg;
	json_t *list;
	bool broken;
};

static void tell(struct teller *t, struct str text)
{
	struct err ignored = { 0 };

	t->broken = t->broken || !t->sink(t->arg, text, &ignored);
}

static void tell_unreadable(struct teller *t, struct str path, const struct err *err)
{
	struct str why = err_text(t->arena, LOCALE_ZH_CN, err);

	if (!t->job->json) {
		tell(t, str_format(t->arena, STR_FMT "\n  [无法读取] " STR_FMT "\n", STR_ARG(path), STR_ARG(why)));
		return;
	}
	json_t *o = json_object();
	json_object_set_new(o, "file", json_text(path));
	json_object_set_new(o, "unreadable", json_text(why));
	json_object_set_new(o, "code", json_string(err->key));
	json_array_append_new(t->list, o);
}

static void tell_too_many(struct teller *t)
{
	struct err err = { 0 };

	(void)err_set(&err, ERR_LIMIT, "lint.too_many_files", "%d|%zu", LIMIT_LINT_FILES,
		      t->job->units_count);
	tell_unreadable(t, STR("--units"), &err);
}

static int tell_result(struct teller *t, const struct lint_report *r,
		       const struct lint_result *result)
{
	bool faults = result->errors > 0 || (t->job->strict && result->warnings > 0);

	if (t->job->json)
		json_array_append_new(t->list, lint_print_json(t->arena, r, result));
	else
		tell(t, lint_print_text(t->arena, r, result));
	return faults ? STATUS_FINDINGS : STATUS_CLEAN;
}

/* The reports to compare with; false if one cannot be read. */
static bool read_companions(struct teller *t, struct lint_options *o)
{
	const struct lint_job *job = t->job;
	const struct lint_report **units =
		ARENA_ARRAY(t->arena, job->units_count, const struct lint_report *);
	struct lint_report *r;
	struct err err = { 0 };

	if (job->previous.len > 0) {
		if (!read_one(t->arena, job, job->previous, &r, &err)) {
			tell_unreadable(t, job->previous, &err);
			return false;
		}
		o->previous = r;
	}
	for (size_t i = 0; i < job->units_count; i++) {
		if (!read_one(t->arena, job, job->units[i], &r, &err)) {
			tell_unreadable(t, job->units[i], &err);
			return false;
		}
		units[i] = r;
	}
	o->units = units;
	o->units_count = job->units_count;
	o->published = job->published;
	return true;
}

static int run_files(struct teller *t, const struct lint_options *options)
{
	int worst = STATUS_CLEAN;

	for (size_t i = 0; i < t->job->files_count; i++) {
		struct arena_mark mark = arena_mark(t->arena);
		struct lint_report *r;
		struct lint_result result;
		struct err err = { 0 };
		int status = STATUS_UNREADABLE;
		if (read_one(t->arena, t->job, t->job->files[i], &r, &err)) {
			lint_check(t->arena, r, options, &result);
			status = tell_result(t, r, &result);
		} else {
			tell_unreadable(t, t->job->files[i], &err);
		}
		worst = status > worst ? status : worst;
		arena_rewind(t->arena, mark);
	}
	return worst;
}

int lint_run(struct arena *a, const struct lint_job *job, office_sink *sink, void *arg)
{
	struct teller t = { .arena = a, .job = job, .sink = sink, .arg = arg };
	struct lint_options options = { .previous = NULL };
	int status = STATUS_UNREADABLE;

	if (job->json)
		t.list = json_array();
	if (job->units_count > LIMIT_LINT_FILES)
		tell_too_many(&t);
	else if (read_companions(&t, &options))
		status = run_files(&t, &options);
	if (job->json) {
		char *printed = json_dumps(t.list, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
		if (printed != NULL) {
			tell(&t, str_from_c(printed));
			tell(&t, STR("\n"));
		}
		free(printed); /* allow: json_dumps gives it to its caller */
		json_decref(t.list);
	}
	return t.broken ? STATUS_UNREADABLE : status;
}
