/*
 * reply_serve.c - 送达: every attempt is kept; the first that succeeds serves the request,
 * on the day that counts for its way.
 */
#include "reply/reply_work.h"

#include "reply_sql.h"

enum { SERVICE_TEXT_BYTES = 2000, TRACKING_BYTES = 100 };

bool reply_services(struct ctx *ctx, struct request_id request, struct service **out, size_t *count,
		    struct err *err)
{
	struct service_list_in in = { .request_id = request };
	struct service_list_row *rows;

	if (!service_list_all(ctx, &in, REPLY_SERVICES_MAX, &rows, count, err))
		return false;
	struct service *list = ARENA_ARRAY(ctx->arena, *count, struct service);
	for (size_t i = 0; i < *count; i++) {
		list[i] = (struct service){ .id = rows[i].id,
					    .sent_on = rows[i].sent_on,
					    .signed_on = rows[i].signed_on,
					    .counts_on = rows[i].counts_on,
					    .tracking = rows[i].tracking,
					    .addressee = rows[i].addressee,
					    .receipt = rows[i].receipt_id,
					    .failed = rows[i].failed,
					    .note = rows[i].note,
					    .person = rows[i].person,
					    .at = rows[i].at,
					    .notice = rows[i].notice_id };
		(void)service_way_from(rows[i].way, &list[i].way); /* the table holds no other */
	}
	*out = list;
	return true;
}

static bool failed_before(const struct service *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].failed)
			return true;
	return false;
}

static bool check_texts(const struct service_new *in, struct err *err)
{
	if (in->note.len > SERVICE_TEXT_BYTES || in->addressee.len > SERVICE_TEXT_BYTES)
		return err_set_field(err, "note", ERR_INVALID, "reply.too_long", "%d",
				     SERVICE_TEXT_BYTES);
	return in->tracking.len <= TRACKING_BYTES ||
	       err_set_field(err, "tracking", ERR_INVALID, "reply.too_long", "%d", TRACKING_BYTES);
}

/* The step of the request, once the day that counts is there. */
static bool take_step(struct ctx *ctx, const struct request *r, struct opt_date counts_on,
		      struct err *err)
{
	if (r->state != REQUEST_DECIDED || !counts_on.known)
		return true;
	return request_serve(ctx, r->id, counts_on.v, err);
}

static bool note_service(struct ctx *ctx, const struct request *r, const char *verb,
			 enum service_way way, struct opt_date counts_on, struct err *err)
{
	struct ledger_change changes[] = {
		{ "way", STR_NONE, str_from_c(service_rules[way].code) },
		{ "counts_on", STR_NONE,
		  counts_on.known ? date_iso(ctx->arena, counts_on.v) : STR_NONE },
	};
	struct work_note note = { .verb = verb,
				  .changes = changes,
				  .changes_count = counts_on.known ? 2 : 1 };

	return work_record(ctx, r->id, &note, err);
}

static bool answered(struct ctx *ctx, struct request_id request, struct request *r,
		     struct reply *reply, bool *found, struct err *err)
{
	if (!request_find(ctx, request, r, err) || !reply_of(ctx, request, reply, found, err))
		return false;
	return r->decided_on.known || err_set(err, ERR_CONFLICT, "reply.not_decided_yet", STR_FMT,
					      STR_ARG(r->number));
}

/* 行政复议法（2023）第二十二条: what is served over the internet names that channel of remedy. */
bool reply_names_channel(struct ctx *ctx, const struct reply *reply, const struct service_new *in,
			 struct err *err)
{
	struct letter letter;

	if (!service_rules[in->way].online || in->failed || !reply->letter.known)
		return true;
	if (!letter_load(ctx, (struct letter_id){ reply->letter.v }, &letter, err))
		return false;
	return letter_names_channel(&letter) ||
	       err_set_field(err, "way", ERR_CONFLICT, "reply.letter_not_online", STR_FMT,
			     STR_ARG(service_rules[in->way].label));
}

bool reply_room_for_service(struct ctx *ctx, struct request_id request, struct err *err)
{
	struct service *list;
	size_t count;

	return reply_services(ctx, request, &list, &count, err) &&
	       (count < REPLY_SERVICES_MAX || err_set(err, ERR_LIMIT, "reply.too_many_services",
						      "%d", REPLY_SERVICES_MAX));
}

bool reply_serve(struct ctx *ctx, struct request_id request, const struct service_new *in,
		 struct err *err)
{
	struct service *list;
	struct reply reply;
	struct request r;
	struct opt_date counts_on;
	bool found;
	size_t count;

	if (!answered(ctx, request, &r, &reply, &found, err) || !check_texts(in, err) ||
	    !service_day_check(ctx, "sent_on", in->sent_on, r.decided_on.v, err) ||
	    (in->signed_on.known &&
	     !service_day_check(ctx, "signed_on", in->signed_on.v, r.decided_on.v, err)) ||
	    !reply_services(ctx, request, &list, &count, err) ||
	    !service_check(in, failed_before(list, count), &counts_on, err) ||
	    (found && !reply_names_channel(ctx, &reply, in, err)))
		return false;
	if (count == REPLY_SERVICES_MAX)
		return err_set(err, ERR_LIMIT, "reply.too_many_services", "%d", REPLY_SERVICES_MAX);
	struct service_insert_in row = {
		.request_id = request,
		.reply_id = { found && reply.stage == REPLY_SIGNED, reply.id.n },
		.way = str_from_c(service_rules[in->way].code),
		.sent_on = in->sent_on,
		.signed_on = in->signed_on,
		.counts_on = counts_on,
		.tracking = in->tracking,
		.addressee = in->addressee,
		.receipt_id = in->receipt,
		.failed = in->failed,
		.note = in->note,
		.person = ctx->actor.name,
		.at = ctx->now,
	};
	return service_insert(ctx, &row, NULL, err) &&
	       note_service(ctx, &r, in->failed ? "reply.not_served" : "reply.serve", in->way,
			    counts_on, err) &&
	       take_step(ctx, &r, counts_on, err);
}

static bool find(struct ctx *ctx, struct request_id request, int64_t id, struct request *r,
		 struct service *out, struct err *err)
{
	struct service *list;
	size_t count;

	if (!request_find(ctx, request, r, err) ||
	    !reply_services(ctx, request, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (list[i].id == id) {
			*out = list[i];
			return true;
		}
	}
	return err_set(err, ERR_NOT_FOUND, "reply.no_service", STR_FMT, STR_ARG(r->number));
}

static bool update(struct ctx *ctx, const struct service *s, struct err *err)
{
	struct service_update_in in = { .id = s->id,
					.signed_on = s->signed_on,
					.counts_on = s->counts_on,
					.addressee = s->addressee,
					.receipt_id = s->receipt,
					.failed = s->failed,
					.note = s->note };

	return service_update(ctx, &in, NULL, err);
}

bool reply_prove(struct ctx *ctx, struct request_id request, int64_t service, struct date signed_on,
		 struct str addressee, struct opt_int receipt, struct err *err)
{
	struct service s;
	struct request r;

	if (!find(ctx, request, service, &r, &s, err) ||
	    !service_day_check(ctx, "signed_on", signed_on, r.decided_on.v, err))
		return false;
	if (s.failed)
		return err_set(err, ERR_CONFLICT, "reply.service_failed_already", STR_FMT,
			       STR_ARG(r.number));
	if (date_compare(signed_on, s.sent_on) < 0)
		return err_set_field(err, "signed_on", ERR_INVALID, "reply.signed_before_sent",
				     " ");
	s.signed_on = (struct opt_date){ true, signed_on };
	s.addressee = addressee.len > 0 ? addressee : s.addressee;
	s.receipt = receipt.known ? receipt : s.receipt;
	if (service_rules[s.way].counts == DAY_SIGNED)
		s.counts_on = s.signed_on;
	return update(ctx, &s, err) &&
	       note_service(ctx, &r, "reply.prove", s.way, s.signed_on, err) &&
	       take_step(ctx, &r, s.counts_on, err);
}

bool reply_service_failed(struct ctx *ctx, struct request_id request, int64_t service,
			  struct str why, struct err *err)
{
	struct service s;
	struct request r;

	if (!find(ctx, request, service, &r, &s, err))
		return false;
	if (s.failed || s.signed_on.known)
		return err_set(err, ERR_CONFLICT, "reply.service_failed_already", STR_FMT,
			       STR_ARG(r.number));
	if (str_trim(why).len == 0)
		return err_set_field(err, "note", ERR_INVALID, "reply.why_failed", " ");
	s.failed = true;
	s.note = why;
	if (s.way != SERVICE_POST) /* the day of posting stands, whatever became of the letter */
		s.counts_on = (struct opt_date){ 0 };
	return update(ctx, &s, err) &&
	       note_service(ctx, &r, "reply.not_served", s.way, (struct opt_date){ 0 }, err);
}

/* ---- by mail from here (reply_mail.h) */

bool reply_mail_taken(struct ctx *ctx, struct request_id request, int64_t service, struct date on,
		      struct str answer, struct err *err)
{
	struct service s;
	struct request r;

	if (!find(ctx, request, service, &r, &s, err))
		return false;
	if (s.failed || s.counts_on.known)
		return true;
	s.counts_on = (struct opt_date){ true, on };
	s.note = service_note_add(ctx->arena, s.note,
			   str_format(ctx->arena, "对方服务器已接收：" STR_FMT, STR_ARG(answer)));
	return update(ctx, &s, err) &&
	       note_service(ctx, &r, "reply.serve", s.way, s.counts_on, err) &&
	       take_step(ctx, &r, s.counts_on, err);
}

bool reply_mail_failed(struct ctx *ctx, struct request_id request, int64_t service,
		       struct str why, struct err *err)
{
	struct service s;
	struct request r;

	if (!find(ctx, request, service, &r, &s, err))
		return false;
	if (s.failed || s.signed_on.known) /* signed for is signed for, whatever a server says */
		return true;
	s.note = service_note_add(ctx->arena, s.note, why);
	s.failed = true;
	s.counts_on = (struct opt_date){ 0 };
	return update(ctx, &s, err) && note_service(ctx, &r, "reply.not_served", s.way,
						    (struct opt_date){ 0 }, err);
}
