#include "base/digest.h"

#include "base/test.h"

#include <string.h>

static void examples(struct test *t)
{
	static const struct {
		enum digest_kind kind;
		struct str data;
		const char *hex;
	} row[] = {
		/* FIPS 180-2 appendix B, GB/T 32905-2016 appendix A */
		{ DIGEST_SHA256, STR_INIT("abc"),
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ DIGEST_SHA256, STR_INIT(""),
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ DIGEST_SM3, STR_INIT("abc"),
		  "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" },
		{ DIGEST_SM3,
		  STR_INIT("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"),
		  "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732" },
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct digest d = digest_of(row[i].kind, row[i].data), back;
		CHECK_STR(digest_hex(t->arena, d), str_from_c(row[i].hex));
		CHECK(digest_from_hex(str_from_c(row[i].hex), &back) && digest_equal(d, back));
		for (size_t cut = 0; cut <= row[i].data.len; cut++) {
			struct str left = str_slice(row[i].data, 0, cut);
			struct str right = str_slice(row[i].data, cut, row[i].data.len);
			CHECK(digest_equal(d, digest_of_two(row[i].kind, left, right)));
			struct digest_stream *s = digest_begin(row[i].kind);
			digest_feed(s, left);
			digest_feed(s, right);
			CHECK(digest_equal(d, digest_end(s)));
		}
	}
}

static void bad_hex(struct test *t)
{
	static const char *const row[] = {
		"", "ba78", "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		"ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
	};
	struct digest d;

	for (size_t i = 0; i < COUNT_OF(row); i++)
		CHECK(!digest_from_hex(str_from_c(row[i]), &d));
}

void digest_test(struct test *t)
{
	if (test_case(t, "the examples of the standards, in one piece and in two"))
		examples(t);
	if (test_case(t, "only small hex digits of the right length"))
		bad_hex(t);
	if (test_case(t, "a keyed digest, examples 2 and 6 of RFC 4231")) {
		char key[131];
		memset(key, 0xaa, sizeof key);
		struct digest d = digest_hmac(STR("Jefe"), STR("what do ya want for nothing?"));
		CHECK_STR(digest_hex(t->arena, d),
			  STR("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
		d = digest_hmac((struct str){ key, sizeof key },
				STR("Test Using Larger Than Block-Size Key - Hash Key First"));
		CHECK_STR(digest_hex(t->arena, d),
			  STR("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
	}
	if (test_case(t, "comparing")) {
		struct digest a = digest_of(DIGEST_SM3, STR("a")), b = a;
		b.bytes[31] ^= 1;
		CHECK(digest_equal(a, a) && !digest_equal(a, b));
		CHECK(secret_equal(STR("x"), STR("x")) && !secret_equal(STR("x"), STR("y")));
		CHECK(!secret_equal(STR("x"), STR("xx")));
		CHECK(secret_equal(STR_NONE, (struct str){ NULL, 0 }));
	}
}
