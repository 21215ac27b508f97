# tables_postgres.sh BUILD FOLDER - run by tables.sh inside tests/postgres.sh: loads the CSV files of FOLDER and measures.
set -eu
build=$1 here=$2
mkdir "$here/site"
echo "database = $GONGKAI_TEST_POSTGRES" >"$here/site/gongkai.conf"
"$build/gongkai" migrate --data "$here/site" >/dev/null
psql=$(command -v psql)
# A server that analyses the new rows by itself meanwhile holds back what the VACUUM below may mark as visible.
"$psql" -q "$GONGKAI_TEST_POSTGRES" -c "ALTER SYSTEM SET autovacuum = off" -c "SELECT pg_reload_conf()" >/dev/null
for t in unit request dispute; do
	"$psql" -q -v ON_ERROR_STOP=1 "$GONGKAI_TEST_POSTGRES" -c "\\copy $t ($(cat "$here/$t.columns")) FROM '$here/$t.csv' CSV" >/dev/null
done
# A table at rest: the commits on disk first, since rows whose commit is not are not marked visible to all; and
# again where a VACUUM came too early for that.
hidden="SELECT sum(relpages - relallvisible) FROM pg_class WHERE relname IN ('request', 'dispute')"
for try in 1 2 3 4 5; do
	"$psql" -q "$GONGKAI_TEST_POSTGRES" -c CHECKPOINT -c "VACUUM ANALYZE unit, request, dispute"
	[ "$("$psql" -qAt "$GONGKAI_TEST_POSTGRES" -c "$hidden")" != 0 ] || break
	sleep 1
done
"$build/bench/tables" "$GONGKAI_TEST_POSTGRES"
