-- include "base/str.h"

-- thing_add :one
-- in   name text, size int, body blob?, day date, other date?, at instant, seen instant?,
--      open bool, maybe bool?, share real, parent int?
-- out  id int
INSERT INTO thing (name, size, body, day, other, at, seen, open, maybe, share, parent)
VALUES (:name, :size, :body, :day, :other, :at, :seen, :open, :maybe, :share, :parent)
ON CONFLICT (name) DO NOTHING
RETURNING id;

-- thing_get :one
-- in   name text
-- out  id int, size int, body blob?, day date, other date?, at instant, seen instant?,
--      open bool, maybe bool?, share real, parent int?
SELECT id, size, body, day, other, at, seen, open, maybe, share, parent FROM thing WHERE name = :name;

-- thing_list :many
-- in   after text
-- out  name text, note text?
SELECT name, CASE WHEN size > 2 THEN 'big: ' || name END AS note FROM thing WHERE name > :after ORDER BY name;

-- thing_count :one
-- out  n int, total int?
-- scan: the whole table is counted
SELECT count(*), CAST(sum(size) AS @int@) FROM thing;

-- thing_grow :exec
-- in   by int
-- scan: each row is meant
UPDATE thing SET size = size + :by;

-- thing_grow_all :many
-- in   by int
-- out  id int
-- scan: each row is meant
UPDATE thing SET size = size + :by RETURNING id;

-- engine_name :one
-- out name text
-- only sqlite
SELECT 'sqlite ' || sqlite_version() AS name;

-- engine_name :one
-- out name text
-- only postgres
SELECT 'postgresql ' || current_setting('server_version') AS name;

-- thing_tell :exec
-- in   name text, secret sealed, hint sealed?
UPDATE thing SET secret = :secret, hint = :hint WHERE name = :name;

-- thing_told :one
-- in   name text
-- out  secret sealed, hint sealed?
SELECT secret, hint FROM thing WHERE name = :name;

-- thing_told_list :many
-- out  name text, secret sealed
SELECT name, secret FROM thing ORDER BY name;

-- What a copy of the database shows.
-- thing_raw :one
-- in   name text
-- out  secret text, hint text?
SELECT secret, hint FROM thing WHERE name = :name;

-- thing_tell_raw :exec
-- in   name text, secret text
UPDATE thing SET secret = :secret WHERE name = :name;
