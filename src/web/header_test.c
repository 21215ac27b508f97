#include "web/header.h"

#include "base/test.h"

static const struct {
	const char *header, *want; /* of cookie "gk"; NULL: none */
} cookie_row[] = {
	{ "gk=1", "1" },
	{ "a=b; gk=1; c=d", "1" },
	{ "a=b;gk=1", "1" },
	{ "gk=a=b", "a=b" },
	{ "", NULL },
	{ "xgk=1", NULL },
	{ "gk2=1", NULL },
	{ "GK=1", NULL },
	{ "gk=", NULL },
	{ "gk", NULL },
	{ "gk=1; gk=2", NULL },
	{ "gk=1; gk=1", NULL },
	{ "gk=\"1\"", NULL },
	{ "gk=a b", NULL },
	{ "gk=\xe4\xb8\xad", NULL },
};

static const struct {
	const char *header;
	enum encoding want;
} encoding_row[] = {
	{ "", ENCODING_IDENTITY },
	{ "gzip", ENCODING_GZIP },
	{ "gzip, deflate, br, zstd", ENCODING_BROTLI },
	{ "GZIP", ENCODING_GZIP },
	{ "br;q=0.5, gzip;q=0.8", ENCODING_GZIP },
	{ "br; q=0.8 , gzip;q=0.8", ENCODING_BROTLI },
	{ "gzip;q=0", ENCODING_IDENTITY },
	{ "gzip;q=0.0, br;q=0.000", ENCODING_IDENTITY },
	{ "*", ENCODING_BROTLI },
	{ "*;q=0", ENCODING_IDENTITY },
	{ "br;q=0, *", ENCODING_GZIP },
	{ "identity", ENCODING_IDENTITY },
	{ "identity;q=1, gzip;q=0.5", ENCODING_IDENTITY },
	{ "identity;q=0.5, gzip;q=1", ENCODING_GZIP },
	{ "deflate", ENCODING_IDENTITY },
	{ ",,gzip,", ENCODING_GZIP },
	{ "gzip;q=2", ENCODING_IDENTITY },
	{ "gzip;q=1.001", ENCODING_IDENTITY },
	{ "gzip;q=0.1234", ENCODING_IDENTITY },
	{ "gzip;q=-1", ENCODING_IDENTITY },
	{ "gzip;q=", ENCODING_IDENTITY },
	{ "gzip;level=9", ENCODING_IDENTITY },
	{ "gz ip", ENCODING_IDENTITY },
	{ "notgzip", ENCODING_IDENTITY },
};

static const struct {
	const char *header;
	bool matches; /* "\"a\"" */
} etag_row[] = {
	{ "\"a\"", true },
	{ "*", true },
	{ "W/\"a\"", true },
	{ "\"b\", \"a\"", true },
	{ "\"b\" ,W/\"a\"", true },
	{ "\"b,\\\",\"a\"", true },
	{ "\"b\"", false },
	{ "a", false },
	{ "", false },
	{ "\"a", false },
	{ "\"b\" \"a\"", false },
	{ "w/\"a\"", false },
};

void header_test(struct test *t)
{
	for (size_t i = 0; i < COUNT_OF(cookie_row); i++) {
		struct str value = STR_NONE;
		if (!test_case(t, "cookie: %s", cookie_row[i].header))
			continue;
		bool found = cookie_find(str_from_c(cookie_row[i].header), STR("gk"), &value);
		CHECK_INT(found, cookie_row[i].want != NULL);
		CHECK_STR(value, str_from_c(cookie_row[i].want));
	}
	for (size_t i = 0; i < COUNT_OF(encoding_row); i++)
		if (test_case(t, "Accept-Encoding: %s", encoding_row[i].header))
			CHECK_INT(encoding_choose(str_from_c(encoding_row[i].header)),
				  encoding_row[i].want);
	for (size_t i = 0; i < COUNT_OF(etag_row); i++)
		if (test_case(t, "If-None-Match: %s", etag_row[i].header))
			CHECK_INT(etag_matches(str_from_c(etag_row[i].header), STR("\"a\"")),
				  etag_row[i].matches);
	if (test_case(t, "a media type is compared without its parameters")) {
		CHECK(media_type_is(STR("Application/JSON; charset=utf-8"),
				    STR("application/json")));
		CHECK(!media_type_is(STR("application/jsonx"), STR("application/json")));
		CHECK(!media_type_is(STR_NONE, STR("application/json")));
	}
}
