/*
 * document.c - the check characters of GB 11643 and GB 32100.
 */
#include "identity/document.h"

#include "text/normalise.h"

#include <string.h>

enum { NUMBER_MIN = 4, NUMBER_MAX = 40, CHECKED_LENGTH = 18, CODE_MODULUS = 31 };

static const struct { const char *code; struct str label; bool organisation; } documents[] = {
	[DOCUMENT_RESIDENT_ID] = { "resident_id", STR_INIT("居民身份证"), false },
	[DOCUMENT_PASSPORT] = { "passport", STR_INIT("护照"), false },
	[DOCUMENT_HK_MACAO_PERMIT] = { "hk_macao_permit", STR_INIT("港澳居民来往内地通行证"), false },
	[DOCUMENT_TAIWAN_PERMIT] = { "taiwan_permit", STR_INIT("台湾居民来往大陆通行证"), false },
	[DOCUMENT_FOREIGN_RESIDENT] = { "foreign_resident", STR_INIT("外国人永久居留身份证"), false },
	[DOCUMENT_OTHER] = { "other", STR_INIT("其他有效证件"), false },
	[DOCUMENT_CREDIT_CODE] = { "credit_code", STR_INIT("统一社会信用代码"), true },
	[DOCUMENT_OTHER_ORGANISATION] = { "other_organisation", STR_INIT("其他登记证照"), true },
};

struct str document_code(enum identity_document d)
{
	return str_from_c(documents[d].code);
}

struct str document_label(enum identity_document d)
{
	return documents[d].label;
}

bool document_from(struct str code, enum identity_document *out)
{
	for (int d = 0; d < DOCUMENT_COUNT; d++)
		if (str_equal_c(code, documents[d].code)) {
			*out = (enum identity_document)d;
			return true;
		}
	return false;
}

bool document_is_of_organisation(enum identity_document d)
{
	return documents[d].organisation;
}

/* Half-width capitals without the blanks people put between groups. */
static struct str normal_of(struct arena *a, struct str number)
{
	struct str wide = normalise_width(a, number);
	char *out = arena_alloc(a, wide.len);
	size_t n = 0;

	for (size_t i = 0; i < wide.len; i++) {
		char c = wide.ptr[i];
		if (c == ' ' || c == '\t')
			continue;
		out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	return (struct str){ out, n };
}

static bool digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return true;
}

static bool bad(struct err *err, const char *key, size_t length)
{
	return err_set_field(err, "document_no", ERR_INVALID, key, "%zu", length);
}

/* GB 11643-1999: place, birth, order, and a check character by ISO 7064 MOD 11-2. */
static bool check_resident(struct str s, struct date today, struct err *err)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	static const char checks[] = "10X98765432";
	struct date birth;
	int sum = 0;

	if (s.len != CHECKED_LENGTH || !digits(str_slice(s, 0, CHECKED_LENGTH - 1)))
		return bad(err, "identity.id_length", s.len);
	char day[10];
	memcpy(day, s.ptr + 6, 4);
	day[4] = day[7] = '-';
	memcpy(day + 5, s.ptr + 10, 2);
	memcpy(day + 8, s.ptr + 12, 2);
	if (!date_parse((struct str){ day, sizeof day }, &birth) || date_compare(birth, today) > 0)
		return bad(err, "identity.id_birth", s.len);
	for (size_t i = 0; i < COUNT_OF(weights); i++)
		sum += (s.ptr[i] - '0') * weights[i];
	return s.ptr[CHECKED_LENGTH - 1] == checks[sum % 11] ||
	       bad(err, "identity.id_check", s.len);
}

/* GB 32100-2015: 31 characters (no I O S V Z), weights 3^i mod 31. */
static bool check_credit_code(struct str s, struct err *err)
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, weight = 1, last = 0;

	if (s.len != CHECKED_LENGTH)
		return bad(err, "identity.code_length", s.len);
	for (size_t i = 0; i < s.len; i++) {
		const char *at = memchr(letters, s.ptr[i], CODE_MODULUS);
		if (at == NULL)
			return bad(err, "identity.code_letter", i + 1);
		last = (int)(at - letters);
		if (i + 1 < s.len)
			sum += last * weight;
		weight = weight * 3 % CODE_MODULUS;
	}
	return last == (CODE_MODULUS - sum % CODE_MODULUS) % CODE_MODULUS ||
	       bad(err, "identity.code_check", s.len);
}

static bool check_letters(struct str s, struct err *err)
{
	if (s.len < NUMBER_MIN || s.len > NUMBER_MAX)
		return bad(err, "identity.number_letters", s.len);
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '(' ||
		      c == ')' || c == '/'))
			return bad(err, "identity.number_letters", s.len);
	}
	return true;
}

bool document_check(struct arena *a, enum identity_document kind, struct str number,
		    struct date today, struct str *normal, struct err *err)
{
	struct str s = normal_of(a, number);
	bool ok;

	if (kind == DOCUMENT_RESIDENT_ID)
		ok = check_resident(s, today, err);
	else if (kind == DOCUMENT_CREDIT_CODE)
		ok = check_credit_code(s, err);
	else
		ok = check_letters(s, err);
	if (ok)
		*normal = s;
	return ok;
}
