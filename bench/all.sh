#!/bin/sh
# all.sh BUILD [NAME…] - every comparison, or those named (writes submit import tables server desk check letters http), then all
# figures with their goals. Ends with 1 when a goal is missed. What a comparison needs and is not installed, it names.
set -u
build=$(cd "${1:-build}" && pwd)
[ $# -gt 0 ] && shift
root=$(cd "$(dirname "$0")/.." && pwd)
names=${*:-writes submit import tables server desk check letters http}
figures=$build/bench/figures.txt
: >"$figures"
for name in $names; do
	echo "== $name"
	case $name in
	writes | submit) "$build/bench/$name" "$build/bench" ;;
	letters) "$build/bench/letters" ;;
	*) "$root/bench/$name.sh" "$build" ;;
	esac >"$build/bench/$name.log" 2>&1
	status=$?
	grep -v '^figure|' "$build/bench/$name.log"
	grep '^figure|' "$build/bench/$name.log" >>"$figures" ||
		echo "figure|$name: no figure (status $status)|||MISSED" >>"$figures"
done
echo
# printf pads bytes; the names are ASCII.
printf '%-72s %8s %8s\n' 'figure' 'goal' 'measured'
while IFS='|' read -r _ name goal value verdict; do
	printf '%-72s %8s %8s  %s\n' "$name" "$(echo "$goal" | sed 's/≥/>=/; s/≤/<=/')" "$value" "$verdict"
done <"$figures"
! grep -q 'MISSED$' "$figures"
