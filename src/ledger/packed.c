/*
 * packed.c - events stored as values alone, and how those of one subject are found: they come one
 * for each subject of a row of ids, so a row of ledger_packed stands for all of a run.
 */
#include "ledger/packed.h"

#include "ledger_sql.h"

#include <assert.h>
#include <string.h>

static bool needs_escape(char c)
{
	return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

void ledger_put_json(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789abcdef";

	buf_add_char(b, '"');
	while (s.len > 0) {
		size_t plain = 0;
		while (plain < s.len && !needs_escape(s.ptr[plain]))
			plain++;
		buf_add(b, str_slice(s, 0, plain));
		s = str_slice(s, plain, s.len);
		if (s.len == 0)
			break;
		unsigned char c = (unsigned char)s.ptr[0];
		buf_add_char(b, '\\');
		if (c < 0x20) {
			buf_add_c(b, "u00");
			buf_add_char(b, hex[c >> 4]);
			buf_add_char(b, hex[c & 15]);
		} else {
			buf_add_char(b, (char)c);
		}
		s = str_slice(s, 1, s.len);
	}
	buf_add_char(b, '"');
}

/* ---- as values alone, and back */

const struct ledger_pack ledger_packs[] = {
	{ "request.import",
	  10,
	  { "number", "unit", "channel", "applicant", "submitted_on", "received_on", "extension",
	    "decision", "closed_on", "content_commitment" } },
};
const size_t ledger_packs_count = COUNT_OF(ledger_packs);

static const struct ledger_pack *pack_of(struct str verb)
{
	for (size_t i = 0; i < ledger_packs_count; i++)
		if (str_equal_c(verb, ledger_packs[i].verb))
			return &ledger_packs[i];
	return NULL;
}

/* Eight bytes at a time: none needs an escape. */
static bool is_plain(struct str s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = 0x80 * ones;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		uint64_t word;
		memcpy(&word, s.ptr + i, sizeof word);
		uint64_t quote = word ^ ('"' * ones), slash = word ^ ('\\' * ones);
		uint64_t found = ((word - 0x20 * ones) & ~word) | ((quote - ones) & ~quote) |
				 ((slash - ones) & ~slash);
		if ((found & tops) != 0)
			break; /* a byte that is too small borrows from its top bit */
	}
	while (i < s.len && !needs_escape(s.ptr[i]))
		i++;
	return i == s.len;
}

static char *put_value(char *at, struct str s)
{
	if (s.len > 0)
		memcpy(at, s.ptr, s.len);
	return at + s.len;
}

/* len: of all of it. */
static struct str plain_json(struct arena *a, const struct str *values, size_t count, size_t len)
{
	char *text = arena_alloc(a, len), *at = text;

	assert(len <= LEDGER_TEXT_MAX / 2);
	for (size_t i = 0; i < count; i++) {
		*at++ = i == 0 ? '[' : ',';
		*at++ = '"';
		at = put_value(at, values[i]);
		*at++ = '"';
	}
	*at = ']';
	return (struct str){ text, len };
}

struct str packed_json(struct arena *a, const struct ledger_event *e)
{
	const struct ledger_pack *pack = pack_of(str_from_c(e->verb));
	size_t len = 1;
	bool plain = true;

	assert(pack != NULL && e->changes_count == 0);
	for (size_t i = 0; i < pack->count; i++) {
		len += e->values[i].len + 3;
		plain = plain && is_plain(e->values[i]);
	}
	if (plain)
		return plain_json(a, e->values, pack->count, len);
	struct buf b = buf_open(a, len, LEDGER_TEXT_MAX / 2);
	for (size_t i = 0; i < pack->count; i++) {
		buf_add_char(&b, i == 0 ? '[' : ',');
		ledger_put_json(&b, e->values[i]);
	}
	buf_add_char(&b, ']');
	assert(buf_ok(&b)); /* fields were limited when they came in */
	return buf_str(&b);
}

/* The string at the front of a list of JSON, with its quotes; empty: there is none. */
static struct str take_string(struct str *list)
{
	struct str all = *list;
	size_t i = 1;

	if (all.len < 2 || all.ptr[0] != '"')
		return STR_NONE;
	while (i < all.len && all.ptr[i] != '"')
		i += all.ptr[i] == '\\' ? 2 : 1;
	if (i >= all.len)
		return STR_NONE;
	*list = str_slice(all, i + 1, all.len);
	return str_slice(all, 0, i + 1);
}

/* As if it had been stored with its fields: [["field","","value"],…]; empty values were not set. */
struct str packed_named(struct arena *a, struct str verb, struct str changes)
{
	const struct ledger_pack *pack = str_starts(changes, STR("[\"")) ? pack_of(verb) : NULL;
	struct str rest = str_slice(changes, 1, changes.len);

	if (pack == NULL)
		return changes;
	struct buf b = buf_open(a, 2 * changes.len + 512, LEDGER_TEXT_MAX);
	for (size_t i = 0; i < pack->count; i++) {
		struct str value = take_string(&rest);
		if (value.len > 2)
			buf_addf(&b, "%c[\"%s\",\"\"," STR_FMT "]", b.len == 0 ? '[' : ',',
				 pack->fields[i], STR_ARG(value));
		(void)str_take_char(&rest, ',');
	}
	buf_add_c(&b, b.len == 0 ? "[]" : "]");
	return buf_ok(&b) ? buf_str(&b) : changes;
}

/* ---- where they are */

void packed_note(struct ledger_packed *p, const struct ledger_sealed *e)
{
	if (p->count == 0)
		*p = (struct ledger_packed){ .subject_kind = e->subject_kind,
					     .first_id = e->subject_id,
					     .first_seq = e->seq };
	assert(e->subject_kind == p->subject_kind && e->seq == p->first_seq + p->count &&
	       e->subject_id == p->first_id + p->count);
	p->count++;
}

/* They were given their positions by the database: were these the ones they are sealed with? */
static bool stand_at_the_end(struct ctx *ctx, const struct ledger_packed *p, struct err *err)
{
	int64_t want = p->first_seq + p->count - 1;
	struct ledger_last_row last;
	bool found;

	if (!ledger_last(ctx, &last, &found, err))
		return false;
	assert(found);
	return (last.seq.known && last.seq.v == want) ||
	       err_set(err, ERR_INTERNAL, "ledger.out_of_step", "%lld|%lld",
		       (long long)last.seq.v, (long long)want);
}

bool packed_add(struct ctx *ctx, const struct ledger_packed *p, struct err *err)
{
	if (p->count == 0)
		return true;
	return stand_at_the_end(ctx, p, err) &&
	       ledger_packed_add(ctx,
				 &(struct ledger_packed_add_in){
					 .subject_kind = str_from_c(p->subject_kind),
					 .first_id = p->first_id,
					 .last_id = p->first_id + p->count - 1,
					 .first_seq = p->first_seq },
				 NULL, err);
}

bool packed_read(struct ctx *ctx, struct packed_list *out, struct err *err)
{
	struct ledger_packed_all_row *rows;

	if (!ledger_packed_all_all(ctx, LEDGER_PACKED_MAX, &rows, &out->count, err))
		return false;
	out->rows = rows;
	out->at = 0;
	out->ends = 0;
	return true;
}

static bool names(const struct ledger_packed_all_row *row, int64_t seq, struct str kind, int64_t id)
{
	return str_equal(kind, row->subject_kind) && id >= row->first_id && id <= row->last_id &&
	       seq == row->first_seq + (id - row->first_id);
}

bool packed_finds(struct packed_list *list, int64_t seq, struct str kind, int64_t id,
		  struct str verb)
{
	if (pack_of(verb) == NULL)
		return true;
	while (list->at + 1 < list->count && list->rows[list->at + 1].first_seq <= seq)
		list->at++;
	if (list->at == list->count)
		return false;
	const struct ledger_packed_all_row *row = &list->rows[list->at];
	if (!names(row, seq, kind, id))
		return false;
	list->ends += id == row->first_id;
	list->ends += id == row->last_id;
	return true;
}

bool packed_all_found(const struct packed_list *list)
{
	return list->ends == 2 * list->count;
}
