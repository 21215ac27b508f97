/* delivery.c - issuing a letter on the way, and each attempt to bring it. */
#include "delivery/delivery_work.h"

#include "amendment/amendment.h"
#include "base/limits.h"
#include "delivery_sql.h"
#include "identity/identity.h"
#include "ledger/ledger.h"

enum { NOTE_BYTES = 2000, TRACKING_BYTES = 100 };

/* ---- what it is about */

static bool of_request(const struct letter *l)
{
	return str_equal_c(l->subject_kind, "request");
}

static bool of_amendment(const struct letter *l)
{
	return str_equal_c(l->subject_kind, "amendment");
}

static bool check_kind(const struct letter *l, struct err *err)
{
	if (l->kind->answer)
		return err_set(err, ERR_CONFLICT, "delivery.answer", STR_FMT, STR_ARG(l->title));
	return of_request(l) || of_amendment(l) ||
	       err_set(err, ERR_CONFLICT, "delivery.alone", STR_FMT, STR_ARG(l->title));
}

bool delivery_ready(struct ctx *ctx, struct letter_id id, struct letter *out, struct err *err)
{
	if (!letter_load(ctx, id, out, err) || !check_kind(out, err))
		return false;
	return out->issued || err_set(err, ERR_CONFLICT, "delivery.not_issued", STR_FMT,
				      STR_ARG(out->title));
}

/* A correction has no choice of ways: who asked online and left an address is told there. */
static bool reader_of_amendment(struct ctx *ctx, const struct letter *l, struct identity_id *who,
				struct delivery_reader *out, struct err *err)
{
	struct amendment a;

	if (!amendment_find(ctx, (struct amendment_id){ l->subject_id }, &a, err))
		return false;
	*who = a.applicant;
	out->number = a.number;
	out->by_mail = a.channel == CHANNEL_WEB || a.channel == CHANNEL_EMAIL;
	return true;
}

bool delivery_reader_of(struct ctx *ctx, const struct letter *l, struct delivery_reader *out,
			struct err *err)
{
	struct identity_contact contact = { .email = STR_NONE };
	struct delivery_reader reader = { .applicant = l->kind->group != LETTER_OUTSIDE };
	struct identity_id who = { 0 };
	struct request r;

	if (of_amendment(l)) {
		if (!reader_of_amendment(ctx, l, &who, &reader, err))
			return false;
	} else if (of_request(l)) {
		if (!request_find(ctx, (struct request_id){ l->subject_id }, &r, err))
			return false;
		who = r.applicant_id;
		reader.number = r.number;
		reader.by_mail = r.wanted_way == GIVE_BY_EMAIL;
	}
	if (reader.applicant && who.n != 0) {
		if (!identity_contact(ctx, who, &contact, err))
			return false;
		reader.email = contact.email;
	}
	reader.by_mail = reader.by_mail && notice_address_ok(reader.email);
	*out = reader;
	return true;
}

bool delivery_names_channel(const struct letter *l, struct err *err)
{
	return letter_names_channel(l) || err_set_field(err, "way", ERR_CONFLICT,
							"delivery.not_online", STR_FMT,
							STR_ARG(l->title));
}

/* ---- issuing */

bool delivery_issue(struct ctx *ctx, struct letter_id id, struct date dated, struct err *err)
{
	struct letter l;

	if (!letter_load(ctx, id, &l, err) || !check_kind(&l, err))
		return false;
	if (of_amendment(&l))
		return err_set(err, ERR_CONFLICT, "delivery.amendment", STR_FMT, STR_ARG(l.title));
	return letter_issue(ctx, id, dated, err);
}

/* ---- rows */

bool delivery_list_of(struct ctx *ctx, struct letter_id id, struct delivery **out, size_t *count,
		      struct err *err)
{
	struct delivery_list_in in = { .letter_id = id, .max = DELIVERIES_MAX };
	struct delivery_list_row *rows;

	if (!delivery_list_all(ctx, &in, DELIVERIES_MAX, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct delivery);
	for (size_t i = 0; i < *count; i++) {
		(*out)[i] = (struct delivery){ .id = rows[i].id,
					       .sent_on = rows[i].sent_on,
					       .signed_on = rows[i].signed_on,
					       .counts_on = rows[i].counts_on,
					       .tracking = rows[i].tracking,
					       .addressee = rows[i].addressee,
					       .note = rows[i].note,
					       .person = rows[i].person,
					       .failed = rows[i].failed,
					       .at = rows[i].at,
					       .notice = rows[i].notice_id };
		(void)service_way_from(rows[i].way, &(*out)[i].way); /* the table has no other */
	}
	return true;
}

bool delivery_one(struct ctx *ctx, const struct letter *l, int64_t id, struct delivery *out,
		  struct err *err)
{
	struct delivery *list;
	size_t count;

	if (!delivery_list_of(ctx, l->id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (list[i].id == id) {
			*out = list[i];
			return true;
		}
	}
	return err_set(err, ERR_NOT_FOUND, "delivery.none", STR_FMT, STR_ARG(l->title));
}

bool delivery_day_of(struct ctx *ctx, struct letter_id id, struct opt_date *day, struct err *err)
{
	struct delivery_day_row row;
	bool found;

	if (!delivery_day(ctx, &(struct delivery_day_in){ .letter_id = id }, &row, &found, err))
		return false;
	*day = found ? (struct opt_date){ true, row.counts_on } : (struct opt_date){ 0 };
	return true;
}

bool delivery_room(struct ctx *ctx, const struct letter *l, bool *failed, struct err *err)
{
	struct delivery *list;
	size_t count;

	if (!delivery_list_of(ctx, l->id, &list, &count, err))
		return false;
	*failed = false;
	for (size_t i = 0; i < count; i++)
		*failed = *failed || list[i].failed;
	return count < DELIVERIES_MAX ||
	       err_set(err, ERR_LIMIT, "delivery.too_many", "%d", DELIVERIES_MAX);
}

/* On the story of the case, where what was told and when is looked for. */
static bool event(struct ctx *ctx, const struct letter *l, const struct delivery *d,
		  const char *verb, struct err *err)
{
	struct ledger_change changes[] = {
		{ "letter", STR_NONE, l->number },
		{ "way", STR_NONE, str_from_c(service_rules[d->way].code) },
		{ "counts_on", STR_NONE,
		  d->counts_on.known ? date_iso(ctx->arena, d->counts_on.v) : STR_NONE },
	};
	struct ledger_event e = { .subject_kind = str_to_c(ctx->arena, l->subject_kind),
				  .subject_id = l->subject_id,
				  .verb = verb,
				  .changes = changes,
				  .changes_count = d->counts_on.known ? 3 : 2 };
	int64_t seq;

	return ledger_append(ctx, &e, &seq, err);
}

bool delivery_write(struct ctx *ctx, const struct letter *l, const struct delivery *d,
		    struct err *err)
{
	struct delivery_insert_in in = { .letter_id = l->id,
					 .way = str_from_c(service_rules[d->way].code),
					 .sent_on = d->sent_on,
					 .signed_on = d->signed_on,
					 .counts_on = d->counts_on,
					 .tracking = d->tracking,
					 .addressee = d->addressee,
					 .failed = d->failed,
					 .note = d->note,
					 .person = ctx->actor.name,
					 .at = ctx->now,
					 .notice_id = d->notice };
	const char *verb = d->notice.known ? "delivery.mail" :
			   d->failed	   ? "delivery.failed" :
					     "delivery.serve";

	return delivery_insert(ctx, &in, NULL, err) && event(ctx, l, d, verb, err);
}

bool delivery_change(struct ctx *ctx, const struct letter *l, const struct delivery *d,
		     const char *verb, struct err *err)
{
	struct delivery_update_in in = { .id = d->id,
					 .signed_on = d->signed_on,
					 .counts_on = d->counts_on,
					 .addressee = d->addressee,
					 .failed = d->failed,
					 .note = d->note };

	return delivery_update(ctx, &in, NULL, err) && event(ctx, l, d, verb, err);
}

bool delivery_follow(struct ctx *ctx, const struct letter *l, struct opt_date counts_on,
		     struct err *err)
{
	struct amendment a;

	if (!counts_on.known || !of_amendment(l))
		return true;
	if (!amendment_find(ctx, (struct amendment_id){ l->subject_id }, &a, err))
		return false;
	if (a.state != AMENDMENT_DECIDED)
		return true;
	return amendment_serve(ctx, (struct amendment_edit){ a.id, a.version }, counts_on.v, err);
}

/* ---- by other ways */

static bool check_texts(const struct service_new *in, struct err *err)
{
	if (in->note.len > NOTE_BYTES)
		return err_set_field(err, "note", ERR_INVALID, "reply.too_long", "%d", NOTE_BYTES);
	if (in->addressee.len > NOTE_BYTES)
		return err_set_field(err, "addressee", ERR_INVALID, "reply.too_long", "%d",
				     NOTE_BYTES);
	return in->tracking.len <= TRACKING_BYTES ||
	       err_set_field(err, "tracking", ERR_INVALID, "reply.too_long", "%d", TRACKING_BYTES);
}

bool delivery_note(struct ctx *ctx, struct letter_id id, const struct service_new *in,
		   struct err *err)
{
	struct delivery d = { .way = in->way,
			      .sent_on = in->sent_on,
			      .signed_on = in->signed_on,
			      .tracking = in->tracking,
			      .addressee = in->addressee,
			      .note = in->note,
			      .failed = in->failed };
	struct letter l;
	bool failed;

	if (!delivery_ready(ctx, id, &l, err) || !check_texts(in, err) ||
	    !service_day_check(ctx, "sent_on", in->sent_on, l.dated, err) ||
	    (in->signed_on.known &&
	     !service_day_check(ctx, "signed_on", in->signed_on.v, l.dated, err)) ||
	    !delivery_room(ctx, &l, &failed, err) ||
	    !service_check(in, failed, &d.counts_on, err))
		return false;
	if (service_rules[in->way].online && !in->failed && !delivery_names_channel(&l, err))
		return false;
	return delivery_write(ctx, &l, &d, err) && delivery_follow(ctx, &l, d.counts_on, err);
}

bool delivery_prove(struct ctx *ctx, struct letter_id id, int64_t delivery, struct date signed_on,
		    struct str addressee, struct err *err)
{
	struct delivery d;
	struct letter l;

	if (!delivery_ready(ctx, id, &l, err) || !delivery_one(ctx, &l, delivery, &d, err) ||
	    !service_day_check(ctx, "signed_on", signed_on, l.dated, err))
		return false;
	if (d.failed || d.signed_on.known)
		return err_set(err, ERR_CONFLICT, "delivery.settled", STR_FMT, STR_ARG(l.title));
	if (date_compare(signed_on, d.sent_on) < 0)
		return err_set_field(err, "signed_on", ERR_INVALID, "reply.signed_before_sent",
				     " ");
	d.signed_on = (struct opt_date){ true, signed_on };
	d.addressee = addressee.len > 0 ? addressee : d.addressee;
	if (service_rules[d.way].counts == DAY_SIGNED)
		d.counts_on = d.signed_on;
	return delivery_change(ctx, &l, &d, "delivery.prove", err) &&
	       delivery_follow(ctx, &l, d.counts_on, err);
}

/* ---- forgetting */

bool delivery_erase(struct ctx *ctx, const char *subject_kind, int64_t subject_id, struct str word,
		    struct err *err)
{
	struct delivery_empty_in in = { .subject_kind = str_from_c(subject_kind),
					.subject_id = subject_id,
					.tracking = STR_NONE,
					.addressee = word,
					.note = word };

	return delivery_empty(ctx, &in, NULL, err);
}
