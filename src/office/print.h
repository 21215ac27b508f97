/*
 * print.h - what all the writers need to know of a table or chart; for office/ alone.
 */
#ifndef OFFICE_PRINT_H
#define OFFICE_PRINT_H

#include "office/doc.h"

/* Zip entries and document properties all carry this time, so that reruns give the same bytes. */
#define OFFICE_FIXED_TIME INT64_C(1577808000) /* 2020-01-01 00:00 in China */

/* Rows at the top whose cells are all heads; never the whole table. */
uint16_t print_head_rows(const struct doc_table *t);
/* Relative widths: the table's own, or by the text. cols numbers, each at least 1. */
const uint16_t *print_widths(struct arena *a, const struct doc_table *t);
/* Half-widths: 1 for a Latin letter or digit, 2 for a Han character. Of the longest line. */
uint32_t print_text_width(struct str s);

/* The numbers of a chart as a table: label, value, share. */
struct doc_table *print_chart_table(struct arena *a, const struct doc_block *chart);
/* value of sum as 32.2%; 0.0% for a sum of 0. */
struct str print_share(struct arena *a, int64_t value, int64_t sum);
/* Of all slices with a value over 0. */
int64_t print_chart_sum(const struct doc_block *chart);

/*
 * A number that a spreadsheet gives back exactly as it is written here: at most
 * 15 digits, no zeros before it. decimals is how many digits follow the point.
 */
bool print_exact_number(struct str s, double *value, int *decimals);
#endif
