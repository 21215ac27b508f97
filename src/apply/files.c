/*
 * files.c - which files of a case its applicant may have.
 *
 * Number and code open one request to whoever holds them. With the case lie third parties'
 * opinions, proofs of service and papers officers filed; none of these is the applicant's.
 */
#include "apply/apply.h"

bool apply_served(struct ctx *ctx, struct request_id id, struct reply *out, bool *found,
		  struct err *err)
{
	struct request r;
	struct service *services;
	size_t count;
	bool served = false;

	*found = false;
	if (!request_find(ctx, id, &r, err) || !reply_of(ctx, id, out, found, err))
		return false;
	*found = *found && out->stage == REPLY_SIGNED &&
		 (r.state == REQUEST_SERVED || r.state == REQUEST_CLOSED);
	if (!*found)
		return true;
	if (!reply_services(ctx, id, &services, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		served = served || (!services[i].failed && services[i].counts_on.known &&
				    date_compare(services[i].sent_on, out->signed_on.v) >= 0);
	*found = served;
	return true;
}

bool apply_files(struct ctx *ctx, struct request_id id, struct attachment **out, size_t *count,
		 struct err *err)
{
	struct attachment *own;
	struct reply reply;
	size_t all, enclosed;
	bool served;

	if (!attachment_list(ctx, "request", id.n, &own, &all, err) ||
	    !apply_served(ctx, id, &reply, &served, err))
		return false;
	enclosed = served ? reply.enclosures_count : 0;
	struct attachment *list = ARENA_ARRAY(ctx->arena, all + enclosed, struct attachment);
	size_t n = 0;
	for (size_t i = 0; i < all; i++)
		if (own[i].who == BROUGHT_BY_APPLICANT)
			list[n++] = own[i];
	for (size_t i = 0; i < enclosed; i++) {
		struct attachment_id file = { reply.enclosures[i].attachment };
		if (!attachment_find(ctx, file, &list[n], err))
			return false;
		n++;
	}
	*out = list;
	*count = n;
	return true;
}

bool apply_file(struct ctx *ctx, struct request_id id, struct attachment_id file,
		struct attachment *out, struct err *err)
{
	struct attachment *list;
	size_t count;

	if (!apply_files(ctx, id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (list[i].id.n == file.n) {
			*out = list[i];
			return true;
		}
	return err_set(err, ERR_NOT_FOUND, "attachment.none", "%lld", (long long)file.n);
}
