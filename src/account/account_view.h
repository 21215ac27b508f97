/* account_view.h - what the pages of account draw. */
#ifndef ACCOUNT_ACCOUNT_VIEW_H
#define ACCOUNT_ACCOUNT_VIEW_H

#include "account/account.h"
#include "html/parts.h"

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
};
#endif
