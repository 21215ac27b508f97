-- include "apply/answer.h"

-- ---- answers for all

-- answer_insert :one
-- in   request_id request_id, unit_id unit_id, title text, answer text, place text, answered_on date, drafted_by int, drafted_person text
-- out  id answer_id
INSERT INTO apply_answer (request_id, unit_id, title, answer, place, answered_on, review, drafted_by, drafted_person,
	reviewed_person, reason, version)
VALUES (:request_id, :unit_id, :title, :answer, :place, :answered_on, '', :drafted_by, :drafted_person, '', '', 1)
RETURNING id;

-- answer_by_id :one
-- in   id answer_id
-- out  id answer_id, request_id request_id, unit_id unit_id, title text, answer text, place text, answered_on date, review text, drafted_by int, drafted_person text, reviewed_person text, public_on date?, withdrawn_on date?, reason text, version int
SELECT id, request_id, unit_id, title, answer, place, answered_on, review, drafted_by, drafted_person, reviewed_person,
	public_on, withdrawn_on, reason, version FROM apply_answer WHERE id = :id;

-- answer_live :one
-- in   request_id request_id
-- out  id answer_id
SELECT id FROM apply_answer WHERE request_id = :request_id AND withdrawn_on IS NULL;

-- answer_update :exec
-- in   id answer_id, version int, title text, answer text, place text, review text, drafted_by int, drafted_person text, reviewed_person text, public_on date?, withdrawn_on date?, reason text
UPDATE apply_answer SET title = :title, answer = :answer, place = :place, review = :review, drafted_by = :drafted_by,
	drafted_person = :drafted_person, reviewed_person = :reviewed_person, public_on = :public_on,
	withdrawn_on = :withdrawn_on, reason = :reason, version = version + 1 WHERE id = :id AND version = :version;

-- answers_of_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id answer_id
SELECT id FROM apply_answer WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- answers_of_all :many
-- in   before int, max int
-- out  id answer_id
SELECT id FROM apply_answer WHERE id < :before ORDER BY id DESC LIMIT :max;

-- answers_public :many
-- in   before int, max int
-- out  id answer_id
SELECT id FROM apply_answer WHERE public_on IS NOT NULL AND withdrawn_on IS NULL AND id < :before ORDER BY id DESC LIMIT :max;

-- ---- found by their words

-- answer_pair_insert :exec
-- in   pair int, answer_id answer_id
INSERT INTO apply_answer_pair (pair, answer_id) VALUES (:pair, :answer_id) ON CONFLICT (pair, answer_id) DO NOTHING;

-- answer_pair_delete :exec
-- in   answer_id answer_id
DELETE FROM apply_answer_pair WHERE answer_id = :answer_id;

-- answers_with_pair :many
-- in   pair int, max int
-- out  answer_id answer_id
SELECT answer_id FROM apply_answer_pair WHERE pair = :pair ORDER BY answer_id DESC LIMIT :max;

-- ---- published reports, another thing that may answer a question

-- public_reports :many
-- in   max int
-- out  id int, year int, unit_id unit_id, unit_code text, unit_name text, published_on date
-- scan: the newest of all published reports of a site, a few dozen a year
SELECT r.id, r.year, r.unit_id, u.code, r.unit_name, r.published_on FROM report r JOIN unit u ON u.id = r.unit_id
WHERE r.published_on IS NOT NULL ORDER BY r.year DESC, r.rolls_up DESC, u.code LIMIT :max;

-- public_report :one
-- in   id int
-- out  id int, year int, unit_id unit_id, unit_code text, unit_name text, published_on date
SELECT r.id, r.year, r.unit_id, u.code, r.unit_name, r.published_on FROM report r JOIN unit u ON u.id = r.unit_id
WHERE r.id = :id AND r.published_on IS NOT NULL;

-- ---- requests that were not needed

-- avoided_insert :exec
-- in   visitor text, source text, ref int, title text, unit_id unit_id, found_on date, year int
INSERT INTO apply_avoided (visitor, source, ref, title, unit_id, found_on, year)
VALUES (:visitor, :source, :ref, :title, :unit_id, :found_on, :year) ON CONFLICT (visitor, source, ref) DO NOTHING;

-- avoided_delete :exec
-- in   visitor text
DELETE FROM apply_avoided WHERE visitor = :visitor;

-- avoided_of_visitor :one
-- in   visitor text
-- out  found int
SELECT count(*) FROM apply_avoided WHERE visitor = :visitor;
