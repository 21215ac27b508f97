/*
 * server.h - one site behind HTTP: the supervisor, and the process that serves.
 */
#ifndef APP_SERVER_H
#define APP_SERVER_H

#include "app/site.h"
#include "web/web.h"

/* What handlers find in request->app. */
struct app {
	struct data_site *site;
	struct web_server *web;
};

/* Every module's table of routes; NULL-terminated. */
extern const struct route *const app_routes[];

/* The web configuration of a site, for serve and for tests. */
struct web_config app_web_config(struct app *app);

/*
 * Holds the folder, keeps one serving child alive, until SIGTERM or SIGINT. Returns an exit
 * status.
 */
int server_supervise(struct data_site *site, void (*ready)(void *, uint16_t port), void *arg);
#endif
