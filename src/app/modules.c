/*
 * modules.c - the modules of the program: a slice is in it by its lines here.
 */
#include "app/server.h"
#include "app/worker.h"

#include "account/account_pages.h"
#include "amendment/amendment_pages.h"
#include "casework/alike.h"
#include "apply/answer_pages.h"
#include "apply/apply.h"
#include "apply/apply_pages.h"
#include "casework/casework.h"
#include "casework/casework_pages.h"
#include "delivery/delivery.h"
#include "delivery/delivery_pages.h"
#include "dispute/dispute_pages.h"
#include "fee/fee_pages.h"
#include "dispute/dossier.h"
#include "letter/letter_pages.h"
#include "lint/lint_pages.h"
#include "mailroom/mailroom.h"
#include "mailroom/mailroom_pages.h"
#include "mailroom/progress.h"
#include "mailroom/reader.h"
#include "notice/notice.h"
#include "portal/portal.h"
#include "reply/reply_mail.h"
#include "reply/reply_pages.h"
#include "report/report_pages.h"
#include "request/request.h"
#include "retention/retention_pages.h"
#include "retention/seal.h"
#include "request/request_pages.h"
#include "statistics/statistics_pages.h"

const struct route *const app_routes[] = {
	portal_routes,
	account_routes,
	amendment_routes,
	apply_routes,
	answer_routes,
	letter_routes,
	letter_template_routes,
	letterhead_routes,
	delivery_routes,
	request_routes,
	fee_routes,
	reply_routes,
	dispute_routes,
	casework_routes,
	mailroom_routes,
	retention_routes,
	statistics_routes,
	report_routes,
	lint_routes,
	NULL
};

/* Which module reacts to what another one did. */
const struct job_listener app_listeners[] = {
	{ "calendar.loaded", request_on_calendar, NULL },
	{ "clock.hour", request_seal_on_job, NULL },
	{ "request.seal", request_seal_on_job, NULL },
	{ "clock.hour", seal_on_job, NULL },
	{ "retention.seal", seal_on_job, NULL },
	{ "calendar.loaded", dispute_on_calendar, NULL },
	{ "clock.hour", case_on_hour, NULL },
	{ "clock.hour", alike_on_job, NULL },
	{ "request.registered", alike_on_job, NULL },
	{ "alike.more", alike_on_job, NULL },
	{ "clock.hour", apply_on_hour, NULL },
	{ "notice.send", NULL, &notice_sending },
	{ "mail.came", mailroom_on_mail, NULL },
	{ "case.reminded", reader_on_reminder, NULL },
	{ "request.registered", progress_on_registered, NULL },
	{ "request.step", progress_on_step, NULL },
	{ "reply.mail", NULL, &reply_mailing },
	{ "notice.ended", reply_on_notice, NULL },
	{ "letter.issued", delivery_on_issued, NULL },
	{ "delivery.mail", NULL, &delivery_mailing },
	{ "notice.ended", delivery_on_notice, NULL },
};
const size_t app_listeners_count = COUNT_OF(app_listeners);
