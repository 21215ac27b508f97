#include "base/buf.h"
#include "base/limits.h"
#include "office/docx.h"
#include "office/xml.h"

enum { LISTS_MAX = 4000, NUMBER_TEXT_MAX = 256 };

struct level { struct str format, text; uint32_t start; bool legal; /* 1.1, never 一.1 */ };
struct abstract_list { uint32_t id; struct level levels[DOCX_NUMBER_LEVELS]; };
/* A list a paragraph may belong to. Lists of one abstract list go on counting together. */
struct list { uint32_t id; size_t abstract; };

struct docx_numbers {
	struct abstract_list *abstracts;
	uint32_t (*counts)[DOCX_NUMBER_LEVELS]; /* by abstract list: how many so far, 0 not begun */
	size_t abstracts_count;
	struct list *lists;
	size_t lists_count;
};

/* ---- reading */

static void note_level(struct xml *x, struct arena *a, struct level *level)
{
	if (xml_is(x, "isLgl"))
		level->legal = xml_attr_on(x, "val");
	struct opt_str value = xml_attr(x, "val");
	if (!value.known)
		return;
	if (xml_is(x, "start"))
		level->start = xml_attr_number(x, "val", 30000, 1);
	else if (xml_is(x, "numFmt"))
		level->format = str_copy(a, value.v);
	else if (xml_is(x, "lvlText") && value.v.len <= NUMBER_TEXT_MAX)
		level->text = str_copy(a, value.v);
}

static bool read_abstract(struct xml *x, struct abstract_list *list, struct err *err)
{
	int depth = x->depth;
	struct level ignored, *level = &ignored;

	list->id = xml_attr_number(x, "abstractNumId", INT32_MAX, 0);
	for (size_t i = 0; i < DOCX_NUMBER_LEVELS; i++)
		list->levels[i] =
			(struct level){ .format = STR("decimal"), .text = STR_NONE, .start = 1 };
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event != XML_OPEN)
			continue;
		if (xml_is(x, "lvl")) {
			uint32_t n = xml_attr_number(x, "ilvl", DOCX_NUMBER_LEVELS - 1,
						     DOCX_NUMBER_LEVELS);
			level = n < DOCX_NUMBER_LEVELS ? &list->levels[n] : &ignored;
		} else {
			note_level(x, x->arena, level);
		}
	} while (x->event != XML_END && (x->event != XML_CLOSE || x->depth != depth));
	return true;
}

static bool read_list(struct xml *x, struct docx_numbers *n, struct list *list, struct err *err)
{
	int depth = x->depth;

	*list = (struct list){ .id = xml_attr_number(x, "numId", INT32_MAX, 0),
			       .abstract = n->abstracts_count };
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event != XML_OPEN || !xml_is(x, "abstractNumId"))
			continue;
		uint32_t id = xml_attr_number(x, "val", INT32_MAX, INT32_MAX);
		for (size_t i = 0; i < n->abstracts_count; i++)
			if (n->abstracts[i].id == id)
				list->abstract = i;
	} while (x->event != XML_END && (x->event != XML_CLOSE || x->depth != depth));
	return true;
}

static bool read_numbers(struct xml *x, struct docx_numbers *n, struct err *err)
{
	do {
		if (!xml_next(x, err))
			return false;
		if (x->event != XML_OPEN)
			continue;
		if (xml_is(x, "abstractNum")) {
			if (n->abstracts_count == LISTS_MAX)
				return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d",
					       LISTS_MAX);
			if (!read_abstract(x, &n->abstracts[n->abstracts_count++], err))
				return false;
		} else if (xml_is(x, "num")) {
			if (n->lists_count == LISTS_MAX)
				return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d",
					       LISTS_MAX);
			if (!read_list(x, n, &n->lists[n->lists_count++], err))
				return false;
		}
	} while (x->event != XML_END);
	return true;
}

bool docx_numbers_read(struct package *p, struct docx_numbers **out, struct err *err)
{
	struct docx_numbers *n = ARENA_NEW(p->arena, struct docx_numbers);
	struct xml x;

	*out = n;
	if (!package_has(p, STR("word/numbering.xml")))
		return true;
	n->abstracts = ARENA_ARRAY(p->arena, LISTS_MAX, struct abstract_list);
	n->counts = arena_array(p->arena, LISTS_MAX, sizeof *n->counts);
	n->lists = ARENA_ARRAY(p->arena, LISTS_MAX, struct list);
	if (!xml_open(&x, p, STR("word/numbering.xml"), err))
		return false;
	bool ok = read_numbers(&x, n, err);
	xml_close(&x);
	return ok;
}

/* ---- counting */

static const char *const han_digit[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

/* 1 to 9999 as Word's chineseCounting writes it: 十, 十一, 二十, 一百〇一. */
static void add_chinese(struct buf *out, uint32_t n)
{
	static const char *const unit[] = { "", "十", "百", "千" };
	uint32_t divisor = 1000;
	bool begun = false, gap = false;

	for (int place = 3; place >= 0; place--, divisor /= 10) {
		uint32_t digit = n / divisor % 10;
		if (digit == 0) {
			gap = begun;
			continue;
		}
		if (gap)
			buf_add_c(out, "〇");
		if (!(place == 1 && digit == 1 && !begun))
			buf_add_c(out, han_digit[digit]);
		buf_add_c(out, unit[place]);
		begun = true;
		gap = false;
	}
}

static void add_letters(struct buf *out, uint32_t n, char first)
{
	uint32_t times = (n - 1) / 26 + 1;

	for (uint32_t i = 0; i < times && i < 8; i++)
		buf_add_char(out, (char)(first + (char)((n - 1) % 26)));
}

static void add_roman(struct buf *out, uint32_t n, bool upper)
{
	static const struct { uint32_t value; const char *upper, *lower; } part[] = {
		{ 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" }, { 400, "CD", "cd" },
		{ 100, "C", "c" },  { 90, "XC", "xc" },	 { 50, "L", "l" },  { 40, "XL", "xl" },
		{ 10, "X", "x" },   { 9, "IX", "ix" },	 { 5, "V", "v" },   { 4, "IV", "iv" },
		{ 1, "I", "i" },
	};

	for (size_t i = 0; i < COUNT_OF(part); i++)
		for (; n >= part[i].value; n -= part[i].value)
			buf_add_c(out, upper ? part[i].upper : part[i].lower);
}

static void add_number(struct buf *out, struct str format, uint32_t n)
{
	static const struct str chinese[] = {
		STR_INIT("chineseCounting"), STR_INIT("chineseCountingThousand"),
		STR_INIT("japaneseCounting"), STR_INIT("ideographDigital"),
		STR_INIT("ideographTraditional"), STR_INIT("taiwaneseCountingThousand"),
		STR_INIT("taiwaneseCounting"),
	};

	if (n == 0 || n > 9999) {
		buf_add_i64(out, n);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(chinese); i++) {
		if (str_equal(format, chinese[i])) {
			add_chinese(out, n);
			return;
		}
	}
	if (str_equal_c(format, "upperLetter"))
		add_letters(out, n, 'A');
	else if (str_equal_c(format, "lowerLetter"))
		add_letters(out, n, 'a');
	else if (str_equal_c(format, "upperRoman"))
		add_roman(out, n, true);
	else if (str_equal_c(format, "lowerRoman"))
		add_roman(out, n, false);
	else if (str_equal_c(format, "decimalEnclosedCircle") && n <= 20)
		buf_add_utf8(out, 0x2460 + n - 1);
	else
		buf_add_i64(out, n);
}

static const struct list *find_list(const struct docx_numbers *n, int id)
{
	for (size_t i = 0; i < n->lists_count; i++)
		if (n->lists[i].id == (uint32_t)id && n->lists[i].abstract < n->abstracts_count)
			return &n->lists[i];
	return NULL;
}

struct str docx_number_next(struct arena *a, struct docx_numbers *numbers, int number_id, int level)
{
	const struct list *list = number_id > 0 ? find_list(numbers, number_id) : NULL;

	if (list == NULL || level < 0 || level >= DOCX_NUMBER_LEVELS)
		return STR_NONE;
	const struct level *levels = numbers->abstracts[list->abstract].levels;
	uint32_t *counts = numbers->counts[list->abstract];
	counts[level]++;
	for (int deeper = level + 1; deeper < DOCX_NUMBER_LEVELS; deeper++)
		counts[deeper] = 0;
	/* A bullet is an ornament: nothing a person would quote. */
	if (str_equal_c(levels[level].format, "bullet") ||
	    str_equal_c(levels[level].format, "none"))
		return STR_NONE;

	struct buf out = buf_open(a, 32, NUMBER_TEXT_MAX * 8);
	struct str pattern = levels[level].text;
	for (size_t i = 0; i < pattern.len; i++) {
		char next = i + 1 < pattern.len ? pattern.ptr[i + 1] : '\0';
		if (pattern.ptr[i] != '%' || next < '1' || next > '9') {
			buf_add_char(&out, pattern.ptr[i]);
			continue;
		}
		int of = next - '1';
		uint32_t count = counts[of] > 0 ? counts[of] : 1;
		struct str format = levels[level].legal ? STR("decimal") : levels[of].format;
		add_number(&out, format, levels[of].start + count - 1);
		i++;
	}
	return buf_ok(&out) ? buf_str(&out) : STR_NONE;
}
