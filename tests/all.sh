#!/bin/sh
# all.sh - every suite, one more at a time than there are processors since each waits now and then,
# each in its own log; adds up what they count. A suite is a command whose last line is
# "N passed, N failed[, N skipped]"; it keeps what it makes in TMPDIR, takes free ports, and asserts
# no times. Each is told when it has ended.
# ONLY="unit browser" chooses; JOBS=1 runs one after the other.
set -u
cd "$(dirname "$0")/.." || exit 1
logs=build/check
jobs=$(nproc)
mkdir -p "$logs"
rm -f "$logs"/*.count
began_all=$(date +%s)

# Everything that is made on the way lies here, and ends with it.
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-check.XXXXXX") || exit 1
export TMPDIR
places=
chmod 711 "$TMPDIR" # PostgreSQL's user goes through it

# Ends what was begun here and still runs: known by its TMPDIR, a database server by its folder.
ours() {
	grep -lzsx "TMPDIR=$TMPDIR" /proc/[0-9]*/environ | sed 's|/proc/\([0-9]*\)/.*|\1|' | grep -vx "$$"
	for server in "$TMPDIR"/*/data/postmaster.pid; do
		[ ! -f "$server" ] || head -n 1 "$server"
	done
}
finish() {
	trap '' INT TERM HUP
	# shellcheck disable=SC2086 # a list of processes
	[ -z "$places" ] || kill $places 2>/dev/null # so that nobody tells of what is ended here
	for signal in TERM QUIT KILL; do
		left=$(ours)
		[ -n "$left" ] || break
		# shellcheck disable=SC2086 # a list of processes
		kill -$signal $left 2>/dev/null
		for tenth in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
			[ -n "$(ours)" ] || break
			sleep 0.1
		done
	done
	rm -rf "$TMPDIR"
}
trap finish EXIT
trap 'echo "interrupted" >&2; exit 130' INT
trap 'exit 143' TERM HUP

# told NAME STATUS SECONDS: what a suite wrote to its log, as a line, and what failed; its figures to NAME.count
told() {
	name=$1 status=$2 seconds=$3
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
	echo "$p $f $s" >"$logs/$name.count"
	printf '%-12s %5d passed %3d failed %3d skipped  %4d s\n' "$name" "$p" "$f" "$s" "$seconds"
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
	status=$?
	told "$name" $status $(($(date +%s) - began)) >"$logs/$name.told"
	cat "$logs/$name.told" # in one piece, whatever else ends at the same time
}

# gate NAME COMMAND…: passes or not, counts as one
gate() {
	name=$1
	began=$(date +%s)
	shift
	word=FAILED
	echo "0 1 0" >"$logs/$name.count"
	if "$@" >"$logs/$name.log" 2>&1; then
		word=ok
		echo "1 0 0" >"$logs/$name.count"
	fi
	{
		printf '%-12s %s  %4d s\n' "$name" "$word" $(($(date +%s) - began))
		[ "$word" = ok ] || tail -n 40 "$logs/$name.log"
	} >"$logs/$name.told"
	cat "$logs/$name.told"
	[ "$word" = ok ]
}

# The other compiler builds what the sanitizers run: its warnings are errors.
clang_and_sanitize() {
	gate clang make -j"$jobs" sanitize-build
	suite sanitize sh tests/suites/sanitize.sh
}

run() {
	case $1 in
	unit) suite unit tests/postgres.sh build/gongkai-test ;;
	sanitize) clang_and_sanitize ;;
	*) suite "$1" sh "tests/suites/$1.sh" ;;
	esac
}

gate build make -j"$jobs" all build/gongkai-test tools
gate layers make layers

# The long ones first, so that the short ones fill what is left at the end.
names="sanitize unit browser play crash"
for extra in tests/suites/*.sh; do
	name=$(basename "$extra" .sh)
	case " $names " in *" $name "*) ;; *) names="$names $name" ;; esac
done

# A place is a line in a pipe: taken before a suite starts, put back after it.
mkfifo "$TMPDIR/places"
exec 3<>"$TMPDIR/places"
for n in $(seq "${JOBS:-$((jobs + 1))}"); do echo "$n" >&3; done
for name in ${ONLY:-$names}; do
	read -r place <&3
	{ run "$name" 3>&-; echo "$place" >&3; } &
	places="$places $!"
done
wait
places=
echo
total=$(cat "$logs"/*.count | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
echo "in $((($(date +%s) - began_all + 30) / 60)) min"
echo "$total" | awk '{ print $1 " passed, " $2 " failed, " $3 " skipped"; exit ($2 > 0) }'
