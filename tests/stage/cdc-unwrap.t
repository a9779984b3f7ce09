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

# what an update changed
# usage: image OP BEFORE AFTER [HEADERS] [KEY]
image() {
	printf '{"topic":"m.d.t","key":%s,%s"payload":{"before":%s,"after":%s,"source":{"db":"d","table":"t"},"op":"%s"}}\n' \
	    "${5:-{\"id\":1\}}" "${4:+\"headers\":$4,}" "$2" "$3" "$1" >"$T/one"
}
# usage: shows WANT TEXT OPTION…   headers and payload
shows() {
	want=$1
	text=$2
	shift 2
	run_on "$T/one" cdc-unwrap "$@"
	is "$(jq -c '[.headers, .payload]' "$T/out")" "$want" "$text"
}
image u '{"id":1,"a":1.0,"b":"x","n":null}' '{"id":1,"a":1.00,"b":"\u0078","n":"y"}'
run_on "$T/one" cdc-unwrap --changed C --unchanged U --diff d
is "$(grep -o '"headers".*' "$T/out" | sed 's/"source".*"op":"u",//')" \
    '"headers":{"C":["a","n"],"U":["id","b"]},"payload":{"id":1,"a":1.00,"b":"\u0078","n":"y","d":{"a":{"old":1.0,"new":1.00},"n":{"old":null,"new":"y"}}}}' \
    "headers of columns, old and new values; digits count, escapes do not"
run_on "$T/one" cdc-unwrap --only-changed
is "$(grep -o '"payload".*' "$T/out")" '"payload":{"id":1,"a":1.00,"n":"y"}}' \
    "--only-changed"
shows '[{"C":["n"],"U":["id","b"]},{"id":1,"b":"x","n":"y","d":{"n":{"old":null,"new":"y"}}}]' \
    "columns that are dropped are in none of them" --drop-fields a \
    --changed C --unchanged U --diff d
shows '[null,{"id":1,"n":"y"}]' "nor in the row" --drop-fields a --only-changed
image u '{"id":1,"a":1}' '{"id":1,"a":1}'
shows '[{"C":[],"U":["id","a"]},{"id":1,"d":{}}]' \
    "an update that changed nothing: its key is left" --only-changed \
    --changed C --unchanged U --diff d
image u '{"id":1,"a":1}' '{"id":1,"a":1}' '' null
shows '[null,{"id":1,"a":1}]' "without a key, all of the row" --only-changed
image u '{"id":1,"b":2}' '{"b":3}'
shows '[{"C":["b"],"U":["id"]},{"b":3,"id":1}]' \
    "a partial image: the key is that of the row before" --only-changed \
    --changed C --unchanged U
image u '{"id":1}' '{"b":3,"\u0069d":1}'
shows '[{"C":["b"],"U":["id"]},{"b":3,"id":1,"d":{"b":{"new":3}}}]' \
    "what only the row after has was written" --only-changed --changed C \
    --unchanged U --diff d
image u '{"a":1,"b":2,"c":3}' '{"c":3,"b":2,"a":9}'
shows '[{"C":["a"]},{"c":3,"b":2,"a":9}]' "in another order" --changed C
for op in c r; do
	image $op null '{"id":1}'
	shows '[{"C":[],"U":[]},{"id":1,"d":{}}]' "$op changes nothing" \
	    --changed C --unchanged U --diff d --only-changed
done
image d '{"id":1}' null
shows '[{"C":[]},null]' "nor does a delete" --changed C --diff d
shows '[{"C":[]},{"id":1,"__deleted":"true","d":{}}]' "rewritten, too" \
    --changed C --diff d --deletes rewrite
image u null '{"id":1}'
run_on "$T/one" cdc-unwrap --changed C
exits 65 "an update without the row before: 65"
run_on "$T/bare" cdc-unwrap --changed C
exits 65 "an envelope alone has no headers: 65"
run_on "$T/kcat" cdc-unwrap --changed C
is "$(jq -c .headers "$T/out")" '["C","[]"]' "kcat's headers are text"

# --header-to-field
image c null '{"id":1}' '{"h":{"a":[1.5]},"n":null,"s":"x","k":"y"}'
shows '[{"k":"y"},{"id":1,"x":{"a":[1.5]},"y":null,"z":"x"}]' \
    "headers become fields" --header-to-field h=x,n=y --header-to-field s=z,none=no
shows '[{"h":{"a":[1.5]},"n":null,"s":"x","k":"y"},{"id":1,"x":"x"}]' "copies" \
    --header-to-field s=x --headers copy
shows '[{"h":{"a":[1.5]},"n":null,"k":"y","__op":"c"},{"id":1,"s":"x","db":"d"}]' \
    "those that are added, too" --add-headers op,db \
    --header-to-field s=s,__db=db
image c null '{}' '{"h":1}'
run_on "$T/one" cdc-unwrap --header-to-field h=h
is "$(grep -o '"headers":{[^}]*}\|"payload".*' "$T/out" | tr '\n' ' ')" \
    '"headers":{} "payload":{"h":1}} ' "nothing but that"
image c null '{"id":1}' '["a","1","h","2","b","3"]'
shows '[["a","1","b","3","__op","c"],{"id":1,"h":"2"}]' "an array of headers" \
    --header-to-field h=h --add-headers op
image c null '{"id":1}' '{"id":2}'
run_on "$T/one" cdc-unwrap --header-to-field id=id
exits 65 "a column has that name: 65"
image c null '{"id":1}' '{"h":2,"h":3}'
run_on "$T/one" cdc-unwrap --header-to-field h=h
exits 65 "a header is there twice: 65"
image d '{"id":1}' null '{"h":2}'
shows '[{"h":2},null]' "a delete without a row keeps its headers" \
    --header-to-field h=h
for bad in '--header-to-field h' '--header-to-field =h' '--header-to-field h=' \
    '--header-to-field a=b,c=b' '--header-to-field a=__op --add-fields op' \
    '--diff __op --add-fields op' '--changed a --unchanged a' \
    '--diff a --header-to-field h=a' '--headers drop' \
    '--headers copy' '--changed __debezium.newkey' \
    '--deletes rewrite --diff __deleted'; do
	run cdc-unwrap $bad
	exits 64 "$bad: 64"
done

shop --tombstones >"$T/shop"
run_on "$T/shop" cdc-unwrap --deletes rewrite --add-fields op,table,source.ts_ms
is "$(grep -c '"__deleted":"true"' "$T/out")" 3 "the shop: three rows deleted"
exits 0 "and all of it goes through"
done_testing
