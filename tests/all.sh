#!/bin/sh
# all.sh - every suite in order, each in its own log; adds up what they count.
# A suite is a command whose last line is "N passed, N failed[, N skipped]".
set -u
cd "$(dirname "$0")/.." || exit 1
logs=build/check
jobs=$(nproc)
mkdir -p "$logs"
passed=0 failed=0 skipped=0

# count NAME STATUS STARTED: adds up what a suite wrote to its log
count() {
	name=$1 status=$2 started=$3
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$logs/$name.log" | tail -n 1)
	p=0 f=0 s=0
	if [ -n "$line" ]; then
		p=$(echo "$line" | sed 's/ passed.*//')
		f=$(echo "$line" | sed 's/.*passed, \([0-9]*\) failed.*/\1/')
		s=$(echo "$line" | sed -n 's/.*failed, \([0-9]*\) skipped.*/\1/p')
		[ -n "$s" ] || s=0
	fi
	# A suite that died without counting, or counted no failure and yet failed, has failed once.
	if { [ -z "$line" ] || [ "$status" -ne 0 ]; } && [ "$f" -eq 0 ]; then f=1; fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	printf '%-12s %5d passed %3d failed %3d skipped  %4d s\n' "$name" "$p" "$f" "$s" $(($(date +%s) - started))
	if [ "$f" -gt 0 ]; then
		# What failed, and the remarks that say why.
		awk '/^not ok/ { print; why = 4; next } /^#/ && why-- > 0 { print; next } { why = 0 }
		     /: error:|ERROR: |runtime error|Assertion|FAIL/ { print }' "$logs/$name.log" | head -n 60
		tail -n 5 "$logs/$name.log"
	fi
}

# suite NAME COMMAND…: a suite that counts
suite() {
	name=$1
	began=$(date +%s)
	shift
	"$@" >"$logs/$name.log" 2>&1
	count "$name" $? "$began"
}

# gate NAME COMMAND…: passes or not, counts as one
gate() {
	name=$1
	shift
	started=$(date +%s)
	if "$@" >"$logs/$name.log" 2>&1; then
		passed=$((passed + 1)) word=ok
	else
		failed=$((failed + 1)) word=FAILED
	fi
	printf '%-12s %s  %4d s\n' "$name" "$word" $(($(date +%s) - started))
	[ "$word" = ok ] || tail -n 40 "$logs/$name.log"
}

gate build make -j"$jobs" all build/gongkai-test
gate clang make -j"$jobs" CC=clang BUILD=build-clang OPT=-O1 all build-clang/gongkai-test
gate layers make layers
# The sanitizers need a third of the whole time: they take what the others leave of the machine.
sanitize_began=$(date +%s)
nice -n 19 sh tests/suites/sanitize.sh >"$logs/sanitize.log" 2>&1 &
sanitize=$!
trap 'kill $sanitize 2>/dev/null; exit 130' INT TERM
suite unit tests/postgres.sh build/gongkai-test
for extra in tests/suites/*.sh; do
	[ -e "$extra" ] || continue
	name=$(basename "$extra" .sh)
	[ "$name" = sanitize ] || suite "$name" sh "$extra"
done
wait $sanitize
count sanitize $? "$sanitize_began"
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
