#!/bin/sh
# cdc-format --to debezium.  That it is what Debezium prints: tests/conformance.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

shop_records
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
done_testing
