/*
 * check.c - what a person's fields must look like. Each error names its field.
 */
#include "identity/identity.h"

#include "base/utf8.h"
#include "text/normalise.h"

enum {
	NAME_BYTES = 300,
	CONTACT_BYTES = 200,
	ADDRESS_BYTES = 600,
	PHONE_DIGITS_MIN = 5,
	PHONE_DIGITS_MAX = 20,
	POSTCODE_DIGITS = 6,
	EMAIL_BYTES = 254,
};

static bool too_long(struct err *err, const char *field, int max)
{
	return err_set_field(err, field, ERR_INVALID, "identity.too_long", "%d", max);
}

bool identity_check_name(const struct identity *in, struct err *err)
{
	if (str_trim(in->name).len == 0)
		return err_set_field(err, "name", ERR_INVALID, "identity.no_name", " ");
	if (in->name.len > NAME_BYTES)
		return too_long(err, "name", NAME_BYTES);
	if (document_is_of_organisation(in->document) != in->organisation)
		return err_set_field(err, "document", ERR_INVALID, "identity.document_of_other",
				     " ");
	return true;
}

/* Digits with what people write between them: +86 (020) 1234-5678 转 801. */
static bool phone_good(struct str phone)
{
	struct str rest = phone;
	uint32_t c;
	int digits = 0;

	while (utf8_take(&rest, &c)) {
		bool digit = c >= '0' && c <= '9';
		if (!digit && c != '+' && c != '-' && c != ' ' && c != '(' && c != ')' &&
		    c != 0x8F6C)
			return false;
		digits += digit ? 1 : 0;
	}
	return digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX;
}

static bool email_good(struct str email)
{
	size_t at = str_find(email, STR("@"), 0);
	struct str host = at == SIZE_MAX ? STR_NONE : str_slice(email, at + 1, email.len);
	size_t dot = str_find(host, STR("."), 0);

	if (at == SIZE_MAX || at == 0 || dot == SIZE_MAX || dot == 0 || email.len > EMAIL_BYTES ||
	    host.ptr[host.len - 1] == '.' || str_contains(host, STR("@")))
		return false;
	for (size_t i = 0; i < email.len; i++) {
		unsigned char c = (unsigned char)email.ptr[i];
		if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == ',' || c == ';' ||
		    c == '\\' || c >= 127)
			return false;
	}
	return true;
}

static bool postcode_good(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len == POSTCODE_DIGITS;
}

/* Art. 29 asks for 联系方式; which one is the applicant's choice. */
bool identity_check_contact(struct arena *a, const struct identity *in, struct err *err)
{
	struct str phone = normalise_width(a, in->phone);

	if (in->phone.len == 0 && in->email.len == 0 && in->address.len == 0)
		return err_set_field(err, "phone", ERR_INVALID, "identity.no_contact", " ");
	if (in->phone.len > 0 && !phone_good(phone))
		return err_set_field(err, "phone", ERR_INVALID, "identity.bad_phone", " ");
	if (in->email.len > 0 && !email_good(in->email))
		return err_set_field(err, "email", ERR_INVALID, "identity.bad_email", " ");
	if (in->postcode.len > 0 && !postcode_good(in->postcode))
		return err_set_field(err, "postcode", ERR_INVALID, "identity.bad_postcode", " ");
	if (in->address.len > ADDRESS_BYTES)
		return too_long(err, "address", ADDRESS_BYTES);
	if (in->contact_person.len > CONTACT_BYTES)
		return too_long(err, "contact_person", CONTACT_BYTES);
	return true;
}

bool identity_check_agent(struct arena *a, const struct identity *in, struct date today,
			  struct err *err)
{
	struct err inner = { 0 };
	struct str normal;

	if (in->agent_name.len == 0 && in->agent_document_no.len == 0)
		return true;
	if (in->agent_name.len == 0)
		return err_set_field(err, "agent_name", ERR_INVALID, "identity.no_agent_name", " ");
	if (in->agent_name.len > NAME_BYTES)
		return too_long(err, "agent_name", NAME_BYTES);
	if (in->agent_document_no.len == 0 ||
	    document_check(a, DOCUMENT_RESIDENT_ID, in->agent_document_no, today, &normal, &inner))
		return true;
	return err_set_field(err, "agent_document_no", inner.code, inner.key, "%s", inner.facts);
}
