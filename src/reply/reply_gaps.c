/*
 * reply_gaps.c - what a draft still lacks, field by field, and the digest of what
 * the people in the gates stand for.
 */
#include "reply/reply_work.h"

#include "base/buf.h"

enum { GAPS_MAX = 400, DIGEST_TEXT_MAX = 16 * 1024 * 1024 };

struct gaps {
	struct reply_gap *list;
	size_t count;
};

static void miss(struct gaps *g, int position, const char *name, struct str label,
		 struct str remedy)
{
	if (g->count < GAPS_MAX)
		g->list[g->count++] = (struct reply_gap){ position, name, label, remedy };
}

static void look_at_facts(struct gaps *g, const struct reply_item *item)
{
	for (size_t i = 0; i < reply_fact_rules_count; i++) {
		const struct reply_fact_rule *rule = &reply_fact_rules[i];
		bool mine = str_equal_c(str_from_c(rule->decision), item->decision->code);
		if (mine && rule->required && reply_fact_of(item, rule->name).len == 0)
			miss(g, item->position, rule->name, rule->label,
			     STR("在该项的“要素”中填写"));
	}
}

static bool asked_third_party(struct ctx *ctx, struct request_id request, bool *asked,
			      struct err *err)
{
	struct request_inquiry *list;
	size_t count;

	if (!request_inquiries_of(ctx, request, &list, &count, err))
		return false;
	*asked = false;
	for (size_t i = 0; i < count; i++)
		*asked = *asked ||
			 (list[i].kind == INQUIRY_THIRD_PARTY && list[i].back_on.known);
	return true;
}

static bool look_at_item(struct ctx *ctx, const struct reply *reply, const struct reply_item *item,
			 struct gaps *g, struct err *err)
{
	bool asked = true, copied = false;

	if (item->decision == NULL) {
		miss(g, item->position, "decision", STR("处理结果"), STR("逐项回答判断，或者直接选定"));
		return true;
	}
	if (!request_decision_in_force(item->decision, ctx->today))
		miss(g, item->position, "decision", STR("处理结果"), STR("今天不适用，另选一种"));
	look_at_facts(g, item);
	/* 条例第三十二条. */
	if (item->decision->outcome == OUTCOME_DENIED_THIRD_PARTY &&
	    !asked_third_party(ctx, reply->request, &asked, err))
		return false;
	if (!asked)
		miss(g, item->position, "third_party", STR("第三方意见"),
		     STR("先书面征求第三方意见，收到意见或者期限届满后再送审"));
	for (size_t i = 0; i < reply->enclosures_count; i++)
		copied = copied || reply->enclosures[i].redacted;
	if (item->redactions_count > 0 && !copied)
		miss(g, item->position, "redacted", STR("遮盖后的副本"),
		     STR("把遮盖后的文件作为附件上传，并注明是遮盖后的副本"));
	if (str_contains(reply_fact_of(item, "form"), STR("电子")) && reply->enclosures_count == 0)
		miss(g, item->position, "enclosure", STR("提供的电子文件"), STR("上传附件"));
	return true;
}

static bool look_at_letter(struct ctx *ctx, const struct reply *reply, struct gaps *g,
			   struct err *err)
{
	struct letter letter;
	struct str basis;
	size_t open;

	if (!reply->letter.known) {
		miss(g, 0, "letter", STR("答复文书"), STR("起草文书"));
		return true;
	}
	if (!letter_load(ctx, (struct letter_id){ reply->letter.v }, &letter, err) ||
	    !work_basis(ctx, reply, &basis, err))
		return false;
	const struct letter_field **fields = letter_open_fields(ctx->arena, &letter, &open);
	for (size_t i = 0; i < open; i++)
		miss(g, 0, "letter", str_format(ctx->arena, "文书中的“" STR_FMT "”",
						STR_ARG(fields[i]->name)),
		     STR("在文书中填写"));
	struct str missing = letter_head_missing(&letter);
	if (open == 0 && missing.len > 0)
		miss(g, 0, "letter",
		     str_format(ctx->arena, "文书中的“" STR_FMT "”", STR_ARG(missing)),
		     STR("先在“文书抬头”或者“复议机关与法院”中填写"));
	if (!str_equal(basis, reply->letter_basis))
		miss(g, 0, "letter", STR("文书与处理结果、要素、附件一致"),
		     STR("起草之后又有改动：重新起草，或者核对文书后确认保留"));
	return true;
}

bool reply_gaps(struct ctx *ctx, const struct reply *reply, struct reply_gap **out, size_t *count,
		struct err *err)
{
	struct gaps g = { .list = ARENA_ARRAY(ctx->arena, GAPS_MAX, struct reply_gap) };

	for (size_t i = 0; i < reply->items_count; i++)
		if (!look_at_item(ctx, reply, &reply->items[i], &g, err))
			return false;
	if (!look_at_letter(ctx, reply, &g, err))
		return false;
	*out = g.list;
	*count = g.count;
	return true;
}

/* ---- the digest: every part ends with a byte that no text holds */

static void part(struct buf *b, struct str text)
{
	buf_add(b, text);
	buf_add_char(b, '\x1f');
}

static void item_text(struct buf *b, const struct reply_item *item)
{
	part(b, item->asked);
	part(b, item->decision != NULL ? str_from_c(item->decision->code) : STR_NONE);
	part(b, item->decision_reason);
	for (size_t i = 0; i < item->facts_count; i++) {
		part(b, item->facts[i].name);
		part(b, item->facts[i].value);
	}
	for (size_t i = 0; i < item->redactions_count; i++) {
		part(b, item->redactions[i].place);
		part(b, item->redactions[i].ground);
		part(b, item->redactions[i].reason);
	}
	buf_add_char(b, '\x1e');
}

static bool parts_of(struct ctx *ctx, const struct reply *reply, struct buf *b, struct err *err)
{
	struct reply_result result;

	if (!reply_result_of(ctx, reply, &result, err))
		return false;
	part(b, result.kind != NULL ? str_from_c(result.kind->code) : STR_NONE);
	for (size_t i = 0; i < reply->items_count; i++)
		item_text(b, &reply->items[i]);
	for (size_t i = 0; i < reply->enclosures_count; i++) {
		part(b, reply->enclosures[i].title);
		part(b, reply->enclosures[i].sha256);
	}
	return true;
}

static bool hex_of(struct ctx *ctx, const struct buf *b, struct str *hex, struct err *err)
{
	if (!buf_ok(b))
		return err_set(err, ERR_LIMIT, "reply.too_long", "%d", DIGEST_TEXT_MAX);
	*hex = digest_hex(ctx->arena, digest_of(DIGEST_SHA256, buf_str(b)));
	return true;
}

bool work_basis(struct ctx *ctx, const struct reply *reply, struct str *hex, struct err *err)
{
	struct buf b = buf_open(ctx->arena, 4096, DIGEST_TEXT_MAX);

	return parts_of(ctx, reply, &b, err) && hex_of(ctx, &b, hex, err);
}

bool reply_digest(struct ctx *ctx, const struct reply *reply, struct str *hex, struct err *err)
{
	struct buf b = buf_open(ctx->arena, 4096, DIGEST_TEXT_MAX);
	struct letter letter;

	if (!parts_of(ctx, reply, &b, err))
		return false;
	if (reply->letter.known) {
		if (!letter_load(ctx, (struct letter_id){ reply->letter.v }, &letter, err))
			return false;
		part(&b, letter.title);
		part(&b, letter.addressee);
		part(&b, letter.text);
		part(&b, letter.attachments);
		part(&b, letter.online ? STR("online") : STR_NONE);
	}
	return hex_of(ctx, &b, hex, err);
}
