/*
 * import.h - a register kept in a spreadsheet becomes requests; and back.
 *
 * In two parts, because a writing transaction does no waiting. First the rows
 * are taken one by one as the file is read: mapped, checked against the words,
 * the dates and what is registered already; every bad cell is named by row and
 * column with what is allowed there. Nothing is written. Then import_write puts
 * the good rows into the site, all in one transaction, one event in the ledger
 * for each. It is the same to write once or twice: a registration number that
 * is there with the same facts is passed over, with other facts it is a
 * conflict, named, and never changed.
 *
 *	import_open(ctx, &options, &import, err)
 *	sheet_read(…, import_row, import, err)     finds the head by itself
 *	import_done(import, &summary, err)
 *	in a transaction: import_write(ctx, import, err)
 *	import_close(import)
 *
 * Refuses: more rows or bytes than LIMIT_IMPORT_ROWS and LIMIT_IMPORT_BYTES. When a
 * column that is needed is not found, every row is bad and the problems name it,
 * so that a person can say where it is.
 */
#ifndef REQUEST_IMPORT_H
#define REQUEST_IMPORT_H

#include "office/read.h"
#include "request/request.h"

enum import_field {
	IMPORT_NUMBER,	     /* 登记编号 */
	IMPORT_UNIT,	     /* 承办单位 */
	IMPORT_CHANNEL,	     /* 申请方式 */
	IMPORT_APPLICANT,    /* 申请人类别 */
	IMPORT_SUBMITTED_ON, /* 提交日期 */
	IMPORT_RECEIVED_ON,  /* 收到申请之日 */
	IMPORT_CONTENT,	     /* 申请内容 */
	IMPORT_EXTENSION,    /* 延期天数 */
	IMPORT_DECISION,     /* 处理结果 */
	IMPORT_CLOSED_ON,    /* 办结日期 */
	IMPORT_FIELD_COUNT
};
struct str import_field_code(enum import_field f);
struct str import_field_label(enum import_field f);
bool import_field_required(enum import_field f); /* a column or a constant must be given */

/* Where each field comes from: a column, counted from 0, or the same text for every row. */
struct import_mapping {
	int column[IMPORT_FIELD_COUNT]; /* -1: none */
	struct str constant[IMPORT_FIELD_COUNT];
};
/*
 * The mapping saved for a head of these labels if there is one, else one by the
 * labels themselves: the words offices use for each field. *known counts the
 * fields found.
 */
NODISCARD bool import_propose(struct ctx *ctx, const struct str *head, size_t count,
			      struct import_mapping *out, int *known, struct err *err);
/* Keeps a mapping for the next file with this head. In a transaction. */
NODISCARD bool import_save_mapping(struct ctx *ctx, const struct str *head, size_t count,
				   const struct import_mapping *mapping, struct err *err);

enum import_bad_rows { IMPORT_STOPS, IMPORT_SKIPS }; /* all or nothing; or without the bad rows */

struct import_options {
	enum import_bad_rows bad_rows;
	/* Rows of other units are refused: a clerk imports for the own unit. Unknown: all units. */
	struct opt_int only_unit;
	/* NULL: head and mapping are found by the words; else for the head in head_row. */
	const struct import_mapping *mapping;
	uint32_t head_row;
	/* Every row that will not be written, with its reasons; may be NULL. */
	void (*rejected)(void *arg, const struct sheet_row *row, struct str reasons);
	/* Rows taken so far, then rows written so far; may be NULL. */
	void (*progress)(void *arg, size_t rows);
	void *arg;
};

struct import_problem {
	uint32_t row; /* as the spreadsheet counts */
	enum import_field field;
	struct str column;   /* its label in this file */
	struct str value;    /* the first characters of the cell */
	struct str sentence; /* 第5行“答复类型”：“同意”不是…；可填：… */
};

enum { IMPORT_PREVIEW_ROWS = 20, IMPORT_PROBLEMS_MAX = 200 };
struct import_preview_row {
	uint32_t row;
	struct str values[IMPORT_FIELD_COUNT]; /* as understood: labels, ISO days; empty if bad */
	bool bad;
};

struct import_summary {
	struct import_mapping mapping;
	const struct str *head;
	size_t head_count;
	uint32_t head_row;
	size_t rows, good, same, bad;	       /* good: to be written; same: there already */
	const struct import_problem *problems; /* the first IMPORT_PROBLEMS_MAX */
	size_t problems_count, problems_all;
	struct import_preview_row preview[IMPORT_PREVIEW_ROWS];
	size_t preview_count;
};

struct import;
NODISCARD bool import_open(struct ctx *ctx, const struct import_options *options,
			   struct import **out, struct err *err);
/* A sheet_row_fn; arg is the struct import. Fails only when the whole file must be refused. */
NODISCARD bool import_row(void *arg, const struct sheet_row *row, struct err *err);
/* The head, once it was found, which is before any row is rejected. */
void import_head(const struct import *import, const struct str **labels, size_t *count);
/* ERR_INVALID "import.empty". What the summary points to lives until import_close. */
NODISCARD bool import_done(struct import *import, struct import_summary *out, struct err *err);
/*
 * Writes the good rows; *added counts them. With IMPORT_STOPS and any bad row:
 * ERR_INVALID "import.bad_rows", nothing is written. May run again after a
 * failure of the transaction.
 */
NODISCARD bool import_write(struct ctx *ctx, struct import *import, size_t *added, struct err *err);
void import_close(struct import *import); /* NULL is allowed */

/* Nothing is registered yet: no number can be taken. */
NODISCARD bool import_into_nothing(struct ctx *ctx, bool *nothing, struct err *err);
/*
 * Both parts in one, for a site of SQLite where nothing is registered and nobody else writes: the
 * rows are written while the file is still being read. feed hands them to row, on a thread of its
 * own. In place of import_row, import_done and import_write, between import_open with the same ctx
 * and import_close, in a transaction that is rolled back when it fails; it fails with
 * "import.bad_rows" as import_write does, and then *out is complete all the same.
 */
typedef bool import_feed_fn(void *arg, sheet_row_fn *row, void *row_arg, struct err *err);
NODISCARD bool import_stream(struct ctx *ctx, struct import *import, import_feed_fn *feed,
			     void *arg, struct import_summary *out, size_t *added,
			     struct err *err);

/* ---- export: the same columns, so that what is exported can be imported */

/* false stops. cells are valid during the call. */
typedef bool export_row_fn(void *arg, const struct str *cells, size_t count, struct err *err);
/* A row of labels, then every request of the unit (unknown: of the site), oldest first. */
NODISCARD bool request_export(struct ctx *ctx, struct opt_int unit, export_row_fn *fn, void *arg,
			      struct err *err);
#endif
