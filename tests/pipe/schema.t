#!/bin/sh
# Where the log does not say: --schema FILE, @1, @2, … and what contradicts.
. "$(dirname "$0")/../lib.sh"
data=$src/tests/conformance/data
nolog=$data/ecommerce-meta-nolog/binlog.000001
full=$data/ecommerce/binlog.000001
one() { cdc-tail -q --from 1-1-1 -t 'ecommerce\.carts' --count 1 "$@"; }

run cdc-tail --from 1-1-1 -t 'ecommerce\.carts' --count 5 "$nolog"
exits 0 "a log without names is read"
is "$(jq -c '.payload.after | keys' "$T/out" | sort -u)" '["@1","@2","@3"]' \
    "as mariadb-binlog names them"
is "$(jq -c .key "$T/out" | sort -u)" null "and no key is known"
is "$(grep -c 'does not name columns' "$T/err")" 1 "said once"
err_like 'table ecommerce.carts: .*--schema FILE' "which table, what to do"
run cdc-tail -q --from 1-1-1 -t 'ecommerce\.carts' --count 1 "$nolog"
is "$(cat "$T/err")" "" "not with -q"

cdc-tail -q --control --from 1-1-1 --count 50 "$full" >"$T/schema"
one "$full" | jq -c '[.key, .payload.after]' >"$T/want"
one --schema "$T/schema" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "records among other lines"
grep tableChanges "$T/schema" | jq -c '{schema: null, payload}' >"$T/debezium"
one --schema "$T/debezium" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "Debezium's shape"
grep tableChanges "$T/schema" | jq -c '{topic, payload: (.payload | tostring)}' \
    >"$T/kcat"
one --schema "$T/kcat" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "kcat -J's shape"
grep tableChanges "$T/schema" | jq -c .payload >"$T/bare"
one --schema "$T/bare" "$nolog" | jq -c '[.key, .payload.after]' >"$T/got"
same "$T/got" "$T/want" "a bare payload"

# a record is never taken for another table's shape
carts='select(.payload.source.table == "carts")'
columns='.payload.tableChanges[0].table.columns'
grep tableChanges "$T/schema" | jq -c "$carts | ${columns} |= .[1:]" >"$T/short"
run one --schema "$T/short" "$nolog"
exits 65 "a record of fewer columns: 65"
err_like "table ecommerce.carts: the log has 3 columns, its schema record 2" \
    "which table, how many"
grep tableChanges "$T/schema" |
    jq -c "$carts | ${columns}[2].typeName = \"DATE\"" >"$T/other"
run one --schema "$T/other" "$nolog"
exits 65 "a record of another type: 65"
err_like 'column 3 is INT in the log, DATE \(n\) in its schema record' "which"
grep tableChanges "$T/schema" |
    jq -c "$carts | ${columns}[1].length = 7" >"$T/length"
run one --schema "$T/length" "$nolog"
exits 65 "a record of another length: 65"
run one --schema "$T/short" "$full"
exits 0 "a log that has names needs no record"

# of two that agree, the one that was printed before the row
{
	cat "$T/bare"
	grep tableChanges "$T/schema" | jq -c "$carts | ${columns}[1].name =
	    \"later\" | .payload.source.pos = 999999999"
} >"$T/two"
is "$(one --schema "$T/two" "$nolog" | jq -c '.payload.after | keys[1]')" \
    "$(one --schema "$T/bare" "$nolog" | jq -c '.payload.after | keys[1]')" \
    "not the record of a later position"

printf '{"payload":{"tableChanges":[{"table":{"columns":[{}]}}]}}\n' \
    >"$T/malformed"
run one --schema "$T/malformed" "$nolog"
exits 65 "a malformed record: 65"
err_like "malformed:1: malformed tableChanges" "file and line"
printf '{}\n{"payload"\n' >"$T/broken"
run one --schema "$T/broken" "$nolog"
err_like "broken:2: not JSON" "likewise"
run one --schema "$T/none" "$nolog"
err_like "cannot open $T/none" "no such file"

# JSON is what CREATE TABLE says is JSON
cdc-tail -q --control --from 1-1-1 "$data/types-json/binlog.000001" |
    grep -o '"name":"[a-z]*","jdbcType":1111,"nativeType":null,"typeName":"JSON"' |
    grep -o '^"name":"[a-z]*"' | sort -u | tr '\n' ' ' >"$T/got"
is "$(cat "$T/got")" '"name":"j" "name":"jn" "name":"lt" ' "JSON columns"
done_testing
