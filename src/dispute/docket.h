/*
 * docket.h - 复议诉讼台账, the register of proceedings that offices keep in a spreadsheet, in and
 * out. What table 四 counts is in it; the dossier (notice, hearings, papers) of each is not.
 *
 * As with requests (request/import.h) a file is taken in two parts. First its rows are read and
 * checked, all of them, against the words, the days, each other and what is registered; every bad
 * cell is named with what is allowed there. Then docket_write puts them into the site by the verbs
 * of dispute.h, all in one transaction, or none where any row is bad. A case number that is there
 * with the same facts is passed over, with other facts it is a problem, and never changed. A suit
 * may name a reconsideration that stands behind it in the file.
 *
 *	docket_open(ctx, &options, &docket, err)
 *	sheet_read(…, docket_row, docket, err)
 *	docket_done(ctx, docket, &summary, err)
 *	in a transaction: docket_write(ctx, docket, &added, err)
 *	docket_close(docket)
 *
 * Refuses more than LIMIT_DOCKET_ROWS rows or LIMIT_DOCKET_BYTES of text.
 */
#ifndef DISPUTE_DOCKET_H
#define DISPUTE_DOCKET_H

#include "dispute/dispute.h"
#include "office/read.h"
#include "request/import.h"

enum docket_field {
	DOCKET_CASE_NO,	     /* 案号 */
	DOCKET_UNIT,	     /* 承办单位 */
	DOCKET_REQUEST,	     /* 申请登记编号 */
	DOCKET_ROUTE,	     /* 类型 */
	DOCKET_ORGAN,	     /* 受理机关 */
	DOCKET_ACCEPTED_ON,  /* 受理日期 */
	DOCKET_RESULT,	     /* 结果: what the decision says */
	DOCKET_OUTCOME,	     /* 结果类别: the column of table 四 */
	DOCKET_CONCLUDED_ON, /* 审结日期 */
	DOCKET_EARLIER,	     /* 复议案号 */
	DOCKET_FIELD_COUNT
};
struct str docket_field_code(enum docket_field f);
struct str docket_field_label(enum docket_field f);
bool docket_field_required(enum docket_field f);

struct docket_options {
	/* Rows of other units are refused, rows that name none are its. Unknown: all units. */
	struct opt_int only_unit;
};

struct docket_problem {
	uint32_t row; /* as the spreadsheet counts */
	enum docket_field field;
	struct str column;   /* its label in this file */
	struct str value;    /* the first characters of the cell */
	struct str sentence; /* 第5行“类型”：“诉讼”…；可填：… */
};
enum { DOCKET_PROBLEMS_MAX = 200, DOCKET_PREVIEW_ROWS = 20 };
struct docket_preview_row {
	uint32_t row;
	struct str values[DOCKET_FIELD_COUNT]; /* as understood; empty if bad */
	bool bad;
};
struct docket_summary {
	const struct str *head;
	size_t head_count;
	uint32_t head_row;
	int column[DOCKET_FIELD_COUNT]; /* of the file, counted from 0; -1: none */
	size_t rows, good, same, bad;	/* good: to be written; same: there already */
	const struct docket_problem *problems; /* the first DOCKET_PROBLEMS_MAX */
	size_t problems_count, problems_all;
	const struct docket_preview_row *preview;
	size_t preview_count;
};

/* Labels of the file's columns that no field is taken from, in one line. */
struct str docket_unread(struct arena *a, const struct docket_summary *s);

struct docket;
/* To be closed with docket_close. */
void docket_open(const struct docket_options *options, struct docket **out);
/* A sheet_row_fn; arg is the struct docket. ERR_LIMIT "import.too_large". */
NODISCARD bool docket_row(void *arg, const struct sheet_row *row, struct err *err);
/*
 * ERR_INVALID "import.empty". Where a column that is needed is not found, every row is bad and
 * the problems name it. What the summary points to lives until docket_close.
 */
NODISCARD bool docket_done(struct ctx *ctx, struct docket *docket, struct docket_summary *out,
			   struct err *err);
/*
 * *added counts what was new. ERR_INVALID "docket.bad_rows": nothing is written; ERR_CONFLICT
 * "docket.came_between" when somebody has registered other facts since docket_done. May run again
 * after a failure of the transaction.
 */
NODISCARD bool docket_write(struct ctx *ctx, const struct docket *docket, size_t *added,
			    struct err *err);
void docket_close(struct docket *docket); /* NULL is allowed */

/*
 * ---- export: a row of labels, then every proceeding that is not voided, oldest first, in the
 * columns that are read above. unit unknown: of the site; year 0: of all years, else those that
 * table 四 of that year counts, by their outcome or as 尚未审结.
 */
NODISCARD bool docket_export(struct ctx *ctx, struct opt_int unit, int year, export_row_fn *fn,
			     void *arg, struct err *err);
/* A page of it, without the labels: those behind the id `after`; *last is that of the last one. */
struct docket_page { size_t count; int64_t last; };
NODISCARD bool docket_export_page(struct ctx *ctx, struct opt_int unit, int year, int64_t after,
				  size_t max, export_row_fn *fn, void *arg,
				  struct docket_page *out, struct err *err);
#endif
