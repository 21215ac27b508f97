-- include "request/request.h"

-- ---- one request

-- Ids are given by us, not by the engine: whoever registers holds the ledger, so no two take the same,
-- and RETURNING would cost SQLite ten times as much.
-- request_next_id :one
-- out  id request_id
SELECT coalesce(max(id), 0) + 1 FROM request;

-- request_insert :exec
-- in   id request_id, number text, unit_id unit_id, channel text, applicant text, submitted_on date, received_on date?, received_year int?, clock_from date?, content sealed, salt text, state text, due_on date?, form_id text?, changed_seq int, applicant_id int?, wanted_form text, wanted_way text
INSERT INTO request (id, number, unit_id, channel, applicant, submitted_on, received_on, received_year, clock_from,
	content, salt, state, extension, decision, due_on, form_id, version, changed_seq, applicant_id, wanted_form, wanted_way)
VALUES (:id, :number, :unit_id, :channel, :applicant, :submitted_on, :received_on, :received_year, :clock_from,
	:content, :salt, :state, 0, '', :due_on, :form_id, 1, :changed_seq,
	:applicant_id, :wanted_form, :wanted_way);

-- request_by_id :one
-- in   id request_id
-- out  id request_id, number text, unit_id unit_id, channel text, applicant text, submitted_on date, received_on date?, clock_from date?, content sealed, state text, extension int, correction_sent_on date?, correction_until date?, outcome text?, decision text, decided_on date?, closed_on date?, served_on date?, filed_on date?, due_on date?, reasons text, version int, changed_seq int, handler_id int, applicant_id int?, wanted_form text, wanted_way text
SELECT id, number, unit_id, channel, applicant, submitted_on, received_on, clock_from, content, state, extension,
	correction_sent_on, correction_until, outcome, decision, decided_on, closed_on, served_on, filed_on, due_on,
	reasons, version, changed_seq, handler_id, applicant_id, wanted_form, wanted_way
FROM request WHERE id = :id;

-- ids: numbers of 19 digits, one after the other; the rows come in their order.
-- request_by_ids :many
-- in   ids text, count int
-- out  id request_id, number text, unit_id unit_id, channel text, applicant text, submitted_on date, received_on date?, clock_from date?, content sealed, state text, extension int, correction_sent_on date?, correction_until date?, outcome text?, decision text, decided_on date?, closed_on date?, served_on date?, filed_on date?, due_on date?, reasons text, version int, changed_seq int, handler_id int, applicant_id int?, wanted_form text, wanted_way text
-- scan: walks through the ids that were asked for, and puts at most a hundred rows in their order
WITH RECURSIVE wanted (place, id) AS (
	SELECT CAST(0 AS BIGINT), CAST(substr(:ids, 1, 19) AS BIGINT)
	UNION ALL
	SELECT place + 1, CAST(substr(:ids, CAST(19 * (place + 1) + 1 AS INTEGER), 19) AS BIGINT) FROM wanted WHERE place + 1 < :count
)
SELECT r.id, number, unit_id, channel, applicant, submitted_on, received_on, clock_from, content, state, extension,
	correction_sent_on, correction_until, outcome, decision, decided_on, closed_on, served_on, filed_on, due_on,
	reasons, version, changed_seq, handler_id, applicant_id, wanted_form, wanted_way
FROM wanted w JOIN request r ON r.id = w.id ORDER BY w.place;

-- request_ids_by_number :many
-- in   number text
-- out  id request_id
SELECT id FROM request WHERE number = :number ORDER BY unit_id LIMIT 2;

-- request_by_unit_number :one
-- in   number text, unit_id unit_id
-- out  id request_id
SELECT id FROM request WHERE number = :number AND unit_id = :unit_id;

-- request_by_form :one
-- in   form_id text
-- out  id request_id
SELECT id FROM request WHERE form_id = :form_id;

-- Changes nothing if somebody was faster. In another unit nobody has the case yet.
-- request_update :exec
-- in   id request_id, version int, number text, unit_id unit_id, applicant text, received_on date?, received_year int?, clock_from date?, state text, extension int, correction_sent_on date?, correction_until date?, outcome text?, decision text, decided_on date?, closed_on date?, closed_year int?, served_on date?, filed_on date?, due_on date?, reasons text, changed_seq int
UPDATE request SET number = :number, handler_id = CASE WHEN unit_id = :unit_id THEN handler_id ELSE 0 END,
	unit_id = :unit_id, applicant = :applicant, received_on = :received_on, received_year = :received_year,
	clock_from = :clock_from, state = :state, extension = :extension, correction_sent_on = :correction_sent_on,
	correction_until = :correction_until, outcome = :outcome, decision = :decision, decided_on = :decided_on,
	closed_on = :closed_on, closed_year = :closed_year, served_on = :served_on, filed_on = :filed_on,
	due_on = :due_on, reasons = :reasons, changed_seq = :changed_seq, version = version + 1
WHERE id = :id AND version = :version;

-- A step that moves the case on and changes no fact that lists and tables are ordered by: an engine renews every index of
-- a column that an UPDATE names, whether it differs or not.
-- request_update_state :exec
-- in   id request_id, version int, clock_from date?, state text, extension int, correction_sent_on date?, correction_until date?, decision text, decided_on date?, served_on date?, filed_on date?, reasons text, changed_seq int
UPDATE request SET clock_from = :clock_from, state = :state, extension = :extension,
	correction_sent_on = :correction_sent_on, correction_until = :correction_until, decision = :decision,
	decided_on = :decided_on, served_on = :served_on, filed_on = :filed_on, reasons = :reasons,
	changed_seq = :changed_seq, version = version + 1
WHERE id = :id AND version = :version;

-- request_set_due :exec
-- in   id request_id, due_on date?
UPDATE request SET due_on = :due_on, version = version + 1 WHERE id = :id;

-- request_history_insert :exec
-- in   request_id request_id, seq_from int, seq_to int, unit_id unit_id, applicant text, outcome text?, received_year int?, closed_year int?
INSERT INTO request_history (request_id, seq_from, seq_to, unit_id, applicant, outcome, received_year, closed_year)
VALUES (:request_id, :seq_from, :seq_to, :unit_id, :applicant, :outcome, :received_year, :closed_year);

-- The next number of a unit's series; the row is the lock, so no number is given twice or left out.
-- request_number_count :exec
-- in   unit_id unit_id, year int
UPDATE request_number SET last = last + 1 WHERE unit_id = :unit_id AND year = :year;

-- request_number_first :exec
-- in   unit_id unit_id, year int
INSERT INTO request_number (unit_id, year, last) VALUES (:unit_id, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = request_number.last + 1;

-- request_number_last :one
-- in   unit_id unit_id, year int
-- out  last int
SELECT last FROM request_number WHERE unit_id = :unit_id AND year = :year;

-- ---- inquiries

-- request_inquiries :many
-- in   request_id request_id
-- out  id int, kind text, target sealed, contact sealed, asked sealed, sent_on date, delivered_on date?, last_on date?, back_on date?, answer text?, opinion sealed, told_on date?, told_reason sealed
SELECT id, kind, target, contact, asked, sent_on, delivered_on, last_on, back_on, answer, opinion, told_on, told_reason
FROM request_inquiry WHERE request_id = :request_id ORDER BY id;

-- request_inquiry_insert :exec
-- in   request_id request_id, kind text, target sealed, contact sealed, asked sealed, salt text, sent_on date, delivered_on date?, last_on date?
INSERT INTO request_inquiry (request_id, kind, target, contact, asked, salt, sent_on, delivered_on, last_on)
VALUES (:request_id, :kind, :target, :contact, :asked, :salt, :sent_on, :delivered_on, :last_on);

-- request_inquiry_back :exec
-- in   id int, back_on date, delivered_on date?, last_on date?, answer text, opinion sealed, salt text
UPDATE request_inquiry SET back_on = :back_on, delivered_on = :delivered_on, last_on = :last_on, answer = :answer,
	opinion = :opinion, opinion_salt = :salt
WHERE id = :id;

-- request_inquiry_told :exec
-- in   id int, told_on date, told_reason sealed
UPDATE request_inquiry SET told_on = :told_on, told_reason = :told_reason WHERE id = :id;

-- ---- fee

-- request_fee_of :one
-- in   request_id request_id
-- out  unit_id unit_id, tariff text, quantity int, fen int, told_on date, served_on date?, pay_until date?, paid_on date?, refunded_on date?, refunded_fen int
SELECT unit_id, tariff, quantity, fen, told_on, served_on, pay_until, paid_on, refunded_on, refunded_fen
FROM request_fee WHERE request_id = :request_id;

-- request_fee_insert :exec
-- in   request_id request_id, unit_id unit_id, tariff text, quantity int, fen int, told_on date, served_on date?, pay_until date?
INSERT INTO request_fee (request_id, unit_id, tariff, quantity, fen, told_on, served_on, pay_until, refunded_fen)
VALUES (:request_id, :unit_id, :tariff, :quantity, :fen, :told_on, :served_on, :pay_until, 0);

-- request_fee_served :exec
-- in   request_id request_id, served_on date, pay_until date
UPDATE request_fee SET served_on = :served_on, pay_until = :pay_until WHERE request_id = :request_id;

-- request_fee_paid :exec
-- in   request_id request_id, paid_on date
UPDATE request_fee SET paid_on = :paid_on WHERE request_id = :request_id;

-- ---- lists for the desk, a page at a time

-- request_page_all :many
-- in   before int, max int
-- out  id request_id
SELECT id FROM request WHERE id < :before ORDER BY id DESC LIMIT :max;

-- request_page_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id request_id
SELECT id FROM request WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- Open ones of one unit, the most urgent first; those whose clock stands come last.
-- request_page_open_unit :many
-- in   unit_id unit_id, after_due text, after_id int, max int
-- out  id request_id
-- scan: sorts the open requests of one unit, a few hundred at most
SELECT id FROM request WHERE unit_id = :unit_id AND closed_on IS NULL
	AND (coalesce(due_on, '9999-12-31') > :after_due OR (coalesce(due_on, '9999-12-31') = :after_due AND id > :after_id))
ORDER BY coalesce(due_on, '9999-12-31'), id LIMIT :max;

-- request_page_open_all :many
-- in   after_due text, after_id int, max int
-- out  id request_id
-- scan: sorts the open requests of the site, read from the partial index that holds no others
SELECT id FROM request WHERE closed_on IS NULL
	AND (coalesce(due_on, '9999-12-31') > :after_due OR (coalesce(due_on, '9999-12-31') = :after_due AND id > :after_id))
ORDER BY coalesce(due_on, '9999-12-31'), id LIMIT :max;

-- request_count_open :one
-- in   unit_id int, today date
-- out  open int, late int
-- scan: counts the open requests, read from the partial index that holds no others
SELECT count(*), count(*) FILTER (WHERE due_on < :today) FROM request
WHERE closed_on IS NULL AND (:unit_id = 0 OR unit_id = :unit_id);

-- Those whose clock runs, for a new calendar.
-- request_running :many
-- in   after int, max int
-- out  id request_id
-- scan: the open requests, read in order of id from the partial index that holds no others
SELECT id FROM request WHERE closed_on IS NULL AND clock_from IS NOT NULL AND id > :after ORDER BY id LIMIT :max;

-- ---- query codes

-- request_code_insert :exec
-- in   code_hash text, request_id request_id, made_at instant
INSERT INTO request_code (code_hash, request_id, made_at) VALUES (:code_hash, :request_id, :made_at);

-- request_code_of :one
-- in   code_hash text
-- out  request_id request_id
SELECT request_id FROM request_code WHERE code_hash = :code_hash;

-- request_code_delete :exec
-- in   request_id request_id
DELETE FROM request_code WHERE request_id = :request_id;

-- code_failure_insert :exec
-- in   at instant, remote text
INSERT INTO request_code_failure (at, remote) VALUES (:at, :remote);

-- code_failure_count :one
-- in   remote text, since instant
-- out  failures int
SELECT count(*) FROM request_code_failure WHERE remote = :remote AND at >= :since;

-- code_failure_delete_old :exec
-- in   before instant
DELETE FROM request_code_failure WHERE at < :before;

-- ---- whose

-- request_of_applicant :many
-- in   applicant_id int, max int
-- out  id request_id
SELECT id FROM request WHERE applicant_id = :applicant_id ORDER BY id DESC LIMIT :max;
