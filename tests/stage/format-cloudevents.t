#!/bin/sh
# cdc-format --to cloudevents.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

shop_records
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
done_testing
