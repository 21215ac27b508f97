/*
 * mask.c - what of a person is shown in lists: enough to tell two apart, not enough to find one.
 */
#include "identity/identity.h"

#include "base/buf.h"
#include "base/utf8.h"

static void stars(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_add_char(b, '*');
}

/* An organisation's name is no personal information. */
struct str identity_mask_name(struct arena *a, struct str name, bool organisation)
{
	size_t characters = utf8_length(name);
	struct buf b = buf_open(a, name.len + 4, name.len + 4);

	if (organisation || characters == 0)
		return name;
	buf_add(&b, utf8_prefix(name, 1));
	stars(&b, characters > 1 ? (characters > 3 ? 2 : characters - 1) : 1);
	return buf_str(&b);
}

struct str identity_mask_number(struct arena *a, struct str number)
{
	size_t shown = number.len >= 12 ? 4 : number.len >= 7 ? 2 : 1;
	struct buf b = buf_open(a, number.len + 1, number.len + 1);

	if (number.len == 0)
		return number;
	if (number.len <= 2 * shown) {
		stars(&b, number.len);
		return buf_str(&b);
	}
	/* A mobile phone is known by its first three and last four digits. */
	size_t first = number.len == 11 ? 3 : shown, last = number.len == 11 ? 4 : shown;
	buf_add(&b, str_slice(number, 0, first));
	stars(&b, number.len - first - last);
	buf_add(&b, str_slice(number, number.len - last, number.len));
	return buf_str(&b);
}

struct str identity_mask_email(struct arena *a, struct str email)
{
	size_t at = str_find(email, STR("@"), 0);

	if (at == SIZE_MAX || at == 0)
		return identity_mask_number(a, email);
	return str_format(a, STR_FMT "***" STR_FMT, STR_ARG(utf8_prefix(email, 1)),
			  STR_ARG(str_slice(email, at, email.len)));
}

struct str identity_mask_address(struct arena *a, struct str address)
{
	enum { SHOWN = 6 }; /* as far as a district: 广州市越秀区 */

	if (address.len == 0)
		return address;
	return str_format(a, STR_FMT "***", STR_ARG(utf8_prefix(address, SHOWN)));
}
