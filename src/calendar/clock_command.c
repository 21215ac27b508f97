/*
 * clock_command.c - `gongkai clock`: a period counted on the command line, day by day.
 */
#include "calendar/calendar.h"

#include "base/buf.h"
#include "base/limits.h"
#include "calendar/working.h"

#include <jansson.h>

enum { DAYS_OF_A_REQUEST = 20 }; /* 条例第三十三条第二款 */

struct clock_call {
	struct period period;
	struct period_interval intervals[PERIOD_INTERVALS_MAX];
	bool received_given, json;
};

static bool take_int(struct str value, int *out)
{
	int64_t n;

	if (!str_to_i64(value, &n) || n < INT32_MIN || n > INT32_MAX)
		return false;
	*out = (int)n;
	return true;
}

/* 2020-11-05..2020-11-16, or 2020-11-05.. for an inquiry that is still out. */
static bool take_interval(struct str value, struct period_interval *out)
{
	size_t dots = str_find(value, STR(".."), 0);

	if (dots == SIZE_MAX || !date_parse(str_slice(value, 0, dots), &out->sent))
		return false;
	struct str back = str_slice(value, dots + 2, value.len);
	out->open = back.len == 0;
	return out->open || date_parse(back, &out->back);
}

static bool take_value(struct clock_call *call, struct str name, struct str value, bool *known,
		       struct err *err)
{
	struct period *p = &call->period;

	*known = true;
	if (str_equal_c(name, "--received"))
		return call->received_given = date_parse(value, &p->received);
	if (str_equal_c(name, "--today"))
		return date_parse(value, &p->today);
	if (str_equal_c(name, "--days"))
		return take_int(value, &p->days);
	if (str_equal_c(name, "--extend"))
		return take_int(value, &p->extension);
	if (str_equal_c(name, "--suspend")) {
		if (p->intervals_count == PERIOD_INTERVALS_MAX)
			return err_set(err, ERR_INVALID, "period.too_many_intervals", "%d",
				       PERIOD_INTERVALS_MAX);
		return take_interval(value, &call->intervals[p->intervals_count++]);
	}
	return *known = false;
}

static bool read_call(struct clock_call *call, int argc, const char *const *argv, struct err *err)
{
	for (int i = 0; i < argc; i++) {
		struct str word = str_from_c(argv[i]), name = word, value;
		size_t equals = str_find(word, STR("="), 0);
		bool known;

		if (str_equal_c(word, "--json")) {
			call->json = true;
			continue;
		}
		if (equals != SIZE_MAX) {
			name = str_slice(word, 0, equals);
			value = str_slice(word, equals + 1, word.len);
		} else {
			value = i + 1 < argc ? str_from_c(argv[i + 1]) : STR_NONE;
		}
		bool taken = take_value(call, name, value, &known, err);
		if (err->code != ERR_NONE)
			return false;
		if (!known)
			return err_set(err, ERR_INVALID, "clock.unknown_option", STR_FMT,
				       STR_ARG(word));
		if (equals == SIZE_MAX && ++i == argc)
			return err_set(err, ERR_INVALID, "clock.value_missing", STR_FMT,
				       STR_ARG(name));
		if (!taken)
			return err_set(err, ERR_INVALID, "clock.bad_value", STR_FMT "|" STR_FMT,
				       STR_ARG(name), STR_ARG(value));
	}
	return call->received_given || err_set(err, ERR_INVALID, "clock.no_received", " ");
}

static struct str text_of(struct arena *a, const struct clock_call *call,
			  const struct period_result *r)
{
	struct buf b = buf_open(a, 64 * (r->lines_count + 4), LIMIT_PAGE);

	buf_addf(&b, "期限%d个工作日", call->period.days);
	if (call->period.extension > 0)
		buf_addf(&b, "，延长%d个工作日", call->period.extension);
	if (r->excluded > 0)
		buf_addf(&b, "，征求意见%d个工作日不计算", r->excluded);
	buf_add_c(&b, r->suspended ? "，征求意见尚未结束\n" : "\n");
	for (size_t i = 0; i < r->lines_count; i++) {
		const struct period_line *line = &r->lines[i];

		buf_add(&b, date_iso(a, line->day));
		buf_add_char(&b, ' ');
		buf_add(&b, date_weekday_chinese(line->day));
		if (line->kind == PERIOD_COUNTED)
			buf_addf(&b, " %3d ", line->number);
		else
			buf_add_c(&b, "   - ");
		buf_add(&b, line->reason);
		buf_add_char(&b, '\n');
	}
	buf_add_c(&b, "due ");
	buf_add(&b, date_iso(a, r->due));
	buf_add_char(&b, '\n');
	return buf_ok(&b) ? buf_str(&b) : STR_NONE;
}

static json_t *json_of(struct arena *a, const struct clock_call *call,
		       const struct period_result *r)
{
	return json_pack("{s:o, s:i, s:i, s:i, s:b, s:o, s:o}", "received",
			 json_text(date_iso(a, call->period.received)), "days", call->period.days,
			 "extension", call->period.extension, "excluded", r->excluded, "suspended",
			 r->suspended, "due", json_text(date_iso(a, r->due)), "lines",
			 working_json(a, r));
}

static int dump_into(const char *bytes, size_t len, void *buf)
{
	buf_add_bytes(buf, bytes, len);
	return 0;
}

int calendar_clock_command(struct arena *a, const struct workday_calendar *cal, struct date today,
			   int argc, const char *const *argv, clock_out *out, void *arg,
			   struct err *err)
{
	struct clock_call call = { .period = { .days = DAYS_OF_A_REQUEST, .today = today } };
	struct period_result result;
	struct str text;

	if (!read_call(&call, argc, argv, err))
		return 2;
	call.period.intervals = call.intervals;
	if (!period_compute(a, cal, &call.period, &result, err))
		return err->code == ERR_INVALID ? 2 : 1;
	if (call.json) {
		struct buf b = buf_open(a, 128 * result.lines_count, LIMIT_PAGE);
		json_t *json = json_of(a, &call, &result);
		json_dump_callback(json, dump_into, &b, JSON_INDENT(1));
		json_decref(json);
		buf_add_char(&b, '\n');
		text = buf_ok(&b) ? buf_str(&b) : STR_NONE;
	} else {
		text = text_of(a, &call, &result);
	}
	if (text.len == 0 || !out(arg, text)) {
		err_set(err, ERR_UNAVAILABLE, "clock.cannot_write", " ");
		return 1;
	}
	return 0;
}
