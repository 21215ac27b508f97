#!/bin/sh
# golden-accept.sh [--yes] - shows how each text that a test left in build/golden differs from
# tests/golden, and takes it over when told so. Read the differences: they are the review.
set -u
cd "$(dirname "$0")/.." || exit 1
list=$(find build/golden -type f 2>/dev/null | sort)
[ -n "$list" ] || { echo 'nothing differs'; exit 0; }
for new in $list; do
	old=tests/golden/${new#build/golden/}
	if [ -f "$old" ]; then diff -u "$old" "$new"; else echo "new: $old ($(wc -l <"$new") lines)"; fi
	if [ "${1:-}" = --yes ]; then answer=y; else
		printf 'take over %s? [y/N] ' "$old"
		read -r answer || exit 1
	fi
	if [ "$answer" = y ]; then mkdir -p "$(dirname "$old")" && mv "$new" "$old"; fi
done
