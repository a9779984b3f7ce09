#!/bin/sh
. "$(dirname "$0")/../lib.sh"

stage_basics cdc-unwrap

create='{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"x":1.10},"source":{"ts_ms":5,"db":"d","table":"t"},"op":"c","ts_ms":9,"transaction":{"id":"0-1-2","total_order":1,"data_collection_order":1}}}'
delete='{"topic":"m.d.t","key":{"id":1},"payload":{"before":{"id":1,"x":null},"after":null,"source":{"ts_ms":5,"db":"d","table":"t"},"op":"d","ts_ms":9,"transaction":null}}'
tomb='{"topic":"m.d.t","key":{"id":1},"source":{"ts_ms":5,"db":"d","table":"t"},"transaction":null,"op":"d","payload":null}'
truncate='{"topic":"m.d.t","key":null,"payload":{"before":null,"after":null,"source":{"db":"d","table":"t"},"op":"t"}}'
schema='{"topic":"m","key":{"databaseName":"d"},"payload":{"source":{"db":"d"},"ts_ms":1,"databaseName":"d","ddl":"CREATE …","tableChanges":[]}}'
src5='"source":{"ts_ms":5,"db":"d","table":"t"}'
trx2='"transaction":{"id":"0-1-2","total_order":1,"data_collection_order":1}'
printf '%s\n' "$create" "$delete" "$tomb" "$truncate" "$schema" >"$T/all"
row='{"topic":"m.d.t","key":{"id":1},'"$src5,$trx2"',"op":"c","payload":{"id":1,"x":1.10'

run_on "$T/all" cdc-unwrap
out_is "$row}}
$tomb
$schema" "default: the delete becomes the tombstone, its position on the line"
run_on "$T/all" cdc-unwrap --deletes delete-to-tombstone
is "$(grep -c '"payload":null' "$T/out")" 1 "delete-to-tombstone: one too"
run_on "$T/all" cdc-unwrap --deletes drop
out_is "$row}}
$schema" "drop"
gone='{"topic":"m.d.t","key":{"id":1},'"$src5"',"transaction":null,"op":"d","payload":{"id":1,"x":null,"__deleted":"true"'
run_on "$T/all" cdc-unwrap --deletes rewrite
out_is "$row,\"__deleted\":\"false\"}}
$gone}}
$schema" "rewrite"
run_on "$T/all" cdc-unwrap --deletes rewrite-with-tombstone
out_is "$row,\"__deleted\":\"false\"}}
$gone}}
$tomb
$schema" "rewrite-with-tombstone"
cp "$T/out" "$T/want"
run_on "$T/all" cdc-unwrap --delete-handling-mode rewrite \
    --drop-tombstones false
same "$T/out" "$T/want" "the older pair says the same"
run_on "$T/all" cdc-unwrap --delete-handling-mode drop --drop-tombstones true
is "$(grep -c '"op":"d"' "$T/out")" 0 "drop and drop: nothing of a delete"
run_on "$T/all" cdc-unwrap --delete-handling-mode none --drop-tombstones false
is "$(grep -c '"payload":null' "$T/out")" 2 "none and keep: two nulls"
run cdc-unwrap --deletes drop --drop-tombstones true
exits 64 "both ways at once: 64"

echo "$create" >"$T/one"
run_on "$T/one" cdc-unwrap --add-fields op,table,source.ts_ms
out_is "$row,\"__op\":\"c\",\"__table\":\"t\",\"__source_ts_ms\":5}}" \
    "add-fields: the names it gives"
run_on "$T/one" cdc-unwrap --deletes rewrite \
    --add-fields ts_ms:when,id,transaction.total_order,nowhere \
    --add-fields-prefix _
out_is "$row,\"__deleted\":\"false\",\"_when\":9,\"_id\":\"0-1-2\",\"_transaction_total_order\":1}}" \
    "renamed, of the transaction, absent; the prefix"
echo "$delete" >"$T/del"
run_on "$T/del" cdc-unwrap --deletes rewrite --add-fields id
out_is "$gone,\"__id\":null}}" "no transaction: null"
run cdc-unwrap --add-fields op,
exits 64 "an empty field: 64"

run_on "$T/one" cdc-unwrap --add-headers op,source.ts_ms
out_is '{"topic":"m.d.t","key":{"id":1},'"$src5,$trx2"',"op":"c","headers":{"__op":"c","__source_ts_ms":"5"},"payload":{"id":1,"x":1.10}}' \
    "add-headers"
run_on "$T/one" cdc-unwrap --add-headers source,transaction.total_order
is "$(grep -o '"headers":.*,"payload"' "$T/out")" \
    "\"headers\":{\"__source\":${src5#*:},\"__transaction_total_order\":\"1\"},\"payload\"" \
    "an object stays one, a number becomes a string"
sed 's/"payload"/"headers":{"a":"b"},"payload"/' "$T/one" >"$T/headed"
run_on "$T/headed" cdc-unwrap --add-headers op --add-headers-prefix x-
is "$(grep -o '"headers":{[^}]*}' "$T/out")" '"headers":{"a":"b","x-op":"c"}' \
    "beside those that there are"
echo "$tomb" >"$T/tomb"
run_on "$T/tomb" cdc-unwrap --deletes rewrite-with-tombstone \
    --add-headers op,table
is "$(grep -o '"headers":{[^}]*}' "$T/out")" '"headers":{"__op":"d"}' \
    "a tombstone gets its op alone"

run_on "$T/one" cdc-unwrap --drop-fields x
is "$(grep -o '"payload":.*' "$T/out")" '"payload":{"id":1}}' "drop-fields"
run_on "$T/one" cdc-unwrap --drop-fields id,x --drop-fields-from-key \
    --add-fields op
is "$(grep -o '"key":{}' "$T/out") $(grep -o '"payload":.*' "$T/out")" \
    '"key":{} "payload":{"__op":"c"}}' "from the key too; nothing left"
sed 's/"payload"/"headers":{"drop":["x"]},"payload"/' "$T/one" >"$T/headed"
run_on "$T/headed" cdc-unwrap --drop-fields-header drop
is "$(grep -o '"payload":.*' "$T/out")" '"payload":{"id":1}}' \
    "drop-fields-header"
run_on "$T/one" cdc-unwrap --route-by-field x
is "$(cut -c1-15 "$T/out")" '{"topic":"1.10"' "route-by-field"
sed 's/"x":1.10/"x":null/' "$T/one" >"$T/null"
run_on "$T/null" cdc-unwrap --route-by-field x
is "$(cut -c1-16 "$T/out")" '{"topic":"m.d.t"' \
    "route-by-field: NULL routes nowhere"

# other shapes: out as they came in
bare='{"before":null,"after":{"id":1},"source":{"db":"d","table":"t"},"op":"c"}'
echo "$bare" >"$T/bare"
run_on "$T/bare" cdc-unwrap --deletes rewrite
out_is '{"id":1,"__deleted":"false"}' "a bare envelope becomes a bare row"
echo "{\"schema\":{\"a\":1},\"payload\":$bare}" >"$T/wrapped"
run_on "$T/wrapped" cdc-unwrap
out_is '{"schema":null,"source":{"db":"d","table":"t"},"op":"c","payload":{"id":1}}' \
    "with schema: it would lie now, so it is null"
printf '{"topic":"m.d.t","partition":0,"offset":3,"key":"{\\"id\\":1}","payload":"%s"}\n' \
    "$(echo "$bare" | sed 's/"/\\"/g')" >"$T/kcat"
run_on "$T/kcat" cdc-unwrap
out_is '{"topic":"m.d.t","partition":0,"offset":3,"key":"{\"id\":1}","source":{"db":"d","table":"t"},"op":"c","payload":"{\"id\":1}"}' \
    "kcat's stays kcat's"

run_on "$T/kcat" cdc-unwrap --add-headers op,db
is "$(grep -o '"headers":[^]]*]' "$T/out")" '"headers":["__op","c","__db","d"]' \
    "headers as kcat has them"
sed 's/"payload"/"headers":["a","b"],"payload"/' "$T/kcat" >"$T/kheaded"
run_on "$T/kheaded" cdc-unwrap --add-headers op
is "$(grep -o '"headers":[^]]*]' "$T/out")" '"headers":["a","b","__op","c"]' \
    "beside those that there are"

shop --tombstones >"$T/shop"
run_on "$T/shop" cdc-unwrap --deletes rewrite --add-fields op,table,source.ts_ms
is "$(grep -c '"__deleted":"true"' "$T/out")" 3 "the shop: three rows deleted"
exits 0 "and all of it goes through"
done_testing
