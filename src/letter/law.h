/*
 * law.h - which articles, paragraphs and items the laws cited in letters have. Pure.
 *
 * A letter that cites 第三十六条第八项 cites nothing: templates are checked against this.
 */
#ifndef LETTER_LAW_H
#define LETTER_LAW_H

#include "base/str.h"

/* One 第…条[第…款][第…项] of a text, with the law it belongs to. */
struct law_reference {
	struct str law; /* title between 《》, without them; empty: none named before it */
	struct str text;
	int article, paragraph, item; /* 0: not named */
	bool exists; /* true, too, for laws that are not on file */
};
/*
 * The next reference at or after *from, which is moved behind it. A law named by 《》 holds for
 * what follows until the next one; 条例, alone, is the Regulation. false at the end.
 */
bool law_reference_next(struct str text, size_t *from, struct str *law, struct law_reference *out);
#endif
