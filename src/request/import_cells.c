#include "request/import_cells.h"

#include "text/normalise.h"
#include "text/number.h"

struct str import_label(struct arena *a, struct str label)
{
	struct str folded = normalise_label(a, label);
	size_t bracket = str_find(folded, STR("("), 0);

	if (bracket != SIZE_MAX && bracket > 0)
		folded = str_slice(folded, 0, bracket);
	while (str_ends(folded, STR("*")) || str_ends(folded, STR(":")))
		folded.len--;
	(void)str_take_char(&folded, '*');
	return folded;
}

int import_column(const struct str *labels, size_t count, const struct str *words, size_t max,
		  const bool *taken)
{
	for (size_t w = 0; w < max && words[w].len > 0; w++)
		for (size_t c = 0; c < count; c++)
			if (!taken[c] && str_equal(labels[c], words[w]))
				return (int)c;
	return -1;
}

bool import_day(struct str cell, struct date *out)
{
	struct err why = { 0 };

	return date_parse(cell, out) || date_from_people(cell, out, &why);
}

bool import_row_is_blank(const struct sheet_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_trim(row->cells[i]).len > 0)
			return false;
	return true;
}

struct str import_sentence(struct arena *a, enum locale locale, const struct import_place *at,
			   const char *key, struct str fact, struct str second)
{
	struct err why = { 0 };

	err_set(&why, ERR_INVALID, key, "%u|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT,
		(unsigned)at->row, STR_ARG(at->column), STR_ARG(at->value), STR_ARG(fact),
		STR_ARG(second));
	return err_text(a, locale, &why);
}
