/*
 * letter_template_fuzz.c - any text is a template or is refused with its lines; what was read
 * merges without a fault, and with every field known no gap is left but what is computed.
 */
#include "base/utf8.h"
#include "letter/law.h"
#include "letter/template.h"

#include <stdlib.h>

static void check_findings(struct arena *a, const struct template_findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->at[i].line < 0 ||
		    !utf8_valid_text(template_finding_text(a, LOCALE_ZH_CN, &f->at[i])))
			abort();
}

static void check_references(struct str text)
{
	struct str law = STR_NONE;
	struct law_reference r;
	size_t from = 0, before = 0;

	while (law_reference_next(text, &from, &law, &r)) {
		if (from <= before || r.article < 1)
			abort();
		before = from;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct str text = { (const char *)data, size };
	struct template_findings findings = { 0 };
	struct letter_template t;

	if (arena == NULL)
		arena = arena_open(64u << 20);
	arena_reset(arena);
	if (size == 0)
		return 0;
	bool read = template_parse(arena, text, &t, &findings);
	if (read == (findings.count > 0))
		abort();
	if (!read) {
		check_findings(arena, &findings);
		return 0;
	}
	for (size_t i = 0; i < LETTER_KINDS; i += 7)
		template_check(arena, &t, &letter_kinds[i], &findings);
	check_findings(arena, &findings);
	check_references(text);
	struct letter_values none = letter_values_new(arena), all = letter_values_new(arena);
	for (size_t i = 0; i < letter_fields_count; i++)
		all.at[i] = STR("值");
	for (int part = 0; part < LETTER_PARTS; part++) {
		struct buf b = buf_open(arena, 1024, 8u << 20);
		template_merge(&t, (enum letter_part)part, &none, &b);
		buf_clear(&b);
		template_merge(&t, (enum letter_part)part, &all, &b);
		if (!buf_ok(&b) || str_contains(buf_str(&b), STR("{")) ||
		    !str_equal(letter_expand(arena, buf_str(&b), &none), buf_str(&b)))
			abort();
	}
	return 0;
}
