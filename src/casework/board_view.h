/* board_view.h - what the board draws; private to the edge of src/casework. */
#ifndef CASEWORK_BOARD_VIEW_H
#define CASEWORK_BOARD_VIEW_H

#include "casework/board.h"
#include "casework/casework_pages.h"
#include "html/parts.h"

struct board_view {
	struct form_state form;
	struct board board;
	struct str year;
};
web_handler casework_board_page, casework_board_json;
#endif
