-- include "apply/follow.h"

-- follow_insert :one
-- in   kind text, request_id request_id, unit_id unit_id, ground text, salt text, sealed blob, form_id text, submitted_at instant, submitted_on date
-- out  id follow_id
INSERT INTO apply_follow (kind, request_id, unit_id, ground, salt, sealed, form_id, submitted_at, submitted_on, finding,
	decided_person, version)
VALUES (:kind, :request_id, :unit_id, :ground, :salt, :sealed, :form_id, :submitted_at, :submitted_on, '', '', 1)
RETURNING id;

-- follow_by_form :one
-- in   form_id text
-- out  id follow_id
SELECT id FROM apply_follow WHERE form_id = :form_id;

-- follow_by_id :one
-- in   id follow_id
-- out  id follow_id, kind text, request_id request_id, unit_id unit_id, ground text, salt text, sealed blob, submitted_at instant, submitted_on date, finding text, answer_sealed blob?, decided_on date?, decided_person text, version int
SELECT id, kind, request_id, unit_id, ground, salt, sealed, submitted_at, submitted_on, finding, answer_sealed, decided_on,
	decided_person, version FROM apply_follow WHERE id = :id;

-- follow_update :exec
-- in   id follow_id, version int, finding text, answer_sealed blob, decided_on date, decided_person text
UPDATE apply_follow SET finding = :finding, answer_sealed = :answer_sealed, decided_on = :decided_on,
	decided_person = :decided_person, version = version + 1 WHERE id = :id AND version = :version AND decided_on IS NULL;

-- follows_of_request :many
-- in   request_id request_id, max int
-- out  id follow_id
SELECT id FROM apply_follow WHERE request_id = :request_id ORDER BY id LIMIT :max;

-- follows_open :many
-- in   kind text, unit_id unit_id, max int
-- out  id follow_id
SELECT id FROM apply_follow WHERE decided_on IS NULL AND unit_id = :unit_id AND kind = :kind ORDER BY id LIMIT :max;

-- follows_open_all :many
-- in   kind text, max int
-- out  id follow_id
-- scan: what waits for an answer on the whole site, in an index that holds nothing else
SELECT id FROM apply_follow WHERE decided_on IS NULL AND kind = :kind ORDER BY id LIMIT :max;

-- follows_of_unit :many
-- in   kind text, unit_id unit_id, before int, max int
-- out  id follow_id
SELECT id FROM apply_follow WHERE unit_id = :unit_id AND kind = :kind AND id < :before ORDER BY id DESC LIMIT :max;

-- follows_all :many
-- in   kind text, before int, max int
-- out  id follow_id
SELECT id FROM apply_follow WHERE kind = :kind AND id < :before ORDER BY id DESC LIMIT :max;

-- follow_open_count :one
-- in   kind text, unit_id int, max int
-- out  open int
-- scan: what waits for an answer, in an index that holds nothing else
SELECT count(*) FROM (SELECT 1 FROM apply_follow WHERE decided_on IS NULL AND kind = :kind
	AND (:unit_id = 0 OR unit_id = :unit_id) LIMIT :max) AS bounded;

-- follow_set_words :exec
-- in   id follow_id, sealed blob, answer_sealed blob?
UPDATE apply_follow SET sealed = :sealed, answer_sealed = :answer_sealed, version = version + 1 WHERE id = :id;
