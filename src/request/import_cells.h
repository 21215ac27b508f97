/*
 * import_cells.h - what registers of every kind have in common: the words over their columns,
 * days as people write them, and the sentence about a cell that cannot be taken.
 */
#ifndef REQUEST_IMPORT_CELLS_H
#define REQUEST_IMPORT_CELLS_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "office/read.h"

enum {
	IMPORT_HEAD_ROWS = 10, /* titles may stand above the head, but not more than this */
	IMPORT_VALUE_SHOWN = 30, /* characters of a cell or a label in a sentence */
};

/* The label as it is compared: "收到日期（年月日）" and "收到日期*" are read as "收到日期". */
struct str import_label(struct arena *a, struct str label);
/*
 * The column of labels whose label is the earliest of words, or -1; words ends with an empty one
 * or after max. taken: columns that another field has.
 */
int import_column(const struct str *labels, size_t count, const struct str *words, size_t max,
		  const bool *taken);
/* 2020-11-02, 2020年11月2日, 2020.11.2 …; false: no day. */
bool import_day(struct str cell, struct date *out);
bool import_row_is_blank(const struct sheet_row *row);

struct import_place { uint32_t row; struct str column, value; };
/* key: a sentence of which {1} is the row, {2} the column, {3} the value, {4} and {5} the facts. */
struct str import_sentence(struct arena *a, enum locale locale, const struct import_place *at,
			   const char *key, struct str fact, struct str second);
#endif
