#!/bin/sh
# run.sh GONGKAI - the manual pages: mandoc finds nothing, and they say what the program says.
# Prints TAP and "N passed, N failed".
set -u
gongkai=$1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# same NAME WANTED_FILE GOT_FILE
same() {
	if words=$(diff "$2" "$3"); then
		passed=$((passed + 1))
		echo "ok $((passed + failed)) - $1"
	else
		failed=$((failed + 1))
		echo "not ok $((passed + failed)) - $1 (< the program, > the page)"
		echo "$words" | sed 's/^/# /'
	fi
}

: > "$work/nothing"
for page in man/gongkai.1 man/gongkai.conf.5; do
	# mandoc looks for the other page among those installed: here it lies beside this one.
	mandoc -T lint "$page" | grep -v 'not found: Xr gongkai' > "$work/lint"
	same "mandoc finds nothing in $page" "$work/nothing" "$work/lint"
done

"$gongkai" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort > "$work/commands"
sed -n 's/^\.Ss \([a-z]*\).*/\1/p' man/gongkai.1 | sort > "$work/sections"
same "every command has its section" "$work/commands" "$work/sections"

# "--name VALUE" of each option; --data and --help are told once, for all.
while read -r command; do
	"$gongkai" "$command" --help | sed -n 's/^  \(--[a-z-]*\) \{0,1\}\([^\t]*\)\t.*/\1 \2/p' |
		grep -vE '^--(data|help) ' | sed 's/ *$//' | sort > "$work/wanted"
	awk -v command="$command" '
		/^\.Ss / { in_it = $2 == command }
		in_it && /^\.It Fl -/ { line = "-" $3; if ($4 == "Ar") line = line " " $5 ($6 == "..." ? "…" : ""); print line }
	' man/gongkai.1 | sort > "$work/got"
	same "gongkai $command: every option" "$work/wanted" "$work/got"
done < "$work/commands"

sed -n 's/^\t{ "\([a-z_]*\)", SETTING_.*/\1/p' src/app/config.c | sort > "$work/wanted"
sed -n 's/^\.It Ic \([a-z_]*\)$/\1/p' man/gongkai.conf.5 | sort > "$work/got"
same "every setting" "$work/wanted" "$work/got"

echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 4 ]
