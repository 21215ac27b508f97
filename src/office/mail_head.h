/*
 * mail_head.h - the header of a message or of one of its parts; for office/ alone.
 */
#ifndef OFFICE_MAIL_HEAD_H
#define OFFICE_MAIL_HEAD_H

#include "office/mail.h"

/*
 * Cuts an entity at its first empty line. *cut is set if the head is over LIMIT_MAIL_HEAD: what is
 * over it is then neither head nor body.
 */
void head_split(struct str entity, struct str *head, struct str *body, bool *cut);
/* Takes one field off the front, its value still folded. Lines that are none are skipped. */
bool head_next(struct str *head, struct str *name, struct str *value);
/* The value of the first field of that name, at most FIELD_BYTES of it; empty if there is none. */
struct str head_find(struct str head, const char *name);
bool head_has(struct str head, const char *name);

/* "multipart/mixed; boundary=x": the value before the first ';', in lower case, trimmed. */
struct str head_token(struct arena *a, struct str value);
/* A parameter's value, in any spelling of RFC 2045 and 2231, as text; empty if there is none. */
struct str head_parameter(struct arena *a, struct str value, const char *name);

/* The first address of a list and the name with it. */
struct mail_address head_address(struct arena *a, struct str value);
/* Takes the next address of a list; only what is between <>, or a bare word with an @. */
bool head_next_address(struct arena *a, struct str *list, struct str *address);
/* Takes the next <id> of Message-ID, In-Reply-To or References, without its brackets. */
bool head_next_id(struct arena *a, struct str *list, struct str *id);
#endif
