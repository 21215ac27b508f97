/*
 * layers_objects.c - no mutable globals outside app/.
 *
 * What is left in the writable sections of the compiled files is what can
 * change while the program runs, whatever the source looked like. Sections of
 * constants that only need relocation (.data.rel.ro) are not meant.
 */
#include "layers.h"

#include "base/file.h"
#include "base/limits.h"

#include <stdio.h>
#include <unistd.h>

/* One reason each. */
static const struct { const char *object, *symbol; } allowed[] = {
	{ "src/base/log.o", "lowest_level" }, /* one program, one log: set once by app/ */
	{ "src/base/digest.o", "opened" }, /* libgcrypt is opened once for the process */
	{ "src/base/library.o", "loading" }, /* one library after the other */
	{ "src/db/postgres.o", "pq" }, /* the functions of a library that is loaded once */
	{ "src/notice/curl.o", "curl" }, /* as above */
	{ "src/calendar/workday.o", "shipped" }, /* the calendar built in, read once */
	{ "src/calendar/workday.o", "shipped_read" },
	{ "src/db/sqlite.o", "configured" }, /* SQLite is configured once for the process */
};

static bool is_writable_section(struct str section)
{
	static const char *const names[] = { ".data", ".bss",	".tdata", ".tbss",
					     "*COM*", ".ldata", ".lbss" };

	if (str_starts(section, STR(".data.rel.ro")))
		return false;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_starts(section, str_from_c(names[i])))
			return true;
	return false;
}

static bool is_allowed(struct str object, struct str symbol)
{
	if (str_contains(object, STR("src/app/")))
		return true;
	for (size_t i = 0; i < COUNT_OF(allowed); i++)
		if (str_ends(object, str_from_c(allowed[i].object)) &&
		    str_equal_c(symbol, allowed[i].symbol))
			return true;
	return false;
}

/* "0000000000000000 l     O .bss\t0000000000000004 name": address, flags, section, size, name. */
static void check_symbol(struct checker *c, struct str object, struct str line)
{
	enum { FLAGS = 17, SECTION = 25 };
	struct str rest = str_slice(line, SECTION, line.len), section, size;

	if (line.len < SECTION + 1 || line.ptr[FLAGS + 5] == 'd' || line.ptr[FLAGS + 6] == 'f')
		return;
	str_split_next(&rest, '\t', &section);
	if (rest.ptr == NULL || !is_writable_section(section))
		return;
	str_split_next(&rest, ' ', &size);
	struct str symbol = str_trim(rest);
	str_take_str(&symbol, STR(".hidden "));
	if (!is_allowed(object, symbol))
		report(c, object, 0, "global",
		       STR_FMT " is mutable (" STR_FMT "): only app/ may have such",
		       STR_ARG(symbol), STR_ARG(section));
}

int check_objects(struct checker *c)
{
	struct str text, line, object = STR("?");
	struct err err = { 0 };
	int objects = 0;

	if (!file_read_all_fd(c->arena, STDIN_FILENO, 256 * MIB, &text, &err)) {
		fprintf(stderr, "layers: standard input: %s\n", err.facts);
		return 2;
	}
	while (str_split_next(&text, '\n', &line)) {
		size_t format = str_find(line, STR(":     file format "), 0);
		if (format != SIZE_MAX) {
			object = str_slice(line, 0, format);
			objects++;
		} else {
			check_symbol(c, object, line);
		}
	}
	if (objects == 0) {
		fprintf(stderr, "layers: standard input: no output of objdump -t\n");
		return 2;
	}
	return c->findings > 0;
}
