-- include "dispute/dispute.h"

-- dispute_insert :one
-- in   unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, accepted_year int, changed_seq int
-- out  id dispute_id
INSERT INTO dispute (unit_id, request_id, route, case_no, organ, accepted_on, accepted_year, result, changed_seq)
VALUES (:unit_id, :request_id, :route, :case_no, :organ, :accepted_on, :accepted_year, '', :changed_seq) RETURNING id;

-- dispute_by_case :one
-- in   route text, case_no text
-- out  id dispute_id
SELECT id FROM dispute WHERE route = :route AND case_no = :case_no;

-- dispute_by_id :one
-- in   id dispute_id
-- out  id dispute_id, unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, accepted_year int, outcome text?, result text, concluded_on date?, concluded_year int?, changed_seq int
SELECT id, unit_id, request_id, route, case_no, organ, accepted_on, accepted_year, outcome, result, concluded_on,
	concluded_year, changed_seq FROM dispute WHERE id = :id;

-- dispute_set_seq :exec
-- in   id dispute_id, changed_seq int
UPDATE dispute SET changed_seq = :changed_seq WHERE id = :id;

-- dispute_conclude_write :exec
-- in   id dispute_id, outcome text, result text, concluded_on date, concluded_year int, changed_seq int
UPDATE dispute SET outcome = :outcome, result = :result, concluded_on = :concluded_on, concluded_year = :concluded_year,
	changed_seq = :changed_seq WHERE id = :id;

-- dispute_history_insert :exec
-- in   dispute_id dispute_id, seq_from int, seq_to int, unit_id unit_id, route text, accepted_year int, outcome text?, concluded_year int?
INSERT INTO dispute_history (dispute_id, seq_from, seq_to, unit_id, route, accepted_year, outcome, concluded_year)
VALUES (:dispute_id, :seq_from, :seq_to, :unit_id, :route, :accepted_year, :outcome, :concluded_year);

-- dispute_page_all :many
-- in   before int, max int
-- out  id dispute_id, unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, outcome text?, result text, concluded_on date?
SELECT id, unit_id, request_id, route, case_no, organ, accepted_on, outcome, result, concluded_on
FROM dispute WHERE id < :before ORDER BY id DESC LIMIT :max;

-- dispute_page_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id dispute_id, unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, outcome text?, result text, concluded_on date?
SELECT id, unit_id, request_id, route, case_no, organ, accepted_on, outcome, result, concluded_on
FROM dispute WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;
