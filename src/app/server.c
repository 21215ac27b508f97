/*
 * server.c - serving a site.
 *
 * The supervisor holds the folder's lock and opens nothing else: it starts one
 * child that serves, and another when that one dies, with a pause that grows so
 * that a broken start does not spin. The child becomes the folder's owner when
 * it was started as root, closes the door behind it (app/sandbox.h), and serves.
 */
#include "app/server.h"

#include "account/account_pages.h"
#include "app/control.h"
#include "app/sandbox.h"
#include "app/worker.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DRAIN_MS = 4000, RESTART_PAUSE_MAX_S = 30, STABLE_S = 60 };

/* Each to those who may go there. */
static const struct { unsigned permission; struct nav_item item; } desk_nav[] = {
	{ PERM_SIGNED_IN, { STR_INIT("工作台"), STR_INIT("/desk"), false } },
	{ PERM_REQUEST_READ, { STR_INIT("待办"), STR_INIT("/desk/queue"), false } },
	{ PERM_REQUEST_READ, { STR_INIT("依申请公开"), STR_INIT("/desk/requests"), false } },
	{ PERM_REQUEST_READ, { STR_INIT("文书"), STR_INIT("/desk/letters"), false } },
	{ PERM_REQUEST_READ, { STR_INIT("来信"), STR_INIT("/desk/mail"), false } },
	{ PERM_SITE_READ, { STR_INIT("各单位情况"), STR_INIT("/desk/board"), false } },
	{ PERM_REQUEST_READ, { STR_INIT("复议诉讼"), STR_INIT("/desk/disputes"), false } },
	{ PERM_STATISTICS_WRITE, { STR_INIT("统计填报"), STR_INIT("/desk/statistics"), false } },
	{ PERM_REPORT_WRITE, { STR_INIT("年度报告"), STR_INIT("/desk/reports"), false } },
	{ PERM_UNIT_WRITE, { STR_INIT("单位"), STR_INIT("/desk/units"), false } },
	{ PERM_ACCOUNT_WRITE, { STR_INIT("账号"), STR_INIT("/desk/accounts"), false } },
	{ PERM_LEDGER_READ, { STR_INIT("操作记录"), STR_INIT("/desk/ledger"), false } },
};

static void dress(struct web_request *rq, struct page *page)
{
	static const struct nav_item public_nav[] = {
		{ STR_INIT("首页"), STR_INIT("/"), false },
		{ STR_INIT("依申请公开"), STR_INIT("/request"), false },
		{ STR_INIT("政府信息公开年报"), STR_INIT("/reports"), false },
		{ STR_INIT("年报核查"), STR_INIT("/check"), false },
		{ STR_INIT("期限计算"), STR_INIT("/clock"), false },
	};
	struct site site = { .name = STR_NONE };
	struct err ignored = { 0 };

	if (!agency_site(&rq->ctx, &site, &ignored)) /* an error page must still be dressed */
		site = (struct site){ .platform_name = STR("政府信息公开平台") };
	bool desk = str_starts(rq->path, STR("/desk"));
	page->site_name = site.name;
	page->platform_name = desk ? STR("政务公开工作平台") : site.platform_name;
	page->site_url = site.url;
	page->sample_data = site.sample;
	page->staff = desk;
	page->path = rq->path;
	page->mode = rq->mode;
	page->today = (struct opt_date){ true, rq->ctx.today };
	if (page->nav == NULL) {
		struct nav_item *nav = ARENA_ARRAY(
			rq->ctx.arena, COUNT_OF(desk_nav) + COUNT_OF(public_nav), struct nav_item);
		size_t best = 0, count = 0;
		for (size_t i = 0; desk && i < COUNT_OF(desk_nav); i++)
			if (web_may(rq, desk_nav[i].permission))
				nav[count++] = desk_nav[i].item;
		for (size_t i = 0; !desk && i < COUNT_OF(public_nav); i++)
			nav[count++] = public_nav[i];
		for (size_t i = 0; i < count; i++)
			if (str_equal(rq->path, nav[i].href) ||
			    (i > 0 && str_starts(rq->path, nav[i].href)))
				best = i + 1;
		if (best > 0)
			nav[best - 1].current = true;
		page->nav = nav;
		page->nav_count = count;
	}
	if (rq->ctx.actor.account_id != 0) {
		const struct role *role = role_find(rq->ctx.actor.role);
		page->who = str_format(rq->ctx.arena, STR_FMT "（" STR_FMT "）",
				       STR_ARG(rq->ctx.actor.name),
				       STR_ARG(role != NULL ? role->label : rq->ctx.actor.role));
		page->csrf = rq->csrf;
	}
}

struct web_config app_web_config(struct app *app)
{
	const struct config *c = &app->site->config;

	return (struct web_config){
		.where = app->site->where,
		.writer = app->site->writer,
		.port = (uint16_t)c->port,
		.address = c->address,
		.threads = (unsigned)c->threads,
		.route_tables = app_routes,
		.identify = account_identify,
		.dress = dress,
		.permission_name = permission_name,
		.public_permission = PERM_PUBLIC,
		.secret = app->site->secret,
		.vault = app->site->vault,
		.trusted_proxy = c->trusted_proxy,
		.secure_cookies = c->secure_cookies,
		.now = clock_now,
		.cache_bytes = (size_t)c->cache_mib * MIB,
		.costly_per_minute = (unsigned)c->costly_per_minute,
		.log_requests = c->access_log,
		.touch = account_touch,
		.app = app,
	};
}

/* Every successful batch of writes may have changed something public. */
static void committed(void *arg)
{
	struct app *app = arg;

	if (app->web != NULL)
		web_public_changed(app->web);
}

/* What the settings say of mail, where pages can read it. */
static bool note_setup(struct ctx *ctx, void *arg, struct err *err)
{
	const struct data_site *site = arg;

	return post_set_up(ctx, &site->notice, err);
}

static bool open_all(struct app *app, struct control **control, struct worker **worker,
		     struct err *err)
{
	struct data_site *site = app->site;

	if (!site_open(site, DB_WRITE, err) || !site_read_notice(site, err) ||
	    !site_write(site, site->arena, (struct actor){ .name = STR("系统") }, note_setup, site,
			err))
		return false;
	db_close(site->db); /* migrated; from here on the writer is the only one that writes */
	site->db = NULL;
	if (!writer_open(&site->writer, site->where, committed, app, err))
		return false;
	struct web_config config = app_web_config(app);
	return web_start(&app->web, &config, err) && control_start(control, site, err) &&
	       worker_start(worker, site, err);
}

/* The serving process, from the fork on. pipe_fd tells the supervisor the port once ready. */
static int serve(struct data_site *site, int pipe_fd)
{
	struct app app = { .site = site };
	struct control *control;
	struct worker *worker;
	struct err err = { 0 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set,
		    NULL); /* before any thread starts, so all of them inherit it */
	signal(SIGPIPE, SIG_IGN);
	/* Landlock holds for this thread and those it starts: so before the first one. */
	if (!sandbox_become_owner(site, &err) || !sandbox_enter(site, &err) ||
	    !open_all(&app, &control, &worker, &err)) {
		struct str text = err_text(site->arena, LOCALE_ZH_CN, &err);
		log_write(LOG_ERROR, "serve.failed", STR_FMT " (%s)", STR_ARG(text), err.facts);
		return 1;
	}
	uint16_t port = web_port(app.web);
	if (write(pipe_fd, &port, sizeof port) != sizeof port)
		return 1;
	close(pipe_fd);
	log_write(LOG_INFO, "serve.ready", "port %u", port);

	int signal_number;
	while (sigwait(&set, &signal_number) != 0)
		continue;
	log_write(LOG_INFO, "serve.stopping", "signal %d", signal_number);
	worker_stop(worker);
	control_stop(control);
	web_stop(app.web, DRAIN_MS);
	app.web = NULL;
	writer_close(site->writer);
	return 0;
}

static int wait_for_child(pid_t child, int signals)
{
	for (;;) {
		struct pollfd p = { .fd = signals, .events = POLLIN };
		struct signalfd_siginfo info;
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			return 1;
		if ((p.revents & POLLIN) == 0 || read(signals, &info, sizeof info) != sizeof info)
			continue;
		if (info.ssi_signo != SIGCHLD) {
			kill(child, SIGTERM);
			int status;
			while (waitpid(child, &status, 0) < 0 && errno == EINTR)
				continue;
			return 0;
		}
		int status;
		if (waitpid(child, &status, WNOHANG) == child) {
			log_write(LOG_ERROR, "supervise.child_ended", "%s %d",
				  WIFSIGNALED(status) ? "signal" : "status",
				  WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
			return -1;
		}
	}
}

int server_supervise(struct data_site *site, void (*ready)(void *, uint16_t port), void *arg)
{
	unsigned pause = 1;
	bool once_ready = false;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int signals = signalfd(-1, &set, SFD_CLOEXEC);
	for (;;) {
		int pipe_fds[2];
		uint16_t port = 0;
		int64_t started = clock_monotonic_ms();
		if (signals < 0 || pipe(pipe_fds) != 0)
			return 1;
		pid_t child = fork();
		if (child == 0) {
			close(pipe_fds[0]);
			close(signals);
			_exit(serve(site, pipe_fds[1]));
		}
		close(pipe_fds[1]);
		bool up = child > 0 && read(pipe_fds[0], &port, sizeof port) == sizeof port;
		close(pipe_fds[0]);
		if (up && !once_ready && ready != NULL)
			ready(arg, port);
		once_ready = once_ready || up;
		int end = child > 0 ? wait_for_child(child, signals) : 1;
		if (end >= 0 || !once_ready)
			return end > 0 || !once_ready ? 1 : 0;
		pause = clock_monotonic_ms() - started > STABLE_S * 1000 ? 1 : pause * 2;
		pause = pause > RESTART_PAUSE_MAX_S ? RESTART_PAUSE_MAX_S : pause;
		struct pollfd p = { .fd = signals, .events = POLLIN };
		(void)poll(&p, 1, (int)pause * 1000);
	}
}
