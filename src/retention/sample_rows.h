/*
 * sample_rows.h - rows as an earlier release left them, in clear, in every table that has a sealed
 * column: of request 2, of its reply, of proceeding 1. For tests alone, which undo no verb by it.
 */
#ifndef RETENTION_SAMPLE_ROWS_H
#define RETENTION_SAMPLE_ROWS_H

#include "db/testdb.h"

/* What no verb of the sample writes. */
static const struct { const char *table, *columns, *values; } sample_rows[] = {
	{ "request_correction", "request_id, points, guidance, notice_salt, answer, answer_salt",
	  "2, 'x', 'x', 's', 'x', 's'" },
	{ "request_explanation",
	  "request_id, asked_on, until_on, since_on, till_on, requests, stands, given_on, reasons, "
	  "salt, judged_on, judgement",
	  "2, '2024-03-04', '2024-03-05', '2024-01-01', '2024-03-04', 3, 0, '2024-03-05', 'x', "
	  "'s', '2024-03-06', 'x'" },
	{ "request_inquiry",
	  "request_id, kind, sent_on, back_on, target, contact, asked, salt, opinion, "
	  "opinion_salt, told_reason",
	  "2, 'third_party', '2024-03-04', '2024-03-05', 'x', 'x', 'x', 's', 'x', 's', 'x'" },
	{ "request_whole", "id, content, salt", "2, 'x', 's'" },
	{ "reply_answer", "item_id, test, yes, note, person, at", "1, 'sample', 1, 'x', 'y', 0" },
	{ "reply_redaction", "item_id, place, ground, reason, person, at",
	  "1, 'x', 'privacy', 'x', 'y', 0" },
	{ "case_note", "request_id, account_id, person, at, kind, text, salt",
	  "2, 1, 'y', 0, 'note', 'x', 's'" },
	{ "case_task",
	  "request_id, asking_unit, unit_id, office, question, salt, asked_by, asked_person, "
	  "asked_on, due_on, answer, answered_person, reminders, version",
	  "2, 1, 1, '', 'x', 's', 1, 'y', '2024-03-04', '2024-03-05', 'x', 'y', 0, 1" },
	{ "apply_session", "token_hash, request_id, at", "'h', 2, 0" },
};

/* What people wrote, as it lay before its column was sealed. */
static const struct { const char *table, *column; } sample_plain[] = {
	{ "request_correction", "points" },    { "request_correction", "guidance" },
	{ "request_correction", "answer" },    { "request_explanation", "reasons" },
	{ "request_explanation", "judgement" }, { "request_inquiry", "target" },
	{ "request_inquiry", "contact" },      { "request_inquiry", "asked" },
	{ "request_inquiry", "opinion" },      { "request_inquiry", "told_reason" },
	{ "request_whole", "content" },	       { "request_gate", "remark" },
	{ "reply", "decision_reason" },	       { "reply", "cause" },
	{ "reply_item", "asked" },	       { "reply_item", "decision_reason" },
	{ "reply_fact", "value" },	       { "reply_answer", "note" },
	{ "reply_redaction", "place" },	       { "reply_redaction", "reason" },
	{ "reply_enclosure", "title" },	       { "reply_opinion", "opinion" },
	{ "reply_service", "tracking" },       { "reply_service", "addressee" },
	{ "reply_service", "note" },	       { "case_note", "text" },
	{ "case_task", "question" },	       { "case_task", "answer" },
	{ "case_order", "text" },	       { "case_order", "answer" },
	{ "letter", "title" },		       { "dispute_person", "name" },
	{ "dispute_person", "contact" },       { "dispute_hearing", "attended" },
	{ "dispute_paper", "title" },
};

static inline bool sample_in_clear(struct testdb *site, struct err *err)
{
	for (size_t i = 0; i < COUNT_OF(sample_rows); i++)
		if (!testdb_put(site, sample_rows[i].table, sample_rows[i].columns,
				sample_rows[i].values, err))
			return false;
	for (size_t i = 0; i < COUNT_OF(sample_plain); i++)
		if (!testdb_fill(site, sample_plain[i].table, sample_plain[i].column,
				 "旧 甲〇一", err))
			return false;
	return true;
}
#endif
