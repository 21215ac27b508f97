/*
 * config.c - the table of settings: parsed, checked and printed by its rows.
 */
#include "app/config.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"

#include <stddef.h>

const struct setting config_settings[] = {
	{ "database", SETTING_TEXT, offsetof(struct config, database), "", 0, 0,
	  "数据库：留空使用数据目录中的 SQLite；或 postgresql: 开头的连接串" },
	{ "address", SETTING_TEXT, offsetof(struct config, address), "127.0.0.1", 0, 0,
	  "监听地址" },
	{ "port", SETTING_INT, offsetof(struct config, port), "8080", 0, 65535, "监听端口" },
	{ "threads", SETTING_INT, offsetof(struct config, threads), "0", 0, 256,
	  "HTTP线程数，0为处理器核数" },
	{ "cache_mib", SETTING_INT, offsetof(struct config, cache_mib), "64", 0, 65536,
	  "页面缓存上限（MiB），0为关闭" },
	{ "costly_per_minute", SETTING_INT, offsetof(struct config, costly_per_minute), "120", 0,
	  100000, "未登录的同一地址每分钟可取的导出文件、PDF、核查和提交表单的次数，0为不限" },
	{ "trusted_proxy", SETTING_TEXT, offsetof(struct config, trusted_proxy), "", 0, 0,
	  "可信的前置代理地址，只有来自它的 X-Forwarded-For 才被采信" },
	{ "secure_cookies", SETTING_BOOL, offsetof(struct config, secure_cookies), "no", 0, 0,
	  "通过HTTPS提供服务时设为 yes" },
	{ "user", SETTING_TEXT, offsetof(struct config, user), "", 0, 0,
	  "以root启动后切换到的系统用户；留空则切换为数据目录的所有者" },
	{ "sandbox", SETTING_BOOL, offsetof(struct config, sandbox), "yes", 0, 0,
	  "内核沙箱（Landlock、seccomp）；旧内核无法启用时设为 no" },
	{ "log_level", SETTING_TEXT, offsetof(struct config, log_level), "info", 0, 0,
	  "日志级别：debug、info、warn、error" },
	{ "smtp_url", SETTING_TEXT, offsetof(struct config, smtp_url), "", 0, 0,
	  "发件服务器：smtp://主机:587 或 smtps://主机；留空则邮件留在待发列表" },
	{ "smtp_user", SETTING_TEXT, offsetof(struct config, smtp_user), "", 0, 0,
	  "发件服务器的用户名；留空则不登录" },
	{ "smtp_password_file", SETTING_TEXT, offsetof(struct config, smtp_password_file), "", 0, 0,
	  "发件服务器密码所在的文件，第一行为密码" },
	{ "smtp_ca", SETTING_TEXT, offsetof(struct config, smtp_ca), "", 0, 0,
	  "信任的证书文件；留空使用系统证书" },
	{ "smtp_tls", SETTING_TEXT, offsetof(struct config, smtp_tls), "required", 0, 0,
	  "发件加密：required（必须）、offered（对方支持时）、none（仅限本机或专网）" },
	{ "mail_from", SETTING_TEXT, offsetof(struct config, mail_from), "", 0, 0,
	  "发件地址，也是收件地址，例如 zwgk@某区政府域名；须支持 zwgk+…@ 的子地址" },
	{ "mail_in", SETTING_TEXT, offsetof(struct config, mail_in), "", 0, 0,
	  "收件目录（maildir，内含 new 和 cur）；留空则不收邮件" },
	{ "sms_url", SETTING_TEXT, offsetof(struct config, sms_url), "", 0, 0,
	  "短信网关地址；留空则短信留在待发列表" },
	{ "sms_secret_file", SETTING_TEXT, offsetof(struct config, sms_secret_file), "", 0, 0,
	  "短信网关签名密钥所在的文件，第一行为密钥" },
	{ "digest_at", SETTING_TEXT, offsetof(struct config, digest_at), "07:30", 0, 0,
	  "每日期限提醒邮件的时间，例如 07:30" },
	{ "notice_keep_days", SETTING_INT, offsetof(struct config, notice_keep_days), "1095", 30,
	  36500, "通知和来信的地址、正文保存天数，到期删除，只留记录" },
	{ "access_log", SETTING_BOOL, offsetof(struct config, access_log), "no", 0, 0,
	  "访问日志：每个请求一行，记方法、路径（不含参数）、状态、用时和来源地址" },
	{ "identity_key", SETTING_TEXT, offsetof(struct config, identity_key), "", 0, 0,
	  "申请人信息的密钥文件；留空使用数据目录中的 identity.key。不要与数据库备份放在一起" },
};
const size_t config_settings_count = COUNT_OF(config_settings);

static bool assign(struct config *c, const struct setting *s, struct str value)
{
	char *at = (char *)c + s->offset;

	switch (s->type) {
	case SETTING_TEXT:
		*(struct str *)(void *)at = value;
		return true;
	case SETTING_INT: {
		int64_t n;
		if (!str_to_i64(value, &n) || n < s->low || n > s->high)
			return false;
		*(int64_t *)(void *)at = n;
		return true;
	}
	case SETTING_BOOL:
		if (!str_equal_c(value, "yes") && !str_equal_c(value, "no"))
			return false;
		*(bool *)(void *)at = str_equal_c(value, "yes");
		return true;
	}
	return false;
}

struct config config_default(struct arena *a)
{
	struct config c = { 0 };

	for (size_t i = 0; i < config_settings_count; i++)
		(void)assign(&c, &config_settings[i],
			     str_copy(a, str_from_c(config_settings[i].initial)));
	return c;
}

static struct str setting_names(struct arena *a)
{
	struct buf b = buf_open(a, 256, 4096);

	for (size_t i = 0; i < config_settings_count; i++) {
		buf_add_c(&b, i > 0 ? "、" : "");
		buf_add_c(&b, config_settings[i].name);
	}
	return buf_str(&b);
}

static bool parse_line(struct arena *a, struct str name, int number, struct str line,
		       struct config *out, struct err *err)
{
	size_t equals = str_find(line, STR("="), 0);

	if (equals == SIZE_MAX)
		return err_set(err, ERR_INVALID, "app.config_no_equals", STR_FMT "|%d",
			       STR_ARG(name), number);
	struct str key = str_trim(str_slice(line, 0, equals));
	struct str value = str_trim(str_slice(line, equals + 1, line.len));
	for (size_t i = 0; i < config_settings_count; i++) {
		const struct setting *s = &config_settings[i];
		if (!str_equal_c(key, s->name))
			continue;
		if (assign(out, s, value))
			return true;
		return err_set(err, ERR_INVALID, "app.config_bad_value",
			       STR_FMT "|%d|%s|" STR_FMT "|%s", STR_ARG(name), number, s->name,
			       STR_ARG(value), s->sentence);
	}
	struct str names = setting_names(a);
	return err_set(err, ERR_INVALID, "app.config_unknown", STR_FMT "|%d|" STR_FMT "|" STR_FMT,
		       STR_ARG(name), number, STR_ARG(key), STR_ARG(names));
}

bool config_parse(struct arena *a, struct str name, struct str text, struct config *out,
		  struct err *err)
{
	struct str rest = text, line;
	int number = 0;

	while (str_split_next(&rest, '\n', &line)) {
		number++;
		line = str_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (!parse_line(a, name, number, line, out, err))
			return false;
	}
	return true;
}

bool config_read(struct arena *a, struct str path, struct config *out, struct err *err)
{
	struct str text;

	*out = config_default(a);
	if (!file_exists(a, path))
		return true;
	if (!file_read(a, path, 64 * KIB, &text, err))
		return false;
	return config_parse(a, path, text, out, err);
}

struct str config_print(struct arena *a, const struct config *c)
{
	struct buf b = buf_open(a, 1024, 64 * KIB);

	for (size_t i = 0; i < config_settings_count; i++) {
		const struct setting *s = &config_settings[i];
		const char *at = (const char *)c + s->offset;
		buf_addf(&b, "# %s\n%s = ", s->sentence, s->name);
		if (s->type == SETTING_TEXT)
			buf_add(&b, *(const struct str *)(const void *)at);
		else if (s->type == SETTING_INT)
			buf_add_i64(&b, *(const int64_t *)(const void *)at);
		else
			buf_add_c(&b, *(const bool *)(const void *)at ? "yes" : "no");
		buf_add_char(&b, '\n');
	}
	return buf_str(&b);
}
