#!/bin/sh
# golden-accept.sh [--yes] - shows how each text that a test left in build/golden differs from
# tests/golden, and takes it over when told so. Read the differences: they are the review.
set -u
cd "$(dirname "$0")/.." || exit 1
for new in build/golden/*; do
	[ -f "$new" ] || { echo 'nothing differs'; exit 0; }
	old=tests/golden/$(basename "$new")
	if [ -f "$old" ]; then diff -u "$old" "$new"; else echo "new: $old ($(wc -l <"$new") lines)"; fi
	if [ "${1:-}" = --yes ]; then answer=y; else
		printf 'take over %s? [y/N] ' "$old"
		read -r answer || exit 1
	fi
	if [ "$answer" = y ]; then mv "$new" "$old"; fi
done
