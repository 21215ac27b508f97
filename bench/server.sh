#!/bin/sh
# server.sh BUILD - the server itself, with a site of 1,000,000 requests (cases) and the page cache empty:
#   - from its start to its first answered page, at most a second
#   - its memory while REQUESTS (default 1,000,000) HTTP requests are answered: at most 64 MiB, and flat, that is
#     at the end at most 1.05 times what it was after a tenth of them
# Every page is rendered anew (cache_mib = 0): home, reports, a report, the form of the checker, the clock, sign-in, a
# page that is not there; every five seconds also the records behind a figure, which sort a year's 166,000 requests.
# Needs wrk and curl.
set -eu
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
requests=${REQUESTS:-1000000}
for tool in wrk curl; do
	command -v $tool >/dev/null || { echo "bench/server.sh: $tool is not installed" >&2; exit 1; }
done
. "$root/bench/million.sh"
here=$(mktemp -d "$build/bench/server.XXXXXX")
. "$root/bench/figures.sh"
server=
cleanup() {
	[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }
	rm -f "$million/gongkai.conf"
	rm -rf "$here"
}
trap cleanup EXIT INT TERM
port=$((20000 + $$ % 20000))
url=http://127.0.0.1:$port
echo "cache_mib = 0" >"$million/gongkai.conf"

now() { date +%s%3N; }
start() {
	before=$(now)
	"$build/gongkai" serve --data "$million" --port $port >"$here/log" 2>&1 &
	server=$!
	until curl -sf -o /dev/null "$url/"; do
		kill -0 $server 2>/dev/null || { cat "$here/log" >&2; exit 1; }
		sleep 0.01
	done
	echo "start $(($(now) - before))" >>"$here/results"
}
# Of the server and its children, together.
memory() {
	for pid in $server $(cat "/proc/$server/task/$server/children"); do
		awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"
	done | awk '{ sum += $1 } END { print sum }'
}

for round in 1 2 3 4 5; do
	[ -z "$server" ] || { kill $server; wait $server || true; }
	start
done
figure "start with 1,000,000 cases: ms to the first page" 1000 "$(median "$here/results" start 2)" at_most

cat >"$here/pages.lua" <<'LUA'
local pages = { "/", "/reports", "/reports/2020/YXZF", "/check", "/clock", "/sign-in", "/no-such-page", "/about" }
local n = 0
request = function()
	n = n + 1
	return wrk.format("GET", pages[n % #pages + 1])
end
LUA
done=0 tenth= began=$(now)
first=$(memory)
while [ "$done" -lt "$requests" ]; do
	wrk -t1 -c16 -d5s --timeout 20s -s "$here/pages.lua" "$url" >"$here/wrk"
	curl -sf -o /dev/null "$url/reports/2020/YXZF/records?table=3&line=new_received&column=total&after=$done"
	done=$((done + $(awk '/requests in/ { print $1 }' "$here/wrk")))
	if [ -z "$tenth" ] && [ "$done" -ge $((requests / 10)) ]; then tenth=$(memory); fi
	printf '# %d requests, %d MiB\n' "$done" $(($(memory) / 1024))
done
last=$(memory)
printf 'server: %d requests in %d s; memory %d MiB at first, %d MiB after a tenth, %d MiB at the end\n' "$done" \
	$((($(now) - began) / 1000)) $((first / 1024)) $((tenth / 1024)) $((last / 1024))
figure "server memory after $requests requests, MiB" 64 "$(ratio "$last" 1024)" at_most
figure "server memory: at the end, to after a tenth" 1.05 "$(ratio "$last" "$tenth")" at_most
