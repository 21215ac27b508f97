/*
 * phrases.h - which figure the words before a number name.
 *
 * 予以公开123件 names t3.granted.total. The table of phrases is data; the
 * phrase nearest to the number decides, within the clause (from the last comma,
 * stop or number). 维持15件 names the outcome alone: which of the proceedings is
 * meant is told by the sentence before it, and else all are candidates.
 */
#ifndef REPORT_PHRASES_H
#define REPORT_PHRASES_H

#include "report/narrative.h"

enum { CANDIDATES_MAX = 64, CANDIDATE_KEYS = 3 };
/* The figure, or the sum of figures, that may be meant. */
struct candidate {
	struct str keys[CANDIDATE_KEYS];
	size_t keys_count;
	struct opt_int hundredths;
	struct str label;
};
struct phrase_match {
	bool sure; /* a number of another value is wrong, not only doubtful */
	struct candidate candidates[CANDIDATES_MAX];
	size_t count;
};

/*
 * clause stands directly before the number; sentence is what stands before the
 * clause, back to the last stop. false: no figure is named.
 */
bool phrases_match(struct arena *a, struct str sentence, struct str clause, struct str unit,
		   const struct figure_set *figures, struct phrase_match *out);
#endif
