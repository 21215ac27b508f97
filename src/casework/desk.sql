-- include "request/request.h"

-- The register as officers filter it, a page at a time. unit 0, an empty state and year 0 filter nothing.

-- desk_newest :many
-- in   before int, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE id < :before AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
ORDER BY id DESC LIMIT :max;

-- desk_newest_unit :many
-- in   unit_id unit_id, before int, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE unit_id = :unit_id AND id < :before AND (:state = '' OR state = :state)
	AND (:year = 0 OR received_year = :year)
ORDER BY id DESC LIMIT :max;

-- desk_number_up :many
-- in   after text, after_unit int, high text, unit_id int, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE number >= :after AND (number > :after OR unit_id > :after_unit) AND number < :high
	AND (:unit_id = 0 OR unit_id = :unit_id) AND (:state = '' OR state = :state)
	AND (:year = 0 OR received_year = :year)
ORDER BY number, unit_id LIMIT :max;

-- desk_number_down :many
-- in   after text, after_unit int, low text, unit_id int, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE number <= :after AND (number < :after OR unit_id < :after_unit) AND number >= :low
	AND (:unit_id = 0 OR unit_id = :unit_id) AND (:state = '' OR state = :state)
	AND (:year = 0 OR received_year = :year)
ORDER BY number DESC, unit_id DESC LIMIT :max;

-- Open ones, the most urgent first; those whose clock stands come last.
-- desk_open :many
-- in   after_due text, after_id int, due_before text, prefix text, unit_id int, state text, year int, max int
-- out  id request_id
-- scan: sorts the open requests, read from the partial index that holds no others
SELECT id FROM request WHERE closed_on IS NULL AND (:unit_id = 0 OR unit_id = :unit_id)
	AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
	AND (:due_before = '' OR due_on < :due_before) AND substr(number, 1, length(:prefix)) = :prefix
	AND (coalesce(due_on, '9999-12-31') > :after_due OR (coalesce(due_on, '9999-12-31') = :after_due AND id > :after_id))
ORDER BY coalesce(due_on, '9999-12-31'), id LIMIT :max;
