#include "office/package_digest.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "office/package.h"

enum { CHUNK = 64 * 1024 };

static bool is_wanted(struct str wanted, struct str name)
{
	struct str one;

	while (str_split_next(&wanted, '|', &one))
		if (str_equal(one, name))
			return true;
	return false;
}

static bool digest_part(struct part *part, struct buf *text, struct package_digest *out,
			struct err *err)
{
	struct digest_stream *sha256 = digest_begin(DIGEST_SHA256);
	struct digest_stream *sm3 = digest_begin(DIGEST_SM3);
	char bytes[CHUNK];
	int got;

	while ((got = part_read(part, bytes, CHUNK)) > 0) {
		struct str chunk = { bytes, (size_t)got };
		digest_feed(sha256, chunk);
		digest_feed(sm3, chunk);
		out->bytes += got;
		if (text != NULL)
			buf_add(text, chunk);
	}
	out->sha256 = digest_end(sha256);
	out->sm3 = digest_end(sm3);
	return got == 0 || part_error(part, err);
}

static bool one(struct arena *a, struct package *p, struct str name, bool wanted,
		package_digest_fn *fn, void *arg, struct err *err)
{
	struct buf text = buf_open(a, CHUNK, PACKAGE_TEXT_MAX);
	struct package_digest out = { .name = name };
	struct part *part;

	if (!utf8_valid_text(name))
		return err_set(err, ERR_INVALID, "office.bad_zip", "path");
	if (!part_open(p, name, &part, err))
		return false;
	bool ok = digest_part(part, wanted ? &text : NULL, &out, err);
	part_close(part);
	if (ok && wanted && buf_ok(&text) && utf8_valid_text(buf_str(&text)))
		out.text = buf_str(&text);
	return ok && fn(arg, &out, err);
}

bool package_digests_here(struct arena *a, struct str content, struct str wanted,
			  package_digest_fn *fn, void *arg, struct err *err)
{
	struct package p;

	if (!package_open(a, content, &p, err))
		return false;
	struct arena *own = arena_open((size_t)PACKAGE_TEXT_MAX * 3); /* a text that grew */
	bool ok = true;
	for (size_t i = 0; ok && i < package_count(&p); i++) {
		struct str name = package_name(&p, i);
		ok = one(own, &p, name, is_wanted(wanted, name), fn, arg, err);
		arena_reset(own);
	}
	arena_close(own);
	package_close(&p);
	return ok;
}
