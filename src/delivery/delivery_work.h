/* delivery_work.h - what the rules of src/delivery share; private to it. */
#ifndef DELIVERY_DELIVERY_WORK_H
#define DELIVERY_DELIVERY_WORK_H

#include "delivery/delivery.h"

/* Written once, with its event on what the letter belongs to. */
NODISCARD bool delivery_write(struct ctx *ctx, const struct letter *l, const struct delivery *d,
			      struct err *err);
NODISCARD bool delivery_change(struct ctx *ctx, const struct letter *l, const struct delivery *d,
			       const char *verb, struct err *err);
/* ERR_LIMIT "delivery.too_many". *failed: did one fail before? */
NODISCARD bool delivery_room(struct ctx *ctx, const struct letter *l, bool *failed,
			     struct err *err);
NODISCARD bool delivery_one(struct ctx *ctx, const struct letter *l, int64_t id,
			    struct delivery *out, struct err *err);
/* A correction of records ends with the service of its letter. */
NODISCARD bool delivery_follow(struct ctx *ctx, const struct letter *l, struct opt_date counts_on,
			       struct err *err);
/* 行政复议法（2023）第二十二条: served over the internet, it names that channel. */
NODISCARD bool delivery_names_channel(const struct letter *l, struct err *err);
/* Issued, of a case, and not an answer. */
NODISCARD bool delivery_ready(struct ctx *ctx, struct letter_id id, struct letter *out,
			      struct err *err);
#endif
