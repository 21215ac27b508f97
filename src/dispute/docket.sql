-- include "dispute/dispute.h"

-- docket_request_of_unit :one
-- in   number text, unit_id unit_id
-- out  id request_id
SELECT id FROM request WHERE number = :number AND unit_id = :unit_id;

-- docket_requests_of_number :many
-- in   number text
-- out  id request_id
SELECT id FROM request WHERE number = :number ORDER BY unit_id LIMIT 2;

-- The register as it goes out, in the order of its keys. year 0: all; else open at its end, or concluded in it.
-- docket_rows :many
-- in   unit_id int, year int, after int, max int
-- out  id int, case_no text, unit_name text, request_number text?, route text, organ text, accepted_on date, result text, outcome text?, concluded_on date?, earlier_case_no text?
SELECT d.id, d.case_no, u.name, r.number, d.route, d.organ, d.accepted_on, d.result, d.outcome, d.concluded_on, e.case_no AS earlier_case_no
FROM dispute d JOIN unit u ON u.id = d.unit_id LEFT JOIN request r ON r.id = d.request_id LEFT JOIN dispute e ON e.id = d.earlier_id
WHERE d.id > :after AND d.voided = 0 AND (:unit_id = 0 OR d.unit_id = :unit_id)
	AND (:year = 0 OR (d.accepted_year <= :year AND (d.concluded_year IS NULL OR d.concluded_year >= :year)))
ORDER BY d.id LIMIT :max;
