/*
 * type.c - telling files apart by their first bytes, and by the names in a ZIP's directory.
 */
#include "attachment/type.h"

#include "base/limits.h"
#include "base/utf8.h"

#define OPEN_XML "application/vnd.openxmlformats-officedocument."

static const struct { const char *code, *media; } types[] = {
	[ATTACHMENT_PDF] = { "pdf", "application/pdf" },
	[ATTACHMENT_OFD] = { "ofd", "application/ofd" },
	[ATTACHMENT_DOCX] = { "docx", OPEN_XML "wordprocessingml.document" },
	[ATTACHMENT_XLSX] = { "xlsx", OPEN_XML "spreadsheetml.sheet" },
	[ATTACHMENT_JPEG] = { "jpg", "image/jpeg" },
	[ATTACHMENT_PNG] = { "png", "image/png" },
	[ATTACHMENT_TEXT] = { "txt", "text/plain; charset=utf-8" },
};

struct str attachment_type_code(enum attachment_type t)
{
	return str_from_c(types[t].code);
}

struct str attachment_type_media(enum attachment_type t)
{
	return str_from_c(types[t].media);
}

bool attachment_type_from(struct str code, enum attachment_type *out)
{
	for (int t = 0; t < ATTACHMENT_TYPE_COUNT; t++)
		if (str_equal_c(code, types[t].code)) {
			*out = (enum attachment_type)t;
			return true;
		}
	return false;
}

static bool bad(struct err *err, const char *key, unsigned limit)
{
	return err_set_field(err, "file", ERR_INVALID, key, "%u", limit);
}

static unsigned byte_at(struct str s, size_t at)
{
	return at < s.len ? (unsigned char)s.ptr[at] : 0;
}

static unsigned little16(struct str s, size_t at)
{
	return byte_at(s, at) | byte_at(s, at + 1) << 8;
}

static uint32_t little32(struct str s, size_t at)
{
	return (uint32_t)little16(s, at) | (uint32_t)little16(s, at + 2) << 16;
}

static unsigned big16(struct str s, size_t at)
{
	return byte_at(s, at) << 8 | byte_at(s, at + 1);
}

static uint32_t big32(struct str s, size_t at)
{
	return (uint32_t)big16(s, at) << 16 | (uint32_t)big16(s, at + 2);
}

/* ---- pictures: a small file can claim to be a very large one */

static bool pixels_good(uint32_t width, uint32_t height, struct err *err)
{
	if (width == 0 || height == 0)
		return bad(err, "attachment.broken", 0);
	return (width <= LIMIT_IMAGE_SIDE && height <= LIMIT_IMAGE_SIDE &&
		(uint64_t)width * height <= LIMIT_IMAGE_PIXELS) ||
	       bad(err, "attachment.too_many_pixels", LIMIT_IMAGE_PIXELS / 1000000);
}

static bool check_png(struct str s, struct err *err)
{
	if (s.len < 33 || !str_equal(str_slice(s, 12, 16), STR("IHDR")))
		return bad(err, "attachment.broken", 0);
	return pixels_good(big32(s, 16), big32(s, 20), err);
}

/* The frame header (SOF0..15 without DHT, JPG, DAC) has the size. */
static bool is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
	       marker != 0xCC;
}

static bool check_jpeg(struct str s, struct err *err)
{
	size_t at = 2;

	while (at + 4 <= s.len && byte_at(s, at) == 0xFF) {
		unsigned marker = byte_at(s, at + 1), length = big16(s, at + 2);
		if (marker == 0xFF) { /* fill */
			at++;
			continue;
		}
		if (is_frame(marker))
			return at + 9 <= s.len
				       ? pixels_good(big16(s, at + 7), big16(s, at + 5), err)
				       : bad(err, "attachment.broken", 0);
		if (length < 2)
			break;
		at += 2 + length;
	}
	return bad(err, "attachment.broken", 0);
}

/* ---- ZIP: Office Open XML and OFD */

struct zip_names { bool content_types, word, sheet, ofd; };

static void note_name(struct zip_names *n, struct str name)
{
	n->content_types = n->content_types || str_equal_c(name, "[Content_Types].xml");
	n->word = n->word || str_equal_c(name, "word/document.xml");
	n->sheet = n->sheet || str_equal_c(name, "xl/workbook.xml");
	n->ofd = n->ofd || str_equal_c(name, "OFD.xml");
}

/* Where the end record begins; it is followed by a comment of at most 64 KiB. */
static bool find_end(struct str s, size_t *at)
{
	enum { END_BYTES = 22, COMMENT_MAX = 65535 };

	if (s.len < END_BYTES)
		return false;
	size_t lowest = s.len > END_BYTES + COMMENT_MAX ? s.len - END_BYTES - COMMENT_MAX : 0;
	for (size_t i = s.len - END_BYTES + 1; i-- > lowest;)
		if (little32(s, i) == 0x06054b50) {
			*at = i;
			return true;
		}
	return false;
}

static bool read_directory(struct str s, struct zip_names *names, struct err *err)
{
	enum { ENTRY_BYTES = 46 };
	uint64_t packed = 0, unpacked = 0;
	size_t end = 0;

	if (!find_end(s, &end))
		return bad(err, "attachment.broken", 0);
	size_t at = little32(s, end + 16);
	unsigned entries = little16(s, end + 10);
	if (entries > LIMIT_ZIP_ENTRIES)
		return bad(err, "attachment.unpacks_too_large", LIMIT_ZIP_ENTRIES);
	for (unsigned i = 0; i < entries; i++) {
		if (at > end || end - at < ENTRY_BYTES || little32(s, at) != 0x02014b50)
			return bad(err, "attachment.broken", 0);
		size_t name = little16(s, at + 28);
		note_name(names, str_slice(s, at + ENTRY_BYTES, at + ENTRY_BYTES + name));
		packed += little32(s, at + 20);
		unpacked += little32(s, at + 24);
		at += ENTRY_BYTES + name + little16(s, at + 30) + little16(s, at + 32);
	}
	return (unpacked <= LIMIT_ZIP_TOTAL && unpacked <= (packed + KIB) * LIMIT_ZIP_RATIO) ||
	       bad(err, "attachment.unpacks_too_large", LIMIT_ZIP_TOTAL / MIB);
}

static bool check_zip(struct str s, enum attachment_type *type, struct err *err)
{
	struct zip_names names = { false, false, false, false };

	if (!read_directory(s, &names, err))
		return false;
	if (names.ofd)
		*type = ATTACHMENT_OFD;
	else if (names.content_types && names.word)
		*type = ATTACHMENT_DOCX;
	else if (names.content_types && names.sheet)
		*type = ATTACHMENT_XLSX;
	else
		return bad(err, "attachment.unknown_type", 0);
	return true;
}

/* Readers allow something before the header of a PDF; so do people's scanners. */
static bool is_pdf(struct str s)
{
	enum { BEFORE_MAX = 1024 };

	return str_contains(str_slice(s, 0, BEFORE_MAX), STR("%PDF-"));
}

bool attachment_check(struct str content, enum attachment_type *type, struct err *err)
{
	enum attachment_type is = ATTACHMENT_TEXT;
	bool ok = true;

	if (content.len == 0)
		return bad(err, "attachment.empty", 0);
	if (content.len > LIMIT_ATTACHMENT)
		return bad(err, "attachment.too_large", LIMIT_ATTACHMENT / MIB);
	if (str_starts(content, STR("\x89PNG\r\n\x1a\n"))) {
		is = ATTACHMENT_PNG;
		ok = check_png(content, err);
	} else if (str_starts(content, STR("\xff\xd8\xff"))) {
		is = ATTACHMENT_JPEG;
		ok = check_jpeg(content, err);
	} else if (str_starts(content, STR("PK\x03\x04"))) {
		ok = check_zip(content, &is, err);
	} else if (is_pdf(content)) {
		is = ATTACHMENT_PDF;
	} else {
		ok = utf8_valid_text(content) || bad(err, "attachment.unknown_type", 0);
	}
	if (ok)
		*type = is;
	return ok;
}

/* ---- names */

enum { STEM_MAX = LIMIT_ATTACHMENT_NAME / 4 - 5 };

/* Marks nobody sees, among them those that turn "exe.fdp" into "pdf.exe" on the screen. */
static bool unseen(uint32_t c)
{
	return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static bool disliked(uint32_t c)
{
	return c == '"' || c == '<' || c == '>' || c == ':' || c == '|' || c == '?' || c == '*';
}

static struct str last_segment(struct arena *a, struct str name)
{
	char *out = arena_alloc(a, name.len);
	struct str rest = name;
	size_t n = 0;
	uint32_t c;

	while (rest.len > 0) {
		const char *from = rest.ptr;
		(void)utf8_take(&rest, &c);
		if (c == '/' || c == '\\')
			n = 0;
		else if (!unseen(c) && !disliked(c))
			while (from < rest.ptr)
				out[n++] = *from++;
	}
	return str_trim((struct str){ out, n });
}

/* Where the suffix begins that says the type, or SIZE_MAX: it says another, or nothing. */
static size_t suffix_of(struct str name, enum attachment_type t)
{
	static const struct { enum attachment_type type; struct str suffix; } more[] = {
		{ ATTACHMENT_JPEG, STR_INIT(".jpeg") },
		{ ATTACHMENT_TEXT, STR_INIT(".csv") },
	};
	size_t dot = name.len;

	while (dot > 0 && name.ptr[dot - 1] != '.')
		dot--;
	if (dot == 0)
		return SIZE_MAX;
	struct str suffix = str_slice(name, dot - 1, name.len);
	if (str_equal_ascii_nocase(str_slice(name, dot, name.len), attachment_type_code(t)))
		return dot - 1;
	for (size_t i = 0; i < COUNT_OF(more); i++)
		if (more[i].type == t && str_equal_ascii_nocase(suffix, more[i].suffix))
			return dot - 1;
	return SIZE_MAX;
}

struct str attachment_plain_name(struct arena *a, struct str name, enum attachment_type t)
{
	struct str kept = utf8_first_malformed(name) == SIZE_MAX ? last_segment(a, name) :
								   STR_NONE;
	size_t dot = suffix_of(kept, t);
	struct str stem = utf8_prefix(str_slice(kept, 0, dot), STEM_MAX);
	struct str suffix = dot != SIZE_MAX ? str_slice(kept, dot, kept.len) :
					      str_concat(a, STR("."), attachment_type_code(t));

	if (stem.len == 0 || stem.ptr[0] == '.')
		stem = STR("附件");
	return str_concat(a, stem, suffix);
}
