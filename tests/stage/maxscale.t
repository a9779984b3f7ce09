#!/bin/sh
# cdc-format --to maxscale: the shape is that of MaxScale 24.02's source
# (kafkacdc.cc, rpl.cc) and of its manual.
. "$(dirname "$0")/../lib.sh"

maxscale() { run_on "$T/in" cdc-format --to maxscale "$@"; }
row='{"topic":"m.d.t","key":{"id":1},"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t","ts_ms":1537429419000,"server_id":7,"gtid":"%s"},"op":"%s","ts_ms":1}}\n'
# usage: schema COLUMNS
schema() {
	printf '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\\"d\\".\\"t\\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"id","typeName":"INT","optional":false}%s]}}]}}\n' "$1"
}
{
	schema ''
	printf "$row" null '{"id":1}' 0-3000-11 c
	printf "$row" null '{"id":2}' 0-3000-11 c
	printf "$row" '{"id":2}' null 4294967295-1-18446744073709551615 d
} >"$T/in"
maxscale
head='{"namespace":"MaxScaleChangeDataSchema.avro","type":"record","name":"ChangeRecord","table":"t","database":"d"'
first='{"name":"domain","type":"int"},{"name":"server_id","type":"int"},{"name":"sequence","type":"int"},{"name":"event_number","type":"int"},{"name":"timestamp","type":"int"},{"name":"event_type","type":{"type":"enum","name":"EVENT_TYPES","symbols":["insert","update_before","update_after","delete"]}}'
out_is "$head"',"version":1,"gtid":"0-3000-11","fields":['"$first"',{"name":"id","type":["null","int"],"real_type":"int","length":-1,"unsigned":false}]}
{"domain":0,"server_id":3000,"sequence":11,"event_number":1,"timestamp":1537429419,"event_type":"insert","table_schema":"d","table_name":"t","id":1}
{"domain":0,"server_id":3000,"sequence":11,"event_number":2,"timestamp":1537429419,"event_type":"insert","table_schema":"d","table_name":"t","id":2}
{"domain":4294967295,"server_id":1,"sequence":18446744073709551615,"event_number":1,"timestamp":1537429419,"event_type":"delete","table_schema":"d","table_name":"t","id":2}' \
    "a schema, rows, the numbers of a transaction"
maxscale --no-header
is "$(grep -c namespace "$T/out")" 0 "--no-header: no schema"

v=',{"name":"v","typeName":"%s","optional":true%s}'
{
	schema ''
	printf "$row" '{"id":1}' '{"id":1}' 0-1-1 u
	printf "$row" '{"id":1}' null 0-1-1 d |
	    sed 's/,"payload"/,"headers":{"__debezium.newkey":{"id":2}},"payload"/'
	printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'
	printf "$row" null '{"id":2}' 0-1-1 c |
	    sed 's/,"payload"/,"headers":{"__debezium.oldkey":{"id":1}},"payload"/'
	schema ''
	printf "$row" null '{"id":3}' 0-1-2 r
	schema "$(printf "$v" 'BIGINT UNSIGNED' ',"length":20')"
	printf "$row" null '{"id":4,"v":18446744073709551615}' 0-1-3 c
} >"$T/in"
maxscale
is "$(jq -c '[.version // .event_number, .event_type // (.fields | last |
    [.name, .type, .real_type, .length, .unsigned]), .id]' "$T/out")" \
    '[1,["id",["null","int"],"int",-1,false],null]
[1,"update_before",1]
[2,"update_after",1]
[3,"update_before",1]
[4,"update_after",2]
[1,"insert",3]
[2,["v",["null","long"],"bigint",20,true],null]
[1,"insert",4]' "updates, a key that changes, a copy, a version"
is "$(tail -n 1 "$T/out" | grep -c '"v":18446744073709551615}')" 1 \
    "all digits"

# usage: value TYPE MORE JSON EXPECTED AVRO
value() {
	{
		printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"next","gtid":"0-1-2","file":"b.000001","pos":4,"modes":{"decimal":"string","time":"string","binary":"base64","bigint_unsigned":"number","json":"string"}}}\n'
		schema "$(printf "$v" "$1" "$2")"
		printf "$row" null "{\"id\":1,\"v\":$3}" 0-1-1 c
	} >"$T/in"
	maxscale
	is "$(sed -n 's/.*"id":1,"v":\(.*\)}$/\1/p' "$T/out")" "$4" "$1 $3"
	is "$(head -n 1 "$T/out" | jq -r '.fields | last.type[1]')" "$5" \
	    "$1 is $5"
}
value DECIMAL ',"length":10,"scale":2' '"1.50"' 1.50 double
value FLOAT '' 0.1 0.1 float
value YEAR '' 2007 '"2007"' string
value BIT ',"length":3' '"BQ=="' 5 string
value DATETIME ',"length":3' '"2026-01-02 03:04:05.5"' '"2026-01-02 03:04:05.500"' string
value ENUM ',"enumValues":["'"'a'"'"]' '"a"' '"a"' string
value SET ',"enumValues":["'"'a'"'","'"'b'"'"]' '"a,b"' '"a,b"' string
value TEXT ',"charsetName":"utf8mb4"' '"é\n"' '"é\n"' bytes
value JSON '' '"{\"a\":1}"' '"{\"a\":1}"' string
value BLOB '' '"AAE="' '"AAE="' bytes
value POINT '' '{"x":3.0,"y":2.0,"wkb":"AQEAAAAAAAAAAAAIQAAAAAAAAABA","srid":null}' '"AAAAAAEBAAAAAAAAAAAACEAAAAAAAAAAQA=="' string
value INT '' null null int

# usage: refused MESSAGE SED
refused() {
	{
		schema "$(printf "$v" INT '')"
		printf "$row" null '{"id":1,"v":2}' 0-1-1 c
	} | sed "$2" >"$T/in"
	maxscale
	exits 65 "$2: 65"
	err_like "table d\.t.*$1" "and why"
	out_is '' "and no line"
}
refused 'have a member of that name' 's/"v"/"domain"/g'
refused 'lacks columns' 's/,"v":2//'
refused 'no GTID of MariaDB' 's/"gtid":"0-1-1"/"gtid":null/'
refused 'no GTID of MariaDB' 's/"gtid":"0-1-1"/"gtid":"0-1-1,1-1-2"/'
refused 'no GTID of MariaDB' 's/"gtid":"0-1-1"/"gtid":"0-1"/'
refused 'it is NOT NULL' 's/"id":1,/"id":null,/'
{ schema ''; printf "$row" null null 0-1-1 t; } >"$T/in"
maxscale
out_is '' "a truncate is no row"
err_like 'd\.t was truncated' "but a warning"
done_testing
