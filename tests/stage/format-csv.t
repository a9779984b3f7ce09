#!/bin/sh
# cdc-format --to csv, tsv: what Python's csv reads.  What LOAD DATA reads:
# tests/server/format.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

csv_of() { python3 -c 'import csv, json, sys
for row in csv.reader(open(sys.argv[1], newline="", encoding="utf-8")):
    print(json.dumps(row, ensure_ascii=False))' "$1"; }
{
	varchar
	printf "$row" null '{"id":1,"v":"a,\"b\"\r\nc\td\\e\u0001"}' 0-1-1 null c
	printf "$row" null '{"id":2,"v":null}' 0-1-1 null c
	printf "$row" null '{"id":3,"v":""}' 0-1-2 null c
	printf "$row" '{"id":1,"v":"x"}' null 0-1-3 null d
} >"$T/in"
run_on "$T/in" cdc-format --to csv
exits 0 "csv"
is "$(csv_of "$T/out")" '["@op", "id", "v"]
["c", "1", "a,\"b\"\r\nc\td\\e\u0001"]
["c", "2", ""]
["c", "3", ""]
["d", "1", "x"]' "what Python's csv reads"
is "$(tr -d '\r' <"$T/out" | tail -n 3)" 'c,2,
c,3,""
d,1,x' "NULL is nothing, and an empty text is not"
run_on "$T/in" cdc-format --to tsv
is "$(tr -d '\001' <"$T/out")" '@op	id	v
c	1	a,"b"\r\nc\td\\e
c	2	\N
c	3	
d	1	x' "tsv"
run_on "$T/in" cdc-format --to csv --null x --columns '@source.gtid,v,@op' \
    --no-header
is "$(tr -d '\r' <"$T/out" | tail -n 3)" '0-1-1,x,c
0-1-2,,c
0-1-3,"x",d' "--columns, --null, --no-header"
run_on "$T/in" cdc-format --to csv --columns '*'
exits 65 "a delete that nothing tells: 65"
err_like 'add @op to --columns' "what to do"
run_on "$T/in" cdc-format --to csv --columns '@op,w'
exits 65 "a column that is not there: 65"
run_on "$T/in" cdc-format --to csv --columns '@op,V'
exits 65 "a name in other letters: 65"
err_like 'table d.t has no column V .--columns' "it is none"
err_like 'hint: it has v:' "and which is"
run_on "$T/in" cdc-format --to csv --columns '@nothing'
exits 64 "a field that no record has: 64"
run_on "$T/in" cdc-format --to csv --null 'a"b'
exits 64 "a NULL that would be quoted: 64"
run_on "$T/in" cdc-format --to tsv --null x
exits 65 "a value that looks like NULL: 65"
sed 's/"v":"[^"]*"/"w":1/' "$T/in" | tail -n 1 >"$T/other"
{ cat "$T/in" && sed 's/"t"/"t2"/g; s/\\"t\\"/\\"t2\\"/' "$T/in"; } >"$T/two"
run_on "$T/two" cdc-format --to csv
exits 65 "a second table: 65"
err_like 'a second table, d.t2 after d.t' "it is named"
run_on "$T/two" cdc-format --to csv --columns '@op,@source.table,id'
exits 0 "lines that say their table"
is "$(grep -c 't2' "$T/out")" 4 "all of both"
run_on "$T/two" cdc-format --to csv --split ''
exits 64 "a folder without a name is not that of the system: 64"
for dir in "$T/split" "$T/two"; do
	run cdc-format --to csv --split "$dir"
	exits 74 "no folder: before the first row"
	err_like '^cdc-format: --split /' "which"
done
mkdir "$T/split"
run_on "$T/two" cdc-format --to csv --split "$T/split"
exits 0 "--split"
is "$(ls "$T/split" | tr '\n' ' ')" "d.t.csv d.t2.csv " "a file for each"
same "$T/split/d.t.csv" "$T/split/d.t2.csv" "each with its header"
run_on "$T/two" cdc-format --to csv --split "$T/split"
exits 78 "a file that is there: 78"
sed 's/"db":"d","table":"t2*"/"db":"..\/x","table":"..\/..\/y\\n"/' "$T/two" >"$T/hostile"
mkdir "$T/split2"
run_on "$T/hostile" cdc-format --to tsv --raw --split "$T/split2"
is "$(ls "$T/split2")" '%2E%2E%2Fx.%2E%2E%2F%2E%2E%2Fy%0A.tsv' \
    "a name is no path"
{ cat "$T/in" && table ',{"name":"n","typeName":"INT"}' &&
    printf "$row" null '{"id":4,"n":1}' 0-1-9 null c; } >"$T/altered"
rm -r "$T/split"
mkdir "$T/split"
run_on "$T/altered" cdc-format --to csv --split "$T/split"
is "$(ls "$T/split" | tr '\n' ' ')" "d.t%2.csv d.t.csv " \
    "other columns: another file"
run_on "$T/altered" cdc-format --to csv
exits 65 "without --split an error: 65"
done_testing
