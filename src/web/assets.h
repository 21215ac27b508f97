/*
 * assets.h - the server's own addresses: /assets/…, /healthz, /api/openapi.json.
 *
 * Assets are the files built into the program, compressed once at start. Asked
 * for with ?v= and the beginning of their digest they never change.
 */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "web/exchange.h"

struct assets *assets_open(struct arena *a, struct web_server *s);
/* Answers if the path is one of these. */
bool assets_answer(struct exchange *x);
#endif
