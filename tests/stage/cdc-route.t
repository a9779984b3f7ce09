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
done_testing
