/*
 * err.h - what went wrong, for a person and for the log.
 *
 * A function that can fail returns bool, is NODISCARD and ends with
 * `struct err *err`. `return err_set(err, ...)` is the one idiom: err_set
 * returns false. Success leaves err untouched, so calls chain with &&.
 * What the world can do is an error; what we did wrong is an assert.
 *
 * The text for the person stands in the message catalogue (messages.tsv of
 * each folder) under `key`; its {1}..{9} are replaced by the facts, which
 * err_set takes as one printf text with the parts separated by '|'. Facts are
 * shown to people unless code is ERR_INTERNAL or ERR_UNAVAILABLE: those texts
 * go to the log only.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

enum err_code {
	ERR_NONE,
	ERR_INVALID,	 /* the input: 400 or 422 */
	ERR_NOT_FOUND,	 /* 404 */
	ERR_FORBIDDEN,	 /* 403 */
	ERR_CONFLICT,	 /* the state forbids it, or somebody was faster: 409 */
	ERR_LIMIT,	 /* too large, too many, too early: 413 or 429 */
	ERR_BUSY,	 /* try again: 503 */
	ERR_UNAVAILABLE, /* something we need is not there: 503 */
	ERR_INTERNAL,	 /* 500 */
};

struct err {
	enum err_code code;
	const char *key;   /* in the message catalogue */
	const char *field; /* the form field or option at fault (a constant), or NULL */
	char facts[512];
};

/* Always returns false. err may not be NULL; the first error set wins until err_clear. */
bool err_set(struct err *err, enum err_code code, const char *key, const char *fmt, ...)
	PRINTF_LIKE(4, 5);
bool err_set_field(struct err *err, const char *field, enum err_code code, const char *key,
		   const char *fmt, ...) PRINTF_LIKE(5, 6);
void err_clear(struct err *err);

enum locale { LOCALE_ZH_CN, LOCALE_EN };

/* One row of the catalogue; the array is generated from every messages.tsv, in order of key. */
struct message { const char *key, *zh, *en; };
extern const struct message message_catalogue[];
extern const size_t message_catalogue_count;

/* The sentence for key with its {n} filled from facts ("a|b"). An unknown key is a bug: asserts. */
struct str message_text(struct arena *a, enum locale locale, const char *key, struct str facts);
struct str err_text(struct arena *a, enum locale locale, const struct err *err);
#endif
