#!/bin/sh
# cdc-format --to canal: messages.  That Canal's own classes read them, and its
# decoder the same values in the log: tests/server/canal.t.
. "$(dirname "$0")/../lib.sh"

to='cdc-format --to canal --binary base64'
table() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT UNSIGNED","optional":false},{"name":"v","typeName":"VARCHAR","length":50,"charsetName":"utf8mb4","optional":true},{"name":"b","typeName":"BLOB","optional":true},{"name":"e","typeName":"ENUM","length":1,"charsetName":"utf8mb4","optional":true,"enumValues":["x","it'\''s"]}]}}]}}\n'
}
# usage: row OP BEFORE AFTER [POS [GTID]]   a record of d.t
row() {
	printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1000,"gtid":"%s","file":"f","pos":%s,"query":null},"op":"%s","ts_ms":2000}}\n' "$2" "$3" "${5:-0-1-7}" "${4:-4}" "$1"
}
# usage: one ID V   a row
one() { printf '{"id":%s,"v":"%s","b":"AP8=","e":"it'\''s"}' "$1" "$2"; }
# usage: told JQ   of $T/out, a line each
told() { jq -c "$1" "$T/out" | tr '\n' ' '; }

{ table && row c null "$(one 1 a)"; } >"$T/in"
run_on "$T/in" $to
exits 0 "a message"
out_is '{"data":[{"id":"1","v":"a","b":"\u0000ÿ","e":"2"}],"database":"d","es":1000,"gtid":"0-1-7","id":7,"isDdl":false,"mysqlType":{"id":"int unsigned","v":"varchar(50)","b":"blob","e":"enum('\''x'\'','\''it'\'''\''s'\'')"},"old":null,"pkNames":["id"],"sql":"","sqlType":{"id":4,"v":12,"b":2004,"e":4},"table":"t","ts":2000,"type":"INSERT"}' \
    "in the order of fastjson2"

{
	table
	row c null "$(one 1 a)"
	row c null "$(one 2 b)"
	row c null "$(one 3 c)" 50
	row u "$(one 1 a)" "$(one 1 aa)" 90
	row u "$(one 2 b)" "$(one 2 b)" 90
	row d "$(one 3 c)" null 90
	row d "$(one 2 b)" null 90 0-1-8
} >"$T/in"
run_on "$T/in" $to
is "$(told '[.type, (.data | length), .id]')" \
    '["INSERT",2,7] ["INSERT",1,7] ["UPDATE",2,7] ["DELETE",1,7] ["DELETE",1,8] ' \
    "a message for each row event"
is "$(told .old)" 'null null [{"v":"a"},{}] null null ' "what changed"
run_on "$T/in" $to --batch 1
is "$(told '(.data | length)')" '1 1 1 1 1 1 1 ' "--batch 1"
cp "$T/out" "$T/want"
{ head -n 2 "$T/in" && tail -n +3 "$T/in" | sed 's/,"pos":[0-9]*//'; } >"$T/nowhere"
run_on "$T/nowhere" $to
same "$T/out" "$T/want" "without a position each row is alone"
{ head -n 2 "$T/in" && sed -n 3p "$T/in" | cut -c1-40; } >"$T/bad"
run_on "$T/bad" $to
exits 65 "a bad line: 65"
{
	table
	row d "$(one 1 a)" null | sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}}&/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
	row c null "$(one 2 a)" | sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}}&/'
} >"$T/in"
run_on "$T/in" $to
is "$(told '[.type, .data[0].id, .old]')" '["UPDATE","2",[{"id":"1"}]] ' \
    "a key that changes is an update"
{ table && row r null "$(one 4000000000 a)" && row r null "$(one 1 a)"; } >"$T/in"
run_on "$T/in" $to
is "$(told '[.type, .sqlType.id, (.data | length)]')" '["INSERT",4,2] ' \
    "rows of a copy"
{ table && row c null "$(one 4000000000 a)"; } >"$T/in"
run_on "$T/in" $to
is "$(told '[.sqlType.id, .data[0].id]')" '[-5,"4000000000"] ' \
    "what Java's int does not hold is a BIGINT"

# ---- what a message cannot say
for image in '{"id":1} {"id":1,"v":"x"}' '{"id":1,"v":"x"} {"id":1}'; do
	{ table && eval "row u $(echo "$image" | sed "s/{[^ ]*}/'&'/g")"; } >"$T/in"
	run_on "$T/in" $to
	exits 65 "an update of which half is unknown: 65"
	err_like 'line 2: table d.t: the record does not say what v' "which"
done
{ table && row c null "$(one 1 a | sed "s/it's/y/")"; } >"$T/in"
run_on "$T/in" $to
exits 65 "a label that is none: 65"
err_like "line 2: table d.t, column e .*not one of its labels" "which"
{ table && row c null "$(one 1 a)" | cdc-unwrap; } >"$T/in"
run_on "$T/in" $to
exits 65 "unwrapped rows: 65"
row c null "$(one 1 a)" >"$T/in"
run_on "$T/in" $to
exits 65 "no schema records: 65"

# ---- statements
{ table && row t null null; } >"$T/in"
run_on "$T/in" $to
is "$(told '[.isDdl, .type, .sql, .data, .table]')" \
    '[true,"TRUNCATE","TRUNCATE TABLE `d`.`t`",null,"t"] ' "a truncate"
# usage: statement DDL   a schema record of it
statement() {
	table | sed "s/\"ddl\":null/\"ddl\":\"$1\",\"session\":{\"sql_mode\":0}/; s/\"source\":{/&\"ts_ms\":1000,\"gtid\":\"0-1-9\",\"file\":\"f\",\"pos\":$2,/"
}
n=0
while read -r type ddl; do
	n=$((n + 1))
	statement "$ddl" $n
	echo "$type $ddl" >>"$T/want.ddl"
done >"$T/in" <<'end'
CREATE CREATE TABLE t (id INT)
ALTER ALTER TABLE t ADD w INT
ERASE DROP TABLE t
TRUNCATE TRUNCATE TABLE t
CINDEX CREATE UNIQUE INDEX i ON t (v)
DINDEX DROP INDEX i ON t
RENAME RENAME TABLE t TO e.u
QUERY CREATE DATABASE e
QUERY CREATE VIEW w AS SELECT 1
end
cat "$T/in" "$T/in" >"$T/twice"
run_on "$T/in" $to --schema-changes
exits 0 "statements"
jq -r 'select(.isDdl and .data == null and .es == 1000 and .id == 9) | .type + " " + .sql' \
    "$T/out" >"$T/got"
same "$T/got" "$T/want.ddl" "each of its type"
is "$(jq -r 'select(.type == "RENAME") | .database + "." + .table' "$T/out")" \
    e.u "a rename under the new name"
head -n 1 "$T/in" >"$T/once"
cat "$T/once" "$T/once" >"$T/again"
run_on "$T/again" $to --schema-changes
is "$(wc -l <"$T/out")" 1 "one message for the records of one statement"
run_on "$T/in" $to
is "$(cat "$T/out")" '' "none without --schema-changes"
err_like 'a statement removes or changes rows' "but a warning"
shop --control --transactions --schema-changes --time string >"$T/in"
run_on "$T/in" cdc-format --to canal --schema-changes
exits 0 "a whole log"
is "$(jq -s '[.[] | select(.isDdl | not) | .data | length] | add' "$T/out")" \
    "$(grep '"op":"[cud]"' "$T/in" | grep -vc '"__debezium.oldkey"')" \
    "all rows of it"

{ table && row c null '{"id":1,"v":"a"}'; } >"$T/in"
run_on "$T/in" $to
exits 65 "a new row that lacks columns: 65"
err_like 'line 2: table d.t: a new row of which some columns' "which"

# labels that a server cannot tell: of a copy, with characters above U+FFFF
table >"$T/schemas"
for e in '"x"' '""'; do
	row r null "{\"id\":1,\"v\":null,\"b\":null,\"e\":$e}" >"$T/rows"
	{ sed 's/"enumValues":\[[^]]*\]/"enumValues":null/' "$T/schemas" &&
	    cat "$T/rows"; } >"$T/in"
	run_on "$T/in" $to
	exits 65 "a label whose number is not known: 65 ($e)"
	err_like 'line 2: table d.t, column e .*does not have its labels' "why"
	err_like 'hint: .*above U.FFFF .*--schema' "and what to do"
	run_on "$T/rows" $to --schema "$T/schemas"
	exits 0 "which helps"
done
is "$(told '.data[0].e')" '"0" ' "the error value"
done_testing
