/* vault_test.c - what is sealed opens with its key, at its place, unchanged, and only then. */
#include "base/test.h"
#include "base/vault.h"

#include <string.h>

static struct vault vault_of(char fill)
{
	char key[VAULT_KEY_BYTES];
	struct vault v;
	struct err err = { 0 };

	memset(key, fill, sizeof key);
	if (!vault_from_key((struct str){ key, sizeof key }, &v, &err))
		memset(&v, 0, sizeof v);
	return v;
}

void vault_test(struct test *t)
{
	struct vault v = vault_of('a'), other = vault_of('b');
	struct str plain, text = STR("申请人甲〇一");
	struct err err = { 0 };

	if (test_case(t, "what is sealed opens again, each time under another nonce")) {
		struct str one = vault_seal(&v, t->arena, STR("identity 1"), text);
		struct str two = vault_seal(&v, t->arena, STR("identity 1"), text);
		CHECK_OK(vault_unseal(&v, t->arena, STR("identity 1"), one, &plain, &err));
		CHECK_STR(plain, text);
		CHECK(!str_equal(one, two) && !str_contains(one, STR("申请人")));
		CHECK_OK(vault_unseal(&v, t->arena, STR(""),
				      vault_seal(&v, t->arena, STR(""), STR("")), &plain, &err));
		CHECK_INT((int64_t)plain.len, 0);
	}
	if (test_case(t, "another key, another place and every changed byte are noticed")) {
		struct str sealed = vault_seal(&v, t->arena, STR("identity 1"), text);
		CHECK_FAILS(vault_unseal(&other, t->arena, STR("identity 1"), sealed, &plain, &err),
			    "base.vault_damaged");
		CHECK_FAILS(vault_unseal(&v, t->arena, STR("identity 2"), sealed, &plain, &err),
			    "base.vault_damaged");
		for (size_t i = 0; i < sealed.len; i++) {
			char *copy = arena_alloc(t->arena, sealed.len);
			memcpy(copy, sealed.ptr, sealed.len);
			copy[i] = (char)(copy[i] ^ 1);
			CHECK_FAILS(vault_unseal(&v, t->arena, STR("identity 1"),
						 (struct str){ copy, sealed.len }, &plain, &err),
				    "base.vault_damaged");
		}
		CHECK_FAILS(vault_unseal(&v, t->arena, STR("x"), STR("short"), &plain, &err),
			    "base.vault_damaged");
		CHECK_FAILS(vault_unseal(NULL, t->arena, STR("x"), sealed, &plain, &err),
			    "base.vault_closed");
	}
	if (test_case(t, "an index is equal for equal values of one purpose under one key")) {
		struct str index = vault_index(&v, t->arena, STR("person"), text);
		CHECK_INT((int64_t)index.len, 64);
		CHECK_STR(vault_index(&v, t->arena, STR("person"), text), index);
		CHECK(!str_equal(vault_index(&other, t->arena, STR("person"), text), index));
		CHECK(!str_equal(vault_index(&v, t->arena, STR("code"), text), index));
		CHECK(!str_equal(vault_index(&v, t->arena, STR("ab"), STR("c")),
				 vault_index(&v, t->arena, STR("a"), STR("bc"))));
	}
	if (test_case(t, "a key of another length is refused"))
		CHECK_FAILS(vault_from_key(STR("short"), &v, &err), "base.vault_key");
}
