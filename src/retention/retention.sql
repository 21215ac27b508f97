-- include "request/request.h"
-- include "attachment/attachment.h"

-- retention_setting :one
-- out  value text
SELECT value FROM setting WHERE name = 'retention.years';

-- retention_setting_write :exec
-- in   value text
INSERT INTO setting (name, value) VALUES ('retention.years', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- retention_candidates :many
-- in   before date, after request_id, max int
-- out  id request_id, number text, unit_id unit_id, applicant_id int?, closed_on date, filed_on date?, years int?
SELECT r.id, r.number, r.unit_id, r.applicant_id, r.closed_on, f.filed_on, f.years
FROM request r LEFT JOIN reply_filing f ON f.request_id = r.id
WHERE r.id > :after AND r.state = 'closed' AND r.closed_on <= :before
	AND NOT EXISTS (SELECT 1 FROM retention_erased e WHERE e.request_id = r.id)
	AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.request_id = r.id AND d.concluded_on IS NULL AND d.voided = 0)
ORDER BY r.id LIMIT :max;

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
UPDATE reply_service SET tracking = '', addressee = '', note = '' WHERE request_id = :id;

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

-- Of all that are erased, once at the end of a run.
-- erase_bands :exec
-- scan: bands lie in order of unit and hash, and a run is rare
DELETE FROM case_band WHERE request_id IN (SELECT e.request_id FROM retention_erased e);
