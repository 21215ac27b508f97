/*
 * command.h - the command line: one table of subcommands, options read by rows.
 *
 * Exit status: 0 done, 1 the command found something wrong or failed, 2 it was
 * called wrongly or cannot read what it was given. Every command has --help;
 * an unknown option stops with the list of those that exist.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/site.h"

#include <jansson.h>

struct option {
	const char *name;     /* "--year" */
	const char *value; /* "YYYY"; NULL: a switch; "FILE…": all words up to the next option */
	const char *sentence; /* Chinese */
	bool many;
};
#define OPTION_END { .name = NULL }

struct invocation {
	struct arena *arena;
	int argc;
	const char **argv;    /* the words after the subcommand */
	const struct command *command;
	int out, err, in;     /* file descriptors */
	int file;	      /* an input file already opened by the caller's side, or -1 */
	int output; /* of COMMAND_WRITES_FILE: opened for writing by the caller's side, or -1 */
	struct data_site *
		/* not NULL: runs inside the server, handed over by the control socket */
		server_site;
};
enum command_flags {
	COMMAND_HANDS_OVER = 1, /* runs in the server when one holds the folder */
	COMMAND_WRITES_FILE = 2, /* has the option --skip-bad FILE */
	COMMAND_READS_FILE = 4,	 /* its second word is a file to read */
};
struct command {
	const char *name, *arguments, *summary;
	const struct option *options; /* --data and --help are everybody's */
	int (*run)(struct invocation *in);
	unsigned flags;
};
extern const struct command *const app_commands[]; /* NULL-terminated */

/*
 * Value of an option, or NULL; asserts that the command declares it. The n-th value of one that
 * may be repeated.
 */
const char *option_value(const struct invocation *in, const char *name);
const char *option_value_at(const struct invocation *in, const char *name, int n);
bool option_given(const struct invocation *in, const char *name);
/* The n-th word that is no option, or NULL. */
const char *operand(const struct invocation *in, int n);
/* Checks the words against the rows; on trouble prints and returns false (exit status 2). */
bool options_check(const struct invocation *in);
int option_int(const struct invocation *in, const char *name, int64_t low, int64_t high,
	       int64_t absent, int64_t *out);

void say(const struct invocation *in, const char *fmt, ...) PRINTF_LIKE(2, 3);	  /* to out */
void complain(const struct invocation *in, const char *fmt, ...) PRINTF_LIKE(2, 3); /* to err */
/* A value and a line end, by jansson's flags; takes the reference. */
void say_json(const struct invocation *in, json_t *value, size_t flags);
#define JSON_LINE (JSON_COMPACT | JSON_SORT_KEYS) /* one value, one line */
/* By the code that --unit gave; ERR_NOT_FOUND "app.no_unit_code". */
NODISCARD bool unit_named(struct ctx *ctx, struct str code, struct unit *out, struct err *err);
/* --unit CODE, unknown if it is not given. */
NODISCARD bool unit_option(struct invocation *in, struct ctx *ctx, struct opt_int *out,
			   struct err *err);
/* Prints the error's sentence; returns 2 for ERR_INVALID and ERR_NOT_FOUND, else 1. */
int fail(const struct invocation *in, const struct err *err);
bool sink_out(void *invocation, struct str text);

/* The site of this invocation: the server's own, or opened from --data. Close with site_done. */
NODISCARD bool site_of(struct invocation *in, enum db_access access, const char *purpose,
		       struct data_site *s, struct err *err);
void site_done(struct invocation *in, struct data_site *s);
/* argv of the whole program. */
int command_main(int argc, char **argv);
/* Runs a parsed invocation (used by control.c too). */
int command_run(struct invocation *in);
const struct command *command_find(const char *name);
#endif
