/*
 * narrative_fuzz.c - any text is parsed or refused; what was parsed renders and
 * checks without a fault, and its paragraphs hold no brace of a reference that
 * has a value.
 */
#include "base/utf8.h"
#include "report/narrative.h"

#include <stdlib.h>

static struct figure figures[] = {
	{ STR_INIT("t3.granted.total"), STR_INIT("予以公开"), STR_INIT("件"), STR_INIT(""), { true, 12300 },
	  STR_INIT("/a") },
	{ STR_INIT("t3.results_total.total"), STR_INIT("总计"), STR_INIT("件"), STR_INIT(""), { true, 27600 },
	  STR_INIT("/b") },
	{ STR_INIT("t4.all.upheld"), STR_INIT("维持"), STR_INIT("件"), STR_INIT(""), { false, 0 }, STR_INIT("/c") },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct str text = { (const char *)data, size };
	struct figure_set set = { .scope = { .year = 2020 }, .figures = figures,
				  .count = COUNT_OF(figures) };
	struct narrative_facts facts = { .figures = &set, .last_year = &set, .unit_name = STR("甲") };
	struct narrative n;
	struct narrative_text out;
	struct narrative_finding *found;
	size_t count;
	struct err err = { 0 };

	if (arena == NULL)
		arena = arena_open(256u << 20);
	arena_reset(arena);
	if (size == 0 || !utf8_valid_text(text) || !narrative_parse(arena, text, &n, &err))
		return 0;
	narrative_render(arena, &n, &facts, &out);
	narrative_check(arena, &n, &facts, &found, &count);
	for (size_t i = 0; i < count; i++)
		if (!utf8_valid_text(found[i].quoted) || found[i].place.line < 1 ||
		    found[i].place.column < 1)
			abort();
	return 0;
}
