/* command_case.c - reading options and finding cases, for the commands that act on cases. */
#include "app/command_case.h"

#include "account/account.h"

struct str case_word(const struct invocation *in, const char *name)
{
	return str_from_c(option_value(in, name));
}

bool case_wrong(const struct invocation *in, const char *name, struct err *err)
{
	return err_set(err, ERR_INVALID, "app.bad_value", "%s|" STR_FMT, name,
		       STR_ARG(case_word(in, name)));
}

bool case_day(const struct invocation *in, const char *name, struct opt_date *out,
		     struct err *err)
{
	if (!option_given(in, name))
		return true;
	out->known = date_parse(case_word(in, name), &out->v);
	return out->known || case_wrong(in, name, err);
}

bool case_number(const struct invocation *in, const char *name, int64_t *out,
			struct err *err)
{
	return !option_given(in, name) || str_to_i64(case_word(in, name), out) ||
	       case_wrong(in, name, err);
}

bool case_unit(struct ctx *ctx, const struct invocation *in, struct opt_int *out,
		    struct err *err)
{
	struct str code = case_word(in, "--unit");
	struct unit unit;
	bool found;

	*out = (struct opt_int){ 0 };
	if (code.len == 0)
		return true;
	if (!agency_unit_by_code(ctx, code, &unit, &found, err))
		return false;
	if (!found)
		return case_wrong(in, "--unit", err);
	*out = (struct opt_int){ true, unit.id.n };
	return true;
}

bool case_find(struct ctx *ctx, struct str number, struct request *out, struct err *err)
{
	bool found;

	if (!request_by_number(ctx, number, out, &found, err))
		return false;
	return found ||
	       err_set(err, ERR_NOT_FOUND, "request.none", STR_FMT, STR_ARG(number));
}

/* The account's, if one is named: what it may not do on a page it may not do here. */
bool case_act_as(struct ctx *ctx, const struct invocation *in, enum permission who,
		   struct unit_id unit, struct err *err)
{
	struct str name = case_word(in, "--as");
	struct account account;
	bool found;

	if (name.len == 0)
		return true;
	if (!account_find(ctx, name, &account, &found, err))
		return false;
	if (!found || account.disabled_at.known)
		return case_wrong(in, "--as", err);
	ctx->actor = account_actor(&account);
	if ((ctx->actor.permissions & PERM_BIT(who)) == 0 || ctx->actor.unit_id != unit.n)
		return err_set(err, ERR_FORBIDDEN, "app.request_not_yours", STR_FMT,
			       STR_ARG(name));
	return true;
}
