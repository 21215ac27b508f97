/*
 * bundle_test.c - a bundle proves itself: as it was made it is intact, and any byte of any file
 * that changes is reported, as is what is missing, added or put in another order.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "dispute/bundle.h"
#include "dispute/bundle_check.h"
#include "office/child.h"
#include "office/package.h"
#include "office/package_write.h"
#include "reply/fixture.h"

#include <string.h>
#include <unistd.h>

enum { PARTS_MAX = 64, ZIP_MAX = 8 * 1024 * 1024 };

struct zip { struct package_entry parts[PARTS_MAX]; size_t count; };

static bool all_of(int fd, struct arena *a, struct str *out)
{
	char *bytes = arena_alloc(a, ZIP_MAX);
	size_t len = 0;
	ssize_t got;

	(void)lseek(fd, 0, SEEK_SET);
	while ((got = read(fd, bytes + len, ZIP_MAX - len)) > 0)
		len += (size_t)got;
	*out = (struct str){ bytes, len };
	return got == 0;
}

static bool unpack(struct arena *a, struct str zip, struct zip *out, struct err *err)
{
	struct package p;

	*out = (struct zip){ .count = 0 };
	if (!package_open(a, zip, &p, err))
		return false;
	for (size_t i = 0; i < package_count(&p) && i < PARTS_MAX; i++) {
		struct str name = package_name(&p, i);
		struct buf text = buf_open(a, KIB, ZIP_MAX);
		struct part *part;
		char bytes[4096];
		int got;
		if (!part_open(&p, name, &part, err))
			return false;
		while ((got = part_read(part, bytes, sizeof bytes)) > 0)
			buf_add(&text, (struct str){ bytes, (size_t)got });
		part_close(part);
		out->parts[out->count++] =
			(struct package_entry){ str_to_c(a, name), buf_str(&text) };
	}
	package_close(&p);
	return true;
}

struct digests { struct arena *arena; struct package_digest list[PARTS_MAX]; size_t count; };

static bool keep(void *arg, const struct package_digest *part, struct err *err)
{
	struct digests *d = arg;

	(void)err;
	d->list[d->count] = *part;
	d->list[d->count].name = str_copy(d->arena, part->name);
	d->list[d->count++].text = str_copy(d->arena, part->text);
	return true;
}

/* Packs, unpacks and checks, without a child: thousands of times. */
static bool check_zip(struct arena *a, const struct zip *z, struct bundle_verdict *v,
		      struct err *err)
{
	struct digests d = { .arena = a };
	struct str zip;

	return package_write(a, z->parts, z->count, &zip, err) &&
	       package_digests_here(a, zip, BUNDLE_TEXTS, keep, &d, err) &&
	       bundle_check(a, d.list, d.count, v, err);
}

static bool made(struct ctx *ctx, const struct bundle_options *o, struct str *zip, struct err *err)
{
	struct dispute_open in = { .unit = { 1 }, .request = { true, 1 },
				   .route = DISPUTE_RECONSIDERATION, .organ = STR("示例市人民政府"),
				   .case_no = STR("示复〔2024〕1号"),
				   .accepted_on = reply_day("2024-04-26") };
	struct paper_new paper = { .kind = PAPER_ANSWER, .day = reply_day("2024-04-28"),
				   .file_name = STR("答复书.txt"), .content = STR("答复如下") };
	struct paper_new claim = { .kind = PAPER_CLAIM, .day = reply_day("2024-04-28"),
				   .file_name = STR("申请书.txt"), .content = STR("申请人某某") };
	struct attachment_new asked = { .subject_kind = "request", .subject_id = 1,
					.purpose = ATTACHMENT_REQUEST, .file_name = STR("附图.txt"),
					.content = STR("附图说明") };
	struct attachment_new card = { .subject_kind = "request", .subject_id = 1,
				       .purpose = ATTACHMENT_IDENTITY, .file_name = STR("证件.txt"),
				       .content = STR("证件复印件") };
	struct attachment_id file;
	struct request_id request;
	struct dispute_id id;
	struct bundle bundle;

	if (!reply_fixture(ctx, &request, err) || !attachment_add(ctx, &asked, &file, err) ||
	    !attachment_add(ctx, &card, &file, err) ||
	    !reply_fixture_to(ctx, request, REPLY_SIGNED, err))
		return false;
	reply_sit(ctx, DESK_CLERK);
	reply_today(ctx, "2024-05-06");
	struct dispute_edit at = { { 1 }, 0 };
	if (!dispute_open(ctx, &in, &id, err) ||
	    !dispute_receive(ctx, at, reply_day("2024-04-28"), false, err) ||
	    !paper_add(ctx, at, &paper, err) || !paper_add(ctx, at, &claim, err) ||
	    !bundle_make(ctx, id, o, &bundle, err) || !bundle_note(ctx, id, o, &bundle, err))
		return false;
	bool ok = all_of(bundle.fd, ctx->arena, zip);
	close(bundle.fd);
	return ok;
}

static const struct bundle_options plain = { .reason = STR_INIT("提交复议机关") };

static bool has(const struct zip *z, const char *piece)
{
	for (size_t i = 0; i < z->count; i++)
		if (strstr(z->parts[i].name, piece) != NULL)
			return true;
	return false;
}

static struct str part_of(const struct zip *z, const char *name)
{
	for (size_t i = 0; i < z->count; i++)
		if (strcmp(z->parts[i].name, name) == 0)
			return z->parts[i].content;
	return STR_NONE;
}

/* ---- what is in it */

static void holds(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct bundle_verdict v = { .files = 0 };
	struct ledger_row *rows;
	struct err err = { 0 };
	struct str zip = STR_NONE;
	struct zip z;
	size_t count;

	(void)arg;
	CHECK_OK(made(ctx, &plain, &zip, &err));
	CHECK_OK(unpack(ctx->arena, zip, &z, &err));
	CHECK(has(&z, "application-01-request.txt") && has(&z, "-request.txt") &&
	      has(&z, "letters-") && has(&z, "papers-01-answer.txt"));
	CHECK(str_contains(part_of(&z, "application-01-request.txt"),
			   STR("某地块的征收批复及其附图")));
	CHECK(has(&z, "clock-reply.txt") && has(&z, "clock-answer.txt"));
	CHECK(!has(&z, "identity") && !has(&z, "claim") && !has(&z, "applicant") &&
	      !has(&z, "opinion"));
	/* The adviser's words and vote are not in it; that there is an opinion is. */
	for (size_t i = 0; i < z.count; i++)
		CHECK(!str_contains(z.parts[i].content, STR("依据充分")) &&
		      !str_contains(z.parts[i].content, STR("\"agrees\\\"")));
	struct str index = part_of(&z, "index.html");
	CHECK(str_contains(index, STR("法律顾问丙")) && str_contains(index, STR("不随卷提供")));
	CHECK(!str_contains(index, STR("<script")) && str_contains(index, STR("lang=\"zh-CN\"")));
	int fd = file_in_memory(zip);
	CHECK_OK(bundle_verify(ctx->arena, fd, &v, &err)); /* through the limited child */
	close(fd);
	CHECK_INT((int64_t)v.faults_count, 0);
	CHECK_INT(v.withheld, 1);
	CHECK(v.events > 5);
	CHECK_INT(v.files, (int64_t)z.count - 2);
	CHECK_STR(v.case_no, STR("示复〔2024〕1号"));
	/* The site's ledger names the manifest, so that a bundle made anew from nothing shows. */
	CHECK_OK(ledger_history(ctx, "dispute", 1, 100, &rows, &count, &err));
	CHECK_STR(rows[count - 1].verb, STR("dispute.bundle"));
	CHECK(str_contains(rows[count - 1].changes_json, digest_hex(ctx->arena, v.manifest)));
	CHECK_STR(rows[count - 1].reason, plain.reason);
}

static void opens_more(struct test *t, struct testdb *site, const void *arg)
{
	struct bundle_options o = { .reason = STR("法院调取"), .identity = true, .opinion = true };
	struct ctx *ctx = &site->ctx;
	struct bundle_verdict v = { .files = 0 };
	struct ledger_row *rows;
	struct err err = { 0 };
	struct str zip = STR_NONE;
	struct zip z;
	size_t count, looks = 0;

	(void)arg;
	CHECK_OK(made(ctx, &o, &zip, &err));
	CHECK_OK(unpack(ctx->arena, zip, &z, &err));
	CHECK(has(&z, "identity.txt") && has(&z, "claim.txt") && has(&z, "adviser-opinion.txt"));
	CHECK_OK(check_zip(ctx->arena, &z, &v, &err));
	CHECK_INT((int64_t)v.faults_count, 0);
	CHECK_INT(v.withheld, 0);
	CHECK_OK(ledger_history(ctx, "request", 1, 200, &rows, &count, &err));
	for (size_t i = 0; i < count; i++)
		looks += str_equal_c(rows[i].verb, "attachment.look");
	CHECK_INT((int64_t)looks, 1);
	struct bundle bundle;
	o.reason = STR(" ");
	CHECK_FAILS(bundle_make(ctx, (struct dispute_id){ 1 }, &o, &bundle, &err),
		    "dispute.no_text");
}

/* ---- what becomes of it */

static void notices(struct test *t, struct ctx *ctx, struct zip *z, size_t part, size_t at)
{
	struct arena_mark mark = arena_mark(ctx->arena);
	struct package_entry was = z->parts[part];
	char *bytes = arena_alloc(ctx->arena, was.content.len);
	struct bundle_verdict v = { .faults_count = 0 };
	struct err err = { 0 };

	for (size_t i = 0; i < was.content.len; i++)
		bytes[i] = was.content.ptr[i];
	bytes[at] = (char)(bytes[at] ^ 1);
	z->parts[part].content.ptr = bytes;
	bool read = check_zip(ctx->arena, z, &v, &err);
	bool named = false;
	for (size_t i = 0; read && i < v.faults_count; i++)
		named = named || str_starts(v.faults[i].where, str_from_c(was.name));
	if (!named) {
		CHECK_STR(str_from_c(was.name), STR("a change that is noticed"));
		CHECK_INT((int64_t)at, -1);
	}
	z->parts[part] = was;
	arena_rewind(ctx->arena, mark);
}

/* Each is named by its file. */
static void every_byte(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct err err = { 0 };
	struct str zip = STR_NONE;
	struct zip z;
	int64_t tried = 0;

	(void)arg;
	CHECK_OK(made(ctx, &plain, &zip, &err));
	CHECK_OK(unpack(ctx->arena, zip, &z, &err));
	for (size_t i = 0; i < z.count; i++) {
		/* Every byte of what is short; of what is long some hundred, and both ends. */
		size_t len = z.parts[i].content.len, step = len / 97 + 1;
		for (size_t at = 0; at < len; at += step, tried++)
			notices(t, ctx, &z, i, at);
		notices(t, ctx, &z, i, len - 1);
	}
	CHECK(tried > 500);
}

static void other_changes(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct bundle_verdict v = { .files = 0 };
	struct err err = { 0 };
	struct str zip = STR_NONE;
	struct zip z, more;

	(void)arg;
	CHECK_OK(made(ctx, &plain, &zip, &err));
	CHECK_OK(unpack(ctx->arena, zip, &z, &err));
	more = z;
	CHECK_OK(check_zip(ctx->arena, &more, &v, &err));
	CHECK_INT((int64_t)v.faults_count, 0);
	more.parts[more.count++] = (struct package_entry){ "extra.txt", STR("x") };
	CHECK_OK(check_zip(ctx->arena, &more, &v, &err));
	CHECK_INT((int64_t)v.faults_count, 1);
	CHECK_INT(v.faults[0].kind, FAULT_ADDED);
	struct zip without = z;
	for (size_t i = 0; i + 1 < without.count; i++)
		without.parts[i] = z.parts[i + 1];
	without.count--;
	CHECK_OK(check_zip(ctx->arena, &without, &v, &err));
	CHECK_INT(v.faults[0].kind, FAULT_MISSING);
	struct zip none = { { { "other.txt", STR_INIT("x") } }, 1 };
	CHECK_FAILS(check_zip(ctx->arena, &none, &v, &err), "dispute.no_bundle");
	struct zip broken = { { { "manifest.json", STR_INIT("[1") } }, 1 };
	CHECK_OK(check_zip(ctx->arena, &broken, &v, &err));
	CHECK(v.faults_count > 0);
}

/* A forger who makes all digests anew still cannot make an event fit its link. */
static void forged_event(struct test *t, struct testdb *site, const void *arg)
{
	struct ctx *ctx = &site->ctx;
	struct ledger_link *links;
	struct err err = { 0 };
	struct str zip = STR_NONE;
	size_t count;

	(void)arg;
	CHECK_OK(made(ctx, &plain, &zip, &err));
	CHECK_OK(ledger_links(ctx, "dispute", 1, 100, &links, &count, &err));
	CHECK(count >= 4);
	for (size_t i = 0; i < count; i++) {
		int64_t seq = 0;
		CHECK(ledger_link_fits(&links[i]));
		CHECK(ledger_text_seq(links[i].text, &seq));
		CHECK_INT(seq, links[i].row.seq);
		struct ledger_link forged = links[i];
		forged.text = str_concat(ctx->arena, links[i].text, STR(" "));
		CHECK(!ledger_link_fits(&forged));
		forged = links[i];
		forged.before_sm3.bytes[0] ^= 1;
		CHECK(!ledger_link_fits(&forged));
		if (i > 0 && links[i].row.seq == links[i - 1].row.seq + 1)
			CHECK(digest_equal(links[i].before_sha256, links[i - 1].sha256));
	}
}

void bundle_test(struct test *t)
{
	testdb_each(t, "a bundle holds the case, and nothing of the adviser or the person", holds,
		    NULL);
	testdb_each(t, "with a reason it holds more, and every look is recorded", opens_more, NULL);
	testdb_on(t, DB_SQLITE, "any byte of any file that changes is reported", every_byte, NULL);
	testdb_on(t, DB_SQLITE, "what is missing or added is reported", other_changes, NULL);
	testdb_on(t, DB_SQLITE, "an event that was changed does not fit its link", forged_event,
		  NULL);
}
