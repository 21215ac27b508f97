#!/bin/sh
# import.sh BUILD - what a row of an imported register costs, beside sqlite3's own .import.
#
# By turns, on the same disk, with a register of 100,000 rows (and 500,000, once):
#   ours   `gongkai import requests`: reads, checks every cell, writes the request with its indexes and an
#          event of the ledger with both chains, all in one transaction
#   plain  `sqlite3 .import` of the same file into one table of the same ten columns of text, no index
#   rows   SQLite alone copying the rows that ours has written (requests and events, with their indexes)
#          into an empty site: what they cost without reading, checking and hashing
# The median of ROUNDS (default 3) counts; goal: half the rate of plain.
set -eu
build=$(cd "${1:-build}" && pwd)
rounds=${ROUNDS:-3}
here=$(mktemp -d "$build/bench/import.XXXXXX")
trap 'rm -rf "$here"' EXIT INT TERM
. "$(dirname "$0")/figures.sh"

# register ROWS: invented rows over the years 2019 to 2025, as offices keep them
register() {
	awk -v n="$1" '
	function day(n) { return strftime("%Y-%m-%d", n * 86400 + 43200, 1) }
	BEGIN {
		split("网上提交 当面提交 电子邮件 邮寄（需签收） 传真", channels, " ")
		split("自然人 自然人 自然人 商业企业 法律服务机构 社会公益组织", classes, " ")
		split("予以公开 予以公开 部分公开 本机关不掌握相关政府信息 重复申请 属于国家秘密", results, " ")
		split("道路施工许可文件 学位分配方案 企业扶持资金名单 老旧小区改造计划", subjects, " ")
		print "登记编号,承办单位,申请方式,申请人类别,提交日期,收到申请之日,申请内容,延期天数,处理结果,办结日期"
		for (i = 1; i <= n; i++) {
			at = 17930 + int(i * 2500 / n)
			printf "GK-%06d,甲市乙区人民政府,%s,%s,%s,%s,申请公开%s（申请A%d）,%d,%s,%s\n", i,
				channels[i % 5 + 1], classes[i % 6 + 1], day(at), day(at + 1),
				subjects[i % 4 + 1], i, i % 7 == 0 ? 20 : 0, results[i % 6 + 1],
				day(at + 12 + i % 9)
		}
	}'
}
empty_site() {
	rm -rf "$here/site"
	"$build/gongkai" site init --data "$here/site" --name 甲市乙区人民政府 --code GK --url http://127.0.0.1 \
		--office 办公室 --contact 无 >"$here/out"
}
ours() {
	empty_site
	cost "$build/gongkai" import requests "$1" --data "$here/site"
}
plain() {
	rm -f "$here"/plain.db*
	cost sqlite3 "$here/plain.db" "CREATE TABLE request (number TEXT, unit TEXT, channel TEXT, applicant TEXT,
		submitted_on TEXT, received_on TEXT, content TEXT, extension TEXT, outcome TEXT, closed_on TEXT)" \
		".import --csv --skip 1 $1 request"
}
rows() {
	mv "$here/site" "$here/full"
	empty_site
	cost sqlite3 "$here/site/site.db" "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=0;
		ATTACH '$here/full/site.db' AS f; BEGIN; INSERT INTO request SELECT * FROM f.request ORDER BY id;
		INSERT INTO ledger_event SELECT * FROM f.ledger_event WHERE verb = 'request.import'; COMMIT"
	rm -rf "$here/full"
}

# compare ROWS ROUNDS
compare() {
	register "$1" >"$here/register.csv"
	: >"$here/results"
	for round in $(seq "$2"); do
		echo "ours $(ours "$here/register.csv")" >>"$here/results"
		echo "rows $(rows)" >>"$here/results"
		echo "plain $(plain "$here/register.csv")" >>"$here/results"
	done
	set -- "$1" "$(median "$here/results" ours 2)" "$(median "$here/results" plain 2)" \
		"$(median "$here/results" ours 3)" "$(median "$here/results" plain 3)" \
		"$(median "$here/results" rows 3)" "$(median "$here/results" ours 4)"
	printf 'import of %d rows: %d ms (plain %d ms); CPU %d ms (plain %d ms, the rows alone %d ms); %d MiB\n' \
		"$1" "$2" "$3" "$4" "$5" "$6" $(($7 / 1024))
	figure "import of $1 rows: rate, of sqlite3 .import" 0.50 "$(ratio "$3" "$2")" at_least
	figure "import of $1 rows: CPU, of SQLite writing the same rows" "" "$(ratio "$4" "$6")" none
}

command -v sqlite3 >/dev/null || { echo "bench/import.sh: sqlite3 is not installed" >&2; exit 1; }
compare 100000 "$rounds"
compare 500000 1
