/*
 * import_parts.h - what the parts of the import share; private to src/request.
 */
#ifndef REQUEST_IMPORT_PARTS_H
#define REQUEST_IMPORT_PARTS_H

#include "base/buf.h"
#include "import_sql.h"
#include "ledger/ledger.h"
#include "request/import.h"
#include "request/import_cells.h"

#include <pthread.h>

enum {
	IMPORT_CHUNK = 1024,
	IMPORT_WORDS_KEPT = 64,
	IMPORT_ROW_PROBLEMS = IMPORT_FIELD_COUNT + 4,
	IMPORT_CELLS = 19, /* columns of import_insert_offered */
	IMPORT_BATCH = 256, /* rows handed to the database at once */
	IMPORT_BATCHES = 16, /* of them under way: made ready, waiting, being written */
};

/* A row that can be written. Texts lie in the import's own arena. */
struct import_good {
	uint32_t row;
	struct str number, content;
	struct unit_id unit;
	enum request_channel channel;
	enum applicant_class applicant;
	struct date submitted_on;
	struct opt_date received_on, closed_on;
	int extension;
	const struct decision_kind *kind; /* NULL: still open */
	bool there; /* somebody has written the same since it was checked */
};

struct import_chunk {
	struct import_chunk *next;
	size_t count;
	struct import_good rows[IMPORT_CHUNK];
};

/* Rows ready to be written, and the arena they lie in. */
struct import_batch {
	struct arena *arena;
	size_t count;
	struct db_cell *cells;	       /* on SQLite, as import_insert_offered takes them */
	struct import_insert_in *rows; /* on PostgreSQL */
	struct ledger_sealed *events;
	struct str salts; /* one for each row, in hexadecimal */
};

/* import_pipe.c: batches from the one thread that makes them to the one that writes them. */
struct import_pipe {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct import_batch batches[IMPORT_BATCHES]; /* a ring */
	size_t put, taken, back; /* how many were, ever */
	bool ended, stopped;
};
void import_pipe_open(struct import_pipe *p);
void import_pipe_close(struct import_pipe *p);
/* An empty batch, waited for; NULL: nobody takes any more. It stays the same until it is put. */
struct import_batch *import_pipe_blank(struct import_pipe *p);
void import_pipe_put(struct import_pipe *p);
void import_pipe_end(struct import_pipe *p); /* no more will come */
/* The next one, waited for; NULL: the end. To be given back before the next is taken. */
struct import_batch *import_pipe_take(struct import_pipe *p);
void import_pipe_back(struct import_pipe *p);
void import_pipe_stop(struct import_pipe *p); /* no more will be taken */

/* import_seal.c: rows to batches: the row, its event with its place in the chain. */
struct import_sealer {
	struct ctx ctx; /* without a database: actor, time, calendar */
	struct ledger_run run;
	int64_t next_id;
	bool offered; /* SQLite */
	struct import_pipe pipe;
	struct import_batch *open; /* not yet full; NULL: none */
	struct arena *arena; /* for one row */
};
void import_sealer_open(struct import_sealer *s, const struct ctx *ctx, int64_t first_id);
void import_sealer_close(struct import_sealer *s);
/* Copies what it needs of g. ERR_INTERNAL when nobody takes any more, who knows why. */
NODISCARD bool import_seal(struct import_sealer *s, const struct import_good *g, struct err *err);
void import_seal_end(struct import_sealer *s); /* the last, short batch goes too */

/* Words seen lately and what they mean: a register has few and repeats them. */
struct import_words {
	struct {
		struct str text;
		int64_t value;
	} list[IMPORT_WORDS_KEPT];
	size_t count;
};

struct import_kept_row {
	uint32_t number;
	struct str *cells;
	size_t count;
};

struct import {
	struct ctx ctx; /* the caller's, but with `scratch`, which is emptied after each row */
	struct arena *arena, *scratch;
	struct import_options options;
	struct import_summary summary;
	struct import_problem *problems; /* what summary.problems shows */
	bool head_known, fields_missing;
	struct import_kept_row before_head[IMPORT_HEAD_ROWS];
	size_t before_head_count;
	struct import_chunk *first, *last;
	size_t bytes;
	struct import_words channels, applicants, decisions, extensions;
	struct import_units *units;
	struct import_numbers *numbers; /* of the rows taken so far */
	int64_t checked_at; /* the ledger's position when the check began */
	bool none_registered; /* then */
	struct import_sealer
		*sealer; /* rows are written as they come; else NULL, and they are kept */
};

/* What is wrong with one row, while it is looked at. */
struct import_trouble {
	struct import *import;
	const struct sheet_row *row;
	struct import_problem list[IMPORT_ROW_PROBLEMS];
	size_t count;
};

/* import.c: a bad row, and all or nothing was asked for. */
bool import_will_not_be_written(const struct import *import);

/* import_numbers.c: which row of the file has the number of g, 0: none; and note: now this one. */
struct import_numbers *import_numbers_open(void);
void import_numbers_close(struct import_numbers *n);
uint32_t import_numbers_row(struct import_numbers *n, const struct import_good *g);
/* After it was asked for, and is not there. */
void import_numbers_note(struct import_numbers *n, const struct import_good *g);

/* import_check.c: the row's cells understood; trouble is added to where they cannot be. */
void import_check(struct import *import, const struct sheet_row *row, struct import_good *out,
		  struct import_trouble *trouble);
/* All units by name, short name and code. */
NODISCARD bool import_read_units(struct import *import, struct err *err);
/* The text of a field in a row: its cell, or the constant of the mapping. */
struct str import_cell(const struct import *import, const struct sheet_row *row,
		       enum import_field f);
/* key: a sentence of which {1} is the row, {2} the column, {3} the value, {4} and {5} the facts. */
void import_trouble(struct import_trouble *t, enum import_field f, const char *key, struct str fact,
		    struct str second);

/* import_write.c: what import_open notes of the site. */
NODISCARD bool import_note_site(struct import *import, struct err *err);
/* Does the number exist already, and with the same facts? */
enum import_there { IMPORT_NEW, IMPORT_SAME, IMPORT_DIFFERENT };
NODISCARD bool import_compare(struct ctx *ctx, const struct import_good *good,
			      enum import_there *out, enum import_field *differs, struct str *there,
			      struct err *err);
#endif
