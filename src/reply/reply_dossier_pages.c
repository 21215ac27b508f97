/*
 * reply_dossier_pages.c - the dossier of one request as a ZIP: an index with digests, what was
 * asked, the letters, the record of every step. 条例第四十五条: 归档. No legal opinion is in it.
 */
#include "base/digest.h"
#include "ledger/ledger.h"
#include "office/package_write.h"
#include "office/write.h"
#include "reply/reply_dossier.h"
#include "reply/reply_view.h"

enum { ENTRIES_MAX = 120, EVENTS_MAX = 1000, INDEX_COLUMNS = 4, INDEX_MAX = 64 * 1024 };

struct dossier {
	struct package_entry entries[ENTRIES_MAX];
	struct str titles[ENTRIES_MAX];
	size_t count;
};

static bool add(struct arena *a, struct dossier *d, struct str name, struct str title,
		struct str content, struct err *err)
{
	if (d->count == ENTRIES_MAX)
		return err_set(err, ERR_LIMIT, "reply.too_many_enclosures", "%d", ENTRIES_MAX);
	d->entries[d->count] = (struct package_entry){ str_to_c(a, name), content };
	d->titles[d->count++] = title;
	return true;
}

struct taking { struct arena *arena; struct dossier *dossier; };

/* The archive keeps the files themselves: all of them until the zip is made. */
static bool take(void *arg, const struct dossier_file *file, struct err *err)
{
	struct taking *t = arg;

	return add(t->arena, t->dossier, file->path, str_copy(t->arena, file->title),
		   str_copy(t->arena, file->content), err);
}

/* What the ledger holds of it, which never was an opinion's words. */
static bool add_events(struct web_request *rq, struct arena *a, const struct request *r,
		       struct dossier *d, struct err *err)
{
	struct ledger_row *rows;
	size_t count;
	json_t *list = json_array();

	if (!ledger_history(&rq->ctx, "request", r->id.n, EVENTS_MAX, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str at = instant_iso(a, rows[i].at);
		json_t *changes =
			json_loadb(rows[i].changes_json.ptr, rows[i].changes_json.len, 0, NULL);
		json_array_append_new(
			list, json_pack("{s:I, s:s%, s:s%, s:s%, s:o, s:s%}", "seq",
					(json_int_t)rows[i].seq, "at", at.ptr, at.len, "who",
					rows[i].actor_name.ptr, rows[i].actor_name.len, "verb",
					rows[i].verb.ptr, rows[i].verb.len, "changes",
					changes != NULL ? changes : json_array(), "reason",
					rows[i].reason.ptr, rows[i].reason.len));
	}
	size_t size = json_dumpb(list, NULL, 0, JSON_INDENT(1));
	char *text = arena_alloc(a, size);
	size_t written = json_dumpb(list, text, size, JSON_INDENT(1));
	json_decref(list);
	return add(a, d, STR("events.json"), STR("登记、审核、办理、答复、归档的记录"),
		   (struct str){ text, written }, err);
}

static void cell(struct doc_table *t, size_t row, size_t col, struct str text)
{
	t->cells[row * INDEX_COLUMNS + col] = (struct doc_cell){ .row = (uint16_t)row,
								 .col = (uint16_t)col,
								 .rowspan = 1,
								 .colspan = 1,
								 .head = row == 0,
								 .text = text };
}

static struct doc_table *index_table(struct arena *a, const struct dossier *d)
{
	static const struct str heads[INDEX_COLUMNS] = { STR_INIT("序号"), STR_INIT("名称"),
							 STR_INIT("文件"), STR_INIT("SHA-256") };
	static const uint16_t widths[INDEX_COLUMNS] = { 1, 4, 4, 6 };
	struct doc_table *t = ARENA_NEW(a, struct doc_table);

	t->rows = (uint16_t)(d->count + 1);
	t->cols = INDEX_COLUMNS;
	t->widths = widths;
	t->caption = STR("目录");
	t->cells_count = (size_t)t->rows * INDEX_COLUMNS;
	t->cells = ARENA_ARRAY(a, t->cells_count, struct doc_cell);
	for (size_t c = 0; c < INDEX_COLUMNS; c++)
		cell(t, 0, c, heads[c]);
	for (size_t i = 0; i < d->count; i++) {
		struct digest digest = digest_of(DIGEST_SHA256, d->entries[i].content);
		cell(t, i + 1, 0, str_format(a, "%zu", i + 1));
		cell(t, i + 1, 1, d->titles[i]);
		cell(t, i + 1, 2, str_from_c(d->entries[i].name));
		cell(t, i + 1, 3, digest_hex(a, digest));
	}
	return t;
}

static struct str paragraph(struct arena *a, const char *label, struct str value)
{
	return str_format(a, "%s：" STR_FMT, label, STR_ARG(value));
}

static bool add_index(struct web_request *rq, struct arena *a, const struct request *r,
		      struct dossier *d, struct err *err)
{
	struct doc_block blocks[6] = {
		{ .kind = DOC_TITLE, .text = STR("政府信息公开申请卷宗目录") },
		{ .kind = DOC_PARAGRAPH, .text = paragraph(a, "登记编号", r->number) },
	};
	struct doc doc = { .title = STR("政府信息公开申请卷宗目录"), .blocks = blocks, .count = 2 };
	struct reply_filing filing;
	bool filed;
	struct str pdf;

	if (!reply_filing_of(&rq->ctx, r->id, &filing, &filed, err))
		return false;
	if (filed)
		blocks[doc.count++] =
			(struct doc_block){ .kind = DOC_PARAGRAPH,
					    .text = paragraph(a, "档号", filing.archive_no) };
	blocks[doc.count++] =
		(struct doc_block){ .kind = DOC_TABLE, .table = index_table(a, d) };
	return office_write_pdf(a, &doc, &pdf, err) &&
	       add(a, d, STR("index.pdf"), STR("目录"), pdf, err);
}

bool reply_dossier_zip(struct web_request *rq, struct web_reply *rp, struct err *err)
{
	struct arena *a = web_reply_arena(rp);
	struct dossier *d = ARENA_NEW(a, struct dossier);
	struct request r;
	struct str zip;
	struct taking taking = { a, d };

	return request_of_path(rq, &r, err) &&
	       dossier_collect(&rq->ctx, r.id, DOSSIER_WITHOUT_IDENTITY, take, &taking, err) &&
	       add_events(rq, a, &r, d, err) && add_index(rq, a, &r, d, err) &&
	       package_write(a, d->entries, d->count, &zip, err) &&
	       web_bytes(rp, "application/zip", zip, DOWNLOAD,
			 str_format(a, STR_FMT ".zip", STR_ARG(r.number)));
}
