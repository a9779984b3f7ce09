#!/bin/sh
. "$(dirname "$0")/../lib.sh"

shop --tombstones --transactions >"$T/all"
stage_basics cdc-route nothing-like-it x

topic() { sed -n 's/^{"topic":"\([^"]*\)".*/\1/p' "$T/out"; }
one() { printf '{"topic":"%s","key":{"id":1},"payload":null}\n' "$1" >"$T/one"; }

run_on "$T/all" cdc-route '([^.]+)\.([^.]+)\.([^.]+)' '$1-$3'
is "$(topic | sort -u | tr '\n' ' ')" \
    "mariadb-customers mariadb-order_items mariadb-orders mariadb-products mariadb-sessions mariadb.transaction " \
    "groups; what does not match whole stays"
sed 's/"topic":"mariadb\.shop\.\([a-z_]*\)"/"topic":"mariadb-\1"/' "$T/all" \
    >"$T/want"
same "$T/out" "$T/want" "nothing but the topic changes"

one a.b
run_on "$T/one" cdc-route 'x' 'no' 'a\.(?<rest>.*)' '${rest}.\$1' 'a.*' 'late'
is "$(topic)" 'b.$1' "first rule that matches; names; an escaped dollar"
run_on "$T/one" cdc-route 'a' 'x'
same "$T/out" "$T/one" "part of a topic is no match"
run_on "$T/one" cdc-route '.*' '$1'
exits 64 "a group that is not there: 64"
run_on "$T/one" cdc-route 'A\.B' 'x'
same "$T/out" "$T/one" "case matters"
run_on "$T/one" cdc-route '(x*)a\.b' '$1'
same "$T/out" "$T/one" "an empty topic: the line stays"
err_like 'would become empty' "and it is said"
run cdc-route one
exits 64 "half a rule: 64"
run cdc-route
exits 64 "no rule: 64"

printf '# rules\n\na\\.b  first\na.* second\n' >"$T/rules"
run_on "$T/one" cdc-route --rules "$T/rules"
is "$(topic)" first "rules from a file"
printf 'a b c\n' >"$T/rules"
run cdc-route --rules "$T/rules"
exits 64 "a bad rule: 64"
err_like 'rules:1: ' "with file and line"
run cdc-route --rules "$T/none"
exits 64 "no such file: 64"

one m.shard7.orders
run_on "$T/one" cdc-route --key-field shard '(.*)\.shard.*\.(.*)' '$1.all.$2'
out_is '{"topic":"m.all.orders","key":{"id":1,"shard":"m.shard7.orders"},"payload":null}' \
    "key-field: the original topic in the key"
run_on "$T/one" cdc-route --key-field shard --key-field-regex '.*\.(.*)\..*' \
    --key-field-replacement '$1' '(.*)\.shard.*\.(.*)' '$1.all.$2'
out_is '{"topic":"m.all.orders","key":{"id":1,"shard":"shard7"},"payload":null}' \
    "what its expression makes of it"
run_on "$T/one" cdc-route --key-field shard 'x' 'y'
same "$T/out" "$T/one" "a line that is not routed keeps its key"
echo '{"topic":"m.t","partition":1,"offset":2,"key":"{\"id\":1}","payload":"{}"}' >"$T/kcat"
run_on "$T/kcat" cdc-route --key-field k 'm\.t' n
out_is '{"topic":"n","partition":1,"offset":2,"key":"{\"id\":1,\"k\":\"m.t\"}","payload":"{}"}' \
    "inside kcat's key"
echo '{"before":null,"after":{},"source":{"db":"d","table":"t"},"op":"c"}' >"$T/bare"
run_on "$T/bare" cdc-route '.*' x
same "$T/out" "$T/bare" "a bare envelope has no topic: it passes"

# --partition-by: what Java has for these (PartitionRouting, and hashCode())
schema='{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\"d\".\"t\"","table":{"primaryKeyColumnNames":["id"],"columns":[{"name":"v","typeName":"TYPE","length":null}]}}]}}'
# usage: partition VALUE HASH [TYPE]   which of 7 it is in
partition() {
	{
		[ -z "${3-}" ] || echo "$schema" | sed "s/TYPE/$3/"
		echo '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"v":'"$1"'},"source":{"db":"d","table":"t"},"op":"c"}}'
	} >"$T/one"
	run_on "$T/one" cdc-route --partition-by change.v --partitions 7 \
	    --hash "$2"
	tail -n 1 "$T/out" | jq .partition
}
while read -r value java debezium type; do
	is "$(partition "$value" java $type) $(partition "$value" debezium \
	    $type)" "$java $debezium" "$value ${type:-}: in the partitions that Debezium chooses"
done <<'EOF'
"a" 6 6
"shop" 6 5
"sally.thomas@acme.com" 4 3
"é" 2 3
"\u00e9" 2 3
"产品" 6 2
"😀\u0020emoji" 3 2
"\ud83d\ude00\u0020emoji" 3 2
"0123456789abcdef" 6 5
"0123456789abcdefg" 1 3
1 1 1
1001 0 5
7 0 3
-1 0 3 INT
-5 4 6 BIGINT
-5 4 2 SMALLINT
9223372036854775807 0 2 BIGINT
true 6 0
false 5 1
EOF
is "$(partition '"" ' java) $(partition '""' debezium)" "0 3" "an empty string"
while read -r value hash type; do
	read -r why
	partition "$value" $hash $type >/dev/null
	exits 65 "$value $type by $hash: 65"
	err_like "line [12]: change\.v $why.* \(d\.t\)" "why, and of which table"
done <<'EOF'
-1 java
is negative: its hash depends on the type
1.5 debezium
is no whole number
3 java DOUBLE
is no whole number
{"a":1} java
is neither a number nor a text
EOF
# murmur2: the vectors of Kafka's own test, as positive numbers, of 1000
while read -r value want; do
	printf '{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"v":%s},"source":{"db":"d","table":"t"},"op":"c"}}\n' "$value" >"$T/one"
	run_on "$T/one" cdc-route --partition-by change.v --partitions 1000
	is "$(jq .partition "$T/out")" "$want" "$value: where Kafka's partitioner puts it"
done <<'EOF'
"21" 340
"foobar" 166
"a-little-bit-long-string" 112
"abc" 107
21 340
EOF
part() { run_on "$T/one" cdc-route --partitions 10 --partition-by "$@"; }
envelope() {
	printf '{"topic":"m.d.t","key":{"id":1},%s"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t"},"op":"%s"}}\n' \
	    "$1" "$2" "$3" "$4"
}
envelope '' null '{"a":1,"b":null}' c >"$T/one"
part change.a
out_is '{"topic":"m.d.t","key":{"id":1},"partition":9,"payload":{"before":null,"after":{"a":1,"b":null},"source":{"db":"d","table":"t"},"op":"c"}}' \
    "the member partition; the rest is what it was"
part change.b,change.a,source.db
cp "$T/out" "$T/first"
part change.a,source.db
same "$T/out" "$T/first" "NULL counts for nothing"
part change.b
same "$T/out" "$T/one" "only NULL: no partition"
part change.nosuch
same "$T/out" "$T/one" "no such column: no partition"
err_like 'warning: --partition-by change.nosuch: matched nothing' "and it is said"
envelope '"partition":3,"offset":4,' null '{"a":1}' c >"$T/one"
part change.a
is "$(jq -c '[.partition, .offset]' "$T/out")" '[9,4]' "one that is there changes"
{
	envelope '' '{"id":1,"a":1}' null d
	echo '{"topic":"m.d.t","key":{"id":1},"payload":null}'
} >"$T/one"
part change.a
is "$(jq -c .partition "$T/out" | tr '\n' ' ')" "9 9 " "a delete, and its tombstone"
part after.a
is "$(jq -c .partition "$T/out" | tr '\n' ' ')" "null null " "neither has what is after"
echo '{"topic":"m.d.t","key":{"id":1},"payload":null}' >"$T/one"
part change.a
exits 65 "a tombstone alone, whose key has not the column: 65"
err_like 'hint: use columns of the key, or put cdc-unwrap' "what to do"
part change.id
is "$(jq .partition "$T/out")" 9 "but one that has it, by its key"
echo '{"topic":"m.d.t","key":{"id":1},"source":{"db":"d","table":"t"},"op":"u","payload":{"a":1}}' >"$T/one"
part after.a,source.table
jq -c .partition "$T/out" >"$T/row"
envelope '' '{"a":5}' '{"a":1}' u >"$T/one"
part after.a,source.table
is "$(jq -c .partition "$T/out")" "$(cat "$T/row")" \
    "a row, after cdc-unwrap: like its envelope"
# a|b: the first that is there
envelope '' null '{"id":1,"a":7}' c >"$T/one"
part change.a
jq .partition "$T/out" >"$T/want"
part 'change.a|change.id'
is "$(jq .partition "$T/out")" "$(cat "$T/want")" "of a|id it is a alone"
part 'change.nosuch|change.a|change.id'
is "$(jq .partition "$T/out")" "$(cat "$T/want")" "of three, the second"
part 'change.nosuch|change.no'
same "$T/out" "$T/one" "none of them: no partition"
part change.a,source.table --hash java
jq .partition "$T/out" >"$T/want"
part 'change.nosuch|change.a|change.id,source.table' --hash java
is "$(jq .partition "$T/out")" "$(cat "$T/want")" "with another field, by Java's hash"
envelope '' null '{"id":1,"a":null}' c >"$T/one"
part 'change.a|change.id'
same "$T/out" "$T/one" "a NULL is there: no partition"
echo '{"topic":"m.d.t","key":{"id":1},"payload":null}' >"$T/one"
part 'change.a|change.id'
exits 65 "a tombstone alone does not tell which it is: 65"
part 'change.id|change.a'
is "$(jq .partition "$T/out")" 9 "but of the first one"
{
	echo "$schema"
	envelope '' null '{"id":1}' u
} >"$T/one"
part 'change.v|change.id'
exits 65 "a partial row image, of a table that has the first: 65"
err_like 'line 2: change\.v is not in the row, but in its table' "why"
err_like 'hint: partial row images .* binlog_row_image = FULL' "what to do"
cdc-tail --control "$src/examples/data/mariadb-bin.000001" >"$T/one"
part 'change.customer_id|change.id'
for id in 1 2 3; do
	is "$(jq -c "select((.payload.after // .payload.before // {}) |
	    (.customer_id // .id) == $id) | .partition" "$T/out" | sort -u |
	    wc -l)" 1 "customer $id and the orders: one partition"
done
run_on "$T/bare" cdc-route --partition-by change.a --partitions 3
exits 65 "a bare envelope: no place for it, 65"
run_on "$T/all" cdc-route --partition-by source.table --partitions 3
is "$(jq -c 'select(.payload.op == null and .payload != null and .partition)' "$T/out")" '' \
    "control records are in none"
for bad in 'change.a' '--partitions 3' '--partition-by id --partitions 3' \
    '--partition-by change. --partitions 3' \
    '--partition-by change.a, --partitions 3' \
    '--partition-by change.a| --partitions 3' \
    '--partition-by |change.a --partitions 3' \
    '--partition-by change.a --partitions 0' \
    '--partition-by change.a --partitions 2147483648' \
    '--partition-by change.a --partitions 3 --hash md5'; do
	run cdc-route $bad
	exits 64 "$bad: 64"
done

# --timestamp-zone, --datetime-zone
columns='[{"name":"id","typeName":"INT","length":null},{"name":"s","typeName":"TIMESTAMP","length":6},{"name":"m","typeName":"DATETIME","length":null},{"name":"u","typeName":"DATETIME","length":6}]'
described='{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d","table":"t"},"databaseName":"d","ddl":null,"tableChanges":[{"type":"CREATE","id":"\"d\".\"t\"","table":{"primaryKeyColumnNames":["id"],"columns":'"$columns"'}}]}}'
modes() {
	printf '{"topic":"__debezium-heartbeat.m","key":{"serverName":"m"},"payload":{"ts_ms":1,"beat":"first","gtid":"0-1-2","file":"mariadb-bin.000001","pos":256,"modes":{"time":"%s"}}}\n' "$1"
}
# usage: zoned ROW [OPTION]…   what becomes of it in Europe/Paris
zoned() {
	{
		echo "$described"
		modes "${mode:-adaptive_time_microseconds}"
		printf '{"topic":"m.d.t","key":%s,"payload":{"before":null,"after":%s,"source":{"db":"d","table":"t","ts_ms":1700000000000},"op":"c","ts_ms":1700000000001}}\n' "${key:-null}" "$1"
	} >"$T/one"
	shift
	run_on "$T/one" cdc-route --timestamp-zone Europe/Paris \
	    --datetime-zone Europe/Paris "$@"
	sed 1,2d "$T/out" | jq -c .payload.after
}
# 2025-03-30: 01:59:59 UTC+1, then 03:00:00 UTC+2; 2025-10-26: 02:59:59 UTC+2,
# then 02:00:00 UTC+1.  Expected: what Python's zoneinfo says.
while read -r row want; do
	is "$(zoned "$row")" "$want" "$row: as clocks in Paris show it"
done <<'EOF'
{"s":"2025-03-30T00:59:59.999999Z"} {"s":"2025-03-30T01:59:59.999999+01:00"}
{"s":"2025-03-30T01:00:00Z"} {"s":"2025-03-30T03:00:00+02:00"}
{"s":"2025-10-26T00:59:59Z"} {"s":"2025-10-26T02:59:59+02:00"}
{"s":"2025-10-26T01:00:00Z"} {"s":"2025-10-26T02:00:00+01:00"}
{"s":null,"m":null} {"s":null,"m":null}
{"id":7,"m":1735689600001} {"id":7,"m":1735686000001}
{"m":-1} {"m":-3600001}
{"u":1735689600000001} {"u":1735686000000001}
{"m":1743299999000} {"m":1743296399000}
{"m":1743301800000} {"m":1743298200000}
{"m":1743303600000} {"m":1743296400000}
{"m":1761445800000} {"m":1761438600000}
{"m":1761449400000} {"m":1761445800000}
{"m":1761451200000} {"m":1761447600000}
{"m":-62135596800000} {"m":-62135597361000}
{"m":253402300799000} {"m":253402297199000}
EOF
is "$(zoned '{"m":1743301800000}' --datetime-doubt after)" '{"m":1743294600000}' \
    "02:30 never was: the offset after the change"
is "$(zoned '{"m":1761449400000}' --datetime-doubt after)" '{"m":1761445800000}' \
    "03:30 was once"
is "$(zoned '{"m":1761445800000}' --datetime-doubt after)" '{"m":1761442200000}' \
    "02:30 was twice: the second time"
# usage: no_time WHY ROW [OPTION]…
no_time() {
	why=$1
	shift
	zoned "$@" >/dev/null
	exits 65 "$*: 65"
	err_like "line 3: column d\.t\.[a-z]* $why" "why"
}
no_time 'has a time that no clock in that zone ever showed' \
    '{"m":1743301800000}' --datetime-doubt error
no_time 'has a time that clocks in that zone showed twice' \
    '{"m":1761445800000}' --datetime-doubt error
no_time 'is no DATETIME' '{"m":9999999999999999}'
no_time 'is not written as a DATETIME is' '{"m":"2025-01-01"}'
no_time 'is not written as a DATETIME is' '{"m":1.5}'
for text in 2025-01-01 2025-01-01T00:00:00 2025-01-01T00:00:00.Z \
    2025-13-01T00:00:00Z 2025-01-01T24:00:00Z 2025-01-01T00:00:00.1xZ \
    0000-01-01T00:00:00Z 2025-01-01T00:00:00+01:00; do
	no_time 'is not written as a TIMESTAMP is' "{\"s\":\"$text\"}"
done
no_time 'has no type that a schema record tells' '{"nosuch":1}'
is "$(zoned '{"nosuch":1}' --zone-exclude 'd\.t\.nosuch')" '{"nosuch":1}' \
    "but for one that is left out"
is "$(zoned '{"__op":"c"}')" '{"__op":"c"}' "and one that cdc-unwrap adds"
is "$(zoned '{"m":1735689600000,"u":1735689600000000}' --zone-include 'd\..*\.u')" \
    '{"m":1735689600000,"u":1735686000000000}' "--zone-include"
is "$(zoned '{"m":1735689600000,"s":"2025-01-01T00:00:00Z"}' --zone-exclude \
    '.*\.m')" '{"m":1735689600000,"s":"2025-01-01T01:00:00+01:00"}' \
    "--zone-exclude"
is "$(key='{"m":1735689600000}' zoned '{"m":1735689600000}' >/dev/null
    sed 1,2d "$T/out" | jq -c '[.key.m, .payload.after.m, .payload.source.ts_ms, .payload.ts_ms]')" \
    '[1735686000000,1735686000000,1700000000000,1700000000001]' \
    "keys have the same values; the times of source and record stay"
key='{"m":1743301800000}' no_time 'is part of a key, and no clock' \
    '{"m":1743301800000}'
while read -r mode row want; do
	is "$(mode=$mode zoned "$row")" "$want" "--time $mode"
done <<'EOF'
connect {"m":1735689600000,"u":1735689600000} {"m":1735686000000,"u":1735686000000}
microseconds {"m":1735689600000000} {"m":1735686000000000}
nanoseconds {"u":1735689600000001000} {"u":1735686000000001000}
isostring {"u":"2025-01-01T00:00:00.5Z"} {"u":"2024-12-31T23:00:00.5Z"}
EOF
mode=string no_time "is MariaDB's text" '{"m":"2025-01-01 00:00:00"}'
mode=nanoseconds no_time 'would be a number beyond 64 bits' \
    '{"m":-9223372036854775808}'
echo "$described" >"$T/schema"
printf '{"topic":"m.d.t","key":null,"headers":{"__debezium.oldkey":{"m":0}},"source":{"db":"d","table":"t"},"op":"c","payload":{"m":1735689600000}}\n' >"$T/two"
run_on "$T/two" cdc-route --datetime-zone +05:30 --schema "$T/schema"
exits 65 "no heartbeat tells how values are written: 65"
err_like 'hint: cdc-tail --control prints heartbeats; --time says' "what to do"
run_on "$T/two" cdc-route --datetime-zone +05:30 --schema "$T/schema" \
    --time connect
out_is '{"topic":"m.d.t","key":null,"headers":{"__debezium.oldkey":{"m":-19800000}},"source":{"db":"d","table":"t"},"op":"c","payload":{"m":1735669800000}}' \
    "--schema, --time; a row, a key in a header, an offset as the zone"
run_on "$T/two" cdc-route --datetime-zone UTC --time connect
exits 65 "no schema record: 65"
sed 's/{"m":0}/"{}"/' "$T/two" >"$T/one"
run_on "$T/one" cdc-route --datetime-zone UTC --time connect --schema "$T/schema"
exits 65 "a key in a header that is text: 65"
# It is the same moment, for those that write it as SQL.
cdc-tail --control "$src/examples/data/mariadb-bin.000001" >"$T/control"
cdc-format --to sql <"$T/control" >"$T/want"
cdc-route --timestamp-zone Asia/Kolkata <"$T/control" >"$T/shifted"
run_on "$T/shifted" cdc-format --to sql
same "$T/out" "$T/want" "an offset is undone"
is "$(grep -c '+05:30"' "$T/shifted" | grep -c '^0')" 0 "which was there"
for zone in '' Europe/Pari ../etc/passwd /etc/passwd right/Europe/Paris \
    leapseconds +24:00 +18:01 5:30 +5:30; do
	run cdc-route --datetime-zone "$zone"
	exits 64 "the zone '$zone': 64"
done
err_like 'no time zone is called' "it says so"

# --key-columns
# usage: change OP BEFORE AFTER ORDER [HEADERS] [KEY] [ID]
change() {
	printf '{"topic":"m.d.t","key":%s,%s"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t"},"op":"%s","transaction":{"id":"%s","total_order":%s,"data_collection_order":%s}}}\n' \
	    "${6:-{\"id\":1\}}" "${5:+\"headers\":$5,}" "$2" "$3" "$1" \
	    "${7:-1-1-1}" "$4" "$4"
}
short='[.key, .headers, .payload.op // .op, .payload.before.id, .payload.after.id, (.payload.transaction // .transaction | [.total_order, .data_collection_order])]'
keyed() {
	run_on "$T/one" cdc-route --key-columns "$@"
	jq -c "$short" "$T/out" >"$T/keyed"
}
change c null '{"id":1,"c":"x","v":7}' 1 >"$T/one"
keyed 'd\.t:v,id'
is "$(jq -c .key "$T/out")" '{"id":1,"v":7}' "in the order of the row"
keyed 'd.t:c'
out_is "$(sed 's/"key":{"id":1}/"key":{"c":"x"}/' "$T/one")" "nothing else changes"
keyed 'D\.(s|t):C'
is "$(jq -c .key "$T/out")" '{"c":"x"}' "regardless of case; an alternative"
keyed '.*:(i|v).*;x:y;'
is "$(jq -c .key "$T/out")" '{"id":1,"v":7}' "expressions; several tables"
keyed '.*:n.*'
same "$T/out" "$T/one" "no column matches: the key stays"
keyed 'd\.tt:id'
same "$T/out" "$T/one" "another table"
keyed 'd\.t:nosuch'
exits 65 "a column that is spelled out and is not there: 65"
err_like 'line 1: the row of d\.t has no column nosuch, which --key-columns names' "which"
err_like 'hint: partial row images lack columns' "and why it may be"
{
	change u '{"id":1,"c":"x"}' '{"id":1,"c":"x","v":1}' 1
	change u '{"id":1,"c":"x"}' '{"id":1,"c":"y"}' 2
	change c null '{"id":2,"c":"z"}' 3 '' '{"id":2}'
	echo '{"topic":"m.transaction","key":{"id":"1-1-1"},"payload":{"status":"END","id":"1-1-1","event_count":3,"data_collections":[{"data_collection":"d.s","event_count":5},{"data_collection":"d.t","event_count":3}],"ts_ms":1}}'
	change c null '{"id":3,"c":"w"}' 1 '' '{"id":3}' 1-1-2
} >"$T/one"
keyed 'd\.t:c'
is "$(sed 4d "$T/keyed")" '[{"c":"x"},null,"u",1,1,[1,1]]
[{"c":"x"},{"__debezium.newkey":{"c":"y"}},"d",1,null,[2,2]]
[{"c":"y"},{"__debezium.oldkey":{"c":"x"}},"c",null,1,[3,3]]
[{"id":"1-1-1"},null,null,null,null,[null,null]]
[{"c":"w"},null,"c",null,3,[1,1]]' "an update that changes the key: a delete and a create"
is "$(sed -n 4p "$T/keyed")" '[{"c":"z"},null,"c",null,2,[4,4]]' \
    "what follows in the transaction is numbered"
is "$(sed -n 5p "$T/out" | jq -c '[.payload.event_count, .payload.data_collections[].event_count]')" \
    '[4,5,4]' "and counted at its end"
keyed 'd\.t:c' --tombstones
is "$(sed -n 3p "$T/out")" '{"topic":"m.d.t","key":{"c":"x"},"headers":{"__debezium.newkey":{"c":"y"}},"source":{"db":"d","table":"t"},"transaction":{"id":"1-1-1","total_order":2,"data_collection_order":2},"op":"d","payload":null}' \
    "--tombstones"
keyed 'd\.t:c' --tombstones --partition-by change.c --partitions 100
is "$(sed -n 2,3p "$T/out" | jq .partition | uniq | wc -l)" 1 "in the partition of its delete"
move() {
	change d '{"id":1,"c":"x"}' null 1 '{"__debezium.newkey":{"id":2},"h":"1"}'
	[ -z "${1-}" ] || echo '{"topic":"m.d.t","key":{"id":1},"headers":{"__debezium.newkey":{"id":2},"h":"1"},"payload":null}'
	change c null "{\"id\":2,\"c\":\"${2:-x}\"}" 2 '{"h":"1","__debezium.oldkey":{"id":1}}' '{"id":2}'
	change c null '{"id":3,"c":"z"}' 3 '' '{"id":3}'
}
move 1 >"$T/one"
keyed 'd\.t:c'
is "$(cat "$T/keyed")" '[{"c":"x"},{"h":"1"},"u",1,2,[1,1]]
[{"c":"z"},null,"c",null,3,[2,2]]' "a delete and a create of one key: an update"
move 1 y >"$T/one"
keyed 'd\.t:c'
is "$(cat "$T/keyed")" '[{"c":"x"},{"__debezium.newkey":{"c":"y"},"h":"1"},"d",1,null,[1,1]]
[{"c":"x"},{"__debezium.newkey":{"c":"y"},"h":"1"},null,null,null,[null,null]]
[{"c":"y"},{"h":"1","__debezium.oldkey":{"c":"x"}},"c",null,2,[2,2]]
[{"c":"z"},null,"c",null,3,[3,3]]' "and of two, with a tombstone"
move >"$T/move"
sed -n 1p "$T/move" >"$T/one"
keyed 'd\.t:c'
exits 65 "a delete whose create never comes: 65"
err_like 'line 1: a delete whose row got another key' "which"
sed 2d "$T/move" >"$T/one"
keyed 'd\.t:c'
exits 65 "something else comes: 65"
{ sed -n 1p "$T/move"; echo "$described"; } >"$T/one"
keyed 'd\.t:c'
exits 65 "a control record: 65"
{ sed -n 1p "$T/move"; sed -n 2p "$T/move" | sed 's/"id":1}/"id":9}/'; } >"$T/one"
keyed 'd\.t:c'
exits 65 "another create: 65"
sed 1d "$T/move" >"$T/one"
keyed 'd\.t:c'
exits 65 "a create without its delete: 65"
{
	change d '{"id":1,"c":"x"}' null 1
	echo '{"topic":"m.d.t","key":{"id":1},"payload":null}'
} >"$T/one"
keyed 'd\.t:c'
is "$(jq -c .key "$T/out" | uniq)" '{"c":"x"}' "a delete, and its tombstone"
sed 1d "$T/one" >"$T/two"
run_on "$T/two" cdc-route --key-columns 'd\.t:c'
exits 65 "a tombstone alone: 65"
echo '{"topic":"m.d.t","key":{"id":1},"source":{"db":"d","table":"t"},"op":"c","payload":{"id":1,"c":"x"}}' >"$T/one"
keyed 'd\.t:c'
exits 65 "a row after cdc-unwrap: 65"
change u '{"id":1}' '{"id":1,"c":"x"}' 1 >"$T/one"
keyed 'd\.t:c.*'
exits 65 "images that differ in columns of the key: 65"
err_like 'its images have not the same columns of the key' "so it says"
change u '{"id":1,"c":"x"}' '{"id":1,"c":"\u0078"}' 1 >"$T/one"
keyed 'd\.t:c'
is "$(jq -c .payload.op "$T/out")" '"u"' "the same value, escaped"
run_on "$T/bare" cdc-route --key-columns 'd\.t:c'
exits 65 "a bare envelope: 65"
echo "$described" >"$T/one"
keyed 'd\.t:(s|m)'
is "$(jq -c '.payload.tableChanges[0].table | [.primaryKeyColumnNames, (.columns | length)]' "$T/out")" \
    '[["s","m"],4]' "the key of a schema record"
cdc-tail --control "$src/examples/data/mariadb-bin.000001" | grep '"beat"' |
    tail -n 1 >"$T/one"
keyed 'd\.t:c'
is "$(jq -c .payload.lists "$T/out")" '{"source":[],"filters":["key-columns=d\\.t\\.c"]}' \
    "a heartbeat tells of it: its positions are others"
for bad in '' x 'x:' ':x' 'x:y:z' 'x:a,,b' 'x:a,' 'a;b:c' ';a:b' 'x(:y' 'x:y('; do
	run cdc-route --key-columns "$bad"
	exits 64 "--key-columns $bad: 64"
done
cdc-tail --control --transactions --tombstones "$src/examples/data/mariadb-bin.000001" >"$T/control"
run_on "$T/control" cdc-route --tombstones \
    --key-columns 'shop\.customers:email;shop\.orders:order_id'
exits 0 "a whole stream"
is "$(jq -s -c '[.[] | .payload.transaction? // .transaction? // empty | [.id, .total_order]] |
    unique | group_by(.[0]) | map(length) | add' "$T/out")" \
    "$(jq -s -c '[.[] | select(.payload.status == "END") | .payload.event_count] | add' "$T/out")" \
    "each record of a transaction has a number of its own"
done_testing
