/*
 * calendar_fuzz.c - any bytes as the table of a holiday notice: refused with its line, or a
 * calendar in which every day has its answer and its reason, and what is counted agrees with the
 * days.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "calendar/workday.h"

#include <assert.h>
#include <stdint.h>

enum { DAYS_LOOKED_AT = 800 };

static void look(struct arena *a, const struct workday_calendar *cal)
{
	struct date day = cal->first, due;
	struct err err = { 0 };
	int working = 0;

	assert(workday_covers(cal, cal->first) && workday_covers(cal, cal->last));
	for (int i = 0; i < DAYS_LOOKED_AT && workday_covers(cal, day); i++) {
		assert(utf8_valid_text(workday_reason(a, cal, day)));
		if (i > 0)
			working += workday_is(cal, day) ? 1 : 0;
		assert(workday_between(cal, cal->first, day) == working);
		day = date_plus(day, i < 40 ? 1 : 400); /* far ahead, only whether it holds */
		if (i >= 40)
			break;
	}
	if (workday_due(cal, cal->first, 20, &due, &err))
		assert(workday_is(cal, due) && workday_between(cal, cal->first, due) == 20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(8 * MIB);
	struct str text = { (const char *)data, size };
	struct workday_calendar cal;
	struct err err = { 0 };

	if (workday_parse_days(a, text, &cal, &err))
		look(a, &cal);
	else
		assert(err.code == ERR_INVALID || err.code == ERR_LIMIT);
	err_clear(&err);
	if (workday_parse_csv(a, text, &cal, &err))
		assert(workday_check(&cal, &err));
	arena_close(a);
	return 0;
}
