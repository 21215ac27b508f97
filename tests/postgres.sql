-- postgres.sql - for tests/postgres.sh: sites that tests give back are emptied and given out again.
-- To migrate a schema takes half a second, to empty one a few milliseconds (src/db/testdb_kept.c).
CREATE SCHEMA testdb;

-- seed: what the migrations wrote, a list of rows per table; numbers: where its sequences stood.
CREATE TABLE testdb.kept (
	name TEXT PRIMARY KEY,
	busy BOOLEAN NOT NULL DEFAULT true,
	tables TEXT[] NOT NULL,
	mark TEXT NOT NULL,
	seed JSONB NOT NULL,
	numbers JSONB NOT NULL
);

-- Any change to tables, columns, constraints, indexes, triggers, functions changes this text.
CREATE FUNCTION testdb.mark(site TEXT) RETURNS TEXT LANGUAGE sql STABLE AS $$
	WITH classes AS MATERIALIZED (SELECT oid, xmin FROM pg_class WHERE relnamespace = site::regnamespace),
	parts AS (
		SELECT 'c', xmin FROM classes
		UNION ALL SELECT 'a', a.xmin FROM pg_attribute a WHERE attrelid = ANY (ARRAY(SELECT oid FROM classes))
		UNION ALL SELECT 'o', xmin FROM pg_constraint WHERE conrelid = ANY (ARRAY(SELECT oid FROM classes))
		UNION ALL SELECT 't', xmin FROM pg_trigger WHERE tgrelid = ANY (ARRAY(SELECT oid FROM classes))
		UNION ALL SELECT 'p', xmin FROM pg_proc WHERE pronamespace = site::regnamespace)
	SELECT string_agg(part, ' ' ORDER BY part)
	FROM (SELECT kind || count(*) || ':' || sum(x::text::bigint) FROM parts AS p (kind, x) GROUP BY kind) AS s (part)
$$;

CREATE FUNCTION testdb.tables(site TEXT) RETURNS SETOF TEXT LANGUAGE sql STABLE AS $$
	SELECT oid::regclass::text FROM pg_class WHERE relnamespace = site::regnamespace AND relkind = 'r'
$$;

CREATE FUNCTION testdb.filled(site TEXT) RETURNS SETOF regclass LANGUAGE sql STABLE AS $$
	SELECT oid::regclass FROM pg_class
	WHERE relnamespace = site::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
$$;

-- A site that was just migrated is remembered as it is, in use.
CREATE FUNCTION testdb.keep(site TEXT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
	filled REGCLASS;
	rows JSONB;
	seed JSONB := '{}';
BEGIN
	FOR filled IN SELECT * FROM testdb.filled(site) LOOP
		EXECUTE format('SELECT jsonb_agg(to_jsonb(r)) FROM %s r', filled) INTO rows;
		seed := seed || jsonb_build_object(filled::text, coalesce(rows, '[]'));
	END LOOP;
	INSERT INTO testdb.kept (name, tables, mark, seed, numbers)
	SELECT site, ARRAY(SELECT testdb.tables(site)), testdb.mark(site), seed, coalesce(jsonb_object_agg(sequencename, last_value), '{}')
	FROM pg_sequences WHERE schemaname = site AND last_value IS NOT NULL;
	RETURN true;
END $$;

-- NULL: there is none, one must be made.
CREATE FUNCTION testdb.take() RETURNS TEXT LANGUAGE sql AS $$
	UPDATE testdb.kept SET busy = true
	WHERE name = (SELECT name FROM testdb.kept WHERE NOT busy ORDER BY name LIMIT 1 FOR UPDATE SKIP LOCKED)
	RETURNING name
$$;

-- As it was after its migrations. false: it has become another, or large; then it is to be dropped.
CREATE FUNCTION testdb.give_back(site TEXT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
DECLARE
	k testdb.kept;
	filled REGCLASS;
	added TEXT;
	size BIGINT := 0;
BEGIN
	SELECT * INTO k FROM testdb.kept WHERE name = site;
	FOR added IN SELECT * FROM testdb.tables(site) EXCEPT SELECT unnest(k.tables) LOOP
		EXECUTE format('DROP TABLE %s CASCADE', added);
	END LOOP;
	SELECT sum(pg_relation_size(f)) INTO size FROM testdb.filled(site) f;
	IF k.name IS NULL OR k.mark <> testdb.mark(site) OR size > 2000000 THEN
		DELETE FROM testdb.kept WHERE name = site;
		RETURN false;
	END IF;
	SET LOCAL session_replication_role = replica; -- no triggers, no references
	FOR filled IN SELECT * FROM testdb.filled(site) LOOP
		EXECUTE format('DELETE FROM %s', filled);
		IF k.seed ? filled::text THEN
			EXECUTE format('INSERT INTO %s SELECT * FROM jsonb_populate_recordset(NULL::%1$s, $1)', filled)
			USING k.seed -> filled::text;
		END IF;
	END LOOP;
	PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass,
		coalesce((k.numbers ->> sequencename)::bigint, start_value), k.numbers ? sequencename)
	FROM pg_sequences
	WHERE schemaname = site AND last_value IS DISTINCT FROM (k.numbers ->> sequencename)::bigint;
	UPDATE testdb.kept SET busy = false WHERE name = site;
	RETURN true;
END $$;
