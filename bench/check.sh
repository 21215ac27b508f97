#!/bin/sh
# check.sh BUILD - `gongkai check` on a PDF of 30 pages: a published report of the sample year, its pages repeated
# until there are 30. Its reading happens in a child of its own; the time is until the answer. Median of 5.
set -eu
build=$(cd "${1:-build}" && pwd)
here=$(mktemp -d "$build/bench/check.XXXXXX")
trap 'rm -rf "$here"' EXIT INT TERM
. "$(dirname "$0")/figures.sh"
for tool in pdfunite pdfinfo; do
	command -v $tool >/dev/null || { echo "bench/check.sh: $tool (poppler-utils) is not installed" >&2; exit 1; }
done
"$build/gongkai" demo --data "$here/site" >/dev/null
"$build/gongkai" report --data "$here/site" --year 2020 --format pdf --output "$here/report.pdf"
pages=$(pdfinfo "$here/report.pdf" | awk '/^Pages/ { print $2 }')
copies=
for i in $(seq $(((30 + pages - 1) / pages))); do copies="$copies $here/report.pdf"; done
# shellcheck disable=SC2086 # a list of files
pdfunite $copies "$here/long.pdf"
pdfseparate -l 30 "$here/long.pdf" "$here/page-%02d.pdf"
pdfunite "$here"/page-*.pdf "$here/thirty.pdf"
: >"$here/results"
for round in 1 2 3 4 5; do
	# 1: findings; 2 would be a file that cannot be read
	"$build/bench/cost" "$build/gongkai" check "$here/thirty.pdf" >"$here/out" 2>"$here/err" || [ $? -eq 1 ]
	echo "check $(awk '/^cost / { printf "%d %d %d\n", $2, $3, $4 }' "$here/err")" >>"$here/results"
done
figure "gongkai check, PDF of 30 pages: ms" 1000 "$(median "$here/results" check 2)" at_most
figure "gongkai check, PDF of 30 pages: ms of CPU" "" "$(median "$here/results" check 3)" none
