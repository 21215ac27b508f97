/* board_json.h - the board for programs. */
#ifndef CASEWORK_BOARD_JSON_H
#define CASEWORK_BOARD_JSON_H

#include "casework/board.h"

#include <jansson.h>

json_t *board_as_json(struct arena *a, const struct board *b); /* the caller's reference */
#endif
