/*
 * command_demo.c - `gongkai demo`: the sample year into an empty site.
 */
#include "app/commands.h"

#include "app/demo.h"
#include "base/clock.h"

#include <sys/stat.h>

static const struct option demo_options[] = {
	{ "--year", "YYYY", "示例的年度：只有 2020", false },
	{ "--times", "N", "把这一年重复 N 遍（分布到以后各年），作为压力测试数据，默认 1", false },
	{ "--seed", "N", "随机种子，相同种子得到相同数据，默认 2020", false },
	OPTION_END
};

enum { SAMPLE_YEAR = 2020 }; /* its report speaks of that year, in the form of that year */

static void progress(void *arg, int64_t done, int64_t all)
{
	const struct invocation *in = arg;

	complain(in, "  %lld / %lld（%lld%%）\n", (long long)done, (long long)all, (long long)(done * 100 / all));
}

static int demo_run(struct invocation *in)
{
	struct demo_options o = { .progress = progress, .arg = in };
	int64_t year, times, seed, started = clock_monotonic_ms();
	struct data_site site;
	struct err err = { 0 };

	if (option_int(in, "--year", INT64_MIN, INT64_MAX, SAMPLE_YEAR, &year) != 0 ||
	    option_int(in, "--times", 1, 4000, 1, &times) != 0 ||
	    option_int(in, "--seed", 0, INT64_MAX, 2020, &seed) != 0)
		return 2;
	if (year != SAMPLE_YEAR) {
		complain(in, "gongkai demo：示例只有2020年：它的数字是一个区那一年公布的，按那一年的格式。"
			     "请写 --year 2020，或者不写 --year；要更多数据用 --times。\n");
		return 2;
	}
	o.year = (int)year;
	o.times = (int)times;
	o.seed = (uint64_t)seed;
	if (!site_of(in, DB_WRITE, "gongkai demo", &site, &err))
		return fail(in, &err);
	bool done = demo_play(&site, in->arena, &o, &err);
	site_done(in, &site);
	if (!done)
		return fail(in, &err);
	say(in, "示例站点已建立（%lld 遍，%lld 秒）。示例账号见数据目录中的 sample-accounts.txt。\n", (long long)times,
	    (long long)((clock_monotonic_ms() - started) / 1000));
	return 0;
}

const struct command demo_command = { "demo", "[--data DIR] [--year YYYY] [--times N]", "建立示例站点：完整的一年",
				      demo_options, demo_run, 0 };
