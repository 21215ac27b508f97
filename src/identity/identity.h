/*
 * identity.h - who asks: 条例第二十九条, name, document, contact.
 *
 * Everything of a person lies sealed in one row (base/vault.h), is shown masked
 * in lists, and is told in full only by identity_look, which leaves an event
 * with the reason. The ledger holds a salted commitment and nothing else, so
 * erasing a person leaves the chain valid (个人信息保护法第四十七条, 第五十一条).
 * Verbs that read need ctx->vault: ERR_UNAVAILABLE "base.vault_closed" without.
 */
#ifndef IDENTITY_IDENTITY_H
#define IDENTITY_IDENTITY_H

#include "db/ctx.h"
#include "identity/document.h"

struct identity_id {
	int64_t n; /* 0: unknown */
};

struct identity {
	struct identity_id id;
	bool organisation;
	struct str name;
	enum identity_document document;
	struct str document_no;	 /* empty: not given (an old paper case) */
	struct str phone, email, address, postcode;
	struct str contact_person; /* of an organisation */
	struct str agent_name, agent_document_no; /* 代理人; the number is of a 居民身份证 */
	bool erased; /* then everything else is empty */
};

/*
 * Checks one by one, for forms in steps; ERR_INVALID with the field of the same
 * name. identity_add makes all of them. Empty phone, email and postcode are good.
 */
NODISCARD bool identity_check_name(const struct identity *in, struct err *err);
NODISCARD bool identity_check_contact(struct arena *a, const struct identity *in, struct err *err);
NODISCARD bool identity_check_agent(struct arena *a, const struct identity *in, struct date today,
				    struct err *err);

/* The document number may be empty; what else is wrong names its field. */
NODISCARD bool identity_add(struct ctx *ctx, const struct identity *in, struct identity_id *id,
			    struct err *err);
/* For letters and the pages of the unit that handles the case. ERR_NOT_FOUND "identity.none". */
NODISCARD bool identity_name(struct ctx *ctx, struct identity_id id, struct str *name,
			     struct err *err);
/* 张**, 4401**********1234: for lists and pages. No event. */
NODISCARD bool identity_masked(struct ctx *ctx, struct identity_id id, struct identity *out,
			       struct err *err);
/* Everything. A write: appends "identity.look" with why, which must not be empty. */
NODISCARD bool identity_look(struct ctx *ctx, struct identity_id id, struct str why,
			     struct identity *out, struct err *err);
/* Who looked, when and why; oldest first, at most max. */
struct identity_seen { int64_t at; struct str who, why; };
NODISCARD bool identity_looks(struct ctx *ctx, struct identity_id id, size_t max,
			      struct identity_seen **out, size_t *count, struct err *err);
/*
 * Equal for the same person or organisation: by document, else by name and phone. To count
 * the requests of one applicant and to find repeats. Empty once erased.
 */
NODISCARD bool identity_key(struct ctx *ctx, struct identity_id id, struct str *key,
			    struct err *err);
/* All with the same key as id, itself among them, oldest first; at most max. */
NODISCARD bool identity_same(struct ctx *ctx, struct identity_id id, size_t max,
			     struct identity_id **out, size_t *count, struct err *err);

/* For the program's own sending; no event, since what is sent leaves one. */
struct identity_contact { struct str name, email, phone, address, postcode; };
NODISCARD bool identity_contact(struct ctx *ctx, struct identity_id id,
				struct identity_contact *out, struct err *err);

/* The row stays, empty; ledger and figures are as they were. Erasing twice is harmless. */
NODISCARD bool identity_erase(struct ctx *ctx, struct identity_id id, struct str reason,
			      struct err *err);

struct str identity_mask_name(struct arena *a, struct str name, bool organisation);
struct str identity_mask_number(struct arena *a, struct str number);
struct str identity_mask_email(struct arena *a, struct str email);
struct str identity_mask_address(struct arena *a, struct str address);

/*
 * A site goes on only with the key it was begun with. identity_bound: was one used yet?
 * identity_bind notes ctx->vault's, or fails with ERR_CONFLICT "identity.other_key".
 */
NODISCARD bool identity_bound(struct ctx *ctx, bool *bound, struct err *err);
NODISCARD bool identity_bind(struct ctx *ctx, struct err *err);
#endif
