/*
 * law_test.c - references to articles, as letters write them.
 */
#include "letter/law.h"

#include "base/buf.h"
#include "base/test.h"

/* What is read, each as 条.款.项, with ! for one that does not exist. */
static const struct {
	const char *text, *read;
} rows[] = {
	{ "根据《中华人民共和国政府信息公开条例》第三十六条第三项", "36.0.3" },
	{ "第三十三条第二款、第三十六条第（七）项", "33.2.0 36.0.7" },
	{ "第三十六条第八项", "36.0.8!" },
	{ "第三十六条第一款第一项", "36.1.1" },
	{ "第四条第二款第五项和第四条第一款第一项", "4.2.5 4.1.1!" },
	{ "第三十条第二款", "30.2.0!" },
	{ "第五十六条、第五十七条、第零条", "56.0.0 57.0.0!" },
	{ "《中华人民共和国行政复议法》第九十条，《中华人民共和国行政复议法》第九十一条", "90.0.0 91.0.0!" },
	{ "《某某法》第三百条", "300.0.0" },
	{ "第一批第三十六件", "" },
	{ "《没有结尾第三条", "3.0.0" },
};

void law_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str text = str_from_c(rows[i].text), law = STR_NONE;
		struct law_reference r;
		size_t from = 0;
		if (!test_case(t, "references %zu", i))
			continue;
		struct buf b = buf_open(t->arena, 256, 4096);
		while (law_reference_next(text, &from, &law, &r))
			buf_addf(&b, "%s%d.%d.%d%s", b.len > 0 ? " " : "", r.article, r.paragraph,
				 r.item, r.exists ? "" : "!");
		CHECK_STR(buf_str(&b), str_from_c(rows[i].read));
	}
}
