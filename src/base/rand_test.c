#include "base/rand.h"

#include "base/test.h"

static void look(struct test *t)
{
	struct str code = random_code(t->arena, 4000), hex = random_hex(t->arena, 2000);
	int seen[256] = { 0 }, letters = 0, digits = 0;

	CHECK_INT((int64_t)code.len, 4000);
	for (size_t i = 0; i < code.len; i++)
		seen[(unsigned char)code.ptr[i]]++;
	for (int c = 0; c < 256; c++)
		letters += seen[c] > 0;
	CHECK_INT(letters, 32); /* all of them among 4000, but for a chance of 1e-54 */
	CHECK(seen['0'] == 0 && seen['O'] == 0 && seen['1'] == 0 && seen['I'] == 0);
	CHECK_INT((int64_t)hex.len, 4000);
	for (size_t i = 0; i < hex.len; i++)
		digits += (hex.ptr[i] >= '0' && hex.ptr[i] <= '9') ||
			  (hex.ptr[i] >= 'a' && hex.ptr[i] <= 'f');
	CHECK_INT(digits, 4000);
	CHECK(!str_equal(random_hex(t->arena, 16), random_hex(t->arena, 16)));
}

void rand_test(struct test *t)
{
	if (test_case(t, "codes and hex digits"))
		look(t);
	if (test_case(t, "the generator of its authors")) {
		/* xoshiro256** from the state 1 2 3 4, worked out from its definition */
		struct seeded s = { { 1, 2, 3, 4 } };
		CHECK(seeded_next(&s) == 11520);
		CHECK(seeded_next(&s) == 0);
		CHECK(seeded_next(&s) == 1509978240);
		CHECK(seeded_next(&s) == UINT64_C(1215971899390074240));
		/* splitmix64 from 0 */
		CHECK(seeded_from(0).state[0] == UINT64_C(0xe220a8397b1dcdaf));
	}
	if (test_case(t, "the same seed, the same numbers; all values below the bound")) {
		struct seeded a = seeded_from(2020), b = seeded_from(2020), c = seeded_from(2021);
		int count[7] = { 0 };
		CHECK(seeded_next(&a) == seeded_next(&b));
		CHECK(seeded_next(&a) != seeded_next(&c));
		for (int i = 0; i < 7000; i++) {
			uint64_t n = seeded_below(&a, 7);
			CHECK(n < 7);
			count[n % 7]++;
		}
		for (int i = 0; i < 7; i++)
			CHECK(count[i] > 850 && count[i] < 1150);
		CHECK_INT((int64_t)seeded_below(&a, 1), 0);
		for (int i = 0; i < 100; i++)
			CHECK(seeded_below(&a, UINT64_C(1) << 63) < UINT64_C(1) << 63);
	}
}
