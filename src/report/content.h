/*
 * content.h - one annual report with everything that is printed of it, and the
 * forms it is printed in.
 *
 * Made by report_content (report.h) from the records or from what was frozen;
 * everything here is pure. The page, DOCX, PDF, XLSX, CSV, JSON and plain text
 * all come from this one value, so they cannot disagree.
 */
#ifndef REPORT_CONTENT_H
#define REPORT_CONTENT_H

#include "office/write.h"
#include "report/grid.h"
#include "report/narrative.h"

#include <jansson.h>

struct report_erratum {
	int number;
	struct date on;
	struct str reason;
	const struct table_change *changes;
	size_t changes_count;
};

enum { REPORT_PARTS = 6 };
struct report_content {
	int year;
	enum form_kind form;
	struct str unit_code, unit_name;
	struct str state;	       /* draft … published */
	struct opt_date published_on;
	int64_t position;	       /* of the ledger, as counted; 0: now */
	struct str contact;	       /* of the 工作机构, or empty */
	struct report_tables tables;   /* errata applied */
	struct figure_set figures;     /* the same values, with the pages that open them */
	struct narrative_text parts[REPORT_PARTS];
	const struct report_erratum *errata;
	size_t errata_count;
};

/* 广州市越秀区人民政府2020年政府信息公开工作年度报告 */
struct str content_title(struct arena *a, const struct report_content *c);
/* 本报告依据……，所列数据的统计期限为2020年1月1日至12月31日。 and whom to ask */
struct str content_preamble(struct arena *a, const struct report_content *c);
/* Not published: says so. Empty for a published report. */
struct str content_draft_note(struct arena *a, const struct report_content *c);
/* What the pie shows: the kinds of results, with their figures. */
struct result_slice { struct str label, key; int64_t value; };
struct result_slice *content_slices(struct arena *a, const struct report_content *c, size_t *count);
struct str content_chart_title(struct arena *a, const struct report_content *c);
/* Is the pie placed by the words? If not it follows table 三. */
bool content_places_chart(const struct report_content *c);
/* One sentence per erratum: 第1号更正（2021年5月6日）：…… */
struct str content_erratum_text(struct arena *a, const struct report_content *c,
				const struct report_erratum *e);

struct doc *content_doc(struct arena *a, const struct report_content *c);
/*
 * table: 2, 3 or 4; the columns of samples/yuexiu-2020. For people's spreadsheets, or
 * for scripts.
 */
enum csv_for { CSV_FOR_PEOPLE, CSV_FOR_SCRIPTS };
NODISCARD bool content_csv(struct arena *a, const struct report_content *c, int table,
			   enum csv_for whom, office_sink *sink, void *arg,
			   struct err *err);
/* By docs/schema/report.schema.json. */
json_t *content_json(struct arena *a, const struct report_content *c);
/* The same as text, two spaces a level, a newline at the end. */
struct str content_json_text(struct arena *a, const struct report_content *c);
#endif
