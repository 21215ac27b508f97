-- include "account/account.h"
-- include "casework/casework.h"

-- ---- who has it

-- case_people_of :many
-- in   unit_id unit_id
-- out  id account_id, person text, role text
-- scan: sorts the staff of one unit by what they are called
SELECT id, person, role FROM account WHERE unit_id = :unit_id AND disabled_at IS NULL ORDER BY person, id;

-- case_account :one
-- in   id account_id
-- out  person text, role text, unit_id unit_id, disabled_at int?
SELECT person, role, unit_id, disabled_at FROM account WHERE id = :id;

-- case_handler_of :one
-- in   id request_id
-- out  handler_id account_id, person text?, role text?
SELECT r.handler_id, a.person, a.role FROM request r LEFT JOIN account a ON a.id = r.handler_id WHERE r.id = :id;

-- Changes nothing if somebody was faster.
-- case_set_handler :exec
-- in   id request_id, before account_id, after account_id
UPDATE request SET handler_id = :after, version = version + 1 WHERE id = :id AND handler_id = :before;

-- case_open_of :many
-- in   unit_id unit_id, handler_id account_id, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND handler_id = :handler_id
ORDER BY due_on, id LIMIT :max;

-- case_count_of :one
-- in   unit_id unit_id, handler_id account_id
-- out  open int
-- scan: the open cases of one person, counted in the index that holds no others
SELECT count(*) FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND handler_id = :handler_id;

-- ---- remarks

-- case_note_insert :one
-- in   request_id request_id, account_id account_id, person text, at instant, kind text, text sealed, salt text
-- out  id int
INSERT INTO case_note (request_id, account_id, person, at, kind, text, salt)
VALUES (:request_id, :account_id, :person, :at, :kind, :text, :salt) RETURNING id;

-- case_notes_of :many
-- in   request_id request_id, max int
-- out  person text, at instant, kind text, text sealed
SELECT person, at, kind, text FROM case_note WHERE request_id = :request_id ORDER BY id DESC LIMIT :max;

-- ---- settings and cards

-- case_setting :one
-- in   name text
-- out  value text
SELECT value FROM setting WHERE name = :name;

-- case_setting_write :exec
-- in   name text, value text
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- Open cases due before a day that have not had this card for this due day.
-- case_card_missing :many
-- in   card text, from_day date, before_day date, max int
-- out  id request_id, due_on date
SELECT r.id, r.due_on FROM request r WHERE r.closed_on IS NULL AND r.due_on >= :from_day AND r.due_on < :before_day
	AND NOT EXISTS (SELECT 1 FROM case_card c WHERE c.request_id = r.id AND c.card = :card AND c.due_on = r.due_on)
ORDER BY r.due_on, r.id LIMIT :max;

-- case_card_insert :exec
-- in   request_id request_id, card text, due_on date, issued_on date
INSERT INTO case_card (request_id, card, due_on, issued_on) VALUES (:request_id, :card, :due_on, :issued_on);

-- case_cards_of :many
-- in   request_id request_id
-- out  card text, due_on date, issued_on date
SELECT card, due_on, issued_on FROM case_card WHERE request_id = :request_id ORDER BY card, due_on;

-- ---- asked of others

-- case_task_insert :one
-- in   request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_by int, asked_person text, asked_on date, due_on date
-- out  id task_id
INSERT INTO case_task (request_id, asking_unit, unit_id, office, question, salt, asked_by, asked_person, asked_on, due_on,
	answer, answered_person, reminders, version)
VALUES (:request_id, :asking_unit, :unit_id, :office, :question, :salt, :asked_by, :asked_person, :asked_on, :due_on,
	'', '', 0, 1) RETURNING id;

-- case_task_update :exec
-- in   id task_id, version int, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int
UPDATE case_task SET answer = :answer, answered_on = :answered_on, answered_person = :answered_person,
	withdrawn_on = :withdrawn_on, reminded_on = :reminded_on, reminders = :reminders, version = version + 1
WHERE id = :id AND version = :version;

-- case_task_by_id :one
-- in   id task_id
-- out  id task_id, request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_person text, asked_on date, due_on date, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int, version int
SELECT id, request_id, asking_unit, unit_id, office, question, salt, asked_person, asked_on, due_on, answer, answered_on,
	answered_person, withdrawn_on, reminded_on, reminders, version FROM case_task WHERE id = :id;

-- case_tasks_of :many
-- in   request_id request_id, max int
-- out  id task_id, request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_person text, asked_on date, due_on date, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int, version int
SELECT id, request_id, asking_unit, unit_id, office, question, salt, asked_person, asked_on, due_on, answer, answered_on,
	answered_person, withdrawn_on, reminded_on, reminders, version
FROM case_task WHERE request_id = :request_id ORDER BY id LIMIT :max;

-- case_tasks_asked_of :many
-- in   unit_id unit_id, after_due text, after_id int, max int
-- out  id task_id, request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_person text, asked_on date, due_on date, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int, version int
SELECT id, request_id, asking_unit, unit_id, office, question, salt, asked_person, asked_on, due_on, answer, answered_on,
	answered_person, withdrawn_on, reminded_on, reminders, version
FROM case_task WHERE answered_on IS NULL AND withdrawn_on IS NULL AND unit_id = :unit_id
	AND (due_on, id) > (:after_due, :after_id)
ORDER BY due_on, id LIMIT :max;

-- case_tasks_asked_by :many
-- in   unit_id unit_id, after_due text, after_id int, max int
-- out  id task_id, request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_person text, asked_on date, due_on date, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int, version int
SELECT id, request_id, asking_unit, unit_id, office, question, salt, asked_person, asked_on, due_on, answer, answered_on,
	answered_person, withdrawn_on, reminded_on, reminders, version
FROM case_task WHERE answered_on IS NULL AND withdrawn_on IS NULL AND asking_unit = :unit_id
	AND (due_on, id) > (:after_due, :after_id)
ORDER BY due_on, id LIMIT :max;

-- case_tasks_of_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id task_id, request_id request_id, asking_unit unit_id, unit_id unit_id, office text, question sealed, salt text, asked_person text, asked_on date, due_on date, answer sealed, answered_on date?, answered_person text, withdrawn_on date?, reminded_on date?, reminders int, version int
SELECT id, request_id, asking_unit, unit_id, office, question, salt, asked_person, asked_on, due_on, answer, answered_on,
	answered_person, withdrawn_on, reminded_on, reminders, version
FROM case_task WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- Due today or tomorrow, or overdue, and not reminded of today.
-- case_tasks_to_remind :many
-- in   before_day date, today date, max int
-- out  id task_id
SELECT id FROM case_task WHERE answered_on IS NULL AND withdrawn_on IS NULL AND due_on < :before_day
	AND (reminded_on IS NULL OR reminded_on < :today)
ORDER BY due_on, id LIMIT :max;

-- ---- 督办

-- case_order_last :one
-- in   year int
-- out  serial int?
SELECT max(serial) FROM case_order WHERE year = :year;

-- case_order_insert :one
-- in   year int, serial int, unit_id unit_id, request_id int?, text sealed, salt text, issued_person text, issued_on date, due_on date
-- out  id order_id
INSERT INTO case_order (year, serial, unit_id, request_id, text, salt, issued_person, issued_on, due_on, answer,
	answered_person, version)
VALUES (:year, :serial, :unit_id, :request_id, :text, :salt, :issued_person, :issued_on, :due_on, '', '', 1)
RETURNING id;

-- case_order_update :exec
-- in   id order_id, version int, due_on date, answer sealed, answered_on date?, answered_person text, closed_on date?
UPDATE case_order SET due_on = :due_on, answer = :answer, answered_on = :answered_on, answered_person = :answered_person,
	closed_on = :closed_on, version = version + 1
WHERE id = :id AND version = :version;

-- case_order_by_id :one
-- in   id order_id
-- out  id order_id, year int, serial int, unit_id unit_id, request_id int?, text sealed, salt text, issued_person text, issued_on date, due_on date, answer sealed, answered_on date?, answered_person text, closed_on date?, version int
SELECT id, year, serial, unit_id, request_id, text, salt, issued_person, issued_on, due_on, answer, answered_on,
	answered_person, closed_on, version FROM case_order WHERE id = :id;

-- case_orders_all :many
-- in   before int, max int
-- out  id order_id, year int, serial int, unit_id unit_id, request_id int?, text sealed, salt text, issued_person text, issued_on date, due_on date, answer sealed, answered_on date?, answered_person text, closed_on date?, version int
SELECT id, year, serial, unit_id, request_id, text, salt, issued_person, issued_on, due_on, answer, answered_on,
	answered_person, closed_on, version
FROM case_order WHERE id < :before ORDER BY id DESC LIMIT :max;

-- case_orders_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id order_id, year int, serial int, unit_id unit_id, request_id int?, text sealed, salt text, issued_person text, issued_on date, due_on date, answer sealed, answered_on date?, answered_person text, closed_on date?, version int
SELECT id, year, serial, unit_id, request_id, text, salt, issued_person, issued_on, due_on, answer, answered_on,
	answered_person, closed_on, version
FROM case_order WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- case_orders_of :many
-- in   request_id int, max int
-- out  id order_id, year int, serial int, unit_id unit_id, request_id int?, text sealed, salt text, issued_person text, issued_on date, due_on date, answer sealed, answered_on date?, answered_person text, closed_on date?, version int
SELECT id, year, serial, unit_id, request_id, text, salt, issued_person, issued_on, due_on, answer, answered_on,
	answered_person, closed_on, version
FROM case_order WHERE request_id = :request_id ORDER BY id LIMIT :max;

-- ---- one act upon many

-- case_batch_insert :one
-- in   account_id account_id, unit_id unit_id, person text, act text, at instant
-- out  id int
INSERT INTO case_batch (account_id, unit_id, person, act, at) VALUES (:account_id, :unit_id, :person, :act, :at)
RETURNING id;

-- case_batch_line_insert :exec
-- in   batch_id int, line int, request_id request_id, number text, done bool, result text
INSERT INTO case_batch_line (batch_id, line, request_id, number, done, result)
VALUES (:batch_id, :line, :request_id, :number, :done, :result);

-- case_batch_by_id :one
-- in   id int
-- out  account_id account_id, person text, act text, at instant
SELECT account_id, person, act, at FROM case_batch WHERE id = :id;

-- case_batch_lines :many
-- in   batch_id int
-- out  request_id request_id, number text, done bool, result text
SELECT request_id, number, done, result FROM case_batch_line WHERE batch_id = :batch_id ORDER BY line;

-- case_batch_lines_sweep :exec
-- in   before instant
DELETE FROM case_batch_line WHERE batch_id IN (SELECT id FROM case_batch WHERE at < :before);

-- case_batch_sweep :exec
-- in   before instant
DELETE FROM case_batch WHERE at < :before;

-- ---- filters that somebody keeps

-- case_filters_of :many
-- in   account_id account_id, max int
-- out  id int, name text, query text
SELECT id, name, query FROM case_filter WHERE account_id = :account_id ORDER BY name LIMIT :max;

-- case_filter_put :exec
-- in   account_id account_id, name text, query text
INSERT INTO case_filter (account_id, name, query) VALUES (:account_id, :name, :query)
ON CONFLICT (account_id, name) DO UPDATE SET query = excluded.query;

-- case_filter_drop :exec
-- in   id int, account_id account_id
DELETE FROM case_filter WHERE id = :id AND account_id = :account_id;
