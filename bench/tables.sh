#!/bin/sh
# tables.sh BUILD - tables 三 and 四 of one year among 1,000,000 requests, against a full scan of the same rows,
# on SQLite and on a PostgreSQL server of its own (left out where none is installed).
set -eu
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/bench/million.sh"
status=0
"$build/bench/tables" "$million/site.db" || status=1

command -v psql >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || {
	echo "tables: no PostgreSQL here, left out"
	exit $status
}
here=$(mktemp -d "$build/bench/tables.XXXXXX")
trap 'rm -rf "$here"' EXIT INT TERM
for t in unit request dispute; do
	columns=$(sqlite3 "$million/site.db" "SELECT group_concat(name) FROM pragma_table_info('$t')")
	echo "$columns" >"$here/$t.columns"
	sqlite3 -csv "$million/site.db" "SELECT $columns FROM $t ORDER BY id" >"$here/$t.csv"
done
"$root/tests/postgres.sh" sh "$root/bench/tables_postgres.sh" "$build" "$here" || status=1
exit $status
