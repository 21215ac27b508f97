/*
 * pairs.h - a text as the set of its pairs of neighbouring signs.
 *
 * Chinese texts have no blanks to find words by; texts that speak of the same thing share many
 * pairs. White space, punctuation, and full width or half width count for nothing.
 */
#ifndef TEXT_PAIRS_H
#define TEXT_PAIRS_H

#include "base/str.h"

struct pairs {
	uint64_t *list; /* hashes in ascending order, each once; the same in every run */
	size_t count;
};
/* Of valid UTF-8, the first max pairs; words that every such text has may be left out. */
struct pairs text_pairs(struct arena *a, struct str text, const char *const *skip,
			size_t skip_count, size_t max);
/* The mixing step of the hashes, for those who hash a list further. The same in every run. */
uint64_t pairs_mix(uint64_t x);
size_t pairs_shared(const struct pairs *a, const struct pairs *b);
#endif
