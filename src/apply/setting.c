/* setting.c - what the law leaves open about forms on the internet, settled for the site. */
#include "apply/apply.h"

#include "apply_sql.h"
#include "ledger/ledger.h"

#define DAYS_SETTING "apply.draft_days"
#define OPENS_SETTING "apply.opens"
#define CLOSES_SETTING "apply.closes"
#define CONFIRM_SETTING "apply.confirm"

enum { SETTINGS_MAX = 100 };

static const struct { const char *code; struct str label; } confirms[APPLY_CONFIRMS] = {
	[APPLY_CONFIRM_SENDING] = { "sending", STR_INIT("提交即确认：工作时间提交的当时确认，其他的于下一工作日确认") },
	[APPLY_CONFIRM_HAND] = { "hand", STR_INIT("由经办人与申请人联系后逐件确认") },
};

struct str apply_confirm_code(enum apply_confirm c)
{
	return str_from_c(confirms[c].code);
}

struct str apply_confirm_label(enum apply_confirm c)
{
	return confirms[c].label;
}

bool apply_confirm_from(struct str code, enum apply_confirm *out)
{
	for (int c = 0; c < APPLY_CONFIRMS; c++)
		if (str_equal_c(code, confirms[c].code)) {
			*out = (enum apply_confirm)c;
			return true;
		}
	return false;
}

/* What cannot be read is as if it had not been set. */
static void take_number(struct str text, int low, int high, int *out)
{
	int64_t n;

	if (str_to_i64(text, &n) && n >= low && n <= high)
		*out = (int)n;
}

bool apply_setting_of(struct ctx *ctx, struct apply_setting *out, struct err *err)
{
	struct apply_settings_read_in in = { .max = SETTINGS_MAX };
	struct apply_settings_read_row *rows;
	size_t count;

	*out = (struct apply_setting){ APPLY_DRAFT_DAYS, APPLY_OPENS_H, APPLY_CLOSES_H,
				       APPLY_CONFIRM_SENDING };
	if (!apply_settings_read_all(ctx, &in, SETTINGS_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str name = rows[i].name, value = rows[i].value;
		if (str_equal_c(name, DAYS_SETTING))
			take_number(value, 1, APPLY_DRAFT_DAYS_MAX, &out->draft_days);
		else if (str_equal_c(name, OPENS_SETTING))
			take_number(value, 0, 23, &out->opens_h);
		else if (str_equal_c(name, CLOSES_SETTING))
			take_number(value, 1, 24, &out->closes_h);
		else if (str_equal_c(name, CONFIRM_SETTING))
			(void)apply_confirm_from(value, &out->confirm);
	}
	return true;
}

static bool write_text(struct ctx *ctx, const char *name, struct str value, struct err *err)
{
	struct apply_setting_write_in in = { str_from_c(name), value };

	return apply_setting_write(ctx, &in, NULL, err);
}

static struct str number(struct ctx *ctx, int n)
{
	return str_format(ctx->arena, "%d", n);
}

static bool note(struct ctx *ctx, const struct apply_setting *before,
		 const struct apply_setting *after, struct err *err)
{
	struct ledger_change changes[] = {
		{ "draft_days", number(ctx, before->draft_days), number(ctx, after->draft_days) },
		{ "opens", number(ctx, before->opens_h), number(ctx, after->opens_h) },
		{ "closes", number(ctx, before->closes_h), number(ctx, after->closes_h) },
		{ "confirm", apply_confirm_code(before->confirm),
		  apply_confirm_code(after->confirm) },
	};
	struct ledger_event e = { .subject_kind = "setting",
				  .subject_id = 0,
				  .verb = "apply.set",
				  .changes = changes,
				  .changes_count = COUNT_OF(changes) };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

bool apply_set(struct ctx *ctx, const struct apply_setting *in, struct err *err)
{
	struct apply_setting before;

	if (in->draft_days < 1 || in->draft_days > APPLY_DRAFT_DAYS_MAX)
		return err_set_field(err, "draft_days", ERR_INVALID, "apply.draft_days", "%d",
				     APPLY_DRAFT_DAYS_MAX);
	if (in->opens_h < 0 || in->closes_h > 24 || in->opens_h >= in->closes_h)
		return err_set_field(err, "closes", ERR_INVALID, "apply.hours", " ");
	if (!apply_setting_of(ctx, &before, err))
		return false;
	return write_text(ctx, DAYS_SETTING, number(ctx, in->draft_days), err) &&
	       write_text(ctx, OPENS_SETTING, number(ctx, in->opens_h), err) &&
	       write_text(ctx, CLOSES_SETTING, number(ctx, in->closes_h), err) &&
	       write_text(ctx, CONFIRM_SETTING, apply_confirm_code(in->confirm), err) &&
	       note(ctx, &before, in, err);
}
