/*
 * propose.c - which case a mail is about, by what it says. A proposal decides nothing: a clerk
 * does, since anybody may write any number.
 */
#include "mailroom/mailroom.h"

#include "request/request.h"

enum { NUMBERS_MAX = 5, YEAR_DIGITS = 4, CODE_MAX = 20 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_of_code(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t digits_at(struct str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.len && is_digit(text.ptr[at + n]))
		n++;
	return n;
}

/* -2020-0012 around a dash: the code before it, and the end. */
static bool number_around(struct str text, size_t dash, struct str *out)
{
	size_t from = dash, year = dash + 1, serial = year + YEAR_DIGITS + 1;

	if (digits_at(text, year) != YEAR_DIGITS || serial >= text.len ||
	    text.ptr[serial - 1] != '-')
		return false;
	size_t digits = digits_at(text, serial);
	while (from > 0 && dash - from < CODE_MAX && is_of_code(text.ptr[from - 1]))
		from--;
	if (digits == 0 || from == dash)
		return false;
	*out = str_slice(text, from, serial + digits);
	return true;
}

size_t mailroom_numbers_in(struct str text, struct str *out, size_t max)
{
	size_t count = 0;

	for (size_t at = str_find(text, STR("-"), 0); at != SIZE_MAX && count < max;
	     at = str_find(text, STR("-"), at + 1))
		if (number_around(text, at, &out[count]))
			count++;
	return count;
}

static bool propose(struct ctx *ctx, const struct inbox_mail *m, struct err *err)
{
	struct str numbers[2 * NUMBERS_MAX];
	size_t count = mailroom_numbers_in(m->subject, numbers, NUMBERS_MAX);

	count += mailroom_numbers_in(m->text, numbers + count, NUMBERS_MAX);
	for (size_t i = 0; i < count; i++) {
		struct err several = { 0 };
		struct request r;
		bool found;
		if (!request_by_number(ctx, numbers[i], &r, &found, &several)) {
			if (several.code == ERR_CONFLICT)
				continue; /* two units gave it out: no proposal */
			*err = several;
			return false;
		}
		if (found)
			return inbox_propose(ctx, m->id, "request", r.id.n, "number", err);
	}
	return true;
}

bool mailroom_on_mail(struct ctx *ctx, const struct job *job, struct err *err)
{
	struct inbox_id id = { job->subject_id };
	struct inbox_mail m;
	struct request r;

	if (!inbox_find(ctx, id, &m, err))
		return false;
	if (m.state == INBOX_PEN)
		return propose(ctx, &m, err);
	if (!str_equal_c(m.subject_kind, "request"))
		return true;
	return request_find(ctx, (struct request_id){ m.subject_id }, &r, err) &&
	       inbox_set_unit(ctx, id, r.unit, err);
}

bool mailroom_assign(struct ctx *ctx, struct inbox_id id, struct str number, struct str reason,
		     struct err *err)
{
	struct request r;
	bool found;

	if (!request_by_number(ctx, str_trim(number), &r, &found, err))
		return false;
	if (!found)
		return err_set_field(err, "number", ERR_NOT_FOUND, "request.none", STR_FMT,
				     STR_ARG(number));
	struct inbox_assign in = { .kind = "request",
				   .subject_id = r.id.n,
				   .unit = r.unit,
				   .how = INBOX_BY_CLERK,
				   .reason = reason };
	return inbox_assign(ctx, id, &in, err);
}
