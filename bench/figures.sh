# figures.sh - for the scripts of bench/: running, medians, and the lines of the summary.
# Sourced, with $build (where build/bench/cost is) and $here (a folder to write in) set.

# cost COMMAND…: prints "WALL_MS CPU_MS MAX_RSS_KIB", whole numbers; its output is thrown away.
cost() {
	"$build/bench/cost" "$@" >"$here/out" 2>"$here/err" ||
		{ cat "$here/out" "$here/err" >&2; echo "bench: failed: $*" >&2; return 1; }
	awk '/^cost / { printf "%d %d %d\n", $2, $3, $4 }' "$here/err"
}

# median FILE NAME COLUMN: of the lines that begin with NAME
median() {
	awk -v name="$2" -v column="$3" '$1 == name { print $column }' "$1" | sort -n |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / (b > 0 ? b : 1) }'; }

# figure NAME GOAL VALUE at_least|at_most|none: one line of the summary that bench/all.sh prints
figure() {
	awk -v name="$1" -v goal="$2" -v value="$3" -v kind="$4" 'BEGIN {
		reached = kind == "none" || (kind == "at_least" ? value + 0 >= goal + 0 : value + 0 <= goal + 0)
		sign = kind == "at_least" ? "≥ " : kind == "at_most" ? "≤ " : ""
		printf "figure|%s|%s%s|%s|%s\n", name, sign, goal, value,
			kind == "none" ? "" : reached ? "reached" : "MISSED"
	}'
}
