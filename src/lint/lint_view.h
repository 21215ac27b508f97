/* lint_view.h - what the page /check draws. */
#ifndef LINT_LINT_VIEW_H
#define LINT_LINT_VIEW_H

#include "html/parts.h"
#include "lint/lint.h"

/* The verdicts of one rule together. */
struct check_rule { const struct lint_rule *rule; int64_t status[LINT_STATUSES]; };
struct check_view {
	struct form_state form;
	struct str text; /* pasted, to stand in the form again */
	const struct lint_report *report; /* NULL before anything was given */
	const struct lint_result *result;
	const struct check_rule *rules;
	size_t rules_count;
};
#endif
