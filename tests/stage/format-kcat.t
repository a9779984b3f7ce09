#!/bin/sh
# cdc-format --to kcat.  That kcat reads it so: tests/server/kafka.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

shop_records
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
