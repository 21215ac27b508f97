-- include "agency/agency.h"

-- unit_insert :one
-- in   code text, name text, short_name text, kind text, parent_id int?, reports bool
-- out  id unit_id
INSERT INTO unit (code, name, short_name, kind, parent_id, reports)
VALUES (:code, :name, :short_name, :kind, :parent_id, :reports) RETURNING id;

-- unit_by_id :one
-- in   id unit_id
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit WHERE id = :id;

-- unit_by_code :one
-- in   code text
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit WHERE code = :code;

-- unit_by_name :one
-- in   name text
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit WHERE name = :name;

-- unit_by_short_name :one
-- in   short_name text
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit
WHERE short_name = :short_name ORDER BY id LIMIT 1;

-- unit_list :many
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
-- scan: all units of one site are wanted, a few dozen; sorted by the unique index of code
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit ORDER BY code;

-- unit_root :one
-- out  id unit_id, code text, name text, short_name text, kind text, parent_id int?, reports bool, closed_on date?
SELECT id, code, name, short_name, kind, parent_id, reports, closed_on FROM unit
WHERE parent_id IS NULL ORDER BY code LIMIT 1;

-- site_row_read :one
-- out  name text, platform_name text, url text, office_name text, contact text, sample bool
SELECT name, platform_name, url, office_name, contact, sample FROM site WHERE id = 1;

-- site_row_write :exec
-- in   name text, platform_name text, url text, office_name text, contact text, sample bool
INSERT INTO site (id, name, platform_name, url, office_name, contact, sample)
VALUES (1, :name, :platform_name, :url, :office_name, :contact, :sample)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, platform_name = excluded.platform_name, url = excluded.url,
	office_name = excluded.office_name, contact = excluded.contact, sample = excluded.sample;

-- scope_note_insert :one
-- in   body_name text, counted_by text, reason text, from_year int, until_year int?
-- out  id int
INSERT INTO scope_note (body_name, counted_by, reason, from_year, until_year)
VALUES (:body_name, :counted_by, :reason, :from_year, :until_year) RETURNING id;

-- scope_note_of_year :many
-- in   year int
-- out  id int, body_name text, counted_by text, reason text, from_year int, until_year int?
SELECT id, body_name, counted_by, reason, from_year, until_year FROM scope_note
WHERE from_year <= :year AND (until_year IS NULL OR until_year >= :year) ORDER BY from_year, body_name;

-- unit_change :exec
-- in   id unit_id, name text, short_name text, kind text, reports bool
UPDATE unit SET name = :name, short_name = :short_name, kind = :kind, reports = :reports WHERE id = :id;

-- unit_close :exec
-- in   id unit_id, closed_on date?
UPDATE unit SET closed_on = :closed_on WHERE id = :id;
