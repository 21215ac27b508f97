#!/bin/sh
# desk.sh BUILD - CPU of a case page, of the queues and of the register, by how many cases there are: 10,000 and
# 1,000,000 (CASES="10000 100000" takes others). Flat is within 20 % of the smallest site's. Of each site a copy is
# taken in which a twentieth of the cases is open, since a sample site ends with nearly all of them answered.
# Needs node and sqlite3.
set -eu
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
for tool in node sqlite3; do
	command -v $tool >/dev/null || { echo "bench/desk.sh: $tool is not installed" >&2; exit 1; }
done
here=$(mktemp -d "$build/bench/desk.XXXXXX")
trap 'rm -rf "$here"' EXIT INT TERM
. "$root/bench/figures.sh"

# open_some FOLDER: every twentieth is being handled again, due on one of sixty days around today
open_some() {
	sqlite3 "$1/site.db" >/dev/null <<'SQL'
PRAGMA journal_mode = DELETE;
UPDATE request SET state = 'handling', outcome = NULL, closed_on = NULL, closed_year = NULL,
	due_on = date('now', (id / 20 % 60 - 30) || ' days') WHERE id % 20 = 0;
PRAGMA journal_mode = WAL;
SQL
}

folders=
for cases in ${CASES:-10000 1000000}; do
	if [ "$cases" = 1000000 ]; then
		. "$root/bench/million.sh"
		cp -r --reflink=auto "$million" "$here/$cases"
	else
		"$build/gongkai" demo --data "$here/$cases" --times $((cases / 294)) >/dev/null 2>&1
	fi
	open_some "$here/$cases"
	folders="$folders $here/$cases"
done
# shellcheck disable=SC2086
node "$root/bench/desk.mjs" "$build" $folders | tee "$here/results"
small=$(awk '$1 == "page" { print $2; exit }' "$here/results")
large=$(awk '$1 == "page" && $2 > most { most = $2 } END { print most }' "$here/results")
for name in $(awk '$1 == "ratio" { print $2 }' "$here/results"); do
	figure "$(echo "$name" | tr _ ' '): CPU with $large cases, of that with $small" 1.20 \
		"$(awk -v name="$name" '$1 == "ratio" && $2 == name { printf "%.2f", $3 }' "$here/results")" at_most
done
