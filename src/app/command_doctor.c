/*
 * command_doctor.c - `gongkai doctor`: what is unsafe or missing on this site, in
 * sentences, each with what to do.
 */
#include "app/commands.h"

#include "account/account.h"
#include "base/file.h"
#include "calendar/calendar.h"
#include "jobs/jobs.h"
#include "notice/inbox.h"
#include "notice/maildir.h"
#include "office/official.h"
#include "retention/seal.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

struct doctor { struct invocation *in; struct data_site *site; int findings; };

static void finding(struct doctor *d, bool ok, const char *good, const char *bad)
{
	if (ok) {
		say(d->in, "正常　%s\n", good);
		return;
	}
	d->findings++;
	say(d->in, "注意　%s\n", bad);
}

static void look_at_configuration(struct doctor *d)
{
	const struct config *c = &d->site->config;
	bool local = str_equal_c(c->address, "127.0.0.1") || str_equal_c(c->address, "::1");

	finding(d, c->sandbox, "内核沙箱已启用", "内核沙箱已关闭：在配置中设 sandbox = yes");
	finding(d, local || c->secure_cookies, "会话Cookie与监听地址相称",
		"服务对外监听但未要求HTTPS：请在前面设置HTTPS代理，并设 secure_cookies = yes");
	finding(d, local || c->trusted_proxy.len > 0, "代理设置与监听地址相称",
		"服务对外监听且没有可信代理：请用 nginx 等代理提供HTTPS，并设 trusted_proxy");
}

static void look_at_disk(struct doctor *d)
{
	struct statvfs st;

	if (statvfs(str_to_c(d->in->arena, d->site->dir), &st) != 0)
		return;
	uint64_t free_mib = (uint64_t)st.f_bavail * st.f_frsize / (1024 * 1024);
	finding(d, free_mib > 1024, "磁盘剩余空间充足",
		"数据目录所在磁盘剩余空间不足1 GiB：请清理或扩容，写满后无法登记新的申请");
}

static void look_at_fonts(struct doctor *d)
{
	finding(d, official_has_body_font(d->in->arena), "文书用的仿宋字体已安装",
		"没有仿宋字体，文书以宋体排版：请安装 FandolFang 或者单位已有的仿宋（见 docs/operating.md）");
}

enum { BACKUP_DAYS = 7, DAY_S = 24 * 60 * 60 };

/* `gongkai backup` notes its time in the folder. */
static void look_at_backup(struct doctor *d, const struct ctx *ctx)
{
	struct arena *a = d->in->arena;
	struct str text;
	struct err ignored = { 0 };
	int64_t at;
	bool noted = file_read(a, str_concat(a, d->site->dir, STR("/last-backup")), 100, &text,
			       &ignored) &&
		     str_to_i64(str_trim(text), &at) && ctx->now - at < BACKUP_DAYS * DAY_S;

	finding(d, noted, "最近7天内有备份",
		"最近7天没有备份：请用 gongkai backup FILE 备份并放进定时任务；用其他办法备份的，用 --noted 记下");
}

/* A key that others can read protects nobody. */
static void look_at_keys(struct doctor *d)
{
	struct arena *a = d->in->arena;
	const struct str path[] = { str_concat(a, d->site->dir, STR("/secret")),
				    site_key_path(d->site),
				    str_concat(a, d->site->dir, STR("/gongkai.conf")) };
	bool good = true;
	struct stat st;

	for (size_t i = 0; i < COUNT_OF(path); i++)
		if (stat(str_to_c(a, path[i]), &st) == 0)
			good = good && (st.st_mode & (S_IRWXG | S_IRWXO)) == 0;
	finding(d, good, "密钥和配置文件只有本用户可读",
		"数据目录中的密钥或配置文件他人可读：请执行 chmod 600 secret identity.key gongkai.conf");
}

static void look_at_mail(struct doctor *d)
{
	const struct config *c = &d->site->config;

	finding(d, c->smtp_url.len > 0 && c->mail_from.len > 0, "已设置发件服务器",
		"没有设置发件服务器：期限提醒和给申请人的邮件会留在待发列表，请设 smtp_url 和 mail_from");
}

/* The mailbox as this command's user finds it; the server's is said in docs/operating.md. */
static void look_at_mailbox(struct doctor *d)
{
	struct str path = d->site->config.mail_in;
	struct err ignored = { 0 };
	struct maildir box;
	struct stat st;

	if (path.len == 0)
		return;
	bool there = maildir_open(d->in->arena, path, &box, &ignored);
	if (there)
		maildir_close(&box);
	finding(d, there, "收件目录可以读取",
		"收件目录不能读取：mail_in 应当是内有 new 和 cur 的 maildir（见 docs/operating.md 第十二节）");
	bool shut = stat(str_to_c(d->in->arena, path), &st) == 0 &&
		    (st.st_mode & (S_IRWXG | S_IRWXO)) == 0;
	finding(d, shut, "收件目录只有本用户可读", "收件目录他人可读：来信含有个人信息，请执行 chmod 700");
}

static bool look_at_post(struct doctor *d, struct ctx *ctx, struct err *err)
{
	struct notice_counts counts;
	int64_t pen;

	if (!notice_count(ctx, &counts, err) ||
	    !inbox_pen_count(ctx, (struct opt_int){ 0 }, &pen, err))
		return false;
	finding(d, counts.waiting == 0 || ctx->now - counts.oldest_waiting_at < DAY_S,
		"没有久未送出的通知", "有通知一天以上没有送出：请核对发件服务器的设置，看日志中的 job.not_done");
	finding(d, counts.failed == 0, "没有发送失败的通知",
		"有通知被拒收、退回或者停止发送：请经办人在“发出的通知”（/desk/notices）中处理");
	finding(d, pen == 0, "没有待处理的来信", "有来信等待处理：请经办人在“来信”（/desk/mail）中归入申请或者登记");
	return true;
}

static bool look_at_calendar(struct doctor *d, struct ctx *ctx, struct err *err)
{
	const struct workday_calendar *calendar;

	if (!calendar_current(ctx, &calendar, err))
		return false;
	finding(d, !calendar_runs_out(calendar, ctx->today), "法定工作日日历覆盖当前期限",
		"法定工作日日历即将到期：请取得国务院办公厅下一年放假安排的通知，"
		"在“法定工作日”（/desk/calendar）中载入，或者用 gongkai calendar load");
	return true;
}

static bool look_at_people(struct doctor *d, struct ctx *ctx, struct err *err)
{
	struct account *accounts;
	size_t count;
	bool adviser = false, reviewer = false, auditor = false;

	if (!account_list(ctx, &accounts, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool active = !accounts[i].disabled_at.known;
		adviser = adviser || (active && str_equal_c(accounts[i].role, "adviser"));
		reviewer = reviewer || (active && str_equal_c(accounts[i].role, "reviewer"));
		auditor = auditor || (active && str_equal_c(accounts[i].role, "auditor"));
	}
	finding(d, adviser, "有法律顾问账号",
		"没有法律顾问账号：每件答复需经法律顾问，请用 gongkai user add --role adviser 添加");
	finding(d, reviewer, "有审核人账号",
		"没有审核人账号：报告审定需要另一人，请用 gongkai user add --role reviewer 添加");
	finding(d, auditor, "有审计员账号",
		"没有审计员账号：请用 gongkai user add --role auditor 添加，由其定期核对操作记录");
	return true;
}

static bool look_at_site(struct doctor *d, struct ctx *ctx, struct err *err)
{
	struct site site;
	int64_t given_up;
	size_t plain;

	if (!agency_site(ctx, &site, err) || !jobs_given_up(ctx, &given_up, err) ||
	    !seal_left(ctx, &plain, err))
		return false;
	finding(d, plain == 0, "以前保存的文字都已加密",
		"以前保存的文字还没有全部加密：启动后会逐批加密，也可以执行 gongkai rebuild 立即完成");
	finding(d, !site.sample, "站点为正式数据", "这是示例站点：其中人物和案件均为虚构，请另建站点用于正式工作");
	finding(d, site.contact.len > 0, "已填写工作机构联系方式",
		"没有填写工作机构联系方式：条例第十二条要求在公开指南中列明，请用 gongkai site 设置");
	finding(d, given_up == 0, "没有放弃的后台任务", "有后台任务多次失败后被放弃：请查看日志并联系技术支持");
	return true;
}

static int doctor_run(struct invocation *in)
{
	struct data_site site;
	struct doctor d = { .in = in, .site = &site };
	struct err err = { 0 };

	if (!site_of(in, DB_READ, "gongkai doctor", &site, &err))
		return fail(in, &err);
	struct ctx ctx = site_ctx(&site, in->arena);
	look_at_configuration(&d);
	look_at_disk(&d);
	look_at_fonts(&d);
	look_at_backup(&d, &ctx);
	look_at_keys(&d);
	look_at_mail(&d);
	look_at_mailbox(&d);
	bool ok = look_at_calendar(&d, &ctx, &err) && look_at_people(&d, &ctx, &err) &&
		  look_at_site(&d, &ctx, &err) && look_at_post(&d, &ctx, &err);
	site_done(in, &site);
	if (!ok)
		return fail(in, &err);
	say(in, "%s\n", d.findings == 0 ? "没有发现问题。" : "请处理以上标为“注意”的事项。");
	return d.findings == 0 ? 0 : 1;
}

static const struct option doctor_options[] = { OPTION_END };

const struct command doctor_command = { "doctor", "[--data DIR]", "体检：用句子说明哪里不安全、缺什么、怎么办",
					doctor_options, doctor_run, 0 };
