/*
 * fixture.h - two units and their people, for the tests of casework. 甲 and 乙 are clerks of
 * the first, 审 reviews there, 丙 is a clerk of the second, 督 supervises.
 */
#ifndef CASEWORK_FIXTURE_H
#define CASEWORK_FIXTURE_H

#include "casework/casework.h"
#include "db/testdb.h"

enum { FIXTURE_PEOPLE = 5 };
struct fixture {
	struct ctx *ctx;
	struct unit_id root, other;
	struct account accounts[FIXTURE_PEOPLE];
	struct request_id request; /* the first, after fixture_register or fixture_find */
};

static const struct { const char *person, *role; bool other; } fixture_people[FIXTURE_PEOPLE] = {
	{ "甲", "clerk", false },   { "乙", "clerk", false },	{ "审", "reviewer", false },
	{ "丙", "clerk", true }, { "督", "supervisor", false },
};

static inline bool fixture_find(struct ctx *ctx, struct fixture *f, struct err *err)
{
	struct unit *units;
	size_t count;
	bool found;

	*f = (struct fixture){ .ctx = ctx, .request = { 1 } };
	if (!agency_units(ctx, &units, &count, err))
		return false;
	f->root = units[0].id;
	f->other = units[1].id;
	for (int i = 0; i < FIXTURE_PEOPLE; i++)
		if (!account_find(ctx, str_format(ctx->arena, "p%d", i), &f->accounts[i], &found,
				  err))
			return false;
	return true;
}

static inline bool fixture_make(struct ctx *ctx, struct fixture *f, struct err *err)
{
	struct unit_new root = { .code = STR("YX"), .name = STR("示例区人民政府"),
				 .kind = UNIT_GOVERNMENT, .reports = true };
	struct unit_new second = { .code = STR("CZ"), .name = STR("区财政局"),
				   .kind = UNIT_DEPARTMENT };
	struct unit_id root_id, other_id;
	struct account_id id;

	if (!agency_add_unit(ctx, &root, &root_id, err))
		return false;
	second.parent = (struct opt_int){ true, root_id.n };
	if (!agency_add_unit(ctx, &second, &other_id, err))
		return false;
	for (int i = 0; i < FIXTURE_PEOPLE; i++) {
		struct account_new in = { .name = str_format(ctx->arena, "p%d", i),
					  .person = str_from_c(fixture_people[i].person),
					  .role = str_from_c(fixture_people[i].role),
					  .unit = fixture_people[i].other ? other_id : root_id,
					  .password_hash = STR("x") };
		if (!account_add(ctx, &in, &id, err))
			return false;
	}
	return fixture_find(ctx, f, err);
}

static inline bool fixture_open(struct testdb *site, struct fixture *f, struct err *err)
{
	return fixture_make(&site->ctx, f, err);
}

static inline const struct account *fixture_person(const struct fixture *f, const char *person)
{
	for (int i = 0; i < FIXTURE_PEOPLE; i++)
		if (str_equal_c(f->accounts[i].person, person))
			return &f->accounts[i];
	return NULL;
}

static inline struct account_id fixture_account(const struct fixture *f, const char *person)
{
	return fixture_person(f, person)->id;
}

/* The same ctx, on behalf of one of them. */
static inline struct ctx *fixture_as(struct fixture *f, const char *person)
{
	f->ctx->actor = account_actor(fixture_person(f, person));
	return f->ctx;
}

static inline bool fixture_register(struct fixture *f, const char *on, struct request_id *id,
				    struct err *err)
{
	struct request_register in = { .unit = f->root,
				       .channel = CHANNEL_IN_PERSON,
				       .applicant = APPLICANT_NATURAL_PERSON,
				       .content = STR("2019年度部门决算") };

	return date_parse(str_from_c(on), &in.submitted_on) &&
	       request_register(f->ctx, &in, id, err);
}

static inline struct request_id fixture_request(struct test *t, struct fixture *f, const char *on)
{
	struct request_id id = { 0 };
	struct err err = { 0 };

	CHECK_OK(fixture_register(f, on, &id, &err));
	return id;
}
#endif
