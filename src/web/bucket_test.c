/* bucket_test.c - how many may come, how long the next must wait, who shares a bucket. */
#include "base/test.h"
#include "web/bucket.h"

static void fills(struct test *t)
{
	struct buckets *b = buckets_open(t->arena, 6); /* one in ten seconds */

	for (int i = 0; i < 6; i++)
		CHECK_INT(bucket_take(b, STR("10.0.0.1"), 1000), 0);
	CHECK_INT(bucket_take(b, STR("10.0.0.1"), 1000), 11);
	CHECK_INT(bucket_take(b, STR("10.0.0.1"), 6000), 6);
	CHECK_INT(bucket_take(b, STR("10.0.0.2"), 6000), 0); /* another's is another's */
	CHECK_INT(bucket_take(b, STR("10.0.0.1"), 11000), 0);
	CHECK_INT(bucket_take(b, STR("10.0.0.1"), 11001), 10);
	for (int i = 0; i < 6; i++) /* a night later it is full, and no fuller */
		CHECK_INT(bucket_take(b, STR("10.0.0.1"), 9000000), 0);
	CHECK(bucket_take(b, STR("10.0.0.1"), 9000000) > 0);
}

static const struct { const char *a, *b; bool same; } pair_row[] = {
	{ "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true },
	{ "2001:db8:1:2::1", "2001:db8:1:3::1", false },
	{ "192.0.2.1", "192.0.2.2", false },
	{ "192.0.2.12", "192.0.2.21", false },
	{ "", "192.0.2.1", false },
	{ "::ffff:192.0.2.1", "192.0.2.1", true },
	{ "::ffff:192.0.2.1", "::ffff:192.0.2.2", false },
	{ "2001:db8:1:2::1", "2001:0DB8:1:2:3:4:5:6", true },
	{ "no address: as it is", "no address: another", false },
};

void bucket_test(struct test *t)
{
	if (test_case(t, "a bucket empties, says how long, and fills again"))
		fills(t);
	for (size_t i = 0; i < COUNT_OF(pair_row); i++) {
		if (!test_case(t, "%s and %s", pair_row[i].a, pair_row[i].b))
			continue;
		struct buckets *b = buckets_open(t->arena, 1);
		struct str first = bucket_network(t->arena, str_from_c(pair_row[i].a));
		struct str second = bucket_network(t->arena, str_from_c(pair_row[i].b));
		CHECK_INT(bucket_take(b, first, 5), 0);
		CHECK((bucket_take(b, second, 5) > 0) == pair_row[i].same);
	}
	if (test_case(t, "a crowd of addresses does not stop anybody")) {
		struct buckets *b = buckets_open(t->arena, 1);
		for (int i = 0; i < 100000; i++)
			CHECK_INT(bucket_take(b, str_format(t->arena, "10.%d.%d.%d", i >> 16,
							    i >> 8 & 255, i & 255), i), 0);
	}
}
