#!/bin/sh
# run.sh PAGEC CC FOLDER - what the page compiler refuses, what it makes, and what the C compiler then refuses.
# Prints TAP and "N passed, N failed".
set -u
pagec=$1 cc=$2 out=$3
here=$(dirname "$0")
mkdir -p "$out"
passed=0 failed=0

say() { # ok|not name [why]
	if [ "$1" = ok ]; then passed=$((passed + 1)); echo "ok $((passed + failed)) - $2"; return; fi
	failed=$((failed + 1))
	echo "not ok $((passed + failed)) - $2"
	[ -z "${3-}" ] || echo "$3" | sed 's/^/# /'
}

# ---- the table: one file per case, its name and the wanted message in FOLDER/list
rm -f "$out"/case-* "$out"/list
awk -v out="$out" '
	/^#/ && n == 0 { next }
	/^--- / { n++; name = substr($0, 5); file = sprintf("%s/case-%03d.html", out, n); want = ""; printf "" > file; next }
	want == "" { want = $0; print file "\t" want "\t" name > (out "/list"); next }
	{ print > file }' "$here/refused.txt"
tab=$(printf '\t')
while IFS="$tab" read -r file want name; do
	got=$("$pagec" "$out/case" "$file" 2>&1)
	status=$?
	case $got in
	"$file:$want"*) matches=yes ;;
	"$file:${want%%:*}: "*"${want#*: }"*) matches=yes ;;
	*) matches=no ;;
	esac
	if [ $status -eq 1 ] && [ $matches = yes ]; then say ok "refuses: $name"
	else say not "refuses: $name" "status $status: $got
wanted:  $want"; fi
done < "$out/list"

# ---- hostile data through every writer, byte for byte
build() { # page -> object; the C compiler's words on failure
	"$pagec" "$out/$1_html" "$here/$1.html" 2>&1 &&
		"$cc" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-parameter -Isrc -I"$out" -c -o "$out/$1.o" "$out/$1_html.c" 2>&1
}
words=$(build hostile) && say ok "hostile.html compiles" || say not "hostile.html compiles" "$words"
words=$("$cc" -std=c17 -D_GNU_SOURCE -Isrc -I"$out" -o "$out/hostile" "$here/hostile.c" "$out/hostile.o" \
	src/html/html.c src/html/escape.c "$(dirname "$pagec")/base.a" -lgcrypt -lsodium -lpthread 2>&1) || say not "hostile links" "$words"
"$out/hostile" > "$out/hostile.out"
words=$(diff "$here/hostile.expected" "$out/hostile.out") && say ok "hostile data comes out inert" ||
	say not "hostile data comes out inert" "$words"

# ---- what only the C compiler can refuse, at the page's own line
compiler_refuses() { # name want page
	printf '%s\n' "$3" > "$out/$1.html"
	"$pagec" "$out/$1_html" "$out/$1.html" || { say not "compiler: $1" "pagec refused it"; return; }
	got=$("$cc" -std=c17 -D_GNU_SOURCE -Isrc -I"$out" -fsyntax-only "$out/$1_html.c" 2>&1)
	case $got in
	*"$out/$1.html:$2"*) say ok "the C compiler refuses: $1" ;;
	*) say not "the C compiler refuses: $1" "$got" ;;
	esac
}
compiler_refuses misspelt_field "4:" '{%! f(const struct str *v) %}
<p>
x
{{ v->pointer }}</p>'
compiler_refuses bare_characters "2:" '{%! f(const char *x) %}
<p>{{ x }}</p>'
compiler_refuses structure "2:" '{%! f(struct arena_mark x) %}
<p>{{ x }}</p>'
compiler_refuses number_as_url "2:" '{%! f(int x) %}
<a href="{{ x }}">x</a>'
compiler_refuses floating_number "2:" '{%! f(double x) %}
<p>{{ x }}</p>'

echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
