/*
 * command_backup.c - a copy of the site in one file, its way back, and what is
 * derived counted anew.
 *
 * A backup is made beside a running server, on a reading connection of its own.
 * The keys are not in it: whoever finds the backup must not find them too. They
 * go to a file of their own (--keys), which is kept elsewhere.
 */
#include "app/commands.h"

#include "app/archive.h"
#include "base/clock.h"
#include "base/file.h"
#include "apply/found.h"
#include "casework/alike.h"
#include "db/backup.h"
#include "ledger/ledger.h"
#include "request/request.h"
#include "retention/seal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By these names in a backup of keys, and beside the database. */
static const char *const key_names[] = { "secret", "identity.key" };

static struct str in_folder(struct arena *a, struct str dir, const char *name)
{
	return str_format(a, STR_FMT "/%s", STR_ARG(dir), name);
}

static void add_fact(struct archive *what, const char *name, struct str value)
{
	what->facts[what->facts_count++] = (struct archive_fact){ str_from_c(name), value };
}

static void add_part(struct archive *what, const char *name, struct str path)
{
	what->parts[what->parts_count++] =
		(struct archive_part){ .name = str_from_c(name), .path = path };
}

/* The chain of the ledger of a file that nobody writes. */
static bool chain_of(struct arena *a, struct str path, struct ledger_verdict *out, struct err *err)
{
	struct ctx ctx = { .arena = a };

	if (!db_open(&ctx.db, str_concat(a, STR("sqlite:"), path), DB_READ, err))
		return false;
	bool ok = ledger_verify(&ctx, out, err);
	db_close(ctx.db);
	return ok;
}

/* ---- backup */

static const struct option backup_options[] = {
	{ "--keys", "FILE", "另把密钥（secret、identity.key）写到这个文件，请与备份分开保管", false },
	{ "--noted", NULL, "不备份，只记下已按 PostgreSQL 的办法备份过（供 doctor 检查）", false },
	OPTION_END
};

static bool note_backup(struct data_site *site, struct arena *a, struct err *err)
{
	return file_write(a, in_folder(a, site->dir, "last-backup"),
			  str_format(a, "%lld\n", (long long)clock_now()), err);
}

static bool write_keys(struct invocation *in, struct data_site *site, struct str to,
		       struct err *err)
{
	struct arena *a = in->arena;
	struct archive keys = { .path = to };

	add_fact(&keys, "made", instant_iso(a, clock_now()));
	for (size_t i = 0; i < COUNT_OF(key_names); i++) {
		struct str path = i == 1 ? site_key_path(site) :
					   in_folder(a, site->dir, key_names[i]);
		if (file_exists(a, path))
			add_part(&keys, key_names[i], path);
	}
	if (keys.parts_count == 0 || !archive_write(a, &keys, err))
		return err->code == ERR_NONE;
	say(in, "密钥已写入 " STR_FMT "：请与备份分开保管\n", STR_ARG(to));
	return true;
}

/* copy: the database, copied; removed by the caller. */
static bool pack(struct invocation *in, struct data_site *site, struct str to, struct str copy,
		 struct ledger_verdict *chain, struct err *err)
{
	struct arena *a = in->arena;
	struct str config = in_folder(a, site->dir, "gongkai.conf");
	struct archive what = { .path = to };

	if (!backup_write(site->db, a, copy, err) || !backup_check(a, copy, err) ||
	    !chain_of(a, copy, chain, err))
		return false;
	add_fact(&what, "made", instant_iso(a, clock_now()));
	add_fact(&what, "version", STR(GONGKAI_VERSION));
	add_fact(&what, "events", str_format(a, "%lld", (long long)chain->events));
	add_fact(&what, "head", digest_hex(a, chain->head));
	add_part(&what, "site.db", copy);
	if (file_exists(a, config))
		add_part(&what, "gongkai.conf", config);
	return archive_write(a, &what, err);
}

static bool make_backup(struct invocation *in, struct data_site *site, struct str to,
			struct err *err)
{
	struct arena *a = in->arena;
	struct str copy = str_concat(a, to, STR(".db"));
	const char *keys = option_value(in, "--keys");
	struct ledger_verdict chain;
	struct err ignored = { 0 };

	(void)unlink(str_to_c(a, copy)); /* of a run that was killed */
	bool ok = pack(in, site, to, copy, &chain, err);
	(void)unlink(str_to_c(a, copy));
	if (!ok || (keys != NULL && !write_keys(in, site, str_from_c(keys), err)))
		return false;
	say(in, "已备份到 " STR_FMT "：台账 %lld 条，最后一条的摘要 " STR_FMT "\n", STR_ARG(to),
	    (long long)chain.events, STR_ARG(digest_hex(a, chain.head)));
	if (!note_backup(site, a, &ignored))
		complain(in, "gongkai backup：无法在数据目录记下备份时间，doctor 将不知道这次备份\n");
	return chain.intact || err_set(err, ERR_CONFLICT, "app.backup_chain", "%lld",
				       (long long)chain.first_bad);
}

static int tell_postgres(const struct invocation *in)
{
	complain(in, "gongkai backup：站点在 PostgreSQL 中，请用它自己的工具备份，例如\n"
		     "  pg_dump --schema=模式名 --format=custom --file=mq.dump gongkai\n"
		     "恢复用 pg_restore。备份后运行 gongkai backup --noted 记下时间；密钥用 --keys FILE 另存。\n");
	return 2;
}

static int backup_run(struct invocation *in)
{
	const char *to = operand(in, 0), *keys = option_value(in, "--keys");
	bool noted = option_given(in, "--noted");
	struct data_site site;
	struct err err = { 0 };

	if (to == NULL && keys == NULL && !noted) {
		complain(in, "gongkai backup：请写明备份文件，例如 gongkai backup /backup/mq.gkb\n");
		return 2;
	}
	(void)umask(S_IRWXG | S_IRWXO); /* for the copy, before it is packed */
	if (!site_of(in, DB_READ, "gongkai backup", &site, &err))
		return fail(in, &err);
	if (to != NULL && db_engine(site.db) != DB_SQLITE) {
		site_done(in, &site);
		return tell_postgres(in);
	}
	bool ok = true;
	if (to != NULL)
		ok = make_backup(in, &site, str_from_c(to), &err);
	else if (keys != NULL)
		ok = write_keys(in, &site, str_from_c(keys), &err);
	if (ok && noted)
		ok = note_backup(&site, in->arena, &err);
	site_done(in, &site);
	return ok ? 0 : fail(in, &err);
}
const struct command backup_command = { "backup", "FILE [--keys FILE] [--data DIR]",
					"在线备份：一个文件，内含摘要，服务不必停", backup_options,
					backup_run, 0 };

/* ---- restore */

static const struct option restore_options[] = {
	{ "--keys", "FILE", "放回备份时另存的密钥", false },
	{ "--check", NULL, "只核对备份文件，不恢复", false },
	OPTION_END
};

/* The database under another name, sound, with the chain that the backup says. */
static bool check_database(struct invocation *in, const struct archive *what, struct str path,
			   struct err *err)
{
	struct arena *a = in->arena;
	struct ledger_verdict chain;

	if (!backup_check(a, path, err) || !chain_of(a, path, &chain, err))
		return false;
	struct str events = str_format(a, "%lld", (long long)chain.events);
	if (!chain.intact || !str_equal(events, archive_fact(what, "events")) ||
	    !str_equal(digest_hex(a, chain.head), archive_fact(what, "head")))
		return err_set(err, ERR_INVALID, "app.bad_backup", STR_FMT "|%s",
			       STR_ARG(what->path), "台账链条与备份时不符");
	say(in, "备份于 " STR_FMT "（程序版本 " STR_FMT "）：台账 " STR_FMT
		" 条，链条完整，最后一条的摘要 " STR_FMT "\n",
	    STR_ARG(archive_fact(what, "made")), STR_ARG(archive_fact(what, "version")),
	    STR_ARG(events), STR_ARG(archive_fact(what, "head")));
	return true;
}

static bool put_back(struct arena *a, const struct archive *what, const char *name,
		     struct str dir, struct err *err)
{
	const struct archive_part *part = archive_part(what, name);
	struct str to = in_folder(a, dir, name);

	if (part == NULL || file_exists(a, to))
		return true;
	return archive_extract(a, what, part, to, err);
}

static bool restore_keys(struct invocation *in, struct str dir, struct err *err)
{
	const char *path = option_value(in, "--keys");
	struct arena *a = in->arena;
	struct archive keys;

	if (path != NULL && !archive_read(a, str_from_c(path), &keys, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(key_names); i++) {
		if (path != NULL && !put_back(a, &keys, key_names[i], dir, err))
			return false;
		if (!file_exists(a, in_folder(a, dir, key_names[i])))
			say(in, "数据目录中没有 %s：如果原来有，请放回再启动%s\n", key_names[i],
			    i == 1 ? "，否则身份信息无法读出" : "");
	}
	return true;
}

/* Nothing is overwritten: what is there may be the better one. */
static bool folder_is_free(struct arena *a, const struct data_site *site, struct err *err)
{
	static const char *const names[] = { "site.db", "site.db-wal", "site.db-shm" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (file_exists(a, in_folder(a, site->dir, names[i])))
			return err_set(err, ERR_CONFLICT, "app.restore_not_empty",
				       STR_FMT "|%s", STR_ARG(site->dir), names[i]);
	return true;
}

static bool restore_to(struct invocation *in, const struct archive *what,
		       const struct archive_part *database, struct data_site *site,
		       struct err *err)
{
	struct arena *a = in->arena;
	struct str part = in_folder(a, site->dir, "site.db.part"),
		   db = in_folder(a, site->dir, "site.db");

	(void)unlink(str_to_c(a, part)); /* of a run that was killed */
	if (!folder_is_free(a, site, err))
		return false;
	bool ok = archive_extract(a, what, database, part, err) &&
		  check_database(in, what, part, err);
	if (ok && rename(str_to_c(a, part), str_to_c(a, db)) != 0)
		ok = err_set(err, ERR_INVALID, "app.backup_io", STR_FMT "|rename",
			     STR_ARG(db));
	if (!ok) {
		(void)unlink(str_to_c(a, part));
		return false;
	}
	return put_back(a, what, "gongkai.conf", site->dir, err) &&
	       restore_keys(in, site->dir, err);
}

static bool check_only(struct invocation *in, const struct archive *what,
		       const struct archive_part *database, struct err *err)
{
	struct arena *a = in->arena;
	struct str copy = str_concat(a, what->path, STR(".check"));

	(void)unlink(str_to_c(a, copy));
	bool ok = archive_extract(a, what, database, copy, err) &&
		  check_database(in, what, copy, err);
	(void)unlink(str_to_c(a, copy));
	return ok;
}

static int restore_run(struct invocation *in)
{
	const char *from = operand(in, 0), *dir = option_value(in, "--data");
	struct arena *a = in->arena;
	struct archive what;
	struct data_site site;
	struct err err = { 0 };

	if (from == NULL || (dir == NULL && !option_given(in, "--check"))) {
		complain(in, "gongkai restore：请写明备份文件和数据目录，例如 "
			     "gongkai restore /backup/mq.gkb --data /var/lib/gongkai\n");
		return 2;
	}
	(void)umask(S_IRWXG | S_IRWXO);
	if (!archive_read(a, str_from_c(from), &what, &err))
		return fail(in, &err);
	const struct archive_part *database = archive_part(&what, "site.db");
	if (database == NULL) {
		err_set(&err, ERR_INVALID, "app.bad_backup", "%s|%s", from, "其中没有数据库");
		return fail(in, &err);
	}
	if (option_given(in, "--check"))
		return check_only(in, &what, database, &err) ? 0 : fail(in, &err);
	if (!site_init(&site, a, str_from_c(dir), &err) ||
	    !site_lock(&site, "gongkai restore", &err))
		return fail(in, &err);
	bool ok = restore_to(in, &what, database, &site, &err);
	site_close(&site);
	if (!ok)
		return fail(in, &err);
	say(in, "已恢复到 %s。请运行 gongkai doctor 和 gongkai verify 核对后启动。\n", dir);
	return 0;
}
const struct command restore_command = { "restore", "FILE --data DIR [--keys FILE] [--check]",
					 "从备份恢复：摘要不符的拒绝恢复", restore_options,
					 restore_run, 0 };

/* ---- rebuild: a table of what is derived, each with the one that counts it anew */

static bool rebuild_due(struct ctx *ctx, size_t *changed, struct err *err)
{
	return request_count_again(ctx, STR("重新计算"), changed, err);
}

static bool rebuild_sealed(struct ctx *ctx, size_t *changed, struct err *err)
{
	return request_seal_all(ctx, changed, err);
}

static bool rebuild_alike(struct ctx *ctx, size_t *changed, struct err *err)
{
	return alike_rebuild(ctx, changed, err);
}

static bool rebuild_found(struct ctx *ctx, size_t *changed, struct err *err)
{
	return found_rebuild(ctx, changed, err);
}

static const struct derived {
	const char *what, *did;
	bool (*rebuild)(struct ctx *ctx, size_t *changed, struct err *err);
} derived[] = {
	{ "未办结申请的到期日", "改正", rebuild_due },
	{ "申请内容的加密", "加密", rebuild_sealed },
	{ "以前的文字的加密", "加密", seal_before },
	{ "相似申请的索引", "编入", rebuild_alike },
	{ "公开答复的检索", "编入", rebuild_found },
};

struct rebuilt { size_t changed[COUNT_OF(derived)]; };

static bool rebuild_write(struct ctx *ctx, void *arg, struct err *err)
{
	struct rebuilt *r = arg;

	for (size_t i = 0; i < COUNT_OF(derived); i++)
		if (!derived[i].rebuild(ctx, &r->changed[i], err))
			return false;
	return true;
}

static int rebuild_run(struct invocation *in)
{
	struct rebuilt r = { 0 };
	struct data_site site;
	struct err err = { 0 };
	struct actor system = { .role = STR("system"), .name = STR("命令行") };

	if (!site_of(in, DB_WRITE, "gongkai rebuild", &site, &err))
		return fail(in, &err);
	bool ok = site_write(&site, in->arena, system, rebuild_write, &r, &err);
	site_done(in, &site);
	if (!ok)
		return fail(in, &err);
	for (size_t i = 0; i < COUNT_OF(derived); i++)
		say(in, "%s：已重算，%s %zu 处\n", derived[i].what, derived[i].did, r.changed[i]);
	return 0;
}
const struct command rebuild_command = { "rebuild", "[--data DIR]", "重新计算由办理记录推出的内容",
					 NULL, rebuild_run, COMMAND_HANDS_OVER };
