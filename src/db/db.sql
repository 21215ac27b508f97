-- db.sql - the one table of this folder: which migrations a site has run.

-- db_migrations :many
-- out  name text, digest text
-- scan: a few dozen rows, read once at start
SELECT name, digest FROM migration ORDER BY name;

-- db_migration_add :exec
-- in   name text, digest text
INSERT INTO migration (name, digest) VALUES (:name, :digest);
