-- include "request/request.h"

-- apply_draft_insert :one
-- in   token_hash text, sealed blob, saved_at instant
-- out  id int
INSERT INTO apply_draft (token_hash, sealed, saved_at) VALUES (:token_hash, :sealed, :saved_at) RETURNING id;

-- apply_draft_by_token :one
-- in   token_hash text
-- out  id int, sealed blob, saved_at instant, request_id int?
SELECT id, sealed, saved_at, request_id FROM apply_draft WHERE token_hash = :token_hash;

-- apply_draft_update :exec
-- in   id int, sealed blob, saved_at instant, request_id int?
UPDATE apply_draft SET sealed = :sealed, saved_at = :saved_at, request_id = :request_id WHERE id = :id;

-- apply_draft_delete :exec
-- in   id int
DELETE FROM apply_draft WHERE id = :id;

-- apply_draft_old :many
-- in   before instant, max int
-- out  id int
SELECT id FROM apply_draft WHERE saved_at < :before ORDER BY saved_at, id LIMIT :max;

-- apply_session_insert :exec
-- in   token_hash text, request_id request_id, at instant
INSERT INTO apply_session (token_hash, request_id, at) VALUES (:token_hash, :request_id, :at);

-- apply_session_by_token :one
-- in   token_hash text, since instant
-- out  request_id request_id
SELECT request_id FROM apply_session WHERE token_hash = :token_hash AND at >= :since;

-- apply_session_delete :exec
-- in   token_hash text
DELETE FROM apply_session WHERE token_hash = :token_hash;

-- apply_session_delete_old :exec
-- in   before instant
DELETE FROM apply_session WHERE at < :before;

-- apply_sent_insert :exec
-- in   request_id request_id, submitted_at instant, confirmed_at instant?, method text
INSERT INTO apply_sent (request_id, submitted_at, confirmed_at, method)
VALUES (:request_id, :submitted_at, :confirmed_at, :method);

-- apply_sent_confirm :exec
-- in   request_id request_id, confirmed_at instant, method text
UPDATE apply_sent SET confirmed_at = :confirmed_at, method = :method WHERE request_id = :request_id;

-- apply_sent_of :one
-- in   request_id request_id
-- out  submitted_at instant, confirmed_at instant?, method text
SELECT submitted_at, confirmed_at, method FROM apply_sent WHERE request_id = :request_id;

-- apply_sent_unconfirmed :many
-- in   max int
-- out  request_id request_id
SELECT request_id FROM apply_sent WHERE confirmed_at IS NULL ORDER BY request_id LIMIT :max;

-- apply_waiting_of :many
-- in   before_day date, unit_id int, max int
-- out  request_id request_id
-- scan: what was sent here and is not confirmed, in an index that holds nothing else
SELECT s.request_id FROM apply_sent s JOIN request r ON r.id = s.request_id
WHERE s.confirmed_at IS NULL AND r.state = 'confirming' AND r.submitted_on < :before_day
	AND (:unit_id = 0 OR r.unit_id = :unit_id) ORDER BY s.request_id LIMIT :max;

-- What is settled of forms on the internet: all names that begin with "apply.".
-- apply_settings_read :many
-- in   max int
-- out  name text, value text
SELECT name, value FROM setting WHERE name >= 'apply.' AND name < 'apply/' ORDER BY name LIMIT :max;

-- apply_setting_write :exec
-- in   name text, value text
INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
