#!/bin/sh
. "$(dirname "$0")/../lib.sh"

stage_basics cdc-outbox

from='"source":{"ts_ms":5,"db":"d","table":"outbox"}'
trx='"transaction":{"id":"0-1-2","total_order":1,"data_collection_order":1}'
# usage: row COLUMNS [MEMBERS of the line]   a create of such a row
row() {
	printf '{"topic":"m.d.outbox","key":{"id":"e1"},%s"payload":{"before":null,"after":{%s},%s,"op":"c","ts_ms":9,%s}}\n' \
	    "$2" "$1" "$from" "$trx"
}
columns='"id":"e1","aggregatetype":"Order","aggregateid":"7","type":"Made"'
row "$columns,\"payload\":\"{\\\"a\\\":1.10}\"" >"$T/row"
event='"timestamp":9,"headers":{"id":"e1"},'"$from,$trx"',"op":"m"'
# usage: gives WANT NAME [OPTION]…   what $T/row becomes
gives() {
	want=$1
	name=$2
	shift 2
	run_on "$T/row" cdc-outbox -q "$@"
	is "$status $(cat "$T/out" "$T/err")" "0 $want" "$name"
}
# usage: fails STATUS WORDS NAME [OPTION]…
fails() {
	want=$1
	words=$2
	name=$3
	shift 3
	run_on "$T/row" cdc-outbox -q "$@"
	exits "$want" "$name: $want"
	err_like "$words" "… and why"
}

gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":"{\"a\":1.10}"}' \
    "an event: topic, key, header, position, payload"
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":{"a":1.10}}' \
    "--expand-json: with all its digits" --expand-json
cp "$T/out" "$T/event"
gives "$(cat "$T/row")" "another table passes" -t 'd\.other'
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":"{\"a\":1.10}"}' \
    "an outbox table by its name" -t '.*\.outbox'
gives '{"topic":"Made","key":"Order","timestamp":9,"headers":{"id":"7"},'"$from,$trx"',"op":"m","payload":"e1"}' \
    "all columns under other names" --event-id aggregateid --event-key \
    aggregatetype --event-payload id --route-by-field type \
    --topic-replacement '$1' --topic-regex '(.*)'
gives '{"topic":"Order","key":"7",'"$event"',"payload":"{\"a\":1.10}"}' \
    "an expression that does not match" --topic-regex 'x.*' \
    --topic-replacement '$0'
row "$columns,\"payload\":null" >"$T/row"
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":null}' \
    "NULL"
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":{"payload":null,"t":"Made"}}' \
    "in an envelope" --placement type:envelope:t
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":null}' \
    "--tombstone-on-empty, in an envelope" --placement type:envelope:t \
    --tombstone-on-empty
row "$columns,\"payload\":\" \\t\\n\"" >"$T/row"
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":null}' \
    "… a blank" --tombstone-on-empty

# JSON in strings
while read -r text want; do
	row "$columns,\"payload\":$text" >"$T/row"
	run_on "$T/row" cdc-outbox --expand-json -q
	is "$(sed 's/.*"payload":\(.*\)}$/\1/' "$T/out")" "$want" "JSON: $text"
done <<'END'
"[1,2]" [1,2]
"[]" []
"{}" {}
"{\"a\":null,\"b\":[],\"c\":1.0e5}" {"a":null,"b":[],"c":1.0e5}
"{\"a\":\"\\ud83d\\ude00\"}" {"a":"\ud83d\ude00"}
"{\"n\":12345678901234567890.123400}" {"n":12345678901234567890.123400}
"{\n\"a\":1}" { "a":1}
"{\"a\":1" "{\"a\":1"
"{\"a\":NaN}" "{\"a\":NaN}"
"{\"a\":\"\\ud83d\"}" "{\"a\":\"\\ud83d\"}"
"5" "5"
"null" "null"
"" ""
{"a":1} {"a":1}
[1] [1]
END
row "$columns,\"payload\":\"x\"" >"$T/row"
run_on "$T/row" cdc-outbox --expand-json
err_like 'warning: line 1: the payload is not a JSON object or array' \
    "what is not JSON is told of"

# --placement
row "$columns,\"payload\":\"x\",\"p\":3,\"n\":null,\"j\":{\"a\":[1]},\"d\":1.10" >"$T/row"
gives '{"topic":"outbox.event.Order","key":"7","partition":3,"timestamp":9,"headers":{"id":"e1","type":"Made","num":"1.10","n":null,"j":{"a":[1]}},'"$from,$trx"',"op":"m","payload":{"payload":"x","v":3,"d":1.10}}' \
    "placements: an object stays one in a header, a number becomes a string" \
    --placement type:header,d:header:num,n:header,j:header \
    --placement p:partition,p:envelope:v,d:envelope
gives '{"topic":"outbox.event.Order","key":"7",'"$event"',"payload":{"payload":"x"}}' \
    "a partition that is NULL, a column that is missing" \
    --placement n:partition,nosuch:header,nosuch:envelope --missing ignore
fails 65 'the column nosuch is not in the row' "a column that is missing" \
    --placement nosuch:header
fails 65 'the column d is not the number of a partition' "no partition" \
    --placement d:partition
for wrong in type type: type:head type:header: :header 'a:header,' ''; do
	fails 64 'says no place|is not header|gives no name' "'$wrong'" \
	    --placement "$wrong"
done
for wrong in type:header:id type:envelope:payload type:header,d:header:type \
    p:partition,d:partition type:header:traceparent; do
	fails 64 'would have two' "$wrong" --placement "$wrong"
done
row "$columns,\"payload\":\"x\"" '"headers":{"a":"b"},' >"$T/row"
run_on "$T/row" cdc-outbox
is "$(jq -c .headers "$T/out")" '{"a":"b","id":"e1"}' "beside headers"
row "$columns,\"payload\":\"x\"" '"headers":{"id":"b"},' >"$T/row"
fails 65 'a header of the name of an added one' "a header id"
row "$columns,\"payload\":\"x\"" '"partition":7,"timestamp":1,' >"$T/row"
run_on "$T/row" cdc-outbox
is "$(jq -c '[.partition, .timestamp]' "$T/out")" '[7,9]' \
    "a timestamp that is there is replaced"

# --event-timestamp
while read -r value unit want; do
	row "$columns,\"payload\":\"x\",\"at\":$value" >"$T/row"
	run_on "$T/row" cdc-outbox --event-timestamp "at${unit#-}"
	is "$status $(jq -c .timestamp "$T/out")" "0 $want" "at$unit: $value"
done <<'END'
1760000000654 :ms 1760000000654
1760000000654321 :us 1760000000654
1760000000654321987 :ns 1760000000654
-1500 :us -1
null :us 9
null - 9
"2026-11-22T10:00:00Z" - 1795341600000
"2026-11-22T10:00:00.5Z" :us 1795341600500
"2024-02-29T23:59:59.999999Z" - 1709251199999
"1969-12-31T23:59:59Z" - -1000
END
row "$columns,\"payload\":\"x\",\"at\":1760000000654321" >"$T/row"
fails 65 'the column at is a number, whose unit is not known' "no unit" \
    --event-timestamp at
fails 64 'the unit is ms, us or ns' "another unit" --event-timestamp at:s
for value in '"yesterday"' '"2026-11-22"' '"2026-11-22T10:00:00"' 1.5 true \
    '"2026-02-31T10:00:00Z"'; do
	row "$columns,\"payload\":\"x\",\"at\":$value" >"$T/row"
	fails 65 'the column at is not a time' "$value" --event-timestamp at:us
done

# tracing
parent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
# usage: traced TEXT WANT NAME
traced() {
	row "$columns,\"payload\":\"x\",\"tracingspancontext\":$1" >"$T/row"
	run_on "$T/row" cdc-outbox
	is "$(jq -c '.headers | del(.id)' "$T/out")" "$2" "$3"
}
traced "\"#Sat Nov 22\\ntraceparent=$parent\\n\"" "{\"traceparent\":\"$parent\"}" \
    "Properties, as Java writes them"
traced "\"tracestate : a\\\\=b\\\\u0021\\r\\n! x\\ntrace\\\\\\n  parent  $parent\"" \
    "{\"traceparent\":\"$parent\",\"tracestate\":\"a=b!\"}" "… as it reads them"
traced '"traceparent=x\r\nX-Evil: 1"' '{}' "what is no traceparent is left out"
traced "\"traceparent=$parent-x\"" '{}' "… nor what is longer"
traced '"tracestate=a"' '{}' "… and a tracestate alone"
traced null '{}' "NULL"
traced 5 '{}' "a number"
row "$columns,\"payload\":\"x\",\"t\":\"traceparent=$parent\"" >"$T/row"
run_on "$T/row" cdc-outbox --tracing-field t
is "$(jq -r .headers.traceparent "$T/out")" "$parent" "--tracing-field"

# what an event needs
row '"id":"e1","aggregatetype":"Order","aggregateid":"7"' >"$T/row"
fails 65 'line 1: the column payload is not in the row of d\.outbox' "no payload"
row "\"id\":\"e1\",\"aggregatetype\":5,\"aggregateid\":\"7\",\"payload\":1" >"$T/row"
fails 65 'the column aggregatetype routes, and is not a string' "a number routes"
row "\"id\":\"e1\",\"aggregatetype\":null,\"aggregateid\":\"7\",\"payload\":1" >"$T/row"
fails 65 'the column aggregatetype routes, and is not a string' "NULL routes"
row "\"id\":\"e1\",\"aggregatetype\":\"\",\"aggregateid\":null,\"payload\":1" >"$T/row"
fails 65 'would make an empty topic' "an empty topic" --topic-replacement '$0'
for wrong in 'a b' a/b Zoë . .. $(printf '%0250d' 0); do
	row "\"id\":\"e1\",\"aggregatetype\":\"$wrong\",\"aggregateid\":null,\"payload\":1" >"$T/topic"
	run_on "$T/topic" cdc-outbox --topic-replacement '$0' --topic-regex '(.*)'
	exits 65 "a topic that Kafka refuses: $(echo "$wrong" | cut -c1-9)"
	err_like 'the column aggregatetype would make a topic' "… and why"
done
run_on "$T/row" cdc-outbox
is "$(jq -c '[.topic, .key, .payload]' "$T/out")" \
    '["outbox.event.",null,1]' "a key that is NULL, a payload that is a number"
row "$columns,\"payload\":1,\"p\\u0061yload\":2" >"$T/row"
fails 65 'a name occurs twice' "two payloads"
fails 64 "names group 'no'" "a group that is none" --topic-replacement '${no}'

# operations
for op in d t u; do
	row "$columns,\"payload\":1" | sed "s/\"op\":\"c\"/\"op\":\"$op\"/
	    s/\"before\":null/\"before\":{\"id\":\"e1\"}/" >"$T/row.$op"
done
row "$columns,\"payload\":1" | sed 's/"op":"c"/"op":"r"/' >"$T/row"
run_on "$T/row" cdc-outbox
is "$(jq -r .op "$T/out")" m "a row that a snapshot read"
cp "$T/row.d" "$T/row"
gives '' "a delete"
cp "$T/row.t" "$T/row"
gives '' "a truncate"
printf '{"topic":"m.d.outbox","key":{"id":"e1"},%s,"op":"d","payload":null}\n' \
    "$from" >"$T/row"
gives '' "a tombstone"
cp "$T/row" "$T/tombstone"
gives "$(cat "$T/tombstone")" "… of another table passes" -t 'd\.x'
cat "$T/row.u" "$T/row.u" "$T/row.u" >"$T/row"
gives '' "updates"
run_on "$T/row" cdc-outbox
is "$status $(grep -c warning "$T/err") $(cat "$T/out")" "0 2 " \
    "… are told of once, and how many"
err_like 'warning: 3 updates of outbox tables were dropped' "… at the end"
run_on "$T/row" cdc-outbox --on-update error -q
is "$status $(grep -c 'an update of an outbox table is dropped' "$T/err")" \
    "0 1" "--on-update error"
fails 65 'line 1: an update of an outbox table' "--on-update fatal" \
    --on-update fatal

# other lines
for line in "{\"topic\":\"m.d.outbox\",\"key\":null,$from,\"op\":\"c\",\"payload\":{\"id\":1}}" \
    '{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d"},"ts_ms":1,"databaseName":"d","ddl":null,"tableChanges":[]}}' \
    "$(cat "$T/event")"; do
	echo "$line" >"$T/row"
	gives "$line" "it passes: $(echo "$line" | cut -c1-60)"
done
row "$columns,\"payload\":1" | jq -c .payload >"$T/row"
fails 65 'its line has no topic' "a bare envelope"
row "$columns,\"payload\":\"x\"" | jq -c '{topic, partition: 0, offset: 5,
    key: (.key | tojson), payload: ({schema: {a: 1}, payload: .payload} |
    tojson)}' >"$T/row"
run_on "$T/row" cdc-outbox
is "$(jq -c '[.topic, .partition, .offset, .key, .headers, .op, .payload]' \
    "$T/out")" '["outbox.event.Order",0,5,"\"7\"",["id","e1"],"m","\"x\""]' \
    "kcat's stays kcat's"

# an event is a message to the others
cp "$T/event" "$T/row"
for tool in 'cdc-filter -t d\.outbox' cdc-unwrap 'cdc-mask --null .*\.x'; do
	run_on "$T/row" $tool -q
	exits 65 "$tool does not know it"
	run_on "$T/row" $tool -q --pass-unknown
	same "$T/out" "$T/row" "… and lets it pass"
done
run_on "$T/row" cdc-route '.*' x
is "$(cut -c1-12 "$T/out") $(grep -o '"payload":.*' "$T/out")" \
    '{"topic":"x" "payload":{"a":1.10}}' \
    "cdc-route routes it"
sed 's/"payload":.*/"payload":[1,"x"]}/' "$T/event" >"$T/row"
run_on "$T/row" cdc-route y x
same "$T/out" "$T/row" "whatever its payload is"
sed 's/"op":"m"/"op":"c"/; s/"payload":.*/"payload":"x"}/' "$T/event" >"$T/row"
run_on "$T/row" cdc-route y x
exits 65 "but not beside another op"
done_testing
