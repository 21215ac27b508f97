/*
 * notice.c - notices as facts: written, found, listed, erased. Sending is post.c's.
 */
#include "notice/notice.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "notice/inside.h"
#include "notice/seal.h"
#include "notice_sql.h"

#include <assert.h>

enum { MESSAGE_ID_BYTES = 16, SALT_BYTES = 16, DAY_S = 24 * 3600 };

static const struct { struct str code, label; } states[] = {
	[NOTICE_WAITING] = { STR_INIT("waiting"), STR_INIT("待发送") },
	[NOTICE_SENT] = { STR_INIT("sent"), STR_INIT("已送出") },
	[NOTICE_REFUSED] = { STR_INIT("refused"), STR_INIT("被拒收") },
	[NOTICE_BOUNCED] = { STR_INIT("bounced"), STR_INIT("被退回") },
	[NOTICE_GIVEN_UP] = { STR_INIT("given_up"), STR_INIT("多次未发出，已停止") },
};
static_assert(COUNT_OF(states) == NOTICE_STATE_COUNT, "a state without its words");

struct str notice_state_code(enum notice_state s)
{
	return states[s].code;
}

struct str notice_state_label(enum notice_state s)
{
	return states[s].label;
}

bool notice_state_from(struct str code, enum notice_state *out)
{
	for (int i = 0; i < NOTICE_STATE_COUNT; i++)
		if (str_equal(code, states[i].code)) {
			*out = (enum notice_state)i;
			return true;
		}
	return false;
}

/* ---- who may be written to */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words of RFC 5321 joined by single dots: extra is allowed in them beside letters and digits. */
static bool is_dotted(struct str s, const char *extra, bool may_edge)
{
	char before = '.';

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool word = is_letter_or_digit(c) ||
			    (str_find(str_from_c(extra), (struct str){ &c, 1 }, 0) != SIZE_MAX);
		if (!word && c != '.')
			return false;
		if (c == '.' && (before == '.' || (before == '-' && !may_edge)))
			return false;
		if (c == '-' && before == '.' && !may_edge)
			return false;
		before = c;
	}
	return s.len > 0 && before != '.' && (before != '-' || may_edge);
}

bool notice_address_ok(struct str address)
{
	enum { LOCAL_MAX = 64, ADDRESS_MAX = 254 };
	size_t at = str_find(address, STR("@"), 0);

	if (at == SIZE_MAX || at > LOCAL_MAX || address.len > ADDRESS_MAX)
		return false;
	struct str local = str_slice(address, 0, at);
	struct str domain = str_slice(address, at + 1, address.len);
	return is_dotted(local, "!#$%&'*+/=?^_`{|}~-", true) && is_dotted(domain, "-", false);
}

bool notice_number_ok(struct str number)
{
	enum { MOBILE = 11, LOW = 8, HIGH = 15 };
	bool abroad = str_take_char(&number, '+');

	for (size_t i = 0; i < number.len; i++)
		if (!is_digit(number.ptr[i]))
			return false;
	if (abroad)
		return number.len >= LOW && number.len <= HIGH;
	return number.len == MOBILE && number.ptr[0] == '1';
}

/* ---- events */

struct str notice_bare_answer(struct arena *a, struct str answer)
{
	enum { MAX = 200 };
	struct buf b = buf_open(a, answer.len, answer.len + 8);
	struct str rest = answer, word;

	while (str_split_next(&rest, ' ', &word)) {
		bool address = str_contains(word, STR("@"));
		if (b.len > 0)
			buf_add_char(&b, ' ');
		buf_add(&b, address ? STR("…") : word);
		if (b.len > MAX)
			break;
	}
	return str_copy(a, buf_ok(&b) ? buf_str(&b) : STR_NONE);
}

bool notice_event(struct ctx *ctx, struct str subject_kind, int64_t subject_id,
		  struct notice_id id, const char *verb, const struct ledger_change *changes,
		  size_t count, struct err *err)
{
	enum { MAX = 8 };
	struct ledger_change all[MAX];
	struct ledger_event e = { .subject_kind = "notice", .subject_id = id.n, .verb = verb,
				  .changes = changes, .changes_count = count };
	int64_t seq;

	assert(count < MAX);
	if (subject_kind.len == 0)
		return ledger_append(ctx, &e, &seq, err);
	all[0] = (struct ledger_change){
		.field = "notice", .after = str_format(ctx->arena, "%lld", (long long)id.n)
	};
	for (size_t i = 0; i < count; i++)
		all[i + 1] = changes[i];
	e.subject_kind = str_to_c(ctx->arena, subject_kind);
	e.subject_id = subject_id;
	e.changes = all;
	e.changes_count = count + 1;
	return ledger_append(ctx, &e, &seq, err);
}

/* ---- writing one */

static bool check_texts(const struct notice_new *in, struct err *err)
{
	size_t bytes = in->text.len;

	assert(utf8_valid_text(in->text) && utf8_valid_text(in->subject));
	for (size_t i = 0; i < in->files_count; i++)
		bytes += in->files[i].content.len;
	if (bytes > LIMIT_NOTICE_FILES)
		return err_set(err, ERR_LIMIT, "notice.too_large", "%u",
			       LIMIT_NOTICE_FILES / MIB);
	return true;
}

static bool add_job(struct ctx *ctx, struct notice_id id, struct err *err)
{
	return jobs_add(ctx,
			&(struct job_new){ .topic = "notice.send",
					   .subject_kind = "notice",
					   .subject_id = id.n },
			err);
}

bool notice_tell_end(struct ctx *ctx, struct notice_id id, struct err *err)
{
	return jobs_add(ctx,
			&(struct job_new){ .topic = "notice.ended",
					   .subject_kind = "notice",
					   .subject_id = id.n },
			err);
}

static struct str place_of(struct arena *a, struct notice_id id)
{
	return str_format(a, "notice %lld", (long long)id.n);
}

static struct str file_place(struct arena *a, struct notice_id id, int64_t position,
			     const char *what)
{
	return str_format(a, "notice %lld %s %lld", (long long)id.n, what, (long long)position);
}

static struct str way_code(enum notice_way way)
{
	return way == NOTICE_MAIL ? STR("mail") : STR("sms");
}

static bool insert(struct ctx *ctx, enum notice_way way, const struct notice_new *in,
		   struct str salt, struct notice_id id, struct err *err)
{
	struct str to = in->to, subject = in->subject, text = in->text;
	struct str kind = str_from_c(in->subject_kind);
	const struct seal_text texts[] = { { "to", &to },
					   { "subject", &subject },
					   { "text", &text } };
	struct notice_insert_in row = {
		.id = id,
		.way = way_code(way),
		.unit_id = in->unit,
		.subject_kind = kind,
		.subject_id = kind.len > 0 ? in->subject_id : 0,
		.why = in->why,
		.sealed = seal_texts(ctx, place_of(ctx->arena, id), texts, COUNT_OF(texts)),
		.recipient_index = seal_index(ctx, NOTICE_ADDRESS_INDEX, in->to),
		.salt = salt,
		.answerable = in->answerable && kind.len > 0,
		.held = in->held,
		.message_id = random_hex(ctx->arena, MESSAGE_ID_BYTES),
		.created_at = ctx->now,
	};

	return notice_insert(ctx, &row, NULL, err);
}

static bool add_row(struct ctx *ctx, enum notice_way way, const struct notice_new *in,
		    struct notice_id *id, struct err *err)
{
	struct str salt = random_hex(ctx->arena, SALT_BYTES);
	struct notice_next_id_row next;
	int64_t seq;
	bool found;

	/* The ledger is held before the id is taken, so no two take the same. */
	if (!vault_needed(ctx->vault, err) || !ledger_upcoming(ctx, &seq, err) ||
	    !notice_next_id(ctx, &next, &found, err) ||
	    !insert(ctx, way, in, salt, next.id, err))
		return false;
	const struct ledger_change changes[] = {
		{ .field = "way", .after = way_code(way) },
		{ .field = "why", .after = in->why },
		{ .field = "to", .after = ledger_commit(ctx->arena, salt, in->to) },
	};
	*id = next.id;
	return (in->held || add_job(ctx, next.id, err)) &&
	       notice_event(ctx, str_from_c(in->subject_kind), in->subject_id, next.id,
			    "notice.write", changes, COUNT_OF(changes), err);
}

static bool add_file(struct ctx *ctx, struct notice_id id, int64_t position,
		     const struct notice_file *file, struct err *err)
{
	struct arena *a = ctx->arena;
	struct notice_file_insert_in in = {
		.notice_id = id,
		.position = position,
		.type = file->type,
		.name_sealed = vault_seal(ctx->vault, a, file_place(a, id, position, "name"),
					  file->name),
		.sealed = vault_seal(ctx->vault, a, file_place(a, id, position, "file"),
				     file->content),
	};

	return notice_file_insert(ctx, &in, NULL, err);
}

bool notice_files(struct ctx *ctx, struct notice_id id, struct notice_file **out, size_t *count,
		  struct err *err)
{
	struct notice_files_of_row *rows;
	struct arena *a = ctx->arena;

	if (!notice_files_of_all(ctx, &(struct notice_files_of_in){ .notice_id = id },
				 LIMIT_MAIL_FILES, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(a, *count, struct notice_file);
	for (size_t i = 0; i < *count; i++) {
		struct notice_file *f = &(*out)[i];
		f->type = rows[i].type;
		if (!vault_unseal(ctx->vault, a, file_place(a, id, rows[i].position, "name"),
				  rows[i].name_sealed, &f->name, err) ||
		    !vault_unseal(ctx->vault, a, file_place(a, id, rows[i].position, "file"),
				  rows[i].sealed, &f->content, err))
			return false;
	}
	return true;
}

bool notice_mail(struct ctx *ctx, const struct notice_new *in, struct notice_id *id,
		 struct err *err)
{
	if (!notice_address_ok(in->to))
		return err_set_field(err, "email", ERR_INVALID, "notice.bad_address", STR_FMT,
				     STR_ARG(in->to));
	if (!check_texts(in, err) || !add_row(ctx, NOTICE_MAIL, in, id, err))
		return false;
	for (size_t i = 0; i < in->files_count; i++)
		if (!add_file(ctx, *id, (int64_t)i, &in->files[i], err))
			return false;
	return true;
}

bool notice_release(struct ctx *ctx, struct notice_id id, const struct notice_file *files,
		    size_t count, struct err *err)
{
	const struct notice_new sizes = { .files = files, .files_count = count };
	int64_t changed;

	if (!check_texts(&sizes, err) ||
	    !notice_let_go(ctx, &(struct notice_let_go_in){ .id = id }, &changed, err))
		return false;
	if (changed == 0)
		return true;
	for (size_t i = 0; i < count; i++)
		if (!add_file(ctx, id, (int64_t)i, &files[i], err))
			return false;
	return add_job(ctx, id, err);
}

bool notice_sms(struct ctx *ctx, const struct notice_new *in, struct notice_id *id,
		struct err *err)
{
	assert(in->files_count == 0);
	if (!notice_number_ok(in->to))
		return err_set_field(err, "phone", ERR_INVALID, "notice.bad_number", STR_FMT,
				     STR_ARG(in->to));
	return check_texts(in, err) && add_row(ctx, NOTICE_SMS, in, id, err);
}

/* ---- finding */

static bool way_from(struct str code)
{
	return str_equal_c(code, "sms");
}

bool notice_find(struct ctx *ctx, struct notice_id id, struct notice *out, struct err *err)
{
	struct notice_by_id_row row;
	bool found;

	if (!notice_by_id(ctx, &(struct notice_by_id_in){ .id = id }, &row, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "notice.none", "%lld", (long long)id.n);
	*out = (struct notice){ .id = row.id,
				.way = way_from(row.way) ? NOTICE_SMS : NOTICE_MAIL,
				.unit = row.unit_id,
				.subject_kind = row.subject_kind,
				.subject_id = row.subject_id,
				.why = row.why,
				.created_at = row.created_at,
				.attempts = row.attempts,
				.last_at = row.last_at,
				.erased_at = row.erased_at,
				.resent_as = row.resent_as,
				.answer = row.answer,
				.answerable = row.answerable,
				.held = row.held,
				.message_id = row.message_id };
	const struct seal_text texts[] = { { "to", &out->to }, { "subject", &out->subject },
					   { "text", &out->text } };
	return notice_state_from(row.state, &out->state) &&
	       seal_open_texts(ctx, place_of(ctx->arena, id), row.sealed, texts, COUNT_OF(texts),
			       err);
}

/* ---- lists: ids by an index, then each by its own. One index answers each question. */

struct ids { struct notice_id *at; size_t count, max; };

static void take(struct ids *ids, struct notice_id id)
{
	assert(ids->count < ids->max);
	ids->at[ids->count++] = id;
}

#define TAKE_ALL(ids, rows, n)                        \
	do {                                          \
		for (size_t i_ = 0; i_ < (n); i_++)   \
			take((ids), (rows)[i_].id);   \
	} while (0)

static bool ids_of_all(struct ctx *ctx, struct opt_int unit, int64_t before, struct ids *ids,
		       struct err *err)
{
	struct notice_all_before_row *all;
	struct notice_of_unit_before_row *own;
	size_t n;

	if (unit.known) {
		if (!notice_of_unit_before_all(
			    ctx,
			    &(struct notice_of_unit_before_in){ .unit_id = unit.v,
								.before = before,
								.max = (int64_t)ids->max },
			    ids->max, &own, &n, err))
			return false;
		TAKE_ALL(ids, own, n);
		return true;
	}
	if (!notice_all_before_all(ctx,
				   &(struct notice_all_before_in){ .before = before,
								   .max = (int64_t)ids->max },
				   ids->max, &all, &n, err))
		return false;
	TAKE_ALL(ids, all, n);
	return true;
}

static bool ids_in_state(struct ctx *ctx, enum notice_state state, struct opt_int unit,
			 int64_t before, struct ids *ids, struct err *err)
{
	struct notice_in_state_before_row *all;
	struct notice_of_unit_in_state_before_row *own;
	struct str code = notice_state_code(state);
	size_t n;

	if (unit.known) {
		if (!notice_of_unit_in_state_before_all(
			    ctx,
			    &(struct notice_of_unit_in_state_before_in){
				    .unit_id = unit.v,
				    .state = code,
				    .before = before,
				    .max = (int64_t)ids->max },
			    ids->max, &own, &n, err))
			return false;
		TAKE_ALL(ids, own, n);
		return true;
	}
	if (!notice_in_state_before_all(
		    ctx,
		    &(struct notice_in_state_before_in){ .state = code,
							 .before = before,
							 .max = (int64_t)ids->max },
		    ids->max, &all, &n, err))
		return false;
	TAKE_ALL(ids, all, n);
	return true;
}

static bool each(struct ctx *ctx, const struct ids *ids, struct notice **out, size_t *count,
		 struct err *err)
{
	*out = ARENA_ARRAY(ctx->arena, ids->count, struct notice);
	*count = ids->count;
	for (size_t i = 0; i < ids->count; i++)
		if (!notice_find(ctx, ids->at[i], &(*out)[i], err))
			return false;
	return true;
}

static struct ids ids_open(struct ctx *ctx, size_t max)
{
	return (struct ids){ .at = ARENA_ARRAY(ctx->arena, max, struct notice_id), .max = max };
}

bool notice_list(struct ctx *ctx, struct opt_int unit, int64_t before, size_t max,
		 struct notice **out, size_t *count, struct err *err)
{
	struct ids ids = ids_open(ctx, max);

	return ids_of_all(ctx, unit, before > 0 ? before : INT64_MAX, &ids, err) &&
	       each(ctx, &ids, out, count, err);
}

bool notice_list_state(struct ctx *ctx, enum notice_state state, struct opt_int unit,
		       int64_t before, size_t max, struct notice **out, size_t *count,
		       struct err *err)
{
	struct ids ids = ids_open(ctx, max);

	return ids_in_state(ctx, state, unit, before > 0 ? before : INT64_MAX, &ids, err) &&
	       each(ctx, &ids, out, count, err);
}

bool notice_of_subject(struct ctx *ctx, const char *subject_kind, int64_t subject_id, size_t max,
		       struct notice **out, size_t *count, struct err *err)
{
	struct ids ids = ids_open(ctx, max);
	struct notice_of_subject_newest_row *rows;
	size_t n;

	if (!notice_of_subject_newest_all(
		    ctx,
		    &(struct notice_of_subject_newest_in){ .subject_kind = str_from_c(subject_kind),
							   .subject_id = subject_id,
							   .max = (int64_t)max },
		    max, &rows, &n, err))
		return false;
	TAKE_ALL(&ids, rows, n);
	return each(ctx, &ids, out, count, err);
}

bool notice_count(struct ctx *ctx, struct notice_counts *out, struct err *err)
{
	static const enum notice_state failed[] = { NOTICE_REFUSED, NOTICE_BOUNCED,
						    NOTICE_GIVEN_UP };
	struct notice_count_state_row row;
	bool found;

	*out = (struct notice_counts){ 0 };
	if (!notice_count_state(ctx, &(struct notice_count_state_in){ .state = STR("waiting") },
				&row, &found, err))
		return false;
	out->waiting = row.notices;
	out->oldest_waiting_at = row.oldest.v;
	for (size_t i = 0; i < COUNT_OF(failed); i++) {
		if (!notice_count_state(ctx,
					&(struct notice_count_state_in){
						.state = notice_state_code(failed[i]) },
					&row, &found, err))
			return false;
		out->failed += row.notices;
	}
	return true;
}

/* ---- once more, and no more */

static bool once_more(struct ctx *ctx, const struct notice *old, struct notice_id *again,
		      struct err *err)
{
	struct notice_new in = { .unit = old->unit,
				       .subject_kind = old->subject_kind.len > 0 ?
							       str_to_c(ctx->arena,
									old->subject_kind) :
							       NULL,
				       .subject_id = old->subject_id,
				       .why = old->why,
				       .to = old->to,
				       .subject = old->subject,
				       .text = old->text,
				       .answerable = old->answerable };

	if (old->way == NOTICE_SMS)
		return notice_sms(ctx, &in, again, err);
	struct notice_file *files;
	if (!notice_files(ctx, old->id, &files, &in.files_count, err))
		return false;
	in.files = files;
	return notice_mail(ctx, &in, again, err);
}

bool notice_resend(struct ctx *ctx, struct notice_id id, struct notice_id *again, struct err *err)
{
	struct notice old;
	int64_t changed;

	if (!notice_find(ctx, id, &old, err))
		return false;
	if (old.erased_at.known)
		return err_set(err, ERR_CONFLICT, "notice.erased", "%lld", (long long)id.n);
	if (old.state == NOTICE_WAITING || old.state == NOTICE_SENT || old.resent_as.known)
		return err_set(err, ERR_CONFLICT, "notice.not_failed", "%lld|" STR_FMT,
			       (long long)id.n, STR_ARG(notice_state_label(old.state)));
	return once_more(ctx, &old, again, err) &&
	       notice_mark_resent(ctx,
				  &(struct notice_mark_resent_in){ .id = id, .again = again->n },
				  &changed, err) &&
	       (changed == 1 || err_set(err, ERR_CONFLICT, "notice.not_failed", "%lld|%s",
					(long long)id.n, ""));
}

bool notice_erase_old(struct ctx *ctx, int64_t keep_days, struct err *err)
{
	int64_t before = ctx->now - keep_days * DAY_S;

	return notice_files_erase_old(
		       ctx, &(struct notice_files_erase_old_in){ .before = before }, NULL, err) &&
	       notice_erase(ctx, &(struct notice_erase_in){ .before = before,
							      .at = ctx->now,
							      .nothing = STR_NONE },
			    NULL, err);
}

bool notice_erase_of(struct ctx *ctx, const char *subject_kind, int64_t subject_id,
		     struct err *err)
{
	struct str kind = str_from_c(subject_kind);
	struct notice_files_erase_of_in files = { kind, subject_id };
	struct notice_empty_of_in row = { .subject_kind = kind, .subject_id = subject_id,
					  .at = ctx->now, .nothing = STR_NONE };

	return notice_files_erase_of(ctx, &files, NULL, err) &&
	       notice_empty_of(ctx, &row, NULL, err);
}
