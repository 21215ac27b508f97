/*
 * pairs.h - names and values, as forms and queries send them.
 *
 * One shape for the three spellings of a form: after '?' or in a urlencoded
 * body, multipart, JSON. Reading is strict: a broken %XX, bytes that are no
 * UTF-8, a control character or too much of anything is an error, never a
 * guess. Order and repetitions are kept; the field table decides about them.
 */
#ifndef WEB_PAIRS_H
#define WEB_PAIRS_H

#include "base/err.h"

struct pair {
	struct str name, value;
	bool is_file;
	struct str file_name; /* of a file */
};
/* Room for LIMIT_FORM_FIELDS; open with pairs_open. */
struct pairs {
	struct pair *at;
	size_t count;
};
struct pairs pairs_open(struct arena *a);
/* ERR_LIMIT "web.too_many_fields". */
NODISCARD bool pairs_add(struct pairs *p, struct pair pair, struct err *err);

/* '+' is a space in a query and in a form, and itself in a path. */
enum percent_plus { PLUS_IS_PLUS, PLUS_IS_SPACE };
/* Only the escapes: the bytes that come out may be anything. false: a broken escape. */
NODISCARD bool percent_decode(struct arena *a, struct str raw, enum percent_plus plus,
			      struct str *out);
/* Everything but unreserved characters becomes %XX. */
struct str percent_encode(struct arena *a, struct str text);

/* a=1&b=2: adds to p. ERR_INVALID "web.bad_encoding", ERR_LIMIT "web.field_too_long". */
NODISCARD bool pairs_from_query(struct arena *a, struct str raw, struct pairs *p, struct err *err);
/*
 * {"name": "text" | number | true | null | [of these]}: adds to p. true becomes "1"; false and
 * null are absent, as an empty checkbox is. ERR_INVALID "web.bad_json".
 */
NODISCARD bool pairs_from_json(struct arena *a, struct str body, struct pairs *p, struct err *err);
#endif
