#!/bin/sh
# Runs a command beside a PostgreSQL server of its own.
#   usage: tests/postgres.sh COMMAND [ARG…]
# The cluster lies in a temporary folder, listens on a Unix socket there only, is fast instead
# of durable, and is removed at the end. GONGKAI_TEST_POSTGRES holds the connection text;
# GONGKAI_TEST_POSTGRES_KEEPS says that tests may leave their sites there for the next test.
# PostgreSQL refuses to run as root, so root hands the server to another user.
set -eu
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARG…]" >&2; exit 2; }

bin=
for dir in $(pg_config --bindir 2>/dev/null || true) /usr/lib/postgresql/*/bin; do
	[ -x "$dir/initdb" ] && bin=$dir
done
[ -n "$bin" ] || { echo "$0: no PostgreSQL server is installed" >&2; exit 77; }

as=
if [ "$(id -u)" = 0 ]; then
	user=nobody
	if id postgres >/dev/null 2>&1; then user=postgres; fi
	as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups --"
fi

work=$(mktemp -d)
stop()
{
	[ -f "$work/data/postmaster.pid" ] && $as "$bin/pg_ctl" -D "$work/data" -m immediate -w stop >/dev/null 2>&1
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -n "$as" ]; then chown "$user" "$work"; fi
cd "$work" # a folder its user may enter
$as "$bin/initdb" -D "$work/data" -U gongkai -A trust -E UTF8 --locale=C -N >"$work/initdb.log" 2>&1 ||
	{ cat "$work/initdb.log" >&2; exit 1; }
cat >> "$work/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$work'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_connections = 60
max_locks_per_transaction = 256
autovacuum = off
SETTINGS
$as "$bin/pg_ctl" -D "$work/data" -l "$work/log" -w start >/dev/null ||
	{ cat "$work/log" >&2; exit 1; }
$as "$bin/createdb" -h "$work" -U gongkai gongkai
cd "$OLDPWD"
psql -q -X -v ON_ERROR_STOP=1 -h "$work" -U gongkai gongkai <"$(dirname "$0")/postgres.sql" >"$work/psql.log" 2>&1 ||
	{ cat "$work/psql.log" >&2; exit 1; }

status=0
GONGKAI_TEST_POSTGRES_KEEPS=yes GONGKAI_TEST_POSTGRES="postgresql:///gongkai?host=$work&user=gongkai" "$@" || status=$?
exit $status
