/* history.c - a ledger's codes in people's words, by the tables of whoever asks. */
#include "ledger/history.h"

#include "base/buf.h"
#include "base/limits.h"

#include <jansson.h>
#include <string.h>

static struct str fact_word(const struct history_words *w, const struct history_fact *fact,
			    const char *text)
{
	struct str code = str_from_c(text);

	if (code.len > 0 && w->looked_up != NULL && strcmp(fact->name, w->looked_up) == 0)
		return w->look_up(w->arg, code);
	return code.len > 0 && fact->word != NULL ? fact->word(code) : code;
}

static void add_change(struct buf *b, const struct history_words *w, const json_t *change)
{
	const char *name = json_string_value(json_array_get(change, 0));
	const char *before = json_string_value(json_array_get(change, 1));
	const char *after = json_string_value(json_array_get(change, 2));

	for (size_t i = 0; name != NULL && i < w->facts_count; i++) {
		const struct history_fact *fact = &w->facts[i];
		if (strcmp(fact->name, name) != 0)
			continue;
		struct str was = fact_word(w, fact, before), is = fact_word(w, fact, after);
		buf_add_c(b, b->len > 0 ? "，" : "");
		buf_addf(b, STR_FMT "%s" STR_FMT "%s", STR_ARG(fact->label),
			 fact->label.len > 0 ? " " : "", STR_ARG(was),
			 was.len > 0 ? " → " : "");
		buf_add(b, is.len > 0 ? is : STR("（无）"));
	}
}

static struct str verb_word(const struct history_words *w, struct str verb)
{
	struct str word = w->verb != NULL ? w->verb(verb) : STR_NONE;

	for (size_t i = 0; word.len == 0 && i < w->verbs_count; i++)
		if (str_equal_c(verb, w->verbs[i].verb))
			word = w->verbs[i].label;
	return word.len > 0 ? word : verb;
}

struct str history_sentence(struct arena *a, const struct history_words *words,
			    const struct ledger_row *row)
{
	json_t *changes = json_loadb(row->changes_json.ptr, row->changes_json.len, 0, NULL);
	struct str verb = verb_word(words, row->verb);
	struct buf b = buf_open(a, 200, LIMIT_FIELD_BYTES);
	size_t i;
	json_t *change;

	json_array_foreach(changes, i, change)
		add_change(&b, words, change);
	json_decref(changes);
	return str_format(a, STR_FMT "%s" STR_FMT "。", STR_ARG(verb), b.len > 0 ? "：" : "",
			  STR_ARG(buf_str(&b)));
}

bool history_load(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
		  const struct history_words *words, struct history_line **out, size_t *count,
		  struct err *err)
{
	struct ledger_row *rows;

	if (!ledger_history(ctx, subject_kind, subject_id, HISTORY_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct history_line);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct history_line){ .at = rows[i].at,
						   .who = rows[i].actor_name,
						   .what = history_sentence(ctx->arena, words,
									    &rows[i]),
						   .reason = rows[i].reason };
	return true;
}
