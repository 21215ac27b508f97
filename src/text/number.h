/*
 * number.h - numbers, sums of money and days as people write them in Chinese.
 *
 * Reads and writes; guesses nothing. What can be read in two ways is refused:
 * 一百五 (105 or 150), 20/11/2 (which is the year?), 3.5 件. All texts are UTF-8.
 */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include "base/date.h"
#include "base/err.h"

/*
 * The whole of s, white space around it aside: 277, ２７７, 1,234, 二百七十七,
 * 贰佰柒拾柒, 二〇二〇, 3万, 1.2万, 负五, -5. ERR_INVALID "text.bad_number",
 * "text.ambiguous_number"; ERR_LIMIT "text.number_too_large".
 */
NODISCARD bool number_parse(struct str s, int64_t *out, struct err *err);
/*
 * The number that s begins with (no sign, no white space), as long as it goes:
 * from 二百七十七件 it takes 二百七十七. false and s untouched if there is none or it is no number.
 */
bool number_take(struct str *s, int64_t *out);

#define NUMBER_CHINESE_MAX INT64_C(999999999999)

/* 一百零五, 十二, 三万; 0 <= n <= NUMBER_CHINESE_MAX. */
struct str number_chinese(struct arena *a, int64_t n);
/* 大写金额 of fen, by the rules of 支付结算办法 appendix 1: 壹佰元整, 陆仟零柒元壹角肆分. */
struct str money_chinese(struct arena *a, int64_t fen); /* 0 <= fen / 100 <= NUMBER_CHINESE_MAX */
/* 100.00 */
struct str money_plain(struct arena *a, int64_t fen);

/*
 * A day in people's spellings, white space around it aside: 2020年11月2日,
 * 二〇二〇年十一月二日, 2020/11/2, 2020.11.2, 2020-11-2, 20201102, all with full-width
 * characters too; 2020-11-02 00:00:00 as spreadsheets show a day; 44137, a spreadsheet's
 * serial number. ERR_INVALID "text.bad_date", "text.date_without_century",
 * "text.no_such_day", "text.date_with_time"; ERR_LIMIT "text.date_out_of_range".
 */
NODISCARD bool date_from_people(struct str s, struct date *out, struct err *err);
/*
 * The serial number of a spreadsheet's day in the system of 1900, whose calendar has
 * a 1900-02-29 that never was: only numbers after it are taken.
 */
bool date_from_serial(int64_t serial, struct date *out);
#endif
