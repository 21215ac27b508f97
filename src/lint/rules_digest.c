/*
 * rules_digest.c - D1: the check code printed by the system that made the tables.
 *
 * It covers every cell, also those no sum binds, so a figure retyped after the
 * tables were made shows in any format. It is no signature: whoever changes a
 * figure on purpose can compute a new code.
 */
#include "lint/lint_internal.h"

static void differs(struct checker *c, struct str computed)
{
	struct lint_finding *f = finding(c, LINT_ERROR, "D1", STR_NONE,
		STR("表格里的数字与报告末尾的数据校验码不符：出表之后至少有一个数字（或者校验码）被改动过。"));

	f->left = quote_text(c->r, c->r->digest_place, STR("报告所印的数据校验码"), c->r->digest);
	f->right = quote_text(c->r, c->r->three.place, STR("按表二、表三、表四重新计算"), computed);
}

void rules_digest(struct checker *c)
{
	const struct lint_report *r = c->r;
	struct opt_str computed;

	if (r->digest.len == 0 && !r->digest_broken) {
		verdict(c, "D1", STR_NONE, LINT_NOT_APPLICABLE);
		return;
	}
	if (r->digest_broken) {
		verdict(c, "D1", STR_NONE, LINT_CANNOT_JUDGE);
		struct lint_finding *f = finding(c, LINT_WARNING, "D1", STR("unreadable"),
			STR("数据校验码不完整，无法核对。完整的校验码形如 GK1-XXXX-XXXX-XXXX。"));
		f->left = quote_text(r, r->digest_place, STR("数据校验码"), r->digest);
		return;
	}
	computed = computed_digest(c->arena, r);
	if (!computed.known) {
		bool refuted = r->choices != NULL && r->choices->refuted;
		verdict(c, "D1", STR_NONE, refuted ? LINT_BROKEN : LINT_CANNOT_JUDGE);
		if (refuted)
			differs(c, STR("（连写数字的任何一种拆法都不符）"));
		return;
	}
	verdict(c, "D1", STR_NONE, str_equal(computed.v, r->digest) ? LINT_HOLDS : LINT_BROKEN);
	if (!str_equal(computed.v, r->digest))
		differs(c, computed.v);
}
