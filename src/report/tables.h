/*
 * tables.h - tables 二 三 四 of one report as values.
 *
 * Cells are named by the keys of statistics.h: t2.<section>.<row>.<column>,
 * t3.<line>.<applicant>, t4.<route>.<outcome>; and fee.notices, fee.charged,
 * fee.paid. A group of table 三 and t4.all.* are sums of cells; they can be read
 * and never set. Pure.
 */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "statistics/statistics.h"

struct report_tables {
	enum form_kind form;
	int year;
	struct table2 t2;
	struct table3 t3;
	struct table4 t4;
	int64_t fee[FEES]; /* statistics_fees */
};

/* Empty tables: table 二 unknown, the others 0. */
struct report_tables tables_empty(int year, enum form_kind form);
/* false: the form has no such key. A sum with an unknown part is unknown. */
bool tables_get(const struct report_tables *t, struct str key, struct opt_int *hundredths);
/* false: no such cell, or it is a sum that follows from cells. */
bool tables_set(struct report_tables *t, struct str key, int64_t hundredths);
struct str tables_key2(struct arena *a, const struct form_cell2 *cell);
struct str tables_key3(struct arena *a, const struct form_line *line, size_t applicant);
struct str tables_key4(struct arena *a, size_t route, size_t outcome);
/* The keys of all cells in printed order; in the later form the fees after them. */
struct str *tables_keys(struct arena *a, enum form_kind form, size_t *count);
/* 表三“（一）予以公开”自然人; for sums too. Empty: no such key. */
struct str tables_label(struct arena *a, enum form_kind form, struct str key);

/* Cell by cell; a cell of table 二 that is unknown in either is unknown. */
void tables_add(struct report_tables *sum, const struct report_tables *unit);
/* Makes the totals of lines, of results and of routes follow their parts, after cells were set. */
void tables_recompute(struct report_tables *t);

struct table_change { struct str key; struct opt_int before, after; };
/* Cells that differ, in printed order. Both of one form. */
struct table_change *tables_diff(struct arena *a, const struct report_tables *before,
				 const struct report_tables *after, size_t *count);

/*
 * Every cell and every sum of these tables as figures, in printed order.
 * records: beginning of the address that opens them; ?table=… is added.
 */
struct figure_set tables_figures(struct arena *a, const struct report_tables *t,
				 struct str records);
/* GK1-…, the check code of form.h. */
struct str tables_code(struct arena *a, const struct report_tables *t);
#endif
