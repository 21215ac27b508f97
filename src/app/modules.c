/*
 * modules.c - the modules of the program: a slice is in it by its lines here.
 */
#include "app/server.h"

#include "account/account_pages.h"
#include "dispute/dispute_pages.h"
#include "portal/portal.h"
#include "statistics/statistics_pages.h"

const struct route *const app_routes[] = {
	portal_routes,
	account_routes,
	dispute_routes,
	statistics_routes,
	NULL
};
