#!/bin/sh
# What a line is, by cdc-event(5): lines whose names or values look like
# something else, in every tool that reads lines.
. "$(dirname "$0")/../lib.sh"
data=$src/tests/data/lines

# usage: line JSON tool [options]    one line in
line() {
	printf '%s\n' "$1" >"$T/line"
	shift
	run_on "$T/line" "$@"
	[ "$status" -ne 0 ] || cat "$T/out" >>"$T/all"
}
passes() { exits 0 "$1" && same "$T/out" "$T/line" "… untouched"; }
refused() { exits 65 "$1" && err_like 'line 1: ' "… by its number"; }
# usage: enveloped ROW [member]   an envelope of it, and more members
enveloped() {
	printf '{"topic":"m.d.t","key":{"id":1},%s"payload":{"before":null,"after":%s,"source":{"db":"d","table":"t"},"op":"c","ts_ms":1%s}}' \
	    "$3" "$1" "$2"
}
kcat() {
	printf '{"topic":"m.d.t","partition":0,"offset":7,"key":"{\\"id\\":1}","payload":"%s"}' \
	    "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}
plain=$(enveloped '{"id":1}')

# a row is judged by nothing that it holds
run_on "$data/unwrapped-source.jsonl" cdc-filter -t 'shop\.orders' --op c
is "$(grep -c . "$T/out") $(grep -c hunter "$T/out")" "1 0" \
    "a column called source does not pass the lists"
run_on "$data/unwrapped-source.jsonl" cdc-filter \
    --exclude-column '.*\.password'
is "$(jq -c .payload "$T/out")" '{"id":1,"source":"web"}
{"id":1,"status":"new"}' "nor does it keep a column"
marks='"source":{"db":"d","table":"t"},"op":"c",'
for row in '{"op":"d"}' '{"source":{"db":"x","table":"y"},"op":"d"}' \
    '{"before":null,"after":null,"source":{"db":"x","table":"y"},"op":"t"}' \
    '{"status":"END","id":"0-1-1","event_count":0,"data_collections":[],"ts_ms":1}' \
    '{"ts_ms":1,"beat":"last","gtid":"0-1-9"}' '{"ddl":"DROP TABLE t"}' \
    '{"schema":null,"payload":{"id":1}}'; do
	line "{\"topic\":\"m.d.t\",\"key\":null,${marks}\"payload\":$row}" \
	    cdc-filter --op c -t 'd\.t'
	passes "beside source and op: $row"
	line "{\"topic\":\"m.d.t\",\"key\":null,${marks}\"payload\":$row}" \
	    cdc-filter --exclude-table 'd\.t'
	out_is "" "… and of that table"
done
run_on "$data/kcat-flat-status.jsonl" cdc-filter -t 'shop\.norm'
same "$T/out" "$data/kcat-flat-status.jsonl" "a status makes no control record"
run_on "$data/flat-status.jsonl" cdc-filter --exclude-table 'shop\.norm'
out_is "" "… and hides from no list"

# what could be either is refused until --shape says it
either='{"op":"d","source":{"name":"web"},"id":1}'
line "$(kcat "$either")" cdc-filter
refused "an envelope or a row"
err_like 'shape envelope' "… and says how to tell"
line "$(kcat "$either")" cdc-filter --shape row -t 'd\.t' --where id=1
passes "--shape row"
line "$(kcat "$either")" cdc-filter --shape row -t 'd\.u'
out_is "" "… placed by its topic"
line "$(kcat '{"id":1}')" cdc-filter --shape envelope
refused "--shape envelope, and a row"
foreign='{"before":null,"after":{"id":1},"source":{"db":"d","table":"t"},"op":"c","lsn":7}'
line "$(kcat "$foreign")" cdc-filter
refused "an envelope of another make"
line "$(kcat "$foreign")" cdc-filter --shape envelope -t 'd\.t'
passes "… is one with --shape envelope"
images='"before":null,"after":{"id":1,"password":"p"}'
from='"source":{"db":"d","table":"t"}'
for payload in "{$images,$from,\"op\":\"x\"}" \
    "{$images,$from,\"op\":\"C\"}" "{$images,$from,\"op\":\"create\"}" \
    "{$images,$from,\"op\":null}" "{$images,$from,\"op\":1}" \
    "{$images,$from}" "{$images}" '{"after":{"password":"p"}}' \
    '{"id":1,"before":{"password":"p"},"lsn":7}' \
    "{$images,\"source\":null,\"op\":\"c\"}" \
    "{$images,\"source\":\"d.t\",\"op\":\"insert\"}" \
    "{$from,\"data\":{\"password\":\"p\"}}" \
    '{"before":null,"after":null}'; do
	for tool in 'cdc-filter' 'cdc-filter --exclude-column .*\.password' \
	    'cdc-filter -t d\.t' 'cdc-unwrap' 'cdc-audit' 'cdc-route a b'; do
		for l in "{\"topic\":\"m.d.t\",\"payload\":$payload}" \
		    "{\"schema\":null,\"payload\":$payload}" \
		    "$payload" "$(kcat "$payload")"; do
			line "$l" $tool
			[ "$status" -eq 65 ] || result 1 "$tool refuses $l"
		done
	done
	result 0 "refused, whatever reads it: $payload"
	line "{\"topic\":\"m.d.t\",$marks\"payload\":$payload}" cdc-filter \
	    -t 'd\.t'
	passes "… a row beside source and op"
	line "$(kcat "$payload")" cdc-filter -t 'd\.t' --shape row
	passes "… and with --shape row"
done
for row in '{"id":1,"before":null,"after":null}' \
    '{"before":"2026-01-01","after":"2026-02-01"}' '{"id":1,"op":"x"}' \
    '{"op":"login","source":"web","ts_ms":1}' '{"id":1,"op":"c"}' \
    '{"id":1,"source":{"db":"x"}}'; do
	line "$(kcat "$row")" cdc-filter -t 'd\.t'
	passes "nothing but a row: $row"
done
for tool in 'cdc-unwrap' 'cdc-audit' 'cdc-route a b'; do
	line "$plain" $tool --shape envelope
	exits 0 "$tool has --shape"
done

# a row of a control record's columns is not one, but for the key of one
# usage: keyed KEY PAYLOAD
keyed() { printf '{"topic":"m.d.t","key":%s,"payload":%s}' "$1" "$2"; }
begin='{"status":"BEGIN","id":"%s","event_count":null,"data_collections":null,"ts_ms":1}'
beat='{"ts_ms":1,"beat":"next","gtid":"0-1-1","file":"x","pos":1,"source_ts_ms":1,"modes":{},"filter":"x"}'
ddl='{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[]}'
while read -r key id payload; do
	line "$(keyed "$key" "$(printf "$payload" "$id")")" cdc-filter -t 'd\.u'
	refused "a row like a control record, key $key, id $id"
	line "$(keyed "$key" "$(printf "$payload" "$id")")" cdc-filter \
	    -t 'd\.u' --shape row
	out_is "" "… of a table that is left out"
	line "$(keyed "$key" "$(printf "$payload" "$id")")" cdc-filter \
	    --shape envelope
	passes "… or one"
done <<END
{"id":97} 97 $begin
{"id":"97"} 97 $begin
null 0-1-1 $begin
{"id":"0-1-2"} 0-1-1 $begin
{"id":"0-1-1"} 0-1-1 {"status":"BEGIN","id":"%s","event_count":7,"data_collections":null,"ts_ms":1}
null - $beat
{"id":1} - $beat
{"gtid":"0-1-1"} - {"ts_ms":1,"beat":"next","gtid":"0-1-1"}
{"id":1} - $ddl
END
for id in 0-1-7 3e11fa47-71ca-11e1-9e33-c80aa9429562:23 \
    file=bin.000001,pos=4; do
	line "$(keyed "{\"id\":\"$id\"}" "$(printf "$begin" "$id")")" \
	    cdc-filter -t 'd\.u'
	passes "a transaction: $id"
done
for control in "$(printf "$begin" 0-1-7)" "$beat" "$ddl"; do
	line "$control" cdc-filter
	passes "without topic and key, by its form"
done

# strict JSON, in every tool and wherever it stands
for tool in 'cdc-filter' 'cdc-filter -t d\.t' 'cdc-unwrap' \
    'cdc-route a b' 'cdc-audit'; do
	for value in NaN nan - 01 1. +1 .5 Infinity 1e '"\ud800"' '"\x41"' \
	    '"\u12"' '[1,]' '{"a":1,}' '{a:1}' "'x'" 'nul' '1 2' \
	    "$(printf '"a\tb"')" "$(printf '"\377"')" \
	    "$(printf '"\300\200"')"; do
		line "$(enveloped "{\"id\":1,\"x\":$value}")" $tool
		[ "$status" -eq 65 ] || result 1 "$tool refuses $value"
	done
	result 0 "$tool reads strict JSON"
	line "$(enveloped '{"id":1,"x":1e400,"y":-0.0,"z":"\ud83d\ude00"}')" \
	    $tool
	exits 0 "… large numbers and pairs are JSON"
done
run_on "$data/nan.jsonl" cdc-filter --exclude-column '.*\.status'
refused "NaN before an excluded column"
deep=$(printf '%0510d' 0 | tr 0 '[')$(printf '%0510d' 0 | tr 0 ']')
line "{\"topic\":\"a.b.c\",\"payload\":{\"a\":$deep}}" cdc-filter
exits 0 "512 levels"
line "{\"topic\":\"a.b.c\",\"payload\":{\"a\":[$deep]}}" cdc-filter
refused "513"
line "$(printf '\357\273\277%s' "$plain")" cdc-filter
refused "a byte order mark"
line "$(printf '%s\r' "$plain")" cdc-filter -t 'd\.t'
passes "a carriage return at the end"
line " $(echo "$plain" | sed 's/:/ : /g')" cdc-filter -t 'd\.t' --op c
passes "blanks between tokens"
for text in '[1]' '"x"' 5 ''; do
	line "$text" cdc-filter
	refused "no record: $text"
done

# names are names, once
line '{"topic":"m.d.t","p\u0061yload":{"b\u0065fore":null,"after":{"id":1,"s\u0065cret":1},"source":{"db":"d","t\u0061ble":"\u0074"},"\u006fp":"\u0063"}}' \
    cdc-filter -t 'd\.t' --op c --where secret=1 \
    --exclude-column '.*\.secret'
is "$(jq -c .payload.after "$T/out")" '{"id":1}' "escaped names are the names"
for tool in 'cdc-filter -t s\.ok' 'cdc-route a b' cdc-unwrap cdc-audit; do
	run_on "$data/dup-source.jsonl" $tool
	refused "two sources: $tool"
done
for twice in '"topic":"m.d.u",' '"key":null,' '"t\u006fpic":"x",'; do
	line "$(enveloped '{"id":1}' '' "$twice")" cdc-route a b
	refused "twice in the line: $twice"
done
for twice in ',"op":"d"' ',"\u006fp":"c"' ',"before":null' \
    ',"transaction":{"id":"0-1-1","id":"0-1-2"}'; do
	line "$(enveloped '{"id":1}' "$twice")" cdc-filter
	refused "twice in the envelope: $twice"
done
for source in '"db":"d","table":"t","table":"u"' \
    '"db":"d","table":"t","t\u0061ble":"u"' \
    '"db":"d","table":"t","x":1,"\u0078":2'; do
	line "{\"topic\":\"a\",\"payload\":{\"before\":null,\"after\":{},\"source\":{$source},\"op\":\"c\"}}" \
	    cdc-filter -t 'd\.t'
	refused "twice in the source: $source"
done
twice=$(enveloped '{"id":1,"pw":2,"p\u0077":3}')
for options in '--where pw=2' '--exclude-column .*\.pw' '--skip-unchanged'; do
	line "$twice" cdc-filter $options
	refused "twice in the row: $options"
done
for options in '--drop-fields pw' '--route-by-field pw'; do
	line "$twice" cdc-unwrap $options
	refused "cdc-unwrap $options"
done
line "$twice" cdc-audit
refused "cdc-audit"
line '{"topic":"a.b","key":{"id":1,"id":2},"payload":null}' \
    cdc-route --key-field k '(.*)' 'x$1'
refused "twice in the key"

# every tool takes every shape
for tool in 'cdc-filter -t d\.t' 'cdc-route nothing x' 'cdc-unwrap' \
    'cdc-audit'; do
	line '{"payload":{"op":"c","source":{"table":"t","db":"d"},"after":{"id":1},"before":null},"key":null,"topic":"m.d.t"}' \
	    $tool
	exits 0 "$tool: payload in front of topic"
	line '{"payload":{"before":null,"after":{"id":1},"source":{"db":"d","table":"t"},"op":"c"},"schema":{"type":"struct"}}' \
	    $tool
	exits 0 "$tool: payload in front of schema"
	line "$(kcat "{\"schema\":null,\"payload\":$(echo "$plain" | jq -c .payload)}")" \
	    $tool
	exits 0 "$tool: a schema inside of kcat's"
done
is "$(jq -c '.payload | fromjson | .schema' "$T/out")" null \
    "what cdc-audit makes of it has no schema"

# usage: audited_key KEY   the key that cdc-audit reads in one of kcat's
audited_key() {
	line "$(kcat "$(echo "$plain" | jq -c .payload)" |
	    jq -c --arg key "$1" '.key = $key')" cdc-audit
	jq -r '.payload | fromjson | .after.record_key' "$T/out"
}
is "$(audited_key '{"schema":{"type":"struct","fields":[]},"payload":{"id":1}}')
$(audited_key '{"schema":null,"payload":{"id":1}}')" '{"id":1}
{"id":1}' "a key with its schema"
flat='{"payload":null,"schema":{"schema":null,"payload":{"id":1}}}'
is "$(audited_key "$flat")" "$flat" "columns called schema and payload"
line "$(kcat "$(printf '{\n"before":null,"after":{"id":1},\r\n"source":{"db":"d",\n"table":"t"},"op":"c"}' |
    sed ':a;N;$!ba;s/\r/\\r/g;s/\n/\\n/g')")" cdc-unwrap
printf '%s\n' '{"topic":"m.d.t","partition":0,"offset":1,"key":"{\n\"id\":1}","payload":"{\n\"before\":null,\"after\":{\"id\":1},\"source\":{\"db\":\"d\",\n\"table\":\"t\"},\"op\":\"c\"}"}' >"$T/pretty"
run_on "$T/pretty" cdc-unwrap
is "$(jq -c '[.source, (.payload | fromjson)]' "$T/out") $(wc -l <"$T/out")" \
    '[{"db":"d","table":"t"},{"id":1}] 1' "newlines in kcat's text split no line"

# headers and prefixes
run_on "$data/headers-null.jsonl" cdc-unwrap --add-headers op \
    --add-headers-prefix '"\'
is "$(jq -c .headers "$T/out")" '{"\"\\op":"c"}' "headers that were null"
for headers in '{ }' '{}' '[ ]' '{"a":"b" }' '[ "a","b" ]'; do
	line "$(enveloped '{"id":1}' '' "\"headers\":$headers,")" cdc-unwrap \
	    --add-headers op --add-headers-prefix "$(printf 'x\n')"
	exits 0 "headers $headers"
	is "$(jq -c '.headers | tostring | contains("op")' "$T/out")" true \
	    "… have the new one"
done
for headers in '"x"' 5 true; do
	line "$(enveloped '{"id":1}' '' "\"headers\":$headers,")" cdc-unwrap \
	    --add-headers op
	refused "headers $headers"
done
run cdc-unwrap --add-headers-prefix "$(printf '\377')"
exits 64 "a prefix that is not UTF-8"
run cdc-unwrap --add-fields op,op
exits 64 "two fields of one name"
line "$(enveloped '{"id":1,"__op":2}')" cdc-unwrap --add-fields op
refused "an added field that is a column"
line "$(enveloped '{"id":1,"__\u006fp":2}')" cdc-unwrap --add-fields op
refused "… however it is written"
line "$(enveloped '{"id":1,"__op":2}')" cdc-unwrap --add-fields op \
    --drop-fields __op
exits 0 "… unless it is dropped"
line "$(enveloped '{"id":1,"__deleted":2}')" cdc-unwrap --deletes rewrite
refused "__deleted, too"
line "$(enveloped '{"id":1}' '' '"headers":{"__op":"x"},')" cdc-unwrap \
    --add-headers op
refused "an added header that is there"
line "$(enveloped '{ }')" cdc-unwrap --add-fields op
is "$(jq -c .payload "$T/out")" '{"__op":"c"}' "an empty row with a blank"
line '{"topic":"a.b","key":{ },"payload":null}' cdc-route --key-field k \
    '(.*)' 'x$1'
is "$(jq -c .key "$T/out")" '{"k":"a.b"}' "an empty key with a blank"
line "$(enveloped '{"id":1}' | sed 's/"source":{/&"file":"f","pos":"x\\"","ts_ms":9999999999999999999,/')" \
    cdc-audit
is "$(jq -c '.payload.after | [.source_position, .event_timestamp]' "$T/out")" \
    '[null,null]' "positions and times that are none"

# names may hold anything
newline='{"topic":"m","payload":{"before":null,"after":{"id":1},"source":{"db":"shop","table":"sec\nret"},"op":"c"}}'
line "$newline" cdc-filter --exclude-table 'shop\.sec.*'
out_is "" "a newline in a name evades no list"
line "$newline" cdc-filter -t 'shop\.sec.ret'
passes "a dot is a newline, too"
line "$newline" cdc-filter -t 'shop\.sec$'
out_is "" "a dollar is the end"
line "$(enveloped '{"a\u0000b":1,"":2,"c\rd":3}')" cdc-filter \
    --exclude-column '(?s)d\.t\.(a.b||c.*)'
is "$(jq -c .payload.after "$T/out")" '{}' "NUL, empty, carriage return"
long=$(printf '%05000d' 0)
line "$(enveloped '{"id":1}' | sed "s/\"table\":\"t\"/\"table\":\"$long\"/")" \
    cdc-filter --exclude-table 'd\.0{5000}'
out_is "" "a name of 5000 bytes"

# lists fail closed
for l in '{"id":1}' '{"topic":"nodots","payload":{"id":1}}' null \
    '{"topic":"m.d.t","partition":0,"offset":1,"payload":"hello"}' \
    '{"topic":"m.d.t","payload":5}' '{"topic":"x","key":null,"payload":null}'
do
	line "$l" cdc-filter -t 'd\.t'
	refused "cannot be placed: $l"
	err_like 'hint: --pass-unknown' "… says how to go on"
	line "$l" cdc-filter -t 'd\.t' --pass-unknown
	passes "--pass-unknown"
done
line '{"topic":"m.d.t","payload":{"id":1}}' cdc-filter --op c
refused "no op, and --op"
err_like 'op needs to know the operation' "… says what is missing"
for o in include-db exclude-db include-table exclude-table include-column \
    exclude-column; do
	line '{"id":1}' cdc-filter "--$o" 'd\.t\.x'
	err_like "line 1: --$o needs to know the table" "… and for which option"
done
line '{"topic":"m.d.t","payload":"text"}' cdc-filter -t 'd\.t'
err_like 'its payload is neither an object nor null' \
    "a payload that is none, whose topic names its table"

# which member an envelope lacks
while IFS='|' read -r l lacks; do
	line "$l" cdc-filter --op c
	refused "$l"
	err_like "hint: it is not taken for an envelope because $lacks" \
	    "… $lacks"
done <<'END'
{"before":null,"after":{"id":1},"op":"c"}|it has no source
{"after":{"id":1},"op":"c","source":7}|its source is not an object
{"after":{"id":1},"op":"c","source":{"db":"d"}}|its source does not name db and
{"after":{"id":1},"source":{"db":"d","table":"t"}}|it has no op
{"after":{"id":1},"op":"x","source":{"db":"d","table":"t"}}|its op is not one
{"op":"c","source":{"db":"d","table":"t"}}|it has neither before nor after
{"after":{"id":1},"op":"c","x":1,"source":{"db":"d","table":"t"}}|it has members
END

# why a line is no record, and at which byte: python says where it stumbles
while read -r l; do
	line "$l" cdc-filter --op c
	refused "$l"
	byte=$(python3 -c 'import json, sys
try:
    json.loads(sys.argv[1])
except json.JSONDecodeError as e:
    print(e.pos + 1)' "$l")
	err_like "(no JSON|too early) at byte $byte$" \
	    "… at byte $byte"
done <<'END'
{"id":1,}
{"id":1 "b":2}
{"id" 1}
{id:1}
{"id":1}}
{"id":1} x
[1,,2]
hello
{"a":01}
{"a":{"b":[1,2}}
{"0000000000000000000000000000000000000000000000000000000000000000000":1,}
{"id":1
END
while IFS='|' read -r l why; do
	printf "$l\n" >"$T/line"
	run_on "$T/line" cdc-filter --op c
	err_like "line 1: not a record: $why" "$l: $why"
done <<'END'
\357\273\277{"id":1}|it begins with a byte order mark
{"a":"\377"}|no UTF-8 at byte 7
{"a":"\303"}|no UTF-8 at byte 7
[1]|an array, and not an object
"x"|a string, and not an object
{"a":tru}|no JSON at byte 9
{"a":"\\q"}|no JSON at byte 9
END
line '{"id":1,"x":2}' cdc-filter --where id=1
passes "a bare row needs no table for --where"
line '{"topic":"m.d.t","payload":[1]}' cdc-unwrap
refused "neither an envelope nor a row"
for control in '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1}}' \
    '{"topic":"m.transaction","key":{"id":"0-1-1"},"payload":{"status":"BEGIN","id":"0-1-1","event_count":null,"data_collections":null,"ts_ms":1}}'; do
	line "$control" cdc-filter -t 'd\.t' --op c --exclude-column 'd\.t\.x'
	passes "a control record passes"
done
line "$(enveloped '{"id":1,"pw":"x"}' |
    sed 's/"table":"t"/&,"query":"INSERT INTO t VALUES (1, x)"/')" \
    cdc-filter --exclude-column '.*\.pw'
is "$(jq -c .payload.source.query "$T/out")" null "the statement leaks nothing"
for l in '"op":"d","payload":null' \
    '"op":"c","payload":{"id":1}' \
    '"payload":{"before":null,"after":null,"source":{"db":"d","table":"t","query":"secret"},"op":"t"}'; do
	line "$(echo "{\"topic\":\"m.d.t\",\"source\":{\"db\":\"d\",\"table\":\"t\",\"query\":\"secret\"},$l}" |
	    sed '/"payload":{"before/s/"source":{[^}]*},//')" cdc-filter \
	    --exclude-column '.*\.pw'
	is "$(grep -c secret "$T/out") $(grep -c '"query":null' "$T/out")" \
	    "0 1" "… nor beside the payload, nor of a truncate: $l"
done
line '{"topic":"m.d.t","payload":{"id":1,"source":{"db":"x","query":"q"}}}' \
    cdc-filter --exclude-column '.*\.pw'
passes "a column called source has none"
for payload in '{"source":{"db":"d","table":"t","query":"INSERT"},"before":null,"after":{"id":1},"op":"c"}' \
    '{"id":1,"v":"a text that is longer than the statement before it, and all of it","w":2}'; do
	kcat "$payload"
	echo
done >"$T/two"
run_on "$T/two" cdc-filter --exclude-column '.*\.pw'
is "$(tail -n 1 "$T/out")" "$(tail -n 1 "$T/two")" \
    "… and nothing of a line stays behind for the next"
line "$(enveloped null)" cdc-unwrap
refused "a create without its row"

# null beside an op that is no delete's deletes nothing
for tool in 'cdc-filter -t d\.t' 'cdc-route a b' cdc-unwrap cdc-audit; do
	for l in '"op":"c","payload":null' '"op":"u","payload":null' \
	    '"op":"r","payload":null' '"op":"t","payload":null' \
	    '"op":"t","payload":{"id":1}' \
	    '"partition":0,"offset":1,"op":"c","payload":"null"'; do
		line "{\"topic\":\"m.d.t\",\"key\":{\"id\":1},\"source\":{\"db\":\"d\",\"table\":\"t\"},$l}" \
		    $tool
		refused "$tool: $l"
	done
done

# names of control records are names, once, wherever they stand
beat='{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"next","gtid":"0-1-1","filter":"0","lists":%s,"modes":%s}}'
# usage: beat LISTS MODES   a heartbeat of them goes through a filter
beat() {
	line "$(printf "$beat" "$1" "$2")" cdc-filter -t 'd\.t'
}
beat '{"source":[],"filters":[],"source":["x"]}' '{}'
refused "twice in a heartbeat's lists"
beat '{}' '{"time":"string","t\u0069me":"connect"}'
refused "twice in a heartbeat's modes, by an escape"
beat '{"source":[{"a":1,"b":2,"a":3}]}' '{}'
refused "twice deeper in a heartbeat"
beat '{}' '{"time":{"a":1},"json":{"a":1}}'
exits 0 "the same name in two objects is not twice"
schema='{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"id":"\"d\".\"t\"","table":{"columns":[{"name":"a","typeName":"INT"%s}]%s}}]}}'
for twice in ',"typeName":"BLOB" ' ',"t\u0079peName":"BLOB" ' \
    ' ,"columns":[]'; do
	printf '%s\n' "$(printf "$schema" "${twice% *}" "${twice#* }")" \
	    >"$T/line"
	run_on "$T/line" cdc-filter -t 'd\.t'
	refused "twice in a schema record: $twice"
	run cdc-tail --schema "$T/line" "$src/examples/data/mariadb-bin.000001"
	exits 65 "… and in a file of them"
	err_like 'twice' "… which says why"
done
for twice in '"gtid":"1-1-9","gtid":"1-1-1"' \
    '"gtid":"1-1-9","lists":{"source":[],"source":["-t x"]}'; do
	echo "{\"version\":1,$twice}" >"$T/state"
	run cdc-tail --state "$T/state" "$src/examples/data/mariadb-bin.000001"
	exits 65 "twice in a state: $twice"
done
printf '%s\n' \
    '{"topic":"m.my_db.t","partition":0,"offset":1,"key":"{\"a\":1}","payload":"{\"before\":{\"a\":1},\"after\":null,\"source\":{\"db\":\"my db\",\"table\":\"t\"},\"op\":\"d\"}"}' \
    '{"topic":"m.my_db.t","partition":0,"offset":2,"key":"{ \"\\u0061\":1}","payload":null}' >"$T/pair"
run_on "$T/pair" cdc-filter -t 'my db\.t'
same "$T/out" "$T/pair" "a tombstone goes with its delete"
for options in '--exclude-table my.db\.t' '--where a=2' '--op c'; do
	run_on "$T/pair" cdc-filter $options
	out_is "" "… and is dropped with it: $options"
done
for head in '' '"topic":"m.d.t","key":{"id":1},'; do
	printf "{$head"'"source":{"db":"d","table":"%s"},"op":"d","payload":%s}\n' \
	    t '{"id":1}' u null >"$T/pair"
	run_on "$T/pair" cdc-filter -t 'd\.t'
	is "$(cat "$T/out")" "$(head -n 1 "$T/pair")" \
	    "one that says its table is of no delete of another"
done
python3 -c 'import json, sys
for line in sys.stdin.buffer:
    json.loads(line.decode("utf-8"))' <"$T/all" 2>"$T/judge"
is "$(tail -n 1 "$T/judge") $(grep -c . "$T/all" | sed 's/^..*$/some/')" \
    " some" "all that came out is JSON to Python"

# Messages go to logs that more people read than the data: nothing of a line is
# in them but its number, and the table that its source names.
while read -r line; do
	for tool in 'cdc-filter --where a=1 --op c' 'cdc-unwrap --changed c' \
	    'cdc-route --partition-by change.a --partitions 2 a b' \
	    'cdc-mask --null .*\.x' 'cdc-outbox -t .*\.t' cdc-audit \
	    'cdc-format --to cloudevents'; do
		echo "$line" >"$T/line"
		run_on "$T/line" $tool
		[ $status -eq 0 ] || is "$(grep -c geheim "$T/err")" 0 \
		    "$tool: tells nothing of $line"
	done
done <<'EOF'
geheim
["geheim"]
{"geheim":
{"a":"geheim","a":1}
{"topic":"geheim","key":{"geheim":1,"geheim":2},"payload":{"before":null,"after":{"a":"geheim"},"source":{"db":"d","table":"t"},"op":"c"}}
{"topic":"geheim","key":null,"payload":"geheim"}
{"topic":"geheim","key":null,"payload":{"before":{"a":"geheim"},"after":{"a":"geheim","a":1},"source":{"db":"d","table":"t"},"op":"u"}}
{"topic":"geheim","key":null,"payload":{"after":null,"geheim":"geheim","source":{"db":"d","table":"t"},"op":"c"}}
{"topic":"geheim","source":{"db":"d","table":"t"},"op":"u","payload":"geheim"}
EOF
done_testing
