#!/bin/sh
# Records in the formats of other systems.  That servers and foreign readers
# read back what went in, is in tests/server/format.t and here for CSV.
. "$(dirname "$0")/../lib.sh"

tool_basics cdc-format
shop --control --transactions --tombstones --query >"$T/all"
grep -v '"tableChanges"' "$T/all" >"$T/no-schemas"
grep '"tableChanges"' "$T/all" >"$T/schemas"
grep '"beat":"first"' "$T/all" >"$T/modes"

run cdc-format
exits 64 "without --to: 64"
run cdc-format --to nothing
exits 64 "an unknown format: 64"
run cdc-format --to sql x
exits 64 "an operand: 64"
run cdc-format --to sql --null x
exits 64 "an option of another format: 64"
err_like '\-\-null is not an option of --to sql, but of csv, tsv' "whose it is"
printf '{"topic":\n' >"$T/bad"
printf '{"topic":"t","key":null,"payload":{"a":"b' >"$T/cut"
for format in sql csv tsv debezium resp es-bulk; do
	run cdc-format --to $format
	exits 0 "$format: no input"
	run_on "$T/bad" cdc-format --to $format
	exits 65 "$format: a line that is no record: 65"
	run_on "$T/cut" cdc-format --to $format
	exits 75 "$format: a cut line: 75"
	run_on "$T/no-schemas" cdc-format --to $format
	exits 65 "$format: no schema records: 65"
	err_like 'line [0-9]+: no schema record describes table shop' "which"
	err_like 'hint: cdc-tail --control' "and what to do"
done
run_on "$T/no-schemas" cdc-format --to sql --schema "$T/schemas"
exits 0 "schema records from a file"
grep -v '"ddl":"ALTER' "$T/all" >"$T/in"
run_on "$T/in" cdc-format --to sql
mv "$T/out" "$T/sql"
run_on "$T/no-schemas" cdc-format --to sql --schema "$T/schemas"
same "$T/out" "$T/sql" "and nothing else is different"

# ---- sql
row='{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1000,"gtid":"%s","query":%s},"op":"%s"}}\n'
# usage: table COLUMNS   a schema record of d.t
table() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT","optional":false}%s]}}]}}\n' "$1"
}
text=',{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"%s","optional":true}'
# usage: statements   those of the rows, after the settings
statements() { grep -v '^SET\|^START\|^COMMIT\|^--\|^/\*' "$T/out"; }
varchar() { table "$(printf "$text" "${1:-utf8mb4}")"; }

{
	varchar
	printf "$row" null '{"id":1,"v":"it'\''s \"x\" %"}' 0-1-1 null c
	printf "$row" null '{"id":2,"v":null}' 0-1-1 null c
	printf "$row" null '{"id":3,"v":"a\\b\nc"}' 0-1-2 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-3 null u
	printf "$row" '{"id":1,"v":"y"}' null 0-1-3 null d
} >"$T/in"
run_on "$T/in" cdc-format --to sql
exits 0 "sql"
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (1, '\''it'\'''\''s "x" %'\'');
INSERT INTO `d`.`t` (`id`, `v`) VALUES (2, NULL);
INSERT INTO `d`.`t` (`id`, `v`) VALUES (3, _utf8mb4 X'\''615C620A63'\'');
UPDATE `d`.`t` SET `v` = '\''y'\'' WHERE `id` = 1;
DELETE FROM `d`.`t` WHERE `id` = 1;' "each kind"
is "$(grep -c '^START' "$T/out") $(grep -c '^COMMIT' "$T/out")" "3 3" \
    "three transactions"
is "$(grep '^--' "$T/out" | head -n 1)" "-- 0-1-1, 1970-01-01 00:00:01 UTC" \
    "which it was"

{
	varchar
	printf "$row" null '{"id":1,"v":"x"}' 0-1-1 '"x\n*/; DROP TABLE t\r; \u0000 \u202e \\! ls\n"' c
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(grep -c DROP "$T/out")" 0 "no --query: no statement"
run_on "$T/in" cdc-format --to sql --query
is "$(grep -A 2 '^-- x' "$T/out")" '-- x
-- */; DROP TABLE t\x0d; \x00 \u202e \! ls
-- ' "a statement is a comment to its end"

{
	varchar
	printf "$row" '{"id":1,"v":"x"}' null 0-1-1 null d |
	    sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}}&/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
	printf "$row" null '{"id":2,"v":"x"}' 0-1-1 null c |
	    sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}}&/'
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(statements)" 'UPDATE `d`.`t` SET `id` = 2 WHERE `id` = 1;' \
    "a key that changes is one update"
sed '/oldkey/d' "$T/in" >"$T/half"
run_on "$T/half" cdc-format --to sql
is "$(statements)" 'DELETE FROM `d`.`t` WHERE `id` = 1;' "half of it"
sed '/newkey/d' "$T/in" >"$T/half"
run_on "$T/half" cdc-format --to sql
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (2, '\''x'\'');' \
    "the other half"

{
	varchar latin1
	printf "$row" null '{"id":1,"v":"a\uef81"}' 0-1-1 null c
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(statements)" 'INSERT INTO `d`.`t` (`id`, `v`) VALUES (1, CONVERT(X'\''6181'\'' USING latin1));' \
    "bytes that are no characters"
{
	varchar
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-1 null u
	printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"end":{"status":69}}}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to sql
is "$(grep -c COMMIT "$T/out")" 0 "a program that failed: no COMMIT"
head -n 2 "$T/in" >"$T/whole"
run_on "$T/whole" cdc-format --to sql
is "$(grep -c COMMIT "$T/out")" 1 "the end of the input: COMMIT"
for op in c u; do
	sed "s/\"op\":\"u\"/\"op\":\"$op\"/; s/\"v\":\"y\"/\"w\":1/" "$T/whole" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 65 "a column that is in no schema record: 65 ($op)"
done
err_like 'line 2: the schema record of table d.t has no column w' "it is named"
cdc-unwrap <"$T/whole" >"$T/in"
run_on "$T/in" cdc-format --to sql
exits 65 "unwrapped rows have no before: 65"
err_like 'hint: .*leave out cdc-unwrap' "what to do"
err_like '^cdc-format: line [0-9]+: a row' "its line, once"
echo '{"topic":"Made","key":"O","timestamp":9,"headers":{"id":"7"},"source":{"db":"d","table":"t","gtid":"0-1-1"},"op":"m","payload":"e1"}' >"$T/event"
for format in sql csv tsv debezium cloudevents resp es-bulk kcat; do
	run_on "$T/event" cdc-format --to $format
	exits 65 "$format: an outbox event: 65"
	err_like '^cdc-format: line 1: an outbox event' "what it is"
	err_like 'hint: .*cdc-filter --op c,u,d,r,t' "what to do"
done
run_on "$T/event" cdc-filter --op c,u,d,r,t
is "$(cat "$T/out")" '' "which leaves it out"

# ---- zero dates, which are null unless --time string
numbers='--time adaptive_time_microseconds'
# usage: dated KEY   a table with or without a key
dated() {
	table ',{"name":"v","typeName":"INT","optional":true},{"name":"d","typeName":"DATE","optional":true},{"name":"dt","typeName":"DATETIME","length":0,"optional":true},{"name":"ts","typeName":"TIMESTAMP","length":0,"optional":false}' |
	    sed "s/\[\"id\"\]/[$1]/"
}
was='{"id":1,"v":1,"d":null,"dt":null,"ts":null}'
is_now='{"id":1,"v":2,"d":null,"dt":null,"ts":null}'
{
	dated '"id"'
	printf "$row" "$was" "$is_now" 0-1-1 null u
	printf "$row" "$was" "$was" 0-1-2 null u
	printf "$row" '{"id":1,"v":1,"d":1,"dt":null,"ts":null}' "$was" 0-1-3 null u
} >"$T/in"
run_on "$T/in" cdc-format --to sql $numbers
exits 0 "a date that does not exist, beside what changes"
is "$(statements)" 'UPDATE `d`.`t` SET `v` = 2, `dt` = `dt`, `ts` = `ts` WHERE `id` = 1;
UPDATE `d`.`t` SET `d` = NULL, `dt` = `dt`, `ts` = `ts` WHERE `id` = 1;' \
    "stays what it is"
for change in "\"$was\" null d" "\"$was\" \"$is_now\" u"; do
	eval "set -- $(echo "$change" | sed 's/"{/'\''{/g; s/}"/}'\''/g')"
	{
		dated ''
		printf "$row" "$1" "$2" 0-1-1 null "$3"
	} >"$T/in"
	run_on "$T/in" cdc-format --to sql $numbers
	exits 65 "without a key nothing finds its row: 65 ($3)"
	err_like 'line 2: table d.t, column d .*NULL or a zero date' "why"
	err_like 'hint: use cdc-tail --time string' "what to do"
	{
		dated ''
		printf "$row" "$1" "$2" 0-1-1 null "$3" |
		    sed 's/"ts":null/"ts":"0000-00-00 00:00:00"/g'
	} >"$T/in"
	run_on "$T/in" cdc-format --to sql --time string
	exits 0 "--time string tells NULL from it ($3)"
	is "$(statements | grep -c '`d` <=> NULL AND `dt` <=> NULL AND `ts` <=> '\''0000')" \
	    1 "and both are found"
done

# ---- statements of which no record of a row tells
# usage: statement DDL [SNAPSHOT]   a schema record of it
statement() {
	varchar | sed "s/\"ddl\":null/\"ddl\":\"$1\",\"session\":{\"sql_mode\":0}/; s/\"source\":{/&\"snapshot\":\"${2:-false}\",/"
}
while read -r ddl; do
	statement "$ddl" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 78 "left out: 78: $ddl"
	err_like "line 1: a statement .*: $(echo "$ddl" | cut -c1-12)" "it is named"
	err_like 'hint: cdc-tail --schema-changes' "and what to do"
	run_on "$T/in" cdc-format --to sql --schema-changes
	is "$(grep -cF "$ddl;" "$T/out")" 1 "--schema-changes writes it"
	statement "$ddl" true >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 0 "a copy begins with it"
done <<'end'
ALTER TABLE t TRUNCATE PARTITION p0
ALTER TABLE t DROP PARTITION p0
ALTER TABLE t EXCHANGE PARTITION p0 WITH TABLE u
ALTER TABLE t DROP COLUMN v
ALTER TABLE t ADD COLUMN w INT DEFAULT 3
ALTER TABLE t MODIFY v INT
ALTER IGNORE TABLE t ADD UNIQUE (v)
DROP TABLE t
RENAME TABLE t TO u
CREATE OR REPLACE TABLE t (id INT)
DROP DATABASE d
end
for ddl in 'CREATE TABLE t (id INT)' 'CREATE INDEX i ON t (v)' \
    'ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (5))'; do
	statement "$ddl" >"$T/in"
	run_on "$T/in" cdc-format --to sql
	exits 0 "no row changes: $ddl"
done
{
	statement 'ALTER TABLE t DROP PARTITION p0'
	statement 'DROP TABLE t'
} >"$T/in"
for format in csv tsv cloudevents resp es-bulk kcat; do
	run_on "$T/in" cdc-format --to $format
	exits 0 "$format: statements are no lines"
	err_like "line 1: a statement .* --to $format .*DROP PARTITION p0" \
	    "the first is named"
	is "$(wc -l <"$T/err")" 1 "once"
	run_on "$T/in" cdc-format -q --to $format
	is "$(cat "$T/err")" '' "-q: not at all"
done
grep '"ddl":"ALTER' "$T/all" >"$T/in"
run_on "$T/in" cdc-format --to debezium
exits 0 "debezium: statements are records"
is "$(grep -c 'ALTER' "$T/out") $(wc -l <"$T/err")" \
    "$(wc -l <"$T/in") 0" "all of them"
# what --control prints of a real log
cdc-tail -q --on-error warn --control \
    "$src/tests/conformance/data/partition/binlog.000001" >"$T/in" 2>"$T/log"
run_on "$T/in" cdc-format --to sql
exits 78 "the log of a server: 78"
err_like ': ALTER TABLE p_range TRUNCATE PARTITION pm' "its first such statement"

# ---- csv
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

# ---- debezium: that it is what Debezium prints, is in tests/conformance
parts='[.key.schema.name, .key.payload, .payload.schema.name,
    .payload.payload.after, .headers]'
{
	varchar
	cat "$T/modes"
	printf "$row" null '{"id":1,"v":"x"}' 0-1-1 null c |
	    sed 's/"db":"d"/"version":"1","connector":"mariadb","name":"m","server_id":1,"file":"f","pos":4,"row":0,&/'
	printf '{"topic":"m.d.t","key":{"id":1},"headers":{"a":"b","__debezium.newkey":{"id":2}},"payload":null}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to debezium
exits 0 "debezium"
is "$(tail -n 2 "$T/out" | jq -c "$parts")" '["m.d.t.Key",{"id":1},"m.d.t.Envelope",{"id":1,"v":"x"},null]
["m.d.t.Key",{"id":1},null,null,{"a":{"schema":{"type":"string","optional":false},"payload":"b"},"__debezium.newkey":{"schema":{"type":"struct","fields":[{"type":"int32","optional":false,"field":"id"}],"optional":false,"name":"m.d.t.Key"},"payload":{"id":2}}}]' \
    "key, envelope, headers"
is "$(head -n 1 "$T/out" | jq -c '[.key.schema.name, .payload.schema.name]')" \
    '["io.debezium.connector.common.ServerNameKey","io.debezium.connector.common.Heartbeat"]' \
    "a heartbeat"
mv "$T/out" "$T/typed"
run_on "$T/typed" cdc-filter --exclude-table 'd\.t'
is "$(wc -l <"$T/out")" 1 "they are records to other programs"
for change in 's/"v":"x"/"v":1/' 's/"v":"x"/"v":{}/' 's/,"v":"x"//' \
    's/"id":1,"v"/"id":null,"v"/' 's/"pos":4/"pos":null/' \
    's/"a":"b"/"a":{}/' 's/"a":"b"/"a":1/'; do
	sed "$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to debezium
	exits 65 "what no schema can say: $change"
done

sed 's/"ts_ms":1000/"ts_ms":0/; s/"op":"c"}/"op":"c","ts_ms":0}/' "$T/in" >"$T/zero"
run_on "$T/zero" cdc-format --to debezium
is "$(sed -n 2p "$T/out" | grep -o '"ts_[mun]s":0*' | tr '\n' ' ')" \
    '"ts_ms":0 "ts_us":0 "ts_ns":0 "ts_ms":0 "ts_us":0 "ts_ns":0 ' \
    "a time of 0 has no zeros behind it"

# ---- tombstones, names
# whose topic is not what the table is called
{
	varchar | sed 's/"t"/"t d"/g; s/\\"t\\"/\\"t d\\"/'
	printf "$row" '{"id":1,"v":"x"}' null 0-1-1 null d |
	    sed 's/"m.d.t"/"m.d.t_d"/; s/"table":"t"/"table":"t d"/'
	printf '{"topic":"m.d.t_d","key":{"id":1},"payload":null}\n'
} >"$T/in"
for format in csv sql maxwell maxscale resp; do
	run_on "$T/in" cdc-format --to $format
	exits 0 "$format: a tombstone of a table with a blank in its name"
done
# one column in two spellings
{
	varchar
	printf "$row" '{"id":1,"v":"x"}' '{"\u0069d":1,"\u0076":"y"}' 0-1-1 null u
} >"$T/in"
run_on "$T/in" cdc-format --to csv
is "$(tr -d '\r' <"$T/out")" '@op,id,v
u,1,y' "a column in two spellings is one"
run_on "$T/in" cdc-format --to maxwell
is "$(jq -c '[.data, .old]' "$T/out")" '[{"id":1,"v":"y"},{"v":"x"}]' \
    "in messages, too"

# ---- cloudevents
run_on "$T/no-schemas" cdc-format --to cloudevents
exits 0 "cloudevents need no schema records"
is "$(jq -r '[.id, .source] | @tsv' "$T/out" | sort | uniq -d)" "" \
    "no id is there twice"
is "$(wc -l <"$T/out")" "$(jq -c 'select(.payload.op)' "$T/no-schemas" |
    wc -l)" "one each"
is "$(jq -r 'to_entries[] | select((.key | test("^[a-z0-9]{1,40}$") | not) or
    (.value == null))' "$T/out")" "" "names of attributes, none null"
jq -c .data "$T/out" >"$T/got"
jq -c 'select(.payload.op).payload' "$T/no-schemas" >"$T/want"
same "$T/got" "$T/want" "the envelope is the data"
run_on "$T/all" cdc-format --to cloudevents --batch 2
jq -c '.[]' "$T/out" >"$T/got"
run_on "$T/all" cdc-format --to cloudevents
jq -c . "$T/out" >"$T/want"
same "$T/got" "$T/want" "--batch: the same events"
run_on "$T/all" cdc-format --to cloudevents --batch 2
is "$(jq -r '[length, ([.[].data.transaction.id] | unique | length)] | @tsv' \
    "$T/out" | sort -u | tr '\t\n' ' ,')" "1 1,2 1," \
    "of one transaction, at most so many"
run_on "$T/no-schemas" cdc-unwrap
mv "$T/out" "$T/rows"
run_on "$T/rows" cdc-format --to cloudevents
exits 0 "of rows"
copy='{"topic":"m.d.t","key":%s,"payload":{"before":null,"after":{"id":1},"source":{"db":"d","table":"t","name":"a b/c","file":"f","pos":4,"gtid":"0-1-2","snapshot":"true"},"op":"r"}}\n'
printf "$copy" '{"id":1}' >"$T/in"
run_on "$T/in" cdc-format --to cloudevents
is "$(jq -r '.id, .source' "$T/out")" 'd.t:0-1-2:f:4:%7B%22id%22%3A1%7D
/debezium/mariadb/a%20b%2Fc' "of a copy"
printf "$copy" null >"$T/in"
run_on "$T/in" cdc-format --to cloudevents
exits 65 "a copied row without a key: 65"
sed 's/"r"}}/"c"}}/' "$T/in" >"$T/bad"
run_on "$T/bad" cdc-format --to cloudevents
exits 65 "a change without its transaction: 65"
{
	head -n 1 "$T/want" | jq -c '{topic: "t", key: null, payload: .data}'
	printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"end":{"status":69}}}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to cloudevents --batch 9
out_is "" "a transaction that was cut off is no batch"

# ---- resp: what a Redis server makes of it is in tests/server/redis.t
resp_of() { python3 -c 'import json, sys
data, at = open(sys.argv[1], "rb").read(), 0
def line(kind):
    global at
    end = data.index(b"\r\n", at)
    assert data[at:at + 1] == kind
    n, at = int(data[at + 1:end]), end + 2
    return n
def word():
    global at
    n = line(b"$")
    at += n + 2
    assert data[at - 2:at] == b"\r\n"
    return data[at - n - 2:at - 2].decode("utf-8", "backslashreplace")
while at < len(data):
    print(json.dumps([word() for _ in range(line(b"*"))], ensure_ascii=False))
' "$1"; }
{
	varchar
	printf "$row" null '{"id":1,"v":"\r\n*1\r\n$8\r\nFLUSHALL\r\n\u0000ä"}' 0-1-1 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":null}' 0-1-2 null u
	printf "$row" null '{"id":1,"v":"\uef81"}' 0-1-3 null r
	printf "$row" '{"id":1,"v":"x"}' null 0-1-4 null d
} >"$T/in"
run_on "$T/in" cdc-format --to resp
exits 0 "resp"
is "$(resp_of "$T/out")" '["HSET", "t:1", "id", "1", "v", "\r\n*1\r\n$8\r\nFLUSHALL\r\n\u0000ä"]
["HSET", "t:1", "id", "1"]
["HDEL", "t:1", "v"]
["HSET", "t:1", "id", "1", "v", "\\x81"]
["DEL", "t:1"]' "a hash for each row"
run_on "$T/in" cdc-format --to resp --expire 90s
is "$(resp_of "$T/out" | sed -n '2p;$p')" '["EXPIRE", "t:1", "90"]
["DEL", "t:1"]' "--expire"
run_on "$T/in" cdc-format --to resp --expire 1500ms
is "$(resp_of "$T/out" | sed -n 2p)" '["PEXPIRE", "t:1", "1500"]' \
    "of milliseconds"
run_on "$T/in" cdc-format --to csv --expire 1h
exits 64 "--expire is Redis's: 64"
cdc-unwrap --add-fields op <"$T/in" >"$T/rows"
run_on "$T/rows" cdc-format --to resp
is "$(resp_of "$T/out" | tail -n 1)" '["DEL", "t:1"]' \
    "rows of cdc-unwrap, and its tombstones"
{ varchar; printf "$row" null '{"v":"x"}' 0-1-1 null u; } >"$T/part"
run_on "$T/part" cdc-format --to resp
is "$(resp_of "$T/out")" '["HSET", "t:1", "v", "x"]' "a part of a row"
run_on "$T/part" cdc-format --to resp --expire 1h
exits 65 "which is none of an expired one: 65"
err_like 'line 2: table d.t: a row of which some .*--expire' "why"
err_like 'hint: set binlog_row_image=FULL' "what to do"
for change in 's/"key":{"id":1}/"key":null/' 's/"op":"c"/"op":"t"/' \
    's/"key":{"id":1}/"key":{"id":null}/'; do
	sed "$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to resp
	exits 65 "resp: $change: 65"
	err_like 'line 2: .*d\.t' "which table"
	err_like '^cdc-format: hint: ' "what to do"
done
sed 's/"d"/"d2"/g; s/\\"d\\"/\\"d2\\"/' "$T/in" | cat "$T/in" - >"$T/two"
run_on "$T/two" cdc-format --to resp
exits 65 "two tables of one name: 65"
err_like 'tables d.t and d2.t would both have keys that begin with t:' "which"
two='{"topic":"m.d.t","key":{"id":%s,"v":"%s"},"payload":{"before":{"id":1,"v":"x"},"after":null,"source":{"db":"d","table":"a:%%"},"op":"d"}}\n'
{ printf "$two" 1 a:b%c; printf "$two" '"1:a"' b; } >"$T/in"
run_on "$T/in" cdc-format --to resp --raw
is "$(resp_of "$T/out")" '["DEL", "a%3A%25:1:a%3Ab%25c"]
["DEL", "a%3A%25:1%3Aa:b"]' "keys of several columns"

{
	varchar
	printf "$row" null '{"id":1,"v":"a b\"\r\n"}' 0-1-1 null c
	printf "$row" '{"id":1,"v":"x"}' '{"id":1,"v":"y"}' 0-1-2 null u
	printf "$row" '{"id":1,"v":"y"}' null 0-1-3 null d
	printf '{"topic":"m.d.t","key":{"id":2},"payload":null}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to resp \
    --resp-command 'DEL {source.table}:{id} "x y\n" '\''{{"'\' \
    --resp-command 'D\.t/u,d=DEL v:{before.v}' \
    --resp-command '/c,u,d=DEL {after.v} {after.v|json}' \
    --resp-command 'd\.t/c=HSET {*}' --resp-command '/c=SET {*|json}' \
    --resp-command '/t=NO {nothing}' --resp-command 'other=NO'
exits 65 "a tombstone has no fields: 65"
err_like 'line 5: table d.t: source.table is NULL .--resp-command' "which"
err_like 'hint: --null TEXT' "what to do"
is "$(resp_of "$T/out")" '["DEL", "t:1", "x y\n", "{\""]
["DEL", "a b\"\r\n", "\"a b\\\"\\r\\n\""]
["HSET", "id", "1", "v", "a b\"\r\n"]
["SET", "{\"id\":1,\"v\":\"a b\\\"\\r\\n\"}"]
["DEL", "t:1", "x y\n", "{\""]
["DEL", "v:x"]
["DEL", "y", "\"y\""]
["DEL", "t:1", "x y\n", "{\""]
["DEL", "v:y"]' "--resp-command"
run_on "$T/in" cdc-format --to resp --resp-command '/d=DEL {key.id}:{id}' \
    --resp-command 'other=NO'
is "$(resp_of "$T/out" | paste -sd' ')" '["DEL", "1:1"] ["DEL", "2:2"]' \
    "the key is known of a tombstone"
err_like 'warning: --resp-command other: matched nothing' "a table that is none"
printf "$row" null '{"id":1,"v":null}' 0-1-1 null c >>"$T/in"
sed '/null}$/d' "$T/in" >"$T/nulls"
run_on "$T/nulls" cdc-format --to resp --resp-command '/c=SET x {v}'
exits 65 "NULL in a command: 65"
err_like 'line 5: table d.t: v is NULL' "which"
run_on "$T/nulls" cdc-format --to resp --null '' --resp-command '/c=S {v} {v|json}'
is "$(resp_of "$T/out" | tail -n 1)" '["S", "", "null"]' "--null"
cdc-unwrap <"$T/in" | grep -v 'null}$' >"$T/rows"
run_on "$T/rows" cdc-format --to resp --resp-command 'DEL {before.v}'
exits 65 "what was before rows of cdc-unwrap is not known: 65"
sed 's/"op":"c"/"op":"t"/; s/"after":{[^}]*}/"after":null/; 3q' "$T/in" |
    sed 3d >"$T/bad"
run_on "$T/bad" cdc-format --to resp --resp-command 'd\.t=X {id}'
exits 65 "a truncate without a command: 65"
err_like "line 2: a truncate of d.t, for which there is no command" "which"
run_on "$T/bad" cdc-format --to resp --resp-command 'other=X'
exits 0 "of a table without commands: nothing"
run_on "$T/bad" cdc-format --to resp --resp-command '/t=FLUSHDB'
is "$(resp_of "$T/out" | head -n 1)" '["FLUSHDB"]' "with one"
run_on "$T/in" cdc-format --to resp --resp-command '/c=DEL {nothing}'
exits 65 "a column that is not there: 65"
for command in '' '/u=' '[=X' '/x=X' "X 'a" 'X "\q"' 'X {a' 'X {a|sql}' \
    'a/b/none,c=X'; do
	run cdc-format --to resp --resp-command "$command"
	exits 64 "--resp-command '$command': 64"
	err_like '^cdc-format: --resp-command: ' "whose it is"
done
run cdc-format --to resp --resp-command X --expire 1h
exits 64 "--expire is of hashes: 64"
run cdc-format --to resp --null x
exits 64 "and --null of commands: 64"

# ---- es-bulk: that servers take it is in tests/server/opensearch.t
numbered() {
	sed "s/\"op\":\"\(.\)\"}}/\"op\":\"\1\",\"transaction\":{\"id\":\"x\",\"total_order\":$1}}}/"
}
{
	table "$(printf "$text" utf8mb4),"'{"name":"d","typeName":"DATE","optional":true},{"name":"t","typeName":"DATETIME","length":3,"optional":true},{"name":"z","typeName":"TIMESTAMP","optional":true},{"name":"n","typeName":"DECIMAL","length":40,"scale":20,"optional":true},{"name":"b","typeName":"BLOB","optional":true},{"name":"i","typeName":"BIT","length":9,"optional":true},{"name":"o","typeName":"BIT","length":1,"optional":true}'
	cat "$T/modes"
	printf "$row" null '{"id":1,"v":"a\"\u0000\n","d":20000,"t":1700000000123,"z":"2026-01-01T00:00:00Z","n":"1.10000000000000000000","b":"AP8=","i":"AQA=","o":true}' 5-1-7 null c | numbered 3
	printf "$row" null '{"id":1,"v":null,"d":null,"t":null,"z":null,"n":null,"b":null,"i":null,"o":null}' 5-2-8 null u | numbered 9000000
	printf "$row" '{"id":1}' null 5-2-9 null d | numbered 1
} >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
exits 0 "es-bulk"
out_is '{"index":{"_index":"cdc-t","_id":"1","version":58720259,"version_type":"external_gte"}}
{"id":1,"v":"a\"\u0000\n","d":"2024-10-04","t":"2023-11-14T22:13:20.123","z":"2026-01-01T00:00:00Z","n":"1.10000000000000000000","b":"AP8=","i":"AAE=","o":true,"_cdc_timestamp":"1970-01-01T00:00:01.000Z","_cdc_operation":"c"}
{"index":{"_index":"cdc-t","_id":"1","version":75497471,"version_type":"external_gte"}}
{"id":1,"v":null,"d":null,"t":null,"z":null,"n":null,"b":null,"i":null,"o":null,"_cdc_timestamp":"1970-01-01T00:00:01.000Z","_cdc_operation":"u"}
{"delete":{"_index":"cdc-t","_id":"1","version":75497473,"version_type":"external_gte"}}' \
    "actions, documents, versions"
cp "$T/out" "$T/typed"
sed 's/2026-01-01T00:00:00Z/2026-01-01 00:00:00/' "$T/in" >"$T/string"
run_on "$T/string" cdc-format --to es-bulk
same "$T/out" "$T/typed" "times of --time string"
cdc-unwrap <"$T/in" >"$T/rows"
run_on "$T/rows" cdc-format --to es-bulk
same "$T/out" "$T/typed" "rows of cdc-unwrap"
{ cat "$T/in" && printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'; } >"$T/tomb"
run_on "$T/tomb" cdc-format --to es-bulk
same "$T/out" "$T/typed" "a tombstone behind its delete is no other one"
run_on "$T/in" cdc-format --to es-bulk --es-version none --es-index 'x-{db}_{table}'
is "$(sed -n '1p;$p' "$T/out")" '{"index":{"_index":"x-d_t","_id":"1"}}
{"delete":{"_index":"x-d_t","_id":"1"}}' "--es-version none, --es-index"
run_on "$T/in" cdc-format --to es-bulk --batch 2
is "$(grep -n '^$' "$T/out" | tr '\n' ' ')" '5: 7: ' "--batch: parts"
{ cat "$T/in" "$T/modes"; tail -n 1 "$T/in"; } >"$T/beats"
run_on "$T/beats" cdc-format --to es-bulk --batch 9
is "$(grep -n '^$' "$T/out" | tr '\n' ' ')" '6: 8: ' "a heartbeat ends one"
run_on "$T/in" cdc-format --to es-bulk --es-template --es-index 'i.{table}'
is "$(jq -r '.name, (.index_template | .index_patterns[], (.template |
    .settings.index.gc_deletes, (.mappings.properties | to_entries[] |
    .key + " " + .value.type)))' "$T/out")" 'i.t
i.t
1d
id integer
v text
d date
t date
z date
n double
b binary
i binary
o boolean
_cdc_timestamp date
_cdc_operation keyword' "--es-template"
for index in Upper -x 'a b' '{x}' '' 'a*' 'a}'; do
	run_on "$T/in" cdc-format --to es-bulk --es-index "$index"
	exits 64 "--es-index '$index': 64"
done
sed 's/"t"/"Ä T*"/g; s/\\"t\\"/\\"Ä T*\\"/' "$T/in" >"$T/named"
run_on "$T/named" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq -r .index._index)" 'cdc-ä_t_' \
    "what no index may have"
sed 's/"t"/"_t"/g; s/\\"t\\"/\\"_t\\"/' "$T/in" >"$T/named"
run_on "$T/named" cdc-format --to es-bulk --es-index '{table}'
exits 65 "a name that begins as none may: 65"
err_like "table d._t: its index '_t' begins as no index may" "which"
sed 's/"t"/"T"/g; s/\\"t\\"/\\"T\\"/' "$T/in" | cat "$T/in" - >"$T/two"
for way in '' --es-template; do
	# shellcheck disable=SC2086
	run_on "$T/two" cdc-format --to es-bulk $way
	exits 65 "two tables of one index: 65"
	err_like 'tables d.[tT] and d.[tT] would both have index cdc-t' "which"
	err_like "hint: use --es-index '\{db\}-\{table\}'" "what to do"
done
long=$(printf '%0513d' 7)
while read -r change why; do
	sed "4,\$d;$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to es-bulk
	exits 65 "es-bulk: $why: 65"
	err_like "line 3: .*d\.t.*$why" "which table, and why"
	err_like '^cdc-format: hint: ' "what to do"
done <<end
s/"key":{"id":1}/"key":null/ without a key
s/"key":{"id":1}/"key":{"id":"$long"}/ longer than 512 bytes
s/"key":{"id":1}/"key":{"id":""}/ empty
s/"5-1-7"/null/ without a GTID
s/"5-1-7"/"5f0f0f0f-5f0f-11ee-8c99-0242ac120002:7"/ not MariaDB's GTID
s/"5-1-7"/"5-1-1099511627776"/ no version holds
s/,"total_order":3// without its number
s/"op":"c"/"op":"t"/ no action deletes all
s/,"o":true// some columns are missing
s/"o"/"_id"/g no field of a document may have this name
s/"o"/"a..b"/g no field of a document may have this name
end
sed 's/5-2-8/6-2-8/' "$T/in" >"$T/bad"
run_on "$T/bad" cdc-format --to es-bulk
exits 65 "a second domain: 65"
err_like 'line 4: table d.t: a GTID of another domain' "which table"
copied=$(printf "$row" null '{"id":2,"v":"x"}' "%s" null r)
{ varchar; printf "$copied\n" 5-1-7; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq .index.version)" 67108863 \
    "a copied row is behind the position's transaction"
{ varchar; printf "$copied\n" ''; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq .index.version)" 8388607 \
    "and in front of the first one"
{ varchar; printf "$copied\n" 5-1-7,6-1-1; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
exits 65 "a position in two domains: 65"

# ---- kcat: that it reads so is in tests/server/kafka.t
{
	cat "$T/modes"
	varchar
	printf "$row" null '{"id":1,"v":"\t\u0000"}' 0-1-1 null c
	printf "$row" '{"id":1,"v":"x"}' null 0-1-2 null d | sed 's/"key":{"id":1}/"key":null/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
} >"$T/in"
run_on "$T/in" cdc-format --to kcat
exits 0 "kcat"
is "$(cut -d'	' -f1 "$T/out" | tr '\n' '|')" '{"id":1}||{"id":1}|' "keys"
jq -r 'select(.topic == "m.d.t") | .payload // "" | if . == "" then . else
    tojson end' "$T/in" >"$T/want"
cut -d'	' -f2- "$T/out" >"$T/got"
same "$T/got" "$T/want" "and values; a tombstone has none"
jq -c '.partition = 0 | .offset = 1 | .key = (.key | tojson) |
    .payload = (.payload | if . then tojson else null end)' "$T/in" >"$T/kcat"
cp "$T/out" "$T/lines"
run_on "$T/kcat" cdc-format --to kcat
is "$(sed 's/^null//' "$T/out")" "$(cat "$T/lines")" "of lines of kcat -J"
sed 's/"topic":"m/"topic":"\\u006d/' "$T/in" | cat "$T/in" - >"$T/escaped"
run_on "$T/escaped" cdc-format --to kcat
is "$status $(grep -c . "$T/out")" "0 6" "a topic is one, however it is escaped"
sed 's/"key":"{/&\\t/' "$T/kcat" >"$T/bad"
run_on "$T/bad" cdc-format --to kcat
exits 65 "a key with a tab: 65"
err_like 'line 3: table d.t: a key with a tab or the end' "which"
cdc-format -q --to debezium <"$T/all" | grep '"mariadb.shop.orders"' |
    head -n 1 >"$T/one"
run_on "$T/one" cdc-format --to kcat
is "$(jq -r '.payload | .op // keys[0]' "$T/out" |
    tr '\n' ' ')$(cut -d'	' -f2- "$T/out" | jq -r '.payload.op, .schema.type')" \
    'order_id c c
struct' "schemas stay beside what they are of"
for change in 's/"t"/"t2"/; s/m\.d\.t/m.d.t2/' 's/"key"/"headers":{"a":"b"},&/' \
    's/"key"/"partition":3,&/'; do
	{ cat "$T/in" && sed "$change" "$T/in"; } >"$T/bad"
	run_on "$T/bad" cdc-format --to kcat
	exits 65 "what no line can say: $change"
	err_like 'line 8: table d\.t2*: a (second topic|record)' "which"
	err_like '^cdc-format: hint: ' "what to do"
done
sed 's/"key"/"headers":{"a":"b"},&/' "$T/in" >"$T/headed"
run_on "$T/headed" cdc-format --to kcat --drop-headers
same "$T/out" "$T/lines" "--drop-headers"
{ cat "$T/in" && sed 's/"t"/"t2"/; s/m\.d\.t/m.d.t2/' "$T/in"; } >"$T/two"
mkdir "$T/topics"
run_on "$T/two" cdc-format --to kcat --split "$T/topics"
is "$(ls "$T/topics" | tr '\n' ' ')" "d.t.kcat d.t2.kcat " "a file for each"
same "$T/topics/d.t.kcat" "$T/lines" "with its messages"
rm -r "$T/topics"
mkdir "$T/topics"
{ cat "$T/in" && sed 's/m\.d\.t/m.d.u/' "$T/in"; } >"$T/two"
run_on "$T/two" cdc-format --to kcat --split "$T/topics"
exits 65 "two topics of one table: 65"
done_testing
