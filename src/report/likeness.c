/*
 * likeness.c - how much of a text was there before.
 *
 * The working office of a state report marks a part 五 down that repeats last
 * year's by more than half (国办公开办函〔2021〕30号: 内容雷同). Pairs of Chinese
 * characters are compared, so a changed number or comma hides nothing.
 */
#include "report/narrative.h"

#include "base/utf8.h"

#include <stdlib.h>

static int compare(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static size_t pairs_of(struct arena *a, struct str text, uint64_t **out)
{
	uint64_t *pairs = ARENA_ARRAY(a, text.len / 3 + 1, uint64_t);
	uint32_t before = 0, now;
	size_t count = 0;

	while (utf8_take(&text, &now)) {
		if (utf8_is_han(now)) {
			if (before != 0)
				pairs[count++] = (uint64_t)before << 32 | now;
			before = now;
		} else {
			before = 0;
		}
	}
	*out = pairs;
	return count;
}

int narrative_likeness(struct arena *a, struct str now, struct str before)
{
	uint64_t *mine, *theirs;
	size_t mine_count = pairs_of(a, now, &mine), theirs_count = pairs_of(a, before, &theirs),
	       same = 0;

	if (mine_count == 0 || theirs_count == 0)
		return 0;
	qsort(theirs, theirs_count, sizeof *theirs, compare);
	for (size_t i = 0; i < mine_count; i++)
		same += bsearch(&mine[i], theirs, theirs_count, sizeof *theirs, compare) != NULL;
	return (int)(same * 100 / mine_count);
}
