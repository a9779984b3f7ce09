#!/bin/sh
. "$(dirname "$0")/../lib.sh"

tool_basics cdc-tail
run cdc-tail
exits 64 "no file: 64"
one=$src/examples/data/mariadb-bin.000001
two=$src/examples/data/mariadb-bin.000002

shop --tombstones --transactions --schema-changes --control --query \
    >"$T/full"
same "$T/full" "$src/tests/data/shop.jsonl" "the shop, with everything"
shop >"$T/all"
is "$(grep -c . "$T/all")" 24 "by default: data records alone"
is "$(grep -c '"op"' "$T/all")" 24 "really"

# what was rolled back to a savepoint is not there
is "$(grep -c '"line_no":2,"product_id":2' "$T/all")" 0 \
    "rows behind a savepoint that was rolled back are not printed"
cat "$one" "$two" >"$T/both"
cdc-tail - <"$T/both" >"$T/out"
still <"$T/out" | sed 's/"file":"-"/"file":"mariadb-bin.000001"/' >"$T/got"
same "$T/got" "$T/all" "two logs in one stream; the second knows its name"
cat "$T/both" | cdc-tail --hold 1 - >"$T/out"
still <"$T/out" | sed 's/"file":"-"/"file":"mariadb-bin.000001"/' >"$T/got"
same "$T/got" "$T/all" "from a pipe, transactions larger than --hold"
run cdc-tail --hold 17179869184G "$one"
exits 64 "a size that no number holds: 64"
cdc-tail --hold 1 "$one" "$two" | still >"$T/got"
same "$T/got" "$T/all" "from a file, likewise"
cp "$one" "$T/renamed.000001"
cdc-tail "$T/renamed.000001" "$two" | still >"$T/got"
same "$T/got" "$T/all" "a log that was renamed is known by its own name"

# --from and --until
gtids() { sed -n 's/.*"gtid":"1-1-\([0-9]*\)".*/\1/p' "$T/out" | uniq | tr '\n' ' '; }
run cdc-tail --from 1-1-16 "$one" "$two"
is "$(gtids)" "17 18 20 21 " "from a GTID: exclusive"
run cdc-tail --until 1-1-8 "$one" "$two"
is "$(gtids)" "7 8 " "until a GTID: inclusive"
run cdc-tail --start-position 1-1-8 --stop-position 1-1-11 "$one"
is "$(gtids)" "9 10 11 " "mariadb-binlog's names"
pos=$(cdc-tail --control --count 99 "$one" | tail -n 1 |
    sed 's/.*"pos":\([0-9]*\).*/\1/')
run cdc-tail --from "$pos" "$one" "$two"
exits 0 "from the end of a log"
is "$(gtids)" "20 21 " "goes on with the next"
start=$(cdc-tail --control --until 1-1-10 "$one" | tail -n 1 |
    sed 's/.*"pos":\([0-9]*\).*/\1/')
run cdc-tail --from "$start" --until "mariadb-bin.000001:$((start + 1))" "$one"
is "$(gtids)" "11 " "offsets: start inclusive, stop exclusive"
run cdc-tail --until "mariadb-bin.000001:$start" "$one"
is "$(gtids)" "7 8 9 10 " "… where a transaction begins, too"
run cdc-tail --until "$start" "$one"
is "$(gtids)" "7 8 9 10 " "… and of the log that is named last"
run cdc-tail --from "renamed.000001:$start" "$T/renamed.000001"
is "$(gtids)" "11 12 13 14 15 16 17 18 " "a log by the name of its file"
run cdc-tail --from $((start + 5)) "$one"
exits 64 "an offset inside a transaction: 64"
err_like "lies inside a transaction .*:$start to " "which one"
run cdc-tail --from no.000009:4 "$one"
exits 78 "a log that is not there: 78"
run cdc-tail --from '2025-10-09 10:53:20Z' "$one" "$two"
is "$(gtids)" "14 15 16 17 18 20 21 " "from a time"
run cdc-tail --start-datetime '2025-10-09T09:53:20' \
    --stop-datetime '2025-10-09 10:53:20' "$one" "$two"
is "$(gtids)" "10 11 12 13 " "between times"
for time in '2025/10/09 00:00:00' 20251009000000 \
    2025-10-09T02:00:00+02:00; do
	run cdc-tail --from "$time" --until '2025-10-09 08:53:21' "$one"
	is "$(gtids)" "7 8 9 " "a time as $time"
done
for time in '2025-13-45 10:53:00' 2025-10-09 10:53 20251399000000; do
	run cdc-tail --until "$time" "$one"
	exits 64 "no time: $time"
	out_is "" "prints nothing"
done
run cdc-tail --start-datetime 2025-10-09 --stop-datetime 1-1-8 "$one"
exits 64 "--stop-datetime takes times alone"
run cdc-tail --until no.000009:4 "$one"
exits 78 "an end in a log that is not there: 78"
run cdc-tail --until mariadb-bin.000001:99999999 "$one" "$two"
exits 78 "an end beyond its log: 78"
run cdc-tail --from mariadb-bin.000001:99999999 "$one" "$two"
exits 78 "a beginning, likewise"
run cdc-tail --until 1-1-99 "$one" "$two"
exits 78 "a GTID that never comes: 78"
run cdc-tail --from 1-1-99 "$one" "$two"
exits 78 "nor at the beginning"
run cdc-tail --from 1-2-10 "$one"
exits 78 "a GTID of another history: 78"
err_like 'has 1-1-10 in its place' "which is there instead"
run cdc-tail --until earliest "$one"
exits 64 "nothing ends at the earliest"
(sleep 0.3 && cat "$two") | cdc-tail --control - >"$T/out"
is "$(head -n 1 "$T/out" | jq -r .payload.gtid)" 1-1-18 \
    "a pipe that is slow at first: the opening heartbeat knows the place"
for server in "-h db:abc" "-h db:65536" "-h [::1]:-1" "-h db -P 70000"; do
	run cdc-tail $server --retries 0
	exits 64 "no port: $server"
done
run cdc-tail --from nonsense "$one"
exits 64 "no position: 64"
run cdc-tail --from 1-1-3 "$two"
exits 78 "a GTID before the first log: 78"
err_like 'begins only after 1-1-18' "which says where it begins"
run cdc-tail --from 9-1-3 "$two"
exits 64 "a domain that is not named: 64"
err_like '1-1-18 is missing' "which, with its value"
run cdc-tail --from 9-1-3 --other-domains earliest "$two"
is "$(gtids)" "20 21 " "other-domains earliest"
run cdc-tail --from 9-1-3 --other-domains now "$two"
is "$(gtids)" "" "other-domains now"
run cdc-tail --from earliest "$two"
is "$(gtids)" "20 21 " "earliest"

# what to print
run cdc-tail -t 'shop\.orders' "$one" "$two"
is "$(grep -c . "$T/out")" 7 "include-table"
run cdc-tail --exclude-table 'shop\.(orders|order_items)' "$one" "$two"
is "$(grep -c 'shop.order' "$T/out")" 0 "exclude-table"
is "$(grep -c . "$T/out")" 11 "leaves the others"
run cdc-tail --skip-op c,t "$one" "$two"
is "$(grep -c '"op":"[ct]"' "$T/out")" 0 "skip-op"
is "$(grep -o '"total_order":[0-9]*' "$T/out" | head -n 2 | tr '\n' ' ')" \
    '"total_order":1 "total_order":2 ' "orders count what is printed"
run cdc-tail --count 5 "$one"
is "$(grep -c . "$T/out")" 5 "count"
exits 0 "ends well"
run cdc-tail --topic-prefix 'a b' --count 1 "$one"
is "$(cut -c1-30 "$T/out")" '{"topic":"a_b.shop.customers",' "topic-prefix"
run cdc-tail --tombstones -t 'shop\.order_items' "$one"
is "$(grep -c '"payload":null}$' "$T/out")" 2 "tombstones"
is "$(grep '"payload":null' "$T/out" | head -n 1 | grep -c '"headers":{"__debezium.newkey":{"order_id":1,"line_no":9}},"source":{.*,"transaction":{.*},"op":"d","payload":null}')" 1 \
    "carry their position on the line"

# --control
run cdc-tail --control "$one" "$two"
is "$(grep -o '"beat":"[a-z]*","gtid":"[^"]*"' "$T/out" | tr '\n' ' ')" \
    '"beat":"first","gtid":"" "beat":"last","gtid":"1-1-21" ' \
    "control: first and last heartbeat"
run cdc-tail --control --from 1-1-12 --until 1-1-15 "$one"
is "$(grep -o '"beat":"[a-z]*","gtid":"[^"]*"' "$T/out" | tr '\n' ' ')" \
    '"beat":"first","gtid":"1-1-12" "beat":"last","gtid":"1-1-15" ' \
    "with the vector of what lies before"
is "$(grep -c '"ddl":null' "$T/out")" 3 "a schema before a table's first row"
(cat "$one"; sleep 1; cat "$two") | cdc-tail --control - >"$T/out"
is "$(grep -c '"beat":"next","gtid":"1-1-18"' "$T/out")" 1 \
    "a heartbeat before it waits"

# modes
of() { grep "\"topic\":\"mariadb.shop.$1\"" "$T/out" | head -n 1; }
run cdc-tail --decimal double --time string --binary hex \
    --bigint-unsigned string --json embed "$one"
is "$(of orders | grep -o '"after":{[^}]*}')" \
    '"after":{"order_id":"1","customer_id":1,"total_amount":0.0,"status":"pending","created_at":"2025-10-09 09:53:20.000","updated_at":"2025-10-09 09:53:20"}' \
    "decimal double, time string, bigint-unsigned string"
is "$(of products | grep -o '"attributes":{[^}]*}')" \
    '"attributes":{"color": "red", "sizes": [1, 2, 3]}' "json embed"
is "$(of products | grep -o '"picture":"[^"]*"')" '"picture":"89504e47"' \
    "binary hex"
run cdc-tail --decimal precise --time isostring \
    --binary base64-url-safe --bigint-unsigned precise "$one"
is "$(of orders | grep -o '"after":{[^}]*}')" \
    '"after":{"order_id":"AQ==","customer_id":1,"total_amount":"AA==","status":"pending","created_at":"2025-10-09T09:53:20Z","updated_at":"2025-10-09T09:53:20Z"}' \
    "decimal precise, time isostring, bigint-unsigned precise"
run cdc-tail --bigint string "$one"
is "$(grep -o '"after":{"order_id":"1","customer_id":1,' "$T/out" | head -n 1)" \
    '"after":{"order_id":"1","customer_id":1,' "bigint string"
is "$(grep -o '"key":{"order_id":"1"}' "$T/out" | head -n 1)" \
    '"key":{"order_id":"1"}' "keys, too"
run cdc-tail --bigint string --bigint-unsigned precise "$one"
is "$(grep -o '"after":{"order_id":"AQ==","customer_id":1,' "$T/out" | head -n 1)" \
    '"after":{"order_id":"AQ==","customer_id":1,' "unsigned ones otherwise"
for option in '--signal a.b' '--server-id 7' --trust-current-schema; do
	run cdc-tail $option "$one"
	exits 64 "$option and files: 64"
	err_like "${option%% *} is for a server" "which"
done
run cdc-tail --follow -S "$T/none" --from now
exits 64 "--follow and a server: 64"
run cdc-tail --decimal wrong "$one"
exits 64 "an unknown mode: 64"
err_like "'wrong' is not one of string, double, precise" "which there are"

# files that are not as they should be
run cdc-tail "$T/none"
exits 78 "no such file: 78, it does not come by itself"
err_like "cannot open $T/none: No such file" "named"
run cdc-tail "$two" "$one"
exits 65 "files in wrong order: 65"
err_like '1-1-21 was read already' "says what was read"
run cdc-tail --until 1-1-3 "$one"
exits 0 "a stop before everything"
run timeout 20 cdc-tail --defaults-file=/dev/zero --until now
exits 78 "an option file without end: 78"
printf 'hello world, this is no binlog' >"$T/text"
run cdc-tail "$T/text"
exits 65 "no binlog: 65"
err_like 'text: not a binlog' "which file"
printf '\375bin............' >"$T/enc"
run cdc-tail "$T/enc"
exits 65 "an encrypted file: 65"
err_like 'hint: read it from the server' "with advice"
printf '\050\265\057\375....' >"$T/zst"
run cdc-tail "$T/zst"
err_like 'hint: zstdcat FILE' "zstd: how to read it"
: >"$T/empty"
run cdc-tail "$T/empty"
exits 65 "an empty file: 65"

size=$(wc -c <"$one")
head -c $((size - 100)) "$one" >"$T/cut"
run cdc-tail "$T/cut"
exits 65 "a closed log that was cut: 65"
err_like 'tail: [^ ]*cut:[0-9]*: the log ends inside an event, though' "said, where"
# The flag of a log that is open; its checksum does not count it.
printf '\001' | dd of="$T/cut" bs=1 seek=21 conv=notrunc 2>/dev/null
run cdc-tail "$T/cut"
exits 0 "an open log that was cut: its whole transactions"
is "$(gtids)" "7 8 9 10 11 12 13 14 15 16 17 " "none but those"
err_like 'warning: .*cut:[0-9]*: the log ends inside an event' "said, where"
# What a crash leaves: an open log that ends in a transaction without end.
perl -MCompress::Zlib -e '
	sub events { my ($file, $want) = @_; local $/; open F, "<", $file;
	    my $log = <F>; my $at = 4; while ($at < length $log) {
	    my ($type, $size) = unpack "x4 C x4 V", substr $log, $at, 13;
	    return ($log, $at, $size) if $type == $want; $at += $size } }
	my ($one, $rotate) = events($ARGV[0], 4);
	my ($two, $gtid, $size) = events($ARGV[1], 162);
	my $event = substr($two, $gtid, $size);
	substr($event, 13, 4) = pack "V", $rotate + $size;
	substr($event, -4) = pack "V", crc32(substr $event, 0, -4);
	$one = substr($one, 0, $rotate) . $event;
	substr($one, 21, 1) = "\1";
	print $one' "$one" "$two" >"$T/crashed"
cdc-tail "$T/crashed" "$two" 2>"$T/err" | still >"$T/got"
sed 's/"file":"crashed"/"file":"mariadb-bin.000001"/' "$T/got" >"$T/named"
same "$T/named" "$T/all" "a crash, and the log behind it"
err_like 'transaction 1-1-19 at [0-9]* has no end and is not printed' "said"
run cdc-tail -q "$T/cut"
is "$(cat "$T/err")" "" "quiet: no warning"
flip() { # flip FILE OFFSET
	cp "$one" "$1"
	printf '\377' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
flip "$T/flip" $((start + 25))
run cdc-tail "$T/flip"
exits 65 "a wrong byte: 65"
err_like "flip:$start: GTID event of [0-9]* bytes has a wrong checksum" \
    "file, position, event"
is "$(gtids)" "7 8 9 10 " "what lies before it is printed"
run cdc-tail --no-verify-checksum "$T/flip"
exits 65 "no-verify-checksum reads it (and finds sequence numbers shrink)"
err_like 'gtid_strict_mode=ON' "with a hint"
run cdc-tail --no-verify-checksum --gtid-order arrival "$T/flip"
exits 0 "gtid-order arrival reads on"

# --follow: a log that grows, in the middle of an event, and the one behind it
# usage: wait_lines N
wait_lines() { wait_for "$T/live" '' "$1"; }
mkdir "$T/logs"
head -c 3000 "$one" >"$T/logs/mariadb-bin.000001"
cdc-tail --follow "$T/logs/mariadb-bin.000001" >"$T/live" 2>"$T/err" &
follower=$!
sleep 0.3
tail -c +3001 "$one" >>"$T/logs/mariadb-bin.000001"
succeeds "follow: what is written later" wait_lines 21
sleep 0.3
cp "$two" "$T/logs/mariadb-bin.000002"
succeeds "follow: the log behind it" wait_lines 24
kill -TERM "$follower"
wait "$follower"
is $? 0 "follow: SIGTERM: 0"
still <"$T/live" >"$T/got"
same "$T/got" "$T/all" "follow: the same records"
run timeout 10 cdc-tail --follow --until now "$one" "$two"
exits 0 "follow: --until now is where the files end"
still <"$T/out" >"$T/got"
same "$T/got" "$T/all" "follow: and all that is in them is printed"

# where a border is reached nothing more is waited for
mkdir "$T/part"
first=$(cdc-tail --control --count 0 "$one" | tail -n 1 |
    sed 's/.*"pos":\([0-9]*\).*/\1/')
for end in $first $start; do
	head -c "$end" "$one" >"$T/part/mariadb-bin.000001"
	run timeout 10 cdc-tail --follow --until "mariadb-bin.000001:$end" \
	    "$T/part/mariadb-bin.000001"
	exits 0 "follow: --until the offset $end, where the file ends"
done

# A log names the one behind it: it is no way out of its folder.
mkdir -p "$T/logs/in"
for name in ../mariadb-bin.000001 "$T/logs/mariadb-bin.000001" ..; do
	cp "$src/examples/data/mariadb-bin.000001" "$T/logs/in/rotated.000001"
	perl -e 'my $n = length $ARGV[0];
	    print pack("VCVVVv", 0, 4, 1, 31 + $n, 0, 0), pack("Q<", 4),
	    $ARGV[0], "crc!"' "$name" >>"$T/logs/in/rotated.000001"
	run timeout 10 cdc-tail --follow --no-verify-checksum \
	    "$T/logs/in/rotated.000001"
	exits 65 "follow: a log that names $name"
	err_like "names '$name', which is not a file next to" "and it is said"
done

# How far it is: for a program, and for a person
mkfifo "$T/pipe"
: >"$T/err"
cdc-tail - <"$T/pipe" >"$T/live" 2>"$T/err" &
tail=$!
exec 8>"$T/pipe"
cat "$one" >&8
succeeds "a pipe: everything that came" wait_lines 21
kill -USR1 $tail
succeeds "SIGUSR1 while it waits: a report" wait_for "$T/err" '"tool"'
is "$(jq -c '[.tool, .records, .transactions, .left_out, .gtid, .file, .pos,
    .lag_s]' "$T/err")" '["cdc-tail",22,18,0,"1-1-18","-",9522,0]' \
    "its counters and its place"
exec 8>&-
wait $tail
is $? 0 "it goes on to its end"
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
	script -qefc "exec cdc-tail -v --follow '$one' >'$T/out'" "$T/tty" \
	    >/dev/null 2>&1 </dev/null &
	tail=$!
	succeeds "-v on a terminal: a line on how far it is" wait_for "$T/tty" \
	    "mariadb-bin.000002:1173, 24 records, [0-9]*/s, 0 s behind"
	kill $tail
	wait $tail 2>/dev/null
else
	skip "-v on a terminal" "no script(1), or no terminals here"
fi
run cdc-tail -v "$one"
is "$(grep -c behind "$T/err")" 0 "and no such line in a file"

# standard output
status=0
cdc-tail "$one" >/dev/full 2>"$T/err" || status=$?
ran="cdc-tail > /dev/full"
exits 74 "a full disk: 74"
mkfifo "$T/in"
: >"$T/out"
cdc-tail - <"$T/in" >"$T/out" 2>"$T/err" &
tail=$!
exec 8>"$T/in"
cat "$one" >&8
waited=0
until [ "$(grep -c . "$T/out")" -eq 22 ] || [ $waited -gt 100 ]; do
	sleep 0.1
	waited=$((waited + 1))
done
is "$(grep -c . "$T/out")" 22 "flushed before waiting for more"
kill -TERM $tail
status=0
wait $tail || status=$?
ran="cdc-tail"
exits 0 "SIGTERM: exit 0"
exec 8>&-
# a state that is none
deep=$(printf '%0600d' 0 | tr 0 '[')
big=$(printf '%0400d' 7)
for state in '' '[]' '{"version":1}' '{"version":1,"gtid":7}' \
    '{"version":2,"gtid":"1-1-8"}' '{"version":1,"gtid":"1-1-8"' \
    '{"version":1,"gtid":"1-1-8"} x' '{"version":1,"gtid":"1-1-8,1-1-9"}' \
    '{"version":1,"gtid":"1-1-8","gtid":"1-1-16"}' \
    '{"version":1,"version":1,"gtid":"1-1-8"}' \
    '{"version":1,"gtid":"1-1-8","g\u0074id":"1-1-16"}' \
    '{"version":1,"gtid":"4294967296-1-8"}' \
    "{\"version\":1,\"gtid\":\"1-1-1$big\"}" \
    "{\"version\":1,\"gtid\":\"1-1-8\",\"x\":$deep}" \
    '{"version":1,"gtid":"1-1-8","restart":"1-1-9"}' \
    '{"version":1,"gtid":"1-1-8","restart":"1-1-7,2-1-1"}' \
    '{"version":1,"gtid":"1-1-8","restart":5}' \
    '{"version":1,"gtid":"1-1-8","restart":{}}' \
    '{"version":1,"gtid":"1-1-8","filter":5}' \
    '{"version":1,"gtid":"1-1-8","lists":[]}' \
    '{"version":1,"gtid":"1-1-8","partial":5}' \
    '{"version":1,"gtid":"1-1-8","incremental":"x"}' \
    '{"version":1,"gtid":"1-1-8","snapshot":"x"}' \
    '{"version":1,"gtid":"","snapshot":{"start":"1-1-8","done":[]}}' \
    '{"version":1,"gtid":"","snapshot":{"table":null,"done":"x"}}'; do
	printf '%s' "$state" >"$T/none"
	run cdc-tail --state "$T/none" "$one"
	exits 65 "a state that is none: $(printf %.60s "$state")"
	is "$(grep -v '"end":' "$T/out")" "" "begins nowhere"
done
err_like "$T/none: " "which file it is"
: >"$T/none"
run cdc-tail --state "$T/none" "$one"
err_like "$T/none: it is empty" "an empty one"
err_like 'hint: cdc-apply --show-state' "and where there is one"
run cdc-tail --state "$T/nix" "$one"
exits 78 "a state that is not there: 78"
err_like "$T/nix .--state.: there is no such file yet" "which one"
run cdc-tail --state "$T/nix" --from earliest "$one"
exits 0 "with --from: 0"
err_like "warning: $T/nix .--state.: .* starting at --from" "and a word"
run cdc-tail --state "$T/nix" --state "$T/none" "$one"
exits 65 "one of two that is none: 65"
# a state knows its lists
cdc-tail -q --control -t 'shop\..*,crm\..*' --until 1-1-8 "$one" |
    tail -n 1 | jq -c '{version: 1} + .payload' >"$T/state"
run cdc-tail --state "$T/state" -t 'crm\..*' -t 'shop\..*' "$one"
exits 0 "the same lists, in another order"
run cdc-tail --state "$T/state" -t 'shop\..*' "$one"
exits 78 "narrower lists: 78"
err_like "now --include-table 'shop.*no longer --include-table 'crm" \
    "what changed"
run cdc-tail --state "$T/state" "$one"
exits 78 "wider ones: 78"
err_like 'hint: .*--accept-lists' "what to do"
run cdc-tail --state "$T/state" --accept-lists "$one"
exits 0 "--accept-lists"
# one that goes from a filter to cdc-tail, or back, is another: in both directions
cdc-tail -q --control --until 1-1-8 "$one" |
    cdc-filter -t 'shop\.orders' | tail -n 1 |
    jq -c '{version: 1} + .payload' >"$T/behind"
cdc-tail -q --control -t 'shop\.orders' --until 1-1-8 "$one" |
    cdc-filter -t 'shop\.orders' | tail -n 1 |
    jq -c '{version: 1} + .payload' >"$T/both"
run cdc-tail --state "$T/behind" "$one"
exits 0 "lists of a filter are not cdc-tail's: 0"
run cdc-tail --state "$T/behind" -t 'shop\.orders' "$one"
exits 78 "a list that only the filter had: 78"
err_like "now --include-table 'shop" "which one"
run cdc-tail --state "$T/both" -t 'shop\.orders' "$one"
exits 0 "the same list, and the same in the filter"
run cdc-tail --state "$T/both" "$one"
exits 78 "one that cdc-tail had, too: 78"
err_like "no longer --include-table 'shop" "which one"
# whatever leaves something out belongs to it
for left in '--skip-op d' '--include-gtid 1-1' '--exclude-gtid 9-9' \
    '--include-server-id 1,2' --skip-replication; do
	cdc-tail -q --control $left --until 1-1-8 "$one" | tail -n 1 |
	    jq -c '{version: 1} + .payload' >"$T/left"
	run cdc-tail --state "$T/left" "$one"
	exits 78 "a state of $left, without: 78"
	run cdc-tail --state "$T/left" $left "$one"
	exits 0 "with it: 0"
	run cdc-tail --state "$T/state" -t 'shop\..*,crm\..*' $left "$one"
	exits 78 "one without, and $left: 78"
done
cdc-tail -q --control --include-server-id 2,1 "$one" | tail -n 1 |
    jq -c '{version: 1} + .payload' >"$T/servers"
run cdc-tail --state "$T/servers" --include-server-id 1,2 \
    --include-server-id 1 "$one"
exits 0 "the same servers, one of them twice"
run cdc-tail --state "$T/left" --skip-replication --skip-op u,d "$one"
err_like "now --skip-op 'du'" "what changed"
jq -c 'del(.lists)' "$T/state" >"$T/old"
run cdc-tail --state "$T/old" -t 'shop\..*' "$one"
exits 78 "a fingerprint alone, of other lists: 78"
jq -c 'del(.lists, .filter)' "$T/state" >"$T/old"
run cdc-tail --state "$T/old" -t 'shop\..*' "$one"
exits 0 "a state that says nothing of lists"
run cdc-tail --control --count 3 "$one"
is "$(grep '"op"' "$T/out" | jq -r .payload.source.gtid | uniq -c |
    awk '{ print $1 }' | tr '\n' ' ')" "$(cdc-tail "$one" |
    jq -r .payload.source.gtid | uniq -c | awk '{ n += $1; print $1 }
    n >= 3 { exit }' | tr '\n' ' ')" \
    "--count with --control: the transaction is printed to its end"
is "$(tail -n 1 "$T/out" | jq -r .payload.gtid)" "$(grep '"op"' "$T/out" |
    tail -n 1 | jq -r .payload.source.gtid)" "and is done"

# a password is not for others to see, nor an option file for others to write
for word in -phunter2 -qphunter2 --password=hunter2; do
	run cdc-tail "$word" --from now
	is "$status,$(grep -c hunter2 "$T/err")" 64,0 \
	    "${word%hunter2}: no password there, and none in the message"
done
err_like 'hint: .*option file' "but where it goes"
run cdc-tail --quiet=x
err_like 'option --quiet takes no argument' "a flag with an argument"
printf '[client]\nhost=elsewhere\n' >"$T/cnf"
chmod 666 "$T/cnf"
for option in --defaults-file --defaults-extra-file; do
	run cdc-tail "$option=$T/cnf" -h 127.0.0.1 --from now
	exits 78 "$option: anybody may write it: 78"
	err_like "hint: chmod o-w $T/cnf" "what to do"
done

chmod 600 "$T/cnf"
run cdc-tail --defaults-file="$T/cnf" "$one"
is "$status,$(wc -l <"$T/out")" "0,$(cdc-tail -q "$one" | wc -l)" \
    "files, and an option file that names a server: files"
run cdc-tail --defaults-file="$T/cnf" -h db1 "$one"
exits 64 "files, and -h: 64"

run cdc-tail --from earlist "$one"
err_like 'hint: .*now; --from also takes earliest' "a typo: what there is"

# a standard descriptor that is closed is nobody else's
without_output() { "$@" >&-; }
run without_output timeout 20 cdc-tail --write-state "$T/closed" "$one"
is "$status,$([ -s "$T/closed" ] && wc -l <"$T/closed")" 74, \
    "no standard output: 74, and no file of ours in its place"
err_like 'standard output' "which is said"
without_input() { "$@" <&-; }
run without_input timeout 20 cdc-filter
exits 74 "no standard input: 74"
without_errors() { "$@" 2>&-; }
run without_errors timeout 20 cdc-tail --write-state "$T/closed" "$one"
is "$status,$(grep -c '"version":1' "$T/closed")" 0,1 "no standard error: none"
# A change that is no rows: where, whose, and how to go on.
for db in d ''; do
	make_log '$log->{domain} = 7; $log->gtid(0)->query("INSERT INTO t
	    VALUES (1)", "'$db'")->xid'
	run cdc-tail "$T/log"
	exits 65 "a statement-based change: 65"
	err_like "log:[0-9]*: statement-based change of 7-1-1${db:+ .database d.}: " \
	    "whose GTID and database are told"
	err_like 'hint: .*--on-error warn' "and how to go on"
	run cdc-tail --on-error warn "$T/log"
	err_like 'warning: 1 event was left out' "one is one"
done

done_testing
