/*
 * identity_test.c - documents by their check characters; persons sealed, masked, told with a
 * reason, erased.
 */
#include "base/test.h"
#include "base/vault.h"
#include "db/testdb.h"
#include "identity/identity.h"
#include "ledger/ledger.h"

#include <stdio.h>


static void documents(struct test *t)
{
	static const struct {
		enum identity_document kind;
		const char *number, *normal, *key; /* key NULL: good */
	} rows[] = {
		{ DOCUMENT_RESIDENT_ID, "11010519491231002X", "11010519491231002X", NULL },
		{ DOCUMENT_RESIDENT_ID, "11010519491231002x", "11010519491231002X", NULL },
		{ DOCUMENT_RESIDENT_ID, " 110105 19491231 002X ", "11010519491231002X", NULL },
		{ DOCUMENT_RESIDENT_ID, "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", NULL },
		{ DOCUMENT_RESIDENT_ID, "110105194912310021", NULL, "identity.id_check" },
		{ DOCUMENT_RESIDENT_ID, "11010519491231003X", NULL, "identity.id_check" },
		{ DOCUMENT_RESIDENT_ID, "110105194913310021", NULL, "identity.id_birth" },
		{ DOCUMENT_RESIDENT_ID, "110105209901010010", NULL, "identity.id_birth" },
		{ DOCUMENT_RESIDENT_ID, "1101051949123100", NULL, "identity.id_length" },
		{ DOCUMENT_RESIDENT_ID, "1101051949123100AX", NULL, "identity.id_length" },
		{ DOCUMENT_RESIDENT_ID, "", NULL, "identity.id_length" },
		{ DOCUMENT_CREDIT_CODE, "91350100M000100Y43", "91350100M000100Y43", NULL },
		{ DOCUMENT_CREDIT_CODE, "91350100m000100y43", "91350100M000100Y43", NULL },
		{ DOCUMENT_CREDIT_CODE, "91350100M000100Y44", NULL, "identity.code_check" },
		{ DOCUMENT_CREDIT_CODE, "91350100M000100O43", NULL, "identity.code_letter" },
		{ DOCUMENT_CREDIT_CODE, "91350100M000100Y4", NULL, "identity.code_length" },
		{ DOCUMENT_PASSPORT, "e1234567", "E1234567", NULL },
		{ DOCUMENT_PASSPORT, "护照号", NULL, "identity.number_letters" },
		{ DOCUMENT_HK_MACAO_PERMIT, "H12345678", "H12345678", NULL },
		{ DOCUMENT_OTHER_ORGANISATION, "社证字123", NULL, "identity.number_letters" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err err = { 0 };
		struct str normal = STR_NONE;

		if (!test_case(t, "document: %s %s", document_code(rows[i].kind).ptr,
			       rows[i].number))
			continue;
		bool ok = document_check(t->arena, rows[i].kind, str_from_c(rows[i].number),
					 date_make(2020, 6, 1), &normal, &err);
		if (rows[i].key == NULL) {
			CHECK_OK(ok);
			CHECK_STR(normal, str_from_c(rows[i].normal));
		} else {
			CHECK_STR(str_from_c(err.field), STR("document_no"));
			CHECK_FAILS(ok, rows[i].key);
		}
	}
}

/* Every single wrong character and every two neighbours exchanged are noticed. */
static void slips(struct test *t)
{
	static const char good[] = "11010519491231002X";
	int noticed = 0, tried = 0;

	if (!test_case(t, "GB 11643: every wrong digit and every swap of neighbours is noticed"))
		return;
	for (size_t at = 0; at < 17; at++)
		for (char c = '0'; c <= '9'; c++) {
			char s[sizeof good];
			struct err err = { 0 };
			struct str normal;
			snprintf(s, sizeof s, "%s", good);
			if (s[at] == c)
				continue;
			s[at] = c;
			tried++;
			noticed += document_check(t->arena, DOCUMENT_RESIDENT_ID, str_from_c(s),
						  date_make(2020, 6, 1), &normal, &err) ? 0 : 1;
		}
	for (size_t at = 0; at + 2 < 18; at++) {
		char s[sizeof good];
		struct err err = { 0 };
		struct str normal;
		snprintf(s, sizeof s, "%s", good);
		if (s[at] == s[at + 1])
			continue;
		s[at] = good[at + 1];
		s[at + 1] = good[at];
		tried++;
		noticed += document_check(t->arena, DOCUMENT_RESIDENT_ID, str_from_c(s),
					  date_make(2020, 6, 1), &normal, &err) ? 0 : 1;
	}
	CHECK(tried > 160);
	CHECK_INT(noticed, tried);
}

static void masks(struct test *t)
{
	struct arena *a = t->arena;

	if (!test_case(t, "what lists show of a person"))
		return;
	CHECK_STR(identity_mask_name(a, STR("张三"), false), STR("张*"));
	CHECK_STR(identity_mask_name(a, STR("申请人甲〇一"), false), STR("申**"));
	CHECK_STR(identity_mask_name(a, STR("甲"), false), STR("甲*"));
	CHECK_STR(identity_mask_name(a, STR("某某有限公司"), true), STR("某某有限公司"));
	CHECK_STR(identity_mask_number(a, STR("11010519491231002X")), STR("1101**********002X"));
	CHECK_STR(identity_mask_number(a, STR("13800001234")), STR("138****1234"));
	CHECK_STR(identity_mask_number(a, STR("E1234567")), STR("E1****67"));
	CHECK_STR(identity_mask_number(a, STR("12")), STR("**"));
	CHECK_STR(identity_mask_email(a, STR("somebody@example.cn")), STR("s***@example.cn"));
	CHECK_STR(identity_mask_address(a, STR("广州市越秀区某路1号")), STR("广州市越秀区***"));
}

static struct identity person(void)
{
	return (struct identity){ .name = STR("申请人甲〇一"),
				  .document = DOCUMENT_RESIDENT_ID,
				  .document_no = STR("11010519491231002x"),
				  .phone = STR("13800001234"),
				  .email = STR("a@example.cn"),
				  .address = STR("某市某区某路1号") };
}

static void fields(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct identity i = person();
	struct identity_id id;
	struct err err = { 0 };

	(void)arg;
	i.name = STR(" ");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.no_name");
	i = person();
	i.organisation = true;
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.document_of_other");
	i = person();
	i.phone = i.email = i.address = STR_NONE;
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.no_contact");
	i.phone = STR("打给我");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.bad_phone");
	i.phone = STR("+86 （020） 1234-5678 转 801");
	i.email = STR("a@b");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.bad_email");
	i.email = STR("a@b.cn\r\nBcc: c@d.cn");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.bad_email");
	i.email = STR_NONE;
	i.postcode = STR("51003");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.bad_postcode");
	i.postcode = STR("510030");
	i.agent_document_no = STR("11010519491231002X");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.no_agent_name");
	i.agent_name = STR("代理人乙〇一");
	i.agent_document_no = STR("110105194912310021");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.id_check");
	i.agent_document_no = STR_NONE;
	i.document_no = STR("110105194912310021");
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "identity.id_check");
	i.document_no = STR("11010519491231002x");
	CHECK_OK(identity_add(ctx, &i, &id, &err));
	ctx->vault = NULL;
	CHECK_FAILS(identity_add(ctx, &i, &id, &err), "base.vault_closed");
	CHECK_FAILS(identity_masked(ctx, id, &i, &err), "base.vault_closed");
}

static void life(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct identity i = person(), out;
	struct identity_id first, second, third, *same;
	struct identity_contact contact;
	struct ledger_row *rows;
	struct ledger_verdict verdict;
	struct str name, key, other;
	struct err err = { 0 };
	size_t count;

	(void)arg;
	CHECK_OK(identity_add(ctx, &i, &first, &err));
	i.phone = STR("13900000000");
	i.document_no = STR("11010519491231002X");
	CHECK_OK(identity_add(ctx, &i, &second, &err));
	i.document_no = STR_NONE;
	CHECK_OK(identity_add(ctx, &i, &third, &err));
	CHECK_OK(identity_key(ctx, first, &key, &err));
	CHECK_OK(identity_key(ctx, second, &other, &err));
	CHECK_STR(other, key);
	CHECK_OK(identity_key(ctx, third, &other, &err));
	CHECK(!str_equal(other, key));
	CHECK_OK(identity_same(ctx, second, 10, &same, &count, &err));
	CHECK(count == 2 && same[0].n == first.n && same[1].n == second.n);
	CHECK_OK(identity_name(ctx, first, &name, &err));
	CHECK_STR(name, STR("申请人甲〇一"));
	CHECK_OK(identity_masked(ctx, first, &out, &err));
	CHECK_STR(out.document_no, STR("1101**********002X"));
	CHECK_STR(out.address, STR("某市某区某路***"));
	CHECK_OK(identity_contact(ctx, first, &contact, &err));
	CHECK_STR(contact.email, STR("a@example.cn"));
	CHECK_FAILS(identity_look(ctx, first, STR(" "), &out, &err), "identity.no_reason");
	CHECK_OK(identity_look(ctx, first, STR("邮寄答复"), &out, &err));
	CHECK_STR(out.address, STR("某市某区某路1号"));
	CHECK_OK(identity_erase(ctx, first, STR("保存期届满"), &err));
	CHECK_OK(identity_erase(ctx, first, STR("再次"), &err));
	CHECK_OK(identity_name(ctx, first, &name, &err));
	CHECK_STR(name, STR("（已删除）"));
	CHECK_OK(identity_masked(ctx, first, &out, &err));
	CHECK(out.erased && out.document_no.len == 0);
	CHECK_OK(identity_key(ctx, first, &key, &err));
	CHECK_INT((int64_t)key.len, 0);
	CHECK_OK(ledger_history(ctx, "identity", first.n, 10, &rows, &count, &err));
	CHECK_INT((int64_t)count, 3); /* add, look, erase */
	for (size_t r = 0; r < count; r++)
		CHECK(!str_contains(rows[r].changes_json, STR("甲〇一")) &&
		      !str_contains(rows[r].changes_json, STR("1101")));
	CHECK_OK(ledger_verify(ctx, &verdict, &err));
	CHECK(verdict.intact);
	CHECK_FAILS(identity_name(ctx, (struct identity_id){ 99 }, &name, &err), "identity.none");
}

static void keys(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct vault other;
	struct err err = { 0 };
	bool bound;

	(void)arg;
	CHECK_OK(identity_bound(ctx, &bound, &err));
	CHECK(!bound);
	CHECK_OK(identity_bind(ctx, &err));
	CHECK_OK(identity_bind(ctx, &err));
	CHECK_OK(identity_bound(ctx, &bound, &err));
	CHECK(bound);
	CHECK_OK(vault_from_key(STR("another key of thirty-two bytes."), &other, &err));
	ctx->vault = &other;
	CHECK_FAILS(identity_bind(ctx, &err), "identity.other_key");
}

static bool add(struct ctx *ctx, const void *arg, struct err *err)
{
	struct identity i = person();
	struct identity_id id;

	(void)arg;
	return identity_add(ctx, &i, &id, err) && identity_erase(ctx, id, STR("测试"), err);
}

void identity_test(struct test *t)
{
	static const struct testdb_scenario whole = { .verb = add };

	documents(t);
	slips(t);
	masks(t);
	testdb_each(t, "what a person's fields must hold", fields, NULL);
	testdb_each(t, "a person is sealed, masked, told with a reason, erased", life, NULL);
	testdb_each(t, "a site goes on only with its own key", keys, NULL);
	testdb_faults(t, "adding and erasing a person is all or nothing", &whole);
}
