#!/bin/sh
. "$(dirname "$0")/../lib.sh"

shop --tombstones --control >"$T/all"
stage_basics cdc-filter --exclude-table 'x\..*'

# How many data records and tombstones of a table are left?
of() { grep -c "\"topic\":\"mariadb\.shop\.$1\"" "$T/out"; }

run_on "$T/all" cdc-filter
same "$T/out" "$T/all" "no options: every byte passes"

run_on "$T/all" cdc-filter -t 'shop\.orders'
is "$(of orders)" 8 "include-table keeps a table, tombstones too"
is "$(of customers)" 0 "and nothing else"
is "$(grep -c '"beat"' "$T/out")" 2 "heartbeats pass"
is "$(grep -c '"ddl":null' "$T/out"),$(grep -c '"ddl":"CREATE TABLE orders' \
    "$T/out")" 1,1 "a schema and a statement share their table's fate"
grep '"topic":"mariadb\.shop\.orders"\|"table":"orders"' "$T/all" |
    grep -v '"ddl":"' >"$T/want"
grep -v '"beat"\|"ddl":"' "$T/out" >"$T/got"
same "$T/got" "$T/want" "kept lines are byte for byte"

run_on "$T/all" cdc-filter -t 'SHOP\.Orders,shop\.order_.*'
is "$(of orders) $(of order_items)" "8 8" "lists; case does not matter"
run_on "$T/all" cdc-filter -t 'orders'
is "$(of orders)" 0 "patterns match the whole name"
run_on "$T/all" cdc-filter --exclude-table 'shop\.o.*' \
    --exclude-table 'shop\.sessions'
is "$(of orders) $(of sessions) $(of customers)" "0 0 5" "exclude, repeated"
run_on "$T/all" cdc-filter --include-db 'other'
is "$(of customers)" 0 "include-db"
run_on "$T/all" cdc-filter --exclude-db 'shop'
is "$(of customers)" 0 "exclude-db"
run cdc-filter -t 'a(b'
exits 64 "a bad expression: 64"
err_like "bad regular expression 'a\(b' at 3" "with its place"

# Canal's: that they keep what Canal keeps, is in tests/server/canal.t
run_on "$T/all" cdc-filter --canal-filter 'SHOP\.order_\w{1,9},shop\.(orders|x),,'
is "$(of orders) $(of order_items) $(of customers)" "8 8 0" "--canal-filter"
run_on "$T/all" cdc-filter --canal-filter '.*\..*' \
    --canal-black-filter 'shop\.(orders|order_items),shop\.cust.*'
is "$(of orders) $(of order_items) $(of customers) $(of products)" "0 0 0 4" \
    "--canal-black-filter"
run_on "$T/all" cdc-filter --canal-filter 'x\.y,shop\.orders(,|)'
is "$(of orders)" 8 "a comma in parentheses separates nothing"
run_on "$T/all" cdc-filter --canal-filter ''
is "$(of orders)" 8 "an empty one keeps all"
run_on "$T/all" cdc-filter -q --canal-filter 'x\.y, shop\.orders'
is "$(of orders)" 0 "a blank belongs to the expression"
run cdc-filter --canal-filter 'shop\\.orders'
exits 64 "as a file of properties has it: 64"
err_like 'hint: write it once' "what to do"

run_on "$T/all" cdc-filter --op d
is "$(grep -c '"op":"d"' "$T/out")" 6 "op d: deletes and their tombstones"
is "$(grep -c '"op":"[cut]"' "$T/out")" 0 "nothing else"
run_on "$T/all" cdc-filter --op c,u
is "$(grep -c '"payload":null' "$T/out")" 0 "no delete: no tombstone"
run cdc-filter --op x
exits 64 "a bad operation: 64"

run_on "$T/all" cdc-filter -t 'shop\.customers' --where status=vip
is "$(grep -c '"topic":"mariadb.shop.customers"' "$T/out")" 2 \
    "where: before or after"
run_on "$T/all" cdc-filter -t 'shop\.customers' --where status=vip \
    --where-image before
is "$(of customers)" 0 "where-image before"
run_on "$T/all" cdc-filter -t 'shop\.customers' --where 'email~.*@example\.org'
is "$(of customers)" 1 "where with an expression"
for column in nosuch=vip nosuch~.*; do
	run_on "$T/all" cdc-filter -t 'shop\.customers' --where "$column"
	is "$(of customers)" 0 "where a column is not there: $column"
done
run_on "$T/all" cdc-filter -t 'shop\.orders' --where total_amount=5.00 \
    --where order_id=2
is "$(of orders)" 4 "all conditions must hold; a tombstone follows its delete"
run_on "$T/all" cdc-filter -t 'shop\.orders' --where order_id=2 \
    --where total_amount=none
is "$(of orders)" 0 "the last one, too"
run_on "$T/all" cdc-filter -t 'shop\.orders' --where order_id=1
is "$(of orders)" 3 "a dropped delete drops its tombstone"
run_on "$T/all" cdc-filter -t 'shop\.products' --where price=null
is "$(of products)" 1 "NULL is null"
run_on "$T/all" cdc-filter -t 'shop\.customers' --where "city='Rome'"
exits 65 "SQL on a row without the column: 65"
err_like 'hint: .* COLUMN=VALUE, without quotes, skips such rows' "and what does not stop"
run cdc-filter --where price
exits 64 "no condition: 64"

run_on "$T/all" cdc-filter -t 'shop\.customers' --where status=vip \
    --partition-moves
is "$(grep '"id":1' "$T/out" | sed 's/.*"before":\(....\).*"op":"\(.\)".*/\1 \2/')" \
    "null c" "an update that enters is a create"
run_on "$T/all" cdc-filter -t 'shop\.customers' --where status=active \
    --partition-moves
is "$(grep '"op":"d"' "$T/out" | grep -c '"after":null')" 1 \
    "one that leaves is a delete"
run cdc-filter --partition-moves
exits 64 "without where: 64"
run cdc-filter --where-image after
exits 64 "--where-image without where: 64"

run_on "$T/all" cdc-filter -t 'shop\.customers' \
    --exclude-column 'shop\.customers\.(ssn|password_hash|id)'
is "$(grep -v 'tableChanges\|"beat"' "$T/out" | grep -c 'ssn\|password')" 0 \
    "exclude-column"
is "$(grep '"op":"c"' "$T/out" | head -n 1 | sed 's/","email.*//')" \
    '{"topic":"mariadb.shop.customers","key":{"id":1},"payload":{"before":null,"after":{"name":"Ann Ärger' \
    "a key column stays in the key"
run_on "$T/all" cdc-filter -t 'shop\.orders' \
    --include-column 'shop\.orders\.status'
is "$(grep -c '"after":{"status":"[a-z]*"},"source"' "$T/out")" 6 \
    "include-column"
run_on "$T/all" cdc-filter -t 'shop\.orders' --skip-unchanged \
    --exclude-column 'shop\.orders\.(status|updated_at)'
is "$(grep -c '"op":"u"' "$T/out")" 1 "skip-unchanged sees kept columns only"

# other shapes
row='{"before":null,"after":{"id":1,"x":1.10},"source":{"db":"shop","table":"t"},"op":"c"}'
echo "$row" >"$T/bare"
run_on "$T/bare" cdc-filter -t 'shop\.t'
out_is "$row" "a bare envelope"
run_on "$T/bare" cdc-filter -t 'shop\.u'
out_is "" "… is judged too"
run_on "$T/bare" cdc-filter --exclude-column '.*\.id'
out_is "${row%%\"id\"*}${row#*\"id\":1,}" "… and edited; 1.10 stays 1.10"
echo "{\"schema\":{\"type\":\"struct\"},\"payload\":$row}" >"$T/wrapped"
run_on "$T/wrapped" cdc-filter --op u
out_is "" "Debezium's with schema"
run_on "$T/wrapped" cdc-filter --op c
same "$T/out" "$T/wrapped" "… passes untouched"
quoted=$(echo "$row" | sed 's/"/\\"/g')
echo "{\"topic\":\"m.shop.t\",\"partition\":0,\"offset\":7,\"key\":\"{\\\"id\\\":1}\",\"payload\":\"$quoted\"}" >"$T/kcat"
run_on "$T/kcat" cdc-filter -t 'shop\.t' --where id=1
same "$T/out" "$T/kcat" "kcat -J"
run_on "$T/kcat" cdc-filter --where id=2
out_is "" "… is judged inside its string"
run_on "$T/kcat" cdc-filter --exclude-column '.*\.id'
is "$(cut -d, -f2-3 "$T/out")" '"partition":0,"offset":7' \
    "… keeps partition and offset"
is "$(grep -c 'after\\":{\\"x\\":1.10}' "$T/out")" 1 "… edited inside"
echo '{"topic":"m.shop.t","partition":0,"offset":8,"key":"{\"id\":1}","payload":null}' >"$T/tomb"
run_on "$T/tomb" cdc-filter -t 'shop\.t'
same "$T/out" "$T/tomb" "a tombstone without source: judged by its topic"
run_on "$T/tomb" cdc-filter -t 'shop\.u'
out_is "" "… dropped by it"
run cdc-filter file
exits 64 "an operand: 64"
# what a line does not have is not taken from the line before
kcat() {
	printf '{"topic":"m.shop.t","partition":0,"offset":%s,"key":null,"payload":"%s"}\n' \
	    "$1" "$(echo "$2" | sed 's/"/\\"/g')"
}
kcat 1 '{"before":null,"after":null,"source":{"query":null,"db":"shop","table":"t"},"op":"t"}' >"$T/two"
kcat 2 '{"id":1,"note":"0123456789012345678901234567890123456789012345678901234567890123456789"}' >>"$T/two"
run_on "$T/two" cdc-filter --exclude-column '.*\.ssn'
same "$T/out" "$T/two" "a row without source has no query to hide"

# a delete without topic and key, left out, and behind it another's tombstone
{
	echo '{"before":{"id":1},"after":null,"source":{"db":"shop","table":"u"},"op":"d"}'
	echo '{"topic":"m.shop.t","key":{"id":1},"source":{"db":"shop","table":"t"},"op":"d","payload":null}'
} >"$T/two"
run_on "$T/two" cdc-filter -t 'shop\.t'
is "$(wc -l <"$T/out")" 1 "a tombstone of its own source is none of that delete"

# a regular expression that PCRE2 gives up on is neither a yes nor a no
name=$(printf 'a%.0s' $(seq 60))b
printf '{"before":null,"after":{"a":1},"source":{"db":"x","table":"%s"},"op":"c"}\n' \
    "$name" >"$T/slow"
run_on "$T/slow" cdc-filter -t 'x\.(a+)+$'
exits 64 "a regular expression without end: 64"
err_like "cannot tell whether .*\(a\+\)\+.*: match limit" "which, and why"
# what passes is another position: heartbeats say so
beat() { jq -c 'select(.payload.beat == "last") | .payload | {filter, lists}'; }
cdc-tail -q --control -t 'shop\..*,crm\..*' \
    "$src/examples/data/mariadb-bin.000001" >"$T/control"
is "$(cdc-filter <"$T/control" | cmp - "$T/control" && echo same)" same \
    "without a list, heartbeats stay as they are"
cdc-filter --op u,c --where a=1 <"$T/control" | beat >"$T/out"
is "$(jq -c .lists "$T/out")" '{"source":["include-table=crm\\..*,shop\\..*"],"filters":["op=cu","where=a=1"]}' \
    "a filter adds its lists"
is "$(cdc-filter --where a=1 <"$T/control" | cdc-filter --op u,c | beat)" \
    "$(cat "$T/out")" "two filters are the same as one"
is "$(cdc-filter --where a=1 --where-image after <"$T/control" | beat |
    jq -c .lists.filters)" '["where-image=after","where=a=1"]' \
    "and so is the image that conditions look at"
is "$(cdc-filter --where a=1 --partition-moves <"$T/control" | beat |
    jq -c .lists.filters)" '["where-image=partition-moves","where=a=1"]' \
    "and whether rows move"
is "$(cdc-filter --exclude-table x <"$T/control" | beat | jq -r .filter)" \
    "$(cdc-filter --exclude-table x,x <"$T/control" | beat | jq -r .filter)" \
    "as are patterns that are given twice"
is "$(cdc-tail -q --control "$src/examples/data/mariadb-bin.000001" |
    cdc-filter -t 'crm\..*,shop\..*' | beat | jq -r .filter)" \
    "$(beat <"$T/control" | jq -r .filter)" \
    "what is left out is the same, whoever does it"

# a word without a dot is no column: all of them would have passed
echo '{}' >"$T/in"
for words in password 'shop\.t\.a,password'; do
	run_on "$T/in" cdc-filter --exclude-column "$words"
	exits 64 "--exclude-column $words: 64"
	err_like "hint: a column is db.table.column: '.\*..password'" \
	    "what a column is"
done
# ---- --sample, --shard: shares of all rows

cust='{"topic":"p.s.c","key":{"id":%d},"payload":{"before":null,"after":{"id":%d},"source":{"db":"s","table":"c"},"op":"c"}}\n'
order='{"topic":"p.s.o","key":{"n":%d},"payload":{"before":null,"after":{"n":%d,"c":"%d"},"source":{"db":"s","table":"o"},"op":"c"}}\n'
for i in $(seq 1000); do
	printf "$cust$order" $i $i $((i + 5000)) $((i + 5000)) $i
done >"$T/rows"
for i in 1 2 3; do
	cdc-filter --shard $i/3 <"$T/rows" >"$T/shard$i"
done
sort "$T/shard1" "$T/shard2" "$T/shard3" >"$T/all-shards"
sort "$T/rows" | cmp -s - "$T/all-shards"
result $? "each row is in one shard"
is "$(awk 'FNR == 1 { n++ } { c[n]++ } END { for (i in c)
    if (c[i] < 560 || c[i] > 780) print c[i] }' "$T/shard1" "$T/shard2" \
    "$T/shard3")" "" "… of three that are about equal"
run_on "$T/rows" cdc-filter --sample 10% --by c,id
ids() { sed -n "s/.*\"after\":{.*\"$1\":\"*\([0-9]*\)\"*}.*\"table\":\"$2\".*/\1/p" "$T/out"; }
is "$(ids id c)" "$(ids c o)" "--by: the same customers in both tables"
sampled=$(ids id c | wc -l)
[ "$sampled" -gt 70 ] && [ "$sampled" -lt 130 ]
result $? "… about a tenth of them ($sampled)"
run_on "$T/rows" cdc-filter --sample 100%
same "$T/out" "$T/rows" "--sample 100%"
run_on "$T/rows" cdc-filter --sample 10% --by c
exits 65 "a row without the column: 65"
err_like 'line 1: --by names c' "which"
printf '%s\n' '{"topic":"p.s.c","key":null,"payload":{"before":null,"after":{"id":1},"source":{"db":"s","table":"c"},"op":"c"}}' >"$T/keyless"
run_on "$T/keyless" cdc-filter --shard 1/2
exits 65 "no key: 65"
# which of eight shards a customer is in is Kafka's partition for its key
move=' {"topic":"p.s.o","key":{"n":1},"payload":{"before":{"n":1,"c":"21"},"after":{"n":1,"c":"abc"},"source":{"db":"s","table":"o"},"op":"u"}}'
echo "$move" >"$T/move"
shard_of() { echo $(($1 % 8 + 1))/8; }
run_on "$T/move" cdc-filter --by c --partition-moves \
    --shard "$(shard_of $((4294967296 - 973932308)))"
is "$(jq -r .payload.op "$T/out")" d "an update that leaves a shard is a delete"
run_on "$T/move" cdc-filter --by c --partition-moves --shard "$(shard_of 479470107)"
is "$(jq -r .payload.op "$T/out")" c "one that enters is a create"
for bad in '--sample 0%' '--sample 101%' '--sample 1' '--sample 1.%' \
    '--sample 0.00001%' '--shard 0/2' '--shard 3/2' '--shard 1' '--by x' \
    '--sample 1% --by ,' '--sample -1%'; do
	# shellcheck disable=SC2086
	run_on "$T/rows" cdc-filter $bad
	exits 64 "$bad: 64"
done

# The statement, wherever cdc-unwrap put it.
secret='{"topic":"m.d.t","key":{"id":1},"payload":{"before":null,"after":{"id":1,"s":"geheim"},"source":{"db":"d","table":"t","query":"INSERT INTO t VALUES (1,\"geheim\")"},"op":"c"}}'
echo "$secret" | cdc-unwrap --add-fields query,query:other,source.query \
    --add-headers query,db,source.query:third >"$T/told"
run_on "$T/told" cdc-filter --exclude-column 'd\.t\.s'
is "$(jq -c '[.headers, .source.query, .payload]' "$T/out")" \
    '[{"__query":null,"__db":"d","__third":null},null,{"id":1,"__query":null,"__other":null,"__source_query":null}]' \
    "it is hidden in rows and headers, too"
run_on "$T/told" cdc-filter --exclude-column 'd\.x\.s'
is "$(jq -c '[.payload.__query, .headers.__third]' "$T/out")" '[null,null]' \
    "of every table, as in the source"
jq -c 'del(.source, .op)' "$T/told" >"$T/one"
run_on "$T/one" cdc-filter --exclude-column 'd\.t\.s'
is "$(jq -c '[.payload.__query, .payload.__source_query]' "$T/out")" '[null,null]' \
    "without the source, by its name"
sed 's/"headers":{[^}]*}/"headers":["__query","geheim","a","1"]/' "$T/told" >"$T/one"
run_on "$T/one" cdc-filter --exclude-column 'd\.t\.s'
is "$(jq -c .headers "$T/out")" '["__query",null,"a","1"]' "in an array"
echo "$secret" | cdc-unwrap --add-fields after >"$T/one"
run_on "$T/one" cdc-filter --exclude-column 'd\.t\.s'
exits 65 "a row that holds its image: 65"
err_like 'line 1: column d\.t\.__after: it was added to the row' "which member"
run_on "$T/one" cdc-filter --exclude-column 'd\.t\.(s|__after)'
is "$(jq -c .payload "$T/out")" '{"id":1}' "but one that is left out"
run_on "$T/one" cdc-filter --include-column 'd\.t\.id'
is "$(jq -c .payload "$T/out")" '{"id":1}' "or is not in the list"
run_on "$T/told" cdc-filter -t 'd\.t'
same "$T/out" "$T/told" "without lists of columns nothing is hidden"
done_testing
