/*
 * pagec.h - the compiler of pages: what its three files share.
 *
 * A page file is HTML with {{ value }}, {% C statement; %} and the directives
 * {%# include "x.h" %} and {%! name(parameters) %}. Every function becomes a
 * C function that writes its markup as constants and its values through the
 * writer for the place where they stand (html/html.h). pagec_c.c reads the C
 * in a page, pagec_markup.c the markup, pagec.c the directives and the files.
 *
 * The first fault ends the run with "file:line: what, and what to write
 * instead" and exit status 1: after it, nothing later in the file is certain.
 */
#ifndef TOOLS_PAGEC_H
#define TOOLS_PAGEC_H

#include "base/buf.h"

enum {
	PAGEC_FILE_MAX = 1024 * 1024,
	PAGEC_OUTPUT_MAX = 16 * 1024 * 1024,
	PAGEC_ELEMENTS_MAX = 128,
	PAGEC_BLOCKS_MAX = 64,
};

/* Where a piece of C stands. */
enum place { PLACE_TEXT, PLACE_TAG, PLACE_VALUE };

/* How much of a URL has been written before the place where we are. */
enum url_state {
	URL_NO,	   /* the attribute holds no URL */
	URL_START, /* nothing yet */
	URL_CONST, /* constant text of the page, so a value can only be a part of it */
	URL_WHOLE, /* a whole URL from a value: only ?, & or # may follow */
	URL_MIXED, /* one branch wrote, another did not */
};

struct element {
	struct str name;
	int line;
};

/* A { of the page's C that waits for its }. Markup inside must be complete. */
struct block {
	enum place place;
	enum url_state url;
	bool loop;
	size_t elements;
	int line;
};

struct function {
	struct str name;
	bool local;	/* static: for this file only */
	bool may_leave; /* named ..._begin: its elements are closed by ..._end */
	bool may_close; /* named ..._end */
	int line;
};

struct pagec {
	struct arena *arena;
	struct str path, text;
	size_t pos;
	int line;

	struct buf includes, declarations, locals, body; /* of the files to write */
	struct buf constant;				 /* markup not yet written to body */

	bool in_function;
	struct function function;
	struct element elements[PAGEC_ELEMENTS_MAX];
	size_t elements_count;
	struct block blocks[PAGEC_BLOCKS_MAX];
	size_t blocks_count;

	enum url_state url;	 /* of the attribute value we are in */
	enum url_state url_else; /* what an else branch begins with */
	size_t url_from;	 /* in text: where the constant beginning of the URL starts */
	bool space_waits;	 /* white space was read and not yet written */
	bool space_had_line;	 /* … and a line break was in it */
	bool after_block;	 /* white space here is never shown */
};

_Noreturn void pagec_refuse(const struct pagec *p, int line, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* ---- reading */
char pagec_peek(const struct pagec *p, size_t ahead); /* NUL at the end */
bool pagec_at(const struct pagec *p, const char *what);
void pagec_skip(struct pagec *p, size_t bytes); /* counts lines */
bool pagec_is_space(char c);
bool pagec_is_name_start(char c);
bool pagec_is_name(char c); /* letters, digits, '-', '_', ':' and '.' */

/* ---- writing */
void pagec_constant(struct pagec *p, struct str markup);
void pagec_flush(struct pagec *p); /* constant -> body */

/* ---- pagec_c.c: both start at their opening mark and end after their closing one */
struct str pagec_value(struct pagec *p);
void pagec_statement(struct pagec *p, enum place place);

/* ---- pagec_markup.c */
void pagec_file(struct pagec *p);
bool pagec_verbatim(const struct pagec *p); /* inside pre or textarea */
void pagec_space_out(struct pagec *p);	    /* the white space that waits, if it can be seen */
void pagec_url_checked(struct pagec *p, bool value_follows);

/* ---- pagec.c */
void pagec_directive(struct pagec *p); /* {%# … %} and {%! … %} */
void pagec_function_end(struct pagec *p);
#endif
