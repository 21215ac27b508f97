/* desk_internal.h - walking through open requests by due day; private to src/casework. */
#ifndef CASEWORK_DESK_INTERNAL_H
#define CASEWORK_DESK_INTERNAL_H

#include "casework/desk.h"

/* Ids of one page. */
struct desk_ids {
	struct request_id *list;
	size_t count;
};
/* Every statement of desk.sql that lists has the one column. */
#define DESK_IDS_FROM(rows)                                                         \
	do {                                                                        \
		ids->list = ARENA_ARRAY(ctx->arena, ids->count, struct request_id); \
		for (size_t i = 0; i < ids->count; i++)                             \
			ids->list[i] = (rows)[i].id;                                \
		return true;                                                        \
	} while (0)

struct due_walk {
	struct opt_int unit, handler; /* handler: of a unit only; 0 is nobody */
	struct str prefix, state;     /* not with a handler */
	int year;
	struct str from, before; /* ISO days of what is due; empty: no bound */
	bool still;		 /* and after them those whose clock stands */
};
NODISCARD bool due_walk_page(struct ctx *ctx, const struct due_walk *w, struct str place,
			     size_t max, struct desk_ids *ids, struct err *err);
/* Where such a page ended. */
struct str due_place(struct arena *a, const struct request *last);

NODISCARD bool desk_load_all(struct ctx *ctx, const struct desk_ids *ids, struct request **out,
			     struct err *err);
#endif
