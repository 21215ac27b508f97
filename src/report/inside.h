/*
 * inside.h - what the files of this folder share and nobody else sees.
 */
#ifndef REPORT_INSIDE_H
#define REPORT_INSIDE_H

#include "report/report.h"

/* ---- report_store.c */
enum frozen_errata { FROZEN_AS_APPROVED, FROZEN_CORRECTED };
/* The frozen tables of an approved or published report. */
NODISCARD bool store_tables(struct ctx *ctx, const struct report *r, enum frozen_errata errata,
			    struct report_tables *out, struct err *err);
NODISCARD bool store_last_year(struct ctx *ctx, const struct report *r, struct report_tables *out,
			       bool *found, struct err *err);
NODISCARD bool store_errata(struct ctx *ctx, const struct report *r, struct report_erratum **out,
			    size_t *count, struct err *err);
NODISCARD bool store_notes(struct ctx *ctx, const struct report *r, struct str **out, size_t *count,
			   struct err *err);
bool report_is_frozen(const struct report *r);
struct str report_form_code(enum form_kind form);

/* ---- report_count.c */
struct unit_tables { struct unit unit; struct report_tables tables; struct opt_int from_report; };
/* Of one unit, from its records. */
NODISCARD bool count_unit(struct ctx *ctx, struct unit_id unit, int year, int64_t as_of,
			  struct report_tables *out, struct err *err);
/* Of all units with their sum. */
NODISCARD bool count_merged(struct ctx *ctx, int year, int64_t as_of, struct report_tables *sum,
			    struct unit_tables **units, size_t *count, struct err *err);
NODISCARD bool count_report(struct ctx *ctx, const struct report *r, int64_t as_of,
			    struct report_tables *out, struct err *err);

/* ---- report_load.c */
struct report_names { struct str unit_code, unit_name, unit_short_name, office_name, contact; };
NODISCARD bool load_names(struct ctx *ctx, const struct report *r, struct report_names *out,
			  struct err *err);
/* Scope notes in force, as sentences; of the government's report only. */
NODISCARD bool load_notes(struct ctx *ctx, const struct report *r, struct str **out, size_t *count,
			  struct err *err);
NODISCARD bool load_default_words(struct ctx *ctx, enum form_kind form,
				  struct str parts[REPORT_PARTS], struct err *err);
struct str load_records(struct arena *a, const struct report *r, struct str unit_code);

/* ---- report_look.c */
/* What is wrong with a report that says `words` and counts `tables`. */
NODISCARD bool look_at(struct ctx *ctx, const struct report *r, const struct report_tables *tables,
		       const struct str words[REPORT_PARTS], struct report_findings *out,
		       struct err *err);
#endif
