/*
 * delivery.h - 送达 of the letters on the way (补正, 延期, 收费 …): numbered, brought to whom
 * they are for, and proved. 条例第三十条, 第三十二条至第三十五条, 第四十一条, 第四十二条.
 *
 * A step drafts its letter (request/request_letters.h, fee/); here an officer looks it over and
 * issues it. An applicant who chose e-mail then gets it by mail from here, as PDF, without
 * another act; every other way is written down as an attempt. What becomes of the mail is the
 * proof. No delivery moves a clock: the steps of the case do.
 *
 * Answers are not for this room: they have gates before them and service in reply/.
 */
#ifndef DELIVERY_DELIVERY_H
#define DELIVERY_DELIVERY_H

#include "jobs/jobs.h"
#include "letter/letter.h"
#include "notice/notice.h"
#include "reply/reply.h"

enum {
	DELIVERIES_MAX = 40, /* of one letter */
	/* An older letter is not mailed by itself: registers are entered late. */
	DELIVERY_RECENT_DAYS = 3,
};

struct delivery {
	int64_t id;
	enum service_way way;
	struct date sent_on;
	struct opt_date signed_on, counts_on;
	struct str tracking, addressee, note, person;
	bool failed;
	int64_t at;
	struct opt_int notice; /* the mail, if it was sent from here */
};

/* Whom a letter is for, and whether mail from here reaches that reader. */
struct delivery_reader {
	struct str number; /* of the request or the correction */
	struct str email;  /* of the applicant; empty: unknown, or the letter is to somebody else */
	bool applicant;	   /* the letter is to the applicant */
	bool by_mail;	   /* who chose e-mail, and left an address that mail can be sent to */
};
NODISCARD bool delivery_reader_of(struct ctx *ctx, const struct letter *l,
				  struct delivery_reader *out, struct err *err);

/*
 * Numbers and freezes the draft. ERR_CONFLICT "delivery.answer" of an answer, "delivery.alone" of
 * a letter that belongs to no request; as letter_issue else.
 */
NODISCARD bool delivery_issue(struct ctx *ctx, struct letter_id id, struct date dated,
			      struct err *err);
/*
 * By e-mail from here; to empty: the applicant's address. It counts on the day a server has taken
 * it over. ERR_CONFLICT "delivery.not_issued", "delivery.not_online"; ERR_INVALID
 * "delivery.no_email", "notice.bad_address".
 */
NODISCARD bool delivery_mail(struct ctx *ctx, struct letter_id id, struct str to, struct err *err);
/* An attempt by another way, or one that failed; the rules of service_check. */
NODISCARD bool delivery_note(struct ctx *ctx, struct letter_id id, const struct service_new *in,
			     struct err *err);
/* The receipt came back, signed. ERR_NOT_FOUND "delivery.none". */
NODISCARD bool delivery_prove(struct ctx *ctx, struct letter_id id, int64_t delivery,
			      struct date signed_on, struct str addressee, struct err *err);

NODISCARD bool delivery_list_of(struct ctx *ctx, struct letter_id id, struct delivery **out,
				size_t *count, struct err *err);
/* The day that counts of the first attempt that did not fail. */
NODISCARD bool delivery_day_of(struct ctx *ctx, struct letter_id id, struct opt_date *day,
			       struct err *err);

/* When a case forgets its people: who signed and what was noted; days and ways stay. */
NODISCARD bool delivery_erase(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
			      struct str word, struct err *err);

/* The listener of "letter.issued": mails it to whoever chose e-mail. */
NODISCARD bool delivery_on_issued(struct ctx *ctx, const struct job *job, struct err *err);
/* The listener of "delivery.mail": sets the letter and releases the notice. */
extern const struct job_outside delivery_mailing;
/* The listener of "notice.ended". */
NODISCARD bool delivery_on_notice(struct ctx *ctx, const struct job *job, struct err *err);
/* Is this notice an attempt of ours? Then it is not sent again but delivered again. */
NODISCARD bool delivery_carries(struct ctx *ctx, struct notice_id notice, bool *yes,
				struct err *err);
#endif
