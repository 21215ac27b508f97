/*
 * align.c - which row of numbers is which line of the form.
 *
 * Both come in the same order, some may be missing on either side, and labels
 * are unreliable alone. So the pairing with the best sum of scores is taken, by
 * dynamic programming over at most LIMIT_LINT_ROWS × 30 pairs.
 */
#include "lint/lint_internal.h"

#include <assert.h>

enum { SCORE_NAMED = 30, SCORE_ROW_LEFT_OUT = 5 };

struct table { const int *score; size_t rows, lines; int *best; };

static int at(const struct table *t, size_t row, size_t line)
{
	return t->best[row * (t->lines + 1) + line];
}

/* Named pairs count their score; a row without a name may stand in a gap for 1 point. */
static int worth(const struct table *t, size_t row, size_t line)
{
	int score = t->score[row * t->lines + line];

	return score >= SCORE_NAMED ? score : 1;
}

/* An unnamed row counts only where the named ones around it leave just as many lines as rows. */
static void drop_loose(const struct table *t, int *line_of)
{
	for (size_t from = 0; from < t->rows;) {
		size_t to = from;
		while (to < t->rows &&
		       (line_of[to] < 0 ||
			t->score[to * t->lines + (size_t)line_of[to]] < SCORE_NAMED))
			to++;
		if (to > from) {
			int low = from > 0 ? line_of[from - 1] + 1 : 0;
			int high = to < t->rows ? line_of[to] : (int)t->lines;
			bool tight = from > 0 && high - low == (int)(to - from);
			for (size_t i = from; i < to; i++)
				line_of[i] = tight ? low + (int)(i - from) : -1;
		}
		from = to + 1;
	}
}

void align_rows(struct arena *a, const int *score, size_t rows, size_t lines, int *line_of)
{
	struct table t = { .score = score, .rows = rows, .lines = lines };

	assert(rows <= LIMIT_LINT_ROWS && lines <= 64);
	t.best = ARENA_ARRAY(a, (rows + 1) * (lines + 1), int);
	for (size_t r = rows; r-- > 0;) {
		t.best[r * (lines + 1) + lines] = at(&t, r + 1, lines) - SCORE_ROW_LEFT_OUT;
		for (size_t l = lines; l-- > 0;) {
			int best = at(&t, r, l + 1);
			int without = at(&t, r + 1, l) - SCORE_ROW_LEFT_OUT;
			int with = at(&t, r + 1, l + 1) + worth(&t, r, l);
			best = without > best ? without : best;
			t.best[r * (lines + 1) + l] = with > best ? with : best;
		}
	}
	for (size_t r = 0, l = 0; r < rows; r++) {
		line_of[r] = -1;
		while (l < lines && at(&t, r, l) == at(&t, r, l + 1))
			l++;
		if (l < lines && at(&t, r, l) == at(&t, r + 1, l + 1) + worth(&t, r, l))
			line_of[r] = (int)l++;
	}
	drop_loose(&t, line_of);
}
