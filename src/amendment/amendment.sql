-- include "amendment/amendment.h"

-- amendment_count :one
-- in   unit_id unit_id, year int
-- out  last int
INSERT INTO amendment_number (unit_id, year, last) VALUES (:unit_id, :year, 1)
ON CONFLICT (unit_id, year) DO UPDATE SET last = amendment_number.last + 1 RETURNING last;

-- amendment_insert :one
-- in   number text, unit_id unit_id, channel text, applicant_id identity_id, received_on date, due_on date?, record sealed, wrong sealed, evidence sealed, salt text, origin_id int?, code_hash text, form_id text?
-- out  id amendment_id
INSERT INTO amendment (number, unit_id, channel, applicant_id, received_on, due_on, record, wrong, evidence, salt, state,
	result, finding, target, origin_id, code_hash, form_id, version)
VALUES (:number, :unit_id, :channel, :applicant_id, :received_on, :due_on, :record, :wrong, :evidence, :salt, 'open',
	'', '', '', :origin_id, :code_hash, :form_id, 1) RETURNING id;

-- amendment_by_id :one
-- in   id amendment_id
-- out  number text, unit_id unit_id, channel text, applicant_id identity_id, received_on date, due_on date?, record sealed, wrong sealed, evidence sealed, state text, result text, finding sealed, target sealed, target_unit int?, origin_id int?, letter_id int?, decided_on date?, closed_on date?, version int, erased_at int?
SELECT number, unit_id, channel, applicant_id, received_on, due_on, record, wrong, evidence, state, result, finding, target,
	target_unit, origin_id, letter_id, decided_on, closed_on, version, erased_at FROM amendment WHERE id = :id;

-- amendment_by_form :one
-- in   form_id text
-- out  id amendment_id
SELECT id FROM amendment WHERE form_id = :form_id;

-- amendment_of_code :one
-- in   code_hash text
-- out  id amendment_id
SELECT id FROM amendment WHERE code_hash = :code_hash AND code_hash <> '';

-- amendment_set_code :exec
-- in   id amendment_id, code_hash text
UPDATE amendment SET code_hash = :code_hash WHERE id = :id;

-- Changes nothing if somebody was faster.
-- amendment_update :exec
-- in   id amendment_id, version int, state text, result text, finding sealed, target sealed, target_unit int?, letter_id int?, decided_on date?, closed_on date?
UPDATE amendment SET state = :state, result = :result, finding = :finding, target = :target, target_unit = :target_unit,
	letter_id = :letter_id, decided_on = :decided_on, closed_on = :closed_on, version = version + 1
WHERE id = :id AND version = :version;

-- amendment_page_all :many
-- in   before int, max int
-- out  id amendment_id
SELECT id FROM amendment WHERE id < :before ORDER BY id DESC LIMIT :max;

-- amendment_page_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id amendment_id
SELECT id FROM amendment WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- amendment_practice_of :one
-- in   unit_id unit_id
-- out  days int
SELECT days FROM amendment_practice WHERE unit_id = :unit_id;

-- amendment_practice_put :exec
-- in   unit_id unit_id, days int
INSERT INTO amendment_practice (unit_id, days) VALUES (:unit_id, :days)
ON CONFLICT (unit_id) DO UPDATE SET days = excluded.days;

-- The query code opens nothing any more; the form that sent it is forgotten.
-- amendment_erase_row :exec
-- in   id amendment_id, record sealed, wrong sealed, evidence sealed, finding sealed, at int
UPDATE amendment SET record = :record, wrong = :wrong, evidence = :evidence, finding = :finding, target = '', salt = '',
	code_hash = '', form_id = NULL, erased_at = :at, version = version + 1 WHERE id = :id;

-- amendment_session_insert :exec
-- in   token_hash text, amendment_id amendment_id, at instant
INSERT INTO amendment_session (token_hash, amendment_id, at) VALUES (:token_hash, :amendment_id, :at);

-- amendment_session_by_token :one
-- in   token_hash text, since instant
-- out  amendment_id amendment_id
SELECT amendment_id FROM amendment_session WHERE token_hash = :token_hash AND at >= :since;

-- amendment_session_delete :exec
-- in   token_hash text
DELETE FROM amendment_session WHERE token_hash = :token_hash;

-- amendment_session_delete_old :exec
-- in   before instant
DELETE FROM amendment_session WHERE at < :before;

-- amendment_of_origin :one
-- in   applicant_id identity_id, origin_id int
-- out  id amendment_id
SELECT id FROM amendment WHERE applicant_id = :applicant_id AND origin_id = :origin_id ORDER BY id LIMIT 1;
