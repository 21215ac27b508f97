/*
 * ledger.c - the chain.
 *
 * Canonical text of an event: each field as `length:bytes,` (so that no two
 * events share a text), numbers in decimal, in the order of the columns:
 *   seq at actor_id actor_name role subject_kind subject_id verb changes reason
 * hash(n) = H(hash(n-1) || text(n)), the first over 32 zero bytes.
 */
#include "ledger/ledger.h"

#include "base/buf.h"
#include "ledger/packed.h"
#include "ledger_sql.h"

#include <assert.h>
#include <string.h>

enum { TEXT_MAX = LEDGER_TEXT_MAX, OFFERED_CELLS = 5, FIELDS = 10, NUMBER_MAX = 24 };

/* ---- text into room that was measured before; each gives where it ended */

static char *put_digits(char *at, uint64_t n)
{
	char room[20];
	size_t from = sizeof room;

	do {
		room[--from] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	memcpy(at, room + from, sizeof room - from);
	return at + (sizeof room - from);
}

static char *put_bytes(char *at, struct str s)
{
	if (s.len > 0)
		memcpy(at, s.ptr, s.len);
	return at + s.len;
}

static char *put(char *at, struct str s)
{
	at = put_digits(at, s.len);
	*at++ = ':';
	at = put_bytes(at, s);
	*at++ = ',';
	return at;
}

static char *put_int(char *at, int64_t n)
{
	char text[NUMBER_MAX], *end = text;

	if (n < 0)
		*end++ = '-';
	end = put_digits(end, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
	return put(at, (struct str){ text, (size_t)(end - text) });
}

static struct str canonical(struct arena *a, const struct ledger_insert_in *e)
{
	size_t most = e->actor_name.len + e->role.len + e->subject_kind.len + e->verb.len +
		      e->changes.len + e->reason.len + (size_t)FIELDS * 2 * NUMBER_MAX;
	char *text = arena_alloc(a, most), *at = text;

	assert(most <= TEXT_MAX);
	at = put_int(at, e->seq);
	at = put_int(at, e->at);
	at = put_int(at, e->actor_id);
	at = put(at, e->actor_name);
	at = put(at, e->role);
	at = put(at, e->subject_kind);
	at = put_int(at, e->subject_id);
	at = put(at, e->verb);
	at = put(at, e->changes);
	at = put(at, e->reason);
	return (struct str){ text, (size_t)(at - text) };
}

static struct digest link_of(enum digest_kind kind, struct opt_str previous, struct str text)
{
	static const char zero[DIGEST_BYTES] = { 0 };
	struct str before = previous.known ? previous.v : (struct str){ zero, sizeof zero };

	return digest_of_two(kind, before, text);
}

static struct str bytes_of(const struct digest *d)
{
	return (struct str){ (const char *)d->bytes, DIGEST_BYTES };
}

static struct str changes_json(struct arena *a, const struct ledger_event *e)
{
	if (e->values != NULL)
		return packed_json(a, e);
	struct buf b = buf_open(a, 1024, TEXT_MAX / 2);

	buf_add_char(&b, '[');
	for (size_t i = 0; i < e->changes_count; i++) {
		const struct ledger_change *c = &e->changes[i];
		buf_add_c(&b, i > 0 ? ",[" : "[");
		ledger_put_json(&b, str_from_c(c->field));
		buf_add_char(&b, ',');
		ledger_put_json(&b, c->before);
		buf_add_char(&b, ',');
		ledger_put_json(&b, c->after);
		buf_add_char(&b, ']');
	}
	buf_add_char(&b, ']');
	assert(buf_ok(&b)); /* fields were limited when they came in */
	return buf_str(&b);
}

/* The end of the chain before an event, and after it. */
struct end {
	int64_t seq;
	struct opt_str sha256, sm3;
};

static struct ledger_insert_in row_of(const struct ctx *ctx, const struct ledger_sealed *e)
{
	return (struct ledger_insert_in){
		.seq = e->seq,
		.at = ctx->now,
		.actor_id = ctx->actor.account_id,
		.actor_name = ctx->actor.name,
		.role = ctx->actor.role,
		.subject_kind = str_from_c(e->subject_kind),
		.subject_id = e->subject_id,
		.verb = str_from_c(e->verb),
		.changes = e->changes_json,
		.reason = e->reason,
		.sha256 = bytes_of(&e->sha256),
		.sm3 = bytes_of(&e->sm3),
	};
}

static void seal_after(struct arena *a, const struct ctx *ctx, const struct end *before,
		       const struct ledger_event *e, struct ledger_sealed *out)
{
	struct ledger_sealed s = { .seq = before->seq + 1,
				   .subject_id = e->subject_id,
				   .subject_kind = e->subject_kind,
				   .verb = e->verb,
				   .changes_json = changes_json(a, e),
				   .reason = e->reason };
	struct ledger_insert_in row = row_of(ctx, &s);
	struct arena_mark mark = arena_mark(a);
	struct str text = canonical(a, &row);

	s.sha256 = link_of(DIGEST_SHA256, before->sha256, text);
	s.sm3 = link_of(DIGEST_SM3, before->sm3, text);
	arena_rewind(a, mark);
	*out = s;
}

static bool write_event(struct ctx *ctx, const struct ledger_event *e, const struct end *before,
			struct digest *sha256, struct digest *sm3, struct err *err)
{
	struct ledger_sealed sealed;

	seal_after(ctx->arena, ctx, before, e, &sealed);
	struct ledger_insert_in row = row_of(ctx, &sealed);
	*sha256 = sealed.sha256;
	*sm3 = sealed.sm3;
	return ledger_insert(ctx, &row, NULL, err);
}

/*
 * And nobody else may append until this transaction ends. SQLite has one writer;
 * there the end is only read, since UPDATE … RETURNING would build a table for
 * its one row, at ten times the cost.
 */
static bool hold_end(struct ctx *ctx, struct end *out, struct err *err)
{
	struct ledger_head_read_row read;
	struct ledger_lock_row locked;
	bool found;

	if (db_engine(ctx->db) == DB_POSTGRES) {
		if (!ledger_lock(ctx, &locked, &found, err))
			return false;
		*out = (struct end){ locked.seq, locked.sha256, locked.sm3 };
	} else {
		if (!ledger_head_read(ctx, &read, &found, err))
			return false;
		*out = (struct end){ read.seq, read.sha256, read.sm3 };
	}
	assert(found);
	return true;
}

static bool write_end(struct ctx *ctx, int64_t seq, const struct digest *sha256,
		      const struct digest *sm3, struct err *err)
{
	struct ledger_head_write_in in = { .seq = seq,
					   .sha256 = bytes_of(sha256),
					   .sm3 = bytes_of(sm3) };

	return ledger_head_write(ctx, &in, NULL, err);
}

static bool append_alone(struct ctx *ctx, const struct ledger_event *e, int64_t *seq,
			 struct err *err)
{
	struct end before;
	struct digest sha256, sm3;

	if (!hold_end(ctx, &before, err) || !write_event(ctx, e, &before, &sha256, &sm3, err) ||
	    !write_end(ctx, before.seq + 1, &sha256, &sm3, err))
		return false;
	*seq = before.seq + 1;
	return true;
}

static struct end end_of(const struct ledger_run *run)
{
	bool any = run->seq > 0;

	return (struct end){ run->seq,
			     { any, bytes_of(&run->sha256) },
			     { any, bytes_of(&run->sm3) } };
}

static bool append_in_run(struct ctx *ctx, const struct ledger_event *e, int64_t *seq,
			  struct err *err)
{
	struct ledger_run *run = ctx->ledger_run;
	struct end before = end_of(run);
	struct digest sha256, sm3;

	if (!write_event(ctx, e, &before, &sha256, &sm3, err))
		return false;
	run->seq++;
	run->sha256 = sha256;
	run->sm3 = sm3;
	*seq = run->seq;
	return true;
}

bool ledger_append(struct ctx *ctx, const struct ledger_event *e, int64_t *seq, struct err *err)
{
	struct arena_mark mark = arena_mark(ctx->arena);

	assert(e->values == NULL); /* those are sealed */
	bool ok = ctx->ledger_run != NULL ? append_in_run(ctx, e, seq, err)
					  : append_alone(ctx, e, seq, err);

	arena_rewind(ctx->arena, mark); /* a long job appends many */
	return ok;
}

void ledger_seal(struct arena *a, const struct ctx *ctx, struct ledger_run *run,
		 const struct ledger_event *e, struct ledger_sealed *out)
{
	struct end before = end_of(run);

	seal_after(a, ctx, &before, e, out);
	run->seq = out->seq;
	run->sha256 = out->sha256;
	run->sm3 = out->sm3;
	if (e->values != NULL)
		packed_note(&run->packed, out);
}

static struct db_cell int_cell(int64_t n)
{
	return (struct db_cell){ .kind = DB_CELL_INT, .n = n };
}

static struct db_cell text_cell(struct str s)
{
	return (struct db_cell){ .kind = DB_CELL_TEXT, .s = s };
}

static struct db_cell blob_cell(struct str s)
{
	return (struct db_cell){ .kind = DB_CELL_BLOB, .s = s };
}

/* In the order of ledger_insert_offered. */
static void put_cells(const struct ledger_sealed *e, struct db_cell *cells)
{
	const struct db_cell all[OFFERED_CELLS] = {
		int_cell(e->seq),
		int_cell(e->subject_id),
		text_cell(e->changes_json),
		blob_cell(bytes_of(&e->sha256)),
		blob_cell(bytes_of(&e->sm3)),
	};

	memcpy(cells, all, sizeof all);
}

static bool same_act(const struct ledger_sealed *a, const struct ledger_sealed *b)
{
	return strcmp(a->subject_kind, b->subject_kind) == 0 && strcmp(a->verb, b->verb) == 0 &&
	       str_equal(a->reason, b->reason);
}

static bool write_offered(struct ctx *ctx, const struct ledger_sealed *list, size_t count,
			  struct err *err)
{
	struct ledger_insert_in row = row_of(ctx, &list[0]);
	struct ledger_insert_offered_in act = { .at = row.at,
						.actor_id = row.actor_id,
						.actor_name = row.actor_name,
						.role = row.role,
						.subject_kind = row.subject_kind,
						.verb = row.verb,
						.reason = row.reason };
	struct arena_mark mark = arena_mark(ctx->arena);
	struct db_cell *cells = ARENA_ARRAY(ctx->arena, count * OFFERED_CELLS, struct db_cell);

	for (size_t i = 0; i < count; i++)
		put_cells(&list[i], &cells[i * OFFERED_CELLS]);
	db_offer(ctx->db, cells, OFFERED_CELLS, count);
	bool ok = ledger_insert_offered(ctx, &act, NULL, err);
	db_offer(ctx->db, NULL, 0, 0);
	arena_rewind(ctx->arena, mark);
	return ok;
}

/* Those of one act together. */
static bool write_acts(struct ctx *ctx, const struct ledger_sealed *list, size_t count,
		       struct err *err)
{
	size_t n;

	for (size_t i = 0; i < count; i += n) {
		for (n = 1; i + n < count && same_act(&list[i], &list[i + n]);)
			n++;
		if (!write_offered(ctx, &list[i], n, err))
			return false;
	}
	return true;
}

bool ledger_write_sealed(struct ctx *ctx, const struct ledger_sealed *list, size_t count,
			 struct err *err)
{
	if (db_engine(ctx->db) == DB_SQLITE)
		return write_acts(ctx, list, count, err);
	for (size_t i = 0; i < count; i++) {
		struct ledger_insert_in row = row_of(ctx, &list[i]);
		if (!ledger_insert(ctx, &row, NULL, err))
			return false;
	}
	return true;
}

bool ledger_upcoming(struct ctx *ctx, int64_t *seq, struct err *err)
{
	struct end end = { .seq = ctx->ledger_run != NULL ? ctx->ledger_run->seq : 0 };

	if (ctx->ledger_run == NULL && !hold_end(ctx, &end, err))
		return false;
	*seq = end.seq + 1;
	return true;
}

static struct digest digest_from(struct opt_str bytes)
{
	struct digest d = { { 0 } };

	for (size_t i = 0; bytes.known && i < DIGEST_BYTES && i < bytes.v.len; i++)
		d.bytes[i] = (unsigned char)bytes.v.ptr[i];
	return d;
}

bool ledger_run_begin(struct ctx *ctx, struct ledger_run *run, struct err *err)
{
	struct end end;

	assert(ctx->ledger_run == NULL);
	if (!hold_end(ctx, &end, err))
		return false;
	*run = (struct ledger_run){ .seq = end.seq, .sha256 = digest_from(end.sha256),
				    .sm3 = digest_from(end.sm3) };
	ctx->ledger_run = run;
	return true;
}

bool ledger_act_begin(struct ctx *ctx, struct ledger_run *run, struct err *err)
{
	if (!ledger_run_begin(ctx, run, err))
		return false;
	run->one_act = true;
	return true;
}

bool ledger_in_bulk(const struct ctx *ctx)
{
	return ctx->ledger_run != NULL && !ctx->ledger_run->one_act;
}

bool ledger_run_end(struct ctx *ctx, struct err *err)
{
	const struct ledger_run *run = ctx->ledger_run;

	assert(run != NULL);
	ctx->ledger_run = NULL;
	if (run->seq == 0)
		return true; /* nothing has ever happened */
	return packed_add(ctx, &run->packed, err) &&
	       write_end(ctx, run->seq, &run->sha256, &run->sm3, err);
}

bool ledger_position(struct ctx *ctx, int64_t *seq, struct err *err)
{
	struct ledger_head_read_row row;
	bool found;

	if (!ledger_head_read(ctx, &row, &found, err))
		return false;
	*seq = found ? row.seq : 0;
	return true;
}

struct str ledger_commit(struct arena *a, struct str salt, struct str value)
{
	return digest_hex(a, digest_of_two(DIGEST_SHA256, salt, value));
}

bool ledger_history(struct ctx *ctx, const char *subject_kind, int64_t subject_id, size_t max,
		    struct ledger_row **rows, size_t *count, struct err *err)
{
	struct ledger_of_subject_row *found;
	struct ledger_of_subject_in in = { .subject_kind = str_from_c(subject_kind),
					   .subject_id = subject_id };

	if (!ledger_of_subject_all(ctx, &in, max, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct ledger_row);
	for (size_t i = 0; i < *count; i++)
		(*rows)[i] = (struct ledger_row){
			.seq = found[i].seq,
			.at = found[i].at,
			.actor_id = found[i].actor_id,
			.actor_name = found[i].actor_name,
			.role = found[i].role,
			.subject_kind = in.subject_kind,
			.subject_id = subject_id,
			.verb = found[i].verb,
			.changes_json = packed_named(ctx->arena, found[i].verb, found[i].changes),
			.reason = found[i].reason,
		};
	return true;
}

bool ledger_recent(struct ctx *ctx, int64_t before, size_t max, struct ledger_row **rows,
		   size_t *count, struct err *err)
{
	struct ledger_before_row *found;
	struct ledger_before_in in = { .before = before > 0 ? before : INT64_MAX,
				       .max = (int64_t)max };

	if (!ledger_before_all(ctx, &in, max, &found, count, err))
		return false;
	*rows = ARENA_ARRAY(ctx->arena, *count, struct ledger_row);
	for (size_t i = 0; i < *count; i++)
		(*rows)[i] = (struct ledger_row){
			.seq = found[i].seq,
			.at = found[i].at,
			.actor_id = found[i].actor_id,
			.actor_name = found[i].actor_name,
			.role = found[i].role,
			.subject_kind = found[i].subject_kind,
			.subject_id = found[i].subject_id,
			.verb = found[i].verb,
			.changes_json = packed_named(ctx->arena, found[i].verb, found[i].changes),
			.reason = found[i].reason,
		};
	return true;
}

/* ---- single links */

static struct ledger_link link_from(struct arena *a, const struct ledger_links_of_row *row,
				    struct str kind, int64_t subject)
{
	struct ledger_insert_in in = { .seq = row->seq, .at = row->at, .actor_id = row->actor_id,
				       .actor_name = row->actor_name, .role = row->role,
				       .subject_kind = kind, .subject_id = subject,
				       .verb = row->verb, .changes = row->changes,
				       .reason = row->reason };

	return (struct ledger_link){
		.row = { .seq = row->seq, .at = row->at, .actor_id = row->actor_id,
			 .actor_name = row->actor_name, .role = row->role, .subject_kind = kind,
			 .subject_id = subject, .verb = row->verb, .changes_json = row->changes,
			 .reason = row->reason },
		.text = canonical(a, &in),
		.before_sha256 = digest_from(row->before_sha256),
		.before_sm3 = digest_from(row->before_sm3),
		.sha256 = digest_from((struct opt_str){ true, row->sha256 }),
		.sm3 = digest_from((struct opt_str){ true, row->sm3 }),
	};
}

bool ledger_links(struct ctx *ctx, const char *subject_kind, int64_t subject_id, size_t max,
		  struct ledger_link **out, size_t *count, struct err *err)
{
	struct ledger_links_of_in in = { .subject_kind = str_from_c(subject_kind),
					 .subject_id = subject_id };
	struct ledger_links_of_row *rows;

	if (!ledger_links_of_all(ctx, &in, max, &rows, count, err))
		return false;
	*out = ARENA_ARRAY(ctx->arena, *count, struct ledger_link);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = link_from(ctx->arena, &rows[i], in.subject_kind, subject_id);
	return true;
}

bool ledger_link_fits(const struct ledger_link *link)
{
	struct opt_str sha256 = { true, bytes_of(&link->before_sha256) };
	struct opt_str sm3 = { true, bytes_of(&link->before_sm3) };

	return digest_equal(link_of(DIGEST_SHA256, sha256, link->text), link->sha256) &&
	       digest_equal(link_of(DIGEST_SM3, sm3, link->text), link->sm3);
}

bool ledger_text_seq(struct str text, int64_t *seq)
{
	uint64_t len;

	return str_take_u64(&text, 20, &len) && str_take_char(&text, ':') && len < text.len &&
	       str_to_i64(str_slice(text, 0, (size_t)len), seq) && text.ptr[len] == ',';
}

bool ledger_end_of(struct ctx *ctx, struct ledger_end *out, struct err *err)
{
	struct ledger_head_read_row row;
	bool found;

	if (!ledger_head_read(ctx, &row, &found, err))
		return false;
	assert(found);
	*out = (struct ledger_end){ row.seq, digest_from(row.sha256), digest_from(row.sm3) };
	return true;
}

/* ---- verification */

struct walk {
	int64_t count;
	struct digest sha256, sm3;
	bool any;
	struct packed_list packed;
	int64_t lost; /* the first that is not found by its subject */
};

static bool fits(struct ctx *ctx, const struct ledger_walk_row *row, struct walk *w)
{
	struct opt_str before_sha = { w->any, bytes_of(&w->sha256) };
	struct opt_str before_sm3 = { w->any, bytes_of(&w->sm3) };
	struct str text =
		canonical(ctx->arena, &(struct ledger_insert_in){ .seq = row->seq,
								  .at = row->at,
								  .actor_id = row->actor_id,
								  .actor_name = row->actor_name,
								  .role = row->role,
								  .subject_kind = row->subject_kind,
								  .subject_id = row->subject_id,
								  .verb = row->verb,
								  .changes = row->changes,
								  .reason = row->reason });
	struct digest sha256 = link_of(DIGEST_SHA256, before_sha, text);
	struct digest sm3 = link_of(DIGEST_SM3, before_sm3, text);

	w->sha256 = sha256;
	w->sm3 = sm3;
	w->any = true;
	w->count++;
	return row->seq == w->count && str_equal(row->sha256, bytes_of(&sha256)) &&
	       str_equal(row->sm3, bytes_of(&sm3));
}

static bool walk_chain(struct ctx *ctx, struct walk *w, int64_t *bad, struct err *err)
{
	struct ledger_walk_cursor cursor;
	struct ledger_walk_row row;

	if (!packed_read(ctx, &w->packed, err) || !ledger_walk_open(ctx, &cursor, err))
		return false;
	while (*bad == 0 && ledger_walk_next(&cursor, &row, err)) {
		struct arena_mark mark = arena_mark(ctx->arena);
		if (!fits(ctx, &row, w))
			*bad = w->count;
		else if (!packed_finds(&w->packed, row.seq, row.subject_kind, row.subject_id,
				       row.verb) &&
			 w->lost == 0)
			w->lost = w->count;
		arena_rewind(ctx->arena, mark);
	}
	return ledger_walk_close(&cursor, err);
}

bool ledger_verify(struct ctx *ctx, struct ledger_verdict *out, struct err *err)
{
	struct walk w = { 0 };
	struct ledger_head_read_row head;
	int64_t bad = 0;
	bool found;

	if (!walk_chain(ctx, &w, &bad, err) || !ledger_head_read(ctx, &head, &found, err))
		return false;
	*out = (struct ledger_verdict){ .intact = true, .events = w.count, .head = w.sha256 };
	if (bad != 0)
		*out = (struct ledger_verdict){
			.first_bad = bad,
			.events = w.count,
			.why = STR("该条内容与其摘要不符，或前面有记录被删除、插入。")
		};
	else if (!found || head.seq != w.count ||
		 (w.any && (!head.sha256.known || !str_equal(head.sha256.v, bytes_of(&w.sha256)) ||
			    !head.sm3.known || !str_equal(head.sm3.v, bytes_of(&w.sm3)))))
		*out = (struct ledger_verdict){
			.first_bad = w.count + 1,
			.events = w.count,
			.why = STR("链条末端与登记的位置不符：末尾可能有记录被删除。")
		};
	else if (w.lost != 0 || !packed_all_found(&w.packed))
		*out = (struct ledger_verdict){
			.first_bad = w.lost != 0 ? w.lost : w.count,
			.events = w.count,
			.why = STR("批量导入的目录与记录不符：按申请查不到其导入的记录，或目录指向别的记录。")
		};
	return true;
}
