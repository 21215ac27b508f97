#!/bin/sh
# http.sh BUILD - our server beside nginx with the same bytes as a static file, in one run.
#
# Prints, as ratios to nginx: CPU for a request (user and system, of all its processes, from /proc),
# requests a second, and the 99th percentile with 64 and with 1000 connections. Rounds alternate
# between the servers; the median of ROUNDS (default 5) counts. Needs nginx, wrk and curl.
#
# nginx runs as Debian sets it up, without a log; NGINX_HTTP="open_file_cache max=16;" or the like adds to
# its settings.
#
# Goals: cached page, CPU at most 0.8; 99th percentile with 1000 connections at most 3.
set -eu
build=${1:-build}
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-2}
here=$(mktemp -d)
chmod 755 "$here" # nginx reads it as nobody
for tool in nginx wrk curl; do
	command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null ||
		{ echo "bench/http.sh: $tool is not installed" >&2; exit 1; }
done
PATH=$PATH:/usr/sbin
nginx_pid= site_pid=
cleanup() {
	exec 9>&- || true
	[ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
	[ -z "$site_pid" ] || wait "$site_pid" 2>/dev/null || true
	rm -rf "$here"
}
trap cleanup EXIT INT TERM

# ---- the servers
mkfifo "$here/stop"
"$build/bench/http_site" "$here" <"$here/stop" >"$here/port" &
site_pid=$!
exec 9>"$here/stop"
until [ -s "$here/port" ]; do sleep 0.05; done
port=$(cat "$here/port")
mkdir "$here/root"
curl -s "http://127.0.0.1:$port/cached" >"$here/root/page.html"
nginx_port=$((port > 60000 ? port - 1000 : port + 1000))
cat >"$here/nginx.conf" <<CONF
daemon off;
worker_processes $(nproc);
pid $here/nginx.pid;
error_log $here/error.log;
events { worker_connections 4096; }
http {
	types { text/html html; }
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 100000000;
	${NGINX_HTTP-}
	server { listen 127.0.0.1:$nginx_port backlog=4096; root $here/root; }
}
CONF
nginx -c "$here/nginx.conf" -p "$here" 2>/dev/null &
nginx_pid=$!
until curl -s "http://127.0.0.1:$nginx_port/page.html" >/dev/null; do sleep 0.05; done
curl -s "http://127.0.0.1:$nginx_port/page.html" | cmp -s - "$here/root/page.html"
curl -s "http://127.0.0.1:$port/cached" | cmp -s - "$here/root/page.html" ||
	{ echo "bench/http.sh: the cached page differs" >&2; exit 1; }

# Ticks of user and system time of a process and its children.
ticks() {
	for pid in "$1" $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		sed 's/.*) //' "/proc/$pid/stat"
	done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# measure NAME PID URL CONNECTIONS -> a line "NAME CPU_us REQUESTS_a_second P99_us"
measure() {
	before=$(ticks "$2")
	wrk -t1 -c"$4" -d"${seconds}s" --timeout 10s --latency "$3" >"$here/wrk"
	after=$(ticks "$2")
	awk -v name="$1" -v ticks="$((after - before))" -v hz="$(getconf CLK_TCK)" '
		function us(s) {
			if (s ~ /us$/) return s + 0
			if (s ~ /ms$/) return 1000 * s
			return 1000000 * s
		}
		$1 == "99%" { p99 = us($2) }
		/requests in/ { n = $1 }
		/^Requests\/sec/ { rate = $2 }
		/Socket errors|Non-2xx/ { print "bench/http.sh: " name ": " $0 >"/dev/stderr" }
		END { printf "%s %.3f %.0f %.0f\n", name, 1000000 * ticks / hz / n, rate, p99 }
	' "$here/wrk" >>"$here/results"
}

nginx_url=http://127.0.0.1:$nginx_port/page.html
site_url=http://127.0.0.1:$port
for round in $(seq "$rounds"); do
	measure nginx-64 "$nginx_pid" "$nginx_url" 64
	measure cached-64 "$site_pid" "$site_url/cached" 64
	measure anew-64 "$site_pid" "$site_url/anew" 64
	measure nginx-1000 "$nginx_pid" "$nginx_url" 1000
	measure cached-1000 "$site_pid" "$site_url/cached" 1000
done

awk -v bytes="$(wc -c <"$here/root/page.html")" '
	{ n[$1]++; for (i = 2; i <= 4; i++) v[$1, i, n[$1]] = $i }
	function median(name, column,    i, j, t, a, count) {
		count = n[name]
		for (i = 1; i <= count; i++) a[i] = v[name, column, i]
		for (i = 2; i <= count; i++)
			for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
		return a[int((count + 1) / 2)]
	}
	function figure(name, goal, value) {
		printf "figure|%s|≤ %.2f|%.2f|%s\n", name, goal, value, value <= goal ? "reached" : "MISSED"
	}
	function row(label, ours, theirs) {
		printf "%-34s %9.2f %12.2f %9.2f\n", label, median(ours, 2) / median(theirs, 2),
			median(ours, 3) / median(theirs, 3), median(ours, 4) / median(theirs, 4)
	}
	END {
		printf "page of %d bytes; nginx static file: %.1f us of CPU a request, 99%% in %.2f ms (64)" \
			", %.2f ms (1000)\n", bytes, median("nginx-64", 2), median("nginx-64", 4) / 1000,
			median("nginx-1000", 4) / 1000
		printf "%-34s %9s %12s %9s\n", "relative to nginx", "CPU", "requests/s", "99%"
		row("cached page, 64 connections", "cached-64", "nginx-64")
		row("cached page, 1000 connections", "cached-1000", "nginx-1000")
		row("rendered anew, 64 connections", "anew-64", "nginx-64")
		figure("cached page, 64 connections: CPU, to nginx", 0.8, median("cached-64", 2) / median("nginx-64", 2))
		figure("page rendered anew, 64 connections: CPU, to nginx", 1.7,
			median("anew-64", 2) / median("nginx-64", 2))
		figure("cached page, 1000 connections: 99%, to nginx", 3, median("cached-1000", 4) / median("nginx-1000", 4))
	}' "$here/results"
