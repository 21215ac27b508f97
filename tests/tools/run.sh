#!/bin/bash
# run.sh TOOLS - the tests of tools/embed.c and tools/layers.c; TOOLS is where they were built.
# Prints TAP and closes with "N passed, N failed", like the unit tests.
set -u
tools=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0 passed=0 failed=0

# ok NAME COMMAND…: the case holds if the command succeeds; its output is shown if not.
ok() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@" > "$work/output" 2>&1; then
		passed=$((passed + 1))
		echo "ok $number - $name"
	else
		failed=$((failed + 1))
		echo "not ok $number - $name"
		sed 's/^/#   /' "$work/output"
	fi
}

# gives STATUS EXPECTED_FILE COMMAND…: exit status and standard output are as told.
gives() {
	local status=$1 expected=$2 got
	shift 2
	"$@" > "$work/got" 2> "$work/complaint"
	got=$?
	[ "$got" = "$status" ] || { echo "exit status $got, wanted $status"; cat "$work/complaint"; return 1; }
	diff "$expected" "$work/got"
}

# refuses WORDS COMMAND…: the command fails and says WORDS.
refuses() {
	local words=$1
	shift
	if "$@" > "$work/complaint" 2>&1; then
		echo "it accepted"
		return 1
	fi
	grep -qF -- "$words" "$work/complaint" || { echo "it said:"; cat "$work/complaint"; return 1; }
}

# ---- layers
ok "layers: every fault of the hostile tree, and nothing else" \
	gives 1 "$here/layers/expected.txt" "$tools/layers" "$here/layers/tree"
for rule in include header banned text space key html sql length width brace word; do
	ok "layers: the hostile tree breaks the rule '$rule'" \
		grep -qE "^[^:]+:[0-9]+: $rule: " "$here/layers/expected.txt"
done
ok "layers: mutable symbols" gives 1 "$here/layers/objects.expected.txt" \
	"$tools/layers" --objects < "$here/layers/objects.txt"
ok "layers: no symbols at all is a fault of the caller" refuses "no output of objdump" \
	"$tools/layers" --objects < /dev/null
mkdir -p "$work/clean/src/base"
echo 'base foundation' > "$work/clean/src/LAYERS"
printf 'int constant(void);\n' > "$work/clean/src/base/x.c"
ok "layers: a clean tree" gives 0 /dev/null "$tools/layers" "$work/clean"
ok "layers: no tree" refuses "file.missing" "$tools/layers" "$work/nowhere"

# ---- embed
cd "$work" || exit 2
mkdir -p data migrations
compile() { ${HOSTCC:-gcc} -std=c17 -Wall -Wextra -Werror -Wpedantic -Wno-overlength-strings -I"$here/../src" "$@"; }

for mode in migrations messages assets tests; do
	ok "embed $mode: nothing makes valid C" "$tools/embed" $mode "$mode.c"
	ok "embed $mode: it compiles" compile -c -o "$mode.o" "$mode.c"
done

for octal in $(seq 0 255); do
	printf "\\$(printf %o "$octal")1?"
done > data/bytes
seq 1 20000 > data/long.txt
: > data/empty
"$tools/embed" assets assets.c data/long.txt data/empty data/bytes
cat > show.c << 'C'
#include "base/asset.h"
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
	for (size_t i = 0; i < asset_list_count; i++)
		if (argc == 2 && strcmp(argv[1], asset_list[i].path) == 0)
			fwrite(asset_list[i].bytes, 1, asset_list[i].len, stdout);
		else if (argc == 1)
			printf("%s  %s\n", asset_list[i].sha256_hex, asset_list[i].path);
	return 0;
}
C
ok "embed assets: it compiles" compile -o show show.c assets.c
for file in data/bytes data/long.txt data/empty; do
	ok "embed assets: $file comes back byte for byte" gives 0 "$file" ./show "$file"
done
sha256sum data/bytes data/empty data/long.txt > sums
ok "embed assets: sorted, with their digests" gives 0 sums ./show

row() { printf '%b\n' "$@" > messages.tsv; }
messages() { "$tools/embed" messages messages.c messages.tsv; }
row 'a.b\t中\ten'
ok "embed messages: one row" messages
row 'a.b\t中\ten' '# note' '' 'a.c\t中\ten' 'a.b\tx\ty'
ok "embed messages: a key twice" refuses "messages.tsv:5: key a.b also stands at messages.tsv:1" messages
row 'a.b\t中'
ok "embed messages: a missing column" refuses "messages.tsv:1: wants three columns" messages
row 'a.a\t中\ten' 'a.b\t中\ten\tmore'
ok "embed messages: a column too many" refuses "messages.tsv:2: more than three columns" messages
row 'a.b\t\ten'
ok "embed messages: an empty text" refuses "messages.tsv:1: a text is empty" messages
row 'AB\t中\ten'
ok "embed messages: no key" refuses "messages.tsv:1: a key is" messages
row 'a.b\t{1}{2}\t{1}'
ok "embed messages: facts that differ" refuses "messages.tsv:1: the two texts use different facts" messages
row 'a.b\t\xd6\xd0\ten'
ok "embed messages: not UTF-8" refuses "messages.tsv:1: not plain UTF-8" messages
ok "embed messages: no such file" refuses "file.missing" "$tools/embed" messages messages.c absent.tsv

echo 'CREATE TABLE a(b);' > migrations/0001-a.sql
echo 'x' > migrations/0001-b.sql
echo 'x' > migrations/1-c.sql
ok "embed migrations: one" "$tools/embed" migrations m.c migrations/0001-a.sql
ok "embed migrations: a number twice" refuses "another migration has this number" \
	"$tools/embed" migrations m.c migrations/0001-a.sql migrations/0001-b.sql
ok "embed migrations: a bad name" refuses "NNNN-name.sql" "$tools/embed" migrations m.c migrations/1-c.sql

ok "embed tests: a name twice" refuses "another test file has this name" \
	"$tools/embed" tests t.c src/a/x_test.c src/b/x_test.c
ok "embed tests: no test" refuses "x_test.c" "$tools/embed" tests t.c src/a/x.c
ok "embed: an unknown mode" refuses "usage" "$tools/embed" pictures p.c

echo "1..$number"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
