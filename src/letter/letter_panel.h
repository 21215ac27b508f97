/* letter_panel.h - a letter as other rooms show it on their pages. */
#ifndef LETTER_LETTER_PANEL_H
#define LETTER_LETTER_PANEL_H

#include "html/html.h"
#include "office/official.h"

/* As it will be on paper, from the same tree (letter_official). */
void letter_paper(struct html *h, const struct official *o);
#endif
