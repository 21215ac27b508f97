/* ctx.c - the program's clock. */
#include "db/ctx.h"

void ctx_set_time(struct ctx *ctx, int64_t now)
{
	ctx->now = now;
	ctx->today = instant_date(now);
}
