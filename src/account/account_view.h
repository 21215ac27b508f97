/* account_view.h - what the pages of account draw. */
#ifndef ACCOUNT_ACCOUNT_VIEW_H
#define ACCOUNT_ACCOUNT_VIEW_H

#include "account/account.h"
#include "html/parts.h"
#include "web/web.h"

struct sign_in_view {
	struct form_state form;
	struct str name, next;
	bool sample; /* lists the sample accounts */
};
struct account_row { struct str name, person, role, unit; bool disabled; int64_t id; };
struct account_list_view {
	struct form_state form;
	struct account_row *rows;
	size_t count;
	const struct choice *roles, *units;
	size_t roles_count, units_count;
	struct str name, person, role, unit;
	struct str at; /* the code of the one unit that is listed; empty: all */
	const struct choice *places;
	size_t places_count;
};

/* ---- one's own: account_own_pages.c */

struct password_view { struct form_state form; struct str person; };
struct token_row { int64_t id; struct str label, scope, created, expires, state; bool live; };
struct token_scope { const char *name; struct str label; bool chosen; };
struct token_list_view {
	struct form_state form;
	const struct token_row *rows;
	size_t count;
	const struct token_scope *scopes; /* what the account's role may */
	size_t scopes_count;
	struct str label, days, scope_error;
	struct str fresh; /* just made: shown this once */
};

extern const struct field account_password_form[], account_token_form[];
web_handler account_password_page, account_password_prepare, account_password_post,
	account_tokens_page, account_tokens_json, account_token_post, account_token_revoke_post;
#endif
