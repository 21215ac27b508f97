-- include "reply/reply.h"

-- ---- replies

-- reply_insert :one
-- in   request_id request_id, round int, cause sealed, opened_at instant, changed_by text, changed_what text
-- out  id reply_id
INSERT INTO reply (request_id, round, stage, decision, decision_reason, cause, letter_basis, opened_at, digest, version, changed_at,
	changed_by, changed_what)
VALUES (:request_id, :round, 'drafting', '', '', :cause, '', :opened_at, '', 1, :opened_at, :changed_by, :changed_what)
RETURNING id;

-- reply_by_id :one
-- in   id reply_id
-- out  id reply_id, request_id request_id, round int, stage text, decision text, decision_reason sealed, cause sealed, letter_id int?, letter_basis text, opened_at instant, signed_on date?, digest text, version int, changed_at instant, changed_by text, changed_what text
SELECT id, request_id, round, stage, decision, decision_reason, cause, letter_id, letter_basis, opened_at, signed_on, digest, version,
	changed_at, changed_by, changed_what
FROM reply WHERE id = :id;

-- reply_rounds_of :many
-- in   request_id request_id
-- out  id reply_id, request_id request_id, round int, stage text, decision text, decision_reason sealed, cause sealed, letter_id int?, letter_basis text, opened_at instant, signed_on date?, digest text, version int, changed_at instant, changed_by text, changed_what text
SELECT id, request_id, round, stage, decision, decision_reason, cause, letter_id, letter_basis, opened_at, signed_on, digest, version,
	changed_at, changed_by, changed_what
FROM reply WHERE request_id = :request_id ORDER BY round;

-- Changes nothing if somebody was faster.
-- reply_update :exec
-- in   id reply_id, version int, stage text, decision text, decision_reason sealed, letter_id int?, letter_basis text, signed_on date?, digest text, changed_at instant, changed_by text, changed_what text
UPDATE reply SET stage = :stage, decision = :decision, decision_reason = :decision_reason, letter_id = :letter_id,
	letter_basis = :letter_basis, signed_on = :signed_on, digest = :digest, changed_at = :changed_at, changed_by = :changed_by,
	changed_what = :changed_what, version = version + 1
WHERE id = :id AND version = :version;

-- The request knows at which stage its reply is, so that the lists below need no sorting.
-- reply_stage_set :exec
-- in   request_id request_id, stage text
UPDATE request SET reply_stage = :stage WHERE id = :request_id;

-- Empty: no reply is under way.
-- reply_stage_of :one
-- in   request_id request_id
-- out  stage text
SELECT reply_stage FROM request WHERE id = :request_id;

-- reply_queue_unit :many
-- in   unit_id unit_id, stage text, after_due text, after_id int, max int
-- out  request_id request_id, number text, unit_id unit_id, content sealed, due_on date?, place text, changed_by text, changed_at instant
SELECT q.id, q.number, q.unit_id, q.content, q.due_on, coalesce(q.due_on, '9999-12-31'), p.changed_by, p.changed_at
FROM request q JOIN reply p ON p.request_id = q.id AND p.stage = q.reply_stage
WHERE q.unit_id = :unit_id AND q.reply_stage = :stage AND q.reply_stage <> ''
	AND (coalesce(q.due_on, '9999-12-31'), q.id) > (:after_due, :after_id)
ORDER BY coalesce(q.due_on, '9999-12-31'), q.id LIMIT :max;

-- reply_queue_site :many
-- in   stage text, after_due text, after_id int, max int
-- out  request_id request_id, number text, unit_id unit_id, content sealed, due_on date?, place text, changed_by text, changed_at instant
SELECT q.id, q.number, q.unit_id, q.content, q.due_on, coalesce(q.due_on, '9999-12-31'), p.changed_by, p.changed_at
FROM request q JOIN reply p ON p.request_id = q.id AND p.stage = q.reply_stage
WHERE q.reply_stage = :stage AND q.reply_stage <> ''
	AND (coalesce(q.due_on, '9999-12-31'), q.id) > (:after_due, :after_id)
ORDER BY coalesce(q.due_on, '9999-12-31'), q.id LIMIT :max;

-- reply_count_unit :one
-- in   unit_id unit_id, stage text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE unit_id = :unit_id AND reply_stage = :stage AND reply_stage <> ''
	LIMIT :max) AS bounded;

-- reply_count_site :one
-- in   stage text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE reply_stage = :stage AND reply_stage <> '' LIMIT :max) AS bounded;

-- ---- items

-- reply_items_of :many
-- in   reply_id reply_id
-- out  id reply_item_id, position int, asked sealed, decision text, decision_reason sealed
SELECT id, position, asked, decision, decision_reason FROM reply_item WHERE reply_id = :reply_id ORDER BY position;

-- reply_item_insert :exec
-- in   reply_id reply_id, position int, asked sealed
INSERT INTO reply_item (reply_id, position, asked, decision, decision_reason) VALUES (:reply_id, :position, :asked, '', '');

-- reply_item_update :exec
-- in   id reply_item_id, position int, asked sealed, decision text, decision_reason sealed
UPDATE reply_item SET position = :position, asked = :asked, decision = :decision, decision_reason = :decision_reason
WHERE id = :id;

-- reply_item_delete :exec
-- in   id reply_item_id
DELETE FROM reply_item WHERE id = :id;

-- reply_facts_of :many
-- in   reply_id reply_id, max int
-- out  item_id reply_item_id, name text, value sealed
-- scan: sorts what belongs to one reply
SELECT f.item_id, f.name, f.value FROM reply_item i JOIN reply_fact f ON f.item_id = i.id WHERE i.reply_id = :reply_id
ORDER BY i.position, f.name LIMIT :max;

-- reply_facts_delete :exec
-- in   item_id reply_item_id
DELETE FROM reply_fact WHERE item_id = :item_id;

-- reply_fact_insert :exec
-- in   item_id reply_item_id, name text, value sealed
INSERT INTO reply_fact (item_id, name, value) VALUES (:item_id, :name, :value);

-- reply_answers_of :many
-- in   reply_id reply_id, max int
-- out  item_id reply_item_id, test text, yes bool, note sealed, person text, at instant
-- scan: sorts what belongs to one reply
SELECT f.item_id, f.test, f.yes, f.note, f.person, f.at FROM reply_item i JOIN reply_answer f ON f.item_id = i.id WHERE i.reply_id = :reply_id
ORDER BY i.position, f.test LIMIT :max;

-- reply_answer_delete :exec
-- in   item_id reply_item_id, test text
DELETE FROM reply_answer WHERE item_id = :item_id AND test = :test;

-- reply_answer_insert :exec
-- in   item_id reply_item_id, test text, yes bool, note sealed, person text, at instant
INSERT INTO reply_answer (item_id, test, yes, note, person, at) VALUES (:item_id, :test, :yes, :note, :person, :at);

-- reply_redactions_of :many
-- in   reply_id reply_id, max int
-- out  item_id reply_item_id, id int, place sealed, ground text, reason sealed, person text, at instant
-- scan: sorts what belongs to one reply
SELECT f.item_id, f.id, f.place, f.ground, f.reason, f.person, f.at FROM reply_item i JOIN reply_redaction f ON f.item_id = i.id WHERE i.reply_id = :reply_id
ORDER BY i.position, f.id LIMIT :max;

-- reply_redaction_insert :exec
-- in   item_id reply_item_id, place sealed, ground text, reason sealed, person text, at instant
INSERT INTO reply_redaction (item_id, place, ground, reason, person, at)
VALUES (:item_id, :place, :ground, :reason, :person, :at);

-- reply_redaction_delete :exec
-- in   id int
DELETE FROM reply_redaction WHERE id = :id;

-- ---- enclosures

-- reply_enclosures_of :many
-- in   reply_id reply_id
-- out  id int, attachment_id int, title sealed, sha256 text, pages int, redacted bool
SELECT id, attachment_id, title, sha256, pages, redacted FROM reply_enclosure WHERE reply_id = :reply_id ORDER BY id;

-- reply_enclosure_insert :exec
-- in   reply_id reply_id, attachment_id int, title sealed, sha256 text, pages int, redacted bool
INSERT INTO reply_enclosure (reply_id, attachment_id, title, sha256, pages, redacted)
VALUES (:reply_id, :attachment_id, :title, :sha256, :pages, :redacted);

-- reply_enclosure_delete :exec
-- in   id int
DELETE FROM reply_enclosure WHERE id = :id;

-- ---- opinions

-- reply_opinions_of :many
-- in   reply_id reply_id
-- out  account_id int, person text, at instant, agrees bool, opinion sealed, digest text
SELECT account_id, person, at, agrees, opinion, digest FROM reply_opinion WHERE reply_id = :reply_id ORDER BY id;

-- reply_opinion_insert :exec
-- in   reply_id reply_id, account_id int, person text, at instant, agrees bool, opinion sealed, salt text, digest text
INSERT INTO reply_opinion (reply_id, account_id, person, at, agrees, opinion, salt, digest)
VALUES (:reply_id, :account_id, :person, :at, :agrees, :opinion, :salt, :digest);

-- ---- service

-- service_list :many
-- in   request_id request_id
-- out  id int, way text, sent_on date, signed_on date?, counts_on date?, tracking sealed, addressee sealed, receipt_id int?, failed bool, note sealed, person text, at instant, notice_id int?
SELECT id, way, sent_on, signed_on, counts_on, tracking, addressee, receipt_id, failed, note, person, at, notice_id
FROM reply_service WHERE request_id = :request_id ORDER BY id;

-- service_insert :exec
-- in   request_id request_id, reply_id int?, way text, sent_on date, signed_on date?, counts_on date?, tracking sealed, addressee sealed, receipt_id int?, failed bool, note sealed, person text, at instant, notice_id int?
INSERT INTO reply_service (request_id, reply_id, way, sent_on, signed_on, counts_on, tracking, addressee, receipt_id,
	failed, note, person, at, notice_id)
VALUES (:request_id, :reply_id, :way, :sent_on, :signed_on, :counts_on, :tracking, :addressee, :receipt_id, :failed,
	:note, :person, :at, :notice_id);

-- service_by_notice :one
-- in   notice_id int?
-- out  id int, request_id request_id
SELECT id, request_id FROM reply_service WHERE notice_id = :notice_id;

-- service_update :exec
-- in   id int, signed_on date?, counts_on date?, addressee sealed, receipt_id int?, failed bool, note sealed
UPDATE reply_service SET signed_on = :signed_on, counts_on = :counts_on, addressee = :addressee,
	receipt_id = :receipt_id, failed = :failed,
	note = :note
WHERE id = :id;

-- ---- the archive, and settings

-- filing_of :one
-- in   request_id request_id
-- out  filed_on date, archive_no text, years int, person text
SELECT filed_on, archive_no, years, person FROM reply_filing WHERE request_id = :request_id;

-- filing_insert :exec
-- in   request_id request_id, filed_on date, archive_no text, years int, person text, at instant
INSERT INTO reply_filing (request_id, filed_on, archive_no, years, person, at)
VALUES (:request_id, :filed_on, :archive_no, :years, :person, :at);

-- setting_of :one
-- in   unit_id unit_id
-- out  years int, given_and_missing_is_part bool
SELECT years, given_and_missing_is_part FROM reply_setting WHERE unit_id = :unit_id;

-- setting_put :exec
-- in   unit_id unit_id, years int, given_and_missing_is_part bool
INSERT INTO reply_setting (unit_id, years, given_and_missing_is_part) VALUES (:unit_id, :years, :given_and_missing_is_part)
ON CONFLICT (unit_id) DO UPDATE SET years = excluded.years,
	given_and_missing_is_part = excluded.given_and_missing_is_part;
