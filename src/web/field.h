/*
 * field.h - checking what came in against a route's field table.
 *
 * Values come out typed and normalised; each thing wrong becomes a sentence at
 * its field. Only declared fields are looked at: what else was sent is as if it
 * was not. A field sent twice that may not be is wrong, never "the last one".
 */
#ifndef WEB_FIELD_H
#define WEB_FIELD_H

#include "web/pairs.h"
#include "web/web.h"

struct field_value {
	const struct field *field;
	struct str *text; /* as it was typed, but for blanks and line ends */
	size_t count;
	const struct pair *file;
	bool good;	  /* sent, and passed its check */
	int64_t number;	  /* of a good FIELD_INT */
	struct date day;  /* of a good FIELD_DATE */
};
struct field_values {
	struct field_value *at;
	size_t count;
};
struct field_errors {
	struct field_error *at;
	size_t count;
};

/* fields may be NULL: none. Errors are added, at most one for each field. */
struct field_values field_check(struct arena *a, const struct field *fields,
				const struct pairs *pairs, enum locale locale,
				struct field_errors *errors);
/* Of a route's table, which may not be NULL; NULL if it declares none of that name. */
const struct field *field_declared(const struct field *fields, struct str name);
/* NULL if there is none of that name. */
const struct field_value *field_find(const struct field_values *v, const char *name);
void field_error_add(struct arena *a, struct field_errors *errors, const char *field,
		     struct str text);
#endif
