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

-- Open ones by due day, from after the place up to before a day: of a unit, of one of its people (0: nobody has
-- it), of the site. Those whose clock stands come last, by id.
-- desk_due_unit :many
-- in   unit_id unit_id, after_due text, after_id int, before_due text, prefix text, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND (due_on, id) > (:after_due, :after_id)
	AND due_on < :before_due AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
	AND substr(number, 1, length(:prefix)) = :prefix
ORDER BY due_on, id LIMIT :max;

-- desk_due_person :many
-- in   unit_id unit_id, handler_id int, after_due text, after_id int, before_due text, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND handler_id = :handler_id
	AND (due_on, id) > (:after_due, :after_id) AND due_on < :before_due
ORDER BY due_on, id LIMIT :max;

-- desk_due_site :many
-- in   after_due text, after_id int, before_due text, prefix text, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND (due_on, id) > (:after_due, :after_id)
	AND due_on < :before_due AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
	AND substr(number, 1, length(:prefix)) = :prefix
ORDER BY due_on, id LIMIT :max;

-- desk_still_unit :many
-- in   unit_id unit_id, after_id int, prefix text, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND due_on IS NULL AND id > :after_id
	AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
	AND substr(number, 1, length(:prefix)) = :prefix
ORDER BY id LIMIT :max;

-- desk_still_person :many
-- in   unit_id unit_id, handler_id int, after_id int, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND handler_id = :handler_id AND due_on IS NULL
	AND id > :after_id
ORDER BY id LIMIT :max;

-- desk_still_site :many
-- in   after_id int, prefix text, state text, year int, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NULL AND due_on IS NULL AND id > :after_id
	AND (:state = '' OR state = :state) AND (:year = 0 OR received_year = :year)
	AND substr(number, 1, length(:prefix)) = :prefix
ORDER BY id LIMIT :max;

-- Answered, not filed yet.
-- desk_unfiled :many
-- in   unit_id unit_id, after_id int, max int
-- out  id request_id
SELECT id FROM request WHERE (state = 'decided' OR state = 'served') AND unit_id = :unit_id AND id > :after_id
ORDER BY id LIMIT :max;

-- Closed in a year, the latest first: all, or only those after their day, or only those within it.
-- desk_closed :many
-- in   year int, unit_id unit_id, before_closed text, before_id int, pace text, max int
-- out  id request_id
SELECT id FROM request WHERE closed_on IS NOT NULL AND closed_year = :year AND unit_id = :unit_id
	AND (closed_on, id) < (:before_closed, :before_id)
	AND (:pace = '' OR (:pace = 'late' AND due_on < closed_on) OR (:pace = 'in_time' AND coalesce(due_on, closed_on) >= closed_on))
ORDER BY closed_on DESC, id DESC LIMIT :max;

-- ---- how many: no more than a bound is counted, so a page costs the same however many there are

-- desk_count_unit :one
-- in   unit_id unit_id, from_day text, before_day text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND due_on >= :from_day
	AND due_on < :before_day LIMIT :max) AS bounded;

-- desk_count_site :one
-- in   from_day text, before_day text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND due_on >= :from_day AND due_on < :before_day
	LIMIT :max) AS bounded;

-- desk_count_person :one
-- in   unit_id unit_id, handler_id int, max int
-- out  found int, next_due date?
SELECT (SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND unit_id = :unit_id
	AND handler_id = :handler_id LIMIT :max) AS bounded),
	(SELECT due_on FROM request WHERE closed_on IS NULL AND unit_id = :unit_id AND handler_id = :handler_id
	AND due_on IS NOT NULL ORDER BY due_on LIMIT 1);

-- desk_count_open_unit :one
-- in   unit_id unit_id, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND unit_id = :unit_id LIMIT :max) AS bounded;

-- desk_count_open_site :one
-- in   max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL LIMIT :max) AS bounded;

-- desk_count_unfiled :one
-- in   unit_id unit_id, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE (state = 'decided' OR state = 'served') AND unit_id = :unit_id
	LIMIT :max) AS bounded;

-- desk_count_tasks :one
-- in   unit_id unit_id, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM case_task WHERE answered_on IS NULL AND withdrawn_on IS NULL AND unit_id = :unit_id
	LIMIT :max) AS bounded;

-- desk_count_orders :one
-- in   unit_id unit_id, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM case_order WHERE closed_on IS NULL AND unit_id = :unit_id LIMIT :max) AS bounded;

-- Open ones in a state, as the filter beside it narrows them.
-- desk_facet_unit :one
-- in   state text, unit_id unit_id, year int, prefix text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND state = :state AND unit_id = :unit_id
	AND (:year = 0 OR received_year = :year) AND substr(number, 1, length(:prefix)) = :prefix LIMIT :max) AS bounded;

-- desk_facet_site :one
-- in   state text, year int, prefix text, max int
-- out  found int
SELECT count(*) FROM (SELECT 1 FROM request WHERE closed_on IS NULL AND state = :state
	AND (:year = 0 OR received_year = :year) AND substr(number, 1, length(:prefix)) = :prefix LIMIT :max) AS bounded;

-- How much each person of a unit has.
-- desk_load_of :many
-- in   unit_id unit_id, today date, soon date
-- out  handler_id int, open int, late int, soon_count int, next_due date?
-- scan: groups the open cases of one unit in the order of their index
SELECT handler_id, count(*), count(*) FILTER (WHERE due_on < :today),
	count(*) FILTER (WHERE due_on >= :today AND due_on <= :soon), min(due_on)
FROM request WHERE closed_on IS NULL AND unit_id = :unit_id GROUP BY handler_id ORDER BY handler_id;

-- ---- the board of all units

-- board_open :many
-- in   today date, black_before date, yellow_until date
-- out  unit_id unit_id, open int, unclaimed int, yellow int, red int, black int, oldest date?
-- scan: every open case of the site is counted, in the order of an index that holds no others
SELECT unit_id, count(*), count(*) FILTER (WHERE handler_id = 0),
	count(*) FILTER (WHERE due_on >= :today AND due_on <= :yellow_until),
	count(*) FILTER (WHERE due_on >= :black_before AND due_on < :today),
	count(*) FILTER (WHERE due_on < :black_before), min(due_on)
FROM request WHERE closed_on IS NULL GROUP BY unit_id ORDER BY unit_id;

-- How many were closed on each day of a year: as many rows as days, so that working days are counted by the calendar.
-- board_closed :many
-- in   year int
-- out  unit_id unit_id, day date, closed int, late int
-- scan: one year of the index that is made for it
SELECT unit_id, closed_on, count(*), count(*) FILTER (WHERE due_on < closed_on) FROM request
WHERE closed_on IS NOT NULL AND closed_year = :year AND received_on IS NOT NULL GROUP BY unit_id, closed_on;

-- board_received :many
-- in   year int
-- out  unit_id unit_id, day date, closed int
-- scan: one year of the index that is made for it
SELECT unit_id, received_on, count(*) FROM request
WHERE closed_on IS NOT NULL AND closed_year = :year AND received_on IS NOT NULL GROUP BY unit_id, received_on;
