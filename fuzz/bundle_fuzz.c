/*
 * bundle_fuzz.c - a case bundle from outside: as a zip, and as the texts that are read in it. It is
 * refused, found wrong, or intact; and what is intact stays so when it is looked at again.
 */
#include "office_fuzz.h"

#include "base/utf8.h"
#include "dispute/bundle_check.h"

enum { PARTS_MAX = 64 };

struct kept { struct arena *arena; struct package_digest list[PARTS_MAX]; size_t count; };

static bool keep(void *arg, const struct package_digest *part, struct err *err)
{
	struct kept *k = arg;

	if (k->count == PARTS_MAX)
		return err_set(err, ERR_LIMIT, "office.too_many_parts", "%d", PARTS_MAX);
	k->list[k->count] = *part;
	k->list[k->count].name = str_copy(k->arena, part->name);
	k->list[k->count++].text = str_copy(k->arena, part->text);
	return true;
}

static void judge(struct arena *a, const struct kept *k)
{
	struct bundle_verdict first, again;
	struct err err = { 0 };

	if (!bundle_check(a, k->list, k->count, &first, &err))
		return;
	assert(first.faults_count <= BUNDLE_FAULTS_MAX && first.withheld <= first.events);
	assert(bundle_check(a, k->list, k->count, &again, &err));
	assert(first.faults_count == again.faults_count && first.events == again.events);
	if (first.faults_count == 0) /* everything is named, but for the manifest and its seal */
		assert(first.files + 2 == (int64_t)k->count);
}

static void add(struct kept *k, const char *name, struct str text)
{
	k->list[k->count++] = (struct package_digest){ .name = str_from_c(name),
						       .bytes = (int64_t)text.len,
						       .sha256 = digest_of(DIGEST_SHA256, text),
						       .sm3 = digest_of(DIGEST_SM3, text),
						       .text = text };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open(512 * MIB);
	struct str bytes = { (const char *)data, size }, rest = bytes, text;
	static const char *const names[] = { "manifest.json", "manifest.digest", "ledger.json" };
	struct kept *k = ARENA_NEW(a, struct kept);
	struct err err = { 0 };

	*k = (struct kept){ .arena = a };
	if (package_digests_here(a, bytes, BUNDLE_TEXTS, keep, k, &err))
		judge(a, k);
	*k = (struct kept){ .arena = a };
	for (size_t i = 0; i < COUNT_OF(names) && str_split_next(&rest, '\0', &text); i++)
		if (utf8_valid_text(text))
			add(k, names[i], text);
	judge(a, k);
	arena_close(a);
	return 0;
}
