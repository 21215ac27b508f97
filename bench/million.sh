# million.sh - a site of 1,000,000 requests over seven years, made once and kept under $build/bench.
# Sourced, with $build set. Sets $million, the data folder. Making it takes some minutes.

million=$build/bench/million
# One that another version of the program has made may not fit this one.
[ -d "$million" ] && "$build/gongkai" migrate --data "$million" >/dev/null 2>&1 || {
	echo "bench: making $million, which takes some minutes" >&2
	rm -rf "$million" "$million.new"
	"$build/gongkai" demo --data "$million.new" --times 3402 >/dev/null 2>&1
	mv "$million.new" "$million"
}
