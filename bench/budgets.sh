#!/bin/sh
# budgets.sh [--write] BUILD - the instructions of some pieces of work, counted by callgrind, against bench/budgets.txt.
#
# A count more than 3 % above its budget fails; one more than 10 % below says that the budget can be lowered.
# --write puts what was counted into budgets.txt. Needs valgrind and a build with the Makefile's own options by
# Debian 12's gcc; the counts are those of a machine with AVX2, which the C library chooses its functions by.
set -eu
write=
[ "${1-}" = --write ] && { write=1; shift; }
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
budgets=$root/bench/budgets.txt
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT INT TERM

"$build/gongkai" demo --data "$here/fresh" >/dev/null
"$build/gongkai" report --data "$here/fresh" --year 2020 --format text --output "$here/fresh/report.txt"

count() {
	rm -rf "$here/site"
	cp -r "$here/fresh" "$here/site"
	valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=budget_run \
		"$build/bench/budget" "$here/site" "$1" 2>"$here/err" >/dev/null ||
		{ cat "$here/err" >&2; return 1; }
	awk '/Collected :/ { print $NF }' "$here/err"
}

passed=0 failed=0
{
	grep '^#' "$budgets"
	grep -v '^#' "$budgets" | while read -r name allowed; do
		echo "$name $allowed $(count "$name")"
	done
} >"$here/counted"
if [ -n "$write" ]; then
	awk '/^#/ { print; next } { printf "%-12s %d\n", $1, $3 }' "$here/counted" >"$budgets"
	cat "$budgets"
	exit 0
fi
grep -v '^#' "$here/counted" >"$here/rows"
while read -r name allowed now; do
	line="$name: $now instructions, budget $allowed"
	if [ -z "$now" ] || [ "$((now * 100))" -gt "$((allowed * 103))" ]; then
		failed=$((failed + 1))
		echo "not ok $line: more than 3 % above (bench/README.md says what to do)"
	else
		passed=$((passed + 1))
		echo "ok $line"
		[ "$((now * 100))" -ge "$((allowed * 90))" ] || echo "# $name can have a lower budget"
	fi
done <"$here/rows"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
