#!/bin/sh
# format.sh [DIR…] - lets clang-format break the lines that the layers tool finds too wide, and no others.
# Afterwards look at the result: a better name or a local variable is often the better cure.
set -eu
layers=${LAYERS:-build/tools/layers}
"$layers" | awk -F: '$3 == " width" { print $1, $2 }' | while read -r file line; do
	for dir in "${@:-.}"; do
		case $dir in .) ;; *) case $file in "$dir"/*) ;; *) continue ;; esac ;; esac
		echo "$file" "$line"
	done
done | sort -u | awk '{ lines[$1] = lines[$1] " --lines=" $2 ":" $2 }
	END { for (f in lines) print "clang-format -i --style=file" lines[f], f }' | sh
