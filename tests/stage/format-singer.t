#!/bin/sh
# cdc-format --to singer: messages.  That targets take them, and have the tables
# of the server: tests/server/singer.t.
. "$(dirname "$0")/../lib.sh"

to='cdc-format --to singer --binary base64 --time string'
# usage: table KEY [COLUMNS]   a schema record of d.t
table() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":[%s],"columns":[{"name":"id","typeName":"TINYINT UNSIGNED","optional":false}%s]}}]}}\n' "$1" "$2"
}
all=',{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"utf8mb4","optional":true},{"name":"n","typeName":"DECIMAL","length":5,"scale":2,"optional":true},{"name":"b","typeName":"BINARY","length":2,"optional":true},{"name":"f","typeName":"BIT","length":1,"optional":true},{"name":"bits","typeName":"BIT","length":9,"optional":true},{"name":"d","typeName":"DATE","optional":true},{"name":"ts","typeName":"TIMESTAMP","length":3,"optional":true},{"name":"tm","typeName":"TIME","optional":true},{"name":"y","typeName":"YEAR","optional":true},{"name":"big","typeName":"BIGINT","optional":true}'
# usage: row OP BEFORE AFTER [TS_MS [SNAPSHOT]]   a record of d.t
row() {
	printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":%s,"snapshot":"%s","gtid":"0-1-7","query":null},"op":"%s","ts_ms":2000}}\n' "$2" "$3" "${4:-1000}" "${5:-false}" "$1"
}
# usage: beat KIND GTID [MORE]   a heartbeat
beat() {
	printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"%s","gtid":"%s","file":"f","pos":4%s}}\n' "$1" "$2" "$3"
}
# usage: told JQ   of $T/out, a line each
told() { jq -c "$1" "$T/out" | tr '\n' ' '; }

{
	table '"id"' "$all"
	row c null '{"id":1,"v":"ü\"","n":"-0.50","b":"AP8=","f":true,"bits":"/wE=","d":"2026-11-27","ts":"2026-11-27 10:00:00.120","tm":"-838:59:59","y":2026,"big":9223372036854775807}'
} >"$T/in"
run_on "$T/in" $to
exits 0 "a record"
out_is '{"type":"SCHEMA","stream":"d-t","schema":{"type":"object","properties":{"id":{"type":["null","integer"],"minimum":0,"maximum":255},"v":{"type":["null","string"],"maxLength":50},"n":{"type":["null","number"]},"b":{"type":["null","string"],"format":"binary"},"f":{"type":["null","boolean"]},"bits":{"type":["null","integer"]},"d":{"type":["null","string"],"format":"date"},"ts":{"type":["null","string"],"format":"date-time"},"tm":{"type":["null","string"]},"y":{"type":["null","integer"]},"big":{"type":["null","integer"],"minimum":-9223372036854775808,"maximum":9223372036854775807},"_sdc_deleted_at":{"type":["null","string"],"format":"date-time"}}},"key_properties":["id"]}
{"type":"RECORD","stream":"d-t","record":{"id":1,"v":"ü\"","n":-0.50,"b":"00FF","f":true,"bits":511,"d":"2026-11-27","ts":"2026-11-27T10:00:00.120+00:00","tm":"-838:59:59","y":2026,"big":9223372036854775807,"_sdc_deleted_at":null},"version":1000,"time_extracted":"1970-01-01T00:00:02.000Z"}' \
    "its schema and itself"

short=',{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"utf8mb4","optional":true}'
{
	table '"id"' "$short"
	row c null '{"id":1,"v":"a"}'
	row d '{"id":1,"v":"a"}' null 5000
	table '"id"' "$short"
	row c null '{"id":1,"v":null}'
	table '"id"' "$short,{\"name\":\"w\",\"typeName\":\"INT\",\"optional\":true}"
	row c null '{"id":1,"v":null,"w":3}'
} >"$T/in"
run_on "$T/in" $to
is "$(told .type)" '"SCHEMA" "RECORD" "RECORD" "RECORD" "SCHEMA" "RECORD" ' \
    "a schema only where it is another"
is "$(told 'select(.record)|[.record.v, .record._sdc_deleted_at]')" \
    '["a",null] ["a","1970-01-01T00:00:05.000Z"] [null,null] [null,null] ' \
    "a delete says when"

# ---- versions
{
	table '"id"' "$short"
	row c null '{"id":1,"v":"a"}' 7000
	row t null null 7000
	row c null '{"id":2,"v":"a"}' 8000
	row t null null 9000
} >"$T/in"
run_on "$T/in" $to
is "$(told 'select(.version)|[.type[0:1], .version]')" \
    '["R",7000] ["A",7001] ["R",7001] ["A",9000] ' "a truncate takes all rows away"
{
	table '"id"' "$short"
	row c null '{"id":1,"v":"a"}' 7000
	row r null '{"id":1,"v":"a"}' 8000 first
	row r null '{"id":2,"v":"a"}' 8000 true
	row r null '{"id":3,"v":"a"}' 8000 last_in_data_collection
	row c null '{"id":4,"v":"a"}' 9000
	row r null '{"id":5,"v":"a"}' 9000 incremental
} >"$T/in"
run_on "$T/in" $to
is "$(told 'select(.version)|[.type[0:1], .version]')" \
    '["R",7000] ["R",8000] ["R",8000] ["R",8000] ["A",8000] ["R",8000] ["R",8000] ' \
    "a copy takes away what was before it"
{ table '"id"' "$short" && row r null '{"id":1,"v":"a"}' 8000 last; } >"$T/in"
run_on "$T/in" $to
is "$(told 'select(.version)|.type')" '"RECORD" "ACTIVATE_VERSION" ' \
    "of one row, too"
{
	beat first '' ',"snapshot":{"start":"0-1-5","done":[],"table":"`d`.`t`","key":{"id":1},"rows":1}'
	cat "$T/in"
} >"$T/resumed"
run_on "$T/resumed" $to
is "$(told 'select(.version)|.type')" '"RECORD" ' \
    "a copy that goes on takes nothing away"
# usage: copied TABLE KEY   the first heartbeat of a copy
copied() { beat first '' ",\"snapshot\":{\"start\":\"0-1-5\",\"done\":[],\"table\":$1,\"key\":$2,\"rows\":0}"; }
# usage: of NAME   what comes in, of table d.NAME
of() { sed "s/\"table\":\"t\"/\"table\":\"$1\"/; s/m\.d\.t/m.d.$1/; s/\\\\\"t\\\\\"/\\\\\"$1\\\\\"/"; }
described() { table '"id"' "$short" | sed 's/"source":{/&"snapshot":"true","ts_ms":8000,/'; }
versions='select(.type == "ACTIVATE_VERSION")|[.stream, .version]'
{
	copied null null
	for name in a b e t; do described | of $name; done
	row r null '{"id":1,"v":"a"}' 8000 first | of a
	row r null '{"id":1,"v":"a"}' 8000 last_in_data_collection | of b
	row r null '{"id":1,"v":"a"}' 8000 first_in_data_collection
	row r null '{"id":2,"v":"a"}' 8000 last
	beat last 0-1-7
	row c null '{"id":1,"v":"a"}' 9000 | of e
} >"$T/in"
run_on "$T/in" $to
is "$(told "$versions")" \
    '["d-a",8000] ["d-b",8000] ["d-t",8000] ["d-e",8000] ' \
    "tables of one row, and of none"
is "$(tail -n 2 "$T/out" | jq -r '.stream + .type' | tr '\n' ' ')" \
    'STATE d-eRECORD ' "before the state that says so"
sed '/"first"}/d; /"op":"r"/d' "$T/in" >"$T/dropped"
run_on "$T/dropped" $to
is "$(told "$versions")" '' "a filter that drops rows makes no table empty"
grep -v '"beat":"last"\|"op":"c"' "$T/in" >"$T/cut"
run_on "$T/cut" $to
is "$(told "$versions")" '["d-a",8000] ["d-b",8000] ["d-t",8000] ' \
    "nor does a copy that did not end"
{ copied '"`d`.`b`"' '{"id":1}' && sed 1d "$T/in"; } >"$T/resumed"
run_on "$T/resumed" $to
is "$(told "$versions")" '["d-a",8000] ["d-t",8000] ["d-e",8000] ' \
    "of a copy that goes on all but the table that was begun"
grep -v '"table":"b".*"op":"r"' "$T/resumed" >"$T/nothing"
run_on "$T/nothing" $to
is "$(told "$versions")" '["d-a",8000] ["d-t",8000] ["d-e",8000] ' \
    "even if no row of it is left"

# ---- states
end='{"topic":"m.transaction","key":{"id":"0-1-7"},"payload":{"status":"END","id":"0-1-7","ts_ms":1,"event_count":1,"data_collections":[]}}'
{
	beat first 0-1-6
	table '"id"' "$short"
	row c null '{"id":1,"v":"a"}'
	row c null '{"id":2,"v":"a"}'
	echo "$end"
	row c null '{"id":3,"v":"a"}' | sed 's/0-1-7/0-1-8/'
} >"$T/in"
run_on "$T/in" $to
is "$(told '.value.bookmarks.binlog.gtid // .type')" \
    '"0-1-6" "SCHEMA" "RECORD" "RECORD" "0-1-7" "RECORD" ' \
    "where a transaction ends, and not before"
{ cat "$T/in" && beat next 0-1-8; } >"$T/beat"
run_on "$T/beat" $to
is "$(tail -n 1 "$T/out" | jq -r .value.bookmarks.binlog.gtid)" 0-1-8 \
    "and at a heartbeat"
tail -n 1 "$T/out" | jq -c .value.bookmarks.binlog >"$T/state"
run cdc-tail -q --state "$T/state" --until 1-1-1 \
    "$src/examples/data/mariadb-bin.000001"
is "$(grep -c 'not a state\|gtid' "$T/err")" 0 "which is a state of cdc-tail"
sed 1d "$T/in" >"$T/nowhere"
run_on "$T/nowhere" $to
is "$status $(grep -c STATE "$T/out")" "0 0" \
    "none of a stream that does not say where it begins"
err_like 'warning: .*no STATE' "with a warning"
run_on "$T/nowhere" $to -q
is "$(cat "$T/err")" '' "-q: none"
{ beat first 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5 && sed 1d "$T/in"; } >"$T/mysql"
run_on "$T/mysql" $to
is "$status $(grep -c STATE "$T/out")" "0 0" "or of MySQL"

# ---- what cannot be said
{ table '"id"' "$short" && row u '{"id":1,"v":"a"}' '{"id":1}'; } >"$T/in"
run_on "$T/in" $to
exits 65 "a row that lacks a column: 65"
err_like 'line 2: table d.t: the record has no v' "which"
{ table '' "$short" && row c null '{"id":1,"v":"a"}'; } >"$T/in"
run_on "$T/in" $to
is "$status $(told 'select(.schema).key_properties')" '0 [] ' \
    "rows of a table without a key"
row d '{"id":1,"v":"a"}' null >>"$T/in"
run_on "$T/in" $to
exits 65 "a delete there: 65"
err_like 'line 3: table d.t: a row was deleted' "said so"
date=',{"name":"d","typeName":"DATETIME","optional":true}'
for day in '0000-00-00 00:00:00' '2026-02-29 00:00:00' '2026-00-10 00:00:00'; do
	{ table '"id"' "$date" && row c null "{\"id\":1,\"d\":\"$day\"}"; } >"$T/in"
	run_on "$T/in" $to
	exits 65 "a date that does not exist: $day"
	err_like 'line 2: table d.t, column d .*no date that exists' "which"
done
{
	table '"id"' "$short"
	row c null '{"id":1,"v":"a"}'
	table '"id"' "$short" | sed 's/"d"/"d-e"/g; s/\\"d\\"/\\"d-e\\"/'
	row c null '{"id":1,"v":"a"}' | sed 's/"db":"d"/"db":"d-e"/; s/m\.d\.t/m.d-e.t/'
	table '"id"' "$short" | sed 's/"t"/"e-t"/g; s/\\"t\\"/\\"e-t\\"/'
	row c null '{"id":1,"v":"a"}' | sed 's/"table":"t"/"table":"e-t"/; s/m\.d\.t/m.d.e-t/'
} >"$T/in"
run_on "$T/in" $to
exits 65 "two tables of one stream: 65"
row c null '{"id":1,"v":"a"}' >"$T/in"
run_on "$T/in" $to
exits 65 "no schema records: 65"
{ table '"id"' "$short" && row c null '{"id":1,"v":"a"}' | cdc-unwrap; } >"$T/in"
run_on "$T/in" $to
exits 65 "unwrapped rows: 65"
done_testing
