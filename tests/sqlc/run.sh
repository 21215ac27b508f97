#!/bin/sh
# The tests of tools/sqlc: what it refuses (refused.txt), that what it writes compiles under
# the project's flags, and that the calls do what they say (generated_test.c).
#   usage: tests/sqlc/run.sh BUILD CC CFLAGS… -- OBJECTS… LIBS…      (make sqlc-test)
set -eu
build=$1; cc=$2; shift 2
cflags=
while [ "$1" != -- ]; do cflags="$cflags $(printf "'%s'" "$1")"; shift; done
shift
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

awk -v dir="$work" '/^==== /{ n++; print substr($0, 6) > (dir "/" sprintf("%03d.want", n)); next }
	n { print > (dir "/" sprintf("%03d.sql", n)) }' "$here/refused.txt"
number=0 failed=0
for want in "$work"/*.want; do
	number=$((number + 1))
	sql=${want%.want}.sql
	expected=$(cat "$want")
	status=0
	"$build/tools/sqlc" "$sql" "$work/out" 2> "$work/said" || status=$?
	if [ "$expected" = fine ]; then
		[ $status = 0 ] && verdict=ok || verdict='not ok'
	elif [ $status = 1 ] && grep -qF "$sql:$expected" "$work/said" ||
	     [ $status = 1 ] && grep -F "$sql:${expected%%:*}:" "$work/said" | grep -qF "${expected#*: }"; then
		verdict=ok
	else
		verdict='not ok'
	fi
	echo "$verdict $number - sqlc: $expected"
	if [ "$verdict" != ok ]; then
		failed=$((failed + 1))
		sed 's/^/#   /' "$work/said"
	fi
done
echo "1..$number"
rm -f "$work"/out.*
"$build/tools/sqlc" "$here/good.sql" "$work/good_sql"
"$build/tools/sqlc" --list "$work/list.c" "$here/good.sql"
"$build/tools/embed" migrations "$work/migrations.c" "$here/0001-thing.sql"
"$build/tools/embed" tests "$work/main.c" "$here/generated_test.c"
eval "$cc $cflags" -Wno-missing-prototypes -Wno-unused-parameter -I'"$work"' -o '"$work/generated"' \
	'"$here/generated_test.c"' '"$work"'/*.c '"$@"'
"$work/generated" > "$work/generated.log" && status=0 || status=$?
sed '$d' "$work/generated.log"
tail -n 1 "$work/generated.log" | sed 's/,//g' | {
	read -r p _ f _ s _ || true
	echo "$((number - failed + p)) passed, $((failed + f)) failed, ${s:-0} skipped"
}
[ $failed = 0 ] && [ "$status" = 0 ]
