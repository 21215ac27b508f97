/* filter.c - filters that an officer keeps. */
#include "casework/filter.h"

#include "casework/casework_internal.h"
#include "casework_sql.h"

enum { QUERY_BYTES = 1000 };

bool case_filters(struct ctx *ctx, struct case_filter **out, size_t *count, struct err *err)
{
	struct case_filters_of_in in = { .account_id = { ctx->actor.account_id },
					 .max = CASE_FILTERS_MAX };
	struct case_filters_of_row *rows;

	if (!case_filters_of_all(ctx, &in, CASE_FILTERS_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct case_filter);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct case_filter){ rows[i].id, rows[i].name, rows[i].query };
	return true;
}

static bool record(struct ctx *ctx, const char *verb, struct str before, struct str after,
		   struct err *err)
{
	struct ledger_change change = { "filter", before, after };
	struct ledger_event event = { .subject_kind = "account",
				      .subject_id = ctx->actor.account_id,
				      .verb = verb,
				      .changes = &change,
				      .changes_count = 1 };
	int64_t seq;

	return ledger_append(ctx, &event, &seq, err);
}

bool case_filter_save(struct ctx *ctx, struct str name, struct str query, struct err *err)
{
	struct case_filter *list;
	bool known = false;
	size_t count;

	if (!casework_text("name", name, CASE_FILTER_NAME_BYTES, &name, err) ||
	    !case_filters(ctx, &list, &count, err))
		return false;
	if (query.len == 0 || query.len > QUERY_BYTES)
		return err_set(err, ERR_INVALID, "casework.empty_filter", " ");
	for (size_t i = 0; i < count; i++)
		known = known || str_equal(list[i].name, name);
	if (!known && count == CASE_FILTERS_MAX)
		return err_set_field(err, "name", ERR_LIMIT, "casework.too_many_filters", "%d",
				     CASE_FILTERS_MAX);
	struct case_filter_put_in in = { .account_id = { ctx->actor.account_id },
					 .name = name,
					 .query = query };
	return case_filter_put(ctx, &in, NULL, err) &&
	       record(ctx, "case.filter_save", STR_NONE, name, err);
}

bool case_filter_delete(struct ctx *ctx, int64_t id, struct err *err)
{
	struct case_filter_drop_in in = { .id = id, .account_id = { ctx->actor.account_id } };
	struct case_filter *list;
	struct str name = STR_NONE;
	size_t count;

	if (!case_filters(ctx, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].id == id)
			name = list[i].name;
	if (name.len == 0)
		return err_set(err, ERR_NOT_FOUND, "casework.no_filter", "%lld", (long long)id);
	return case_filter_drop(ctx, &in, NULL, err) &&
	       record(ctx, "case.filter_delete", name, STR_NONE, err);
}
