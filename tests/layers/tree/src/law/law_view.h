/* law_view.h - what a page is given. */
#ifndef LAW_LAW_VIEW_H
#define LAW_LAW_VIEW_H
#include "html/html.h"
#include "web/web.h"
#endif
