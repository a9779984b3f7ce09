#!/bin/sh
# cdc-format --to es-bulk.  That servers take it: tests/server/opensearch.t.
. "$(dirname "$0")/../lib.sh"
. "$src/tests/format.sh"

shop_records
numbered() {
	sed "s/\"op\":\"\(.\)\"}}/\"op\":\"\1\",\"transaction\":{\"id\":\"x\",\"total_order\":$1}}}/"
}
{
	table "$(printf "$text" utf8mb4),"'{"name":"d","typeName":"DATE","optional":true},{"name":"t","typeName":"DATETIME","length":3,"optional":true},{"name":"z","typeName":"TIMESTAMP","optional":true},{"name":"n","typeName":"DECIMAL","length":40,"scale":20,"optional":true},{"name":"b","typeName":"BLOB","optional":true},{"name":"i","typeName":"BIT","length":9,"optional":true},{"name":"o","typeName":"BIT","length":1,"optional":true}'
	cat "$T/modes"
	printf "$row" null '{"id":1,"v":"a\"\u0000\n","d":20000,"t":1700000000123,"z":"2026-01-01T00:00:00Z","n":"1.10000000000000000000","b":"AP8=","i":"AQA=","o":true}' 5-1-7 null c | numbered 3
	printf "$row" null '{"id":1,"v":null,"d":null,"t":null,"z":null,"n":null,"b":null,"i":null,"o":null}' 5-2-8 null u | numbered 9000000
	printf "$row" '{"id":1}' null 5-2-9 null d | numbered 1
} >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
exits 0 "es-bulk"
out_is '{"index":{"_index":"cdc-t","_id":"1","version":58720259,"version_type":"external_gte"}}
{"id":1,"v":"a\"\u0000\n","d":"2024-10-04","t":"2023-11-14T22:13:20.123","z":"2026-01-01T00:00:00Z","n":"1.10000000000000000000","b":"AP8=","i":1,"o":true,"_cdc_timestamp":"1970-01-01T00:00:01.000Z","_cdc_operation":"c"}
{"index":{"_index":"cdc-t","_id":"1","version":75497471,"version_type":"external_gte"}}
{"id":1,"v":null,"d":null,"t":null,"z":null,"n":null,"b":null,"i":null,"o":null,"_cdc_timestamp":"1970-01-01T00:00:01.000Z","_cdc_operation":"u"}
{"delete":{"_index":"cdc-t","_id":"1","version":75497473,"version_type":"external_gte"}}' \
    "actions, documents, versions"
cp "$T/out" "$T/typed"
sed 's/2026-01-01T00:00:00Z/2026-01-01 00:00:00/' "$T/in" >"$T/string"
run_on "$T/string" cdc-format --to es-bulk
same "$T/out" "$T/typed" "times of --time string"
cdc-unwrap <"$T/in" >"$T/rows"
run_on "$T/rows" cdc-format --to es-bulk
same "$T/out" "$T/typed" "rows of cdc-unwrap"
{ cat "$T/in" && printf '{"topic":"m.d.t","key":{"id":1},"payload":null}\n'; } >"$T/tomb"
run_on "$T/tomb" cdc-format --to es-bulk
same "$T/out" "$T/typed" "a tombstone behind its delete is no other one"
run_on "$T/in" cdc-format --to es-bulk --es-version none --es-index 'x-{db}_{table}'
is "$(sed -n '1p;$p' "$T/out")" '{"index":{"_index":"x-d_t","_id":"1"}}
{"delete":{"_index":"x-d_t","_id":"1"}}' "--es-version none, --es-index"
run_on "$T/in" cdc-format --to es-bulk --batch 2
is "$(grep -n '^$' "$T/out" | tr '\n' ' ')" '5: 7: ' "--batch: parts"
{ cat "$T/in" "$T/modes"; tail -n 1 "$T/in"; } >"$T/beats"
run_on "$T/beats" cdc-format --to es-bulk --batch 9
is "$(grep -n '^$' "$T/out" | tr '\n' ' ')" '6: 8: ' "a heartbeat ends one"
run_on "$T/in" cdc-format --to es-bulk --es-template --es-index 'i.{table}'
is "$(jq -r '.name, (.index_template | .index_patterns[], (.template |
    .settings.index.gc_deletes, (.mappings.properties | to_entries[] |
    .key + " " + .value.type)))' "$T/out")" 'i.t
i.t
1d
id integer
v text
d date
t date
z date
n double
b binary
i long
o boolean
_cdc_timestamp date
_cdc_operation keyword' "--es-template"
for option in '--batch 5' '--es-version gtid' --raw; do
	# shellcheck disable=SC2086
	run_on "$T/in" cdc-format --to es-bulk --es-template $option
	exits 64 "--es-template $option: 64"
	err_like "${option%% *} is of changes, and --es-template" "why"
done
for index in Upper -x 'a b' '{x}' '' 'a*' 'a}' . .. "$(printf '%0256d' 7)"; do
	run_on "$T/in" cdc-format --to es-bulk --es-index "$index"
	exits 64 "--es-index '$index': 64"
done
sed 's/"t"/"Ä T*"/g; s/\\"t\\"/\\"Ä T*\\"/' "$T/in" >"$T/named"
run_on "$T/named" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq -r .index._index)" 'cdc-ä_t_' \
    "what no index may have"
sed 's/"t"/"_t"/g; s/\\"t\\"/\\"_t\\"/' "$T/in" >"$T/named"
run_on "$T/named" cdc-format --to es-bulk --es-index '{table}'
exits 65 "a name that begins as none may: 65"
err_like "table d._t: its index '_t' begins as no index may" "which"
sed 's/"t"/"T"/g; s/\\"t\\"/\\"T\\"/' "$T/in" | cat "$T/in" - >"$T/two"
for way in '' --es-template; do
	# shellcheck disable=SC2086
	run_on "$T/two" cdc-format --to es-bulk $way
	exits 65 "two tables of one index: 65"
	err_like 'tables d.[tT] and d.[tT] would both have index cdc-t' "which"
	err_like 'hint: .* an --es-index of its own' "what to do"
done
for names in 'a_b A:b' 'A:b a_b'; do
	for name in $names; do
		sed "s/\"t\"/\"$name\"/g; s/\\\\\"t\\\\\"/\\\\\"$name\\\\\"/" "$T/in"
	done >"$T/two"
	for index in 'cdc-{table}' '{db}-{table}'; do
		run_on "$T/two" cdc-format --to es-bulk --es-index "$index"
		exits 65 "tables of which no name of an index tells: 65"
		err_like 'hint: these names differ only in what no index' "why"
	done
done
sed 's/"d"/"d2"/g; s/\\"d\\"/\\"d2\\"/; s/"name":"d2"/"name":"d"/; s/"d2":2/"d":2/' "$T/in" | cat "$T/in" - >"$T/two"
run_on "$T/two" cdc-format --to es-bulk
err_like "hint: use --es-index '\{db\}-\{table\}'" "of two databases it does"
long=$(printf '%0513d' 7)
while read -r change why; do
	sed "4,\$d;$change" "$T/in" >"$T/bad"
	run_on "$T/bad" cdc-format --to es-bulk
	exits 65 "es-bulk: $why: 65"
	err_like "line 3: .*d\.t.*$why" "which table, and why"
	err_like '^cdc-format: hint: ' "what to do"
done <<end
s/"key":{"id":1}/"key":null/ without a key
s/"key":{"id":1}/"key":{"id":"$long"}/ longer than 512 bytes
s/"key":{"id":1}/"key":{"id":""}/ empty
s/"5-1-7"/null/ without a GTID
s/"5-1-7"/"5f0f0f0f-5f0f-11ee-8c99-0242ac120002:7"/ not MariaDB's GTID
s/"5-1-7"/"5-1-1099511627776"/ no version holds
s/,"total_order":3// without its number
s/"op":"c"/"op":"t"/ no action deletes all
s/,"o":true// some columns are missing
s/"o"/"_id"/g no field of a document may have this name
s/"o"/"a..b"/g no field of a document may have this name
end
sed 's/5-2-8/6-2-8/' "$T/in" >"$T/bad"
run_on "$T/bad" cdc-format --to es-bulk
exits 65 "a second domain: 65"
err_like 'line 4: table d.t: a GTID of another domain' "which table"
copied=$(printf "$row" null '{"id":2,"v":"x"}' "%s" null r)
{ varchar; printf "$copied\n" 5-1-7; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq .index.version)" 67108863 \
    "a copied row is behind the position's transaction"
{ varchar; printf "$copied\n" ''; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
is "$(head -n 1 "$T/out" | jq .index.version)" 8388607 \
    "and in front of the first one"
{ varchar; printf "$copied\n" 5-1-7,6-1-1; } >"$T/in"
run_on "$T/in" cdc-format --to es-bulk
exits 65 "a position in two domains: 65"
done_testing
