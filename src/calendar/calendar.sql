-- calendar.sql - the notices loaded at run time.

-- calendar_notice_insert :one
-- in   notice text
-- out  id int
INSERT INTO calendar_notice (notice, seq) VALUES (:notice, 0) RETURNING id;

-- calendar_notice_seq :exec
-- in   id int, seq int
UPDATE calendar_notice SET seq = :seq WHERE id = :id;

-- calendar_rule_insert :exec
-- in   notice_id int, day date, working bool, name text
INSERT INTO calendar_rule (notice_id, day, working, name) VALUES (:notice_id, :day, :working, :name);

-- calendar_notices :many
-- out  id int, notice text, seq int
-- scan: all notices of a site, one or two a year
SELECT id, notice, seq FROM calendar_notice ORDER BY id;

-- calendar_rules :many
-- in   notice_id int
-- out  day date, working bool, name text
SELECT day, working, name FROM calendar_rule WHERE notice_id = :notice_id ORDER BY day;
