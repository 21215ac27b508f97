/* bundle_check.c - the offline check of a bundle: manifest against files, events against links. */
#include "dispute/bundle_check.h"

#include "ledger/ledger.h"

#include <jansson.h>

static const struct { const char *code; struct str label; } kinds[FAULT_KIND_COUNT] = {
	[FAULT_MISSING] = { "missing", STR_INIT("清单中的文件不在卷宗里") },
	[FAULT_ADDED] = { "added", STR_INIT("卷宗里有清单没有的文件") },
	[FAULT_CHANGED] = { "changed", STR_INIT("文件的大小或者摘要与清单不符") },
	[FAULT_MANIFEST] = { "manifest", STR_INIT("清单与其摘要不符") },
	[FAULT_EVENT] = { "event", STR_INIT("记录与其摘要不符") },
	[FAULT_ORDER] = { "order", STR_INIT("记录的次序或者前后衔接不符") },
	[FAULT_UNREADABLE] = { "unreadable", STR_INIT("内容不是卷宗的格式，或者残缺") },
};

struct str bundle_fault_code(enum bundle_fault_kind k)
{
	return str_from_c(kinds[k].code);
}

struct str bundle_fault_label(enum bundle_fault_kind k)
{
	return kinds[k].label;
}

struct check {
	struct arena *arena;
	const struct package_digest *parts;
	size_t count;
	bool *named; /* by the manifest */
	struct bundle_fault *faults;
	struct bundle_verdict *out;
};

static void fault(struct check *c, enum bundle_fault_kind kind, struct str where)
{
	if (c->out->faults_count < BUNDLE_FAULTS_MAX)
		c->faults[c->out->faults_count++] =
			(struct bundle_fault){ kind, str_copy(c->arena, where) };
}

static size_t find(const struct check *c, struct str name)
{
	size_t i = 0;

	while (i < c->count && !str_equal(c->parts[i].name, name))
		i++;
	return i;
}

static struct str member(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_string(value))
		return STR_NONE;
	return (struct str){ json_string_value(value), json_string_length(value) };
}

/* Two of one name would let one reader see another value than the next. */
static json_t *parse(struct str text)
{
	json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(value))
		return value;
	json_decref(value);
	return NULL;
}

/* ---- the manifest */

static bool digest_is(struct str hex, struct digest d)
{
	struct digest want;

	return digest_from_hex(hex, &want) && digest_equal(want, d);
}

static void check_file(struct check *c, const json_t *file)
{
	struct str name = member(file, "name");
	const json_t *bytes = json_object_get(file, "bytes");
	size_t i = find(c, name);

	c->out->files++;
	if (name.len == 0 || !json_is_integer(bytes)) {
		fault(c, FAULT_UNREADABLE, STR("manifest.json"));
		return;
	}
	if (i == c->count) {
		fault(c, FAULT_MISSING, name);
		return;
	}
	const struct package_digest *part = &c->parts[i];
	c->named[i] = true;
	if (json_integer_value(bytes) != part->bytes ||
	    !digest_is(member(file, "sha256"), part->sha256) ||
	    !digest_is(member(file, "sm3"), part->sm3))
		fault(c, FAULT_CHANGED, name);
}

/*
 * "sha256 HEX\nsm3 HEX\n", and nothing else. Where one of both digests still fits, or the file is
 * not of that form, the manifest is what it was and the digests are not: that file is named.
 */
static void check_seal(struct check *c, struct str seal, const struct package_digest *manifest)
{
	struct arena *a = c->arena;
	struct str sha256 = digest_hex(a, manifest->sha256), sm3 = digest_hex(a, manifest->sm3);
	struct str want = str_format(a, "sha256 " STR_FMT "\nsm3 " STR_FMT "\n", STR_ARG(sha256),
				     STR_ARG(sm3));

	if (str_equal(seal, want))
		return;
	bool formed = seal.len == want.len && str_starts(seal, STR("sha256 "));
	bool one_fits = str_contains(seal, sha256) || str_contains(seal, sm3);
	fault(c, FAULT_MANIFEST,
	      formed && !one_fits ? STR("manifest.json") : STR("manifest.digest"));
}

static void check_manifest(struct check *c, const json_t *manifest)
{
	const json_t *files = json_object_get(manifest, "files"), *file;
	struct bundle_verdict *out = c->out;
	size_t i;

	if (!str_equal_c(member(manifest, "format"), "gongkai-bundle-1") ||
	    !json_is_array(files)) {
		fault(c, FAULT_UNREADABLE, STR("manifest.json"));
		return;
	}
	out->case_no = str_copy(c->arena, member(manifest, "case_no"));
	out->request = str_copy(c->arena, member(manifest, "request"));
	out->site = str_copy(c->arena, member(manifest, "site"));
	out->made_at = str_copy(c->arena, member(manifest, "made_at"));
	out->erased_on = str_copy(c->arena, member(manifest, "erased_on"));
	out->request_erased_on = str_copy(c->arena, member(manifest, "request_erased_on"));
	json_array_foreach(files, i, file)
		check_file(c, file);
	for (i = 0; i < c->count; i++)
		if (!c->named[i] && !str_equal_c(c->parts[i].name, "manifest.json") &&
		    !str_equal_c(c->parts[i].name, "manifest.digest"))
			fault(c, FAULT_ADDED, c->parts[i].name);
}

/* ---- the events */

struct before { struct str subject; struct ledger_link link; int64_t seq; bool any; };

static bool read_link(const json_t *event, struct ledger_link *out)
{
	return digest_from_hex(member(event, "before_sha256"), &out->before_sha256) &&
	       digest_from_hex(member(event, "before_sm3"), &out->before_sm3) &&
	       digest_from_hex(member(event, "sha256"), &out->sha256) &&
	       digest_from_hex(member(event, "sm3"), &out->sm3);
}

/* Events of one subject rise; the next position in the chain begins with this one's hashes. */
static bool follows(const struct before *before, struct str subject, int64_t seq,
		    const struct ledger_link *link)
{
	if (!before->any || !str_equal(before->subject, subject))
		return true;
	if (seq <= before->seq)
		return false;
	return seq != before->seq + 1 ||
	       (digest_equal(before->link.sha256, link->before_sha256) &&
		digest_equal(before->link.sm3, link->before_sm3));
}

static void check_event(struct check *c, const json_t *event, struct before *before)
{
	const json_t *number = json_object_get(event, "seq");
	const json_t *text = json_object_get(event, "text");
	int64_t seq = json_is_integer(number) ? json_integer_value(number) : 0, told = 0;
	struct str where = str_format(c->arena, "ledger.json#%lld", (long long)seq);
	struct ledger_link link = { .text = member(event, "text") };
	bool withheld = json_is_null(text);

	c->out->events++;
	if (seq <= 0 || !read_link(event, &link) || (!withheld && !json_is_string(text))) {
		fault(c, FAULT_UNREADABLE, where);
		return;
	}
	c->out->withheld += withheld;
	if (!withheld && (!ledger_text_seq(link.text, &told) || told != seq ||
			  !ledger_link_fits(&link)))
		fault(c, FAULT_EVENT, where);
	if (!follows(before, member(event, "subject"), seq, &link))
		fault(c, FAULT_ORDER, where);
	*before = (struct before){ member(event, "subject"), link, seq, true };
}

static void check_events(struct check *c, const json_t *ledger)
{
	const json_t *events = json_object_get(ledger, "events"), *event;
	struct before before = { .any = false };
	size_t i;

	if (!json_is_array(events)) {
		fault(c, FAULT_UNREADABLE, STR("ledger.json"));
		return;
	}
	json_array_foreach(events, i, event)
		check_event(c, event, &before);
}

bool bundle_check(struct arena *a, const struct package_digest *parts, size_t count,
		  struct bundle_verdict *out, struct err *err)
{
	struct check c = { .arena = a, .parts = parts, .count = count, .out = out };
	size_t at = find(&c, STR("manifest.json")), seal = find(&c, STR("manifest.digest"));
	size_t ledger_at = find(&c, STR("ledger.json"));

	*out = (struct bundle_verdict){ .files = 0 };
	if (at == count)
		return err_set(err, ERR_INVALID, "dispute.no_bundle", " ");
	c.named = ARENA_ARRAY(a, count, bool);
	c.faults = ARENA_ARRAY(a, BUNDLE_FAULTS_MAX, struct bundle_fault);
	out->faults = c.faults;
	out->manifest = parts[at].sha256;
	if (seal == count)
		fault(&c, FAULT_MISSING, STR("manifest.digest"));
	else
		check_seal(&c, parts[seal].text, &parts[at]);
	json_t *manifest = parse(parts[at].text);
	json_t *ledger = ledger_at < count ? parse(parts[ledger_at].text) : NULL;
	if (manifest != NULL)
		check_manifest(&c, manifest);
	else
		fault(&c, FAULT_UNREADABLE, STR("manifest.json"));
	if (ledger != NULL)
		check_events(&c, ledger);
	else
		fault(&c, FAULT_UNREADABLE, STR("ledger.json"));
	json_decref(manifest);
	json_decref(ledger);
	return true;
}

bool bundle_verify(struct arena *a, int fd, struct bundle_verdict *out, struct err *err)
{
	struct package_digest *parts;
	size_t count;

	return package_digests(a, fd, BUNDLE_TEXTS, &parts, &count, err) &&
	       bundle_check(a, parts, count, out, err);
}
