-- include "request/request.h"
-- include "attachment/attachment.h"

-- retention_setting :one
-- in   name text
-- out  value text
SELECT value FROM setting WHERE name = :name;

-- retention_setting_write :exec
-- in   name text, value text
INSERT INTO setting (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- Not while a proceeding about it is open, owes a new answer, or is kept itself.
-- retention_requests :many
-- in   before date, dispute_before date, after int, max int
-- out  id int, number text, unit_id unit_id, applicant_id int?, ended_on date, filed bool, years int?
SELECT r.id, r.number, r.unit_id, r.applicant_id, coalesce(f.filed_on, r.closed_on),
	CASE WHEN f.filed_on IS NULL THEN 0 ELSE 1 END, f.years
FROM request r LEFT JOIN reply_filing f ON f.request_id = r.id
WHERE r.id > :after AND r.state = 'closed' AND r.closed_on <= :before
	AND NOT EXISTS (SELECT 1 FROM retention_erased e WHERE e.request_id = r.id)
	AND NOT EXISTS (SELECT 1 FROM dispute d LEFT JOIN reply p ON p.id = d.redo_reply_id
		WHERE d.request_id = r.id AND d.voided = 0 AND d.erased_at IS NULL
		AND (d.concluded_on IS NULL OR d.concluded_on > :dispute_before OR (d.redo = 1 AND p.signed_on IS NULL)
			OR p.signed_on > :dispute_before))
ORDER BY r.id LIMIT :max;

-- Ended with the new answer where one was ordered. One registered by mistake never began.
-- retention_disputes :many
-- in   before date, after int, max int
-- out  id int, number text, unit_id unit_id, ended_on date
SELECT d.id, d.case_no, d.unit_id, coalesce(p.signed_on, d.concluded_on, d.accepted_on)
FROM dispute d LEFT JOIN reply p ON p.id = d.redo_reply_id
WHERE d.id > :after AND d.erased_at IS NULL
	AND (d.voided = 1 OR (d.concluded_on IS NOT NULL AND (d.redo = 0 OR p.signed_on IS NOT NULL)))
	AND coalesce(p.signed_on, d.concluded_on, d.accepted_on) <= :before
	AND (d.voided = 1 OR NOT EXISTS (SELECT 1 FROM dispute o LEFT JOIN reply q ON q.id = o.redo_reply_id
		WHERE (o.request_id = d.request_id OR o.earlier_id = d.id) AND o.voided = 0
		AND (o.concluded_on IS NULL OR o.concluded_on > :before OR (o.redo = 1 AND q.signed_on IS NULL)
			OR q.signed_on > :before)))
ORDER BY d.id LIMIT :max;

-- retention_amendments :many
-- in   before date, after int, max int
-- out  id int, number text, unit_id unit_id, applicant_id int?, ended_on date
SELECT id, number, unit_id, applicant_id, closed_on FROM amendment
WHERE id > :after AND erased_at IS NULL AND state = 'closed' AND closed_on <= :before
ORDER BY id LIMIT :max;

-- How many records that stay name this applicant.
-- retention_applicant_in :one
-- in   applicant int
-- out  records int
SELECT (SELECT count(*) FROM request r WHERE r.applicant_id = :applicant
		AND NOT EXISTS (SELECT 1 FROM retention_erased e WHERE e.request_id = r.id))
	+ (SELECT count(*) FROM amendment a WHERE a.applicant_id = :applicant AND a.erased_at IS NULL);

-- retention_mails_of :one
-- in   kind text, id int
-- out  mails int
SELECT (SELECT count(*) FROM notice n WHERE n.subject_kind = :kind AND n.subject_id = :id AND n.erased_at IS NULL)
	+ (SELECT count(*) FROM mail m WHERE m.subject_kind = :kind AND m.subject_id = :id AND m.erased_at IS NULL);

-- retention_done :exec
-- in   request_id request_id, erased_at instant
INSERT INTO retention_erased (request_id, erased_at) VALUES (:request_id, :erased_at);

-- What people wrote, one statement for each table. The rows stay.
-- erase_request :exec
-- in   id request_id, content sealed
UPDATE request SET content = :content, salt = '' WHERE id = :id;

-- erase_whole :exec
-- in   id request_id, content sealed
UPDATE request_whole SET content = :content, salt = '' WHERE id = :id;

-- erase_correction :exec
-- in   id request_id
UPDATE request_correction SET points = '', guidance = '', answer = NULL, notice_salt = '', answer_salt = ''
WHERE request_id = :id;

-- erase_explanation :exec
-- in   id request_id
UPDATE request_explanation SET reasons = NULL, salt = NULL, judgement = NULL WHERE request_id = :id;

-- erase_inquiries :exec
-- in   id request_id
UPDATE request_inquiry SET target = '', contact = '', asked = '', salt = '', opinion = '', opinion_salt = '',
	told_reason = '' WHERE request_id = :id;

-- erase_items :exec
-- in   id request_id
UPDATE reply_item SET asked = '', decision_reason = '' WHERE reply_id IN (SELECT p.id FROM reply p WHERE p.request_id = :id);

-- erase_facts :exec
-- in   id request_id
UPDATE reply_fact SET value = '' WHERE item_id IN
	(SELECT i.id FROM reply_item i JOIN reply p ON p.id = i.reply_id WHERE p.request_id = :id);

-- erase_answers :exec
-- in   id request_id
UPDATE reply_answer SET note = '' WHERE item_id IN
	(SELECT i.id FROM reply_item i JOIN reply p ON p.id = i.reply_id WHERE p.request_id = :id);

-- erase_redactions :exec
-- in   id request_id
UPDATE reply_redaction SET place = '', reason = '' WHERE item_id IN
	(SELECT i.id FROM reply_item i JOIN reply p ON p.id = i.reply_id WHERE p.request_id = :id);

-- erase_opinions :exec
-- in   id request_id
UPDATE reply_opinion SET opinion = '', salt = '' WHERE reply_id IN (SELECT p.id FROM reply p WHERE p.request_id = :id);

-- erase_services :exec
-- in   id request_id
UPDATE reply_service SET tracking = '', addressee = '', note = '', receipt_id = NULL WHERE request_id = :id;

-- erase_notes :exec
-- in   id request_id
UPDATE case_note SET text = '', salt = '' WHERE request_id = :id;

-- erase_tasks :exec
-- in   id request_id
UPDATE case_task SET question = '', answer = '', salt = '' WHERE request_id = :id;

-- erase_orders :exec
-- in   id request_id, text sealed
UPDATE case_order SET text = :text, answer = '', salt = '' WHERE request_id = :id;

-- erase_replies :exec
-- in   id request_id
UPDATE reply SET decision_reason = '', cause = '' WHERE request_id = :id;

-- erase_gates :exec
-- in   id request_id
UPDATE request_gate SET remark = '' WHERE reply_id IN (SELECT p.id FROM reply p WHERE p.request_id = :id);

-- What was enclosed in the replies to one request.
-- enclosures_of :many
-- in   id request_id
-- out  attachment_id attachment_id
-- scan: sorts the few files of one request
SELECT e.attachment_id FROM reply_enclosure e WHERE e.reply_id IN (SELECT p.id FROM reply p WHERE p.request_id = :id)
ORDER BY e.id;

-- An id of a file may be given again: the row must not name it any more.
-- erase_enclosures :exec
-- in   id request_id
UPDATE reply_enclosure SET title = '', attachment_id = 0 WHERE reply_id IN (SELECT p.id FROM reply p WHERE p.request_id = :id);

-- The query code opens nothing any more.
-- erase_code :exec
-- in   id request_id
DELETE FROM request_code WHERE request_id = :id;

-- What a form that was sent keeps for its receipt, and who has shown the code.
-- erase_draft :exec
-- in   id request_id
DELETE FROM apply_draft WHERE request_id = :id;

-- erase_sessions :exec
-- in   id request_id
DELETE FROM apply_session WHERE request_id = :id;

-- Of all that are erased, once at the end of a run.
-- erase_bands :exec
-- scan: bands lie in order of unit and hash, and a run is rare
DELETE FROM case_band WHERE request_id IN (SELECT e.request_id FROM retention_erased e);
