#!/bin/sh
# run.sh LAWCHECK - every fault that tools/lawcheck knows, and a tree that has none.
# Prints TAP and "N passed, N failed".
set -u
lawcheck=$1
here=$(dirname "$0")
passed=0 failed=0

# gives NAME STATUS WANTED COMMAND…: exit status and standard output are as told.
gives() {
	name=$1 status=$2 wanted=$3
	shift 3
	got=$("$@" 2>/dev/null)
	code=$?
	if [ "$code" = "$status" ] && [ "$got" = "$wanted" ]; then
		passed=$((passed + 1))
		echo "ok $((passed + failed)) - $name"
	else
		failed=$((failed + 1))
		echo "not ok $((passed + failed)) - $name"
		echo "status $code, wanted $status:" | sed 's/^/# /'
		echo "$got" | sed 's/^/# /'
	fi
}

gives "every fault of the tree of faults, and nothing else" 1 "$(cat "$here/expected.txt")" \
	"$lawcheck" "$here/tree"
gives "a tree without fault" 0 "" "$lawcheck" "$here/good"
gives "no document is no success" 2 "" "$lawcheck" "$here/nowhere"
gives "docs/law.md and the sources agree" 0 "" "$lawcheck" .

echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
