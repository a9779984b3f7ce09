#!/bin/sh
# cdc-format --to maxwell.  What Maxwell itself printed is compared in
# tests/conformance, and its own fixtures in tests/server/format-maxwell.t.
. "$(dirname "$0")/../lib.sh"

maxwell() { run_on "$T/in" cdc-format --to maxwell "$@"; }
beat='{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"next","gtid":"0-1-2","file":"b.000001","pos":4%s}}\n'
row='{"topic":"m.d.t","key":%s,"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1700000000123,"server_id":7,"gtid":"%s","file":"b.000001","pos":99,"thread":%s,"query":"do \\"it\\""},"op":"%s","ts_ms":1800000000000,"transaction":{"id":"%s","total_order":1,"data_collection_order":1}}}\n'
copied='{"topic":"m.d.%s","key":null,"payload":{"before":null,"after":{"id":%s},"source":{"db":"d","table":"%s","ts_ms":0,"snapshot":"true","gtid":"0-1-9"},"op":"r","ts_ms":1800000000456}}\n'
# usage: schema TABLE COLUMNS [KEY [DDL]]   COLUMNS: JSON, without brackets
schema() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"%s","ts_ms":5000,"gtid":"0-1-1","file":"b.000001","pos":7},"databaseName":"d","ddl":%s,"tableChanges":[{"type":"%s","id":"\\"d\\".\\"%s\\"","table":{"defaultCharsetName":"utf8mb4","primaryKeyColumnNames":[%s],"columns":[%s]}}]}}\n' \
	    "$1" "${4:-null}" "${5:-CREATE}" "$1" "${3-\"id\"}" "$2"
}
# usage: column NAME TYPE [MORE]
column() {
	printf '{"name":"%s","typeName":"%s","optional":true%s}' "$1" "$2" \
	    "${3:+,$3}"
}
id='{"name":"id","typeName":"INT","optional":false}'
plain() { schema t "$id,$(column v VARCHAR '"charsetName":"utf8mb4"')"; }
modes() { printf "$beat" ',"modes":{"decimal":"string","time":"string","binary":"base64","bigint_unsigned":"number","json":"string"}'; }
# usage: change BEFORE AFTER OP [TRANSACTION]
change() { printf "$row" '{"id":1}' "$1" "$2" "${4:-0-1-2}" 4 "$3" "${4:-0-1-2}"; }

# ---- messages
{
	plain
	change null '{"id":1,"v":"a"}' c
	change '{"id":1,"v":"a"}' '{"id":1,"v":"b"}' u
	change '{"id":1,"v":"b"}' '{"id":1,"v":"b"}' u
	change '{"id":1,"v":"b"}' null d
} >"$T/in"
maxwell
exits 0 "no settings"
out_is '{"database":"d","table":"t","type":"insert","ts":1700000000,"data":{"id":1,"v":"a"}}
{"database":"d","table":"t","type":"update","ts":1700000000,"data":{"id":1,"v":"b"},"old":{"v":"a"}}
{"database":"d","table":"t","type":"update","ts":1700000000,"data":{"id":1,"v":"b"}}
{"database":"d","table":"t","type":"delete","ts":1700000000,"commit":true,"data":{"id":1,"v":"b"}}' \
    "insert, update, one without a change, delete"
every=row_query,xoffset,binlog_position,gtid_position,server_id,thread_id,primary_keys,primary_key_columns
head -n 2 "$T/in" >"$T/one" && mv "$T/one" "$T/in"
maxwell --maxwell "$every"
out_is '{"database":"d","table":"t","query":"do \"it\"","type":"insert","ts":1700000000,"commit":true,"position":"b.000001:99","gtid":"0-1-2","server_id":7,"thread_id":4,"primary_key":[1],"primary_key_columns":["id"],"data":{"id":1,"v":"a"}}' \
    "all members, in Maxwell's order"
maxwell --maxwell output_server_id=true,commit_info=false
out_is '{"database":"d","table":"t","type":"insert","ts":1700000000,"server_id":7,"data":{"id":1,"v":"a"}}' \
    "as Maxwell calls them, and without the commit"
maxwell --maxwell server_id,server_id=false --maxwell commit_info=false
out_is '{"database":"d","table":"t","type":"insert","ts":1700000000,"data":{"id":1,"v":"a"}}' \
    "the last one counts"
maxwell --maxwell push_timestamp
is "$(jq -r '.push_ts | type' "$T/out")" number "push_ts"
is "$(jq -r --arg now "$(date +%s)" '.push_ts - ($now | tonumber) | fabs < 60' \
    "$T/out")" true "which is now"
sed 's/"thread":4/"thread":null/; s/"gtid":"0-1-2"/"gtid":null/g
    s/"query":"[^,]*"}/"query":null}/' "$T/in" >"$T/x" && mv "$T/x" "$T/in"
maxwell --maxwell "$every"
out_is '{"database":"d","table":"t","type":"insert","ts":1700000000,"commit":true,"position":"b.000001:99","gtid":null,"server_id":7,"primary_key":[1],"primary_key_columns":["id"],"data":{"id":1,"v":"a"}}' \
    "what the log does not say"
for bad in 'nothing:has no such setting' 'schema_id:Maxwell.s own tables' \
    'nulls=no:neither true nor false'; do
	maxwell --maxwell "${bad%%:*}"
	exits 64 "--maxwell ${bad%%:*}: 64"
	err_like "${bad#*:}" "and why"
done
run cdc-format --to csv --maxwell nulls
exits 64 "of another format: 64"

# ---- the last row of a transaction
{
	plain
	change null '{"id":1,"v":"a"}' c 0-1-2
	change null '{"id":2,"v":"a"}' c 0-1-2
	change null '{"id":3,"v":"a"}' c 0-1-3
	printf '{"topic":"m.transaction","key":{"id":"0-1-3"},"payload":{"status":"END","id":"0-1-3","event_count":1,"data_collections":[],"ts_ms":1}}\n'
} >"$T/in"
maxwell --maxwell xoffset
is "$(jq -c '[.data.id, .xoffset, .commit]' "$T/out")" '[1,0,null]
[2,null,true]
[3,null,true]' "commit, and xoffset of the others"
mkfifo "$T/pipe"
cdc-format --to maxwell <"$T/pipe" >"$T/out" &
pid=$!
exec 9>"$T/pipe"
cat "$T/in" >&9
tries=0
while [ "$(wc -l <"$T/out")" != 3 ] && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
is "$(wc -l <"$T/out")" 3 "END tells it, before anything else comes"
exec 9>&-
wait $pid
printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"end":{"status":69}}}\n' \
    >"$T/end"
{ head -n 3 "$T/in"; cat "$T/end"; } >"$T/x" && mv "$T/x" "$T/in"
maxwell
is "$(jq -c '[.data.id, .commit]' "$T/out")" '[1,null]
[2,null]' "a transaction that was cut off does not commit"
{ head -n 3 "$T/in"; echo '{"a":'; } >"$T/x" && mv "$T/x" "$T/in"
maxwell
exits 65 "a broken line: 65"
is "$(jq -c '[.data.id, .commit]' "$T/out")" '[1,null]
[2,null]' "what was whole is written"
{ plain; change null '{"id":1,"v":"a"}' c; change null '{"id":"x"}' c; } \
    >"$T/in"
maxwell
exits 65 "a value that is none: 65"
is "$(jq -c '[.data.id, .commit]' "$T/out")" '[1,null]' "nothing half"
{
	plain
	printf "$row" '{"id":1}' null '{"id":1,"v":"a"}' '' null c '' |
	    sed 's/"gtid":""/"gtid":null/; s/"transaction":.*/"transaction":null}}/'
} >"$T/in"
maxwell
is "$(jq -c '[.data.id, .commit]' "$T/out")" '[1,null]' \
    "without a transaction nothing says which row is the last"

# ---- keys that change, images that are not whole
{
	plain
	printf "$row" '{"id":1}' '{"id":1,"v":"a"}' null 0-1-2 4 d 0-1-2 |
	    sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}},"payload"/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
	printf "$row" '{"id":2}' null '{"id":2,"v":"a"}' 0-1-2 4 c 0-1-2 |
	    sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}},"payload"/'
	change '{"id":5}' '{"v":"x"}' u 0-1-3
	change '{"id":6,"v":null}' '{"id":6,"v":"x"}' u 0-1-3
} >"$T/in"
maxwell --maxwell primary_keys
is "$(jq -c '[.type, .primary_key, .data, .old]' "$T/out")" \
    '["update",[2],{"id":2,"v":"a"},{"id":1}]
["update",[5],{"v":"x","id":5},null]
["update",[6],{"id":6,"v":"x"},{"v":null}]' \
    "a key that changes, a row before with the key only"
maxwell --maxwell nulls=false
is "$(tail -n 1 "$T/out" | jq -c .old)" '{}' "nulls=false: of old too"
for change in 's/"before":{"id":6,"v":null}/"before":null/' \
    's/"ts_ms":1700000000123,//'; do
	sed "$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to maxwell
	exits 65 "what Maxwell's message needs: $change"
done
{ plain; change null null t; change null null t; } >"$T/in"
maxwell
out_is '' "a truncate"
is "$(grep -c 'd\.t was truncated' "$T/err")" 1 "is warned of, once"
{ plain; change null '{"id":1,"v":"a"}' c; } | tail -n 1 | cdc-unwrap >"$T/in"
maxwell
exits 65 "rows without envelopes: 65"

# ---- values
# usage: value TYPE MORE JSON EXPECTED [SETTINGS]
value() {
	{
		modes
		schema t "$id,$(column v "$1" "$2")"
		change null "{\"id\":1,\"v\":$3}" c
	} >"$T/in"
	maxwell ${5:+--maxwell $5}
	is "$(sed -n 's/.*"data":{"id":1,"v":\(.*\)}}$/\1/p' "$T/out")" \
	    "$4" "$1 $3"
}
value BIGINT '' 18446744073709551615 18446744073709551615
value BIGINT '' '"-12"' -12
value DECIMAL '"length":10,"scale":2' '"1.50"' 1.50
value DECIMAL '"length":10,"scale":2' '"-0.00"' 0.00
value DECIMAL '"length":65,"scale":30' '"0.000000000000000000000000000000"' 0E-30
value DECIMAL '"length":20,"scale":8' '"0.00000010"' 1.0E-7
value DECIMAL '"length":20,"scale":8' '"-0.00000123"' -0.00000123
value DECIMAL '"length":20,"scale":8' 12.5 12.5
value DOUBLE '' 1e10 1.0E10
value DOUBLE '' 0.001 0.001
value DOUBLE '' 0.0001 1.0E-4
value DOUBLE '' 9999999.5 9999999.5
value DOUBLE '' 10000000 1.0E7
value DOUBLE '' 5 5.0
value DOUBLE '' 1.50 1.5
value DOUBLE '' -0.0 -0.0
value FLOAT '' 3.4028235e38 3.4028235E38
value BIT '"length":1' true 1
value BIT '"length":64' '"AQAAAAAAAIA="' 9223372036854775809
value YEAR '' 2007 2007
value YEAR '' 0 0
value DATE '' '"2026-01-02"' '"2026-01-02"'
value DATE '' '"0000-00-00"' '"0000-00-00"'
value DATE '' '"0000-00-00"' null null_zerodates
value DATE '' '"0000-01-01"' '"0000-01-01"' null_zerodates
value DATETIME '"length":3' '"0000-00-00 00:00:00.000"' null null_zerodates
value TIME '"length":2' '"-838:59:59.5"' '"-838:59:59.50"'
value TIME '"length":3' '"00:00:00"' '"00:00:00.000"' null_zerodates
value DATETIME '"length":6' '"2026-01-02 03:04:05.1"' '"2026-01-02 03:04:05.100000"'
value TIMESTAMP '' '"2026-01-02 03:04:05"' '"2026-01-02 03:04:05"'
value VARCHAR '"charsetName":"utf8mb4"' '"a\"\\\u00e9"' '"a\"\\\u00e9"'
value BLOB '' '"AAECAw=="' '"AAECAw=="'
value ENUM '"enumValues":["'"'a'"'","'"'it''''s'"'"]' '"it'"'"'s"' '"it'"'"'s"'
value SET '"enumValues":["'"'a'"'","'"'b'"'","'"'c'"'"]' '"a,c"' '["a","c"]'
value SET '"enumValues":["'"'a'"'","'"'b'"'"]' '""' '[]'
value JSON '' '"{\"b\": [1, 1.50],\n \"b\":2}"' '{"b": [1, 1.50],  "b":2}'
value JSON '' '"\"text\""' '"text"'
value JSON '' '"null"' null
value UUID '' '"01020304-0506-0708-090a-0b0c0d0e0f10"' '"01020304-0506-0708-090a-0b0c0d0e0f10"'
value VECTOR '"length":2' '[1.0,0.5]' '[1.0,0.5]'
value VECTOR '"length":2' '"AACAPwAAAD8="' '[1.0,0.5]'
value VARCHAR '"charsetName":"utf8mb4"' null null
value GEOMETRY '' '{"wkb":"AQEAAAAAAAAAAAAIQAAAAAAAAABA","srid":null}' '"POINT (3 2)"'
value GEOMETRY '' '{"wkb":"AAAAAAFACAAAAAAAAEAAAAAAAAAA","srid":null}' '"POINT (3 2)"'
value GEOMETRY '' '{"wkb":"AQcAAAAAAAAA","srid":null}' '"GEOMETRYCOLLECTION EMPTY"'
value GEOMETRY '' '{"wkb":"AQIAAAACAAAAAAAAAAAA8D8AAAAAAAAAAHsUrkfheoS/AAAAANASY0E=","srid":4326}' '"LINESTRING (1 0, -0.01 10000000)"'
err_like 'column v has geometries with an SRID' "an SRID is warned of"

# usage: refused TYPE MORE JSON MESSAGE
refused() {
	{
		modes
		schema t "$id,$(column v "$1" "$2")"
		change null "{\"id\":1,\"v\":$3}" c
	} >"$T/in"
	maxwell
	exits 65 "$1 $3: 65"
	err_like "table d\.t, column v .*$4" "and why"
	out_is '' "and no line"
}
refused BIGINT '' '"-"' 'not a number'
refused BIGINT '' '"1x"' 'not a number'
refused JSON '' '"{"' 'and others do not'
refused DECIMAL '"length":10,"scale":2' '"x"' ''
refused DOUBLE '' '"x"' ''
refused BIT '"length":64' '"AQAAAAAAAIABAA=="' 'no bits'
refused GEOMETRY '' '{"wkb":"AQEAAAAAAAAAAAAIQA==","srid":null}' 'no geometry'
refused GEOMETRY '' '{"wkb":"AQEAAAAAAAAAAPB/AAAAAAAA8H8=","srid":null}' 'no geometry'
refused GEOMETRY '' '{"wkb":"AQIAAAD/////","srid":null}' 'no geometry'
{
	modes
	schema t "$id,{\"name\":\"v\",\"typeName\":\"DATE\",\"optional\":false}"
	change null '{"id":1,"v":null}' c
} >"$T/in"
maxwell
exits 65 "null in a NOT NULL column: 65"
err_like 'hint: a zero date is null, except with cdc-tail --time string' "why"
{
	printf "$beat" ',"modes":{"decimal":"precise","time":"adaptive_time_microseconds","binary":"hex","bigint_unsigned":"precise","json":"embed"}'
	schema t "$id,$(column a DECIMAL '"length":5,"scale":2'),$(column b DATETIME '"length":3'),$(column c BLOB),$(column e BIGINT\ UNSIGNED),$(column f JSON),$(column g TIME '"length":1'),$(column h LONGTEXT)"
	change null '{"id":1,"a":"ZA==","b":1500,"c":"00ff","e":"AP//////////","f":{"x":[]},"g":-1500000,"h":"{"}' c
} >"$T/in"
maxwell
is "$(sed 's/.*"data"://' "$T/out")" \
    '{"id":1,"a":1.00,"b":"1970-01-01 00:00:01.500","c":"AP8=","e":18446744073709551615,"f":{"x":[]},"g":"-00:00:01.5","h":"{"}}' \
    "whatever form values have in records"

# ---- copies
{
	schema a "$id"
	schema b "$id"
	printf "$beat" ',"snapshot":{}'
	printf "$copied" a 1 a
	printf "$copied" a 2 a
	printf "$beat" ',"snapshot":{}'
	printf "$copied" a 3 a
	printf "$copied" b 1 b
	printf "$beat" ''
} >"$T/in"
maxwell --maxwell primary_keys,primary_key_columns,gtid_position
is "$(sed 's/"type":"bootstrap-\([sc][^"]*\)","ts":[0-9]*/"type":"\1","ts":0/' \
    "$T/out")" \
    '{"database":"d","table":"a","type":"start","ts":0,"primary_key":[null],"primary_key_columns":["id"],"data":{}}
{"database":"d","table":"a","type":"bootstrap-insert","ts":1800000000,"primary_key":[1],"primary_key_columns":["id"],"data":{"id":1}}
{"database":"d","table":"a","type":"bootstrap-insert","ts":1800000000,"primary_key":[2],"primary_key_columns":["id"],"data":{"id":2}}
{"database":"d","table":"a","type":"bootstrap-insert","ts":1800000000,"primary_key":[3],"primary_key_columns":["id"],"data":{"id":3}}
{"database":"d","table":"a","type":"complete","ts":0,"primary_key":[],"primary_key_columns":[],"data":{}}
{"database":"d","table":"b","type":"start","ts":0,"primary_key":[null],"primary_key_columns":["id"],"data":{}}
{"database":"d","table":"b","type":"bootstrap-insert","ts":1800000000,"primary_key":[1],"primary_key_columns":["id"],"data":{"id":1}}
{"database":"d","table":"b","type":"complete","ts":0,"primary_key":[],"primary_key_columns":[],"data":{}}' \
    "bootstrap messages"
{ head -n 5 "$T/in"; cat "$T/end"; } >"$T/x" && mv "$T/x" "$T/in"
maxwell
is "$(jq -r .type "$T/out" | tr '\n' ' ')" \
    "bootstrap-start bootstrap-insert bootstrap-insert " \
    "a copy that was cut off is not complete"

# ---- statements
{
	schema t "$id" '"id"' '"CREATE TABLE t (id INT PRIMARY KEY)"'
	schema t "$id,$(column v TEXT '"charsetName":"latin1"')" '"id"' \
	    '"ALTER TABLE t ADD v TEXT"' ALTER
	schema u "$id,$(column v TEXT '"charsetName":"latin1"')" '' \
	    '"ALTER TABLE t DROP PRIMARY KEY, RENAME TO u"' ALTER
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"w","ts_ms":5000},"databaseName":"d","ddl":"RENAME TABLE u TO w","tableChanges":[]}}\n'
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"w","ts_ms":5000},"databaseName":"d","ddl":"CREATE INDEX i ON w (v)","tableChanges":[]}}\n'
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"w","ts_ms":5000},"databaseName":"d","ddl":"DROP TABLE w","tableChanges":[{"type":"DROP","id":"\\"d\\".\\"w\\"","table":null}]}}\n'
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":null,"ts_ms":5000},"databaseName":"d","ddl":"%s","tableChanges":[],"session":{"collation_server":8}}}\n' \
	    'CREATE DATABASE d' 'CREATE DATABASE d CHARSET utf8mb4' \
	    'ALTER DATABASE d COLLATE = latin2_bin' 'DROP DATABASE d'
} >"$T/in"
maxwell --maxwell ddl,binlog_position,gtid_position
exits 0 "ddl"
is "$(sed -n 1,2p "$T/out")" \
    '{"type":"table-create","database":"d","table":"t","def":{"database":"d","charset":"utf8mb4","table":"t","columns":[{"type":"int","name":"id","signed":true}],"primary-key":["id"]},"ts":5000,"sql":"CREATE TABLE t (id INT PRIMARY KEY)","position":"b.000001:7","gtid":"0-1-1"}
{"type":"table-alter","database":"d","table":"t","old":{"database":"d","charset":"utf8mb4","table":"t","columns":[{"type":"int","name":"id","signed":true}],"primary-key":["id"]},"def":{"database":"d","charset":"utf8mb4","table":"t","columns":[{"type":"int","name":"id","signed":true},{"type":"text","name":"v","charset":"latin1"}],"primary-key":["id"]},"ts":5000,"sql":"ALTER TABLE t ADD v TEXT","position":"b.000001:7","gtid":"0-1-1"}' \
    "table-create, table-alter"
is "$(jq -c '[.type, .database, .table, .old.table, .def.table, .def."primary-key", .charset]' \
    "$T/out" | sed 1,2d)" \
    '["table-alter","d","t","t","u",[],null]
["table-alter","d","u","u","w",[],null]
["table-drop","d","w",null,null,null,null]
["database-create","d",null,null,null,null,"latin1"]
["database-create","d",null,null,null,null,"utf8mb4"]
["database-alter","d",null,null,null,null,"latin2"]
["database-drop","d",null,null,null,null,null]' "names that change, databases"
maxwell
out_is '' "none without ddl"
err_like 'a statement removes or changes rows, and --to maxwell' "but a warning"
{
	schema t "$id,$(column f TIME '"length":2'),$(column e ENUM '"enumValues":["'"'a'"'"]'),$(column b BIGINT\ UNSIGNED),$(column j JSON),$(column k BLOB)" \
	    '"id"' '"CREATE TABLE t (id INT PRIMARY KEY)"'
} >"$T/in"
maxwell --maxwell ddl
is "$(jq -c '.def.columns[1:]' "$T/out")" \
    '[{"type":"time","name":"f","column-length":2},{"type":"enum","name":"e","enum-values":["a"]},{"type":"bigint","name":"b","signed":false},{"type":"json","name":"j"},{"type":"blob","name":"k","charset":"binary"}]' \
    "columns"
done_testing
